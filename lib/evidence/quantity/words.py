"""Number words of English prose: whole numbers, scales, fractions, and which fraction a share is nearest to."""

from __future__ import annotations

import re
from fractions import Fraction

UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
    "m": 10**6,
    "bn": 10**9,
    "tn": 10**12,
}
PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}

_SMALL = {word: value for value, word in enumerate(UNITS)} | {word: 10 * n for n, word in enumerate(TENS, start=2)}
_ONES = "|".join(UNITS[1:10])
_BELOW_HUNDRED = rf"(?:(?:{'|'.join(TENS)})(?:[- ](?:{_ONES}))?|{'|'.join(sorted(UNITS, key=len, reverse=True))})"
WHOLE = rf"{_BELOW_HUNDRED}(?: hundred(?: and {_BELOW_HUNDRED})?)?"
"""Pattern of a spelled whole number below a thousand ("nine", "twenty-five", "two hundred and six")."""

PART = r"(?:half|halves|(?:third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)s?)"

_LADDER_UNIT_FRACTIONS = (6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100)


def parse_whole(text: str) -> int | None:
    """Return the whole number that `text` spells, below a thousand, or None if it spells none.

    Example:
        >>> parse_whole("twenty-five"), parse_whole("two hundred and six"), parse_whole("many")
        (25, 206, None)
    """
    total = 0
    for word in re.split(r"[- ]", text.lower()):
        if word == "hundred":
            total = max(total, 1) * 100
        elif word in _SMALL:
            total += _SMALL[word]
        elif word != "and":
            return None
    return total


def spell_whole(number: int) -> str | None:
    """Return `number` in words, or None from one hundred on and below zero.

    Example:
        >>> spell_whole(9), spell_whole(42), spell_whole(100)
        ('nine', 'forty-two', None)
    """
    if 0 <= number < 20:
        return UNITS[number]
    if 20 <= number < 100:
        ten, one = divmod(number, 10)
        return TENS[ten - 2] + (f"-{UNITS[one]}" if one else "")
    return None


def part_size(word: str) -> int:
    """Return the denominator that a part such as "thirds" names.

    Example:
        >>> part_size("quarters")
        4
    """
    word = word.lower()
    return PARTS.get(word) or PARTS[word.rstrip("s")]


def nearest_bounds(share: Fraction, denominator: int) -> tuple[Fraction, Fraction]:
    """Return the shares half way to the neighbouring fractions that people say.

    People say halves to fifths with any numerator, one in N and all but one in N for a few larger N, and whatever
    has the `denominator` just used. A share is called the spoken fraction it is nearest to.

    Args:
        share: The spoken fraction, above 0 and below 1.
        denominator: The denominator it was said with.

    Source:
        The house table (design, "what a stated number means"): "nearer to it than to any other fraction with a denominator up
        to 5 (or the stated one)", with spoken unit fractions added, since without them "a fifth" would reach down to 10 percent.

    Example:
        >>> nearest_bounds(Fraction(2, 3), 3)
        (Fraction(19, 30), Fraction(17, 24))
    """
    ladder = {Fraction(k, n) for n in (2, 3, 4, 5, denominator) for k in range(n + 1)}
    ladder |= {Fraction(k, n) for n in _LADDER_UNIT_FRACTIONS for k in (1, n - 1)}
    below = max(rung for rung in ladder if rung < share)
    above = min(rung for rung in ladder if rung > share)
    return (below + share) / 2, (share + above) / 2
