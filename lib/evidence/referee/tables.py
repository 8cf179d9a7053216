"""Tables of a report: rows of cells, and what numbers they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from evidence.errors import QuantityError
from evidence.quantity import Quantity, parse

_NUMBER = r"\(?[-+\u2212]?[£$€]?\d[\d,.]*\s?(?:%|bn|m|k)?\)?"
_ALIGNED = re.compile(rf"\s*(?P<label>[^\d\s|][^|]*?[^\s|:,])\s+(?P<cells>{_NUMBER}(?:\s+{_NUMBER})+)\s*")
_HEADING = re.compile(r"\s*\S.{0,40}?(?:\s{2,}\S.{0,30}?){2,}\s*")


def row_of(raw: str) -> list[str] | None:
    """Return the cells of a line that is a row of a table: between bars or tabs, or a label with numbers behind it; else None.

    Example:
        >>> row_of("| Eggs | 12 |"), row_of("Brown bread  120  45%"), row_of("It rose.")
        (['Eggs', '12'], ['Brown bread', '120', '45%'], None)
    """
    if raw.strip().startswith("|") or raw.count("|") > 1:
        return [cell.strip() for cell in re.split(r"(?<!\\)\|", raw.strip().removeprefix("|").removesuffix("|"))]
    if "\t" in raw.strip():
        return [cell.strip() for cell in raw.strip("\n").split("\t")]
    if len(raw) < _WIDEST and (aligned := _ALIGNED.fullmatch(raw)):
        return [aligned["label"], *aligned["cells"].split()]
    return [cell.strip() for cell in re.split(r"\s{2,}", raw.strip())] if _HEADING.fullmatch(raw) and "   " in raw.strip() else None


_WIDEST = 120


@dataclass(frozen=True)
class ReportTable:
    """A table.

    Attributes:
        rows: Its rows, each with the line or page it stands on; the first names the columns.
    """

    rows: list[tuple[list[str], int]]

    @property
    def heads(self) -> list[str]:
        """What its columns are called."""
        first = self.rows[0][0]
        years = all(re.fullmatch(r"(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?", cell.strip("* ")) for cell in first[1:])
        return first if years or any(not number(cell) for cell in first[1:]) else []

    @cached_property
    def numbers(self) -> list[tuple[str, list[Quantity | None], int]]:
        """Its rows below the heads: label, what each further cell states, and the place."""
        body = self.rows[1:] if self.heads else self.rows
        return [(row[0], [number(cell) for cell in row[1:]], place) for row, place in body if len(row) > 1]


def number(cell: str) -> Quantity | None:
    """Return what a cell of a table states, or None where it is no number."""
    plain = cell.replace("\u2212", "-").strip("* ")
    if not re.search(r"\d", plain) or re.search(r"[a-zA-Z]{4,}", plain):
        return None
    try:
        return parse(plain)
    except QuantityError:
        return None


def html_tables(page: bytes) -> list[ReportTable]:
    """Return the tables of a page in HTML, each row with the line it begins on."""
    from bs4 import BeautifulSoup

    tables = BeautifulSoup(page, "html.parser").find_all("table")
    read = [
        [([" ".join(cell.get_text().split()) for cell in row.find_all(["td", "th"])], row.sourceline or 0) for row in table.find_all("tr")]
        for table in tables
    ]
    return [ReportTable([row for row in rows if row[0]]) for rows in read if len([row for row in rows if row[0]]) > 1]
