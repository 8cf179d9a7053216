"""Where a quote is cut out of its source: never inside a word or a number, and marked where the next word may turn what it says."""

from __future__ import annotations

import re

from evidence.catalog.verify.text import Span, Text
from evidence.quantity import find_numbers

TURNING = ("although", "but", "except", "however", "if", "nor", "or", "provided", "than", "though", "unless", "until", "whereas", "while")
"""Words that go on with a sentence and may take back, widen or narrow what stands before them."""

_AROUND = 60
_NEXT = re.compile(r"[\s,;:)\-]*([A-Za-z']+)")


def inside(text: Text, span: Span) -> str:
    """Return the word or number of a text inside which a passage begins or ends, as the text has it; empty where it does neither.

    Example:
        >>> inside(Text("And 82% of businesses had a website."), (5, 24))
        '82%'
    """
    start, end = span
    low = max(0, start - _AROUND)
    for number in find_numbers(text.plain[low : end + _AROUND]):
        first, last = low + number.start, low + number.end
        if first < start < last or first < end < last:
            return number.text
    for edge in span:
        if 0 < edge < len(text.plain) and text.plain[edge - 1].isalnum() and text.plain[edge].isalnum():
            return _word(text.plain, edge)
    return ""


def _word(plain: str, edge: int) -> str:
    before, after = re.search(r"\w*$", plain[:edge]), re.match(r"\w*", plain[edge:])
    return (before[0] if before else "") + (after[0] if after else "")


def turned(text: Text, end: int) -> str:
    """Return the word that follows a passage in its sentence where it is one that may turn what the passage says; else an empty text.

    Example:
        >>> turned(Text("Most used services or worked together."), 18)
        'or'
    """
    if text.plain[end - 1 : end] in ".!?" or text.plain[end : end + 1] in (".", "!", "?", ""):
        return ""
    follows = _NEXT.match(text.plain, end)
    return follows[1] if follows and follows[1].lower() in TURNING else ""
