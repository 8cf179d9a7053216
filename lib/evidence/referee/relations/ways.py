"""The way of a change as words tell it, against the numbers and their times, wherever in the passage the words stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.mentions import FALL, FIRST_MARK, MARK, RISE, YEAR, Occurrence, Sentence, stems
from evidence.referee.passages import is_particle
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_size

_MORE = r"more|higher|greater|longer|larger|bigger|dearer|(?<!made )(?<!make )(?<!makes )up|rose|risen|increased|grew|grown|climbed|went up|gone up|raised"
_LESS = r"fewer|less|lower|shorter|smaller|cheaper|down|fell|fallen|dropped|declined|decreased|went down|gone down|come down|came down|reduced|cut|shrank|shrunk|quicker|faster"
_BETTER = r"improved|better|improvement|improving"
_WORSE = r"worse|worsened|deteriorated|worsening|deterioration|slipped"
GOOD = re.compile(
    r"\b(?:on time|punctual\w*|satisf\w*|performance|attendance|recycl\w*|collection|pass(?:ed)?|response|employment|employed|survival|retention|completion|complet\w+|within|achiev\w*|coverage|vaccinat\w*|trust|score|quality|reliab\w*|met|meet|efficien\w*|productivity|attainment|recommend)\b"
)
BAD = re.compile(
    r"\b(?:unemploy\w*|arrears|crimes?|complaints?|wait(?:s|ing)?|vacanc\w*|absen\w*|sickness|turnover|casualt\w*|deaths?|delays?|errors?|debt|losses|leakage|emissions|overdue|cancel\w*|fail\w*|injur\w*|accidents?|poverty|homeless\w*|backlog|days?|weeks?|months?|minutes|hours|seconds)\b"
)
_WAY = re.compile(rf"(?<!-)\b(?:(?P<more>{_MORE})|(?P<less>{_LESS})|(?P<better>{_BETTER})|(?P<worse>{_WORSE}))\b")
_BEFORE = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|up on|down on|down from|up from|from|than|it (?:was|had been|stood at)|was|had been|were)\b[^.;,]{0,45}$"
)
_EARLIER = re.compile(
    r"\b(?:year|years|month|months|quarter|decade|season) (?:before|earlier|ago|previously)\b|\b(?:last|previous|preceding|prior) (?:year|quarter|month|season|survey)\b|\bin (?:19|20)\d\d\b|\bpreviously\b|\b(?:of|in) [a-z]* ?(?:19|20)\d\d\b|\bbefore\b"
)
_DENIED = re.compile(
    r"\b(?:not|no|never|without|neither|hardly|if|would|could|will|target|aim|plan\w*|expect\w*|forecast|whether|held|kept|set|made|per cent of|most|many|least|rather|or)\b"
)
_REAL = re.compile(r"\b(?:in real terms|real[- ]terms|after inflation|adjust\w* for inflation|if|unless)\b")
_RANGES = re.compile(r"\b(?:rang\w+|var(?:y|ies|ied|ying)|between)\b")
_SIZED = re.compile(
    r"\b(?<!made )(?<!make )(?<!makes )(?:up|down|by|rose|fell|of|increase\w*|decrease\w*|rise|fall|further) (?:just |only |about |some |nearly |almost |over |by )*$"
)
_AIMED = re.compile(r"\b(?:target|standard|goal|aim|plan|budget|forecast|limit|threshold)\b[^.;]{0,15}$")
_TWO = 2


def told_ways(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a word for the way of a change suits two numbers of which the words date one before the other."""
    text = sentence.masked
    words = [match for match in _WAY.finditer(text) if re.search(rf"\b{match[0]}\b", sentence.text) or match.start() == 0]
    words = [match for match in words if not _DENIED.search(text[max(0, match.start() - 22) : match.start()])]
    words = [match for match in words if not (_ADJECTIVE.fullmatch(match[0]) and _OF_THINGS.search(text[: match.start()]))]
    if _RANGES.search(text) or _REAL.search(text) or not words or _size_behind(text, words):
        return
    pair = dated_pair(sentence, reach)
    if not pair or _goes_on(pair) or _told_by_another(sentence, pair, words):
        return
    words = [match for match in words if _of_pair(match, sentence, pair)]
    before, after = pair
    gone = after.quantity.anchor - before.quantity.anchor
    if gone == 0 or before.quantity.interval.meets(after.quantity.interval):
        return
    told = [(match, _up(match, f"{text} {before.sentence.masked} {after.sentence.masked}", before)) for match in words]
    known = [(match, up) for match, up in told if up is not None]
    if len({up for _, up in known}) == 1:
        match, up = known[0]
        wrong = up != (gone > 0)
        message = f'"{match[0]}", but from {before.text} to {after.text} it went {"up" if gone > 0 else "down"}.' if wrong else ""
        own = all(one.sentence is sentence and not is_size(one) for one in pair)
        clear = (own or match["better"] or match["worse"] or match["more"] in ("up",)) and not _OTHERWISE.search(text)
        confidence = Confidence.medium if clear else Confidence.question
        yield worded("direction", sentence, _span(sentence, match), f"{before.text} → {after.text}; {match[0]}", message, confidence, pair)


def _goes_on(pair: tuple[Occurrence, Occurrence]) -> bool:
    """Return whether a verb of change stands between two numbers of a sentence, which says of them how it went on: "rose to 40 before falling to 32"."""
    one, two = sorted(pair, key=lambda level: level.start)
    return one.sentence is two.sentence and bool(_GOES.search(one.sentence.text[one.end : two.start].lower()))


_GOES = re.compile(r"\b(?:falling|rising|dropping|declining|climbing|growing|increasing|decreasing|shrinking|slipping)\b")
_ADJECTIVE = re.compile(r"higher|greater|longer|larger|bigger|dearer|lower|shorter|smaller|cheaper")
_OF_THINGS = re.compile(r"\b(?:in|among|for|of|at|from|by|with) (?:the |these |those |all |our )?$")
"""What stands before the name of some things, "in larger firms", which says no way."""
_OTHERWISE = re.compile(r"\bequivalent\b|\b(?:doubl|trebl|tripl|halv)[a-z]+\b|\b(?:two|three|six|twelve) months\b|-month\b")
"""Words of another way, of another measure, or of how long a time is."""


def _told_by_another(sentence: Sentence, pair: tuple[Occurrence, Occurrence], words: list[re.Match[str]]) -> bool:
    """Return whether a word for a way right before "from" says it of two numbers, which is none of those found, or "from" begins a change that is left open."""
    own = [one for one in pair if one.sentence is sentence]
    said = [found for one in own if (found := _FROM.search(ahead(one)))]
    open_ = bool(said) and len(own) == 1 and " to " not in f"{ahead(own[0])}{behind(own[0])}"
    return open_ or any(found[1] not in {match[0] for match in words} for found in said if _GONE.fullmatch(found[1] or ""))


_FROM = re.compile(r"\b(?:([a-z]+)(?: (?:back|slightly|sharply|steadily|slowly|again))? )?from (?:just |only |about |some |nearly )*$")
_BUT = re.compile(r"\b(?:but|though|although|while|whereas|yet)\b")
_NEXT = re.compile(r"[;:]|,? (?:and|but|while|whereas|though|although) (?=(?:the|its|our|their|this|that|these|those|her|his) [a-z]+)")
_GONE = re.compile(rf"\b(?:{RISE}|{FALL})\b")
_POINTER = re.compile(r"(?:it|this|that|these|those|they|which|so|and|but|now)\b")


def _of_pair(match: re.Match[str], sentence: Sentence, pair: tuple[Occurrence, Occurrence]) -> bool:
    """Return whether a word for a way may be that of two numbers: it stands in their clause, where that has one, and speaks of what they do."""
    text = sentence.masked
    own = [one for one in pair if one.sentence is sentence]
    if match[0] in ("up", "down") and is_particle(text, match, bound=not own):
        return False
    if not own:
        return bool(match["better"] or match["worse"] or _POINTER.match(text) or _subject(sentence) & pair[0].sentence.stems)
    marks = sorted(text.index(chr(FIRST_MARK + one.index)) for one in own)
    if len(own) > 1 and _BUT.search(text[marks[0] : marks[1]]):
        return False
    start = max((found.end() for found in _NEXT.finditer(text[: marks[0]])), default=0)
    return match.start() >= start or not _GONE.search(text[start : marks[-1]])


def _subject(sentence: Sentence) -> frozenset[str]:
    """Return the words before the first verb of a change, that say of what a sentence speaks."""
    return frozenset(stems(re.split(rf"\b(?:that|which|who)\b|{_GONE.pattern}|{MARK}", sentence.masked)[0]))


def _span(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    start = sentence.text.lower().find(match[0])
    return start, start + len(match[0])


def _size_behind(text: str, words: list[re.Match[str]]) -> bool:
    """Return whether every word belongs to something else: "more than", "up to", "lower than average"."""
    return all(
        re.match(r" (?:than (?!they|it|before|last|in|the (?:year|previous))|to\b(?! \ue000)|of\b|or less|or more)", text[match.end() :])
        for match in words
    )


def _up(match: re.Match[str], text: str, one: Occurrence) -> bool | None:
    """Return whether a word says that the numbers rose; None where it does not."""
    if match["more"] or match["less"]:
        quick = match[0] in ("quicker", "faster")
        if quick and not re.search(r"\b(?:days?|weeks?|months?|minutes|hours)\b", text + base(one)):
            return None
        if match[0] in ("more", "less") and not re.match(r" [a-z]+|[.,;]|$", text[match.end() :]):
            return None
        return bool(match["more"])
    good, bad = bool(GOOD.search(text)), bool(BAD.search(f"{text} {base(one)}"))
    return None if good == bad else bool(match["better"]) == good


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
