"""What the grammar knows of a number: without its hedge and unit, with them, and as an end of a range."""

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


@dataclass(frozen=True, slots=True)
class Single:
    """One stated number.

    Attributes:
        start: Index of its first token, words that only introduce it left out.
        number: Index of the first token of the number itself.
        end: Index of the token after it.
        core: The number itself.
        unit: Its unit, without a rate; `count` where none is said.
        per: Its rate (` per year`), or empty.
        factor: What its unit multiplies the number by (pence are hundredths of pounds).
        hedge: What its hedge means, or empty.
        negative: Whether a sign or word turns it round.
        margin: Half the width that "± 3" gives it, in the same unit, or None.
        probability: Whether it is a p-value, which a sign compares with a bound.
    """

    start: int
    number: int
    end: int
    core: Core
    unit: str
    per: str
    factor: Fraction
    hedge: str
    negative: bool
    margin: Fraction | None = None
    probability: bool = False

    @property
    def value(self) -> Fraction:
        """The number in its unit, with its sign."""
        value = self.core.value * self.factor
        return -value if self.negative else value


@dataclass(frozen=True, slots=True)
class Range:
    """Two stated numbers of one unit that are the ends of a range, the first completed with what only the second says."""

    low: Single
    high: Single
