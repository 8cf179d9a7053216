"""Renew what a document derives from its survey: the registered recomputations, run on the answers of a wave."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from evidence.catalog import Figure, Library, plain, schema
from evidence.catalog.rows import FILE, ROW
from evidence.errors import QuantityError
from evidence.quantity import format_, parse
from evidence.recompute import recompute
from evidence.survey.records import WaveName


@dataclass(slots=True)
class Derived:
    """What followed from the records of a wave.

    Attributes:
        rows: Records of the derived figures, in their order.
        unstated: Figures that cannot be written in the way the document writes them, each with the reason.
    """

    rows: list[dict[str, str]] = field(default_factory=list)
    unstated: list[str] = field(default_factory=list)


def derive(identifiers: tuple[str, ...], rows: list[dict[str, str]], library: Library, named: WaveName) -> Derived:
    """Return new records of the figures that are computed from those of a wave; without a new input a figure stays as it is.

    Args:
        identifiers: Figures to renew, those that others are computed from first.
        rows: Records of the wave.
        library: The library they renew.
        named: What the wave is called.

    Raises:
        RecomputeError: If no recomputation is registered for one.
    """
    found = Derived()
    for identifier in identifiers:
        renewed = _with(library, [*rows, *found.rows])
        result = recompute(renewed, identifier)
        if not any(figure.as_of == named.as_of for figure in result.inputs):
            continue
        try:
            old, stated = _stated(library, identifier, result.quantity.anchor)
        except QuantityError as error:
            found.unstated.append(f"{identifier}: {error}")
            continue
        found.rows.append(_row(old, stated, ", ".join(figure.id for figure in result.inputs), named))
    return found


def _stated(library: Library, identifier: str, value: Fraction) -> tuple[Figure, str]:
    """Return a value in the way the document writes it, at the first of its places that can say so: "up to 9%" says no 7.04, "9%" does."""
    *places, last = dict.fromkeys([library.figure(identifier), *library.places(identifier)])
    for old in places:
        try:
            return old, format_(value, old.shown)
        except QuantityError:
            continue
    return last, format_(value, last.shown)


def _with(library: Library, rows: list[dict[str, str]]) -> Library:
    """Return a library with records laid over it, in memory only."""
    laid = [row | {FILE: f"figures/{row['source']}.csv", ROW: 0} for row in rows]
    tables = {table.name: library.all_rows(table.name) for table in schema.tables()}
    return Library(tables | {"figures": [*tables["figures"], *laid]})


def _row(old: Figure, stated: str, inputs: str, named: WaveName) -> dict[str, str]:
    quote = f"{old.id}: {stated}, from the answers of this wave."
    told = {"locator": f"Report of the wave of {named.as_of}", "note": f"Recomputed from {inputs}"}
    given = {"stated": stated, "value": plain(parse(stated)), "precision": "", "period": named.period, "as_of": named.as_of}
    return old.renewed(quote=quote, **given, **told)
