"""Explained otherwise: alarms that fall, because numbers beside what is stated give it exactly, or its words say that it is of something else."""

from __future__ import annotations

import re
from itertools import permutations

from evidence.referee.comparing import Compared
from evidence.referee.mentions import FALL, RISE, Occurrence
from evidence.referee.relations.given_by import GIVEN_BY
from evidence.referee.relations.grounds import rises
from evidence.referee.relations.other_basis import OTHER_BASIS
from evidence.referee.relations.own_wholes import OWN_WHOLES
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.told_beside import (
    HUNDRED,
    REPEATS,
    SUMS,
    Rule,
    others,
    printed,
    share_behind,
    stated,
)
from evidence.referee.relations.two_things import TWO_THINGS
from evidence.referee.relations.within import WITHIN

_TWO, _FEW = 2, 3


def explained(one: Compared, reach: Reach) -> bool:
    """Return whether an alarm has another explanation in its own sentence, paragraph or table."""
    return any(
        rule(one, reach) for room in (_RULES, WITHIN, OTHER_BASIS, OWN_WHOLES, GIVEN_BY, TWO_THINGS) for rule in room.get(one.kind, ())
    )


_EARLIER = re.compile(r"\b(?:earlier|before|ago|previous(?:ly)?)\b")
_WAY = re.compile(rf"\b(?:{RISE}|{FALL})\b")


def _sides(one: Compared) -> tuple[Occurrence | None, list[Occurrence]]:
    claim = stated(one)
    return claim, [m for m in one.numbers if m is not claim]


def _is_from_others(one: Compared, reach: Reach) -> bool:
    """Return whether a change is that between other numbers of its sentence, or is the share that the lesser is of the greater, with no word of change."""
    claim, own = _sides(one)
    points = [m.quantity.anchor for m in own if base(m) == "percent"]
    if claim and claim.quantity.unit == "percentage points" and len(points) == _TWO and abs(points[0] - points[1]) == claim.quantity.anchor:
        return True
    held = [m for m in others(claim) if m.quantity.anchor > 0 and not m.quantity.in_words] if claim else []
    if not claim or claim.quantity.unit != "percent" or len(held) > _HELD:
        return False
    alike = [pair for pair in permutations(held, 2) if "percent" not in (base(pair[0]), base(pair[1])) and _alike(*pair)]
    up = rises(claim)
    moves = [(a.quantity.anchor, b.quantity.anchor) for a, b in alike if not {a, b} <= set(own)]
    changes = [abs(b - a) * 100 / a for a, b in moves if up is (b > a)]
    aside = ahead(claim).endswith("(") and rises(claim) is None and not _WAY.search(claim.sentence.masked)
    shares = [a.quantity.anchor * 100 / b.quantity.anchor for a, b in alike] if aside else []
    return any(printed(claim, value) for value in (*changes, *shares))


_HELD = 6


def _alike(one: Occurrence, two: Occurrence) -> bool:
    """Return whether two numbers are of one unit, which one of them may leave out."""
    return base(one) == base(two) or "count" in (base(one), base(two))


def _is_of_a_move_not_told(one: Compared, reach: Reach) -> bool:
    """Return whether a change is on a level that no sentence tells, or its two levels have their own change beside them, in another sentence."""
    claim, own = _sides(one)
    if not claim or len(own) != _TWO:
        return False
    if _ON_BEFORE.match(behind(claim)) and max(m.start for m in own if m.sentence is claim.sentence or m is own[0]) > claim.start:
        return not any(_FROM.search(ahead(m)) for m in own)
    first, last = sorted((m.quantity.anchor for m in own), key=lambda anchor: anchor)
    if own[0].sentence is not own[1].sentence or own[0].sentence is claim.sentence or not first:
        return False
    told = [m for m in own[0].sentence.mentions if base(m) == "percent" and m not in own]
    return any(printed(m, abs(last - first) * HUNDRED / level) for m in told for level in (first, last))


_ON_BEFORE = re.compile(
    r" (?:more|fewer|less|higher|lower|up|down) (?:than|on) (?:in )?(?:the )?(?:year|quarter|month)? ?(?:before|earlier|previous|last)\b"
)
_FROM = re.compile(r"\b(?:from|against|compared (?:with|to)|than|when)\b[^,;.]*$")


def _is_earlier(mention: Occurrence) -> bool:
    text = re.split("[,;.]", mention.sentence.text[mention.end :].lower())[0]
    return bool(_EARLIER.search(ahead(mention)[-_NEAR:]) or _EARLIER.search(text[:_NEAR]))


_NEAR = 40


def _mark(mention: Occurrence) -> int:
    return mention.sentence.masked.index(mention.mark)


_ASIDE = re.compile(r"\b(?:in spite of|despite|notwithstanding|apart from)\b")
_RANGE = re.compile(r"\b(?:range|band|bracket)\b[^,;.]*$")


def _is_no_way(one: Compared, reach: Reach) -> bool:
    """Return whether numbers are no two levels in order of time of what a word says rose or fell: sizes, ends of a range, levels of something else, told backwards."""
    held = [m for m in one.numbers if not m.quantity.ends]
    if len(held) < _TWO:
        return False
    a, b = held[0], held[1]
    text, claim = a.sentence.masked, held[2] if len(held) > _TWO else None
    start = text[: _mark(a)]
    joined = text[_mark(a) : _mark(b)] if a.sentence is b.sentence and _mark(a) < _mark(b) else ""
    backwards = re.search(r"\b(?:compared (?:with|to)|against|from) $", joined) and _is_earlier(b)
    low = claim and b.sentence is claim.sentence and _mark(claim) < _mark(b) and _ASIDE.search(b.sentence.masked[_mark(claim) : _mark(b)])
    sizes = re.search(r"\bby $", start) and is_size(a)
    unlike = behind(a).startswith("-")
    return bool(
        (_RANGE.search(start) and start.endswith("from "))
        or sizes
        or unlike
        or low
        or (backwards and a.sentence is not one.numbers[-1].sentence)
    )


def _is_made_with_another(one: Compared, reach: Reach) -> bool:
    """Return whether one of two numbers is what lies between the other and a third of their sentence, or makes another of it with a third: so it is no level beside it."""
    levels = one.numbers[:_TWO]
    if len(levels) < _TWO or levels[0].sentence is not levels[1].sentence:
        return False
    held = [m for m in levels[0].sentence.mentions if not m.quantity.ends and not base(m).startswith("percent") and m.quantity.anchor > 1]
    told = {m for m in one.numbers[_TWO:] if m.start > levels[0].start}
    for a, b, c in permutations(held, 3):
        three = [m for m in levels if m in (a, b, c)]
        if a.quantity.anchor + b.quantity.anchor == c.quantity.anchor and (
            len(three) == 1 or (three and not told & {a, b, c} and levels[1] in (a, b) and levels[0] is c and is_size(levels[1]))
        ):
            return True
    return False


def _is_after_a_start(one: Compared, reach: Reach) -> bool:
    """Return whether what falls to each falls to it once another amount of its sentence is taken away: "£1.2 million at first and £0.7 million a year"."""
    claim, own = _sides(one)
    if not claim or len(own) != _TWO:
        return False
    whole, count = sorted(own, key=lambda m: base(m) != base(claim))
    rest = [m for m in others(claim) if m not in own and base(m) == base(claim)]
    return any(printed(claim, (whole.quantity.anchor - m.quantity.anchor) / count.quantity.anchor) for m in rest)


def _has_a_rest(one: Compared, reach: Reach) -> bool:
    """Return whether the rest is told as a count, and has no share among those that were added."""
    last = one.numbers[-1].sentence if one.numbers else None
    if last is None:
        return False
    rest = [m for m in last.mentions if base(m) == "count" and not share_behind(m)]
    return any(_REST.search(ahead(m)) or (m is last.mentions[-1] and _ANOTHER_ANSWER.match(behind(m))) for m in rest)


_REST = re.compile(r"\b(?:remaining|other) $")
_ANOTHER_ANSWER = re.compile(r" (?:preferred|gave|did not|would not|chose|were unsure|declined|refused|skipped|left)\b")


_CHANGES = (
    _is_of_a_move_not_told,
    _is_from_others,
)
_RULES: dict[str, tuple[Rule, ...]] = {
    "repeat": REPEATS,
    "sum": SUMS,
    "change": _CHANGES,
    "points against percent": _CHANGES,
    "direction": (_is_no_way, _is_made_with_another),
    "shares": (_has_a_rest,),
    "per head": (_is_after_a_start,),
}
