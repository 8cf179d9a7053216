"""Dates that cannot be: days that no month has, weekdays of other dates, spans that run backwards or have another length, periods that overlap.

A year after the report itself is told where the sentence speaks of it as past.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import Sentence

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"\b(?:(?P<weekday>{'|'.join(name.lower() for name in calendar.day_name)}),? )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b,?(?: (?P<year>(?:19|20)\d\d))?"
)
_SPAN = re.compile(
    rf"\b(?:from|between) (?:(?P<m1>{_MONTH}) )?(?P<a>(?:19|20)\d\d) (?:and|to|until) (?:(?P<m2>{_MONTH}) )?(?P<b>(?:19|20)\d\d)\b(?![/-]\d)"
)
_LENGTH = re.compile(
    r"(?<![\d.,])\b(?P<n>two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|\d{1,2})[- ](?P<unit>years?|decades?)\b(?![- ]olds?\b)"
    r"[^.;,()]{0,25}?,?[ (](?:from |between |\()?(?P<a>(?:19|20)\d\d) (?:to|and|until|-|\u2013) ?(?P<b>(?:19|20)\d\d)\b(?![/-]\d)"
)
_YEARS = re.compile(r"(?P<a>(?:19|20)\d\d) ?(?:-|\u2013|to) ?(?P<b>(?:19|20)\d\d)")
_WORDS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
}


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of each date and each span of years that a sentence names."""
    text = sentence.text.lower()
    for match in _DAY.finditer(text):
        yield from _day(sentence, match)
    for match in _SPAN.finditer(text):
        yield _forward(sentence, match)
    for match in _DAYS.finditer(text):
        yield _days(sentence, match)
    for match in _LENGTH.finditer(text):
        yield from _length(sentence, match)
    for match in _MONTHS_LONG.finditer(text):
        yield _months(sentence, match)
    for match in _FULL.finditer(text):
        yield _whole_days(sentence, match)
    for match in _QUARTER.finditer(text):
        yield _part_of_year(sentence, match)
    if (since := _SINCE.search(text)) and (age := _AGE.search(text, since.end())):
        yield _anniversary(sentence, since, age)
    yield from _lasting(sentence, text)
    yield from _overlapping(sentence, text)


_Y = r"(?:19|20)\d\d"
_FULL = re.compile(
    rf"\b(?:from|between) (?P<d1>\d{{1,2}}) (?P<m1>{_MONTH}) (?P<a>{_Y}) (?:to|and|until|till|-|\u2013) (?P<d2>\d{{1,2}}) (?P<m2>{_MONTH}) (?P<b>{_Y})\b"
)
_BEGUN = r"begun|began|started|founded|opened|launched|commissioned|signed|established|introduced|set up|created|built|formed|born|granted|agreed"
_QUARTER = re.compile(
    rf"\b(?:(?P<quarter>(?:first|second|third|fourth|final|last) quarter|q[1-4]\b)|(?:first|second) half)(?: of)?(?: the year)?(?: {_Y})? ?"
    rf"\((?P<m1>{_MONTH})(?: {_Y})? (?:to|-|\u2013) (?P<m2>{_MONTH})(?: {_Y})?\)"
)
_SINCE = re.compile(rf"\b(?:{_BEGUN})(?: [a-z]+)? in (?P<a>(?:1[6-9]|20)\d\d)\b")
_AGE = re.compile(rf"\b(?P<n>\d{{1,3}})(?:st|nd|rd|th) (?:anniversary|birthday|year)\b[^.;\d]{{0,40}}\bin (?P<b>{_Y})\b")
_LASTING = re.compile(
    r"\b(?:for|lasted|took|over|after|ran|during) (?:the |a |some |just )?(?P<n>[a-z]+|\d{1,2})[- ]years?\b(?! (?:old|of age|running|in a row|in succession))|\b(?P<m>[a-z]+|\d{1,2}) years? (?:later|afterwards)\b"
)
_EVERY = re.compile(r"\b(?:rang(?:ed|es|ing)|highest|lowest|peak|least|most|every|aged?|each|sentence|guarantee|average)\b")
AIMED_BY = re.compile(r"\b(?:target|aim|goal|plan|forecast)\w*\b[^.;]{0,40}\bby (20\d\d)\b")
"""How a year is told by which something is wanted, and which ends nothing."""


def _whole_days(sentence: Sentence, match: re.Match[str]) -> Compared:
    first, last = ((int(match[y]), _MONTHS[match[m]], int(match[d])) for y, m, d in (("a", "m1", "d1"), ("b", "m2", "d2")))
    return _told(sentence, match, match[0], f'"{match[0]}" runs backwards.' if last < first else "")


def _part_of_year(sentence: Sentence, match: re.Match[str]) -> Compared:
    """Return whether the months of a quarter are three, and of a half six."""
    months = (_MONTHS[match["m2"]] - _MONTHS[match["m1"]]) % 12 + 1
    wanted = 3 if match["quarter"] else 6
    message = "" if months == wanted else f"{match[0]} has {months} months."
    return _told(sentence, match, f"{match['m1']} to {match['m2']}: {months} months", message)


def _anniversary(sentence: Sentence, since: re.Match[str], age: re.Match[str]) -> Compared:
    found = int(age["b"]) - int(since["a"])
    message = "" if abs(found - int(age["n"])) <= 1 else f"From {since['a']} to {age['b']} are {found} years, not {age['n']}."
    return _told(sentence, age, f"{age['b']} - {since['a']} = {found} years; stated {age['n']}", message)


def _lasting(sentence: Sentence, text: str) -> Iterator[Compared]:
    """Yield whether so many years lie between the two years that a sentence names, where it names one length alone."""
    years, lengths = sorted({int(year) for year in re.findall(rf"\b{_Y}\b", text)}), list(_LASTING.finditer(text))
    if len(years) != _TWO or len(lengths) != 1 or any(rule.search(text) for rule in (_LENGTH, _EVERY, AIMED_BY)):
        return
    word = lengths[0]["n"] or lengths[0]["m"]
    said, found = _WORDS.get(word) or (int(word) if word.isdigit() else 0), years[1] - years[0]
    if said and max(said, found) < _ANOTHER * min(said, found):
        message = "" if abs(found - said) <= 1 else f"From {years[0]} to {years[1]} are {found} years, not {word}."
        yield _told(sentence, lengths[0], f"{years[1]} - {years[0]} = {found} years; stated {word}", message, Confidence.medium)


_ANOTHER = 3
"""So many times as long, and a length is that of something else: a loan over 25 years, in 2020 and in 2024."""


def _told(sentence: Sentence, match: re.Match[str], arithmetic: str, message: str, confidence: Confidence = Confidence.high) -> Compared:
    return worded("dates", sentence, match.span(), arithmetic, message, confidence)


def _day(sentence: Sentence, match: re.Match[str]) -> Iterator[Compared]:
    day, month, year = int(match["day"]), _MONTHS[match["month"]], int(match["year"] or 2024)
    longest = calendar.monthrange(year, month)[1]
    if not 0 < day <= longest:
        if match["month"] != "may" or match["year"]:
            yield _told(sentence, match, f"{calendar.month_name[month]} has {longest} days", f"There is no {match[0].strip()}.")
    elif match["weekday"] and match["year"]:
        real = calendar.day_name[date(year, month, day).weekday()]
        message = "" if real.lower() == match["weekday"] else f"{match[0].strip()} was a {real}."
        yield _told(sentence, match, f"{date(year, month, day).isoformat()}: {real}", message)


_MONTHS_LONG = re.compile(
    rf"\b(?P<n>\d{{1,2}}|[a-z]+)[- ]months?\b[^.;()]{{0,25}}?,?[ (](?:from |between |\()?(?P<m1>{_MONTH}) (?P<a>(?:19|20)\d\d) (?:and|to|until|-|\u2013) ?"
    rf"(?P<m2>{_MONTH}) (?P<b>(?:19|20)\d\d)\b"
)


def _months(sentence: Sentence, match: re.Match[str]) -> Compared:
    """Return whether a span of months is as long as it is said to be; both its ends may be counted, or one."""
    said = _WORDS.get(match["n"]) or (int(match["n"]) if match["n"].isdigit() else 0)
    found = (int(match["b"]) - int(match["a"])) * 12 + _MONTHS[match["m2"]] - _MONTHS[match["m1"]]
    message = "" if not said or found <= said <= found + 1 or said == found - 1 else f"{match[0]} are {found} to {found + 1} months."
    return _told(sentence, match, f"{found} to {found + 1} months; stated {match['n']}", message)


def _forward(sentence: Sentence, match: re.Match[str]) -> Compared:
    first = (int(match["a"]), _MONTHS.get(match["m1"] or "", 0))
    last = (int(match["b"]), _MONTHS.get(match["m2"] or "", 0))
    both = bool(first[1] and last[1])
    wrong = last < first if both else last[0] < first[0]
    return _told(sentence, match, match[0], f'"{match[0]}" runs backwards.' if wrong else "")


_DAYS = re.compile(
    rf"\b(?:from|between) (?P<d1>\d{{1,2}}) (?P<m1>{_MONTH}) (?:to|and|until|-|\u2013) (?P<d2>\d{{1,2}}) (?P<m2>{_MONTH}) (?:19|20)\d\d\b"
)


_WINTER = 6
"""So many months at most, and days that are told with the year of the last lie on both sides of its beginning."""


def _days(sentence: Sentence, match: re.Match[str]) -> Compared:
    """Return whether two days of one year stand in the order of the calendar, or are those of a winter: "from 20 December to 10 January 2024"."""
    first, last = (_MONTHS[match["m1"]], int(match["d1"])), (_MONTHS[match["m2"]], int(match["d2"]))
    wrong = last < first and last[0] + 12 - first[0] > _WINTER
    return _told(sentence, match, match[0], f'"{match[0]}" runs backwards.' if wrong else "")


def _length(sentence: Sentence, match: re.Match[str]) -> Iterator[Compared]:
    number = _WORDS.get(match["n"]) or (int(match["n"]) if match["n"].isdigit() else 0)
    said = number * (10 if match["unit"].startswith("decade") else 1)
    found = int(match["b"]) - int(match["a"])
    yearly = match["n"] == "a" and match["unit"].startswith("year")
    if found > 0 and said and not yearly and "every" not in match[0]:
        reckoning = f"{match['b']} - {match['a']} = {found} years; stated {match['n']} {match['unit']}"
        message = (
            "" if abs(found - said) <= 1 else f"From {match['a']} to {match['b']} are {found} years, not {match['n']} {match['unit']}."
        )
        yield _told(sentence, match, reckoning, message)


def _overlapping(sentence: Sentence, text: str) -> Iterator[Compared]:
    """Yield whether periods that a sentence compares with each other share years."""
    spans = [(int(match["a"]), int(match["b"]), match) for match in _YEARS.finditer(text)]
    if len(spans) < _TWO or not re.search(r"\bcompared (?:with|to)\b|\bagainst\b|\bversus\b|\bthan\b", text):
        return
    for (a, b, _), (c, d, other) in [(one, two) for one in spans for two in spans if one[2].start() < two[2].start()]:
        shared = min(b, d) - max(a, c)
        nested = (a <= c and d <= b) or (c <= a and b <= d)
        if shared > 1 and not nested:
            message = f"The periods {a}-{b} and {c}-{d}, which are compared, share the years {max(a, c)} to {min(b, d)}."
            yield _told(sentence, other, f"{a}-{b} and {c}-{d}", message, Confidence.medium)


_TWO = 2


def published(sentences: list[Sentence]) -> tuple[int, int, bool]:
    """Return the year and the month of a report as its first sentences tell them, 0 where they do not, and whether they say that it was published then."""
    for sentence in sentences[:_FIRST]:
        text = sentence.text.lower()
        said = re.search(rf"\b(?:published|written|issued|printed|presented)\b[^.;]{{0,30}}?\b({_MONTH}) ((?:19|20)\d\d)\b", text)
        said = None if said and _ANOTHER_REPORT.search(text[: said.start()]) else said
        dates = [] if _ENDED.search(text) or _TOLD.search(text) else re.findall(rf"\b({_MONTH}) ((?:19|20)\d\d)\W*$", text)
        if said or (dates and len(text.split()) < (_TITLE if text.endswith(".") else _HEADLINE)):
            month, year = (said[1], said[2]) if said else dates[-1]
            return int(year), _MONTHS[month], bool(said)
    return 0, 0, False


_TOLD = re.compile(r"\b(?:began|begun|started|opened|closed|ended|was|were|had|took place)\b")
"""What a sentence says that is no title."""
_TITLE, _HEADLINE = 6, 10
_ENDED = re.compile(rf"\b(?:ended|ending|to|at|until|since) (?:\d{{1,2}} )?(?:{_MONTH})\b")
_FIRST = 8
_ANOTHER_REPORT = re.compile(
    r"\bthe (?:tender|order|notice|call|advertisement|draft|bill|list|results?|figures|plans?|strategy|law|code|invitation) (?:was|were) (?:first )?$|\b(?:we|they|he|she|who) $|\b(?:its|his|her|their) (?:[a-z]+ ){1,3}(?:was|were) $|\b(?:the|an?|our|its) (?:[a-z-]+ ){1,4}(?<!\bis )(?<!\bwas )(?<!\bwere )(?<!\bbe )$"
)
"""What stands before the word that another report was published: "it updates the assessment published in October 2021", "when we published the plan"."""
_PAST = re.compile(
    r"\b(?:was|were|rose|fell|grew|had|reached|found|surveyed|took place|collected|interviewed|opened|stood|ran|saw|came|(?<!a )(?<!the )(?<!at )cost|paid|\w{3,}ed)\b"
)
_AHEAD = re.compile(
    r"\b(?:will|would|forecast|project\w*|target\w*|expect\w*|plan\w*|could|until|ambition|commit\w*|estimate\w*|pledge\w*|due|set to|goal|future|deadline"
    r"|agreed|announced|scenario|through to|horizon|impl(?:y|ies)|milestones?|schedule|can|may(?! (?:\d|and\b|to\b|or\b|until\b))|asked|repeat|risks?|approve|ends|expires|begins|starts|runs|closes|opens|be [a-z]+ed|to (?:be|open|start|begin|end|close|run|take|come|report|publish|finish|complete|rise|fall))\b"
)


_LATER = re.compile(
    rf"\b(?:(?:from|between) (?:\d{{1,2}} ?)?(?:{_MONTH})?(?: (?:19|20)\d\d)? ?(?:and|to|until)|(?:in|during|since|on|(?:date|day) of)(?: (?:{_MONTH}) and)?) (?:(?:\d{{1,2}} )?(?P<m>{_MONTH}) |(?:\w+ )?)(?P<y>20\d\d)\b"
)


def after_the_report(sentences: list[Sentence]) -> Iterator[Compared]:
    """Yield times that a sentence speaks of as past, and that lie after the report; where several do, its title names another time than its own."""
    year, month, said = published(sentences)
    found = list(_later_times(sentences, year, month)) if year else []
    yield from found if said or len({one.sentence for one in found}) == 1 else []


def _later_times(sentences: list[Sentence], year: int, month: int) -> Iterator[Compared]:
    for sentence in sentences:
        text = sentence.text.lower()
        for match in _LATER.finditer(text):
            later = (int(match["y"]), _MONTHS[match["m"]] if match["m"] else 0) > (year, month if match["m"] else 0)
            if later and (match["m"] or int(match["y"]) > year) and _PAST.search(text) and not _AHEAD.search(text):
                when = f"{calendar.month_name[_MONTHS[match['m']]]} {match['y']}" if match["m"] else match["y"]
                told = f"the report is of {calendar.month_name[month]} {year}"
                yield _told(
                    sentence,
                    match,
                    told,
                    f"{when} lies after the report, which is of {calendar.month_name[month]} {year}.",
                    Confidence.medium,
                )
