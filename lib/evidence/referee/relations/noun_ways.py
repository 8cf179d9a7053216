"""The way of a change that words tell, "from 82 to 109, a fall of 27", where its size is just what lies between two numbers whose order in time is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.slips import way_of
from evidence.referee.relations.subjects import before, elsewhere, in_digits

_NOUN = re.compile(
    r"(?:,|:|\(|\bor|\bwhich (?:is|was)|\bthat is|\bthis (?:is|was)) ?an? (?:[a-z]+ )?(?:(?P<up>increase|rise|gain|jump)|(?P<down>decrease|fall|drop|reduction|cut|decline)) of (?:just |only |about |some |over |nearly |more than )?$"
)
_LATER_FIRST = re.compile(
    r"\b(?:against|compared (?:with|to)|up from|down from|up on|down on|where(?:as)? it (?:was|had been))\b[^.;]{0,30}$"
)
_BEFORE = re.compile(
    r"\b(?:the|a) (?:year|month|quarter) (?:before|earlier|ago)|\bpreviously|\blast (?:year|time|quarter)|\b(?:19|20)\d\d\b|\bfrom\b"
)
_FIRST_YEAR = re.compile(r"(?:in|by|at|for) (?:[a-z]+ ){0,3}?((?:19|20)\d\d)\b")
_YEAR = re.compile(r" ?(?:in|of|by|at|for)?(?: [a-z]+){0,3}? ?\(?((?:19|20)\d\d)\b")


def ways_of_nouns(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what a noun calls a rise, or a fall, of just what lies between the two numbers before it is one."""
    for claim in sentence.mentions:
        match = _NOUN.search(ahead(claim))
        held = [m for m in sentence.mentions if m.start < claim.start and _level(m, claim)][-2:]
        if not match or len(held) < _TWO or base(held[0]) != base(held[1]):
            continue
        pair = in_time(*held)
        if pair and (said := _moved(claim, *pair)) is not None:
            one, two = pair
            up = two.quantity.anchor > one.quantity.anchor
            word = match["up"] or match["down"]
            message = "" if up is bool(match["up"]) else f'"{word}", but from {one.text} to {two.text} it went {"up" if up else "down"}.'
            told = f"{one.text} → {two.text}: {said}; {word}"
            yield compared("direction", [one, two, claim], told, message, confidence=Confidence.medium, said=word)


def ways_of_sizes(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield an alarm where what is said to have gone one way by just what lies between two dated levels told right before it went the other."""
    for claim in sentence.mentions:
        way = way_of(claim) if in_digits(claim) and is_size(claim) and not claim.quantity.hedge else None
        if way not in ("up", "down") or elsewhere(claim) or _NOT_SO.search(sentence.masked):
            continue
        held = [m for one in before(sentence)[1:] for m in one.mentions if in_digits(m) and _level(m, claim)]
        pairs = [pair for one, two in permutations(held, 2) if base(one) == base(two) and (pair := (one, two)) == in_time(one, two)]
        known = [(one, two, size) for one, two in pairs if (size := _moved(claim, one, two)) and _near(one, two)]
        wrong = [(one, two, size) for one, two, size in known if _went(one, two) != way]
        if wrong and len(wrong) == len(known) and not _goes_so(claim, way, reach):
            one, two, size = wrong[0]
            message = f"{claim.text} {way}, but from {one.text} to {two.text} it went {_went(one, two)}."
            told = f"{one.text} → {two.text}: {size}; {claim.text} {way}"
            yield compared("direction", [claim], told, message, confidence=Confidence.medium, other=(one, two), contested=claim, said=way)


_NOT_SO = re.compile(r"\b(?:not|never|neither|nor|without|if|would|could|should|instead|rather)\b")


def _near(one: Occurrence, two: Occurrence) -> bool:
    low, high = sorted(m.quantity.anchor for m in (one, two))
    return high <= _MOST * low


def _went(one: Occurrence, two: Occurrence) -> str:
    return "up" if two.quantity.anchor > one.quantity.anchor else "down"


def _goes_so(claim: Occurrence, way: str, reach: Reach) -> bool:
    """Return whether two other numbers of the passage give the size of a change the way it is told, and no words date them otherwise."""
    held = [m for m in reach.passage(claim.sentence) if m is not claim and _level(m, claim)]
    return any(
        base(one) == base(two) and _went(one, two) == way and _moved(claim, one, two) and in_time(one, two) != (two, one)
        for one, two in permutations(held, 2)
    )


_TWO, _HUNDRED, _MOST = 2, 100, 3


def _level(mention: Occurrence, claim: Occurrence) -> bool:
    unit = "percent" if claim.quantity.unit == "percentage points" else base(claim)
    fits = base(mention) == unit or (claim.quantity.unit == "percent" and base(mention) not in ("percent", "percentage points"))
    return fits and not mention.quantity.ends and not is_size(mention) and bool(re.search(r"\d", mention.text))


def in_time(one: Occurrence, two: Occurrence) -> tuple[Occurrence, Occurrence] | None:
    """Return two numbers, the earlier first, where words between them or their years say which that is."""
    if re.search(r"\bfrom(?: [a-z]+){0,2} $", ahead(one)) and re.search(r"\bto(?: [a-z]+){0,2} $", ahead(two)):
        return one, two
    if _LATER_FIRST.search(ahead(two)) and _BEFORE.search(f"{ahead(two)} {behind(two)}"):
        return two, one
    first, second = (_year_of(m) for m in (one, two))
    if first and second and first != second:
        return (one, two) if first < second else (two, one)
    return None


def _year_of(mention: Occurrence) -> str:
    """Return the year told right behind a number, or with which its sentence begins where it has no other number before; empty where none is."""
    found = _YEAR.match(behind(mention)) or (None if mention.index else _FIRST_YEAR.match(mention.sentence.masked))
    return found[1] if found else ""


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
