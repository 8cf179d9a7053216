"""Lists: "five regions: A, B, C and D" names another number of things than it says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.referee.comparing import Compared, Confidence, compared, named, pattern
from evidence.referee.document import Report, TextBlock
from evidence.referee.mentions import MARK, Occurrence, Sentence

_HEAD = pattern(
    r"<n> (?:(?:[\w'-]+|#) ){0,6}?(?:[\w'-]+|#) ?(?::|\(| [-\u2013\u2014]) ?(?P<list>[^#.;:()]+?)(?:\)|[.:]| [-\u2013\u2014]|$)"
)
_ITEMS = pattern(r"<n> (?:[\w'-]+ ){0,6}?[\w'-]+[^.;#]{0,40}:\s*$")
_MOST = 12


def check(document: Report) -> Iterator[Compared]:
    """Yield whether each list that is announced with a number has as many items."""
    for sentence in document.sentences:
        yield from _inline(sentence)
    for number, block in enumerate(document.blocks):
        if block.sentences and block.kind == "prose":
            yield from _below(block.sentences[-1], document.blocks[number + 1 : number + _MOST * 2])


def _counts(mention: Occurrence) -> bool:
    quantity = mention.quantity
    whole = quantity.unit == "count" and not quantity.hedge and not quantity.ends and quantity.anchor.denominator == 1
    return whole and 1 < quantity.anchor <= _MOST


def _inline(sentence: Sentence) -> Iterator[Compared]:
    for match in _HEAD.finditer(sentence.masked):
        count = named(match, sentence)["n"]
        listed = match["list"]
        if (
            not _counts(count)
            or not re.search(r", [^,]+,? and [^,]+$|^[^,]+ and [^,]+$", listed)
            or re.search(MARK, listed)
            or _NO_LIST.search(listed)
        ):
            continue
        items = re.split(r", and |, | and ", listed)
        if max(len(item.split()) for item in items) > _WORDS or len(items) < _TWO:
            continue
        commas = len(re.split(r", and |, ", listed))
        fits = int(count.quantity.anchor) in (len(items), commas, commas + (" and " in re.split(", ", listed)[-1]))
        yield _told(count, len(items), fits=fits, confidence=Confidence.medium)


_WORDS, _TWO = 5, 2
_NO_LIST = re.compile(r"\b(?:including|such as|for example|e\.g|notably|among|mainly|or|see|of which|both)\b")


def _below(sentence: Sentence, after: list[TextBlock]) -> Iterator[Compared]:
    """Yield whether as many items stand below a sentence as it says."""
    match = _ITEMS.search(sentence.masked)
    count = named(match, sentence)["n"] if match else None
    items = 0
    for block in after:
        if block.kind != "item":
            break
        items += 1
    if count and _counts(count) and items > 1:
        yield _told(count, items, fits=items == count.quantity.anchor, confidence=Confidence.medium)


def _told(count: Occurrence, items: int, *, fits: bool, confidence: Confidence) -> Compared:
    message = "" if fits else f"{count.text} are announced and {items} are listed."
    return compared("list", [count], f"{items} listed; stated {count.text}", message, confidence=confidence)
