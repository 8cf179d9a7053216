"""Find the numbers that a passage of prose states as evidence, and leave out what only looks like one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.quantity import classes, grammar, lexicon, words
from evidence.quantity.context import FUNCTION_WORDS
from evidence.quantity.number import Single
from evidence.quantity.tokens import Tokens, tokenize


@dataclass(frozen=True, slots=True)
class Found:
    """A number found in a passage.

    Attributes:
        text: The number with its hedge and unit, as written.
        start: Offset of its first character in the passage.
        end: Offset after its last character.
    """

    text: str
    start: int
    end: int


def find_numbers(text: str) -> list[Found]:
    """Return the numbers that `text` states as evidence, in order, without overlaps.

    Every digit, vulgar fraction and number word counts, read or not, unless a class of `evidence.quantity.classes` claims it: years and
    dates, ages, ordinals, names ("MACH24"), labels ("Chart 4"), versions, and manners of speaking such as the pronoun "one".
    The time it takes grows with the length of the text alone.

    Args:
        text: A passage of plain prose, no markup.

    Example:
        >>> [found.text for found in find_numbers("In 2023 nearly a fifth of 2,107 people at MACH24 said so.")]
        ['nearly a fifth', '2,107']
    """
    return list(each_number(text))


def each_number(text: str) -> Iterator[Found]:
    """Yield what `find_numbers` returns, one after the other, for whoever asks for the first ones of a long text."""
    tokens = tokenize(text)
    i = 0
    while (token := tokens[i]).kind != "end":
        if token.kind in ("word", "mark") and token.word not in _WORTH_READING:
            i += 1
            continue
        start, end = _read(tokens, i)
        if end > start:
            low, high = tokens[start].start, tokens[end - 1].end
            yield Found(text[low:high], low, high)
        i = max(end, i + 1)


_WORTH_READING = grammar.FIRST_WORDS | classes.BY_WORD.keys() | words.SCALES.keys() | {"between", "-", "\u2013"}


def _read(tokens: Tokens, at: int) -> tuple[int, int]:
    """Return first and last-but-one token of the number that begins at `at`; where none does, an empty span ending where to go on."""
    if (end := classes.claimed(tokens, at)) > at:
        return end, end
    if tokens[at].word == "between" and (span := _between(tokens, at)):
        return span
    number = grammar.single(tokens, at)
    if number is None:
        return at, at + _could_state(tokens, at)
    past_name = number.number if number.unit == "index points" else at + 1
    if any(classes.claimed(tokens, i) > i for i in range(past_name, number.number + 1)):
        return at, at
    both = None if _changes(tokens, number) else grammar.range_after(tokens, number, falls=tokens[number.start - 1].word == "from")
    runs = both is not None and tokens[number.end].word not in ("and", "or")
    if _denies(tokens, number) or (_pronoun(tokens, number) and not (both and runs and both.high.core.form == "spelled")):
        return number.end, number.end
    if both and runs and classes.claimed(tokens, both.high.number) == both.high.number:
        return number.start, both.high.end
    return number.start, number.end


def _could_state(tokens: Tokens, at: int) -> bool:
    """Return whether a token that neither a class nor the grammar took is reported all the same."""
    kind, word = tokens[at].kind, tokens[at].word
    return kind in ("number", "small") or (word != "one" and (word in words.SMALL or word in words.SCALES))


def _pronoun(tokens: Tokens, number: Single) -> bool:
    """Return whether a number is a bare "one", which stands for a noun more often than it counts, but for people and firms ("one firm", "only one small firm")."""
    bare = tokens[number.number].word == "one" and number.end == number.number + 1 and not number.hedge
    limited = tokens[number.number - 1].word in ("only", "just") and tokens[number.end].word not in FUNCTION_WORDS
    counts = {token.word for token in tokens[number.end : number.end + 1 + limited]} & lexicon.COUNTED_ONE
    return bare and not counts


def _denies(tokens: Tokens, number: Single) -> bool:
    """Return whether "no" before a thing denies more than it counts: only what has been counted can be nought."""
    return tokens[number.number].word == "no" and tokens[number.number - 1].word not in lexicon.COUNTING


def _between(tokens: Tokens, at: int) -> tuple[int, int] | None:
    first = grammar.single(tokens, at + 1)
    if not first or any(classes.claimed(tokens, i) > i for i in range(at + 1, first.number + 1)):
        return None
    both = grammar.range_after(tokens, first)
    return (at if tokens[first.end].word == "and" else first.start, both.high.end) if both else None


_FAR = 8
"""How many tokens before "from" a word of change may stand."""


def _changes(tokens: Tokens, number: Single) -> bool:
    """Return whether a change begins at a number or goes as far as it, so that the next number is no end of a range."""
    before = tokens[number.start - 1].word
    past = before in lexicon.PAST or (before in lexicon.CHANGES and before.endswith("ed"))
    if past or before == "by" or (before == "of" and tokens[number.start - 2].word in lexicon.CHANGES):
        return tokens[number.end].word == "to" and not _completed_by_next(tokens, number)
    changes = before == "from" and any(token.word in lexicon.CHANGES for token in tokens[max(0, number.start - _FAR) : number.start])
    return changes and not (tokens[number.end].word == "to" and _completed_by_next(tokens, number))


def _completed_by_next(tokens: Tokens, number: Single) -> bool:
    """Return whether a number takes its unit or scale from the next one."""
    second = grammar.single(tokens, number.end + 1)
    return second is not None and grammar.completed_by(number, second)
