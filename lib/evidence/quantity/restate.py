"""Write a value in the style of a given text."""

from __future__ import annotations

import re
from fractions import Fraction

from evidence.errors import QuantityError
from evidence.quantity import grammar, words
from evidence.quantity.reading import parse
from evidence.quantity.stated import Quantity, to_fraction


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
    number = to_fraction(value)
    old = parse(like)
    match = grammar.SINGLE.fullmatch(grammar.normalise(like))
    if old.in_words or match is None or match["article"]:
        raise QuantityError(f'"{like}" is in words or a range; an author must choose how to say {float(number):g}')
    written = _spelled(number, match, like) if match["whole"] else _numeral(number, match, like)
    return _truthful(written, number, old)


def _truthful(written: str, number: Fraction, old: Quantity) -> str:
    new = parse(written)
    if new.unit != old.unit or not new.admits(number):
        raise QuantityError(f'"{old.text}" cannot say {float(number):g} in the same words; an author must choose')
    return written


def _spelled(number: Fraction, match: re.Match[str], like: str) -> str:
    scale = words.SCALES.get((match["scale"] or "").strip(" -").lower(), 1)
    word = words.spell_whole(int(_half_up(number / scale)))
    if word is None:
        raise QuantityError(f'"{like}" cannot say {float(number):g} in words; an author must choose')
    word = word.capitalize() if match["whole"][0].isupper() else word
    start, end = match.span("whole")
    return like[:start] + word + like[end:]


def _numeral(number: Fraction, match: re.Match[str], like: str) -> str:
    decimals = len(match["decimals"] or ".") - 1
    scale = words.SCALES.get((match["scale"] or "").strip(" -").lower(), 1)
    digits = re.sub(r"\D", "", match["digits"])
    plain = not (match["decimals"] or match["scale"] or match["mark"])
    zeros = len(digits) - len(digits.rstrip("0")) if plain and digits.strip("0") else 0
    step = Fraction(scale * 10**zeros, 10**decimals)
    if number < 0 and not match["sign"]:
        raise QuantityError(f'"{like}" has no sign, so it cannot say {float(number):g}; an author must choose')
    steps = _half_up(abs(number) / step) * 10**zeros
    whole, rest = divmod(steps, 10**decimals)
    grouped = f"{whole:,}" if not match["digits"].isdigit() or whole >= 10_000 else str(whole)
    grouped = grouped.replace(",", " ") if " " in match["digits"] else grouped
    text = grouped + (f".{rest:0{decimals}d}" if decimals else "")
    start = match.start("digits")
    end = match.end("decimals") if match["decimals"] else match.end("digits")
    head = like[:start]
    if match["sign"] and number >= 0:
        head = like[: match.start("sign")] + like[match.end("sign") : start]
    return head + text + like[end:]


def _half_up(value: Fraction) -> int:
    return int(value + Fraction(1, 2)) if value >= 0 else -int(-value + Fraction(1, 2))


_SYMBOL = {unit: symbol for symbol, unit in grammar.CURRENCY.items()}
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
    number = _significant(value / size, digits) if size > 1 or value.denominator > 1 else f"{value.numerator:,}"
    if base in _SYMBOL and not scale and number[-2:-1] == ".":
        number += "0"  # pence are two digits
    sign, number = ("-", number[1:]) if number.startswith("-") else ("", number)
    return sign + with_unit(f"{number}{scale}", unit)


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
    whole = len(str(abs(int(value)))) if abs(value) >= 1 else 0
    places = max(digits - whole, 0)
    while value and abs(value) * 10**places < 10 ** (digits - 1):
        places += 1
    scaled = _half_up(value * 10**places)
    text = f"{abs(scaled) // 10**places:,}" + (f".{abs(scaled) % 10**places:0{places}d}" if places else "")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return ("-" if scaled < 0 else "") + text
