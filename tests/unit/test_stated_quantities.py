"""Every stated number met in the sources, against its meaning worked out by hand: add a row to stated_quantities.csv, not a test here."""

import csv
from fractions import Fraction

from every import every

from evidence.paths import ROOT
from evidence.quantity import Interval, parse

with (ROOT / "tests" / "unit" / "stated_quantities.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

QUANTIFIERS = ("most", "Most", "the majority", "a minority")

every_row = every("row", ROWS, ids=[row["expression"] for row in ROWS])


def worked_interval(row):
    return Interval(Fraction(row["low"]), Fraction(row["high"]), row["low_closed"] == "yes", row["high_closed"] == "yes")


def test_the_table_has_at_least_150_rows():
    assert len(ROWS) >= 150


def test_each_expression_occurs_once():
    expressions = [row["expression"] for row in ROWS]
    assert sorted(expressions) == sorted(set(expressions))


def test_only_quantifiers_have_no_anchor():
    assert {row["expression"] for row in ROWS if not row["anchor"]} == set(QUANTIFIERS)


@every_row
def test_unit_is_the_worked_one(row):
    assert parse(row["expression"]).unit == row["unit"]


@every_row
def test_interval_is_the_worked_one(row):
    assert parse(row["expression"]).interval == worked_interval(row)


@every("row", [row for row in ROWS if row["anchor"]], ids=lambda row: row["expression"])
def test_anchor_is_the_printed_number(row):
    assert parse(row["expression"]).anchor == Fraction(row["anchor"])


@every_row
def test_only_ranges_have_ends(row):
    assert bool(parse(row["expression"]).ends) == (row["kind"] == "range")


@every("row", [row for row in ROWS if row["kind"] == "range"], ids=lambda row: row["expression"])
def test_both_ends_of_a_range_are_the_printed_numbers(row):
    assert [end.anchor for end in parse(row["expression"]).ends] == [Fraction(row["anchor"]), Fraction(row["anchor_high"])]


@every_row
def test_white_space_around_and_inside_does_not_matter(row):
    spaced = parse(f"  {row['expression'].replace(' ', '  ')} ")
    assert (spaced.interval, spaced.unit) == (worked_interval(row), row["unit"])
