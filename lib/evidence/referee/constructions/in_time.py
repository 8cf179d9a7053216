"""Events in the order of their verbs, and what was done within a limit of so many days, or too late for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.constructions.timeline import Lasting, Timeline, When, lasts, timed, timeline
from evidence.referee.mentions import Sentence
from evidence.referee.relations.linking import Linker

_STAGES = (
    r"born|conceived",
    r"announced|proposed|drafted|requested|applied for|advertised|promised|reported|lodged|submitted|received|filed|arrested|diagnosed|invited|planned|tendered|discovered|detected|conceived|found",
    r"ordered|charged|referred|admitted|hired|appointed|elected|commissioned|interviewed|investigated|shortlisted|treated|named|called",
    r"approved|adopted|agreed|passed|signed|granted|awarded|enacted|ratified|accepted|licensed",
    r"began|begun|started|opened|launched|founded|set up|introduced|came into (?:force|effect|use|service|operation)|took (?:effect|office)|installed|inaugurated|built|established|created|went live|first (?:used|run)|joined",
    r"ended|finished|completed|closed|shut|expired|abolished|withdrawn|scrapped|demolished|died|decided|concluded|ran out|repealed|dismissed|acquitted|convicted|sentenced|discharged|released|resigned|retired|left|sold|merged|wound up|dissolved|decommissioned|discontinued|dropped|came to an end|paid off|repaid|answered|settled|lapsed|stopped|ceased|terminated|evaluated",
    r"reopened|rebuilt|restored|reinstated|resumed|replaced|revived|re-?elected|reintroduced",
)
"""What comes about one after the other, by its verbs."""
_AUXILIARY = r"(?:then |was |were |finally |eventually |again |only |duly )*"
_STORY = tuple(
    timed(
        rf"\b(?:{first})\b(?! (?:by|for) [a-z]+ (?:in|on) #)(?P<of>[^;#.]{{0,60}}?)(?<!than )<P>,? (?:and |but |then )?{_AUXILIARY}(?:{'|'.join(_STAGES[at + 1 :])})\b(?P<to>[^;#.]{{0,40}}?)<Q>"
    )
    for at, first in enumerate(_STAGES[:-1])
)
_FREE = re.compile(r"\b(?:since|until|before|after|previously|originally|under|from the|of the|first|version|earlier|act|law|plan|by)\b")


def in_order(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what a sentence says of one thing, verb after verb, came about in that order: "opened in 1990 and was closed in 2004"."""
    line = timeline(sentence)
    for rule in _STORY if len(line.whens) > 1 else ():
        for match in rule.finditer(line.text):
            one, two = line.named(match, "P"), line.named(match, "Q")
            if one and two and not (one.bare or two.bare or _FREE.search(match["of"]) or _FREE.search(match["to"])):
                message = f"{two.words} is before {one.words}, when what came first is told of." if two.last < one.first else ""
                yield worded("dates", sentence, (two.start, two.end), f"{one.words}, then {two.words}", message, Confidence.high)


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
        most = limit.number * (limit.high - limit.low > 0 and _days_of(limit))
        wrong = days < most - 1 if late else days > most + 1
        if over and over.number > 1:
            wrong = wrong or abs(abs(days - most) - over.number * _days_of(over)) > max(1, _days_of(over) - 1)
        message = f"From {one.words} to {two.words} are {days} days, and the limit is {limit.words}." if wrong or days < 0 else ""
        yield worded(
            "dates",
            sentence,
            (two.start, two.end),
            f"{one.words} to {two.words}: {days} days; limit {limit.words}",
            message,
            Confidence.high,
        )


def _days_of(length: Lasting) -> float:
    return {"day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 30.5, "year": 365.25}.get(length.unit, 3652.5)


_RAN_OUT = timed(
    rf"<P>[^;]{{0,90}}?\b(?:that |the |this |its |their )?{_LIMIT} (?:ran out|expired|ended|lapsed|closed|passed|was up|was reached|came to an end|had run out|runs out|expires) (?:in|on|at the end of)? ?<Q>"
)


def run_out(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the one limit that is told ran out so long after what it began with as it says."""
    line = timeline(sentence)
    for match in _RAN_OUT.finditer(line.text) if len(line.whens) > 1 else ():
        one, two = line.named(match, "P"), line.named(match, "Q")
        limits = _limits(sentence, linker)
        if one and two and len({limit.words for limit in limits}) == 1:
            yield _ran_out(sentence, one, two, limits[0])


def _ran_out(sentence: Sentence, one: When, two: When, limit: Lasting) -> Compared:
    fits = lasts(one, two, limit)
    message = "" if fits else f"From {one.words} to {two.words} it is not {limit.words}, the limit."
    return worded("dates", sentence, (two.start, two.end), f"{one.words} to {two.words}; limit {limit.words}", message, Confidence.high)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (in_order, within_limits, run_out)
