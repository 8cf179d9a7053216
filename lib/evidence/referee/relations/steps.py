"""A step between two levels, in one construction: "38 days, three fewer than the 41 days of last year"; both its size and its way must be theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from evidence.quantity import Interval, parse
from evidence.referee.comparing import Compared, Confidence, How, alike, compared, show, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off

_UP = "more|higher|above|over|greater|larger|longer|bigger|older|later|up"
_DOWN = "fewer|less|lower|below|under|smaller|shorter|younger|earlier|down"
_THAN = re.compile(
    rf"(?: (?!(?:had|has|have|was|were|is|are|said|of|could|did|do|who|that|which|in|at|for)\b)[a-z'-]+){{0,2}}? (?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: (?:than|on|from|that|those))?"
    r"(?: (?:the|its|our|their|a|in|of|for|at|when|there|had|been|were|was|it|figure|level|total|rate|average|number|just|only|about|(?:19|20)\d\d(?:[/-]\d\d)?))* ?[-+(]?[£$€]?$"
)
_LINK = re.compile(
    r"[^.;:(]{0,70}?(?:,|;| -| \u2013| \u2014| \(|\bis|\bwas|\bare|\bwere|\bor)(?: (?:or|which|that|is|was|just|only|about|some|an?|i\.e\.|still|now|the|satisfaction))*(?: [a-z-]+ (?:is|was))? ?\(?$"
)
_AGAINST = re.compile(r"\b(?:against|compared|from|than|versus|while|whereas|and|but)\b")
_SMALL = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MOST = 4


def steps(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a level lies so far from another, and that way, as a step between the two of them says."""
    for now, size, then in _triples(sentence):
        way = _THAN.fullmatch(sentence.text[size.end : _digits_at(then)].lower())
        between = sentence.text[now.end : size.start].lower()
        if way and _of_a_kind(now, size, then) and _LINK.fullmatch(between) and not _AGAINST.search(between):
            yield from _judged(now, size, then, way)


def _triples(sentence: Sentence) -> Iterator[tuple[Occurrence, Occurrence, Occurrence]]:
    """Yield each three numbers that follow each other; "one", which is read as no number, as the second of them."""
    yield from zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False)
    for now, then in pairwise(sentence.mentions):
        if one := _ONE.search(sentence.text[: then.start].lower(), now.end):
            yield now, Occurrence(parse("one"), sentence, one.start("n"), one.end("n")), then


_ONE = re.compile(r", (?:just |only )?(?P<n>one)\b[a-z ]{1,20}$")


def _digits_at(mention: Occurrence) -> int:
    """Return where the digits or the word of a number begin, behind the hedge that was read with it."""
    found = re.search(r"\d", mention.text)
    return mention.start + (found.start() if found else mention.text.rfind(" ") + 1)


def _of_a_kind(now: Occurrence, size: Occurrence, then: Occurrence) -> bool:
    """Return whether three numbers may be two levels of one unit and what lies between them."""
    units, step = {base(now), base(then)}, "percent" if base(size) == "percentage points" else base(size)
    plain = all(not m.quantity.ends and m.quantity.anchor > 0 for m in (now, size, then)) and not is_size(now)
    words = any(m.quantity.in_words and m.text.lower() not in _SMALL for m in (now, size, then))
    same = base(then) in (base(now), "count") and step in (base(now), "count")
    percent = "percent" in units and (len(units) > 1 or base(size) == "percent")
    return plain and not words and same and not percent and not size.quantity.hedge and now.quantity.hedge in ("", "about")


def _judged(now: Occurrence, size: Occurrence, then: Occurrence, way: re.Match[str]) -> Iterator[Compared]:
    level, step, earlier = alike([now.quantity, size.quantity, parse(_bare(then))])
    gap = level - earlier
    far = gap if now.quantity.anchor >= then.quantity.anchor else -gap
    fits, word = far.meets(admitted(size.quantity) if size.quantity.hedge else step), way["up"] or way["down"]
    wrong = now.quantity.anchor < then.quantity.anchor if way["up"] else now.quantity.anchor > then.quantity.anchor
    told = f"{now.text} - {_bare(then)} = {shown(gap)}; stated {size.text} {word}"
    if wrong and fits:
        yield compared(
            "direction",
            [now, size, then],
            told,
            f'{now.text} is not {size.text} "{word}" but that much {"less" if way["up"] else "more"}: beside it stands {_bare(then)}.',
            how=How.difference,
            contested=size,
        )
    elif fits or (not wrong and off(abs(now.quantity.anchor - then.quantity.anchor), size.quantity.anchor) <= _MOST):
        message = (
            ""
            if fits
            else f"Between {now.text} and {_bare(then)} lie {show(abs(now.quantity.anchor - then.quantity.anchor))}, not {size.text}."
        )
        given = Interval(far.low, far.high)
        yield compared("change", [now, size, then], told, message, confidence=Confidence.high, how=How.difference, claim=size, given=given)


def _bare(mention: Occurrence) -> str:
    return mention.sentence.text[_digits_at(mention) : mention.end]
