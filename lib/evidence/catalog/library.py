"""`Library`: the data library in memory, as known on a day."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.catalog import schema
from evidence.catalog.figures import COMPUTED, Figure, read_figure
from evidence.catalog.patterns import DATE
from evidence.catalog.periods import Period, read_period
from evidence.catalog.rows import read_table
from evidence.errors import DataError, UnpublishedError
from evidence.problems import NOWHERE, Problem


class Library:
    """The data library as known on a day.

    Args:
        tables: The records of each table by name, as text cells with file and row; not to be changed.

    Attributes:
        as_of: Day the library is seen on, ISO, or empty for all there is.
        directory: Where it was read from.
    """

    def __init__(self, tables: dict[str, list[dict[str, Any]]], as_of: str = "", directory: Path | None = None) -> None:
        self.as_of = as_of
        self.directory = directory
        self._all_rows = tables
        self._rows: dict[str, list[dict[str, Any]]] = {}
        self._by_id: dict[str, dict[str, dict[str, Any]]] = {}

    @cached_property
    def records(self) -> dict[str, list[Figure]]:
        """Every figure's records by id: all places and vintages up to the day, newest vintage first, file order within.

        Raises:
            DataError: If a record's value, unit or stated text contradict each other.
        """
        grouped: dict[str, list[Figure]] = defaultdict(list)
        problems: list[Problem] = []
        for row in self.rows("figures"):
            try:
                grouped[row["id"]].append(read_figure(row))
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
    def newest_days(self) -> dict[str, str]:
        """The newest day on which a figure of each source was published, ISO, by its key."""
        newest: dict[str, str] = {}
        for figure in self.figures.values():
            newest[figure.source] = max(figure.as_of, newest.get(figure.source, ""))
        return newest

    @cached_property
    def ranges(self) -> dict[str, tuple[Figure, Figure]]:
        """Low and high end of each range, by the id without `.low` and `.high`."""
        stems = [key.removesuffix(".low") for key in self.figures if key.endswith(".low")]
        return {stem: (self.figures[f"{stem}.low"], self.figures[f"{stem}.high"]) for stem in stems if f"{stem}.high" in self.figures}

    @cached_property
    def _declared_periods(self) -> dict[tuple[str, str], Period]:
        return {(row["period"], row["source"]): Period(row["from"], row["to"], row["basis"]) for row in self.all_rows("periods")}

    def period(self, text: str, source: str, as_of: str = "") -> Period | None:
        """Return what a period means that a source gives: as `periods.csv` declares it, or else as the grammar reads it.

        Args:
            text: The period as written.
            source: Key of the source.
            as_of: Day of publication, ISO, up to which "since" reaches.

        Returns:
            None where neither knows it.
        """
        declared = self._declared_periods
        return declared.get((text, source)) or declared.get((text, "")) or read_period(text, as_of)

    def confidence(self, identifier: str, as_of: str = "") -> tuple[Figure, Figure] | None:
        """Return the ends of a figure's interval of confidence, its source's own or else one we compute; None where its vintage has none.

        Args:
            identifier: The figure.
            as_of: Day its vintage was published; that of the newest when empty.

        Raises:
            DataError: If there is no such figure on this day.
        """
        day = as_of or self.figure(identifier).as_of
        for stem in (identifier, f"{COMPUTED}.{identifier}"):
            low, high = ([one for one in self.records.get(f"{stem}.interval.{end}", ()) if one.as_of == day] for end in ("low", "high"))
            if low and high:
                return min(low, key=_width), min(high, key=_width)
        return None

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
            raise self.absent("figures", identifier, self.records)
        return _newest(self.records[identifier])

    def earlier(self, identifier: str) -> list[Figure]:
        """Return the figure as each earlier vintage stated it most precisely, newest first.

        Raises:
            DataError: If there is no such figure on this day.
        """
        current = self.figure(identifier).as_of
        dates = sorted({record.as_of for record in self.records[identifier]} - {current}, reverse=True)
        return [min((record for record in self.records[identifier] if record.as_of == day), key=_width) for day in dates]

    def figure(self, identifier: str) -> Figure:
        """Return the figure of an id, stated as precisely as its source states it.

        Raises:
            DataError: If there is no such figure on this day.
        """
        if identifier not in self.figures:
            raise self.absent("figures", identifier, [*self.figures, *self.ranges])
        return self.figures[identifier]

    def absent(self, table: str, identifier: str, known: Any) -> DataError:
        """Return the error for a record that is not here: published after the library's day, or unknown altogether.

        Args:
            table: Its table.
            identifier: Its id; of figures, also a range, a series, or what ids begin with.
            known: Ids that could have been meant.
        """
        later = self.as_of and any(_names(row, identifier) for row in self.all_rows(table))
        if later:
            return UnpublishedError(f'"{identifier}" was not published by {self.as_of}')
        return DataError(unknown_id(identifier, known, table.removesuffix("s")))

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Return the records of a table as dictionaries of text, in file order; those with a date, up to the day. Not to be changed.

        A source is there from its first figure on, though its row tells of its newest release.
        """
        if table not in self._rows:
            self._rows[table] = [row for row in self.all_rows(table) if not self.as_of or self._published(table, row)]
        return self._rows[table]

    def _published(self, table: str, row: dict[str, Any]) -> bool:
        declared = schema.table(table)
        if declared.owner:
            return row[declared.follows] in self.by_id(declared.owner)
        if table == "corrections":  # nothing disagrees before both sides are published
            sides = [*row["figures"].split(), *row["findings"].split()]
            return all(name in self.figures or name in self.by_id("findings") for name in sides)
        return row.get(declared.dated, "") <= self.as_of or (table == "sources" and row["id"] in self._early)

    @cached_property
    def _early(self) -> set[str]:
        """Sources with a figure on this day."""
        return {row["source"] for row in self.rows("figures")}

    def all_rows(self, table: str) -> list[dict[str, Any]]:
        """Return the records of a table as `rows` does, whatever the day."""
        return self._all_rows[table]

    def by_id(self, table: str) -> dict[str, dict[str, Any]]:
        """Return the records of a table by their id, as `rows` gives them."""
        if table not in self._by_id:
            self._by_id[table] = {row["id"]: row for row in self.rows(table)}
        return self._by_id[table]


def load(data_dir: str | Path = "", as_of: str = "") -> Library:
    """Return the data library of a folder.

    Args:
        data_dir: Folder to read; empty for the repository's own.
        as_of: ISO date to see it on; empty for all there is.

    Raises:
        DataError: If a file cannot be read as its table, or `as_of` is not a date.
    """
    if as_of:
        _check_day(as_of)
    directory = paths.data_dir(data_dir)
    if not directory.is_dir():
        raise DataError(f"{directory.name}: no such data library. Give the folder that holds sources.csv and figures/.")
    return Library({table.name: read_table(directory, table) for table in schema.tables()}, as_of, directory)


def _check_day(as_of: str) -> None:
    try:
        known = re.fullmatch(DATE, as_of) and date.fromisoformat(as_of)
    except ValueError:
        known = None
    if not known:
        raise DataError(f'as_of "{as_of}" is not a date; write it as 2026-04-30.')


def _names(row: dict[str, Any], identifier: str) -> bool:
    return identifier in (row["id"], row.get("series")) or row["id"].startswith(f"{identifier}.")


def unknown_id(identifier: str, known: Iterable[str], kind: str = "figure") -> Problem:
    """Return the problem of an id that does not exist, with the nearest ones that do; `kind` is what it should be the id of."""
    near = tuple(difflib.get_close_matches(identifier, list(known), n=3, cutoff=0.5))
    return Problem(NOWHERE, f'unknown {kind} "{identifier}".', "Search the library with: evidence cite WORDS", nearest=near)


def _newest(found: list[Figure]) -> list[Figure]:
    return [figure for figure in found if figure.as_of == found[0].as_of]


def _width(figure: Figure) -> Any:
    interval = figure.quantity.interval
    return interval.high - interval.low, not figure.series
