"""Read the tables of a spreadsheet (XLSX, ODS) by the standard library: what its cells show, sheet by sheet, and no formula anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

from evidence.catalog.verify.packed import UNREADABLE, Packed
from evidence.errors import SourceError

Row = list[str]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

_MOST_COLUMNS, _MOST_CELLS, _MOST_CHARACTERS = 500, 500_000, 5_000_000
"""Columns of a sheet, cells of all of them that hold something, and characters in these, at most: a cell may be repeated, or a text shared."""

_FORMATS = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00"}
_FORMATS |= dict.fromkeys((14, 15, 22), "yyyy-mm-dd") | {16: "d mmm", 17: "mmm yyyy"}
"""Formats that every workbook has without naming them, by number."""
_DAY_NOUGHT = datetime(1899, 12, 30)
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')


def spreadsheet_lines(path: Path) -> list[str]:
    """Return a workbook's lines: the name of each sheet as a heading, its rows with tabs between cells, and what stands alone above a table as text.

    Raises:
        SourceError: If it is no such workbook, unpacks to more than it may, has more columns or cells than a table that somebody reads, or declares
            what a workbook never does.
    """
    try:
        with Packed(path) as archive:
            sheets = list((_excel if path.suffix.lower() == ".xlsx" else _open_document)(path, archive))
    except UNREADABLE as error:
        told = " ".join(str(error).split())[:200]
        raise SourceError(f"{path.name}: cannot be read as a workbook ({told}). Save it anew, without a password, or as CSV.") from None
    return [line for name, rows in sheets for line in (f"# {name}", "", *_lines(rows), "")]


def _lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield the rows of a sheet; a cell alone is a line of text, unless it stands between rows of a table."""
    inside = False
    for row in rows:
        filled = [cell for cell in row if cell]
        inside = bool(filled) and (inside or len(filled) > 1)
        yield "\t".join(row) if inside and len(row) > 1 else f"{filled[0]}\t" if inside else "".join(filled)
        if filled and not inside:
            yield ""


class _Counted:
    """Counts cells and their characters, and refuses a sheet that is no table which somebody reads."""

    def __init__(self, path: Path) -> None:
        self.path, self.cells, self.characters = path, 0, 0

    def row(self, cells: Iterable[tuple[int, str]]) -> Row:
        """Return a row of its cells that hold something, each with its column from 0."""
        row: Row = []
        for column, cell in cells:
            self.cells, self.characters = self.cells + 1, self.characters + len(cell)
            if column >= _MOST_COLUMNS or self.cells > _MOST_CELLS or self.characters > _MOST_CHARACTERS:
                most = f"{_MOST_COLUMNS:,} columns or {_MOST_CELLS:,} cells, or {_MOST_CHARACTERS:,} characters in them"
                told = f"has more than {most}, so it is no table of a report"
                raise SourceError(f"{self.path.name}: {told}. Store the part that you read as CSV.")
            row += [""] * (column + 1 - len(row))
            row[column] = " ".join(cell.split())
        return row


def _excel(path: Path, archive: Packed) -> Iterator[tuple[str, list[Row]]]:
    names = set(archive.namelist())
    links = archive.part("xl/_rels/workbook.xml.rels")
    files = {link.get("Id"): link.get("Target", "") for link in links}
    shared = archive.part("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in names else ()
    strings = ["".join(part.text or "" for part in _said(entry)) for entry in shared]
    formats = _formats(archive.part("xl/styles.xml")) if "xl/styles.xml" in names else []
    counted = _Counted(path)
    for sheet in archive.part("xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = files.get(sheet.get(_LINK), "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if "worksheets/" in part:
            rows = [counted.row(_excel_cells(row, strings, formats)) for row in archive.part(part).iter(f"{_MAIN}row")]
            yield sheet.get("name", ""), rows[: max((number for number, row in enumerate(rows, start=1) if row), default=0)]


def _said(entry: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the runs of a string, without those that tell how it is pronounced."""
    for child in entry:
        if child.tag == f"{_MAIN}t":
            yield child
        elif child.tag == f"{_MAIN}r":
            yield from child.iter(f"{_MAIN}t")


def _formats(styles: ElementTree.Element) -> list[str]:
    own = {int(one.get("numFmtId", 0)): one.get("formatCode", "") for one in styles.iter(f"{_MAIN}numFmt")}
    cells = next(styles.iter(f"{_MAIN}cellXfs"), None)
    numbers = [int(one.get("numFmtId", 0)) for one in cells if one.tag == f"{_MAIN}xf"] if cells is not None else []
    return [own.get(number, _FORMATS.get(number, "")) for number in numbers]


def _excel_cells(row: ElementTree.Element, strings: list[str], formats: list[str]) -> Iterator[tuple[int, str]]:
    after = 0
    for cell in row.iter(f"{_MAIN}c"):
        column = _column(cell.get("r", "")) if cell.get("r") else after
        after = column + 1
        if shown := _excel_cell(cell, strings, formats):
            yield column, shown


def _column(address: str) -> int:
    """Return the column of an address, from 0.

    Example:
        >>> _column("A1"), _column("AB7")
        (0, 27)
    """
    number = 0
    for letter in re.sub(r"[^A-Z]", "", address)[:4]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _excel_cell(cell: ElementTree.Element, strings: list[str], formats: list[str]) -> str:
    kind, value = cell.get("t", "n"), cell.findtext(f"{_MAIN}v") or ""
    if kind == "inlineStr":
        return "".join(part.text or "" for inline in cell.iter(f"{_MAIN}is") for part in _said(inline))
    if kind == "s":
        return strings[int(value)] if value and int(value) < len(strings) else ""
    if kind != "n" or not value:
        return value
    style = int(cell.get("s", 0))
    return shown(value, formats[style] if style < len(formats) else "")


def shown(value: str, code: str) -> str:
    """Return a number as a cell of a format shows it.

    Args:
        value: The number as stored.
        code: Code of the format; empty for the general one.

    Example:
        >>> shown("0.4512", "0.0%"), shown("1234567.8", '"£"#,##0'), shown("45747", "dd/mm/yyyy"), shown("0.30000000000000004", "")
        ('45.1%', '£1,234,568', '2025-03-31', '0.3')
    """
    code = code.partition(";")[0]
    plain = _LITERAL.sub("", code)
    if re.search(r"[yd]|mmm", plain, re.IGNORECASE):
        return _day(value)
    if not re.search(r"[0#]", plain) or "E" in plain:
        return f"{float(value):.10g}" if "e" in value.lower() or len(value) > _LONGEST_NUMBER else value
    number = Fraction(value) * (100 if "%" in plain else 1)
    decimals = len(re.sub(r"[^0#]", "", plain.partition(".")[2]))
    places = Fraction(round(number * 10**decimals), 10**decimals)
    symbol = next((sign for sign in "£€$" if sign in code), "")
    digits = f"{abs(float(places)):{',' if ',' in plain else ''}.{decimals}f}"
    return f"{'-' if places < 0 else ''}{symbol}{digits}{'%' if '%' in plain else ''}"


_LONGEST_NUMBER = 12


def _day(value: str) -> str:
    days = float(value)
    return (_DAY_NOUGHT + timedelta(days=days)).date().isoformat() if 0 < days < 200_000 else value


def _open_document(path: Path, archive: Packed) -> Iterator[tuple[str, list[Row]]]:
    counted = _Counted(path)
    for table in archive.part("content.xml").iter(f"{_TABLE}table"):
        yield table.get(f"{_TABLE}name", ""), list(_open_rows(table, counted))


def _open_rows(table: ElementTree.Element, counted: _Counted) -> Iterator[Row]:
    """Yield the rows of a table; one that is repeated because it is empty once, for at the end of a sheet that is a million."""
    for row in table.iter(f"{_TABLE}table-row"):
        cells = list(_open_cells(row))
        for _ in range(int(row.get(f"{_TABLE}number-rows-repeated", 1)) if cells else 1):
            yield counted.row(cells)


def _open_cells(row: ElementTree.Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = int(cell.get(f"{_TABLE}number-columns-repeated", 1))
        said = " ".join("".join(part.itertext()) for part in cell if part.tag == f"{_TEXT}p")
        if said.strip():
            yield from ((column + number, said) for number in range(min(times, _MOST_COLUMNS + 1)))
        column += times
