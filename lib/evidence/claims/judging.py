"""What it means that a claim holds on a library."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evidence.catalog import Figure, Library
from evidence.claims.comparing import read_comparison, spelled_out
from evidence.quantity import Interval, Quantity, read_condition

Predicate = Callable[["Evidence"], bool]


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim: its id, predicate, the threshold in words, and what it says."""

    id: str
    predicate: Predicate
    threshold: str
    statement: str


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


def known(library: Library) -> dict[str, Claim]:
    """Return every claim of a library by id, in the order they are declared."""
    return {row["id"]: _claim(row) for row in library.rows("claims")}


def find(identifier: str, library: Library) -> Claim | None:
    """Return a claim of a library, or the comparison that an id spells out; None where there is none of that name.

    Raises:
        DataError: If it is a comparison of what the library does not hold.
    """
    if spelled_out(identifier):
        return _comparison(identifier, library)
    row = library.by_id("claims").get(identifier)
    return None if row is None else _claim(row)


def _comparison(identifier: str, library: Library) -> Claim:
    compared = read_comparison(identifier, library)
    return Claim(identifier, compared.holds, compared.threshold, "")


def _claim(row: Mapping[str, Any]) -> Claim:
    return Claim(row["id"], lambda evidence: read_condition(row["condition"]).holds(evidence), row["threshold"], row["statement"])


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
