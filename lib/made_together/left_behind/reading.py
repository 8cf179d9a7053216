"""How the words of the two definitions are read: each threshold with the words it reads, and how its value is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """How a threshold reads the words of a document.

    Attributes:
        words: The words.
        rule: What they are read as; {} is where the value stands.
    """

    words: str
    rule: str

    def told(self, value: float) -> str:
        """Return the rule with its value."""
        return self.rule.format(f"{value:g}")


GROWTH_READING = {
    "first_year": Reading("consistently", "the years looked at begin with {}"),
    "last_year": Reading("consistently", "the years looked at end with {}"),
    "gdp_ratio_pct": Reading(
        "below-average gross domestic product (GDP) per capita", "GDP per head under {}% of the country's in the same year"
    ),
    "years_below_pct": Reading("consistently", "so in at least {}% of the years"),
    "jobs_growth_pct": Reading("low or negative employment growth", "jobs grow by at most {}% a year on average"),
    "population_growth_pct": Reading("stagnant or declining population levels", "population grows by at most {}% a year on average"),
}
"""How the first definition is read, by threshold. The document prints the words and no number.

Source:
    Wang (2026), blog on coworking spaces and the creative industries, section New evidence.
"""

DEPRIVATION_READING = {
    "deprived_pct": Reading(
        "ranks highly in indices of multiple deprivation",
        "among the {}% of districts with the largest share of neighbourhoods in England's most deprived tenth",
    ),
    "lacking_pct": Reading("lacks key social infrastructure", "among the {}% of districts that lack most"),
}
"""How the second definition is read, by threshold. The document prints the words and no number.

Source:
    Goss, Stokes and Garrod (2026), Economies of Coordination, note 6.
"""
