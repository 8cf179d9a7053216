"""A change in percent that is told with its start alone, or its end: the other level stands in a sentence before, by the noun of what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import FIRST_MARK, MARK, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off
from evidence.referee.relations.slips import way_of
from evidence.referee.relations.subjects import BACK, before, clause_words, elsewhere, in_digits

_LITTLE = r"(?:just |only |about |some |the |its |an? |[a-z]+ of )*"
_FROM, _TO = (re.compile(rf"^(?: [a-z-]+){{0,5}}?,? {word} {_LITTLE}$") for word in ("(?:from|on|than)", "to"))
_UP_FROM = re.compile(rf"\bfrom {_LITTLE}$")
_NEAR, _SLIP, _BACK = Fraction(5, 2), Fraction(5, 2), 3
_YEARLY = re.compile(
    r"\b(?:a|per|each|every) (?:year|annum|month)\b|\b(?:annual\w*|average|real terms|target|expected|forecast|planned|will|would|should|could)\b"
)


def moved_to(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a change in percent fits the level told with it and the only other of its noun before, where no other number near by gives it."""
    for claim in sentence.mentions:
        way = way_of(claim) if claim.quantity.unit == "percent" and in_digits(claim) else None
        known, first = _level_of(claim) if way in ("up", "down") else (None, False)
        if not known or claim.quantity.hedge or elsewhere(claim) or _YEARLY.search(sentence.masked):
            continue
        others = [m for m in _others(known, reach.wider(sentence)) if _goes(known, m, up=(way == "up") is first)]
        values = [(m, value) for m in others if (value := _change(known, m, first=first))]
        cells = [_to_cell(known, cell.quantity.anchor, first=first) for cell in reach.cells]
        if any(admitted(claim.quantity).meets(value) for _, value in values) or any(_prints(claim, value) for value in cells):
            continue
        if meant := _meant(claim, known, values):
            m, value = meant
            if off((value.low + value.high) / 2, claim.quantity.anchor) <= _SLIP:
                start, end = (known, m) if first else (m, known)
                told = f"{start.text} → {end.text}: {shown(value)} percent; stated {claim.text}"
                message = f"From {start.text} to {end.text} is {shown(value)} percent, not {claim.text}."
                yield compared(
                    "change", [m, known, claim], told, message, confidence=Confidence.medium, other=m.sentence.text, claim=claim, given=value
                )  # fmt: skip


def _level_of(claim: Occurrence) -> tuple[Occurrence | None, bool]:
    """Return the level that is told with a change, and whether it is the one from which; None where both are told, or neither."""
    own, at = claim.sentence.mentions, claim.index
    after, last = own[at + 1 : at + 2], own[at - 1 : at] if at else []
    second = own[at + 2 : at + 3]
    from_, to = (bool(after) and bool(rule.match(behind(claim))) for rule in (_FROM, _TO))
    if after and (from_ or to) and _is_level(after[0]):
        both = second and re.search(r"^(?: [a-z]+){0,4}? (?:to|from) (?:just |only |about |the )*$", ahead(second[0]))
        return (None, False) if both else (after[0], from_)
    if last and _is_level(last[0]) and _UP_FROM.search(ahead(last[0])) and re.search(r"\bby $", ahead(claim)):
        return last[0], True
    return None, False


def _is_level(mention: Occurrence) -> bool:
    plain = in_digits(mention) and mention.quantity.hedge in ("", "about") and not base(mention).startswith(("percent", "times"))
    return plain and base(mention) not in ("years", "months", "weeks", "days")


def _others(known: Occurrence, held: list[Occurrence]) -> list[Occurrence]:
    return [m for m in held if m is not known and base(m) == base(known) and in_digits(m) and not is_size(m)]


def _goes(known: Occurrence, other: Occurrence, *, up: bool) -> bool:
    """Return whether another level lies on the side of one on which it must, and near it."""
    one, two = known.quantity.anchor, other.quantity.anchor
    return (two > one) is up and one != two and off(one, two) < _NEAR


def _change(known: Occurrence, other: Occurrence, *, first: bool) -> Interval | None:
    start, end = alike([known.quantity, other.quantity])
    start, end = (start, end) if first else (end, start)
    gap = end - start
    return ratio((gap if gap.low + gap.high > 0 else -gap).scaled(Fraction(100)), start)


def _to_cell(known: Occurrence, cell: Fraction, *, first: bool) -> Fraction:
    """Return the change in percent between a level and a cell, whose scale its table may tell."""
    level = known.quantity.anchor
    scaled = next((cell * scale for scale in (1, 1000, 10**6) if cell > 0 and off(level, cell * scale) < _NEAR), Fraction(0))
    start, end = (level, scaled) if first else (scaled, level)
    return abs(end - start) * 100 / start if scaled else Fraction(0)


def _prints(claim: Occurrence, value: Fraction) -> bool:
    return bool(off(value, claim.quantity.anchor) < 1 + Fraction(1, 20) or admitted(claim.quantity).contains(value))


def _meant(claim: Occurrence, known: Occurrence, values: list[tuple[Occurrence, Interval]]) -> tuple[Occurrence, Interval] | None:
    """Return the only level of the nearest sentence before that is of what changed: the words before the change are around it too."""
    sentence = claim.sentence
    words = clause_words(re.sub(MARK, " ", sentence.masked[: sentence.masked.index(chr(FIRST_MARK + claim.index))]))
    told = before(sentence, _BACK)[1:]
    told = told[:1] if BACK.match(sentence.masked) and not words else told
    for one in told:
        held = [m for m in one.mentions if _is_level(m) and m.quantity.unit == known.quantity.unit]
        own = [m for m in held if words & _around(m)]
        if own:
            found = [(m, value) for m, value in values if m is own[0]]
            return found[0] if len(own) == 1 == len(found) else None
    return None


def _around(mention: Occurrence) -> set[str]:
    return clause_words(f"{ahead(mention)[-40:]} {re.split('[,;(]', behind(mention))[0]}")
