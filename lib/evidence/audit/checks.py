"""Checks of a source against itself that are no recomputation: each says what it finds, or nothing once the source is mended."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from evidence.catalog import Library
from evidence.errors import DataError
from evidence.quantity import possible_totals, share_possible

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
