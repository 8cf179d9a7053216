"""When a source's next release is due: put a test here when a cadence is added."""

import pytest
from whole import LIBRARY

from evidence.catalog import freshness, load


@pytest.mark.parametrize(
    ("cadence", "released", "due"),
    [
        ("annual", "2025-10-23", "2026-10-23"),
        ("annual", "2024-02-29", "2025-02-28"),
        ("quarterly", "2025-11-30", "2026-02-28"),
        ("quarterly", "2025-12-15", "2026-03-15"),
        ("monthly", "2026-01-31", "2026-02-28"),
        ("every two years", "2024-06-01", "2026-06-01"),
        ("one-off", "2026-04-30", ""),
        ("irregular", "2023-09-28", ""),
        ("with every edition", "2026-11-21", ""),
    ],
)
def test_the_next_release_is_due_one_cadence_later(cadence, released, due):
    assert freshness.next_due({"cadence": cadence}, released) == due


def test_a_release_is_overdue_on_the_day_after_it_was_due():
    assert freshness.freshness("2026-10-23", "2026-10-23") == "current"
    assert freshness.freshness("2026-10-23", "2026-10-24") == "overdue"


def test_the_day_of_an_edition_is_the_day_it_is_seen_on_or_its_newest_publication():
    assert freshness.edition_day(load(as_of="2026-04-30")) == "2026-04-30"
    assert freshness.edition_day(LIBRARY) == max(row["as_of"] for row in LIBRARY.rows("figures"))


def test_the_newest_figure_counts_as_release_where_it_is_newer_than_the_source():
    assert freshness.last_release(LIBRARY, "ons-neet") == "2026-02-26"
    assert freshness.last_release(LIBRARY, "demos") == "2026-04-30"


def test_every_cadence_of_the_library_is_known():
    known = {*freshness.MONTHS, "one-off", "irregular", "with every edition"}
    assert {row["cadence"] for row in LIBRARY.rows("sources")} <= known


@pytest.mark.parametrize(("day", "days"), [("2026-10-22", 0), ("2026-10-23", 0), ("2026-10-24", 1), ("2027-10-23", 365)])
def test_days_overdue_are_counted_from_the_day_it_was_due(day, days):
    assert freshness.days_overdue("2026-10-23", day) == days


def test_a_source_without_a_next_release_is_never_overdue():
    assert freshness.days_overdue("", "2999-01-01") == 0


def test_the_longest_overdue_stand_first_and_those_without_a_date_last():
    found = freshness.standings(LIBRARY, "2026-11-21")
    assert [(one.source, one.days_overdue) for one in found[:3]] == [("ons-aps", 584), ("ons-gdp", 218), ("ons-neet", 179)]
    dated = [bool(one.due) for one in found]
    assert dated == sorted(dated, reverse=True)
    assert len(found) == len(LIBRARY.rows("sources"))


class Watched(dict):
    """Figures that count how often somebody goes through all of them."""

    looks = 0

    def values(self):
        self.looks += 1
        return super().values()


def test_the_figures_are_looked_through_once_for_the_releases_of_all_sources():
    """Advice on each figure asks for the release of its source: a look through all for each would take a hundred times as long for ten times the figures."""
    library, watched = load(), Watched(LIBRARY.figures)
    library.__dict__["figures"] = watched
    for source, row in [*library.by_id("sources").items()] * 2:
        days = {row["as_of"]} | {figure.as_of for figure in LIBRARY.figures.values() if figure.source == source}
        assert freshness.last_release(library, source) == max(days)
    assert watched.looks == 1
