"""The sentence that a reader is given: its answer, and how it is kept to its length."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from evidence.catalog.declaration import LINK

Reply = Literal["yes", "with care", "no"]

ANSWERS: tuple[Reply, ...] = get_args(Reply)
"""What may be answered, from mildest to gravest."""

LONGEST = 25
"""Words of the sentence, its answer among them: what a reader takes in at a glance."""


@dataclass(frozen=True, slots=True)
class Advice:
    """Whether something may be repeated.

    Attributes:
        answer: One of `ANSWERS`.
        says: The whole sentence, answer first; links as Markdown.
        rule: Name of the ground of `RULE` that gives the answer.
    """

    answer: Reply
    says: str
    rule: str

    @property
    def gravity(self) -> int:
        """How grave the answer is, from 0."""
        return ANSWERS.index(self.answer)


def sentence(answer: str, rest: str) -> str:
    """Return the sentence of an answer and of what follows it.

    Example:
        >>> sentence("with care", "it is a projection")
        'With care: it is a projection.'
    """
    return f"{answer.capitalize()}: {rest.removesuffix('.')}."


def length(text: str) -> int:
    """Return how many words a reader reads: those of a link count, and not where it leads.

    Example:
        >>> length("No: our model gives [£1.5 billion](figure:growth.median).")
        6
    """
    return len(LINK.sub(r"\1", text).split())


def fitting(answer: str, ways: Iterable[str]) -> str:
    """Return the sentence of the first way to go on that is short enough, or else of the last.

    Args:
        answer: One of `ANSWERS`.
        ways: What may follow it, the fullest first; at least one.
    """
    said = ""
    for rest in ways:
        said = sentence(answer, rest)
        if length(said) <= LONGEST:
            break
    return said
