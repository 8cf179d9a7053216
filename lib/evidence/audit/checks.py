"""Checks of a source against itself that are no recomputation: each says what it finds, or nothing once the source is mended."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from evidence.catalog import Library
from evidence.errors import DataError, QuantityError
from evidence.quantity import Quantity

Check = Callable[[Library], str]


@dataclass(frozen=True, slots=True)
class Named:
    """A registered check: its name, its function, and what it asks."""

    name: str
    run: Check
    about: str


REGISTER: dict[str, Named] = {}
"""Every check by the name corrections use as their guard."""


def check(name: str) -> Callable[[Check], Check]:
    """Return a decorator that registers a check under a name.

    The function takes a library and returns what is wrong, in words and figures, or an empty text.
    """

    def register(function: Check) -> Check:
        REGISTER[name] = Named(name, function, (inspect.getdoc(function) or "").partition("\n")[0])
        return function

    return register


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


@check("growth-hub-respondents")
def growth_hub_respondents(library: Library) -> str:
    """Are the shares of stakeholders possible for the number of stakeholders printed?"""
    names = ("signposting", "advice", "education-links", "policy-voice")
    shares = {name: library.figure(f"growth-hub.view.{name}") for name in names}
    asked = int(library.figure("growth-hub.stakeholders").quantity.anchor)
    bad = [figure.stated for figure in shares.values() if not share_possible(figure.quantity, asked)]
    if not bad:
        return ""
    fit = possible_totals([figure.quantity for figure in shares.values()], asked)
    return f"{' and '.join(bad)} are no share of {asked}; up to {asked}, the four shares together are possible only for {', '.join(map(str, fit)) or 'no number'}."


@check("manchester-last-year")
def manchester_last_year(library: Library) -> str:
    """Does the year a rise is told up to stand for the years that follow?"""
    told = library.figure("case.manchester.sme-spend.after")
    following = library.figure("official.manchester.sme-spend.fourth-year")
    if told.quantity.interval.low <= following.quantity.interval.high:
        return ""
    return f"The report ends at {told.stated}; the producer's next year gives {following.stated}."


def findings(library: Library) -> dict[str, str]:
    """Return what each check finds on a library, by name; empty texts for what is in order.

    A check whose figures are not published yet on the library's day finds nothing.
    """
    found = {}
    for name, entry in REGISTER.items():
        try:
            found[name] = entry.run(library)
        except DataError:
            if not library.as_of:
                raise
            found[name] = ""
    return found
