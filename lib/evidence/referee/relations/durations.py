"""How long lies between two times that one sentence tells, the one length that it tells of them.

A length of so many units is held against the days from the first to the last time, each as far as its words tell it: a day, a month or a year.
A length that is rounded or that counts both ends is at most a unit off.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach
from evidence.referee.relations.subjects import before
from evidence.referee.relations.times import MONTHS, number_of

_M = "|".join(MONTHS)
_TIME = re.compile(
    rf"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<m>{_M})\b(?:,? (?P<y>(?:19|20)\d\d)\b)?"
    rf"|\b(?P<only>\d{{1,2}})(?= (?:to|and|until|till|[-\u2013]) \d{{1,2}} (?P<of>{_M})\b)"
)
_N = r"(?:\d{1,3}|[a-z]+)"
_LENGTH = re.compile(
    rf"(?P<hedge>\b(?:(?:just |a little |slightly )?(?:over|under|more than|less than)|at least|nearly|almost|about|some|roughly|around|barely) )?\b(?P<n>{_N})(?P<half> and a half)?[- ](?P<unit>day|week|month|year)s?\b"
    rf"(?:,? (?:and )?(?P<n2>{_N}) (?P<unit2>day|week|month)s?\b)?"
    r"(?![- ](?:old|olds|ago|notice|each|apiece)\b| (?:a|per|every) (?:day|week|month|year)\b| of (?:age|notice)\b|['\u2019])"
)
_SPAN = r"(?:from |between |\()?\ue000 (?:to|and|until|till|[-\u2013]) \ue000"
_TOLD = r"(?:,| \(|:| \u2013| -)? ?(?:or |that is,? |which is |which was |making |in all |in total |lasting |lasted |for |over |during |took |a |the |total |a total of |period of |some )*"
_BOUND = tuple(
    re.compile(text)
    for text in (
        rf"{_SPAN}{_TOLD}\ue001",
        rf"(?<!\bon )(?<!\bspent )(?<!\bspend )\ue001[^.;:\ue000\ue001]{{0,40}}?,? ?{_SPAN}",
        r"\ue000[^.;\ue001]{0,90}\ue000[^.;\ue000\ue001]{0,70}\ue001 (?:(?:later|afterwards|in all|in total|altogether)\b|after(?=[.,;:)]|$))",
        r"\ue000[^.;\ue000\ue001]{0,70}\ue001 (?:later|afterwards),? (?:on|in|by) \ue000",
        r"\ue000[^.;\ue000\ue001]{0,60}\b(?:after|following) \ue001[^.;\ue000\ue001]{0,40}\b(?:began|begun|started|opened|launched)\b[^.;\ue000\ue001]{0,25}\ue000",
        r"\ue000[^.;\ue000\ue001]{0,12}\ue001 (?:(?:later|earlier) than|after|before)\b(?:(?!,? (?:and|but|while)\b)[^.;\ue000\ue001]){0,60}\ue000",
    )
)
"""How a length, which is the second sign, is bound to two times, which are the first."""
_LATER = tuple(
    re.compile(text)
    for text in (
        r"\ue000[^.;\ue000\ue001]{0,12}\ue001 (?:later|afterwards|after (?:leaving|he|she|it|they|the|that|this|his|her|its|their|we|[a-z]+ing)\b)",
        r"\ue001 (?:later|afterwards),? (?:on|in|by) \ue000",
        r"\ue000,? after \ue001(?=[.,;]|$)",
    )
)
"""How a time is told to be so much later than one told before."""
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "year": 365.25}
_TWO, _FEW, _MANY, _YEAR, _ANY_YEAR = 2, 3, 9, 365.25, 2001
_LEAP = 2
"""How many days fewer months and years of the calendar may have than as many of the mean length."""


@dataclass(frozen=True, slots=True)
class PointInTime:
    """A time that a sentence tells: its first and its last day, its words and where they stand."""

    first: date
    last: date
    words: str
    start: int
    end: int


def durations(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether as long lies between the two times of a sentence as it says, or between its one time and one that its paragraph tells before."""
    text = sentence.text.lower()
    times = times_of(text, _year_before(sentence))
    lengths = [match for match in _LENGTH.finditer(text) if number_of(match["n"]) and match["n"] != "a"]
    free = [one for one in lengths if not any(time.start < one.end() and one.start() < time.end for time in times)]
    if len(free) == 1 and len(times) == _TWO and _is_bound(text, times, free[0], _BOUND):
        yield _held(sentence, [tuple(times), *_over_new_year(*times)], free[0])
    elif len(free) == len(times) == 1 and _is_bound(text, times, free[0], _LATER):
        earlier = [
            time
            for one in before(sentence, _MANY)[1:]
            for time in times_of(one.text.lower(), _year_before(one))
            if time.first < times[0].first
        ]
        if 0 < len(earlier) <= _FEW:
            yield _held(sentence, [(time, times[0]) for time in earlier], free[0])


def times_of(text: str, year: int) -> list[PointInTime]:
    """Return the times of a text; one without a year is of that of the time behind it, else of that before, else of `year`; none where one has none."""
    found = list(_TIME.finditer(text))
    years = [int(match["y"]) if match["y"] else 0 for match in found]
    for at in [*reversed(range(len(found))), *range(len(found))]:
        beside = [years[near] for near in (at + 1, at - 1) if 0 <= near < len(found) and years[near]]
        years[at] = years[at] or (beside[0] if beside else 0)
    told = [_told(match, own or year) for match, own in zip(found, years, strict=True)]
    return [one for one in told if one] if all(told) else []


def _over_new_year(one: PointInTime, two: PointInTime) -> Iterator[tuple[PointInTime, PointInTime]]:
    """Yield two times, the first in the year before, where it names none and would be the later: "from 20 December to 10 January 2024"."""
    if two.first < one.first and not re.search(r"\d{4}$", one.words):
        yield replace(one, first=_year_earlier(one.first), last=_year_earlier(one.last)), two


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, monthrange(day.year - 1, day.month)[1]))


_YEARS = re.compile(rf"\b(?:{_M}) ((?:19|20)\d\d)\b")


def _year_before(sentence: Sentence) -> int:
    """Return the year of the last time with a year that the paragraph tells before a sentence; any where it tells none."""
    told = [year for one in reversed(before(sentence, _MANY)[1:]) for year in _YEARS.findall(one.text.lower())]
    return int(told[-1]) if told else _ANY_YEAR


def _told(match: re.Match[str], year: int) -> PointInTime | None:
    month, day = MONTHS.index(match["m"] or match["of"]) + 1, match["d"] or match["only"]
    if not day and not match["y"]:
        return None
    try:
        first = date(year, month, int(day or 1))
    except ValueError:
        return None
    last = first if day else date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
    return PointInTime(first, last, match[0].strip(), match.start(), match.end())


def _is_bound(text: str, times: list[PointInTime], length: re.Match[str], patterns: tuple[re.Pattern[str], ...]) -> bool:
    spans = [(one.start, one.end, "\ue000") for one in times] + [(length.start(), length.end(), "\ue001")]
    for start, end, sign in sorted(spans, reverse=True):
        text = text[:start] + sign + text[end:]
    return any(one.search(text) for one in patterns)


def _held(sentence: Sentence, pairs: list[tuple[PointInTime, ...]], length: re.Match[str]) -> Compared:
    """Return whether a length is that between the times of one of several pairs; the first of them is told."""
    apart = [_apart(*sorted(pair, key=lambda time: time.first)) for pair in pairs]
    low, high = _admitted(length)
    fits = [at for at, (least, most) in enumerate(apart) if least <= high and low <= most]
    at, unit = fits[0] if fits else 0, _DAYS[length["unit"]]
    (one, two), days = pairs[at], sum(apart[at]) / 2
    message = "" if fits else f"From {one.words} to {two.words} are {days / unit:.3g} {length['unit']}s, not {length[0].strip()}."
    told = f"{one.words} to {two.words}: {days:.0f} days; stated {length[0].strip()}"
    return worded("dates", sentence, length.span(), told, message, Confidence.medium)


def _apart(one: PointInTime, two: PointInTime) -> tuple[int, int]:
    """Return how many days lie between two times at least and at most, both of them counted."""
    return (two.first - one.last).days, (two.last - one.first).days + 1


def _admitted(length: re.Match[str]) -> tuple[float, float]:
    """Return how many days a length may be: a unit of its last part more or less, and not to the side that its hedge denies."""
    number, unit = number_of(length["n"]) or 0, _DAYS[length["unit"]]
    days = (number + (0.5 if length["half"] else 0)) * unit
    if second := number_of(length["n2"]):
        days, unit = days + second * _DAYS[length["unit2"]], _DAYS[length["unit2"]]
    hedge = (length["hedge"] or "").strip()
    above, below = hedge.endswith(("over", "more than", "at least")), hedge.endswith(("under", "less than", "nearly", "almost"))
    rough = unit if length["unit"] != "day" else 1 + days * 0.02
    return days - (_LEAP if above else rough), days + (1 if below else rough)
