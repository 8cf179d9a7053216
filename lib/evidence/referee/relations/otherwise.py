"""Explained otherwise: alarms that fall, because numbers beside what is stated give it exactly, or its words say that it is of something else."""

from __future__ import annotations

import re
from fractions import Fraction
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
    is_aim,
    make_a_hundred,
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


_LIMIT = re.compile(r" (?:ceiling|limit|cap|threshold|maximum|minimum|floor|target|standard|benchmark)\b")
_EARLIER = re.compile(r"\b(?:earlier|before|ago|previous(?:ly)?)\b")
_WAY = re.compile(rf"\b(?:{RISE}|{FALL})\b")
_BALANCE = re.compile(r"\b(?:net )?balances?\b|\bind(?:ex|ices)\b")


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


def _is_on_what_was_before(one: Compared, reach: Reach) -> bool:
    """Return whether a change in percent is the size beside it on a number that is said to be the earlier one."""
    claim = stated(one)
    if not claim or claim.quantity.unit != "percent" or not claim.index:
        return False
    size = claim.sentence.mentions[claim.index - 1]
    earlier = [m for m in reach.passage(claim.sentence) if base(m) == base(size) and m.quantity.anchor > 0 and _is_earlier(m)]
    return is_size(size) and any(printed(claim, size.quantity.anchor * 100 / m.quantity.anchor) for m in earlier)


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


def _is_of_another_time(one: Compared, reach: Reach) -> bool:
    """Return whether a size names a year and stands apart from its two numbers, whose own sentence tells what lies between them."""
    claim, own = _sides(one)
    if not claim or len(own) != _TWO or own[0].sentence is not own[1].sentence or own[0].sentence is claim.sentence:
        return False
    told = own[0].sentence
    gap = abs(own[0].quantity.anchor - own[1].quantity.anchor)
    return bool(claim.sentence.years - told.years) and any(m.quantity.anchor == gap for m in told.mentions if m not in own)


def _is_to_a_cell(one: Compared, reach: Reach) -> bool:
    """Return whether a size of three digits lies between a number of its sentence and the cell of all in a table."""
    claim = stated(one)
    if not claim or base(claim) == "percent" or len(re.sub(r"\D|(?:,000)+$", "", claim.text)) < _FEW:
        return False
    levels = [m.quantity.anchor for m in others(claim) if base(m) == base(claim)]
    cells = [cell.quantity.anchor for cell in reach.cells if cell.all and cell.quantity.unit in (base(claim), "count")]
    return any(abs(level - cell) == claim.quantity.anchor for level in levels for cell in cells)


def _is_no_change(one: Compared, reach: Reach) -> bool:
    """Return whether a number is a limit, one of several flows, a difference of balances, or of another subject than what changed."""
    claim, own = _sides(one)
    if not claim:
        return False
    text = claim.sentence.masked
    at = _mark(claim)
    first = min((_mark(m) for m in own if m.sentence is claim.sentence), default=at)
    points = one.kind == "points against percent" and any(_BALANCE.search(m.sentence.masked) for m in one.numbers)
    return bool(
        _LIMIT.match(behind(claim))
        or re.search(rf"\balso (?:{RISE}|{FALL})\b", text[:at])
        or points
        or (_BALANCE.search(one.there.lower()) and one.kind == "points against percent")
        or (first < at and re.search(r"\b(?:while|whereas|although)\b", text[:first]) and _OWN_SUBJECT.search(text[first:at]))
    )


_OWN_SUBJECT = re.compile(r", (?:the|our|its|their|those|that) [a-z ]{3,50}? (?:has|have|had|was|were|is|are|rose|fell|grew|went)\b")


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


def _is_beside_another_move(one: Compared, reach: Reach) -> bool:
    """Return whether the two levels behind a size are those of something else that moved: "a fall of 6%, the result of a rise in the rate from 3% to 4%"."""
    held = [m for m in one.numbers if not m.quantity.ends]
    if len(held) <= _TWO or held[2].sentence is not held[0].sentence or _mark(held[2]) > _mark(held[0]):
        return False
    return bool(_MOVE.search(held[0].sentence.masked[_mark(held[2]) : _mark(held[0])]))


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


_MOVE = re.compile(r"\b(?:rise|fall|increase|decrease|reduction|drop|cut|change|improvement) in [^,;]*\bfrom $")
_MIDDLE = re.compile(r"\b(?:median|mean|average) (?:of|was|is) $")
_ANOTHER = re.compile(
    r"\b(?:though|but|yet|although|while|and) (?:[a-z]+ )?(?:fewer|less|lower|more|higher|shorter|longer|smaller|larger) than\b"
)
_OBJECT = re.compile(r"\b(?:exceed|outnumber|outstrip|overt)\w* [a-z ]+ (?:and|but|while) $")


def _is_no_order(one: Compared, reach: Reach) -> bool:
    """Return whether one of two numbers is a middle, or a word between them puts another pair in order."""
    if len(one.numbers) != _TWO or one.numbers[0].sentence is not one.numbers[1].sentence:
        return False
    a, b = one.numbers
    text = a.sentence.masked[min(_mark(a), _mark(b)) + 1 : max(_mark(a), _mark(b))]
    middle = [bool(_MIDDLE.search(ahead(m))) for m in (a, b)]
    return middle[0] is not middle[1] or bool(_ANOTHER.search(text) or _OBJECT.search(text))


def _is_of_an_implied_whole(one: Compared, reach: Reach) -> bool:
    """Return whether what was taken for the whole has a share beside it, and the number and its percentage imply the same whole as these."""
    claim, own = _sides(one)
    part = next((m for m in own if claim and m.sentence is claim.sentence and m.index + 1 == claim.index), None)
    for whole in own if claim and part else []:
        share = share_behind(whole)
        first, second = (_implied(part, claim), _implied(whole, share)) if claim and part and share else (None, None)
        if part is not whole and share is not claim and first and second and first[0] <= second[1] and second[0] <= first[1]:
            return True
    return False


def _implied(part: Occurrence, share: Occurrence) -> tuple[Fraction, Fraction] | None:
    span = share.quantity.interval
    size = part.quantity.anchor * HUNDRED
    return (size / span.high, size / span.low) if base(share) == "percent" and span.low > 0 else None


def _is_one_of_a_hundred(one: Compared, reach: Reach) -> bool:
    """Return whether a percentage is one of three or more that make a hundred in its sentence, and its counts stand in another."""
    claim, own = _sides(one)
    shares = [m for m in claim.sentence.mentions if base(m) == "percent" and not m.quantity.ends] if claim else []
    return claim is not None and len(shares) > _TWO and make_a_hundred(shares) and not any(m.sentence is claim.sentence for m in own)


def _is_on_the_rest(one: Compared, reach: Reach) -> bool:
    """Return whether a percentage is a rise on what there was without it, or of all amounts of a sentence, or no share of a count at all."""
    claim, own = _sides(one)
    if not claim or base(claim) != "percent":
        return False
    if _MARGIN.search(claim.sentence.text.lower()) or _SPREAD.search(ahead(claim)):
        return True
    pairs = [
        (a.quantity.anchor, b.quantity.anchor) for a, b in permutations(own, 2) if is_size(a) and b.quantity.anchor > a.quantity.anchor > 0
    ]
    if any(printed(claim, a * HUNDRED / (b - a)) for a, b in pairs):
        return True
    sentences = dict.fromkeys(m.sentence for m in own if m.sentence is not claim.sentence)
    lists = [[m.quantity.anchor for m in one.mentions if not m.quantity.ends and base(m) == base(own[0])] for one in sentences]
    parts = [held for held in lists if len(held) > _TWO and max(held) * _TWO != sum(held)]
    return any(printed(claim, part * HUNDRED / sum(held)) for held in parts for part in held)


_MARGIN = re.compile(r"\bmargins? of error\b|\bconfidence (?:interval|limit)")
_SPREAD = re.compile(r"\b(?:rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)) (?:widely )?from $")


def _is_aimed_at(one: Compared, reach: Reach) -> bool:
    """Return whether a number is what is wanted."""
    claim = stated(one)
    return claim is not None and is_aim(claim)


def _is_of_a_count_beside(one: Compared, reach: Reach) -> bool:
    """Return whether a percentage that was held against a table is the share that a count of its sentence, which no table has, is of one near by."""
    claim = stated(one)
    if not claim or not one.cell:
        return False
    cells = {cell.quantity.anchor for cell in reach.cells}
    parts = [m for m in others(claim) if base(m) != "percent" and m.quantity.anchor >= HUNDRED and m.quantity.anchor not in cells]
    wholes = [m for m in reach.wider(claim.sentence) if m.quantity.anchor > 0]
    return any(
        base(part) == base(whole) and printed(claim, part.quantity.anchor * 100 / whole.quantity.anchor)
        for part in parts
        for whole in wholes
    )


def _is_of_the_rest(one: Compared, reach: Reach) -> bool:
    """Return whether what falls to each falls to each of the others only, or a number of the reckoning is the end of a scale."""
    claim, own = _sides(one)
    if not claim:
        return False
    ends = {m.quantity.ends[1].anchor for sentence in reach.near(claim.sentence) for m in sentence.mentions if m.quantity.ends}
    scale = any(m.quantity.anchor in ends and base(m) == "count" and m.quantity.anchor <= HUNDRED for m in own)
    return scale or bool(re.match(r" (?:at|in|for|to|from) each of the (?:other|remaining)\b", claim.sentence.text[claim.end :]))


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


def _is_of_others_asked(one: Compared, reach: Reach) -> bool:
    """Return whether a share or a mean is of other things than those who were asked, or of those asked at an earlier time."""
    claim = one.numbers[-1] if one.numbers else None
    if claim is None:
        return False
    return bool(_HOLDS.search(ahead(claim)) or (ahead(claim).endswith("from ") and _is_earlier(claim)))


_HOLDS = re.compile(r"\b(?:account(?:s|ed|ing)? for|mak(?:e|es|ing) up|made up|hold|holds|held) (?:just |only |about )?$")


_CHANGES = (
    _is_of_a_move_not_told,
    _is_beside_another_move,
    _is_from_others,
    _is_on_what_was_before,
    _is_of_another_time,
    _is_to_a_cell,
    _is_no_change,
)
_RULES: dict[str, tuple[Rule, ...]] = {
    "repeat": REPEATS,
    "sum": SUMS,
    "change": _CHANGES,
    "points against percent": _CHANGES,
    "direction": (_is_no_way, _is_beside_another_move, _is_made_with_another),
    "order": (_is_no_order,),
    "share × base": (
        _is_of_an_implied_whole,
        _is_one_of_a_hundred,
        _is_aimed_at,
        _is_of_a_count_beside,
        _is_on_the_rest,
    ),
    "ratio": (_is_no_change,),
    "shares": (_has_a_rest,),
    "respondents (GRIM)": (_is_of_others_asked,),
    "per head": (_is_of_the_rest, _is_after_a_start),
}
