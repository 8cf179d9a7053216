"""`parse`: read a stated number from text."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

from evidence.errors import QuantityError
from evidence.quantity import grammar, meaning, words
from evidence.quantity.interval import Interval
from evidence.quantity.stated import Quantity

_PARTS_OF_SCALES = {"half a": Fraction(1, 2), "quarter of a": Fraction(1, 4)}


@lru_cache(maxsize=65536)
def parse(text: str) -> Quantity:
    """Return the quantity that a stated number means.

    Args:
        text: A number as prose writes it, with its hedge and unit: "£10.5 billion", "almost one million", "one in eight",
            "between 13% and 21%". Words that are no part of the number are refused.

    Raises:
        QuantityError: If the text is not a stated number.

    Source:
        The rules stand in `evidence.quantity.meaning`; hedge words in `evidence.quantity.grammar`.

    Example:
        >>> parse("£10.5 billion").interval.low, parse("over 2,000").interval.high
        (Fraction(10450000000, 1), Fraction(2200, 1))
    """
    plain = grammar.normalise(text)
    match = grammar.SINGLE.fullmatch(plain)
    if match:
        return _quantity(text, match)
    ends = _range_ends(grammar.LEAD.sub("", plain))
    if ends is None:
        raise QuantityError(f'"{text}" does not read as a stated number; keep only the number, its hedge and its unit')
    low, high = (_quantity(end.group(), end) for end in ends)
    if low.unit != high.unit or low.anchor >= high.anchor:
        raise QuantityError(f'the range "{text}" must rise from its first number to its second, in one unit')
    first, last = low.interval, high.interval
    whole = Interval(first.low, last.high, first.low_closed, last.high_closed)
    return Quantity(text, low.anchor, whole, low.unit, (low, high), in_words=low.in_words or high.in_words)


def _range_ends(plain: str) -> list[re.Match[str]] | None:
    """Return the matches of both ends, the first completed with what only the second says ("1-4%", "£10-20 million")."""
    for joint in grammar.JOINT.finditer(plain):
        first, second = plain[: joint.start()], plain[joint.end() :]
        last = grammar.SINGLE.fullmatch((first[:1] if first[:1] in grammar.CURRENCY and second[:1].isdigit() else "") + second)
        if not last or not first:
            continue
        for candidate in _completed(first, last):
            match = grammar.SINGLE.fullmatch(candidate)
            if match and _unit(match) == _unit(last) and _rises(match, last):
                return [match, last]
    return None


def _completed(first: str, last: re.Match[str]) -> list[str]:
    after = "".join(last.group(name) or "" for name in ("scale", "mark", "time", "per"))
    before = last.group("currency") or ""
    bare = first.removeprefix(before) if before else first
    return [
        before + bare + after,
        first + after,
        first + "".join(last.group(n) or "" for n in ("mark", "time", "per")),
        before + bare,
        first,
    ]


def _rises(first: re.Match[str], last: re.Match[str]) -> bool:
    return _quantity("", first).anchor < _quantity("", last).anchor


def _quantity(text: str, match: re.Match[str]) -> Quantity:
    unit = _unit(match)
    hedge = _hedge(match)
    if match["quantifier"]:
        anchor, low, high = map(Fraction, grammar.QUANTIFIERS[match["quantifier"].lower()])
        interval = Interval(low, high, low not in (anchor, 0), False)
        return Quantity(text, anchor, interval, unit, hedge=hedge, in_words=True)
    number, in_words = _printed(match, unit)
    return Quantity(text, number.value, meaning.hedged(number, hedge), unit, hedge=hedge, in_words=in_words)


def _hedge(match: re.Match[str]) -> str:
    word = (match["hedge2"] or match["hedge"] or "").strip().lower()
    if match["mark"] == "+" or (match["more"] or "").strip().lower() in ("or more", "or over", "or above"):
        return "at least"
    if match["more"]:
        return "up to"
    return grammar.HEDGE_MEANING.get(word, "")


def _unit(match: re.Match[str]) -> str:
    mark = (match["mark"] or "").strip(" -").lower()
    if match["quantifier"] or match["halving"] or match["n"] or match["part"]:
        return "percent"
    if match["multiple"] or mark in ("times", ":1", "x"):
        return "times"
    if mark.replace("-", " ") in ("percentage point", "percentage points", "point", "points"):
        base = "percentage points"
    elif mark.startswith("%") or mark.startswith("per"):
        base = "percent"
    elif match["time"]:
        base = match["time"].strip(" -").lower().rstrip("s") + "s"
    else:
        base = grammar.CURRENCY.get(match["currency"] or "", "count")
    return base + _per(match["per"])


def _per(tail: str | None) -> str:
    if not tail:
        return ""
    word = tail.split()[-1].lower()
    if tail.strip().endswith("100,000 people"):
        return " per 100,000 people"
    return " per " + {"annum": "year", "annually": "year", "head": "capita", "person": "capita"}.get(word, word)


def _printed(match: re.Match[str], unit: str) -> tuple[meaning.Printed, bool]:
    if match["multiple"]:
        value = Fraction(grammar.MULTIPLES[match["multiple"].lower()])
        return meaning.printed_numeral(value, Fraction(1), rounds=True), True
    if match["halfscale"]:
        part, scale = _PARTS_OF_SCALES[match["halfscale"].lower()], words.SCALES[match["bigscale"].lower()]
        low, high = words.nearest_bounds(part, part.denominator)
        return meaning.printed_share(part * scale, low * scale, high * scale), True
    share = _share(match)
    if share is not None:
        low, high = words.nearest_bounds(*share)
        return meaning.printed_share(share[0] * 100, low * 100, high * 100), True
    return _printed_numeral(match, unit)


def _share(match: re.Match[str]) -> tuple[Fraction, int] | None:
    if match["halving"]:
        return Fraction(1, 2), 2
    if match["n"]:
        count, total = _whole(match["of"]), _whole(match["n"])
    elif match["part"]:
        article = (match["parts"] or "a").lower()
        count, total = (1 if article in ("a", "an") else _whole(article)), words.part_size(match["part"])
    else:
        return None
    if not 0 < count < total:
        raise QuantityError(f'"{match.group()}" is not a share between nothing and all')
    return Fraction(count, total), total


def _whole(text: str) -> int:
    spelled = words.parse_whole(text)
    return int(text) if spelled is None else spelled


def _printed_numeral(match: re.Match[str], unit: str) -> tuple[meaning.Printed, bool]:
    scale_word = (match["scale"] or "").strip(" -").lower()
    scale = words.SCALES.get(scale_word, words.SCALES.get(scale_word.rstrip("s"), 1))
    if match["digits"]:
        decimals = match["decimals"] or ""
        number = Fraction(int(re.sub(r"\D", "", match["digits"]) + decimals[1:]), 10 ** max(len(decimals) - 1, 0))
        step = Fraction(scale, 10 ** max(len(decimals) - 1, 0))
    else:
        number, step = Fraction(1 if match["article"] else _whole(match["whole"])), Fraction(scale)
    value = number * scale * (-1 if match["sign"] else 1)
    base = unit.partition(" per ")[0]
    rounds = bool(match["decimals"] or scale_word) or base in ("percent", "percentage points", "times")
    if not match["digits"] and not rounds:
        return meaning.exactly(value), False
    floor = Fraction(1) if base in grammar.CURRENCY.values() else None
    return meaning.printed_numeral(value, step, rounds=rounds, floor=floor), False
