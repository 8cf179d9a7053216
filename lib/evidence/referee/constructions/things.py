"""Of what a number is, by the words of its own phrase, and which numbers a sentence may be reckoned from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidence.referee.mentions import MARK, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind, words_of
from evidence.referee.relations.subjects import in_digits

_PHRASE_ENDS = re.compile(
    r"[,;:.()\u2013\u2014]| (?:per|for|in|on|at|by|with|from|to|as|that|which|who|whose|where|when|while|whereas|but|and|or|over|during|across|against|between|among|each|every|apiece"
    r"|is|are|was|were|be|being|has|have|had|did|made|gave|so|since|after|before|until|last|this)\b"
)
_SUBJECT_BEGINS = re.compile(rf"[;:()\u2013\u2014]|{MARK}|\b(?:and|but|while|whereas|with|given|that)\b")
_LONGEST_SUBJECT = 10


def things_behind(mention: Occurrence) -> frozenset[str]:
    """Return the nouns right behind a number, as nouns are kept."""
    return frozenset(words_of(_PHRASE_ENDS.split(behind(mention))[0]))


def things_before(mention: Occurrence) -> frozenset[str]:
    """Return the nouns of the clause before a number: "the number of deaths registered 170"."""
    words = " ".join(_SUBJECT_BEGINS.split(ahead(mention))[-1].split()[-_LONGEST_SUBJECT:])
    return frozenset(words_of(words))


def things_of(mention: Occurrence) -> frozenset[str]:
    """Return of what a number is: the nouns right behind it; where none stand there, those of its clause before it."""
    return things_behind(mention) or things_before(mention)


def counts_something(mention: Occurrence) -> bool:
    """Return whether a number is a plain one of things, money or a measure: in digits, or a whole number in words."""
    quantity = mention.quantity
    spelled = quantity.unit == "count" and not quantity.ends and not quantity.in_words and quantity.anchor > 1
    total = " per " not in quantity.unit or quantity.unit.endswith((" per year", " per annum"))
    return (in_digits(mention) or spelled) and total and not base(mention).startswith(("times", "out of"))


def window(sentence: Sentence, reach: Reach, back: int = 2) -> list[Sentence]:
    """Return a sentence and those before it in its passage, the nearest first."""
    return reach.near(sentence)[: back + 1]


def numbers_in(sentences: Iterable[Sentence]) -> list[Occurrence]:
    """Return the plain numbers of sentences, in the order of the sentences."""
    return [mention for sentence in sentences for mention in sentence.mentions if counts_something(mention)]


def clause_around(mention: Occurrence, ends: re.Pattern[str]) -> str:
    """Return the masked clause of a number, up to the nearest words on both sides that end a clause."""
    masked = mention.sentence.masked
    at = masked.index(mention.mark)
    return f"{ends.split(masked[:at])[-1]}{masked[at]}{ends.split(masked[at + 1 :])[0]}"
