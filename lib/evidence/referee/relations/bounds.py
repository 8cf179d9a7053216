"""Bounds: what cannot lie where it is said to lie: a score beyond its scale, a median outside its quartiles, the lowest for years above an earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, Confidence, compared, worded
from evidence.referee.mentions import FALL, MARK, RISE, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base
from evidence.referee.relations.ways import dated_pair

_SCORE = re.compile(r"\b(?:mean|average|median|typical|overall)? ?(?:scores?|scored|ratings?|rated|marks?|mean|average)\b[^.;]{0,35}$")
_WORDS = {"five": 5, "seven": 7, "ten": 10, "nought": 0, "zero": 0, "one": 1}


def scales(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether scores lie on the scale that the sentence, or one before it, names."""
    for told in reach.near(sentence):
        found = _ends_of(told)
        if not found:
            continue
        low, high = found
        for mention in sentence.mentions:
            if base(mention) == "count" and _SCORE.search(ahead(mention)) and not mention.quantity.ends:
                value = mention.quantity.anchor
                message = "" if low <= value <= high else f"{mention.text} is not on a scale from {low} to {high}."
                yield compared("range", [mention], f"{mention.text} on {low} to {high}", message, other=told)
        return


def _ends_of(sentence: Sentence) -> tuple[Fraction, Fraction] | None:
    match = re.search(r"\bscale (?:of|from|running from|going from|ranging from) (.{1,60})", sentence.text.lower())
    if not match:
        return None
    numbers = [_WORDS.get(word, word) for word in re.findall(r"\b(?:\d+|five|seven|ten|nought|zero|one)\b", match[1])][:2]
    low, high = (Fraction(int(number)) for number in numbers) if len(numbers) == 2 else (Fraction(0), Fraction(0))
    return (low, high) if low < high else None


_PARTS = re.compile(r"\b(?:quarter|tenth|fifth|third|half|quartile|decile|25%|10%)")
_LOWER = re.compile(r"\b(?:lower|first|bottom) (?:quartile|decile)\b[^.;]{0,20}$")
_UPPER = re.compile(r"\b(?:upper|third|top) (?:quartile|decile)\b[^.;]{0,20}$")
_MIDDLE = re.compile(r"\b(?:median|middle|typical)\b[^.;]{0,60}$")


def quartiles(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a lower quartile, the median and the upper one stand in order."""
    low, high = _end(sentence, "below", _LOWER), _end(sentence, "above", _UPPER)
    if not low and not high:
        return
    middle = next((m for one in reach.near(sentence) for m in one.mentions if _MIDDLE.search(ahead(m)) and m not in (low, high)), None)
    order = [mention for mention in (low, middle, high) if mention]
    if len(order) > 1 and len({base(mention) for mention in order}) == 1:
        values = [mention.quantity.anchor for mention in order]
        fault = f"{', '.join(mention.text for mention in order)} do not rise, from the lower part over the median to the upper."
        own = [mention for mention in order if mention.sentence is sentence]
        message = "" if values == sorted(values) else fault
        yield compared("range", own, " <= ".join(m.text for m in order), message, confidence=Confidence.medium, operands=order)


def _end(sentence: Sentence, hedge: str, words: re.Pattern[str]) -> Occurrence | None:
    """Return the number below or above which a part of all is said to lie."""
    for mention in sentence.mentions:
        told = sentence.text[max(0, mention.start - 40) : mention.start].lower()
        if words.search(ahead(mention)) or (
            mention.quantity.hedge == hedge and _PARTS.search(re.split(r"[;.]", told)[-1]) and base(mention) != "percent"
        ):
            return mention
    return None


_RECORD = re.compile(r"\b(?P<low>lowest|smallest|fewest|shortest)|(?P<high>highest|largest|biggest|most|longest|record)\b")
_SINCE = re.compile(r"\b(?:(?:for|in) (?:a|[a-z]+|\d+) (?:years|decades?|months)|on record|since records began|since (?:19|20)\d\d|ever)\b")


_OF_A_CHANGE = re.compile(rf"(?: [a-z-]+){{0,2}}? (?:{RISE}|{FALL}|change|difference|gap)\b")
"""What is the largest where it is a change that is, and no level."""


def records(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what is the lowest or the highest for years is so beside an earlier number of the passage."""
    match, since = _RECORD.search(sentence.masked), _SINCE.search(sentence.masked)
    match = None if match and _OF_A_CHANGE.match(sentence.masked, match.end()) else match
    pair = dated_pair(sentence, reach) if match and since else None
    if match and since and pair and match.start() < since.start():
        before, after = pair
        wrong = after.quantity.anchor > before.quantity.anchor if match["low"] else after.quantity.anchor < before.quantity.anchor
        message = f'"{match[0]} {since[0]}", but it was {before.text} before and is {after.text}.' if wrong else ""
        yield worded("order", sentence, match.span(), f"{before.text} → {after.text}", message, Confidence.medium)


_REAL = re.compile(r"\b(?:in real terms|after inflation|adjusted for inflation|real value|real pay|real earnings)\b")
_PRICES = re.compile(r"\b(?:prices|inflation|cpi|rpi|cost of living)\b[^.;#]{0,40}$")
_UP = re.compile(r"\b(?:rose|risen|grew|grown|increased?|higher|(?<!set )(?<!made )(?<!sign )up|gained?|growth|rise)\b")
_DOWN = re.compile(r"\b(?:fell|fallen|dropped|declined?|decreased?|lower|down|lost|cut|fall|worse off)\b")


def real_terms(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what is said of real terms suits the rise in money and that of prices."""
    text = sentence.masked
    real = _REAL.search(text)
    said = next(part for part in re.split(f"{MARK}|[;:]", text) if not real or _REAL.search(part))
    way = (bool(_UP.search(said)), bool(_DOWN.search(said)))
    if not real or way[0] == way[1]:
        return
    held = [m for one in reversed(reach.near(sentence)) for m in one.mentions if m.quantity.unit == "percent" and not m.quantity.in_words]
    prices = [m for m in held if _PRICES.search(ahead(m))]
    money = [
        m
        for m in held
        if m not in prices
        and re.search(r"\b(?:rise|rose|increase\w*|up|grew|growth|by|of)\b[^.;]{0,20}$", ahead(m))
        and m.sentence is not sentence
    ]
    if len(prices) == 1 and len(money) == 1 and money[0].quantity.anchor != prices[0].quantity.anchor:
        up = money[0].quantity.anchor > prices[0].quantity.anchor
        message = (
            ""
            if up == way[0]
            else f"{money[0].text} in money beside {prices[0].text} of prices is {'a rise' if up else 'a fall'} in real terms."
        )
        match = _REAL.search(text)
        start = sentence.text.lower().find(match[0]) if match else 0
        yield worded(
            "direction",
            sentence,
            (start, start + len(match[0]) if match else 1),
            f"{money[0].text} - {prices[0].text}",
            message,
            Confidence.medium,
            money[0],
            (money[0], prices[0]),
        )


_STEADILY = re.compile(
    r"\b(?:steadily|every year|each year|years? running|year (?:on|after|by) year|continuously|without a break|consistently)\b"
)


_SUPPOSED = re.compile(r"\b(?:if|would|could)\b")


def series(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether three and more numbers that are said to rise or fall steadily do."""
    match, way = _STEADILY.search(sentence.masked), (bool(_UP.search(sentence.masked)), bool(_DOWN.search(sentence.masked)))
    units = [base(mention) for mention in sentence.mentions]
    held = [mention for mention in sentence.mentions if units.count(base(mention)) > 2]
    if match and not _SUPPOSED.search(sentence.masked) and way[0] != way[1] and len({base(mention) for mention in held}) == 1:
        values = [mention.quantity.anchor for mention in held]
        years = [int(year[:4]) for year in re.findall(r"(?:19|20)\d\d", sentence.text)]
        values = values[::-1] if years == sorted(years, reverse=True) and len(years) > 1 else values
        told = ", ".join(mention.text for mention in held)
        fits = values == sorted(values, reverse=way[1])
        message = "" if fits else f'"{match[0]}", but {told} do not all go {"up" if way[0] else "down"}.'
        yield compared("direction", held, told, message, confidence=Confidence.medium)
