"""The loop that whole tables are tested in: put a test here when a row could fail and nobody would hear of it."""

import pytest
from every import every


def untold(test, **fixtures):
    """Run a test that must fail and return what it tells."""
    with pytest.raises(pytest.fail.Exception) as failed:
        test(**fixtures)
    return str(failed.value)


def test_each_row_that_fails_is_named_with_its_reason_and_no_other():
    @every("number", [1, 2, 3, 4], ids=["one", "two", "three", "four"])
    def even(number):
        assert number % 2 == 0, f"{number} is odd"

    told = untold(even)
    assert told.startswith("2 of 4 fail\none: AssertionError in even, line ")
    assert [word in told for word in ("1 is odd", "three: ", "3 is odd", "two", "four")] == [True, True, True, False, False]


@pytest.mark.parametrize("end", [KeyError, pytest.fail, pytest.skip])
def test_a_row_may_fail_in_any_way_and_the_rows_behind_it_are_tried(end):
    tried = []

    @every("name", ["a", "b"])
    def fails(name):
        tried.append(name)
        raise end("gone") if isinstance(end, type) else end.Exception("gone")

    assert untold(fails).startswith("2 of 2 fail\na: ")
    assert tried == ["a", "b"]


def test_a_row_of_several_values_fills_several_arguments_beside_the_fixtures():
    seen = []

    @every("a,b", [(1, 2), (3, 4)])
    def adds(a, b, shared):
        seen.append(a + b + shared)

    adds(shared=10)
    assert seen == [13, 17]


def test_a_row_with_a_value_too_many_is_an_error():
    @every("a,b", [(1, 2, 3)])
    def takes(a, b):
        pass

    assert "ValueError" in untold(takes)


def test_rows_that_take_long_are_made_when_they_are_tried():
    made = []

    @every("number", lambda: made.append(1) or [2, 3], ids=str)
    def even(number):
        assert number % 2 == 0

    assert made == []
    assert untold(even).startswith("1 of 2 fail\n3: ")


def test_a_table_without_a_row_fails():
    with pytest.raises(AssertionError, match="there is no row to try"):
        every("row", [])(lambda row: None)()


@every("number", [1, 2])
def test_pytest_gives_what_no_row_fills(number, tmp_path):
    assert tmp_path.is_dir()
    assert number
