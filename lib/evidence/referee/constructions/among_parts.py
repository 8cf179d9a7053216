"""What holds of a whole lies between what holds of its parts, and a mean within the range that is told of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, compared
from evidence.referee.mentions import CHANGE, FIRST_MARK, MARK, Occurrence, Sentence
from evidence.referee.passages import is_change
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import base
from evidence.referee.relations.subjects import clause_words

_ALL_OF_THEM = re.compile(
    r"\b(?:overall|as a whole|altogether|taken together|taking [^,;]{0,50}? together|combined|all told|(?:the|whole|entire) (?:whole|entire) [a-z]+|of (?:every|all) ages?(?: together)?|all (?:[a-z]+ ){0,2}(?:together|alike)|everyone|everybody"
    r"|both (?:groups|sexes|together|kinds|sorts|types|halves)(?: together| combined)?|across (?:the (?:whole|board|two|three|four|five)|all|both)[a-z ]*|the (?:two|three|four) (?:[a-z]+ )?together|in all|for all [a-z]+|among all [a-z]+|of all [a-z]+|average|mean)\b"
)
_GIVES = re.compile(
    r"\b(?:which (?:gives?|gave|makes?|made|means|yields?|works out|comes to|puts)|giving|making|yielding|hence|so that|for an? (?:overall|average|combined)|(?:an?|the) (?:overall|combined|joint|pooled) (?:rate|figure|share|average|proportion|mean|score))\b"
)
_COMPLEMENTS = tuple(
    (re.compile(rf"\b(?:{one})\b"), re.compile(rf"\b(?:{two})\b"))
    for one, two in (
        ("men|males?|boys", "women|females?|girls"),
        ("urban|towns?|cities|city", "rural|country(?:side)?|villages?"),
        ("day|daytime", "night|evening"),
        ("weekdays?", "weekends?"),
        ("full-time", "part-time"),
        ("public", "private|independent|voluntary"),
        ("primary|primaries", "secondary|secondaries"),
        ("owners?|owner-occupiers?|homeowners?", "tenants?|renters?"),
        ("former", "latter"),
        ("with", "without"),
        ("mainland", "islands?"),
        ("new", "existing|old|established|returning"),
        ("members", "non-members|others"),
        ("those who (?:had|did|were|took|have|do|are)", "those who (?:had|did|were|took|have|do|are) not|the others|the rest"),
        ("first (?:half|year|term|week)", "second (?:half|year|term|week)"),
        ("morning", "afternoon|evening"),
        ("summer", "winter"),
        ("adults", "children"),
        ("inpatients?", "outpatients?"),
        ("freehold(?:ers)?", "leasehold(?:ers)?"),
        ("manual", "non-manual|office"),
        ("north(?:ern)?", "south(?:ern)?"),
        ("east(?:ern)?", "west(?:ern)?"),
    )
)
_AGES = re.compile(
    r"\b(?:aged? (?:# to #|#|under #|over #)|over-#|under-#|under #|over #|# to #|# (?:and|or) (?:over|older|under|younger))".replace(
        "#", rf"(?:\d+s?|{MARK})"
    )
)
_GROUPED = re.compile(r"\b(?:among|amongst|of|for|at|in|from|aged?|under|over|on|by|with)\b")
_FAR_CUE = 110


def whole_among_parts(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the share of all lies between those of the groups that together are all."""
    cue = next((match for match in _ALL_OF_THEM.finditer(sentence.masked)), None)
    if not cue:
        return
    whole = _of_cue(sentence, cue)
    if not whole or is_change(whole):
        return
    after = linker.reach.after(sentence)
    near: list[list[Sentence]] = [
        [sentence],
        *([[sentence, after]] if after else []),
        *([[sentence.before, sentence]] if sentence.before else []),
    ]
    for around in near:
        parts = [one for told in around for one in told.mentions if one is not whole and _like(one, whole)]
        if _TWO <= len(parts) <= _MOST and _are_all(parts, around, whole):
            yield _among(whole, parts)
            return


_TWO, _MOST = 2, 5


def _like(one: Occurrence, whole: Occurrence) -> bool:
    return (
        base(one) == base(whole)
        and not one.quantity.ends
        and not is_change(one)
        and (whole.quantity.unit == "percent") == (one.quantity.unit == "percent")
    )


def _of_cue(sentence: Sentence, cue: re.Match[str]) -> Occurrence | None:
    """Return the share or the mean that the words for all are nearest to, in their clause."""
    held = [
        one
        for one in sentence.mentions
        if (one.quantity.unit == "percent" or (one.quantity.unit != "count" and re.search(r"average|mean", sentence.masked)))
        and not one.quantity.ends
    ]
    text = sentence.masked
    placed = [(_gap(text, text.index(chr(FIRST_MARK + one.index)), cue), one) for one in held]
    near = [pair for pair in placed if pair[0][1] < _FAR_CUE]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def _gap(text: str, at: int, cue: re.Match[str]) -> tuple[int, int]:
    between = text[min(at, cue.end()) : max(at, cue.start())]
    marks = len(re.findall(MARK, between)) - (at < cue.start())
    return marks + len(re.findall(r";| while | whereas | but ", between)), len(between)


def _are_all(parts: Sequence[Occurrence], around: Sequence[Sentence], whole: Occurrence) -> bool:
    """Return whether parts are of groups that together are all: two that complete each other, ages, or parts from which the whole is said to follow."""
    text = " ".join(one.masked for one in around)
    gives = _GIVES.search(whole.sentence.masked)
    if any(len(one.years) > 1 for one in around) or _NO_PARTS.search(text):
        return False
    if gives and all(one.sentence is whole.sentence and one.start < whole.start for one in parts):
        return not re.search(r"\b(?:sum|total|together make|add)\b", text)
    if _HELD_AGAINST.search(text):
        return False
    groups = [_group(one) for one in parts]
    ages = [found for found in groups if _AGES.search(found)]
    pair = len(parts) == _TWO and any(
        (first.search(groups[0]) and second.search(groups[1])) or (second.search(groups[0]) and first.search(groups[1]))
        for first, second in _COMPLEMENTS
    )
    return pair or (len(ages) == len(parts) > _TWO)


_NO_PARTS = re.compile(r"\b(?:up from|down from|years? (?:before|earlier|ago)|of (?:these|those|them|whom|which))\b")
_HELD_AGAINST = re.compile(r"\b(?:than|against|compared)\b")


def _group(one: Occurrence) -> str:
    """Return the words around a part that name its group: up to the part before it and behind it."""
    sentence = one.sentence
    alike = [other for other in sentence.mentions if base(other) == base(one) and not other.quantity.ends]
    at = alike.index(one)
    text = sentence.text.lower()
    start = alike[at - 1].end if at else 0
    end = alike[at + 1].start if at + 1 < len(alike) else len(text)
    behind, ahead = text[one.end : end], re.split(r"[;:]", text[start : one.start])[-1]
    led = re.search(r"(?:,|\band|;|\bwhile)[^,;]{0,40}$", behind)
    behind = behind[: led.start()] if led and at + 1 < len(alike) else behind
    return (
        behind if _GROUPED.search(behind) else re.split(r",| and | while ", ahead)[-1] if not _GROUPED.search(ahead[-40:]) else ahead[-40:]
    )


def _among(whole: Occurrence, parts: Sequence[Occurrence]) -> Compared:
    """Return whether a number lies between the least and the greatest of its parts."""
    low, high = min(one.quantity.interval.low for one in parts), max(one.quantity.interval.high for one in parts)
    own = whole.quantity.interval
    told = ", ".join(one.text for one in parts)
    message = f"{whole.text}, of all, does not lie between those of its parts: {told}." if own.high < low or own.low > high else ""
    mentions = [*(one for one in parts if one.sentence is whole.sentence), whole]
    return compared(
        "range", mentions, f"{whole.text} among {told}", message, other=[one for one in parts if one.sentence is not whole.sentence]
    )


_MIDDLE = re.compile(rf"\b(?:median|mean|average|typical)\b(?P<of>[^.;:{MARK[1:-1]}]{{0,45}})(?P<m>{MARK})")
_CLAUSE = 40
_MEANS = re.compile(r"\b(?:median|mean|average|typical)\b")
_PLACED = re.compile(r" (?:in|at|for|among|on|under) (?:the )?[A-Za-z]")
_RANGE = re.compile(r"\b(?:between|from|rang\w+|var\w+|anything|shortest|least|lowest)\b")
_ENDS = re.compile(
    rf"\b(?:between|(?:rang|var|anyth|last|took|tak|stretch|spread|ran|runs)[a-z]* (?:[a-z]+ ){{0,3}}from) (?:just |only |about |a |an? [a-z]+ )*(?P<a>{MARK})(?: [a-z]+){{0,3}} (?:and|to) (?:[a-z]+ ){{0,3}}(?P<b>{MARK})"
)


def middle_of_range(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the median or the mean of what a sentence, or the one before it, tells the range of lies within that range."""
    match = _MIDDLE.search(sentence.masked)
    if not match:
        return
    middle = sentence.mentions[ord(match["m"]) - FIRST_MARK]
    before = sentence.before if sentence.before and not _MEANS.search(sentence.before.masked) else None
    before = before if before and clause_words(match["of"]) <= clause_words(before.text) and "," not in match["of"] else None
    ranges = [one for told in (sentence, before) if told for one in _ranges(told) if one[2] == middle.quantity.unit]
    if len(ranges) == 1 and base(middle) not in ("count", "percent") and not middle.quantity.ends:
        span, words, _, where = ranges[0]
        outside = middle.quantity.interval.high < span.low or middle.quantity.interval.low > span.high
        message = f"{middle.text} lies outside {words}." if outside else ""
        yield compared("range", [middle], f"{middle.text} within {words}", message, other=where)


def _ranges(sentence: Sentence) -> Iterator[tuple[Interval, str, str, Sentence]]:
    """Yield the ranges that a sentence tells: from the least to the most, its words and its unit."""
    if not _RANGE.search(sentence.text.lower()):
        return
    for one in sentence.mentions:
        if one.quantity.ends and not _PLACED.search(f"{one.text}{sentence.text[one.end :][:12]}"):
            low, high = one.quantity.ends
            if CHANGE.search(sentence.text.lower()[max(0, one.start - _CLAUSE) : one.start]):
                continue
            yield Interval(low.interval.low, high.interval.high), one.text, high.unit, sentence
    for match in _ENDS.finditer(sentence.masked):
        a, b = (sentence.mentions[ord(match[end]) - FIRST_MARK] for end in "ab")
        placed = _PLACED.search(sentence.text[a.end : b.start] + sentence.text[b.end :][:12])
        if not placed and base(a) in (base(b), "count") and a.quantity.interval.low < b.quantity.interval.high:
            yield Interval(a.quantity.interval.low, b.quantity.interval.high), sentence.text[a.start : b.end], b.quantity.unit, sentence


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (whole_among_parts, middle_of_range)
