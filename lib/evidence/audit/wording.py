"""Checks of words against numbers, and of words against other words of the same evidence.

Each check names the words it objects to. It is silent once the quote no longer holds them, or the numbers have come to bear them out.
"""

from __future__ import annotations

from evidence.audit.checks import check
from evidence.audit.reading import finding_says, interval, opposed, places_that_say, rounded
from evidence.catalog import Library


@check("coordination-wording")
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


@check("barriers-time")
def barriers_time(library: Library) -> str:
    """Is the lack of time, told as one of the most common barriers, among the barriers listed?"""
    told = finding_says(library, "barriers.leading.time-capacity-finance", "lack of time")
    listed = library.series.get("sme.barriers", [])
    if not told or not listed or any("time" in figure.category.lower().split() for figure in listed):
        return ""
    return f"{told}. The most widespread barriers listed are: " + ", ".join(f"{figure.category} {figure.stated}" for figure in listed) + "."


@check("neet-norway")
def neet_norway(library: Library) -> str:
    """Is the NEET share twice as high in the countries that the words put it in?"""
    home = library.figure("neet.young-adults.uk")
    others = [library.figure(f"neet.young-adults.{country}") for country in ("norway", "netherlands")]
    lower = [other for other in others if other.quantity.interval.high < home.quantity.interval.low]
    if not lower or not places_that_say(library, "neet.young-adults.ratio", "twice as high in "):
        return ""
    numbers = ", ".join(f"{other.place} {other.stated}" for other in lower)
    return f'"Twice as high in" is told of countries where the share is lower: {numbers}, against {home.stated} in the United Kingdom.'


@check("long-tail")
def long_tail(library: Library) -> str:
    """Is the long tail one of productive firms or of firms with low productivity?"""
    return opposed(
        library,
        ("productivity.long-tail.low", "low-productivity firms"),
        ("productivity.long-tail.productive", "long tail of productive firms"),
    )


@check("young-pay")
def young_pay(library: Library) -> str:
    """Has the pay of young people fallen, or stayed where it was?"""
    text = opposed(
        library,
        ("pay.young.fallen-sharply", "young people's pay has fallen sharply since 2008"),
        ("pay.young.unchanged", "not risen at all above its 2008 level"),
    )
    return f"{text} The printed fall, {library.figure('pay.real.change.ages-late-teens').stated}, is of 18-21 year olds." if text else ""


@check("poor-pay")
def poor_pay(library: Library) -> str:
    """Is poor pay the view of most, where the words say that opinion on balance holds it?"""
    told = finding_says(library, "perceptions.image.blue-collar", "(on the balance of opinion) poor pay")
    share = library.figure("perceptions.poorly-paid")
    return (
        f"{told}; the share that associates the sector with poorly paid work is {share.stated}."
        if told and share.quantity.interval.high < 50
        else ""
    )


@check("essential-wording")
def essential_wording(library: Library) -> str:
    """Does a share of the public keep the words of the question it answers?"""
    asked = library.figure("official.makeuk.manufacturing-essential")
    told = places_that_say(library, "perceptions.essential", "essential to economic growth and resilience")
    if not told or "important or critical" not in asked.locator:
        return ""
    return f'{told[0].stated} is told as "essential to economic growth and resilience"; the survey gives {asked.stated} for "important or critical to growing the economy".'


@check("coworking-organic")
def coworking_organic(library: Library) -> str:
    """Do two accounts of one study name the same skill as the one that grows informally outside left-behind regions?"""
    return opposed(
        library,
        ("coworking.advanced.technical-organic", "technical-digital skills development tends to emerge more organically"),
        ("coworking.creative.non-left-behind.social-organic", "social-cognitive skill development tends to emerge more organically"),
    )


@check("coworking-cost")
def coworking_cost(library: Library) -> str:
    """Is the cost of a coworking space a barrier or no matter?"""
    return opposed(
        library,
        ("creative.access.low-cost", "without requiring significant time or financial commitments"),
        ("creative.access.cost-barrier", "Membership costs can act as a barrier"),
    )


@check("productivity-stalled")
def productivity_stalled(library: Library) -> str:
    """Has productivity stalled, or grown more than in the years before?"""
    return opposed(
        library,
        ("productivity.stalled", "Productivity has stalled"),
        ("productivity.grew", "grew more in the last year than in the previous seven combined"),
    )
