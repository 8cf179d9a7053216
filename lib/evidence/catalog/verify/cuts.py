"""Where a quote is cut out of its source: never inside a word or a number, and marked where the next word may turn what it says."""

from __future__ import annotations

import re
from bisect import bisect_left

from evidence.catalog.verify.text import Span, Text

TURNING = ("although", "but", "except", "however", "if", "nor", "or", "provided", "than", "though", "unless", "until", "whereas", "while")
"""Words that go on with a sentence and may take back, widen or narrow what stands before them."""

_NEXT = re.compile(r"[\s,;:)\-]*([A-Za-z']+)")


def inside(text: Text, span: Span) -> str:
    """Return the word or number of a text inside which a passage begins or ends, as the text has it; empty where it does neither.

    Example:
        >>> inside(Text("And 82% of businesses had a website."), (5, 24))
        '82%'
    """
    for edge in span:
        before = bisect_left(text.numbers, edge, key=lambda number: number.start) - 1
        if before >= 0 and text.numbers[before].end > edge:
            return text.numbers[before].text
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
