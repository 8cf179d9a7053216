"""The appraisal of the impact model: worked out by hand, and against an example that a government has printed."""

import numpy as np
import pytest

from made_together.assumed import NAMES
from made_together.impact import Terms, appraise, present_value
from made_together.impact.appraisal import BINS, LEAST_WORTH
from made_together.impact.model import ImpactError
from made_together.impact.simulation import _with_common


class Drawn:
    """A model drawn in so many draws, with what followed and where each assumption stood."""

    def __init__(self, growth, steps, places=None):
        self.outcome = type("Outcome", (), {"growth": np.array(growth, dtype=float), "steps": np.array(steps, dtype=float)})
        self.places = np.full((len(NAMES), len(growth)), 0.5) if places is None else places


@pytest.mark.parametrize(("capital", "benefit", "printed"), [(10, 2.5, "-0.82"), (5, 1.5, "0.51")])
def test_the_example_of_the_green_book_comes_out_as_printed(capital, benefit, printed):
    """HM Treasury (2003), The Green Book, on discounting: two options over five years at 3.5 percent, in millions of pounds."""
    assert f"{present_value([-capital, *[benefit] * 4], 0.035):.2f}" == printed


def test_the_two_options_to_the_pound():
    # four factors of 1.035: 3.67307921; 2.5 million times it is 9,182,698, 1.5 million times it 5,509,619
    assert round(present_value([-10_000_000, *[2_500_000] * 4], 0.035)) == -817_302
    assert round(present_value([-5_000_000, *[1_500_000] * 4], 0.035)) == 509_619


@pytest.mark.parametrize(
    ("terms", "gains"),
    [
        (Terms(), [1]),
        (Terms(years=3), [1, 0, 0]),
        (Terms(years=3, persistence=0.5), [1, 0.5, 0.25]),
        (Terms(years=3, persistence=1), [1, 1, 1]),
        (Terms(years=3, ramp=2), [0.5, 0.5, 0]),
        (Terms(years=3, ramp=2, persistence=0.5), [0.5, 0.75, 0.375]),
        (Terms(years=1, ramp=4, persistence=1), [0.25]),
    ],
)
def test_gains_begin_and_fade_as_the_terms_say(terms, gains):
    assert terms.gaining() == pytest.approx(gains)


def test_as_the_terms_begin_the_appraisal_is_the_model():
    found = appraise(Drawn([10.0, 20.0, 30.0], [1, 2, 3]), Terms())
    assert found.growth[1] == 20
    assert found.switching == pytest.approx((10, 10, 10))


def test_what_others_lose_is_taken_off_one_after_the_other():
    # 100 x 0.8 x 0.75 x 0.5 x 0.9
    terms = Terms(displacement=0.2, substitution=0.25, leakage=0.5, optimism=0.1)
    assert appraise(Drawn([100.0], [1]), terms).growth[1] == pytest.approx(27)


def test_what_a_firm_may_pay_is_worth_as_much_as_what_it_brings():
    # gains of 100, 50 and 25 at 10 percent are 100 + 45.4545 + 20.6612; two firms, all of the first year
    found = appraise(Drawn([100.0], [2]), Terms(years=3, persistence=0.5, rate=0.1))
    assert found.switching[1] == pytest.approx(166.1157 / 2, abs=1e-3)


def test_costs_of_firms_that_begin_later_are_discounted_as_well():
    # half of two firms a year: 1 + 1/1.1 firms pay, for 50 + 50/1.1
    found = appraise(Drawn([100.0], [2]), Terms(years=2, ramp=2, rate=0.1))
    assert found.switching[1] == pytest.approx(50)


def test_where_nobody_acts_nothing_can_be_paid():
    assert appraise(Drawn([0.0], [0]), Terms()).switching == (0, 0, 0)


def test_knowing_what_decides_is_worth_what_it_saves():
    # 40 draws of one firm: growth rises with the first assumption from 0 to 39 million; at a cost of 19.5 million all together bring nothing,
    # and who knew it would act in the upper twenty alone, for 0.5 + 1.5 + ... + 19.5 = 200 million, 5 a draw
    places = np.tile(np.full(40, 0.5), (len(NAMES), 1))
    places[0] = (np.arange(40) + 0.5) / BINS
    found = appraise(Drawn(np.arange(40) * 1e6, np.ones(40), places), Terms(cost=19.5e6))
    assert (found.pays, found.worth_most) == (0.5, NAMES[0])
    assert found.worth[NAMES[0]] == pytest.approx(5e6)
    assert found.worth[NAMES[1]] == pytest.approx(0, abs=LEAST_WORTH / 1e6)


def test_without_a_cost_no_knowledge_changes_the_decision():
    assert appraise(Drawn([1e9, 2e9], [1, 1]), Terms()).worth_most == ""


def test_all_assumptions_together_are_as_favourable_as_each_other():
    even = np.random.default_rng(1).random((14, 100))
    together = dict(zip(NAMES, _with_common(even, 1.0), strict=True))
    assert (together["take-up"] == together["value-university"]).all()
    assert together["overlap"] == pytest.approx(1 - together["take-up"])
    assert (_with_common(even, 0.0) == even[: len(NAMES)]).all()


@pytest.mark.parametrize(
    ("name", "value"), [("years", 0), ("ramp", 0), ("leakage", 1.1), ("together", -0.1), ("rate", -0.01), ("cost", -1)]
)
def test_terms_without_a_meaning_are_refused(name, value):
    with pytest.raises(ImpactError, match=f"{name} is"):
        Terms(**{name: value})
