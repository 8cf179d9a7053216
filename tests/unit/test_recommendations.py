"""The order of recommendations: put a test here for what speaks for or against one, and for where that places it."""

import csv
import re
from collections import Counter

import pytest

from evidence import paths
from evidence.catalog import load
from evidence.chapter import Chapter
from made_together.recommendation_views import COLUMNS, column_of, weighed


def cells(name):
    with (paths.data_dir() / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("kind", "target", "column"),
    [
        ("finding", "growth-hubs.engagement.performance", "Control group"),
        ("finding", "careers.employer-contact.neet", "Association"),
        ("finding", "social-value.transparency.gaming", "Opinions"),
        ("figure", "sme.barriers.finance", "Counts"),
        ("case", "case.catch", "Cases"),
    ],
)
def test_evidence_stands_in_the_column_of_how_it_is_known(kind, target, column):
    assert column_of(load(), {"kind": kind, "target": target}) == column


def test_what_a_control_group_speaks_for_comes_first_and_what_is_only_spoken_against_last():
    order = list(weighed(load()))
    assert set(order[:3]) == {"rec.community-hubs", "rec.business.engage-bodies", "rec.vertical-coordination"}
    supported = {row["recommendation"] for row in cells("recommendation-support") if row["relation"] == "supports"}
    opposed = {row["recommendation"] for row in cells("recommendation-support") if row["relation"] == "limits"}
    assert {order[-1]} == opposed - supported


def test_a_record_against_takes_away_one_for():
    """Two associations for it and one against leave one, and so it stands behind what has one association and a review as well."""
    order = list(weighed(load()))
    assert order.index("rec.perceptions.early-careers") < order.index("rec.advanced-regions.social-connectivity")


@pytest.mark.parametrize(
    ("day", "recommending"),
    [
        ("2014-12-30", set()),
        ("2026-04-30", {"birmingham", "demos", "interact"}),
        ("2026-11-21", {"birmingham", "creative", "demos", "interact", "left-behind"}),
    ],
)
def test_what_sources_recommend_that_were_not_out_on_the_day_is_left_out(day, recommending):
    source = {row["id"]: row["source"] for row in cells("recommendations")}
    assert {source[name] for name in weighed(load(as_of=day))} == recommending


def test_the_table_holds_every_recommendation_with_a_mark_for_each_record_for_or_against_it():
    shown = str(Chapter("recommendations").weighed().html)
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", shown)
    assert len(rows) == len(cells("recommendations"))
    records = Counter(row["relation"] for row in cells("recommendation-support"))
    assert (shown.count("●"), shown.count("◇")) == (records["supports"], records["limits"])
    said = re.findall(r"visually-hidden\">([^<]*)<", shown)
    assert sum(int(number) for text in said for number in re.findall(r"(\d+) for", text)) == records["supports"]
    assert all(row.count("<td>") == len(COLUMNS) for row in rows)
