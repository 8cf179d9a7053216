"""The model drawn many times: what comes out in the middle and at the ends, and which input matters most."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np

from made_together.assumed import CHANCE, NAMES
from made_together.impact.model import Model, Numbers, specification
from made_together.impact.outcome import ModelOutcome, outcome

DRAWS = 100_000
SEED = 2026
"""Any number would do; it is fixed so that everybody gets the same draws. NumPy promises that PCG64 itself stays as it is, and what is drawn from
it as long as NumPy's version does: after an upgrade the printed digits must hold, the draws need not."""

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43)
"""One for each input, and two for draws in which all assumptions go together; the multiples of their square roots, without the whole part, fill the space of all inputs evenly."""

ENDS = (0.05, 0.95)
"""Parts of the draws that lie below the low and the high end of an interval."""

PAGE_DRAWS = DRAWS
"""Draws of the page's script: the same as the library's, so that both print the same digits."""

AGAINST = ("overlap", "size-pattern")
"""Assumptions whose low values are the favourable ones."""

_CHANNEL_SHARES = 4


class Simulation:
    """A model drawn many times.

    The draws are spread evenly over all inputs together (multiples of square roots of primes, shifted at random), which makes the same number of
    them far more exact than independent ones; the script of the page draws in the same way.

    Args:
        model: What is known and assumed.
        draws: How many.
        seed: Start of the random shift.
        together: How often all assumptions are as favourable as each other, instead of each by itself; from 0 to 1.

    Attributes:
        model: The model.
        outcome: What followed in each draw.
        places: Where in its range each assumption stood in each draw, from 0 to 1, a row each.

    Source:
        Cranley and Patterson (1976), Randomization of number theoretic methods for multiple integration, doi:10.1137/0713071, for the shift.
    """

    def __init__(self, model: Model, draws: int = DRAWS, seed: int = SEED, together: float = 0.0) -> None:
        even = _even(draws, seed)
        self.model = model
        self.places: Numbers = _with_common(even, together)
        self._assumed = {name: spread.at(row) for row, (name, spread) in zip(self.places, model.spreads, strict=True)}
        self._chance = normal(even[len(NAMES) : len(NAMES) + _CHANNEL_SHARES])
        self.outcome: ModelOutcome = outcome(model.known, self._assumed, self._chance)
        self._swings: dict[str, tuple[float, float]] = {}
        self._parts: dict[tuple[str, float], float] = {}

    def below(self, what: str, part: float) -> float:
        """Return the number that a part of the draws of one outcome fall below.

        Args:
            what: Name of an attribute of `ModelOutcome`.
            part: From 0 to 1.
        """
        if (what, part) not in self._parts:
            self._parts[what, part] = float(np.quantile(getattr(self.outcome, what), part))
        return self._parts[what, part]

    def growth_held(self, name: str) -> tuple[float, float]:
        """Return the median of growth in pounds with one input held at its own low, then high, end while all others vary.

        Args:
            name: Name of an assumption, or `CHANCE` for the shares of the survey, all held together.
        """
        if name not in self._swings:
            low, high = (float(np.median(self._held(name, end))) for end in ENDS)
            self._swings[name] = low, high
        return self._swings[name]

    def _held(self, name: str, end: float) -> Numbers:
        known, spreads = self.model.known, dict(self.model.spreads)
        if name == CHANCE:
            return outcome(known, self._assumed, np.full((_CHANNEL_SHARES, 1), _NORMAL[end])).growth
        return outcome(known, {**self._assumed, name: spreads[name].at(end)}, self._chance).growth


_NORMAL = {0.05: -1.6448536269514722, 0.95: 1.6448536269514722}
"""Ends of the standard normal distribution, in standard deviations."""


def shift(seed: int) -> Numbers:
    """Return a random number from 0 to 1 for each input."""
    return np.random.Generator(np.random.PCG64(seed)).random(len(PRIMES))


def spread_evenly(draws: int, start: Numbers) -> Numbers:
    """Return numbers from 0 to 1, a row for each input and a column for each draw, that fill the space evenly.

    Args:
        draws: How many columns.
        start: A number for each row that all of the row is shifted by.
    """
    steps = np.sqrt(np.array(PRIMES, dtype=np.float64))
    return (steps[:, None] * np.arange(1, draws + 1) + start[:, None]) % 1.0


@lru_cache(maxsize=2)
def _even(draws: int, seed: int) -> Numbers:
    return spread_evenly(draws, shift(seed))


def _with_common(even: Numbers, together: float) -> Numbers:
    """Return where assumptions stand: in a part of the draws all at the same place of their ranges, as seen from the favourable end.

    Args:
        even: A row for each input, then one that says which draws these are, and one for their common place.
        together: That part.
    """
    chosen, common = even[-2] < together, even[-1]
    rows = [np.where(chosen, 1 - common if name in AGAINST else common, row) for name, row in zip(NAMES, even, strict=False)]
    return np.array(rows)


def normal(even: Numbers) -> Numbers:
    """Return numbers of the standard normal distribution made of numbers from 0 to 1, two rows of two (Box and Muller).

    Source:
        Box and Muller (1958), A note on the generation of random normal deviates, doi:10.1214/aoms/1177706645.
    """
    radius, angle = np.sqrt(-2 * np.log(1 - even[0::2])), 2 * np.pi * even[1::2]
    return np.concatenate([radius * np.cos(angle), radius * np.sin(angle)])


@lru_cache(maxsize=8)
def simulate(model: Model) -> Simulation:
    """Return a model drawn `DRAWS` times from `SEED`; the same model is drawn once a process."""
    return Simulation(model)


def page_specification(model: Model) -> dict[str, Any]:
    """Return all that the page's script needs to draw the model as `Simulation` does, in fewer draws."""
    return {
        **specification(model),
        "draws": PAGE_DRAWS,
        "primes": list(PRIMES),
        "shift": shift(SEED).tolist(),
        "ends": list(ENDS),
        "against": list(AGAINST),
    }
