"""Deciding what words bind: it holds if any fitting choice of numbers gives what is told, and is wrong if none of those does that the words bind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, power_of_ten, shown
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import base
from evidence.referee.relations.settling import Binding, near, said, spans

SLIP_AT_MOST = Fraction(4)
"""How many times what it should be a number is at most, where words bind it: what is further off is of something else."""
_FINE = 10


def decided(kind: str, claim: Occurrence, choices: Iterable[Binding], *, most: Fraction = SLIP_AT_MOST) -> Iterator[Compared]:
    """Yield that a number is what some choice gives, or that it is not what the first does that the words bind; nothing where none is bound."""
    given = list(choices)
    holding = next((one for one in given if gives(claim, one)), None) if any(one.sure for one in given) else None
    bound = [one for one in given if one.sure and near(one.value, claim.quantity.anchor, most)]
    if holding:
        yield _outcome(kind, claim, holding, "")
    elif bound:
        far = power_of_ten(claim.quantity.anchor, (bound[0].value.low + bound[0].value.high) / 2)
        yield _outcome(kind, claim, bound[0], f"{bound[0].reckoning} is {shown(bound[0].value)}, not {claim.text}.{far}")


def gives(claim: Occurrence, one: Binding) -> bool:
    """Return whether a choice gives what is told, which may be rounded or cut off where the numbers that give it are exact."""
    return one.value.meets(told_range(claim, one))


def told_range(claim: Occurrence, one: Binding) -> Interval:
    """Return what a number may be that is reckoned from others."""
    quantity = claim.quantity
    if quantity.hedge or quantity.in_words:
        return said(quantity)
    printed = spans(claim, one.operands)[1]
    step = last_place(claim)
    cut = Interval(quantity.anchor - step, quantity.anchor + step, low_closed=False, high_closed=False)
    return cut if quantity.unit == "percent" and one.value.low == one.value.high else printed


def last_place(number: Occurrence) -> Fraction:
    """Return the size of one in the last place after the point of a number as written; one where it has none."""
    decimals = re.search(r"\d\.(\d+)", number.text)
    return Fraction(1, 10 ** len(decimals[1])) if decimals else Fraction(1)


def exact_or_printed(claim: Occurrence, operands: tuple[Occurrence, ...]) -> list[Interval]:
    """Return what operands may be: whole counts that are not all told in hundreds are exact, others as they are printed or hedged."""
    given = spans(claim, operands)[0]
    whole = [one.quantity for one in operands]
    exact = all(_exact_count(one) for one in operands) and any(int(q.anchor) % (10 * _FINE) for q in whole)
    if exact:
        return [Interval(q.anchor, q.anchor) for q in whole]
    return [said(q) if q.hedge and not q.in_words else span for q, span in zip(whole, given, strict=True)]


def _exact_count(one: Occurrence) -> bool:
    quantity = one.quantity
    return base(one) == "count" and not quantity.hedge and quantity.anchor.denominator == 1 and "." not in one.text and not quantity.ends


def _outcome(kind: str, claim: Occurrence, one: Binding, message: str) -> Compared:
    held = [operand for operand in one.operands if isinstance(operand, Occurrence) and operand is not claim]
    order = sorted([*held, claim], key=lambda mention: (mention.sentence.number, mention.start))
    last = order[-1].sentence
    marked = [*(m for m in order if m.sentence is not last), *(m for m in order if m.sentence is last)]
    told = f"{one.reckoning} = {shown(one.value)}; stated {claim.text}"
    return compared(
        kind,
        marked,
        told,
        message,
        confidence=Confidence.high,
        other=marked,
        operands=one.operands,
        how=one.how,
        claim=claim,
        given=one.value,
    )


def akin(one: Occurrence, other: Occurrence) -> bool:
    """Return whether two numbers are of one unit, or the one leaves out that of the other in its own sentence and has its size."""
    first, second = base(one), base(other)
    if first == second:
        return True
    bare = "count" in (first, second) and one.sentence is other.sentence
    measured = {first, second}.isdisjoint(
        ("percent", "percentage points", "times", "GBP", "years", "months", "weeks", "days", "hours", "minutes")
    )
    return bare and measured and near(Interval(one.quantity.anchor, one.quantity.anchor), other.quantity.anchor, SLIP_AT_MOST)


def numbers_back(sentence: Sentence, most: int) -> Iterator[list[Occurrence]]:
    """Yield the numbers of the sentences before one in its paragraph that state any, the nearest first."""
    found = sentence.before
    while found and most:
        if found.mentions:
            yield found.mentions
            most -= 1
        found = found.before
