"""Days in order beyond one paragraph: the stages of what sentences of a section name alike, days of a list, and a time so long after what was told of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach, words_of
from evidence.referee.relations.stages import COURSES, Dated, course_stage, dated_times
from evidence.referee.relations.times import MONTHS, number_of

_BACK, _TOO_FAR = 6, 800
_SUBJECT = re.compile(
    r"(?:^|[,;] |\band )(?:the|this|that|our|its) (?:[a-z-]+ ){0,2}?(?P<noun>[a-z]{4,})(?: itself)? (?:was |were |had been )?$"
)
_OTHERS = re.compile(r"\b(?:second|third|first|another|new|next|last|earlier|previous|each|every|further|follow-up)\b")


def stages_apart(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what a sentence says was closed, or adopted, on a day was opened, or drafted, before, in a sentence of its section that names it."""
    for two in dated_times(sentence):
        for course in COURSES:
            last = course_stage(two, course)
            noun = _noun(two, course.stages[last]) if last else ""
            if last is None or not noun or _OTHERS.search(two.ahead):
                continue
            for one in _earlier(sentence, noun, reach):
                first = course_stage(one, course)
                if first is None or first >= last or one.open or two.open or _OTHERS.search(one.ahead):
                    continue
                gone = (one.over - two.last).days
                if gone < _TOO_FAR:
                    message = f"{two.words} is before {one.words}, the day of what came first." if gone > 0 else ""
                    told = f"{one.words}, then {two.words}"
                    yield worded("dates", sentence, two.span, told, message, Confidence.medium, one.sentence)
                return


def _noun(told: Dated, stage: str) -> str:
    """Return the noun that is the subject of the words of a stage, or nothing."""
    match = re.search(rf"\b(?:{stage})\b[^;:,]*$", told.ahead)
    subject = _SUBJECT.search(told.ahead[: match.start()]) if match else None
    return subject["noun"] if subject else ""


def _earlier(sentence: Sentence, noun: str, reach: Reach) -> list[Dated]:
    """Return the times of the nearest sentence before one in its section that names a thing and tells a time."""
    for one in reach.section(sentence)[:_BACK]:
        if set(words_of(noun)) & set(words_of(one.text)) and (times := dated_times(one)):
            return times if len(times) == 1 else []
    return []


_DAYS = re.compile(
    rf"\bon (?P<days>\d{{1,2}}(?: (?:{'|'.join(MONTHS)}))?(?:(?:,| and|, and) \d{{1,2}}(?: (?:{'|'.join(MONTHS)}))?){{3,}})(?! \d)",
    re.IGNORECASE,
)
_ONE_DAY = re.compile(rf"(?P<d>\d{{1,2}})(?: (?P<m>{'|'.join(MONTHS)}))?", re.IGNORECASE)
_ANY_YEAR = 2000


def listed_days(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether four and more days that a sentence lists follow each other, but for the turn of a year."""
    for match in _DAYS.finditer(sentence.text):
        told, month = list[date](), ""
        for day in reversed(list(_ONE_DAY.finditer(match["days"]))):
            month = day["m"] or month
            if month:
                try:
                    told.insert(0, date(_ANY_YEAR, MONTHS.index(month.lower()) + 1, int(day["d"])))
                except ValueError:
                    return
        back = [(one, two) for one, two in pairwise(told) if two < one]
        if len(back) > 1 or (back and told[-1] < told[0]):
            return
        words = [f"{day.day} {MONTHS[day.month - 1].capitalize()}" for day in (back[0] if back else ())]
        message = f"{words[1]} stands behind {words[0]} in a list of days that are told in order." if back else ""
        yield worded("dates", sentence, match.span("days"), match["days"], message, Confidence.medium)


_SINCE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}}) )?(?P<m>{'|'.join(MONTHS)}) (?P<y>(?:19|20)\d\d),? (?:just |only |about |some )?(?P<n>[a-z]+|\d{{1,2}}) (?P<unit>days|weeks|months|years) (?P<way>after|before) (?:that|the|this) (?:[a-z-]+ )?(?P<noun>[a-z]{{4,}})\b(?! (?:of|in|on) \d| of [a-z]+ (?:19|20))",
    re.IGNORECASE,
)
_LENGTHS = {"days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25}


def so_long_after_it(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a day is so long after what the sentence before dates: "The review of May 2021 …", "in August 2021, three months after that review"."""
    match = _SINCE.search(sentence.text)
    number = number_of(match["n"].lower()) if match else None
    before = sentence.before
    if not match or not number or not before:
        return
    noun, unit = match["noun"].lower(), match["unit"].lower()
    found = re.search(
        rf"\b{noun} (?:(?:was|took place|began|came|of|held|met|ended|happened|opened|closed) )?(?:in|on|of)? ?(?:(?P<d>\d{{1,2}}) )?(?P<m>{'|'.join(MONTHS)}) (?P<y>(?:19|20)\d\d)\b",
        before.text.lower(),
    )
    if found:
        two, one = (date(int(day["y"]), MONTHS.index(day["m"].lower()) + 1, min(int(day["d"] or 15), 28)) for day in (match, found))
        apart = (two - one).days * (1 if match["way"].lower() == "after" else -1)
        rough = 4 if match["d"] and found["d"] else 31
        fits = abs(apart - number * _LENGTHS[unit]) <= rough + _LENGTHS[unit] / 2
        message = "" if fits else f"It is {apart / _LENGTHS[unit]:.3g} {unit} from one to the other, not {match['n']}."
        told = f"{one:%B %Y} to {two:%B %Y}; stated {match['n']} {unit}"
        yield worded("dates", sentence, match.span(), told, message, Confidence.medium, before)
