"""Units of stated numbers: the few there are, what may stand for what, and what products are in."""

from __future__ import annotations

from fractions import Fraction

from evidence.errors import QuantityError
from evidence.quantity.words import listed

BASES = (
    "percent",
    "percentage points",
    "GBP",
    "USD",
    "EUR",
    "count",
    "times",
    "years",
    "months",
    "weeks",
    "days",
    "hours",
    "minutes",
    "seconds",
    "calendar year",
    "basis points",
    "index points",
    *("cents", "AUD", "CAD", "NZD", "HKD", "SGD", "CHF", "JPY", "CNY", "INR", "BRL", "ZAR", "PLN", "SEK", "NOK", "DKK", "ILS", "MYR"),
    *(
        "km",
        "miles",
        "metres",
        "cm",
        "mm",
        "nanometres",
        "feet",
        "mph",
        "square km",
        "square metres",
        "square feet",
        "square miles",
        "hectares",
        "acres",
        "litres",
    ),
    *("tonnes", "kg", "mg", "grams", "pounds weight", "MtCO2e", "GtCO2e", "Mt", "tCO2e", "degrees C", "degrees F", "degrees"),
    *("vehicle miles", "vehicle km", "passenger miles", "passenger km", "tonne km", "kph", "cubic metres", "millilitres", "micrograms"),
    *listed("kB MB GB TB kbps Mbps Gbps toe ktoe Mtoe PJ barrels gallons yards inches horsepower rpm decibels pound-feet"),
    *("watts", "kW", "MW", "GW", "TW", "kWh", "MWh", "GWh", "TWh"),
    "FTE",
)
"""What a number may be counted in; each may be followed by ` per year`, ` per 1,000`, and so on (`PERIODS`, `MANY`)."""

PERIODS = ("year", "quarter", "month", "week", "day", "hour", "minute", "capita", "household")
MANY = (
    "100,000 people",
    "100,000",
    "10,000 people",
    "10,000",
    "1,000 people",
    "1,000",
    "100 people",
    "100",
    "million people",
    "million",
    "thousand people",
    "thousand",
)
"""What a rate may be per."""

_AS_FACTOR = {"percent": Fraction(1, 100), "times": Fraction(1), "count": Fraction(1)}


def split_unit(unit: str) -> tuple[str, str]:
    """Return the base of `unit` and what it is per, or an empty text.

    Raises:
        QuantityError: If either part is not one of ours.

    Example:
        >>> split_unit("GBP per week")
        ('GBP', 'week')
    """
    base, _, per = unit.partition(" per ")
    if base not in BASES or (per and per not in PERIODS + MANY):
        raise QuantityError(
            f'unknown unit "{unit}"; use one of {", ".join(BASES)}, alone or followed by " per " and {", ".join(PERIODS + MANY)}'
        )
    return base, per


def stands_for(stated: str, unit: str) -> bool:
    """Return whether a number stated in `stated` may speak of a figure in `unit`: the same, or with the "per ..." left to the sentence."""
    return stated == unit or (" per " not in stated and stated == unit.partition(" per ")[0])


def product_unit(a: str, b: str) -> tuple[str, Fraction]:
    """Return the unit of a product and the factor that brings the bare product into it.

    A percentage, a count or a multiple takes on the other unit; a share of a share is a share.

    Raises:
        QuantityError: If neither is dimensionless ("GBP times GBP" means nothing here).

    Example:
        >>> product_unit("percent", "count")
        ('count', Fraction(1, 100))
    """
    if a == b == "percent":
        return "percent", Fraction(1, 100)
    for first, second in ((a, b), (b, a)):
        if first == "percent":
            return second, Fraction(1, 100)
    for first, second in ((a, b), (b, a)):
        if first in _AS_FACTOR:
            return second, Fraction(1)
    raise QuantityError(f"a product of {a} and {b} has no meaning here")


def conversion(unit: str, target: str) -> Fraction:
    """Return the factor from `unit` to `target` among percent, times and count.

    Raises:
        QuantityError: If the two measure different things.

    Example:
        >>> conversion("times", "percent")
        Fraction(100, 1)
    """
    if unit == target:
        return Fraction(1)
    if unit in _AS_FACTOR and target in _AS_FACTOR:
        return _AS_FACTOR[unit] / _AS_FACTOR[target]
    raise QuantityError(f"cannot turn {unit} into {target}")
