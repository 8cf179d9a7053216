"""The impact model: small cases worked out by hand, and that what the book prints does not hang on the seed."""

import dataclasses
from types import SimpleNamespace

import numpy as np
import pytest
from whole import LIBRARY

from evidence.catalog import load
from evidence.recompute import Inputs, functions, recompute
from made_together import simulated
from made_together.assumed import NAMES
from made_together.impact import CHANCE, Channel, Known, Model, Simulation, Spread, outcome, page_specification, simulate
from made_together.impact.model import ImpactError
from made_together.impact.outcome import firms_counted, observed, share_acting
from made_together.impact.simulation import normal, shift, spread_evenly

INPUTS = Inputs(LIBRARY)
MODEL = simulated.impact_model(INPUTS)
DRAWN = sorted(name for name, entry in functions().items() if entry.formula.__module__ == simulated.__name__)

KNOWN = Known(100, 300, 0.5, 0.25, 100, Channel(0.5, 0.2, 10), Channel(0.4, 0.1, 20), 30)
"""A hundred employers and three hundred firms without employees, with gains of 10 and 20 pounds."""

REPORT = dict.fromkeys(NAMES, 1.0) | {"overlap": 0.0, "size-pattern": 0.0}
NO_CHANCE = np.zeros((4, 1))


def growth(**changes):
    return float(outcome(KNOWN, REPORT | {name.replace("_", "-"): value for name, value in changes.items()}, NO_CHANCE).growth[0])


def test_the_part_of_the_draws_below_a_number_is_as_wanted():
    drawn = simulate(MODEL)
    for part in (0.05, 0.5, 0.95):
        assert np.mean(drawn.outcome.growth < drawn.below("growth", part)) == pytest.approx(part, abs=1e-4)
        assert drawn.below("apprentices", part) != drawn.below("growth", part)


def test_as_the_report_has_it_every_willing_firm_gains():
    """400 x 0.5 x 10 + 400 x 0.4 x 20 pounds; 160 apprentices at 30 pounds of revenue."""
    found = outcome(KNOWN, REPORT, NO_CHANCE)
    assert found.growth[0] == pytest.approx(2000 + 3200)
    assert found.apprentices[0] == pytest.approx(160)
    assert found.revenue[0] == pytest.approx(4800)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"others": 0.0}, 800 + 800),  # the surest alone: 400 x 0.2 x 10 + 400 x 0.1 x 20
        ({"take_up": 0.5}, 2600),
        ({"take_up": 0.5, "others": 0.5}, 700 + 1000),  # 0.5 x (0.2 + 0.3 x 0.5) = 0.175 and 0.5 x (0.1 + 0.3 x 0.5) = 0.125 of 400
        ({"additionality": 0.25}, 1300),
        ({"additionality": 0.0}, 0),
        ({"overlap": 1.0}, 3200),  # the smaller gain is wholly a part of the larger
        ({"overlap": 0.5}, 4200),
        ({"lone_firms": 0.0}, 1300),  # a quarter of the firms
        ({"size_pattern": 1.0}, 5200 * 125 / 400),  # 100 x 0.5 + 300 x 0.25 firms count
        ({"value_university": 1.5, "value_apprentice": 0.5}, 3000 + 1600),
    ],
)
def test_each_assumption_does_what_its_name_says(changes, expected):
    assert growth(**changes) == pytest.approx(expected)


def test_half_a_size_pattern_and_half_the_lone_firms():
    """100 x 0.75 + 0.5 x 300 x 0.625."""
    counted = firms_counted(KNOWN, {"size-pattern": 0.5, "lone-firms": 0.5})
    assert float(counted) == pytest.approx(75 + 93.75)


def test_chance_moves_a_share_by_standard_errors_and_never_out_of_bounds():
    """The standard error of a half among a hundred is five percentage points."""
    assert observed(0.5, 100, np.array([-1.0, 0.0, 2.0])) == pytest.approx([0.45, 0.5, 0.6])
    assert observed(0.5, 1, np.array([-9.0, 9.0])).tolist() == [0.0, 1.0]


def test_chance_moves_both_shares_of_a_channel():
    """0.5 becomes 0.55; of these 0.4, from fifty firms, becomes 0.4 + 0.0693 = 0.4693 with one standard error."""
    chance = np.array([[1.0], [1.0]])
    acting = share_acting(KNOWN.university, 100, REPORT | {"others": 0.0}, chance)
    assert acting[0] == pytest.approx(0.55 * 0.469282, abs=1e-6)


def test_the_normal_approximation_is_within_half_a_percentage_point_of_the_beta_distribution():
    """The rarest share, 14 percent of 206 firms, against the distribution that a uniform prior would leave (Jeffreys), at both ends."""
    firms, rare = MODEL.known.respondents, MODEL.known.university.much
    drawn = np.random.Generator(np.random.PCG64(1)).beta(rare * firms + 0.5, (1 - rare) * firms + 0.5, 400_000)
    ends = observed(rare, firms, np.array([-1.644854, 1.644854]))
    assert np.abs(np.quantile(drawn, [0.05, 0.95]) - ends).max() < 0.005


@pytest.mark.parametrize(
    ("spread", "part", "value"),
    [
        (Spread(0.2, 0.6, 1.0), 0.0, 0.2),
        (Spread(0.2, 0.6, 1.0), 0.5, 0.4),
        (Spread(0.0, 1.0, 1.0, likely=0.5), 0.125, 0.25),  # an eighth of the triangle lies left of a quarter
        (Spread(0.0, 1.0, 1.0, likely=0.5), 0.5, 0.5),
        (Spread(0.0, 1.0, 1.0, likely=0.5), 0.875, 0.75),
        (Spread(0.0, 1.0, 1.0, likely=1.0), 0.25, 0.5),
        (Spread(0.0, 1.0, 1.0, likely=0.0), 0.75, 0.5),
        (Spread(0.0, 1.0, 1.0, likely=0.0), 1.0, 1.0),
    ],
)
def test_a_spread_has_its_quantiles_where_its_shape_puts_them(spread, part, value):
    assert float(spread.at(part)) == pytest.approx(value)


@pytest.mark.parametrize("wrong", [(0.5, 0.5, 1.0, None), (0.6, 0.2, 1.0, None), (0.2, 0.6, 1.0, 0.7), (0.2, 0.6, 1.0, 0.1)])
def test_a_spread_out_of_order_is_refused(wrong):
    with pytest.raises(ImpactError, match="rising order"):
        Spread(*wrong)


@pytest.mark.parametrize("spreads", [MODEL.spreads[:-1], (*MODEL.spreads, ("weather", Spread(0, 1, 1))), MODEL.spreads[::-1]])
def test_a_model_with_other_assumptions_is_refused(spreads):
    with pytest.raises(ImpactError, match="take-up, others"):
        Model(MODEL.known, spreads)


def test_numbers_spread_evenly_hit_every_tenth_of_every_input_alike():
    for row in spread_evenly(10_000, shift(3)):
        counts, _ = np.histogram(row, bins=10, range=(0, 1))
        assert counts.min() >= 990
        assert counts.max() <= 1010


def test_normal_numbers_have_the_quantiles_of_the_normal_distribution():
    for row in normal(spread_evenly(100_000, shift(3))[8:]):
        assert np.quantile(row, [0.05, 0.5, 0.95]) == pytest.approx([-1.645, 0, 1.645], abs=0.01)


def test_the_library_fills_the_model_with_its_figures():
    """587,892.85 / 1,409,395 / 0.4675 and 0.06 / 0.4675 for the patterns."""
    known = MODEL.known
    assert (known.employers, known.alone) == (1_409_395, 4_272_535)
    assert (known.employers_pattern, known.alone_pattern) == pytest.approx((0.892244, 0.128342), abs=1e-6)
    assert known.respondents == pytest.approx(205.591, abs=0.001)
    assert (known.university, known.apprentice) == (Channel(0.37, 0.14, 5065), Channel(0.34, 0.14, 8900))
    assert known.revenue == 20_900
    assert dict(MODEL.spreads)["additionality"] == Spread(0.0, 1.0, 1.0, likely=12 / 19)
    assert dict(MODEL.spreads)["overlap"] == Spread(0.0, 1.0, report=0.0)


def test_set_as_the_report_has_it_the_model_gives_the_reports_own_sum():
    """4,900.05 pounds a firm, 5,681,930 firms."""
    as_reported = {name: np.float64(spread.report) for name, spread in MODEL.spreads}
    assert outcome(MODEL.known, as_reported, NO_CHANCE).growth[0] == pytest.approx(27_841_741_096.5)


def test_no_range_shuts_out_what_the_report_uses():
    assert all(spread.low <= spread.report <= spread.high for _, spread in MODEL.spreads)


def test_a_result_names_every_figure_it_rests_on():
    read = {figure.id for figure in recompute(LIBRARY, "computed.growth.simulated.median").inputs}
    ends = {f"assumption.{name}.{end}" for name in NAMES for end in ("low", "high")}
    shares = {f"impact.{step}.{much}.share" for step in ("university", "apprentice") for much in ("more-likely", "much-more-likely")}
    assert read == ends | shares | {
        "impact.university.uplift",
        "impact.apprentice.uplift",
        "impact.apprentice.revenue-uplift",
        "computed.sme.employers",
        "official.businesses.none",
        "computed.outreach.employers-pattern",
        "computed.outreach.alone-pattern",
        "computed.sample.effective",
        "computed.growth-hub.additional-part",
        "intentions.acted-on",
        "assumption.as-printed",
    }


def test_the_same_model_and_seed_give_the_same_draws():
    first, second = (Simulation(MODEL, draws=1000, seed=5).outcome.growth for _ in range(2))
    other = Simulation(MODEL, draws=1000, seed=6).outcome.growth
    assert (first == second).all()
    assert (first != other).all()
    assert simulate(MODEL) is simulate(dataclasses.replace(MODEL))


def drawn_with(seed, monkeypatch):
    """Return the result of every drawn figure with another seed."""
    simulation = Simulation(MODEL, seed=seed)
    monkeypatch.setattr("made_together.impact.simulate", lambda _model: simulation)
    return {name: recompute(LIBRARY, name).quantity.anchor for name in DRAWN}


@pytest.mark.parametrize("seed", range(8))
def test_no_printed_digit_hangs_on_the_seed(seed, monkeypatch):
    found = drawn_with(seed, monkeypatch)
    assert len(found) == 31
    assert [name for name, value in found.items() if not LIBRARY.figure(name).quantity.interval.contains(value)] == []


class Drawn:
    """Four draws of growth in pounds, and a simulation that tells what it is asked for."""

    outcome = SimpleNamespace(growth=np.array([1e9, 5e9, 12e9, 30e9]))

    def below(self, what, part):
        return {"growth": 100, "apprentices": 200, "revenue": 300}[what] + 100 * part

    def growth_held(self, name):
        return (1000 + len(name), 2000 + len(name))


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("computed.growth.below-headline", 75),  # three of four below 27.7 billion
        ("computed.growth.below-cautious", 50),  # two of four below 10.8 billion
        ("computed.growth.simulated.low", 105),
        ("computed.growth.simulated.lower-quarter", 125),
        ("computed.growth.simulated.median", 150),
        ("computed.growth.simulated.upper-quarter", 175),
        ("computed.growth.simulated.high", 195),
        ("computed.apprentices.simulated.low", 205),
        ("computed.revenue.simulated.high", 395),
        ("computed.growth.swing.overlap.low", 1007),
        ("computed.growth.swing.take-up.high", 2007),
    ],
)
def test_a_drawn_figure_takes_its_own_part_of_the_draws(identifier, expected, monkeypatch):
    monkeypatch.setattr("made_together.impact.simulate", lambda _model: Drawn())
    assert recompute(load(), identifier).quantity.anchor == pytest.approx(expected)


def test_an_input_held_at_its_ends_moves_growth_the_way_it_points():
    simulation = simulate(MODEL)
    swings = {name: simulation.growth_held(name) for name in (*NAMES, CHANCE)}
    falling = {name for name, (low, high) in swings.items() if low > high}
    assert falling == {"overlap", "size-pattern"}


def test_a_held_input_gives_the_median_over_all_others():
    """Were gains all that varies, holding that of apprentices at its low end, 55 percent, would leave the median of the other alone."""
    simulation = Simulation(MODEL, draws=2000, seed=1)
    assumed = simulation._assumed | {"value-apprentice": np.float64(0.55)}
    expected = np.median(outcome(MODEL.known, assumed, simulation._chance).growth)
    assert simulation.growth_held("value-apprentice")[0] == pytest.approx(expected)


def test_the_page_gets_the_model_and_nothing_of_its_own():
    given = page_specification(MODEL)
    assert given["known"]["university"] == {"more": 0.37, "much": 0.14, "gain": 5065}
    assert list(given["spreads"]) == list(NAMES)
    assert (given["draws"], len(given["primes"]), len(given["shift"])) == (100_000, 14, 14)
