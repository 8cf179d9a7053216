"""Views of the edition itself: what changed last, and the whole history of changes."""

from __future__ import annotations

from html import escape
from typing import Any

from evidence.catalog import Library, freshness
from evidence.chapter.output import Output, figure_link, stacked, table

_HEADERS = ["Date", "Figure", "Before", "Now", "Kind of change", "Reason"]


def latest_view(library: Library, released: list[list[str]], count: int = 5) -> Output:
    """Return the newest accepted changes, and the newest releases that the edition holds.

    Args:
        library: The edition's data library.
        released: What `releases` returns for it.
        count: How many of each to show at most.
    """
    changes = _history(library)
    told = (
        changes_table(library, changes[:count])
        if changes
        else Output("<p>No figure has changed since the first edition.</p>", "No figure has changed since the first edition.")
    )
    feed = Output('<p class="feed"><a href="../feed.xml">Follow changes of figures in a feed reader</a></p>', "Feed: feed.xml")
    return stacked(told, _releases_table(released[:count]), feed)


def history_view(library: Library) -> Output:
    """Return every accepted change of a figure, newest first."""
    changes = _history(library)
    if not changes:
        return Output("<p>No figure has changed since the first edition.</p>", "No figure has changed since the first edition.")
    return changes_table(library, changes)


def changes_table(library: Library, changes: list[dict[str, Any]]) -> Output:
    """Return accepted changes as a table."""
    texts = [[row["date"], row["figure"], row["old"] or "–", row["new"], row["class"], row["reason"]] for row in changes]
    cells = [[escape(text) for text in row] for row in texts]
    for cell, row in zip(cells, changes, strict=True):
        cell[3] = figure_link(row["figure"], row["new"]) if row["figure"] in library.figures or row["figure"] in library.ranges else cell[3]
    return table(_HEADERS, cells, texts)


def _history(library: Library) -> list[dict[str, Any]]:
    rows = [row for row in library.rows("history") if not library.as_of or row["date"] <= library.as_of]
    return sorted(rows, key=lambda row: row["date"], reverse=True)


def releases(library: Library) -> list[list[str]]:
    """Return name, newest release, day the next is due and freshness of each source with a release to come, newest release first."""
    day = freshness.edition_day(library)
    rows = []
    for row in library.rows("sources"):
        released = freshness.last_release(library, row["id"])
        if due := freshness.next_due(row, released):
            rows.append([row["short"], released, due, freshness.freshness(due, day)])
    return sorted(rows, key=lambda cells: cells[1], reverse=True)


def _releases_table(rows: list[list[str]]) -> Output:
    headers = ["Newest releases in this edition", "Published", "Next due", "On the day of this edition"]
    return table(headers, [[escape(cell) for cell in cells] for cells in rows], rows)
