"""Estimates worked out by hand: put a test here when a rule of estimation changes."""

import numpy as np
import pytest

from evidence.survey.estimates import Estimator
from evidence.survey.weighting import Design

pytestmark = pytest.mark.needs("survey")

ALL = np.ones(4, dtype=bool)
NO_STRATA = np.zeros(4, dtype=int)


def answers(text):
    return np.array([letter == "y" for letter in text])


def design(weights=(1, 1, 1, 1), strata=NO_STRATA, clusters=None, margins=()):
    weights = np.array(weights, dtype=float)
    return Design(weights, weights, np.array(strata), None if clusters is None else np.array(clusters), margins)


def test_a_plain_share_has_the_error_of_a_simple_random_sample():
    # 1 of 4: sqrt(0.25 * 0.75 / 3) = 0.25
    estimate = Estimator(design()).share(answers("ynnn"), ALL)
    assert (estimate.value, estimate.error, estimate.respondents, estimate.plain) == (0.25, pytest.approx(0.25), 4, 0.25)


def test_weights_move_the_share_and_not_the_plain_one():
    estimate = Estimator(design((3, 1, 1, 1))).share(answers("ynnn"), ALL)
    assert (estimate.value, estimate.plain) == (0.5, 0.25)


def test_spread_counts_within_strata_only():
    # the second stratum agrees; in the first, parts of 1/16 and -3/16 lie 1/8 from their middle: 2 / 1 * 2 / 64 = 1 / 16
    estimate = Estimator(design(strata=(0, 0, 1, 1))).share(answers("ynyy"), ALL)
    assert estimate.error == pytest.approx(0.25)


def test_spread_counts_between_clusters_only():
    # the clusters' parts are 1/8 and -1/8: 2 / 1 * 2 / 64 = 1 / 16
    estimate = Estimator(design(clusters=(0, 0, 1, 1))).share(answers("yyyn"), ALL)
    assert estimate.error == pytest.approx(0.25)


def test_what_a_margin_tells_is_not_uncertain():
    estimate = Estimator(design(margins=(np.array([0, 0, 1, 1]),))).share(answers("yynn"), ALL)
    assert (estimate.value, estimate.error) == (0.5, pytest.approx(0))


def test_others_than_the_base_do_not_count():
    estimate = Estimator(design()).share(answers("ynyy"), np.array([True, True, False, False]))
    assert (estimate.value, estimate.respondents) == (0.5, 2)


def test_unanimous_answers_have_an_interval_of_the_weights_effective_number():
    # Kish: 6² / 12 = 3; Wilson's lower end of 3 of 3 is 3 / (3 + 1.96²)
    estimate = Estimator(design((3, 1, 1, 1))).share(answers("yyyy"), ALL)
    assert (estimate.effective, estimate.high) == (3, 1)
    assert estimate.low == pytest.approx(3 / (3 + 3.8415), abs=1e-4)


def test_a_few_light_respondents_do_not_make_a_share_near_certain():
    weights = np.array([1.0] * 99 + [0.001])
    everybody = np.ones(100, dtype=bool)
    estimate = Estimator(Design(weights, weights, np.zeros(100, dtype=int))).share(np.arange(100) < 99, everybody)
    assert estimate.effective < 100
    assert estimate.low < 0.97


def test_a_mean_has_students_interval():
    # 1, 2, 3, 4: error sqrt((2.25 + 0.25 + 0.25 + 2.25) / 3 / 4) = 0.6455; Student's 3.1824 of it to each side is 2.0543
    estimate = Estimator(design()).mean(np.array([1.0, 2.0, 3.0, 4.0]), ALL)
    assert (estimate.value, round(estimate.error, 4)) == (2.5, 0.6455)
    assert (round(estimate.low, 4), round(estimate.high, 4)) == (0.4457, 4.5543)


def test_a_mean_of_equal_answers_is_certain():
    estimate = Estimator(design()).mean(np.full(4, 7.0), ALL)
    assert (estimate.value, estimate.low, estimate.high, estimate.effective) == (7, 7, 7, 4)


def test_a_share_that_few_heavy_respondents_carry_is_as_uncertain_as_their_weights_make_it():
    # Twenty of weight 4, who all say no, and eighty of 0.25, half of whom say yes: 0.1. Squares of parts: 20 * 0.004² + 40 * 0.00225² + 40 * 0.00025²
    # = 0.000525, times 100 / 99 = 0.00053030. By Kish the weights leave 10000 / 325 = 30.769, which imply 0.09 / 30.769 = 0.002925; their squares
    # tell as much as 325² / 5120.3125 = 20.628. Mixed: (20.628 * 0.00053030 + 10 * 0.002925) / 30.628 = 0.00131217, and 0.09 of that is 68.59.
    weights, heavy = np.repeat([4.0, 0.25], [20, 80]), np.arange(100) < 20
    estimator = Estimator(Design(weights, weights, np.zeros(100, dtype=int)))
    estimate = estimator.share(np.arange(100) >= 60, np.ones(100, dtype=bool))
    assert (estimate.value, estimate.error**2) == (pytest.approx(0.1), pytest.approx(0.0005303, rel=1e-4))
    assert estimate.effective == pytest.approx(68.59, abs=0.01)
    # among the twenty, half of whom say yes, weights are equal and change nothing: 0.25 / (0.25 / 20 * 100 / 99)
    assert estimator.share(np.arange(100) % 2 > 0, heavy).effective == pytest.approx(19.8)


def test_a_mean_that_few_heavy_respondents_carry_has_their_degrees_of_freedom():
    # 0, 0, 0, 3 of weights 3, 1, 1, 1: 0.5, of variance (0.25² + 2 / 12² + (2.5 / 6)²) * 4 / 3 = 1 / 3; the spread is 7.5 / 6, which three by Kish
    # make 0.41667; the squares of the weights tell as much as 144 / 84 = 12 / 7. Mixed: (12 / 7 / 3 + 10 * 0.41667) / (12 / 7 + 10) = 0.40447.
    from scipy.stats import t

    estimate = Estimator(design((3, 1, 1, 1))).mean(np.array([0.0, 0.0, 0.0, 3.0]), ALL)
    assert (estimate.value, estimate.error**2) == (pytest.approx(0.5), pytest.approx(1 / 3))
    assert estimate.high - estimate.value == pytest.approx(0.40447**0.5 * t.ppf(0.975, 12 / 7), rel=1e-4)


@pytest.mark.parametrize(
    ("times", "light", "few"),
    [
        (20, 98, True),  # 138² / 898 = 21.2 of 100
        (20, 48, True),  # 88² / 848 = 9.1 of 50
        (10, 38, False),  # 58² / 238 = 14.1 of 40, more than a third
        (20, 298, False),  # 338² / 1098 = 104
        (1, 12, False),  # few are asked, and none is heavy
    ],
)
def test_a_few_heavy_respondents_answer_for_the_rest(times, light, few):
    """Two respondents of so many times the weight of the others."""
    weights = np.repeat([float(times), 1.0], [2, light])
    base = np.ones(len(weights), dtype=bool)
    assert Estimator(Design(weights / weights.mean(), weights, np.zeros(len(weights), dtype=int))).carried_by_few(base) == few
