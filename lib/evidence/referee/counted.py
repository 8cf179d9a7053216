"""What a report counts: each number with the noun behind it, so that a rate of one page finds its numbers on another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from evidence.referee.comparing import Confidence
from evidence.referee.document import Report
from evidence.referee.mentions import Occurrence, Sentence, stem, stems
from evidence.referee.passages import plain, stated

Counts = dict[str, list[Occurrence]]
_BEHIND = re.compile(r"(?: of (?:the|its|these|our))?(?: [a-z][a-z'-]+){1,4}")
_BEFORE = re.compile(r"\b([a-z]{4,})\b(?: [a-z]+){0,6} (?:numbered|totalled|amounted to|came to|stood at) $|\b([a-z]{4,})s: $")
"""A noun of which so many are told: "complaints to the council numbered 1,430"."""
_WORDS = 3


def counted(document: Report) -> Counts:
    """Return the counts of a report by each of the first three words behind them, without endings."""
    found: Counts = {}
    for sentence in document.sentences:
        for mention in sentence.mentions:
            if stated(mention) and mention.quantity.unit not in ("count", "percent"):
                for word in stems(mention.text.lower()):
                    found.setdefault(word, []).append(mention)
            behind = _BEHIND.match(sentence.text.lower(), mention.end)
            before = _BEFORE.search(sentence.text.lower()[: mention.start])
            if before and mention.quantity.unit == "count" and plain(mention):
                found.setdefault(stem(before[1] or before[2]), []).append(mention)
            if (
                behind
                and mention.quantity.unit == "count"
                and plain(mention)
                and mention.quantity.anchor > 1 == mention.quantity.anchor.denominator
            ):
                for word in list(stems(behind[0]))[:_WORDS]:
                    found.setdefault(word, []).append(mention)
    return found


def of_noun(counts: Counts, noun: str) -> list[Occurrence]:
    """Return the counts of a noun, in the plural or not."""
    return counts.get(stem(noun), []) or counts.get(stem(f"{noun}s"), [])


def likest(mentions: Iterable[Occurrence], words: frozenset[str]) -> list[Occurrence]:
    """Return those whose sentences share the most words with others, one of each value."""
    given = {(mention.quantity.anchor, mention.quantity.unit): mention for mention in mentions}
    shared = {mention: len(mention.sentence.stems & words) for mention in given.values()}
    most = max(shared.values(), default=0)
    return [mention for mention, number in shared.items() if number == most > 0]


def sure_of(sentence: Sentence, top: list[Occurrence], bottom: list[Occurrence]) -> Confidence:
    """Return how sure a rate is: no alarm where several numbers bear a noun, and not just one of them beside it."""
    beside = {m.sentence for m in top if abs(m.sentence.number - sentence.number) <= _BESIDE}
    near = {m.quantity.anchor for one in beside for m in one.mentions if m.quantity.unit == "count" and plain(m)}
    alone = len(near) == 1 or all(len({m.quantity.anchor for m in held}) == 1 for held in (top, bottom))
    return Confidence.medium if alone else Confidence.question


_BESIDE = 2
