"""Shares and fractions in words: one in five, two thirds, half a million, two and a half."""

from __future__ import annotations

from fractions import Fraction

from evidence.quantity import lexicon, words
from evidence.quantity.number import MOST_SPOKEN, Core, share
from evidence.quantity.tokens import Tokens, is_whole, numeral, small_numeral
from evidence.quantity.words import word_set


def _whole(tokens: Tokens, at: int) -> tuple[int, int] | None:
    if is_whole(tokens[at]) and (read := numeral(tokens[at])):
        return int(read[0]), at + 1
    found = words.spelled(tokens, at)
    return (found.value, found.end) if found else None


def in_n(tokens: Tokens, at: int) -> Core | None:
    """Return "one in five", "71 out of 2,093", "nine times out of ten" or "7.2 out of 10"."""
    count = _whole(tokens, at)
    if not count and tokens[at].kind != "number":
        return None
    i = words.joined(tokens, count[1] if count else at + 1)
    i += tokens[i].word == "times"
    out = tokens[i].word == "out" and tokens[i + 1].word == "of"
    if not out and tokens[i].word != "in":
        return None
    i = words.joined(tokens, i + 1 + out)
    i += tokens[i].word == "every"
    if not (total := _whole(tokens, i)) or (not out and not _countable(tokens, i, *total)):
        return None
    if count:
        return share(count[0], *total)
    score = numeral(tokens[at]) if out else None
    return Core("digits", score[0], total[1], f"out of {total[0]}", Fraction(1, 10 ** score[1]), decimals=score[1]) if score else None


def _countable(tokens: Tokens, at: int, total: int, end: int) -> bool:
    """Return whether the number after "in" is what a share is of: no year, no span of time, no part of a longer numeral."""
    year = tokens[at].kind == "number" and len(tokens[at].word) == 4 and 1400 <= total < 2200
    unit = lexicon.longest(lexicon.UNITS, tokens, words.joined(tokens, end))
    return not year and not (unit and tokens[end].word != "times") and tokens[end].kind != "small"


def fraction(tokens: Tokens, at: int) -> Core | None:
    """Return a fraction in words, alone or of a scale or a unit: "two thirds", "another third", "half a million"."""
    if not (found := _part(tokens, at)):
        return None
    count, total, end = found
    return parted(tokens, count, total, end)


def _part(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Return count, denominator and end of a fraction in words."""
    word = tokens[at].word
    if word == "half":
        return 1, 2, at + 1
    if word == "quarter":
        of_scale = tokens[at + 1].word == "of" and tokens[at + 2].word == "a" and tokens[at + 3].word in words.SCALES
        return (1, 4, at + 1) if of_scale else None
    if word in _ARTICLES:
        count, i = 1, _past_adjective(tokens, words.joined(tokens, at + 1))
    elif word == "the":
        count, i = 1, at + 1 + (tokens[at + 1].word in _ADJECTIVES | _PLACES)
        if i == at + 1 and not _the_part(tokens, i):
            return None
    elif found := _whole(tokens, at):
        count, i = found[0], words.joined(tokens, found[1])
    else:
        return None
    total = words.PARTS.get(tokens[i].word)
    hyphened = tokens[i + 1].word == "-" and tokens[i + 1].glued and not (total in (2, 4) and tokens[i + 2].word in _POINT)
    return (count, total, i + 1) if total and not hyphened else None


_POINT = word_set("point points percentage")
_ARTICLES = word_set("a an another")
_ADJECTIVES = word_set("mere full good further bare whole staggering large small remaining tiny clear solid")


def _the_part(tokens: Tokens, at: int) -> bool:
    """Return whether "the fifth of firms" is meant, and neither "the fifth of May" nor "the fifth of its kind"."""
    part = tokens[at].word in words.PARTS and tokens[at].word not in ("quarter", "half")
    if part and tokens[at + 1].kind == "end":
        return True
    return (
        part
        and tokens[at + 1].word == "of"
        and not tokens[at + 2].capital
        and tokens[at + 2].word not in _OWNED
        and tokens[at + 2].word not in words.SMALL
    )


_OWNED = word_set("its their these those his her this that")
_PLACES = word_set("top bottom poorest richest lowest highest smallest largest other lower upper")
"""Words that say which part of a whole is meant."""
_ORDINALS = word_set("first second third fourth final last previous next")


def _past_adjective(tokens: Tokens, at: int) -> int:
    adjective = tokens[at].word in _ADJECTIVES or (
        tokens[at].kind == "word" and tokens[at].word not in _ORDINALS and tokens[at + 2].word == "of"
    )
    return at + (adjective and tokens[at + 1].word in words.PARTS)


def every(tokens: Tokens, at: int) -> Core | None:
    """Return "every second", "every third" and the like: one in so many."""
    total = 2 if tokens[at + 1].word == "second" else words.PARTS.get(tokens[at + 1].word)
    ordinal = tokens[at + 1].word not in ("half", "quarter", "halves", "quarters")
    return share(1, total, at + 2) if total and ordinal else None


def parted(tokens: Tokens, count: int, total: int, end: int, *, bare: bool = False) -> Core | None:
    """Return a fraction that ends at `end`, of the scale or unit that follows, or of whatever the sentence is about.

    Args:
        tokens: The passage.
        count: How many parts.
        total: Of how many.
        end: Index of the token after the fraction.
        bare: Whether any unit may follow without an article, as behind digits ("1/2 mile", "½ hour").
    """
    found = share(count, total, end)
    return (found and of_unit(tokens, found.times(Fraction(1, 100), end), bare=bare)) or found


def of_unit(tokens: Tokens, part: Core, *, bare: bool) -> Core | None:
    """Return a part of a scale or unit: "half a dozen", "a quarter of a percentage point", "half million", and "½ mile" where that is `bare`."""
    i = words.joined(tokens, part.end)
    i += tokens[i].word == "of"
    article = tokens[i].word in ("a", "an", "one")
    i = words.joined(tokens, i + 1) if article else i
    size, end = words.scale(tokens, i)
    if size != 1:
        return part.times(Fraction(size), end)
    unit = lexicon.longest(lexicon.UNITS, tokens, i)
    touching = bare and i == words.joined(tokens, part.end) and unit is not None and unit[0] != "times"
    if not unit or not (article or touching or (unit[0] in _POINTS and not part.value * 4 % 1)):
        return None
    base, factor = lexicon.FACTORS.get(unit[0], (unit[0], Fraction(1)))
    return part.times(factor, unit[1], base)


_POINTS = ("percent", "percentage points", "percentage points|spaced")
"""Units that a half or a quarter may stand before without an article: "a half per cent"."""


def scored(tokens: Tokens, at: int) -> Core | None:
    """Return a score with decimals of a round number: "7.2/10"."""
    top = numeral(tokens[at])
    glued = tokens[at + 1].word == "/" and tokens[at + 1].glued and tokens[at + 2].glued
    if not top or not top[1] or not glued or tokens[at + 2].word not in ("5", "10", "100"):
        return None
    return Core("digits", top[0], at + 3, f"out of {tokens[at + 2].word}", Fraction(1, 10 ** top[1]), decimals=top[1])


def and_a_half(tokens: Tokens, at: int, size: int, end: int) -> Core | None:
    """Return "a million and a half": the scale that an article counts and half of it."""
    if [token.word for token in tokens[end : end + 3]] != ["and", "a", "half"] or tokens[end + 3].word in (*words.SCALES, "of"):
        return None
    return Core("spelled", Fraction(size * 3, 2), end + 3, step=Fraction(size), scale=size, digits=(at, at))


def mixed(tokens: Tokens, value: Fraction, at: int, end: int) -> Core | None:
    """Return a whole number with a fraction behind it: "two and a half million", "3½ years"."""
    if not (
        part := _small_part(tokens, end)
        or (value.denominator == 1 and slashed(tokens, end))
        or _and_part(tokens, words.joined(tokens, end))
    ):
        return None
    count, total, end = part
    size, end = words.scale(tokens, end)
    return Core("spelled", (value + Fraction(count, total)) * size, end, step=Fraction(size, total), scale=size, digits=(at, at))


def _small_part(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    small = small_numeral(tokens[at]) if tokens[at].kind == "small" and tokens[at].glued else None
    return (small.numerator, small.denominator, at + 1) if small is not None and small.denominator > 1 else None


def slashed(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    """Return numerator, denominator and end of a proper fraction in digits ("2/3")."""
    glued = tokens[at + 1].word == "/" and tokens[at + 1].glued and tokens[at + 2].glued
    if not glued or not (is_whole(tokens[at]) and is_whole(tokens[at + 2])):
        return None
    top, bottom = numeral(tokens[at]), numeral(tokens[at + 2])
    return (int(top[0]), int(bottom[0]), at + 3) if top and bottom and 0 < top[0] < bottom[0] <= MOST_SPOKEN else None


def _and_part(tokens: Tokens, at: int) -> tuple[int, int, int] | None:
    i = words.joined(tokens, at + 1)
    if tokens[at].word != "and" or tokens[i].word not in ("a", "an", "half", "one", "two", "three") or not (part := _part(tokens, i)):
        return None
    bare = tokens[i].word == "half" and words.scale(tokens, part[2])[0] == 1
    return part if part[0] < part[1] <= _FINEST_MIXED and not bare and tokens[part[2]].word != "of" else None


_FINEST_MIXED = 10
"""Largest denominator of a fraction that is said behind a whole number."""


def span(tokens: Tokens, at: int) -> Core | None:
    """Return "a century and a half" and the like."""
    unit = lexicon.longest(lexicon.UNITS, tokens, at + 1)
    if not unit or tokens[at].word not in ("a", "an", "one"):
        return None
    base, factor = lexicon.FACTORS.get(unit[0], (unit[0], Fraction(1)))
    whole = mixed(tokens, Fraction(1), at, unit[1]) if tokens[unit[1]].word == "and" else None
    return whole.times(factor, whole.end, base) if whole else None
