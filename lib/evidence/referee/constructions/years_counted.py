"""Ages, against the years between birth and death, or founding and now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.constructions.timeline import NUMBER, When, near_lines, timeline, value
from evidence.referee.mentions import Sentence
from evidence.referee.relations.linking import Linker

_BORN = re.compile(r"\b(?:born|birth)\b")
_MADE = re.compile(
    r"\b(?:opened|built|founded|set up|established|dat(?:es|ed|ing) from|launched|formed|erected|completed|commissioned|created|begun|laid|bought|installed|planted|consecrated|delivered)\b"
)
_AGED = re.compile(
    rf"\b(?:aged|was|is|turned|at(?: the age of)?|age of|be|became|reached(?: the age of)?|being|still|only|just|(?:boy|girl|man|woman|child|lad|youth) of) (?P<n>\d{{2,3}}|{NUMBER[3:-1].split('|', 1)[1].removesuffix('|an?')})(?= when| in| at| on| by| and|[,.;)]|$)"
)


def ages(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether who was born, or what was built, at a time is as old at another as a sentence says."""
    line = timeline(sentence)
    near = near_lines(sentence, linker.reach, 1)
    persons, things = any(_BORN.search(one.text) for one in near), any(_MADE.search(one.text) for one in near)
    if not line.whens or not (persons or things) or _NOW.search(line.text):
        return
    told = [(one.number, one.words, one.start, one.end) for one in line.lengths if one.old and one.unit == "year" and not one.hedged]
    for match in _AGED.finditer(line.text):
        number, sure = value(match["n"]), "age" in match[0]
        if sure or (persons and number >= _CHILD):
            told.append((number, match["n"], *_found(sentence, match["n"])))
    whens = [when for one in near for when in one.whens]
    pairs = [(one, two) for one in whens for two in whens if one.first < two.first and (one in line.whens or two in line.whens)]
    for number, words, start, end in told[:1] if len(told) == 1 else ():
        if pairs and number > 0:
            yield _of_age(sentence, (start, end), words, number, pairs)


_NOW = re.compile(r"\b(?:now|today|currently)\b")
_CHILD = 8
"""From what number on "was nine" and "at nine" tell an age and no hour."""


def _found(sentence: Sentence, words: str) -> tuple[int, int]:
    at = max(sentence.text.lower().find(f" {words}"), 0) + 1
    return at, at + len(words)


def _of_age(sentence: Sentence, span: tuple[int, int], words: str, number: Fraction, pairs: list[tuple[When, When]]) -> Compared:
    fits = [pair for pair in pairs if _age(*pair)[0] <= number <= _age(*pair)[1]]
    one, two = (fits or pairs)[0]
    low, high = _age(one, two)
    message = "" if fits else f"From {one.words} to {two.words} are {high} years, not {words}."
    return worded("dates", sentence, span, f"{one.words} to {two.words}: {low} to {high} years; stated {words}", message, Confidence.high)


def _age(one: When, two: When) -> tuple[int, int]:
    """Return the least and the most whole years from a time in one to a time in the other."""
    return tuple(to.year - of.year - ((to.month, to.day) < (of.month, of.day)) for to, of in ((two.first, one.last), (two.last, one.first)))  # type: ignore[return-value]


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (ages,)
