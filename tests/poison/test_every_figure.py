"""Every record of every figure, changed by one unit, is noticed: put a test here when a kind of record is added."""

from every import every
from nudge import nudge, nudge_value
from whole import LIBRARY

from evidence.catalog.validation import data_products, record_problems

PRODUCTS = data_products(LIBRARY)
ROWS = LIBRARY.all_rows("figures")


def named(row):
    return f"{row['id']}@{row['_row']}"


def assert_red(row, changed):
    """The changed record is refused, and the message names its file, row and id."""
    problems = record_problems({**row, **changed}, PRODUCTS)
    assert problems
    assert f"data/{row['_file']}, row {row['_row']} ({row['id']})" in str(problems[0].place)


def test_the_library_is_clean_and_not_empty():
    assert len(ROWS) > 400
    assert [problem for row in ROWS for problem in record_problems(row, PRODUCTS)] == []


@every("row", ROWS, ids=named)
def test_a_changed_value_is_noticed(row):
    assert_red(row, {"value": nudge_value(row["value"])})


@every("row", ROWS, ids=named)
def test_a_changed_stated_text_is_noticed(row):
    changed = nudge(row["stated"])
    assert changed != row["stated"]
    assert_red(row, {"stated": changed})


@every("row", [row for row in ROWS if row["quote"]], ids=named)
def test_a_changed_number_in_a_quote_is_noticed(row):
    assert row["quote"].count(row["stated"]) >= 1
    start = row["quote"].index(row["stated"])
    changed = row["quote"][:start] + nudge(row["stated"]) + row["quote"][start + len(row["stated"]) :]
    assert_red(row, {"quote": changed})
