"""A change in percent that is told with its start alone, or its end: the other level stands in a sentence before, by the noun of what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.referee.comparing import Compared, Confidence, Place, alike, compared, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import MARK, Occurrence, Sentence
from evidence.referee.relations.between_rows import place_among
from evidence.referee.relations.linking import Linker, TableFrame
from evidence.referee.relations.reach import ahead, base, behind
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import Operand, off
from evidence.referee.relations.slips import way_of
from evidence.referee.relations.subjects import BACK, before, clause_words, elsewhere, in_digits
from evidence.referee.tables import ReportCell

_LITTLE = r"(?:just |only |about |some |the |its |an? |[a-z]+ of )*"
_FROM, _TO = (re.compile(rf"^(?: [a-z0-9-]+){{0,5}}?,? {word} {_LITTLE}$") for word in ("(?:from|on|than)", "to"))
_UP_FROM = re.compile(rf"\bfrom {_LITTLE}$")
_NEAR, _SLIP, _BACK = Fraction(5, 2), Fraction(5, 2), 3
_YEARLY = re.compile(
    r"\b(?:a|per|each|every) (?:year|annum|month)\b|\b(?:annual\w*|average|real terms|target|expected|forecast|planned|will|would|should|could)\b"
)


def moved_to(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a change fits the level told with it and the only other of its noun before, or of its row, where no other number near by gives it."""
    for claim in sentence.mentions:
        way = way_of(claim) if claim.quantity.unit in _SIZES and not claim.quantity.ends and not claim.quantity.hedge else None
        known, first = _level_of(claim) if way in ("up", "down") else (None, False)
        if not known or elsewhere(claim) or _YEARLY.search(sentence.masked):
            continue
        up = (way == "up") is first
        rows = [_cells(claim, known, frame, up=up) for frame in linker.frames]
        near = [m for m in linker.reach.wider(sentence) if m is not known and base(m) == base(known) and in_digits(m) and not is_size(m)]
        held: list[Operand] = [m for m in near if _goes(known, m.quantity, up=up)]
        told = [
            (one, value) for one in (*held, *(cell for row in rows for cell in row)) if (value := _change(claim, known, one, first=first))
        ]
        fitting = [one for one in told if _admits(claim, one[1])]
        if not fitting and any(_prints(claim, known, cell, first=first) for cell in linker.reach.cells):
            continue
        row = next((row[0] for row in rows if len(row) == 1), None) if sum(map(bool, rows)) == 1 else None
        meant = _meant(claim, known, told) or row
        for one, value in fitting[:1] or [one for one in told if one[0] is meant]:
            if _near(claim, value, _SLIP):
                yield _told(claim, (known, one) if first else (one, known), value, fits=bool(fitting))


_SIZES = ("percent", "percentage points")


def _told(claim: Occurrence, two: tuple[Operand, Operand], value: Interval, *, fits: bool) -> Compared:
    start, end = two
    unit = "percent" if claim.quantity.unit == "percent" else "points"
    told = f"{start.text} → {end.text}: {shown(value)} {unit}; stated {claim.text}"
    message = "" if fits else f"From {start.text} to {end.text} is {shown(value)} {unit}, not {claim.text}."
    numbers = sorted([m for m in two if isinstance(m, Occurrence)], key=lambda m: m.sentence.number)
    other: list[Operand | Place] = [*numbers, *(m.spot for m in two if isinstance(m, ReportCell))]
    return compared(
        "change", [*numbers, claim], told, message, confidence=Confidence.medium, other=other, operands=two, claim=claim, given=value
    )


def _level_of(claim: Occurrence) -> tuple[Occurrence | None, bool]:
    """Return the level that is told with a change, and whether it is the one from which; None where both are told, or neither."""
    own, at = claim.sentence.mentions, claim.index
    after, last = own[at + 1 : at + 2], own[at - 1 : at] if at else []
    second = own[at + 2 : at + 3]
    from_, to = (bool(after) and bool(rule.match(behind(claim))) for rule in (_FROM, _TO))
    if after and (from_ or to) and _is_level(after[0], claim):
        both = second and re.search(r"^(?: [a-z]+){0,4}? (?:to|from) (?:just |only |about |the )*$", ahead(second[0]))
        return (None, False) if both else (after[0], from_)
    if last and _is_level(last[0], claim) and _UP_FROM.search(ahead(last[0])) and re.search(r"\bby $", ahead(claim)):
        return last[0], True
    return None, False


def _is_level(mention: Occurrence, claim: Occurrence) -> bool:
    """Return whether a number may be a level of what changed: a share where it did so by points, else none."""
    share = base(mention) == "percent"
    plain = in_digits(mention) and mention.quantity.hedge in ("", "about") and mention.quantity.unit not in ("percentage points", "times")
    return plain and share is (claim.quantity.unit == "percentage points") and base(mention) not in ("years", "months", "weeks", "days")


def _cells(claim: Occurrence, known: Occurrence, frame: TableFrame, *, up: bool) -> list[ReportCell]:
    """Return the cells from which or to which the only row that the words before a change name may have gone."""
    rows = list(dict.fromkeys(cell.row for cell in frame.cells if not cell.all))
    text = re.split(r"[;:] ", claim.sentence.masked[: claim.sentence.masked.index(claim.mark)])[-1]
    named = [row for row in rows if place_among(row, rows, text) >= 0]
    held = [cell for cell in frame.cells if len(named) == 1 and cell.row == named[0] and not _MOVED.search(cell.head.lower())]
    units = {base(known)} if base(known) == "percent" else {base(known), "count"}
    same = [cell for cell in held if cell.quantity.unit in units and _goes(known, _scaled(known, cell), up=up)]
    return same if not any(_scaled(known, cell).anchor == known.quantity.anchor for cell in same) else []


_MOVED = re.compile(r"change|difference|growth|increase|points|share|rank|\+/-")


def _scaled(known: Occurrence, cell: ReportCell) -> Quantity:
    """Return what a cell says in the scale of a level, which its table may leave to its caption."""
    scale = next(
        (
            scale
            for scale in (1, 1000, 10**6)
            if cell.quantity.anchor > 0 and off(known.quantity.anchor, cell.quantity.anchor * scale) < _NEAR
        ),
        1,
    )
    return replace(cell.quantity, anchor=cell.quantity.anchor * scale, interval=cell.quantity.interval.scaled(Fraction(scale)))


def _goes(known: Occurrence, other: Quantity, *, up: bool) -> bool:
    """Return whether another level lies on the side of one on which it must, and near it."""
    one, two = known.quantity.anchor, other.anchor
    return (two > one) is up and one != two and off(one, two) < _NEAR


def _change(claim: Occurrence, known: Occurrence, other: Operand, *, first: bool) -> Interval | None:
    quantity = _scaled(known, other) if isinstance(other, ReportCell) else other.quantity
    start, end = alike([known.quantity, quantity])
    start, end = (start, end) if first else (end, start)
    gap = end - start
    gap = gap if gap.low + gap.high > 0 else -gap
    return ratio(gap.scaled(Fraction(100)), start) if claim.quantity.unit == "percent" else gap


def _admits(claim: Occurrence, value: Interval) -> bool:
    return admitted(claim.quantity).meets(value)


def _prints(claim: Occurrence, known: Occurrence, cell: ReportCell, *, first: bool) -> bool:
    """Return whether the change between a level and any cell of its unit is just what is stated."""
    if claim.quantity.unit != "percent" or cell.quantity.unit not in (base(known), "count"):
        return False
    level, other = known.quantity.anchor, _scaled(known, cell).anchor
    start, end = (level, other) if first else (other, level)
    return start > 0 and admitted(claim.quantity).contains(abs(end - start) * 100 / start)


def _meant(claim: Occurrence, known: Occurrence, told: list[tuple[Operand, Interval]]) -> Operand | None:
    """Return the level of its sentence before a change, or of the nearest one before by the words that both have; of several the only one that comes near."""
    sentence = claim.sentence
    held = [m for m in sentence.mentions[: claim.index] if m is not known and m.quantity.unit == known.quantity.unit]
    own = [m for m in held if _is_level(m, claim) and not _END.search(ahead(m))]
    words = clause_words(re.sub(MARK, " ", sentence.masked[: sentence.masked.index(claim.mark)]))
    back = before(sentence, _BACK)[1:]
    it = BACK.match(sentence.masked)
    for one in () if own else back[:1] if it and not words else back:
        levels = [m for m in one.mentions if _is_level(m, claim) and m.quantity.unit == known.quantity.unit]
        own = [m for m in levels if words & _around(m)] or (levels if it and one is sentence.before else [])
        if own:
            break
    values = {id(one): value for one, value in told}
    found = [m for m in own if id(m) in values and _near(claim, values[id(m)], _CLOSE)]
    others = [m for m in own if id(m) in values and _near(claim, values[id(m)], _SLIP)]
    return own[0] if len(own) == 1 else found[0] if len(found) == len(others) == 1 else None


_END = re.compile(rf"\b(?:from|to|at) {_LITTLE}$")
_CLOSE = Fraction(8, 5)


def _near(claim: Occurrence, value: Interval, most: Fraction) -> bool:
    return off((value.low + value.high) / 2, claim.quantity.anchor) <= most


def _around(mention: Occurrence) -> set[str]:
    return clause_words(f"{ahead(mention)[-40:]} {re.split('[,;(]', behind(mention))[0]}")
