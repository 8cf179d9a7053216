"""The commonest slips: the size of a change on the later base, or in points called percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, ratio, show, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import BACK, before, goes_on, in_digits, levels

_UP = rf"{RISE}|more|higher|above|greater|larger|longer|extra|further"
_DOWN = rf"{FALL}|less|fewer|lower|below|smaller|shorter|saving"
_EITHER = r"change|difference|gap"
_BOTH_WAYS = rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|{_EITHER})"
_WORD_AHEAD = re.compile(rf"\b{_BOTH_WAYS}\b(?:(?! by \ue000)[^.;,#\ue000-\uf8ff]){{0,40}}$")
_WORD_BEHIND = re.compile(rf"^\)?(?: [a-z-]+){{0,2}}? {_BOTH_WAYS}\b")
_MOST, _SIXTH = Fraction(5, 2), Fraction(1, 6)
_TIMES = re.compile(r"\b(?:a|per|each|every) (?:year|month|week|annum)\b|\b(?:annual|yearly|on average)\b")


def sizes_of_changes(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield percentages that are the size of a change on the later of its two numbers, or the points between two percentages, and points that are percent."""
    for claim in sentence.mentions:
        way = way_of(claim)
        if (
            claim.quantity.ends
            or claim.quantity.anchor <= 0
            or way is None
            or claim.quantity.hedge
            or re.match(r"\)?,? of (?!\ue000)", behind(claim))
        ):
            continue
        near, wide = before(sentence, 2), before(sentence, 3)
        if claim.quantity.unit == "percentage points":
            yield from _percent_of_counts(claim, near[:2], way)
        elif claim.quantity.unit != "percent" or _OF_ITS_KIND.search(ahead(claim)):
            continue
        elif not any(_gives(claim, one, two, way) for one, two in _pairs(wide, claim)) and not _TIMES.search(behind(claim)):
            back = near if BACK.match(sentence.masked) else near[:2]
            held = [pair for pair in _pairs(near, claim) if base(pair[0]) == "percent" or all(m.sentence in back for m in pair)]
            held = [pair for pair in held if goes_on(claim, list(pair))]
            yield from _slip(claim, held, way) if held else _points_on_a_total(claim, reach)


_OF_ITS_KIND = re.compile(
    rf"\b(?:{RISE}|{FALL}|change|inflation)(?: [a-z]+)? (?:was|were|is|are|had been|stood at|slowed to|quickened to) (?:just |only |about )?$"
)
"""What says that a size of a change stands beside others: "the rise was 5%, against 4% the year before"."""


def _percent_of_counts(claim: Occurrence, near: list[Sentence], way: str) -> Iterator[Compared]:
    """Yield that a change which is told in points is just so many percent of a number that is no share."""
    if _SHARE.search(ahead(claim)):
        return
    pairs = list(_pairs(near, claim))
    shares = [m for m in claim.sentence.mentions if base(m) == "percent" and not is_size(m)]
    if any(abs(high.quantity.anchor - low.quantity.anchor) == claim.quantity.anchor for low, high in pairs):
        return
    for low, high in pairs:
        if base(low).startswith(("percent", "out of")) or not goes_on(claim, [low, high]) or not _gives(claim, low, high, way):
            continue
        start, end = min(m.start for m in (low, high, claim)), max(m.end for m in (low, high, claim))
        if high.quantity.anchor - low.quantity.anchor == claim.quantity.anchor or any(start < m.start < end for m in shares):
            continue
        told = f"{low.text}; {high.text}; stated {claim.text}"
        message = f"{claim.text} is what lies between {low.text} and {high.text} in percent; points are of shares."
        yield compared("points against percent", [claim], told, message, confidence=Confidence.medium, other=(low, high))
        return


_SHARE = re.compile(r"\b(?:shares?|rates?|proportions?|percentages?)\b")
_EARLIER = re.compile(r"\b(?:19|20)\d\d\b|\b(?:earlier|ago|before|last (?:year|time|report)|previous(?:ly)?)\b")


def _points_on_a_total(claim: Occurrence, reach: Reach) -> Iterator[Compared]:
    """Yield that a change in percent is just the points between the one earlier share of its sentence and that of all in the table before it."""
    held = [m for m in claim.sentence.mentions if base(m) == "percent" and m is not claim and in_digits(m) and not is_size(m)]
    table = reach.table_before(claim.sentence)
    if len(held) != 1 or not table or not _EARLIER.search(claim.sentence.masked) or not goes_on(claim, held):
        return
    level = held[0].quantity.anchor
    for cell in [cell for cell in reach.cells_in(table) if cell.all and cell.quantity.unit == "percent"]:
        points = abs(cell.quantity.anchor - level)
        if points == claim.quantity.anchor and abs(points * 100 / level - points) > points * _SIXTH:
            told = f"{held[0].text}; {cell.quantity.text}: {show(points)} percentage points"
            message = f"{claim.text} is the difference in percentage points to {cell.quantity.text} of the table; in percent it is {show(points * 100 / level)}."
            own, used = [held[0], claim], (held[0], cell)
            yield compared("points against percent", own, told, message, confidence=Confidence.medium, other=cell.spot, operands=used)
            return


def way_of(claim: Occurrence) -> str | None:
    """Return "up", "down" or "" for the word of change nearest to a number; None where there is none."""
    if claim.index and re.fullmatch(r",? ?\(?(?:or |that is |i\.e\. )?", ahead(claim)) and not _ends_a_clause(claim):
        return way_of(claim.sentence.mentions[claim.index - 1])
    if _FROM.search(ahead(claim)):
        return None
    told = claim.sentence.masked[: claim.sentence.masked.index(claim.mark)]
    back = (
        re.search(rf"\b{_BOTH_WAYS}\b[^.;:]*$", told)
        if re.search(r"(?:,|\bor|\band|that is,?) by $", told)
        else _WORD_AHEAD.search(ahead(claim))
    )
    close = back and re.search(r"(?: of|\bby)(?: just| only| about)? $", back[0])
    found = back if close else _WORD_BEHIND.match(behind(claim)) or back
    words = re.findall(rf"\b(?:{_UP}|{_DOWN}|{_EITHER})\b", found[0]) if found else []
    last = words[-1 if found is back else 0] if words else None
    return None if last is None else "up" if re.fullmatch(_UP, last) else "down" if re.fullmatch(_DOWN, last) else ""


def _ends_a_clause(claim: Occurrence) -> bool:
    """Return whether a bare comma parts a number from a percentage: "a rise of 4%, 912 (51%) were against it"."""
    return ahead(claim) == ", " and base(claim.sentence.mentions[claim.index - 1]) == "percent"


_FROM = re.compile(r"\b(?:from|to|at) (?:just |only |about |around |a low of |a peak of )?$")


def _pairs(sentences: list[Sentence], claim: Occurrence) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Yield each two numbers of one unit that are near in size, the less first."""
    held = [m for one in reversed(sentences) for m in one.mentions if m is not claim and in_digits(m)]
    for one, two in combinations(held, 2):
        low, high = sorted((one, two), key=lambda m: m.quantity.anchor)
        if low.quantity.unit == high.quantity.unit and low.quantity.anchor < high.quantity.anchor <= _MOST * low.quantity.anchor:
            yield low, high


def _gives(claim: Occurrence, low: Occurrence, high: Occurrence, way: str) -> bool:
    """Return whether a change from the one to the other is what is stated, on the earlier base as its word says."""
    gap, points = as_printed(high) - as_printed(low), high.quantity.anchor - low.quantity.anchor
    if base(low) == "percent" and _just_points(claim, points, low, high):
        return False
    bases = [low] if way == "up" else [high] if way == "down" else [low, high]
    near = [one for one in bases if base(low) != "percent" or abs(points * 100 / one.quantity.anchor / claim.quantity.anchor - 1) < _SIXTH]
    return any(_meets(claim, gap.scaled(Fraction(100)) / as_printed(one)) for one in near)


def as_printed(mention: Occurrence) -> Interval:
    """Return what a number may be to its last digit: a count without scale is what it is."""
    value = mention.quantity.anchor
    exact = base(mention) in ("count", "GBP") and value.denominator == 1 and re.fullmatch(r"[^\d]*[\d,]+", mention.text)
    return Interval(value, value) if exact else mention.quantity.interval


def _meets(claim: Occurrence, value: Interval) -> bool:
    return value.meets(admitted(claim.quantity))


def _slip(claim: Occurrence, pairs: list[tuple[Occurrence, Occurrence]], way: str) -> Iterator[Compared]:
    for low, high in pairs:
        points = high.quantity.anchor - low.quantity.anchor
        wrong, right = (low, high) if way == "down" else (high, low)
        value = points * 100 / wrong.quantity.anchor
        if base(low) == "percent" and not is_size(low) and not is_size(high) and _points(claim, points, low, high):
            told = f"{high.text} - {low.text} = {show(points)} percentage points"
            message = f"{claim.text} is the difference in percentage points; in percent it is {show(points * 100 / right.quantity.anchor)}."
            yield compared("points against percent", [claim], told, message, confidence=Confidence.medium, other=(low, high))
            return
        if way and base(low) != "percent" and not claim.quantity.in_words and claim.quantity.interval.contains(value):
            told = f"({high.text} - {low.text}) / {right.text}; stated {claim.text}"
            message = f"From {right.text} to {wrong.text} is {show(points * 100 / right.quantity.anchor)} percent; {claim.text} is reckoned on {wrong.text}, where it ended."
            yield compared("change", [claim], told, message, confidence=Confidence.medium, other=(low, high))
            return


def sizes_on_levels(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a size in percent, told behind a size in numbers, is that of a level before them on what it was: "46,870, 2,960 more, a rise of 6.7%"."""
    for size, claim in pairwise(sentence.mentions):
        if (
            claim.quantity.unit != "percent"
            or claim.quantity.ends
            or claim.quantity.hedge
            or not _sized(size)
            or _OTHER.search(ahead(claim))
        ):
            continue
        way = way_of(claim) or (way_of(size) if _OR.search(ahead(claim)) else None)
        held = [m for m in levels(before(sentence, 1), base(size)) if not is_size(m) and m.quantity.anchor > size.quantity.anchor]
        held = [m for m in held if (m.sentence.number, m.start) < (sentence.number, size.start)]
        told = [m for m in held if m.sentence is sentence] or held
        if not way or not told or base(size) == "percent" or not goes_on(claim, [size]) or not goes_on(size, told):
            continue
        level = max(told, key=lambda m: m.quantity.anchor)
        led = any(base(m) == base(size) and m.start > claim.end for m in sentence.mentions)
        values = [_on_level(size, m, way) for m in held] + [
            _of_earlier(size, m) for m in held if (led and m.sentence is not sentence) or _is_earlier(size, m, held)
        ]
        if (len(told) > 1 and level is not told[0]) or any(one and _meets(claim, one) for one in values):
            continue
        value = _on_level(size, level, way)
        if value and off((value.low + value.high) / 2, claim.quantity.anchor) <= _TWO:
            message = f"{size.text} on what it was before {level.text} is {shown(value)} percent, where {claim.text} is stated."
            told_ = f"{size.text}; {level.text}; stated {claim.text}"
            own = [m for m in (level, size, claim) if m.sentence is sentence]
            yield compared("change", own, told_, message, confidence=Confidence.medium, other=level, claim=claim, given=value)


_OR = re.compile(r"^[^.;:]{0,40}(?:,| \(|-) ?(?:or|that is|i\.e\.)? ?$")
_OTHER = re.compile(r"\b(?:budget|plan|target|planned|expected|forecast|where|while|but|whereas|and (?!a |an )[a-z]+)\b")


def _sized(mention: Occurrence) -> bool:
    """Return whether a number, in digits or a word of a few, is the size of a change."""
    return mention.quantity.anchor > 0 and not mention.quantity.ends and base(mention) not in ("percent", "times") and is_size(mention)


def _is_earlier(size: Occurrence, level: Occurrence, held: list[Occurrence]) -> bool:
    """Return whether words say that a level is that of before, or the size lies between it and another."""
    paired = any(abs(m.quantity.anchor - level.quantity.anchor) == size.quantity.anchor for m in held)
    return paired or bool(_BEFORE.search(f"{ahead(level)[-40:]} {re.split('[,;(]', level.sentence.text[level.end :])[0][:40].lower()}"))


_BEFORE = re.compile(
    r"\b(?:year|month|quarter|week|decade|time|months|years) (?:before|earlier|ago|previously)\b|\b(?:last|previous) (?:year|month|quarter|time)\b|\bhad (?:been|stood)\b|\bpeak(?:ed)?\b|\b(?:in|since) (?:19|20)\d\d\b"
)


def _of_earlier(size: Occurrence, level: Occurrence) -> Interval | None:
    return ratio(as_printed(size).scaled(Fraction(100)), as_printed(level))


def _on_level(size: Occurrence, level: Occurrence, way: str) -> Interval | None:
    """Return how much a size is in percent of what there was before the level to which it led."""
    step = said(size.quantity) if size.quantity.hedge else as_printed(size)
    was = as_printed(level) - step if way == "up" else as_printed(level) + step
    return ratio(step.scaled(Fraction(100)), was)


def _points(claim: Occurrence, points: Fraction, low: Occurrence, high: Occurrence) -> bool:
    """Return whether a percentage is just the points between two that words set against each other."""
    told = " ".join(dict.fromkeys(m.sentence.masked for m in (low, high, claim)))
    against = _AGAINST.search(told) or re.match(r" (?:more|less) likely\b", behind(claim))
    return bool(against) and _just_points(claim, points, low, high)


def _just_points(claim: Occurrence, points: Fraction, low: Occurrence, high: Occurrence) -> bool:
    """Return whether a percentage is just the points between two, which in percent of either are clearly more or less."""
    apart = all(abs(points * 100 / one.quantity.anchor - points) > points * _SIXTH for one in (low, high))
    return apart and claim.quantity.unit == "percent" and claim.quantity.anchor == points


_AGAINST = re.compile(
    r"\b(?:19|20)\d\d\b|\b(?:last|previous|first|second) (?:time|year|quarter|month|survey|wave)\b|\b(?:ago|earlier|now|this time|year before|january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:from|than the|on the|compared (?:with|to)|against|versus|to) (?:just |only |about |the |a low of |a high of )*[\ue000-\uf8ff]"
)


_TWO, _BEGIN = 2, 30
