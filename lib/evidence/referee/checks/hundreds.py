"""Shares that are said to be all parts of one whole, against a hundred percent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.checks.apart import counts_its_own
from evidence.referee.checks.partitions import REST, partition
from evidence.referee.comparing import Compared, Confidence, compared, named, pattern, shown, total
from evidence.referee.mentions import MARK, Occurrence, Sentence
from evidence.referee.passages import told_before

_TWO = 2


def all_shares(sentence: Sentence, before: Sentence | None) -> list[Occurrence]:
    """Return percentages that are all parts of one whole: the last of them is the rest."""
    text = sentence.masked
    said = [m for m in sentence.mentions if m.quantity.unit == "percent" and not _restated(m)]
    plain = [
        m
        for m in said
        if not m.quantity.ends
        and counts_its_own(m)
        and m.quantity.hedge in ("", "about")
        and (not m.quantity.in_words or _FRACTION.search(m.text.lower()))
    ]
    rest = list(REST.finditer(text))
    if _SEVERAL.search(text) or len(plain) != len(said) or _rest_counted(sentence):
        return []
    before = told_before(sentence) or before
    if len(plain) == 1 and rest and before and re.match(r"(?:the )?(?:remaining|remainder|rest|other|balance)\b", text):
        earlier = [m for m in before.mentions if m.quantity.unit == "percent" and not m.quantity.ends and counts_its_own(m)]
        plain = [*earlier, *plain] if 0 < len(earlier) == len([m for m in before.mentions if m.quantity.unit == "percent"]) else plain
    if len(plain) == _TWO == len(sentence.mentions) and _SO.search(text):
        return plain
    if len(plain) > 1 and rest and _rest_is_last(text, plain[-1], rest[-1]):
        return plain
    return plain if len(plain) > 1 and (partition(sentence, plain) or _MADE_OF_SHARES.search(text)) else []


_REST_COUNTED = pattern(r"\b(?:remaining|other) <n>[^#]*$")


def _rest_counted(sentence: Sentence) -> bool:
    """Return whether the rest is told as a count, whose share is left out."""
    match = _REST_COUNTED.search(sentence.masked)
    return bool(match) and named(match, sentence)["n"].quantity.unit != "percent" if match else False


def nearly_hundred(shares: list[Occurrence]) -> bool:
    """Return whether shares come so near a hundred that they may be meant to be all: a middle answer may be left out, and no more than all told."""
    added = sum((share.quantity.anchor for share in shares), Fraction(0))
    least = _HUNDRED if _OPINIONS.search(shares[0].sentence.masked) and not REST.search(shares[0].sentence.masked) else _LEAST_OF_ALL
    return least <= added <= _MOST_OF_ALL or abs(added - _HUNDRED) <= len(shares)


_LEAST_OF_ALL, _MOST_OF_ALL = 75, 135
_OPINIONS = re.compile(r"\b(?:dis)?(?:satisfied|agree[ds]?)\b|\bin favour\b")
"""Words of answers between which one may lie that is not told."""


_SO = pattern(
    r"# of [^#;.]{0,60}, (?:so|and so|which means(?: that)?|meaning(?: that)?) (?:the (?:other|remaining) |only |just |some )?#"
    r" (?:of them )?(?:did not|do not|had not|have not|were not|are not|never|went without|had no|have no|stayed|abstained)\b"
)
_SEVERAL = pattern(
    r"\b(?:of (?:which|whom)|aimed|target\w*|reached|compared|against|than|versus|respectively|whereas|among [a-z]+ and|(?:gap|difference) of|apart|for (?:men|women)|of (?:the |all )?(?:[a-z-]+ )?(?:men|women|girls|boys|males|females)|multiple|up from|rose|fell|points?"
    r"|in (?:19|20)\d\d and|increase|decrease|more than one)\b|up to|from #|# of (?:the |all )*#[^#]*# of (?:the |all )*#|# (?:of|as) (?:that|this|what|those|much|many|high|low)\b"
)
_MADE_OF_SHARES = re.compile(
    r"\b(?:made up of|consist(?:s|ing|ed) of|comprising|comprised|split (?:between|into)|divided (?:between|into)"
    r"|cho(?:ose|se|osing) (?:just |only )?(?:the )?one (?:statement|answer|option)|asked to choose one|which best describe[ds])\b"
)


_FRACTION = re.compile(r"half|quarter|third|fifth|tenth|\d")


def _restated(mention: Occurrence) -> bool:
    """Return whether words for a share have it in digits behind them, in brackets."""
    return mention.quantity.in_words and bool(
        re.search(rf"^{mention.mark}[^#.;()]{{0,70}}\({MARK}", mention.sentence.masked[mention.sentence.masked.index(mention.mark) :])
    )


def _rest_is_last(text: str, last: Occurrence, rest: re.Match[str]) -> bool:
    """Return whether the last number is that of the rest: it follows these words, or stands before them without a break."""
    place = text.index(last.mark)
    if place > rest.start():
        return place - rest.end() < _NEAR
    return rest.start() - place < _NEAR and not re.search(r"\b(?:and|while|with)\b|[,;]", text[place : rest.start()])


_NEAR = 45


def earlier_shares(sentence: Sentence) -> list[Occurrence]:
    """Return the shares of the sentence before, which may be of the same whole."""
    before = told_before(sentence)
    return (
        [m for m in before.mentions if m.quantity.unit == "percent" and not m.quantity.ends and not m.quantity.in_words] if before else []
    )


def adds_to_all(shares: list[Occurrence], earlier: Sequence[Occurrence] = ()) -> Compared:
    """Return whether shares add up to a hundred percent, by themselves, but for the first of them, or with those of the sentence before."""
    found = total([share.quantity.interval for share in shares])
    for other in ([*earlier, *shares], *(list(shares[first:]) for first in range(1, len(shares) - 1))):
        span = total([share.quantity.interval for share in other])
        found = span if span.low <= _HUNDRED <= span.high else found
    added = sum((share.quantity.anchor for share in shares), Fraction(0))
    reckoning = " + ".join(share.text for share in shares) + f" = {shown(Interval(added, added))} percent"
    message = "" if found.low <= _HUNDRED <= found.high else f"The shares add up to {shown(Interval(added, added))} percent."
    return compared("shares", shares, reckoning, message, confidence=Confidence.high)


_HUNDRED = 100
