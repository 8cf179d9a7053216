"""Recomputations that show whether two printed numbers can stand side by side."""

from __future__ import annotations

from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.recompute.registry import Inputs, recomputes

_ONCE = Quantity("", Fraction(1), Interval(Fraction(1), Fraction(1)), "times")


@recomputes("computed.gdp.implied")
def gdp_implied(figures: Inputs) -> Quantity:
    """Procurement spending divided by the part of GDP it is said to be."""
    return figures("procurement.spend") / figures("procurement.spend-gdp-share")


@recomputes("computed.scale-ups.gdp-share")
def scale_ups_gdp_share(figures: Inputs) -> Quantity:
    """What scale-ups are said to contribute, divided by the GDP that the report's procurement numbers imply."""
    return (figures("scale-ups.contribution") / figures("computed.gdp.implied")).within("percent")


@recomputes("computed.scale-ups.employment-share")
def scale_ups_employment_share(figures: Inputs) -> Quantity:
    """People employed by scale-ups divided by all employment in private sector businesses."""
    return (figures("scale-ups.employment") / figures("official.employment.all")).within("percent")


@recomputes("computed.scale-ups.output-ratio")
def scale_ups_output_ratio(figures: Inputs) -> Quantity:
    """Other private jobs for each job in scale-ups, divided by the rest of GDP for each pound that scale-ups are said to contribute."""
    jobs = figures("official.employment.all") / figures("scale-ups.employment") - _ONCE
    output = figures("computed.gdp.implied") / figures("scale-ups.contribution") - _ONCE
    return jobs / output


@recomputes("computed.preston.employment-gap")
def preston_employment_gap(figures: Inputs) -> Quantity:
    """The rise of employment measured in Preston divided by the one its extra spending gives by the second study."""
    steps = figures("preston.spend-per-head") / figures("preston.spend-step").relabelled("GBP")
    return figures("preston.uplift.employment-actual") / (steps * figures("preston.uplift.employment-per-hundred"))


@recomputes("computed.innovation-partnerships.value-share")
def innovation_partnerships_value_share(figures: Inputs) -> Quantity:
    """Expected local value divided by the fund and the private investment together."""
    put_in = figures("finance.innovation-partnerships.fund") + figures("finance.innovation-partnerships.private")
    return (figures("finance.innovation-partnerships.value") / put_in).within("percent")


@recomputes("computed.neet.norway-part")
def neet_norway_part(figures: Inputs) -> Quantity:
    """The share in Norway divided by the share in the United Kingdom."""
    return (figures("neet.young-adults.norway") / figures("neet.young-adults.uk")).within("percent")


@recomputes("computed.neet.netherlands-part")
def neet_netherlands_part(figures: Inputs) -> Quantity:
    """The share in the Netherlands divided by the share in the United Kingdom."""
    return (figures("neet.young-adults.netherlands") / figures("neet.young-adults.uk")).within("percent")


@recomputes("computed.schools.small-firms")
def schools_small_firms(figures: Inputs) -> Quantity:
    """The share of small firms with links to schools or colleges, divided by the share that engaged with them in the later survey."""
    return figures("careers.school-links.small") / figures("careers.school-engagement.small")
