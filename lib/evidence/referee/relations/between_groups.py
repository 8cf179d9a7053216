"""A mean of all lies between those of two groups that are all: of contraries, or of some and the others, told with it or right behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.referee.comparing import Compared, Confidence, compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.subjects import in_digits

_CONTRARY = (
    *(
        ("men", "women"),
        ("boys", "girls"),
        ("male", "female"),
        ("males", "females"),
        ("flats", "houses"),
        ("north", "south"),
        ("east", "west"),
        ("urban", "rural"),
    ),
    *(
        ("towns", "country"),
        ("completed", "left"),
        ("completers", "leavers"),
        ("primary", "secondary"),
        ("public", "private"),
        ("new", "existing"),
        ("weekdays", "weekends"),
    ),
    *(
        ("weekday", "weekend"),
        ("summer", "winter"),
        ("inside", "outside"),
        ("owners", "tenants"),
        ("day", "night"),
        ("online", "paper"),
        ("adults", "children"),
        ("inpatients", "outpatients"),
    ),
    *(
        ("full-time", "part-time"),
        ("full time", "part time"),
        ("employed", "unemployed"),
        ("first", "second"),
        ("owned", "rented"),
        ("cash", "card"),
        ("elective", "emergency"),
    ),
)
_OTHERS = re.compile(
    r"\b(?:all|the|every|of|for|among|in|on) ?(?:other|others|rest|remaining|remainder)\b|\beveryone else\b|\bnon-[a-z]+|\bthose who (?:did|do|had|have|were|are) not\b|\bwithout\b|\bother (?:staff|people|areas|schools|firms|homes|places|patients)\b"
)
_OF_ALL = re.compile(r"\b(?:on average|overall|average|averaged|mean|in all|as a whole|turnover|rate of|in total|among all|of all)\b")
_FROM = re.compile(r"\b(?:from|up|down|than|against|target|standard|increase|rose|fell|points?|by|since|compared|last year|previous)\b")


def between(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the one mean that a sentence tells lies between the two numbers of groups that it, or the sentence behind it, tells."""
    held = sentence.before
    for unit in dict.fromkeys(base(m) for m in sentence.mentions):
        own = [m for m in sentence.mentions if in_digits(m) and unit in (base(m), _left_out(m))]
        earlier = [m for m in held.mentions if in_digits(m) and base(m) == unit] if held else []
        if len(own) == _TWO + 1:
            yield from _held(own[0], own[1], own[2])
        elif len(own) == _TWO and len(earlier) == 1 and _alone(own):
            yield from _held(earlier[0], *own)


_TWO, _ALL = 2, 100


def _left_out(mention: Occurrence) -> str:
    """Return the unit that a number leaves out, as the one before it has it: "9.9 days and girls 8.7"."""
    bare = mention.index and base(mention) == "count" and re.match(r"[.,;)]|$", mention.sentence.text[mention.end :])
    return base(mention.sentence.mentions[mention.index - 1]) if bare and re.match(r"(?:,| and| but) ", ahead(mention)) else ""


def _alone(groups: list[Occurrence]) -> bool:
    """Return whether no count stands right before a group's number, which would then be reckoned from it."""
    return not any(ahead(m).strip() in ("(", ", or") for m in groups)


def _held(whole: Occurrence, one: Occurrence, two: Occurrence) -> Iterator[Compared]:
    means = base(whole) in ("percent", "weeks", "days", "months", "hours", "minutes", "years") or re.search(
        r"\b(?:average|mean)\b", whole.sentence.masked
    )
    told = f"{ahead(whole)}#{behind(whole)[:40]}"
    if not means or not _OF_ALL.search(told) or _FROM.search(told) or not _make_all(one, two):
        return
    if any(_FROM.search(ahead(m)[-25:]) or m.quantity.hedge not in ("", "about") for m in (whole, one, two)):
        return
    if whole.quantity.anchor == one.quantity.anchor + two.quantity.anchor:
        return
    if base(whole) == "percent" and abs(whole.quantity.anchor + one.quantity.anchor + two.quantity.anchor - _ALL) < _TWO:
        return
    low, high = sorted((one, two), key=lambda m: m.quantity.anchor)
    value = whole.quantity.interval
    apart = value.high < low.quantity.interval.low or value.low > high.quantity.interval.high
    message = f"{whole.text} of all does not lie between {one.text} and {two.text} of its two groups." if apart else ""
    yield compared(
        "range", [one, two], f"{whole.text} beside {one.text} and {two.text}", message, confidence=Confidence.medium, other=whole
    )


def _make_all(one: Occurrence, two: Occurrence) -> bool:
    """Return whether the words of two numbers are contraries, or the second speaks of all others."""
    first, second = (f"{re.split('[;:]', ahead(m))[-1]} {re.split(r',| and | but ', behind(m))[0]}" for m in (one, two))
    if _OTHERS.search(second):
        return True
    pairs = [pair for given in _CONTRARY for pair in (given, given[::-1])]
    return any(re.search(rf"\b{a}\b", first) and re.search(rf"\b{b}\b", second) for a, b in pairs)
