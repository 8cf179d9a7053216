"""Recomputations of the survey sample and of what its quotas mean for all firms."""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

from evidence.quantity import Quantity, possible_totals
from evidence.recompute.registry import Inputs, recomputes

_REGIONS = ("london", "south", "midlands", "north", "rest")


@recomputes("sample.size")
def sample_size(figures: Inputs) -> Quantity:
    """The firms of the five regions added up."""
    first, *others = (figures(f"sample.region.{region}") for region in _REGIONS)
    return sum(others, start=first)


def _share_of_sample(region: str) -> None:
    @recomputes(f"sample.region-share.{region}")
    def regional_share(figures: Inputs) -> Quantity:
        """Firms of the region divided by all firms in the sample."""
        return (figures(f"sample.region.{region}") / figures("sample.size")).within("percent")


for _region in _REGIONS:
    _share_of_sample(_region)


@recomputes("computed.outreach.equal-quota")
def outreach_equal_quota(figures: Inputs) -> Quantity:
    """The mean over the four sizes of firm, as the survey's equal quotas weigh them."""
    sizes = ("sole-trader", "micro", "small", "medium")
    first, *others = (figures(f"sme.outreach.{size}") for size in sizes)
    return sum(others, start=first) / figures("sample.size-bands.count")


@recomputes("computed.outreach.weighted")
def outreach_weighted(figures: Inputs) -> Quantity:
    """The mean over the four sizes of firm, each weighted by how many such firms there are."""
    bands = {"sole-trader": "none", "micro": "micro", "small": "small", "medium": "medium"}
    first, *others = (figures(f"sme.outreach.{size}") * figures(f"official.businesses.{band}") for size, band in bands.items())
    return (sum(others, start=first) / figures("computed.sme.count")).within("percent")


@recomputes("computed.outreach.small-micro-ratio")
def outreach_small_to_micro(figures: Inputs) -> Quantity:
    """The share among small firms divided by the share among micro firms."""
    return figures("sme.outreach.small") / figures("sme.outreach.micro")


@recomputes("computed.sme.no-employees-share")
def firms_without_employees(figures: Inputs) -> Quantity:
    """Businesses with no employees divided by all SMEs."""
    return (figures("official.businesses.none") / figures("computed.sme.count")).within("percent")


@recomputes("computed.sme.employer-share")
def firms_with_employees(figures: Inputs) -> Quantity:
    """SMEs that employ anybody divided by all SMEs."""
    return (figures("computed.sme.employers") / figures("computed.sme.count")).within("percent")


@recomputes("computed.apprentices.low.respondents")
def respondents_behind_apprentices(figures: Inputs) -> Quantity:
    """The printed cautious number of apprentices as a part of all SMEs, times the firms asked."""
    return (figures("impact.apprentices.low") / figures("computed.sme.count")) * figures("sample.size")


@recomputes("computed.sme.barriers.of-all")
def barriers_of_all_firms(figures: Inputs) -> Quantity:
    """The share that meets barriers, of the share that leaves out some way of coordinating."""
    return figures("sme.barriers.any") * figures("sme.coordination.missing-any")


@recomputes("computed.outreach.employers")
def outreach_of_employers(figures: Inputs) -> Quantity:
    """The mean over the sizes of firm that employ anybody, each weighted by how many such firms there are."""
    first, *others = (figures(f"sme.outreach.{size}") * figures(f"official.businesses.{size}") for size in ("micro", "small", "medium"))
    return (sum(others, start=first) / figures("computed.sme.employers")).within("percent")


@recomputes("computed.outreach.employers-pattern")
def outreach_of_employers_to_quota(figures: Inputs) -> Quantity:
    """The share among firms that employ anybody divided by the mean of the equal quotas."""
    return figures("computed.outreach.employers") / figures("computed.outreach.equal-quota")


@recomputes("computed.outreach.alone-pattern")
def outreach_of_sole_traders_to_quota(figures: Inputs) -> Quantity:
    """The share among sole traders divided by the mean of the equal quotas."""
    return figures("sme.outreach.sole-trader") / figures("computed.outreach.equal-quota")


@recomputes("computed.sample.effective")
def effective_sample(figures: Inputs) -> Quantity:
    """The firms asked, divided by what weighting the equal quotas by the number of firms costs in exactness (Kish).

    Source:
        Kish (1965), Survey Sampling: the squared sum of the weights divided by the sum of their squares. All firms of a size weigh alike, so
        that with equal quotas the ratio can be taken over the sizes.
    """
    bands = [figures(f"official.businesses.{size}") for size in ("none", "micro", "small", "medium")]
    total = sum(bands[1:], start=bands[0])
    squares = sum((band * band for band in bands[1:]), start=bands[0] * bands[0])
    return ((total * total) / squares * (figures("sample.size") / figures("sample.size-bands.count"))).within("count")


@recomputes("computed.growth-hub.respondents")
def stakeholders_who_may_have_answered(figures: Inputs) -> Quantity:
    """The largest number of stakeholders, up to those asked, of whom all printed shares of views are possible (the GRIM test); 0 if none is."""
    shares = [figures(f"growth-hub.view.{name}") for name in ("signposting", "advice", "education-links", "policy-voice")]
    asked = int(figures("growth-hub.stakeholders").anchor)
    return Quantity.point(max(possible_totals(shares, asked), default=0), "count")


def wilson_interval(share: float, respondents: int) -> tuple[float, float]:
    """Return the ends of the 95 percent interval of a share in a simple random sample.

    Args:
        share: Share in the sample, 0 to 1.
        respondents: Number asked; at least 1.

    Source:
        Wilson (1927), Probable inference, the law of succession, and statistical inference, doi:10.1080/01621459.1927.10502953.

    Example:
        >>> low, high = wilson_interval(0.5, 100)
        >>> round(low, 3), round(high, 3)
        (0.404, 0.596)
    """
    z = NormalDist().inv_cdf(0.975)
    spread = z * sqrt(share * (1 - share) / respondents + (z / (2 * respondents)) ** 2)
    middle, scale = share + z * z / (2 * respondents), 1 + z * z / respondents
    return (middle - spread) / scale, (middle + spread) / scale


def _interval_of_barrier(name: str, end: int) -> None:
    word = ("low", "high")[end]

    @recomputes(f"computed.sme.barriers.{name}.interval.{word}")
    def end_of_interval(figures: Inputs) -> Quantity:
        """The end of the 95 percent interval (Wilson) of the share had all firms of the sample been asked; with fewer it is wider."""
        share, asked = figures(f"sme.barriers.{name}"), figures("sample.size")
        return Quantity.point(100 * wilson_interval(float(share.anchor) / 100, int(asked.anchor))[end], "percent")


for _name in ("finance", "staff-capacity", "regulation", "awareness", "central-support", "local-support"):
    _interval_of_barrier(_name, 0)
    _interval_of_barrier(_name, 1)
