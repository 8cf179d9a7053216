"""Respondents whom two waves have in common: what the waves share of chance does not make a change between them less certain, but more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from evidence.survey.codebook import Codebook
from evidence.survey.responses import Responses
from evidence.survey.weighting import Design


@dataclass(frozen=True, slots=True)
class SampledUnits:
    """Where the respondents of a wave come from, by names that another wave may have, too.

    Attributes:
        keys: What names each respondent in every wave.
        units: Name of the unit that was sampled first, one a respondent: the cluster, or the respondent.
        strata: Stratum of each respondent.
    """

    keys: np.ndarray
    units: np.ndarray
    strata: np.ndarray


def sampled_units(responses: Responses, codebook: Codebook, design: Design) -> SampledUnits | None:
    """Return where respondents come from; None when nothing names them in every wave.

    Args:
        responses: The answers of those who count.
        codebook: What says which columns name respondents, strata and clusters.
        design: How respondents count.
    """
    own, frame = codebook.weights, responses.frame
    if not codebook.respondent or not codebook.panel:
        return None
    keys = frame[codebook.respondent].astype(str).to_numpy()
    if not own.clusters:
        return SampledUnits(keys, keys, design.strata)
    units = frame[own.clusters].astype(str)
    if own.nested and own.strata:
        units = frame[own.strata].astype(str) + "\0" + units
    return SampledUnits(keys, units.to_numpy(), design.strata)


class Overlap:
    """What two waves have in common.

    Args:
        before: Respondents of the earlier wave.
        after: Respondents of the later one.
    """

    def __init__(self, before: SampledUnits, after: SampledUnits) -> None:
        _, first, second = np.intersect1d(before.keys, after.keys, assume_unique=True, return_indices=True)
        self.respondents = len(first)
        still = before.units[first] == after.units[second]
        shared = np.unique(before.units[first][still])
        self._earlier, self._later = _Totals(before, shared), _Totals(after, shared)
        pairs = np.stack([self._earlier.strata, self._later.strata], axis=1)
        self._group = np.unique(pairs, axis=0, return_inverse=True)[1].reshape(-1)

    def covariance(self, before: np.ndarray, after: np.ndarray) -> float:
        """Return the covariance of two estimates: between the units that both waves have, within the strata they were sampled in.

        With no unit in common it is nought; with all in common the variance of the change is that of the units' own changes.

        Args:
            before: Parts of respondents in the estimate of the earlier wave, as `Estimator.parts` gives them.
            after: The same of the later wave.

        Source:
            Tam (1984), On covariances from overlapping samples, The American Statistician 38(4), 288-289; Qualité and Tillé (2008), Variance
            estimation of changes in repeated surveys and its application to the Swiss survey of value added, Survey Methodology 34(2).
        """
        earlier, later = self._earlier.of(before), self._later.of(after)
        sizes = np.bincount(self._group)
        several = sizes > 1
        sums = [np.bincount(self._group, weights=values) for values in (earlier, later, earlier * later)]
        products = sums[2] - sums[0] * sums[1] / sizes
        return float((products[several] * sizes[several] / (sizes[several] - 1)).sum())


class _Totals:
    """Sums of parts by the units that both waves have, in the order of their names."""

    def __init__(self, wave: SampledUnits, shared: np.ndarray) -> None:
        places = np.searchsorted(shared, wave.units).clip(max=max(len(shared) - 1, 0))
        self._inside = shared[places] == wave.units if len(shared) else np.zeros(len(wave.units), dtype=bool)
        self._places, self._count = places[self._inside], len(shared)
        self.strata = np.zeros(len(shared), dtype=np.intp)
        self.strata[self._places] = wave.strata[self._inside]

    def of(self, parts: np.ndarray) -> np.ndarray:
        return np.bincount(self._places, weights=parts[self._inside], minlength=self._count)
