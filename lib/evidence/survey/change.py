"""Whether a wave differs from the one before it, figure by figure, with allowance for how many figures are tested."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.survey.estimates import LEVEL, Estimate


@dataclass(frozen=True, slots=True)
class WaveChange:
    """A test of one figure between two waves of different respondents.

    Attributes:
        figure: Its id.
        before: Its estimate in the earlier wave.
        after: Its estimate in this wave.
        low: Lower end of the 95% interval of the difference, not allowing for the number of tests.
        high: Upper end.
        p_value: How often a difference at least as large comes about by chance.
        adjusted: The same, allowing for the number of tests.
        differs: Whether the adjusted value is at most 5 in 100.
    """

    figure: str
    before: Estimate
    after: Estimate
    low: float
    high: float
    p_value: float
    adjusted: float
    differs: bool


def changes(before: dict[str, Estimate], after: dict[str, Estimate], means: set[str], correction: str) -> list[WaveChange]:
    """Return a test of each figure that both waves have, in the order of this wave.

    Shares are compared by their effective numbers of respondents, so that the design of each wave counts: the z-test of two proportions,
    and Newcombe's interval of their difference. Means are compared by their standard errors.

    Args:
        before: Estimates of the earlier wave, by figure.
        after: Estimates of this wave, by figure.
        means: Figures that are means.
        correction: `holm` for Holm's step-down, `fdr_bh` for the false discovery rate of Benjamini and Hochberg.
    """
    from statsmodels.stats.multitest import multipletests

    both = [figure for figure in after if figure in before]
    if not both:
        return []
    tested = [difference_of(before[figure], after[figure], mean=figure in means) for figure in both]
    differs, adjusted, *_ = multipletests([p_value for _, _, p_value in tested], alpha=1 - LEVEL, method=correction)
    return [
        WaveChange(figure, before[figure], after[figure], low, high, p_value, float(value), bool(word))
        for figure, (low, high, p_value), value, word in zip(both, tested, adjusted, differs, strict=True)
    ]


def difference_of(before: Estimate, after: Estimate, *, mean: bool) -> tuple[float, float, float]:
    """Return the interval of the difference of two estimates of different respondents, and its p-value.

    Args:
        before: What is taken off.
        after: What it is taken off from.
        mean: Whether they are means, and not shares.
    """
    return (_mean if mean else _share)(before, after)


def _share(before: Estimate, after: Estimate) -> tuple[float, float, float]:
    """Return the interval of the difference and the p-value of two shares."""
    from statsmodels.stats.proportion import confint_proportions_2indep, proportions_ztest

    sizes = [after.effective, before.effective]
    counts = [after.value * after.effective, before.value * before.effective]
    low, high = confint_proportions_2indep(counts[0], sizes[0], counts[1], sizes[1], method="newcomb", compare="diff", alpha=1 - LEVEL)
    same = before.value == after.value
    return float(low), float(high), 1.0 if same else float(proportions_ztest(counts, sizes)[1])


def _mean(before: Estimate, after: Estimate) -> tuple[float, float, float]:
    """Return the interval of the difference and the p-value of two means."""
    from scipy.stats import norm

    difference, error = after.value - before.value, (after.error**2 + before.error**2) ** 0.5
    if error == 0:
        return difference, difference, float(difference == 0)
    reach = float(norm.ppf((1 + LEVEL) / 2)) * error
    return difference - reach, difference + reach, float(2 * norm.sf(abs(difference) / error))
