"""Checks of words, counts and periods against each other that a row of `data/checks.csv` cannot say.

Each names the words it objects to. It is silent once the quote no longer holds them, or the numbers have come to bear them out.
"""

from __future__ import annotations

from itertools import combinations

from evidence.audit import Register
from evidence.audit.sayings import finding_says, interval, places_that_say, rounded, years
from evidence.catalog import Library
from evidence.quantity import possible_totals, share_possible

REGISTER = Register()
"""The checks, by name."""


@REGISTER.check("growth-hub-respondents")
def growth_hub_respondents(library: Library) -> str:
    """Are the shares of stakeholders possible for the number of stakeholders printed?"""
    names = ("signposting", "advice", "education-links", "policy-voice")
    shares = {name: library.figure(f"growth-hub.view.{name}") for name in names}
    asked = int(library.figure("growth-hub.stakeholders").quantity.anchor)
    bad = [figure.stated for figure in shares.values() if not share_possible(figure.quantity, asked)]
    if not bad:
        return ""
    fit = possible_totals([figure.quantity for figure in shares.values()], asked)
    return f"{' and '.join(bad)} are no share of {asked}; up to {asked}, the four shares together are possible only for {', '.join(map(str, fit)) or 'no number'}."


@REGISTER.check("coordination-wording")
def coordination_wording(library: Library) -> str:
    """Can "do not coordinate in at least one way" be read as coordinating in no way?"""
    places = places_that_say(library, "sme.coordination.missing-any", "in at least one")
    rest = 100 - library.figure("sme.coordination.missing-any").quantity.interval.low
    outreach = interval(library, "computed.outreach.weighted").low
    if not places or outreach <= rest:
        return ""
    where = ", ".join(dict.fromkeys(place.locator.partition(" (")[0] for place in places))
    return (
        f'"Not in at least one" way ({where}) can be read as in none. Then at most {rounded(rest)}% would coordinate at all; '
        f"by the survey's own shares at least {rounded(outreach)}% do so on skills outreach alone, sizes weighted by their number."
    )


@REGISTER.check("barriers-time")
def barriers_time(library: Library) -> str:
    """Is the lack of time, told as one of the most common barriers, among the barriers listed?"""
    told = finding_says(library, "barriers.leading.time-capacity-finance", "lack of time")
    listed = library.series.get("sme.barriers", [])
    if not told or not listed or any("time" in figure.category.lower().split() for figure in listed):
        return ""
    return f"{told}. The most widespread barriers listed are: " + ", ".join(f"{figure.category} {figure.stated}" for figure in listed) + "."


@REGISTER.check("apprenticeship-source")
def apprenticeship_source(library: Library) -> str:
    """Do the statistics cited for a share of apprenticeship starts count apprenticeships?"""
    share = library.figure("sme.apprenticeship-share")
    counted = [figure for figure in library.figures.values() if figure.source == "dbt-bpe"]
    if "Business population estimates" not in share.origin or not counted or any("apprentice" in figure.population for figure in counted):
        return ""
    return (
        f"{share.stated} of apprenticeship starts cites {share.origin}, which counts "
        + " and ".join(dict.fromkeys(one.population for one in counted))
        + "."
    )


@REGISTER.check("unemployment-periods")
def unemployment_periods(library: Library) -> str:
    """Do the periods whose unemployment is compared lie apart?"""
    dated = [(figure, span) for figure in library.series.get("britain.unemployment", []) if (span := years(figure))]
    both = [(a, b) for (a, first), (b, second) in combinations(dated, 2) if first[0] <= second[1] and second[0] <= first[1]]
    return " ".join(f"{a.stated} is of {a.period}, {b.stated} of {b.period}: the periods overlap." for a, b in both)
