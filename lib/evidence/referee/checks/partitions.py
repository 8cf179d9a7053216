"""Partitions: words of which everything bears one at most, and shares that are of one whole by them, not within groups that they name."""

from __future__ import annotations

import re

from evidence.referee.mentions import Occurrence, Sentence

REST = re.compile(
    r"\b(?:the )?(?:remaining|remainder|rest)\b(?! of (?:the )?(?:world|country|uk|united|england|scotland|wales|britain|europe|eu|nation|region|county|city|year|week|day|economy))|\bthe (?:other|balance)\b|\b(?:don't|do not|did not|didn't) know\b|\bno (?:opinion|view|answer|preference)\b"
    r"|\bundecided\b|\bunsure\b|\b(?:could|can|would|did|do) not (?:say|answer|decide|tell)\b|\bwhat (?:is|was) left\b|\bleft over\b|\bneither\b|\bneutral\b|\bnot sure\b"
)
"""Words of the last of all parts."""


_VERBS = r"(?:are|is|were|was|be|said|say|live|work|works|worked|had|have|has)\b"
PARTITIONS = (
    ("men", "women"),
    ("male", "female"),
    ("males", "females"),
    ("boys", "girls"),
    ("full-time", "part-time"),
    ("urban", "rural"),
    ("public", "private"),
    ("yes", "no"),
    ("in favour", "against"),
    ("indoors", "outdoors"),
    ("employed", "unemployed"),
    ("permanent", "temporary"),
    ("capital", "revenue"),
    ("domestic", "international"),
    ("adults", "children"),
    ("primary", "secondary"),
    ("micro", "small", "medium"),
    ("owners", "tenants"),
)
"""Words of which everything bears one at most, in one sentence about one whole."""


def partition(sentence: Sentence, parts: list[Occurrence]) -> bool:
    """Return whether each part bears another word of a list of which each thing is one, and is no share within that."""
    text = sentence.text.lower()
    shares = all(part.quantity.unit == "percent" for part in parts)
    if shares and (any(_OF_A_GROUP.match(text, part.end) for part in parts) or all(_IN_A_GROUP.match(text, part.end) for part in parts)):
        return False
    if shares and _of_each(text, parts):
        return False
    after = [text[part.end : nxt] for part, nxt in zip(parts, [*(part.start for part in parts[1:]), len(text)], strict=True)]
    before = [text[last : part.start] for part, last in zip(parts, [0, *(part.end for part in parts[:-1])], strict=True)]
    return each_its_own(after) or (bool(_MAKE_UP.search(text)) and each_its_own(before))


def _of_each(text: str, parts: list[Occurrence]) -> bool:
    """Return whether all but the last part are of a group that is named with that of the last: "92% of male and 90% of female staff"."""
    return all(
        part.quantity.unit == "percent" and re.match(r" of (?:all |the )*[a-z-]+(?: [a-z-]+){0,2}?(?: and|,)", text[part.end :])
        for part in parts[:-1]
    )


_GROUP = rf"(?:(?!{_VERBS})[a-z'-]+ ){{0,3}}?(?:{'|'.join(word for words in PARTITIONS for word in words)})\b"
_OF_A_GROUP = re.compile(rf" of {_GROUP}")
_IN_A_GROUP = re.compile(rf"(?: of (?:all |the )*[^.;#,()]{{1,40}}?)? (?:of|in|among|within) {_GROUP}")
"""A share of a group that a word of a list names."""
_MAKE_UP = re.compile(r"\b(?:made? up|making up|account(?:s|ed|ing)? for|constitut\w+|represent\w*)\b")


def each_its_own(pieces: list[str]) -> bool:
    """Return whether pieces of a text bear the words of one partition, each another."""
    found = [[word for text in pieces for word in words if re.search(rf"(?<![\w-]){word}\b", text)] for words in PARTITIONS]
    return any(len(pieces) == len(words) and sorted(words) == sorted(held) for words, held in zip(PARTITIONS, found, strict=True))


def within_a_part(part: Occurrence, first: Occurrence) -> bool:
    """Return whether a number is told of one of the parts before it: "30 colleges, of which 11 are land-based"."""
    return part.sentence is first.sentence and bool(OF_A_PART.search(part.sentence.text[first.end : part.start].lower()))


OF_A_PART = re.compile(r"\bof (?:which|whom)\b")
"""What introduces the parts of a part."""
