"""Implied wholes: what a count and its share are of, where the report tells it nowhere but in another share or number."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evidence.quantity import Interval
from evidence.referee.mentions import Occurrence
from evidence.referee.relations.likely_bases import Reckonings
from evidence.referee.relations.nearby import told_by
from evidence.referee.relations.reach import base
from evidence.referee.relations.reckoned_from import StatedQuotient
from evidence.referee.relations.told import Told

_FAR = 3


@dataclass(frozen=True)
class Wholes:
    """The numbers of a report, by what may be a whole that it tells of a share.

    Attributes:
        reckonings: Its shares, rates and multiples.
    """

    reckonings: Reckonings

    @cached_property
    def _sizes(self) -> dict[str, list[Fraction]]:
        """The numbers of a report by their units, each once."""
        found: dict[str, list[Fraction]] = {}
        for unit, size in dict.fromkeys((told.unit, told.quantity.anchor) for told in self.reckonings.pool):
            found.setdefault(unit, []).append(size)
        return found

    def told_whole(self, claim: StatedQuotient, one: Told) -> float:
        """Return how much it tells that the report has a number of which what is counted is what a claim states."""
        span, size = claim.span, one.quantity.anchor
        width = size / span.low - size / span.high if 0 < span.low < span.high else Fraction(0)
        return told_by(size / claim.value, width, self._sizes.get("count" if claim.kind == "each" else one.unit, []))

    def told_part(self, claim: StatedQuotient, two: Told) -> float:
        """Return how much it tells that the report has a number which is what a claim states of what it is held against."""
        span, size = claim.span, two.quantity.anchor
        width = size * (span.high - span.low) if span.high < claim.value * _FAR else Fraction(0)
        return told_by(size * claim.value, width, self._sizes.get(claim.told.unit if claim.kind == "each" else two.unit, []))

    def in_words(self, claim: StatedQuotient, one: Told) -> bool:
        """Return whether a share in words is exactly that of what is counted in a number of the report."""
        long = claim.told.quantity.in_words and one.long >= _FAR
        return long and one.quantity.anchor / claim.value in self._sizes.get(one.unit, [])

    def implied(self, claim: StatedQuotient) -> float:
        """Return how much other shares near one, each beside its count, tell of the whole that it is of: nought where they tell of another."""
        span, part = _whole_of(claim, claim.part), claim.part
        near = far = 0.0
        for one, count in self.reckonings.parts.items():
            other = (
                _whole_of(one, count)
                if part and one.kind == "share" and one.mention is not claim.mention and base(count) == base(part)
                else None
            )
            if span and other and other.meets(span):
                much = max(0.0, 1 - _WIDE * float(other.high / other.low - 1))
                near, far = (near + much, far) if self._beside(one, claim) else (near, far + much)
        return max(near, far - 1)

    def _beside(self, one: StatedQuotient, two: StatedQuotient) -> bool:
        return abs(one.told.number - two.told.number) < _FAR or one.mention.sentence.lead == two.mention.sentence.lead != ""

    def of_sum(self, claim: StatedQuotient) -> bool:
        """Return whether a share is that of its count in the sum of the counts of its sentence."""
        part = claim.part
        counts = [m.quantity.anchor for m in claim.mention.sentence.mentions if part and base(m) == base(part) and not m.quantity.ends]
        return bool(part and len(counts) > 1 and claim.span.contains(part.quantity.anchor / sum(counts)))


_WIDE = 5


def _whole_of(claim: StatedQuotient, part: Occurrence | None) -> Interval | None:
    """Return what a count and its share are of."""
    span = claim.span
    return (
        Interval(part.quantity.anchor / span.high, part.quantity.anchor / span.low)
        if part and part.quantity.anchor > 0 and 0 < span.low < span.high < 1
        else None
    )
