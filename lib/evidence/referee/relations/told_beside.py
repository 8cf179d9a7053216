"""Numbers beside a number that is said to be wrong: those of its sentence, its paragraph or its table that give it, or make it the number of something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

from evidence.referee.comparing import Compared
from evidence.referee.mentions import Occurrence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_size
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


def _is_of_another(one: Compared, reach: Reach) -> bool:
    """Return whether the sentence of a number tells the cell that it was held against too, or what makes it of this number: so it is another."""
    claim, cell = stated(one), cell_of(one, reach)
    if not claim or not cell:
        return False
    value, size, rest = cell.quantity.anchor, claim.quantity.anchor, others(claim)
    shares = [m.quantity.anchor for m in rest if m.quantity.unit == "percent" and m.quantity.anchor < 100]
    alike = [m.quantity.anchor for m in rest if base(m) == base(claim)]
    return (
        value in alike
        or bool(re.search(rf"(?<![\d.,]){re.escape(cell.text)}(?![\d.,]*\d)", claim.sentence.text.replace(claim.text, "", 1)))
        or (value >= _TENS and any(value in (size + other, size - other) for other in alike))
        or any(cell.quantity.interval.contains(size * share / 100) for share in shares)
        or (is_aim(claim) and not _WANTED.search(cell.label.lower()))
        or _is_elsewhere(claim, cell, reach)
        or (is_size(claim) and not re.search(r"change|growth|rise|fall|gain|loss|increase", cell.label.lower()))
    )


_AIM = re.compile(
    r"\b(?:should|must|shall|targets?|ceiling|goals?|aims?|aspir\w+|by 20\d\d,)\b|^(?:to )?(?:raise|lift|increase|reduce|cut|bring|lower|improve|get|halve)\b[^.;]* to (?:at least |below |above )?$"
)


_WANTED = re.compile(r"\b(?:targets?|goals?|aims?|plan(?:ned|s)?|forecast|budget)\b")
"""What the label of a cell is that holds what is wanted itself."""


def is_aim(claim: Occurrence) -> bool:
    """Return whether a number is what is wanted, not what is."""
    text = claim.sentence.masked
    return bool(_AIM.search(text[: text.index(claim.mark)]))


_PLACE = re.compile(
    r" (?:in|at|from) (?:the )?(?!January|February|March|April|May|June|July|August|September|October|November|December|Q\d|Quarter|Table)([A-Z][a-z]{2,})"
)


def _is_elsewhere(claim: Occurrence, cell: ReportCell, reach: Reach) -> bool:
    """Return whether a place that the table does not name stands right behind a number."""
    found = _PLACE.match(claim.sentence.text, claim.end)
    words = " ".join([*cell.table.heads, *(label for label, _, _ in cell.table.numbers), reach.captions.get(id(cell.table), "")])
    return found is not None and found[1] not in words and len([m for m in claim.sentence.mentions if base(m) == base(claim)]) > 1


def _is_in_a_list(one: Compared, reach: Reach) -> bool:
    """Return whether a number is one of a list that makes its own total, in its sentence, and most of it is not in the column it was held against."""
    claim, cell = stated(one), cell_of(one, reach)
    if not claim or not cell:
        return False
    alike = sorted((m.quantity.anchor for m in claim.sentence.mentions if base(m) == base(claim) and not m.quantity.ends), reverse=True)
    column = {other.quantity.anchor for other in reach.cells_in(cell.table) if other.column == cell.column}
    return len(alike) > _FEW and alike[0] == sum(alike[1:]) and _TWO * len(set(alike[1:]) & column) < len(alike)


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


_PART_OF_PART = re.compile(r"\b(?:of which|of whom|of these|of those|including)\b[^;]*$|^ of (?:it|this|that), $")
"""What stands before a part of a part; "half" is a number itself."""
_RANKED = re.compile(r"^\W*(?:and )?followed by\b")
_OPINION = re.compile(r"\b(?:dis)?(?:agreed?|satisfied|approved?)\b|\bin favour\b|\bfor and\b")


def _parts(one: Compared) -> tuple[Occurrence, list[Occurrence]] | None:
    whole = stated(one)
    return (whole, [m for m in one.numbers if m is not whole]) if whole else None


def _is_of_other_parts(one: Compared, reach: Reach) -> bool:
    """Return whether a total is that of its parts without the parts of these, or of those that the last of them is made of."""
    whole, parts = _parts(one) or (None, [])
    if not whole:
        return False
    total, values = whole.quantity.anchor, [m.quantity.anchor for m in parts]
    own = [m.quantity.anchor for m in parts if not _PART_OF_PART.search(ahead(m))]
    two_levels = any(sum(values[:end]) == total and sum(values[end:]) in values[:end] for end in range(_TWO, len(values) - 1))
    twice = len(set(values)) < len(values) and any(
        re.search(r"\b(?:of|for) (?:those|these|the|them)(?: [a-z]+)? $", ahead(m)) for m in parts
    )
    return (len(own) < len(values) and sum(own) == total) or two_levels or twice


def _is_a_peer(one: Compared, reach: Reach) -> bool:
    """Return whether what was taken for a total is one of the parts: the first of a ranking, or that whose share makes a hundred with theirs."""
    whole, parts = _parts(one) or (None, [])
    if not whole or not parts:
        return False
    shares = [share for share in map(share_behind, (whole, *parts)) if share]
    return bool(_RANKED.match(behind(whole))) or (
        len(shares) > _TWO and make_a_hundred(shares) and share_behind(whole) is not None and not _OF_IT.search(ahead(whole))
    )


def _is_part_with_them(one: Compared, reach: Reach) -> bool:
    """Return whether what was taken for a total makes, with the parts, a number near by or a cell: so it is one of them."""
    whole, parts = _parts(one) or (None, [])
    made = sum((m.quantity.anchor for m in parts), whole.quantity.anchor) if whole and len(parts) > 1 else Fraction(0)
    if not whole or made < _TENS:
        return False
    return any(m.quantity.anchor == made and base(m) == base(whole) for m in reach.wider(whole.sentence)) or any(
        cell.quantity.anchor == made and cell.all for cell in reach.cells
    )


def _is_in_one_list(one: Compared, reach: Reach) -> bool:
    """Return whether what was taken for a total is the first of a list of which the parts are the rest: "rates (£9m), grants (£4m) and fees (£5m)"."""
    whole, parts = _parts(one) or (None, [])
    if not whole or len(parts) < _TWO or any(m.sentence is not whole.sentence or m.start < whole.start for m in parts):
        return False
    ends = zip((whole, *parts), parts, strict=False)
    return all(_NEXT_IN_LIST.fullmatch(whole.sentence.text[a.end : b.start]) for a, b in ends)


_OF_IT = re.compile(r"\b(?:of|among) (?:the |all |these |those )*$")
_NEXT_IN_LIST = re.compile(r"\),(?: and)? [^.;:()]{2,50} \(|\),? and [^.;:()]{2,50} \(")


def _is_what_lies_between(one: Compared, reach: Reach) -> bool:
    """Return whether parts make what lies between the total and another number of its sentence, from which or to which it moved."""
    whole, parts = _parts(one) or (None, [])
    made, own = sum(m.quantity.anchor for m in parts), {(m.sentence.number, m.start) for m in parts}
    levels = [m for m in others(whole) if base(m) == base(whole) and (m.sentence.number, m.start) not in own] if whole else []
    return whole is not None and any(abs(whole.quantity.anchor - m.quantity.anchor) == made for m in levels)


def make_a_hundred(shares: list[Occurrence]) -> bool:
    """Return whether percentages make a hundred, as far as their last digits tell."""
    low, high = (sum((getattr(m.quantity.interval, end) for m in shares), Fraction(0)) for end in ("low", "high"))
    return low <= HUNDRED <= high


HUNDRED = 100


def share_behind(mention: Occurrence) -> Occurrence | None:
    """Return the percentage in brackets right behind a number, or in the words right behind it."""
    later = mention.sentence.mentions[mention.index + 1 :][:1]
    found = later[0] if later and base(later[0]) == "percent" != base(mention) else None
    return found if found and re.search(r"\($", behind(mention)) else None


def _has_several_answers(one: Compared, reach: Reach) -> bool:
    """Return whether parts that are more than the whole have their shares of it beside them: each may be named with others."""
    whole, parts = _parts(one) or (None, [])
    if not whole or sum(m.quantity.anchor for m in parts) <= whole.quantity.anchor:
        return False
    shares = [(part, share) for part in parts if (share := share_behind(part))]
    return (
        not (len(shares) == len(parts) and make_a_hundred([share for _, share in shares]))
        and len(shares) >= _TWO
        and all(printed(share, part.quantity.anchor * 100 / whole.quantity.anchor) for part, share in shares)
    )


def _is_less_one(one: Compared, reach: Reach) -> bool:
    """Return whether the word "one", which is read as no number, or an answer between two opinions makes up what a sum lacks."""
    whole, parts = _parts(one) or (None, [])
    if not whole or not parts:
        return False
    text = parts[-1].sentence.masked
    lacks = whole.quantity.anchor - sum(m.quantity.anchor for m in parts)
    if any(
        m.text.isalpha() and m.quantity.anchor == lacks and base(m) == base(whole) for m in parts[-1].sentence.mentions if m not in parts
    ):
        return True
    return (0 < lacks <= len(_ONE.findall(text))) or (lacks > 0 and len(parts) == _TWO and bool(_OPINION.search(text)))


_ONE = re.compile(r"\bone(?=\W*$| \(|[,;.]| (?:was|is|had|did|has)\b)")


def _is_of_a_hundred(one: Compared, reach: Reach) -> bool:
    """Return whether the percentages of a sentence make a hundred, and are not those of the parts."""
    whole, parts = _parts(one) or (None, [])
    shares = [m for m in whole.sentence.mentions if base(m) == "percent" and not m.quantity.ends] if whole else []
    return len(shares) > _TWO and len(shares) != len(parts) and make_a_hundred(shares)


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
    _is_of_other_parts,
    _is_a_peer,
    _is_part_with_them,
    _is_in_one_list,
    _is_what_lies_between,
    _has_several_answers,
    _is_less_one,
    _is_of_a_hundred,
    _is_of_others,
)
REPEATS: tuple[Rule, ...] = (_is_of_another, _is_in_a_list, _is_confirmed)
