"""Recomputations: what derives a figure from other figures, a line of `data/formulas.csv` or, where a line cannot say it, a function.

Each input carries its printed precision, so agreement is a matter of intervals, not of a tolerance somebody chose.
"""

from evidence.recompute.registry import (
    LINE,
    Inputs,
    Recomputation,
    Register,
    Result,
    find,
    functions,
    known,
    recompute,
    unrounded,
    written_out,
)
