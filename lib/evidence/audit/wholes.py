"""Checks of size and of time: parts against wholes, two measures of one effect, dates that cannot be, periods that are left out."""

from __future__ import annotations

from itertools import combinations

from evidence.audit.checks import check
from evidence.audit.reading import interval, places_that_say, rounded, years
from evidence.catalog import Library


@check("scale-ups-output")
def scale_ups_output(library: Library) -> str:
    """Can scale-ups produce what they are said to contribute with the people they employ?

    Source:
        The bound is the report's own: output per firm at the 90th percentile of productivity, relative to the 10th.
    """
    ratio, bound = interval(library, "computed.scale-ups.output-ratio"), library.figure("productivity.dispersion.uk")
    places = library.places("scale-ups.contribution")
    if ratio.low <= bound.quantity.interval.high or any("turnover" in place.quote.lower() for place in places):
        return ""
    return (
        f"As output, {places[0].stated} would make each job in scale-ups yield at least {rounded(ratio.low)} times what other private jobs yield; "
        f"between the 90th and the 10th percentile of firms the report finds {bound.stated}."
    )


@check("innovation-partnerships")
def innovation_partnerships(library: Library) -> str:
    """Does a fund held up for its returns return what is put in?"""
    fund, private, value = (library.figure(f"finance.innovation-partnerships.{name}") for name in ("fund", "private", "value"))
    put_in = fund.quantity.interval + private.quantity.interval
    if value.quantity.interval.high >= put_in.low:
        return ""
    return f"{fund.stated} and {private.stated} go in; {value.stated} of local economic value is expected."


@check("preston-employment")
def preston_employment(library: Library) -> str:
    """Do the two estimates of what local spending did for employment agree?"""
    measured, derived = library.figure("preston.uplift.employment-actual"), interval(library, "preston.uplift.employment-total")
    if measured.quantity.interval.low <= derived.high:
        return ""
    return (
        f"Measured in Preston: {measured.stated}. From its spending by the second study: at most {rounded(derived.high)} percentage points."
    )


@check("growth-period")
def growth_period(library: Library) -> str:
    """Is growth told as annual made of parts that are all stated for a year?"""
    annual = places_that_say(library, "impact.growth.total.high", "Annual economic growth")
    part, other = library.figure("impact.university.uplift"), library.figure("impact.apprentice.uplift")
    if not annual or "year" in f"{part.unit} {part.quote} {part.period}" or "per year" not in f"{other.unit} {other.quote}":
        return ""
    return f'{annual[0].stated} is told as annual. {other.stated} an apprentice is "per year"; {part.stated} a partnership has no period.'


@check("apprenticeship-source")
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


@check("social-value-act")
def social_value_act(library: Library) -> str:
    """Can an Act have had effect from its first day in a year before it was passed?"""
    act, start = library.figure("social-value.act.year"), library.figure("social-value.public-sector.start-year")
    value = places_that_say(library, "social-value.public-sector.value", "from day one of the Social Value Act")
    if not value or start.quantity.anchor >= act.quantity.anchor:
        return ""
    return f"{value[0].stated} from day one of an Act of {act.stated} is counted from {start.stated} on."


@check("unemployment-periods")
def unemployment_periods(library: Library) -> str:
    """Do the periods whose unemployment is compared lie apart?"""
    dated = [(figure, span) for figure in library.series.get("britain.unemployment", []) if (span := years(figure))]
    both = [(a, b) for (a, first), (b, second) in combinations(dated, 2) if first[0] <= second[1] and second[0] <= first[1]]
    return " ".join(f"{a.stated} is of {a.period}, {b.stated} of {b.period}: the periods overlap." for a, b in both)


@check("hiring-expected")
def hiring_expected(library: Library) -> str:
    """Do as many firms expect to raise headcount as the estimate has take on an apprentice?"""
    hiring, larger = library.figure("impact.apprentice.more-likely.share"), library.figure("policy.effect.headcount.high")
    if hiring.quantity.interval.low <= larger.quantity.interval.high:
        return ""
    return f"{hiring.stated} of firms would be more likely to take on an apprentice; at most {larger.shown} expect to raise headcount."


@check("schools-small-firms")
def schools_small_firms(library: Library) -> str:
    """Do two surveys quoted together agree on how many small firms are in touch with schools?"""
    linked, engaged = library.figure("careers.school-links.small"), library.figure("careers.school-engagement.small")
    if linked.quantity.interval.meets(engaged.quantity.interval):
        return ""
    return f"{linked.stated} had links ({linked.period}, {linked.origin}); {engaged.stated} engaged ({engaged.period}, {engaged.origin})."
