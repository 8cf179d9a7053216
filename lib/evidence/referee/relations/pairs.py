"""A whole and the two parts that its sentence says are all of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, shown, total
from evidence.referee.mentions import Sentence
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.settling import off

_TWO = (
    pattern(
        r"\bof (?:the |these |those |all |our )*<t>(?: [a-z-]+){0,3}, <a>(?P<one>[^#.;]{3,40})(?:\(#\) )?,? ?and <b>(?P<two>[^#.;]{3,60})[.;]?$"
    ),
    pattern(r"<t>(?: [a-z-]+){1,4}, of (?:which|whom) <a>(?P<one>[^#.;]{3,40}) and <b>(?P<two>[^#.;]{3,60})[.;]?$"),
)
_PLACED = re.compile(r"^(?: [a-z]+){0,2}? (?P<at>in|by|at|from|to|for|as)\b")
_RIVAL = re.compile(r"\b(?:wholly|only|not|no|none|without|never|private|privately|alone|the rest|others?)\b")
_OVERLAP = re.compile(r"\b(?:both|also|too|some|either|more than one|at least|about|over|including)\b")
_CLOSE, _NEAR = Fraction(23, 20), Fraction(3)


def two_parts(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether two parts that exclude each other, all that is told of a whole, make it, where they come near."""
    for rule in _TWO:
        for match in rule.finditer(sentence.masked):
            three = named(match, sentence)
            whole, parts = three["t"], [three["a"], three["b"]]
            places = [_PLACED.match(match[name]) for name in ("one", "two")]
            apart = (all(places) and len({place["at"] for place in places if place}) == 1) or _RIVAL.search(match["two"])
            plain = {base(m) for m in three.values()} == {"count"} and not any(m.quantity.hedge or m.quantity.ends for m in three.values())
            added = sum((m.quantity.anchor for m in parts), Fraction(0))
            if apart and plain and not _OVERLAP.search(match[0]) and off(added, whole.quantity.anchor) < _CLOSE:
                *spans, all_ = alike([*(m.quantity for m in parts), whole.quantity])
                told = " + ".join(m.text for m in parts)
                message = "" if total(spans).meets(all_) else f"{told} is {shown(Interval(added, added))}, not {whole.text}."
                yield compared(
                    "sum", [whole, *parts], f"{told}; stated {whole.text}", message, confidence=Confidence.medium, contested=whole
                )
