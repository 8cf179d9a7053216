"""What one clause constructs: two counts and what they are in all, two shares and their balance, one size in two units, a day and how long after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, How, alike, compared, named, pattern, shown, total, worded
from evidence.referee.document import Report
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import base
from evidence.referee.relations.settling import near
from evidence.referee.tables import ReportTable

_CLAUSE = r"[^.;:#()]"
_IN_ALL = pattern(
    rf"<a>{_CLAUSE}{{0,40}}? and {_CLAUSE}{{0,40}}?<b>{_CLAUSE}{{0,30}}?, (?:or |and so |making |which makes |a total of )?<c> (?:in all|altogether|in total|all told|together)\b"
)
_BALANCE = pattern(
    rf"<a>{_CLAUSE}{{1,60}}? and <b>{_CLAUSE}{{1,60}}?,? (?:a|giving a|leaving a|so a|or a|which (?:leaves|gives|makes) a) (?:net )?balance of (?:just |only )?<c>"
)
_UNITS = pattern(r"<a>,? ?(?:\(|or |that is |i\.e\. |equal to |equivalent to )(?:or |some |about |roughly |around )?<b>(?=[).,; ])")
_WILL_NOT = pattern(
    rf"<a> \(<p>\){_CLAUSE}{{1,60}}?(?:,| and| but) (?:and |but )?<b> (?:will|did|do|does|was|were|is|are|has|have|had|could|can|would) not(?=[.;,)])"
)
_SIZES = {
    "hectares": (2, Fraction(10_000)),
    "square km": (2, Fraction(10**6)),
    "square metres": (2, Fraction(1)),
    "acres": (2, Fraction(40_468_564, 10_000)),
    "square miles": (2, Fraction(2_589_988)),
    "km": (1, Fraction(1000)),
    "miles": (1, Fraction(1_609_344, 1000)),
    "metres": (1, Fraction(1)),
}
"""Dimension and size of a unit, in metres."""
_MONTHS = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"]
_DAY = rf"(?P<{{0}}>\d{{{{1,2}}}}) (?P<{{1}}>{'|'.join(_MONTHS)})(?: (?P<{{2}}>(?:19|20)\d\d))?"
_AFTER = re.compile(
    rf"\b(?:opens?|opened|began|begins?|starts?|started|ran|runs?|from|on) (?:on )?{_DAY.format('d', 'm', 'y')}\b[^.;]{{1,60}}?\b(?:(?P<after>after)|for|lasting) (?P<n>one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{{1,2}}) (?P<unit>days|weeks?),?"
    rf" (?(after)on|(?:until|to|ending on)) {_DAY.format('e', 'f', 'z')}\b"
)
_NUMBERS = {
    word: number
    for number, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)
}


def check(document: Report) -> Iterator[Compared]:
    """Yield what comes of what one clause, or one row of a table with its mean, says of itself."""
    for sentence in document.sentences:
        if sentence.kind not in ("heading", "cell"):
            yield from _in_all(sentence)
            yield from _balance(sentence)
            yield from _two_units(sentence)
            yield from _and_not(sentence)
            yield from _after(sentence)
            yield from _later(sentence)
    for table in document.tables:
        yield from _means_of_years(table)


def _in_all(sentence: Sentence) -> Iterator[Compared]:
    for match in _IN_ALL.finditer(sentence.masked):
        found = named(match, sentence)
        one, two, all_ = found["a"], found["b"], found["c"]
        if (
            len({base(m) for m in found.values()}) > 1
            or base(all_) == "percent"
            or any(m.quantity.hedge or m.quantity.ends for m in found.values())
        ):
            continue
        if all_.index - one.index != len(found) - 1 or (one.index and base(sentence.mentions[one.index - 1]) == base(one)):
            continue
        *parts, whole = alike([one.quantity, two.quantity, all_.quantity])
        sum_ = total(parts)
        if not (near(sum_, all_.quantity.anchor) and all_.quantity.anchor > max(one.quantity.anchor, two.quantity.anchor)):
            continue
        message = "" if sum_.meets(whole) else f"{one.text} + {two.text} is {shown(sum_)}, not {all_.text}."
        yield compared("sum", [one, two, all_], f"{one.text} + {two.text}; stated {all_.text}", message, contested=all_)


def _balance(sentence: Sentence) -> Iterator[Compared]:
    for match in _BALANCE.finditer(sentence.masked):
        found = named(match, sentence)
        one, two, left = found["a"], found["b"], found["c"]
        if base(one) != "percent" or base(two) != "percent" or left.index - one.index != len(found) - 1:
            continue
        value = one.quantity.interval - two.quantity.interval
        stated = left.quantity.interval
        meets = value.meets(stated) or value.meets(Interval(-stated.high, -stated.low))
        message = "" if meets else f"{one.text} - {two.text} is {shown(value)}, not {left.text}."
        yield compared("sum", [one, two, left], f"{one.text} - {two.text}; stated {left.text}", message, how=How.difference, contested=left)


def _two_units(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a size is the same in a second unit, to a twentieth of itself."""
    for match in _UNITS.finditer(sentence.masked):
        found = named(match, sentence)
        one, two = found["a"], found["b"]
        first, second = _SIZES.get(one.quantity.unit), _SIZES.get(two.quantity.unit)
        if not first or not second or first == second or first[0] != second[0] or one.quantity.ends or two.quantity.ends:
            continue
        value = one.quantity.anchor * first[1] / second[1]
        held = abs(value - two.quantity.anchor) <= max(value / 20, (two.quantity.interval.high - two.quantity.interval.low) / 2)
        message = "" if held else f"{one.text} is {shown(Interval(value, value))} {two.quantity.unit}, not {two.text}."
        yield compared(
            "repeat",
            [one, two],
            f"{one.text} = {shown(Interval(value, value))} {two.quantity.unit}; stated {two.text}",
            message,
            contested=two,
        )


def _and_not(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a part with its share, and the other part, of which it is denied, make one whole."""
    for match in _WILL_NOT.finditer(sentence.masked):
        found = named(match, sentence)
        part, share, other = found["a"], found["p"], found["b"]
        if base(share) != "percent" or base(part) != base(other) or base(part) == "percent" or part.quantity.anchor <= 0:
            continue
        value = (part.quantity.interval / (part.quantity.interval + other.quantity.interval)).scaled(Fraction(100))
        reckoning = f"{part.text} / ({part.text} + {other.text})"
        message = (
            ""
            if value.meets(share.quantity.interval)
            else f"{reckoning} is {shown(value)} percent, not {share.text}: {other.text} is not the rest."
        )
        yield compared("sum", [part, share, other], f"{reckoning}; stated {share.text}", message, contested=share)


def _after(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a day is as long after another as is said, a week counted from the first or the second day."""
    for match in _AFTER.finditer(sentence.text.lower()):
        if len(re.findall(rf"\b(?:{'|'.join(_MONTHS)})\b", match[0])) > _BOTH:
            continue
        year = int(match["y"] or match["z"] or 2001)
        try:
            first = date(year, _MONTHS.index(match["m"]) + 1, int(match["d"]))
            last = date(int(match["z"] or year), _MONTHS.index(match["f"]) + 1, int(match["e"]))
        except ValueError:
            continue
        number = _NUMBERS.get(match["n"]) or int(match["n"])
        lasts = (last - first) // timedelta(days=1)
        stated = number * (1 if match["unit"] == "days" else _WEEK)
        slack = 1 if match["unit"] == "days" else _WEEKEND
        message = "" if abs(lasts - stated) <= slack else f"{lasts} days lie between them, not {match['n']} {match['unit']}."
        yield worded("dates", sentence, match.span(), f"{first} to {last}: {lasts} days", message, Confidence.high)


_FULL_DAY = re.compile(rf"\b(?P<d>\d{{1,2}}) (?P<m>{'|'.join(_MONTHS)}) (?P<y>(?:19|20)\d\d)\b")
_LATER = re.compile(rf"{_FULL_DAY.pattern},? (?P<n>\d{{1,3}}|[a-z]+) (?P<unit>days|weeks) (?:later|afterwards)\b")


def _later(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a day is so many days or weeks later than the only one that the sentence, or the one before it, tells before."""
    for match in _LATER.finditer(sentence.text.lower()):
        earlier = f"{sentence.before.text if sentence.before else ''} {sentence.text[: match.start()]}".lower()
        days = [_day(one) for one in _FULL_DAY.finditer(earlier)]
        number = _NUMBERS.get(match["n"]) or (int(match["n"]) if match["n"].isdigit() else 0)
        last = _day(match)
        if len(days) != 1 or not days[0] or not last or not number:
            continue
        lasts, step = (last - days[0]).days, _WEEK if match["unit"] == "weeks" else 1
        message = (
            ""
            if abs(lasts - number * step) <= step
            else f"{match['d']} {match['m']} {match['y']} is {lasts} days after {days[0]}, not {match['n']} {match['unit']}."
        )
        yield worded("dates", sentence, match.span(), f"{days[0]} to {last}: {lasts} days", message, Confidence.high)


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["y"]), _MONTHS.index(match["m"]) + 1, int(match["d"]))
    except ValueError:
        return None


_BOTH = 2
_WEEK, _WEEKEND = 7, 3
"""A week that ends on a Friday may be counted to the Monday behind it."""
_MEAN = re.compile(r"(?:(?P<n>two|three|four|five|six|seven|eight|ten|\d{1,2})[- ](?:year|month) )?(?:average|mean)", re.IGNORECASE)
_PERIOD = re.compile(r"(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?")


def _means_of_years(table: ReportTable) -> Iterator[Compared]:
    """Yield whether the mean in the last column is that of the years before it, where every other column is a year."""
    *years, last = [head.strip("* ") for head in table.heads[1:]] or [""]
    said = _MEAN.fullmatch(last)
    number = said["n"] if said else None
    if not said or len(years) < _FEWEST or not all(_PERIOD.fullmatch(head) for head in years):
        return
    if number and (_NUMBERS.get(number.lower()) or int(number)) != len(years):
        return
    for label, cells, place in table.numbers:
        given = [cell for cell in cells if cell]
        if len(given) != len(years) + 1 or len({cell.unit for cell in given}) > 1 or given[0].unit == "percent":
            continue
        *parts, mean = given
        value = total([part.interval for part in parts]).scaled(Fraction(1, len(parts)))
        step = Fraction(1, 10 ** len(mean.text.partition(".")[2])) if "." in mean.text else Fraction(1)
        held = Interval(mean.anchor - step, mean.anchor + step).meets(value)
        told = f"the mean of the {len(parts)} before it is {shown(value)}"
        message = "" if held else f"{label}, {last}: {mean.text}, but {told}."
        yield Compared(
            "per head",
            not message,
            message or "agrees",
            f"{told}; in the table {mean.text}",
            place,
            " | ".join(table.row_at.get(place, [])),
        )


_FEWEST = 3
