"""Recomputations of the survey sample that a line of `data/formulas.csv` cannot say."""

from __future__ import annotations

from collections.abc import Callable
from math import sqrt
from statistics import NormalDist

from evidence.quantity import Quantity, possible_totals
from evidence.recompute import Inputs, Register

REGISTER = Register()
"""The recomputations, by the id of their figure."""


@REGISTER.recomputes("computed.sample.effective")
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


@REGISTER.recomputes("computed.growth-hub.respondents")
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


def _interval(share: str, asked: Callable[[Inputs], Quantity]) -> None:
    """Give the interval of a share of a survey its recomputation: both ends, from the number asked."""
    for end, word in enumerate(("low", "high")):

        @REGISTER.recomputes(f"computed.{share}.interval.{word}")
        def end_of_interval(figures: Inputs, end: int = end) -> Quantity:
            """The end of the 95 percent interval (Wilson) of the share, as if all who were asked had been drawn at random; with fewer it is wider."""
            ends = wilson_interval(float(figures(share).anchor) / 100, int(asked(figures).anchor))
            return Quantity.point(100 * ends[end], "percent")


def _firms(figures: Inputs) -> Quantity:
    return figures("sample.size")


def _firms_of_a_size(figures: Inputs) -> Quantity:
    return figures("sample.size") / figures("sample.size-bands.count")


def _parents(figures: Inputs) -> Quantity:
    return figures("coworking.childcare.survey.respondents")


_ASKED = {
    _firms: (
        *(f"sme.barriers.{name}" for name in ("finance", "staff-capacity", "regulation", "awareness", "central-support", "local-support")),
        *(f"policy.effect.productivity.{name}" for name in ("streamlined-engagement", "taskforces")),
        *(f"policy.effect.investment.{name}" for name in ("collaborative-finance", "local-institutions")),
    ),
    _firms_of_a_size: tuple(f"sme.outreach.{size}" for size in ("sole-trader", "micro", "small", "medium")),
    _parents: ("coworking.childcare.lost-work", "coworking.childcare.back-up"),
}
"""Shares of surveys by how many were asked."""

for _count, _shares in _ASKED.items():
    for _share in _shares:
        _interval(_share, _count)
