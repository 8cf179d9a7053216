"""Views of the edition itself: what changed last, and the whole history of changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence.audit import Verdict, tally
from evidence.catalog import Library, freshness
from evidence.catalog.freshness import in_words
from evidence.chapter.output import Output, figure_link, stacked, table
from evidence.markup import Html, html

_NOTHING = Output(Html("<p>No figure has changed since the first edition.</p>"), "No figure has changed since the first edition.")
_HEADERS = ["Date", "Figure", "Before", "Now", "Kind of change", "Reason"]


def latest_view(library: Library, count: int = 5) -> Output:
    """Return the newest accepted changes, and the newest releases that the edition holds.

    Args:
        library: The edition's data library.
        count: How many of each to show at most.
    """
    changes = _history(library)
    told = changes_table(library, changes[:count]) if changes else _NOTHING
    feed = Output(Html('<p class="feed"><a href="../feed.xml">Follow changes of figures in a feed reader</a></p>'), "Feed: feed.xml")
    return stacked(told, _releases_table(_releases(library)[:count]), feed)


def history_view(library: Library) -> Output:
    """Return every accepted change of a figure, newest first."""
    changes = _history(library)
    if not changes:
        return _NOTHING
    return changes_table(library, changes)


def status_view(library: Library) -> Output:
    """Return how every source stands on the edition's own day, in two tables: those with a release to come, the longest overdue first, and the rest."""
    day = freshness.edition_day(library)
    connected = {row["source"] for row in library.rows("connectors")}
    short = {row["id"]: row["short"] for row in library.rows("sources")}
    found = freshness.standings(library, day)
    awaited = [
        [short[one.source], one.cadence, in_words(one.released), _next(one), "by command" if one.source in connected else "by hand"]
        for one in found
        if one.due
    ]
    others = [[short[one.source], one.cadence, in_words(one.released)] for one in found if not one.due]
    headers = ["Source", "How often", "Last release here", "Next release", "Asked for"]
    return stacked(
        table(headers, awaited, caption=f"Sources with a release to come, on {in_words(day)}, the day of this edition"),
        table(headers[:3], others, caption="Sources with no release to come, or none at a fixed time"),
    )


def _next(standing: freshness.ReleaseStanding) -> str:
    due = in_words(standing.due)
    return f"overdue by {standing.days_overdue} days, since {due}" if standing.days_overdue else f"due {due}"


def changes_table(library: Library, changes: list[dict[str, Any]]) -> Output:
    """Return accepted changes as a table."""
    texts = [[in_words(row["date"]), row["figure"], row["old"] or "–", row["new"], row["class"], row["reason"]] for row in changes]
    cells = [[*row] for row in texts]
    for cell, row in zip(cells, changes, strict=True):
        cell[3] = figure_link(row["figure"], row["new"]) if row["figure"] in library.figures or row["figure"] in library.ranges else cell[3]
    return table(_HEADERS, texts, cells)


def _history(library: Library) -> list[dict[str, Any]]:
    rows = [row for row in library.rows("history") if not library.as_of or row["date"] <= library.as_of]
    return sorted(rows, key=lambda row: row["date"], reverse=True)


def _releases(library: Library) -> list[list[str]]:
    """Return name, newest release, day the next is due and freshness of each source with a release to come, newest release first."""
    day = freshness.edition_day(library)
    rows = []
    for row in library.rows("sources"):
        released = freshness.last_release(library, row["id"])
        if due := freshness.next_due(row, released):
            rows.append([row["short"], released, due, freshness.freshness(due, day)])
    newest = sorted(rows, key=lambda cells: cells[1], reverse=True)
    return [[short, in_words(released), in_words(due), standing] for short, released, due, standing in newest]


def _releases_table(rows: list[list[str]]) -> Output:
    headers = ["Newest releases in this edition", "Published", "Next due", "On the day of this edition"]
    return table(headers, rows)


def checks_view(library: Library, verdict_of: Mapping[str, Verdict]) -> Output:
    """Return what the whole book rests on: how many figures sources state, how many of them could be checked, and how many are our own."""
    counted = tally(verdict_of)
    sources = {verdict.figure.source for verdict in verdict_of.values() if not verdict.figure.computed and verdict.word != "assumed"}
    line = (
        f"{counted.stated:,} figures are stated by {len(sources)} sources; {counted.compared:,} of them could be recomputed or compared; for "
        f"the others we say only what the source states, and each card says how we read it. {counted.ours:,} more are computed here, and {counted.assumed:,} are assumptions of a "
        "model."
    )
    return Output(html('<p class="checks">{}</p>', line), line)
