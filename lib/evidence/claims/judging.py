"""The register of claims, and what it means that a claim holds on a library."""

from __future__ import annotations

import inspect
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from evidence.catalog import Figure, Library
from evidence.errors import DataError, QuantityError
from evidence.quantity import Interval, Quantity

Predicate = Callable[["Evidence"], bool]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: its id, predicate, the threshold in words, and what it says where that is declared."""

    id: str
    predicate: Predicate
    threshold: str
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim tried on a library.

    Attributes:
        claim: The claim.
        holds: Whether the data bear it out, whatever the unrounded numbers are.
        inputs: Figures the predicate read.
        beyond_chance: Whether it also holds whatever the numbers of all firms or people are that the figures' intervals of confidence allow;
            None where no figure it read has one.
    """

    claim: Claim
    holds: bool
    inputs: tuple[Figure, ...]
    beyond_chance: bool | None = None


REGISTER: dict[str, Claim] = {}
"""Every claim by id."""


class Evidence:
    """The figures of a library, as a predicate reads them: called with an id, it returns the quantity and remembers the figure."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.read: dict[str, Figure] = {}

    def __call__(self, identifier: str) -> Quantity:
        """Return the quantity of a figure.

        Raises:
            DataError: If there is no such figure.
        """
        self.read[identifier] = self.library.figure(identifier)
        return self.read[identifier].quantity

    def along(self, series: str) -> list[str]:
        """Return the ids of the figures of a series in the order they are listed.

        Raises:
            DataError: If fewer than two figures are in it.
        """
        listed = [figure.id for figure in self.library.series.get(series, [])]
        if len(listed) < 2:
            raise DataError(f'series "{series}" has {len(listed)} figures on this day; a claim about its course needs two at least.')
        return listed


def claim(identifier: str) -> Callable[[Predicate], Predicate]:
    """Return a decorator that registers a predicate as the test of a claim."""

    def register(predicate: Predicate) -> Predicate:
        REGISTER[identifier] = Claim(identifier, predicate, " ".join((inspect.getdoc(predicate) or "").split()))
        return predicate

    return register


def judge(entry: Claim, library: Library) -> Judged:
    """Return whether a claim holds on a library, and the figures that decide it.

    Raises:
        DataError: If a figure it needs is missing.
        QuantityError: If it compares figures of different units.
    """
    evidence, allowed = Evidence(library), _AllowedByChance(library)
    holds = entry.predicate(evidence)
    uncertain = any(library.confidence(identifier) for identifier in evidence.read)
    return Judged(entry, holds, tuple(evidence.read.values()), entry.predicate(allowed) if uncertain else None)


class _AllowedByChance(Evidence):
    """The same figures, each with the whole interval of confidence that chance in its sample leaves open."""

    def __call__(self, identifier: str) -> Quantity:
        stated, ends = super().__call__(identifier), self.library.confidence(identifier)
        if not ends:
            return stated
        low, high = (end.quantity.anchor for end in ends)
        return replace(stated, interval=Interval(low, high))


def falling(values: Iterable[Quantity]) -> bool:
    """Return whether each value is surely above the next."""
    return all(surely_above(first, second) for first, second in itertools.pairwise(values))


def surely_above(higher: Quantity, lower: Quantity) -> bool:
    """Return whether every value `higher` may have is above every value `lower` may have.

    Raises:
        QuantityError: If the two are in different units.

    Example:
        >>> from evidence.quantity import parse
        >>> surely_above(parse("35%"), parse("6%")), surely_above(parse("18%"), parse("18%"))
        (True, False)
    """
    if higher.unit != lower.unit:
        raise QuantityError(f"cannot compare {higher.unit} with {lower.unit}")
    return higher.interval.low > lower.interval.high or (
        higher.interval.low == lower.interval.high and not (higher.interval.low_closed and lower.interval.high_closed)
    )
