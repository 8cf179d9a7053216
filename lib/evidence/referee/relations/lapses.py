"""How long it is from one time to another that a passage tells: years, months and days, over the ends of sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from evidence.referee.checks.dates import AIMED_BY
from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach
from evidence.referee.relations.subjects import before
from evidence.referee.relations.times import MONTHS, number_of

_LASTED = re.compile(
    r"\b(?:in|over|within|after|during|for|throughout|these|those|the|of|over the|in the|lasted|took|some|about|just|only|nearly|almost)"
    r"(?P<these> (?:these|those|this|that|the|its|their|all)(?: (?:whole|full))?)? ?\b(?P<n>\d{1,3}|[a-z]+)[- ](?P<unit>years?|decades?|months?|weeks?|days?)\b"
    r"(?! (?:after|to|up to|before|following) (?:the end of )?(?:19|20)\d\d| (?:ago|earlier|before|later|old|of (?:age|experience|research|work)|notice|on average|each|or more|a year|per|previously)|-old|[- ](?:plan|olds?)\b|['\u2019])"
)
_DATE = re.compile(
    rf"\b(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<m>{'|'.join(MONTHS)})\b(?: (?P<y>(?:19|20)\d\d))?|(?<![\d,.£/\u2013-])(?P<only>(?:19|20)\d\d)(?!,?\d|[/\u2013-]|(?: [a-z-]+)? (?:people|homes|firms|households|hours))"
)
_SHORT_DATE = re.compile(rf"\b(?P<d>\d{{1,2}})(?= (?:to|and|until|till|[-\u2013]) \d{{1,2}} (?P<m>{'|'.join(MONTHS)})\b)")
_OTHER_TIME = re.compile(
    r"\b(?:last|since|per|every|each|until|by|another|further|next|previous|average|will|would|had (?:been|never)|expected|planned|aged?)\b[^.;,]{0,25}$"
)
_UNITS = {"day": 1, "week": 7, "month": 30.44, "year": 365.25, "decade": 3652.5}


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, a month or a year that a text names: its middle, and how many days it may be off."""

    day: int
    off: int
    words: str


def lapses(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so long lies between the only two times that a sentence, or it with the one before, tells."""
    text = sentence.text.lower()
    if _ENDS.search(text):
        return
    for match in _LASTED.finditer(text):
        number = number_of(match["n"])
        if (
            not number
            or match["n"] == "a"
            or _OTHER_TIME.search(text[: match.start()][-30:])
            or (match.start() == 0 and match["n"] == "decade")
        ):
            continue
        told = [text, *(one.text.lower() for one in before(sentence, 1)[1:] if not _NOW.search(one.text.lower()))]
        moments = next((found for found in (moments_of(told[:1]), moments_of(told)) if len(found) > 1), [])
        aimed = AIMED_BY.search(text)
        if len(moments) == _TWO and _free(match, moments, sentence) and not any(aimed and aimed[1] in one.words for one in moments):
            yield _held(sentence, match, number, moments)


_TWO = 2
_NOW = re.compile(r"\b(?:this year|today|now|currently|at present)\b")
"""What names a time without its year."""
_ENDS = re.compile(r"\b(?:rang(?:ed|es|ing)|highest|lowest|peak(?:ed)?)\b")
"""What says that two times are those of the least and the greatest, and no beginning and end."""


def _free(match: re.Match[str], moments: list[Moment], sentence: Sentence) -> bool:
    """Return whether a length is bound to two times: they are as exact as it, and it says "in", "after", "these" or stands behind both."""
    unit = match["unit"].rstrip("s")
    exact = max(moment.off for moment in moments) <= _UNITS[unit]
    own = all(moment.words in sentence.text.lower() for moment in moments)
    behind = sentence.text.lower()[match.end() :]
    if re.match(r",? (?:and|but|while) ", behind) and any(moment.words in behind for moment in moments):
        return False
    bound = match[0].startswith(("in ", "after ", "over ", "these ", "those ", "during ", "of ")) or bool(match["these"])
    return exact and (bound or (own and match[0].startswith(("for ", "lasted", "took"))))


def moments_of(texts: list[str]) -> list[Moment]:
    """Return the times that texts name, in order of the calendar; none where the year of a month cannot be told."""
    found: dict[tuple[int, int], Moment] = {}
    whole = " ".join(reversed(texts))
    years = re.findall(r"\b(?:19|20)\d\d\b", whole)
    dated = list(_DATE.finditer(whole))
    months = [one for one in dated if one["m"]]
    held = months if len(months) > 1 else dated
    for match in [*held, *_SHORT_DATE.finditer(whole)]:
        groups = match.groupdict()
        year = int(groups.get("y") or groups.get("only") or (years[0] if len(set(years)) == 1 else 0) or (0 if years else 2001))
        if moment := _moment(groups, year, match[0]):
            found.setdefault((moment.day, moment.off), moment)
    return sorted(found.values(), key=lambda moment: moment.day)


def _moment(groups: dict[str, str | None], year: int, words: str) -> Moment | None:
    if not year:
        return None
    if not groups.get("m"):
        return Moment(date(year, 7, 1).toordinal(), 365, words)
    month = MONTHS.index(str(groups["m"])) + 1
    try:
        return Moment(date(year, month, int(groups.get("d") or 15)).toordinal(), 1 if groups.get("d") else 31, words)
    except ValueError:
        return None


def _held(sentence: Sentence, match: re.Match[str], number: int, moments: list[Moment]) -> Compared:
    first, last = moments
    unit = match["unit"].rstrip("s")
    days, wanted = last.day - first.day, number * _UNITS[unit]
    slack = max(first.off, last.off) + _UNITS[unit] * (_PART if unit not in ("year", "decade") else 0.1)
    slack = max(slack, wanted * _ROUNDED if unit in ("month", "year", "decade") else 0)
    wrong = abs(days - wanted) > slack and max(days, wanted) < _FAR * min(days, wanted)
    length = f"{days / _UNITS[unit]:.3g} {unit}s"
    message = f"From {first.words} to {last.words} it is about {length}, and the text says {match['n']} {match['unit']}." if wrong else ""
    return worded("dates", sentence, match.span(), f"{first.words} to {last.words}: {length}", message, Confidence.medium)


_PART, _ROUNDED, _FAR = 0.7, 0.05, 2.5
