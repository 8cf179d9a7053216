"""Alarms held against each other: what one rule alone says, and no slip of the pen explains, is asked and not told.

A number that went wrong in writing has one digit another, or two exchanged, and mostly several rules see it. A number that is further from what
one rule makes of it was reckoned from others.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, Operand
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence
from evidence.referee.relations.reach import ahead
from evidence.referee.relations.settling import states_only

_DIGITS = re.compile(r"\d[\d,]*(?:\.(\d+))?")


ASKING_ALONE = frozenset({"restated.restated"})
"""Rules without a reckoning that were wrong more often than right where no other rule saw what they did."""


SECONDING = frozenset({"differences.sizes", "portions.portions", "each.shared", "parts.broken_down"})
"""Rules whose questions were idle ten times for each that was not: what they see seconds the alarm of another, and is not asked."""


def corroborated(found: Iterable[Compared], bound: Iterable[Compared] = ()) -> Iterator[Compared]:
    """Yield comparisons: an alarm of one rule that no slip explains becomes a question, and such a question is not put.

    Words that give a count, its base and a share in one construction need no second rule, nor does a sentence of hardly any other number.
    What is seen only to second another is never asked. What is supposed of the `bound`, those of constructions, is asked where it is by itself.
    """
    found, bound = list(found), list(bound)
    rules: dict[int, set[tuple[str, tuple[int, int]]]] = defaultdict(set)
    for one in (*found, *bound):
        if not one.holds:
            rules[one.sentence] |= {(one.rule, span) for span in one.spans}
    for one in bound:
        sure = one.holds or not one.supposed or is_slip(one) or _by_others(one, rules[one.sentence])
        yield one if sure else replace(one, confidence=Confidence.question)
    for one in found:
        sure = one.holds or _binds(one) or is_slip(one) or _by_others(one, rules[one.sentence])
        told = one if sure else replace(one, confidence=Confidence.question)
        asked = not one.holds and told.confidence is Confidence.question
        if not asked or (one.rule not in SECONDING and (sure or one.confidence is not Confidence.question)):
            yield told


def _binds(one: Compared) -> bool:
    """Return whether words leave no doubt which numbers belong together, or none was reckoned anew."""
    if one.given is None or one.confidence is not Confidence.high:
        return one.given is None and one.rule not in ASKING_ALONE
    bound = one.kind == "share × base" or (one.rule == "changes.check" and _by_from_to(one))
    return bound or (one.rule != "linked.check" and states_only(one.numbers))


def _by_from_to(one: Compared) -> bool:
    """Return whether the size of a change stands right before its two levels, with no other number between: "by a third, from 90 to 60"."""
    numbers = sorted(one.numbers, key=lambda number: number.index)
    places = [number.index for number in numbers]
    followed = places == list(range(places[0], places[0] + len(places))) and numbers[0] is one.claim
    return followed and bool(_FROM.fullmatch(ahead(numbers[1])))


_FROM = re.compile(r"(?: [a-z]+){0,3},? from (?:just |only |about |some )?")


def _by_others(one: Compared, told: set[tuple[str, tuple[int, int]]]) -> bool:
    """Return whether another rule alarms at a number at which this one does."""
    return any(rule != one.rule and start < last and first < end for rule, (start, end) in told for first, last in one.spans)


def is_slip(one: Compared) -> bool:
    """Return whether what is stated is what the numbers give, printed alike, but for one digit, for two that are exchanged, or for the next word."""
    stated = _DIGITS.search(one.claim.text) if one.claim else None
    if one.given is None or not (one.claim and stated):
        return bool(one.given and one.claim and _next_word(one.claim, one.given, one.operands))
    number = Fraction(stated[0].replace(",", ""))
    scale = abs(one.claim.quantity.anchor) / number if number else Fraction(1)
    ends = (one.given.low, (one.given.low + one.given.high) / 2, one.given.high)
    places = len(stated[1] or "")
    return any(_one_slip(f"{float(abs(end) / (scale or 1)):.{places}f}", stated[0].replace(",", "")) for end in ends)


def _next_word(stated: Occurrence, given: Interval, operands: Iterable[Operand]) -> bool:
    """Return whether a multiple in words is that of the word before or behind, of numbers told with it or right before: "three times" where it is twice."""
    span = admitted(stated.quantity)
    near = all(isinstance(one, Occurrence) and one.sentence in (stated.sentence, stated.sentence.before) for one in operands)
    return near and stated.quantity.unit == "times" and any(Interval(span.low + step, span.high + step).meets(given) for step in (1, -1))


def _one_slip(one: str, other: str) -> bool:
    """Return whether two numbers differ in one digit at most: another, one more or less, or two that are exchanged.

    Example:
        >>> [_one_slip("417", other) for other in ("477", "471", "4717", "47", "463", "41.7")]
        [True, True, True, True, False, False]
    """
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        differ = [pair for pair in zip(short, long, strict=True) if pair[0] != pair[1]]
        return len(differ) <= 1 or (len(differ) == _EXCHANGED and differ[0] == differ[1][::-1])
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)) if long[at] != ".")


_EXCHANGED = 2
