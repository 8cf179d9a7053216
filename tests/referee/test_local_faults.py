"""What a pencil finds within two sentences, in many wordings: each text is right as it stands, and a fault is told where a part of it is replaced."""

import csv
from pathlib import Path

import pytest
from reading import kinds

TABLES = sorted(Path(__file__).parent.glob("local_*.csv"))


def rows(table):
    """Return kind, text that is right, and text with a fault; the last is empty where there is only what looks wrong."""
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = row["true"].replace("\\n", "\n")
            right, _, wrong = row["fault"].partition("→")
            assert text.count(right) == 1 or not right, f"{right} must stand in it once: {text}"
            yield row["kind"], text, text.replace(right, wrong) if right else ""


@pytest.mark.parametrize("table", TABLES, ids=[table.stem for table in TABLES])
def test_what_is_right_gives_no_alarm_and_each_fault_is_told(table):
    false = [(text, found) for _, text, _ in rows(table) if (found := kinds(text))]
    missed = [(kind, planted, kinds(planted)) for kind, _, planted in rows(table) if planted and kind not in kinds(planted)]
    assert (false, missed) == ([], [])
