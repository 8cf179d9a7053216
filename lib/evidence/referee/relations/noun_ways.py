"""The way of a change that a noun tells: "from 82 to 109, a rise of 27", where the size is just what lies between two numbers that words put in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_size

_NOUN = re.compile(
    r"(?:,|:|\(|\bor|\bwhich (?:is|was)|\bthat is|\bthis (?:is|was)) ?an? (?:[a-z]+ )?(?:(?P<up>increase|rise|gain|jump)|(?P<down>decrease|fall|drop|reduction|cut|decline)) of (?:just |only |about |some |over |nearly |more than )?$"
)
_LATER_FIRST = re.compile(
    r"\b(?:against|compared (?:with|to)|up from|down from|up on|down on|where(?:as)? it (?:was|had been))\b[^.;]{0,30}$"
)
_BEFORE = re.compile(
    r"\b(?:the|a) (?:year|month|quarter) (?:before|earlier|ago)|\bpreviously|\blast (?:year|time|quarter)|\b(?:19|20)\d\d\b|\bfrom\b"
)
_YEAR = re.compile(r" ?(?:in|of|by|at|for)?(?: [a-z]+){0,3}? ?\(?((?:19|20)\d\d)\b")


def ways_of_nouns(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what a noun calls a rise, or a fall, of just what lies between the two numbers before it is one."""
    for claim in sentence.mentions:
        match = _NOUN.search(ahead(claim))
        held = [m for m in sentence.mentions if m.start < claim.start and _level(m, claim)][-2:]
        if not match or len(held) < _TWO or base(held[0]) != base(held[1]):
            continue
        pair = _in_time(*held)
        if pair and (said := _moved(claim, *pair)) is not None:
            one, two = pair
            up = two.quantity.anchor > one.quantity.anchor
            word = match["up"] or match["down"]
            message = "" if up is bool(match["up"]) else f'"{word}", but from {one.text} to {two.text} it went {"up" if up else "down"}.'
            told = f"{one.text} → {two.text}: {said}; {word}"
            yield compared("direction", [one, two, claim], told, message, confidence=Confidence.medium, said=word)


_TWO, _HUNDRED = 2, 100


def _level(mention: Occurrence, claim: Occurrence) -> bool:
    unit = "percent" if claim.quantity.unit == "percentage points" else base(claim)
    fits = base(mention) == unit or (claim.quantity.unit == "percent" and base(mention) != "percent")
    return fits and not mention.quantity.ends and not is_size(mention) and bool(re.search(r"\d", mention.text))


def _in_time(one: Occurrence, two: Occurrence) -> tuple[Occurrence, Occurrence] | None:
    """Return two numbers, the earlier first, where words between them or their years say which that is."""
    if re.search(r"\bfrom(?: [a-z]+){0,2} $", ahead(one)) and re.search(r"\bto(?: [a-z]+){0,2} $", ahead(two)):
        return one, two
    if _LATER_FIRST.search(ahead(two)) and _BEFORE.search(f"{ahead(two)} {behind(two)}"):
        return two, one
    first, second = (_YEAR.match(behind(m)) for m in (one, two))
    if first and second and first[1] != second[1]:
        return (one, two) if first[1] < second[1] else (two, one)
    return None


def _moved(claim: Occurrence, one: Occurrence, two: Occurrence) -> str | None:
    """Return by how much the one is above or below the other, where that is what is stated; None else."""
    gap = abs(two.quantity.anchor - one.quantity.anchor)
    if gap and gap == claim.quantity.anchor:
        return f"{float(gap):g}"
    if claim.quantity.unit == "percent" and base(one) != "percent" and gap and one.quantity.anchor:
        share = gap * _HUNDRED / one.quantity.anchor
        half = Fraction(1, 2 * 10 ** len(claim.text.split()[0].rstrip("%").partition(".")[2]))
        if Interval(claim.quantity.anchor - half, claim.quantity.anchor + half).contains(share):
            return f"{float(share):.4g} percent"
    return None
