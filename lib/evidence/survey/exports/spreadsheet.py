"""Read a sheet of a workbook: cells as they are shown, never what a formula would give, and no archive that swells beyond reason."""

from __future__ import annotations

import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import pandas as pd

from evidence.survey.exports.heading import LOOKED_AT

_LARGEST = 2_000_000_000
"""Most bytes that the parts of a workbook may hold when unpacked; a wave of 200,000 respondents and 60 questions has a fifth of them."""
_SWELLING = 400
"""How often larger than the file its parts may be; real sheets stay under 50."""
_ALWAYS_FINE = 50_000_000

Faults = (
    ValueError,
    KeyError,
    OSError,
    BadZipFile,
    ParseError,
    EOFError,
    TypeError,
    IndexError,
    NotImplementedError,
    RuntimeError,
    zlib.error,
)
"""What reading a damaged workbook raises."""


def check_size(path: Path) -> None:
    """Refuse an archive whose parts are larger than any export.

    Raises:
        ValueError: If they are.
    """
    with ZipFile(path) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())
    if unpacked > _LARGEST or unpacked > max(_ALWAYS_FINE, _SWELLING * path.stat().st_size):
        raise ValueError(f"its parts hold {unpacked:,} bytes, which no export needs")


def sheets(path: Path) -> list[str]:
    """Return the names of the sheets that hold cells."""
    check_size(path)
    book = _open(path)
    try:
        return [sheet.title for sheet in book.worksheets if any(_filled(row) for row in sheet.iter_rows(max_row=2, values_only=True))]
    finally:
        book.close()


def widest(path: Path) -> str:
    """Return the name of the sheet that holds the answers of respondents: of those with cells, the one with the most columns, then rows."""
    book = _open(path)
    try:
        sizes = {name: (_width(book[name]), book[name].max_row or 0) for name in sheets(path)}
    finally:
        book.close()
    return max(sizes, key=lambda name: sizes[name])


def _width(sheet: Any) -> int:
    """Return how many cells the fullest of the first rows of a sheet has."""
    return max(sum(cell is not None for cell in row) for row in sheet.iter_rows(max_row=LOOKED_AT, values_only=True))


def top(path: Path, sheet: str, count: int) -> list[list[str]]:
    """Return the cells of the first rows of a sheet as text, each row without empty ones at its end."""
    book = _open(path)
    try:
        return [_trimmed(row) for row in book[sheet].iter_rows(max_row=count, values_only=True)]
    finally:
        book.close()


def _trimmed(cells: tuple[Any, ...]) -> list[str]:
    names = ["" if cell is None else str(cell) for cell in cells]
    while names and not names[-1].strip():
        names.pop()
    return names


def columns(path: Path, sheet: str, places: list[int], first: int = 2) -> pd.DataFrame:
    """Return columns of a sheet by where they stand, named by their place, rows counted from 0 below its first; those without any cell are left out.

    Args:
        path: The workbook.
        sheet: One of its sheets.
        places: Columns to read, from 0.
        first: First row of answers, from 1.

    Raises:
        ValueError: If a cell holds a formula: what it gave when it was saved may be nothing or out of date.
    """
    book = _open(path)
    try:
        rows = {number: row for number, row in _numbered(book[sheet], places, first) if row is not None}
    finally:
        book.close()
    return pd.DataFrame.from_dict(rows, orient="index", columns=places, dtype=object)


def in_error(path: Path, sheet: str, first: int = 2) -> list[int]:
    """Return which columns of a sheet hold cells in error, from 0; a date that no calendar has is one."""
    book = _open(path)
    try:
        rows = book[sheet].iter_rows(min_row=first)
        return sorted({place for cells in rows for place, cell in enumerate(cells) if cell.data_type == "e"})
    finally:
        book.close()


def _numbered(sheet: Any, places: list[int], first: int) -> Iterator[tuple[int, list[Any] | None]]:
    """Yield each row of answers with its number, from 0 below the first of the sheet; None for one without any cell."""
    for number, cells in enumerate(sheet.iter_rows(min_row=first), first - 2):
        filled = any(cell.value is not None for cell in cells)
        yield number, [_value(cells[place]) if place < len(cells) else None for place in places] if filled else None


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        raise ValueError(f"cell {cell.coordinate} holds a formula; copy the sheet and paste its values")
    if cell.data_type == "e":
        raise ValueError(f"cell {cell.coordinate} holds the error {cell.value}, or a date that no calendar has; correct it")
    return None if cell.value == "" else cell.value


def _filled(row: tuple[Any, ...]) -> bool:
    return any(cell is not None for cell in row)


def _open(path: Path) -> Any:
    import openpyxl

    warnings.filterwarnings("ignore", "Cell .* is marked as a date but the serial value", UserWarning)
    return openpyxl.load_workbook(path, read_only=True, data_only=False)
