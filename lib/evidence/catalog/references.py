"""Prove that what one table of the library names in another is there."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from evidence.catalog import gazetteer, schema
from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.extension import contributed
from evidence.quantity import find_numbers


def wrong_references(library: Library) -> Iterator[str]:
    """Yield a message for each cell that names something the library does not have, with the nearest that it has."""
    ids = {name: set(frame["id"]) for name, frame in library.tables.items() if "id" in frame}
    for table in schema.tables():
        for column in table.columns:
            if column.reference:
                frame = library.tables[table.name]
                bad = frame[(frame[column.name] != "") & ~frame[column.name].isin(ids[column.reference])]
                for row in bad.to_dict("records"):
                    yield unknown(row, column.name, row[column.name], ids[column.reference])
    for row in library.rows("corrections"):
        for column in ("figures", "findings"):
            for identifier in row[column].split():
                if identifier not in ids[column]:
                    yield unknown(row, column, identifier, ids[column])
        if not row["figures"] and not row["findings"]:
            yield f"{where(row)}, columns figures, findings: both empty. Name what the correction is about."

    yield from _settlements(library)
    yield from _claims(library, ids["figures"])
    for row in library.rows("aliases"):
        if row["old"] in ids["figures"]:
            yield f"{where(row)}, column old: {row['old']} is still the id of a figure. Rename the figure first, or remove the row."
    for check in contributed("tables", "CHECKS", ()):
        yield from check(library)


def _settlements(library: Library) -> Iterator[str]:
    """Yield what is wrong with the settlements of a table that has them, which give a row its place on a map."""
    for table in schema.tables():
        if "settlement" in table.names:
            for row in library.rows(table.name):
                if problem := gazetteer.unknown(row["settlement"], row.get("country", "")):
                    yield f"{where(row)}, column settlement: {problem}"


def _claims(library: Library, figures: set[str]) -> Iterator[str]:
    """Yield what is wrong with the figures of declared claims: one that is unknown, or too few."""
    series = {row["series"] for row in library.all_rows("figures") if row["series"]}
    for row in library.rows("claims"):
        named, known = row["figures"].split(), series if row["kind"] in ("rises", "falls") else figures
        unknown = [name for name in named if name not in known]
        yield from (unknown(row, "figures", name, known) for name in unknown)
        least = 1 if row["kind"] in ("rises", "falls", "majority") else 2
        if not unknown and len(named) < least:
            yield f"{where(row)}, column figures: a claim of kind {row['kind']} compares at least {least} figures. Add the id of another."
        if numbers := find_numbers(row["statement"]):
            yield f'{where(row)}, column statement: "{numbers[0].text}" is bound to nothing. Say it in words; the figures are named beside it.'


def unlike_figures(library: Library) -> Iterator[str]:
    """Yield a message for each declared claim whose figures are in different units; ask this of figures that are in order."""
    for row in library.rows("claims"):
        named = set(row["figures"].split())
        units = sorted({figure["unit"] for figure in library.all_rows("figures") if {figure["id"], figure["series"]} & named})
        if len(units) > 1:
            yield f"{where(row)}, column figures: cannot compare {' with '.join(units)}. Name figures of one unit."


def unknown(row: dict[str, Any], column: str, found: str, known: set[str]) -> str:
    """Return a message for a cell that names something the library does not have, with the nearest of what it has."""
    near = difflib.get_close_matches(found, sorted(known), n=3, cutoff=0.5)
    return f'{where(row)}, column {column}: unknown id "{found}".' + (
        f" Nearest: {', '.join(near)}." if near else " Add it, or correct the id."
    )
