"""Terms, words by which a sentence says whom, where or when it is about; and those that say when: "last year", "a decade ago", "in the nineties"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a sentence that a record must bear out.

    Attributes:
        kind: What it tells: `size`, `sex`, `age`, `group`, `quality`, `sector`, `status`, `measure`, `frequency`, `institution`, `design`, `stance`,
            `place` or `period`.
        start: Where it begins in the sentence.
        end: Where it ends.
        text: The word, as it stands there.
        needs: Beginnings of words any of which bears it out; one that ends in a full stop is a whole word.
    """

    kind: str
    start: int
    end: int
    text: str
    needs: tuple[str, ...]


_UNIT = "years?|months?|weeks?|days?|quarters?|decades?|centur(?:y|ies)|generations?|fortnights?|terms?|sessions?"
_SEASON = "spring|summer|autumn|winter|weekend|season|christmas|easter|half-term"
_EVENT = (
    "pandemic|wars?|crisis|crash|recession|slump|lockdowns?|election|referendum|millennium|downturn|armistice|revolution|strike|strikes|reform|reforms"
    "|depression|famine|epidemic|boom|credit crunch|budget|coronation|floods?"
)
_COUNT = r"(?:an?|one|two|three|four|five|six|ten|some|several|a few|few|many|\d+)"
_SERIES = r"(?! (?:of|the|that|in which|for which|it|they|before|shown|given)\b)"
"""What does not follow a time that is counted from another: "the last year of the series" is one of its own."""
_WHICH = "last|previous|following|next|preceding|past|prior|coming|earlier|recent"
_LATE = rf"(?:(?:few|several|two|three|five|ten) )?(?:{_UNIT}|{_SEASON})\b"
_LAST = rf"(?:{_WHICH}) {_LATE}"
_WHEN = re.compile(
    rf"\b(?:(?<!the )|(?={_LAST}{_SERIES}))(?P<which>{_WHICH}) {_LATE}"
    rf"|\b{_COUNT} (?:{_UNIT}) (?P<then>ago|earlier|later|before|after|hence|on)\b"
    rf"|\bthe (?P<of>year|month|week|day|quarter|decade|century) (?P<side>before|after|earlier|ahead)\b"
    rf"|\b(?:since|during|before|after|until|amid|through|by|in|from) (?:the |this |last |next )?(?:[a-z]+ )?(?P<event>{_EVENT})\b"
    rf"|\b(?:in|by|since|during|until|from|before|after|over|this|last|next|the) (?:the )?(?P<season>{_SEASON})\b"
    r"|\bthe (?:early |late |mid-?)?(?:nineteen-?)?(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties|noughties)\b"
    r"|\b(?:(?:at|in|by|before|until|towards|since) the )(?P<part>end|start|beginning|middle|close|outset) of (?:the|this|last|next) (?:year|decade|century|month|war|millennium)\b"
    r"|\bunder (?:the |a )?(?P<rule>last|previous|old|new|present|next|former|current) (?:government|administration|council|parliament|regime|leadership)\b"
    r"|\b(?P<era>at present|these days|in the (?:long|short|medium) (?:run|term)|last time|(?:in|by) the new year|in (?:wartime|peacetime|antiquity)|in (?!several|many|some|such)[a-z]+ times|interwar)\b"
    r"|\b(?P<turn>turn of the (?:century|millennium))\b"
    r"|\b(?P<now>overnight|nowadays|lately|hitherto|henceforth|yesterday|tomorrow|yesteryear|of late)\b",
    re.IGNORECASE,
)
_OF_PEOPLE = re.compile(r"\b(?:in|of) their $")
"""Before a decade that is an age: "those in their twenties"."""

_KIN = {
    "last": "last past latest previous",
    "past": "past last over",
    "previous": "previous last preceding prior before earlier",
    "preceding": "preceding previous before earlier",
    "prior": "prior previous before earlier",
    "earlier": "earlier previous ago before first",
    "following": "following next after later subsequent second",
    "next": "next following after later second",
    "coming": "coming next",
    "recent": "recent latest last",
    "ago": "ago earlier before past",
    "later": "later after following next second",
    "after": "after later following next",
    "before": "before previous last earlier ago",
    "ahead": "ahead next",
    "hence": "hence next",
    "on": "on later after",
    "start": "start begin early since first opening 2000 2001",
    "beginning": "start begin early since first opening",
    "end": "end late last clos",
    "pandemic": "pandemic covid coronavirus lockdown 2020 2021",
    "crisis": "crisis crash 2007 2008",
    "crash": "crash crisis 2007 2008",
}
"""Words in which a record may say the same."""


def times(sentence: str) -> Iterator[Term]:
    """Yield the turns of phrase of a sentence that say when."""
    for match in _WHEN.finditer(sentence):
        word = next(
            match[name]
            for name in ("which", "then", "side", "event", "season", "decade", "turn", "part", "rule", "era", "now")
            if match[name]
        ).lower()
        if match["decade"] and _OF_PEOPLE.search(sentence[: match.start("decade")]):
            continue
        needs = (_KIN.get(word) or word.rpartition(" ")[2]).split()
        yield Term("period", *match.span(), match.group(), tuple(f"{need}." if len(need) < 4 else need for need in needs))
