"""Recomputations that a line of `data/formulas.csv` cannot say."""

from made_together import sample, simulated

REGISTER = sample.REGISTER | simulated.REGISTER
"""Every recomputation, by the id of its figure."""
