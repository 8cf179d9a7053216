"""The impact estimates as an explicit model: what is known, what is assumed, and what follows, drawn many times.

The model knows no data library: `recompute.simulated` fills it with figures, and `specification` gives it to the page, so that the page's script
and this room reckon from the same numbers.
"""

from evidence.impact.model import CHANCE, Channel, Known, Model, Spread, specification
from evidence.impact.outcome import Outcome, outcome
from evidence.impact.simulation import DRAWS, SEED, Simulation, simulate

__all__ = [
    "CHANCE",
    "DRAWS",
    "SEED",
    "Channel",
    "Known",
    "Model",
    "Outcome",
    "Simulation",
    "Spread",
    "outcome",
    "simulate",
    "specification",
]
