"""The claims of the book, each a predicate over figures.

The docstring of a predicate tells readers what would change our mind: the threshold at which the sentence is no longer true.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from evidence.claims.judging import Evidence, claim, surely_above
from evidence.quantity import Quantity, parse

_TWICE, _HALF, _QUARTER = (parse(text).exact() for text in ("twice", "half", "a quarter"))


def _falling(values: Iterable[Quantity]) -> bool:
    listed = list(values)
    return all(surely_above(first, second) for first, second in itertools.pairwise(listed))


@claim("outreach-by-size")
def outreach_by_size(evidence: Evidence) -> bool:
    """It would fail if sole traders no longer did less than micro firms, micro less than small, or small more than medium firms."""
    small, micro, sole = (evidence(f"sme.outreach.{size}") for size in ("small", "micro", "sole-trader"))
    return _falling([small, micro, sole]) and not surely_above(small, evidence("sme.outreach.medium"))


@claim("barriers-finance-and-capacity")
def barriers_finance_and_capacity(evidence: Evidence) -> bool:
    """It would fail if any other barrier were named by at least as many firms as finance or staff capacity."""
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


@claim("growth-rests-on-apprentices")
def growth_rests_on_apprentices(evidence: Evidence) -> bool:
    """It would fail if university partnerships brought at least as much of the estimated growth as apprentices."""
    return surely_above(evidence("impact.apprentice.growth.high"), evidence("impact.university.growth.high"))


@claim("headline-is-the-sum")
def headline_is_the_sum(evidence: Evidence) -> bool:
    """It would fail if the two printed parts no longer added up to the printed total."""
    parts = evidence("impact.university.growth.high") + evidence("impact.apprentice.growth.high")
    return evidence("impact.growth.total.high").interval.contains(parts.anchor)


@claim("apprentices-outnumber-employers")
def apprentices_outnumber_employers(evidence: Evidence) -> bool:
    """It would fail if there were at least as many SMEs with employees as additional apprentices in the high case."""
    return surely_above(evidence("impact.apprentices.high"), evidence("computed.sme.employers"))


@claim("hubs-signpost")
def hubs_signpost(evidence: Evidence) -> bool:
    """It would fail if at least as many stakeholders saw hubs as a link to education, or as a policy voice, as saw them as signposts."""
    return all(
        surely_above(evidence("growth-hub.view.signposting"), evidence(f"growth-hub.view.{other}"))
        for other in ("education-links", "policy-voice")
    )


@claim("hubs-turnover")
def hubs_turnover(evidence: Evidence) -> bool:
    """It would fail if turnover of firms that used a hub grew no faster than that of the control group."""
    return surely_above(evidence("growth-hub.turnover"), evidence("growth-hub.turnover.control"))


@claim("sme-apprenticeships-fell-faster")
def sme_apprenticeships_fell_faster(evidence: Evidence) -> bool:
    """It would fail if apprenticeship starts fell no faster in small and medium-sized firms than among large employers."""
    return surely_above(evidence("apprenticeships.starts.decline-sme"), evidence("apprenticeships.starts.decline-large"))


@claim("premium-for-disadvantaged")
def premium_for_disadvantaged(evidence: Evidence) -> bool:
    """It would fail if the wage premium of disadvantaged women were no larger than that of other women."""
    return surely_above(
        evidence("apprenticeships.wage-premium.women-disadvantaged"), evidence("apprenticeships.wage-premium.women-non-disadvantaged")
    )


@claim("small-firms-meet-schools-less")
def small_firms_meet_schools_less(evidence: Evidence) -> bool:
    """It would fail if small firms had links with schools at least as often as large ones."""
    return surely_above(evidence("careers.school-links.large"), evidence("careers.school-links.small"))


@claim("contact-and-neet")
def contact_and_neet(evidence: Evidence) -> bool:
    """It would fail if young people with repeated employer contact became NEET at least as often as those with none."""
    return surely_above(evidence("careers.employer-contact.neet-none"), evidence("careers.employer-contact.neet-repeated"))


@claim("local-spend-rose")
def local_spend_rose(evidence: Evidence) -> bool:
    """It would fail if the share of spending with local suppliers had not risen between the two years."""
    return surely_above(evidence("case.manchester.local-spend.after"), evidence("case.manchester.local-spend.before"))


@claim("sme-spend-is-volatile")
def sme_spend_is_volatile(evidence: Evidence) -> bool:
    """It would fail if the year after the one the report stops at had held the share that the report celebrates."""
    return surely_above(evidence("official.manchester.sme-spend.third-year"), evidence("official.manchester.sme-spend.fourth-year"))


@claim("long-tail")
def long_tail(evidence: Evidence) -> bool:
    """It would fail if the gap between productive and unproductive firms were no wider in the United Kingdom than in Canada, France or Spain."""
    return _falling(evidence(f"productivity.dispersion.{place}") for place in ("uk", "canada", "france-spain"))


@claim("laggards-fall-behind")
def laggards_fall_behind(evidence: Evidence) -> bool:
    """It would fail if the least productive firms had not lost more than the middle, and the middle more than the frontier."""
    return _falling(evidence(f"productivity.growth.{part}") for part in ("frontier", "middle", "laggard"))


@claim("valued-but-unseen")
def valued_but_unseen(evidence: Evidence) -> bool:
    """It would fail if at least as many people noticed manufacturing in the media as call it essential."""
    return surely_above(evidence("perceptions.essential"), evidence("perceptions.media.saw-anything"))


@claim("insiders-content")
def insiders_content(evidence: Evidence) -> bool:
    """It would fail if no more than half of manufacturing workers called their work purposeful."""
    return surely_above(evidence("perceptions.jobs-purposeful"), _HALF)


@claim("case-places-earn-less")
def case_places_earn_less(evidence: Evidence) -> bool:
    """It would fail if median weekly pay in any of the places reached that of the United Kingdom."""
    places = ("bradford", "hull", "north-east-lincolnshire", "bassetlaw", "manchester", "preston")
    return all(surely_above(evidence("official.pay.median.uk"), evidence(f"official.pay.median.{place}")) for place in places)


@claim("neet-follows-background")
def neet_follows_background(evidence: Evidence) -> bool:
    """It would fail if young people from lower working-class homes were not NEET more often than those from any other background."""
    others = ("higher-professional", "lower-professional", "intermediate", "higher-working")
    return all(
        surely_above(evidence("official.neet.background.lower-working"), evidence(f"official.neet.background.{other}")) for other in others
    )


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


@claim("impact-cautious-is-high")
def impact_cautious_is_high(evidence: Evidence) -> bool:
    """It would fail if a twentieth or more of the draws of the impact model reached the growth printed for the cautious case."""
    return surely_above(evidence("impact.growth.total.low"), evidence("computed.growth.simulated.high"))
