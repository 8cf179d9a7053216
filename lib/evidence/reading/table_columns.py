"""The tables of a document: of each number its row's label and its column's heads, so that a column can be drawn as a series."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.catalog.periods import read_period
from evidence.catalog.verify import Text, normalise
from evidence.catalog.verify.text import Span
from evidence.quantity import unit_of_head
from evidence.reading.blocks import ROW, Stretch

Cells = list[str]

_RULE = re.compile(r"[\s|:+-]+$")
_VALUE = re.compile(r"[-+\u2212(<>~]?\s?[£$€]?\d")
_BAND = re.compile(r"\d[\d,.]*(?:\+| ?(?:-|to|and|or)\b ?)|\d+(?:st|nd|rd|th)\b|\d{1,2}$")
"""What begins like a number and may stand at the head of a column: a band, an ordinal, a number of one or two digits."""
_MOST_HEADS = 3
"""Rows of heads that a table has at most."""
_LONGEST_LABEL = 20
"""Words of a cell at most that says what stands beside it; one with more, or with a stop in it, holds prose."""
_STOP = re.compile(r"[.!?;] ")
_COUNTS = re.compile(r"\b(?:numbers?|counts?|n|bases?|respondents|sample)\b", re.IGNORECASE)
"""A head whose column counts, whatever unit the title of the table gives."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """Where in a table a number stands.

    Attributes:
        label: First cell of its row.
        head: What its column's heads say, upper ones first, with the unit last that one of them or the title of the table gives.
        time: The one of the heads that is a time.
        measure: The others.
    """

    label: str
    head: str
    time: str = ""
    measure: str = ""


class Tables:
    r"""The tables of a text.

    Attributes:
        spans: Where each cell stands that holds something, in order.

    Example:
        >>> from evidence.reading.blocks import blocks
        >>> text = Text("| Town | Share |\n|---|---|\n| Leeds | 45% |")
        >>> Tables(text, blocks(text)).cell(text.plain.index("45%"))
        TableCell(label='Leeds', head='Share', time='', measure='Share')
    """

    def __init__(self, text: Text, found: Sequence[Stretch]) -> None:
        self._cells: list[tuple[int, int, TableCell]] = []
        self.spans: list[Span] = []
        self._heads: list[Span] = []
        self._labels: list[Span] = []
        for title, numbers in _groups(text, found):
            self._add(text, numbers, unit_of_head(title))
        self._starts = [low for low, _, _ in self._cells]

    def _add(self, text: Text, numbers: list[int], unit: str) -> None:
        """Take in the table of so many lines."""
        kept = [number for number in numbers if not _RULE.fullmatch(text.raw[number])]
        rows = [_split(text.raw[number]) for number in kept]
        ruled = next((index for index, number in enumerate(numbers) if _RULE.fullmatch(text.raw[number])), 0)
        begins = min((next((at for at, cell in enumerate(row) if cell), len(row)) for row in rows), default=0)
        many = _heads([row[begins:] for row in rows], ruled)
        columns = _columns([row[begins:] for row in rows[:many]])
        for index, (number, row) in enumerate(zip(kept, rows, strict=True)):
            placed = _placed(text, number, row)[begins:]
            self.spans += [(low, high) for _, low, high in placed if low < high]
            if index < many:
                self._heads.append(text.span(number))
            elif placed:
                self._add_row(placed, columns, unit)

    def _add_row(self, placed: list[tuple[str, int, int]], columns: list[Cells], unit: str) -> None:
        (label, *label_span), *rest = placed
        if not is_label(label):
            return
        if any(cell for cell, _, _ in rest):
            self._labels.append((label_span[0], label_span[1]))
        for column, (cell, low, high) in enumerate(rest, start=1):
            if cell and is_label(cell):
                self._cells.append((low, high, _cell(label, columns[column] if column < len(columns) else [], unit)))

    def heads(self, position: int) -> bool:
        """Return whether an offset in the text stands in a row of heads of a table."""
        return _inside(self._heads, position)

    def labels(self, position: int) -> bool:
        """Return whether an offset in the text stands in the first cell of a row that has more, below its heads."""
        return _inside(self._labels, position)

    def cell(self, position: int) -> TableCell | None:
        """Return the cell that an offset in the text stands in; None outside tables, and in labels, heads and prose."""
        index = bisect_right(self._starts, position) - 1
        return self._cells[index][2] if index >= 0 and position < self._cells[index][1] else None


def is_label(cell: str) -> bool:
    """Return whether a cell of a table is one, and no prose that is set in columns."""
    return len(cell.split()) <= _LONGEST_LABEL and not _STOP.search(cell)


def _groups(text: Text, found: Sequence[Stretch]) -> Iterator[tuple[str, list[int]]]:
    """Yield the lines of each table, with the part of the text right before it."""
    title = ""
    for is_row, parts in itertools.groupby(found, key=lambda one: one.kind == ROW):
        blocks = list(parts)
        if not is_row:
            title = text.plain[slice(*blocks[-1].span)] if blocks[-1].span[1] - blocks[-1].span[0] < _LONGEST_TITLE else ""
            continue
        numbers: list[int] = []
        for block in blocks:
            if numbers and block.lines[0] != numbers[-1] + 1:
                yield title, numbers
                title, numbers = "", []
            numbers.append(block.lines[0])
        yield title, numbers


_LONGEST_TITLE = 240
"""Characters of what stands above a table at most to be its title."""


def _heads(rows: list[Cells], ruled: int) -> int:
    """Return how many of the first rows of a table are its heads: those above a rule, or the first unless it holds values, and what goes on below it."""
    many = ruled or (0 if not rows or _holds_values(rows[0], alone=len(rows) == 1) else 1)
    while 0 < many < min(len(rows) - 1, _MOST_HEADS) and _goes_on(rows[many - 1], rows[many]):
        many += 1
    return many


def _holds_values(cells: Cells, *, alone: bool) -> bool:
    """Return whether a first row has a label and values beside it, so that no head stands above them."""
    rest = [cell for cell in cells[1:] if cell]
    values = [
        cell for cell in rest if _VALUE.match(cell) and not read_period(cell) and (alone or not _BAND.match(cell) or not _counted(rest))
    ]
    return bool(cells[0]) and bool(values) and all(cell in values or not re.search(r"\w", cell) for cell in rest)


def _counted(cells: Cells) -> bool:
    """Return whether cells could be the heads of columns that are counted or bounded: all bands, or numbers that rise by one."""
    if not all(cell.isdigit() for cell in cells):
        return True
    return len(cells) > 1 and all(int(later) - int(one) == 1 for one, later in itertools.pairwise(cells))


def _goes_on(upper: Cells, cells: Cells) -> bool:
    """Return whether a row below a row of heads holds heads too: no value, and no label but one that stands under none."""
    rest = [cell for cell in cells[1:] if cell]
    named = all(read_period(cell) or (re.search(r"[^\W\d]|[£$€%]", cell) and not _VALUE.match(cell)) for cell in rest)
    spanned = any(cell and not above for above, cell in itertools.zip_longest(upper[1:], cells[1:], fillvalue=""))
    return bool(rest) and named and (not cells[0] or (spanned and not upper[0]))


def _columns(heads: list[Cells]) -> list[Cells]:
    """Return the heads of each column, upper ones first; an upper one reaches over the empty cells behind it."""
    wide = max(map(len, heads), default=0)
    spread = []
    for row in heads[:-1]:
        reach = row[:1]
        for cell in [*row[1:], *[""] * (wide - len(row))]:
            reach.append(cell or (reach[-1] if len(reach) > 1 else ""))
        spread.append(reach)
    return [[cell for cell in dict.fromkeys(column) if cell] for column in itertools.zip_longest(*spread, *heads[-1:], fillvalue="")]


def _cell(label: str, heads: Cells, unit: str) -> TableCell:
    time = next((head for head in reversed(heads) if read_period(head)), "")
    measure = ", ".join(head for head in heads if head != time)
    said = ", ".join(sorted(heads, key=lambda head: bool(unit_of_head(head))))
    if unit and not unit_of_head(said) and not _COUNTS.search(measure):
        said = f"{said}, {unit}" if said else unit
    return TableCell(label, said, time, measure)


def _inside(spans: list[Span], position: int) -> bool:
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


def _split(raw: str) -> Cells:
    """Return the cells of a row, normalised."""
    parts = raw.strip().removeprefix("|").removesuffix("|").split("|") if raw.lstrip().startswith("|") else raw.rstrip("\t").split("\t")
    return [normalise(part) for part in parts]


def _placed(text: Text, number: int, cells: Cells) -> list[tuple[str, int, int]]:
    """Return the cells of a row with where each stands in the text."""
    line, start, at, found = text.lines[number], text.starts[number], 0, []
    for cell in cells:
        at = max(at, line.find(cell, at))
        found.append((cell, start + at, start + at + len(cell)))
        at += len(cell)
    return found
