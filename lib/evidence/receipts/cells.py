"""Receipts of numbers that were read in a cell of a producer's file."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from evidence.catalog.figures import double_entry, where
from evidence.errors import SourceError
from evidence.paths import plain_file
from evidence.quantity.interval import Interval
from evidence.receipts.carrying import Receipt
from evidence.receipts.fields import FILE, digest, fields, named, written
from evidence.receipts.holding import Held

_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_NUMBER = re.compile(r"[£$€]?(-?[\d,]*\.?\d+)\s*%?")


@dataclass(frozen=True, slots=True)
class FileCell:
    """A cell of a table.

    Attributes:
        address: Its column and row, as a spreadsheet counts them, such as `G123`.
        text: What it holds.
        row: All cells of its row.
    """

    address: str
    text: str
    row: tuple[str, ...]


class File:
    """A producer's file of comma-separated values.

    Args:
        path: The file.

    Raises:
        SourceError: If it cannot be read.

    Attributes:
        name: Name of the file.
        hash: First digits of its SHA-256.
    """

    def __init__(self, path: Path) -> None:
        self.name = path.name
        try:
            content = plain_file(path).read_bytes()
            self._rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise SourceError(f"{path.name}: cannot be read as comma-separated values ({error}).") from None
        self.hash = digest(content)
        if not self._rows or not self._rows[0]:
            raise SourceError(f"{path.name}: holds no table.")

    def cell(self, asked: str) -> FileCell:
        """Return a cell.

        Args:
            asked: Its address, such as `G123`; or the name of its column, then what marks its row, separated by semicolons, such as
                `2025; areacd=E08000032`.

        Raises:
            SourceError: If there is no such cell, or several.
        """
        if address := _ADDRESS.fullmatch(asked):
            return self._at(_column(address[1]), int(address[2]) - 1)
        column, *marks = (part.strip() for part in asked.split(";"))
        wanted = dict(mark.partition("=")[::2] for mark in marks)
        for name in (column, *wanted):
            if name not in self._rows[0]:
                raise SourceError(f"{self.name}: has no column {name}. It has {', '.join(self._rows[0])}.")
        index = {name: self._rows[0].index(name) for name in (column, *wanted)}
        right = [n for n, row in enumerate(self._rows) if n and all(row[index[name]] == is_ for name, is_ in wanted.items())]
        if len(right) != 1:
            raise SourceError(f"{self.name}: {len(right) or 'no'} rows with {'; '.join(marks)}, where one is needed.")
        return self._at(index[column], right[0])

    def at(self, column: str, line: int) -> FileCell:
        """Return the cell of a column in a line, as a spreadsheet counts it; a column that the file has."""
        return self._at(self._rows[0].index(column), line - 1)

    def _at(self, column: int, row: int) -> FileCell:
        if row >= len(self._rows) or column >= len(self._rows[row]):
            raise SourceError(f"{self.name}: has no cell {_letters(column)}{row + 1}; it has {len(self._rows)} rows.")
        return FileCell(f"{_letters(column)}{row + 1}", self._rows[row][column].strip(), tuple(self._rows[row]))


def taken(table: File, cell: FileCell, row: dict[str, Any], of: Any) -> Receipt:
    """Return the receipt of a figure that was read in a cell.

    Args:
        table: The producer's file.
        cell: The cell.
        row: Record of the figure.
        of: Table of the record.

    Raises:
        SourceError: If the number of the cell is not what the record states.
    """
    if told := _unlike(table.name, cell, row):
        raise SourceError(told)
    return {
        "kind": of.name,
        "record": named(of, row),
        "how": FILE,
        "document": table.name,
        "hash": table.hash,
        "passage": digest("\x1f".join(cell.row)),
        "at": cell.address,
        "reads": cell.text,
        "fields": written(fields(of, row)),
    }


def _unlike(name: str, cell: FileCell, row: dict[str, Any]) -> str:
    """Return what is said where a cell does not hold what a record states: its number, or a share of one for percent, or thousands."""
    quantity = double_entry(row)
    scales = {"percent": (1, 100)}.get(quantity.unit, (1, 1_000, 1_000_000))
    printed = _printed(cell.text)
    if printed and any(printed.scaled(Fraction(scale)).meets(quantity.interval) for scale in scales):
        return ""
    return f'{name}, cell {cell.address}: holds "{cell.text}", and {where(row)} states {row["stated"]}. Name the cell it was read in.'


def _printed(text: str) -> Interval | None:
    """Return what the number of a cell may stand for, to half a unit of its last decimal; None where it holds no number."""
    number = _NUMBER.fullmatch(text)
    if not number:
        return None
    digits = number[1].replace(",", "")
    value, half = Fraction(digits), Fraction(1, 2 * 10 ** len(digits.partition(".")[2])) if "." in digits else Fraction(0)
    return Interval(value - half, value + half)


def still_there(one: Held, folders: Sequence[Path]) -> str:
    """Return what is wrong with the receipt of a figure where its file is at hand: another edition, or another number in the cell; else nothing."""
    receipt = one.receipt or {}
    path = next((found for folder in folders if (found := folder / receipt["document"]).is_file()), None)
    if path is None:
        return ""
    table = File(path)
    if table.hash != receipt["hash"]:
        return f"{where(one.row)}: {table.name} is another edition than the one its receipt was taken from. Run: evidence receipt."
    cell = table.cell(receipt["at"])
    return _unlike(table.name, cell, one.row) if cell.text == receipt["reads"] else f"{where(one.row)}: {cell.address} reads otherwise."


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _letters(column: int) -> str:
    name = ""
    while column >= 0:
        name, column = chr(ord("A") + column % 26) + name, column // 26 - 1
    return name
