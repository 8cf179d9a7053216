"""Repeats: the same thing said twice with different numbers, and the same number said of different people.

Two mentions are of the same thing where their clauses share nearly all words that say what they are about, rare words counting more, and where
they name the same years, places, sexes, sizes and ages, or one of them names none. Numbers that rounding explains agree.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from evidence.quantity.words import word_set
from evidence.referee.bases import PEOPLE
from evidence.referee.checks.tabled import miscopied
from evidence.referee.comparing import (
    MOST_ALIKE,
    MOST_PAIRS,
    Compared,
    Confidence,
    alike,
    bounded,
    comparable_size,
    compared,
    named,
    pattern,
)
from evidence.referee.document import Report
from evidence.referee.generous import admitted
from evidence.referee.mentions import CHANGE, FALL, MARK, RISE, YEAR, Occurrence, Sentence, stem, stems
from evidence.referee.passages import is_change
from evidence.referee.topics import apart, clause, limited, opening

_TURNS = word_set(
    "men women male female boys girls micro small medium large young old older younger urban rural north south east west public "
    "private full part first second third fourth former latter lowest highest poorest richest wave minimum maximum median mean "
    "planned target forecast expected previous earlier higher lower remaining other net gross real nominal weekly monthly annual "
    "without with never always further additional extra existing capital revenue day week after within before until"
)
_MANNER = re.compile(r"\b(?!only|family|supply|nearly|really|apply|july|italy|early)[a-z]{3,}ly\b")
_DENIED = re.compile(r"\b(?:not|never|no longer|without|neither|nor|excluding|except)\b|n't\b")
_AGES = re.compile(r"\b(?:aged|under|over|age|ages)\b[^.;,]{0,20}|\b\d{2}[-\u2013]\d{2}\b|\b\d{2}\+")


@dataclass(frozen=True, eq=False, slots=True)
class _Subject:
    """What a mention is about: the words of its clause, what tells it from its like, and whether it is a change."""

    mention: Occurrence
    words: frozenset[str]
    turns: frozenset[str]
    years: frozenset[str]
    names: frozenset[str]
    way: str


def check(document: Report) -> Iterator[Compared]:
    """Yield what comes of holding each two mentions of one thing against each other."""
    subjects = [_subject(mention) for sentence in document.sentences if sentence.kind != "heading" for mention in sentence.mentions]
    usable = [subject for subject in subjects if subject]
    weights = _weights(document)
    groups: dict[tuple[str, frozenset[str], str], list[_Subject]] = {}
    for subject in usable:
        groups.setdefault((subject.mention.quantity.unit, subject.turns, subject.way), []).append(subject)
    seen: set[tuple[int, int]] = set()
    pairs = bounded((pair for group in groups.values() for pair in combinations(group, 2)), MOST_PAIRS, document.name)
    rows = _rows(document)
    for one, two in bounded((pair for pair in pairs if _same(*pair, weights)), MOST_ALIKE, document.name):
        key = one.mention.sentence.number, two.mention.sentence.number
        free = one.mention.sentence is not two.mention.sentence and key not in seen
        if free and _rows_named(one, rows) == _rows_named(two, rows) and comparable_size(one.mention.quantity, two.mention.quantity):
            seen.add(key)
            yield _held(one.mention, two.mention)
    yield from _asked(document)
    yield from _other_people(document, weights)


def _rows(document: Report) -> frozenset[str]:
    """Return the names that label rows of tables: the parts of which the report is a whole."""
    return frozenset(name for table in document.tables for label, _, _ in table.numbers for name in re.findall(r"[A-Z][a-z]{2,}", label))


def _rows_named(subject: _Subject, rows: frozenset[str]) -> frozenset[str]:
    """Return which of them a sentence names."""
    return frozenset(re.findall(r"[A-Z][a-z]{2,}", subject.mention.sentence.text)) & rows - _OPENING


_OPENING = frozenset(["The", "All", "Other", "Total", "Average", "Overall", "Each", "Number", "Share"])


def _weights(document: Report) -> dict[str, float]:
    """Return how much each word tells: the rarer in the report, the more."""
    held = Counter(word for sentence in document.sentences for word in sentence.stems)
    count = max(len(document.sentences), 2)
    return {word: math.log(1 + count / number) for word, number in held.items()}


def _subject(mention: Occurrence) -> _Subject | None:
    quantity, sentence = mention.quantity, mention.sentence
    if quantity.ends or (quantity.in_words and quantity.unit != "percent") or quantity.unit == "times" or len(sentence.mentions) > _MANY:
        return None
    if _IF.search(sentence.text.lower()):
        return None
    if quantity.unit == "count" and abs(quantity.anchor) < _LARGE_COUNT:
        return None
    said = clause(sentence, mention)
    words = frozenset(stems(CHANGE.sub(" ", re.sub(MARK, " ", said)) if is_change(mention) else re.sub(MARK, " ", said)))
    raw = sentence.text.lower()
    turns = frozenset(re.findall(r"[a-z]+", f"{opening(sentence)} {said}")) & _TURNS
    turns |= frozenset(_MANNER.findall(said))
    turns |= {"not"} if _DENIED.search(said) else frozenset()
    turns |= frozenset(" ".join(age.split()) for age in _AGES.findall(raw))
    way = _way(mention) if is_change(mention) else "level"
    return (
        _Subject(mention, words, turns, frozenset(YEAR.findall(said)) or sentence.years, sentence.names, way)
        if len(words - turns) > 1
        else None
    )


_MANY, _LARGE_COUNT = 5, 12
_IF = re.compile(
    r"\b(?:if|assum\w+|scenario|would|could|suppose|example|will)\b|\b(?:mean|plan|hope|aim|intend|expect|want|need)s? to\b|\b(?:targets?|goals?|objectives?)\b|\b(?:reduce|increase|raise|lower|improve)s? [^.;]{0,40}\bby\b|\bof (?:these|whom|which|them|those)\b"
)


def _way(mention: Occurrence) -> str:
    """Return which way a change goes, by the last word for that before it or the first behind it."""
    sentence = mention.sentence.text.lower()
    ahead, behind = sentence[max(0, mention.start - 40) : mention.start], sentence[mention.end : mention.end + 25]
    said = [*_WAYS.finditer(ahead)][-1:] or [*_WAYS.finditer(behind)][:1]
    return ("up" if said[0]["up"] else "down") if said else "change"


_WAYS = re.compile(rf"\b(?:(?P<up>{RISE}|higher|more)|(?P<down>{FALL}|lower|fewer|less))\b")


def _same(one: _Subject, two: _Subject, weights: dict[str, float]) -> bool:
    """Return whether two numbers of one unit, one way and the same turns of speech are of one thing."""
    if one.years and two.years and one.years != two.years:
        return False
    if one.names and two.names and not (one.names <= two.names or two.names <= one.names):
        return False
    shared = sum(weights.get(word, 1) for word in one.words & two.words)
    if shared < _SHARED:
        return False
    least, most = sorted(sum(weights.get(word, 1) for word in subject.words) for subject in (one, two))
    alike = shared >= _OF_LESS * least and shared >= _OF_MORE * most
    return alike and not _of_others(one.mention, two.mention) and _alone(one, two) and not apart(one.mention, two.mention)


def _of_others(one: Occurrence, two: Occurrence) -> bool:
    """Return whether two counts are of things that have other names, right behind each: "598 incidents" and "137 fires"."""
    nouns = [_NOUN.match(mention.sentence.text[mention.end :].lower()) for mention in (one, two)]
    named = [frozenset(stems(noun[0])) if noun else frozenset() for noun in nouns]
    return one.quantity.unit == "count" and all(named) and not named[0] & named[1]


_NOUN = re.compile(r"(?: [a-z-]+){1,3}")
_SHARED, _OF_LESS, _OF_MORE = 5.0, 0.85, 0.6
"""How much the shared words must weigh, in all and as a part of the words of either side."""


def _alone(one: _Subject, two: _Subject) -> bool:
    """Return whether neither sentence has further numbers of that unit, which may be those that are meant."""
    unit = one.mention.quantity.unit
    return not any(
        other is not subject.mention and other.quantity.unit == unit and subject.mention.quantity.interval.meets(other.quantity.interval)
        for subject, sentence in ((one, two.mention.sentence), (two, one.mention.sentence))
        for other in sentence.mentions
    )


def _held(one: Occurrence, two: Occurrence) -> Compared:
    first, second = alike([one.quantity, two.quantity])
    agrees = (
        first.meets(second) or admitted(one.quantity).meets(two.quantity.interval) or admitted(two.quantity).meets(one.quantity.interval)
    )
    message = "" if agrees else f"{two.text} here, {one.text} in {_where(one)}, of the same thing as far as the words tell."
    doubtful = limited(one, two) or not miscopied(one.quantity, two.quantity, 2)
    confidence = Confidence.question if doubtful else Confidence.medium
    return compared("repeat", [two], f"{one.text}; {two.text}", message, confidence=confidence, other=one)


def _where(mention: Occurrence) -> str:
    return f"the sentence at {mention.sentence.place}"


_ASKED = tuple(
    pattern(text)
    for text in (
        rf"\b(?:survey|sample|poll|panel)(?:ed)? (?:of |was of |is of |covered |consists? of |comprised |included )(?:a total of |over |the )?<n> (?:[\w'-]+ ){{0,3}}?(?P<who>{PEOPLE})\b",
        rf"\bwe (?:surveyed|interviewed|polled|questioned) <n> (?:[\w'-]+ ){{0,3}}?(?P<who>{PEOPLE})\b",
        rf"<n> (?:[\w'-]+ ){{0,3}}?(?P<who>{PEOPLE}) (?:responded|replied|took part|participated|were (?:surveyed|interviewed|polled|questioned|sampled)|completed the (?:survey|questionnaire)|(?:responded|replied) to)\b",
        rf"\b(?:responses|replies) (?:were received )?from <n> (?:[\w'-]+ ){{0,3}}?(?P<who>{PEOPLE})\b",
    )
)
_PARTLY = re.compile(
    r"\b(?:of these|of whom|of the|follow-up|pilot|wave|further|another|additional|focus group|sub-?sample|only those|remaining|in-depth|previous|earlier|last|invited|contacted|sent)\b"
)


def _asked(document: Report) -> Iterator[Compared]:
    """Yield whether a report says everywhere alike how many took part."""
    found: dict[str, list[Occurrence]] = {}
    for sentence in document.sentences:
        for rule in _ASKED:
            for match in rule.finditer(sentence.masked):
                count = named(match, sentence)["n"]
                if count.quantity.unit == "count" and not _PARTLY.search(sentence.masked) and count.quantity.anchor > 1:
                    found.setdefault(match["who"].rstrip("s"), []).append(count)
    for counts in found.values():
        unique = list(dict.fromkeys(counts))
        for one, two in combinations(unique, 2):
            free = one.sentence is not two.sentence and not _apart(one.sentence, two.sentence)
            if free:
                yield _held(one, two)
                break


def _apart(one: Sentence, two: Sentence) -> bool:
    return bool((one.names and two.names and not one.names & two.names) or (one.years and two.years and not one.years & two.years))


_WHOM = re.compile(
    r"(?:\bof|\bamong(?:st)?) (?:all |the |those |these |our )*((?:[\w'-]+ ){0,4}?[\w'-]+)(?:,| who\b| that\b| which\b| report| say\b| said\b|\.|$| do\b| have\b| are\b| were\b| was\b| had\b| did\b| face\b| from\b| and\b| \()"
)
_AMONG = re.compile(r"^(?:of|among(?:st)?) (?:all |the |those |these |our )*([^,.;:()]{3,120}),")


def _other_people(document: Report, weights: dict[str, float]) -> Iterator[Compared]:
    """Yield alarms where one share is stated of two different bases in sentences that otherwise say the same."""
    shares = [(m, whom) for s in document.sentences for m in s.mentions if m.quantity.unit == "percent" and (whom := _whom(m))]
    asked: set[Sentence] = set()
    pairs = bounded(combinations(shares, 2), MOST_PAIRS, document.name)
    equal = (
        ((a, first), (b, second))
        for (a, first), (b, second) in pairs
        if a.sentence is not b.sentence
        and b.sentence not in asked
        and a.quantity.anchor == b.quantity.anchor
        and (not (a.quantity.in_words or b.quantity.in_words) or frozenset(stems(first)) & frozenset(stems(second)))
    )
    for (a, first), (b, second) in bounded(equal, MOST_ALIKE, document.name):
        if not _alike(first, second, a.sentence.stems & b.sentence.stems) and _one_story(a.sentence, b.sentence, weights):
            asked.add(b.sentence)
            message = f'{b.text} is said of "{second}" here, and of "{first}" in {_where(a)}. Say of whom it holds.'
            reckoning = f"{a.text} of {first}; {b.text} of {second}"
            yield compared("base", [b], reckoning, message, confidence=Confidence.question, other=a)


def _one_story(one: Sentence, two: Sentence, weights: dict[str, float]) -> bool:
    """Return whether two sentences share so many words, or words and a further number, that they tell the same."""
    shared = sum(weights.get(word, 1) for word in one.stems & two.stems)
    least = min(sum(weights.get(word, 1) for word in sentence.stems) for sentence in (one, two))
    equal = {m.quantity.anchor for m in one.mentions} & {m.quantity.anchor for m in two.mentions}
    return shared > _SHARED and (shared > least / 4 or len(equal) > 1)


def _whom(mention: Occurrence) -> str:
    """Return the words that say of whom a share is: behind its "of", or those with which the sentence begins."""
    text = mention.sentence.text.lower()
    found = _WHOM.match(text, mention.end + 1) or _AMONG.match(text[: mention.start])
    return " ".join(found[1].split()) if found else ""


def _alike(first: str, second: str, said: frozenset[str]) -> bool:
    """Return whether two bases may be one: they share their words, but for one that only narrows where or when, and what both sentences say."""
    one, two = frozenset(stems(first)), frozenset(stems(second))
    if one & _ANYBODY and two & _ANYBODY:
        one, two = ((words - _ANYBODY) | {"anybody"} for words in (one, two))
    if "total" in (*first.split(), *second.split()) or _initials(first) == second or _initials(second) == first:
        return True
    general = len(one) == len(two) == 1 and (one | two) <= _ANYBODY
    return (
        general
        or not one
        or not two
        or (bool(one & two) and (len(one ^ two) < _OTHERS or one ^ two <= said or len(one ^ two) <= len(one & two)))
    )


def _initials(words: str) -> str:
    """Return the first letters of several words, by which they are called too: "gdp" of "gross domestic product"."""
    return "".join(word[0] for word in words.split()) if len(words.split()) > 1 else ""


_ANYBODY = frozenset(
    map(
        stem,
        [
            "firms",
            "businesses",
            "companies",
            "employers",
            "smes",
            "enterprises",
            "organisations",
            "respondents",
            "people",
            "adults",
            "participants",
            "enrolled",
        ],
    )
)
_OTHERS = 2
