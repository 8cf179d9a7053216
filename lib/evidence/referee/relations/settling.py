"""Settling a relation: it holds if any numbers within reach give what is stated; an alarm is told where none do and some come near.

What is far off is reckoned from something else, which the report need not tell. What is near and not equal is a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.referee.comparing import Compared, Confidence, How, Operand, alike, alike_to, compared, power_of_ten, shown
from evidence.referee.generous import admitted, small
from evidence.referee.mentions import Occurrence
from evidence.referee.passages import is_span
from evidence.referee.tables import ReportCell

NEAR = Fraction(8, 5)
"""How far off the nearest reckoning may be for that to be meant: eight fifths."""
_LOOSE = Fraction(1, 20)
_POWERS = (10, 100, 1000, 10**6)


@dataclass(frozen=True, slots=True)
class Binding:
    """Numbers that a relation may be between.

    Attributes:
        operands: The numbers.
        value: What they give.
        reckoning: How, for a reader to repeat.
        sure: Whether the words bind just these, so that an alarm may be told of them.
        how: Whether they are added up, or one is taken from another.
    """

    operands: tuple[Operand, ...]
    value: Interval
    reckoning: str
    sure: bool = True
    how: How | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """A relation that was settled: the comparison, whose number it is, what its operands give, and how far they lie."""

    found: Compared
    claim: Occurrence
    value: Fraction
    far: int


def said(quantity: Quantity) -> Interval:
    """Return what a stated number admits where a relation is settled: with a hedge and in digits a twentieth of itself.

    Example:
        >>> from evidence.quantity import parse
        >>> said(parse("about 1,640")).contains(Fraction(1460)), said(parse("about 1,640")).contains(Fraction(1700))
        (False, True)
    """
    if quantity.in_words or quantity.ends or not quantity.hedge or quantity.unit == "times":
        return admitted(quantity)
    loose, printed = abs(quantity.anchor) * _LOOSE, quantity.interval
    if quantity.hedge == "about":
        half = _half(quantity)
        return Interval(quantity.anchor - max(loose, half), quantity.anchor + max(loose, half))
    close = re.search(r"almost|nearly|close|just|little|approach|not quite|barely", quantity.text.lower())
    if not close:
        return admitted(quantity)
    below, loose = quantity.hedge in ("below", "up to"), max(loose, small(quantity))
    return (
        Interval(min(printed.low, quantity.anchor - loose), quantity.anchor)
        if below
        else Interval(quantity.anchor, max(printed.high, quantity.anchor + loose))
    )


def _half(quantity: Quantity) -> Fraction:
    digits = re.search(r"\d[\d,]*", quantity.text)
    plain = digits[0].replace(",", "") if digits else "1"
    scale = quantity.anchor / int(plain) if int(plain) and "." not in quantity.text else Fraction(0)
    return Fraction(10 ** (len(plain) - len(plain.rstrip("0")))) * scale / 2


def spans(claim: Occurrence, operands: Sequence[Operand]) -> tuple[list[Interval], Interval]:
    """Return what the operands and the claim may be, printed to the same unit where they are whole numbers of one unit."""
    given = alike([*(operand.quantity for operand in operands), claim.quantity])
    own = [
        operand.quantity.interval if isinstance(operand, ReportCell) else span for operand, span in zip(operands, given[:-1], strict=True)
    ]
    return own, said(claim.quantity) if _is_loose(claim) else _either_way(given[-1])


def _is_loose(claim: Occurrence) -> bool:
    return bool(claim.quantity.hedge or claim.quantity.in_words)


def _meant(claim: Occurrence, operands: Sequence[Operand]) -> Interval:
    """Return what the claim may be: the last of `spans`."""
    if _is_loose(claim):
        return said(claim.quantity)
    return _either_way(alike_to(claim.quantity, [operand.quantity for operand in operands]))


def _either_way(printed: Interval) -> Interval:
    """Return what a printed number may be, its ends with it: a half is rounded up by some and to the even digit by others."""
    return Interval(printed.low, printed.high)


def off(one: Fraction, other: Fraction) -> Fraction:
    """Return how many times the lesser the greater of two positive numbers is; a great number where either is nought or less."""
    if one <= 0 or other <= 0:
        return Fraction(10**9)
    return max(one / other, other / one)


def near(value: Interval, claim: Fraction, most: Fraction = NEAR) -> bool:
    """Return whether a reckoning comes so near a stated number that the one may be the other gone wrong."""
    middle = (value.low + value.high) / 2
    far = off(middle, abs(claim))
    return far <= most or any(abs(far / power - 1) < _LOOSE / 5 for power in _POWERS)


def likely(one: Compared) -> Compared:
    """Return a comparison, an alarm as a question where what is stated is far from what the numbers give and others stand beside them.

    A slip stays near, or leaves out a nought; what is far was reckoned from one of the others, or from nothing. Words that bind just these numbers
    let a slip be larger; a count, its base and a share in one construction let it be any.
    """
    if one.holds or one.given is None or not one.stated or (one.kind, one.confidence) == ("share × base", Confidence.high):
        return one
    middle = abs(one.given.low + one.given.high) / 2
    only = states_only(one.numbers)
    most = (SLIP_OF_CHANGE if one.kind == "change" else _SLIP_BOUND) if one.confidence is Confidence.high else _SLIP
    meant = only or near(Interval(middle, middle), one.stated, most) or power_of_ten(abs(one.stated), middle)
    return one if meant else replace(one, confidence=Confidence.question)


def states_only(numbers: Sequence[Occurrence]) -> bool:
    """Return whether the sentences of some numbers state no others in digits."""
    told = {mention.sentence for mention in numbers}
    digits = [m for sentence in told for m in sentence.mentions if not m.quantity.in_words and not is_span(m)]
    return set(map(id, digits)) <= set(map(id, numbers))


_SLIP, _SLIP_BOUND, SLIP_OF_CHANGE = Fraction(8, 5), Fraction(2), Fraction(7, 2)
"""How many times what it should be a number is at most that went wrong in writing; the same where the words leave no other reading, as for a change from
one level to another, which is told on the wrong base too."""


def settle(
    kind: str,
    claim: Occurrence,
    bindings: Iterable[Binding],
    *,
    most: Fraction = NEAR,
    confidence: Confidence = Confidence.medium,
    wide: bool = False,
) -> Settled | None:
    """Return what comes of a relation; None where no numbers are within reach that come near.

    Args:
        kind: Name of the check.
        claim: The number that is stated.
        bindings: Numbers that may give it, the likeliest first.
        most: How far off an alarm may be.
        confidence: How sure an alarm is.
        wide: Whether numbers from anywhere may explain it, also where near ones come near.
    """
    given = list(bindings)
    likely = [one for one in given if one.sure and near(one.value, claim.quantity.anchor, most)]
    best = min(likely, key=lambda one: (_gap(one, claim), far(claim, one)), default=None)
    reach = _FAR if wide else max(1, min((far(claim, one) for one in likely), default=_FAR)) + 1
    reach = max(reach, far(claim, best)) if best else reach
    holding = [one for one in given if far(claim, one) <= reach and _meant(claim, one.operands).meets(one.value) and _tells(claim, one)]
    if holding:
        return _told(kind, claim, min(holding, key=lambda one: far(claim, one)), "", Confidence.high)
    if best is None or _meant(claim, best.operands).meets(best.value) or (kind == "sum" and _is_part(claim, best)):
        return None
    middle = (best.value.low + best.value.high) / 2
    message = f"{best.reckoning} is {shown(best.value)}, not {claim.text}.{power_of_ten(claim.quantity.anchor, middle)}"
    return _told(kind, claim, best, message, confidence)


def _is_part(claim: Occurrence, binding: Binding) -> bool:
    """Return whether a number is so many "of them", which numbers of another sentence do not add up to."""
    elsewhere = all(isinstance(operand, Occurrence) and operand.sentence is not claim.sentence for operand in binding.operands)
    return elsewhere and bool(re.match(r" of (?:them|these|those)\b", claim.sentence.text[claim.end :].lower()))


_FAR = 3
_WIDE = Fraction(3, 20)


def far(claim: Occurrence, binding: Binding) -> int:
    """Return how far the numbers of a binding lie from a claim: 0 in its sentence, 1 in one beside it, 2 in its paragraph, 3 beyond."""
    return max((_apart(claim, operand) for operand in binding.operands), default=0)


def _apart(claim: Occurrence, operand: Operand) -> int:
    if isinstance(operand, ReportCell) or operand.sentence is claim.sentence:
        return 0
    gap = abs(operand.sentence.number - claim.sentence.number)
    return 1 if gap == 1 else 2 if gap <= _NEAR_BY else _FAR


_NEAR_BY = 4
_SPANS = ("weeks", "months", "days", "years", "hours")


def _tells(claim: Occurrence, binding: Binding) -> bool:
    """Return whether a reckoning is so narrow, or so right in its middle, that it explains a number: small numbers and bounds give anything."""
    loose = any(
        (operand.quantity.hedge not in ("", "about") and operand.quantity.unit not in _SPANS) or operand.quantity.in_words
        for operand in binding.operands
        if isinstance(operand, Occurrence)
    )
    middle = abs(binding.value.low + binding.value.high) / 2
    narrow = binding.value.high - binding.value.low <= _WIDE * middle
    close = _meant(claim, binding.operands).contains((binding.value.low + binding.value.high) / 2)
    return far(claim, binding) == 0 or ((narrow or close) and not loose)


def _gap(binding: Binding, claim: Occurrence) -> Fraction:
    return off((binding.value.low + binding.value.high) / 2, abs(claim.quantity.anchor))


def _told(kind: str, claim: Occurrence, binding: Binding, message: str, confidence: Confidence) -> Settled:
    held = [operand for operand in binding.operands if isinstance(operand, Occurrence)]
    last = max([*held, claim], key=lambda mention: (mention.sentence.number, mention is claim))
    mentions = [*(mention for mention in [*held, claim] if mention is not last), last]
    reckoning = f"{binding.reckoning} = {shown(binding.value)}; stated {claim.text}"
    cells = [operand for operand in binding.operands if isinstance(operand, ReportCell)]
    found = compared(
        kind,
        mentions,
        reckoning,
        message,
        confidence=confidence,
        other=[*mentions, *(cell.spot for cell in cells)],
        operands=binding.operands,
        how=binding.how,
        claim=claim,
        given=binding.value,
        cell=next((cell.address for cell in cells), None),
    )
    return Settled(found, claim, (binding.value.low + binding.value.high) / 2, far(claim, binding))
