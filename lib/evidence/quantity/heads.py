"""Heads of columns: the unit that a table gives once, above its numbers, and not beside each."""

from __future__ import annotations

import re

from evidence.quantity.words import word_set

_MONEY = r"(?P<money>£|\$|US\$|€)"
_SCALE = r"(?P<scale>m|mn|million|millions|bn|billion|billions|tn|trillion|k|'?000s?|,?000s?|thousand|thousands)"
_UNIT = (
    r"(?P<points>percentage points?|per cent points?|pp|ppts?)|(?P<percent>%|percent|per cent|percentage|percentages)"
    rf"|{_MONEY}\s?{_SCALE}?|(?:in )?(?:{_SCALE.replace('scale', 'many')})"
)
_HEAD = re.compile(rf"(?:^|.*[(\[,;:]\s?|.*\s-\s)(?:in )?(?:{_UNIT})\s*[)\]]?$|^(?P<first>%)\s\w.*$|^.*\((?P<inside>%)\).*$", re.IGNORECASE)
"""A unit that is all of a head, stands at its end behind a mark, or is a sign before it: "%", "Spend, £m", "Jobs (thousands)", "% change"."""
_SHARE = re.compile(r"(?:^|[(\[,;:] ?|\s-\s)(?:in )?(?:%|per ?cent|percentage) of\b", re.IGNORECASE)
"""A share of somebody, in a title."""
_BARE = re.compile(r"(?P<sign>[-\u2212\u2013+]?)(?P<digits>\d[\d,]*(?:\.\d+)?)")
_SCALES = {"m": "million", "mn": "million", "bn": "billion", "tn": "trillion", "k": "thousand"}
_SCALE_WORDS = word_set("million billion trillion thousand")


def under_head(stated: str, head: str) -> str:
    """Return a number of a table with the unit that the head of its column gives; as it is where it has one itself, or the head gives none.

    Example:
        >>> under_head("45.2", "%"), under_head("-12.5", "Spend (£m)"), under_head("310", "000s"), under_head("4,100", "Number")
        ('45.2%', '-£12.5 million', '310 thousand', '4,100')
    """
    bare, unit = _BARE.fullmatch(stated.strip()), _HEAD.fullmatch(head.strip())
    if not bare or not unit:
        return stated
    sign, digits = bare["sign"], bare["digits"]
    if unit["percent"] or unit["first"] or unit["inside"]:
        return f"{sign}{digits}%"
    if unit["points"]:
        return f"{sign}{digits} percentage points"
    scale = _scale(unit["scale"] or unit["many"] or "")
    return f"{sign}{unit['money'] or ''}{digits}{f' {scale}' if scale else ''}"


def unit_of_head(head: str) -> str:
    """Return the unit that a head of a column, or the title of a table, gives to the numbers below it, as a head has it; empty where it gives none.

    Example:
        >>> unit_of_head("Table 2: Spend by town, £m"), unit_of_head("Reasons, % of 96 firms"), unit_of_head("Table 2: Firms")
        ('£m', '%', '')
    """
    unit = _HEAD.fullmatch(head.strip())
    if not unit:
        return "%" if _SHARE.search(head) else ""
    if unit["percent"] or unit["first"] or unit["inside"]:
        return "%"
    return unit["points"] or f"{unit['money'] or ''}{unit['scale'] or unit['many'] or ''}"


def _scale(written: str) -> str:
    """Return the word of a scale, nothing for none."""
    word = written.lower().strip("',")
    word = _SCALES.get(word) or ("thousand" if word.startswith("000") else word.removesuffix("s"))
    return word if word in _SCALE_WORDS else ""
