"""Stages of a course: what is drafted, consulted on, adopted and published, or opened and closed, told in that order with days that go backwards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach, words_of
from evidence.referee.relations.times import MONTHS


@dataclass(frozen=True, slots=True)
class Course:
    """The stages of a course in their order, each as the words that tell of it.

    Attributes:
        stages: The words of each stage.
        of_one: Whether two stages are of one course only where both have the same subject.
    """

    stages: tuple[str, ...]
    of_one: bool


COURSES = (
    Course(
        (
            r"drafted|written|draft (?:was|were)|prepared",
            r"consulted on|consulted|consultation|circulated|went out to consultation",
            r"introduced|proposed|tabled",
            r"agreed|approved|adopted|endorsed|finalised|ratified|passed|signed off|signed",
            r"published|issued|printed|laid before",
            r"came into force|took effect|in force|brought in|implemented",
            r"revoked|repealed|withdrawn|lapsed|expired|superseded|scrapped",
        ),
        of_one=True,
    ),
    Course(
        (
            r"opened|invited|called for|call went out|launched",
            r"closed|deadline was|closing date was",
            r"shortlisted|short list|assessed|panels? met|interviews?|interviewed|judged|scored|considered",
            r"decided|decisions?|announced|awarded|chosen|selected|notified|winners?",
            r"paid|payments?",
        ),
        of_one=False,
    ),
    Course(
        (
            r"founded|established|set up|created|built|opened|reopened|began|started|begun|launched|commenced|formed|introduced|ran",
            r"closed|shut|ended|finished|completed|concluded|stopped|ceased|came to an end|wound up|abolished|dissolved|disbanded|discontinued",
            r"demolished|pulled down|knocked down|razed|replaced",
        ),
        of_one=True,
    ),
    Course(
        (
            r"received|complained|applied|asked|requested|submitted|lodged|referred|wrote to|contacted|approached|came to us|made (?:a|an|the) (?:complaint|application|request|claim)|application was made",
            r"acknowledged",
            r"decided|decision|replied|answered|responded|response|granted|refused|upheld|dismissed|rejected|turned down|allowed|determined|permission was given",
        ),
        of_one=False,
    ),
    Course(
        (
            r"designed|planned|commissioned|approved|granted",
            r"tendered|put out to tender|invited tenders|tenders were invited|advertised",
            r"awarded|let|signed",
            r"begun|began|started|broken|commenced",
            r"completed|finished|handed over|opened|reopened|came into use",
        ),
        of_one=True,
    ),
    Course(
        (
            r"sent|posted|mailed|e-?mailed|issued|went out|distributed|handed out|fieldwork (?:began|started|opened)",
            r"returned|came back|replied|closed|fieldwork (?:ended|closed)|counted|received",
            r"analysed|typed|coded|entered|keyed|transcribed",
        ),
        of_one=True,
    ),
    Course((r"closed|shut", r"reopened"), of_one=True),
    Course((r"born", r"joined|appointed|elected|enrolled", r"retired|resigned|stepped down|stood down|left", r"died|buried"), of_one=True),
)

_MONTH = "|".join(MONTHS)
_DAY = rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? )?(?:(?:(?P<m>{_MONTH}) )?(?P<y>(?:1[6-9]|20)\d\d)\b(?![/\u2013-]\d|,\d)|(?P<m1>{_MONTH})\b)"
_WHEN = re.compile(
    rf"\b(?:(?:from|between) (?:(?P<d0>\d{{1,2}}) )?(?P<m0>{_MONTH})(?: (?P<y0>(?:19|20)\d\d))? (?:to|and|until) |(?:on|in|during)(?: the)?(?: (?:mon|tues|wednes|thurs|fri|satur|sun)day)?,? (?:early |late |mid-)?){_DAY}"
)
_OTHER_TIME = re.compile(
    r"\b(?:had|earlier|previous(?:ly)?|before|originally|already|since|until|will|would|due|to be|(?<!the )plan\w*|target|last|former|old|another|second|again|follow\w*|after|following|draft published)\b"
)
_SUBJECT = re.compile(
    r"\b(?:the|an?|its|their|our|his|her|another|this|that|these|those|who|which|whose|(?!(?:and|but|then|it|they|all|both|each|also|later|finally|he|she|we)\b)[a-z]+ (?:was|were|of))\b"
)
_FINAL = re.compile(r"^(?:the )?(?:final|revised|finished|agreed) [a-z]+")
_ON = re.compile(
    r"^(?:it|they|we|our|the (?:final|revised|finished|agreed)|this|that|these|those|(?:he|she)|(?:the )?(?:final|new|revised)\b|[a-z]+(?:ed)\b"
    r"|(?:(?:building|construction|conversion|engineering|preparatory) )?works?(?: on (?:it|(?:the )?site))? (?:began|started|commenced|finished|was|were)\b|(?:building|construction) (?:began|started|commenced|finished|was)\b)"
)
"""How a sentence begins that goes on with what the one before it tells: of it, or of the work on it."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A time that a sentence tells: its first and last day, its words, what stands between the time before it and it, whether its year is not told, and the day from which on the next can be."""

    first: date
    last: date
    sentence: Sentence
    span: tuple[int, int]
    ahead: str
    open: bool
    over: date

    @property
    def words(self) -> str:
        """Its words in the sentence."""
        return self.sentence.text[slice(*self.span)]


def stages_in_order(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the stages of one course, told in their order in a sentence or in two of one subject, are dated in their order."""
    before = sentence.before if sentence.before and _ON.match(sentence.text.lower()) else None
    told = [*(dated_times(before) if before else []), *dated_times(sentence)]
    for one, two in combinations(told, 2):
        if two.sentence is not sentence:
            continue
        for course in COURSES:
            first, last = course_stage(one, course), course_stage(two, course)
            if first is None or last is None or last <= first or (course.of_one and not _same(one, two, course, told)):
                continue
            gone = (one.over - two.last).days
            if gone > _TURN and (one.open or two.open):
                continue
            message = f"{two.words} is before {one.words}, the day of what came first." if gone > 0 else ""
            yield worded("dates", sentence, two.span, f"{one.words}, then {two.words}", message, Confidence.medium, one.sentence)
            break


_TURN = 120
"""A day without its year that is longer than this before another is of the year behind."""


def course_stage(told: Dated, course: Course) -> int | None:
    """Return which stage the words before a time tell of, the last where there are several; None where none, or of another time."""
    for clause in reversed(re.split(r"[;:,]| but | while | although ", told.ahead)):
        found = [(match.end(), at) for at, words in enumerate(course.stages) for match in re.finditer(rf"\b(?:{words})\b", clause)]
        if found:
            return None if _OTHER_TIME.search(clause) else max(found)[1]
    return None


def _same(one: Dated, two: Dated, course: Course, told: list[Dated]) -> bool:
    """Return whether no subject of its own stands before the later of two stages."""
    between = [time for time in told if told.index(one) < told.index(time) <= told.index(two)]
    every = "|".join(course.stages)
    subjects = [re.split(rf"\b(?:{every})\b", _FINAL.sub("", time.ahead))[0] for time in between]
    return all(not _SUBJECT.search(subject) or _told_already(subject, one.sentence) for subject in subjects)


_THE_SAME = re.compile(r"\b(?:and|but) the (?:[a-z-]+ )?(?P<noun>[a-z]{4,}) $")


def _told_already(subject: str, before: Sentence) -> bool:
    """Return whether the subject of a stage behind another is what the sentence before has as well: "a bridge … Work began … and the bridge opened"."""
    match = _THE_SAME.search(subject)
    return bool(match and set(words_of(match["noun"])) & set(words_of(before.text)))


def dated_times(sentence: Sentence) -> list[Dated]:
    """Return the times that a sentence tells, in order."""
    found, start, text = list[Dated](), 0, sentence.text.lower()
    years = [(match.start(), int(match[0])) for match in _YEAR.finditer(text)]
    for match in _WHEN.finditer(text):
        year = next((year for at, year in years if at >= match.start()), years[-1][1] if years else _ANY)
        begin = min(match.start(group) for group in ("d0", "m0", "d", "m", "y", "m1") if match[group])
        if (match["d"] or not match["m1"]) and (days := _days(match, year)):
            found.append(
                Dated(
                    *days,
                    sentence,
                    (begin, match.end()),
                    text[start : match.start()],
                    bool(match["m1"]),
                    days[1] if match["m0"] else days[0],
                )
            )
        start = match.end()
    return found


_YEAR, _ANY = re.compile(r"\b(?:1[6-9]|20)\d\d\b"), 2000


def _days(match: re.Match[str], year: int) -> tuple[date, date] | None:
    """Return the first and the last day of a time: of a day, a month, a year or a span of them."""
    name = match["m"] or match["m1"]
    try:
        month = MONTHS.index(name) + 1 if name else 0
        first = date(year, month or 1, int(match["d"] or 1))
        last = first if match["d"] else _end(year, month)
        if match["m0"]:
            first = date(int(match["y0"] or year), MONTHS.index(match["m0"]) + 1, int(match["d0"] or 1))
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _end(year: int, month: int) -> date:
    """Return the last day of a month, or of a year where the month is nought."""
    return date(year + 1, 1, 1) - timedelta(1) if month in (0, 12) else date(year, month + 1, 1) - timedelta(1)
