"""What the grammar knows of a number without its hedge and unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from evidence.quantity import words


@dataclass(frozen=True, slots=True)
class Core:
    """A number without hedge and unit.

    Attributes:
        form: `digits`, `spelled`, `article` ("a million"), `share`, `multiple`, `quantifier`, `vague` or `nothing`.
        value: The number, its scale word counted in.
        end: Index of the token after it.
        unit: Unit that the words themselves carry ("twice", "one in five"), or empty.
        step: One unit of its last printed digit, its scale counted in.
        scale: What its scale word multiplies by; 1 without one.
        decimals: How many decimals it prints.
        low: Lower bound of what it means, where words alone decide that (shares, quantifiers, orders of magnitude).
        high: Upper bound of the same.
        digits: First token, and the one after the last, of the digits or words before a scale word.
        rounded: Whether it may be a rounded number.
    """

    form: str
    value: Fraction
    end: int
    unit: str = ""
    step: Fraction = Fraction(1)
    scale: int = 1
    decimals: int = 0
    low: Fraction | None = None
    high: Fraction | None = None
    digits: tuple[int, int] = (0, 0)
    rounded: bool = True

    def times(self, factor: Fraction, end: int, unit: str = "") -> Core:
        """Return the same number multiplied by an exact factor, ending at a later token, in a unit of its own."""
        low, high = (None if bound is None else bound * factor for bound in (self.low, self.high))
        return replace(self, value=self.value * factor, step=self.step * factor, low=low, high=high, end=end, unit=unit)


def share(count: int, total: int, end: int) -> Core | None:
    """Return a share in percent; one of many is as exact as its count, half a one to each side."""
    if not 0 < count < total:
        return None
    part, half = Fraction(count, total), Fraction(1, 2 * total)
    low, high = words.nearest_bounds(part, total) if total <= MOST_SPOKEN else (part - half, part + half)
    return Core("share", part * 100, end, "percent", low=low * 100, high=high * 100)


MOST_SPOKEN = 100
"""Largest denominator of a share that is said for its neighbourhood; beyond it the share is of things that were counted."""
