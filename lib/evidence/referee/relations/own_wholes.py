"""Shares each of a whole of its own: lists of regions or groups of which each has its count and its share, and amounts that fall to each of something."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, ratio
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base, behind
from evidence.referee.relations.told_beside import HUNDRED, Rule, printed, stated
from evidence.referee.relations.told_shares import CountedShare, told_shares

_TWO = 2
_SET_APART = re.compile(r"\b(?:compared (?:with|to)|against|whereas|while|up from|down from|from)\b")


def _implied(told: CountedShare) -> Interval | None:
    """Return what a count and its share are of."""
    return ratio(told.part.quantity.interval.scaled(Fraction(HUNDRED)), told.share.quantity.interval)


def each_of_its_own(sentence: Sentence) -> list[CountedShare]:
    """Return the counts of a sentence with their shares where no two are of one whole: three and more, or two that words set against each other."""
    held = [one for one in told_shares(sentence) if not one.whole and not one.share.quantity.in_words]
    wholes = [span for one in held if (span := _implied(one))]
    apart = len(wholes) == len(held) >= _TWO and not any(one.meets(two) for one, two in combinations(wholes, _TWO))
    return held if apart and (len(held) > _TWO or _set_apart(*held)) else []


def _set_apart(one: CountedShare, two: CountedShare) -> bool:
    first, last = sorted((one.part, two.part), key=lambda part: part.start)
    return bool(_SET_APART.search(first.sentence.text[first.end : last.start].lower()))


def has_its_own_whole(one: Compared, reach: Reach) -> bool:
    """Return whether a share is one of several of its sentence with a whole each, which no count of the report's is then that of another."""
    claim = stated(one) or (one.numbers[-1] if one.numbers else None)
    return claim is not None and any(claim in (told.part, told.share) for told in each_of_its_own(claim.sentence))


_EACH = re.compile(r"^(?: [a-z-]+){0,2}? (?:per|each|apiece|(?:for|to) (?:each|every))\b|^ an? (?!year|month|week|day)[a-z]+\b")


def falls_to_each_of_something(one: Compared, reach: Reach) -> bool:
    """Return whether what was taken for a part is what falls to each: "equal to 4% of the whole, or £150 for each club"."""
    parts = [m for m in one.operands if isinstance(m, Occurrence) and m is not one.claim]
    part = min(parts, key=lambda m: m.quantity.anchor, default=None)
    return part is not None and (" per " in part.quantity.unit or bool(_EACH.match(behind(part))))


def is_of_a_told_portion(one: Compared, reach: Reach) -> bool:
    """Return whether a share is that of its part in the portion of the whole which is told beside it: "£90m, of which the grant was 80%"."""
    claim = stated(one)
    held = [m for m in one.operands if isinstance(m, Occurrence) and m is not claim and base(m) != "percent"]
    if not claim or len(held) != _TWO:
        return False
    part, whole = sorted(held, key=lambda m: m.quantity.anchor)
    portions = [m for m in whole.sentence.mentions[whole.index + 1 :] if base(m) == "percent" and m is not claim and m.quantity.anchor > 0]
    return any(printed(claim, part.quantity.anchor * HUNDRED**2 / (whole.quantity.anchor * m.quantity.anchor)) for m in portions)


OWN_WHOLES: dict[str, tuple[Rule, ...]] = {
    "share × base": (
        has_its_own_whole,
        falls_to_each_of_something,
        is_of_a_told_portion,
    ),
}
"""Such explanations by the kind of alarm."""
