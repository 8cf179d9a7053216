"""A word by which a sentence says whom, where or when it is about, with what a record must say that bears it out."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a sentence that a record must bear out.

    Attributes:
        kind: What it tells: `size`, `sex`, `age`, `group`, `measure`, `place` or `period`.
        start: Where it begins in the sentence.
        end: Where it ends.
        text: The word, as it stands there.
        needs: Beginnings of words any of which bears it out; one that ends in a full stop is a whole word.
    """

    kind: str
    start: int
    end: int
    text: str
    needs: tuple[str, ...]
