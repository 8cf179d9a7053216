"""One record of a figure: what it says, and the proof that its cells say the same."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from evidence.catalog.rows import FILE, ROW
from evidence.catalog.schema import FIGURES
from evidence.errors import DataError, QuantityError
from evidence.problems import Place, Problem
from evidence.quantity import Quantity, parse, readable, to_fraction, under_head

COMPUTED = "computed"
"""Key of the source that stands for our own computations."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One record: a number at one place of a source.

    Attributes:
        id: Name of what is measured.
        source: Key of its source.
        locator: Place in the source.
        quote: Verbatim words, or empty.
        stated: The number as the source writes it.
        quantity: What it means: anchor, interval and unit; of a range, the end this record is about.
        unit: Unit of the quantity.
        population: Whom it is about, with its base.
        place: Place it is about.
        period: Period it is about.
        as_of: Date it was published, ISO.
        origin: Producer the source cites, or name of the recomputation.
        series: Chart group, or empty.
        category: Label in the group.
        note: Caveat of ours.
        where: File and row, for messages.
        further: Cells of the columns of the table that are not named here.
    """

    id: str
    source: str
    locator: str
    quote: str
    stated: str
    quantity: Quantity
    unit: str
    population: str
    place: str
    period: str
    as_of: str
    origin: str
    series: str
    category: str
    note: str
    where: Place
    further: tuple[tuple[str, str], ...] = ()

    def renewed(self, **new: str) -> dict[str, str]:
        """Return the cells of a record that is to follow this one, by column in their order: the new ones, and of the others this one's.

        Args:
            new: Cells by column; `value` and `precision` at least.
        """
        cells = {name: getattr(self, name) for name in FIGURES.names if name in self.__slots__} | dict(self.further) | new
        return {name: cells[name] for name in FIGURES.names}

    @property
    def shown(self) -> str:
        """The number for a reader: as stated, or of a range its own end."""
        bare = parse(self.stated).unit == "count" and self.note.startswith(COLUMN)
        return readable(self.quantity.anchor, self.unit) if bare or parse(self.stated).ends else self.stated

    @property
    def direction(self) -> str:
        """Of the size of a change, `rise` or `fall`; empty for any other figure."""
        return dict(self.further).get("direction", "")

    @property
    def signed(self) -> str:
        """Of a change, its value with the sign of its direction: a fall is below zero; empty where no direction is given."""
        return f"{'-' if self.direction == 'fall' else ''}{plain(self.quantity)}" if self.direction else ""

    @property
    def computed(self) -> bool:
        """Whether the figure is our own computation."""
        return self.source == COMPUTED

    @property
    def bounds_another(self) -> bool:
        """Whether it is an end of another figure's interval of confidence, which nobody states by itself."""
        return self.id.endswith((".interval.low", ".interval.high"))


def where(row: dict[str, Any], column: str = "") -> Place:
    """Return the place of a record: file, row and what it is called; also the column, or columns, when they are named."""
    name = row.get("id") or row.get("figure") or row.get("old") or row.get("text") or ""
    return Place(f"data/{row[FILE]}", row[ROW], name, column=column)


def double_entry(row: dict[str, Any]) -> Quantity:
    """Return the quantity of a figure's record after checking that its value and unit say what its text says.

    Raises:
        DataError: If they do not: names file, row, column, found and expected.
    """
    try:
        return _entry(stated_in_full(row), row["value"], row["unit"], row["precision"], row["id"].rpartition(".")[2])
    except DataError as error:
        raise DataError([problem.of(where(row)) for problem in error.problems]) from None


COLUMN = "Column: "
"""How the note of a figure from a table begins, before the head of its column."""


def stated_in_full(row: dict[str, Any]) -> str:
    """Return the number of a record with its unit, which in a table may stand at the head of its column alone, as its note tells."""
    return under_head(row["stated"], row["note"].removeprefix(COLUMN)) if row["note"].startswith(COLUMN) else str(row["stated"])


@lru_cache(maxsize=65536)
def _entry(stated: str, value: str, unit: str, precision: str, end: str) -> Quantity:
    """Return what the cells of a record say together; `end` is the last part of its id, which tells the ends of a range apart."""
    quantity = _read(stated)
    if quantity.ends:
        if end not in ("low", "high"):
            raise _wrong("id", f'"{stated}" is a range; make two records whose ids end in .low and .high.')
        quantity = quantity.ends[end == "high"]
    if unit == "calendar year" and quantity.unit == "count":
        quantity = quantity.relabelled("calendar year")
    if precision == "exact":
        quantity = quantity.exact()
    if quantity.unit != unit:
        raise _wrong("unit", f'found "{unit}", but "{stated}" is in {quantity.unit}.', "Correct the unit or the stated text.")
    if _value(value) != quantity.anchor:
        said = f'{value} {unit} is not what "{stated}" says, which is {plain(quantity)}'
        raise _wrong("value", f"{said}.", "Correct the value or the stated text.")
    return quantity


def _wrong(column: str, message: str, remedy: str = "") -> DataError:
    return DataError(Problem(Place(column=column), message, remedy))


def _read(stated: str) -> Quantity:
    try:
        return parse(stated)
    except QuantityError as error:
        raise _wrong("stated", f"{error}.") from None


def _value(value: str) -> Fraction:
    try:
        return to_fraction(value)
    except QuantityError as error:
        raise _wrong("value", f"{error}.") from None


def plain(quantity: Quantity) -> str:
    """Return a quantity's anchor as plain digits, or as a fraction where digits do not end."""
    anchor = quantity.anchor
    if anchor.denominator == 1:
        return str(anchor.numerator)
    digits = f"{float(anchor):.12g}"
    return digits if Fraction(digits) == anchor else f"{anchor.numerator}/{anchor.denominator}"


def decimal(value: str) -> str:
    """Return a number of a record in digits that every program reads; of one whose digits do not end, twelve of them.

    Example:
        >>> decimal("12.5"), decimal("200/3"), decimal("")
        ('12.5', '66.6666666667', '')
    """
    return f"{float(Fraction(value)):.12g}" if "/" in value else value


def read_figure(row: dict[str, Any]) -> Figure:
    """Return the figure of a record.

    Raises:
        DataError: If its value, unit and stated text contradict each other.
    """
    quantity = double_entry(row)
    return Figure(
        quantity=quantity,
        where=where(row),
        further=tuple((name, row[name]) for name in _FURTHER),
        **{name: row[name] for name in FIGURES.names if name in Figure.__slots__},
    )


_FURTHER = tuple(name for name in FIGURES.names if name not in (*Figure.__slots__, "value", "precision"))
"""Columns of figures that nothing here computes with: they are carried along to wherever a figure is shown or renewed."""
