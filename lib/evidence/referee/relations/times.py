"""Times: how long something lasts against when it begins and ends, and how much later something is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach

_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
} | {"a": 1, "thirty": 30, "forty": 40, "fifty": 50, "decade": 10}
_N = r"(?P<n>\d{1,3}|[a-z]+)"
_YEAR = r"(?:19|20)\d\d"
_SPAN = re.compile(
    rf"(?<![\d.,])\b{_N}[- ]year\b(?![- ]olds?\b)[^.;]{{0,80}}?\b(?:from|between|runs?|ran|began|begins|beginning|starting|started|of|covers|covering|for)\b[^.;\d]{{0,25}}(?P<a>{_YEAR})(?P<a2>[/\u2013-]\d\d(?:\d\d)?)?"
    rf"[^.;\d]{{0,30}}?(?:to|until|till|and|through|[-\u2013]|ends? in|ended in|finish\w* in)[^.;\d]{{0,12}}(?P<b>{_YEAR})(?P<b2>[/\u2013-]\d\d(?:\d\d)?)?"
)
_LATER = re.compile(
    rf"\b{_N} years? (?:later|on|afterwards),? (?:in )?(?:[a-z]+ )?(?P<b>{_YEAR})\b|\b(?P<b_>{_YEAR}),? {_N.replace('n>', 'n_>')} years? (?:later|after|on)\b"
)
_MARKS = re.compile(
    rf"\b(?P<b>{_YEAR})\b[^.;\d]{{0,60}}?(?P<n>\d{{1,3}})(?:st|nd|rd|th) (?:anniversary|birthday)|(?P<n_>\d{{1,3}})(?:st|nd|rd|th) (?:anniversary|birthday)[^.;\d]{{0,30}}(?P<b_>{_YEAR})"
)
_BEGAN = re.compile(
    r"\b(?:opened|founded|set up|established|began|begun|started|launched|created|built|formed|signed|introduced|opening|since)\b[^.;\d]{0,30}(?P<y>(?:1[5-9]|20)\d\d)"
)
MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "winter": 12}
_POINT = rf"(?:(?P<{{0}}d>\d{{{{1,2}}}}) )?(?P<{{0}}m>{'|'.join([*MONTHS, *_SEASONS])}) (?P<{{0}}y>{_YEAR})"
_LASTS = re.compile(
    _POINT.format("a")
    + rf"\b(?:(?!{_YEAR})[^.;]){{0,60}}?\b(?:for|lasting|of|after|over) {_N}[- ](?P<unit>weeks?|months?)\b[^.;]{{0,40}}?\b(?:until|to|ending|ends|closing|finish\w*)[^.;\d]{{0,12}}"
    + _POINT.format("b")
)
_AFTER = re.compile(
    _POINT.format("b")
    + rf"\b[^.;\d]{{0,12}}{_N} (?P<unit>weeks?|months?|years?) (?:after|later than)\b[^.;\d]{{0,50}}"
    + _POINT.format("a")
)
_FIRST = re.compile(
    rf"\b{_N}[- ](?P<unit>weeks?|months?)\b[^.;\d]{{0,50}}?\b(?:began|begun|started|starting|beginning|launched|opened|from)\b[^.;\d]{{0,12}}"
    + _POINT.format("a")
    + r"\b[^.;\d]{0,40}?\b(?:until|to|ending|ends?|ended|closing|closes?|finish\w*)[^.;\d]{0,12}"
    + _POINT.format("b")
)
_AGO = 45


_WITHIN = re.compile(
    rf"\b{_N} years?(?:,? (?:by|until|till|to|ending|ends|that is,? in|from now,? in)|, in)(?: the)?(?: end of| start of| beginning of| middle of| autumn of| spring of| late| early)? (?P<b>{_YEAR})\b"
)
_ENDING = re.compile(
    rf"(?P<a>{_YEAR})(?P<a2>[/\u2013-]\d\d)?\b[^.;\d]{{0,40}}\b{_N} years?\b[^.;\d]{{0,40}}\b(?:end|ends|ended|until|finish\w*|expires?|close|closes|closed|runs? out|due)\b[^.;\d]{{0,12}}(?P<b>{_YEAR})(?P<b2>[/\u2013-]\d\d)?"
)
_FOR = re.compile(rf"\b(?:for|over|nearly|almost|more than|some|about|of) {_N} years\b")
_DAYS = re.compile(
    rf"\b(?:(?:for|of|lasted|lasting|over|ran|running|took) )?{_N}[- ](?P<unit>weeks?|days?|months?)\b[^.;\d]{{0,40}}?\b(?:from|between) (?P<ad>\d{{1,2}}) (?P<am>{'|'.join(MONTHS)})(?: (?P<ay>{_YEAR}))?"
    rf" (?:to|until|and|till|[-\u2013]) (?P<bd>\d{{1,2}}) (?P<bm>{'|'.join(MONTHS)})(?: (?P<by>{_YEAR}))?"
)
_RANGE = re.compile(
    rf"\b(?P<ad>\d{{1,2}})(?: (?P<am>{'|'.join(MONTHS)}))?(?: (?P<ay>{_YEAR}))? (?:to|until|and|till|[-\u2013]) (?P<bd>\d{{1,2}}) (?P<bm>{'|'.join(MONTHS)})(?: (?P<by>{_YEAR}))?\b"
)
_LENGTH = re.compile(
    rf"(?:\b(?:period of|for|lasted|lasting|over|took|ran for|in all)|[,(]) (?:just |only |a (?:total|period) of |a |the )?{_N}[- ](?P<unit>weeks?|days?)\b(?! (?:later|after|before|notice|earlier|ago))"
)
_SPAN_OF_MONTHS = re.compile(
    rf"\b{_N}[- ](?P<unit>year|month) (?:plan|programme|scheme|contract|strategy|project|agreement|grant|trial|pilot|period|lease|campaign|review|deal)\b[^.;]{{0,60}}?\b"
    + _POINT.format("a")
    + r"\b[^.;\d]{0,60}?\b(?:to|until|end|ends|ended|ending|closes?|closed|finish\w*|expires?|due)\b[^.;\d]{0,25}"
    + _POINT.format("b")
)
_PER = {"day": 1, "week": 7, "month": 30}


def check_times(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield what comes of the times that a sentence, or it and those before it, tell."""
    yield from _programmes(sentence)
    yield from _within(sentence, reach)
    yield from _in_years_time(sentence, reach)
    yield from _marked_ago(sentence, reach)
    yield from _so_long_ago(sentence, reach)
    yield from _ages(sentence, reach)
    yield from _days(sentence)
    yield from _ranges(sentence)
    yield from _months(sentence)
    yield from _later(sentence)
    yield from _lasting(sentence)


def number_of(word: str | None) -> int | None:
    """Return a number in digits or a word; None for another word."""
    return int(word) if word and word.isdigit() else _WORDS.get(word or "")


def _programmes(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a programme of so many years fits between its two years."""
    text = sentence.text.lower()
    for match in [*_SPAN.finditer(text), *_ENDING.finditer(text)]:
        years = number_of(match["n"])
        if not years or years > _AGO or match["n"] == "a":
            continue
        gap = int(match["b"]) - int(match["a"])
        fits = {gap, gap + 1, gap - 1} if not (match["a2"] or match["b2"]) else {gap + 1, gap}
        message = "" if years in fits else f"From {match['a']} to {match['b']} is {gap} or {gap + 1} years, not {match['n']}."
        yield _told(sentence, match, f"{match['b']} - {match['a']} = {gap}; stated {match['n']} years", message)


def _within(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so many years end in the year that is told: from another year of the sentence, of the one before, or that of the report."""
    text = sentence.text.lower()
    for match in _WITHIN.finditer(text):
        years, end = number_of(match["n"]), int(match["b"])
        own, before = (
            [int(year) for year in re.findall(_YEAR, one.text) if int(year) < end] if one else [] for one in (sentence, sentence.before)
        )
        starts = own or [*before, *reach.years]
        if not years or not starts or match["n"] == "a":
            continue
        fits = any(abs(end - start - years) <= 1 for start in starts)
        message = "" if fits else f"{end} is not {match['n']} years after {', '.join(map(str, dict.fromkeys(starts)))}."
        told = _told(sentence, match, f"{end} - {years} = {end - years}; told are {', '.join(map(str, dict.fromkeys(starts)))}", message)
        yield told if own else replace(told, confidence=Confidence.question)


_IN_TIME = re.compile(
    rf"\b(?:by|in) (?P<b>{_YEAR}),? (?:that is,? |or |which is )?(?:in )?{_N} years['\u2019]? (?:time|from now|away|hence)\b"
    rf"|\bin {_N.replace('n>', 'n_>')} years['\u2019]? time,? (?:that is,? )?(?:by|in) (?P<b_>{_YEAR})\b"
)


def _in_years_time(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a year is so many years after that of the report: "by 2040, in ten years' time"."""
    for match in _IN_TIME.finditer(sentence.text.lower()):
        years, end = number_of(match["n"] or match["n_"]), int(match["b"] or match["b_"])
        if years and reach.years:
            fits = any(abs(end - start - years) <= 1 for start in reach.years)
            message = "" if fits else f"{end} is not {years} years after {', '.join(map(str, reach.years))}."
            yield _told(sentence, match, f"{end} - {years} = {end - years}; the report is of {', '.join(map(str, reach.years))}", message)


_ORDINALS = {"fifth": 5, "tenth": 10, "fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100}
_ORDINALS |= {f"{number}th": number for number in range(5, 151, 5)}
_MARKED_AGO = re.compile(
    rf"\b(?P<y>{_YEAR})\b[^.;\d]{{0,60}}\b(?P<nth>{'|'.join(_ORDINALS)}) (?:anniversary|birthday)\b[^.;\d]{{0,15}} {_N} years? ago\b"
)


_SO_LONG_AGO = re.compile(rf"\bin (?P<y>{_YEAR}),? (?:that is,? |or |some |about )?{_N} years ago\b")


def _so_long_ago(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a year is so many years before the report: "built in 1990, twenty years ago"."""
    for match in _SO_LONG_AGO.finditer(sentence.text.lower()):
        ago = number_of(match["n"])
        if ago and reach.years:
            fits = any(abs(year - int(match["y"]) - ago) <= 1 for year in reach.years)
            message = "" if fits else f"{match['y']} is not {ago} years before {', '.join(map(str, reach.years))}."
            yield _told(sentence, match, f"{match['y']} + {ago} = {int(match['y']) + ago}; the report is of {reach.years[-1]}", message)


def _marked_ago(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether an anniversary was so many years before the report: "opened in 2010, had its tenth anniversary two years ago"."""
    for match in _MARKED_AGO.finditer(sentence.text.lower()):
        ago, marked = number_of(match["n"]), int(match["y"]) + _ORDINALS[match["nth"]]
        if ago and reach.years:
            fits = any(start - marked == ago for start in reach.years)
            message = (
                "" if fits else f"{match['y']} + {_ORDINALS[match['nth']]} = {marked}, which is not {ago} years before {reach.years[-1]}."
            )
            yield _told(sentence, match, f"{marked} + {ago} = {marked + ago}; the report is of {reach.years[-1]}", message)


def _ages(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what began in a year has lasted longer than the report can know."""
    text = sentence.text.lower()
    began = _BEGAN.search(text)
    lasted = [*_FOR.finditer(text), *_HUNDREDS.finditer(text)]
    if not began or not lasted or re.search(r"\b(?:will|until|by|lease|licen[cs]e|contract)\b", text):
        return
    latest = max((int(year) for one in reach.sentences if one is not sentence for year in one.years if year.isdigit()), default=0)
    if not latest:
        return
    match = lasted[0]
    years = number_of(match["n"])
    years = years * 100 if years and match.re is _HUNDREDS else years
    if years and began["y"] not in match[0]:
        until = int(began["y"]) + years
        message = (
            f"{began['y']} and {match[0]} make {until}, which the report, that names no year after {latest}, cannot know."
            if until > max([latest, *map(int, re.findall(_YEAR, text))]) + 1
            else ""
        )
        yield _told(sentence, match, f"{began['y']} + {years} = {until}", message)


_HUNDREDS = re.compile(rf"\b{_N} (?:hundred years|centuries)\b")


def _days(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether so many weeks lie between two days."""
    for match in _DAYS.finditer(sentence.text.lower()):
        number = number_of(match["n"])
        year = int(match["by"] or match["ay"] or 2001)
        try:
            first = date(int(match["ay"] or year), MONTHS.index(match["am"]) + 1, int(match["ad"]))
            last = date(year, MONTHS.index(match["bm"]) + 1, int(match["bd"]))
        except ValueError:
            continue
        if number and not sentence.text[: match.start()].lower().endswith(" on "):
            length, unit = (last - first).days, match["unit"].rstrip("s")
            wrong = abs(length - number * _PER[unit]) > max(_PER[unit] * 0.7, 1, number * (unit == "month"))
            message = f"{length} days lie between them, not {match['n']} {match['unit']}." if wrong else ""
            yield _told(
                sentence,
                match,
                f"{match['ad']} {match['am']} to {match['bd']} {match['bm']}: {length} days; stated {match['n']} {match['unit']}",
                message,
            )


def _ranges(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether the one length that a sentence tells is that between its two days, wherever both stand: "between 6 and 26 May, a period of three weeks"."""
    text = sentence.text.lower()
    days, lengths = list(_RANGE.finditer(text)), list(_LENGTH.finditer(text))
    number = number_of(lengths[0]["n"]) if len(days) == len(lengths) == 1 else None
    if not number or _DAYS.search(text) or _AGAIN.search(text[: lengths[0].start("n")]):
        return
    match, told = days[0], lengths[0]
    year = int(match["by"] or match["ay"] or 2001)
    try:
        last = date(year, MONTHS.index(match["bm"]) + 1, int(match["bd"]))
        first = date(int(match["ay"] or year), MONTHS.index(match["am"] or match["bm"]) + 1, int(match["ad"]))
    except ValueError:
        return
    length, unit = (last - first).days, told["unit"].rstrip("s")
    wrong = length > 0 and abs(length - number * _PER[unit]) > max(_PER[unit] * 0.7, 1)
    message = f"{length} days lie between them, not {told['n']} {told['unit']}." if wrong else ""
    yield _told(sentence, told, f"{match[0]}: {length} days; stated {told['n']} {told['unit']}", message)


_AGAIN = re.compile(r"\b(?:again|another|a further|then|afterwards|later|also) (?:for )?(?:about |some )?$")
"""What stands before a length of time that comes after another."""


def _months(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a plan of so many years or months lasts from the one month to the other."""
    for match in _SPAN_OF_MONTHS.finditer(sentence.text.lower()):
        number = number_of(match["n"])
        months = 12 * (int(match["by"]) - int(match["ay"])) + _month(match["bm"]) - _month(match["am"])
        if number:
            wanted = number * (12 if match["unit"] == "year" else 1)
            season = 3 if {match["am"], match["bm"]} & set(_SEASONS) else 0
            message = (
                ""
                if abs(months - wanted) <= _TOLERATED + season
                else f"{months} months lie between them, not {match['n']} {match['unit']}s."
            )
            yield _told(sentence, match, f"{months} months; stated {match['n']} {match['unit']}s", message)


_TOLERATED = 2


def _later(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a year is so many years after one that the sentence, or one before it, tells; so with anniversaries."""
    text = sentence.text.lower()
    for match in [*_LATER.finditer(text), *_MARKS.finditer(text)]:
        years, end = number_of(match["n"] or match["n_"]), match["b"] or match["b_"]
        told = [*re.findall(_YEAR, text[: match.start()]), *re.findall(_YEAR, text[match.end() :])]
        back = sentence.before
        while back and not told:
            told = re.findall(_YEAR, back.text)
            back = back.before
        starts = [int(year) for year in told if year != end and int(year) < int(end)]
        if not years or not starts:
            continue
        gaps = {int(end) - year for year in starts}
        fits = any(abs(gap - years) <= (match.re is _LATER) * 1 for gap in gaps)
        message = "" if fits else f"{end} is {', '.join(map(str, sorted(gaps)))} years after {', '.join(map(str, starts))}, not {years}."
        yield _told(sentence, match, f"{end} - {starts[-1]} = {int(end) - starts[-1]}; stated {years}", message)


def _lasting(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether so many weeks or months lie between two months."""
    text = sentence.text.lower()
    for match in [*_LASTS.finditer(text), *_AFTER.finditer(text), *_FIRST.finditer(text)]:
        number = number_of(match["n"])
        months = 12 * (int(match["by"]) - int(match["ay"])) + _month(match["bm"]) - _month(match["am"])
        per = {"week": 12 / 52, "month": 1, "year": 12}[match["unit"].rstrip("s")]
        if number:
            season = 3 if {match["am"], match["bm"]} & set(_SEASONS) else 0
            wrong = abs(months - number * per) > 1 + season
            message = f"{months} months lie between them, not {match['n']} {match['unit']}." if wrong else ""
            yield _told(
                sentence,
                match,
                f"{match['am']} {match['ay']} to {match['bm']} {match['by']}: {months} months; stated {match['n']} {match['unit']}",
                message,
            )


def _month(word: str) -> int:
    return _SEASONS.get(word) or MONTHS.index(word) + 1


def _told(sentence: Sentence, match: re.Match[str], arithmetic: str, message: str) -> Compared:
    return worded("dates", sentence, match.span(), arithmetic, message, Confidence.medium, sentence.before or ())
