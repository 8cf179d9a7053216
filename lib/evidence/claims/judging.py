"""The register of claims, and what it means that a claim holds on a library."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from evidence.catalog import Figure, Library
from evidence.errors import QuantityError
from evidence.quantity import Quantity

Predicate = Callable[["Evidence"], bool]


@dataclass(frozen=True, slots=True)
class Claim:
    """A registered claim: its id, predicate, and the threshold in words."""

    id: str
    predicate: Predicate
    threshold: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim tried on a library.

    Attributes:
        claim: The claim.
        holds: Whether the data bear it out, whatever the unrounded numbers are.
        inputs: Figures the predicate read.
    """

    claim: Claim
    holds: bool
    inputs: tuple[Figure, ...]


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


def claim(identifier: str) -> Callable[[Predicate], Predicate]:
    """Return a decorator that registers a predicate as the test of a claim."""

    def register(predicate: Predicate) -> Predicate:
        REGISTER[identifier] = Claim(identifier, predicate, " ".join((inspect.getdoc(predicate) or "").split()))
        return predicate

    return register


def judge(identifier: str, library: Library) -> Judged:
    """Return whether a claim holds on a library, and the figures that decide it.

    Raises:
        KeyError: If no such claim is registered.
        DataError: If a figure it needs is missing.
    """
    evidence = Evidence(library)
    holds = REGISTER[identifier].predicate(evidence)
    return Judged(REGISTER[identifier], holds, tuple(evidence.read.values()))


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
