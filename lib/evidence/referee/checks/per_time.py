"""Rates over time: so much a day against so much a year, and a total of a stated time against what falls to each day of it.

A year has 365 days or about 250 that are worked, a week seven or five, a month four weeks or a little more: whatever a report may mean by it is
let pass.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evidence.quantity import Interval
from evidence.quantity.words import HOW_OFTEN
from evidence.referee.comparing import Compared, Confidence, alike, compared, power_of_ten, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence

_IN_ONE = {
    ("minute", "hour"): (60, 60),
    ("hour", "day"): (1, 24),
    ("hour", "week"): (8, 168),
    ("day", "week"): (5, 7),
    ("day", "month"): (20, 31),
    ("day", "quarter"): (60, 92),
    ("day", "year"): (220, 366),
    ("week", "month"): (4, 5),
    ("week", "quarter"): (12, 14),
    ("week", "year"): (44, 53),
    ("month", "quarter"): (3, 3),
    ("month", "year"): (12, 12),
    ("quarter", "year"): (4, 4),
}
"""How many of one span of time are in another: fewest, of those that are worked, and most."""
_SPANS = {"minutes": "minute", "hours": "hour", "days": "day", "weeks": "week", "months": "month", "years": "year"}
_SAME = re.compile(
    r"[^.;:]{0,25}?(?:\(|\bor\b|equivalent|equat|i\.e\.|that is|which is|equal|making|amount|works? out|meaning|, )[^.;:\d]{0,25}"
)
_OTHER = re.compile(
    r"\b(?:but|while|whereas|compared|than|against|up|down|from|plus|including|excluding|only|another|for|(?:day|week|month|quarter|year) (?:each|apiece)|peak|busiest|maximum|most|up to|more than|fewer than|less than)\b"
)
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_OVER = re.compile(
    rf"\b(?:in|over|during|throughout|across) (?:the |this |that )?(?:last |past |whole |full |first )?(?P<span>day|week|month|quarter|year)\b(?! (?:to|ending))"
    rf"|\b(?:last|this|that|each|every|a|per) (?P<each>week|month|quarter|year)\b"
    rf"|\bbetween (?P<first>{'|'.join(_MONTHS)}) and (?P<last>{'|'.join(_MONTHS)})\b(?! (?:19|20)\d\d[^.;]*(?:19|20)\d\d)"
    rf"|\bin (?:19|20)\d\d\b(?P<calendar>)"
)
_AVERAGE = re.compile(r"\b(?:or|about|around|roughly|an average of|on average|averag\w+|that is|nearly|almost|some|equivalent|i\.e\.)\b|\(")


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of each rate that a sentence states twice, by different spans of time, or beside its total."""
    rated = [mention for mention in sentence.mentions if _per(mention)]
    for a, b in itertools.pairwise(sentence.mentions):
        between = sentence.text[a.end : b.start].lower()
        if a not in rated and b in rated and (span := _adjective(a)) and _SAME.fullmatch(between) and not _OTHER.search(between):
            yield from _twice(_rated(a, span), b)
        if a in rated and b in rated and _SAME.fullmatch(between) and not _OTHER.search(between):
            yield from _twice(a, b)
    if len(rated) == 1:
        yield from _of_total(sentence, rated[0])


def _per(mention: Occurrence) -> str:
    """Return the span of time of a rate; nothing of other numbers."""
    _, _, span = mention.quantity.unit.rpartition(" per ")
    return span if any(span in spans for spans in _IN_ONE) and not mention.quantity.ends else ""


_ADJECTIVE = re.compile(rf"\b({'|'.join(HOW_OFTEN)}) (?:[a-z-]+ ){{1,3}}(?:is|was|of|at|are|were|stands at|averages) (?:\w+ )?$")


def _adjective(mention: Occurrence) -> str:
    """Return the span of time that the words before a number make it one of: "the weekly bill is £20,000"."""
    found = _ADJECTIVE.search(mention.sentence.text[: mention.start].lower())
    return HOW_OFTEN[found[1]] if found and not mention.quantity.ends else ""


def _rated(mention: Occurrence, span: str) -> Occurrence:
    return replace(mention, quantity=replace(mention.quantity, unit=f"{mention.quantity.unit} per {span}"))


def _what(mention: Occurrence) -> str:
    return mention.quantity.unit.partition(" per ")[0]


def _twice(a: Occurrence, b: Occurrence) -> Iterator[Compared]:
    short, long = (a, b) if (_per(a), _per(b)) in _IN_ONE else (b, a)
    times = _IN_ONE.get((_per(short), _per(long)))
    if times and _what(a) == _what(b) and short.quantity.anchor > 0 and long.quantity.anchor > 0:
        yield _held(short, long, Interval(Fraction(times[0]), Fraction(times[1])), Confidence.high)


def _held(rate: Occurrence, whole: Occurrence, times: Interval, confidence: Confidence) -> Compared:
    """Return whether a total is so many times what falls to each span of time."""
    found = _spread(rate) * times
    message = ""
    if not _spread(whole).meets(found) and not _compounds(rate, whole, times):
        middle = (found.low + found.high) / 2
        message = f"{rate.text} is {shown(found)} {f'a {_per(whole)}' if _per(whole) else 'in all'}, not {whole.text}."
        message += power_of_ten(whole.quantity.anchor, middle)
    reckoning = f"{rate.text} × {shown(times)} = {shown(found)}; stated {whole.text}"
    return compared(
        "rate over time", sorted((rate, whole), key=lambda one: one.start), reckoning, message, confidence=confidence, contested=whole
    )


def _compounds(rate: Occurrence, whole: Occurrence, times: Interval) -> bool:
    """Return whether a percentage makes another in so many spans of time, each on what the one before left."""
    if not rate.quantity.unit.startswith("percent") or times.high > _SPANS_MOST:
        return False
    low, high = ((1 + end / 100) ** round(times.low) for end in (rate.quantity.interval.low, rate.quantity.interval.high))
    return Interval((low - 1) * 100, (high - 1) * 100).meets(whole.quantity.interval)


_SPANS_MOST = 100


def _spread(mention: Occurrence) -> Interval:
    """Return what a number may be: as printed, or two percent of itself to either side, for such numbers are rounded twice."""
    printed, told = admitted(mention.quantity), alike([mention.quantity])[0]
    slack = abs(mention.quantity.anchor) / 50
    low, high = min(printed.low, told.low, mention.quantity.anchor - slack), max(printed.high, told.high, mention.quantity.anchor + slack)
    return Interval(max(low, Fraction(0)), high)


def _of_total(sentence: Sentence, rate: Occurrence) -> Iterator[Compared]:
    """Yield whether the one total before a rate is the rate times the one span of time that the sentence names."""
    after = bool(_AMOUNTS.match(sentence.text[rate.end :].lower()))
    before = [mention for mention in sentence.mentions if after or mention.end <= rate.start]
    if rate.quantity.anchor <= 0:
        return
    totals = [m for m in before if m.quantity.unit == _what(rate) and not m.quantity.ends and m.quantity.anchor > rate.quantity.anchor]
    others = [m for m in sentence.mentions if m not in totals and m is not rate]
    if len(totals) != 1:
        return
    between = sentence.text[min(totals[0].end, rate.end) : max(totals[0].start, rate.start)].lower()
    if between.count(",") > _COMMAS:
        return
    times = _times(sentence, rate, others)
    around = f"{between}{sentence.text[rate.start : rate.end + _BEHIND].lower()}"
    told = re.fullmatch(r"[^.;]*\b(?:year|month|week),? (?:or |about )?", between)
    if times and (after or told or _AVERAGE.search(around)) and not _OTHER.search(around):
        yield _held(rate, totals[0], times, Confidence.medium)


_AMOUNTS = re.compile(r"[^.;]{0,20}\b(?:amount|add up|com|total|equal|sum)\w*(?: to)?\b")
_COMMAS, _BEHIND = 2, 12


def _times(sentence: Sentence, rate: Occurrence, others: list[Occurrence]) -> Interval | None:
    """Return how many spans of time a sentence speaks of: those of the one time that it names; None where it names none, or several."""
    span = _per(rate)
    named = [match for match in _OVER.finditer(sentence.text.lower()) if not match.start() < rate.end or not rate.start < match.end()]
    lasting = [m for m in others if m.quantity.unit in _SPANS]
    if len(lasting or named) != 1 or others != lasting:
        return None
    if lasting:
        return _scaled(_SPANS[lasting[0].quantity.unit], span, lasting[0].quantity.anchor)
    found = named[0]
    if found["first"]:
        months = (_MONTHS.index(found["last"]) - _MONTHS.index(found["first"])) % 12
        once, again = _scaled("month", span, Fraction(max(months, 1))), _scaled("month", span, Fraction(months + 1))
        return Interval(once.low, again.high) if once and again else None
    return _scaled(found["span"] or found["each"] or "year", span, Fraction(1))


def _scaled(whole: str, part: str, number: Fraction) -> Interval | None:
    if whole == part:
        return Interval(number, number)
    times = _IN_ONE.get((part, whole))
    return Interval(times[0] * number, times[1] * number) if times else None
