"""Two numbers of a passage of which its words tell which is the earlier, and words of what is good and what is bad."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind

GOOD = re.compile(
    r"\b(?:on time|punctual\w*|satisf\w*|performance|attendance|recycl\w*|collection|pass(?:ed)?|response|employment|employed|survival|retention|completion|complet\w+|within|achiev\w*|coverage|vaccinat\w*|trust|score|quality|reliab\w*|met|meet|efficien\w*|productivity|attainment|recommend)\b"
)
BAD = re.compile(
    r"\b(?:unemploy\w*|arrears|crimes?|complaints?|wait(?:s|ing)?|vacanc\w*|absen\w*|sickness|turnover|casualt\w*|deaths?|delays?|errors?|debt|losses|leakage|emissions|overdue|cancel\w*|fail\w*|injur\w*|accidents?|poverty|homeless\w*|backlog|days?|weeks?|months?|minutes|hours|seconds)\b"
)
_BEFORE = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|up on|down on|down from|up from|from|than|it (?:was|had been|stood at)|was|had been|were)\b[^.;,]{0,45}$"
)
_EARLIER = re.compile(
    r"\b(?:year|years|month|months|quarter|decade|season) (?:before|earlier|ago|previously)\b|\b(?:last|previous|preceding|prior) (?:year|quarter|month|season|survey)\b|\bin (?:19|20)\d\d\b|\bpreviously\b|\b(?:of|in) [a-z]* ?(?:19|20)\d\d\b|\bbefore\b"
)
_SIZED = re.compile(
    r"\b(?<!made )(?<!make )(?<!makes )(?:up|down|by|rose|fell|of|increase\w*|decrease\w*|rise|fall|further) (?:just |only |about |some |nearly |almost |over |by )*$"
)
_AIMED = re.compile(r"\b(?:target|standard|goal|aim|plan|budget|forecast|limit|threshold)\b[^.;]{0,15}$")
_TWO = 2


def dated_pair(sentence: Sentence, reach: Reach) -> tuple[Occurrence, Occurrence] | None:
    """Return the two numbers of a sentence, or of it and those around it, of which the words tell which is the earlier; None else."""
    for held in _sides(sentence):
        if len(held) == _TWO and base(held[0]) == base(held[1]) and not any(m.quantity.in_words for m in held):
            one, two = held
            low, high = sorted((one.quantity.anchor, two.quantity.anchor))
            if low <= 0 or high > 4 * low or base(one) in ("years", "percentage points", "times"):
                continue
            return _ordered(one, two)
    return None


def _sides(sentence: Sentence) -> Iterator[list[Occurrence]]:
    """Yield the numbers of a sentence, of the two before it, and of it with the one before or behind it."""
    before = sentence.before
    own = [m for m in sentence.mentions if not m.quantity.ends and base(m) != "percentage points" and not _AIMED.search(ahead(m))]
    yield _like(own)
    if before:
        earlier = [m for m in before.mentions if not m.quantity.ends and not _AIMED.search(ahead(m))]
        yield [] if own else _like(earlier)
        units = {base(m) for m in own}
        yield _like([*(m for m in earlier if not units or base(m) in units), *own])
        if before.before and not own:
            yield _like([*(m for m in before.before.mentions if not m.quantity.ends), *earlier])


def _like(held: list[Occurrence]) -> list[Occurrence]:
    """Return the numbers of the one unit that two of them share; lengths of time are no numbers beside others."""
    held = [m for m in held if not _SIZED.search(ahead(m)) or _OF_LEVEL.search(ahead(m))]
    units = [base(m) for m in held]
    twice = [unit for unit in dict.fromkeys(units) if units.count(unit) == _TWO]
    return [m for m in held if base(m) == twice[0]] if len(twice) == 1 and units.count(twice[0]) == _TWO else []


_OF_LEVEL = re.compile(r"\b(?:total|average|mean|median|rate|level|score|number|figure|low|high|peak) of $")


def _ordered(one: Occurrence, two: Occurrence) -> tuple[Occurrence, Occurrence] | None:
    """Return two numbers in the order of time, where both years are told or words set one before the other."""
    timed = any(
        _EARLIER.search(m.sentence.masked) or len(m.sentence.years) > 1 or re.search(r"\bnow\b", m.sentence.masked) for m in (one, two)
    )
    against = timed and re.search(r"\b(?:against|compared (?:with|to)|down from|up from|down on|up on)\b[^.;]{0,25}$", ahead(two))
    if against and one.sentence in (two.sentence, two.sentence.before):
        return two, one
    years = [_year(m) for m in (one, two)]
    if all(years) and years[0] != years[1]:
        return (one, two) if years[0] < years[1] else (two, one)
    if re.search(r"\bfrom(?: [a-z]+){0,2} $", ahead(one)) and re.search(r"\bto(?: [a-z]+){0,2} $", ahead(two)):
        return one, two
    second = _BEFORE.search(ahead(two)) and (_EARLIER.search(behind(two)[:40]) or _EARLIER.search(ahead(two)))
    if second:
        return two, one
    first = _EARLIER.search(behind(one)[:30])
    return (
        (one, two)
        if first and not _EARLIER.search(behind(two)[:30]) and re.search(r"\b(?:now|this year|today|since)\b", two.sentence.masked)
        else None
    )


def _year(mention: Occurrence) -> str:
    """Return the one year that the words right around a number name."""
    near = f"{ahead(mention)[-25:]} | {behind(mention)[:30]}"
    found = YEAR.findall(behind(mention)[:30]) or YEAR.findall(ahead(mention)[-30:])
    return found[0] if found and not re.search(r"\bsince\b", near) else ""
