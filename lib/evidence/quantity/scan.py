"""Find the numbers that a passage of prose states as evidence, and leave out what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.errors import QuantityError
from evidence.quantity import grammar
from evidence.quantity.reading import parse


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


_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_YEAR = r"(?:1[5-9]|20)\d\d"

NOT_EVIDENCE = re.compile(
    rf"""
      \b\d{{1,2}}(?:st|nd|rd|th)?\s(?:{_MONTH})(?:\s{_YEAR})?\b  # dates
    | \b(?:{_MONTH})\s(?:\d{{1,2}}(?:,?\s{_YEAR})?|{_YEAR})\b
    | (?<![£$€\d.,-])\b{_YEAR}s?(?:[-/](?:\d{{4}}|\d\d))?\b(?!,?\d|\.\d|\s?%|\s(?:percent|per\scent|million|billion|thousand|times)\b)  # years
    | \b\d+(?:st|nd|rd|th)\b(?:\spercentiles?)?  # ordinals
    | \b(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+)-?(?:\s?and\s?over)?(?:-|\s)year(?:-|\s)olds?\b
    | \b(?:aged?|ages)\s(?:between\s)?\d+(?:\s?(?:-|to|and)\s?(?:\d+|over|under|older|above))?\b  # ages
    | \b\d+\s?(?:-|to)\s?\d+(?:-|\s)year(?:-|\s)olds?\b
    | \b(?:under|over)-\d+s?\b
    | \b[A-Za-z][A-Za-z]*-?\d[\w.]*\b  # names: MACH24, COVID-19
    | \b\d\.0\b(?!\s?(?:%|bn|billion|million|trillion|thousand|per|percentage|points?|times|x)(?:\b|\W))  # versions: 2.0
    | \b\d+[A-Za-z]{{2,}}\d*\b(?<!bn)(?<!tn)
    | \b(?:level|chart|figure|table|footnote|section|pillar|recommendation|chapter|part|step|volume|issue|page|box|no\.|number|version|phase|item)s?
      \s\d+(?:\.\d+)*(?:\s?(?:-|to|and)\s?\d+(?:\.\d+)*)?\b
    | \bone\sof\b | \b(?:the|this|that|each|every|no|any|some|which|another|only)\sone\b | \bone\s(?:another|an?other|day|by\sone|who|that|which)\b
    | \b(?:at\sthe\s|at\s)(?:very\s)?most\b(?!\s\d)
    | \b(?:the|its|their|our|his|her|whose|'s)\s(?:very\s)?most\b | \bmost\s(?!of\b)\w+(?:ive|ent|ant|ful|able|ible|ly|ous|ical|al|ic|ed|ing|mon|ple|ure)\b
    | \bmost\s(?:severe|recent|extreme|acute|remote|basic|often)\b
    | \b(?:first|second|last|later|next|other|latter|better|first-)\shalf\b | \bhalf\s(?:way|-way|hearted)\b | \bhalfway\b
    | \b(?:first|second|third|fourth|last|next|this|each|every|per)\squarter\b | \bhead\squarters?\b | \bheadquarters\b
    | \bquarter(?:s|ly)\b(?<!three\squarters)(?<!three-quarters)(?<!3\squarters)
    | \bat\sonce\b | \bdouble[ -](?:entry|check(?:ed|ing)?|click|edged|blind)\b | \bzero[ -](?:carbon|sum|hours?)\b | \bnet[ -]zero\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(grammar.NUMBER, re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:(?:a|half a|several|many)\s)?dozens?\b|\b(?:tens of |hundreds of )?(?:hundreds|thousands|millions|billions)\b(?= of\b)|\ba couple of\b",
    re.IGNORECASE,
)
"""Words that state a number which nothing can be held against; prose must say it otherwise."""
_BARE_ONE = re.compile(r"(?:the|its|these|those|all|just|only)?\s*one", re.IGNORECASE)
_JOINT = re.compile(r"\s?-\s?|\s(?:to|and)\s", re.IGNORECASE)
_LEAD = re.compile(r"\bbetween\s\Z", re.IGNORECASE)
_WORDLIKE = re.compile(r"[\w£$€]")


def find_numbers(text: str) -> list[Found]:
    """Return the numbers that `text` states as evidence, in order, without overlaps.

    Digits, fractions in words, "one in N", multiples, spelled numbers, quantifiers such as "most" and orders of magnitude such as
    "thousands of" count. Years and dates,
    ordinals, ages, names ("MACH24"), numbered parts ("Chart 4") and the pronoun "one" do not.

    Args:
        text: A passage of plain prose, no markup.

    Example:
        >>> [found.text for found in find_numbers("In 2023 nearly a fifth of 2,107 people at MACH24 said so.")]
        ['nearly a fifth', '2,107']
    """
    plain = _same_length(text)
    blocked = [match.span() for match in NOT_EVIDENCE.finditer(plain)]
    found: list[Found] = []
    position = 0
    while match := _NUMBER.search(plain, position):
        start, end = match.span()
        start += len(match["filler"] or "") if not match["hedge"] and not match["hedge2"] else 0
        position = max(match.end(), match.start() + 1)
        if _counts(plain, start, end, match, blocked):
            start, end = _whole_range(plain, start, end)
            position = max(end, position)
            found.append(Found(text[start:end].rstrip(), start, start + len(text[start:end].rstrip())))
    return sorted([*found, *_vague(text, plain, found)], key=lambda number: number.start)


def _vague(text: str, plain: str, found: list[Found]) -> list[Found]:
    spans = [match.span() for match in _VAGUE.finditer(plain)]
    free = [(start, end) for start, end in spans if all(end <= number.start or number.end <= start for number in found)]
    return [Found(text[start:end], start, end) for start, end in free]


def _whole_range(plain: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the range that begins with the number at `start`, or the number's own span."""
    joint = _JOINT.match(plain, end)
    second = _NUMBER.match(plain, joint.end()) if joint else None
    if not joint or not second:
        return start, end
    lead = _LEAD.search(plain, 0, start)
    if joint.group().strip() == "and" and not lead:
        return start, end
    try:
        parse(plain[start : second.end()].strip())
    except QuantityError:
        return start, end
    return (lead.start() if lead and joint.group().strip() == "and" else start), second.end()


def _counts(plain: str, start: int, end: int, match: re.Match[str], blocked: list[tuple[int, int]]) -> bool:
    core = _core_start(match)
    if any(low < end and core < high for low, high in blocked):
        return False
    if _WORDLIKE.match(plain[core - 1 : core]) and core:
        return False
    if _WORDLIKE.match(plain[end : end + 1]) and not match["mark"]:
        return False
    if match["part"] and not match["parts"] and match["part"].lower() not in ("half",):
        return False
    return not (match["whole"] and _BARE_ONE.fullmatch(plain[start:end].strip()))


def _core_start(match: re.Match[str]) -> int:
    names = ("quantifier", "multiple", "halving", "of", "halfscale", "parts", "part", "sign", "currency", "digits", "article", "whole")
    return min(match.start(name) for name in names if match[name] is not None)


def _same_length(text: str) -> str:
    """Return `text` with odd dashes and spaces made plain, one character for one."""
    table = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-")
    table |= dict.fromkeys(map(ord, "\u00a0\u2009\u202f\n\t"), " ") | {ord("\u2019"): "'"}
    return text.translate(table)
