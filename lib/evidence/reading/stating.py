"""What a document states by a number: where it begins and ends, whether it counts a sample to the last, and which way it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.errors import QuantityError
from evidence.quantity import Found, Quantity, each_number, parse
from evidence.statements.propositions import CHANGES, senses

_SAMPLE_BEFORE = re.compile(
    r"\b(?:survey(?:ed)?|sample|interview(?:s|ed)|polled|study|analysis|questionnaire)(?: (?:of|with|from))?(?: (?:a|the|total|of))* $",
    re.IGNORECASE,
)
_SAMPLE_AFTER = re.compile(r" (?:[\w-]+ ){0,3}(?:respondents|interviews|responses|participants)\b")


def read_number(text: str) -> Quantity | None:
    """Return what a number means, or None where it does not read as one."""
    try:
        return parse(text)
    except QuantityError:
        return None


def counted(sentence: str, found: Found, offset: int) -> bool:
    """Return whether a number says how many were asked, to the last of them."""
    bare = found.text[:1].isdigit() and found.text.replace(",", "").isdigit()
    before, after = sentence[: found.start - offset], sentence[found.end - offset :]
    return bare and bool(_SAMPLE_BEFORE.search(before) or _SAMPLE_AFTER.match(after))


def numbers(plain: str) -> Iterator[Found]:
    """Yield the numbers of a text: a range with a hyphen in one, and what a change goes from and to as two."""
    found = each_number(plain)
    one = next(found, None)
    while one:
        after = next(found, None)
        if after and plain[one.end : after.start] in ("-", "to"):
            both = read_number(whole := plain[one.start : after.end])
            if both and both.ends:
                one, after = Found(whole, one.start, after.end), next(found, None)
        yield from _apart(plain, one)
        one = after


def _apart(plain: str, one: Found) -> Iterator[Found]:
    """Yield both numbers of "from 10% to 20%" where the words before it tell of a change, else the one."""
    before = plain[max(0, one.start - 120) : one.start]
    words = before[max(before.rfind(mark) for mark in (". ", ": ", "; ")) + 1 :]
    if " to " in one.text and words.endswith("from ") and any(sense in ("rise", "fall") for _, _, sense in senses(words)):
        yield from (Found(part.text, one.start + part.start, one.start + part.end) for part in _parts(one.text))
    else:
        yield one


def _parts(text: str) -> Iterator[Found]:
    middle = text.index(" to ") + len(" to ")
    yield Found(text[: middle - len(" to ")], 0, middle - len(" to "))
    yield Found(text[middle:], middle, len(text))


_SIGNED = ("percent", "percentage points", "count", "GBP", "USD", "EUR", "index points", "basis points")
_BEFORE = re.compile(r"\b([a-z]+)( \w+ly)?( by| of)?(?: (?:an?|the|further|another|additional|up to))*\s*$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:percentage points? |points? )?(?:(?:[a-z]+ ){0,2}(increase|rise|fall|decrease|decline|reduction|drop|boost|uplift)|(more|less|fewer|higher|lower|larger|smaller|increase|decrease))\b",
    re.IGNORECASE,
)
_MADE = re.compile(r"\b(?:ma[dk]\w+|sum\w*|add\w*|set|sign\w*) up (?:of )?$", re.IGNORECASE)
"""What "up" belongs to where it tells no rise."""
_WORDS = {"down": "fall", "up": "rise", "reduction": "fall", "loss": "fall", "boost": "rise", "gain": "rise", "uplift": "rise"}


def direction(sentence: str, start: int, end: int, unit: str) -> str:
    """Return the direction of a number that is the size of a change, by the word right before or behind it; else nothing."""
    if unit.partition(" per ")[0] not in _SIGNED:
        return ""
    before, after = _BEFORE.search(sentence[:start]), _AFTER.match(sentence[end:])
    said = [before[1]] if before and (before[3] or unit.startswith("percent")) and not _MADE.search(sentence[:start]) else []
    said += [after[1] or after[2]] if after else []
    found = {_told(word.lower()) for word in said} - {""}
    return found.pop() if len(found) == 1 else ""


def _told(word: str) -> str:
    return _WORDS.get(word) or next((CHANGES[sense] for _, _, sense in senses(word) if sense in CHANGES), "")
