"""Recomputations written out: the arithmetic of a formula in figures, taken from the formula itself so that it cannot say something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.catalog import Figure, Library
from evidence.quantity import Quantity, readable
from evidence.recompute.registry import REGISTER, Inputs

_SUM, _PRODUCT, _ATOM = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Traced(Quantity):
    """A quantity that remembers how it was reached.

    Attributes:
        written: The arithmetic so far, such as `34% of 5.68 million`.
        binding: How tightly its outermost sign binds: sum, product, or a single number.
    """

    written: str = ""
    binding: int = _ATOM

    def __add__(self, other: Quantity) -> Traced:
        """Return the sum, written out."""
        return _joined(Quantity.__add__(self, other), self, " + ", other, _SUM)

    def __sub__(self, other: Quantity) -> Traced:
        """Return the difference, written out."""
        return _joined(Quantity.__sub__(self, other), self, " − ", other, _SUM, tighter=True)

    def __rsub__(self, other: Quantity) -> Traced:
        """Return a constant less this, written out."""
        return _joined(Quantity.__sub__(other, self), other, " − ", self, _SUM, tighter=True)

    def __mul__(self, other: Quantity) -> Traced:
        """Return the product, written out; a share is taken "of" something."""
        share = self.unit == "percent" and self.binding == _ATOM
        return _joined(Quantity.__mul__(self, other), self, " of " if share else " × ", other, _PRODUCT)

    def __truediv__(self, other: Quantity) -> Traced:
        """Return the quotient, written out."""
        return _joined(Quantity.__truediv__(self, other), self, " ÷ ", other, _PRODUCT, tighter=True)

    def within(self, unit: str) -> Traced:
        """Return the same in another unit of its kind; the arithmetic stays as it is written."""
        return _traced(Quantity.within(self, unit), self.written, self.binding)

    def relabelled(self, unit: str) -> Traced:
        """Return the same under another unit; the arithmetic stays as it is written."""
        return _traced(Quantity(self.text, self.anchor, self.interval, unit), self.written, self.binding)


class TracedInputs(Inputs):
    """The figures of a library, each remembering how it is written."""

    def __call__(self, identifier: str) -> Traced:
        """Return a figure's quantity as one number of the arithmetic.

        Raises:
            RecomputeError: As `Inputs` does.
            DataError: If there is no such figure.
        """
        quantity = super().__call__(identifier)
        return _traced(quantity, self.read[identifier].shown, _ATOM)


def written_out(library: Library, figure: Figure) -> str:
    """Return the arithmetic of a figure's recomputation with its result, such as `34% of 5.68 million × £8,900 = £17.2 billion`.

    What is simulated has no arithmetic that a line could hold; for it the text is empty.

    Raises:
        RecomputeError: If none is registered for the figure, or it is circular.
        DataError: If an input is not in the library on its day.
    """
    traced = REGISTER[figure.id].formula(TracedInputs(library, (figure.id,)))
    if not isinstance(traced, Traced):
        return ""
    printed = len(re.sub(r"\D", "", figure.shown).strip("0"))
    return f"{traced.written} = {readable(traced.anchor, figure.unit, max(3, printed))}"


def _traced(quantity: Quantity, written: str, binding: int) -> Traced:
    return Traced(quantity.text, quantity.anchor, quantity.interval, quantity.unit, written=written, binding=binding)


def _joined(result: Quantity, left: Quantity, sign: str, right: Quantity, binding: int, *, tighter: bool = False) -> Traced:
    return _traced(result, _inside(left, binding) + sign + _inside(right, binding + tighter), binding)


def _inside(part: Quantity, binding: int) -> str:
    if not isinstance(part, Traced):
        return readable(part.anchor, part.unit)
    return part.written if part.binding >= binding else f"({part.written})"
