"""The number itself, without hedge and unit: digits, words, multiples, quantifiers and orders of magnitude."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from evidence.quantity import lexicon, words
from evidence.quantity.context import counted
from evidence.quantity.number import Core, share
from evidence.quantity.shares import and_a_half, every, fraction, in_n, mixed, parted, scored, slashed, span
from evidence.quantity.tokens import Tokens, is_whole, numeral, small_numeral


def core(tokens: Tokens, at: int) -> Core | None:
    """Return the longest number that begins with the token at `at`, or None."""
    kind, word = tokens[at].kind, tokens[at].word
    if kind in ("number", "small"):
        return in_n(tokens, at) or (tokens[at + 1].word in words.PARTS and fraction(tokens, at)) or _digits(tokens, at)
    if kind != "word":
        return None
    readers = _READERS.get(word)
    return next((found for reader in readers if (found := reader(tokens, at))), None) if readers else None


def _quantifier(tokens: Tokens, at: int) -> Core | None:
    if not (found := lexicon.longest(lexicon.QUANTIFIER_PHRASES, tokens, at)):
        return None
    anchor, low, high = map(Fraction, lexicon.QUANTIFIERS[found[0]])
    return Core("quantifier", anchor, found[1], "percent", low=low, high=high)


def _vague(tokens: Tokens, at: int) -> Core | None:
    if not (found := lexicon.longest(lexicon.VAGUE_PHRASES, tokens, at)):
        return None
    if found == ("couple", at + 2) and not (counted(tokens, at + 2) or tokens[at + 2].word == "more" or tokens[at + 2].kind == "end"):
        return None
    _, low, high = lexicon.VAGUE[found[0]]
    return Core("vague", Fraction(low), found[1], low=Fraction(low), high=Fraction(high))


def _multiple(tokens: Tokens, at: int) -> Core | None:
    word = tokens[at].word
    if word in lexicon.MULTIPLES:
        return Core("multiple", Fraction(lexicon.MULTIPLES[word]), at + 1, "times")
    if word in lexicon.HALVINGS:
        return share(1, 2, at + 1)
    if word in ("x", "×") and tokens[at + 1].kind == "number" and tokens[at + 1].glued and (found := _digits(tokens, at + 1)):
        return replace(found, unit="times")
    return None


def _nothing(tokens: Tokens, at: int) -> Core | None:
    return Core("nothing", Fraction(0), at + 1) if tokens[at].word in lexicon.NOTHING else None


def _none_of(tokens: Tokens, at: int) -> Core | None:
    """Return "no passes": none of what is counted."""
    word = tokens[at + 1].word
    if word == "less" or not word.endswith("s") or not counted(tokens, at + 1):
        return None
    return Core("nothing", Fraction(0), at + 2)


def _digits(tokens: Tokens, at: int) -> Core | None:
    """Return a number in digits with its scale: "3,853", "1.93 million", "5bn", "3½", "2/3"."""
    token = tokens[at]
    if token.kind == "small":
        value = small_numeral(token)
        if value is None:
            return None
        if value.denominator > 1:
            return parted(tokens, value.numerator, value.denominator, at + 1, bare=True)
        return Core("digits", value, at + 1, digits=(at, at + 1))
    if not (read := numeral(token)):
        return None
    value, decimals = read
    if found := mixed(tokens, value, at, at + 1):
        return found
    if part := slashed(tokens, at):
        return parted(tokens, *part, bare=True)
    if found := scored(tokens, at) or _scientific(tokens, at, value, decimals):
        return found
    size, end = _scale(tokens, at + 1, money=tokens[at - 1].kind == "money" or tokens[at - 1].word in lexicon.CURRENCY_CODES)
    step = Fraction(size, 10**decimals)
    return Core("digits", value * size, end, step=step, scale=size, decimals=decimals, digits=(at, at + 1))


def _scientific(tokens: Tokens, at: int, value: Fraction, decimals: int) -> Core | None:
    """Return a number with its power of ten: "2.5×10⁻⁵", "1.2 x 10^6", "9.8e-3"."""
    times = tokens[at + 1].word in ("×", "x", "*") and tokens[at + 2].word == "10"
    if not times and not (tokens[at + 1].word == "e" and tokens[at + 1].glued and tokens[at + 2].glued):
        return None
    i = at + 2 + times
    i += times and tokens[i].word == "^"
    negative = tokens[i].word in ("-", "\u2013", "\u207b")
    i += negative
    power = small_numeral(tokens[i]) if tokens[i].kind == "small" else (numeral(tokens[i]) or (None,))[0] if is_whole(tokens[i]) else None
    if not tokens[i].glued or power is None or power > _MOST_POWER:
        return None
    factor = Fraction(10) ** int(-power if negative else power)
    return Core("digits", value * factor, i + 1, step=factor / 10**decimals, decimals=max(decimals, 1), digits=(at, at))


_MOST_POWER = 30
"""Largest power of ten that is read."""


def _scale(tokens: Tokens, at: int, *, money: bool) -> tuple[int, int]:
    short = words.SHORT_SCALES.get(tokens[at].word)
    long = tokens[at].word in words.SPACED_SCALES
    squared = tokens[at + 1].glued and (tokens[at + 1].kind == "small" or tokens[at + 1].word in ("2", "3"))
    if short and not squared and (tokens[at].glued or long or money):
        return short, at + 1
    if money and tokens[at].word == "t" and tokens[at].glued:
        return words.SCALES["trillion"], at + 1
    return words.scale(tokens, at)


def _article(tokens: Tokens, at: int) -> Core | None:
    size, end = words.scale(tokens, at + 1)
    if size == 1:
        return None
    if (found := words.spelled(tokens, at)) and found.end > end:
        return _spelled(tokens, at)
    if half := and_a_half(tokens, at, size, end):
        return half
    return Core("article", Fraction(size), end, step=Fraction(size), scale=size, digits=(at, at + 1), rounded=size != words.SCALES["dozen"])


def _spelled(tokens: Tokens, at: int) -> Core | None:
    if not (found := words.spelled(tokens, at)):
        return None
    if more := mixed(tokens, Fraction(found.value), at, found.end):
        return more
    rounded = found.step != words.SCALES["dozen"]
    step, digits = Fraction(found.step), (at, found.head)
    return Core("spelled", Fraction(found.value), found.end, step=step, scale=found.scale, digits=digits, rounded=rounded)


_READERS: dict[str, tuple[Callable[[Tokens, int], Core | None], ...]] = {
    **dict.fromkeys(words.SMALL, (in_n, fraction, _spelled)),
    "one": (in_n, fraction, span, _spelled),
    **dict.fromkeys(("half", "quarter", "another"), (fraction,)),
    **dict.fromkeys((*lexicon.MULTIPLES, *lexicon.HALVINGS, "x"), (_multiple,)),
    **dict.fromkeys(lexicon.NOTHING, (_nothing,)),
    "no": (_none_of,),
    **dict.fromkeys(lexicon.VAGUE_PHRASES, (_vague,)),
    **dict.fromkeys(lexicon.QUANTIFIER_PHRASES, (_quantifier,)),
    "every": (every,),
    "the": (_quantifier, fraction),
    "an": (fraction, span, _article),
    "a": (_quantifier, _vague, fraction, span, _article),
}
FIRST_WORDS = frozenset(_READERS)
"""Words with which a number may begin."""
