"""How far words may be stretched before a referee objects: further than a book may stretch them itself, for only a clear fault is told."""

from __future__ import annotations

import re
from fractions import Fraction

from evidence.quantity import Interval, Quantity

_NEAR = re.compile(
    r"almost|nearly|not quite|close to|approaching|just|slightly|a little|little (?:more|less|over|under)|about|around|roughly|approximately|some|circa|~|or so|nearer"
)
_AS_MANY = re.compile(r"as (?:many|much|few|little|high|low) as")
_FEW = 10
_STRETCH = Fraction(3, 20)
_FAR = Fraction(10**15)
_MULTIPLES_OFF = Fraction(1, 8)


def said_near(quantity: Quantity) -> bool:
    """Return whether a number is said to be near: "about two thirds", "almost half", and not "more than half"."""
    return quantity.hedge == "about" or bool(_NEAR.search(quantity.text.lower()))


def small(quantity: Quantity) -> Fraction:
    """Return how far from a few whole points or percent others may lie that words call near: nought for any other number."""
    few = quantity.anchor.denominator == 1 and 0 < quantity.anchor < _FEW and quantity.unit in ("percent", "percentage points")
    return Fraction(2, 5) if few else Fraction(0)


def admitted(quantity: Quantity) -> Interval:
    """Return the values that a referee lets pass for a stated number.

    "More than", "at least", "under" and "up to" are bounds, however far the value lies from them; "almost", "about" and "just over" reach as far
    as 15 percent of the number; a multiple in one word ("doubled") is an eighth off at most.

    Example:
        >>> from evidence.quantity import parse
        >>> admitted(parse("more than 20%")).contains(Fraction(60)), admitted(parse("almost half")).contains(Fraction(38))
        (True, False)
    """
    if quantity.ends:
        return quantity.interval
    value, reach = quantity.anchor, abs(quantity.anchor) * _STRETCH
    if _AS_MANY.match(quantity.text.lower()):
        return Interval(value - reach / 3, value + reach / 3)
    close = bool(_NEAR.search(quantity.text.lower()))
    reach = max(reach, small(quantity))
    if quantity.hedge in ("above", "at least"):
        low = value if quantity.in_words else min(value, quantity.interval.low)
        return Interval(low, value + reach if close else _FAR, quantity.hedge == "at least" or not quantity.in_words)
    if quantity.hedge in ("below", "up to"):
        return Interval(value - reach if close else -_FAR, value, high_closed=quantity.hedge == "up to" or not quantity.in_words)
    if quantity.hedge == "about":
        return Interval(min(quantity.interval.low, value - reach), max(quantity.interval.high, value + reach))
    if quantity.unit == "times" and quantity.anchor.denominator == 1:
        return Interval(value * (1 - _MULTIPLES_OFF), value * (1 + _MULTIPLES_OFF))
    return quantity.interval
