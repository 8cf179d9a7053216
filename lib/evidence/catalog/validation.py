"""Prove that the data library is what its declaration says: cells, keys, references, quotes.

pandera is imported here and nowhere else, so that chapters need not pay for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa

from evidence.catalog import schema
from evidence.catalog.declaration import DATE, LINK, Column, Table
from evidence.catalog.figures import COMPUTED, double_entry, where
from evidence.catalog.library import Library
from evidence.catalog.references import unlike_figures, wrong_references
from evidence.catalog.rows import FILE, ROW
from evidence.errors import DataError
from evidence.problems import Place, Problem

MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|\*\*|__|!?\[[^\]]*\]\([^)]*\)|`")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
FORMULA = re.compile(r"[=@\t\r]|[+-](?![£$€]?\d[\d.,]*(?:/\d+)?(?:\s?%)?(?:\s?[A-Za-z][A-Za-z ]*)?$)")
"""What a spreadsheet would run: a cell that begins so, unless it is a signed number with its unit, such as -1.7% per year."""


def validate(library: Library) -> Library:
    """Return the library unchanged after proving it well-formed.

    Raises:
        DataError: One message per malformed place, with file, row, column, found, expected and what to do.
    """
    problems: list[Problem] = []
    for table in schema.tables():
        problems += _cells(library.tables[table.name], table)
        problems += _duplicates(library.tables[table.name], table)
    problems = problems or list(wrong_references(library)) or list(_figures(library)) or list(unlike_figures(library))
    if problems:
        raise DataError(problems)
    return library


@lru_cache
def frame_schema(table: Table) -> pa.DataFrameSchema:
    """Return the pandera schema of a table: every column text, with its pattern, allowed values and the safety of its cells."""
    return pa.DataFrameSchema({column.name: pa.Column(object, _checks(column)) for column in table.columns})


def _checks(column: Column) -> list[pa.Check]:
    checks = []
    if column.required:
        checks.append(pa.Check(lambda cells: cells != "", name="must not be empty"))
    if column.allowed:
        allowed = {*column.allowed, ""}
        checks.append(pa.Check(lambda cells: cells.isin(allowed), name=f"must be one of {', '.join(column.allowed)}"))
    elif column.pattern == DATE:
        checks.append(_each(_is_date, "must be a day of the calendar, such as 2026-04-30"))
    elif column.pattern:
        checks.append(_each(re.compile(rf"(?:{column.pattern})?").fullmatch, f"must look like {column.pattern}"))
    safe = _safe_verbatim if column.verbatim else _safe
    checks.append(
        _each(
            lambda cell: safe(cell, column.prose), "must be plain text: no markup, no control characters, nothing a spreadsheet would run"
        )
    )
    return checks


def _is_date(cell: str) -> bool:
    try:
        return not cell or (bool(re.fullmatch(DATE, cell)) and bool(date.fromisoformat(cell)))
    except ValueError:
        return False


def _each(test: Any, name: str) -> pa.Check:
    def every(cells: pd.Series) -> pd.Series:
        unique = {cell: bool(test(cell)) for cell in set(cells)}
        return cells.map(unique).astype(bool)

    return pa.Check(every, name=name)


def _safe(cell: str, prose: bool) -> bool:
    bare = LINK.sub("", cell) if prose else cell
    return _safe_verbatim(cell, prose) and not MARKUP.search(bare)


def _safe_verbatim(cell: str, _prose: bool) -> bool:
    return not FORMULA.match(cell) and not CONTROL.search(cell) and cell == cell.strip()


def _cells(frame: pd.DataFrame, table: Table) -> list[Problem]:
    try:
        frame_schema(table).validate(frame[list(table.names)], lazy=True)
        return []
    except pa.errors.SchemaErrors as error:
        failures = error.failure_cases
    order = {name: number for number, name in enumerate(table.names)}
    first: dict[tuple[int, int], Problem] = {}
    for failure in failures.itertuples():
        row = frame.iloc[int(failure.index)].to_dict()
        cell = str(failure.failure_case)
        message = f'found "{_short(cell)}"; it {failure.check}.'
        problem = Problem(where(row, failure.column), message, _remedy(failure.column, cell))
        first.setdefault((int(failure.index), order[failure.column]), problem)
    return [first[at] for at in sorted(first)]


def cell_problem(table: Table, column: str, row: dict[str, str]) -> str:
    """Return what is wrong with one cell of a row that is not in a file yet, or an empty text.

    Args:
        table: Table the row is for.
        column: Name of the column.
        row: Its cells by column; those that are missing are empty.
    """
    cells = {name: row.get(name, "") for name in table.names} | {FILE: table.path, ROW: 0}
    problems = _cells(pd.DataFrame([cells], dtype=object), table)
    return next((problem.told for problem in problems if problem.place.column == column), "")


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77] + "..."


def _remedy(column: str, cell: str) -> str:
    if column == "value" and re.fullmatch(r"-?[\d,. ]+", cell) and re.search(r"\d[, ]\d", cell):
        return "Write the digits without a thousands separator."
    if column == "value":
        return "Write plain digits such as 17.5, -1.7 or 200/3."
    if column == "quote" and len(cell) > 300:
        return "Choose a shorter passage that still holds the number."
    return "Correct the cell."


def _duplicates(frame: pd.DataFrame, table: Table) -> Iterator[Problem]:
    repeated = frame[frame.duplicated(list(table.key), keep="first")]
    for row in repeated.to_dict("records"):
        same = frame[(frame[list(table.key)] == [row[name] for name in table.key]).all(axis=1)].iloc[0]
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
    problems = [*_quoted(row, products), *_directed(row)]
    try:
        double_entry(row)
    except DataError as error:
        problems = [*error.problems, *problems]
    return problems


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
