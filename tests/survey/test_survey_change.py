"""Tests of change worked out by hand."""

import numpy as np
import pytest

from evidence.survey.change import changes
from evidence.survey.estimates import Estimate, Estimator
from evidence.survey.overlap import Overlap, SampledUnits
from evidence.survey.weighting import Design

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


def test_means_are_compared_by_the_reach_of_their_intervals():
    # intervals reach 1.96 errors, 0.3 and 0.4 of them: sqrt(0.588² + 0.784²) = 0.98, so z = 2, p = 0.0455, interval 1 -+ 0.98
    before, after = Estimate(5.0, 0.3, 4.412, 5.588, 50, 50.0, 5.0), Estimate(6.0, 0.4, 5.216, 6.784, 50, 50.0, 6.0)
    (change,) = changes({"a.b": before}, {"a.b": after}, {"a.b"}, "holm")
    assert change.p_value == pytest.approx(0.0455, abs=1e-4)
    assert (change.low, change.high) == (pytest.approx(0.02, abs=1e-3), pytest.approx(1.98, abs=1e-3))


def test_only_figures_of_both_waves_are_tested():
    assert changes({"a.a": share(0.5)}, {"a.b": share(0.6)}, set(), "holm") == []


def test_the_same_unanimous_share_has_not_changed():
    (change,) = changes({"a.b": share(1.0)}, {"a.b": share(1.0)}, set(), "holm")
    assert (change.p_value, change.differs) == (1, False)


def test_a_change_in_a_panel_is_as_certain_as_the_changes_of_its_members():
    # Four people, yes yes no no and then yes yes yes no: their changes are 0 0 1 0, of mean 1/4 and error sqrt((1/4) / 4) = 1/4.
    # Alone the waves have the variances 1/12 and 1/16, so their covariance is half of 1/12 + 1/16 - 1/16.
    before, after = np.array([1.0, 1, 0, 0]), np.array([1.0, 1, 1, 0])
    assert covariance(before, after) == pytest.approx(1 / 24)


def test_half_a_panel_shares_half_as_much():
    # Of the four, two are asked again beside two others. Their parts are a quarter of -+1/2 and of 1/4 and -3/4, so the covariance is
    # 2 times the sum of the products of what the two parts differ from their mean by: 2 (1/8 x 1/8 + 1/8 x 1/8).
    before, after = np.array([1.0, 1, 0, 0]), np.array([1.0, 0, 1, 1])
    assert covariance(before, after, keys=(["a", "b", "c", "d"], ["a", "d", "e", "f"])) == pytest.approx(1 / 16)


def test_different_respondents_share_nothing_and_one_alone_tells_nothing():
    values = np.array([1.0, 1, 0, 0])
    assert covariance(values, values, keys=(list("abcd"), list("efgh"))) == 0
    assert covariance(values, values, keys=(list("abcd"), list("aefg"))) == 0


def test_people_of_the_same_clusters_share_what_their_clusters_do():
    # Two clusters of two, all asked twice and answering the same: the covariance is the variance of one wave, of clusters that add 1/4 and
    # -1/4, so 2 (1/16 + 1/16).
    values, towns = np.array([1.0, 1, 0, 0]), np.array(["x", "x", "y", "y"])
    assert covariance(values, values, units=towns) == pytest.approx(1 / 4)


def covariance(before, after, keys=(list("abcd"), list("abcd")), units=None):
    """Return the covariance of two shares of four people each, asked at random, or in clusters."""
    found, parts = [], []
    for own, answers in zip(keys, (before, after), strict=True):
        strata = np.zeros(4, dtype=int)
        clusters = None if units is None else np.unique(units, return_inverse=True)[1]
        found.append(SampledUnits(np.array(own), np.array(own) if units is None else units, strata))
        parts.append(Estimator(Design(np.ones(4), np.ones(4), strata, clusters)).parts(answers, np.ones(4, dtype=bool)))
    return Overlap(*found).covariance(*parts)


def test_what_waves_share_makes_the_same_change_count():
    # 50 and 60 of 100, correlated by one half: the error is that of one wave, sqrt(0.55 * 0.45 * 0.01), so z = 2.0101 instead of 1.4213
    (change,) = changes({"a.b": share(0.5)}, {"a.b": share(0.6)}, set(), "holm", {"a.b": 0.5 * 0.05 * 0.05})
    assert change.correlation == pytest.approx(0.5)
    assert change.p_value == pytest.approx(0.0444, abs=1e-4)
    (apart,) = changes({"a.b": share(0.5)}, {"a.b": share(0.6)}, set(), "holm")
    assert apart.low < 0 < change.low < change.high < apart.high
