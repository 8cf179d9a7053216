"""`parse`: read a stated number from text."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from evidence.errors import QuantityError
from evidence.quantity import lexicon, meaning
from evidence.quantity.grammar import past_joint, range_after, single
from evidence.quantity.interval import Interval
from evidence.quantity.labels import label
from evidence.quantity.number import Range, Single
from evidence.quantity.stated import Quantity
from evidence.quantity.tokens import Tokens, tokenize

_BEFORE_RANGE = lexicon.phrases({"": "between|from|ranging from|of between|ranging between|of"})


@lru_cache(maxsize=65536)
def parse(text: str) -> Quantity:
    """Return the quantity that a stated number means.

    Args:
        text: A number as prose writes it, with its hedge and unit: "£10.5 billion", "almost one million", "one in eight",
            "between 13% and 21%". Words that are no part of the number are refused.

    Raises:
        QuantityError: If the text is not a stated number.

    Source:
        The rules stand in `evidence.quantity.meaning`; hedge words and units in `evidence.quantity.lexicon`.

    Example:
        >>> parse("£10.5 billion").interval.low, parse("over 2,000").interval.high
        (Fraction(10450000000, 1), Fraction(2200, 1))
    """
    plain = " ".join(text.split())
    tokens = tokenize(plain)
    if sure := _with_confidence(text, tokens):
        return sure
    read = read_whole(text, tokens)
    if isinstance(read, Single):
        return quantity(text, read)
    low, high = sorted((quantity(_own_words(plain, tokens, end), end) for end in (read.low, read.high)), key=lambda end: end.anchor)
    first, last = low.interval, high.interval
    whole = Interval(first.low, last.high, first.low_closed, last.high_closed)
    return Quantity(text, low.anchor, whole, low.unit, (low, high), in_words=low.in_words or high.in_words)


def _with_confidence(text: str, tokens: Tokens) -> Quantity | None:
    """Return a number with its interval of confidence, "OR 1.8 (95% CI 1.2 to 2.7)", or such an interval alone; None where none is named."""
    first = single(tokens, 0) if label(tokens, 0) == 0 else None
    named = _past(tokens, first.end if first else 0)
    if (at := label(tokens, named)) == named or not (low := single(tokens, _past(tokens, at))):
        return None
    joint = past_joint(tokens, low.end)
    high = single(tokens, joint if joint > low.end else _past(tokens, low.end))
    if not high or tokens[_past(tokens, high.end)].kind != "end" or low.value > high.value:
        return None
    given = first or high
    ends = tuple(quantity("", replace(end, unit=given.unit, per=given.per)) for end in (low, high))
    span = Interval(ends[0].anchor, ends[1].anchor)
    if not first:
        return Quantity(text, low.value, span, given.unit + given.per, ends)
    return Quantity(text, first.value, span, first.unit + first.per, hedge=first.hedge)


def _past(tokens: Tokens, at: int) -> int:
    """Return the index after the brackets, commas and colons that stand around an interval of confidence."""
    while tokens[at].word in _AROUND:
        at += 1
    return at


_AROUND = ("(", ")", "[", "]", ",", ";", ":", "of", "=")


def read_whole(text: str, tokens: Tokens) -> Single | Range:
    """Return what the whole of a text states.

    Args:
        text: The text, for the message.
        tokens: Its tokens.

    Raises:
        QuantityError: If it is not one stated number.
    """
    lead = lexicon.longest(_BEFORE_RANGE, tokens, 0)
    first = single(tokens, lead[1] if lead else 0)
    if first and not lead and _ends(tokens, first.end):
        return first
    if first and (both := range_after(tokens, first, falls=True)) and _ends(tokens, both.high.end):
        return both
    raise QuantityError(f'"{text}" does not read as a stated number; keep only the number, its hedge and its unit')


def _ends(tokens: Tokens, at: int) -> bool:
    while tokens[at].word in lexicon.TAILS:
        at += 1
    return tokens[at].kind == "end"


def _own_words(text: str, tokens: Tokens, end: Single) -> str:
    """Return how an end of a range is written, or nothing where it takes its unit or scale from the other end."""
    alone = single(tokens, end.start)
    said = alone is not None and (alone.unit, alone.per, alone.value) == (end.unit, end.per, end.value)
    return text[tokens[end.start].start : tokens[end.end - 1].end] if said else ""


def quantity(text: str, read: Single) -> Quantity:
    """Return the quantity of one stated number.

    Args:
        text: The number as written.
        read: The number as the grammar reads it.
    """
    number = _printed(read)
    if read.probability:
        number = replace(number, reach=1 - number.value if read.hedge in ("above", "at least") else number.value)
    interval = meaning.hedged(number, read.hedge)
    if read.margin is not None:
        interval = Interval(number.value - read.margin, number.value + read.margin)
    in_words = read.core.form in ("share", "multiple", "quantifier", "vague")
    return Quantity(text, read.value, -interval if read.negative else interval, read.unit + read.per, hedge=read.hedge, in_words=in_words)


def _printed(read: Single) -> meaning.Printed:
    core, factor = read.core, read.factor
    value, step = core.value * factor, core.step * factor
    if core.low is not None and core.high is not None:
        closed = core.form != "quantifier" or core.low not in (core.value, 0)
        return meaning.printed_words(value, core.low * factor, core.high * factor, low_closed=closed)
    if core.form == "multiple":
        return meaning.printed_multiple(value)
    if core.decimals or read.unit in ("percent", "percentage points", "times"):
        return meaning.printed_numeral(value, step, "digits")
    if not core.rounded or (core.form == "spelled" and core.step == 1):
        return meaning.exactly(value)
    if core.scale != 1 or core.form in ("spelled", "article"):
        return meaning.printed_numeral(value, step, "scale")
    return meaning.printed_numeral(value, step, "whole", Fraction(1) if read.unit in lexicon.MONEY and factor == 1 else Fraction(0))
