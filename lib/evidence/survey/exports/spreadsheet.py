"""Read a sheet of a workbook: cells as they are shown, never what a formula would give, and no archive that swells beyond reason."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

import pandas as pd

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
        sizes = {name: (sum(map(_named, _first(book[name]))), book[name].max_row or 0) for name in sheets(path)}
    finally:
        book.close()
    return max(sizes, key=lambda name: sizes[name])


def _first(sheet: Any) -> tuple[Any, ...]:
    found: tuple[Any, ...] = next(sheet.iter_rows(max_row=1, values_only=True), ())
    return found


def _named(cell: Any) -> bool:
    return cell is not None


def header(path: Path, sheet: str) -> list[str]:
    """Return the cells of the first row of a sheet as text, without empty ones at its end."""
    book = _open(path)
    try:
        cells = _first(book[sheet])
    finally:
        book.close()
    names = ["" if cell is None else str(cell) for cell in cells]
    while names and not names[-1].strip():
        names.pop()
    return names


def columns(path: Path, sheet: str, places: list[int]) -> pd.DataFrame:
    """Return columns of a sheet by where they stand, named by their place; rows without any cell are left out.

    Raises:
        ValueError: If a cell holds a formula: what it gave when it was saved may be nothing or out of date.
    """
    book = _open(path)
    try:
        rows = {number: row for number, row in _numbered(book[sheet], places) if row is not None}
    finally:
        book.close()
    return pd.DataFrame.from_dict(rows, orient="index", columns=places, dtype=object)


def _numbered(sheet: Any, places: list[int]) -> Iterator[tuple[int, list[Any] | None]]:
    """Yield each row below the header with its number from 0, None for one without any cell."""
    for number, cells in enumerate(sheet.iter_rows(min_row=2)):
        filled = any(cell.value is not None for cell in cells)
        yield number, [_value(cells[place]) if place < len(cells) else None for place in places] if filled else None


def _value(cell: Any) -> Any:
    if cell.data_type == "f":
        raise ValueError(f"cell {cell.coordinate} holds a formula; copy the sheet and paste its values")
    if cell.data_type == "e":
        raise ValueError(f"cell {cell.coordinate} holds the error {cell.value}; correct it")
    return None if cell.value == "" else cell.value


def _filled(row: tuple[Any, ...]) -> bool:
    return any(cell is not None for cell in row)


def _open(path: Path) -> Any:
    import openpyxl

    return openpyxl.load_workbook(path, read_only=True, data_only=False)
