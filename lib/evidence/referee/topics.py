"""What a number is about: the words of its clause and of the subject of its sentence, and the time it is of."""

from __future__ import annotations

import re

from evidence.referee.mentions import CHANGE, MARK, Occurrence, Sentence, stem, stems

_CLAUSE = re.compile(
    rf"[;:()]|, (?:and|but|while|with|which|whereas|compared|up|down) |,? (?:while|whereas|but|compared with|compared to|than|although) |{MARK}"
)
_OPENING = re.compile(rf"{MARK}|\b(?:is|are|was|were|has|have|had|stood|represent\w*|account\w*|made|make)\b|{CHANGE.pattern}")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
WHEN = re.compile(
    rf"\b(?:{_MONTHS})\b(?! \w+ (?:be|have)\b)|\bq[1-4]\b|\b(?:first|second|third|fourth|last) (?:quarter|half|term|month|week)\b|\bquarter [1-4]\b"
    r"|\b(?:spring|summer|autumn|winter|christmas|easter)\b|\b(?:last|previous|preceding) (?:year|quarter|month)\b|\b(?:year|months?|quarter) (?:before|earlier|ago)\b"
)


def clause(sentence: Sentence, mention: Occurrence) -> str:
    """Return the words from a number to the nearest break on either side; a number in brackets belongs to the clause before them."""
    text = sentence.masked
    at = text.index(mention.mark)
    before = [match.end() for match in _CLAUSE.finditer(text[:at])]
    after = _CLAUSE.search(text, at + 1 + (text[at + 1 : at + 2] == ")"))
    low = before[-1] if before else 0
    if text[low - 1 : at].strip() == "(":
        low = before[-2] if len(before) > 1 else 0
    return text[low : after.start() if after else len(text)]


def opening(sentence: Sentence) -> str:
    """Return the words before the first verb or number of a sentence, behind what introduces it: its subject, where it stands first."""
    return re.split(r"[,:]", _OPENING.split(sentence.masked)[0])[-1]


def times_of(mention: Occurrence) -> frozenset[str]:
    """Return the months, quarters and seasons that the words around a number name; of its sentence where these name none."""
    own = frozenset(WHEN.findall(clause(mention.sentence, mention)))
    return own or frozenset(WHEN.findall(mention.sentence.masked))


def topic(mention: Occurrence) -> frozenset[str]:
    """Return the words of the clause of a number and of the subject of its sentence, without endings; of an item, those of what introduces its list."""
    sentence = mention.sentence
    said = f"{opening(sentence)} {clause(sentence, mention)}"
    if mention.index and _COMPARED.search(sentence.text[: mention.start].lower()):
        said += f" {clause(sentence, sentence.mentions[mention.index - 1])}"
    words = frozenset(stems(CHANGE.sub(" ", re.sub(MARK, " ", said))))
    return words | (frozenset(stems(sentence.lead.lower())) if sentence.kind == "item" else frozenset())


_COMPARED = re.compile(r"(?<![a-z])(?:compared (?:with|to)|than|against|versus|from|, up|, down) (?:by |the |about |some |just |only )*$")


def known(sentence: Sentence) -> frozenset[str]:
    """Return all words that a sentence, its heading and what introduces its list say, without endings."""
    return sentence.stems | frozenset(stems(f"{sentence.heading} {sentence.lead}".lower()))


def apart(one: Occurrence, two: Occurrence) -> bool:
    """Return whether two numbers are of other times, or about other things."""
    first, second = times_of(one), times_of(two)
    return bool(first and second and first != second) or of_other_things(one, two)


def of_other_things(one: Occurrence, two: Occurrence) -> bool:
    """Return whether each of two numbers is about something that the sentence of the other does not name, or one is of a group within that of the other."""
    first, second = topic(one) - known(two.sentence), topic(two) - known(one.sentence)
    return bool(first and second) or narrower(one, two)


def narrower(one: Occurrence, two: Occurrence) -> bool:
    """Return whether one of two numbers is of a group within that of the other."""
    first, second = topic(one) - known(two.sentence), topic(two) - known(one.sentence)
    return _narrower(one, two, second) or _narrower(two, one, first)


def limited(one: Occurrence, two: Occurrence) -> bool:
    """Return whether words behind a preposition that only one of two numbers has may limit it to a part: "immigrated", "immigrated for work"."""
    pairs = ((one, topic(one) - known(two.sentence)), (two, topic(two) - known(one.sentence)))
    return any(
        stem(word) in own for mention, own in pairs for words in _LIMIT.findall(clause(mention.sentence, mention)) for word in words.split()
    )


_LIMIT = re.compile(r"\b(?:for|with|without|by|among|from|to|at|who|whose|aged) ((?:[a-z'-]+ ?){1,3})")


def _narrower(one: Occurrence, two: Occurrence, own: frozenset[str]) -> bool:
    """Return whether words that only the second number has narrow a noun of both: "disabled adults", "adults"."""
    shared = frozenset(stems(clause(one.sentence, one)))
    for words, noun in _PHRASE.findall(clause(two.sentence, two)):
        told = [word for word in words.split() if stem(word) in own]
        if told and (stem(noun) in shared or stem(noun) in own):
            return True
    return False


_PHRASE = re.compile(rf"(?:^|{MARK}|\b(?:the|all|of|our|these|those|among)) ?((?:[a-z'-]+ ){{1,3}}?)([a-z]+s)\b")
