"""The tokens of a passage: words, numerals, small digits and fractions, signs of money, and marks, each with its place."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import partial
from typing import NamedTuple


class Token(NamedTuple):
    """One token of a passage.

    Attributes:
        kind: `word`, `number` (digits), `small` (superscripts, vulgar fractions, numerals of other scripts), `money` (a sign of money), `mark`, or `end`.
        word: The token in lower case, with odd dashes and apostrophes made plain.
        start: Offset of its first character in the passage.
        end: Offset after its last character.
        capital: Whether its first letter is a capital.
        glued: Whether nothing stands between it and the token before it.
        capitals: Whether it is two capitals or more.
    """

    kind: str
    word: str
    start: int
    end: int
    capital: bool
    glued: bool
    capitals: bool


Tokens = list[Token]

_SMALL = "²³¹⁰-⁹₀-₉¼-¾\u2150-\u218b①-⑳⑴-⒛⓪-⓿❶-➓〇一二三四五六七八九十百千万億"
_TOKEN = re.compile(
    rf"""
      (?P<number>(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d{{1,3}}(?:[ \u00a0\u2009\u202f]\d{{3}})+(?!\d|,\d)|\d+)(?:\.\d+)*|(?<![\w.])\.\d+)
    | (?P<small>[{_SMALL}]+)
    | (?P<money>(?<![^\W_])(?:(?:US|AU|CA|NZ|HK)[ ]?|[ACSR])?\$(?:US|(?:AU?|CA?|NZ|HK|S)(?=\d))?|[£€¥₹])
    | (?P<word>[^\W\d_{_SMALL}]+(?:['\u2019][^\W\d_{_SMALL}]+)*)
    | (?P<mark>\u2063+|[^\w\s]|_)
    """,
    re.VERBOSE,
)
_PLAIN = str.maketrans(dict.fromkeys("‐‑‒−", "-") | {"\u2019": "'", "\u2044": "/"})
_END = Token("end", "", -1, -1, False, False, False)
_SENTINELS = 6


def tokenize(text: str) -> Tokens:
    """Return the tokens of `text`, followed by ends of text, so that looking a few tokens ahead or back never fails.

    Example:
        >>> [token.word for token in tokenize("Over 56,828kWh")[:3]]
        ['over', '56,828', 'kwh']
    """
    parts, before = [], None
    for match in _TOKEN.finditer(text):
        raw, (start, end), kind = match[0], match.span(), match.lastgroup or "mark"
        word = raw.lower()
        if kind == "money" or not word.isascii():
            word = _plain(word, kind)
        parts.append((kind, word, start, end, raw[0].isupper(), start == before, end - start > 1 and raw.isupper()))
        before = end
    return [*map(_token, parts), *[_END] * _SENTINELS]


_token = partial(tuple.__new__, Token)
"""What makes a token of its parts, in a third of the time that its class takes to be called."""


def _plain(word: str, kind: str) -> str:
    plain = word.translate(_PLAIN)
    return plain.replace(" ", "") if kind == "money" else plain


_LONGEST = 30
"""Digits of the longest numeral that is read; a longer one states no quantity of this world."""


def numeral(token: Token) -> tuple[Fraction, int] | None:
    """Return the value of a numeral and how many decimals it prints, or None where it has no single value ("1.2.3")."""
    digits, _, decimals = "".join(token.word.replace(",", "").split()).partition(".")
    if "." in decimals or len(token.word) > _LONGEST:
        return None
    return Fraction(int(digits + decimals), 10 ** len(decimals)), len(decimals)


def small_numeral(token: Token) -> Fraction | None:
    """Return the value of a vulgar fraction, or of superscript digits in a row, or None where it has none."""
    parts = [unicodedata.numeric(character) for character in token.word]
    if len(parts) == 1:
        return Fraction(parts[0]).limit_denominator(10)
    if len(parts) > _LONGEST or any(part != int(part) or part > 9 for part in parts):
        return None
    return Fraction(int("".join(str(int(part)) for part in parts)))


def is_whole(token: Token) -> bool:
    """Return whether a token is a numeral without decimals."""
    return token.kind == "number" and "." not in token.word
