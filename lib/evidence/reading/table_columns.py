"""The tables of a document: of each number its row's label and its column's head, so that a column can be drawn as a series."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.catalog.verify import Text, normalise
from evidence.catalog.verify.text import Span
from evidence.reading.blocks import ROW, Stretch

_RULE = re.compile(r"[\s|:+-]+$")


@dataclass(frozen=True, slots=True)
class TableCell:
    """Where in a table a number stands.

    Attributes:
        label: First cell of its row.
        head: First cell of its column.
    """

    label: str
    head: str


class Tables:
    r"""The tables of a text.

    Attributes:
        spans: Where each cell stands that holds something, in order.

    Example:
        >>> from evidence.reading.blocks import blocks
        >>> text = Text("| Town | Share |\n|---|---|\n| Leeds | 45% |")
        >>> Tables(text, blocks(text)).cell(text.plain.index("45%"))
        TableCell(label='Leeds', head='Share')
    """

    def __init__(self, text: Text, found: Sequence[Stretch]) -> None:
        self._cells: list[tuple[int, int, TableCell]] = []
        self.spans: list[Span] = []
        self._heads: list[Span] = []
        self._labels: list[Span] = []
        heads: list[str] = []
        last = -2
        for block in (one for one in found if one.kind == ROW):
            number = block.lines[0]
            if _RULE.fullmatch(text.raw[number]):
                last = number
                continue
            cells = _split(text.raw[number])
            self.spans += [(low, high) for _, low, high in _placed(text, number, cells) if low < high]
            if number == last + 1:
                self._add(text, number, cells, heads)
            else:
                heads = cells
                self._heads.append(text.span(number))
            last = number
        self._starts = [low for low, _, _ in self._cells]

    def _add(self, text: Text, number: int, cells: list[str], heads: list[str]) -> None:
        label = cells[0]
        for column, (_, low, high) in enumerate(_placed(text, number, cells)):
            if not column and any(cells[1:]):
                self._labels.append((low, high))
            if column and cells[column]:
                self._cells.append((low, high, TableCell(label, heads[column] if column < len(heads) else "")))

    def heads(self, position: int) -> bool:
        """Return whether an offset in the text stands in the first row of a table."""
        return _inside(self._heads, position)

    def labels(self, position: int) -> bool:
        """Return whether an offset in the text stands in the first cell of a row that has more, below its head."""
        return _inside(self._labels, position)

    def cell(self, position: int) -> TableCell | None:
        """Return the cell that an offset in the text stands in; None outside tables, and in labels and heads."""
        index = bisect_right(self._starts, position) - 1
        return self._cells[index][2] if index >= 0 and position < self._cells[index][1] else None


def _inside(spans: list[Span], position: int) -> bool:
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


def _split(raw: str) -> list[str]:
    """Return the cells of a row, normalised."""
    parts = raw.strip().strip("|").split("|") if raw.lstrip().startswith("|") else raw.strip("\t").split("\t")
    return [normalise(part) for part in parts]


def _placed(text: Text, number: int, cells: list[str]) -> list[tuple[str, int, int]]:
    """Return the cells of a row with where each stands in the text."""
    line, start, at, found = text.lines[number], text.starts[number], 0, []
    for cell in cells:
        at = max(at, line.find(cell, at))
        found.append((cell, start + at, start + at + len(cell)))
        at += len(cell)
    return found
