"""The numbers of a table as mentions: each with its row, its column and its unit, which the head or the caption may name."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.quantity import Quantity
from evidence.referee.checks.tabled import TOTAL
from evidence.referee.comparing import Address
from evidence.referee.document import TextBlock
from evidence.referee.tables import ReportTable, in_unit, sum_rows


@dataclass(frozen=True, eq=False, slots=True)
class ReportCell:
    """A number of a table.

    Attributes:
        quantity: What it states, in the unit that its head or the caption names.
        row: Label of its row.
        head: Head of its column; may be empty.
        column: Number of its column, from 0.
        table: The table.
        place: Line or page of its row.
        all: Whether its row is that of the total.
        shared: Whether the unit was told by the caption for all.
    """

    quantity: Quantity
    row: str
    head: str
    column: int
    table: ReportTable
    place: int
    all: bool

    @property
    def text(self) -> str:
        """The number as written."""
        return self.quantity.text

    @property
    def address(self) -> Address:
        """Its table, the line or page of its row, and its column."""
        return self.table, self.place, self.column

    @property
    def label(self) -> str:
        """Where it stands, in words."""
        return f"{self.row}, {self.head}" if self.head else self.row


def cells_of(block: TextBlock, caption: str) -> list[ReportCell]:
    """Return the cells of a table that hold a number."""
    table = block.table
    if table is None:
        return []
    found = []
    sums = sum_rows(table)
    for at, (label, row, place) in enumerate(table.numbers, start=1):
        whole = at - 1 in sums or bool(TOTAL.fullmatch(label.strip("* :"))) or label.strip("* :").lower() in ("year", "whole year")
        for column, quantity in enumerate(row):
            if quantity:
                head = table.heads[column + 1] if column + 1 < len(table.heads) else ""
                found.append(
                    ReportCell(
                        in_unit(quantity, head, label, table.heads[0] if table.heads and "(" not in caption else caption),
                        label.strip("* :"),
                        head.strip("* "),
                        column,
                        table,
                        place,
                        whole,
                    )
                )
    return found
