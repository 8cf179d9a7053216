"""Number words of English prose: whole numbers, scales, parts, and which fraction a share is nearest to."""

from __future__ import annotations

import sys
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from evidence.quantity.tokens import Tokens


def listed(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as one text, in its order."""
    return tuple(text.split())


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list that is written as one text, to look words up in."""
    return frozenset(text.split())


UNITS = listed(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
)
TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
SMALL = {word: value for value, word in enumerate(UNITS)} | {word: 10 * n for n, word in enumerate(TENS, start=2)}
SCALES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
    "lakh": 10**5,
    "crore": 10**7,
}
HOW_OFTEN = {
    **{"hourly": "hour", "daily": "day", "weekly": "week", "fortnightly": "fortnight"},
    **{"monthly": "month", "quarterly": "quarter", "yearly": "year", "annual": "year", "annually": "year"},
}
"""Words that say how often, or of what time an amount is, with that time."""
_PLURAL_SCALES = {f"{word}s": value for word, value in SCALES.items()}
SHORT_SCALES = {
    **{"k": 10**3, "m": 10**6, "mn": 10**6, "mln": 10**6, "mio": 10**6, "mil": 10**6},
    **{"b": 10**9, "bn": 10**9, "tn": 10**12, "trn": 10**12},
}
"""Scales written as letters, which touch their number or follow a sum of money."""

SPACED_SCALES = frozenset(("bn", "mn", "tn", "mln", "trn", "mio"))
"""Those of them that may stand apart from any number."""

ORDINALS = listed(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth "
    "eighteenth nineteenth twentieth"
)
"""The ordinals from first to twentieth."""
PARTS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}
PARTS |= {word + plural: n for n, word in enumerate(ORDINALS[2:12], start=3) for plural in ("", "s")}
_ROUND_PARTS = {"fifteenth": 15, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100, "thousandth": 1000}
PARTS |= _ROUND_PARTS | {f"{word}s": n for word, n in _ROUND_PARTS.items()}


class Spelled(NamedTuple):
    """A whole number in words.

    Attributes:
        value: The number.
        step: The smallest scale word in it, or 1.
        end: Index of the token after it.
        scale: What its one scale word multiplies by ("three million"), or 1 where it has none or several.
        head: Index of the token after the words before that scale word.
    """

    value: int
    step: int
    end: int
    scale: int
    head: int


def joined(tokens: Tokens, at: int) -> int:
    """Return `at`, or the index after it where a hyphen stands there that touches both its neighbours."""
    return at + (tokens[at].word == "-" and tokens[at].glued and tokens[at + 1].glued)


def scale(tokens: Tokens, at: int) -> tuple[int, int]:
    """Return the product of the scale words from `at` on ("hundred thousand"; at most two), 1 for none, and the index after them."""
    product, end = 1, at
    for _ in range(2):
        i = joined(tokens, end)
        size = SCALES.get(tokens[i].word) or _PLURAL_SCALES.get(tokens[i].word)
        if not size:
            break
        product, end = product * size, i + 1
    return product, end


def spelled(tokens: Tokens, at: int) -> Spelled | None:
    """Return the whole number that the words from `at` on spell ("two hundred and six thousand"), or None.

    Scales must fall from left to right, so "five thousand two million" is two numbers.
    """
    found: Spelled | None = None
    limit, i = sys.maxsize, at
    while group := _group(tokens, i):
        value, head, size, end = group
        if size >= limit or (i > at and tokens[i - 1].word == "and" and (size != 1 or value >= 100)):
            break
        step = size * (100 if tokens[head - 1].word == "hundred" else 1)
        found = Spelled(found.value + value * size, step, end, 1, end) if found else Spelled(value * size, step, end, size, head)
        limit, i = size, end + (tokens[end].word == "and")
    return found


def _group(tokens: Tokens, at: int) -> tuple[int, int, int, int] | None:
    """Return a number below a thousand, the index after it, the scale that follows, and the index after that."""
    if not (first := _below_hundred(tokens, at)):
        return None
    value, end = first
    hundred = joined(tokens, end)
    if value and tokens[hundred].word == "hundred":
        value, end = value * 100, hundred + 1
        rest = _below_hundred(tokens, end + (tokens[end].word == "and"))
        if rest and tokens[joined(tokens, rest[1])].word != "hundred":
            value, end = value + rest[0], rest[1]
    return value, end, *scale(tokens, end)


def _below_hundred(tokens: Tokens, at: int) -> tuple[int, int] | None:
    value = SMALL.get(tokens[at].word)
    if value is None and tokens[at].word == "a" and tokens[at + 1].word in SCALES:
        return 1, at + 1
    if value is None:
        return None
    ones = joined(tokens, at + 1)
    if value >= 20 and 0 < SMALL.get(tokens[ones].word, 0) < 10:
        return value + SMALL[tokens[ones].word], ones + 1
    return value, at + 1


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


_LADDER_UNIT_FRACTIONS = (6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100)


@lru_cache(maxsize=4096)
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
    ladder = {Fraction(1)} | {Fraction(k, n) for n in (3, 4, 5, denominator) for k in range(n)}
    ladder |= {Fraction(k, n) for n in _LADDER_UNIT_FRACTIONS for k in (1, n - 1)}
    below = max(rung for rung in ladder if rung < share)
    above = min(rung for rung in ladder if rung > share)
    return (below + share) / 2, (share + above) / 2
