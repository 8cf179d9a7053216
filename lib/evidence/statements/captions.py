"""Captions: what stands beside the marks of a chart, and above and below it, fits the records that it draws, and no others better.

A bar is labelled with the category of its figure, and where a chart draws several series, each with a name of its own. Both are words of ours, and changed over they
would show a right number as somebody else's. So each label has a word that its record has too, and no two labels of a series fit better changed over.
Title, subtitle and description speak of what the chart draws: they link its figures and none that only another draws, or share more words with their records than with those of any other chart.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Any

from evidence.catalog import Library, where
from evidence.problems import Problem
from evidence.statements.caption_units import wrong_units
from evidence.statements.prose import Block, read_blocks
from evidence.statements.rules.subject import plain_stems

_TELLING = re.compile(r"\b(?:most|least|more|less|fewer|before|after|high|low|only|all|much)\b")

_NUMBER = re.compile(r"\d[\d.,]*")

_CLEAR = 0.2
"""By how much two labels must fit better changed over, so that a tie is not told."""

_LINKED, _ELSEWHERE = 4.0, 3.5
"""What a link to a figure that is drawn weighs beside words, and by how much another chart must fit better to be told."""

_REMEDY = "Give each the words by which its record says whom, where or when it is about."


def wrong_labels(library: Library) -> Iterator[Problem]:
    """Yield a problem for each category of a series, and each name of a series in a chart, that does not fit its record."""
    rows = {row["id"]: row for row in library.rows("figures")}
    for figures in library.series.values():
        labels = [figure.category for figure in figures]
        said = [_said(figure.id, library) for figure in figures]
        yield from _wrong(labels, said, lambda place, figures=figures: where(rows[figures[place].id], "category"))  # type: ignore[misc]
    for row in library.rows("charts"):
        labels = [label.strip() for label in row["labels"].split(";")]
        drawn = [library.series.get(name, []) for name in row["series"].split()]
        said = [Counter(stem for figure in figures for stem in _said(figure.id, library)) for figures in drawn]
        if len(labels) == len(drawn):
            yield from _wrong(labels, said, lambda _, row=row: where(row, "labels"))  # type: ignore[misc]


def wrong_captions(library: Library) -> Iterator[Problem]:
    """Yield a problem for each title, subtitle and description of a chart of figures that fits what another chart draws better."""
    charts = [(row, drawn) for row in library.rows("charts") if (drawn := _Drawn.by(row["series"], library)).figures]
    by_series = {drawn.figures: drawn for _, drawn in charts}
    held = Counter(stem for drawn in by_series.values() for stem in drawn.stems)
    weight = {stem: math.log(len(by_series) / times) + 0.1 for stem, times in held.items()}
    for row, own in charts:
        for column in ("title", "subtitle", "description"):
            blocks = read_blocks(row[column])
            yield from _misstated(row, column, blocks, library)
            stems_of, linked = _telling(" ".join(block.text for block in blocks)), [link.target for block in blocks for link in block.links]
            if stray := _drawn_elsewhere(linked, own.figures, by_series):
                message = f"it links {stray}, which another chart draws and this one does not."
                yield Problem(where(row, column), message, "Link what this chart draws.", rule="drawn")
                continue
            fits = {figures: drawn.fit(stems_of, linked, weight) for figures, drawn in by_series.items()}
            if max(fits.values()) > fits[own.figures] + _ELSEWHERE:
                best = next(other["id"] for other, drawn in charts if fits[drawn.figures] == max(fits.values()))
                message = f"it fits what {best} draws better than what this chart draws."
                remedy = "Say of whom, where and when the figures of this chart are, in the words of their records."
                yield Problem(where(row, column), message, remedy, rule="drawn")


def _misstated(row: dict[str, Any], column: str, blocks: list[Block], library: Library) -> Iterator[Problem]:
    """Yield each unit of a caption that no figure of its chart is in."""
    units = {figure.unit for name in row["series"].split() for figure in library.series.get(name, ())}
    for unit in (unit for block in blocks for unit in wrong_units(block.without(bool), units)):
        message = f'"{unit}" is the unit of nothing that it draws, which is in {", ".join(sorted(units))}.'
        yield Problem(where(row, column), message, "Give the unit of the figures.", rule="drawn")


def _drawn_elsewhere(linked: list[str], own: tuple[str, ...], by_series: Iterable[tuple[str, ...]]) -> str:
    """Return the first link all of whose figures only other charts draw; empty without one."""
    drawn = frozenset(figure for figures in by_series for figure in figures)
    parts = {target: frozenset(target.split("/")) & drawn for target in linked}
    return next((target for target, figures in parts.items() if figures and figures.isdisjoint(own)), "")


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a chart draws: the ids of its figures, and the stems of what their records say."""

    figures: tuple[str, ...]
    stems: frozenset[str]

    @classmethod
    def by(cls, series: str, library: Library) -> _Drawn:
        """Return what is drawn of some series."""
        figures = [figure for name in series.split() for figure in library.series.get(name, ())]
        said = [stem for one in figures for stem in (*_said(one.id, library), *_telling(f"{one.category} {one.unit}"))]
        return cls(tuple(figure.id for figure in figures), frozenset(said))

    def fit(self, said: frozenset[str], linked: list[str], weight: dict[str, float]) -> float:
        """Return how well words and links fit what is drawn."""
        there = any(part in self.figures for target in linked for part in target.split("/"))
        return sum(weight[stem] for stem in sorted(said & self.stems)) + _LINKED * there


def _wrong(labels: Sequence[str], said: Sequence[Counter[str]], place: Callable[[int], Any]) -> Iterator[Problem]:
    """Yield what is wrong with labels beside what their records say."""
    if len(set(labels)) < 2:
        return
    told = [_telling(label) for label in labels]
    shared = frozenset.intersection(*told)
    fit = {
        (one, other): sum(math.log1p(said[other][stem]) for stem in told[one] - shared) / max(1, len(told[one] - shared))
        for one in range(len(labels))
        for other in range(len(labels))
    }
    for place_of, label in enumerate(labels):
        if label and said[place_of] and not told[place_of] & said[place_of].keys():
            yield Problem(place(place_of), f'no word of "{label}" is in the record that it labels.', _REMEDY, rule="label")
    for one, other in combinations(range(len(labels)), 2):
        if labels[one] != labels[other] and fit[one, other] + fit[other, one] > fit[one, one] + fit[other, other] + _CLEAR:
            message = f'"{labels[one]}" fits the record of "{labels[other]}" better, and the other way round.'
            yield Problem(place(one), message, _REMEDY, rule="label")


def _telling(text: str) -> frozenset[str]:
    """Return the stems of a text, and the words that make all the difference between two labels."""
    return plain_stems(text) | frozenset(_TELLING.findall(text.lower()))


@lru_cache(maxsize=1024)
def _said(identifier: str, library: Library) -> Counter[str]:
    """Return the stems by which records of a figure say what it is of: those of its cells weigh more than those around its number in its quote."""
    said: Counter[str] = Counter()
    for one in library.places(identifier):
        for stem in _telling(f"{one.population} {one.place} {one.period} {one.note} {one.locator}"):
            said[stem] += 3
        for stem in _telling(_near(one.quote, one.stated)):
            said[stem] += 1
    return said


def _near(quote: str, stated: str) -> str:
    """Return the part of a quote between the numbers before and after its own, or all of it where its number is not found as stated."""
    found = re.search(re.escape(stated), quote) if stated else None
    if not found:
        return quote
    before, after = _NUMBER.split(quote[: found.start()])[-1], _NUMBER.split(quote[found.end() :])[0]
    return f"{before} {stated} {after}"
