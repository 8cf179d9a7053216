"""Recomputations of the survey sample that a line of `data/formulas.csv` cannot say."""

from __future__ import annotations

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


def _interval_of_barrier(name: str, end: int) -> None:
    word = ("low", "high")[end]

    @REGISTER.recomputes(f"computed.sme.barriers.{name}.interval.{word}")
    def end_of_interval(figures: Inputs) -> Quantity:
        """The end of the 95 percent interval (Wilson) of the share had all firms of the sample been asked; with fewer it is wider."""
        share, asked = figures(f"sme.barriers.{name}"), figures("sample.size")
        return Quantity.point(100 * wilson_interval(float(share.anchor) / 100, int(asked.anchor))[end], "percent")


for _name in ("finance", "staff-capacity", "regulation", "awareness", "central-support", "local-support"):
    _interval_of_barrier(_name, 0)
    _interval_of_barrier(_name, 1)
