"""Given by others: what the numbers beside one give, by every reckoning of its unit, and whether that is too exact to be chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import permutations, product

from evidence.referee.comparing import Compared, How, spot
from evidence.referee.mentions import Occurrence
from evidence.referee.passages import is_span
from evidence.referee.relations.each import noun_of_each
from evidence.referee.relations.reach import Reach, ahead, behind, nouns, singular, words_of
from evidence.referee.relations.settling import Operand
from evidence.referee.relations.told_beside import HUNDRED, Rule, others, printed, stated

_SHARES = ("percent", "percentage points")
_BAND = Fraction(3, 2)
_CHANCE = Fraction(1, 8)
"""How many of the reckonings may come as near by chance as the one that gives a number exactly."""


def unit(one: Operand) -> str:
    """Return the unit of a number of a sentence or a table, without what it is for each of."""
    return one.quantity.unit.partition(" per ")[0]


def reckonings(claim: Occurrence, numbers: Iterable[Operand], kind: str) -> Iterator[tuple[Fraction, tuple[Operand, Operand]]]:
    """Yield what each two of some numbers give in the unit of another, by the reckoning of a kind of alarm, and which two."""
    own = unit(claim)
    for a, b in permutations([one for one in numbers if one.quantity.anchor > 0 and not one.quantity.ends], 2):
        one, two = a.quantity.anchor, b.quantity.anchor
        alike, shares = unit(a) == unit(b), unit(a) in _SHARES or unit(b) in _SHARES
        if own == "percentage points" and alike and shares:
            yield one - two, (a, b)
        elif own == "percent" and alike and not (shares and kind == "sum"):
            yield (one * HUNDRED / two if kind == "share × base" else abs(one - two) * HUNDRED / two), (a, b)
        elif own == "times" and alike:
            yield one / two, (a, b)
        elif own not in (*_SHARES, "times") and not shares:
            if alike and unit(a) == own and kind != "per head":
                yield one - two, (a, b)
            if (not alike or kind == "per head") and own in (unit(a), "count"):
                yield one / two, (a, b)


def exactly(claim: Occurrence, values: list[Fraction]) -> bool:
    """Return whether one of some values is what is stated, to its last digit, and not by chance: so few come near that one would hardly be right."""
    size = abs(claim.quantity.anchor)
    close = [abs(value) for value in values if size / _BAND < abs(value) < size * _BAND]
    right = [value for value in close if printed(claim, value)]
    step = _step(claim)
    return bool(right and step) and len(set(close)) * step <= _CHANCE * size * (_BAND - 1 / _BAND)


def _step(claim: Occurrence) -> Fraction:
    """Return the unit of the last digit of a number; nought where it has none."""
    digits = re.search(r"\d[\d,]*(?:\.\d+)?", claim.text)
    plain = digits[0].replace(",", "") if digits and not claim.quantity.in_words else ""
    if not plain or not Fraction(plain):
        return Fraction(0)
    step: Fraction = abs(claim.quantity.anchor) / Fraction(plain) / 10 ** len(plain.partition(".")[2])
    return step


def _others(one: Compared, claim: Occurrence) -> list[Occurrence]:
    """Return the numbers of sentences that a claim was reckoned from."""
    return [m for m in one.operands if isinstance(m, Occurrence) and spot(m) != spot(claim)]


def _names_its_base(claim: Occurrence) -> bool:
    """Return whether words right behind a share name all that it is of."""
    return bool(re.match(r" of (?:all|the|those|these)\b", behind(claim)))


def is_given(one: Compared, reach: Reach) -> bool:
    """Return whether two numbers of its passage give a number exactly that was held against others.

    A number that has its operands in its sentence is not explained by others, unless it is one of several; what falls to each, by those of its sentence.
    """
    claim = stated(one)
    if not claim or _names_its_base(claim):
        return False
    each = one.kind == "per head"
    if each and exactly(claim, [value for value, _ in reckonings(claim, others(claim), one.kind)]):
        return True
    several = (unit(claim) in _SHARES or each) and sum(unit(m) == unit(claim) for m in claim.sentence.mentions) > 1
    if not several and (len(one.numbers) == 1 or any(m.sentence is claim.sentence for m in one.numbers if m is not claim)):
        return False
    held = [m for m in reach.passage(claim.sentence) if m is not claim and not is_span(m)]
    taken = {spot(m) for m in one.numbers}
    counted = claim.sentence.mentions[claim.index - 1] if claim.index and ahead(claim).endswith("(") else None
    pairs = [(value, pair) for value, pair in reckonings(claim, held, one.kind) if not set(map(spot, pair)) <= taken]
    pairs = [(value, (a, b)) for value, (a, b) in pairs if not each or unit(a) != unit(b)]
    return exactly(claim, [value for value, pair in pairs if one.kind != "share × base" or counted in (None, pair[0])])


_TURN = re.compile(r";|\bbut\b")


def give_another(one: Compared, reach: Reach) -> bool:
    """Return whether the numbers that a claim was reckoned from give another number of their sentence exactly, of its unit."""
    claim = stated(one)
    pair = _others(one, claim) if claim else []
    if not claim or len(pair) != 2 or (_names_its_base(claim) and not _TURN.search(ahead(claim))):
        return False
    beside = [
        m
        for m in dict.fromkeys(m for own in pair for m in own.sentence.mentions)
        if m not in pair and (m.sentence, m.start) != (claim.sentence, claim.start)
    ]
    alike = [m for m in beside if unit(m) == unit(claim) and not m.quantity.in_words]
    return any(exactly(m, [value for value, _ in reckonings(m, pair, one.kind)]) for m in alike)


_COMPRISES = re.compile(r"\b(?:comprises?|comprised|consists? of|consisted of|is made up of|was made up of) $")
_OF_WHOM = re.compile(r"[^.;()]{0,80}, of (?:whom|which) $")
_COLON = re.compile(r": |\b(?:of which|made up of|consisting of)\b")


def _is_one_of_the_parts(one: Compared, reach: Reach) -> bool:
    """Return whether what was taken for a total makes, with its parts, a total that is told near by or in a table; or a part is that of the parts behind it."""
    claim = stated(one)
    parts = _others(one, claim) if claim else []
    sizes = [m.quantity.anchor for m in parts]
    if not claim or len(sizes) < 2 or len(sizes) + 1 < len(one.numbers):
        return False
    first = _COMPRISES.search(ahead(claim)) and ":" not in behind(claim)
    if first or (_OF_WHOM.match(behind(claim)) and any(_OF_WHOM.match(behind(m)) for m in parts)):
        return True
    if any(m.quantity.anchor * 2 == sum(sizes) and _COLON.search(behind(m)) for m in parts):
        return True
    if any(len(sizes[at::2]) > 2 and sum(sizes[at::2]) == claim.quantity.anchor for at in (0, 1)):
        return True
    if len(sizes) == 2 and sizes[0] * sizes[1] == claim.quantity.anchor:
        return True
    beside = [m.quantity.anchor for m in parts[-1].sentence.mentions if unit(m) == unit(claim) and m is not claim and m not in parts]
    if any(size + sum(sizes) == claim.quantity.anchor for size in beside):
        return True
    told = {m.quantity.anchor for m in reach.wider(claim.sentence) if unit(m) == unit(claim)}
    if one.how is How.difference and any(size - sum(sizes[1:]) == claim.quantity.anchor for size in told):
        return True
    told |= {cell.quantity.anchor for cell in reach.cells if cell.all and unit(cell) in (unit(claim), "count")}
    made = [claim.quantity.anchor + sum(sizes[:end]) for end in range(2, len(sizes) + 1)]
    return any(value in told for value in made)


def _words(text: str) -> set[str]:
    return set(words_of(text))


def _is_told_of_its_nouns(one: Compared, reach: Reach) -> bool:
    """Return whether what falls to each is exactly what a number of its noun, in a sentence or a table, gives among those of whom each has it."""
    claim = stated(one)
    noun = noun_of_each(claim, wide=True) if claim else None
    each = re.search(r"\b(?:per|each|every) (?:([\d,]+) )?([a-z]{3,})", f"{claim.sentence.text}".lower()) if claim else None
    if not claim or not each:
        return False
    if each[1] and each[1] in claim.text:
        return False
    many = Fraction((each[1] or "1").replace(",", ""))
    of, what = {singular(noun or each[2]), singular(each[2])}, set(nouns(claim)[:1]) or _words(ahead(claim))
    told = [m for sentence in reach.sentences for m in sentence.mentions if m is not claim and not m.quantity.in_words]
    tops = [m for m in told if what & set(nouns(m)[:2]) or (unit(m) == unit(claim) != "count" and what & _words(ahead(m)))]
    bottoms = [m for m in told if of & set(nouns(m)[:3])]
    named = [
        (cell, _words(f"{cell.row} {cell.head}") | (_words(reach.captions.get(id(cell.table), "")) if cell.all else set()))
        for cell in reach.cells
    ]
    tops_, bottoms_ = ([cell for cell, words in named if wanted & words] for wanted in (what, of))
    pairs: Iterator[tuple[Operand, Operand]] = product([*tops, *tops_], [*bottoms, *bottoms_])
    return exactly(claim, [a.quantity.anchor * many / b.quantity.anchor for a, b in pairs if b.quantity.anchor > 0])


GIVEN_BY: dict[str, tuple[Rule, ...]] = {
    "change": (
        is_given,
        give_another,
    ),
    "share × base": (
        is_given,
        give_another,
    ),
    "per head": (is_given, give_another, _is_told_of_its_nouns),
    "ratio": (
        is_given,
        give_another,
    ),
    "sum": (give_another, _is_one_of_the_parts),
    "points against percent": (give_another,),
}
"""Such explanations by the kind of alarm."""
