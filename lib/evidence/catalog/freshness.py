"""How fresh a source is: when its next release is due, and whether that day has passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta

from evidence.catalog.library import Library

MONTHS = {"monthly": 1, "quarterly": 3, "annual": 12, "every two years": 24}
"""Months between releases by the cadence of a source; other cadences (one-off, irregular, with every edition) have no due date."""


def edition_day(library: Library) -> str:
    """Return the day a library stands for, ISO: the day it is seen on, or the newest date of publication in it."""
    days = [figure.as_of for found in library.records.values() for figure in found]
    return library.as_of or max(days or [row["as_of"] for row in library.rows("sources")])


def in_words(iso: str) -> str:
    """Return a day in words.

    Example:
        >>> in_words("2026-11-21")
        '21 November 2026'
    """
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"


def last_release(library: Library, source: str) -> str:
    """Return the date of the newest release of a source in the library, up to its day, ISO.

    Raises:
        KeyError: If there is no such source on that day.
    """
    own: str = library.by_id("sources")[source]["as_of"]
    dates = {own, library.newest_days.get(source, own)}
    return max(day for day in dates if not library.as_of or day <= library.as_of)


def next_due(row: dict[str, Any], released: str) -> str:
    """Return the day the release after `released` is due by the source's cadence, ISO; empty where no release is awaited.

    Example:
        >>> next_due({"cadence": "quarterly"}, "2026-11-30"), next_due({"cadence": "one-off"}, "2026-04-30")
        ('2027-02-28', '')
    """
    if row["cadence"] not in MONTHS:
        return ""
    due: date = date.fromisoformat(released) + relativedelta(months=MONTHS[row["cadence"]])
    return due.isoformat()


def freshness(due: str, day: str) -> str:
    """Return `overdue` once the day a release was due has passed, else `current`.

    Example:
        >>> freshness("2026-05-26", "2026-11-21"), freshness("", "2026-11-21")
        ('overdue', 'current')
    """
    return "overdue" if due and due < day else "current"


@dataclass(frozen=True, slots=True)
class ReleaseStanding:
    """How a source stands on a day.

    Attributes:
        source: Its key.
        cadence: How often a release is due, in words.
        released: Date of its newest release in the library, ISO.
        due: Day the next is due, ISO; empty where none is awaited.
        days_overdue: Days since that day has passed; 0 if it has not.
    """

    source: str
    cadence: str
    released: str
    due: str
    days_overdue: int


def days_overdue(due: str, day: str) -> int:
    """Return how many days ago a release was due; 0 if it is not overdue or none is awaited.

    Example:
        >>> days_overdue("2026-10-23", "2026-10-25"), days_overdue("2026-10-23", "2026-10-23"), days_overdue("", "2026-10-25")
        (2, 0, 0)
    """
    return max((date.fromisoformat(day) - date.fromisoformat(due)).days, 0) if due else 0


def standings(library: Library, day: str) -> list[ReleaseStanding]:
    """Return how every source stands on a day: the longest overdue first, then by the day the next release is due, then those without one.

    Args:
        library: The data library.
        day: The day, ISO.
    """
    found = []
    for row in library.rows("sources"):
        released = last_release(library, row["id"])
        due = next_due(row, released)
        found.append(ReleaseStanding(row["id"], row["cadence"], released, due, days_overdue(due, day)))
    return sorted(found, key=lambda standing: (not standing.due, standing.due, standing.source))
