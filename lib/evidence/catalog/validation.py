"""Prove that the data library is what its declaration says: cells, keys, references, quotes."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidence.catalog import schema
from evidence.catalog.cells import cell_fault
from evidence.catalog.clashes import clashing, inexact
from evidence.catalog.declaration import Column, Table
from evidence.catalog.figures import COMPUTED, double_entry, where
from evidence.catalog.library import Library
from evidence.catalog.references import unlike_figures, wrong_references
from evidence.catalog.rows import FILE, ROW
from evidence.catalog.typed import CellTypes, wrong_types
from evidence.errors import DataError
from evidence.problems import Place, Problem


def validate(library: Library) -> Library:
    """Return the library unchanged after proving it well-formed.

    Raises:
        DataError: One message per malformed place, with file, row, column, found, expected and what to do.
    """
    tables = [(library.all_rows(table.name), table) for table in schema.tables()]
    problems = (
        [problem for rows, table in tables for problem in _cells(rows, table)]
        or list(_misnamed(library))
        or [problem for rows, table in tables for problem in _duplicates(rows, table)]
        or list(wrong_references(library))
        or [*_figures(library), *clashing(library), *wrong_types(library)]
        or list(unlike_figures(library))
    )
    if problems:
        raise DataError(problems)
    return library


def _cells(rows: list[dict[str, Any]], table: Table) -> Iterator[Problem]:
    faulty = {column.name: _faults(column, rows) for column in table.columns}
    for row in rows if any(faulty.values()) else ():
        for name, faults in faulty.items():
            if found := faults.get(row[name]):
                yield found.of(where(row, name))


def _faults(column: Column, rows: list[dict[str, Any]]) -> dict[str, Problem]:
    """Return what is wrong with the cells of a column, by the cell; each is looked at once."""
    return {cell: found for cell in {row[column.name] for row in rows} if (found := cell_fault(column, cell))}


def cell_problem(table: Table, column: str, row: dict[str, str]) -> str:
    """Return what is wrong with one cell of a row that is not in a file yet, or an empty text.

    Args:
        table: Table the row is for.
        column: Name of the column.
        row: Its cells by column; those that are missing are empty.
    """
    found = cell_fault(next(entry for entry in table.columns if entry.name == column), row.get(column, ""))
    return found.told if found else ""


def _misnamed(library: Library) -> Iterator[Problem]:
    """Yield each file of figures that bears the name of no source: a copy, or one whose source is gone."""
    sources = sorted(row["id"] for row in library.all_rows("sources"))
    for file in dict.fromkeys(row[FILE] for row in library.all_rows("figures")):
        if (name := Path(file).stem) not in sources:
            near = tuple(difflib.get_close_matches(name, sources, n=3, cutoff=0.5))
            remedy = "Give the file the key of its source, or delete it if it is a copy."
            yield Problem(Place(f"data/{file}"), f'no source has the key "{name}".', remedy, nearest=near)


def _duplicates(rows: list[dict[str, Any]], table: Table) -> Iterator[Problem]:
    first: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        same = first.setdefault(tuple(row[name] for name in table.key), row)
        if same is row:
            continue
        if row.get("source", "") != same.get("source", ""):
            yield _owned(row, same["source"])
            continue
        remedy = "Remove one, or give the second its own place or date."
        yield Problem(where(row, ", ".join(table.key)), "the same as", remedy, other=Place(f"data/{same[FILE]}", same[ROW]))


def _owned(row: dict[str, Any], source: str) -> Problem:
    remedy = "Use another id; declare the two as a pair in pairs.csv."
    return Problem(where(row, "source"), f"this id belongs to {source}.", remedy)


def _figures(library: Library) -> Iterator[Problem]:
    owner: dict[str, str] = {}
    directed: dict[str, str] = {}
    charted: dict[tuple[str, str], dict[str, Any]] = {}
    products = data_products(library)
    for row in library.all_rows("figures"):
        yield from record_problems(row, products)
        owned = owner.setdefault(row["id"], row["source"])
        if row["source"] != (file := Path(row[FILE]).stem):
            yield Problem(where(row, "source"), f"{row['source']}, in the file of {file}.", f"Write {file}, or move the row.")
        elif owned != row["source"]:
            yield _owned(row, owned)
        if (known := directed.setdefault(row["id"], row["direction"])) != row["direction"]:
            told = f'"{row["direction"]}", but "{known}" where the figure is stated first.'
            yield Problem(where(row, "direction"), told, "Give one direction at all places of a figure.")
        if row["series"] and not row["category"]:
            yield Problem(where(row, "category"), f"empty, but the row is in series {row['series']}.", "Give it a label.")
        elif row["series"] and owned == row["source"] and charted.setdefault((row["id"], row["as_of"]), row) is not row:
            told = f"row {charted[row['id'], row['as_of']][ROW]} charts this figure already."
            yield Problem(where(row, "series"), told, "Leave series and category empty.")


def data_products(library: Library) -> set[str]:
    """Return the keys of sources that are no documents, so that their figures have no quote."""
    return {row["id"] for row in library.rows("sources") if not row["seed"]}


def record_problems(row: dict[str, Any], products: set[str]) -> list[Problem]:
    """Return what is wrong inside one record of a figure: value, unit, stated text and quote must say the same.

    Args:
        row: The record's cells, with its file and row.
        products: Keys of the sources that are no documents.
    """
    problems = [*_quoted(row, products), *_directed(row), *inexact(row)]
    try:
        double_entry(row)
    except DataError as error:
        problems = [*error.problems, *problems]
    return problems


def further_problems(row: dict[str, Any], library: Library) -> list[Problem]:
    """Return what is wrong with a record of a figure that is to join a library, inside it and with its period, place and day."""
    return record_problems(row, data_products(library)) or list(CellTypes(library).problems(schema.FIGURES, row))


def _directed(row: dict[str, Any]) -> Iterator[Problem]:
    """Yield what is wrong with the direction of a change: it stands beside the size of the change, which has no sign of its own."""
    if row["direction"] and row["value"].startswith("-"):
        told = f'"{row["stated"]}" has a sign, and the direction {row["direction"]} beside it would say it twice.'
        yield Problem(where(row, "direction"), told, "Leave the direction empty, or state the size of the change without a sign.")


def _quoted(row: dict[str, Any], products: set[str]) -> Iterator[Problem]:
    quote, stated = row["quote"], row["stated"]
    if not quote:
        if row["source"] not in products:
            yield Problem(where(row, "quote"), "empty.", "Give the words of the source that state the number.")
        if row["source"] == COMPUTED and not row["origin"]:
            yield Problem(where(row, "origin"), "empty.", "Name the recomputation that gives this figure.")
        return
    times = _occurrences(stated, quote)
    if times != 1:
        fault = "does not contain" if times == 0 else "contains more than once"
        remedy = "Correct the quote or the stated text, or choose a passage that holds it once."
        yield Problem(where(row, "quote"), f'the quote {fault} "{stated}".', remedy)
    if row["source"] == COMPUTED:
        yield Problem(where(row, "quote"), "a computed figure has no quote.", "Leave it empty.")


def _occurrences(stated: str, quote: str) -> int:
    """Return how often a number stands in a quote by itself, not as a part of a longer number or word."""
    found, start = 0, quote.find(stated)
    while start >= 0:
        end = start + len(stated)
        before, after = quote[start - 1 : start], quote[end : end + 2]
        inside = (
            (before and (before.isalnum() or before in "_£$€.,-"))
            or after[:1].isalnum()
            or (after[:1] in (".", ",") and after[1:].isdigit())
        )
        found += not inside
        start = quote.find(stated, end)
    return found
