"""What looks like a stated number and is none, and what looks like none and is one: add a row to number_classes.csv, not a test here."""

import csv
from collections import Counter

from every import every

from evidence.paths import ROOT
from evidence.quantity import find_numbers

with (ROOT / "tests" / "unit" / "number_classes.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def test_each_class_has_ten_sentences_that_it_must_not_claim():
    counts = Counter(row["class"] for row in ROWS if row["claims"] == "no")
    assert set(counts) == {"year", "date", "age", "ordinal", "name", "label", "version", "speech"}
    assert min(counts.values()) >= 10


@every("row", ROWS, ids=[row["sentence"] for row in ROWS])
def test_a_class_claims_what_is_its_own_and_nothing_else(row):
    stated = row["numbers"].split(" | ") if row["numbers"] else []
    assert [found.text for found in find_numbers(row["sentence"])] == stated


HOSTILE = {
    "one hundred and ": ("one hundred", 10_000),
    "1 ": ("1", 2_000),
    "5-": ("5", 2_000),
    "a half and ": ("a half", 2_000),
    "over over ": ("", 0),
    "between one and ": ("", 0),
    "aged from 16 to ": ("", 0),
}


@every("phrase", list(HOSTILE))
def test_every_number_of_a_long_hostile_text_is_told(phrase):
    text, count = HOSTILE[phrase]
    assert [number.text for number in find_numbers(phrase * (count or 2_000))] == [text] * count


def test_a_numeral_too_long_to_mean_anything_is_told_all_the_same():
    assert [number.text for number in find_numbers("9" * 5_000)] == ["9" * 5_000]
