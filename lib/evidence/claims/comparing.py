"""Comparisons: claims that a link itself declares, `compare:A/below/B`, proved in interval arithmetic.

| written | holds when |
|---|---|
| `A/above/B`, `A/below/B` | every value that A may have is above, or below, every value that B may have |
| `A/equal/B` | the printed number of each is a value that the other may have |
| `A/above/2/B`, `A/below/0.5/B`, `A/equal/3/B` | the same of A and so many times B |
| `A/highest/SERIES`, `A/lowest/SERIES` | A is above, or below, every other figure of the series, or of the ids that begin so |
| `A/rose`, `A/fell` | the newest value of A is above, or below, the one published before it |

A and B are ids of figures; B may be a range, of which the end counts that is harder to pass. What the printed numbers leave open does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from evidence.catalog import Figure, Library
from evidence.errors import DataError, QuantityError
from evidence.problems import NOWHERE, Problem
from evidence.quantity import Quantity, surely_above, to_fraction

PAIRED = ("above", "below", "equal")
"""Relations of two figures."""
AMONG = {"highest": "above", "lowest": "below"}
"""Relations of a figure to a series, with the relation to each other figure of it."""
SINCE = {"rose": "above", "fell": "below"}
"""Relations of a figure to what it was, with the relation to its value before."""
_OPPOSITE = {"above": "below", "below": "above"}
_NUMBER = re.compile(r"[0-9]*\.?[0-9]+")
_WRITTEN = "A/above/B, A/below/B, A/equal/B, A/above/2/B, A/highest/SERIES, A/lowest/SERIES, A/rose or A/fell"

Read = Callable[[str], Quantity]
"""Returns the quantity of an id."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A comparison that was read from the target of a link.

    Attributes:
        figure: The figure that is compared.
        relation: One of `PAIRED`, `AMONG` and `SINCE`.
        others: What it is compared with: one figure, the others of a series, or its own value before.
        factor: How many times the others.
    """

    figure: Figure
    relation: str
    others: tuple[Figure, ...]
    factor: Fraction = Fraction(1)

    @property
    def side(self) -> str:
        """Where the figure must lie beside each of the others: `above`, `below` or `equal`."""
        return AMONG.get(self.relation) or SINCE.get(self.relation) or self.relation

    @property
    def threshold(self) -> str:
        """What would make it fail, in a sentence for readers."""
        one, other = _told_apart(self.figure, self.others[0])
        if self.relation in SINCE:
            return f"It would fail if the newest number were not {self.side} the one published before it."
        if self.relation in AMONG:
            return f"It would fail if {one} were not {self.side} every other of them."
        times = f"{float(self.factor):g} times " if self.factor != 1 else ""
        return f"It would fail if {one} were not {self.side}{' to' if self.side == 'equal' else ''} {times}{other}."

    def holds(self, read: Read) -> bool:
        """Return whether it holds, whatever the unrounded numbers are.

        Raises:
            QuantityError: If figures of different units are compared.
        """
        stands = [self._stands(self.side, other, read) for other in self.others]  # each is read, so that all that it rests on is known
        return all(stands)

    def undecided(self, read: Read) -> bool:
        """Return whether the numbers as printed leave open which is larger: it does not hold, and nothing shows the opposite.

        Raises:
            QuantityError: If figures of different units are compared.
        """
        opposite = _OPPOSITE.get(self.side, "")
        return bool(opposite) and not self.holds(read) and not any(self._stands(opposite, other, read) for other in self.others)

    def _stands(self, side: str, other: Figure, read: Read) -> bool:
        one, against = read(self.figure.id), other.quantity if self.relation in SINCE else read(other.id)
        against = replace(against, anchor=against.anchor * self.factor, interval=against.interval.scaled(self.factor))
        if one.unit != against.unit:
            raise QuantityError(f"cannot compare {one.unit} with {against.unit}")
        if side == "equal":
            return one.interval.contains(against.anchor) and against.interval.contains(one.anchor)
        return surely_above(one, against) if side == "above" else surely_above(against, one)


def spelled_out(target: str) -> bool:
    """Return whether the target of a link is a comparison, and no id of a claim that the library declares."""
    return "/" in target


def read_comparison(target: str, library: Library) -> Comparison:
    """Return the comparison that the target of a link names.

    Args:
        target: What stands after `compare:`.
        library: The data library.

    Raises:
        DataError: If it is no comparison, or names what the library does not hold.
    """
    match target.split("/"):
        case [one, relation, other] if relation in PAIRED:
            return Comparison(library.figure(one), relation, (_end(other, relation, library),))
        case [one, relation, factor, other] if relation in PAIRED and _number(factor):
            return Comparison(library.figure(one), relation, (_end(other, relation, library),), to_fraction(factor))
        case [one, relation, series] if relation in AMONG:
            return Comparison(library.figure(one), relation, _rest(library.figure(one), series, library))
        case [one, relation] if relation in SINCE:
            return Comparison(library.figure(one), relation, _before(one, library))
    raise _wrong(f'"{target}" is no comparison.', f"Write compare:{_WRITTEN}.")


def _told_apart(one: Figure, other: Figure) -> tuple[str, str]:
    """Return what tells two figures apart, in the words of their records, or else their ids."""
    pairs = [(getattr(one, cell), getattr(other, cell)) for cell in ("category", "place", "period", "population")]
    return next((pair for pair in pairs if all(pair) and pair[0] != pair[1]), (one.id, other.id))


def _number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and to_fraction(text) > 0


def _end(identifier: str, relation: str, library: Library) -> Figure:
    """Return a figure, or the end of a range that is harder to pass."""
    if identifier in library.ranges and identifier not in library.figures:
        low, high = library.ranges[identifier]
        return high if relation == "above" else low
    return library.figure(identifier)


def _rest(one: Figure, series: str, library: Library) -> tuple[Figure, ...]:
    """Return the other figures of a series, or of the ids that begin alike, in the unit of one."""
    found = library.series.get(series) or [figure for key, figure in library.figures.items() if key.startswith(f"{series}.")]
    others = tuple(figure for figure in found if figure.id != one.id and figure.unit == one.unit and not figure.bounds_another)
    if not others or one.id not in {figure.id for figure in found}:
        raise _wrong(f"{one.id} is not one of several figures of {series}.", "Name a series of the data library that it belongs to.")
    return others


def _before(identifier: str, library: Library) -> tuple[Figure, ...]:
    earlier = library.earlier(identifier)[:1]
    if not earlier:
        raise _wrong(f"{identifier} has no earlier value.", "Compare it with the figure of the time before: A/above/B or A/below/B.")
    return tuple(earlier)


def _wrong(message: str, remedy: str) -> DataError:
    return DataError(Problem(NOWHERE, message, remedy))
