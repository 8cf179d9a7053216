"""Subject: the figure that a number is linked to fits its sentence at least as well as any other figure that the number admits.

A number such as 62% is true of several figures. Which of them a sentence means is told by its words, those around it and its heading: each word that
it shares with a record counts the more, the fewer records have it. The ids of figures count for nothing, since no reader sees them.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from evidence.catalog import Figure, Library
from evidence.errors import QuantityError
from evidence.problems import Problem
from evidence.quantity import Quantity, narrow, parse
from evidence.statements.pages import Passage
from evidence.statements.propositions import number
from evidence.statements.prose import Link

QUOTED, AROUND, LACKING, MARGIN, LONG = 0.6, 0.5, 0.08, 0.3, 40
"""Weights: of a word of the quote beside one of whom, where and when; of a word around the sentence beside one in it; of a word of the record that is
nowhere; by how much another figure must fit better to be told; and how many telling words the quotes of a figure have at most. Tuned on the links of one book and on all wrong ones it could have."""

_YEAR = "calendar year"
_WORD = re.compile(r"[a-z]+|\d+")
_ENDING = re.compile(r"(?:ies|ing|ment|ation|tion|ness|ity|ed|es|s|ly|al|e|y)$")
_COMMON = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "that",
        "this",
        "from",
        "they",
        "their",
        "who",
        "whom",
        "its",
        "not",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "one",
        "than",
        "then",
        "them",
        "into",
        "over",
        "under",
        "about",
        "more",
        "most",
        "least",
        "other",
        "others",
        "each",
        "per",
        "all",
        "any",
        "some",
        "such",
        "only",
        "just",
        "also",
        "very",
        "much",
        "many",
        "when",
        "where",
        "which",
        "what",
        "while",
        "number",
        "percent",
        "year",
        "years",
    ]
)
_KIN = (
    "sme small medium firm business enterpris compan employer",
    "young youth gen teen pupil student child",
    "uk united kingdom british britain nation countr",
    "worker employe job work",
    "pay wage earn income",
    "space cowork",
    "depriv poor povert",
    "survey respondent sample asked",
    "neet education",
    "supplier spend procure buy spent",
    "gdp output",
    "growth grow gain",
    "turnover revenue",
)
"""Beginnings of words that stand for each other."""

_OF_INTERVALS = re.compile(r"\b(?:intervals?|confidence|margins? of error|chance)\b", re.IGNORECASE)
"""Words of a sentence that states an end of an interval as one."""

_KINDRED = [(kin.split()[0], tuple(part[:5] for part in kin.split())) for kin in _KIN]


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each link to a figure that its sentence fits less well than another one which the number admits."""
    block, known = passage.block, index(library)
    links = [link for link in block.links if link.scheme == "figure"]
    beside = {link.target for link in links}
    around = stems(f"{passage.context} {block.text}") if links else frozenset()
    for link in links:
        start, end = block.span(link.start)
        if (other := _other_end(link.target, library)) and other not in beside and not _OF_INTERVALS.search(block.text, start, end):
            message = f"{link.target} is an end of an interval of confidence, and its sentence gives it as a number of its own."
            yield passage.problem(
                link.start, link.end, message, "Link the figure, or link both ends and say of what they are the interval."
            )
            continue
        sentence = stems(block.text[start:end])
        admitted = known.admitted(link)
        if link.target not in admitted:
            continue  # which is told of the number itself
        others = [name for name in admitted if name not in beside and not known.same(name, link.target)]
        own = known.fit(link.target, sentence, around)
        better = sorted((-known.fit(name, sentence, around), name) for name in others)
        if better and -better[0][0] > own + MARGIN:
            message = f"{better[0][1]} fits its sentence better than {link.target}, and the number would be true of both."
            remedy = "Link that figure, or say in the sentence of whom, where or when the number is."
            yield passage.problem(link.start, link.end, message, remedy, tuple(name for _, name in better[:3]))


def _other_end(name: str, library: Library) -> str:
    """Return the other end of the interval of confidence that a figure is an end of; empty for any other figure."""
    figure = library.figures.get(name)
    stem, _, end = name.rpartition(".")
    return f"{stem}.{'low' if end == 'high' else 'high'}" if figure and figure.bounds_another else ""


@lru_cache(maxsize=4096)
def stems(text: str) -> frozenset[str]:
    """Return the telling words of a text without their endings, and for words that have kin the first of these."""
    return frozenset(stem for word in _WORD.findall(text.lower()) for stem in _stem(word))


def plain_stems(text: str) -> frozenset[str]:
    """Return the telling words of a text without their endings, and without their kin."""
    return frozenset(stem for stem in stems(text) if not stem.startswith("~"))


@cache
def _stem(word: str) -> tuple[str, ...]:
    """Return a word without its ending, with the first of its kin after a tilde; nothing of a word that every text has."""
    if word in _COMMON or len(word) < 2:
        return ()
    stem = _ENDING.sub("", word)[:7] if len(word) > 4 else word
    return (stem, *(f"~{first}" for first, beginnings in _KINDRED if stem.startswith(beginnings)))


@lru_cache(maxsize=2)
def index(library: Library) -> Index:
    """Return the index of a library, made once."""
    return Index(library)


@dataclass(frozen=True, slots=True)
class _About:
    """The telling words of a figure's records: of whom, where and when, and those that only its quotes have."""

    own: frozenset[str]
    quoted: frozenset[str]

    @property
    def share(self) -> float:
        """What a word of its quotes counts for: less where they are longer than quotes are, and so would fit everything."""
        return min(1.0, LONG / max(1, len(self.quoted)))


class Index:
    """The figures and ranges of a library by what they admit and by their words."""

    def __init__(self, library: Library) -> None:
        self._ends: dict[str, tuple[Figure, ...]] = {
            name: (figure,) for name, figure in library.figures.items() if not figure.bounds_another
        }
        self._ends |= {name: ends for name, ends in library.ranges.items() if name not in self._ends}
        self.about = {name: self._about(figures, library) for name, figures in self._ends.items()}
        held: dict[str, float] = defaultdict(float)
        for about in self.about.values():
            for word in about.own | about.quoted:
                held[word] += about.share
        self._weight = {word: math.log(len(self.about) / count) + 0.2 for word, count in held.items()}
        self._pairs = {frozenset((row["figure"], row["against"])) for row in library.rows("pairs")}
        self._known: dict[str, list[str]] = {}

    @staticmethod
    def _about(figures: tuple[Figure, ...], library: Library) -> _About:
        places = [place for figure in figures for place in library.places(figure.id)]
        own = stems(" ".join(f"{one.population} {one.place} {one.category} {one.period} {one.note}" for one in places))
        return _About(own, stems(" ".join(f"{one.quote} {one.locator}" for one in places)) - own)

    @cached_property
    def _by_size(self) -> dict[str, list[tuple[float, str]]]:
        """Figures of each unit, sorted by their number."""
        found: dict[str, list[tuple[float, str]]] = defaultdict(list)
        for name, (figure, *_) in self._ends.items():
            found[figure.unit].append((float(figure.quantity.anchor), name))
        return {unit: sorted(rows) for unit, rows in found.items()}

    def admitted(self, link: Link) -> list[str]:
        """Return the figures and ranges of which the text of a link would be true."""
        if link.text not in self._known:
            self._known[link.text] = self._admitted(link.text)
        return self._known[link.text]

    def _admitted(self, text: str) -> list[str]:
        try:
            stated = parse(number(text))
        except QuantityError:
            return []
        ends = stated.ends or (stated,)
        low, high = float(min(end.interval.low for end in ends)), float(max(end.interval.high for end in ends))
        units = [unit for unit in self._by_size if unit == stated.unit or unit.startswith(f"{stated.unit} per ")]
        near = self._between(low, high, [*units, *([_YEAR] if stated.unit == "count" else [])])
        return [name for name in near if self._true_of(stated, self._ends[name])]

    def _between(self, low: float, high: float, units: list[str]) -> list[str]:
        """Return the figures of some units whose number, or the first of whose numbers, lies between two."""
        bounds = (low - abs(low) * 1e-9, ""), (high + abs(high) * 1e-9, "\U0010ffff")
        found = [self._by_size[unit] for unit in units if unit in self._by_size]
        return [name for rows in found for _, name in rows[bisect_left(rows, bounds[0]) : bisect_left(rows, bounds[1])]]

    @staticmethod
    def _true_of(stated: Quantity, figures: tuple[Figure, ...]) -> bool:
        """Return whether a number is true of a figure, or of a range; one with two ends that lie close is true of a figure between them too."""
        if len(stated.ends) == 2 and len(figures) == 1:
            return narrow(stated.ends[0].anchor, stated.ends[1].anchor) and stated.admits(figures[0].quantity)
        ends = stated.ends or (stated,)
        if figures[0].unit == _YEAR:
            ends = tuple(end.relabelled(_YEAR).exact() for end in ends)
        return len(ends) == len(figures) and all(end.admits(figure.quantity) for end, figure in zip(ends, figures, strict=True))

    def same(self, one: str, other: str) -> bool:
        """Return whether two figures are the same fact: declared as a pair, or a range and its end."""
        return frozenset((one, other)) in self._pairs or one.startswith(f"{other}.") or other.startswith(f"{one}.")

    def fit(self, name: str, sentence: frozenset[str], around: frozenset[str]) -> float:
        """Return how well a figure fits a sentence: the weights of the words that its records share with it."""
        about = self.about[name]
        quoted = QUOTED * about.share
        shared = self._sum(about.own & sentence) + quoted * self._sum(about.quoted & sentence)
        near = self._sum((about.own & around) - sentence) + quoted * self._sum((about.quoted & around) - sentence)
        return shared + AROUND * near - LACKING * self._sum(about.own - sentence - around)

    def own(self, name: str, words: frozenset[str]) -> float:
        """Return how well words fit whom, where and when a figure is about, what its quotes say besides counting less."""
        about = self.about[name]
        return self._sum(words & about.own) + AROUND * QUOTED * about.share * self._sum(words & about.quoted)

    def _sum(self, words: frozenset[str]) -> float:
        return sum(self._weight[word] for word in sorted(words))
