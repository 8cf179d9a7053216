"""Estimates against what the reference implementation prints, R's package survey: put a test here for each new kind of design."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from evidence.survey.estimates import Estimator
from evidence.survey.weighting import Design, raked_weights

pytestmark = pytest.mark.needs("survey")

HERE = Path(__file__).parent
SCHOOLS = np.array([4421, 755, 1018]) / 6194
"""Elementary, high and middle schools of California in 2000."""
TARGET_MET = np.array([1072, 5122]) / 6194
"""Schools that missed and met their target."""
FIRMS = np.array([1150875, 220085, 38435, 4272535]) / 5681930
"""Micro, small, medium and sole traders, in the order of their codes below."""


def codes(answers, order=None):
    return pd.Categorical(answers, categories=order).codes.astype(int)


@pytest.fixture(scope="module")
def clusters():
    schools = pd.read_csv(HERE / "published-apiclus1.csv")
    margins = (codes(schools["stype"]), codes(schools["sch.wide"]))
    equal = np.ones(len(schools))
    raked = raked_weights(equal, list(margins), [SCHOOLS, TARGET_MET])
    nowhere, district = np.zeros(len(schools), dtype=int), codes(schools["dnum"])
    return schools, Design(equal, equal, nowhere, district), Design(raked, equal, nowhere, district, margins)


def test_a_raked_cluster_sample_agrees_with_the_published_example(clusters):
    """The page ?rake of R's survey prints for svymean(~api00, dclus1r): mean 641.23, SE 23.704, with 15 of 757 districts drawn."""
    schools, _, raked = clusters
    estimate = Estimator(raked).mean(schools["api00"].to_numpy(dtype=float), np.ones(183, dtype=bool))
    finite = (1 - 15 / 757) ** 0.5
    assert f"{estimate.value:.2f} {estimate.error * finite:.3f}" == "641.23 23.704"


def test_a_cluster_sample_agrees_with_svymean(clusters):
    """R 4.2.2 with survey 4.1-1 gives 644.169 and 23.5422 for svymean(~api00, dclus1), with 15 of 757 districts drawn."""
    schools, plain, _ = clusters
    estimate = Estimator(plain).mean(schools["api00"].to_numpy(dtype=float), np.ones(183, dtype=bool))
    assert f"{estimate.value:.3f} {estimate.error * (1 - 15 / 757) ** 0.5:.4f}" == "644.169 23.5422"


def effective_of_r(share, low):
    """Return the effective number behind the lower end of an interval that R prints, which is a quantile of the beta distribution."""
    from scipy.optimize import brentq
    from scipy.stats import beta

    return brentq(lambda n: beta.ppf(0.025, share * n, n - share * n + 1) - low, 20, 1_000)


@pytest.mark.parametrize(
    ("which", "base", "printed", "low", "respondents"),
    [
        ("plain", "all", "0.710383 0.033350", 0.632600, 183),
        ("plain", "E", "0.770833 0.029338", 0.701234, 144),
        ("raked", "all", "0.661270 0.022008", 0.612019, 183),
    ],
)
def test_shares_and_effective_numbers_agree_with_svyciprop(clusters, which, base, printed, low, respondents):
    """R 4.2.2 with survey 4.1-1 gives these for svyciprop(~I(awards == "Yes"), method = "beta"); its interval depends on the effective number.

    R lets that number be above the respondents; here the interval does, and the number told does not.
    """
    from statsmodels.stats.proportion import proportion_confint

    schools, plain, raked = clusters
    asked = np.ones(183, dtype=bool) if base == "all" else (schools["stype"] == base).to_numpy()
    estimate = Estimator(plain if which == "plain" else raked).share((schools["awards"] == "Yes").to_numpy(), asked)
    theirs = effective_of_r(estimate.value, low)
    wilson = proportion_confint(estimate.value * theirs, theirs, method="wilson")
    assert f"{estimate.value:.6f} {estimate.error:.6f}" == printed
    assert (estimate.low, estimate.high) == pytest.approx(wilson, abs=2e-6)
    assert (estimate.respondents, estimate.effective) == (respondents, pytest.approx(min(theirs, respondents), rel=1e-4))


@pytest.fixture(scope="module")
def strata():
    schools = pd.read_csv(HERE / "published-apistrat.csv")
    weights = schools["pw"].to_numpy(dtype=float)
    return schools, Estimator(Design(weights, weights, codes(schools["stype"])))


def test_a_stratified_sample_agrees_with_svymean(strata):
    """R 4.2.2 with survey 4.1-1 gives 662.287 and 9.53613 for svymean(~api00) without a finite population."""
    schools, estimator = strata
    estimate = estimator.mean(schools["api00"].to_numpy(dtype=float), np.ones(200, dtype=bool))
    assert f"{estimate.value:.3f} {estimate.error:.5f}" == "662.287 9.53613"


def test_a_share_of_a_stratified_sample_agrees_with_svyciprop(strata):
    """R 4.2.2 with survey 4.1-1 gives share 0.638936, SE 0.0348975 and the interval 0.566138 to 0.70731 of method "beta"."""
    from statsmodels.stats.proportion import proportion_confint

    schools, estimator = strata
    estimate = estimator.share((schools["awards"] == "Yes").to_numpy(), np.ones(200, dtype=bool))
    low, high = proportion_confint(estimate.value * estimate.effective, estimate.effective, method="beta")
    assert f"{estimate.value:.6f} {estimate.error:.7f} {low:.6f} {high:.5f}" == "0.638936 0.0348975 0.566138 0.70731"


@pytest.fixture(scope="module")
def quotas():
    """Generated firms in equal quotas, raked to sizes of firm and to regions."""
    firms = pd.read_csv(HERE / "generated-reference.csv")
    regions = ["London", "South", "Midlands", "North", "Rest of the UK"]
    size, region = codes(firms["size"], ["Micro", "Small", "Medium", "Sole trader"]), codes(firms["region"], regions)
    sampled = FIRMS[size] * 4
    raked = raked_weights(sampled, [size, region], [FIRMS, np.array([0.17, 0.28, 0.18, 0.25, 0.12])])
    return firms, Design(raked, sampled, size, None, (size, region))


def test_raked_quotas_agree_with_calibrate_and_svymean(quotas):
    """R 4.2.2 with survey 4.1-1, calibrate(calfun = "raking"), gives weights from 0.023460903 to 4.023190560 of their mean, share 0.133689 and SE 0.01737542."""
    firms, design = quotas
    estimate = Estimator(design).share((firms["outreach"] == "Now").to_numpy(), np.ones(500, dtype=bool))
    assert f"{design.weights.min():.8f} {design.weights.max():.8f}" == "0.02346090 4.02319056"
    assert f"{estimate.value:.6f} {estimate.error:.8f}" == "0.133689 0.01737542"


@pytest.mark.parametrize(
    ("region", "printed"),
    [
        ("London", "0.174406 0.049189"),
        ("Midlands", "0.114842 0.042294"),
        ("North", "0.094138 0.027710"),
        ("Rest of the UK", "0.190931 0.074926"),
        ("South", "0.131865 0.032661"),
    ],
)
def test_groups_of_raked_quotas_agree_with_svyby(quotas, region, printed):
    """R 4.2.2 with survey 4.1-1 gives these for svyby(~y, ~region, svymean) after calibrate(calfun = "raking").

    Its rake() weighs alike and gives larger errors to groups, since it takes the margins out one after the other and once only.
    """
    firms, design = quotas
    estimate = Estimator(design).share((firms["outreach"] == "Now").to_numpy(), (firms["region"] == region).to_numpy())
    assert f"{estimate.value:.6f} {estimate.error:.6f}" == printed


def test_nobody_of_twenty_has_the_interval_that_newcombe_prints():
    """Newcombe (1998), Statistics in Medicine 17:857, table I: Wilson's interval of 0 of 20 is 0 to 0.1611."""
    estimate = Estimator(Design(np.ones(20), np.ones(20), np.zeros(20, dtype=int))).share(np.zeros(20, dtype=bool), np.ones(20, dtype=bool))
    assert (estimate.value, estimate.low, round(estimate.high, 4)) == (0, 0, 0.1611)
