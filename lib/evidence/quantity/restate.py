"""Write a value in the style of a given text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.errors import QuantityError
from evidence.quantity import words
from evidence.quantity.number import Range, Single
from evidence.quantity.reading import parse, read_whole
from evidence.quantity.stated import Quantity, to_fraction
from evidence.quantity.tokens import Tokens, tokenize


def format_(value: Fraction | int | float, like: str) -> str:
    """Return `value` written in the style of `like`: same unit, scale, decimals, separators and hedge.

    Numerals and spelled whole numbers are restated; fractions and quantifiers in words never are, and a hedge stays only if it
    is still true, for a word that may no longer hold is the author's to choose.

    Args:
        value: The new number in the base unit of `like` (percent, pounds, ...).
        like: A stated number, not a range.

    Raises:
        QuantityError: If `like` is in words, is a range, or cannot state `value` truthfully.

    Example:
        >>> format_(91.2, "96%"), format_(12_345_678_901, "£10.5 billion"), format_(7, "nine")
        ('91%', '£12.3 billion', 'seven')
    """
    number, old, tokens = to_fraction(value), parse(like), tokenize(like)
    read = read_whole(like, tokens)
    if old.in_words or isinstance(read, Range) or read.core.form not in ("digits", "spelled") or read.core.digits[0] == read.core.digits[1]:
        raise QuantityError(f'"{like}" is in words or a range; an author must choose how to say {float(number):g}')
    styles = _spelled(number, read, like, tokens) if read.core.form == "spelled" else _numerals(number, read, like, tokens)
    for written in styles:
        if _true(written, number, old):
            return written
    raise QuantityError(f'"{like}" cannot say {float(number):g} in the same words; an author must choose')


def _true(written: str, number: Fraction, old: Quantity) -> bool:
    """Return whether a text says a number as the old one was said: read back, admitted, and hardly moved or no less fine."""
    new = parse(written)
    kept = abs(new.anchor - number) * _FURTHEST <= max(abs(number), abs(new.anchor)) or _fine(new) >= _fine(old)
    vanished = number and not new.anchor
    return (new.unit, new.hedge) == (old.unit, old.hedge) and new.admits(number) and kept and not vanished


_FURTHEST = 10
"""A number that is restated with fewer significant digits may move by one part in so many."""


def _fine(number: Quantity) -> int:
    """Return how many significant digits a number prints, the zeros at its end left out."""
    digits = _numeral_text(number.text).replace(".", "").strip("0")
    return len(digits)


def _numeral_text(text: str) -> str:
    """Return the digits and the point of the first numeral in a text."""
    found = next((token.word for token in tokenize(text) if token.kind == "number"), "")
    return "".join(found.replace(",", "").split())


def _spelled(number: Fraction, read: Single, like: str, tokens: Tokens) -> Iterator[str]:
    word = words.spell_whole(_half_up(number / (read.core.scale * read.factor)))
    if word is None:
        raise QuantityError(f'"{like}" cannot say {float(number):g} in words; an author must choose')
    first, last = tokens[read.core.digits[0]], tokens[read.core.digits[1] - 1]
    yield like[: first.start] + (word.capitalize() if first.capital else word) + like[last.end :]


def _numerals(number: Fraction, read: Single, like: str, tokens: Tokens) -> Iterator[str]:
    """Yield the number in the style of a text, first as coarse as the zeros at its end allow, then finer."""
    if number < 0 and not read.negative:
        raise QuantityError(f'"{like}" has no sign, so it cannot say {float(number):g}; an author must choose')
    token, decimals = tokens[read.core.digits[0]], read.core.decimals
    digits = _numeral_text(like)
    plain = not decimals and read.core.scale == 1 and read.unit not in ("percent", "percentage points", "times")
    zeros = len(digits) - len(digits.rstrip("0")) if plain and digits.strip("0") else 0
    head = _unsigned(like[: token.start]) if read.negative and number >= 0 else like[: token.start]
    for dropped in range(zeros, -1, -1):
        steps = _half_up(abs(number) / (read.core.step * read.factor * 10**dropped)) * 10**dropped
        yield head + _grouped(steps, decimals, token.word) + like[token.end :]


def _unsigned(head: str) -> str:
    """Return what stands before a number without its sign."""
    return re.sub(r"[-\u2010-\u2013\u2212]|\b(?:minus|negative)\s", "", head, flags=re.IGNORECASE)


def _grouped(steps: int, decimals: int, like: str) -> str:
    whole, rest = divmod(steps, 10**decimals)
    text = f"{whole:,}" if not like.partition(".")[0].isdigit() or whole >= 10_000 else str(whole)
    text = " ".join(text.split(",")) if len(like.split()) > 1 else text
    return text + (f".{rest:0{decimals}d}" if decimals else "")


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2))


_SYMBOL = {"GBP": "£", "USD": "$", "EUR": "€"}
_STEPS = ((10**12, " trillion"), (10**9, " billion"), (10**6, " million"))


def readable(value: Fraction, unit: str, digits: int = 3) -> str:
    """Return a value for a reader: rounded to some significant digits, with its unit, large numbers in words.

    Args:
        value: The number in base units.
        unit: Its unit.
        digits: Significant digits to keep, at least; whole numbers below ten thousand are kept whole.

    Example:
        >>> readable(Fraction(27700000000), "GBP"), readable(Fraction(469, 10), "percent"), readable(Fraction(5681930), "count")
        ('£27.7 billion', '46.9%', '5.68 million')
        >>> readable(Fraction(7, 2), "GBP")
        '£3.50'
    """
    base = unit.partition(" per ")[0]
    size, scale = next(((size, name) for size, name in _STEPS if abs(value) >= size), (1, ""))
    part = abs(value) / size
    number = _significant(part, digits) if size != 1 or part.denominator != 1 else f"{part.numerator:,}"
    if base in _SYMBOL and not scale and number[-2:-1] == ".":
        number += "0"  # pence are two digits
    return ("-" if value < 0 else "") + with_unit(f"{number}{scale}", unit)


def with_unit(number: str, unit: str) -> str:
    """Return digits, with the word of their scale if they have one, in the written form of a unit.

    Example:
        >>> with_unit("31,000", "GBP"), with_unit("41.7", "percent"), with_unit("991", "count per 100,000 people"), with_unit("2,016", "calendar year")
        ('£31,000', '41.7%', '991 per 100,000 people', '2016')
    """
    base, _, per = unit.partition(" per ")
    tail = {"percent": "%", "count": "", "calendar year": "", **dict.fromkeys(_SYMBOL, "")}.get(base, f" {base}")
    number = number.replace(",", "") if base == "calendar year" else number
    return f"{_SYMBOL.get(base, '')}{number}{tail}" + (f" per {per}" if per else "")


def _significant(value: Fraction, digits: int) -> str:
    """Return a number above nothing, rounded to so many significant digits at least."""
    places = max(digits - len(str(int(value))), 0)
    while value * 10**places < 10 ** (digits - 1):
        places += 1
    whole, rest = divmod(_half_up(value * 10**places), 10**places)
    text = f"{whole:,}" + (f".{rest:0{places}d}" if places else "")
    return text.rstrip("0").rstrip(".") if "." in text else text
