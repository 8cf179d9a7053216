"""What rows of a table give: their cells, sums, differences, shares and multiples, each with how it is reckoned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from evidence.quantity import Interval
from evidence.referee.comparing import ratio, total
from evidence.referee.constructions.table_rows import Grid, RowOfTable
from evidence.referee.tables import ReportCell

_HUNDRED = Fraction(100)


@dataclass(frozen=True, eq=False, slots=True)
class FromCells:
    """What cells of a table give.

    Attributes:
        value: The number.
        kind: Whether it is a level, a share in percent, a difference of shares in points, or how many times one is another.
        told: How it is reckoned.
        cells: The cells.
        check: Name of the check that holds a number against it.
    """

    value: Interval
    kind: str
    told: str
    cells: tuple[ReportCell, ...]
    check: str


def is_share(cell: ReportCell) -> bool:
    """Return whether a cell is in percent, or so many for each hundred."""
    return cell.quantity.unit == "percent" or bool(re.search(r"\bper 100\b(?!,)|%", cell.head.lower()))


def is_change(cell: ReportCell) -> bool:
    """Return whether the head of a cell says that it tells by how much something moved."""
    return bool(re.search(r"chang|differ|growth|increase|decrease|\brise|\bfall", cell.head.lower()))


def span(cell: ReportCell) -> Interval:
    """Return what a cell may be."""
    return cell.quantity.interval


def cells_of(rows: Iterable[RowOfTable]) -> Iterator[FromCells]:
    """Yield the cells of rows."""
    for row in rows:
        for cell in row.cells.values():
            low = span(cell)
            kind = "share" if is_share(cell) else "level"
            yield FromCells(low if low.low >= 0 else -low if low.high <= 0 else low, kind, f"{cell.label}: {cell.text}", (cell,), "repeat")


def sums(rows: Sequence[RowOfTable], grid: Grid) -> Iterator[FromCells]:
    """Yield what rows have together in each column that can be added up."""
    for column, cells in _columns(rows):
        if not _adds_up(column, grid):
            continue
        kind = "share" if is_share(cells[0]) else "level"
        yield FromCells(total([span(cell) for cell in cells]), kind, _plus(cells), cells, "sum")


_ABOUT = Fraction(1, 5)


def _adds_up(column: int, grid: Grid) -> bool:
    """Return whether a column has no total, or one that its rows come near: no means and no rates."""
    whole = grid.whole.cells.get(column) if grid.whole else None
    if not whole or not whole.quantity.anchor:
        return not re.search(r"\b(?:average|mean|median|per|rate)\b", grid.heads[column].lower())
    added = sum(row.cells[column].quantity.anchor for row in grid.rows if column in row.cells)
    return abs(added / whole.quantity.anchor - 1) < _ABOUT


def _plus(cells: Sequence[ReportCell]) -> str:
    return " + ".join(cell.text for cell in cells)


def _columns(rows: Sequence[RowOfTable]) -> Iterator[tuple[int, tuple[ReportCell, ...]]]:
    """Yield the columns in which all of some rows have a number, with these."""
    for column in rows[0].cells if rows else ():
        if all(column in row.cells for row in rows):
            yield column, tuple(row.cells[column] for row in rows)


def _gap(one: Interval, two: Interval) -> Interval:
    """Return by how much two numbers differ."""
    gap = one - two
    return -gap if gap.low + gap.high < 0 else gap


def gaps(one: Sequence[RowOfTable], two: Sequence[RowOfTable]) -> Iterator[FromCells]:
    """Yield by how much some rows together differ from others in each column: as a number, in percent, and as points between shares."""
    for column, cells in _columns([*one, *two]):
        del column
        first, second = cells[: len(one)], cells[len(one) :]
        top, bottom = total(map(span, first)), total(map(span, second))
        told, gap = f"{_plus(first)} against {_plus(second)}", _gap(top, bottom)
        yield FromCells(gap, "points" if is_share(cells[0]) else "level", told, cells, "change")
        for under in (top, bottom):
            if part := ratio(gap.scaled(_HUNDRED), under):
                yield FromCells(part, "share", told, cells, "change")


def multiples(one: Sequence[RowOfTable], two: Sequence[RowOfTable]) -> Iterator[FromCells]:
    """Yield how many times others some rows are together in each column, either way round, and what share of them."""
    for column, cells in _columns([*one, *two]):
        del column
        first, second = cells[: len(one)], cells[len(one) :]
        top, bottom = total(map(span, first)), total(map(span, second))
        for over, under, told in ((top, bottom, f"{_plus(first)} / {_plus(second)}"), (bottom, top, f"{_plus(second)} / {_plus(first)}")):
            if times := ratio(over, under):
                yield FromCells(times, "times", told, cells, "ratio")
                yield FromCells(times.scaled(_HUNDRED), "share", told, cells, "ratio")


def moves(rows: Sequence[RowOfTable], grid: Grid) -> Iterator[FromCells]:
    """Yield by how much rows together moved between two columns of one unit: as a number, in percent, and in points; and what a column of changes tells."""
    pairs = grid.pairs or _alike(rows, grid)
    for one, two in pairs:
        if rows and all(one in row.cells and two in row.cells for row in rows):
            first, second = tuple(row.cells[one] for row in rows), tuple(row.cells[two] for row in rows)
            yield from _moved(first, second)
    for row in rows:
        for cell in row.cells.values():
            if is_change(cell):
                yield FromCells(
                    _gap(span(cell), Interval(Fraction(0), Fraction(0))),
                    "share" if is_share(cell) else "level",
                    cell.label,
                    (cell,),
                    "change",
                )


def _alike(rows: Sequence[RowOfTable], grid: Grid) -> list[tuple[int, int]]:
    """Return the pairs of columns that hold numbers of one kind: all in percent, or none."""
    columns = [column for column in grid.heads if all(column in row.cells for row in rows)]
    return [(one, two) for one, two in combinations(columns, 2) if rows and is_share(rows[0].cells[one]) is is_share(rows[0].cells[two])]


def _moved(first: tuple[ReportCell, ...], second: tuple[ReportCell, ...]) -> Iterator[FromCells]:
    before, after = total(map(span, first)), total(map(span, second))
    apart = total([_gap(span(one), span(two)) for one, two in zip(first, second, strict=True)])
    told, cells = f"from {_plus(first)} to {_plus(second)}", (*first, *second)
    for gap in (_gap(before, after), *([apart] if len(first) > 1 else [])):
        yield FromCells(gap, "points" if is_share(first[0]) else "level", told, cells, "change")
        if part := ratio(gap.scaled(_HUNDRED), before):
            yield FromCells(part, "share", told, cells, "change")
    if times := ratio(after, before):
        yield FromCells(times, "times", told, cells, "change")
        yield FromCells(times.scaled(_HUNDRED), "share", told, cells, "change")


def parts(rows: Sequence[RowOfTable], grid: Grid) -> Iterator[FromCells]:
    """Yield what share of all rows together have in each column, and what is left."""
    whole = grid.whole
    for column, cells in _columns([*rows, whole]) if whole and rows else ():
        if is_share(cells[0]) or not _adds_up(column, grid):
            continue
        *own, all_ = cells
        if share := ratio(total(map(span, own)).scaled(_HUNDRED), span(all_)):
            yield FromCells(share, "share", f"({_plus(own)}) / {all_.text}", cells, "share × base")
        yield FromCells(span(all_) - total(map(span, own)), "level", f"{all_.text} - {_plus(own)}", cells, "share × base")


def across(rows: Sequence[RowOfTable], grid: Grid) -> Iterator[FromCells]:
    """Yield what share one column is of another in rows together, how many for each, their sum, and what is left."""
    columns = [column for column in grid.heads if rows and all(column in row.cells for row in rows)]
    plain = [column for column in columns if not is_share(rows[0].cells[column])]
    for one, two in combinations(plain, 2):
        first, second = tuple(row.cells[one] for row in rows), tuple(row.cells[two] for row in rows)
        top, bottom = total(map(span, first)), total(map(span, second))
        cells = (*first, *second)
        for over, under, told in ((top, bottom, f"{_plus(first)} / {_plus(second)}"), (bottom, top, f"{_plus(second)} / {_plus(first)}")):
            if times := ratio(over, under):
                yield FromCells(times.scaled(_HUNDRED), "share", told, cells, "share × base")
                yield FromCells(times, "rate", told, cells, "share × base")
                yield FromCells(times, "times", told, cells, "share × base")
        yield FromCells(top + bottom, "level", f"{_plus(first)} + {_plus(second)}", cells, "share × base")
        yield FromCells(_gap(top, bottom), "level", f"{_plus(first)} against {_plus(second)}", cells, "share × base")


def whatever(rows: Sequence[RowOfTable], grid: Grid, *, with_all: bool) -> Iterator[FromCells]:
    """Yield all that some rows may give, by themselves, in twos and threes, and against the row of all."""
    named = list(dict.fromkeys(rows))[:_MOST]
    whole = [grid.whole] if grid.whole else []
    yield from cells_of([*named, *whole])
    groups = [list(group) for size in range(1, min(len(named), _TOGETHER) + 1) for group in combinations(named, size)]
    if len(named) > _TOGETHER:
        groups.append(named)
    for group in [*groups, *([whole] if whole else [])]:
        yield from moves(group, grid)
        yield from across(group, grid)
        yield from parts(group if group != whole else [], grid)
        yield from sums(group, grid)
    for one, two in combinations(groups, 2):
        if not set(one) & set(two):
            yield from gaps(one, two)
            yield from multiples(one, two)
    yield from [_left(one) for group in groups for one in (*cells_of(group[:1]), *parts(group, grid)) if one.kind == "share"]
    if whole and with_all:
        for group in groups[: len(named)]:
            yield from gaps(group, whole)
            yield from multiples(group, whole)


_MOST, _TOGETHER = 6, 3


def _left(given: FromCells) -> FromCells:
    """Return what a share leaves of a hundred."""
    value = Interval(_HUNDRED - given.value.high, _HUNDRED - given.value.low)
    return FromCells(value, "share", f"100 - {given.told}", given.cells, "share × base")
