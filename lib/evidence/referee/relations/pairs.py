"""A whole and what its sentence says of it: two parts that are all, and the share of that part which bears the same verb."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, ratio, shown, total
from evidence.referee.mentions import Occurrence, Sentence, stem
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.settling import off, said

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


_VERB = re.compile(r"^(?: of (?:them|these|those|all))? (?:were|was|are|is|had been|have been|had|have|did|do)? ?(?P<verb>[a-z]{5,})\b")
_SO = re.compile(r"\b(?:so that|so|thus|which means|meaning|or)\b[^.;]{0,12}$")


def of_one_verb(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a share is that of the part with the same verb in the whole of its sentence: "we decided 480, approving 408, so that 85% were approved"."""
    for share in sentence.mentions:
        match = _VERB.match(behind(share))
        if share.quantity.unit != "percent" or share.quantity.ends or not match or not _SO.search(ahead(share)):
            continue
        held = [m for m in sentence.mentions if base(m) == "count" and not m.quantity.ends and m.start < share.start]
        root = stem(match["verb"])
        before, after = ([m for m in held if root in _stems(text(m))] for text in (_before, _after))
        parts = before or after
        wholes = [m for m in held if m not in parts and all(m.quantity.anchor > one.quantity.anchor for one in held if one is not m)]
        if len(parts) == len(wholes) == 1:
            yield from _shared(share, parts[0], wholes[0])


def _stems(text: str) -> set[str]:
    return {stem(word) for word in re.findall(r"[a-z]+", text)}


def _before(mention: Occurrence) -> str:
    return ahead(mention)[-15:]


def _after(mention: Occurrence) -> str:
    return re.split("[,;]", behind(mention))[0][:15]


def _shared(share: Occurrence, part: Occurrence, whole: Occurrence) -> Iterator[Compared]:
    value = ratio(*alike([part.quantity, whole.quantity]))
    if value and off(value.low * 100, share.quantity.anchor) < _NEAR:
        percent = value.scaled(Fraction(100))
        message = (
            "" if said(share.quantity).meets(percent) else f"{part.text} of {whole.text} is {shown(percent)} percent, not {share.text}."
        )
        yield compared(
            "share × base",
            [whole, part, share],
            f"{part.text} / {whole.text}; stated {share.text}",
            message,
            confidence=Confidence.medium,
            contested=share,
        )
