"""Numbers beside a number that is said to be wrong: those of its sentence, its paragraph or its table that give it, or make it the number of something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

from evidence.referee.comparing import Compared
from evidence.referee.mentions import Occurrence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.tables import ReportCell

Rule = Callable[[Compared, Reach], bool]
"""Whether an alarm has another explanation."""
_TWO, _FEW, _TENS = 2, 3, 10


def stated(one: Compared) -> Occurrence | None:
    """Return the number that an alarm says is wrong: that which was reckoned anew, or else the last; None where it is the word "one", which is read as none."""
    claim = one.claim or (one.numbers[-1] if one.numbers else None)
    return claim if claim and any(m.start == claim.start for m in claim.sentence.mentions) else None


def others(claim: Occurrence) -> list[Occurrence]:
    """Return the other numbers of the sentence of a number."""
    return [m for m in claim.sentence.mentions if m is not claim and not m.quantity.ends]


def printed(claim: Occurrence, value: Fraction) -> bool:
    """Return whether a value is what is stated, to its last digit."""
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", claim.text)
    if not digits or claim.quantity.in_words:
        return claim.quantity.anchor == value
    plain = digits[0].replace(",", "")
    if not Fraction(plain):
        return False
    step = claim.quantity.anchor / Fraction(plain) / 10 ** len(plain.partition(".")[2])
    return bool(abs(value - claim.quantity.anchor) <= step / _TWO)


def in_its_sentence(claim: Occurrence) -> bool:
    """Return whether a number is, in its own sentence, the sum of two others, what lies between them, their share, or that with which one makes the other."""
    held = [m for m in others(claim) if m.quantity.anchor > 0]
    before = claim.sentence.before
    if _is_share_of(claim, [*held, *(m for m in (before.mentions if before else []) if not m.quantity.ends)]):
        return True
    alike = [m for m in held if base(m) == base(claim) and m.quantity.anchor >= _TENS]
    size = claim.quantity.anchor
    if size >= _TENS and any(
        size in (a.quantity.anchor + b.quantity.anchor, a.quantity.anchor - b.quantity.anchor) for a, b in permutations(alike, 2)
    ):
        return True
    return any(
        printed(share, part.quantity.anchor * 100 / whole.quantity.anchor)
        for share in (claim, *held)
        for part, whole in permutations([m for m in (claim, *held) if m is not share], 2)
        if claim in (share, part, whole)
        and base(share) == "percent" != base(part) == base(whole)
        and part.quantity.anchor < whole.quantity.anchor
    )


def _is_share_of(claim: Occurrence, wholes: list[Occurrence]) -> bool:
    """Return whether a percentage in brackets is the share that the count right before it is of another number."""
    part = claim.sentence.mentions[claim.index - 1] if claim.index else None
    if not part or ahead(claim) != " (" or base(claim) != "percent" or base(part) == "percent":
        return False
    larger = [m.quantity.anchor for m in wholes if base(m) == base(part) and m.quantity.anchor > part.quantity.anchor]
    return any(printed(claim, part.quantity.anchor * 100 / whole) for whole in larger)


def cell_of(one: Compared, reach: Reach) -> ReportCell | None:
    """Return the cell that a number was held against."""
    return next((cell for cell in reach.cells if one.cell and cell.address == one.cell), None)


def _is_confirmed(one: Compared, reach: Reach) -> bool:
    """Return whether a number that may be miscopied is what its own sentence makes it, or the cell of a row that its sentence names."""
    claim = stated(one)
    if not claim:
        return False
    named = any(
        cell.quantity.anchor == claim.quantity.anchor and len(cell.row) > _FEW and cell.row.lower() in claim.sentence.text.lower()
        for cell in reach.cells
    )
    if one.cell:
        return in_its_sentence(claim)
    other = one.numbers[0] if len(one.numbers) > 1 else None
    return (named or in_its_sentence(claim)) and other is not None and in_its_sentence(other)


def _parts(one: Compared) -> tuple[Occurrence, list[Occurrence]] | None:
    whole = stated(one)
    return (whole, [m for m in one.numbers if m is not whole]) if whole else None


def _is_part_with_them(one: Compared, reach: Reach) -> bool:
    """Return whether what was taken for a total makes, with the parts, a number near by or a cell: so it is one of them."""
    whole, parts = _parts(one) or (None, [])
    made = sum((m.quantity.anchor for m in parts), whole.quantity.anchor) if whole and len(parts) > 1 else Fraction(0)
    if not whole or made < _TENS:
        return False
    return any(m.quantity.anchor == made and base(m) == base(whole) for m in reach.wider(whole.sentence)) or any(
        cell.quantity.anchor == made and cell.all for cell in reach.cells
    )


def _is_what_lies_between(one: Compared, reach: Reach) -> bool:
    """Return whether parts make what lies between the total and another number of its sentence, from which or to which it moved."""
    whole, parts = _parts(one) or (None, [])
    made, own = sum(m.quantity.anchor for m in parts), {(m.sentence.number, m.start) for m in parts}
    levels = [m for m in others(whole) if base(m) == base(whole) and (m.sentence.number, m.start) not in own] if whole else []
    return whole is not None and any(abs(whole.quantity.anchor - m.quantity.anchor) == made for m in levels)


HUNDRED = 100


def share_behind(mention: Occurrence) -> Occurrence | None:
    """Return the percentage in brackets right behind a number, or in the words right behind it."""
    later = mention.sentence.mentions[mention.index + 1 :][:1]
    found = later[0] if later and base(later[0]) == "percent" != base(mention) else None
    return found if found and re.search(r"\($", behind(mention)) else None


def _is_of_others(one: Compared, reach: Reach) -> bool:
    """Return whether a total names those it is of, and none of them in the sentences of the parts."""
    whole, parts = _parts(one) or (None, [])
    if not whole or any(m.sentence.number >= whole.sentence.number for m in parts):
        return False
    told = " ".join(m.sentence.text for m in parts)
    named_ = _NAMES.search(whole.sentence.text)
    return named_ is not None and not any(name in told for name in named_.groups())


_NAMES = re.compile(r"\b([A-Z][a-z]{2,}) and ([A-Z][a-z]{2,})\b")
SUMS: tuple[Rule, ...] = (
    _is_part_with_them,
    _is_what_lies_between,
    _is_of_others,
)
REPEATS: tuple[Rule, ...] = (_is_confirmed,)
