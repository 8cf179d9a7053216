"""Recomputations of the impact section of the Demos report, from its own printed numbers and the official number of SMEs."""

from __future__ import annotations

from evidence.quantity import Quantity
from evidence.recompute.registry import Inputs, recomputes


@recomputes("computed.sme.count")
def sme_count(figures: Inputs) -> Quantity:
    """All private sector businesses less those with 250 or more employees."""
    return figures("official.businesses.all") - figures("official.businesses.large")


@recomputes("computed.sme.employers")
def sme_employers(figures: Inputs) -> Quantity:
    """Businesses with some employees and fewer than 250: micro, small and medium-sized ones added up."""
    return figures("official.businesses.micro") + figures("official.businesses.small") + figures("official.businesses.medium")


@recomputes("impact.university.firms.high")
def university_firms_high(figures: Inputs) -> Quantity:
    """The share of SMEs more likely to partner with a university, of all SMEs."""
    return figures("impact.university.more-likely.share") * figures("computed.sme.count")


@recomputes("impact.university.firms.low")
def university_firms_low(figures: Inputs) -> Quantity:
    """The share of SMEs much more likely to partner with a university, of all SMEs."""
    return figures("impact.university.much-more-likely.share") * figures("computed.sme.count")


@recomputes("impact.university.growth.high")
def university_growth_high(figures: Inputs) -> Quantity:
    """The share of SMEs more likely to partner with a university, of all SMEs, times the value of a partnership."""
    return university_firms_high(figures) * figures("impact.university.uplift")


@recomputes("impact.university.growth.low")
def university_growth_low(figures: Inputs) -> Quantity:
    """The share of SMEs much more likely to partner with a university, of all SMEs, times the value of a partnership."""
    return university_firms_low(figures) * figures("impact.university.uplift")


@recomputes("computed.university.growth.printed-firms")
def university_growth_from_printed_firms(figures: Inputs) -> Quantity:
    """The number of firms the report prints times the value of a partnership it prints."""
    return figures("impact.university.firms.high") * figures("impact.university.uplift")


@recomputes("computed.university.firms")
def university_firms(figures: Inputs) -> Quantity:
    """The share of SMEs more likely to partner with a university, of all SMEs."""
    return university_firms_high(figures)


@recomputes("computed.university.firms.printed-part")
def university_firms_printed_part(figures: Inputs) -> Quantity:
    """The number of firms the report prints, divided by what its share of all SMEs gives."""
    return (figures("impact.university.firms.high") / figures("computed.university.firms")).within("percent")


@recomputes("computed.university.firms-low.printed-part")
def university_firms_low_printed_part(figures: Inputs) -> Quantity:
    """The cautious number of firms the report prints, divided by what its share of all SMEs gives."""
    return (figures("impact.university.firms.low") / university_firms_low(figures)).within("percent")


@recomputes("impact.apprentices.high")
def apprentices_high(figures: Inputs) -> Quantity:
    """The share of SMEs more likely to hire a management apprentice, of all SMEs."""
    return figures("impact.apprentice.more-likely.share") * figures("computed.sme.count")


@recomputes("impact.apprentices.low")
def apprentices_low(figures: Inputs) -> Quantity:
    """The share of SMEs much more likely to hire a management apprentice, of all SMEs."""
    return figures("impact.apprentice.much-more-likely.share") * figures("computed.sme.count")


@recomputes("impact.apprentice.growth.high")
def apprentice_growth_high(figures: Inputs) -> Quantity:
    """Additional apprentices, high case, times what each adds to growth."""
    return figures("impact.apprentices.high") * figures("impact.apprentice.uplift")


@recomputes("impact.apprentice.growth.low")
def apprentice_growth_low(figures: Inputs) -> Quantity:
    """Additional apprentices, low case, times what each adds to growth."""
    return figures("impact.apprentices.low") * figures("impact.apprentice.uplift")


@recomputes("impact.growth.total.high")
def growth_total_high(figures: Inputs) -> Quantity:
    """Growth from university partnerships plus growth from apprentices, high case."""
    return figures("impact.university.growth.high") + figures("impact.apprentice.growth.high")


@recomputes("impact.growth.total.low")
def growth_total_low(figures: Inputs) -> Quantity:
    """Growth from university partnerships plus growth from apprentices, low case."""
    return figures("impact.university.growth.low") + figures("impact.apprentice.growth.low")


@recomputes("impact.revenue.high")
def revenue_high(figures: Inputs) -> Quantity:
    """Additional apprentices, high case, times the revenue each brings."""
    return figures("impact.apprentices.high") * figures("impact.apprentice.revenue-uplift")


@recomputes("impact.revenue.low")
def revenue_low(figures: Inputs) -> Quantity:
    """Additional apprentices, low case, times the revenue each brings."""
    return figures("impact.apprentices.low") * figures("impact.apprentice.revenue-uplift")


@recomputes("impact.productivity.high")
def productivity_high(figures: Inputs) -> Quantity:
    """The share of SMEs more likely to take advice, of the productivity gain of those that take it."""
    return figures("impact.advice.more-likely.share") * figures("impact.advice.uplift")


@recomputes("computed.impact.apprentice-share-of-growth")
def apprentice_share_of_growth(figures: Inputs) -> Quantity:
    """Growth from apprentices divided by all growth, high case."""
    return (figures("impact.apprentice.growth.high") / figures("impact.growth.total.high")).within("percent")


@recomputes("computed.apprentices.per-employer")
def apprentices_per_employer(figures: Inputs) -> Quantity:
    """Additional apprentices, high case, divided by the SMEs that employ anybody."""
    return figures("impact.apprentices.high") / figures("computed.sme.employers")


@recomputes("computed.apprentices.employers-only")
def apprentices_of_employers(figures: Inputs) -> Quantity:
    """The share of SMEs more likely to hire a management apprentice, of the SMEs that employ anybody."""
    return figures("impact.apprentice.more-likely.share") * figures("computed.sme.employers")


@recomputes("computed.apprentice.growth.employers-only")
def apprentice_growth_of_employers(figures: Inputs) -> Quantity:
    """Apprentices of the SMEs that employ anybody, times what each adds to growth."""
    return figures("computed.apprentices.employers-only") * figures("impact.apprentice.uplift")


@recomputes("computed.growth.report.high")
def growth_as_reported_high(figures: Inputs) -> Quantity:
    """All SMEs, times the shares more likely to act, each times the gain of its step."""
    university = figures("impact.university.more-likely.share") * figures("impact.university.uplift")
    apprentice = figures("impact.apprentice.more-likely.share") * figures("impact.apprentice.uplift")
    return (university + apprentice) * figures("computed.sme.count")


@recomputes("computed.growth.report.low")
def growth_as_reported_low(figures: Inputs) -> Quantity:
    """All SMEs, times the shares much more likely to act, each times the gain of its step."""
    university = figures("impact.university.much-more-likely.share") * figures("impact.university.uplift")
    apprentice = figures("impact.apprentice.much-more-likely.share") * figures("impact.apprentice.uplift")
    return (university + apprentice) * figures("computed.sme.count")


@recomputes("computed.growth-hub.additional-part")
def growth_hub_additional_part(figures: Inputs) -> Quantity:
    """What firms that used a Growth Hub grew more than the control group, as a part of all they grew."""
    return (figures("computed.growth-hub.turnover-gap").relabelled("percent") / figures("growth-hub.turnover")).within("percent")
