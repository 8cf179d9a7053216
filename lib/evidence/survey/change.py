"""Whether a wave differs from the one before it, figure by figure, with allowance for how many figures are tested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evidence.survey.estimates import LEVEL, Estimate


@dataclass(frozen=True, slots=True)
class WaveChange:
    """A test of one figure between two waves.

    Attributes:
        figure: Its id.
        before: Its estimate in the earlier wave.
        after: Its estimate in this wave.
        low: Lower end of the 95% interval of the difference, not allowing for the number of tests.
        high: Upper end.
        p_value: How often a difference at least as large comes about by chance.
        adjusted: The same, allowing for the number of tests.
        differs: Whether the adjusted value is at most 5 in 100.
        correlation: Of the two estimates, by the respondents whom both waves asked; nought of different respondents.
    """

    figure: str
    before: Estimate
    after: Estimate
    low: float
    high: float
    p_value: float
    adjusted: float
    differs: bool
    correlation: float = 0.0


def changes(
    before: dict[str, Estimate],
    after: dict[str, Estimate],
    means: set[str],
    correction: str,
    covariances: Mapping[str, float] | None = None,
) -> list[WaveChange]:
    """Return a test of each figure that both waves have, in the order of this wave.

    Shares are compared by their effective numbers of respondents, so that the design of each wave counts: the z-test of two proportions,
    and Newcombe's interval of their difference. Means are compared by the reach of their intervals. Both allow for what the estimates have in common.

    Args:
        before: Estimates of the earlier wave, by figure.
        after: Estimates of this wave, by figure.
        means: Figures that are means.
        correction: `holm` for Holm's step-down, `fdr_bh` for the false discovery rate of Benjamini and Hochberg.
        covariances: Covariance of the two estimates by figure; nought where it is not told.
    """
    from statsmodels.stats.multitest import multipletests

    both = [figure for figure in after if figure in before]
    if not both:
        return []
    shared = [correlation(before[figure], after[figure], (covariances or {}).get(figure, 0.0)) for figure in both]
    tested = [
        difference_of(before[figure], after[figure], mean=figure in means, correlation=known)
        for figure, known in zip(both, shared, strict=True)
    ]
    differs, adjusted, *_ = multipletests([p_value for _, _, p_value in tested], alpha=1 - LEVEL, method=correction)
    return [
        WaveChange(figure, before[figure], after[figure], low, high, p_value, float(value), bool(word), known)
        for figure, (low, high, p_value), value, word, known in zip(both, tested, adjusted, differs, shared, strict=True)
    ]


def correlation(before: Estimate, after: Estimate, covariance: float) -> float:
    """Return the correlation of two estimates; nought where one of them has no error."""
    together = before.error * after.error
    return float(np.clip(covariance / together, -1, 1)) if together > 0 else 0.0


def difference_of(before: Estimate, after: Estimate, *, mean: bool, correlation: float = 0.0) -> tuple[float, float, float]:
    """Return the interval of the difference of two estimates, and its p-value.

    Args:
        before: What is taken off.
        after: What it is taken off from.
        mean: Whether they are means, and not shares.
        correlation: Of the two estimates; nought of different respondents.
    """
    return (_mean if mean else _share)(before, after, correlation)


def _share(before: Estimate, after: Estimate, correlation: float) -> tuple[float, float, float]:
    """Return the interval of the difference and the p-value of two shares.

    Source:
        Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I, of different respondents; with a correlation
        Zou and Donner (2008), Construction of confidence limits about effect measures, doi:10.1002/sim.3095, which has it as a case.
    """
    from statsmodels.stats.proportion import proportion_confint

    sizes = np.array([before.effective, after.effective])
    shares = np.array([before.value, after.value])
    lows, highs = proportion_confint(shares * sizes, sizes, alpha=1 - LEVEL, method="wilson")
    difference = after.value - before.value
    low = difference - _joined(shares[1] - lows[1], highs[0] - shares[0], correlation)
    high = difference + _joined(highs[1] - shares[1], shares[0] - lows[0], correlation)
    pooled = float((shares * sizes).sum() / sizes.sum())
    errors = np.sqrt(pooled * (1 - pooled) / sizes)
    return low, high, _p_value(difference, _joined(float(errors[0]), float(errors[1]), correlation))


def _mean(before: Estimate, after: Estimate, correlation: float) -> tuple[float, float, float]:
    """Return the interval of the difference and the p-value of two means, by the reach of their own intervals, as of two shares."""
    from scipy.stats import norm

    difference = after.value - before.value
    reach = _joined((after.high - after.low) / 2, (before.high - before.low) / 2, correlation)
    return difference - reach, difference + reach, _p_value(difference, reach / float(norm.ppf((1 + LEVEL) / 2)))


def _joined(one: float, other: float, correlation: float) -> float:
    """Return the error, or one side of the interval, of a difference."""
    return float(np.sqrt(max(one**2 + other**2 - 2 * correlation * one * other, 0.0)))


def _p_value(difference: float, error: float) -> float:
    from scipy.stats import norm

    if difference == 0 or error == 0:
        return float(difference == 0)
    return float(2 * norm.sf(abs(difference) / error))
