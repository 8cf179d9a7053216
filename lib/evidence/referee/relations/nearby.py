"""What the numbers around one give: sums, differences, shares, changes and products of two of them, of which one stands in its sentence, row or column."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction

from evidence.quantity import Quantity
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.subjects import BACK
from evidence.referee.tables import ReportCell

Sized = tuple[Fraction, str]
"""A value and its unit."""
_OWN, _NEAR = 8, 10
"""How many numbers of its own sentence and of those beside it are reckoned with."""
_LIST, _ALL, _MOST_OFF, _GREAT = 2, 100, 90, 10**13
_POINTS = "percentage points"


def step_of(quantity: Quantity, text: str) -> Fraction:
    """Return by how much the last digit of a number counts; nought where it is in words.

    Example:
        >>> from evidence.quantity import parse
        >>> step_of(parse("£2.4m"), "£2.4m"), step_of(parse("1,250"), "1,250")
        (Fraction(100000, 1), Fraction(1, 1))
    """
    found = re.search(r"\d[\d,]*(?:\.\d+)?", text)
    plain = found[0].replace(",", "") if found else ""
    if not plain or not Fraction(plain) or quantity.in_words:
        return Fraction(0)
    return abs(quantity.anchor) / Fraction(plain) / Fraction(10 ** len(plain.partition(".")[2]))


def told_by(value: Fraction, step: Fraction, given: Iterable[Fraction]) -> float:
    """Return how much it tells that some values meet another to its last digit: nought where none does; the more, the fewer lie near it by chance."""
    near = [abs(value - one) for one in given if abs(value - one) * 5 <= value]
    if not step or not value or not any(gap <= step / 2 for gap in near):
        return 0.0
    return min(_SURE, max(_LEAST, -math.log(len(near) * float(step / value) * _WITHIN)))


_SURE, _LEAST, _WITHIN = 4.0, 0.01, 2.5


def given_to(mention: Occurrence, reach: Reach) -> list[Fraction]:
    """Return what the numbers of the sentence of a number, with those beside it, give in its unit."""
    sentence, unit = mention.sentence, base(mention)
    own, after = _others(sentence, mention), reach.after(sentence)
    near = [one for other in (sentence.before, after) if other for one in _others(other, mention)]
    if not own and sentence.before and BACK.match(sentence.masked):
        own = _others(sentence.before, mention)
    return [*_of_pairs(unit, own[:_OWN], near[:_NEAR]), *_of_list(unit, own)]


def given_to_cell(cell: ReportCell, reach: Reach) -> list[Fraction]:
    """Return what the other cells of the row of a cell give in its unit, and what its column lacks or adds up to."""
    cells = [other for other in reach.cells_in(cell.table) if other is not cell]
    row = [(other.quantity.anchor, other.quantity.unit) for other in cells if other.place == cell.place]
    column = [other for other in cells if other.column == cell.column]
    total = [other.quantity.anchor for other in column if other.all]
    parts = sum((other.quantity.anchor for other in column if not other.all), Fraction(0))
    found = [*_of_pairs(cell.quantity.unit, row[:_OWN], []), *_of_list(cell.quantity.unit, row), *_of_shares(cell, cells)]
    return [*found, parts] if cell.all else [*found, *(whole - parts for whole in total[:1])]


def _of_shares(cell: ReportCell, cells: list[ReportCell]) -> Iterator[Fraction]:
    """Yield the share that a count of the row of a percentage is of the whole which the other rows imply for both columns."""
    if cell.quantity.unit != "percent":
        return
    shares = {other.place: other.quantity.anchor for other in cells if other.column == cell.column and other.quantity.anchor > 0}
    for count in cells:
        if count.place == cell.place and count.quantity.unit == "count":
            column = [other for other in cells if other.column == count.column and other.place in shares]
            wholes = sorted(other.quantity.anchor * _ALL / shares[other.place] for other in column)
            if len(wholes) > 1 and wholes[len(wholes) // 2] > 0:
                yield count.quantity.anchor * _ALL / wholes[len(wholes) // 2]


def given_between(unit: str, one: Iterable[Sized], two: Iterable[Sized]) -> list[Fraction]:
    """Return what two numbers give in a unit of which each stands in another place."""
    pairs = [(first, second) for first in list(one)[:_OWN] for second in list(two)[:_OWN]]
    return [value for first, second in pairs for pair in ((first, second), (second, first)) for value in _of_two(unit, *pair)]


def sized(sentence: Sentence, mention: Occurrence | None = None) -> list[Sized]:
    """Return the numbers of a sentence but for one, each with its unit."""
    return _others(sentence, mention)


def _others(sentence: Sentence, mention: Occurrence | None) -> list[Sized]:
    return [(m.quantity.anchor, base(m)) for m in sentence.mentions if m is not mention and not m.quantity.ends and m.quantity.anchor > 1]


def _of_list(unit: str, own: list[Sized]) -> Iterator[Fraction]:
    alike = [value for value, other in own if other == unit]
    if len(alike) > _LIST:
        yield sum(alike, Fraction(0))
        yield 2 * max(alike) - sum(alike, Fraction(0))
    if unit == "percent" and len(alike) > 1:
        yield _ALL - sum(alike, Fraction(0))


def _of_pairs(unit: str, own: list[Sized], near: list[Sized]) -> Iterator[Fraction]:
    for at, one in enumerate(own):
        for other, two in enumerate((*own, *near)):
            if at != other:
                yield from _of_two(unit, one, two)
            if other >= len(own):
                yield from _of_two(unit, two, one)


def _of_two(unit: str, one: Sized, two: Sized) -> Iterator[Fraction]:
    (a, first), (b, second) = one, two
    if a <= 0 or b <= 0:
        return
    if first == unit and second in (unit, _POINTS if unit == "percent" else unit):
        yield a + b
        yield abs(a - b)
    elif unit == _POINTS and first == second == "percent":
        yield abs(a - b)
    if unit == "percent" and first == second != "percent":
        yield min(a, b) * _ALL / max(a, b)
        yield abs(b - a) * _ALL / a
    elif first == unit and second == "percent" != unit:
        yield from (a * b / _ALL, a * _ALL / b, a * _ALL / (_ALL + b), a * (_ALL + b) / _ALL)
        if b < _MOST_OFF:
            yield from (a * _ALL / (_ALL - b), a * (_ALL - b) / _ALL)
    elif first == unit and (second not in (unit, "percent", _POINTS) or unit == "count"):
        yield a / b
        if a * b < _GREAT:
            yield a * b
    elif unit == "count" and first == second != "percent":
        yield a / b
