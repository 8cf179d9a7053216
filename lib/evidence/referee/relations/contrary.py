"""Sizes and sources that go the other way than their word: what lies just so far from a number beside it is more than it, or less."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import permutations

from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.noun_ways import in_time
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off
from evidence.referee.relations.told_beside import HUNDRED, printed

_MORE = "more|higher|above|over|greater|larger|longer|bigger|older|up"
_FEWER = "fewer|less|lower|below|under|smaller|shorter|younger|down|short of"
_TWO = 2
_NUMBER = r"[£$€]?\d[\d,.]*(?: ?%| per ?cent| (?:million|billion|bn|m)\b)?"
_BEHIND = re.compile(rf"(?: [a-z-]+){{0,2}}?(?:,? \(?(?:or )?{_NUMBER}\)?)?(?: [a-z-]+){{0,2}}? (?:(?P<up>{_MORE})|(?P<down>{_FEWER}))\b")
_AHEAD = re.compile(
    rf"\b(?:(?P<up>(?!improv|gain|better)(?:{RISE}))|(?P<down>(?!loss|lost|cut )(?:{FALL})))(?: in [a-z ]{{3,30}})?(?: of| by)?(?: just| only| about| some| an?| another| a further)* $"
)
_NOT_SO = re.compile(r"\b(?:not|never|neither|nor|without|if|would|could|should|instead|rather)\b")
_REFERS = re.compile(
    r"(?:[^.;:]|\.(?=\d))*\b(?:than|below|above|from|on|over|under|against|compared (?:with|to)|short of)\b(?:[^.;:]|\.(?=\d))*"
)
_AGAINST, _NOW = re.compile(r"\b(?:against|compared (?:with|to)) (?:just |only |about |some )?$"), re.compile(r" (?:now|today|this)\b")
_TO, _FROM = re.compile(r"\bto (?:just |only |about |some )?$"), re.compile(r"\bfrom (?:just |only |about |some )?$")


def contrary_sizes(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a number goes the way that is told from the number of its sentence from which it lies just as far as a size says."""
    for size in sentence.mentions:
        way = _way_of(size)
        if not way or _NOT_SO.search(sentence.masked):
            continue
        levels = [m for m in sentence.mentions if m is not size and _is_level(m)]
        pairs = [(now, then) for now, then in permutations(levels, 2) if _lies_so_far(now, size, then) and _is_then(now, size, then)]
        wrong = [(now, then) for now, then in pairs if (now.quantity.anchor > then.quantity.anchor) is not (way == "up")]
        if pairs and len(wrong) in (0, len(pairs)):
            now, then = (wrong or pairs)[0]
            message = f"{size.text} {way}, but {now.text} lies as far {'above' if way == 'down' else 'below'} {then.text}." if wrong else ""
            yield compared(
                "direction",
                [then, now, size],
                f"{then.text} → {now.text}; {size.text} {way}",
                message,
                confidence=Confidence.medium,
                said=way,
            )


def _way_of(size: Occurrence) -> str:
    """Return "up" or "down" for the word beside the size of a change; empty where there is none."""
    text = size.sentence.text.lower()
    found = _AHEAD.search(text[: size.start]) or _BEHIND.match(text, size.end)
    return "" if not found or size.quantity.ends else "up" if found["up"] else "down"


def _is_level(mention: Occurrence) -> bool:
    return not (mention.quantity.ends or is_size(mention)) and bool(re.search(r"\d", mention.text)) and mention.quantity.anchor > 0


def _lies_so_far(now: Occurrence, size: Occurrence, then: Occurrence) -> bool:
    """Return whether a size is just what lies between two levels of its unit, or that in percent of the earlier one."""
    gap = abs(now.quantity.anchor - then.quantity.anchor)
    units = {base(now), base(then)} - {"count"}
    if len(units) > 1 or not gap:
        return False
    if base(size) == "percent":
        return "percent" not in units and printed(size, gap * HUNDRED / then.quantity.anchor)
    same = base(size) == "percentage points" if "percent" in units else len({base(size)} - {"count"} | units) < _TWO
    return same and gap == size.quantity.anchor


def _is_then(now: Occurrence, size: Occurrence, then: Occurrence) -> bool:
    """Return whether words tell that of two levels the second is the earlier one, or that with which the first is compared."""
    if _FROM.search(ahead(then)) or _TO.search(ahead(now)):
        return not _TO.search(ahead(then)) and not _FROM.search(ahead(now))
    if now.end <= size.start < then.start:
        return bool(_REFERS.fullmatch(size.sentence.text[size.end : then.end].lower())) and not _TO.search(ahead(then))
    if now.end < then.start and _AGAINST.search(ahead(then)):
        return not _NOW.match(behind(then))
    return (then, now) in (in_time(then, now), in_time(now, then))


_UP_FROM = re.compile(r"\b(?P<way>up|down) from (?:just |only |about |some |nearly |almost )*$")


def contrary_sources(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a number is up, or down, from that behind it, where nothing of its unit stands between: "62 (45%) came, up from 38%"."""
    for then in sentence.mentions:
        match = _UP_FROM.search(ahead(then))
        earlier = [m for m in sentence.mentions[: then.index] if base(m) == base(then) and not m.quantity.in_words]
        if not match or not earlier or not _is_level(earlier[-1]) or not _is_level(then) or _TO_IT.match(behind(then)):
            continue
        now = earlier[-1]
        if _AGAIN.search(ahead(now)) or off(now.quantity.anchor, then.quantity.anchor) > _FAR:
            continue
        if re.search(r"[;:]", sentence.text[now.end : then.start]) or _may_be_level(now, then):
            continue
        wrong = (now.quantity.anchor > then.quantity.anchor) is not (match["way"] == "up")
        message = f'"{match["way"]}" from {then.text}, but before it stands {now.text}.' if wrong else ""
        yield compared(
            "direction", [then, now], f"{then.text} → {now.text}; {match['way']}", message, confidence=Confidence.medium, said=match["way"]
        )


def _may_be_level(one: Occurrence, two: Occurrence) -> bool:
    first, second = alike([one.quantity, two.quantity])
    return first.meets(second)


_AGAIN, _FAR = re.compile(r"\bor (?:just |only |about |some )?$"), 3
"""What tells a number again in another way, from which another is not up or down."""
_TO_IT = re.compile(r"(?: [a-z]+){0,4} to $")


_THEN_TO = pattern(
    rf"<a>(?: (?:in|by|for) (?:19|20)\d\d(?:[/-]\d\d)?)?(?:,| and| but|, and|, but| before)(?: then| has| had| have| since)* "
    rf"(?:(?P<up>(?!improv|gain|better|up\b)(?:{RISE}))|(?P<down>(?!loss|lost|cut |down\b)(?:{FALL}))) (?:(?:back|again|slightly|further|sharply|steadily|only|just) )*to (?:just |only |about |some )?<b>"
)


def contrary_turns(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what is told next went on from the number before it as its verb says: "rose to 40 in 2019, fell back to 32"."""
    for match in _THEN_TO.finditer(sentence.masked):
        two = named(match, sentence)
        a, b, up = two["a"], two["b"], bool(match["up"])
        if (
            base(a) == base(b)
            and _is_level(a)
            and _is_level(b)
            and not _may_be_level(a, b)
            and off(a.quantity.anchor, b.quantity.anchor) <= _FAR
        ):
            word = match["up"] or match["down"]
            wrong = (b.quantity.anchor > a.quantity.anchor) is not up
            message = f'"{word}" to {b.text}, but before it stands {a.text}.' if wrong else ""
            yield compared("direction", [a, b], f"{a.text} → {b.text}; {word}", message, confidence=Confidence.medium, said=word)
