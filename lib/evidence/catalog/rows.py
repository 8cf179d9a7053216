"""Read the files of the data library as text, refuse what is not a plain table, and write such tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evidence.catalog.declaration import Table
from evidence.errors import DataError
from evidence.problems import Place, Problem, conflict_line

FILE, ROW = "_file", "_row"
"""Cells added to each record: the file's name below the data directory, and the row as a spreadsheet counts it."""


def read_table(data_dir: Path, table: Table) -> list[dict[str, Any]]:
    """Return the records of one table of the library as text cells, with the file and row of each.

    Args:
        data_dir: Folder of the data library.
        table: Which table.

    Returns:
        Records of `table.names` plus `_file` and `_row` (the header is row 1), in file order; none when the file is missing and need not be there.

    Raises:
        DataError: If a file is missing, empty, not UTF-8, or its header or a row's cells do not fit the table.
    """
    place = data_dir / table.path
    files = sorted(place.glob("*.csv")) if place.is_dir() else [place] if place.exists() else []
    if not files and table.required:
        told = f"not found in the data library {data_dir.name}/."
        raise DataError(Problem(Place(f"data/{table.path}"), told, f"Add it with the columns {', '.join(table.names)}."))
    return [record for path in files for record in _read_file(path, path.relative_to(data_dir).as_posix(), table)]


def _read_file(path: Path, name: str, table: Table) -> list[dict[str, Any]]:
    names, rows = (*table.names, FILE, ROW), read_rows(path, f"data/{name}", table.names)
    return [dict(zip(names, (*cells, name, row), strict=True)) for row, cells in enumerate(rows[1:], start=2)]


def read_rows(path: Path, name: str, columns: tuple[str, ...]) -> list[list[str]]:
    """Return the cells of a CSV file, header first.

    Args:
        path: The file.
        name: What to call it in a message.
        columns: Its columns, in order.

    Raises:
        DataError: If it is empty, not UTF-8, holds a merge conflict, or its header or a row's cells do not fit the columns.
    """
    text = _decoded(path, name)
    if not text.strip():
        raise DataError(Problem(Place(name), "the file is empty.", f"Its first row must be {','.join(columns)}."))
    if line := conflict_line(text):
        raise DataError(
            Problem(Place(name, line), "a merge conflict is left in the file.", "Resolve it: keep the rows that are right, each once.")
        )
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        remedy = "A cell with a quotation mark needs quotation marks around it, and its own doubled."
        raise DataError(Problem(Place(name, len(rows) + 1), f"{error}.", remedy)) from None
    _check_header(rows[0], name, columns)
    _check_widths(rows, name)
    return rows


def _decoded(path: Path, name: str) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = list(csv.reader(io.StringIO(raw[: error.start].decode("latin-1"), newline="")))
        row, column = max(len(before), 1), len(before[-1]) if before else 1
        place = Place(name, row, column=str(column))
        raise DataError(Problem(place, f"byte {error.start} is not UTF-8.", "Save the file as CSV in UTF-8.")) from None


def _check_header(header: list[str], name: str, columns: tuple[str, ...]) -> None:
    missing = [column for column in columns if column not in header]
    extra = [column for column in header if column not in columns]
    if missing or extra:
        found = [f"missing {', '.join(missing)}"] * bool(missing) + [f"unknown {', '.join(extra)}"] * bool(extra)
        raise DataError(Problem(Place(name, 1), f"the columns must be {','.join(columns)}; {'; '.join(found)}.", "Correct the header."))
    if header != list(columns):
        raise DataError(Problem(Place(name, 1), f"the columns are in another order; write them as {','.join(columns)}."))


def _check_widths(rows: list[list[str]], name: str) -> None:
    if len(rows) == 1:
        raise DataError(Problem(Place(name), "no rows below the header.", "Add at least one record, or delete the file."))
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            remedy = "A comma inside a cell needs quotation marks around the cell; a thousands separator has no place in a value."
            raise DataError(Problem(Place(name, number), f"{len(row)} cells where the header has {width}.", remedy))


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """Return rows as CSV in the library's form: line feeds, quotation marks only where needed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write_rows(file: Path, rows: Iterable[Iterable[Any]]) -> None:
    """Write rows as CSV in the library's form and in UTF-8; the folder is made where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(csv_text(rows), encoding="utf-8", newline="")
