"""Misreckoned: a share, a rate or a multiple that the two numbers from which it is likely reckoned do not give, and which is a slip of what they give."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, shown
from evidence.referee.mentions import CHANGE
from evidence.referee.relations.implied_wholes import Wholes
from evidence.referee.relations.likely_bases import Reckonings
from evidence.referee.relations.nearby import step_of
from evidence.referee.relations.one_thing import likely
from evidence.referee.relations.reach import base, behind
from evidence.referee.relations.reckoned_from import StatedQuotient
from evidence.referee.relations.restated import Restating, is_claim, meets
from evidence.referee.relations.retold import clause_of
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import one_digit, swaps
from evidence.referee.relations.told import Told
from evidence.referee.relations.told_shares import told_shares

_WEIGHTS = {
    "": -1.04,
    "both here": -0.44,
    "changes": -0.13,
    "coarse": 6.74,
    "each": 0.1,
    "far": -1.34,
    "hedged": -0.72,
    "in words": 1.59,
    "link": 1.52,
    "met": -1.98,
    "multiple": -0.72,
    "neither here": 0.88,
    "none": -2.07,
    "odds": 0.18,
    "one of many": 1.77,
    "one of two": 0.74,
    "part": 1.15,
    "share": -0.15,
    "swapped": 2.99,
    "times": 0.19,
    "told again": -1.03,
    "told part": -0.17,
    "told whole": -0.07,
    "word": -1.56,
}
_LEAST, _LEAST_LINK, _CLOSE = 0.7, 0.1, Fraction(8, 5)


@dataclass(frozen=True, eq=False, slots=True)
class Basis:
    """Two numbers from which one is likely reckoned.

    Attributes:
        one: What is counted.
        two: What it is held against.
        value: Their quotient.
        link: How likely it is reckoned from these, and from others that give the same.
    """

    one: Told
    two: Told
    value: Interval
    link: float


@dataclass(frozen=True)
class Misreckonings:
    """The shares, rates and multiples of a report, by what they are likely reckoned from.

    Attributes:
        reckonings: They, with the numbers of the report.
        restating: The numbers of the report, by what may be told twice.
    """

    reckonings: Reckonings
    restating: Restating

    @cached_property
    def wholes(self) -> Wholes:
        """What may be the wholes of its shares."""
        return Wholes(self.reckonings)

    def bases(self, claim: StatedQuotient) -> tuple[list[Basis], float]:
        """Return the pairs that give something else than a claim, those of one value together, and how likely one gives it."""
        held = self.reckonings.weighed(claim)
        span = claim.span
        met = sum(link for _, _, value, link in held if value.meets(span))
        rest = sorted((one for one in held if not one[2].meets(span)), key=lambda one: -one[3])[:_TRIED]
        found = [
            Basis(one, two, value, sum(other for _, _, near, other in rest if near.meets(value)))
            for one, two, value, link in rest[:_HELD]
            if link > _LEAST_LINK / 2
        ]
        return found, met

    def judged(self, claim: StatedQuotient) -> Iterator[tuple[Basis, dict[str, float]]]:
        """Yield the likeliest bases of a claim that do not give it, with what speaks for a slip of it."""
        own = claim.mention
        if any(one.share is own and one.whole and one.fits(one.whole.quantity) for one in told_shares(own.sentence)):
            return
        bases, met = self.bases(claim)
        chance = min(1.0, float((claim.span.high - claim.span.low) / claim.value)) if claim.span.high < claim.value * 9 else 1.0
        again = None
        for basis in bases:
            middle = (basis.value.low + basis.value.high) / 2
            far = off(middle, claim.value)
            away = claim.told.number not in (basis.one.number, basis.two.number)
            years = basis.one.years | basis.two.years
            if (
                (away and claim.told.years and not claim.told.years & years)
                or _of_other_years(claim, basis)
                or any(_set_against(claim, told) for told in (basis.one, basis.two))
            ):
                continue
            slip = _slip(claim, basis.value)
            if not _sure(claim, basis, slip):
                continue
            if (
                basis.link < _LEAST_LINK
                or far > _CLOSE
                or (claim.kind == "each" and _elsewhere(claim, basis))
                or self.wholes.implied(claim) > _IMPLIED
                or self.wholes.of_sum(claim)
            ):
                continue
            whole = self.wholes.told_whole(claim, basis.one)
            if whole > _TOLD or self.wholes.in_words(claim, basis.one):
                continue
            again = self._again(claim) if again is None else again
            link = min(basis.link, 0.999)
            yield (
                basis,
                {
                    "link": math.log(link / (1 - link)),
                    "met": met,
                    "odds": max(-5.0, math.log(link / (met + chance * (1 - min(0.99, met + link)) / 2 + 0.002))),
                    slip: 1.0,
                    "far": math.log(float(far)),
                    "told again": again,
                    "coarse": chance,
                    claim.kind: 1.0,
                    "told whole": whole,
                    "told part": self.wholes.told_part(claim, basis.two),
                    "changes": float(bool(CHANGE.search(clause_of(claim.mention)))),
                    "part": float(claim.part is not None),
                    "neither here": float(away),
                    "of table": float(bool(basis.one.cell and basis.two.cell and basis.one.cell.table is basis.two.cell.table)),
                    "both here": float(claim.told.number == basis.one.number == basis.two.number),
                    "in words": float(claim.told.quantity.in_words),
                    "hedged": float(bool(claim.told.quantity.hedge)),
                },
            )

    def _again(self, claim: StatedQuotient) -> float:
        """Return how likely what a claim states is told elsewhere too."""
        told = claim.told
        near = self.restating.candidates(told) if is_claim(told) else []
        return max((self.restating.linked(told, other) for other in near if meets(told, other)), default=0.0)


def _of_other_years(claim: StatedQuotient, basis: Basis) -> bool:
    """Return whether a number from elsewhere is of other years than what is reckoned."""
    own = claim.told
    far = [told for told in (basis.one, basis.two) if told.number != own.number]
    return any(told.years and own.years and not told.years & own.years for told in far)


def _elsewhere(claim: StatedQuotient, basis: Basis) -> bool:
    """Return whether the sentence of a claim tells neither of the two numbers."""
    told = {m.quantity.anchor for m in claim.mention.sentence.mentions}
    return not told & {basis.one.quantity.anchor, basis.two.quantity.anchor}


_AGAINST = re.compile(r"\b(?:compared|against|than|versus|up from|down from|from|while|whereas)\b")


def _set_against(claim: StatedQuotient, two: Told) -> bool:
    """Return whether a number stands behind what is reckoned, and in another clause: "183 (88%) compared with 140 of 186"."""
    own = claim.mention
    return bool(
        two.mention and two.mention.sentence is own.sentence and _AGAINST.search(own.sentence.text[own.end : two.mention.start].lower())
    )


def _sure(claim: StatedQuotient, basis: Basis, slip: str) -> bool:
    """Return whether words name both numbers from which one is reckoned, and it is a slip of what they give."""
    here = [told.number == claim.told.number for told in (basis.one, basis.two)]
    if slip == "none":
        return claim.part is not None and claim.kind == "share" and (all(here) or bool(claim.on and claim.on <= basis.two.own))
    if slip == "word" and (not claim.part or claim.told.quantity.hedge):
        return False
    if claim.kind == "share":
        return claim.part is not None or _one_of(basis)
    if claim.kind == "times":
        before = claim.mention.sentence.mentions[: claim.mention.index]
        return bool(before) and basis.one.mention is before[-1]
    whole = all(told.unit != "count" or told.mention or "." not in told.text for told in (basis.one, basis.two)) and _last(basis.one, claim)
    if slip == "one of two" and claim.part is None and basis.one.unit == "count":
        return False
    return whole and (claim.part is not None or here[0] or bool(basis.one.own & claim.of)) and not _of_two_rows(basis)


def _last(one: Told, claim: StatedQuotient) -> bool:
    """Return whether no number of its unit stands between one and a claim in their sentence."""
    own, at = claim.mention.sentence.mentions, claim.mention.index
    between = own[one.mention.index + 1 : at] if one.mention and one.number == claim.told.number else []
    return not any(base(m) == one.unit for m in between)


def _one_of(basis: Basis) -> bool:
    """Return whether one number is told of the other: "1,663 of the 5,940"."""
    one, two = basis.one.mention, basis.two.mention
    return bool(one and two and one.sentence is two.sentence and two.index - one.index == 1 and _OF.fullmatch(behind(one)))


_OF = re.compile(r"(?: [a-z-]+){0,2} (?:out )?of (?:(?:the|all|its|our|these|those) )*")


def _of_two_rows(basis: Basis) -> bool:
    one, two = basis.one.cell, basis.two.cell
    return bool(one and two and one.table is two.table and one.place != two.place)


def _may_be_told(claim: StatedQuotient) -> bool:
    """Return whether words may name both numbers from which one is reckoned."""
    own = claim.mention.sentence.mentions
    if claim.kind == "share":
        return claim.part is not None or any(_OF.fullmatch(behind(m)) for m in own)
    return claim.kind == "each" or claim.mention.index > 0


_IMPLIED, _TOLD = 0.3, 1.5
_TRIED, _HELD = 30, 6


def _slip(claim: StatedQuotient, value: Interval) -> str:
    """Return how what is stated may have been written for a value."""
    text, quantity = claim.told.text, claim.told.quantity
    step = step_of(quantity, text)
    if claim.kind == "times":
        return "multiple"
    if quantity.in_words or not step:
        return "word"
    middle = (value.low + value.high) / 2 / claim.per
    own = str(round(quantity.anchor / step))
    for unit in (step, step * 10) if re.search(r"\d\.\d*0(?!\d)", text) else (step,):
        digits = str(round(middle / unit) * (unit / step))
        if swaps(own, digits):
            return "swapped"
        if one_digit(own, digits):
            return "one of many" if len(own) > _TWO else "one of two"
    return "none"


_TWO = 2


def misreckoned(restating: Restating) -> Iterator[Compared]:
    """Yield each share, rate and multiple that is a slip of what it is likely reckoned from."""
    held = Misreckonings(Reckonings(restating), restating)
    for claim in filter(_may_be_told, held.reckonings.claims):
        found = [(likely(_WEIGHTS, telling), basis) for basis, telling in held.judged(claim)]
        telling, basis = max(found, key=lambda one: one[0], default=(0.0, None))
        if basis and telling >= _LEAST:
            yield _alarm(claim, basis)


_KINDS = {"share": "share × base", "each": "per head", "times": "ratio"}


def _alarm(claim: StatedQuotient, basis: Basis) -> Compared:
    one, two = basis.one, basis.two
    value = shown(basis.value.scaled(1 / claim.per))
    unit = " in percent" if claim.kind == "share" else ""
    message = f"{one.text} / {two.text}{unit} is {value}, not {claim.told.text}."
    reckoning = f"{one.text} / {two.text}{unit} = {value}; stated {claim.told.text}"
    cell = next((told.cell.address for told in (two, one) if told.cell), None)
    return compared(
        _KINDS[claim.kind],
        [claim.mention],
        reckoning,
        message,
        confidence=Confidence.medium,
        other=[*one.itself, *two.itself],
        cell=cell,
        claim=claim.mention,
        given=basis.value.scaled(1 / claim.per),
    )
