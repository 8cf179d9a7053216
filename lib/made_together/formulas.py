"""Recomputations that a line of `data/formulas.csv` cannot say."""

from made_together import sample, simulated
from made_together.left_behind import counts

REGISTER = sample.REGISTER | simulated.REGISTER | counts.REGISTER
"""Every recomputation, by the id of its figure."""
