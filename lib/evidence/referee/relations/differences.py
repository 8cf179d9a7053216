"""Changes and differences: their size, from any two numbers of the passage, and the words for their way."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from evidence.quantity import Interval
from evidence.referee.checks.ratios import of_another_multiple
from evidence.referee.comparing import Confidence, How, ratio
from evidence.referee.generous import admitted
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.passages import before_untold, parted
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, words_of
from evidence.referee.relations.settling import Binding, Settled, off, settle, spans

UP = rf"(?:(?<!made )(?<!make )(?<!makes )(?<!set )(?<!take )(?<!taken )(?<!signed )(?:{RISE})|higher|more|above|longer|dearer|larger|greater|exceed\w*|premium|faster|older|taller|better|bigger|costlier)"
DOWN = rf"(?:{FALL}|lower|less|fewer|below|shorter|cheaper|smaller|short of|discount|younger|worse|quicker|saving|saved)"
_DIFFERENCE = r"(?<!no )(?:gap|difference|differs?|spread|range|apart|change[sd]?|margin|lead|advantage|disadvantage|swing)"
_AHEAD = re.compile(rf"\b(?:{UP}|{DOWN}|{_DIFFERENCE})\b[^.;]{{0,30}}$")
_BEHIND = re.compile(
    rf"^(?: [a-z-]+){{0,5}}? (?:lost|gained|fewer|closed)\b|^(?: [a-z-]+){{0,3}}? (?:{UP}|{DOWN}|{_DIFFERENCE})\b|^ on (?:the (?:year|month|quarter|week|day|decade|previous|last|same|figure)|last|that|a year)\b"
)
_YEARLY = re.compile(
    r"\b(?:a|per|each|every) (?:year|annum|month|week|day)\b|annual|inflation|prices|target|fees|real terms|expected|forecast|planned|plan|aim"
)
_LEVEL = re.compile(
    r"\b(?:from|to|at|account(?:s|ed)? for|than|against|compared with|reach(?:ed|ing)?|of (?:the|these|those|our|all|its)|with)(?: (?:the|an?|about|some|just|only|nearly|around|over|almost|today's|total of|all|these|those))* $"
)
"""What is said of a level, not of the size of a change."""
_FORESEEN = re.compile(r"\b(?:target|expected|forecast|planned|plan|aim|predicted|projected|budget(?:ed)?)\b")
_MOST, _SMALL = Fraction(9, 5), Fraction(4)
_AMOUNTS = Fraction(20)
_LEVELS_NEAR = Fraction(6, 5)


def sizes(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether the size of a change or a difference is that of two numbers of its passage."""
    for claim in sentence.mentions:
        cued = claim.quantity.unit == "percentage points" or _by(claim) or _AHEAD.search(ahead(claim)) or _BEHIND.search(behind(claim))
        if not cued or claim.quantity.ends or claim.quantity.anchor <= 0:
            continue
        if (
            claim.quantity.unit == "times"
            or (_LEVEL.search(ahead(claim)) and claim.quantity.unit != "percentage points")
            or behind(claim).startswith(" (")
            or _IN_YEAR.search(ahead(claim))
            or (claim.quantity.in_words and ahead(claim).endswith(" the "))
            or re.search(r"\bin \d+$", claim.text)
            or (claim.quantity.unit == "percent" and _share_of(claim))
            or re.match(r" [a-z]+ (?:who|whom|whose) ", behind(claim))
        ):
            continue
        most = _SMALL if claim.quantity.unit == "percent" else _AMOUNTS
        clear = claim.quantity.unit != "percent" and _THE_SIZE.search(ahead(claim))
        found = settle("change", claim, _bindings(claim, reach), most=most, confidence=Confidence.medium if clear else Confidence.question)
        if found and (found.found.holds or _bound(claim, found)):
            yield found


_THE_SIZE = re.compile(
    r"\b(?:gap|difference|rise|fall|increase|decrease|drop|reduction|growth|gain|saving|cut|lead|advantage) of (?:just |only |about |some )?$|\b(?:by|up|down|gained|lost) (?:just |only |about |some )?$|\b(?:that|this|which) (?:is|was) $"
)
"""What says that a number is the size of a change; of a percentage the base is open, and of "ten more" what it is more than."""
_IN_YEAR = re.compile(r"\b(?:19|20)\d\d(?:[/\u2013-]\d{2,4})? \($")
"""A number in brackets right behind a year is what there was in it."""
_BEAT = re.compile(rf"\b(?:{UP}|{DOWN}|beat|beats|beating|exceed\w*|outstripp\w+|surpass\w+|overtook|missed)\b")


def _by(claim: Occurrence) -> bool:
    """Return whether a number is that by which something differs, however far the verb stands from it."""
    return bool(re.search(r"\bby (?:just |only |about |some )?$", ahead(claim)) and _BEAT.search(claim.sentence.masked))


def _share_of(claim: Occurrence) -> bool:
    return bool(re.match(r" of (?:the |all |our |its |these |those |them|[a-z]+ )", behind(claim))) and not _AHEAD.search(ahead(claim))


def _bound(claim: Occurrence, found: Settled) -> bool:
    """Return whether the words leave no other two numbers, for an alarm: no others of their unit stand in the sentences they are in."""
    operands = [operand for operand in found.found.operands if isinstance(operand, Occurrence)]
    told = list(dict.fromkeys([claim.sentence, *(operand.sentence for operand in operands)]))
    others = [
        m
        for one in told
        for m in one.mentions
        if m not in (claim, *operands) and base(m) == base(operands[0]) and not m.quantity.in_words and not _SIZE.match(behind(m))
    ]
    if before_untold(claim, operands) or all(parted(claim, one) for one in operands):
        return False
    if _VAGUE.search(f"{ahead(claim)[-30:]}#{behind(claim)}") or claim.sentence.years - frozenset(
        year for one in operands for year in one.sentence.years
    ):
        return False
    yearly = _YEARLY.search(" ".join(one.masked for one in told)) and claim.quantity.unit == "percent"
    foreseen = _FORESEEN.search(" ".join(one.masked for one in told))
    close = _close_levels(operands, claim) and (claim.quantity.unit == "percent" or _THAN.search(behind(claim)))
    if off(found.value, claim.quantity.anchor) > _MOST and (others or not close):
        return False
    return (
        not yearly
        and not foreseen
        and not _other_things(operands)
        and (not others or (len(others) < _NEAR_BY and _far(claim, found) < _CLOSE))
    )


def _close_levels(operands: list[Occurrence], claim: Occurrence) -> bool:
    """Return whether a small change, put to one number, comes near the other."""
    low, high = sorted(operand.quantity.anchor for operand in operands)
    moved = low * (1 + claim.quantity.anchor / 100) if claim.quantity.unit == "percent" else low + claim.quantity.anchor
    return off(moved, high) <= _LEVELS_NEAR


def _other_things(operands: list[Occurrence]) -> bool:
    """Return whether two counts have different nouns right behind them."""
    told = [[word for word in nouns(one)[:3] if word in one.sentence.stems or word in words_of(one.sentence.text)][:1] for one in operands]
    return base(operands[0]) == "count" and all(told) and len({word for one in told for word in one}) > 1


_SIZE = re.compile(r"^ (?:more|less|fewer|higher|lower)\b")
_THAN = re.compile(r"\b(?:than|compared)\b")
_VAGUE = re.compile(
    r"\b(?:average|median|mean|national\w*|regional|sector|than before|pre-\w+|peak|elsewhere|than (?:now|today|at present))\b"
)
_CLOSE = Fraction(7, 4)


def _far(claim: Occurrence, found: Settled) -> Fraction:
    """Return how far off the nearest reckoning of an alarm is."""
    return off(found.value, claim.quantity.anchor)


def _bindings(claim: Occurrence, reach: Reach) -> Iterator[Binding]:
    percent, points = claim.quantity.unit == "percent", claim.quantity.unit == "percentage points"
    unit = "percent" if points else base(claim)
    passage = [m for m in reach.passage(claim.sentence) if m is not claim and not m.quantity.in_words and m.quantity.anchor > 0]
    near = [m for m in passage if abs(m.sentence.number - claim.sentence.number) < _NEAR_BY]
    near = [m for m in near if not (points and _BEHIND.match(behind(m)))]
    for one, two in combinations(near, 2):
        if _other_rates(one, two) or (base(one) != unit and not percent):
            continue
        low, high = sorted((one, two), key=lambda m: m.quantity.anchor)
        if high.quantity.anchor <= 4 * low.quantity.anchor and low.quantity.anchor != high.quantity.anchor:
            close = _follows(claim, one, two) and not (percent and base(one) == "percent")
            yield from _changed(claim, low, high, percent=percent, sure=close)


_NEAR_BY = 3
_SPANS = ("years", "decades", "months")


def _other_rates(one: Occurrence, two: Occurrence) -> bool:
    """Return whether two numbers are of different units, or each for another thing; what one leaves out is that of the other."""
    rates = {m.quantity.unit.partition(" per ")[2] for m in (one, two)} - {""}
    return base(one) != base(two) or len(rates) > 1


def _follows(claim: Occurrence, one: Occurrence, two: Occurrence) -> bool:
    """Return whether one of two numbers stands in the sentence of the claim or right before it, and words set them against each other."""
    gaps = [claim.sentence.number - m.sentence.number for m in (one, two)]
    return all(0 <= gap < _NEAR_BY for gap in gaps) and min(gaps) <= 1


def _changed(claim: Occurrence, low: Occurrence, high: Occurrence, *, percent: bool, sure: bool) -> Iterator[Binding]:
    (first, last), _ = spans(claim, [low, high])
    gap = last - first
    if gap.high <= 0:
        return
    if not percent:
        yield Binding((low, high), gap, f"{high.text} - {low.text}", sure, How.difference)
        return
    text = f"{ahead(claim)[-40:]} {behind(claim)[:25]}"
    up, down = re.search(rf"\b{UP}\b", text), re.search(rf"\b{DOWN}\b", text)
    if not up and not down:
        up, down = (re.search(rf"\b{way}\b", claim.sentence.masked) for way in (UP, DOWN))
    for floor, span, wanted in ((low, first, bool(up) or not down), (high, last, bool(down) or not up)):
        value = ratio(Interval(gap.low, gap.high).scaled(Fraction(100)), span)
        if value and wanted:
            yield Binding((low, high), value, f"({high.text} - {low.text}) / {floor.text} in percent", sure, How.difference)


_TIMES_AS = re.compile(
    r"^(?: as (?:many|much|high|large|likely|long|often|big|great)\b| (?:that|those|the|what|its|their|higher|more|bigger|larger|over|in)\b|[.,;]|$| )"
)


def multiples(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether a multiple is that of two numbers of the passage."""
    for claim in sentence.mentions:
        if claim.quantity.unit != "times" or claim.quantity.ends or claim.quantity.anchor <= 0:
            continue
        passage = [
            m
            for m in reach.passage(sentence)
            if m is not claim and re.search(r"\d", m.text) and m.quantity.anchor > 0 and base(m) != "times"
        ]
        near = _two_shares(claim) or [m for m in passage if abs(m.sentence.number - sentence.number) < _NEAR_BY]
        found = settle("ratio", claim, _multiplied(claim, near), most=Fraction(2))
        other = found and of_another_multiple(claim, [one for one in found.found.operands if isinstance(one, Occurrence)])
        if found and not other and (found.found.holds or (_bound(claim, found) and _TIMES_AS.match(behind(claim)))):
            yield found


def _two_shares(claim: Occurrence) -> list[Occurrence]:
    """Return the two shares that the sentence before sets against each other, where this says how many times as likely the one is, and no other number in digits."""
    before, digits = claim.sentence.before, [m for m in claim.sentence.mentions if m is not claim and re.search(r"\d", m.text)]
    told = [m for m in before.mentions if base(m) == "percent" and not m.quantity.in_words] if before else []
    return told if len(told) == _TWO and not digits and re.match(r" as likely\b", behind(claim)) else []


_TWO = 2
_IT = re.compile(r"(?:this|that|it|they|these|the (?:number|figure|total|share|former|first|second))\b")


def _multiplied(claim: Occurrence, held: list[Occurrence]) -> Iterator[Binding]:
    for one, two in combinations(held, 2):
        if (
            base(one) != base(two)
            or base(one) in _SPANS
            or one.quantity.unit.startswith("percent per")
            or two.quantity.unit.startswith("percent per")
        ):
            continue
        low, high = sorted((one, two), key=lambda m: m.quantity.anchor)
        given, _ = spans(claim, [low, high])
        value = ratio(given[1], given[0])
        if value:
            reach_ = admitted(claim.quantity)
            wide = Interval(value.low * Fraction(9, 10), value.high * Fraction(11, 10)) if claim.quantity.anchor < 2 or reach_ else value
            own = (
                claim.sentence in (low.sentence, high.sentence)
                or _IT.match(claim.sentence.masked)
                or {low, high} == set(_two_shares(claim))
                or re.search(r"\b(?:thus|therefore)\b", claim.sentence.masked)
            )
            yield Binding((low, high), wide, f"{high.text} / {low.text}", bool(own) and _follows(claim, one, two))
