"""Periods as sources write them: from which day to which they reach, by one grammar.

| written | read as |
|---|---|
| 31 March 2026, 2026-03-31 | the day |
| March 2026, Mar 2026, 2026-03 | the month |
| Q1 2025, first quarter of 2025, first half of 2025 | the quarter, the half |
| spring, summer, autumn 2025 | the three months from March, June, September |
| 2025 | the year |
| 2016/17, 2016-17 | twelve months that begin in the first year and end in the second; which, the words do not say: from the first day of the one to the last of the other |
| year to March 2026, 12 months to March 2026 | the twelve months that end so |
| early 2020s, mid-1990s, late 1960s, 1960s | the first four years of the decade, the middle three, the last three, all |
| start of 2025, end of 2025 | its first day, its last day |
| Jan to Mar 2025, 2010 to 2022, 2010-2022, between 2010 and 2022, 3 to 9 May 2026 | from the first day of the one to the last of the other |
| since 2008 | from its first day to the day of publication |
| before March 2020 | up to the day before it |
| until 2020, by 2020 | up to its last day |

Behind a comma, or in parentheses, may stand on what basis it is meant: `annualised`, `projected`, `provisional`, `relative to 2021`, `against 2008`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a period reaches over.

    Attributes:
        start: Its first day, ISO; empty where it has none, or none is known.
        end: Its last day, ISO; empty where it has none, or none is known.
        basis: How it is meant, in words, such as `annualised` or `relative to 2021`; may be empty.
    """

    start: str = ""
    end: str = ""
    basis: str = ""

    @property
    def projected(self) -> bool:
        """Whether what is stated lies ahead, and is said to."""
        return any(word in self.basis for word in ("projected", "forecast", "planned", "target"))


_Days = tuple[date, date]
_MONTH_NAMES = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_MONTHS = {spelling: number for number, name in enumerate(_MONTH_NAMES, 1) for spelling in (name, name[:3])} | {"Sept": 9}
_MONTH, _YEAR = rf"({'|'.join(sorted(_MONTHS, key=len, reverse=True))})", r"([12][0-9]{3})"
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9}
"""First month of each season, as meteorologists of the northern half of the world count them; of a winter the words do not tell the year."""
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_DECADE = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "": (0, 9)}
_BASIS = re.compile(
    r"(?P<rest>.+?)(?:, (?P<said>annualised|projected|forecast|provisional|revised|seasonally adjusted)"
    r"|, (?P<relation>relative to|compared with|against) (?P<other>.+)| \((?P<remark>[A-Za-z -]+)\))"
)


@lru_cache(maxsize=4096)
def read_period(text: str, as_of: str = "") -> Period | None:
    """Return what a period reaches over, or None where the grammar does not know how it is written; an empty text is about no period.

    Args:
        text: The period as its source gives it.
        as_of: Day of publication, ISO, up to which "since" reaches.

    Example:
        >>> read_period("Jan to Mar 2025"), read_period("since 2008", "2026-04-30").end, read_period("Mar-26")
        (Period(start='2025-01-01', end='2025-03-31', basis=''), '2026-04-30', None)
    """
    if not text:
        return Period()
    if found := _BASIS.fullmatch(text):
        read = read_period(found["rest"], as_of)
        if read is None or read.basis or (found["other"] and read_period(found["other"]) is None):
            return None
        return replace(read, basis=found["said"] or found["remark"] or f"{found['relation']} {found['other']}")
    open_ended = _open(text, as_of)
    if open_ended:
        return open_ended
    days = _days(text)
    return Period(days[0].isoformat(), days[1].isoformat()) if days else None


def nearest_period(text: str) -> tuple[str, ...]:
    """Return how a period that does not read may have been meant: a month that a spreadsheet has shortened, or a slip of the pen.

    Example:
        >>> nearest_period("Mar-26"), nearest_period("Marhc 2026")
        (('March 2026',), ('March 2026',))
    """
    if (found := re.fullmatch(rf"{_MONTH}[a-z]*[- ]([0-9]{{2}})", text)) and found[1] in _MONTHS:
        return (f"{_MONTH_NAMES[_MONTHS[found[1]] - 1]} 20{found[2]}",)
    known = [*_MONTHS, "since", "before", "until", "start", "end", "early", "late", "to", "of", "quarter", "annualised", "relative"]
    words = [
        word if not word.isalpha() else (difflib.get_close_matches(word, known, n=1, cutoff=0.6) or [word])[0] for word in text.split(" ")
    ]
    mended = " ".join(words)
    return (mended,) if mended != text and read_period(mended) else ()


def _open(text: str, as_of: str) -> Period | None:
    """Return a period of which one end is open."""
    word, _, rest = text.partition(" ")
    days = _days(rest.removeprefix("to ")) if word.lower() in _OPEN else None
    return _OPEN[word.lower()](days, as_of) if days else None


_OPEN: dict[str, Callable[[_Days, str], Period]] = {
    "since": lambda days, as_of: Period(days[0].isoformat(), as_of),
    "before": lambda days, _: Period("", (days[0] - timedelta(days=1)).isoformat()),
    "until": lambda days, _: Period("", days[1].isoformat()),
    "by": lambda days, _: Period("", days[1].isoformat()),
}


def _days(text: str) -> _Days | None:
    """Return the first and the last day of a period that has both."""
    return next((days for reader in (_part, _edge, _twelve_months, _span) if (days := reader(text))), None)


def _edge(text: str) -> _Days | None:
    found = re.fullmatch(r"(?:the )?(start|beginning|end) of (.+)", text, re.IGNORECASE)
    days = _part(found[2]) if found else None
    return (days[found[1].lower() == "end"],) * 2 if found and days else None


def _twelve_months(text: str) -> _Days | None:
    found = re.fullmatch(r"(?:year|12 months|twelve months) (?:to|ending|ended) (.+)", text, re.IGNORECASE)
    days = _part(found[1]) if found else None
    return (days[1] + timedelta(days=1) - relativedelta(years=1), days[1]) if days else None


def _span(text: str) -> _Days | None:
    """Return the days of two parts with a word or a dash between them; the first may leave to the second what both share."""
    found = re.fullmatch(r"(?:from )?(.+?) to (.+)|between (.+?) and (.+)|([12][0-9]{3}|[A-Z][a-z]+)[-\u2013](.*[12][0-9]{3})", text)
    if not found:
        return None
    left, right = (part for part in found.groups() if part)
    last = _part(right)
    shared = (" ".join(right.split(" ")[-words:]) for words in (1, 2))
    firsts = (_part(said) for said in (left, *(f"{left} {words}" for words in shared)))
    first = next((days for days in firsts if days), None)
    return (first[0], last[1]) if first and last and first[0] <= last[0] else None


def _part(text: str) -> _Days | None:
    """Return the days of a day, month, quarter, half, year, pair of years or part of a decade."""
    try:
        return next(_read_parts(text), None)
    except ValueError:  # a day that no month has
        return None


def _read_parts(text: str) -> Iterator[_Days]:
    for pattern, read in _PARTS:
        if (found := re.fullmatch(pattern, text)) and (days := read(found)):
            yield days


def _months(year: int, month: int, count: int = 1) -> _Days:
    first = date(year, month, 1)
    return first, first + relativedelta(months=count) - timedelta(days=1)


def _pair(found: re.Match[str]) -> _Days | None:
    first, second = int(found[1]), found[2]
    follows = second == str(first + 1)[-len(second) :]
    return (date(first, 1, 1), date(first + 1, 12, 31)) if follows else None


def _decade(found: re.Match[str]) -> _Days:
    low, high = _DECADE[(found[1] or "").lower()]
    return date(int(found[2]) + low, 1, 1), date(int(found[2]) + high, 12, 31)


def _day(year: str, month: int, day: str) -> _Days:
    return (date(int(year), month, int(day)),) * 2


def _portion(found: re.Match[str]) -> _Days:
    length = 3 if found[2].lower() == "quarter" else 6
    number = 12 // length if found[1].lower() == "last" else _ORDINALS[found[1].lower()]
    return _months(int(found[3]), (number - 1) * length + 1, length)


_PARTS: tuple[tuple[str, Callable[[re.Match[str]], _Days | None]], ...] = (
    (_YEAR, lambda found: _months(int(found[1]), 1, 12)),
    (rf"{_YEAR}[/\u2013-]([0-9]{{4}}|[0-9]{{2}})", _pair),
    (rf"{_YEAR}-([0-9]{{2}})", lambda found: _months(int(found[1]), int(found[2]))),
    (rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})", lambda found: _day(found[1], int(found[2]), found[3])),
    (rf"{_MONTH} {_YEAR}", lambda found: _months(int(found[2]), _MONTHS[found[1]])),
    (rf"([0-9]{{1,2}}) {_MONTH} {_YEAR}", lambda found: _day(found[3], _MONTHS[found[2]], found[1])),
    (rf"(?i:(spring|summer|autumn)) {_YEAR}", lambda found: _months(int(found[2]), _SEASONS[found[1].lower()], 3)),
    (rf"Q([1-4]) {_YEAR}", lambda found: _months(int(found[2]), int(found[1]) * 3 - 2, 3)),
    (rf"{_YEAR} Q([1-4])", lambda found: _months(int(found[1]), int(found[2]) * 3 - 2, 3)),
    (rf"(?i:(first|second|third|fourth|last) (quarter) of) {_YEAR}", _portion),
    (rf"(?i:(first|second|last) (half) of) {_YEAR}", _portion),
    (r"(?:(?i:(early|mid|late))[ -])?([12][0-9]{2}0)s", _decade),
)
"""How a part of time is written, and how its days follow."""
