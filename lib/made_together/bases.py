"""Checks of whom a number is about: a share told of a group it cannot be a share of, or carried over to another group.

A base is the group a share is a share of. Each check compares the base a source prints with what its own numbers, or the official
ones, allow; it is silent once the base is named as it must be.
"""

from __future__ import annotations

from evidence.audit import Register
from evidence.audit.sayings import interval, rounded
from evidence.catalog import Figure, Library

REGISTER = Register()
"""The checks, by name."""

_BARRIERS = ("sme.barriers.any", "sme.barriers.finance", "sme.barriers.staff-capacity")


def _told_of(places: list[Figure]) -> str:
    return "; ".join(f"{place.population} ({place.locator})" for place in places)


@REGISTER.check("barriers-base")
def barriers_base(library: Library) -> str:
    """Are the shares that meet barriers stated of one and the same group of firms?"""
    told = []
    for name in _BARRIERS:
        bases = {place.population: place for place in library.places(name)}
        if len(bases) > 1:
            told.append(f"{library.figure(name).stated} is stated of: {_told_of(list(bases.values()))}.")
    return " ".join(told)


@REGISTER.check("barriers-of-all")
def barriers_of_all(library: Library) -> str:
    """Is the share of all firms that meet barriers reached by those that leave out some way of coordinating?"""
    reached = interval(library, "computed.sme.barriers.of-all")
    over = [
        place for place in library.places("sme.barriers.any") if place.population == "SMEs" and place.quantity.interval.low > reached.high
    ]
    if not over:
        return ""
    part, base = library.figure("sme.barriers.any").stated, library.figure("sme.coordination.missing-any").stated
    return f"{part} of {base} is at most {rounded(reached.high)}% of all SMEs; {over[0].locator} states {over[0].stated} of all SMEs."


@REGISTER.check("sme-employment-base")
def sme_employment_base(library: Library) -> str:
    """Is the employment share of SMEs told of private sector employment, of which the cited statistics give it?"""
    wide = [place for place in library.places("sme.employment-share") if "private" not in f"{place.population} {place.quote}".lower()]
    if not wide:
        return ""
    total = library.figure("official.employment.all")
    return f"Told of: {_told_of(wide)}. The statistics cited are of {total.stated} {total.population}."


@REGISTER.check("apprentice-benefit-base")
def apprentice_benefit_base(library: Library) -> str:
    """Can the share of SMEs that gained from hiring an apprentice be a share of all SMEs?"""
    employers = interval(library, "computed.sme.employer-share")
    places = library.places("apprenticeships.sme.benefit")
    wide = [place for place in places if place.population == "SMEs" and place.quantity.interval.low > employers.high]
    if not wide:
        return ""
    return (
        f"{library.figure('apprenticeships.sme.benefit').stated} is told of SMEs; only {rounded(employers.high)}% of SMEs employ anybody."
    )


@REGISTER.check("techuk-base")
def techuk_base(library: Library) -> str:
    """Are the shares of technology SMEs told of technology SMEs?"""
    figures = [library.figure(f"social-value.sme.{name}") for name in ("difficult", "burden")]
    wide = [figure for figure in figures if "tech SMEs" in figure.population and "tech SMEs" not in figure.quote]
    if not wide:
        return ""
    return f"{' and '.join(figure.stated for figure in wide)} are told of SMEs; the study, {wide[0].origin}, asked technology SMEs."


@REGISTER.check("survey-weights")
def survey_weights(library: Library) -> str:
    """Are shares of a sample with equal quotas applied to all firms without weights?

    Source:
        Brown and Heathers (2017), The GRIM test, doi:10.1177/1948550616673876: a printed mean or count that only whole numbers of
        respondents give shows how many were counted.
    """
    bands, shares = library.figure("sample.size-bands.count"), library.places("impact.apprentice.more-likely.share")
    without = interval(library, "computed.sme.no-employees-share").high
    quota = 100 / bands.quantity.anchor
    if without <= quota or any("weighted" in f"{place.quote} {place.population}".lower() for place in [bands, *shares]):
        return ""
    size = int(library.figure("sample.size").quantity.anchor)
    counts = respondents_behind(library, size)
    fits = f" {library.figure('impact.apprentices.low').stated} is what {counts[0]} of {size} firms give, counted alike." if counts else ""
    return f"Sole traders are {rounded(quota)}% of the sample; firms without employees are {rounded(without)}% of SMEs. No weights are named.{fits}"


def respondents_behind(library: Library, size: int) -> list[int]:
    """Return the numbers of respondents, of `size`, whose share of all SMEs rounds to the printed cautious number of apprentices."""
    printed, firms = library.figure("impact.apprentices.low").quantity, interval(library, "computed.sme.count").low
    return [count for count in range(size + 1) if printed.admits(firms * count / size)]
