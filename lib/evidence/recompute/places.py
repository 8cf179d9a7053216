"""Recomputations of figures about places, procurement, jobs and support."""

from __future__ import annotations

from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.recompute.registry import Inputs, recomputes


def _exact(value: int, unit: str) -> Quantity:
    return Quantity("", Fraction(value), Interval(Fraction(value), Fraction(value)), unit)


_ALL = _exact(100, "percent")
_WEEKS_PER_YEAR = _exact(52, "count")


def _steps_of_spending(figures: Inputs) -> Quantity:
    return figures("preston.spend-per-head") / figures("preston.spend-step").relabelled("GBP")


@recomputes("preston.uplift.employment-total")
def preston_employment(figures: Inputs) -> Quantity:
    """Extra spending per head in steps of the study, times the change in the employment rate per step."""
    return _steps_of_spending(figures) * figures("preston.uplift.employment-per-hundred")


@recomputes("preston.uplift.wage-total")
def preston_wage(figures: Inputs) -> Quantity:
    """Extra spending per head in steps of the study, times the weekly wage gain per step, times 52 weeks."""
    weekly = _steps_of_spending(figures) * figures("preston.uplift.wage-per-hundred")
    return (weekly * _WEEKS_PER_YEAR).relabelled("GBP")


@recomputes("neighbourhoods.mission-critical.humber-share")
def humber_share_of_mission_critical(figures: Inputs) -> Quantity:
    """Mission-critical neighbourhoods in the three towns divided by all of them."""
    return (figures("neighbourhoods.mission-critical.humber") / figures("neighbourhoods.mission-critical.count")).within("percent")


@recomputes("case.manchester.jobs.local-share")
def manchester_local_jobs(figures: Inputs) -> Quantity:
    """Jobs taken in North Manchester plus jobs taken in the hospital's catchment area."""
    return figures("case.manchester.jobs.north-manchester") + figures("case.manchester.jobs.hospital-catchment")


@recomputes("support.seeking.decline")
def support_seeking_decline(figures: Inputs) -> Quantity:
    """The fall of the share seeking support, as a part of where it began."""
    return _ALL - (figures("support.seeking.after") / figures("support.seeking.before")).within("percent")


@recomputes("computed.support.seeking.decline")
def support_seeking_fall(figures: Inputs) -> Quantity:
    """The fall of the share seeking support, as a part of where it began."""
    return support_seeking_decline(figures)


@recomputes("neet.young-adults.ratio")
def neet_against_norway(figures: Inputs) -> Quantity:
    """The share in the United Kingdom divided by the share in Norway."""
    return figures("neet.young-adults.uk") / figures("neet.young-adults.norway")


@recomputes("pay.london-north-east.ratio")
def london_pay_ratio(figures: Inputs) -> Quantity:
    """Official median weekly pay in London divided by that in the North East."""
    return figures("official.pay.median.london") / figures("official.pay.median.north-east")


@recomputes("computed.pay.london-north-east")
def london_pay_ratio_exact(figures: Inputs) -> Quantity:
    """Official median weekly pay in London divided by that in the North East."""
    return london_pay_ratio(figures)


@recomputes("computed.pay.london-north-east.overstatement")
def london_pay_overstatement(figures: Inputs) -> Quantity:
    """The ratio the report prints divided by the official one."""
    return figures("pay.london-north-east.ratio") / london_pay_ratio(figures)


@recomputes("sme.employment-share")
def sme_employment_share(figures: Inputs) -> Quantity:
    """All private sector employment less that in businesses with 250 or more employees, as a part of all."""
    return _ALL - (figures("official.employment.large") / figures("official.employment.all")).within("percent")


def _sum_of_bands(measure: str) -> None:
    @recomputes(f"official.{measure}.all")
    def all_bands(figures: Inputs) -> Quantity:
        """The five size bands added up."""
        first, *others = (figures(f"official.{measure}.{band}") for band in ("none", "micro", "small", "medium", "large"))
        return sum(others, start=first)


_sum_of_bands("businesses")
_sum_of_bands("employment")


@recomputes("computed.manchester.sme-spend.drop")
def manchester_sme_spend_drop(figures: Inputs) -> Quantity:
    """The share spent with SMEs in the year the report stops at, less the share in the year after."""
    return (figures("official.manchester.sme-spend.third-year") - figures("official.manchester.sme-spend.fourth-year")).relabelled(
        "percentage points"
    )


@recomputes("computed.neet.background-ratio")
def neet_by_background(figures: Inputs) -> Quantity:
    """The NEET share of young people from lower working-class homes divided by that from higher professional homes."""
    return figures("official.neet.background.lower-working") / figures("official.neet.background.higher-professional")


@recomputes("computed.coworking.response")
def coworking_response(figures: Inputs) -> Quantity:
    """Spaces that took part in the survey divided by the operating spaces it was drawn from."""
    return (figures("coworking.survey.spaces") / figures("official.coworking.frame")).within("percent")


@recomputes("computed.gdp-per-head.bradford-uk")
def bradford_gdp_per_head(figures: Inputs) -> Quantity:
    """GDP per head in Bradford divided by that of the United Kingdom, latest year."""
    return (figures("official.gdp-per-head.bradford.latest") / figures("official.gdp-per-head.uk.latest")).within("percent")


@recomputes("computed.growth-hub.turnover-gap")
def growth_hub_turnover_gap(figures: Inputs) -> Quantity:
    """Turnover growth of firms that used a hub less that of the control group."""
    return (figures("growth-hub.turnover") - figures("growth-hub.turnover.control")).relabelled("percentage points")
