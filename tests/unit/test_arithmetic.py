"""Recomputations written out for readers: put a test here when the arithmetic shown must read in a certain way."""

from fractions import Fraction

import pytest

from evidence.catalog import load
from evidence.quantity import Quantity, parse
from evidence.recompute import REGISTER, recompute, simulated, written_out
from evidence.recompute.tracing import Traced

LIBRARY = load()


def traced(text):
    quantity = parse(text)
    return Traced(quantity.text, quantity.anchor, quantity.interval, quantity.unit, written=text)


def test_a_share_is_taken_of_something_and_other_products_are_times():
    assert (traced("34%") * traced("5,000") * traced("£8,900")).written == "34% of 5,000 × £8,900"


def test_a_sum_inside_a_quotient_is_put_in_brackets():
    assert ((traced("4") + traced("6")) / traced("5")).written == "(4 + 6) ÷ 5"


def test_a_difference_that_is_taken_away_is_put_in_brackets():
    assert (traced("9") - (traced("4") - traced("1"))).written == "9 − (4 − 1)"
    assert (traced("9") - traced("4") - traced("1")).written == "9 − 4 − 1"


def test_a_quotient_that_divides_is_put_in_brackets():
    assert (traced("8") / (traced("4") / traced("2"))).written == "8 ÷ (4 ÷ 2)"


def test_a_constant_is_written_on_either_side():
    hundred = parse("100%").exact()
    assert (hundred - traced("60%")).written == "100% − 60%"
    assert (traced("60%") + hundred).written == "60% + 100%"


def test_another_unit_leaves_the_arithmetic_as_it_is_written():
    assert (traced("1") / traced("4")).within("percent").written == "1 ÷ 4"
    assert (traced("9%") - traced("4%")).relabelled("percentage points").anchor == 5


def test_the_example_of_the_headline_reads_as_the_report_reckons():
    assert written_out(LIBRARY, LIBRARY.figure("impact.apprentices.high")) == "34% of 5.68 million = 1.93 million"
    assert written_out(LIBRARY, LIBRARY.figure("impact.apprentice.growth.high")) == "1.93 million × £8,900 = £17.2 billion"


NOT_A_LINE = ("end_of_interval", "stakeholders_who_may_have_answered")
"""Formulas beside the simulated ones that are no chain of sums and products."""

SIMULATED = {name for name, entry in REGISTER.items() if entry.formula.__module__ == simulated.__name__ or entry.name in NOT_A_LINE}


@pytest.mark.parametrize("identifier", sorted(SIMULATED))
def test_what_is_simulated_or_tried_has_no_arithmetic_that_a_line_could_hold(identifier):
    assert written_out(LIBRARY, LIBRARY.figure(identifier)) == ""


@pytest.mark.parametrize("identifier", sorted(set(REGISTER) - SIMULATED))
def test_what_is_written_is_what_is_computed(identifier):
    """The arithmetic, read as it is written by Python's own rules for the same signs, gives the recomputation's result."""
    written, _, shown = written_out(LIBRARY, LIBRARY.figure(identifier)).rpartition(" = ")
    result = recompute(LIBRARY, identifier)
    assert all(entry.shown in written for entry in result.inputs)
    assert written.count("(") == written.count(")")
    value = parse(shown)
    assert value.unit == result.quantity.unit.partition(" per ")[0] or value.unit == result.quantity.unit
    assert value.interval.contains(result.quantity.anchor) or abs(value.anchor - result.quantity.anchor) <= Fraction(1, 2)


def test_tracing_never_changes_a_result():
    plain: Quantity = parse("37%") * parse("5,681,930")
    assert (traced("37%") * traced("5,681,930")).anchor == plain.anchor == Fraction(37, 100) * 5681930
