"""Rates told in turn: how many times the one is the other in the sentence behind them, and so many of so many as a rate per hundred, thousand or more."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import permutations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import FIRST_MARK, Occurrence, Sentence
from evidence.referee.relations.linking import link_words
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import before

_AS = re.compile(
    r"^ as (?:high|likely|common|often|many|much|long|large|great|low|big|dear|frequent(?:ly)?|well)\b(?: [a-z]+){0,4}?(?: as (?:elsewhere|in the (?:rest|others?))| in [^.;,]{3,25} as in [^.;,]{3,25}| for [^.;,]{3,25} as for [^.;,]{3,25})?[.;,]?$"
)
_GREW = re.compile(r"\b(?:fast|quick|rapid)\w*\b|\b(?:will|would|could|should|if)\b")
_NEAR, _TWO = Fraction(2), 2


def times_told_behind(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a multiple is that of two rates or shares, one in each of the two sentences before, where no two numbers of these give it."""
    claim = sentence.mentions[0] if len(sentence.mentions) == 1 else None
    if (
        not claim
        or claim.quantity.unit != "times"
        or not _AS.match(sentence.masked[1 + sentence.masked.index(chr(FIRST_MARK)) :])
        or _GREW.search(sentence.masked)
    ):
        return
    told = before(sentence)[1:]
    held = [
        m
        for one in reversed(told)
        for m in one.mentions
        if not m.quantity.ends and m.quantity.unit not in ("times", "count") and m.quantity.anchor > 0
    ]
    pairs = [
        (one, two, value)
        for one, two in permutations(held, 2)
        if base(one) == base(two) and (value := ratio(*alike([one.quantity, two.quantity])))
    ]
    if len(told) < _TWO or any(
        admitted(claim.quantity).meets(value) and one.quantity.unit == two.quantity.unit for one, two, value in pairs
    ):
        return
    rates = [m for m in held if m.quantity.unit == "percent" or " per " in m.quantity.unit]
    first = next((m for m in rates if m.sentence is told[1]), None)
    second = next((m for m in rates if m.sentence is told[0]), None)
    shared = first and second and link_words(sentence.text) & link_words(first.sentence.text) & link_words(second.sentence.text)
    if len(rates) == _TWO and first and second and first.quantity.unit == second.quantity.unit and shared:
        top, bottom = sorted((first, second), key=lambda m: m.quantity.anchor, reverse=True)
        value = ratio(top.quantity.interval, bottom.quantity.interval)
        if value and off((value.low + value.high) / 2, claim.quantity.anchor) < _NEAR:
            message = f"{top.text} is {shown(value)} times {bottom.text}, not {claim.text}."
            told_ = f"{top.text} / {bottom.text}; stated {claim.text}"
            yield compared("ratio", [claim], told_, message, confidence=Confidence.medium, other=(first, second), contested=claim)


_RATE = tuple(
    pattern(text)
    for text in (
        r"<k>(?: [a-z-]+){0,4} (?:over|in|among|for|from|out of|per) (?:the |its |some |about )?<n>(?: [a-z-]+){0,4},? (?:which is |that is |or |giving |making |and )?(?:a|the)(?: [a-z]+)? rate of (?:just |only |about )?<r>",
        r"<k>(?: [a-z-]+){0,4} (?:over|in|among|out of) (?:the |its |some |about )?<n>(?: [a-z-]+){0,4} \((?:a rate of )?<r>(?: [a-z-]+)?\)",
    )
)
_SCALES, _SLIP = (1, 100, 1000, 10_000, 100_000, 1_000_000), Fraction(8, 5)


def rates_of_counts(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so many over so many are the rate told right behind, per hundred, thousand or more, as is nearest or as it says."""
    for match in (found for rule in _RATE for found in rule.finditer(sentence.masked)):
        three = named(match, sentence)
        few, many, rate = three["k"], three["n"], three["r"]
        if {base(few), base(many), base(rate)} != {"count"} or any(m.quantity.ends for m in three.values()):
            continue
        stated = re.search(r"(?:per|every|each) ([\d,]+)", sentence.text[rate.start : rate.end + 20])
        scales = [int(stated[1].replace(",", ""))] if stated else _SCALES
        share = ratio(*alike([few.quantity, many.quantity]))
        values = [share.scaled(Fraction(scale)) for scale in scales] if share else []
        fits = [one for one in values if said(rate.quantity).meets(one)]
        near = fits or [one for one in values if off((one.low + one.high) / 2, rate.quantity.anchor) < _SLIP]
        for value in near[:1]:
            yield _rated(few, many, rate, value, fits=bool(fits))


def _rated(few: Occurrence, many: Occurrence, rate: Occurrence, value: Interval, *, fits: bool) -> Compared:
    message = "" if fits else f"{few.text} over {many.text} is a rate of {shown(value)}, where {rate.text} is stated."
    return compared(
        "per head",
        [few, many, rate],
        f"{few.text} / {many.text} = {shown(value)}; stated {rate.text}",
        message,
        confidence=Confidence.medium,
    )
