"""How respondents count: design weights, raked to what is known of the population, and the design their uncertainty follows from."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from evidence.catalog import Library
from evidence.errors import SurveyError
from evidence.survey.codebook import Codebook, Margin
from evidence.survey.responses import numbers

Codes = np.ndarray
"""One whole number a respondent: which of the categories of a column."""

_ROUNDS = 1000
_LARGEST_ERROR = 1e-10
"""When raking ends: of all respondents, far below what anybody prints; margins that contradict each other never come near it."""
_LARGEST_DIFFERENCE = 1e-6
"""When raking and trimming in turn ends: of the mean weight."""


@dataclass(frozen=True, slots=True)
class Design:
    """Weights and where respondents come from.

    Attributes:
        weights: One weight a respondent, of mean one.
        sampled: The weights that the chances of being asked imply, before raking, of mean one.
        strata: Stratum of each respondent; all nought without strata.
        clusters: Cluster of each respondent, None when respondents were sampled themselves.
        margins: Categories of each margin the weights are raked to, one array a margin; their residuals, and no more, are uncertain.
        fit: For each margin and category its share of the population and of the weights before and after raking, in percent.
        trimmed: How many weights were cut to the declared bounds.
    """

    weights: np.ndarray
    sampled: np.ndarray
    strata: Codes
    clusters: Codes | None = None
    margins: tuple[Codes, ...] = ()
    fit: list[dict[str, str | float]] = field(default_factory=list)
    trimmed: int = 0


def make_design(frame: pd.DataFrame, codebook: Codebook, library: Library, rake: bool, name: str) -> Design:
    """Return how the respondents of an export count.

    Args:
        frame: The answers.
        codebook: What it declares of weights and margins.
        library: Where the sizes of the population stand.
        rake: Whether to rake to the margins.
        name: What to call the export in a message.

    Raises:
        SurveyError: If a weight, stratum, cluster or category is missing or cannot be used: names the column and what to do.
    """
    own = codebook.weights
    given = _design_weights(frame, own.column, name, codebook.export.decimal)
    strata = _codes(frame, own.strata, name) if own.strata else np.zeros(len(frame), dtype=np.intp)
    clusters = _clusters(frame, codebook, strata, name) if own.clusters else None
    _check_strata(frame, own.strata, strata, clusters, name)
    if not rake:
        weights = trimmed(given, own.trim)
        return Design(weights, weights, strata, clusters, trimmed=_cut(given, own.trim))
    if not codebook.margins:
        raise SurveyError(f"{name}: nothing to rake to; the codebook declares no margins. Declare them, or do without --rake.")
    targets = [(margin, *_target(frame, margin, library, given, name)) for margin in codebook.margins]
    margins, shares = [codes for _, codes, _ in targets], [shares for _, _, shares in targets]
    raked = raked_weights(given, margins, shares)
    bounded = _bounded(raked, margins, shares, own.trim) if own.trim else raked
    sampled = _by_stratum(given, own.strata, targets)
    fit = [row for margin, codes, shares in targets for row in _fit(margin, codes, shares, given, bounded)]
    return Design(bounded, sampled, strata, clusters, tuple(margins), fit, _cut(raked, own.trim))


Bounds = tuple[float, float] | None
"""Smallest and largest weight, in means of the weights; None for no bounds."""


def trimmed(weights: np.ndarray, bounds: Bounds) -> np.ndarray:
    """Return weights of mean one of which none lies outside the bounds; what is cut off is spread over the others in proportion.

    Args:
        weights: Weights of mean one.
        bounds: Smallest, below one, and largest weight, above one.

    Source:
        Potter and Zheng (2015), Methods and issues in trimming extreme weights in sample surveys, Proceedings of the Survey Research
        Methods Section, American Statistical Association, 2707-2719.

    Example:
        >>> trimmed(np.array([0.4, 0.4, 0.4, 2.8]), (0.1, 1.75)).round(3).tolist()
        [0.75, 0.75, 0.75, 1.75]
    """
    if bounds is None:
        return weights
    cut: np.ndarray = np.clip(weights, *bounds)
    for _ in range(_ROUNDS):
        over = len(cut) - cut.sum()
        if abs(over) < _LARGEST_ERROR * len(cut):
            break
        free = cut < bounds[1] if over > 0 else cut > bounds[0]
        cut = np.clip(np.where(free, cut * (1 + over / cut[free].sum()), cut), *bounds)
    return cut


def _bounded(weights: np.ndarray, margins: list[Codes], shares: list[np.ndarray], bounds: tuple[float, float]) -> np.ndarray:
    """Return raked weights within the bounds that fit the margins: trimmed and raked in turn until both hold.

    Raises:
        SurveyError: If they do not: names the bounds.
    """
    for _ in range(_ROUNDS):
        cut = trimmed(weights, bounds)
        weights = raked_weights(cut, margins, shares)
        if np.abs(weights - cut).max() < _LARGEST_DIFFERENCE:
            return weights
    raise SurveyError(
        f"no weights between {bounds[0]:g} and {bounds[1]:g} times their mean fit the margins. Widen trim in the codebook, or merge categories."
    )


def _cut(weights: np.ndarray, bounds: Bounds) -> int:
    """Return how many weights lie outside the bounds."""
    return 0 if bounds is None else int(np.count_nonzero((weights < bounds[0]) | (weights > bounds[1])))


def raked_weights(weights: np.ndarray, margins: list[Codes], shares: list[np.ndarray]) -> np.ndarray:
    """Return weights of mean one whose shares in each margin are those of the population.

    Respondents who agree in every margin keep the ratio of their weights: iterative proportional fitting, one margin after the other.

    Args:
        weights: Design weights.
        margins: Category of each respondent, one array a margin.
        shares: Share of each category in the population, one array a margin, each of sum one.

    Raises:
        SurveyError: If no weights fit all margins, because categories of one occur only together with those of another.

    Source:
        Deming and Stephan (1940), On a least squares adjustment of a sampled frequency table, doi:10.1214/aoms/1177731829.

    Example:
        >>> raked_weights(np.ones(4), [np.array([0, 0, 0, 1])], [np.array([0.5, 0.5])]).round(3).tolist()
        [0.667, 0.667, 0.667, 2.0]
    """
    wanted = [share * len(weights) for share in shares]
    for _ in range(_ROUNDS):
        for codes, sizes in zip(margins, wanted, strict=True):
            weights = weights * (sizes / _by(codes, weights, len(sizes)))[codes]
        error = max(np.abs(_by(codes, weights, len(sizes)) - sizes).max() for codes, sizes in zip(margins, wanted, strict=True))
        if error < _LARGEST_ERROR * len(weights):
            return weights
    raise SurveyError(
        f"raking does not converge (largest error {error:.2g} respondents after {_ROUNDS} rounds): some categories "
        "occur only together. Merge categories of a margin, or leave a margin out."
    )


def kish(weights: np.ndarray) -> float:
    """Return how many respondents of equal weight tell as much as these: the square of the sum over the sum of squares.

    Source:
        Kish (1965), Survey Sampling, section 11.7.

    Example:
        >>> kish(np.array([1.0, 1.0, 2.0]))  # 16 over 6
        2.6666666666666665
    """
    return float(weights.sum() ** 2 / (weights**2).sum())


def _by_stratum(weights: np.ndarray, strata: str, targets: list[tuple[Margin, Codes, np.ndarray]]) -> np.ndarray:
    """Return the weights that equal quotas of unequal strata imply: the population of a stratum over its respondents.

    Raking would get there by itself; but what its margins leave unexplained is judged by the weights before it, which must be the chances of
    being asked.
    """
    for margin, codes, shares in targets:
        if margin.column == strata:
            return raked_weights(weights, [codes], [shares])
    return weights


def _by(codes: Codes, values: np.ndarray, size: int = 0) -> np.ndarray:
    return np.bincount(codes, weights=values, minlength=size)


def _design_weights(frame: pd.DataFrame, column: str, name: str, decimal: str) -> np.ndarray:
    if not column:
        return np.ones(len(frame))
    weights = numbers(frame, column, name, decimal)
    wrong = np.flatnonzero(~(weights > 0))
    if wrong.size:
        row = int(wrong[0])
        rule = {True: 'zero = "leave out"', False: 'empty = "leave out"'}[weights[row] == 0]
        remedy = "Correct the cell" if weights[row] < 0 else f"Correct the cell, or declare a rule in the codebook: [weights] {rule}"
        told = f"weight {weights[row]}; expected a number above nought; so are {wrong.size:,} in all. {remedy}."
        raise SurveyError(f"{name}, row {frame.index[row] + 2}, column {column}: {told}")
    shares: np.ndarray = weights / weights.mean()
    return shares


def _codes(frame: pd.DataFrame, column: str, name: str) -> Codes:
    codes: Codes = frame[column].cat.codes.to_numpy(dtype=np.intp)
    if (codes < 0).any():
        row = int(np.flatnonzero(codes < 0)[0])
        told = f"empty, but every respondent must have one to be weighted; so are {int((codes < 0).sum()):,} in all."
        remedy = 'Fill it in, or declare a rule: unknown = "keep" or "leave out" of a margin, [[leave_out]] for others.'
        raise SurveyError(f"{name}, row {frame.index[row] + 2}, column {column}: {told} {remedy}")
    return codes


def _clusters(frame: pd.DataFrame, codebook: Codebook, strata: Codes, name: str) -> Codes:
    """Return the cluster of each respondent; numbers that begin anew in each stratum are clusters of their own there."""
    clusters = _codes(frame, codebook.weights.clusters, name)
    if not codebook.weights.nested:
        return np.unique(clusters, return_inverse=True)[1]
    return np.unique(strata * (int(clusters.max()) + 1) + clusters, return_inverse=True)[1]


def _check_strata(frame: pd.DataFrame, column: str, strata: Codes, clusters: Codes | None, name: str) -> None:
    units = np.bincount(strata) if clusters is None else np.bincount(_stratum_of(clusters, strata, column, name))
    single = np.flatnonzero(units == 1)
    if single.size:
        told = frame[column].cat.categories[int(single[0])] if column else "the sample"
        raise SurveyError(f"{name}, column {column}: {told} holds one unit, whose spread nobody can tell. Merge it with another stratum.")


def _stratum_of(clusters: Codes, strata: Codes, column: str, name: str) -> Codes:
    """Return the stratum of each cluster, after checking that it lies in one."""
    stratum = np.zeros(clusters.max() + 1, dtype=np.intp)
    stratum[clusters] = strata
    if (stratum[clusters] != strata).any():
        raise SurveyError(
            f"{name}, column {column}: a cluster lies in two strata. Name clusters apart in each stratum, or say nested = true of weights."
        )
    return stratum


def _target(frame: pd.DataFrame, margin: Margin, library: Library, weights: np.ndarray, name: str) -> tuple[Codes, np.ndarray]:
    """Return the category of each respondent in the order of the margin, and the shares of the population.

    Where the unknown are kept, they are a last category, which keeps the share of the weights that it has.
    """
    known = list(margin.population)
    unknown = frame[margin.column].isna().to_numpy() if margin.unknown == "keep" else np.zeros(len(frame), dtype=bool)
    answers = _codes(frame[~unknown], margin.column, name)
    names = list(frame[margin.column].cat.categories)
    present = {names[code] for code in np.unique(answers)}
    strange, absent = sorted(present - set(known)), sorted(set(known) - present)
    if strange or absent:
        told = [f'answers "{", ".join(strange)}" that the margin does not know'] * bool(strange)
        told += [f'no respondent in "{", ".join(absent)}"'] * bool(absent)
        raise SurveyError(f"{name}, column {margin.column}: {' and '.join(told)}. Recode the answers or merge categories of the margin.")
    sizes = np.array(
        [float(library.figure(size).quantity.anchor) if isinstance(size, str) else size for size in margin.population.values()]
    )
    codes = np.full(len(frame), len(known), dtype=np.intp)
    codes[~unknown] = np.array([known.index(one) if one in known else -1 for one in names])[answers]
    if not unknown.any():
        return codes, sizes / sizes.sum()
    share = weights[unknown].sum() / weights.sum()
    return codes, np.append(sizes / sizes.sum() * (1 - share), share)


def _fit(margin: Margin, codes: Codes, shares: np.ndarray, before: np.ndarray, after: np.ndarray) -> list[dict[str, str | float]]:
    size = len(shares)
    columns = (shares, _by(codes, before, size) / before.sum(), _by(codes, after, size) / after.sum())
    return [
        {"column": margin.column, "category": name, "population": 100 * wanted, "before": 100 * old, "after": 100 * new}
        for name, wanted, old, new in zip([*margin.population, "unknown"][:size], *columns, strict=True)
    ]
