"""Lists: "five regions: A, B, C and D" names another number of things than it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from evidence.referee.checks.hundreds import adds_to_all
from evidence.referee.checks.partitions import REST
from evidence.referee.checks.sums import summed
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
        if block.kind == "item" and (not number or document.blocks[number - 1].kind != "item"):
            items = list(takewhile(lambda one: one.kind == "item", document.blocks[number : number + _MOST * 2]))
            head = document.blocks[number - 1].sentences[-1:] if number else []
            yield from _added(head, [item.sentences for item in items])


def _added(head: list[Sentence], items: list[list[Sentence]]) -> Iterator[Compared]:
    """Yield whether the numbers of items add up: to the one count that the line above them ends with, or to a hundred where one is the rest."""
    stated = [item[0].mentions for item in items if item]
    if len(stated) < _TWO or any(len(mentions) != 1 or mentions[0].quantity.ends for mentions in stated):
        return
    parts = [mentions[0] for mentions in stated]
    if {part.quantity.unit for part in parts} == {"percent"}:
        if any(REST.search(part.sentence.masked) for part in parts[-_TWO:]):
            yield adds_to_all(parts)
        return
    wholes = [mention for mention in head[0].mentions if mention.quantity.unit == parts[0].quantity.unit] if head else []
    if len(wholes) == 1 and head[0].text.rstrip().endswith(":") and len({part.quantity.unit for part in parts}) == 1:
        added = sum(part.quantity.anchor for part in parts)
        if abs(added - wholes[0].quantity.anchor) <= wholes[0].quantity.anchor / _NEARLY and not wholes[0].quantity.ends:
            yield summed(wholes[0], parts, Confidence.medium)


_NEARLY = 5
"""Items that come as near to the number above them as a fifth of it seem to be all of it."""


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
            or (listed.islower() and _WITHIN.search(sentence.text[: count.start].lower()))
            or _NO_LIST.search(listed)
        ):
            continue
        items = re.split(r", and |, | and ", listed)
        if max(len(item.split()) for item in items) > _WORDS or len(items) < _TWO:
            continue
        commas = len(re.split(r", and |, ", listed))
        joined = listed.count(" and ") == 1 and ", " in listed and ", and " not in listed and " and " in listed.split(", ")[-1]
        fits = int(count.quantity.anchor) in (
            len(items),
            len(items) if joined else commas,
            commas + (" and " in re.split(", ", listed)[-1]),
        )
        yield _told(count, len(items), fits=fits, confidence=Confidence.medium)


_WORDS, _TWO = 8, 2
_WITHIN = re.compile(r"[a-z] (?:within|across|for|among|in) (?:the|these|those|our|its|their|all) $")
"""What stands before the number of what something is in, of which a list of other things says nothing."""
_NO_LIST = re.compile(r"\b(?:including|such as|for example|e\.g|notably|among|mainly|or|see|of which|which|who|both)\b")


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
