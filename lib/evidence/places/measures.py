"""Measures of places: read as declared from the files of a data library, each on its own set of areas."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from evidence.errors import PlacesError
from evidence.places.boundaries import AreaSet
from evidence.quantity import with_unit


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured for a set of areas, year by year.

    Attributes:
        row: Its record in place-tables.csv.
        areas: The set of areas.
        values: Value by area code, for each year from the first on these boundaries.
        whole: Value of the country it is compared with, by year.
    """

    row: Mapping[str, Any]
    areas: AreaSet
    values: Mapping[int, Mapping[str, float]]
    whole: Mapping[int, float]

    @property
    def name(self) -> str:
        """What is measured."""
        return str(self.row["measure"])

    @property
    def label(self) -> str:
        """What a reader calls it."""
        return str(self.row["label"])

    @property
    def years(self) -> list[int]:
        """Years with at least one value, oldest first."""
        return sorted(year for year, found in self.values.items() if found)

    def latest(self, code: str) -> int | None:
        """Return the newest year an area has a value for, or None."""
        return next((year for year in reversed(self.years) if code in self.values[year]), None)

    def shown(self, value: float) -> str:
        """Return a value with its unit, as a reader sees it."""
        return shown(value, self.row["unit"], int(self.row["decimals"]))

    def when(self, year: int) -> str:
        """Return a year as its producer writes it."""
        return str(self.row["period"]).format(year=year, following=f"{(year + 1) % 100:02d}")

    def told(self, year: int) -> str:
        """Return source, period and boundaries for a reader."""
        return f"{self.row['source']}, {self.when(year)}, boundaries of {self.areas.vintage}"


def shown(value: float, unit: str, decimals: int) -> str:
    """Return a value with its unit, as a reader sees it.

    Example:
        >>> shown(31000.4, "GBP", 0), shown(41.66, "percent", 1), shown(990.6, "count per 100,000 people", 0)
        ('£31,000', '41.7%', '991 per 100,000 people')
    """
    return with_unit(f"{value:,.{decimals}f}", unit)


def read_measure(row: Mapping[str, Any], areas: AreaSet, content: bytes) -> Measure:
    """Return a measure from its file.

    Args:
        row: Its record in place-tables.csv.
        areas: The set of areas it is declared for.
        content: The file, CSV in UTF-8.

    Raises:
        PlacesError: If a column is missing, a value is no number, an area occurs twice, or a code is of another set.
    """
    header, rows = cells_of(row, content)
    columns = columns_of(row, header)
    values: dict[int, dict[str, float]] = {year: {} for year in columns.values()}
    whole: dict[int, float] = {}
    seen: set[str] = set()
    for number, cells in rows:
        code = cells[row["code_column"]]
        if code != row["whole"] and not areas.codes.fullmatch(code):
            continue
        where = f"{row['file']}, row {number} ({code})"
        if code in seen:
            raise PlacesError(f"{where}: a second row of this area for {row['measure']}. Narrow the rows in place-tables.csv.")
        seen.add(code)
        for year, value in _values(row, columns, cells, where):
            if code == row["whole"]:
                whole[year] = value
            else:
                values[year][code] = value
    for year, found in values.items():
        areas.check(found, f"{row['file']}, {row['measure']} in {year}")
    if not any(values.values()):
        raise PlacesError(f"{row['file']}: no value of {row['measure']} for {areas.id}. Correct place-tables.csv, or give another file.")
    return Measure(row, areas, values, whole)


def cells_of(row: Mapping[str, Any], content: bytes) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Return the header of a measure's file, and number and cells of the rows that count.

    Raises:
        PlacesError: If it is no CSV, or a column is missing.
    """
    wanted = [part.split("=", 1) for part in row["rows"].split("; ") if part]
    try:
        reader = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        header, rows = list(reader.fieldnames or ()), list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise PlacesError(f"{row['file']}: no CSV in UTF-8 ({error}). Give the file as its producer has it.") from None
    missing = sorted({row["code_column"], *(name for name, _ in wanted)} - set(header))
    if missing:
        raise PlacesError(
            f"{row['file']}, row 1: no column {', '.join(missing)}; it has {', '.join(header[:8])}. Correct place-tables.csv."
        )
    return header, [(number, cells) for number, cells in enumerate(rows, start=2) if all(cells[name] == text for name, text in wanted)]


def columns_of(row: Mapping[str, Any], header: list[str]) -> dict[str, int]:
    """Return the year of each column of a measure's values, from its first year on.

    Raises:
        PlacesError: If there is none.
    """
    if row["value_column"] == "*":
        columns = {name: int(name) for name in header if len(name) == 4 and name.isdigit()}
    else:
        name, _, year = row["value_column"].rpartition("=")
        columns = {name: int(year)} if name in header else {}
    kept = {name: year for name, year in columns.items() if year >= int(row["from_year"])}
    if not kept:
        raise PlacesError(f"{row['file']}, row 1: no column of values ({row['value_column']}). Correct place-tables.csv.")
    return kept


def _values(row: Mapping[str, Any], columns: Mapping[str, int], cells: Mapping[str, str], where: str) -> Iterator[tuple[int, float]]:
    for name, year in columns.items():
        text = (cells[name] or "").strip()
        if text:
            try:
                yield year, float(text) * float(row["factor"])
            except ValueError:
                raise PlacesError(f'{where}, column {name}: found "{text}", which is no number. Correct the file.') from None


def grouped(values: Mapping[str, float], shown: Callable[[float], str], groups: int = 5) -> tuple[list[str], dict[str, str]]:
    """Return the names of the groups, lowest first, and the group of each area; areas of the same value stay together.

    Args:
        values: Value by area code; at least one.
        shown: How a value is written.
        groups: How many groups at most.

    Example:
        >>> grouped({"a": 1, "b": 2, "c": 2, "d": 9}, str, 2)
        (['1', '2 to 9'], {'a': '1', 'b': '2 to 9', 'c': '2 to 9', 'd': '2 to 9'})
    """
    ordered = sorted(values.values())
    edges = sorted({ordered[len(ordered) * number // groups] for number in range(1, groups)} - {ordered[0]})
    names: list[str] = []
    group_of: dict[str, str] = {}
    for low, high in pairwise([float("-inf"), *edges, float("inf")]):
        inside = {code: value for code, value in values.items() if low <= value < high}
        low_end, high_end = shown(min(inside.values())), shown(max(inside.values()))
        name = high_end if low_end == high_end else f"{low_end.partition(' per ')[0]} to {high_end}"
        names.append(name)
        group_of |= dict.fromkeys(inside, name)
    return list(dict.fromkeys(names)), {code: group_of[code] for code in values}
