"""The claims of the book that need more than a plain comparison, each a predicate over figures; the plain ones stand in `data/claims.csv`.

The docstring of a predicate tells readers what would change our mind: the threshold at which the sentence is no longer true.
"""

from __future__ import annotations

from evidence.claims.judging import Evidence, claim, falling, surely_above
from evidence.quantity import parse

_TWICE, _QUARTER = (parse(text).exact() for text in ("twice", "a quarter"))


@claim("outreach-by-size")
def outreach_by_size(evidence: Evidence) -> bool:
    """It would fail if sole traders no longer did less than micro firms, micro less than small, or small more than medium firms."""
    small, micro, sole = (evidence(f"sme.outreach.{size}") for size in ("small", "micro", "sole-trader"))
    return falling([small, micro, sole]) and not surely_above(small, evidence("sme.outreach.medium"))


@claim("barriers-finance-and-capacity")
def barriers_finance_and_capacity(evidence: Evidence) -> bool:
    """It would fail if at least as many of the firms that were asked named another barrier as finance or staff capacity."""
    others = [evidence(f"sme.barriers.{name}") for name in ("regulation", "awareness", "central-support", "local-support")]
    leading = [evidence("sme.barriers.finance"), evidence("sme.barriers.staff-capacity")]
    return all(surely_above(lead, other) for lead in leading for other in others)


@claim("young-owners-coordinate")
def young_owners_coordinate(evidence: Evidence) -> bool:
    """It would fail if firms of older owners financed or delivered local projects together at least half as often as those of younger ones."""
    return surely_above(
        evidence("sme.finance-projects.young-owners"), (evidence("sme.finance-projects.older-owners") * _TWICE).within("percent")
    )


@claim("quota-hides-the-smallest")
def quota_hides_the_smallest(evidence: Evidence) -> bool:
    """It would fail if weighting by the number of firms left at least half of the share that the equal quotas show."""
    return surely_above(evidence("computed.outreach.equal-quota"), (evidence("computed.outreach.weighted") * _TWICE).within("percent"))


@claim("headline-is-the-sum")
def headline_is_the_sum(evidence: Evidence) -> bool:
    """It would fail if the two printed parts no longer added up to the printed total."""
    parts = evidence("impact.university.growth.high") + evidence("impact.apprentice.growth.high")
    return evidence("impact.growth.total.high").interval.contains(parts.anchor)


@claim("few-spaces-answered")
def few_spaces_answered(evidence: Evidence) -> bool:
    """It would fail if at least a quarter of the operating spaces had taken part in the survey."""
    return surely_above(_QUARTER, evidence("computed.coworking.response"))


@claim("impact-turns-on-acts")
def impact_turns_on_acts(evidence: Evidence) -> bool:
    """It would fail if some other input moved the median of growth as far as take-up by the surest firms, or additionality, does."""
    widths = {name: evidence(f"computed.growth.swing.{name}.high") - evidence(f"computed.growth.swing.{name}.low") for name in _RAISING}
    widths["overlap"] = evidence("computed.growth.swing.overlap.low") - evidence("computed.growth.swing.overlap.high")
    widths["size-pattern"] = evidence("computed.growth.swing.size-pattern.low") - evidence("computed.growth.swing.size-pattern.high")
    leading = [widths.pop("take-up"), widths.pop("additionality")]
    return all(surely_above(lead, other) for lead in leading for other in widths.values())


_RAISING = ("take-up", "additionality", "others", "lone-firms", "value-university", "value-apprentice", "chance")
"""Inputs of the impact model that raise growth when they rise."""
