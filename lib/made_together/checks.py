"""Checks of the sources against themselves that a row of `data/checks.csv` cannot say."""

from made_together import bases, wording

REGISTER = bases.REGISTER | wording.REGISTER
"""Every check, by the name corrections use as their guard."""
