"""Counts over all areas that the book states: how many are left-behind under how many readings, and how many can be told from the country."""

from __future__ import annotations

from collections.abc import Callable
from weakref import WeakKeyDictionary

from evidence.catalog import Library
from evidence.errors import QuantityError
from evidence.places import COUNTRY, Atlas, Fact
from evidence.quantity import Quantity
from evidence.recompute import Inputs, Register
from made_together.left_behind.readings import GROWTH_AREAS, distinct, met_under, tried

REGISTER = Register()
"""The counts, by the id of their figure."""

_ATLASES: WeakKeyDictionary[Library, Atlas] = WeakKeyDictionary()

Found = list[int]
"""How many areas each reading finds; of the one we chose first."""


def _atlas(library: Library) -> Atlas:
    if library not in _ATLASES:
        _ATLASES[library] = Atlas(library)
    return _ATLASES[library]


def _counts(identifier: str, about: str, counted: Callable[[Atlas], int]) -> None:
    """Register a count over all areas."""

    def count_of_areas(figures: Inputs) -> Quantity:
        return Quantity.point(counted(_atlas(figures.library)), "count")

    count_of_areas.__doc__ = about
    REGISTER.recomputes(identifier)(count_of_areas)


def _found(atlas: Atlas) -> Found:
    table = tried(atlas.data)
    if not table:
        raise QuantityError("the library keeps no values of GDP per head, jobs and population")
    chosen = next(len(flip.found) for flip in table if flip.chosen)
    return [chosen, *(len(flip.found) for flip in distinct(table) if not flip.chosen)]


def _met(atlas: Atlas, wanted: Callable[[int, int], bool]) -> int:
    return sum(wanted(*met_under(atlas.data, code)) for code in atlas.data.areas(GROWTH_AREAS).names)


def _fact(atlas: Atlas, name: str) -> Fact:
    found = next((fact for facts in atlas.facts.values() for fact in facts if fact.name == name), None)
    if found is None:
        raise QuantityError(f"the library keeps no values of {name}")
    return found


def _having(atlas: Atlas, name: str) -> list[str]:
    return [code for code in _fact(atlas, name).values if code != COUNTRY]


def _open(atlas: Atlas, name: str) -> int:
    return sum(not _fact(atlas, name).beside(code).told_apart for code in _having(atlas, name))


_READINGS = "readings of the first definition of left-behind, each with one threshold moved"
_counts(
    "computed.left-behind.areas",
    "The statistical areas that the first definition of left-behind is tried on.",
    lambda atlas: len(atlas.data.areas(GROWTH_AREAS).names),
)
_counts("computed.left-behind.readings", f"The {_READINGS}.", lambda atlas: len(_found(atlas)))
_counts("computed.left-behind.chosen", "The areas that are left-behind with the thresholds we chose.", lambda atlas: _found(atlas)[0])
_counts("computed.left-behind.fewest", f"The areas that the strictest of the {_READINGS} finds.", lambda atlas: min(_found(atlas)))
_counts("computed.left-behind.most", f"The areas that the widest of the {_READINGS} finds.", lambda atlas: max(_found(atlas)))
_counts(
    "computed.left-behind.ever",
    f"The areas that at least one of the {_READINGS} finds.",
    lambda atlas: _met(atlas, lambda met, _all: met > 0),
)
_counts(
    "computed.left-behind.always",
    f"The areas that all of the {_READINGS} find.",
    lambda atlas: _met(atlas, lambda met, asked: met == asked),
)
_counts("computed.places.pay.districts", "The districts with a median pay.", lambda atlas: len(_having(atlas, "pay")))
_counts(
    "computed.places.pay.open",
    "The districts whose median pay was neither below the country's in all years kept nor above it in all.",
    lambda atlas: _open(atlas, "pay"),
)
_counts("computed.places.work.districts", "The districts with an employment rate.", lambda atlas: len(_having(atlas, "work")))
_counts(
    "computed.places.work.open",
    "The districts whose employment rate was neither below the country's in all years kept nor above it in all.",
    lambda atlas: _open(atlas, "work"),
)
_counts(
    "computed.places.deprivation.districts",
    "The districts with a share of deprived neighbourhoods.",
    lambda atlas: len(_having(atlas, "deprivation")),
)
_counts(
    "computed.places.deprivation.none",
    "The districts of which no neighbourhood is in the most deprived tenth.",
    lambda atlas: sum(not _fact(atlas, "deprivation").values[code] for code in _having(atlas, "deprivation")),
)
