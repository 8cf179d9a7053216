"""Years and dates: digits that tell when, never how many."""

from __future__ import annotations

from evidence.quantity import lexicon, words
from evidence.quantity.context import DASHES, FUNCTION_WORDS, OF_A_YEAR, amount_ends, counted, measured, past_ordinal, small_number
from evidence.quantity.tokens import Tokens, is_whole
from evidence.quantity.words import word_set

MONTHS = word_set(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec"
)
_SEASONS = word_set("spring summer autumn winter christmas easter")
_IN_YEAR = (
    MONTHS | _SEASONS | word_set("in since until till during year years before after by early mid late academic fiscal financial calendar")
)
_ON_YEAR = word_set("throughout through for on vs versus pre post end census q1 q2 q3 q4 h1 h2")
_PARTS_OF_TIME = MONTHS | _SEASONS | word_set("end start beginning middle half quarter census crisis crash recession election summer act")
_AMOUNTS = word_set(
    "sample total average number population group panel list fund sum loss gain maximum minimum mean median capacity cohort score speed rate value cost"
    " pool share out tens hundreds count base height target budget salary workforce staff membership audience profit debt"
)
_HEDGING = word_set("about around roughly approximately")
_STOPS = frozenset((",", ".", ";", ":", ")", "]", "(", "[", "\u2013", "\u2014", "-", "/", "|", "!", "?", '"', "'", "&"))


def _plain_year(tokens: Tokens, at: int) -> bool:
    glued_to_money = tokens[at - 1].kind == "money"
    return 1400 <= small_number(tokens, at) < 2200 and len(tokens[at].word) == 4 and not glued_to_money


def year(tokens: Tokens, at: int) -> int:
    """Claim a year or a span of years, by a word before it, a date around it, or what only a year takes after it."""
    if (
        not _plain_year(tokens, at)
        or tokens[at - 1].word in ("=", "<", ">", "over")
        or (tokens[at - 1].word, tokens[at - 2].word) == ("of", "out")
    ):
        return at
    end = _span_of_years(tokens, at)
    if tokens[end].glued and (tokens[end].word == "s" or _cited(tokens, at, end)):
        return end + 1
    if end != at + 1:
        return end
    return end if not measured(tokens, end) and _in_context(tokens, at, end) else at


def _cited(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether a letter after a year tells which publication of it is meant: "(2020a)"."""
    return tokens[end].word in ("a", "b", "c", "d") and tokens[at - 1].word in ("(", ";") and tokens[end + 1].word in (")", ";", ",")


def _span_of_years(tokens: Tokens, at: int) -> int:
    first, dash, second = small_number(tokens, at), tokens[at + 1], tokens[at + 2]
    if (dash.word not in DASHES and dash.word != "to") or not is_whole(second) or tokens[at + 3].word == "%":
        return at + 1
    short = len(second.word) == 2 and dash.word != "to" and second.glued and small_number(tokens, at + 2) == (first + 1) % 100
    wide = (
        _plain_year(tokens, at + 2)
        and small_number(tokens, at + 2) > first
        and not measured(tokens, at + 3)
        and not counted(tokens, at + 3)
    )
    spread = len(second.word) == 2 and dash.word in DASHES and second.glued and small_number(tokens, at + 2) > first % 100
    return at + 3 if short or wide or spread else at + 1


_PARTS_OF_YEAR = ("quarter", "half", "week", "q", "h")
"""What a number and a year behind it tell of: "Q3 2024 sales"."""
_MODERN = (1900, 2100)
"""Years that "in" makes a year even before things that might be counted."""


def _in_context(tokens: Tokens, at: int, end: int) -> bool:
    i = at - 1 - (tokens[at - 1].word in _HEDGING)
    word, before, counts = tokens[i].word, tokens[i - 1], counted(tokens, end)
    if tokens[at - 1].kind == "number" and tokens[at - 2].word in _PARTS_OF_YEAR:
        return True
    if counts and not _MODERN[0] <= small_number(tokens, at) < _MODERN[1]:
        return False
    if word in _IN_YEAR:
        return not (
            word in ("by", "before", "after")
            and (counts or (before.word in lexicon.CHANGES and (before.word.endswith("ed") or before.word in lexicon.PAST)))
        )
    if counts or i < at - 1:
        return False
    if word in _ON_YEAR or tokens[end].word in OF_A_YEAR:
        return True
    return _behind_preposition(tokens, at, end) or _alone(tokens, at, end)


def _behind_preposition(tokens: Tokens, at: int, end: int) -> bool:
    word, before = tokens[at - 1].word, tokens[at - 2]
    another = 1400 <= small_number(tokens, at - 2 - (before.word == "s" and before.glued)) < 2200
    if word in ("and", "or", "to"):
        stops = tokens[end].kind == "end" or tokens[end].word in _STOPS
        return another or (
            word == "to" and (tokens[end + 1].word == "beyond" or before.word in _SPANS or (stops and before.word in _COMPARING))
        )
    if word == "of":
        stops = tokens[end].kind == "end" or tokens[end].word in _STOPS or tokens[end].word in FUNCTION_WORDS
        return (
            before.word in _PARTS_OF_TIME
            or (stops and before.word not in _AMOUNTS)
            or (before.capital and tokens[at - 3].kind not in ("end", "mark"))
        )
    if word == "with":
        return before.word == "compared"
    falls = tokens[end].word == "to" and tokens[end + 1].kind in ("number", "money")
    pair = tokens[end].word == "and" and (counted(tokens, end + 2) or measured(tokens, end + 2))
    return (word == "between" and not pair) or (word == "from" and not falls)


def _alone(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether a number stands alone between stops, behind a name, or before one."""
    before, after = tokens[at - 1], tokens[end]
    stops = after.kind == "end" or after.word in _STOPS
    in_list = after.word in ("and", "or") and _plain_year(tokens, end + 1)
    opens = before.kind == "end" or before.word in _STOPS
    named = before.capital and before.word not in lexicon.LEADS and before.word not in FUNCTION_WORDS
    loose = stops or after.capital or after.word in FUNCTION_WORDS or before.word in _DATED
    determined = (
        before.word in ("the", "its", "their", "this", "that") or before.word.endswith("'s") or (before.word == "a" and after.capital)
    )
    event = after.kind == "word" and after.word not in FUNCTION_WORDS | _DOING and not after.word.endswith("ed")
    follows = (opens and (stops or in_list or after.capital)) or (determined and (stops or event)) or (named and loose)
    return follows or after.kind == "number" or _compared(tokens, at, end)


_DATED = word_set("act bill order euro expo horizon vision agenda")
"""Names that a year belongs to, whatever follows."""
_SPANS = word_set("decade decades century period year years quarter months run")
"""Words of a time that "to" and its last year follow."""
_COMPARING = word_set("up relative compared")
_DOING = word_set("did said left went came say who whom whose replying")


def _compared(tokens: Tokens, at: int, end: int) -> bool:
    """Return whether an amount is compared with what a year had: "9% higher than 2022", "8% below 2019"."""
    stops, word = tokens[end].kind == "end" or tokens[end].word in _STOPS, tokens[at - 1].word
    return stops and amount_ends(tokens, at - 3 if word == "than" else at - 2) and word in ("than", "above", "below", "from", "on")


def date(tokens: Tokens, at: int) -> int:
    """Claim a day and a month, with or without a year, in either order, a date in digits, or a time of day."""
    if tokens[at].kind == "word":
        return _month_first(tokens, at)
    day = small_number(tokens, at)
    hour, _, minutes = tokens[at].word.partition(".")
    if len(minutes) == 2 and int(minutes) < 60 and len(hour) < 3 and tokens[at + 1].word in ("am", "pm"):
        return at + 2
    if tokens[at].glued and tokens[at - 1].kind in ("word", "money"):
        return at
    end = past_ordinal(tokens, at + 1)
    if 1 <= day <= 31 and _month(tokens, end):
        return _then_year(tokens, end + 1)
    if (
        1 <= day <= 31
        and tokens[end].word in (*DASHES, "to", "and")
        and 1 <= small_number(tokens, end + 1) <= 31
        and _month(tokens, past_ordinal(tokens, end + 2))
    ):
        return _then_year(tokens, past_ordinal(tokens, end + 2) + 1)
    return _in_digits(tokens, at)


def _month(tokens: Tokens, at: int) -> bool:
    return tokens[at].word in MONTHS and tokens[at].capital


def _then_year(tokens: Tokens, at: int) -> int:
    i = at + (tokens[at].word == ",")
    return i + 1 if _plain_year(tokens, i) and not measured(tokens, i + 1) else at


def _month_first(tokens: Tokens, at: int) -> int:
    if not _month(tokens, at):
        return at
    short = tokens[at + 1].word == "." and tokens[at + 1].glued and len(tokens[at].word) < len("march")
    i = at + 1 + (short and is_whole(tokens[at + 2]))
    if _plain_year(tokens, i):
        return year(tokens, i)
    day = small_number(tokens, i)
    plain = 1 <= day <= 31 and not measured(tokens, i + 1) and not counted(tokens, i + 1) and not _one_in(tokens, i + 1)
    return _then_year(tokens, _last_day(tokens, day, past_ordinal(tokens, i + 1))) if plain else at


def _last_day(tokens: Tokens, first: int, at: int) -> int:
    """Return the index after the second day of a span ("March 14-16", "14 to 16"), or `at`."""
    end = past_ordinal(tokens, at + 2)
    spans = tokens[at].word in DASHES or tokens[at].word == "to"
    return end if spans and first < small_number(tokens, at + 1) <= 31 and not measured(tokens, end) and not counted(tokens, end) else at


def _one_in(tokens: Tokens, at: int) -> bool:
    """Return whether a number before `at` may be a share ("8 in 10"), and no day."""
    i = at + 1 + (tokens[at + 1].word == "a")
    return tokens[at].word == "in" and (tokens[i].kind == "number" or tokens[i].word in (*words.SMALL, *words.SCALES, "every", "each"))


def _in_digits(tokens: Tokens, at: int) -> int:
    signs = [token.word for token in tokens[at + 1 : at + 5 : 2]]
    parts = [small_number(tokens, at + n) for n in (0, 2, 4)]
    glued = all(token.glued for token in tokens[at + 1 : at + 5])
    if glued and signs in (["-", "-"], ["/", "/"]) and min(parts) > 0 and (parts[0] >= 1400 or parts[2] >= 1400 or "/" in signs):
        return at + 5
    clock = tokens[at + 1].word == ":" and tokens[at + 1].glued and tokens[at + 2].glued and len(tokens[at + 2].word) == 2
    if clock and 0 <= parts[0] < 24 and 0 <= parts[1] < 60:
        return at + 3
    end = _half_of_day(tokens, at + 1)
    return end if 1 <= parts[0] <= 12 and end > at + 1 else at


def _half_of_day(tokens: Tokens, at: int) -> int:
    """Return the index after "am", "pm", "a.m." or "p.m.", or `at`."""
    spelled = [token.word for token in tokens[at : at + 4]]
    return at + 4 if spelled in (list("a.m."), list("p.m.")) else at + (tokens[at].word in ("am", "pm"))
