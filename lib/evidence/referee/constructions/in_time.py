"""What was done within a limit of so many days, or too late for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.constructions.timeline import DAYS, Lasting, Timeline, timed, timeline
from evidence.referee.mentions import Sentence
from evidence.referee.relations.linking import Linker

_LIMIT = r"(?:time[- ]limit|limit|deadline|period|time allowed|time|target|statutory period|window|term|notice period|cut-off)"
_INSIDE = timed(
    rf"<P>[^;]{{0,80}}?<Q>,? ?(?:and (?:so |thus |therefore )?|which (?:is|was) |that is,? |still |thus |and hence )?(?:was |is )?"
    rf"(?:(?:(?:well |just |comfortably |easily |still |clearly |safely )*(?:inside|within) (?:the|that|this|its|their)(?: [a-z]+)? {_LIMIT})|in (?:good |plenty of )?time\b|on time\b|before the (?:deadline|limit)|with <K> (?:to spare|in hand|left))"
)
_OUTSIDE = timed(
    rf"<P>[^;]{{0,80}}?<Q>,? ?(?:and (?:so |thus |therefore )?|which (?:is|was) |that is,? |thus |and hence )?(?:was |is )?"
    rf"(?:<K> (?:late|too late|over (?:the|that) {_LIMIT}|after (?:the|that) {_LIMIT}|beyond (?:the|that) {_LIMIT}|outside (?:the|that) {_LIMIT}|past (?:the|that) {_LIMIT})|(?:well |just |far )?too late|out of time|(?:well |just |clearly )?(?:outside|after|beyond|past|over) (?:the|that) {_LIMIT})"
)
_ALLOWED = timed(
    r"\b(?:within|inside|no later than|not later than|not more than|limit of|limit is|deadline of|period of|up to|has|have|had|allows?|gives?|given|allowed|after|exceed) <L>"
)
_WORKING = re.compile(r"\b(?:working|business|school|sitting|clear) (?:days?|weeks?|hours?)\b")
_COARSE = 1


def _limits(sentence: Sentence, linker: Linker) -> list[Lasting]:
    """Return how long a sentence, or one of three before it, allows."""
    near = (sentence, *linker.reach.section(sentence)[:_NEAR])
    if any(_WORKING.search(one.text.lower()) for one in near):
        return []
    lines = [timeline(one) for one in near]
    return [length for line in lines for match in _ALLOWED.finditer(line.text) if (length := line.length(match))]


_NEAR = 3


def within_limits(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is said to be in time was done within the one limit that is told, and what is said to be late after it."""
    line = timeline(sentence)
    if len(line.whens) < _TWO:
        return
    for rule in (_INSIDE, _OUTSIDE):
        for match in rule.finditer(line.text):
            yield from _against_limit(sentence, linker, line, match, late=rule is _OUTSIDE)


_TWO = 2


def _against_limit(sentence: Sentence, linker: Linker, line: Timeline, match: re.Match[str], *, late: bool) -> Iterator[Compared]:
    one, two, over = line.named(match, "P"), line.named(match, "Q"), line.length(match, "K")
    limits = [limit for limit in _limits(sentence, linker) if limit is not over]
    if one and two and len({limit.words for limit in limits}) == 1 and max(one.off, two.off) <= _COARSE:
        days, limit = (two.first - one.first).days, limits[0]
        most = limit.number * DAYS[limit.unit]
        wrong = days < most - 1 if late else days > most + 1
        if over and over.number > 1:
            wrong = wrong or abs(abs(days - most) - over.number * DAYS[over.unit]) > max(Fraction(1), DAYS[over.unit] - 1)
        message = f"From {one.words} to {two.words} are {days} days, and the limit is {limit.words}." if wrong or days < 0 else ""
        yield worded(
            "dates",
            sentence,
            (two.start, two.end),
            f"{one.words} to {two.words}: {days} days; limit {limit.words}",
            message,
            Confidence.high,
        )


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (within_limits,)
