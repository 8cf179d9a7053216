"""Estimates of a share or a mean, with the uncertainty that the design of the survey gives them.

Variances are linearised: each respondent's part in the estimate, less what the raked margins tell of it, summed in clusters and compared
within strata. The survey packages for Python that do this bring an engine of tables of their own (polars and pyarrow), which pandas would
load in every kernel of the book; so these few lines stand here, and the tests hold them to the figures that R's survey package prints.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence.survey.weighting import Design, kish

LEVEL = 0.95
"""Level of the intervals."""

FEW = 10
"""With fewer respondents on either side of a share its variance is guesswork: one light respondent can make it next to nothing. The
effective number is then at most what the weights alone leave, as in the presentation standards of the NCHS (Parker et al. 2017)."""

CARRIERS_OF_SHARE, CARRIERS_OF_MEAN = 100, 50
"""When the squares of the weights tell as much as those of fewer equal respondents, a few heavy ones carry the variance, and intervals allow for
it. A share wants more of them than a mean, since near none or all its variance is smallest just where the share errs."""

LEAST_EFFECTIVE, LEAST_LEFT = 30, 1 / 3
"""An estimate is not to be told when weights leave fewer respondents, as the NCHS has it (Parker et al. 2017), and a smaller part of them: no
interval is honest then. Where only the respondents are few it is told, with a word of caution."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share (of one) or a mean.

    Attributes:
        value: The estimate.
        error: Its standard error.
        low: Lower end of the 95% interval.
        high: Upper end.
        respondents: How many it rests on.
        effective: How many respondents of a simple random sample would tell as much, and never more than there are, as the NCHS reports it;
            the interval allows for more where strata or margins tell more.
        plain: The same without weights.
        weighted: The sum of their weights, of mean one over all respondents.
    """

    value: float
    error: float
    low: float
    high: float
    respondents: int
    effective: float
    plain: float
    weighted: float = 0.0


class Estimator:
    """Estimates of one survey.

    Args:
        design: How its respondents count.
    """

    def __init__(self, design: Design) -> None:
        self._design = design
        self._units = self._stratum_of_units()
        self._sizes = np.bincount(self._units).astype(float)
        self._inverse = self._inverse_of_margins()

    def share(self, hits: np.ndarray, base: np.ndarray) -> Estimate:
        """Return the share of a base that answers so, with Wilson's interval for the effective number of respondents.

        Args:
            hits: Whether each respondent answers so.
            base: Whether each respondent is in the base; it has at least one degree of freedom.

        Source:
            Korn and Graubard (1998), Survey Methodology 24(2), for the effective number; Wilson (1927), doi:10.1080/01621459.1927.10502953,
            for the interval; Dean and Pagano (2015), doi:10.1093/jssam/smv024, for the two together.
        """
        from statsmodels.stats.proportion import proportion_confint

        value, error, respondents = self._ratio(hits.astype(float), base)
        yes = int(np.count_nonzero(hits & base))
        effective = self._effective(value, error, base) if value not in (0, 1) else np.inf
        if min(yes, respondents - yes) < FEW:
            effective = min(effective, kish(self._design.weights[base]))
        low, high = proportion_confint(value * effective, effective, alpha=1 - LEVEL, method="wilson")
        return Estimate(
            value, error, float(low), float(high), respondents, float(min(effective, respondents)), yes / respondents, self._base(base)
        )

    def _effective(self, share: float, error: float, base: np.ndarray) -> float:
        """Return how many respondents of a simple random sample would leave a share the same error, less what few units add to it."""
        from scipy.stats import t

        free, within = self.degrees(base), share * (1 - share)
        if error**2 < 1e-12 * within:
            return kish(self._design.weights[base])
        tail, variance = (1 - LEVEL) / 2, self._steadied(error**2, within, base, CARRIERS_OF_SHARE)
        return float(within / variance * (t.ppf(tail, base.sum() - 1) / t.ppf(tail, free)) ** 2)

    def _steadied(self, variance: float, spread: float, base: np.ndarray, enough: int) -> float:
        """Return the variance of an estimate; where fewer than enough carry it, it is mixed with what the weights alone imply, if that is more.

        The variance counts as often as there are carriers, and what the weights imply ten times.

        Source:
            Kish (1965), Survey Sampling, section 11.7, for what weights imply; Wolter (2007), Introduction to Variance Estimation, chapter 7,
            for variances steadied by a model of them.
        """
        carriers = self._carriers(base)
        if carriers >= enough:
            return variance
        return max(variance, (carriers * variance + FEW * spread / kish(self._design.weights[base])) / (carriers + FEW))

    def _carriers(self, base: np.ndarray) -> float:
        """Return how many equal respondents would leave the variance of a base as uncertain as its weights do, by Satterthwaite's formula."""
        return kish(self._design.weights[base] ** 2)

    def carried_by_few(self, base: np.ndarray) -> bool:
        """Return whether a few heavy respondents of a base answer for the others, so that no estimate of it is to be told."""
        left = kish(self._design.weights[base])
        return bool(left < LEAST_EFFECTIVE and left < LEAST_LEFT * base.sum())

    def mean(self, answers: np.ndarray, base: np.ndarray) -> Estimate:
        """Return the mean of a base, with the interval of Student's distribution: on the degrees of its units, or of those who carry its variance.

        Args:
            answers: A number for each respondent in the base.
            base: Whether each respondent is in the base; it has at least one degree of freedom.
        """
        from scipy.stats import t

        value, error, respondents = self._ratio(np.where(base, answers, 0.0), base)
        spread = float(np.average((answers[base] - value) ** 2, weights=self._design.weights[base]))
        variance, carriers = self._steadied(error**2, spread, base, CARRIERS_OF_MEAN), self._carriers(base)
        free = min(self.degrees(base), carriers if carriers < CARRIERS_OF_MEAN else np.inf)
        reach = float(t.ppf((1 + LEVEL) / 2, free) * np.sqrt(variance))
        effective = min(spread / variance, respondents) if variance > 1e-12 * spread else kish(self._design.weights[base])
        return Estimate(
            value, error, value - reach, value + reach, respondents, float(effective), float(answers[base].mean()), self._base(base)
        )

    def _base(self, base: np.ndarray) -> float:
        return float(self._design.weights[base].sum())

    def parts(self, answers: np.ndarray, base: np.ndarray) -> np.ndarray:
        """Return each respondent's linearised part in the error of a weighted mean or share: the variance of their sum is its variance.

        Args:
            answers: A number for each respondent in the base.
            base: Whether each respondent is in the base.
        """
        value, total = self._weighted_mean(answers, base)
        found: np.ndarray = self._unexplained(np.where(base, (answers - value) / total, 0.0)) * self._design.weights
        return found

    def _weighted_mean(self, answers: np.ndarray, base: np.ndarray) -> tuple[float, float]:
        """Return the weighted mean of a base, and the sum of its weights."""
        weights = np.where(base, self._design.weights, 0.0)
        total = float(weights.sum())
        return float(np.clip((weights * answers).sum() / total, answers[base].min(), answers[base].max())), total

    def _ratio(self, answers: np.ndarray, base: np.ndarray) -> tuple[float, float, int]:
        """Return the weighted mean of a base, its standard error, and the respondents."""
        value = self._weighted_mean(answers, base)[0]
        return value, float(np.sqrt(self._variance(self.parts(answers, base)))), int(base.sum())

    def _unexplained(self, parts: np.ndarray) -> np.ndarray:
        """Return what the raked margins leave of each respondent's part: the residual of a regression on their categories.

        The regression weighs respondents as they were sampled, as R's survey package does.

        Source:
            Deville, Särndal and Sautory (1993), Generalized raking procedures in survey sampling, doi:10.1080/01621459.1993.10476369.
        """
        design = self._design
        if not design.margins:
            return parts
        moments = np.concatenate([np.bincount(codes, weights=design.sampled * parts) for codes in design.margins])
        effects, start = self._inverse @ moments, 0
        left = parts.copy()
        for codes in design.margins:
            left -= effects[start:][codes]
            start += codes.max() + 1
        return left

    def _variance(self, parts: np.ndarray) -> float:
        """Return the variance of a sum of weighted parts: between units of a stratum, with replacement."""
        units = parts if self._design.clusters is None else np.bincount(self._design.clusters, weights=parts)
        means = (np.bincount(self._units, weights=units) / self._sizes)[self._units]
        squares = np.bincount(self._units, weights=(units - means) ** 2)
        return float((squares * self._sizes / (self._sizes - 1)).sum())

    def degrees(self, base: np.ndarray) -> int:
        """Return the degrees of freedom of a base: its units less its strata; nobody can tell the error of an estimate on fewer than 1."""
        design = self._design
        units = int(base.sum()) if design.clusters is None else np.count_nonzero(np.bincount(design.clusters[base]))
        return int(units - np.count_nonzero(np.bincount(design.strata[base])))

    def _stratum_of_units(self) -> np.ndarray:
        if self._design.clusters is None:
            return self._design.strata
        stratum = np.zeros(self._design.clusters.max() + 1, dtype=np.intp)
        stratum[self._design.clusters] = self._design.strata
        return stratum

    def _inverse_of_margins(self) -> np.ndarray:
        """Return the generalised inverse of the counts, weighted as sampled, of every pair of margins' categories."""
        margins, weights = self._design.margins, self._design.sampled
        if not margins:
            return np.empty((0, 0))
        sizes = [codes.max() + 1 for codes in margins]
        blocks = [
            [
                np.bincount(one * wide + other, weights=weights, minlength=tall * wide).reshape(tall, wide)
                for other, wide in zip(margins, sizes, strict=True)
            ]
            for one, tall in zip(margins, sizes, strict=True)
        ]
        return np.linalg.pinv(np.block(blocks), hermitian=True)
