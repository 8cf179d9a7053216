"""Tables of a report: rows of cells, and what numbers they hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from evidence.errors import QuantityError
from evidence.quantity import Interval, Quantity, parse

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

    @cached_property
    def heads(self) -> list[str]:
        """What its columns are called; where two rows name them, by the words of both."""
        first = self.rows[0][0]
        years = all(re.fullmatch(r"(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?", cell.strip("* ")) for cell in first[1:])
        if not years and all(number(cell) for cell in first[1:]):
            return []
        return _under(first, self.rows[1][0]) if self._two_heads else first

    @cached_property
    def _two_heads(self) -> bool:
        """Whether the second row names columns too, where the first leaves some without a name: it has words in half of its cells, and no number."""
        (first, _), (second, _) = self.rows[0], self.rows[1]
        cells = [cell.strip("* ") for cell in second[1:]]
        named = [cell for cell in cells if re.search(r"[A-Za-z]{2}", cell) and cell.lower() not in _NOTHING]
        blank = len(self.rows) > _FEWEST_ROWS and len(first) == len(second) and not all(cell.strip() for cell in first[1:])
        return blank and not any(number(cell) for cell in cells) and len(named) * 2 >= len(cells) > 1

    @cached_property
    def numbers(self) -> list[tuple[str, list[Quantity | None], int]]:
        """Its rows below the heads: label, what each further cell states, and the place."""
        body = self.rows[2 if self._two_heads else 1 :] if self.heads else self.rows
        return [(row[0], [number(cell) for cell in row[1:]], place) for row, place in body if len(row) > 1]

    @cached_property
    def anchors(self) -> frozenset[Fraction]:
        """What its cells state."""
        return frozenset(cell.anchor for _, cells, _ in self.numbers for cell in cells if cell)

    @cached_property
    def row_at(self) -> dict[int, list[str]]:
        """The first row at each place."""
        return {place: cells for cells, place in reversed(self.rows)}


_NOTHING = ("n/a", "na", "nil", "none", "nk", "not known", "not available")


Address = tuple[ReportTable, int, int]
"""Where a number of a table stands: the table, the line or page of its row, and its column, from 0."""


@dataclass(frozen=True, slots=True)
class TableSpot:
    """A row or a cell of a table that is read beside something else.

    Attributes:
        place: Its line or page.
        text: What it is called.
    """

    place: int
    text: str


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

    @property
    def own_row(self) -> TableSpot:
        """Its row, as a place that is read."""
        return TableSpot(self.place, self.row)

    @property
    def spot(self) -> TableSpot:
        """It, as a place that is read."""
        return TableSpot(self.place, self.label)


def _under(tops: list[str], below: list[str]) -> list[str]:
    """Return the heads of columns that two rows name: each of the second row stands under one of the first, which may reach over several.

    Example:
        >>> _under(["", "All", "", "Births", "", "Deaths"], ["", "", "Count", "Rate", "Count", "Rate"])
        ['', 'All', 'Births Count', 'Births Rate', 'Deaths Count', 'Deaths Rate']
    """
    columns = range(1, len(tops))
    over = [at for at in columns if tops[at].strip() and below[at].strip()]
    under = [at for at in columns if below[at].strip()]
    wide = len(under) // len(over) if over and len(under) % len(over) == 0 else 0
    heads = [" ".join(f"{tops[0]} {below[0]}".split()), *tops[1:]]
    for place, at in enumerate(under):
        top = over[place // wide] if wide else min(over, key=lambda one: (abs(one - at), -one), default=at)
        heads[at] = f"{tops[top]} {below[at]}"
    return [" ".join(head.replace("*", "").split()) for head in heads]


def number(cell: str) -> Quantity | None:
    """Return what a cell of a table states, or None where it is no number."""
    plain = cell.replace("\u2212", "-").strip("* ")
    if (
        not re.search(r"\d", plain)
        or re.search(r"(?!million|billion|thousand)\b[a-zA-Z]{4,}", plain)
        or (re.fullmatch(r"\(?[£$€]?'?0+s?\)?", plain) and len(plain) > 2)
    ):
        return None
    try:
        return parse(plain)
    except QuantityError:
        return None


_SCALES = (
    (re.compile(r"\bbillions?\b|[£$€]bn\b|\bbn\b"), 10**9),
    (re.compile(r"\bmillions?\b|[£$€]m\b|\(m\)|\bmn\b"), 10**6),
    (re.compile(r"\bthousands?\b|'000s?|[£$€]000s?|\b000s\b|[£$€]k\b"), 1000),
)
_UNITS = (
    (re.compile(r"%|per ?cent\b|\bpct\b|percentage\b(?! point)"), "percent"),
    (re.compile(r"£"), "GBP"),
    (re.compile(r"€"), "EUR"),
    (re.compile(r"\$"), "USD"),
)


def in_unit(quantity: Quantity, head: str, label: str, caption: str) -> Quantity:
    """Return a number in the unit and scale that its head, its label or the caption name, the nearest first."""
    if quantity.unit != "count" or quantity.ends:
        return quantity
    told = next(
        (text.lower() for text in (head, label, caption[-60:] if "(" in caption or len(caption) < _SHORT else "") if _names_unit(text)), ""
    )
    told = _PER_SO_MANY.sub("", told)
    unit = next((name for rule, name in _UNITS if rule.search(told)), "count")
    scale = Fraction(next((times for rule, times in _SCALES if rule.search(told)), 1)) if unit != "percent" else Fraction(1)
    return replace(quantity, unit=unit, anchor=quantity.anchor * scale, interval=printed(quantity).scaled(scale))


_PER_SO_MANY = re.compile(r"\bper (?:billion|million|thousand)\b")
"""Of how many a rate is: no scale of it."""
_SHORT = 20
"""A caption of fewer signs is the corner of a table that names its unit: "£000"."""


def in_scale(head: str) -> bool:
    """Return whether a head says that its column is told in thousands or more, so that its whole numbers are rounded."""
    return any(rule.search(head.lower()) for rule, _ in _SCALES)


def _names_unit(text: str) -> bool:
    return any(rule.search(text.lower()) for rule, _ in (*_SCALES, *_UNITS))


def printed(quantity: Quantity) -> Interval:
    """Return what a cell may be: its last digit is printed, whether it is nought or not."""
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", quantity.text)
    half = Fraction(1, 2 * 10 ** len(digits[1] or "")) if digits else Fraction(0)
    return Interval(quantity.anchor - half, quantity.anchor + half)


def sum_rows(table: ReportTable) -> set[int]:
    """Return which rows, from 0, are those of all that stand above them, as the last mostly is."""
    rows = [row for _, row, _ in table.numbers]
    return {at for at, row in enumerate(rows) if _sums(rows[:at], row)}


def _sums(parts: list[list[Quantity | None]], last: list[Quantity | None]) -> bool:
    """Return whether a row is that of all: two columns that hold counts are the exact sums of the rows above, or one of hundreds, or the only one of a longer table is."""
    columns = [[row[at] if at < len(row) else None for row in parts] for at in range(len(last))]
    exact = [
        whole is not None and all(cells) and sum(cell.anchor for cell in cells if cell) == whole.anchor != 0
        for cells, whole in zip(columns, last, strict=True)
    ]
    alone = len(exact) == 1 and len(parts) > _FEWEST_ROWS + 1
    large = any(held and whole and whole.anchor >= _HUNDREDS and whole.anchor % _TEN for held, whole in zip(exact, last, strict=True))
    return len(parts) > _FEWEST_ROWS and sum(exact) > (0 if alone or large else 1)


_FEWEST_ROWS = 2
_HUNDREDS, _TEN = 100, 10


def dated_heads(table: ReportTable) -> list[str]:
    """Return the heads that name a year and differ in nothing else; none where there are two kinds of them."""
    kinds: dict[str, list[str]] = {}
    for head in (head.strip("* ") for head in table.heads[1:] if _YEAR.search(head)):
        kinds.setdefault(_YEAR.sub("", head), []).append(head)
    several = [heads for heads in kinds.values() if len(heads) > 1]
    return several[0] if len(several) == 1 else next(iter(kinds.values())) if len(kinds) == 1 else []


_YEAR = re.compile(r"(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?")
