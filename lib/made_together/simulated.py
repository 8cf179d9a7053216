"""Recomputations of what the impact model gives: the figures of the library go in, figures of our own come out.

Each reads all the figures that the model rests on, so that a change of any of them is seen in every result.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from evidence.quantity import Quantity
from evidence.recompute import Inputs, Register
from made_together.assumed import CHANCE, NAMES

if TYPE_CHECKING:
    from made_together.impact import Channel, Model, Simulation

REGISTER = Register()
"""The recomputations, by the id of their figure."""

TABLE = "impact-assumptions"
HEADLINE, CAUTIOUS = "impact.growth.total.high", "impact.growth.total.low"


def impact_model(figures: Inputs) -> Model:
    """Return the model filled with the figures of a library.

    Raises:
        DataError: If a figure that it rests on is not there on this day.
        ImpactError: If an assumption is missing, or its ends are reversed.
    """
    from made_together.impact import Channel, Known, Model, Spread  # only where it is reckoned, for numpy takes long to import

    share = cache(lambda identifier: _number(figures(identifier).within("times")))
    number = cache(lambda identifier: _number(figures(identifier)))

    def channel(name: str) -> Channel:
        asked = f"impact.{name}"
        return Channel(share(f"{asked}.more-likely.share"), share(f"{asked}.much-more-likely.share"), number(f"{asked}.uplift"))

    known = Known(
        employers=number("computed.sme.employers"),
        alone=number("official.businesses.none"),
        employers_pattern=number("computed.outreach.employers-pattern"),
        alone_pattern=number("computed.outreach.alone-pattern"),
        respondents=number("computed.sample.effective"),
        university=channel("university"),
        apprentice=channel("apprentice"),
        revenue=number("impact.apprentice.revenue-uplift"),
    )
    declared = {row["id"].partition(".")[2]: row for row in figures.library.rows(TABLE)}
    ordered = [name for name in NAMES if name in declared] + sorted(declared.keys() - set(NAMES))
    spreads = tuple(
        (
            name,
            Spread(
                low=share(f"assumption.{name}.low"),
                high=share(f"assumption.{name}.high"),
                report=share(declared[name]["report"]),
                likely=share(declared[name]["likely"]) if declared[name]["likely"] else None,
            ),
        )
        for name in ordered
    )
    return Model(known, spreads)


def _number(quantity: Quantity) -> float:
    return float(quantity.anchor)


# What the inputs leave open is in the draws; each result is a point.
def _drawn(figures: Inputs) -> Simulation:
    from made_together.impact import simulate

    return simulate(impact_model(figures))


def _quantile(identifier: str, what: str, unit: str, part: float, about: str) -> None:
    def drawn_quantile(figures: Inputs) -> Quantity:
        return Quantity.point(_drawn(figures).below(what, part), unit)

    _register(identifier, drawn_quantile, about)


def _swing(name: str, end: int, about: str) -> None:
    def median_with_input_held(figures: Inputs) -> Quantity:
        return Quantity.point(_drawn(figures).growth_held(name)[end], "GBP")

    _register(f"computed.growth.swing.{name}.{('low', 'high')[end]}", median_with_input_held, about)


def _register(identifier: str, formula: Callable[[Inputs], Quantity], about: str) -> None:
    formula.__doc__ = about
    REGISTER.recomputes(identifier)(formula)


for _what, _unit, _words in (
    ("growth", "GBP", "growth"),
    ("apprentices", "count", "additional apprentices"),
    ("revenue", "GBP", "additional revenue"),
):
    _quantile(
        f"computed.{_what}.simulated.low", _what, _unit, 0.05, f"The {_words} that a twentieth of the draws of the impact model fall below."
    )
    _quantile(
        f"computed.{_what}.simulated.median", _what, _unit, 0.5, f"The {_words} that half of the draws of the impact model fall below."
    )
    _quantile(
        f"computed.{_what}.simulated.high", _what, _unit, 0.95, f"The {_words} that a twentieth of the draws of the impact model exceed."
    )

_quantile(
    "computed.growth.simulated.lower-quarter",
    "growth",
    "GBP",
    0.25,
    "The growth that a quarter of the draws of the impact model fall below.",
)
_quantile(
    "computed.growth.simulated.upper-quarter", "growth", "GBP", 0.75, "The growth that a quarter of the draws of the impact model exceed."
)

for _name in (*NAMES, CHANCE):
    _swing(_name, 0, "The median of growth in the impact model with this input held at its low end and all others varying.")
    _swing(_name, 1, "The median of growth in the impact model with this input held at its high end and all others varying.")


def _below(figures: Inputs, identifier: str) -> Quantity:
    return Quantity.point(100 * float((_drawn(figures).outcome.growth < _number(figures(identifier))).mean()), "percent")


@REGISTER.recomputes("computed.growth.below-headline")
def growth_below_headline(figures: Inputs) -> Quantity:
    """The part of the draws of the impact model that fall below the growth printed for the high case."""
    return _below(figures, HEADLINE)


@REGISTER.recomputes("computed.growth.below-cautious")
def growth_below_cautious(figures: Inputs) -> Quantity:
    """The part of the draws of the impact model that fall below the growth printed for the cautious case."""
    return _below(figures, CAUTIOUS)
