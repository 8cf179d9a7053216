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
