"""Connectors as the data library declares them: which file, which of its rows, for which figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from evidence.catalog import Library, where
from evidence.catalog.patterns import pattern_fault
from evidence.errors import DataError
from evidence.problems import Problem
from evidence.quantity import to_fraction

NEWEST = "newest"
_ACCEPT = {"sdmx": "application/vnd.sdmx.data+csv;version=1.0.0, text/csv"}
_QUARTERS = {"1": "Jan to Mar", "2": "Apr to Jun", "3": "Jul to Sep", "4": "Oct to Dec"}
Placed = tuple[tuple[str, str], ...]
"""Columns and what stands in them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A figure to bring up to date.

    Attributes:
        figure: Its id.
        rows: What marks its rows among the connector's.
        period: The one period it stays with, as we write it, or `newest`.
        note: Note of its own, or empty.
    """

    figure: str
    rows: Placed
    period: str
    note: str


@dataclass(frozen=True, slots=True)
class Connector:
    """How to ask for a source and read what comes.

    Attributes:
        source: Key of the source.
        row: Its record in the library, as text.
        columns: Columns the file must have.
        rows: What marks the rows that count.
        constant: What they must all say.
        pattern: What a period looks like.
        factor: How far a value may move unremarked.
        wanted: Figures it brings up to date.
    """

    source: str
    row: dict[str, Any]
    columns: tuple[str, ...]
    rows: Placed
    constant: Placed
    pattern: re.Pattern[str]
    factor: Fraction
    wanted: tuple[Wanted, ...]

    @property
    def file(self) -> str:
        """Name of the file, for messages."""
        return str(self.row["address"]).partition("?")[0].rpartition("/")[2]

    @property
    def accept(self) -> str:
        """Content types to ask for."""
        return _ACCEPT.get(self.row["kind"], "text/csv, text/plain;q=0.9")

    @property
    def wide(self) -> bool:
        """Whether each period has a column of its own."""
        return bool(self.row["period_column"] == "*")

    def period_key(self, cell: str) -> tuple[int, ...] | None:
        """Return a period as whole numbers that sort by time, or None if the cell is of another kind of period."""
        found = self.pattern.fullmatch(cell)
        return tuple(int(part) for part in found.groups() if part) if found else None

    def period(self, cell: str) -> str:
        """Return a period as we write it.

        Raises:
            ValueError: If the cell does not look like a period.
        """
        found = self.pattern.fullmatch(cell)
        if not found:
            raise ValueError(cell)
        year, quarter = (*found.groups(), "", "")[:2]
        names = {"year": year, "following": f"{(int(year) + 1) % 100:02d}", "quarter": _QUARTERS.get(quarter or "", "")}
        return str(self.row["period"]).format(**names)


def connectors(library: Library) -> dict[str, Connector]:
    """Return the declared connectors by source.

    Raises:
        DataError: If a declaration contradicts itself or another: names file, row, column and what to do.
    """
    problems: list[Problem] = []
    wanted: dict[str, list[Wanted]] = {row["source"]: [] for row in library.rows("connectors")}
    for row in library.rows("connected"):
        source = library.figure(row["figure"]).source
        if source not in wanted:
            problems.append(_wrong(row, "figure", f"its source {source} has no connector.", "Declare one in connectors.csv."))
        wanted.setdefault(source, []).append(Wanted(row["figure"], _placed(row["rows"]), row["period"], row["note"]))
    made = {row["source"]: _connector(row, wanted[row["source"]], problems) for row in library.rows("connectors")}
    if problems:
        raise DataError(problems)
    return made


def _connector(row: dict[str, Any], wanted: list[Wanted], problems: list[Problem]) -> Connector:
    columns = tuple(row["columns"].split("; "))
    rows, constant = _placed(row["rows"]), _placed(row["constant"])
    used = {name for name, _ in (*rows, *constant, *(pair for figure in wanted for pair in figure.rows))}
    used |= {row[name] for name in ("period_column", "value_column", "status_column") if row[name] not in ("", "*")}
    problems += [_wrong(row, "columns", f"{name} is read, but not listed.", "Add it.") for name in sorted(used - set(columns))]
    if (row["period_column"] == "*") != (row["value_column"] == "*"):
        problems.append(_wrong(row, "period_column, value_column", "both or neither must be *."))
    if row["stated"].count("{}") != 1:
        problems.append(_wrong(row, "stated", f"found {row['stated']!r}; write {{}} once, where the value stands."))
    if not wanted:
        problems.append(_wrong(row, "", "no figure in connected.csv is of this source.", "List those it brings up to date."))
    return Connector(row["source"], row, columns, rows, constant, _pattern(row, problems), to_fraction(row["factor"]), tuple(wanted))


def _pattern(row: dict[str, Any], problems: list[Problem]) -> re.Pattern[str]:
    told, remedy = pattern_fault(row["period_pattern"])
    if told:
        problems.append(_wrong(row, "period_pattern", told, remedy))
    return re.compile("" if told else row["period_pattern"], re.ASCII)


def _placed(text: str) -> Placed:
    return tuple((name, value) for name, _, value in (part.partition("=") for part in text.split("; ") if part))


def _wrong(row: dict[str, Any], column: str, message: str, remedy: str = "") -> Problem:
    return Problem(where(row, column).at(name=row.get("figure") or row["source"]), message, remedy)
