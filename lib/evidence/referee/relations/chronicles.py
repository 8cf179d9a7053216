"""Events in the order in which they can have come about: an answer after what it answers, an end after its beginning, a story from day to day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from evidence.referee.checks.dates import published
from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.document import TextBlock
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach
from evidence.referee.relations.times import MONTHS, number_of

_DAY = rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<m>{'|'.join(MONTHS)}) (?P<y>(?:19|20)\d\d)\b"
_EVENT = re.compile(rf"(?<!since )(?<!from )(?<!and )\b(?P<at>on|in) (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?{_DAY}")
_OTHER_TIME = re.compile(
    r"\b(?:had|earlier|previous(?:ly)?|before|first|originally|already|born|since|until|will|would|due|plan\w*|target|deadline|last|also|by|as (?:at|of)|followed|following|after|from)\b"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A day or a month on which a sentence says that something was done: its first and its last day, and its words."""

    first: date
    last: date
    sentence: Sentence
    span: tuple[int, int]
    words: str

    def moved(self, years: int) -> tuple[date, date]:
        """Return its days so many years later."""
        return _in_year(self.first, self.first.year + years), _in_year(self.last, self.last.year + years)


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == _FEBRUARY else day.day)


_FEBRUARY = 2


def _event(match: re.Match[str], sentence: Sentence) -> Event | None:
    month, year = MONTHS.index(match["m"]) + 1, int(match["y"])
    try:
        first = date(year, month, int(match["d"] or 1))
    except ValueError:
        return None
    last = first if match["d"] else date(year + month // 12, month % 12 + 1, 1)
    span = match.start("d") if match["d"] else match.start("m")
    return Event(first, last, sentence, (span, match.end()), sentence.text[span : match.end()])


def _events(sentence: Sentence) -> list[Event]:
    return [event for match in _EVENT.finditer(sentence.text.lower()) if (event := _event(match, sentence))]


_BARE = re.compile(rf"\b(?P<at>on|by) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<m>{'|'.join(MONTHS)})\b(?! ?,?\d)(?P<y>)")
_ANY_YEAR = "2000"


def _bare_days(sentence: Sentence) -> list[Event]:
    """Return the days of a sentence that have no year, in one that has all days."""
    text = sentence.text.lower()
    found = [(re.match(_DAY, f"{match['d']} {match['m']} {_ANY_YEAR}"), match) for match in _BARE.finditer(text)]
    events = [(_event(day, sentence), match) for day, match in found if day]
    return [replace(event, span=match.span("d"), words=f"{match['d']} {match['m'].capitalize()}") for event, match in events if event]


def told_in_order(reach: Reach) -> Iterator[Compared]:
    """Yield whether the days of a paragraph, of a list and of the first column of a table follow each other, where all but one do."""
    for block in reach.document.blocks:
        if block.kind == "prose":
            yield from _story(block)
    for run in _dated_lists(reach.document.blocks):
        yield from _misplaced(run, least=_FIVE)


_FIVE, _THREE = 5, 3


def _story(block: TextBlock) -> Iterator[Compared]:
    events = [event for sentence in block.sentences if not _OTHER_TIME.search(_away(sentence)) for event in _events(sentence)]
    yield from _misplaced(events, least=_THREE)


def _away(sentence: Sentence) -> str:
    """Return the words of a sentence in which its days stand, from the start of their clause."""
    text = sentence.text.lower()
    return " ".join(re.split(r"[;:]|, (?:and|but|while) ", text[: match.start()])[-1] for match in _EVENT.finditer(text))


def _misplaced(events: Sequence[Event], least: int) -> Iterator[Compared]:
    """Yield the one event that stands out of order among others in order, and does not so in the year before or behind."""
    if len(events) <= least or not _days_apart(events):
        return
    if _in_order([(event.first, event.last) for event in events]):
        yield _told(events[-1], f"{len(events)} days in order", "")
        return
    wrong = [at for at in range(len(events)) if _in_order([(one.first, one.last) for one in (*events[:at], *events[at + 1 :])])]
    fits = [
        at
        for at in wrong
        for years in (1, -1)
        if _in_order(
            [*((one.first, one.last) for one in events[:at]), events[at].moved(years), *((one.first, one.last) for one in events[at + 1 :])]
        )
    ]
    if len(set(fits)) == 1:
        at = fits[0]
        other = events[at - 1] if at else events[1]
        way = "before" if at else "after"
        told = f"{' … '.join(event.words for event in events)}"
        yield _told(events[at], told, f"{events[at].words} is {way} {other.words}, which the report tells {'earlier' if at else 'later'}.")


def _in_order(days: list[tuple[date, date]]) -> bool:
    return all(one[0] <= two[1] for one, two in pairwise(days))


def _days_apart(events: Sequence[Event]) -> bool:
    return len({event.first for event in events}) == len(events)


def _told(event: Event, arithmetic: str, message: str) -> Compared:
    return worded("dates", event.sentence, event.span, arithmetic, message, Confidence.medium)


_ITEM = re.compile(rf"(?:\*\*)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?{_DAY}(?:\*\*)?(?: ?[:.,\u2013-]|$)")


def _dated_lists(blocks: list[TextBlock]) -> Iterator[list[Event]]:
    """Yield the days with which the items of each list begin, where all begin with one."""
    run: list[Event | None] = []
    for block in [*blocks, None]:
        if block and block.kind == "item" and block.sentences:
            match = _ITEM.match(block.sentences[0].text.lower())
            run.append(_event(match, block.sentences[0]) if match else None)
            continue
        if run and all(run):
            yield [event for event in run if event]
        run = []


_HAPPENED = re.compile(
    r"\b(?P<what>accident|incident|fire|spill|leak|failure|fall|event|collapse|flood|outage|breach|death|explosion|error|theft|attack|collision|strike|storm)\b"
)
_REPORTED = re.compile(
    r"\b(?:reported|notified|declared|referred|disclosed|investigated|investigation (?:\w+ ){0,5}(?:begun|opened|started|launched))\b"
)
_OF_IT = re.compile(
    r"\b(?:it|the (?:\w+ )?(?:accident|incident|fire|spill|leak|failure|fall|event|collapse|flood|outage|breach|death|explosion|error|theft|attack|collision))\b"
)
_NOT_YET, _OCTOBER, _MARCH = (
    re.compile(r"\b(?:had|earlier|previous(?:ly)?|another|first|already|before|since|will|would|should|due|by)\b"),
    10,
    3,
)


def reported_after(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what happened on a day was reported on no earlier one, where the sentence that tells of it, or one of two before, tells the day."""
    for two in [*_bare_days(sentence), *_events(sentence)][:1]:
        clause = sentence.text[: two.span[0]].lower()
        if not (_REPORTED.search(clause) and _OF_IT.search(clause)) or _NOT_YET.search(clause):
            continue
        for told in reach.near(sentence)[1:3]:
            days = _bare_days(told) if two.first.year == int(_ANY_YEAR) else _events(told)
            if not days or (told.text.lower().startswith(("it ", "the ")) and _REPORTED.search(told.text.lower())):
                continue
            one = days[0]
            if not (one.first.month >= _OCTOBER and two.first.month <= _MARCH):
                message = f"{two.words} is before {one.words}, the day of what was reported." if two.last < one.first else ""
                yield worded("dates", sentence, two.span, f"{one.words}, then {two.words}", message, Confidence.medium, told)
            return


_SENT = re.compile(r"\b(?:sent|posted|mailed|issued|launched|went out|wrote|e-?mailed|distributed|handed out|circulated)\b")
_CAME = re.compile(
    r"\b(?:typed|entered|coded|keyed|analysed|returned|came back|replied|responded|received|counted|transcribed|processed)\b"
)
_FORM = re.compile(r"\b(?P<what>form|questionnaire|survey|letter|invitation|ballot|booklet|card)s?\b")
_WAVE = re.compile(r"\b(?:pilot\w*|trial|earlier|previous|first|last year|reminders?|second|again|test|draft|had been)\b")
_LAST_DAY = re.compile(rf"(?:(?P<d>\d{{1,2}}) )?(?P<m>{'|'.join(MONTHS)}) (?P<y>(?:19|20)\d\d)\b")


def sent_before_returned(reach: Reach) -> Iterator[Compared]:
    """Yield whether forms that a report says it sent out on a day came back, or were typed in, on no earlier one, where it tells of one such day."""
    sent = [
        (event, _forms(one))
        for one in reach.sentences
        if _SENT.search(one.text.lower()) and not _WAVE.search(one.text.lower())
        for event in _events(one)[:1]
    ]
    for sentence in reach.sentences:
        text = sentence.text.lower()
        days = [event for match in _LAST_DAY.finditer(text) if (event := _event(match, sentence))]
        if not days or not _CAME.search(text) or _WAVE.search(text) or _SENT.search(text):
            continue
        ours = [
            event
            for event, forms in sent
            if (forms & _forms(sentence) or _SEVERAL & forms) and event.first.year == days[-1].first.year and _forms(sentence)
        ]
        if len({event.first for event in ours}) == 1:
            message = f"{days[-1].words} is before {ours[0].words}, when they were sent out." if days[-1].last < ours[0].first else ""
            yield worded(
                "dates", sentence, days[-1].span, f"{ours[0].words}, then {days[-1].words}", message, Confidence.medium, ours[0].sentence
            )


_SEVERAL = frozenset(["to"])


def _forms(sentence: Sentence) -> frozenset[str]:
    """Return what a sentence says was sent out or came back; "to" where it says only to whom somebody wrote."""
    text = sentence.text.lower()
    return frozenset(match["what"] for match in _FORM.finditer(text)) | (_SEVERAL if re.search(r"\bwrote to\b", text) else frozenset())


_FISCAL = re.compile(
    r"\b(?:the |these |those |a period of |over |in |of )(?:last |past |first )?(?P<n>[a-z]+|\d{1,2})(?:[- ]year)?(?: (?:financial |school |academic )?years| period| plan| programme)?,? ?\(?(?:from |between |covering )?"
    r"(?P<a>(?:19|20)\d\d)[/\u2013-](?P<a2>\d\d)\)? ?(?:to|and|until|\u2013|-) (?P<b>(?:19|20)\d\d)[/\u2013-](?P<b2>\d\d)\b"
)


def years_of_accounts(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so many years lie between two years of account, both of them counted or one."""
    for match in _FISCAL.finditer(sentence.text.lower()):
        number = number_of(match["n"])
        found = int(match["b"]) - int(match["a"])
        if number and match["n"] != "a" and number > 1 and found > 0:
            message = (
                ""
                if number in (found, found + 1)
                else f"From {match['a']}/{match['a2']} to {match['b']}/{match['b2']} are {found + 1} years, not {match['n']}."
            )
            yield worded("dates", sentence, match.span(), f"{found} or {found + 1} years; stated {match['n']}", message, Confidence.medium)


_OLD_NOW = re.compile(
    r"\b(?:born|built|opened|founded|established|set up|formed|begun|launched) in (?P<a>(?:1[6-9]|20)\d\d)\b[^.;\d]{0,40}\b(?:now|today)(?: in (?:its|his|her|their))? (?P<n>\d{1,3})(?: years old|(?:st|nd|rd|th) year)\b"
)


def old_now(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether something is as old now, when the report is of, as the year makes it in which it began."""
    text = sentence.text.lower()
    year = published(reach.sentences)[0]
    for match in _OLD_NOW.finditer(text) if year else ():
        found = year - int(match["a"])
        message = "" if abs(found - int(match["n"])) <= 1 else f"From {match['a']} to {year} are {found} years, not {match['n']}."
        yield worded(
            "dates", sentence, match.span("n"), f"{year} - {match['a']} = {found}; stated {match['n']}", message, Confidence.medium
        )


_AFTER = re.compile(
    rf"{_DAY.replace('P<', 'P<b')},? (?:(?:just|only|some|about|exactly|barely|nearly|almost) )?(?P<n>[a-z]+|\d{{1,3}}) (?P<unit>days|weeks|months|years) (?P<way>after|before)\b[^.;\d]{{0,50}}?\b(?:on|of|in) {_DAY}"
)
_LENGTHS = {"days": 1.0, "weeks": 7.0, "months": 30.44, "years": 365.25}


def so_long_after(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a day is as long after, or before, another as a sentence says: "on 4 June 2023, nine weeks after the request of 2 April 2023"."""
    for match in _AFTER.finditer(sentence.text.lower()):
        number, length = number_of(match["n"]), _LENGTHS[match["unit"]]
        try:
            two, one = (date(int(match[f"{p}y"]), MONTHS.index(match[f"{p}m"]) + 1, int(match[f"{p}d"] or 15)) for p in ("b", ""))
        except ValueError:
            continue
        apart = (two - one).days * (1 if match["way"] == "after" else -1)
        rough = 0 if match["bd"] and match["d"] else 31
        if number:
            fits = abs(apart - number * length) <= rough + length
            message = "" if fits else f"It is {apart} days, {apart / length:.3g} {match['unit']}, not {match['n']}."
            yield worded(
                "dates",
                sentence,
                match.span(),
                f"{one} to {two}: {apart} days; stated {match['n']} {match['unit']}",
                message,
                Confidence.medium,
            )
