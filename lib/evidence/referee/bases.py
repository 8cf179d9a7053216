"""Of how many a sentence speaks: the count that stands behind "of", or in the sentence before where it says "of these"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.referee.comparing import named, pattern
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.passages import told_before

PEOPLE = (
    r"(?:people|women|men|children|staff|households|businesses"
    r"|(?!years|months|weeks|days|hours|points|times|pounds|this|was|has|as|is|its|across|plus|versus|thus)[a-z][a-z-]{2,}s)"
)
"""What can be counted, in the plural."""
_IN = tuple(
    pattern(text)
    for text in (
        rf"(?:^|[,;:(#] ?|\b(?:out|all|most|some|none|many|few|each|any|one|and|but|that|class|group|sample|panel|survey|team|cohort) )of (?:all |the |our |these |those |its |their |a total of )*<n> (?:[\w'-]+ ){{0,3}}{PEOPLE}",
        rf"\b(?:among|amongst) (?:all |the |our |these |those |its |their |a total of )*<n> (?:[\w'-]+ ){{0,3}}{PEOPLE}",
        r"\b(?:sample|survey|poll|panel|total|cohort|group) of (?:the |just |only )?<n>\b",
        rf"<n> (?:[\w'-]+ ){{0,3}}{PEOPLE}[^.;#]{{0,60}}?,? (?:of (?:whom|which)|among whom)\b",
        r"\bn ?= ?<n>",
        rf"<n> (?:[\w'-]+ ){{0,2}}{PEOPLE} (?:who were |we )?(?:interviewed|surveyed|polled|questioned|asked|sampled)\b",
        rf"<n> (?:[\w'-]+ ){{0,3}}{PEOPLE}\b[^.#]{{0,60}}[:;,][^.#]{{0,20}}# of (?:them|these|those)\b",
        r"^(?:of|among) (?:the|these|those) <n>, #",
        r"(?:^|[,;:] )(?:of|among) (?:the |these |those |all |our |its )*<n> (?:who|whom|that|which|we)\b[^.;:#]{1,60},? (?:(?:just|only|some|about) )?#",
        r"(?:^|[,;:] )(?:(?:some|just|only|about|and|but) )?# of (?:the|these|those|our) <n> (?:of them |who |that )?(?:[a-z]{3,}ed|told|said|say|thought|felt|were|had|have|found|did|could|would|knew|saw|made|went|took|got|gave)\b",
        rf"^all <n> (?:[\w'-]+ ){{0,3}}{PEOPLE}",
    )
)
_THESE = pattern(
    r"(?:^|\b)(?:of|among) (?:these|those|them)\b(?! (?:about|who (?!responded|replied|answered|took part|said)|whose|with|without|in|from|for|on|aged|over|under)\b)"
    r"|^(?:of|among) (?:the respondents|the total|whom)\b"
)
_REPLIED = re.compile(r" who (?:responded|replied|answered|took part)")
_ANSWERS = re.compile(
    r"\b(?:respon|repl|answer|return|survey|ask|interview|poll|sampled|sample of|questionnaire|invit|took part|particip|sent|wrote|writ|contact|approach)"
)
"""Words of people who were asked, without which none of a sentence are "those who replied"."""
_ASKED = tuple(
    pattern(text)
    for text in (
        rf"\b(?:surveyed|interviewed|polled|asked|questioned|sampled|consulted|perspectives? of|views? of|responses from|replies from|spoke (?:to|with)|talked (?:to|with)"
        r"|heard from|met(?: with)?|(?:interviews?|conversations|focus groups?|workshops?)(?: were| was)?(?: (?:held|conducted|carried out|done|run))? with|brought together"
        r"|(?:returned|answered|completed|filled in|filled out) by|sample(?:d| of|:)|participants?:|respondents?:)"
        rf" (?:a (?:total|sample) of |the |all |some )*<n> (?:[\w'-]+ ){{0,3}}{PEOPLE}",
        rf"<n> (?:[\w'-]+ ){{0,3}}{PEOPLE} (?:\w+ )?(?:responded|replied|answered|took part|participated|were (?:surveyed|interviewed|polled|asked)|completed|said|filled (?:in|out)|returned)",
    )
)

_COUNTED = pattern(rf"<n> (?:[\w'-]+ ){{0,2}}?{PEOPLE}\b")
_WHOLE_AND_PART = 2
_OF_ALL_ASKED = pattern(
    rf"(?:of|among) (?:all |the |our |these )*# (?:[\w'-]+ ){{0,2}}{PEOPLE} (?:(?:to |with )?whom|who|that) (?:we )?(?:were )?(?:spoke|met|asked|interviewed|surveyed|polled|replied|answered|responded)\b"
)
"""How a sentence begins that tells how many of those who were asked say something."""


@dataclass(frozen=True, slots=True)
class Base:
    """Of how many something is said.

    Attributes:
        mention: The count.
        sure: Whether the words say so, and nothing else can be meant.
    """

    mention: Occurrence
    sure: bool


def base_in(sentence: Sentence) -> Base | None:
    """Return the base that a sentence itself names, where it names but one."""
    found = {named(match, sentence)["n"] for rule in (*_IN, *_ASKED) for match in rule.finditer(sentence.masked)}
    counts = [
        mention for mention in found if mention.quantity.unit == "count" and not mention.quantity.ends and mention.quantity.anchor > 1
    ]
    return Base(counts[0], sure=True) if len(counts) == 1 else None


def base_before(sentence: Sentence) -> Base | None:
    """Return the base in the sentence before: the only count of it, or its part of a whole, where this sentence says "of these", or how many were asked."""
    if not (before := told_before(sentence)):
        return None
    counts = [mention for mention in before.mentions if mention.quantity.unit == "count" and not mention.quantity.ends]
    if these := _THESE.search(sentence.masked):
        if _REPLIED.match(sentence.masked, these.end()) and not _ANSWERS.search(before.masked):
            return None
        counted = [named(match, before)["n"] for match in _COUNTED.finditer(before.masked)]
        whole = base_in(before) if len(counts) == _WHOLE_AND_PART else None
        parts = [m for m in counts if whole and m.start > whole.mention.start and m.quantity.anchor < whole.mention.quantity.anchor]
        found = parts or (counts if len(counts) == 1 else [mention for mention in counts if mention in counted])
        return Base(found[0], sure=True) if len(found) == 1 and found[0].quantity.anchor > 1 else None
    if len(counts) == _WHOLE_AND_PART and _ASKED_SAY.search(sentence.masked) and _OF_ALL_ASKED.match(before.masked):
        return base_in(before)
    asked = [named(match, before)["n"] for rule in _ASKED for match in rule.finditer(before.masked)]
    return Base(asked[0], sure=bool(_ASKED_SAY.search(sentence.masked))) if len(asked) == 1 and len(counts) == 1 else None


_ASKED_SAY = pattern(
    r"^(?:(?:just|only|some|about|overall|in all|nearly|almost|finding:|findings:|result:|results:),? )*<p>"
    r" (?:of (?:the )?(?:participants|respondents|interviewees|sample|panel|members|those (?:asked|interviewed|surveyed))\b"
    r"|(?:said|say|described?|agreed?|thought|think|had|have|felt|feel|knew|know|reported|report|wanted|want|believed?|expected|expect|found|find|would|could|did|do)\b)"
)
"""A share with which a sentence begins, of nobody else than those who were asked in the sentence before."""
