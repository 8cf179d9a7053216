"""Read the files of the data library as text, refuse what is not a plain table, and write such tables."""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from evidence.catalog.declaration import Table
from evidence.errors import DataError
from evidence.problems import Place, Problem, conflict_line

_FORMULA = re.compile(r"[=@\t\r\uff1d\uff20\uff0b\uff0d]|[+-](?![£$€]?\d[\d.,]*(?:/\d+)?(?:\s?%)?(?:\s?[A-Za-z][A-Za-z ]*)?$)")

SAVING = (
    'Save it as CSV in UTF-8 with commas: in Excel by Save As, type "CSV UTF-8 (comma delimited)"; '
    'in LibreOffice by Save As, type "Text CSV", character set "Unicode (UTF-8)", field delimiter a comma.'
)
"""How a spreadsheet writes a table that can be read."""
_DELIMITERS = {";": "semicolons", "\t": "tabs", "|": "upright lines"}
_UTF_16 = 'the "Unicode Text" of a spreadsheet (UTF-16)'
_NO_CSV = {codecs.BOM_UTF16_LE: _UTF_16, codecs.BOM_UTF16_BE: _UTF_16, b"PK\x03\x04": "a workbook under the name of a table"}
"""What a spreadsheet saves that is no table, by how it begins."""

_LONGEST_NAME, _MOST_NAMES = 40, 8
"""How much of names of columns that nobody knows is told."""

FILE, ROW = "_file", "_row"
"""Cells added to each record: the file's name below the data directory, and the row as a spreadsheet counts it."""


def read_table(data_dir: Path, table: Table) -> list[dict[str, Any]]:
    """Return the records of one table of the library as text cells, with the file and row of each.

    Args:
        data_dir: Folder of the data library.
        table: Which table.

    Returns:
        Records of `table.names` plus `_file` and `_row` (the header is row 1), in file order, as `standing` leaves them; none when the file is
        missing and need not be there.

    Raises:
        DataError: If a file is missing, empty, not UTF-8, or its header or a row's cells do not fit the table.
    """
    files = table_files(data_dir, table)
    if not files and table.required:
        told = f"not found in the data library {data_dir.name}/."
        raise DataError(Problem(Place(f"data/{table.path}"), told, f"Add it with the columns {', '.join(table.names)}."))
    return standing([record for path in files for record in _records(path, path.relative_to(data_dir).as_posix(), table)], table)


def standing(rows: list[dict[str, Any]], table: Table) -> list[dict[str, Any]]:
    """Return the records of a table that is ordered without those that a merge has left beside what they are: the same again, or the same on an earlier day.

    Args:
        rows: Records of the table, by column.
        table: Which table; the rows of one that is not ordered are returned as they are.
    """
    if not table.ordered:
        return rows
    same = table.key if table.latest else table.names
    order = (*((table.latest,) if table.latest else ()), *table.names)
    last: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in rows:
        name = tuple([row[column] for column in same])
        last[name] = max(last[name], row, key=lambda one: [one[column] for column in order]) if name in last else row
    return list(last.values())


def table_files(data_dir: Path, table: Table) -> list[Path]:
    """Return the files of a table, by name; none where it is missing."""
    place = data_dir / table.path
    return ([place] if os.path.lexists(place) else []) if place.suffix == ".csv" else sorted(place.glob("*.csv"))


_KNOWN: dict[tuple[str, tuple[str, ...]], tuple[bytes, list[dict[str, Any]]]] = {}
"""The bytes and records of each file of a library as they were read last: whoever reads a library again has mostly changed one of its files.

Nobody is handed these records: who changes those of one library would change every other that is read from the same bytes."""


def _records(path: Path, name: str, table: Table) -> list[dict[str, Any]]:
    raw, called = _raw(path, f"data/{name}"), (name, table.names)
    if called not in _KNOWN or _KNOWN[called][0] != raw:
        names, rows = (*table.names, FILE, ROW), _rows(raw, f"data/{name}", table.names, 1)
        _KNOWN[called] = raw, [dict(zip(names, (*cells, name, row), strict=True)) for row, cells in enumerate(rows[1:], start=2)]
    return [dict(record) for record in _KNOWN[called][1]]


def read_rows(path: Path, name: str, columns: tuple[str, ...], *, least: int = 1) -> list[list[str]]:
    """Return the cells of a CSV file, header first.

    Args:
        path: The file.
        name: What to call it in a message.
        columns: Its columns, in order.
        least: How many rows it has below the header at least.

    Raises:
        DataError: If it is no file, empty, not UTF-8, holds a merge conflict, or its header or a row's cells do not fit the columns.
    """
    return _rows(_raw(path, name), name, columns, least)


def _rows(raw: bytes, name: str, columns: tuple[str, ...], least: int) -> list[list[str]]:
    text = _decoded(raw, name)
    if not text.strip():
        raise DataError(Problem(Place(name), "the file is empty.", f"Its first row must be {','.join(columns)}."))
    if line := conflict_line(text):
        raise DataError(
            Problem(Place(name, line), "a merge conflict is left in the file.", "Resolve it: keep the rows that are right, each once.")
        )
    _check_delimiter(text.lstrip("\r\n").partition("\n")[0].strip(), name)
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        remedy = "A cell with a quotation mark needs quotation marks around it, and its own doubled."
        raise DataError(Problem(Place(name, len(rows) + 1), f"{error}.", remedy)) from None
    _check_blank(rows, name)
    _check_header(rows[0], name, columns)
    _check_widths(rows, name, least)
    return rows


def _raw(path: Path, name: str) -> bytes:
    if path.is_symlink():
        raise DataError(
            Problem(Place(name), "a link, and no table.", "Put the file itself there: what a link leads to would be published.")
        )
    if not path.is_file():
        told = "a folder, or a link that leads nowhere, under the name of a table."
        raise DataError(Problem(Place(name), told, "Move it out of data/."))
    return path.read_bytes()


def _decoded(raw: bytes, name: str) -> str:
    for begins, kind in _NO_CSV.items():
        if raw.startswith(begins):
            raise DataError(Problem(Place(name), f"it is {kind}, and no CSV in UTF-8.", SAVING))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = list(csv.reader(io.StringIO(raw[: error.start].decode("latin-1"), newline="")))
        row, column = max(len(before), 1), len(before[-1]) if before else 1
        place = Place(name, row, column=str(column))
        found = raw[error.start : error.start + 1].decode("cp1252", errors="replace")
        told = f'byte {error.start} is not UTF-8; in the older character set of Windows (cp1252) it is "{found}".'
        raise DataError(Problem(place, told, SAVING)) from None


def _check_delimiter(header: str, name: str) -> None:
    """Refuse a file whose cells something else than a comma separates, as spreadsheets of many countries write them."""
    if header.lower().startswith("sep="):
        told = f'"{header}" tells a spreadsheet what separates the cells, and is no header.'
        raise DataError(Problem(Place(name, 1), told, f"Delete the row. {SAVING}"))
    for sign, called in _DELIMITERS.items():
        if header.count(sign) > header.count(","):
            raise DataError(Problem(Place(name, 1), f"{called} separate the cells, where commas should.", SAVING))


def _check_blank(rows: list[list[str]], name: str) -> None:
    for number, row in enumerate(rows, start=1):
        if not any(map(str.strip, row)):
            raise DataError(
                Problem(Place(name, number), "the row is empty.", "Delete the whole row in the spreadsheet, and save it again.")
            )


def _check_header(header: list[str], name: str, columns: tuple[str, ...]) -> None:
    if "" in header:
        told = f"column {header.index('') + 1} has no name."
        raise DataError(Problem(Place(name, 1), told, "Name it, or delete the whole column in the spreadsheet and save it again."))
    missing = [column for column in columns if column not in header]
    extra = [column for column in header if column not in columns]
    if missing or extra:
        unknown = ", ".join(name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}..." for name in extra[:_MOST_NAMES])
        found = [f"missing {', '.join(missing)}"] * bool(missing) + [f"unknown {unknown}"] * bool(extra)
        raise DataError(Problem(Place(name, 1), f"the columns must be {','.join(columns)}; {'; '.join(found)}.", "Correct the header."))
    if header != list(columns):
        raise DataError(Problem(Place(name, 1), f"the columns are in another order; write them as {','.join(columns)}."))


def _check_widths(rows: list[list[str]], name: str, least: int) -> None:
    if len(rows) <= least:
        raise DataError(Problem(Place(name), "no rows below the header.", "Add at least one record, or delete the file."))
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            remedy = "A comma inside a cell needs quotation marks around the cell; a thousands separator has no place in a value."
            raise DataError(Problem(Place(name, number), f"{len(row)} cells where the header has {width}.", remedy))


def runs(cell: str) -> bool:
    """Return whether a spreadsheet would run a cell as a formula, by how it begins; a signed number with its unit is none.

    Example:
        >>> runs("=1+1"), runs("-2+3"), runs("-1.7% per year")
        (True, True, False)
    """
    return bool(_FORMULA.match(cell))


FOR_SPREADSHEETS = "utf-8-sig"
"""How tables to take away are encoded: with the mark by which Excel on Windows knows UTF-8, so that it does not show "Â£" for "£"."""


def harmless(cell: str) -> str:
    """Return a cell of a table to take away, with an apostrophe before what a spreadsheet would run.

    Example:
        >>> harmless("=1+1"), harmless("-1.7%")
        ("'=1+1", '-1.7%')
    """
    return f"'{cell}" if runs(cell) else cell


def csv_text(rows: Iterable[Iterable[Any]]) -> str:
    """Return rows as CSV in the library's form: line feeds, quotation marks only where needed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def write_rows(file: Path, rows: Iterable[Iterable[Any]]) -> None:
    """Write rows as CSV in the library's form and in UTF-8; the folder is made where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(csv_text(rows), encoding="utf-8", newline="")
