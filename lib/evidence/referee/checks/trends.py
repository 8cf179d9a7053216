"""Trends and wholes: what one sentence says of a trend, of a sample or of an economy, against what other sentences say.

A trend since a year stands against a sentence that says of the same thing that it is what it was in that year. A sample that was filled in
equal parts gives no share of all without weights. What "contributes to the economy" is held against the product that a share of it implies.
The second is a question, for how a sample was weighted may stand elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, named, pattern, ratio, shown, worded
from evidence.referee.document import Report
from evidence.referee.mentions import FALL, RISE, stem

_TREND = re.compile(rf"(?P<what>[a-z]+) (?:has|have|had) (?:\w+ )?(?:{RISE}|{FALL})(?: [a-z]+)? since (?P<year>(?:19|20)\d\d)")
_STILL = re.compile(
    r"\b(?:the same as|unchanged (?:since|from)|no (?:higher|lower) than|not risen|not fallen|back (?:to|at) (?:its|the)) [^.;]{0,40}?(?P<year>(?:19|20)\d\d)"
)
_EQUAL = re.compile(
    r"\b(?:(?:an )?equal [a-z-]+ split|equal (?:numbers?|parts|quotas?|proportions?|groups)|equally (?:split|divided)|evenly (?:split|divided|spread|distributed)|quotas?)\b"
)
_SAMPLE = re.compile(r"\b(?:sample|survey(?:ed)?|respondents?|polled|interviewed)\b")
_OF_GDP = pattern(
    r"<x>[^.;#]{0,60}?[ (](?:around |about |or |roughly )?<p> of (?:the )?(?:\w+ )?(?:gdp|gross domestic product|the economy|national income)\b"
)
_TO_ECONOMY = pattern(r"\bcontribut\w+ <x> [^.;#]{0,20}?\b(?:to|of) the (?:[a-z]+ )?economy\b")


def check(document: Report) -> Iterator[Compared]:
    """Yield what comes of what sentences of a report say together."""
    yield from _trends(document)
    yield from _weights(document)
    yield from _economy(document)


def _trends(document: Report) -> Iterator[Compared]:
    unchanged = [(other, still) for other in document.sentences if (still := _STILL.search(other.text.lower()))]
    for one in document.sentences:
        for trend in _TREND.finditer(one.text.lower()):
            for other, still in unchanged:
                if still["year"] == trend["year"] and stem(trend["what"]) in other.stems:
                    message = f'"{trend[0]}", and elsewhere "{still[0]}".'
                    yield worded("direction", one, trend.span(), still[0], message, Confidence.medium, other)
                    return


def _weights(document: Report) -> Iterator[Compared]:
    weighted = any(re.search(r"\bweight(?:s|ed|ing)\b", sentence.text.lower()) for sentence in document.sentences)
    for sentence in document.sentences:
        equal = _EQUAL.search(sentence.text.lower())
        if equal and _SAMPLE.search(sentence.text.lower()) and not weighted:
            message = "A sample in equal parts gives shares of all only with weights, and none are named."
            yield worded("respondents", sentence, equal.span(), equal[0], message, Confidence.question)


def _economy(document: Report) -> Iterator[Compared]:
    """Yield whether what is contributed to an economy is more than half of the product that a share of it implies."""
    wholes = [
        (two["x"], whole)
        for sentence in document.sentences
        for match in _OF_GDP.finditer(sentence.masked)
        if (two := named(match, sentence))["p"].quantity.unit == "percent"
        and (whole := ratio(two["x"].quantity.interval.scaled(Fraction(100)), two["p"].quantity.interval))
    ]
    for sentence in document.sentences:
        for match in _TO_ECONOMY.finditer(sentence.masked):
            part = named(match, sentence)["x"]
            for known, whole in wholes:
                share = ratio(part.quantity.interval.scaled(Fraction(100)), whole)
                if share and part.quantity.unit == known.quantity.unit:
                    message = (
                        "" if share.low < _HALF else f"{part.text} would be {shown(share)} percent of the product that the report implies."
                    )
                    reckoning = f"{known.sentence.text[:90]} implies {shown(Interval(whole.low, whole.high))}"
                    yield compared("part of the economy", [part], reckoning, message, confidence=Confidence.medium, other=known)
                    break


_HALF = 50
