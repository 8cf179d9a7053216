"""What formulas and conditions give: interval arithmetic over named numbers, each part with the way it is written for readers."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from itertools import pairwise

from evidence.errors import QuantityError
from evidence.quantity import units
from evidence.quantity.interval import Interval
from evidence.quantity.stated import Quantity, to_fraction

Read = Callable[[str], Quantity]
Says = Callable[[str, str], bool]

_SUM, _PRODUCT, _ATOM = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a formula, or a part of one, gives.

    Attributes:
        quantity: Point, interval and unit.
        written: The arithmetic for readers, such as `34% of 5.68 million`.
        binding: How tightly its outermost sign binds: sum, product, or a single number.
        bare: Whether no figure is in it.
    """

    quantity: Quantity
    written: str
    binding: int = _ATOM
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Reckoning:
    """The reckoning of a formula that has been read, part by part.

    Attributes:
        meaning: What each name in the tree stands for: an id or a unit.
        read: Returns the quantity of an id.
        shown: Returns how its number is written for readers.
    """

    meaning: Mapping[str, str]
    read: Read
    shown: Callable[[str], str] = str

    def of(self, node: ast.expr) -> Reckoned:
        """Return what a part of a formula gives.

        Raises:
            QuantityError: If units do not fit, or a divisor may be zero.
        """
        match node:
            case ast.Constant(value=int() | float() as value):
                return _bare(to_fraction(value))
            case ast.Name(id=name):
                return Reckoned(self.read(self.meaning[name]), self.shown(self.meaning[name]))
            case ast.BinOp(left=left, op=ast.BitOr(), right=ast.Name(id=unit)):
                return _in_unit(self.of(left), self.meaning[unit])
            case ast.BinOp(left=left, op=op, right=right):
                return _joined(self.of(left), type(op), self.of(right))
            case ast.Call(func=ast.Name(id=name), args=numbers):
                return FUNCTIONS[name]([self.of(number) for number in numbers])
        raise QuantityError(f"{ast.unparse(node)} is no part of a formula")


@dataclass(frozen=True, slots=True)
class Trial:
    """The trial of a condition that has been read, part by part.

    Attributes:
        numbers: The reckoning of what it compares.
        says: Returns whether the words of an id hold some words.
    """

    numbers: Reckoning
    says: Says

    def of(self, node: ast.expr) -> bool:
        """Return whether a part of a condition holds; each part of it is read, so that all that it rests on is known.

        Raises:
            QuantityError: If it compares numbers of different units.
        """
        match node:
            case ast.BoolOp(op=op, values=values):
                held = [self.of(value) for value in values]
                return all(held) if isinstance(op, ast.And) else any(held)
            case ast.UnaryOp(operand=operand):
                return not self.of(operand)
            case ast.Compare(left=ast.Constant(value=str(words)), ops=[sign], comparators=[ast.Name(id=name)]):
                return self.says(self.numbers.meaning[name], words) is isinstance(sign, ast.In)
            case ast.Compare(left=left, ops=ops, comparators=others):
                compared = pairwise(part.quantity for part in _alike([self.numbers.of(part) for part in (left, *others)]))
                return all(COMPARISONS[type(sign)](*pair) for sign, pair in zip(ops, compared, strict=True))
        raise QuantityError(f"{ast.unparse(node)} compares nothing")


def surely_above(higher: Quantity, lower: Quantity) -> bool:
    """Return whether every value `higher` may have is above every value `lower` may have.

    Raises:
        QuantityError: If the two are in different units.

    Example:
        >>> from evidence.quantity import parse
        >>> surely_above(parse("35%"), parse("6%")), surely_above(parse("18%"), parse("18%"))
        (True, False)
    """
    _comparable(higher, lower)
    return higher.interval.low > lower.interval.high or (
        higher.interval.low == lower.interval.high and not (higher.interval.low_closed and lower.interval.high_closed)
    )


def _comparable(one: Quantity, other: Quantity) -> None:
    if one.unit != other.unit:
        raise QuantityError(f"cannot compare {one.unit} with {other.unit}")


def _bare(value: Fraction) -> Reckoned:
    written = f"{value.numerator:,}" if value.denominator == 1 else f"{float(value):g}"
    return Reckoned(Quantity.point(value, "times"), written, bare=True)


def _alike(parts: list[Reckoned]) -> list[Reckoned]:
    """Return numbers that are added or compared, a bare one in the unit of the others."""
    unit = next((part.quantity.unit for part in parts if not part.bare), "times")
    return [replace(part, quantity=part.quantity.within(unit)) if part.bare else part for part in parts]


def _joined(left: Reckoned, sign: type[ast.operator], right: Reckoned) -> Reckoned:
    operation, mark, binding, tighter = SIGNS[sign]
    if binding == _SUM:
        left, right = _alike([left, right])
    elif sign is ast.Mult and left.quantity.unit == "percent" and left.binding == _ATOM and not right.bare:
        mark = " of "
    quantity = operation(left.quantity, right.quantity)
    if sign is ast.Mult and left.bare != right.bare:
        quantity = quantity.within(right.quantity.unit if left.bare else left.quantity.unit)
    written = _inside(left, binding) + mark + _inside(right, binding + tighter)
    return Reckoned(quantity, written, binding, left.bare and right.bare)


def _inside(part: Reckoned, binding: int) -> str:
    return part.written if part.binding >= binding else f"({part.written})"


def _divided(part: Quantity, by: Quantity) -> Quantity:
    if by.interval.low <= 0 <= by.interval.high:
        raise QuantityError(
            f"divides by what may be zero: it lies between {float(by.interval.low):g} and {float(by.interval.high):g} {by.unit}"
        )
    return part / by


def _in_unit(part: Reckoned, unit: str) -> Reckoned:
    """Return a number in another unit of its kind, shares and differences of shares in one another's, or without what it is per."""
    own = part.quantity.unit
    relabelled = {own, unit} == {"percent", "percentage points"} or units.split_unit(own)[0] == unit
    return replace(part, quantity=part.quantity.relabelled(unit) if relabelled else part.quantity.within(unit))


def _total(parts: list[Reckoned]) -> Reckoned:
    return reduce(lambda one, other: _joined(one, ast.Add, other), parts)


def _mean(parts: list[Reckoned]) -> Reckoned:
    return _joined(_total(parts), ast.Div, _bare(Fraction(len(parts))))


def _smallest(parts: list[Reckoned]) -> Reckoned:
    return _chosen("the smallest of", _lower, parts)


def _largest(parts: list[Reckoned]) -> Reckoned:
    return _chosen("the largest of", lambda one, other: _mirrored(_lower(_mirrored(one), _mirrored(other))), parts)


def _chosen(words: str, choose: Callable[[Quantity, Quantity], Quantity], parts: list[Reckoned]) -> Reckoned:
    alike = _alike(parts)
    written = f"({words} {', '.join(part.written for part in alike)})"
    return Reckoned(reduce(choose, (part.quantity for part in alike)), written, bare=all(part.bare for part in alike))


def _lower(one: Quantity, other: Quantity) -> Quantity:
    """Return the smaller of two numbers, which may be whatever the smaller of a value of each may be."""
    _comparable(one, other)
    a, b = one.interval, other.interval
    low, low_open = min((a.low, not a.low_closed), (b.low, not b.low_closed))
    high, high_closed = min((a.high, a.high_closed), (b.high, b.high_closed))
    return Quantity("", min(one.anchor, other.anchor), Interval(low, high, not low_open, high_closed), one.unit)


def _mirrored(quantity: Quantity) -> Quantity:
    return Quantity("", -quantity.anchor, -quantity.interval, quantity.unit)


def _apart(one: Quantity, other: Quantity) -> bool:
    return surely_above(one, other) or surely_above(other, one)


def _within(part: Quantity, whole: Quantity) -> bool:
    _comparable(part, whole)
    return whole.interval.contains(part.anchor)


SIGNS: Mapping[type[ast.operator], tuple[Callable[[Quantity, Quantity], Quantity], str, int, bool]] = {
    ast.Add: (operator.add, " + ", _SUM, False),
    ast.Sub: (operator.sub, " − ", _SUM, True),
    ast.Mult: (operator.mul, " × ", _PRODUCT, False),
    ast.Div: (_divided, " ÷ ", _PRODUCT, True),
}
"""Of each sign: what it does, how it is written, how tightly it binds, and whether its right side needs brackets at the same tightness."""
FUNCTIONS: Mapping[str, Callable[[list[Reckoned]], Reckoned]] = {"sum": _total, "mean": _mean, "min": _smallest, "max": _largest}
"""Functions of two numbers or more."""
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Quantity, Quantity], bool]] = {
    ast.Gt: surely_above,
    ast.Lt: lambda one, other: surely_above(other, one),
    ast.NotEq: _apart,
    ast.In: _within,
}
"""What each sign of a comparison asks of two numbers."""
