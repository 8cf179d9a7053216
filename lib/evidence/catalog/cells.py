"""What may stand in one cell of the data library, by the declaration of its column: what is wrong is said in words, never as a pattern."""

from __future__ import annotations

import difflib
import re
from datetime import date
from functools import lru_cache

from evidence.catalog.characters import blank, misleading, shown, turned
from evidence.catalog.declaration import LINK, Column
from evidence.catalog.patterns import DATE, LONGEST_ID, NUMBER, PASSAGE, UNIT
from evidence.catalog.rows import runs
from evidence.problems import NOWHERE, Problem
from evidence.quantity import BASES

_MARKUP = re.compile(r"<[a-zA-Z/!][^>]*>|\*\*|__|!?\[[^\]]*\]\([^)]*\)|`")
_DEVICES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))))
_TYPED_BY_A_SHEET = re.compile(r"\d{1,2}[/.-](?:\d{1,2}|[A-Za-z]{3})[/.-]\d{2,4}")
_SHOWN = 80


@lru_cache(maxsize=65536)
def cell_fault(column: Column, cell: str) -> Problem | None:
    r"""Return what is wrong with a cell by itself, the gravest first, or None where it is in order.

    Example:
        >>> cell_fault(Column("count", "How many.", r"\d+", form="12: whole digits"), "a dozen").told
        'found "a dozen"; it must look like 12: whole digits. Correct the cell.'
    """
    if not cell:
        return _told(cell, "must not be empty", "Fill in the cell.") if column.required else None
    return _unsafe(column, cell) or _unlike(column, cell)


def is_device(name: str) -> bool:
    """Return whether Windows keeps no file of this name, because a device has it.

    Example:
        >>> is_device("con.csv"), is_device("concert.csv")
        (True, False)
    """
    return name.partition(".")[0].strip().lower() in _DEVICES


def _told(cell: str, must: str, remedy: str, known: tuple[str, ...] = ()) -> Problem:
    short = shown(cell if len(cell) <= _SHOWN else f"{cell[: _SHOWN - 3]}...")
    near = tuple(difflib.get_close_matches(cell, known, n=3, cutoff=0.6))
    return Problem(NOWHERE, f'found "{short}"; it {must}.', remedy, nearest=near)


def _unsafe(column: Column, cell: str) -> Problem | None:
    """Return why a cell is no plain text, whatever it is for."""
    if cell.isalnum() and cell.isascii() and len(cell) <= column.longest:
        return None  # as most names and hashes are, in which nothing below can be
    if cell != cell.strip():
        return _told(cell, "must not begin or end with a blank", "Delete the blank.")
    if odd := misleading(cell) or ("" if column.verbatim else turned(cell)):
        return _told(cell, f"must be plain text that says what it shows, and holds {odd}", "Delete that character and type what is meant.")
    if (not column.verbatim or column.holds) and (odd := blank(cell)):
        return _told(cell, f"must have blanks of the space bar, and holds {odd}", "Delete that blank and type a new one.")
    if runs(cell):
        return _told(cell, f'must be plain text, and a spreadsheet would run what begins with "{cell[0]}"', "Begin it with a word.")
    if not column.verbatim and (found := _MARKUP.search(LINK.sub("", cell) if column.prose else cell)):
        return _told(cell, f'must be plain text, without markup such as "{found[0]}"', "Write the words alone.")
    if len(cell) > column.longest:
        return _told(cell, f"must have at most {column.longest:,} characters, and has {len(cell):,}", "Shorten it.")
    return None


def _unlike(column: Column, cell: str) -> Problem | None:
    """Return how a cell differs from what its column is for."""
    if column.allowed:
        must = f"must be one of {', '.join(column.allowed)}"
        return None if cell in column.allowed else _told(cell, must, "Correct the cell.", column.allowed)
    if column.name == "id" and len(cell) > LONGEST_ID:
        return _told(cell, f"must have at most {LONGEST_ID} characters, and has {len(cell)}", "Choose a shorter id.")
    if column.name == "id" and is_device(cell):
        return _told(cell, f'must not begin with "{cell.partition(".")[0]}": Windows keeps no file of that name', "Choose another id.")
    if not column.pattern or (_is_day(cell) if column.pattern == DATE else re.fullmatch(column.pattern, cell)):
        return None
    must = "must be a day of the calendar, such as 2026-04-30" if column.pattern == DATE else f"must look like {column.looks}"
    return _told(cell, must, _remedy(column, cell), BASES if column.pattern == UNIT else ())


def _is_day(cell: str) -> bool:
    try:
        return bool(re.fullmatch(DATE, cell)) and bool(date.fromisoformat(cell))
    except ValueError:
        return False


def _remedy(column: Column, cell: str) -> str:
    if column.pattern == NUMBER and re.fullmatch(r"-?\d+,\d{1,2}|-?\d+,\d{4,}", cell):
        return "Write a point, and no comma, before the decimals."
    if column.pattern == NUMBER and re.fullmatch(r"-?[\d,. ]+", cell) and re.search(r"\d[, ]\d", cell):
        return "Write the digits without a thousands separator."
    if column.pattern == PASSAGE:
        return "Choose a shorter passage that still holds the number."
    if column.pattern == DATE and _TYPED_BY_A_SHEET.fullmatch(cell):
        return "A spreadsheet has rewritten it: give the column the format Text and type the day again."
    return "Correct the cell."
