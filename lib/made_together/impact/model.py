"""What the model of the impact estimates is made of: numbers that are known and spreads that are assumed."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evidence.errors import EvidenceError
from made_together.assumed import NAMES

Numbers = NDArray[np.float64]


class ImpactError(EvidenceError):
    """An assumption of the impact model is missing or has no meaning: names it and what to do."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What an assumed share may be, and how likely each value is.

    Attributes:
        low: Lowest value.
        high: Highest value; above the lowest.
        report: Value the report uses, said or unsaid.
        likely: Most likely value, from which probability falls evenly to both ends (triangular); None where no value is likelier than another
            (uniform).

    Raises:
        ImpactError: If the ends are reversed, or a likely value lies outside them.
    """

    low: float
    high: float
    report: float
    likely: float | None = None

    def __post_init__(self) -> None:
        inside = self.likely is None or self.low <= self.likely <= self.high
        if self.low >= self.high or not inside:
            raise ImpactError(
                f"a spread from {self.low} to {self.high} with {self.likely} as likely: give low, likely and high in rising order."
            )

    def at(self, probability: Numbers | float) -> Numbers:
        """Return the value below which a part of all draws lies (the inverse of its distribution function).

        Args:
            probability: That part, from 0 to 1.

        Example:
            >>> float(Spread(0, 1, 1).at(0.25)), float(Spread(0, 1, 1, likely=0.5).at(0.125))
            (0.25, 0.25)
        """
        part, width = np.asarray(probability, dtype=np.float64), self.high - self.low
        if self.likely is None:
            return self.low + part * width
        rise, fall = self.likely - self.low, self.high - self.likely
        below = self.low + np.sqrt(part * width * rise)
        above = self.high - np.sqrt((1 - part) * width * fall)
        return np.where(part * width < rise, below, above)


@dataclass(frozen=True, slots=True)
class Channel:
    """A step that firms were asked about.

    Attributes:
        more: Share of firms more likely to take it; those much more likely are among them.
        much: Share of firms much more likely to take it.
        gain: What a firm that takes it adds to the economy, pounds.
    """

    more: float
    much: float
    gain: float


@dataclass(frozen=True, slots=True)
class Known:
    """What the documents and official statistics state.

    Attributes:
        employers: Small and medium-sized firms that employ anybody.
        alone: Firms that employ nobody.
        employers_pattern: How often employers answered yes relative to the mean of the quotas, in the one answer printed by size.
        alone_pattern: The same for firms that employ nobody.
        respondents: Firms asked, as many as a sample in proportion to the population would need to be as exact.
        university: Partnerships with universities.
        apprentice: Management apprentices.
        revenue: Revenue that an apprentice adds, pounds.
    """

    employers: float
    alone: float
    employers_pattern: float
    alone_pattern: float
    respondents: float
    university: Channel
    apprentice: Channel
    revenue: float


@dataclass(frozen=True, slots=True)
class Model:
    """All that the simulation needs.

    Attributes:
        known: What is stated.
        spreads: What is assumed, in the order of `NAMES`.

    Raises:
        ImpactError: If an assumption is missing or has another name.
    """

    known: Known
    spreads: tuple[tuple[str, Spread], ...]

    def __post_init__(self) -> None:
        found = tuple(name for name, _ in self.spreads)
        if found != NAMES:
            raise ImpactError(f"the model assumes {', '.join(NAMES)}; found {', '.join(found) or 'nothing'}. Give each, in this order.")


def specification(model: Model) -> dict[str, Any]:
    """Return the model as plain data: what is known, and each assumption by name."""
    return {"known": asdict(model.known), "spreads": {name: asdict(spread) for name, spread in model.spreads}}
