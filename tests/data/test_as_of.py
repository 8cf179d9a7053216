"""Put a test here when it matters on which day the data library is looked at."""

import pytest

from evidence.catalog import load
from evidence.errors import DataError
from evidence.paths import ROOT
from evidence.recompute import recompute

DATA = ROOT / "data"
PUBLISHED = [
    ("birmingham", "2014-12-30", "2014-12-31"),
    ("interact", "2024-06-29", "2024-06-30"),
    ("dbt-bpe", "2025-10-01", "2025-10-02"),
    ("ons-ashe", "2025-10-22", "2025-10-23"),
    ("demos", "2026-04-29", "2026-04-30"),
    ("left-behind", "2026-11-20", "2026-11-21"),
    ("creative", "2026-11-20", "2026-11-21"),
]


def sources(library):
    return {figure.source for figure in library.figures.values()}


@pytest.mark.parametrize(("source", "eve", "_day"), PUBLISHED)
def test_no_figure_of_a_source_shows_on_the_day_before_it(source, eve, _day):
    assert source not in sources(load(DATA, eve))


@pytest.mark.parametrize(("source", "_eve", "day"), PUBLISHED)
def test_a_source_shows_from_its_day_on(source, _eve, day):
    assert source in sources(load(DATA, day))


@pytest.mark.parametrize(("source", "eve", "day"), [row for row in PUBLISHED if row[0] in ("interact", "demos", "left-behind", "creative")])
def test_findings_show_from_the_day_of_their_source_on(source, eve, day):
    assert source not in {row["source"] for row in load(DATA, eve).rows("findings")}
    assert source in {row["source"] for row in load(DATA, day).rows("findings")}


def test_before_every_source_there_are_no_figures():
    library = load(DATA, "2000-01-01")
    assert (library.figures, library.records, library.series, library.ranges) == ({}, {}, {}, {})


def test_without_a_day_every_vintage_is_there():
    assert len(load(DATA).records["official.neet.share"]) >= 4


@pytest.mark.parametrize(
    ("day", "count", "share", "period"),
    [
        ("2025-05-22", "923 thousand", "12.5%", "Jan to Mar 2025"),
        ("2025-08-20", "923 thousand", "12.5%", "Jan to Mar 2025"),
        ("2025-08-21", "948 thousand", "12.8%", "Apr to Jun 2025"),
        ("2025-11-19", "948 thousand", "12.8%", "Apr to Jun 2025"),
        ("2025-11-20", "946 thousand", "12.7%", "Jul to Sep 2025"),
        ("2026-02-25", "946 thousand", "12.7%", "Jul to Sep 2025"),
        ("2026-02-26", "957 thousand", "12.8%", "Oct to Dec 2025"),
        ("2026-04-30", "957 thousand", "12.8%", "Oct to Dec 2025"),
    ],
)
def test_the_newest_neet_vintage_of_the_day_is_the_figure(day, count, share, period):
    library = load(DATA, day)
    assert (library.figure("official.neet.count").stated, library.figure("official.neet.share").stated) == (count, share)
    assert library.figure("official.neet.share").period == period


def test_before_its_first_vintage_a_figure_is_not_published():
    with pytest.raises(DataError, match=r"was not published by 2025-05-21"):
        load(DATA, "2025-05-21").figure("official.neet.share")


def test_records_stand_newest_first(library):
    days = [figure.as_of for figure in library.records["official.neet.count"]]
    assert len(set(days)) >= 4
    assert days == sorted(days, reverse=True)


def test_places_are_those_of_the_newest_vintage_alone():
    assert [figure.as_of for figure in load(DATA, "2025-12-31").places("official.neet.count")] == ["2025-11-20"]


def test_a_series_shows_no_figure_of_a_later_day():
    day = "2018-12-31"
    shown = [figure for figures in load(DATA, day).series.values() for figure in figures]
    assert shown
    assert [figure.id for figure in shown if figure.as_of > day] == []


@pytest.mark.parametrize("day", ["2025-04-17", "2025-10-02", "2025-10-23", "2025-12-18", "2026-02-26", "2026-04-30", "2026-11-21"])
def test_a_computed_figure_shows_only_on_days_that_know_its_inputs(day):
    library = load(DATA, day)
    computed = [figure for figure in library.figures.values() if figure.computed]
    assert computed
    for figure in computed:
        assert figure.quantity.admits(recompute(library, figure.id).quantity.anchor), figure.id


@pytest.mark.parametrize(
    "day",
    [
        "yesterday",
        "2026",
        "2026-04",
        "30.04.2026",
        "2026-4-30",
        "2026-02-30",
        "2026-13-01",
        "20260430",
        "2026-W18-4",
        "2026-04-30T00:00",
        "∞",
    ],
)
def test_a_day_that_is_not_written_as_a_date_is_refused(day):
    with pytest.raises(DataError, match="is not a date; write it as") as caught:
        load(DATA, day)
    assert day in str(caught.value)


def test_a_source_is_known_from_its_first_figure_on():
    """The row of ons-neet is of February 2026, but its first quarter came out in May 2025."""
    known = {row["id"] for row in load(as_of="2025-06-01").rows("sources")}
    assert "ons-neet" in known
    assert "demos" not in known
