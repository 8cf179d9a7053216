"""What stands around a token that might state a number: units, things counted, and words that only hold sentences together."""

from __future__ import annotations

from evidence.quantity import lexicon, words
from evidence.quantity.tokens import Tokens, is_whole, numeral
from evidence.quantity.words import word_set

OF_A_YEAR = word_set(
    "election elections target targets census survey surveys budget report act figures figure data edition prices levels results review study strategy paper"
    " plan estimates reforms accounts values wave cohort bulletin statistics baseline programme agenda crash crisis referendum recession pandemic white was saw is brought marked onwards"
)
"""Words that stand behind a year."""
_NO_PLURAL = word_set(
    "was is has as this its his us less gas bus plus across towards versus thus always perhaps besides onwards afterwards news does"
    " applies requires says tells sees gives remains becomes allows provides describes contains"
)
_MANY = lexicon.PEOPLE | word_set("men women children staff firms")
FUNCTION_WORDS = word_set(
    "the a an in of to for by on at with from as and or but that which who it they we he she were was are is had has have be been will would may"
    " nearly about over under than then when where there i you not no all some more most after before while if since until against between during within across through"
)
DASHES = frozenset(("-", "\u2013", "\u2014", "/"))


def small_number(tokens: Tokens, at: int) -> int:
    """Return the whole number of four digits at most that stands at `at`, or -1."""
    read = numeral(tokens[at]) if is_whole(tokens[at]) and len(tokens[at].word) <= 4 else None
    return int(read[0]) if read else -1


def measured(tokens: Tokens, end: int) -> bool:
    """Return whether a unit, a scale word or letters follow, so that a number before them states something."""
    i = words.joined(tokens, end)
    token = tokens[i]
    if (token.glued and token.kind in ("word", "small", "money") and i == end) or token.word in ("%", "+"):
        return True
    name = lexicon.longest(lexicon.UNITS, tokens, i)
    return name is not None or token.word in words.SCALES or token.word in words.SPACED_SCALES


def titled(tokens: Tokens, at: int) -> bool:
    """Return whether the unit at `at` is the first word of a name that a number ends: "40 Year 7 pupils"."""
    return tokens[at].capital and not tokens[at].capitals and 0 < small_number(tokens, at + 1) <= _MOST_YEARS


_MOST_YEARS = 13
"""The years of a school, and the weeks of a term, that are named by a number."""


def counted(tokens: Tokens, at: int) -> bool:
    """Return whether a number before the word at `at` counts things or people, which may stand behind an adjective or two."""
    if tokens[at].word == "of":
        return True
    for i in range(at, at + 3):
        word = tokens[i].word
        if tokens[i].kind != "word" or word in FUNCTION_WORDS or word in OF_A_YEAR or (i == at and tokens[i].glued):
            return False
        if word in _MANY or (word.endswith("s") and not word.endswith(("ss", "'s")) and word not in _NO_PLURAL):
            return True
    return False


_AMOUNTS = word_set("% percent cent points point pp ppt ppts times million billion thousand trillion bn m mn")


def amount_ends(tokens: Tokens, at: int) -> bool:
    """Return whether an amount ends with the token at `at`, or a link to one that has been blanked out."""
    token = tokens[at]
    return token.kind == "number" or token.word in _AMOUNTS or token.word.startswith("\u2063")


def past_ordinal(tokens: Tokens, at: int) -> int:
    """Return `at`, or the index after the ending of an ordinal in digits that stands there ("th")."""
    return at + (tokens[at].word in ("st", "nd", "rd", "th") and tokens[at].glued)


_SO_MUCH = word_set(
    "as more less higher lower greater larger bigger smaller faster slower fewer longer shorter better worse stronger richer poorer older younger cheaper dearer"
    " wider likelier over the that those its his her their our what this average median national a an per each every out"
)
"""Words behind "times" that compare: "three times as many", "four times the average"; or that say how often: "a week"."""
_DONE = word_set(
    "met seen read cited sold been went gone won lost told heard done given taken sent held run ran made came worn shown spoken sung"
)
_AMOUNTS_TO = word_set(
    "multiplied oversubscribed valued estimated projected expected outnumbered exceeded earned needed scaled weighted priced rated"
)
"""Verbs behind which "times" multiplies."""
_BETWEEN = word_set("out it them up on in some about over around more than at least nearly almost only just a total of by roughly well")
_VERB_NEAR = 5
"""How many tokens before a number the verb may stand that says what happened."""


def happened(tokens: Tokens, start: int, end: int) -> bool:
    """Return whether a number counts how often something was done ("called out 38,860 times"), and is no multiple of another.

    Args:
        tokens: The tokens.
        start: Where the number begins, with its hedge.
        end: The index after it, where "times" may stand.
    """
    if tokens[end].word != "times" or tokens[end + 1].word in _SO_MUCH:
        return False
    near = reversed(tokens[max(start - _VERB_NEAR, 0) : start])
    word = next((token.word for token in near if token.word not in _BETWEEN), "")
    return (word.endswith("ed") or word in _DONE) and word not in lexicon.CHANGES | lexicon.PAST | _AMOUNTS_TO
