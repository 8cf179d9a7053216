"""What a finding is about: which findings speak of the same, so that they can agree or disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SKILLS = ("social-cognitive skills", "technical-digital skills")
"""Skills that coworking is said to build; a finding speaks of each whose first word its outcome names."""

PATHS = {
    "Equipment and training": ("resources", "tools", "training"),
    "Contact among people": ("interaction", "networks"),
    "Other or not named": (),
}
"""Mechanisms of skills with the words that place a finding there: the first match counts, so that an organised training in a
group is a training. What names none of them goes to the last."""


def path_of(mechanism: str) -> str:
    """Return the mechanism of skills that a finding's own words belong to.

    Example:
        >>> path_of("organised training and collective learning"), path_of("dense local networks"), path_of("coworking")
        ('Equipment and training', 'Contact among people', 'Other or not named')
    """
    return next((path for path, words in PATHS.items() if any(word in mechanism for word in words)), list(PATHS)[-1])


def topics(row: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """Return what a finding speaks of: mechanism, outcome and kind of region, once for each skill it names.

    Where no skill is named, mechanism and outcome are the finding's own words; a finding without them speaks of nothing that another could.
    """
    mechanism, outcome, region = row["mechanism"], row["outcome"], row["region"] or "all"
    named = [skill for skill in SKILLS if skill.partition(" ")[0] in outcome]
    if named:
        return {(path_of(mechanism), skill, region) for skill in named}
    return {(mechanism, outcome, region)} if mechanism and outcome else set()
