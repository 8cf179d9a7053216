"""What is reckoned from numbers of other pages: a mean of a total and a count, a rate of two counts, so much a head, a share of those asked.

The numbers are found by the nouns behind them. Where any of those that bear the noun gives what is stated, it holds; an alarm is told where
none does and one comes near, for what is far off is reckoned from something else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from itertools import combinations, islice, product

from evidence.quantity import Interval
from evidence.referee.comparing import MOST_PAIRS, Compared, Confidence, How, alike, bounded, compared, named, pattern, ratio, shown
from evidence.referee.counted import Counts, counted, likest, of_noun, sure_of
from evidence.referee.document import Report
from evidence.referee.generous import admitted
from evidence.referee.mentions import Occurrence, Sentence, stems
from evidence.referee.passages import plain, stated, told_before
from evidence.referee.relations.subjects import of_share
from evidence.referee.topics import apart

_MONEY = ("GBP", "USD", "EUR")
_NEAR = Fraction(8, 5)
"""How far off the nearest reckoning of a stated number may be for that to be meant: eight fifths."""
_MOST = 1_000
"""Pairs of counts that a number is held against: a noun that more are told of names no two of them."""
_RATES_NEAR = Fraction(3)
"""The same where both nouns of a rate are told."""
_FIRST = Fraction(1)


def check(document: Report) -> Iterator[Compared]:
    """Yield what comes of holding means, rates and shares against the numbers of the report that bear their nouns."""
    counts = counted(document)
    yield from _transposed(counts, document.name)
    for block in document.blocks:
        for sentence in block.sentences:
            yield from _rates(sentence, counts)
            yield from _rates_in_one(sentence, counts)
            yield from _means(sentence, block.sentences, counts)
            yield from _heads(sentence, document, counts)
            yield from _answered(sentence, document)
            for rule in (_those_who, _totalled, _together, _left):
                yield from rule(sentence)


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
        if match["what"] == match["of"]:
            continue
        yield from _held(
            "per head", each, product(top, bottom), many, "{} / {}", near_by=_RATES_NEAR, confidence=sure_of(sentence, top, bottom)
        )


_IN_ONE = re.compile(r"[\d.,]+ (?P<what>[a-z]+) (?:per|for (?:each|every)|in every) (?P<n>[\d,]*\d)")


def _rates_in_one(sentence: Sentence, counts: Counts) -> Iterator[Compared]:
    """Yield the same where the number, its noun and for how many stand in one mention: "30 bursts per 100" kilometres."""
    for mention in sentence.mentions:
        told, noun = _IN_ONE.fullmatch(mention.text), re.match(r" ([a-z]+)", sentence.text[mention.end :])
        if told and noun:
            top, bottom = (_others(of_noun(counts, word), sentence) for word in (told["what"], noun[1]))
            many = Fraction(told["n"].replace(",", ""))
            yield from _held(
                "per head",
                mention,
                product([m for m in top if not of_share(m)], bottom),
                many,
                "{} / {}",
                near_by=_RATES_NEAR,
                confidence=Confidence.question,
            )


def _transposed(counts: Counts, name: str) -> Iterator[Compared]:
    """Yield alarms where the same two words stand behind two counts of the same digits in another order, of no other year or place."""
    told: set[tuple[int, int]] = set()
    for one, two in bounded((pair for mentions in counts.values() for pair in combinations(mentions, 2)), MOST_PAIRS, name):
        first, second = one.sentence, two.sentence
        digits = [re.sub(r"\D", "", mention.text) for mention in (one, two)]
        key = first.number, second.number
        if first is second or key in told or digits[0] == digits[1] or sorted(digits[0]) != sorted(digits[1]) or len(digits[0]) < _LONG:
            continue
        others = first.years ^ second.years if first.years and second.years else first.names ^ second.names
        if len(_behind(one) & _behind(two)) > 1 and not others and (len(digits[0].rstrip("0")) >= _LONG or not apart(one, two)):
            told.add(key)
            message = f"{two.text} here, {one.text} elsewhere, with the same digits in another order."
            yield compared("repeat", [two], f"{one.text}; {two.text}", message, confidence=Confidence.medium, other=first)


_LONG = 4


def _behind(mention: Occurrence) -> frozenset[str]:
    return frozenset(list(stems(mention.sentence.masked[mention.sentence.masked.index(mention.mark) + 1 :][:40]))[:3])


def _others(mentions: Iterable[Occurrence], sentence: Sentence) -> list[Occurrence]:
    return [mention for mention in mentions if mention.sentence is not sentence]


_MEANS = tuple(
    pattern(text)
    for text in (
        r"\b(?:each|every|an?) (?P<what>[a-z]+) (?:cost|costs|received|receives|brought|brings|paid|pays|earned)\b[^#.;]{0,15}? <c>",
        r"\b(?:average|mean|typical) (?P<what>[a-z]+)\b[^#.;]{0,30}? <c>",
        r"(?P<what>[a-z]+)\b[^#.;]{0,60}? <c> (?:on average|each|apiece)\b",
        r"<c> (?:for each|for every|per|an?) (?!(?:year|month|week|day|quarter)\b)(?P<what>[a-z]+)\b",
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
            if mention.quantity.unit == unit and plain(mention) and mention.quantity.anchor > each.quantity.anchor and not _falls(mention)
        ]
        among = _others(of_noun(counts, match["what"]), sentence) or _only_count(sentence, paragraph)
        if len({total.quantity.anchor for total in totals}) == 1:
            yield from _held("per head", each, product(totals, among), _FIRST, "{} / {}")


def _falls(mention: Occurrence) -> bool:
    """Return whether an amount falls to each of something itself, and is no total."""
    return bool(re.match(r" (?:for each|for every|to each|apiece)\b", mention.sentence.text[mention.end :]))


def _only_count(sentence: Sentence, paragraph: list[Sentence]) -> list[Occurrence]:
    """Return the one count that a paragraph states before a sentence; none where there are more."""
    before = [other for other in paragraph if other.number < sentence.number]
    counts = [mention for other in before for mention in other.mentions if mention.quantity.unit == "count" and plain(mention)]
    return counts if len(counts) == 1 else []


_HEAD = pattern(
    r"(?P<subject>[^#.;:]{4,60}) <c>(?: for)? (?:per head|a head|per (?:person|capita|resident|inhabitant)|(?:for )?(?:each|every) (?:resident|inhabitant|person))\b"
)
_PEOPLE = ("residents", "people", "inhabitants", "population")


def _heads(sentence: Sentence, document: Report, counts: Counts) -> Iterator[Compared]:
    """Yield whether so much a head is the total of that subject, told elsewhere, among the people of this sentence or of the report."""
    each, subject = _each_head(sentence)
    before = told_before(sentence)
    if each is None or each.quantity.unit.partition(" per ")[0] not in _MONEY or (not subject and not before):
        return
    own = [mention for mention in sentence.mentions if mention.quantity.unit == "count" and plain(mention) and mention.quantity.anchor > 1]
    people = own or [mention for noun in _PEOPLE for mention in of_noun(counts, noun)]
    totals = [
        mention
        for other in (document.sentences if subject else [before])
        if other
        and other is not sentence
        and not (other.years - sentence.years and _NOW.search(sentence.masked))
        and subject <= (other.stems | (other.before.stems if other.before else frozenset()))
        for mention in other.mentions
        if mention.quantity.unit == each.quantity.unit.partition(" per ")[0] and plain(mention)
    ]
    totals = [mention for mention in totals if mention.quantity.anchor > each.quantity.anchor]
    yield from _held("per head", each, product(totals, people), _FIRST, "{} / {}")


_NOW = re.compile(r"\b(?:now|today|currently|at present)\b")


def _each_head(sentence: Sentence) -> tuple[Occurrence | None, frozenset[str]]:
    """Return what falls to each head, and the words that say of what."""
    for mention in sentence.mentions:
        if mention.quantity.unit.endswith(" per capita") and stated(mention):
            start = max((other.end for other in sentence.mentions if other.end <= mention.start), default=0)
            return mention, frozenset(stems(sentence.text[start : mention.start].lower())) - _WORTHLESS
    match = _HEAD.search(sentence.masked)
    return (named(match, sentence)["c"], frozenset(stems(match["subject"])) - _WORTHLESS) if match else (None, frozenset())


_WORTHLESS = frozenset(
    stems(
        "county city valleys region works out comes amounts works means gives resident residents people inhabitants population equals averaging worth"
    )
)


_RATE_OF = pattern(
    r"\b(?:response|respons\w+|return|reply|replies|take-up|success|completion)\b[^#.;]{0,30} <p> of (?:the |all |those |these )*(?P<whom>[a-z][a-z ,-]{5,50})"
)
_CONTENT = 2


def _answered(sentence: Sentence, document: Report) -> Iterator[Compared]:
    """Yield whether a rate of response is that of the two counts which a sentence with the same words states."""
    yield from _replied(sentence)
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


_REPLIED = pattern(
    r"^(?:the |our |this |that )?(?:overall )?(?:(?:response|reply|return|completion|take-up)(?: rate)?|(?:[a-z]+ )?rate(?: of [a-z]+)?)"
    r" (?:was|is|came to|of|stood at) <p>(?! (?:of|higher|lower|more|less|in|per)\b)"
)
_FAR = Fraction(12)
"""How far off a rate may be from that of the only two counts before it: a digit may have slipped."""


def _replied(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a rate of response is that of the only two counts of the sentences before it in its paragraph."""
    match = _REPLIED.search(sentence.masked)
    held, before = list[Occurrence](), sentence.before
    while match and before and len(held) < _CONTENT:
        held += [
            mention for mention in before.mentions if mention.quantity.unit == "count" and plain(mention) and mention.quantity.anchor > 1
        ]
        before = before.before
    if match and len(held) == _CONTENT:
        pairs = [(min(held, key=_size), max(held, key=_size))]
        yield from _held(
            "share × base", next(iter(named(match, sentence).values())), pairs, Fraction(100), "{} of {}, in percent,", near_by=_FAR
        )


_COST = pattern(r"^(?:that|this|it|they|these|all) (?:would |will |together )*(?:costs?|comes? to|makes?|is|amounts? to|means?|gives?) <t>")


def _totalled(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether what all of them cost is so many times what each costs, as the sentence before states both."""
    match, before = _COST.search(sentence.masked), told_before(sentence)
    told = before.mentions if before else []
    if match and len(told) == _CONTENT and re.search(r"\b(?:each|apiece|a head|per [a-z]+)\b", told[0].sentence.masked):
        money = [mention for mention in told if mention.quantity.unit.partition(" per ")[0] in _MONEY]
        counts = [mention for mention in told if mention.quantity.unit == "count"]
        total = named(match, sentence)["t"]
        if money and counts and total.quantity.unit.partition(" per ")[0] == money[0].quantity.unit.partition(" per ")[0]:
            yield from _held("per head", total, product(counts, money), _FIRST, "{} times {}", _times)


_TOGETHER = pattern(
    r"^(?:together|altogether|taken together|both together|in all)(?:,? (?:that|this|they|these|both|the two))? (?:makes?|made|comes? to|came to|is|was|are|gives?|bring|brought in|raised?|cost) <t>"
)


def _together(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether two numbers that stand alone in the two sentences before add up to what they are together."""
    match, second = _TOGETHER.search(sentence.masked), sentence.before
    first = second.before if second else None
    if match and first and second:
        total = named(match, sentence)["t"]
        parts = [[mention for mention in told.mentions if mention.quantity.unit == total.quantity.unit] for told in (first, second)]
        if all(len(one) == 1 for one in parts):
            yield from _held("sum", total, [(parts[0][0], parts[1][0])], _FIRST, "{} + {}", _plus)


def _plus(one: Interval, other: Interval) -> Interval:
    return one + other


_OTHER = pattern(r"^(?:the )?(?:other|remaining|rest of the|last) <k>")


def _left(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether the others are what the parts that the paragraph states before leave of its greatest count."""
    match, told, before = _OTHER.search(sentence.masked), list[Occurrence](), sentence.before
    while match and before:
        told = [*(mention for mention in before.mentions if mention.quantity.unit == "count" and plain(mention)), *told]
        before = before.before
    if match and len(told) > _CONTENT:
        rest, whole, parts = named(match, sentence)["k"], told[0], told[1:]
        added = sum((part.quantity.anchor for part in parts), Fraction(0))
        left = whole.quantity.anchor - added
        if left > 0 and _off(left, rest.quantity.anchor) < _NEAR and rest.quantity.unit == "count":
            reckoning = f"{whole.text} - {' - '.join(part.text for part in parts)} = {shown(Interval(left, left))}; stated {rest.text}"
            message = (
                "" if left == rest.quantity.anchor else f"The parts leave {shown(Interval(left, left))} of {whole.text}, not {rest.text}."
            )
            medium, how = Confidence.medium, How.difference
            yield compared("sum", [rest], reckoning, message, confidence=medium, other=whole, operands=told, how=how, contested=rest)


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


def _held(
    kind: str,
    said: Occurrence,
    pairs: Pairs,
    times: Fraction,
    words: str,
    reckon: Reckon = ratio,
    near_by: Fraction = _NEAR,
    confidence: Confidence = Confidence.medium,
) -> Iterator[Compared]:
    """Yield that a number is what one pair makes, `times` over; an alarm where none does and the likest comes near."""
    printed, near = _printed(said), list[tuple[Fraction, str, Interval, tuple[Occurrence, Occurrence]]]()
    for one, other in islice(pairs, _MOST):
        for first, second in product(_beside(one, said), _beside(other, said)):
            if (found := reckon(_span(first), _span(second))) and printed.meets(found := found.scaled(times)):
                told = f"{words.format(first.text, second.text)} = {shown(found)}; stated {said.text}"
                yield compared(kind, [said], told, other=one)
                return
        if found := reckon(_span(one), _span(other)):
            found = found.scaled(times)
            off = _off(said.quantity.anchor, (found.low + found.high) / 2)
            near.append((off, words.format(one.text, other.text), found, (one, other)))
    nearest = min(near, key=lambda one: one[0], default=None)
    if nearest and nearest[0] < near_by:
        _, told, found, (one, two) = nearest
        message = f"{told} is {shown(found)}, not {said.text}."
        reckoning = f"{told} = {shown(found)}; stated {said.text}"
        away = two if one.sentence is said.sentence else one
        yield compared(kind, [said], reckoning, message, confidence=confidence, other=away, operands=(one, two), claim=said, given=found)


def _beside(mention: Occurrence, said: Occurrence) -> list[Occurrence]:
    """Return a number and those of its unit beside it and beside what is held, any of which may be meant: of this year, or of the last."""
    unit = mention.quantity.unit
    others = dict.fromkeys([*mention.sentence.mentions, *said.sentence.mentions])
    return [mention, *(other for other in others if other not in (mention, said) and other.quantity.unit == unit and stated(other))]


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
