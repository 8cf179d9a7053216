"""Claims that are declared as data: a few kinds of comparison, so that a plain claim needs no code."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evidence.catalog import Library
from evidence.claims.judging import REGISTER, Claim, Evidence, falling, surely_above
from evidence.errors import DataError
from evidence.quantity import Quantity, parse

_HALF = parse("half").exact()

_Test = Callable[[Sequence[Quantity]], bool]


def _rising(values: Sequence[Quantity]) -> bool:
    return falling(list(reversed(values)))


KINDS: Mapping[str, _Test] = {
    "order": falling,
    "above": lambda values: all(surely_above(values[0], other) for other in values[1:]),
    "below": lambda values: all(surely_above(other, values[0]) for other in values[1:]),
    "majority": lambda values: all(surely_above(value, _HALF) for value in values),
    "rises": _rising,
    "falls": falling,
}
"""What must hold of the quantities of a claim, in the order they are declared; of a series there must be two at least."""


def find(identifier: str, library: Library) -> Claim | None:
    """Return a claim, registered in code or declared in the library, or None where there is none of that name."""
    if identifier in REGISTER:
        return REGISTER[identifier]
    row = library.by_id("claims").get(identifier)
    return None if row is None else _claim(row)


def known(library: Library) -> dict[str, Claim]:
    """Return every claim by id: those registered in code, then those the library declares.

    Raises:
        DataError: If a claim of the library has the name of one in code.
    """
    declared = {row["id"]: _claim(row) for row in library.rows("claims")}
    if twice := sorted(set(declared) & set(REGISTER)):
        raise DataError(f"data/claims.csv, column id: {', '.join(twice)} is registered in evidence.claims already. Keep one of the two.")
    return REGISTER | declared


def _claim(row: Mapping[str, Any]) -> Claim:
    kind, named = row["kind"], row["figures"].split()

    def predicate(evidence: Evidence) -> bool:
        identifiers = list(itertools.chain(*map(evidence.along, named))) if kind in ("rises", "falls") else named
        return KINDS[kind]([evidence(identifier) for identifier in identifiers])

    return Claim(row["id"], predicate, row["threshold"], row["statement"])
