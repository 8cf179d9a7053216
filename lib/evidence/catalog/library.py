"""`Library`: the data library in memory, as known on a day."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from evidence import paths
from evidence.catalog import schema
from evidence.catalog.reading import FILE, ROW, read_table
from evidence.errors import DataError, QuantityError
from evidence.quantity import Quantity, parse, readable, to_fraction

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
    where: str

    @property
    def shown(self) -> str:
        """The number for a reader: as stated, or of a range its own end."""
        return readable(self.quantity.anchor, self.unit) if parse(self.stated).ends else self.stated

    @property
    def computed(self) -> bool:
        """Whether the figure is our own computation."""
        return self.source == COMPUTED


class Library:
    """The data library as known on a day.

    Attributes:
        tables: Each table by name, as text cells with file and row.
        as_of: Day the library is seen on, ISO, or empty for all there is.
        directory: Where it was read from.
    """

    def __init__(self, tables: dict[str, pd.DataFrame], as_of: str = "", directory: Path | None = None) -> None:
        self.tables = tables
        self.as_of = as_of
        self.directory = directory

    @cached_property
    def records(self) -> dict[str, list[Figure]]:
        """Every figure's records by id: all places and vintages up to the day, newest vintage first, file order within.

        Raises:
            DataError: If a record's value, unit or stated text contradict each other.
        """
        grouped: dict[str, list[Figure]] = defaultdict(list)
        problems: list[str] = []
        for row in self.tables["figures"].to_dict("records"):
            if self.as_of and row["as_of"] > self.as_of:
                continue
            try:
                grouped[row["id"]].append(_figure(row))
            except DataError as error:
                problems.extend(error.problems)
        if problems:
            raise DataError(problems)
        return {key: sorted(found, key=lambda figure: figure.as_of, reverse=True) for key, found in grouped.items()}

    @cached_property
    def figures(self) -> dict[str, Figure]:
        """The figure of each id: of its newest vintage, the record that states it most precisely (of equals, the one charts draw)."""
        return {key: min(_newest(found), key=_width) for key, found in self.records.items()}

    @cached_property
    def ranges(self) -> dict[str, tuple[Figure, Figure]]:
        """Low and high end of each range, by the id without `.low` and `.high`."""
        stems = [key.removesuffix(".low") for key in self.figures if key.endswith(".low")]
        return {stem: (self.figures[f"{stem}.low"], self.figures[f"{stem}.high"]) for stem in stems if f"{stem}.high" in self.figures}

    @cached_property
    def series(self) -> dict[str, list[Figure]]:
        """Figures of each series in the order they are listed."""
        grouped: dict[str, list[Figure]] = defaultdict(list)
        for found in self.records.values():
            for figure in _newest(found):
                if figure.series:
                    grouped[figure.series].append(figure)
        return dict(grouped)

    def places(self, identifier: str) -> list[Figure]:
        """Return the newest vintage's records of a figure, one per place it is stated at.

        Raises:
            DataError: If there is no such figure on this day.
        """
        if identifier not in self.records:
            raise DataError(unknown_id(identifier, self.records))
        return _newest(self.records[identifier])

    def figure(self, identifier: str) -> Figure:
        """Return the figure of an id, stated as precisely as its source states it.

        Raises:
            DataError: If there is no such figure on this day.
        """
        if identifier not in self.figures:
            raise DataError(unknown_id(identifier, [*self.figures, *self.ranges]))
        return self.figures[identifier]

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the records of a table as dictionaries of text, in file order; those with a date, up to the day."""
        rows = self.tables[table].to_dict("records")
        return [row for row in rows if not self.as_of or row.get("as_of", "") <= self.as_of]


def load(data_dir: str | Path = "", as_of: str = "") -> Library:
    """Return the data library of a folder.

    Args:
        data_dir: Folder to read; empty for the repository's own.
        as_of: ISO date to see it on; empty for all there is.

    Raises:
        DataError: If a file cannot be read as its table, or `as_of` is not a date.

    Example:
        >>> load().figure("sme.barriers.any").stated
        '68%'
    """
    if as_of:
        try:
            date.fromisoformat(as_of)
        except ValueError:
            raise DataError(f'as_of "{as_of}" is not a date; write it as 2026-04-30.') from None
    directory = paths.data_dir(data_dir)
    if not directory.is_dir():
        raise DataError(f"{directory.name}: no such data library. Give the folder that holds sources.csv and figures/.")
    return Library({table.name: read_table(directory, table) for table in schema.TABLES}, as_of, directory)


def unknown_id(identifier: str, known: Any) -> str:
    """Return a message for an id that does not exist, with the nearest ones that do."""
    near = difflib.get_close_matches(identifier, list(known), n=3, cutoff=0.5)
    hint = f" Nearest: {', '.join(near)}." if near else ""
    return f'unknown figure "{identifier}".{hint} Search the library with: evidence cite WORDS'


def where(row: dict[str, Any]) -> str:
    """Return the place of a record for a message: file, row and what it is called."""
    name = row.get("id") or row.get("old") or row.get("text") or ""
    return f"data/{row[FILE]}, row {row[ROW]}" + (f" ({name})" if name else "")


def double_entry(row: dict[str, Any]) -> Quantity:
    """Return the quantity of a figure's record after checking that its value and unit say what its text says.

    Raises:
        DataError: If they do not: names file, row, column, found and expected.
    """
    place, stated = where(row), row["stated"]
    try:
        quantity = parse(stated)
    except QuantityError as error:
        raise DataError(f"{place}, column stated: {error}.") from None
    if quantity.ends:
        suffix = row["id"].rpartition(".")[2]
        if suffix not in ("low", "high"):
            raise DataError(f'{place}, column id: "{stated}" is a range; make two records whose ids end in .low and .high.')
        quantity = quantity.ends[suffix == "high"]
    if row["unit"] == "calendar year" and quantity.unit == "count":
        quantity = quantity.relabelled("calendar year")
    if row["precision"] == "exact":
        quantity = quantity.exact()
    if quantity.unit != row["unit"]:
        raise DataError(
            f'{place}, column unit: found "{row["unit"]}", but "{stated}" is in {quantity.unit}. Correct the unit or the stated text.'
        )
    try:
        value = to_fraction(row["value"])
    except QuantityError as error:
        raise DataError(f"{place}, column value: {error}.") from None
    if value != quantity.anchor:
        raise DataError(
            f'{place}, column value: {row["value"]} {row["unit"]} is not what "{stated}" says, which is {plain(quantity)}. '
            "Correct the value or the stated text."
        )
    return quantity


def plain(quantity: Quantity) -> str:
    """Return a quantity's anchor as plain digits, or as a fraction where digits do not end."""
    anchor = quantity.anchor
    if anchor.denominator == 1:
        return str(anchor.numerator)
    digits = f"{float(anchor):.12g}"
    return digits if Fraction(digits) == anchor else f"{anchor.numerator}/{anchor.denominator}"


def _figure(row: dict[str, Any]) -> Figure:
    quantity = double_entry(row)
    names = (
        "id",
        "source",
        "locator",
        "quote",
        "stated",
        "unit",
        "population",
        "place",
        "period",
        "as_of",
        "origin",
        "series",
        "category",
        "note",
    )
    return Figure(quantity=quantity, where=where(row), **{name: row[name] for name in names})


def _newest(found: list[Figure]) -> list[Figure]:
    return [figure for figure in found if figure.as_of == found[0].as_of]


def _width(figure: Figure) -> Any:
    interval = figure.quantity.interval
    return interval.high - interval.low, not figure.series
