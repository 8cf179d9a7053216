"""Small groups that a passage counts: how many were asked or looked at, by their noun, their article or a pronoun."""

from __future__ import annotations

import re

from evidence.referee.bases import PEOPLE
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import ahead, behind, singular

_PLURAL = re.compile(rf"(?: (?!of\b|and\b|or\b|in\b|to\b)[\w'\u2019-]+){{0,3}}? (?:{PEOPLE}|[gm]ps)\b")
_MEASURES = re.compile(
    r"^ (?:[a-z-]+ )?(?:years?|months?|weeks?|days?|hours?|minutes?|seconds|points?|per ?cent|percent|times|km|miles|metres|tonnes|litres|pounds|pence|january|february|march|april|may|june"
    r"|july|august|september|october|november|december|hectares|acres|marks|stars)\b"
)
_RATED = re.compile(r"^ (?:[a-z'-]+ ){1,3}(?:to|for|in|per|on|at) (?:each|every|an?)\b|^ (?:[a-z'-]+ ){1,3}per\b")
_RANKED = re.compile(
    r"^ (?:[a-z]+ )?(?:largest|biggest|smallest|best|worst|main|top|bottom|poorest|richest|oldest|youngest|busiest|highest|lowest)\b"
)
_CAME = re.compile(r"^ (?:came|replied|took part|answered|responded|turned up|attended|accepted|agreed to|sent|returned|did so)\b")
_REST = re.compile(r"\b(?:remaining|other|others|another|further|rest of the|first|last) $")
_BOUND = re.compile(r"\b(?:the|all|these|those|our|its|their|of|each of the|every one of the|all of the) $")
_OUT_OF = re.compile(r"\b(?:out of|scale of|scored?|score of|marks? of|up to) $")
_NO_NUMBER = re.compile(r"\b(?:from|out of|scale of|score of|mark of|than|page|section|chapter|table|figure|to|by|in|day|year|key stage) $")
_PART = re.compile(r"^(?: [a-z]+)? (?:out )?of (?:all |the |our |these |those |its |some )*$")


def is_group(mention: Occurrence) -> bool:
    """Return whether a number counts people or things."""
    quantity = mention.quantity
    whole = quantity.unit == "count" and not quantity.ends and quantity.anchor.denominator == 1 and quantity.anchor > 1
    if _OUT_OF.search(ahead(mention)) or _REST.search(ahead(mention)) or _RANKED.match(behind(mention)):
        return False
    if (
        not whole
        or _MEASURES.match(behind(mention))
        or _RATED.match(behind(mention))
        or re.match(r"-|\.\d", mention.sentence.text[mention.end :])
    ):
        return False
    if _BOUND.search(ahead(mention)) or _PLURAL.match(behind(mention)):
        return not re.match(r"(?:19|20)\d\d$", mention.text)
    if _CAME.match(behind(mention)):
        return True
    part = mention.index + 1 < len(mention.sentence.mentions) and _PART.match(behind(mention))
    return bool(part) or (not _NO_NUMBER.search(ahead(mention)) and bool(re.search(r": $", ahead(mention))))


def groups_of(sentence: Sentence) -> list[Occurrence]:
    """Return the counts of people or things that a sentence tells."""
    return [m for m in sentence.mentions if is_group(m)]


_STOP = r"(?:who|which|that|we|they|it|had|have|has|were|was|are|is|in|at|for|from|with|on|by|of|to|and|or|but|said|say|did|do|would|could|can|may|the|this|these|those|their|our|its|where|when|whose|whom|as|than|per|each)"
_PHRASE = re.compile(rf"^(?: ?(?!{_STOP}\b)[a-z][a-z'\u2019-]*){{1,4}}")
_SOME = re.compile(r"(?:people|women|men|children|staff|police|[a-z-]+(?<![sui])s)")


def head_noun(text: str) -> str:
    """Return the noun in the plural with which a phrase ends that a text begins with, in the singular; empty where none does.

    Example:
        >>> head_noun("large firms approached sent us"), head_noun("of them")
        ('firm', '')
    """
    phrase = _PHRASE.match(text.strip())
    words = [word for word in (phrase[0].split() if phrase else []) if _SOME.fullmatch(word)]
    return singular(words[-1]) if words else ""


def noun_of(mention: Occurrence) -> str:
    """Return the noun of a count: that behind it, behind the whole that it is a part of, or before a colon."""
    own = mention.sentence.mentions
    if _PART.match(behind(mention)) and mention.index + 1 < len(own):
        return noun_of(own[mention.index + 1])
    if ahead(mention).rstrip().endswith(":"):
        return head_noun(re.split(r"[.;:] ?", ahead(mention).rstrip(" :"))[-1])
    return head_noun(behind(mention))


def parts_first(held: list[Occurrence]) -> list[Occurrence]:
    """Return counts without the wholes that others of them are parts of: of "22 of the 140 firms" the 22."""
    wholes = {id(m.sentence.mentions[m.index + 1]) for m in held if _PART.match(behind(m)) and m.index + 1 < len(m.sentence.mentions)}
    return [m for m in held if id(m) not in wholes]
