"""Cells that are more than text: periods, places and days of publication, held against the register of each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from evidence.catalog import schema
from evidence.catalog.declaration import Table
from evidence.catalog.figures import COMPUTED, where
from evidence.catalog.library import Library
from evidence.catalog.periods import Period, nearest_period, read_period
from evidence.catalog.place_names import nearest_places, unknown_part
from evidence.problems import Problem

_WRITTEN = date(2026, 1, 1)
"""A day on which this engine was there: a clock that shows an earlier one is wrong."""
_AHEAD = timedelta(days=731)
"""How far ahead of today a day of publication may lie: releases are announced, and rehearsed on made-up data."""
_SPELLINGS = (
    'Write it such as "March 2026", "Jan to Mar 2025", "2025", "2016/17", "2010 to 2022", "since 2008", "early 1960s" or '
    '"2024, relative to 2021"; any other wording needs a row with a reason in data/periods.csv.'
)


class CellTypes:
    """What periods, places and days of a library are held against.

    Args:
        library: The library, whose references are in order.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._latest = max(date.today(), _WRITTEN) + _AHEAD

    @cached_property
    def _sets(self) -> set[str]:
        return {row["place"] for row in self._library.all_rows(schema.PLACE_SETS.name)}

    @cached_property
    def _sources(self) -> dict[str, dict[str, Any]]:
        return {row["id"]: row for row in self._library.all_rows("sources")}

    @cached_property
    def _begun(self) -> dict[str, str]:
        """The first day on which what a source says can have been published, by source, where that is known."""
        printed = {key: read_period(row["published"]) for key, row in self._sources.items()}
        begun = {key: period.start for key, period in printed.items() if period and period.start}
        documents = {key: day for key, day in begun.items() if self._sources[key]["seed"]}
        return documents | ({COMPUTED: min(begun.values())} if begun else {})

    def problems(self, table: Table, row: dict[str, Any]) -> Iterator[Problem]:
        """Yield what is wrong with the periods, places and days of a row.

        Args:
            table: The table it is in.
            row: Its cells, each in order by itself, with its file and row.
        """
        days = list(self._day(row, table.dated)) if table.dated in table.names else []
        yield from days
        for column in table.columns:
            if column.holds == "period":
                yield from self._period(row, column.name, "" if days else row.get(table.dated, ""))
            elif column.holds == "place" and self._sets and (part := unknown_part(row[column.name], self._sets)):
                remedy = "Correct the name; a place that no register names needs a row with a reason in data/place-sets.csv."
                yield Problem(where(row, column.name), f'unknown place "{part}".', remedy, nearest=nearest_places(part, self._sets))
        if table.name == "sources":
            yield from _printed(row)
        if table.name == schema.PERIODS.name and row["from"] and row["to"] and row["from"] > row["to"]:
            yield Problem(where(row, "from, to"), f"{row['from']} is later than {row['to']}.", "Give the earlier day first.")

    def _period(self, row: dict[str, Any], column: str, as_of: str) -> Iterator[Problem]:
        text = row[column]
        period = self._library.period(text, row.get("source", ""), as_of)
        if period is None:
            yield Problem(where(row, column), f'found "{text}"; it does not read as a period.', _SPELLINGS, nearest=nearest_period(text))
        elif as_of and not period.projected and _ahead(period, as_of):
            remedy = 'Correct the one that is wrong; of a number for a time to come write "2030, projected".'
            yield Problem(where(row, f"{column}, as_of"), f'"{text}" lies after {as_of}, the day it was published.', remedy)

    def _day(self, row: dict[str, Any], column: str) -> Iterator[Problem]:
        day, begun = row[column], self._begun.get(row.get("source", ""), "")
        if day > self._latest.isoformat():
            yield Problem(
                where(row, column), f'found "{day}", which lies more than two years ahead.', "Write the day on which it was published."
            )
        elif day < begun:
            remedy = "Write the day on which it was published, or correct the source in sources.csv."
            yield Problem(where(row, column), f'found "{day}"; {row["source"]} was not there before {begun}.', remedy)


def _ahead(period: Period, as_of: str) -> bool:
    """Return whether a period begins after a day, or ends more than the year after that of the day."""
    return period.start > as_of or int((period.end or as_of)[:4]) > int(as_of[:4]) + 1


def _printed(row: dict[str, Any]) -> Iterator[Problem]:
    """Yield where the day of a source does not lie in its printed date of publication."""
    period = read_period(row["published"])
    if period and period.start and period.end and not period.start <= row["as_of"] <= period.end:
        told = f'found "{row["as_of"]}", but it was published {row["published"]}: from {period.start} to {period.end}.'
        yield Problem(where(row, "as_of"), told, "Correct the one that is wrong.")


def wrong_types(library: Library) -> Iterator[Problem]:
    """Yield a problem for each period, place and day of a library that cannot be."""
    register = CellTypes(library)
    for table in schema.tables():
        for row in library.all_rows(table.name):
            yield from register.problems(table, row)
