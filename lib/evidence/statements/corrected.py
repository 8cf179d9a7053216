"""Corrections: the words of each, and its grade, are held against what it says is wrong.

A correction is our own text, so no document proves it. Its title and its texts speak of its own figures and findings: they link them, or share more words
with their records, and a short one with the other texts of its row, than with those of any other correction. Its grade is the one that its reading gives: what no reading mends is a contradiction.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.catalog import Library, where
from evidence.problems import Problem
from evidence.statements.prose import Block, read_blocks
from evidence.statements.rules.subject import plain_stems, stems

READINGS = {"contradiction": "None", "one reading only": "It holds", "tension": "It would fit"}
"""How the reading of a correction of each grade begins: none there is, one that is named, or one for which something must be added."""

_TEXTS = (("title",), ("title", "what"), ("size",), ("reading",), ("consequence",))
"""Texts that are read together: each says little by itself."""
_PROSE = ("title", "what", "size", "reading", "consequence")
_LINKED, _ELSEWHERE = 4.0, 2.75
"""What a link to a record of its own weighs beside words, and by how much another correction must fit better to be told."""

_BESIDE = {"title": 1.0, "size": 1.5, "consequence": 1.5}
"""Texts so short that the other texts of their row must bear them out, and by how much those of another row must fit better to be told."""


def wrong_corrections(library: Library) -> Iterator[Problem]:
    """Yield a problem for each correction whose grade is another than its reading gives, and for each text that fits another correction better."""
    about = {row["id"]: _Matter.of(row, library) for row in library.rows("corrections")}
    weight, told = _weights(about), set()
    for row in library.rows("corrections"):
        yield from _misgraded(row)
        for columns in _TEXTS:
            fits = _fits([block for column in columns for block in read_blocks(row[column])], about, weight)
            best = max(fits, key=lambda name: fits[name])
            if fits[best] > fits[row["id"]] + _ELSEWHERE:
                yield _told(row, columns[0], best)
                told.add((row["id"], columns[0]))
    for column, margin in _BESIDE.items():
        rows = [row for row in library.rows("corrections") if (row["id"], column) not in told]
        yield from _astray(column, margin, rows, about)


def _told(row: dict[str, Any], column: str, other: str) -> Problem:
    message = f"it fits what {other} says is wrong better than what this row does."
    return Problem(where(row, column), message, "Speak of the figures and findings of this row.", rule="corrected")


def _astray(column: str, margin: float, rows: list[dict[str, Any]], about: dict[str, _Matter]) -> Iterator[Problem]:
    """Yield a problem for each text of a column that fits the other texts and the records of another row clearly better than those of its own."""
    beside = {row["id"]: about[row["id"]].with_texts(_said(row, [name for name in _PROSE if name != column])) for row in rows}
    weight = _weights(beside)
    for row in rows:
        said = _said(row, [column])
        fits = {name: one.fit(said, set(), weight) for name, one in beside.items()}
        best = max(fits, key=lambda name: fits[name])
        if fits[best] > fits[row["id"]] + margin:
            yield _told(row, column, best)


def _said(row: dict[str, Any], columns: Sequence[str]) -> frozenset[str]:
    """Return the stems of some texts of a row."""
    return plain_stems(" ".join(block.text for column in columns for block in read_blocks(row[column])))


def _weights(about: dict[str, _Matter]) -> dict[str, float]:
    """Return what each stem weighs: the more, the fewer corrections have it."""
    held = Counter(stem for one in about.values() for stem in one.stems)
    return {stem: math.log(len(about) / times) + 0.1 for stem, times in held.items()}


def _fits(blocks: list[Block], about: dict[str, _Matter], weight: dict[str, float]) -> dict[str, float]:
    """Return how well a text fits the records of each correction."""
    said = stems(" ".join(block.text for block in blocks))
    linked = {part for block in blocks for link in block.links for part in link.target.split("/")}
    return {name: one.fit(said, linked, weight) for name, one in about.items()}


def _misgraded(row: dict[str, Any]) -> Iterator[Problem]:
    begins = next((grade for grade, words in READINGS.items() if row["reading"].startswith(words)), "")
    if begins != row["grade"]:
        message = f'graded {row["grade"]}, and its reading is that of {begins or "no grade"}: "{row["reading"][:60]}"'
        remedy = f'Correct the grade, or begin the reading with "{READINGS[row["grade"]]}" if that is so.'
        yield Problem(where(row, "grade"), message, remedy, rule="corrected")
    elif row["guard"] == "differs" and row["grade"] != "contradiction":
        yield Problem(
            where(row, "grade"), "a number that its recomputation does not give is a contradiction.", "Correct it.", rule="corrected"
        )


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a correction says is wrong: the ids of its records, and the stems of what they say."""

    names: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def of(cls, row: dict[str, Any], library: Library) -> _Matter:
        """Return what a row of corrections is about."""
        figures, findings = row["figures"].split(), row["findings"].split()
        places = [place for name in figures if name in library.figures for place in library.places(name)]
        said = [f"{one.population} {one.place} {one.category} {one.quote} {one.note} {one.locator}" for one in places]
        rows = [library.by_id("findings")[name] for name in findings if name in library.by_id("findings")]
        said += [f"{one['statement']} {one['quote']} {one['population']} {one['locator']}" for one in rows]
        return cls(frozenset((*figures, *findings)), plain_stems(" ".join(said)))

    def with_texts(self, said: frozenset[str]) -> _Matter:
        """Return the same with the stems of further texts."""
        return _Matter(self.names, self.stems | said)

    def fit(self, said: frozenset[str], linked: set[str], weight: dict[str, float]) -> float:
        """Return how well words and links fit the records."""
        shared = sum(weight[stem] for stem in sorted(said & self.stems))
        return shared / math.log(10 + len(self.stems)) + _LINKED * len(linked & self.names)
