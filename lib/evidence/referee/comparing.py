"""What was compared with what, and how it came out: exact intervals decide."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from evidence.errors import SourceError
from evidence.quantity import Interval, Quantity
from evidence.referee.mentions import FIRST_MARK, MARK, Occurrence, Sentence
from evidence.referee.tables import Address, ReportCell, TableSpot


class Confidence(StrEnum):
    """How sure a referee is that an alarm tells a fault: a question is for the author to answer and fails nothing."""

    high = "high"
    medium = "medium"
    question = "question"


class How(StrEnum):
    """How one number is reckoned from others, where that is by plus or minus."""

    sum = "sum"
    difference = "difference"


Operand = Occurrence | ReportCell
"""A number of a sentence or of a table."""
Place = Sentence | TableSpot
"""What is read beside something else."""
Elsewhere = Operand | Place | Iterable[Operand | Place]
"""What is read beside a sentence: numbers, or places without a number."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Numbers that were held against each other.

    Attributes:
        kind: Name of the check.
        holds: Whether they agree.
        message: What is wrong, found against expected; what agrees, where it holds.
        arithmetic: The reckoning, for a reader to repeat.
        place: Line or page.
        text: The sentence or row in which the fault is.
        spans: Where in it the numbers stand.
        sentence: Number of the sentence; -1 for a row of a table.
        confidence: How sure an alarm is.
        places: The other places that were read.
        operands: The numbers that it was reckoned from or held against, wherever they stand, in the order of the reckoning; without that which is wrong.
        how: How it is reckoned from them, where that is a sum or a difference.
        numbers: The numbers of its own sentence, or of sentences that it goes on with, that were held against each other.
        stated: What is stated, where it was reckoned anew.
        given: What the reckoning gives, in the unit of what is stated.
        claim: The number that was reckoned anew, or held against a cell.
        cell: The cell that it was held against: its table, the line or page of its row, and its column.
        contested: The number that an alarm says is wrong, and that others around it may yet explain: the claim where it is among them.
        said: The words that are held against numbers, in small letters; empty where none are.
        rule: The function that held them against each other.
    """

    kind: str
    holds: bool
    message: str
    arithmetic: str
    place: int
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    sentence: int = -1
    confidence: Confidence = Confidence.high
    places: tuple[Place, ...] = ()
    operands: tuple[Operand, ...] = field(default=(), compare=False, repr=False)
    how: How | None = field(default=None, compare=False, repr=False)
    numbers: tuple[Occurrence, ...] = field(default=(), compare=False, repr=False)
    stated: Fraction | None = None
    given: Interval | None = None
    claim: Occurrence | None = field(default=None, compare=False, repr=False)
    cell: Address | None = field(default=None, compare=False, repr=False)
    contested: Occurrence | None = field(default=None, compare=False, repr=False)
    said: str = field(default="", compare=False, repr=False)
    rule: str = field(default="", compare=False, repr=False)

    @property
    def other(self) -> str:
        """The other places, in words for a reader; empty where there are none."""
        told = (place.text if isinstance(place, Sentence) else f"table, {place.place}: {place.text}" for place in self.places)
        return " … ".join(dict.fromkeys(told))

    @property
    def there(self) -> str:
        """What is written in the other places."""
        return " … ".join(place.text for place in self.places)

    @property
    def tabled(self) -> bool:
        """Whether it was held against a table."""
        return any(isinstance(place, TableSpot) for place in self.places)


def compared(
    kind: str,
    mentions: Sequence[Occurrence],
    arithmetic: str,
    message: str = "",
    *,
    confidence: Confidence = Confidence.high,
    other: Elsewhere = (),
    operands: Iterable[Operand] = (),
    how: How | None = None,
    claim: Occurrence | None = None,
    given: Interval | None = None,
    cell: Address | None = None,
    contested: Occurrence | None = None,
    said: str = "",
) -> Compared:
    """Return what comes of holding mentions against each other: an alarm where there is a message. The last of them is where it stands.

    The one that was reckoned anew is the `claim`, and `given` what came of it; `other` is what was read in other places, and a cell among it is the
    `cell` that it was held against. The `operands` are its mentions and the numbers of other places, and here those besides them, or their order.
    An alarm without a claim names the number that it contests, unless its words bind the numbers so that nothing else can explain it.
    """
    sentence, far = mentions[-1].sentence, _listed(other)
    marked = tuple(sorted((mention.start, mention.end) for mention in mentions if mention.sentence is sentence))
    whole = (sentence.place, sentence.text, marked, sentence.number, confidence, places_of(far, sentence))
    used = dict.fromkeys([*operands, *mentions, *(one for one in far if isinstance(one, Operand))])
    read = (tuple(one for one in used if one is not (contested or claim)), how or (How.sum if kind == "sum" else None), tuple(mentions))
    stated, wrong = claim.quantity.anchor if claim else None, contested or (claim if claim in mentions else None)
    cell = cell or next((one.address for one in far if isinstance(one, ReportCell)), None)
    return Compared(kind, not message, message or "agrees", arithmetic, *whole, *read, stated, given, claim, cell, wrong, said)


def worded(
    kind: str,
    sentence: Sentence,
    span: tuple[int, int],
    arithmetic: str,
    message: str,
    confidence: Confidence,
    other: Elsewhere = (),
    operands: Iterable[Operand] = (),
) -> Compared:
    """Return an alarm about words of a sentence, or that they are in order where there is no message; `other` is what they are held against."""
    whole = (sentence.place, sentence.text, (span,), sentence.number)
    far = _listed(other)
    used = tuple(operands) or tuple(one for one in far if isinstance(one, Operand))
    words = sentence.text[slice(*span)].lower()
    return Compared(kind, not message, message or "agrees", arithmetic, *whole, confidence, places_of(far, sentence), used, said=words)


def spot(one: Operand) -> tuple[object, int]:
    """Return where a number of a sentence stands, or a number of a table."""
    return (one.sentence, one.start) if isinstance(one, Occurrence) else (one, 0)


def _listed(other: Elsewhere) -> list[Operand | Place]:
    return [other] if isinstance(other, Operand | Place) else list(other)


def places_of(found: Iterable[Operand | Place], sentence: Sentence | None = None) -> tuple[Place, ...]:
    """Return where numbers stand, each place once, in order; what stands in a sentence itself is left out."""
    places = (one.sentence if isinstance(one, Occurrence) else one.own_row if isinstance(one, ReportCell) else one for one in found)
    return tuple(dict.fromkeys(place for place in places if place is not sentence))


def told_by(rule: Callable[..., object], found: Iterable[Compared]) -> Iterator[Compared]:
    """Yield what a rule found, under its name."""
    name = f"{rule.__module__.rpartition('.')[2]}.{rule.__name__}"
    for one in found:
        yield replace(one, rule=name)


def pattern(text: str) -> re.Pattern[str]:
    """Return a pattern over a masked sentence: `<a>` is a number under that name, `#` any number.

    Example:
        >>> pattern("from <a> to <b>").groupindex
        mappingproxy({'a': 1, 'b': 2})
    """
    named = re.sub(r"(?<!\(\?P)<(\w+)>", rf"(?P<\1>{MARK})", text)
    classes = re.sub(r"\[\^?[^\[\]]*\]", lambda found: found[0].replace("#", MARK[1:-1]), named)
    return re.compile(classes.replace("#", MARK))


def named(match: re.Match[str], sentence: Sentence) -> dict[str, Occurrence]:
    """Return the mentions that a pattern has found, by name."""
    marks = ((name, mark) for name, mark in match.groupdict().items() if mark and re.fullmatch(MARK, mark))
    return {name: sentence.mentions[ord(mark) - FIRST_MARK] for name, mark in marks}


def marked(text: str, sentence: Sentence) -> list[Occurrence]:
    """Return the mentions whose marks stand in a part of a masked sentence."""
    return [sentence.mentions[ord(mark) - FIRST_MARK] for mark in re.findall(MARK, text)]


_PLAIN = re.compile(r"\D{0,4}\d[\d,\u00a0 ]*(?: ?[a-z%]+)?", re.IGNORECASE)
_SCALED = re.compile(r"(?:hundred|thousand|million|billion|trillion|bn|mn|\dm|\dk|dozen)\b", re.IGNORECASE)


def alike(quantities: Iterable[Quantity]) -> list[Interval]:
    """Return what each of several numbers of one comparison may be: whole numbers in digits are all printed to the same unit.

    Beside 420 and 800 a total of 1,200 is printed to tens; alone it may be rounded to hundreds. A round one may still be half a percent off.

    Example:
        >>> from evidence.quantity import parse
        >>> [float(span.high) for span in alike([parse("420"), parse("1,200")])]
        [424.2, 1206.0]
    """
    given = list(quantities)
    steps, finest = _steps(given)
    return [_within(quantity, step, finest) for quantity, step in zip(given, steps, strict=True)]


def alike_to(quantity: Quantity, others: Iterable[Quantity]) -> Interval:
    """Return what a number may be beside others of one comparison: the last that `alike` gives of them and it."""
    steps, finest = _steps([*others, quantity])
    return _within(quantity, steps[-1], finest)


def _steps(quantities: list[Quantity]) -> tuple[list[int], int]:
    """Return the step of each of several numbers, and the finest there is."""
    steps = [_step(quantity) for quantity in quantities]
    return steps, min((step for step in steps if step), default=0)


def _step(quantity: Quantity) -> int:
    """Return the unit of the last digit other than nought of a whole number in digits, without hedge and scale; else nought."""
    if quantity.hedge or quantity.ends or quantity.in_words or quantity.unit.startswith(("percent", "times")):
        return 0
    return _last_digit(quantity.text, quantity.anchor)


@lru_cache(maxsize=4096)
def _last_digit(text: str, number: Fraction) -> int:
    plain = _PLAIN.fullmatch(text.strip()) and not _SCALED.search(text)
    if not plain or number.denominator > 1 or not number:
        return 0
    if abs(number) < _ROUND:
        return 1
    digits = str(abs(int(number)))
    return int(10 ** (len(digits) - len(digits.rstrip("0"))))


def _within(quantity: Quantity, step: int, finest: int) -> Interval:
    return _rounded(quantity.anchor, quantity.unit == "count", step, finest) if step else _to_pence(quantity)


@lru_cache(maxsize=4096)
def _rounded(number: Fraction, counted: bool, step: int, finest: int) -> Interval:
    half = Fraction(finest, 2) if finest > 1 or not counted else Fraction(0)
    if step >= _ROUND:
        half = max(half, abs(number) / 200)
    half = min(half, Fraction(step, 2), abs(number) / (_FEW_OFF if abs(number) < _MANY else _MANY_OFF))
    return Interval(number - half, number + half)


def _to_pence(quantity: Quantity) -> Interval:
    """Return what a number may be; whole pence of a pound are rounded as percentages are."""
    half = Fraction(1, 200) if re.fullmatch(r"\d{1,2} ?(?:p|pence)", quantity.text) else Fraction(0)
    return Interval(quantity.interval.low - half, quantity.interval.high + half) if half else quantity.interval


_ROUND = 100
_MANY, _FEW_OFF, _MANY_OFF = 10_000, 100, 50
"""How far a referee lets a round whole number be off: a hundredth of itself, from ten thousand on a fiftieth."""


def show(value: Fraction) -> str:
    """Return a number with four significant digits.

    Example:
        >>> show(Fraction(100, 3)), show(Fraction(1234567)), show(Fraction(12))
        ('33.33', '1,235,000', '12')
    """
    if value.denominator == 1 and abs(value) < _WHOLE:
        return f"{int(value):,}"
    rounded = float(f"{float(value):.4g}")
    return f"{rounded:,.0f}" if abs(rounded) >= _LARGE else f"{rounded:,.4g}"


_WHOLE, _LARGE = 10**6, 1000


def shown(span: Interval) -> str:
    """Return an interval in words."""
    return show(span.low) if show(span.low) == show(span.high) else f"{show(span.low)} to {show(span.high)}"


def total(spans: Iterable[Interval]) -> Interval:
    """Return every sum of a member of each."""
    first, *rest = spans
    for span in rest:
        first = first + span
    return first


def ratio(top: Interval, bottom: Interval) -> Interval | None:
    """Return every quotient, or None where the divisor may be nought."""
    return None if bottom.low <= 0 <= bottom.high else top / bottom


def power_of_ten(stated: Fraction, found: Fraction) -> str:
    """Return a remark where two numbers differ by a power of ten, for a digit or a scale word is then missing."""
    if stated > 0 and found > 0:
        for power in (10, 100, 1000, 10**6):
            for times in (stated / found, found / stated):
                if abs(times / power - 1) < Fraction(1, 20):
                    return f" They differ by a factor of {power:,}: a digit or a scale word seems to be wrong."
    return ""


Pair = TypeVar("Pair")

MOST_PAIRS, MOST_ALIKE = 5_000_000, 200_000
"""Pairs of numbers that are looked at, and of those whose words are alike, at most: a report says as much in thousands of pages."""


def bounded(pairs: Iterable[Pair], most: int, name: str) -> Iterator[Pair]:
    """Yield pairs of what a report says, as many as can be held against each other in time.

    Args:
        pairs: The pairs.
        most: How many there may be.
        name: What the report is called.

    Raises:
        SourceError: If there are more.
    """
    for number, pair in enumerate(pairs):
        if number == most:
            told = f"says so much alike that more than {most:,} pairs of its numbers would be held against each other."
            raise SourceError(f"{name}: {told} Audit it in parts.")
        yield pair


def comparable_size(one: Quantity, two: Quantity, most: Fraction = Fraction(3)) -> bool:
    """Return whether two numbers are so near in size that one may be the other gone wrong: at most `most` times it, or a power of ten off.

    Example:
        >>> from evidence.quantity import parse
        >>> comparable_size(parse("552"), parse("58")), comparable_size(parse("552"), parse("525"))
        (False, True)
    """
    first, second = abs(one.anchor), abs(two.anchor)
    low, high = min(first, second), max(first, second)
    return low > 0 and (high <= most * low or any(abs(high / low / power - 1) < _COPIED for power in (10, 100, 1000)))


_COPIED = Fraction(1, 100)
