"""Words by which a sentence judges a number beside it: why something is so, to what end, how many that is, and whether it adds up."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from evidence.statements.prose import Link

TABLE = Path(__file__).with_suffix(".csv")
"""Words by kind: `reason`, `effect` and `purpose`, which begin one; `quantity` and, where they say it
less sharply, `amount`, with the least and the most percent that they may be; and `verdict`, of numbers
that are doubted or sound. The longest that stands at a place counts."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A word or turn of phrase of a sentence.

    Attributes:
        kind: Its kind in the table.
        start: Where it begins in the sentence.
        end: Where it ends.
        low: What the table says besides.
        high: And the second of it.
    """

    kind: str
    start: int
    end: int
    low: str
    high: str


def judgements(sentence: str, *kinds: str) -> Iterator[Judgement]:
    """Yield the words of some kinds in a sentence, none inside another."""
    yield from (one for one in _judgements(sentence) if one.kind in kinds)


@lru_cache(maxsize=8192)
def _judgements(sentence: str) -> tuple[Judgement, ...]:
    """Return the words of every kind in a sentence: several rules ask for those of one."""
    words, known = _table()
    found = [match for match in words.finditer(sentence.lower()) if not (match.start() and _JOINED.match(sentence, match.start() - 1))]
    return tuple(Judgement(known[match.group()][0], *match.span(), *known[match.group()][1:]) for match in found)


def gap(link: Link, start: int, end: int) -> int:
    """Return how many characters lie between a link and some words."""
    return max(link.start - end, start - link.end)


_JOINED = re.compile(r"[\w-]")


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[str, str, str]]]:
    """Return what finds the words in lower case, the longest first, and what the table says of each."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {word.lower(): (row["kind"], row["low"], row["high"]) for row in rows for word in row["words"].split("|")}
    longest = sorted(known, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest))})(?![\w-])"), known
