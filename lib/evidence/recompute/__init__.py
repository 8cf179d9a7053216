"""Recomputations: small documented functions that derive a figure from other figures.

Each input carries its printed precision, so agreement is a matter of intervals, not of a tolerance somebody chose.
"""

from evidence.recompute import impact, places, plausibility, simulated, survey
from evidence.recompute.registry import REGISTER, Inputs, Recomputation, Result, recompute, recomputes
from evidence.recompute.tracing import written_out

__all__ = [
    "REGISTER",
    "Inputs",
    "Recomputation",
    "Result",
    "impact",
    "places",
    "plausibility",
    "recompute",
    "recomputes",
    "simulated",
    "survey",
    "written_out",
]
