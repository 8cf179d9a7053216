"""From a printed number to what it means: precision and hedge make an interval.

The rules, one row each (`n` the number, `u` a unit of its last printed digit, `U` of its last digit that is not zero):

| form | interval | because |
|---|---|---|
| percent, points, times, decimals | half of `u` to each side, half-up: 10.5 billion is [10.45, 10.55) billion | that is what rounding does |
| plain integer | exact; if it ends in zeros they may be rounding: half of `U`, and of money at least half a pound, but never further than `n` / 20 | 100 is no word for 149 |
| scale word without decimals | half of `u`, but never further than `n` / 20 | £1 billion is no word for £1.4 billion |
| fraction in words | nearer to it than to its neighbours among spoken fractions (`words.nearest_bounds`) | people round to fractions they say |
| one of many | half a one to each side | it was counted |
| most, minority, almost all | above 50, below 50, from 90 percent | plain English; inspectors of schools in Scotland say almost all from 90 |
| order of magnitude | from it to the next | the words say no more |
| about | the smaller of `U` and a tenth of `n` to each side, but never narrower than the number unhedged | a hedge cannot claim more than none |
| over, at least; almost, under, up to | one-sided, as far as the smaller of `U` and a tenth of `n` | who knows of a nearer number says it |
| more than half | up to two thirds | the next fraction that people say without thinking |
| more than doubled, tripled, ... | up to the next multiple, which does not belong | it has a word of its own |
| ± m | `m` to each side | that is what it says |
| n (95% CI a to b) | from a to b | that is what it says |
| p <, p > | from nothing, or up to one | a test says on which side of its bound it is, and no more |
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evidence.quantity.interval import Interval

_HALF = Fraction(1, 2)
_TENTH = Fraction(1, 10)
FURTHEST = {"digits": None, "whole": Fraction(1, 20), "scale": Fraction(1, 20)}
"""How far rounding may carry a number from itself, as a share of it, by its form; None where its digits alone decide."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A number as printed, before its hedge is considered.

    Attributes:
        value: The number itself, in base units; not below zero, for a sign turns round what is read.
        bare: What it means without a hedge.
        reach: How far a hedge carries it to one side; above zero.
        above: Where "more than" ends instead, and whether that end belongs, for words that have a rule of their own.
    """

    value: Fraction
    bare: Interval
    reach: Fraction
    above: tuple[Fraction, bool] | None = None


def printed_numeral(value: Fraction, step: Fraction, form: str, floor: Fraction = Fraction(0)) -> Printed:
    """Return what a numeral means.

    Args:
        value: The number in base units.
        step: One unit of its last printed digit, in base units.
        form: A key of `FURTHEST`; a `whole` number is exact unless zeros at its end may be rounding.
        floor: Least unit of rounding of a whole number that is not a count (one pound).
    """
    significant = _last_nonzero_unit(value, step)
    unit = (significant if significant > step else floor) if form == "whole" else step
    furthest = FURTHEST[form]
    half = unit * _HALF if furthest is None else min(unit * _HALF, abs(value) * furthest)
    return Printed(value, _rounded(value, half), min(significant, abs(value) * _TENTH) or half)


def printed_words(value: Fraction, low: Fraction, high: Fraction, *, low_closed: bool) -> Printed:
    """Return what words mean that have bounds of their own: fractions and quantifiers, in base units; the high end does not belong."""
    above = (Fraction(200, 3), True) if value == 50 else None
    return Printed(value, Interval(low, high, low_closed, False), abs(value) * _TENTH, above)


def printed_multiple(value: Fraction) -> Printed:
    """Return what a multiple in one word means ("doubled"), in times."""
    number = printed_numeral(value, Fraction(1), "digits")
    return Printed(value, number.bare, number.reach, (value + 1, False))


def exactly(value: Fraction) -> Printed:
    """Return what a spelled-out whole number means: itself."""
    return Printed(value, Interval(value, value), min(_last_nonzero_unit(value, Fraction(1)), abs(value) * _TENTH))


def hedged(number: Printed, hedge: str) -> Interval:
    """Return the interval of a printed number under a hedge: empty, `about`, `above`, `at least`, `below` or `up to`."""
    value, reach = number.value, number.reach
    if not reach:
        return number.bare
    if hedge == "about":
        return Interval(min(value - reach, number.bare.low), max(value + reach, number.bare.high))
    if hedge in ("above", "at least"):
        high, closed = number.above if number.above and hedge == "above" else (value + reach, True)
        return Interval(value, high, hedge == "at least", closed)
    if hedge in ("below", "up to"):
        return Interval(value - reach, value, hedge == "below", hedge == "up to")
    return number.bare


def narrow(low: Fraction, high: Fraction) -> bool:
    """Return whether a range is no wider than "about" its middle would be, so that prose may state it of one number."""
    return high - low <= abs(low + high) * _TENTH


def _rounded(value: Fraction, half: Fraction) -> Interval:
    if not half:
        return Interval(value, value)
    return Interval(value - half, value + half, True, False)


def _last_nonzero_unit(value: Fraction, step: Fraction) -> Fraction:
    steps = abs(int(value / step))
    if not steps:
        return step
    unit = 1
    while steps % 10 == 0:
        steps //= 10
        unit *= 10
    return step * unit
