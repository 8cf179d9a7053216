"""Sums that a passage tells over several sentences: breakdowns, seasons and topics counted, and overlaps."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, How, alike, compared, shown, total
from evidence.referee.mentions import COMMON, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base, behind, nouns
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import before, in_digits
from evidence.referee.relations.times import number_of

_NOT_ALL = re.compile(
    r"\b(?:includ\w+|such as|for example|among|mainly|at least|up to|than|rose|fell|from \ue000[^.;]* to|average|could|more than one|compared|against|last year|the year before|a year (?:ago|earlier)|some of)\b"
)
_BY = re.compile(
    r"^(?:by [a-z -]{3,30}, |of (?:this|it|these|them|which)(?: sum| total| amount| money)?,? |they (?:came|were|are) |these (?:were|are|comprise[ds]?) "
    r"|(?:the|this|that) (?:money|income|sum|total|funding|cost|costs|amount|budget|figure) (?:comes?|came|was|is|were|went|goes|consists|comprises|comprised) (?:from|of|raised|met|spent|split|shared|divided|made up|paid|to|by|on)?\b)"
)
_TOGETHER = re.compile(
    r"\b(?:these|those|the|all|over the|in the|across the) (?P<n>two|three|four|five|six|seven) (?P<what>[a-z]+)\b[^.;]{0,40}$|\b(?:in all|altogether|in total|together|combined)\b[^.;]{0,30}$|\b(?:total|combined) (?:[a-z]+ )?of $"
)
_CLOSE = Fraction(23, 20)


def _parts(sentences: list[Sentence], unit: str) -> list[Occurrence]:
    return [
        m
        for one in sentences
        for m in one.mentions
        if in_digits(m) and base(m) == unit and m.quantity.hedge in ("", "about") and " per " not in m.quantity.unit
    ]


def broken_down_by(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the parts that a sentence lists "by" something, or "of these", make the one number of the sentence before that is more than each."""
    if not sentence.before or not _BY.match(sentence.masked) or _NOT_ALL.search(sentence.masked) or _WITHIN.search(sentence.masked):
        return
    for unit in dict.fromkeys(base(m) for m in sentence.mentions):
        parts = _parts([sentence], unit)
        others = [m for m in sentence.mentions if m not in parts and base(m) != "percent"]
        if unit in _NO_PARTS or len(parts) < _THREE or others:
            continue
        most = max(m.quantity.anchor for m in parts)
        wholes = [m for m in sentence.before.mentions if in_digits(m) and base(m) == unit and m.quantity.anchor > most]
        near = [m for m in reach.wider(sentence) if base(m) == unit and m not in parts and m not in wholes]
        spans = alike([*(m.quantity for m in parts), *(m.quantity for m in near)])
        if len(wholes) == 1 and not any(total(spans[: len(parts)]).meets(one) for one in spans[len(parts) :]):
            yield from _held(parts, wholes[0])


_NO_PARTS = ("percent", "percentage points", "times", "years", "months", "weeks", "days", "hours", "minutes")
_WITHIN = re.compile(r"\bof (?:whom|which)\b[^.;]*\bof (?:whom|which)\b|(?<!^)\bof (?:which|whom)\b")
_THREE = 3


def told_together(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a total of so many things is the sum of as many numbers before it: "these three topics made 2,300 calls"."""
    for claim in sentence.mentions:
        plain = in_digits(claim) and not base(claim).startswith("percent") and not claim.quantity.hedge
        match = _TOGETHER.search(sentence.text[: claim.start].lower()) if plain else None
        if not match or any(in_digits(m) for m in sentence.mentions if m.start < claim.start):
            continue
        told = before(sentence, 3)[1:]
        parts = next((held for end in range(1, len(told) + 1) if len(held := _parts(told[:end][::-1], base(claim))) > 1), [])
        runs = [_parts(told[:end][::-1], base(claim)) for end in range(1, len(told) + 1)]
        number = number_of(match["n"]) if match["n"] else None
        chosen = next((run for run in runs if len(run) == number), []) if number else parts
        text = " ".join(m.sentence.masked for m in chosen)
        own = set(nouns(claim)[:1]) - COMMON
        if own and not any(own & set(nouns(m)) or not nouns(m) for m in chosen):
            continue
        if any(name not in " ".join(m.sentence.text for m in chosen) for name in sentence.names):
            continue
        if len(chosen) > 1 and not _NOT_ALL.search(text) and not any(_adds(run, claim) for run in runs):
            yield from _held(chosen, claim)


def _adds(run: list[Occurrence], claim: Occurrence) -> bool:
    """Return whether any neighbours of a run make a number."""
    sums = [sum((m.quantity.anchor for m in run[a:b]), Fraction(0)) for a in range(len(run)) for b in range(a + 2, len(run) + 1)]
    return any(claim.quantity.interval.contains(value) for value in sums)


def _fit(parts: list[Occurrence], whole: Occurrence) -> bool:
    *spans, all_ = alike([*(m.quantity for m in parts), whole.quantity])
    return total(spans).meets(all_)


def _held(parts: list[Occurrence], whole: Occurrence) -> Iterator[Compared]:
    added = sum((m.quantity.anchor for m in parts), Fraction(0))
    if off(added, whole.quantity.anchor) < _CLOSE:
        told = " + ".join(m.text for m in parts)
        message = "" if _fit(parts, whole) else f"{told} is {shown(Interval(added, added))}, where {whole.text} is stated."
        own = parts if whole.sentence is not parts[-1].sentence and whole.sentence.number < parts[-1].sentence.number else [whole]
        yield compared(
            "sum", own, f"{told}; stated {whole.text}", message, confidence=Confidence.medium, other=[*parts, whole], operands=parts
        )


_WIDE = Fraction(3, 2)
_BOTH = re.compile(r"^ (?:(?:of (?:them|these) )?(?:have |had |did |do |were |are )?(?:done )?(?:both)\b)|\bboth\b")
_EITHER = re.compile(r"\b(?:one (?:way )?or (?:the )?(?:other|both)|either|at least one|in all|altogether|one or other|in one way)\b")


def overlapping(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether those of either kind are those of both kinds together less those who are of both."""
    told = before(sentence, 2)[1:][::-1]
    both = [m for one in told for m in one.mentions if base(m) == "count" and _BOTH.match(behind(m)) and in_digits(m)]
    claims = [m for m in sentence.mentions if base(m) == "count" and in_digits(m)]
    if len(both) != 1 or not claims or not _EITHER.search(sentence.masked):
        return
    parts = [
        m for m in _parts(told, "count") if m is not both[0] and (m.sentence.number, m.start) < (both[0].sentence.number, both[0].start)
    ][-2:]
    if len(parts) == 2 and min(m.quantity.anchor for m in parts) >= both[0].quantity.anchor:
        value = parts[0].quantity.anchor + parts[1].quantity.anchor - both[0].quantity.anchor
        claim = claims[0]
        if off(value, claim.quantity.anchor) < _WIDE:
            reckoning = f"{parts[0].text} + {parts[1].text} - {both[0].text}"
            message = (
                "" if value == claim.quantity.anchor else f"{reckoning} is {shown(Interval(value, value))}, where {claim.text} is stated."
            )
            told_, used = f"{reckoning}; stated {claim.text}", [*parts, *both]
            yield compared("sum", [claim], told_, message, confidence=Confidence.medium, operands=used, how=How.difference)
