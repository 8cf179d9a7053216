"""Which shares whole numbers of people can make: a printed share tells of how many it can be the share."""

from __future__ import annotations

from fractions import Fraction

from evidence.errors import QuantityError
from evidence.quantity.stated import Quantity


def share_possible(share_pct: Quantity, respondents: int) -> bool:
    """Return whether some whole count of `respondents` rounds to `share_pct` (the GRIM test).

    Args:
        share_pct: Stated share in percent, with its printed precision.
        respondents: Number of people or firms asked; at least 1.

    Raises:
        QuantityError: If `share_pct` is not in percent, or `respondents` is below 1.

    Source:
        Brown and Heathers (2017), The GRIM test, doi:10.1177/1948550616673876.

    Example:
        >>> from evidence.quantity import parse
        >>> share_possible(parse("17%"), 24), share_possible(parse("17%"), 31)
        (True, False)
    """
    if share_pct.unit != "percent" or respondents < 1:
        raise QuantityError("the GRIM test needs a share in percent and at least one respondent")
    low = int(share_pct.interval.low * respondents / 100)
    return any(share_pct.admits(Fraction(100 * count, respondents)) for count in (low, low + 1) if count <= respondents)


def possible_totals(shares: list[Quantity], most: int) -> list[int]:
    """Return every number of respondents up to `most` for which all `shares` are possible."""
    return [total for total in range(1, most + 1) if all(share_possible(share, total) for share in shares)]
