"""Points between two shares: how far a share moved, or how far two lie apart, where words point back to the levels that the passage tells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import permutations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, How, compared, show, shown
from evidence.referee.constructions.gap_words import LITTLE, MORE, NAMED, SIZE_NOUN, SIZE_VERB
from evidence.referee.constructions.point_claims import POINTS, PointClaim
from evidence.referee.constructions.share_levels import Level, gaps
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, behind
from evidence.referee.relations.settling import said

_ELLIPSIS = re.compile(r"(?:[.,;)]|$| (?:in|for) (?:the )?(?:one|other|former|latter|first|second)\b)")


def points_between(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether so many points lie between two of the levels to which the words of a number of points go back."""
    for claim in sentence.mentions:
        if not _is_points(claim):
            continue
        told = PointClaim(claim, linker)
        if len(told.levels) > 1 and told.ways and told.bound:
            yield from _held(told)


def _is_points(mention: Occurrence) -> bool:
    """Return whether a number is one of points, also where it leaves the word out because one before it has it."""
    quantity = mention.quantity
    if quantity.ends or not 0 < quantity.anchor < _HUNDRED or quantity.unit not in ("percentage points", "count"):
        return False
    if quantity.unit == "percentage points" or POINTS.match(behind(mention)):
        return True
    before = any(one.quantity.unit == "percentage points" for one in mention.sentence.mentions[: mention.index])
    return before and bool(_ELLIPSIS.match(behind(mention)) and _LEFT_OUT.search(ahead(mention)))


_LEFT_OUT = re.compile(rf"\b(?:{SIZE_NOUN}|and) (?:of|by) $|\b{SIZE_VERB} (?:by )?$|\bthat of [a-z ]+ $")
_HUNDRED = 100


def points_as_percents(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield that what is called percent is just the points between two levels to which its words go back."""
    for claim in sentence.mentions if len(sentence.mentions) < _MANY else []:
        if claim.quantity.unit != "percent" or claim.quantity.ends or claim.quantity.hedge or not _is_told_as_size(claim):
            continue
        told = PointClaim(claim, linker)
        two = next(((one, other) for one, other, _ in gaps(told.before_it) if _only_points(claim.quantity.anchor, one, other)), None)
        if two and told.bound and not _of_counts(claim, told.near):
            message = f"{claim.text} is the difference in percentage points between {two[0].text} and {two[1].text}."
            numbers = [one.number for one in two]
            yield compared(
                "points against percent",
                [claim],
                f"{two[0].text}; {two[1].text}: {show(claim.quantity.anchor)} percentage points",
                message,
                confidence=Confidence.medium,
                other=[one for one in numbers if not isinstance(one, Occurrence) or one.sentence is not sentence],
                operands=numbers,
            )


_MANY = 30
_SIZED = re.compile(rf"\b{SIZE_NOUN}\b[^;:.]{{0,40}}?(?:,| of| is| was| at| by)? {LITTLE}$|\b{SIZE_VERB}(?: [a-z]+ly)? (?:by )?{LITTLE}$")


_MORE_THAN = re.compile(rf"(?! (?:more|fewer|less) (?!than\b))(?:{MORE.pattern})")


def _is_told_as_size(claim: Occurrence) -> bool:
    return bool(_SIZED.search(ahead(claim)) or NAMED.match(behind(claim)) or _MORE_THAN.match(behind(claim)))


def _only_points(stated: Fraction, one: Level, other: Level) -> bool:
    """Return whether two levels lie so many points apart, and clearly not as many percent of either."""
    levels = [level.number.quantity.anchor for level in (one, other)]
    points = abs(levels[0] - levels[1])
    return points == stated and all(level and abs(points * 100 / level - points) > points / 6 for level in levels)


def _of_counts(claim: Occurrence, near: list[Sentence]) -> bool:
    """Return whether two other numbers of one unit around it are as many percent apart."""
    held = [m.quantity for one in near for m in one.mentions if m is not claim and not m.quantity.ends and m.quantity.anchor > 0]
    return any(
        one.unit == two.unit and claim.quantity.interval.contains(abs(two.anchor - one.anchor) * 100 / one.anchor)
        for one, two in permutations(held, 2)
    )


def _held(told: PointClaim) -> Iterator[Compared]:
    claim, stated = told.claim, said(told.claim.quantity)
    stated = Interval(stated.low, stated.high)
    fitting = next(((words, span) for words, span in told.ways if span.meets(stated)), None)
    if not fitting and any(span.meets(stated) for span in told.wide):
        return
    words, span = fitting or min(told.ways, key=lambda way: abs((way[1].low + way[1].high) / 2 - claim.quantity.anchor))
    message = "" if fitting else f"{words.capitalize()} lie {shown(span)} points, not {claim.text}."
    numbers = [one.number for one in told.levels]
    yield compared(
        "change",
        [claim],
        f"{words}: {shown(span)}; stated {claim.text}",
        message,
        confidence=Confidence.medium,
        other=[one for one in numbers if not isinstance(one, Occurrence) or one.sentence is not claim.sentence],
        operands=numbers,
        how=How.difference,
        claim=claim,
        given=span,
    )


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (points_between, points_as_percents)
