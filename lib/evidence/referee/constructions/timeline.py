"""Times, lengths of time and ordinals of a sentence, each set down as one sign, so that a pattern reads how the words bind them."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from evidence.quantity.words import ORDINALS, SMALL, TENS, UNITS
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach
from evidence.referee.relations.times import MONTHS

_M = "|".join(MONTHS)
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (11, 14)}
_Y = r"(?<![\d,.£$€/\u2013-])(?:1[5-9]|20)\d\d(?!\d|,\d|\.\d|%| per ?cent)"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?"
_WHEN = re.compile(
    rf"{_WEEKDAY}\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m>{_M})\b(?:,? (?P<y>{_Y}))?"
    rf"|\b(?P<m_us>{_M}) (?P<d_us>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y_us>{_Y})"
    rf"|\b(?P<m_only>{_M}|{'|'.join(_SEASONS)})(?: of)? (?P<y_m>{_Y})"
    rf"|\b(?P<d_first>\d{{1,2}})(?:st|nd|rd|th)?(?= (?:to|and|until|till|[-\u2013]) (?:the )?\d{{1,2}}(?:st|nd|rd|th)? (?P<m_of>{_M})\b)"
    rf"|(?<=\bin )(?P<m_in>{_M})\b|(?<=\bfrom )(?P<m_from>{_M})\b|(?<=\bto )(?P<m_to>{_M})\b|(?<=\buntil )(?P<m_until>{_M})\b|(?<=\bby )(?P<m_by>{_M})\b"
    rf"|(?P<only>{_Y})(?P<more>[/\u2013-]\d\d(?:\d\d)?\b)?"
)
_TENS, _ONES = "|".join(TENS), "|".join(UNITS[1:])
_WORD = rf"(?:(?:{_TENS})[- ](?:{_ONES})|{_TENS}|{_ONES}|(?:a|one) hundred and (?:{_TENS})|(?:a|one|two|three) hundred)"
NUMBER = rf"(?:\d{{1,3}}(?:\.\d+)?|{_WORD}|an?)"
_UNIT = r"(?P<{0}>day|week|fortnight|month|year|decade|century|centurie|quarter of a centur(?:y)|half a centur(?:y))s?"
_KIND = r"(?:full |whole |calendar |consecutive |successive |straight |further |more |other |long |school |financial |academic )?"
_LENGTH = re.compile(
    r"(?P<hedge>\b(?:(?:just |only |a little |slightly |well )?(?:over|under|more than|less than|short of)|at least|nearly|almost|about|some|roughly|around|barely|up to|at most) )?"
    rf"\b(?P<n>{NUMBER})(?P<part> and a half| and a quarter|\u00bd)?[- ]{_KIND}{_UNIT.format('unit')}\b(?P<half> and a half)?"
    rf"(?:,? (?:and )?(?P<n2>{NUMBER}) (?P<unit2>day|week|month)s?\b)?(?P<old>[- ]olds?\b| of age\b)?"
    r"|\b(?P<some>half a (?:year|decade|century)|a quarter of a century|three quarters of a century)\b"
)
_ORDINAL = re.compile(
    rf"\b(?P<n>\d{{1,3}})(?:st|nd|rd|th)\b|\b(?P<word>(?:(?:{_TENS})-)?(?:{'|'.join(ORDINALS)}|thirtieth|fortieth|fiftieth|sixtieth|seventieth|eightieth|ninetieth|hundredth))\b"
    r"|\b(?P<name>centenary|bicentenary|tercentenary|golden jubilee|silver jubilee|diamond jubilee|golden anniversary|silver anniversary)\b"
)
_NAMES = {"centenary": 100, "bicentenary": 200, "tercentenary": 300, "golden": 50, "silver": 25, "diamond": 60}
_NTH = {word: number for number, word in enumerate(ORDINALS, start=1)} | {
    f"{word[:-1]}ieth": 10 * number for number, word in enumerate(TENS, start=2)
}
_NTH |= {"hundredth": 100}
_IN_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_IN_MONTHS = {"month": 1, "year": 12, "decade": 120, "century": 1200}
_MONTH = Fraction(365, 12)
DAYS = {unit: Fraction(days) for unit, days in _IN_DAYS.items()} | {unit: months * _MONTH for unit, months in _IN_MONTHS.items()}
"""How many days a unit has, those of a month being the twelfth part of a year."""
_SOME = {"half a year": 6, "half a decade": 60, "half a century": 600, "a quarter of a century": 300, "three quarters of a century": 900}
_TIMES, _LENGTHS, _NTHS = 0xE000, 0xE400, 0xE800


@dataclass(frozen=True, slots=True)
class When:
    """A day, a month, a season or a year that a sentence names: its first and its last day, its words and where they stand, and whether it names no year."""

    first: date
    last: date
    words: str
    start: int
    end: int
    bare: bool = False

    @property
    def off(self) -> int:
        """How many days it leaves open."""
        return (self.last - self.first).days + 1


@dataclass(frozen=True, slots=True)
class Lasting:
    """A length of time: how many of which unit, in months or days what that is, at least and at most, its words and where they stand."""

    number: Fraction
    unit: str
    told: Fraction
    low: Fraction
    high: Fraction
    words: str
    start: int
    end: int
    old: bool = False
    hedged: bool = False

    @property
    def in_months(self) -> bool:
        """Whether it is told in months, years or more, which go by the calendar."""
        return self.unit in _IN_MONTHS


@dataclass(frozen=True, slots=True)
class Nth:
    """An ordinal number: "25th", "sixth", "centenary"."""

    number: int
    words: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """A sentence with one sign for each time, each length and each ordinal: what they are, in order."""

    text: str
    whens: tuple[When, ...]
    lengths: tuple[Lasting, ...]
    nths: tuple[Nth, ...]

    def named(self, match: re.Match[str], name: str) -> When | None:
        """Return the time that a pattern has found under a name."""
        return self.whens[ord(match[name]) - _TIMES] if match.groupdict().get(name) else None

    def length(self, match: re.Match[str], name: str = "L") -> Lasting | None:
        """Return the length that a pattern has found."""
        return self.lengths[ord(match[name]) - _LENGTHS] if match.groupdict().get(name) else None

    def nth(self, match: re.Match[str], name: str = "N") -> Nth | None:
        """Return the ordinal that a pattern has found."""
        return self.nths[ord(match[name]) - _NTHS] if match.groupdict().get(name) else None


def timed(text: str) -> re.Pattern[str]:
    """Return a pattern over the text of a timeline: `<P>` to `<S>` are times, `<L>` and `<K>` lengths, `<N>` an ordinal, `#` any time.

    Example:
        >>> timed("<P>, <L> later").groups
        2
    """
    for names, low in (("PQRS", _TIMES), ("LK", _LENGTHS), ("N", _NTHS)):
        text = re.sub(rf"(?<!\?P)<([{names}])>", rf"(?P<\1>[{chr(low)}-{chr(low + 0x3FF)}])", text)
    return re.compile(text.replace("#", f"{chr(_TIMES)}-{chr(_TIMES + 0x3FF)}"))


@lru_cache(maxsize=512)
def timeline(sentence: Sentence) -> Timeline:
    """Return the times, lengths and ordinals of a sentence and its text with their signs."""
    text = sentence.text.lower().replace("\u2019", "'")
    whens = list(_whens(sentence, text))
    lengths = [one for one in _lengths(text) if not _overlap(one, whens)]
    nths = [one for one in _nths(text) if not _overlap(one, whens) and not _overlap(one, lengths)]
    signs = [(one.start, one.end, chr(base + at)) for base, held in _bases(whens, lengths, nths) for at, one in enumerate(held)]
    for start, end, sign in sorted(signs, reverse=True):
        text = text[:start] + sign + text[end:]
    return Timeline(text, tuple(whens), tuple(lengths), tuple(nths))


Token = When | Lasting | Nth


def _bases(whens: list[When], lengths: list[Lasting], nths: list[Nth]) -> list[tuple[int, Sequence[Token]]]:
    return [(_TIMES, whens), (_LENGTHS, lengths), (_NTHS, nths)]


def _overlap(one: Token, others: list[When] | list[Lasting]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _whens(sentence: Sentence, text: str) -> Iterator[When]:
    """Yield the times of a text; a day or month without a year is of the year behind it, else of that before it, else of the sentence before."""
    found = [match for match in _WHEN.finditer(text) if not (match["only"] and _is_counted(sentence, match))]
    years = [_year(match) for match in found]
    for at, match in enumerate(found):
        year = years[at] or next((one for one in years[at + 1 :] if one), 0) or next((one for one in reversed(years[:at]) if one), 0)
        span = _days(match, year or last_year(sentence) or _ANY_YEAR)
        if span:
            yield When(span[0], span[1], match[0].strip(), match.start(), match.end(), not years[at])


def last_year(sentence: Sentence) -> int:
    """Return the last year that the sentences before one in its paragraph name; 0 where they name none."""
    before = sentence.before
    while before:
        if found := re.findall(_Y, before.text):
            return int(found[-1])
        before = before.before
    return 0


def _is_counted(sentence: Sentence, match: re.Match[str]) -> bool:
    return any(one.start < match.end() and match.start() < one.end and not one.quantity.ends for one in sentence.mentions)


def _group(match: re.Match[str], *names: str) -> str:
    return next((match[name] for name in names if match[name]), "")


def _year(match: re.Match[str]) -> int:
    return int(_group(match, "y", "y_us", "y_m", "only") or 0)


def _days(match: re.Match[str], year: int) -> tuple[date, date] | None:
    """Return the first and the last day of a time."""
    if match["only"]:
        more = (match["more"] or "")[1:]
        if more and int(more) % 100 != (year + 1) % 100:
            return date(year, 1, 1), date(int(more) if len(more) > _TWO else year - year % 100 + int(more), 12, 31)
        return (date(year, 4, 1), date(year + 1, 3, 31)) if more else (date(year, 1, 1), date(year, 12, 31))
    name, day = (
        _group(match, "m", "m_us", "m_only", "m_of", "m_in", "m_from", "m_to", "m_until", "m_by"),
        _group(match, "d", "d_us", "d_first"),
    )
    low, high = _SEASONS.get(name) or (MONTHS.index(name) + 1,) * 2
    try:
        first = date(year, low, int(day or 1))
    except ValueError:
        return None
    return first, first if day else date(year + high // 12, high % 12 + 1, 1) - timedelta(1)


_TWO, _ANY_YEAR = 2, 2001


def value(word: str) -> Fraction:
    """Return a number in digits or in words; 0 for another word.

    Example:
        >>> [str(value(word)) for word in ("twenty-two", "a hundred and fifty", "2.5")]
        ['22', '150', '5/2']
    """
    if re.fullmatch(r"\d+(?:\.\d+)?", word):
        return Fraction(word)
    parts = re.split(r"[- ]", word)
    hundreds = SMALL.get(parts[0], 1) * 100 if "hundred" in parts else 0
    rest = parts[parts.index("hundred") + 1 :] if hundreds else parts
    return Fraction(hundreds + sum(1 if part in ("a", "an") else SMALL.get(part, 0) for part in rest))


def _lengths(text: str) -> Iterator[Lasting]:
    for match in _LENGTH.finditer(text):
        if match["some"]:
            months = Fraction(_SOME[match["some"]])
            low, high = months * Fraction(9, 10), months * Fraction(11, 10)
            yield Lasting(months / 12, "year", months, low, high, match[0], match.start(), match.end(), hedged=True)
        elif number := value(match["n"]):
            yield _length(match, number)


def _length(match: re.Match[str], number: Fraction) -> Lasting:
    """Return a length of so many units: what is cut off after the whole unit, and what is rounded to it, may be said so."""
    unit = match["unit"].replace("centurie", "century")
    if match["part"] or match["half"]:
        number += Fraction(1, 4 if (match["part"] or "").endswith("quarter") else 2)
    told, step = number * _size(unit, unit), _size(unit, unit) * (1 if number.denominator == 1 else Fraction(1, 2))
    if second := value(match["n2"] or ""):
        step = _size(match["unit2"], unit)
        told += second * step
    low, high = _hedged((match["hedge"] or "").strip(), told, step, unit)
    return Lasting(number, unit, told, low, high, match[0].strip(), match.start(), match.end(), bool(match["old"]), bool(match["hedge"]))


def _size(unit: str, other: str) -> Fraction:
    """Return how many months a unit has, or days where it is told beside one that is not of months."""
    return DAYS[unit] / (_MONTH if other in _IN_MONTHS else 1)


def _hedged(hedge: str, told: Fraction, step: Fraction, unit: str) -> tuple[Fraction, Fraction]:
    """Return what a length may be at least and at most."""
    far, further = max(step, told * _ROUGHLY), max(step * Fraction(3, 2), told * _ROUGHLY)
    if hedge.endswith(("under", "less than", "short of", "nearly", "almost", "up to", "at most")):
        return told - far, told
    if hedge.endswith(("over", "more than", "at least")):
        return told - (step / 2 if hedge == "over" else 0), told + further
    if hedge:
        return told - far, told + far
    return (told - 1, told + 1) if unit == "day" else (told - step / 2, told + step * Fraction(99, 100))


_ROUGHLY = Fraction(3, 20)


def _nths(text: str) -> Iterator[Nth]:
    for match in _ORDINAL.finditer(text):
        if match["name"]:
            number = _NAMES[match["name"].split()[0]]
        elif match["n"]:
            number = int(match["n"])
        else:
            tens, _, one = match["word"].rpartition("-")
            number = _NTH[one] + (SMALL[tens] if tens else 0)
        yield Nth(number, match[0], match.start(), match.end())


def in_turn(one: When, two: When) -> tuple[When, When]:
    """Return the ends of a span, one that names no year moved into the year before the other, or behind it, where they would else run backwards."""
    if two.last < one.first and one.bare:
        return replace(one, first=_moved(one.first, -1), last=_moved(one.last, -1)), two
    return (one, replace(two, first=_moved(two.first, 1), last=_moved(two.last, 1))) if two.last < one.first and two.bare else (one, two)


def in_year_of(one: When, two: When) -> tuple[When, When]:
    """Return two times, the second moved into the year of the first, or the one after it: "on 3 March 2021. On 14 May … and on 2 June 2022"."""
    years = one.first.year - two.first.year
    return in_turn(one, replace(two, first=_moved(two.first, years), last=_moved(two.last, years)))


def _moved(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=min(day.day, 28) if day.month == _TWO else day.day)


def apart(one: When, two: When, *, in_months: bool = False) -> tuple[Fraction, Fraction]:
    """Return how many days, or months of the calendar, lie between two times at least and at most: with neither of them counted, and with both."""
    place = _months_to if in_months else _days_to
    return place(two.first) - place(one.last + timedelta(1)), place(two.last + timedelta(1)) - place(one.first)


def _days_to(day: date) -> Fraction:
    return Fraction(day.toordinal())


def _months_to(day: date) -> Fraction:
    return 12 * day.year + day.month + Fraction(day.day - 1, monthrange(day.year, day.month)[1])


def lasts(one: When, two: When, length: Lasting) -> bool:
    """Return whether a length may be that from one time to another: as told where they leave more open than its unit, else cut off or rounded."""
    low, high = apart(one, two, in_months=length.in_months)
    if 2 * max(one.off, two.off) > DAYS[length.unit] and not length.hedged:
        return low <= length.told <= high
    return low <= length.high and length.low <= high


def near_lines(sentence: Sentence, reach: Reach, most: int = 2) -> list[Timeline]:
    """Return the timelines of a sentence and of as many before it under its heading."""
    return [timeline(one) for one in (sentence, *reach.section(sentence)[:most])]


def pairs_to(end: When, others: Iterable[When]) -> list[tuple[When, When]]:
    """Return a time with each of others that is not the same day, month or year."""
    return [(one, end) for one in others if (one.first, one.last) != (end.first, end.last)]
