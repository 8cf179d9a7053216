"""Exact intervals with open and closed ends, and their arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from evidence.errors import QuantityError


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from `low` to `high`; each end belongs to it or not.

    Attributes:
        low: Lower end, exact.
        high: Upper end, exact; not below `low`.
        low_closed: Whether `low` itself belongs to the interval.
        high_closed: Whether `high` itself belongs to the interval.

    Raises:
        QuantityError: If the ends are reversed, or the interval holds no number.

    Example:
        >>> Interval(Fraction(1), Fraction(2), high_closed=False).contains(Fraction(2))
        False
    """

    low: Fraction
    high: Fraction
    low_closed: bool = True
    high_closed: bool = True

    def __post_init__(self) -> None:
        if self.low > self.high or (self.low == self.high and not (self.low_closed and self.high_closed)):
            raise QuantityError(f"no number lies between {self.low} and {self.high}; give the lower end first")

    def contains(self, value: Fraction) -> bool:
        """Return whether `value` belongs to the interval."""
        above = value > self.low or (self.low_closed and value == self.low)
        below = value < self.high or (self.high_closed and value == self.high)
        return above and below

    def inside(self, other: Interval) -> bool:
        """Return whether every member of this interval is a member of `other`."""
        low = self.low > other.low or (self.low == other.low and (other.low_closed or not self.low_closed))
        high = self.high < other.high or (self.high == other.high and (other.high_closed or not self.high_closed))
        return low and high

    def meets(self, other: Interval) -> bool:
        """Return whether some number belongs to both intervals."""
        first, second = (self, other) if (self.low, not self.low_closed) <= (other.low, not other.low_closed) else (other, self)
        return first.high > second.low or (first.high == second.low and first.high_closed and second.low_closed)

    def __neg__(self) -> Interval:
        """Return the mirror image at zero."""
        return Interval(-self.high, -self.low, self.high_closed, self.low_closed)

    def __add__(self, other: Interval) -> Interval:
        """Return every sum of a member of each."""
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_closed and other.low_closed,
            self.high_closed and other.high_closed,
        )

    def __sub__(self, other: Interval) -> Interval:
        """Return every difference of a member of each."""
        return self + (-other)

    def __mul__(self, other: Interval) -> Interval:
        """Return the smallest interval that holds every product of a member of each."""
        return _combine(self, other, lambda a, b: a * b)

    def __truediv__(self, other: Interval) -> Interval:
        """Return the smallest interval that holds every quotient of a member of each.

        Raises:
            QuantityError: If `other` reaches or crosses zero.
        """
        if other.low <= 0 <= other.high:
            raise QuantityError("cannot divide by a number that may be zero")
        return _combine(self, other, lambda a, b: a / b)

    def scaled(self, factor: Fraction) -> Interval:
        """Return the interval with both ends multiplied by an exact `factor` other than zero."""
        if factor == 1:
            return self
        if factor < 0:
            return (-self).scaled(-factor)
        return Interval(self.low * factor, self.high * factor, self.low_closed, self.high_closed)


def _combine(a: Interval, b: Interval, operation: Callable[[Fraction, Fraction], Fraction]) -> Interval:
    corners = [
        (operation(x, y), (x_closed and y_closed) or (x == 0 and x_closed) or (y == 0 and y_closed))
        for (x, x_closed), (y, y_closed) in product(_ends(a), _ends(b))
    ]
    low, high = min(value for value, _ in corners), max(value for value, _ in corners)
    return Interval(low, high, _reached(corners, low) or low == high, _reached(corners, high) or low == high)


def _ends(interval: Interval) -> list[tuple[Fraction, bool]]:
    return [(interval.low, interval.low_closed), (interval.high, interval.high_closed)]


def _reached(corners: Iterable[tuple[Fraction, bool]], value: Fraction) -> bool:
    return any(closed for corner, closed in corners if corner == value)
