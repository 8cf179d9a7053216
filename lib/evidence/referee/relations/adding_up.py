"""Sums that a passage tells over several sentences: what it says they come to together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, shown, total
from evidence.referee.mentions import COMMON, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base, nouns
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import before, in_digits
from evidence.referee.relations.times import number_of

_NOT_ALL = re.compile(
    r"\b(?:includ\w+|such as|for example|among|mainly|at least|up to|than|rose|fell|from \ue000[^.;]* to|average|could|more than one|compared|against|last year|the year before|a year (?:ago|earlier)|some of)\b"
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
