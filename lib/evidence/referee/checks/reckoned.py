"""What is reckoned from numbers of other pages: a mean of a total and a count, a rate of two counts, so much a head, a share of those asked.

The numbers are found by the nouns behind them. Where any of those that bear the noun gives what is stated, it holds; an alarm is told where
none does and one comes near, for what is far off is reckoned from something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import product

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern, ratio, shown
from evidence.referee.counted import Counts, counted, likest, of_noun
from evidence.referee.document import Report
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence, stems
from evidence.referee.passages import plain, stated

_MONEY = ("GBP", "USD", "EUR")
_NEAR = Fraction(8, 5)
"""How far off the nearest reckoning of a stated number may be for that to be meant: eight fifths."""
_FIRST = Fraction(1)


def check(document: Report) -> Iterator[Compared]:
    """Yield what comes of holding means, rates and shares against the numbers of the report that bear their nouns."""
    counts = counted(document)
    for block in document.blocks:
        for sentence in block.sentences:
            yield from _rates(sentence, counts)
            yield from _means(sentence, block.sentences, counts)
            yield from _heads(sentence, document, counts)
            yield from _answered(sentence, document)
            yield from _those_who(sentence)


_RATES = tuple(
    pattern(text)
    for text in (
        r"\b(?:each|every|per) (?P<n>#|[\d,]+) (?P<of>[a-z]+)\b[^#.;]{0,30} <c> (?P<what>[a-z]+)",
        r"<c> (?P<what>[a-z]+)\b[^#.;]{0,30} (?:per|for each|for every|in every|to every) (?P<n>#|[\d,]+) (?P<of>[a-z]+)",
    )
)


def _rates(sentence: Sentence, counts: Counts) -> Iterator[Compared]:
    """Yield whether so many of one noun for so many of another are what the counts of both make."""
    for match in (found for rule in _RATES for found in rule.finditer(sentence.masked)):
        two = named(match, sentence)
        each = two["c"]
        many = two["n"].quantity.anchor if "n" in two else Fraction(match["n"].replace(",", ""))
        top, bottom = (_others(of_noun(counts, match[noun]), sentence) for noun in ("what", "of"))
        yield from _held("per head", each, product(top, bottom), many, "{} / {}")


def _others(mentions: Iterable[Occurrence], sentence: Sentence) -> list[Occurrence]:
    return [mention for mention in mentions if mention.sentence is not sentence]


_MEANS = tuple(
    pattern(text)
    for text in (
        r"\b(?:average|mean|typical) (?P<what>[a-z]+)\b[^#.;]{0,30}? <c>",
        r"(?P<what>[a-z]+)\b[^#.;]{0,60}? <c> (?:on average|each|apiece)\b",
        r"<c> (?:for each|for every|per|an?) (?P<what>[a-z]+)\b(?! (?:year|month|week|day))",
    )
)
_TOTAL = re.compile(r"\b(?:totals?|in all|altogether|bill|paid|spent|cost|worth|came to|sum|spending|budget)\b")


def _means(sentence: Sentence, paragraph: list[Sentence], counts: Counts) -> Iterator[Compared]:
    """Yield whether what one of a noun costs on average is the total of its paragraph among any count of the noun."""
    for match in (found for rule in _MEANS for found in rule.finditer(sentence.masked)):
        each = named(match, sentence)["c"]
        unit = each.quantity.unit.partition(" per ")[0]
        if unit not in _MONEY or not stated(each):
            continue
        near = [sentence] if len([own for own in sentence.mentions if own.quantity.unit == unit]) > 1 else paragraph
        totals = [
            mention
            for other in near
            if _TOTAL.search(other.masked) or len(near) == 1
            for mention in other.mentions
            if mention.quantity.unit == unit and plain(mention) and mention.quantity.anchor > each.quantity.anchor
        ]
        among = _others(of_noun(counts, match["what"]), sentence)
        if len({total.quantity.anchor for total in totals}) == 1:
            yield from _held("per head", each, product(totals, among), _FIRST, "{} / {}")


_HEAD = pattern(
    r"(?P<subject>[^#.;:]{4,60}) <c>(?: for)? (?:per head|a head|per (?:person|capita|resident|inhabitant)|(?:for )?(?:each|every) (?:resident|inhabitant|person))\b"
)
_PEOPLE = ("residents", "people", "inhabitants", "population")


def _heads(sentence: Sentence, document: Report, counts: Counts) -> Iterator[Compared]:
    """Yield whether so much a head is the total of that subject, told elsewhere, among the people of this sentence or of the report."""
    each, subject = _each_head(sentence)
    if each is None or each.quantity.unit.partition(" per ")[0] not in _MONEY or not subject:
        return
    own = [mention for mention in sentence.mentions if mention.quantity.unit == "count" and plain(mention) and mention.quantity.anchor > 1]
    people = own or [mention for noun in _PEOPLE for mention in of_noun(counts, noun)]
    totals = [
        mention
        for other in document.sentences
        if other is not sentence and subject <= (other.stems | (other.before.stems if other.before else frozenset()))
        for mention in other.mentions
        if mention.quantity.unit == each.quantity.unit.partition(" per ")[0] and plain(mention)
    ]
    totals = [mention for mention in totals if mention.quantity.anchor > each.quantity.anchor]
    yield from _held("per head", each, product(totals, people), _FIRST, "{} / {}")


def _each_head(sentence: Sentence) -> tuple[Occurrence | None, frozenset[str]]:
    """Return what falls to each head, and the words that say of what."""
    for mention in sentence.mentions:
        if mention.quantity.unit.endswith(" per capita") and stated(mention):
            start = max((other.end for other in sentence.mentions if other.end <= mention.start), default=0)
            return mention, frozenset(stems(sentence.text[start : mention.start].lower())) - _WORTHLESS
    match = _HEAD.search(sentence.masked)
    return (named(match, sentence)["c"], frozenset(stems(match["subject"])) - _WORTHLESS) if match else (None, frozenset())


_WORTHLESS = frozenset(stems("comes amounts works means gives resident residents people inhabitants population equals averaging worth"))


_RATE_OF = pattern(
    r"\b(?:response|respons\w+|return|reply|replies|take-up|success|completion)\b[^#.;]{0,30} <p> of (?:the |all |those |these )*(?P<whom>[a-z][a-z ,-]{5,50})"
)
_CONTENT = 2


def _answered(sentence: Sentence, document: Report) -> Iterator[Compared]:
    """Yield whether a rate of response is that of the two counts which a sentence with the same words states."""
    match = _RATE_OF.search(sentence.masked)
    whom = frozenset(stems(match["whom"])) if match else frozenset()
    if not match or len(whom) < _CONTENT or named(match, sentence)["p"].quantity.unit != "percent":
        return
    share = named(match, sentence)["p"]
    for other in document.sentences:
        held = [mention for mention in other.mentions if mention.quantity.unit == "count" and plain(mention)]
        if other is not sentence and whom <= other.stems and len(held) == _CONTENT == len(other.mentions):
            pairs = [(min(held, key=_size), max(held, key=_size))]
            yield from _held("share × base", share, pairs, Fraction(100), "{} of {}, in percent,")


def _size(mention: Occurrence) -> Fraction:
    return mention.quantity.anchor


_THOSE = pattern(r"^(?:the|these|those|all) <k> (?:[a-z-]+ )?(?:who|that|which|of them)\b(?P<what>[^#.;]{4,40})")


def _those_who(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether "the 529 who were satisfied" are the share of satisfied of all that were asked, told before in the paragraph."""
    match = _THOSE.search(sentence.masked)
    if not match or not stated(k := named(match, sentence)["k"]) or k.quantity.unit != "count":
        return
    told, before = [], sentence.before
    while before:
        told.append(before)
        before = before.before
    about = frozenset(stems(match["what"]))
    shares = [mention for other in told for mention in other.mentions if mention.quantity.unit == "percent" and plain(mention)]
    shares = [mention for mention in shares if about & mention.sentence.stems]
    bases = [mention for other in told for mention in other.mentions if mention.quantity.unit == "count" and plain(mention)]
    bases = [mention for mention in bases if mention.quantity.anchor > k.quantity.anchor]
    if shares:
        yield from _held("share × base", k, product(likest(shares, about), bases), Fraction(1, 100), "{} of {}", reckon=_times)


def _times(one: Interval, other: Interval) -> Interval | None:
    return one * other


Pairs = Iterable[tuple[Occurrence, Occurrence]]
Reckon = Callable[[Interval, Interval], Interval | None]


def _held(kind: str, said: Occurrence, pairs: Pairs, times: Fraction, words: str, reckon: Reckon = ratio) -> Iterator[Compared]:
    """Yield that a number is what one pair makes, `times` over; an alarm where none does and the likest comes near."""
    printed, near = _printed(said), list[tuple[Fraction, str, Interval, str]]()
    for one, other in pairs:
        for first, second in product(_beside(one, said), _beside(other, said)):
            if (found := reckon(_span(first), _span(second))) and printed.meets(found := found.scaled(times)):
                told = f"{words.format(first.text, second.text)} = {shown(found)}; stated {said.text}"
                yield compared(kind, [said], told, other=one.sentence.text)
                return
        if found := reckon(_span(one), _span(other)):
            found = found.scaled(times)
            off = _off(said.quantity.anchor, (found.low + found.high) / 2)
            near.append((off, words.format(one.text, other.text), found, one.sentence.text))
    if near and min(near, key=_first)[0] < _NEAR:
        _, told, found, other_text = min(near, key=_first)
        message = f"{told} is {shown(found)}, not {said.text}."
        reckoning = f"{told} = {shown(found)}; stated {said.text}"
        yield compared(kind, [said], reckoning, message, confidence=Confidence.medium, other=other_text)


def _beside(mention: Occurrence, said: Occurrence) -> list[Occurrence]:
    """Return a number and those of its unit beside it and beside what is held, any of which may be meant: of this year, or of the last."""
    unit = mention.quantity.unit
    others = dict.fromkeys([*mention.sentence.mentions, *said.sentence.mentions])
    return [mention, *(other for other in others if other not in (mention, said) and other.quantity.unit == unit and stated(other))]


def _first(held: tuple[Fraction, str, Interval, str]) -> Fraction:
    return held[0]


def _off(stated_: Fraction, found: Fraction) -> Fraction:
    """Return how many times the greater of two numbers is the less; a large number where one is not above nought."""
    low, high = sorted((stated_, found))
    return high / low if low > 0 else _NEAR


def _span(mention: Occurrence) -> Interval:
    return mention.quantity.interval if mention.quantity.unit == "percent" else alike([mention.quantity])[0]


def _printed(mention: Occurrence) -> Interval:
    """Return what a number may be: as it is hedged, and two percent of itself either way at least."""
    span, slack = admitted(mention.quantity), abs(mention.quantity.anchor) / 50
    return Interval(min(span.low, mention.quantity.anchor - slack), max(span.high, mention.quantity.anchor + slack))
