"""From a printed number to what it means: precision and hedge make an interval.

The rules, one row each (`n` the number, `u` a unit of its last printed digit, `U` of its last digit that is not zero):

| form | interval |
|---|---|
| percent, decimals, a scale word, "times" | half of `u` to each side, half-up: 10.5 billion is [10.45, 10.55) billion |
| plain integer | exact; if it ends in zeros they may be rounding: half of `U` to each side; plain money never finer than half a pound |
| about | the smaller of `U` and a tenth of `n` to each side, but never narrower than the number unhedged |
| over, at least; almost, under, up to | one-sided, as far as the smaller of `U` and a tenth of `n` |
| fraction in words | nearer to it than to its neighbours among spoken fractions (`words.nearest_bounds`); a hedge reaches a tenth of it |
| most, minority, almost all | above 50, below 50, from 90 percent |

A hedged "about" is kept at least as wide as the bare number: to say "about 2 million" cannot claim more than "2 million".
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evidence.quantity.interval import Interval

_HALF = Fraction(1, 2)
_TENTH = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed, before its hedge is considered.

    Attributes:
        value: The number itself, in base units.
        bare: What it means without a hedge.
        reach: How far a hedge carries it to one side; above zero.
    """

    value: Fraction
    bare: Interval
    reach: Fraction


def printed_numeral(value: Fraction, step: Fraction, *, rounds: bool, floor: Fraction | None = None) -> Printed:
    """Return what a numeral means.

    Args:
        value: The number in base units.
        step: One unit of its last printed digit, in base units.
        rounds: Whether the printed digits are all significant (percent, decimals, scale words); otherwise the number is a plain
            integer, exact unless zeros at its end may be rounding.
        floor: Least unit of rounding of a plain integer that is not a count (one pound), or None for counts.
    """
    significant = _last_nonzero_unit(value, step)
    if not rounds:
        step = significant if significant > step else floor or Fraction(0)
    half = step * _HALF
    reach = min(significant, abs(value) * _TENTH) or half
    return Printed(value, _rounded(value, half), reach)


def printed_share(value: Fraction, low: Fraction, high: Fraction) -> Printed:
    """Return what a fraction in words means, given the bounds half way to its neighbours."""
    return Printed(value, Interval(low, high, True, False), abs(value) * _TENTH)


def exactly(value: Fraction) -> Printed:
    """Return what a spelled-out whole number means: itself."""
    return Printed(value, Interval(value, value), min(_last_nonzero_unit(value, Fraction(1)), abs(value) * _TENTH))


def hedged(number: Printed, hedge: str) -> Interval:
    """Return the interval of a printed number under a hedge: empty, `about`, `above`, `at least`, `below` or `up to`."""
    value, reach = number.value, number.reach
    if value < 0:
        mirrored = Printed(-value, -number.bare, reach)
        return -hedged(mirrored, hedge)
    if hedge == "about":
        return Interval(min(value - reach, number.bare.low), max(value + reach, number.bare.high))
    if hedge in ("above", "at least"):
        return Interval(value, value + reach, hedge == "at least", True)
    if hedge in ("below", "up to"):
        return Interval(value - reach, value, hedge == "below", hedge == "up to")
    return number.bare


def _rounded(value: Fraction, half: Fraction) -> Interval:
    if not half:
        return Interval(value, value)
    return Interval(value - half, value + half, value >= 0, value < 0)


def _last_nonzero_unit(value: Fraction, step: Fraction) -> Fraction:
    steps = abs(int(value / step))
    if not steps:
        return step
    unit = 1
    while steps % 10 == 0:
        steps //= 10
        unit *= 10
    return step * unit
