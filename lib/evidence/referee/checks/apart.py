"""What is no part, and what is no whole of it, by the words around two numbers."""

from __future__ import annotations

import re

from evidence.referee.mentions import Occurrence

_FALLS = re.compile(r" (?:for (?:each|every)|per|each|apiece|a head)\b")
_REST = re.compile(r"\b(?:remaining|other|rest|remainder)(?: of)?(?: the)? $")
_WITH = re.compile(r"\b(?:with|having|holding|employing|educating|serving|covering|worth) (?:about |some |around |over |nearly )*$")
_AND = re.compile(r"\band,? (?:for|in|with|from|to|of|by)\b")
_COMPARED = re.compile(r"\b(?:than|compared|against|versus|(?:up|down|fell|rose|grew) from|relative|while|whereas|up to|unlike)\b")


def no_part(number: Occurrence) -> bool:
    """Return whether a number is that of the rest, which is a part of another whole, or falls to each of something."""
    text = number.sentence.text
    return bool(_REST.search(text[: number.start].lower()) or _FALLS.match(text, number.end))


def no_whole(whole: Occurrence, part: Occurrence, share: Occurrence) -> bool:
    """Return whether words set a larger number against a part, or it has a share of its own in brackets: "103,000 (1.9%) and 92,000 (2.0%)"."""
    after = whole.sentence.mentions[whole.index + 1 : whole.index + 2]
    own = any(m is not share and m.quantity.unit == "percent" and whole.sentence.text[whole.end : m.start] == " (" for m in after)
    return own or (whole.sentence is part.sentence and _set_against(whole, part))


def _set_against(whole: Occurrence, part: Occurrence) -> bool:
    """Return whether words between two numbers compare them, or the larger is of what the others have: "8,900 schools, with 4.5 million pupils"."""
    text = whole.sentence.text.lower()
    between = text[part.end : whole.start] if part.end < whole.start else ""
    return bool(_WITH.search(between) or _AND.search(between) or _COMPARED.search(text, *sorted((whole.start, part.start))))
