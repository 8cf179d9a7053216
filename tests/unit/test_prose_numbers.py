"""Which numbers a sentence states as evidence, worked out by hand: add a row to prose_numbers.csv, not a test here."""

import csv

from every import every

from evidence.paths import ROOT
from evidence.quantity import find_numbers, parse

with (ROOT / "tests" / "unit" / "prose_numbers.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

every_row = every("row", ROWS, ids=[row["why"] for row in ROWS])


def stated(row):
    return row["numbers"].split(" | ") if row["numbers"] else []


def test_the_table_has_sentences_with_and_without_numbers():
    assert sum(bool(row["numbers"]) for row in ROWS) >= 30
    assert sum(not row["numbers"] for row in ROWS) >= 15


@every_row
def test_numbers_found_are_those_stated(row):
    assert [found.text for found in find_numbers(row["sentence"])] == stated(row)


@every_row
def test_offsets_point_at_the_number(row):
    assert [row["sentence"][found.start : found.end] for found in find_numbers(row["sentence"])] == stated(row)


@every("number", [number for row in ROWS for number in stated(row)])
def test_a_stated_number_reads_as_one_when_linked(number):
    assert parse(number).text == number


@every("row", [row for row in ROWS if row["numbers"]], ids=lambda row: row["why"])
def test_a_masked_number_is_not_found(row):
    masked = row["sentence"]
    for found in find_numbers(row["sentence"]):
        masked = masked[: found.start] + "\u2063" * (found.end - found.start) + masked[found.end :]
    assert find_numbers(masked) == []


def test_an_order_of_magnitude_is_found_though_no_figure_could_hold_it():
    """Prose that says so must be reworded: it states a number that nothing can be held against."""
    found = find_numbers("Thousands of firms took part, a dozen of them won, and a couple of towns came close.")
    assert [number.text for number in found] == ["Thousands", "a dozen", "a couple of"]
