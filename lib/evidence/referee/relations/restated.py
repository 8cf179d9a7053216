"""Restated: a number that the report tells elsewhere of the same thing, in a sentence or as the cell of a table, and there otherwise.

Each number is held against all of its unit and near its size that stand in another sentence, or in a cell, and are likely of the same thing: whether
a slip makes it of one, whether that would fit its neighbours better, and whether that is told again. The weights were fitted to reports without
faults in which digits had been changed in one of two numbers.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evidence.referee.comparing import Compared, Confidence, compared, places_of
from evidence.referee.generous import admitted
from evidence.referee.relations.nearby import Sized, given_between, given_to, given_to_cell, sized, step_of, told_by
from evidence.referee.relations.one_thing import SCALES, WINDOW, Links, likely
from evidence.referee.relations.reach import ahead, base
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import one_digit, swaps
from evidence.referee.relations.told import Told

_CLOSE = Fraction(6, 5)
"""How many times one of two numbers the other is at most where no slip of a digit makes the one of the other."""
_SMALL = 20
_ALARMED = {
    "": -2.57,
    "far": -4.09,
    "given": -1.05,
    "link": 0.27,
    "margin": 3.89,
    "of table": 0.44,
    "one of many": 1.34,
    "one of two": 0.17,
    "swapped": 3.11,
    "swapped of many": 2.78,
    "table": 0.18,
    "together": 0.1,
    "together here": -0.38,
    "told": -2.8,
    "told again": 0.65,
    "would be given": 0.78,
}
"""Weights of what speaks for and against a slip."""
_LEAST_LINK, _LEAST_TELLING, _TRIED = 0.23, 0.55, 6


@dataclass(frozen=True)
class Restating(Links):
    """The numbers of a report, by what may be told twice."""

    def _sized(self, told: Told, scale: int = 1) -> list[Sized]:
        """Return the numbers of the sentence of a number, or of its row, in the scale of what that is held against."""
        if told.mention:
            return sized(told.mention.sentence, told.mention)
        cells = self.reach.cells_in(told.cell.table) if told.cell else []
        return [
            (abs(cell.quantity.anchor) * (scale if cell.quantity.unit == told.unit else 1), cell.quantity.unit)
            for cell in cells
            if cell.place == told.place and cell is not told.cell and cell.quantity.anchor
        ]

    def given(self, told: Told) -> list[Fraction]:
        """Return what the numbers around one give."""
        if told not in self._given:
            self._given[told] = (
                given_to(told.mention, self.reach) if told.mention else given_to_cell(told.cell, self.reach) if told.cell else []
            )
        return self._given[told]

    @cached_property
    def _given(self) -> dict[Told, list[Fraction]]:
        return {}

    def told_beside(self, one: Told, two: Told) -> bool:
        """Return whether two numbers are of two things: the sentences around either, or its row, tell the other too, or by how much they differ."""
        return any(self._tells(first, second) or _tells_gap(first, second) for first, second in ((one, two), (two, one)))

    def _tells(self, one: Told, two: Told) -> bool:
        if not one.mention:
            return abs(two.quantity.anchor) in one.beside
        sentence = one.mention.sentence
        return any(
            m not in (one.mention, two.mention)
            and base(m) == one.unit
            and not m.quantity.ends
            and abs(abs(m.quantity.anchor) - abs(two.quantity.anchor)) * 2 <= step_of(m.quantity, m.text)
            for near in (sentence, sentence.before, self.reach.after(sentence))
            if near
            for m in near.mentions
        )

    def judged(self, claim: Told, near: list[Told], links: list[float]) -> Iterator[tuple[Told, dict[str, float]]]:
        """Yield the numbers that are likeliest of the same thing as one and differ from it, with what speaks for a slip of it.

        Args:
            claim: The number.
            near: The numbers near its size.
            links: How likely each is of the same thing.
        """
        same = [meets(claim, other) for other in near]
        order = sorted(
            (
                at
                for at, link in enumerate(links)
                if not same[at] and (link > _LEAST_LINK or (claim.long > _THREE and swaps(claim.text, near[at].text)))
            ),
            key=lambda at: -links[at],
        )
        confirmed = max((link for link, alike in zip(links, same, strict=True) if alike), default=0.0)
        step = step_of(claim.quantity, claim.text)
        here = self.given(claim) if order else []
        for at in order[:_TRIED]:
            other, link = near[at], links[at]
            far = off(abs(claim.quantity.anchor) * _scale(claim, other), abs(other.quantity.anchor) * _scale(other, claim))
            slip = _slip(claim.text, other.text, claim.long) or _slip(_digits(claim.text), _digits(other.text), claim.long)
            if _joined(claim, other) or self.of_two_times(claim, other) or self.told_beside(claim, other) or (not slip and far > _CLOSE):
                continue
            agree = [meets(other, one) for one in near]
            rivals = [
                likely
                for one, likely, alike, own in zip(near, links, agree, same, strict=True)
                if not alike and not own and one is not other and likely > link - _CLEAR and not self.told_beside(claim, one)
            ]
            between = given_between(claim.unit, self._sized(claim, _scale(claim, other)), self._sized(other, _scale(other, claim)))
            scale = _scale(other, claim)
            value, width = abs(other.quantity.anchor) * scale, max(step, step_of(other.quantity, other.text) * scale)
            yield (
                other,
                {
                    "link": math.log(link / (1 - link)),
                    "margin": min(link, _CLEAR, link - max(rivals, default=0.0)),
                    slip: 1.0,
                    "far": math.log(float(far)),
                    "given": told_by(claim.quantity.anchor, step, here),
                    "would be given": told_by(value, width, here),
                    "together": told_by(value, width, between),
                    "together here": told_by(claim.quantity.anchor, step, between),
                    "told": confirmed,
                    "told again": float(
                        min(_THREE, sum(a and one is not other and q > _TENTH for one, q, a in zip(near, links, agree, strict=True)))
                    ),
                    "table": float(other.cell is not None),
                    "of table": float(claim.cell is not None),
                },
            )


_CLEAR = 0.7
"""A number that is by so much the likeliest of the same thing has no rival."""
_TABLES = 0.03
"""By how much less a cell is taken for the slip where its number and that of the text differ."""
_SUMMARY = 0.1
"""By how much more a number that sums up is taken for the slip than that of the text which it sums up."""
_THREE, _TENTH = 3, 0.1


def _scale(one: Told, two: Told) -> int:
    """Return by what a cell is multiplied to be of the scale of a number in a sentence."""
    parts = abs(two.quantity.anchor / one.quantity.anchor) if one.cell and two.mention else 1
    return next((scale for scale in SCALES if 1 / WINDOW < parts / scale < WINDOW), 1)


def _joined(one: Told, two: Told) -> bool:
    """Return whether two numbers stand in sentences beside each other, which nobody writes to tell the same twice."""
    return bool(one.mention and two.mention) and abs(one.number - two.number) <= 1


def _tells_gap(one: Told, two: Told) -> bool:
    """Return whether the sentence of a number tells the size of a difference, which is that from another number."""
    gap = abs(one.quantity.anchor - two.quantity.anchor)
    return one.mention is not None and any(m.quantity.anchor == gap and is_size(m) for m in one.mention.sentence.mentions)


def meets(one: Told, two: Told) -> bool:
    """Return whether two numbers let pass one value."""
    first, second = abs(one.quantity.anchor), abs(two.quantity.anchor)
    if first == second:
        return True
    if swaps(one.text, two.text):
        return False
    if (one.cell or two.cell) and max(first, second) / min(first, second) in SCALES:
        return True
    return admitted(one.quantity).meets(two.quantity.interval) or admitted(two.quantity).meets(one.quantity.interval)


def _digits(text: str) -> str:
    """Return the digits of a number, without the noughts at its end where it has no point: those of 116,700 and of 116.7 are the same."""
    return text if "." in text else re.sub(r"[0,]*(\D*)$", r"\1", text)


def _slip(one: str, two: str, long: int) -> str:
    """Return how one number may have been written for another."""
    return (
        ("swapped" if long <= _THREE else "swapped of many")
        if swaps(one, two)
        else ""
        if not one_digit(one, two)
        else "one of many"
        if long > _TWO
        else "one of two"
    )


_TWO = 2


_OTHERS = re.compile(r"\b(?:others?|remaining|another|further|additional|extra) $")
"""What stands before a number of those that are left, or that come to others, which nobody tells elsewhere as all."""


def is_claim(told: Told) -> bool:
    """Return whether a number is one in two digits and more, and no small count."""
    quantity = told.quantity
    if quantity.anchor <= 0 or quantity.in_words or (told.unit == "count" and quantity.anchor < _SMALL):
        return False
    if told.mention and _OTHERS.search(ahead(told.mention)):
        return False
    return told.long >= _TWO or (told.unit != "count" and len(re.sub(r"\D", "", told.text)) >= _TWO)


def restated(held: Restating) -> Iterator[Compared]:
    """Yield each number that another of the same thing, elsewhere in the report, does not meet and shows to be a slip."""
    found: list[tuple[float, Told, Told]] = []
    for claim in (*held.told, *held.cells):
        near = held.candidates(claim) if is_claim(claim) else []
        links = [held.linked(claim, other) for other in near]
        judged = [
            (likely(_ALARMED, telling) - (_TABLES if claim.cell else 0), claim, other) for other, telling in held.judged(claim, near, links)
        ]
        found += sorted(judged, key=lambda one: -one[0])[:1]
    seen: set[Told] = set()
    for telling, claim, other in sorted(found, key=lambda one: -one[0] - _SUMMARY * (one[1].sums_up - one[2].sums_up)):
        if telling >= _LEAST_TELLING and not {claim, other} & seen:
            seen |= {claim, other}
            yield _alarm(claim, other)


def _alarm(claim: Told, other: Told) -> Compared:
    message = f"{claim.text} here, {other.text} {other.where}, of the same thing."
    told, medium = f"{other.text}; {claim.text}", Confidence.medium
    if claim.mention:
        return compared("repeat", [claim.mention], told, message, confidence=medium, other=other.itself)
    row = " | ".join(claim.cell.table.row_at.get(claim.place, [])) if claim.cell else ""
    places, used = places_of(other.itself), (*other.itself, *claim.itself)
    return Compared("repeat", False, message, told, claim.place, row, confidence=medium, places=places, operands=used)
