"""What a number cannot be by its kind: parts beyond all, points of counts, a mean that no whole marks give, another multiple than is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, ratio, shown, total
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.parts import several_each
from evidence.referee.relations.reach import Reach, ahead, base, behind, singular

_OF_ALL = pattern(r"^(?:of|among) (?:the|all|these|those|our|its|their) <n>")
_OVERLAP = re.compile(
    r"\b(?:also|both|including|of (?:whom|which|them|these|those)|more than one|at least|or more|several|again|then|later)\b"
)
_LITTLE, _THREE = Fraction(6, 5), 3


def parts_beyond_all(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether three parts and more of so many are together a little more than all: much more, and they overlap."""
    match = _OF_ALL.search(sentence.masked)
    whole = named(match, sentence)["n"] if match else None
    if (
        not match
        or not whole
        or _OVERLAP.search(sentence.masked, match.end())
        or whole.quantity.ends
        or several_each(reach.after(sentence))
    ):
        return
    parts = [mention for mention in sentence.mentions if mention is not whole and base(mention) == base(whole)]
    spans = any(re.match(r" (?:[a-z]+ )?(?:days|weeks|months|years|hours|minutes)\b", behind(part)) for part in parts)
    if spans:
        return
    apart = all(re.search(r"(?:,|\band|\bbut)(?: [a-z]+){0,3} $", ahead(part)) for part in parts[1:])
    if len(parts) < _THREE or not apart or any(part.quantity.ends or part.quantity.hedge for part in parts):
        return
    sum_ = total(alike([part.quantity for part in parts]))
    if sum_.low <= whole.quantity.anchor * _LITTLE:
        told = " + ".join(part.text for part in parts)
        message = (
            f"{told} is {shown(sum_)}, more than the {whole.text} of which they are parts."
            if sum_.low > whole.quantity.interval.high
            else ""
        )
        yield compared(
            "sum", [whole, *parts], f"{told} = {shown(sum_)} of {whole.text}", message, confidence=Confidence.medium, claim=whole
        )


_COMMA = re.compile(r",? (?:or |which is |that is |about |some |nearly |almost |just |over )*$")


def as_many_as(sentence: Sentence, _reach: Reach) -> Iterator[Compared]:
    """Yield whether a number is so many times another one: "42, three times as many as the 21 of 2022"."""
    for one, times, other in zip(sentence.mentions, sentence.mentions[1:], sentence.mentions[2:], strict=False):
        said = re.match(r"as (?:many|much) as\b", other.text.lower())
        if not said or times.quantity.unit != "times" or base(one) != base(other) or not _COMMA.search(ahead(times)):
            continue
        if other.quantity.anchor and behind(times).strip() == "" and not one.quantity.ends:
            found = Interval(one.quantity.anchor / other.quantity.anchor, one.quantity.anchor / other.quantity.anchor)
            message = (
                "" if admitted(times.quantity).meets(found) else f"{one.text} is {shown(found)} times {_bare(other)}, not {times.text}."
            )
            yield compared(
                "ratio", [one, times, other], f"{one.text} / {_bare(other)} = {shown(found)}; stated {times.text}", message, contested=times
            )


_TIMES = tuple(
    pattern(rf"^(?:the )?{text}")
    for text in (
        r"(?:[a-z]+ )?(?P<one>[a-z]{4,}) (?:are|were|is|was) (?:thus|therefore|so|then|now|about|,| )*<t> (?:the )?(?:[a-z]+ )?(?P<other>[a-z]{4,})\b",
        r"[a-z]+ (?:[a-z]+ )?(?:in|at|on|for|from|of) (?:the )?(?P<one>[a-z]{4,}) (?:are|were|is|was) (?:thus|therefore|so|then|now|about|,| )*<t> (?:that|those|what (?:it is|they are)|as [a-z]+ as(?: those)?) (?:in|at|on|for|from|of) (?:the )?(?P<other>[a-z]{4,})\b",
    )
)


def times_of_names(sentence: Sentence, _reach: Reach) -> Iterator[Compared]:
    """Yield whether one thing is so many times another, where the sentence before tells of both and of nothing else in their unit."""
    match, before = next(filter(None, (rule.search(sentence.masked) for rule in _TIMES)), None), sentence.before
    times = named(match, sentence)["t"] if match else None
    if not match or not before or not times or times.quantity.unit != "times":
        return
    top, bottom = (_told_of(before, match[name]) for name in ("one", "other"))
    alone = top and sum(base(m) == base(top) for m in before.mentions) == _TWO
    if top and bottom and alone and top is not bottom and base(top) == base(bottom) and bottom.quantity.anchor > 0:
        found = ratio(*alike([top.quantity, bottom.quantity]))
        message = (
            ""
            if found and admitted(times.quantity).meets(found)
            else f"{top.text} / {bottom.text} is {shown(found) if found else '?'}, not {times.text}."
        )
        told = f"{top.text} / {bottom.text}; stated {times.text}"
        yield compared("ratio", [times], told, message, confidence=Confidence.medium, other=(top, bottom), contested=times)


_TWO = 2


def _told_of(sentence: Sentence, name: str) -> Occurrence | None:
    """Return the number behind the only mention of a name: "the median price of a home was £192,000"."""
    found = [m for m in sentence.mentions if re.search(rf"\b{re.escape(singular(name))}[a-z]*\b[^.;#]{{0,40}}$", ahead(m))]
    return found[0] if len(found) == 1 else None


def _bare(mention: Occurrence) -> str:
    return re.sub(r"^as (?:many|much) as (?:the )?", "", mention.text)
