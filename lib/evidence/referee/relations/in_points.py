"""Points that are called percent: by how much a share moved, where its two levels stand elsewhere in the report, or in the row of a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, permutations

from evidence.quantity import Quantity
from evidence.referee.comparing import Compared, Confidence, Elsewhere, Operand, compared, show
from evidence.referee.mentions import Occurrence, Sentence, stems
from evidence.referee.relations.ladders import named_in
from evidence.referee.relations.linking import Linker, TableFrame
from evidence.referee.relations.reach import ahead, behind
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.slips import way_of
from evidence.referee.tables import ReportCell

_SHARE = re.compile(
    r"\b(?:rates?|shares?|proportion|percentage|level|turnout|take-up|uptake|occupancy|attendance|satisfaction|punctuality|unemployment|employment|coverage|participation|inactivity|utilisation|capacity|approval|completion|compliance)\b"
)
_FIGURE = re.compile(r"\b(?:it|this|that|figure|balance|which)\b")
_PRICES = re.compile(r"\b(?:prices?|inflation|pay|wages?|costs?|income|spending|turnover|rents?|earnings|fees?|numbers?|count)\b")
_MOST, _NEAR, _SIXTH, _TWO = 24, 3, Fraction(1, 6), 2


def points_as_percent(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield that a change which is told in percent is just the points between two levels of a share, one told with it or both in the row it names."""
    for claim in sentence.mentions:
        if claim.quantity.unit != "percent" or claim.quantity.ends or claim.quantity.hedge or not claim.quantity.anchor > 0:
            continue
        if not (is_size(claim) or _SIDE.match(behind(claim)) or _GAP.search(ahead(claim))) or _explained(claim, linker):
            continue
        found = _told_before(claim, linker) or _told_again(claim, linker) or _of_a_row(claim, linker)
        if found:
            yield found
            return


_SIDE = re.compile(r"^ (?:above|below|behind|short of|ahead of|under|over) (?:the|that|its|what|those|where|target|plan)\b")
_GAP = re.compile(
    r"\b(?:gap|difference|distance|swing|lead|margin|improvement|gain)\b[^.;,]{0,30} (?:of|is|was|to) (?:just |only |about )?$"
)


def _told_before(claim: Occurrence, linker: Linker) -> Compared | None:
    """Return that two levels right beside a change, or the only two of its passage, lie as many points apart."""
    near = linker.reach.near(claim.sentence)[: _NEAR if _GAP.search(ahead(claim)) else 1 if _SIDE.match(behind(claim)) else 0]
    held = [m for one in reversed(near) for m in _percents(one, claim) if not _SMALL.search(ahead(m))]
    held = held if _SIDE.match(behind(claim)) else [m for m in held if m.sentence is not claim.sentence or m.start < claim.start]
    pairs = list(pairwise(held)) if claim.quantity.anchor.denominator > 1 else [tuple(held[-2:])] if len(held) == _TWO else []
    for one, two in pairs:
        if _apart(one.quantity.anchor, two.quantity.anchor, claim) and not _PRICES.search(ahead(claim)[-20:]):
            return _told(claim, one, two, (one, two))
    return None


_SMALL = re.compile(r"\b(?:confidence|significant|level of)\b")


def _percents(sentence: Sentence, claim: Occurrence) -> list[Occurrence]:
    held = [m for m in sentence.mentions if m is not claim and m.quantity.unit == "percent" and not m.quantity.ends]
    return [m for m in held if re.search(r"\d", m.text)]


def _explained(claim: Occurrence, linker: Linker) -> bool:
    """Return whether two numbers of the passage are so many percent apart."""
    numbers = [m.quantity for m in linker.reach.passage(claim.sentence) if m is not claim and m.quantity.anchor > 0][:_MOST]
    return any(_is_change(claim, one, two) for one, two in permutations(numbers, 2))


def _is_change(claim: Occurrence, one: Quantity, two: Quantity) -> bool:
    return (
        one.unit == two.unit
        and one.anchor > 0
        and claim.quantity.interval.contains(abs(two.anchor - one.anchor) * 100 / one.anchor)
        and abs(two.anchor - one.anchor) != claim.quantity.anchor
    )


def _levels(sentence: Sentence, claim: Occurrence) -> list[Occurrence]:
    return [m for m in _percents(sentence, claim) if not is_size(m)]


def _apart(level: Fraction, other: Fraction, claim: Occurrence) -> bool:
    """Return whether two levels are so many points apart as percent are said, and clearly not so many percent."""
    points = abs(level - other)
    return points == claim.quantity.anchor and all(one and abs(points * 100 / one - points) > points * _SIXTH for one in (level, other))


_SET_BESIDE = re.compile(r"\b(?:against|compared|than|level|average|standing|stands|stood)\b|\b(?:from|to) (?:just |only )?[\ue000-\uf8ff]")


def _told_again(claim: Occurrence, linker: Linker) -> Compared | None:
    """Return that the one level of the sentence lies as many points from another that the report tells of the same thing."""
    held = [m for m in _levels(claim.sentence, claim) if m.start < claim.start or _SET_BESIDE.search(claim.sentence.masked)]
    around = f"{ahead(claim)} {behind(claim)}"
    share = _SHARE.search(claim.sentence.masked) or _FIGURE.search(around)
    if not held or not share or _PRICES.search(around):
        return None
    levels = [min(held, key=lambda m: abs(m.start - claim.start))]
    level = levels[0].quantity.anchor
    up = way_of(claim) == "up"
    if way_of(claim) is None:
        return None
    wanted = {
        level - claim.quantity.anchor if up else level + claim.quantity.anchor,
        level + claim.quantity.anchor if up else level - claim.quantity.anchor,
    }
    shares = [cell for cell in linker.reach.cells if cell.quantity.unit == "percent"]
    for cell in [cell for cell in shares if cell.quantity.anchor == level]:
        for beside in [one for one in shares if one.table is cell.table and one.place == cell.place and one.quantity.anchor in wanted]:
            if _apart(level, beside.quantity.anchor, claim):
                return _told(claim, levels[0], beside, beside.own_row)
    words = frozenset(stem for one in linker.reach.near(claim.sentence)[:_NEAR] for stem in one.stems)
    for other in linker.reach.sentences:
        shared = len(words & other.stems)
        if other is claim.sentence or not shared:
            continue
        again = any(m.quantity.anchor == level for m in _levels(other, claim))
        for one in _levels(other, claim):
            near = again or shared > _TWO or (shared == _TWO and claim.quantity.anchor.denominator > 1)
            if near and one.quantity.anchor in wanted and _apart(level, one.quantity.anchor, claim):
                return _told(claim, levels[0], one, one)
    return None


def _of_a_row(claim: Occurrence, linker: Linker) -> Compared | None:
    """Return that the two levels of the one row that the sentence names lie so many points apart, where it tells no level."""
    sentence = claim.sentence
    if _levels(sentence, claim):
        return None
    for frame in (frame for frame in linker.frames if frame.heading == sentence.heading):
        rows: dict[str, list[ReportCell]] = {}
        for cell in frame.cells:
            rows.setdefault(cell.row, []).append(cell)
        named = {label for *_, label in named_in(sentence.text, list(rows))}
        if len(named) != 1:
            continue
        cells = rows[named.pop()]
        percents = [cell for cell in cells if cell.quantity.unit == "percent"]
        moved = [
            (one, two)
            for one, two in permutations(cells, 2)
            if one.column < two.column and (two.quantity.anchor > one.quantity.anchor) is (way_of(claim) == "up")
        ]
        if any(_is_change(claim, one.quantity, two.quantity) for one, two in moved) or not _of_head(percents, sentence, frame):
            continue
        for one, two in permutations(percents, 2):
            if one.column < two.column and _apart(one.quantity.anchor, two.quantity.anchor, claim):
                return _told(claim, one, two, one.own_row)
    return None


def _of_head(percents: list[ReportCell], sentence: Sentence, frame: TableFrame) -> bool:
    """Return whether a sentence has a word of the heads of the percentages of a row."""
    words = frozenset(word for cell in percents for word in stems(cell.head.lower()))
    return bool(words & sentence.stems) or bool(_SHARE.search(sentence.masked))


def _told(claim: Occurrence, one: Operand, two: Operand, other: Elsewhere) -> Compared:
    message = f"{claim.text} is the difference in percentage points between {one.text} and {two.text}."
    told = f"{one.text}; {two.text}: {show(claim.quantity.anchor)} percentage points"
    return compared("points against percent", [claim], told, message, confidence=Confidence.medium, other=other, operands=(one, two))
