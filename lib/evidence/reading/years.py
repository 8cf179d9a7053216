"""The years that a document names: those that say when something began or ended are evidence, and all others date or name something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.catalog.verify.text import Span

EVENT = ""
"""What a year is that states when something happened: evidence, so it has no excuse."""
CLASSES = (
    "The year of a work that is referred to",
    "A year in the name of a law, a paper or an event",
    "A year that dates another number of its sentence",
    "A year that says when, of what no number tells",
)
"""Why a year is no evidence."""
_WORK, _NAME, _DATES, _WHEN = CLASSES

_YEAR = re.compile(r"(?<![\d.,/£$€-])(?:1[5-9]|20)\d\d(?![\d/%]|[.,]\d|-\d|s\b)")
_DONE = (
    r"(?:founded|established|re-?established|set up|launched|opened|re-?opened|formed|created|incorporated|introduced|inaugurated|invented|built"
    r"|completed|closed|abolished|dissolved|disbanded|repealed|enacted|passed|ratified|nationalised|privatised|merged|demolished"
    r"|came into (?:force|being|effect)|took effect|was born|went live|began|begun|started|ended|finished|announcement|opening|launch)"
)
_MONTH = r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|winter|early|late|mid) "
_BEHIND = re.compile(rf"\b{_DONE}(?: (?!and\b|but\b|which\b)[\w'’-]+){{0,5}} (?:in|on|during|as early as) (?:{_MONTH})?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^(?:,| –| -)? (?:[\w'’&-]+,? ){{0,8}}?(?:(?:was|were) (?:first )?|with the |saw the )?{_DONE}\b", re.IGNORECASE)
_OPENED = re.compile(rf"(?:^|[;:] |, )(?:[A-Z][\w ]* )?\b(?:In|Since) (?:{_MONTH})?$", re.IGNORECASE)
_NAMED = re.compile(
    r"\b(?:Acts?|Bill|Regulations?|Directive|Order|Budget|Census|Review|Strategy|Survey|Conference|Summit|Agenda|Treaty|Horizon|Expo|Games|Report|Paper"
    r"|Plan|Statement|Index|Edition|Version)(?: of|,)? $"
)
_NAMES = re.compile(r"^ (?:Act|Census|Review|Survey|Budget|White Paper|Green Paper|Strategy|Report|General Election|Spending|Edition)\b")
_CITED = re.compile(r"\((?:[^()]*, )?$|\bet al\.?,? \(?$")


@dataclass(frozen=True, slots=True)
class Year:
    """A year that a sentence names.

    Attributes:
        start: Offset of its first digit.
        end: Offset behind its last.
        reason: Why it is no evidence; empty where it is some.
    """

    start: int
    end: int
    reason: str


def years(sentence: str, numbers: bool = False) -> Iterator[Year]:
    """Yield the years of a sentence with what each is.

    Args:
        sentence: The sentence.
        numbers: Whether it states another number.

    Example:
        >>> [one.reason for one in years("The hub was established in 2009 with help.")]
        ['']
        >>> [one.reason for one in years("It grew in 2012 (Mill, 2014) under the Bread Act 2010.", numbers=True)]
        ['A year that dates another number of its sentence', 'The year of a work that is referred to', 'A year in the name of a law, a paper or an event']
    """
    for match in _YEAR.finditer(sentence):
        yield Year(*match.span(), _reason(sentence, match.span(), numbers))


def _reason(sentence: str, year: Span, numbers: bool) -> str:
    before, after = sentence[: year[0]], sentence[year[1] :]
    if _CITED.search(before) and re.match(r"(?:[a-z])?[;,)]", after):
        return _WORK
    if _NAMED.search(before) or _NAMES.match(after):
        return _NAME
    opened = _OPENED.search(before) and (match := _BEFORE.match(after)) and not re.search(r"\d", match[0])
    if opened or (_BEHIND.search(before) and not re.match(r"(?: to| and|-|–) ?\d", after)):
        return EVENT
    return _DATES if numbers else _WHEN
