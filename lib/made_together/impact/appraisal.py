"""The impact estimates as an appraisal: over years, in present value, net of what others lose, and what knowing more would be worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from made_together.assumed import NAMES
from made_together.impact.model import ImpactError, Numbers
from made_together.impact.simulation import ENDS, Simulation

BINS = 40
"""Parts of the draws, by the value of one assumption, whose means stand for what would be expected if that assumption were known."""

_SHARES = ("persistence", "displacement", "substitution", "leakage", "optimism", "together")


@dataclass(frozen=True, slots=True)
class Terms:
    """How a gain is appraised. Deadweight is the model's own assumption on additionality and no term here.

    Attributes:
        years: Years that are counted, from the first in which a firm may act.
        ramp: Years over which firms begin, alike many in each.
        persistence: Part of a year's gain that the next year still has.
        rate: By how much a pound is worth less a year later.
        displacement: Part of the gain that competitors lose.
        substitution: Part that takes the place of another activity of the same firm.
        leakage: Part that goes to people and places that are not meant.
        optimism: Part that is hoped for and will not come, as experience with such estimates has it.
        cost: What a firm that acts pays once, when it begins, pounds.
        together: How often all assumptions are as favourable as each other, instead of each by itself.

    Raises:
        ImpactError: If a number of years is below one, a share lies outside nought and one, or a rate or cost is below nought.
    """

    years: int = 1
    ramp: int = 1
    persistence: float = 0.0
    rate: float = 0.035
    displacement: float = 0.0
    substitution: float = 0.0
    leakage: float = 0.0
    optimism: float = 0.0
    cost: float = 0.0
    together: float = 0.0

    def __post_init__(self) -> None:
        wrong = [name for name in _SHARES if not 0 <= getattr(self, name) <= 1]
        wrong += [name for name in ("years", "ramp") if getattr(self, name) < 1]
        wrong += [name for name in ("rate", "cost") if getattr(self, name) < 0]
        if wrong:
            raise ImpactError(
                f"terms of the appraisal: {wrong[0]} is {getattr(self, wrong[0])}. Give shares from 0 to 1, and at least a year."
            )

    @property
    def kept(self) -> float:
        """The part of the gain that is left for those who are meant."""
        return (1 - self.displacement) * (1 - self.substitution) * (1 - self.leakage) * (1 - self.optimism)

    def beginning(self) -> list[float]:
        """Return which part of the firms that act begin in each year that is counted; who would begin later is not."""
        return [1 / self.ramp if year < self.ramp else 0.0 for year in range(self.years)]

    def gaining(self) -> list[float]:
        """Return the gain of each year, as a part of the gain of one year in which all act."""
        gains, level = [], 0.0
        for begun in self.beginning():
            level = level * self.persistence + begun
            gains.append(level)
        return gains


@dataclass(frozen=True, slots=True)
class Appraised:
    """What an appraisal gives; each triple is the low end, the median and the high end of the draws.

    Attributes:
        growth: Growth in present value, net, pounds.
        switching: What a firm that acts may pay once, when it begins, before it costs as much as it brings, pounds.
        pays: Part of the draws in which it brings more than it costs.
        worth: What knowing an assumption exactly would be worth before deciding, pounds, by its name.
    """

    growth: tuple[float, float, float]
    switching: tuple[float, float, float]
    pays: float
    worth: dict[str, float]

    @property
    def worth_most(self) -> str:
        """The assumption that is most worth knowing; empty when no knowledge would change the decision."""
        best = max(self.worth, key=lambda name: self.worth[name])
        return best if self.worth[best] >= LEAST_WORTH else ""


LEAST_WORTH = 500_000.0
"""Pounds below which knowledge counts as worth nothing: the last digit that is printed."""


def present_value(stream: Sequence[float], rate: float) -> float:
    """Return what a stream of yearly amounts is worth today, the first not discounted.

    Args:
        stream: An amount for each year.
        rate: By how much a pound is worth less a year later.

    Example:
        >>> present_value([-100, 125], 0.25)
        0.0
    """
    total = 0.0
    for year, amount in enumerate(stream):
        total += amount / (1 + rate) ** year
    return total


def appraise(drawn: Simulation, terms: Terms) -> Appraised:
    """Return the appraisal of a model that was drawn.

    Args:
        drawn: The model, drawn with the terms' own `together`.
        terms: How it is appraised.

    Source:
        HM Treasury (2003), The Green Book, for present values and switching values. Strong, Oakley and Brennan (2014), Estimating multiparameter
        partial expected value of perfect information, doi:10.1177/0272989X12465773, for what knowing one assumption is worth, of which the means
        of parts of the draws are the simplest case.
    """
    growth = drawn.outcome.growth * (terms.kept * present_value(terms.gaining(), terms.rate))
    paying = drawn.outcome.steps * present_value(terms.beginning(), terms.rate)
    switching = np.divide(growth, paying, out=np.zeros_like(growth), where=paying > 0)
    net = growth - paying * terms.cost
    worth = {name: _worth(place, net) for name, place in zip(NAMES, drawn.places, strict=True)}
    return Appraised(_ends(growth), _ends(switching), float(np.count_nonzero(net > 0) / net.size), worth)


def _ends(numbers: Numbers) -> tuple[float, float, float]:
    low, middle, high = np.quantile(numbers, (ENDS[0], 0.5, ENDS[1]))
    return float(low), float(middle), float(high)


def _worth(place: Numbers, net: Numbers) -> float:
    """Return how much more a decision would bring that knows in which part an assumption lies, than one that does not."""
    sums = np.bincount((place * BINS).astype(np.intp), weights=net, minlength=BINS)
    return float((np.maximum(sums, 0).sum() - max(sums.sum(), 0.0)) / net.size)


def terms_specification(terms: Terms) -> dict[str, float]:
    """Return the terms as plain data."""
    return asdict(terms)
