"""Prove that the data library is what its declaration says: cells, keys, references, quotes.

pandera is imported here and nowhere else, so that kernels need not pay for it.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import pandas as pd
import pandera.pandas as pa

from evidence.catalog import schema
from evidence.catalog.declaration import Column, Table
from evidence.catalog.library import COMPUTED, Library, double_entry, where
from evidence.catalog.reading import FILE, ROW
from evidence.errors import DataError
from evidence.quantity import find_numbers

MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|\*\*|__|!?\[[^\]]*\]\([^)]*\)|`")
LINK = re.compile(r"\[([^\]]*)\]\(((?:figure|finding|claim):[^)\s]+)\)")
FORMULA = re.compile(r"[=@\t\r]|[+](?![\d£$€])|-(?![\d£$€ ])")


def validate(library: Library) -> Library:
    """Return the library unchanged after proving it well-formed.

    Raises:
        DataError: One message per malformed place, with file, row, column, found, expected and what to do.
    """
    problems: list[str] = []
    for table in schema.TABLES:
        problems += _cells(library.tables[table.name], table)
        problems += _duplicates(library.tables[table.name], table)
    if not problems:
        problems += _references(library)
        problems += _figures(library)
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
    elif column.pattern:
        checks.append(_each(re.compile(rf"(?:{column.pattern})?").fullmatch, f"must look like {column.pattern}"))
    safe = _safe_verbatim if column.verbatim else _safe
    checks.append(
        _each(
            lambda cell: safe(cell, column.prose), "must be plain text: no markup, no control characters, nothing a spreadsheet would run"
        )
    )
    return checks


def _each(test: Any, name: str) -> pa.Check:
    def every(cells: pd.Series) -> pd.Series:
        unique = {cell: bool(test(cell)) for cell in set(cells)}
        return cells.map(unique).astype(bool)

    return pa.Check(every, name=name)


def _safe(cell: str, prose: bool) -> bool:
    bare = LINK.sub("", cell) if prose else cell
    return _safe_verbatim(cell, prose) and not MARKUP.search(bare)


def _safe_verbatim(cell: str, _prose: bool) -> bool:
    return not FORMULA.match(cell) and not any(ord(character) < 32 for character in cell) and cell == cell.strip()


def _cells(frame: pd.DataFrame, table: Table) -> list[str]:
    try:
        frame_schema(table).validate(frame[list(table.names)], lazy=True)
        return []
    except pa.errors.SchemaErrors as error:
        failures = error.failure_cases
    found = []
    for failure in failures.itertuples():
        row = frame.iloc[int(failure.index)].to_dict()
        found.append(
            f'{where(row)}, column {failure.column}: found "{_short(failure.failure_case)}"; it {failure.check}. {_remedy(failure.column, str(failure.failure_case))}'
        )
    return found


def _short(cell: Any) -> str:
    text = str(cell)
    return text if len(text) <= 80 else text[:77] + "..."


def _remedy(column: str, cell: str) -> str:
    if column == "value" and re.fullmatch(r"-?[\d,. ]+", cell) and re.search(r"\d[, ]\d", cell):
        return "Write the digits without a thousands separator."
    if column == "value":
        return "Write plain digits such as 17.5, -1.7 or 200/3."
    if column == "quote" and len(cell) > 300:
        return "Choose a shorter passage that still holds the number."
    return "Correct the cell."


def _duplicates(frame: pd.DataFrame, table: Table) -> Iterator[str]:
    repeated = frame[frame.duplicated(list(table.key), keep="first")]
    for row in repeated.to_dict("records"):
        same = frame[(frame[list(table.key)] == [row[name] for name in table.key]).all(axis=1)].iloc[0]
        yield (
            f"{where(row)}, columns {', '.join(table.key)}: the same as data/{same[FILE]}, row {same[ROW]}. "
            "Remove one, or give the second its own place or date."
        )


def _references(library: Library) -> Iterator[str]:
    ids = {name: set(frame["id"]) for name, frame in library.tables.items() if "id" in frame}
    for table in schema.TABLES:
        for column in table.columns:
            if column.reference:
                frame = library.tables[table.name]
                bad = frame[(frame[column.name] != "") & ~frame[column.name].isin(ids[column.reference])]
                for row in bad.to_dict("records"):
                    yield _unknown(row, column.name, row[column.name], ids[column.reference])
    kinds = {"figure": "figures", "finding": "findings", "case": "cases"}
    for row in library.rows("recommendation-support"):
        if row["target"] not in ids[kinds[row["kind"]]]:
            yield _unknown(row, "target", row["target"], ids[kinds[row["kind"]]])
    for row in library.rows("corrections"):
        for identifier in row["figures"].split():
            if identifier not in ids["figures"]:
                yield _unknown(row, "figures", identifier, ids["figures"])


def _unknown(row: dict[str, Any], column: str, found: str, known: set[str]) -> str:
    near = difflib.get_close_matches(found, sorted(known), n=3, cutoff=0.5)
    return f'{where(row)}, column {column}: unknown id "{found}".' + (
        f" Nearest: {', '.join(near)}." if near else " Add it, or correct the id."
    )


def _figures(library: Library) -> Iterator[str]:
    owner: dict[str, str] = {}
    products = data_products(library)
    for row in library.tables["figures"].to_dict("records"):
        yield from record_problems(row, products)
        if owner.setdefault(row["id"], row["source"]) != row["source"]:
            yield f"{where(row)}, column source: this id belongs to {owner[row['id']]}. Use another id; declare the two as a pair in pairs.csv."
        if row["series"] and not row["category"]:
            yield f"{where(row)}, column category: empty, but the row is in series {row['series']}. Give it a label."


def data_products(library: Library) -> set[str]:
    """Return the keys of sources that are no documents, so that their figures have no quote."""
    return {row["id"] for row in library.rows("sources") if not row["seed"]}


def record_problems(row: dict[str, Any], products: set[str]) -> list[str]:
    """Return what is wrong inside one record of a figure: value, unit, stated text and quote must say the same.

    Args:
        row: The record's cells, with its file and row.
        products: Keys of the sources that are no documents.
    """
    problems = list(_quoted(row, products))
    try:
        double_entry(row)
    except DataError as error:
        problems = [*error.problems, *problems]
    return problems


def _quoted(row: dict[str, Any], products: set[str]) -> Iterator[str]:
    quote, stated = row["quote"], row["stated"]
    if not quote:
        if row["source"] not in products:
            yield f"{where(row)}, column quote: empty. Give the words of the source that state the number."
        if row["source"] == COMPUTED and not row["origin"]:
            yield f"{where(row)}, column origin: empty. Name the recomputation that gives this figure."
        return
    times = len(re.findall(rf"(?<![\w£$€.,-]){re.escape(stated)}(?!\w|[.,]\d)", quote))
    if times != 1:
        fault = "does not contain" if times == 0 else "contains more than once"
        yield f'{where(row)}, column quote: the quote {fault} "{stated}". Correct the quote or the stated text, or choose a passage that holds it once.'
    if row["source"] == COMPUTED:
        yield f"{where(row)}, column quote: a computed figure has no quote. Leave it empty."


def unbound_prose(library: Library) -> Iterator[tuple[dict[str, Any], str, str]]:
    """Yield row, column and number for every number in our own prose cells that is not a link."""
    for table in schema.TABLES:
        columns = [column.name for column in table.columns if column.prose]
        for row in library.rows(table.name) if columns else []:
            for column in columns:
                for found in find_numbers(LINK.sub(" ", row[column])):
                    yield row, column, found.text
