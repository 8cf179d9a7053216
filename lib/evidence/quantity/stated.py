"""`Quantity`: a stated or computed number with its interval and unit, and its arithmetic."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from evidence.errors import QuantityError
from evidence.quantity import units
from evidence.quantity.interval import Interval


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated or computed number: its point, what it may be, and its unit.

    Attributes:
        text: The number as written; empty for a computed one.
        anchor: The printed number without its hedge, in base units (percent, pounds, ...); of a range, its low end.
        interval: All values the text may stand for, in base units.
        unit: Unit of both (`units.BASES`, perhaps with " per ...").
        ends: The two ends of a range, each a quantity; empty otherwise.
        hedge: Meaning of the hedge (`grammar.HEDGES`), or empty.
        in_words: Whether the number is a fraction, multiple or quantifier in words, which no data may restate.
    """

    text: str
    anchor: Fraction
    interval: Interval
    unit: str
    ends: tuple[Quantity, ...] = ()
    hedge: str = ""
    in_words: bool = False

    @classmethod
    def point(cls, value: Fraction | int | float, unit: str) -> Quantity:
        """Return a computed number that is a single point, in a base unit.

        Raises:
            QuantityError: If `value` is not a finite number.
        """
        exact = to_fraction(value)
        return cls("", exact, Interval(exact, exact), unit)

    def admits(self, value: Fraction | int | float | Quantity) -> bool:
        """Return whether a value, or every value another quantity may have, agrees with this stated number.

        Args:
            value: A number in this quantity's base unit, or a quantity (of the same unit, or this one lacks its "per ...").

        Raises:
            QuantityError: If `value` is not a finite number.

        Example:
            >>> from evidence.quantity import parse
            >>> parse("two thirds").admits(parse("68%")), parse("up to £29 billion").admits(parse("£27.7 billion"))
            (True, False)
        """
        if isinstance(value, Quantity):
            return units.stands_for(self.unit, value.unit) and value.interval.inside(self.interval)
        return self.interval.contains(to_fraction(value))

    def exact(self) -> Quantity:
        """Return the same number taken as exact: its interval is its anchor."""
        ends = tuple(end.exact() for end in self.ends)
        high = ends[-1].anchor if ends else self.anchor
        return replace(self, interval=Interval(self.anchor, high), ends=ends)

    def within(self, unit: str) -> Quantity:
        """Return the same number in another unit of the same kind (percent, times, count).

        Raises:
            QuantityError: If the units measure different things.
        """
        factor = units.conversion(self.unit, unit)
        return Quantity("", self.anchor * factor, self.interval.scaled(factor), unit)

    def relabelled(self, unit: str) -> Quantity:
        """Return the same number under another unit, where a formula knows better than the unit rules (weeks to a year)."""
        units.split_unit(unit)
        return replace(self, text="", unit=unit)

    def __add__(self, other: Quantity) -> Quantity:
        """Return the sum; both must be in the same unit."""
        self._same_unit(other)
        return Quantity("", self.anchor + other.anchor, self.interval + other.interval, self.unit)

    def __sub__(self, other: Quantity) -> Quantity:
        """Return the difference; both must be in the same unit."""
        self._same_unit(other)
        return Quantity("", self.anchor - other.anchor, self.interval - other.interval, self.unit)

    def __mul__(self, other: Quantity) -> Quantity:
        """Return the product, in the unit `units.product_unit` gives it."""
        unit, factor = units.product_unit(self.unit, other.unit)
        return Quantity("", self.anchor * other.anchor * factor, (self.interval * other.interval).scaled(factor), unit)

    def __truediv__(self, other: Quantity) -> Quantity:
        """Return the quotient: times where both are in the same unit, else this unit (the divisor must be a count or a multiple).

        Raises:
            QuantityError: If the divisor may be zero or the quotient has no meaning here.
        """
        if self.unit == other.unit:
            unit, factor = "times", Fraction(1)
        else:
            unit, factor = self.unit, 1 / units.conversion(other.unit, "times")
        quotient = self.interval / other.interval
        return Quantity("", self.anchor / other.anchor * factor, quotient.scaled(factor), unit)

    def _same_unit(self, other: Quantity) -> None:
        if self.unit != other.unit:
            raise QuantityError(f"cannot add {self.unit} and {other.unit}")


def to_fraction(value: Fraction | int | float | str) -> Fraction:
    """Return `value` as an exact fraction; a float is taken as it prints.

    Raises:
        QuantityError: If it is not a finite number.

    Example:
        >>> to_fraction(0.1), to_fraction("200/3")
        (Fraction(1, 10), Fraction(200, 3))
    """
    try:
        return Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    except (ValueError, ZeroDivisionError, OverflowError, TypeError):
        raise QuantityError(f'"{value}" is not a finite number; write digits such as 17.5, -1.7 or 200/3') from None
