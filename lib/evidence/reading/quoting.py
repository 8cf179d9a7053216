"""The quote of a number: its sentence, or as much of it as a quote may hold."""

from __future__ import annotations

import re

from evidence.catalog.verify import Text
from evidence.catalog.verify.cuts import inside
from evidence.catalog.verify.text import Span

LONGEST_QUOTE = 300
"""Characters of a quote at most, as the declaration of figures has it."""

_CUTS = re.compile(r"[;:,.()]| - ")


def quote(text: Text, number: Span, sentence: Span) -> Span:
    """Return where the quote of a number stands: its sentence, or as much of it as a quote may hold with the number in it once."""
    low, high = sentence
    low, high = _once(text.plain, number, low, high)
    if high - low > LONGEST_QUOTE:
        low, high = _shortened(text.plain, number, low, high)
    return sentence if (low, high) == sentence else _whole(text, number, low, high)


def _once(plain: str, number: Span, low: int, high: int) -> Span:
    """Return the part of a sentence in which the number's text stands once, cut in the middle between it and its like."""
    stated = plain[slice(*number)]
    for match in re.finditer(rf"(?<![\d.,]){re.escape(stated)}(?!\d)", plain[low:high]):
        first, last = low + match.start(), low + match.end()
        if last <= number[0]:
            low = max(low, _between(plain, last, number[0]))
        elif first >= number[1]:
            return low, min(high, _between(plain, number[1], first))
    return low, high


def _between(plain: str, after: int, before: int) -> int:
    """Return where to cut between two numbers: behind the last stop between them, else behind the last word."""
    stops = [match.end() for match in _CUTS.finditer(plain, after, before)]
    return stops[-1] if stops else max(after, plain.rfind(" ", after, before))


def _shortened(plain: str, number: Span, low: int, high: int) -> Span:
    """Return as much of a long sentence as a quote may hold: from a stop before the number, or words of it on both sides."""
    room = LONGEST_QUOTE - (number[1] - number[0])
    stops = [match.end() for match in _CUTS.finditer(plain, low, number[0]) if number[1] - match.end() <= LONGEST_QUOTE]
    first = low if number[1] - low <= LONGEST_QUOTE * 0.7 else next((at for at in stops if number[0] - at <= room * 0.7), number[0])
    last = min(high, first + LONGEST_QUOTE)
    if last < high:
        ends = [match.start() for match in _CUTS.finditer(plain, number[1], last)]
        last = ends[-1] if ends else max(plain.rfind(" ", number[1], last), number[1])
    return first, last


def _whole(text: Text, number: Span, low: int, high: int) -> Span:
    """Return a passage that begins and ends with whole words, not inside another number, and not before a word that turns it where it can."""
    while low < number[0] and text.plain[low] in " ,;:)-":
        low += 1
    while high > number[1] and text.plain[high - 1] in " ,;:(-":
        high -= 1
    for _ in range(12):
        cut = inside(text, (low, high))
        if not cut:
            return low, high
        if low < number[0] and inside(text, (low, number[1])):
            low = min(number[0], text.plain.find(" ", low) + 1 or number[0])
        else:
            high = max(number[1], text.plain.rfind(" ", number[1], high))
    return low, high
