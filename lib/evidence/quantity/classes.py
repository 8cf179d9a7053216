"""What looks like a stated number and is none: years, dates, ages, ordinals, names, labels, versions, and manners of speaking.

Each class claims tokens by what stands around them, never by what they might be: what no class claims is evidence.
"""

from __future__ import annotations

from collections.abc import Callable

from evidence.quantity import lexicon, words
from evidence.quantity.context import DASHES, counted, measured, small_number
from evidence.quantity.dates import MONTHS, date, year
from evidence.quantity.labels import LABELS, label, name, ordinal, version
from evidence.quantity.tokens import Tokens
from evidence.quantity.words import word_set

Claim = Callable[[Tokens, int], int]
"""Returns the index after the tokens that a class claims from a place on, or that place itself where it claims none."""

_AGED = word_set("aged age ages")
_AGE_LIMITS = word_set("under over below above")
_PERSONS = word_set(
    "people children adults those anyone everyone women men girls boys persons pupils workers learners pensioners residents patients child youngsters"
)
_MOST_AGE = 120


def age(tokens: Tokens, at: int) -> int:
    """Claim ages: "aged 16 to 24", "22-29 year olds", "under-25s", "people over 65"; a percentage or a count is never one."""
    word = tokens[at].word
    if word in _AGED:
        return _aged(tokens, at)
    if word in _AGE_LIMITS:
        return _limit_of_age(tokens, at)
    return _years_old(tokens, at)


def _old_enough(tokens: Tokens, at: int) -> int:
    """Return the index after an age in digits or words, or `at`."""
    if 0 <= small_number(tokens, at) <= _MOST_AGE:
        return at + 1
    found = words.spelled(tokens, at)
    return found.end if found and found.value <= _MOST_AGE else at


def _aged(tokens: Tokens, at: int) -> int:
    i = at + 1
    while tokens[i].word in ("from", "between", "of", "under", "over", "at", "below", "above", "about", "least", "up", "to", "just"):
        i += 1
    end = _old_enough(tokens, i)
    open_ended = tokens[end].word == "+"
    if end == i or (measured(tokens, end) and not open_ended and lexicon.longest(lexicon.UNITS, tokens, end) != ("years", end + 1)):
        return at
    end += tokens[end].word == "years"
    joint = tokens[end].word in DASHES or tokens[end].word in ("to", "and", "or")
    if not joint:
        return at if counted(tokens, end) and tokens[end - 1].word != "years" else _more_or_less(tokens, end)
    second = _old_enough(tokens, end + 1)
    second += tokens[second].word == "years"
    if second > end + 1 and not measured(tokens, second):
        return second
    return _more_or_less(tokens, end)


def _more_or_less(tokens: Tokens, at: int) -> int:
    after = tokens[at + 1].word in ("over", "under", "older", "above", "younger", "below", "more", "upwards")
    return at + 2 if tokens[at].word in ("and", "or") and after else at + (tokens[at].word == "+")


def _limit_of_age(tokens: Tokens, at: int) -> int:
    joined = words.joined(tokens, at + 1)
    end = _old_enough(tokens, joined)
    if end == joined:
        return at
    if tokens[end].word == "s" and tokens[end].glued:
        return end + 1
    years = end + (tokens[end].word == "years")
    if years == end and measured(tokens, end):
        return at
    return years if joined > at + 1 or _of_persons(tokens, at) else at


def _of_persons(tokens: Tokens, at: int) -> bool:
    return tokens[at - 1].word in _PERSONS and tokens[at - 2].word != "to"


def _years_old(tokens: Tokens, at: int) -> int:
    end = _old_enough(tokens, at)
    if end == at:
        return at
    if _in_decade(tokens, at, end):
        return end + 1
    second = _second_age(tokens, end)
    for last in (second, end):
        if (whole := _year_olds(tokens, last)) > last:
            return whole
    grouped = tokens[end].word in DASHES and tokens[second].word == "s" and tokens[second].glued
    return second + 1 if grouped else at


def _second_age(tokens: Tokens, at: int) -> int:
    """Return the index after the second age of a span ("to 24"), or after what joins it where no age follows, or `at`."""
    i = at + (tokens[at].word == "-" and tokens[at + 1].word in ("to", "and", "or"))
    if tokens[i].word not in (*DASHES, "to", "and", "or"):
        return at
    return _old_enough(tokens, words.joined(tokens, i + 1))


def _in_decade(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether "20s" is a time of life or of a century: "in their 20s", "the early 90s"."""
    plural = tokens[end].word == "s" and tokens[end].glued and not small_number(tokens, at) % 10
    listed = tokens[at - 1].word == "," and tokens[at - 2].word == "s" and tokens[at - 2].glued
    return plural and (listed or tokens[at - 1].word in ("their", "his", "her", "the", "early", "mid", "late", "-", "or", "and", "to", "'"))


def _year_olds(tokens: Tokens, at: int) -> int:
    """Return the index after "-year-olds", "years old" or "years of age", or `at`."""
    i = words.joined(tokens, at)
    if tokens[i].word not in ("year", "years", "month", "months"):
        return at
    old = words.joined(tokens, i + 1)
    if tokens[old].word in ("old", "olds"):
        return old + 1
    return i + 3 if (tokens[i + 1].word, tokens[i + 2].word) == ("of", "age") else at


_IDIOMS = lexicon.phrases(
    {
        "": "one of|the one|this one|that one|each one|every one|no one|any one|some one|which one|another one|one another|one other|one day"
        "|one by one|one who|one that|one which|one or other|at once|at most|at the most|at the very most|at the very least"
        "|a matter of thousands|a matter of hundreds|not hundreds|not thousands"
        "|first half|second half|last half|later half|next half|other half|latter half|this half|better half|halfway|half way|half hearted|half time"
        "|double entry|double check|double checked|double click|double edged|double blind|zero carbon|zero emission|zero emissions|zero or low|zero tolerance|zero sum|zero hours|zero hour|net zero|net-zero"
        "|none the less|none other|second to none|24/7|one-off|one-offs|one-stop|one-to-one|one to one"
    }
)
_OWNED_MOST = word_set("the its their our his her whose 's")
_DEGREES = ("ive", "ent", "ant", "ful", "able", "ible", "ly", "ous", "ical", "al", "ic", "ed", "ing", "mon", "ple", "ure")
_DEGREE_WORDS = word_set("severe recent extreme acute remote basic often likely complex")


def idiom(tokens: Tokens, at: int) -> int:
    """Claim manners of speaking that state no number: the pronoun "one", a superlative "most", "double-check", "at once"."""
    if found := lexicon.longest(_IDIOMS, tokens, at):
        stated = tokens[at].word == "at" and (tokens[found[1]].kind in ("number", "money") or tokens[found[1]].word in words.SMALL)
        return at if stated else found[1]
    word, after = tokens[at].word, tokens[at + 1]
    if word == "none":
        return at + _elliptic(tokens, at)
    hyphened = after.word == "-" and after.glued and tokens[at + 2].glued
    if word == "most":
        return at + 1 if _superlative(tokens, at) and tokens[at - 2 - (tokens[at - 1].word == "very")].word != "at" else at
    if word in ("double", "triple", "zero", "half") and hyphened:
        unit = lexicon.longest(lexicon.UNITS, tokens, at + 2)
        measures = unit and (word != "half" or unit[0].startswith("perc"))
        return at if measures or tokens[at + 2].word in ("a", *words.SCALES) else at + 3
    return at


_HAVING = word_set("with have has had is are was were or name names almost")


def _elliptic(tokens: Tokens, at: int) -> bool:
    """Return whether "none" stands for a thing that is not there ("have none", "none of it"), and counts nothing."""
    before, after = tokens[at - 1], tokens[at + 1]
    mass = after.word == "of" and tokens[at + 2].word in ("it", "this", "that")
    opens = before.kind in ("end", "mark") and after.word in ("as", "for")
    return mass or opens or (before.word in _HAVING and after.word != "of")


def _superlative(tokens: Tokens, at: int) -> bool:
    before, after = tokens[at - 1].word, tokens[at + 1].word
    owned = before in _OWNED_MOST or before.endswith("'s") or (before == "very" and tokens[at - 2].word in _OWNED_MOST)
    return owned or after in _DEGREE_WORDS or (after.endswith(_DEGREES) and len(after) > 4)


BY_NUMBER: tuple[Claim, ...] = (label, name, version, date, year, age, ordinal)
"""Classes tried at a token of digits, in this order."""
_AGE_WORDS = (*_AGED, *_AGE_LIMITS)
BY_WORD: dict[str, tuple[Claim, ...]] = {
    **dict.fromkeys(words.SMALL, (age,)),
    **dict.fromkeys(_IDIOMS, (idiom,)),
    **dict.fromkeys(MONTHS, (date,)),
    **dict.fromkeys((*LABELS, *words.SCALES), (label,)),
    **dict.fromkeys(_AGE_WORDS, (age,)),
    "one": (idiom, age),
    "most": (idiom,),
    "none": (idiom,),
    "half": (idiom,),
    "zero": (idiom,),
    "double": (idiom,),
    "triple": (idiom,),
}
"""Classes tried at a word."""


def claimed(tokens: Tokens, at: int) -> int:
    """Return the index after what some class claims from `at` on, or `at`."""
    claims = BY_NUMBER if tokens[at].kind in ("number", "small") else BY_WORD.get(tokens[at].word, ())
    return next((end for claim in claims if (end := claim(tokens, at)) > at), at)
