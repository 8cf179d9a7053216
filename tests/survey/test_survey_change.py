"""Tests of change worked out by hand."""

import pytest

from evidence.survey.change import changes
from evidence.survey.estimates import Estimate

pytestmark = pytest.mark.needs("survey")


def share(value, effective=100.0):
    return Estimate(value, 0.05, 0.0, 1.0, 400, effective, value)


def test_two_shares_are_compared_by_their_effective_numbers():
    # 50 and 60 of 100: pooled 0.55, z = 0.1 / sqrt(0.55 * 0.45 * 0.02) = 1.4213
    (change,) = changes({"a.b": share(0.5)}, {"a.b": share(0.6)}, set(), "holm")
    assert change.p_value == pytest.approx(0.1552, abs=1e-4)
    assert (change.adjusted, change.differs) == (change.p_value, False)
    assert change.low < 0 < change.high


def test_more_effective_respondents_make_the_same_difference_count():
    # four times as many: z = 2.8427
    (change,) = changes({"a.b": share(0.5, 400)}, {"a.b": share(0.6, 400)}, set(), "holm")
    assert change.p_value == pytest.approx(0.00447, abs=1e-5)
    assert change.differs
    assert change.low > 0


@pytest.mark.parametrize(("correction", "times"), [("holm", (2, 1)), ("fdr_bh", (2, 1))])
def test_the_number_of_tests_is_allowed_for(correction, times):
    # p-values 0.0045 and 0.1552: both corrections double the smaller one of two and leave the larger
    before, after = {"a.a": share(0.5, 400), "a.b": share(0.5)}, {"a.a": share(0.6, 400), "a.b": share(0.6)}
    found = changes(before, after, set(), correction)
    assert [change.adjusted / change.p_value for change in found] == pytest.approx(times)


def test_three_equal_tests_tell_the_corrections_apart():
    before, after = ({f"a.{name}": share(value) for name in "abc"} for value in (0.5, 0.6))
    holm, rate = (changes(before, after, set(), correction)[0] for correction in ("holm", "fdr_bh"))
    assert holm.adjusted == pytest.approx(3 * holm.p_value)
    assert rate.adjusted == pytest.approx(rate.p_value)


def test_means_are_compared_by_their_errors():
    # difference 1, error sqrt(0.3² + 0.4²) = 0.5: z = 2, p = 0.0455, interval 1 -+ 0.98
    before, after = Estimate(5.0, 0.3, 0, 9, 50, 50.0, 5.0), Estimate(6.0, 0.4, 0, 9, 50, 50.0, 6.0)
    (change,) = changes({"a.b": before}, {"a.b": after}, {"a.b"}, "holm")
    assert change.p_value == pytest.approx(0.0455, abs=1e-4)
    assert (change.low, change.high) == (pytest.approx(0.02, abs=1e-3), pytest.approx(1.98, abs=1e-3))


def test_only_figures_of_both_waves_are_tested():
    assert changes({"a.a": share(0.5)}, {"a.b": share(0.6)}, set(), "holm") == []


def test_the_same_unanimous_share_has_not_changed():
    (change,) = changes({"a.b": share(1.0)}, {"a.b": share(1.0)}, set(), "holm")
    assert (change.p_value, change.differs) == (1, False)
