"""A number times another, told as a count or a cost."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, permutations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared
from evidence.referee.constructions.change_words import size_way
from evidence.referee.constructions.decided import decided, last_place, numbers_back
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, base, behind, singular
from evidence.referee.relations.settling import Binding, spans

_HEDGES = r"(?:just |only |about |some |nearly |almost |around |roughly |exactly |over |under |a little |well |more than |close to |an estimated |an? (?:annual |yearly |weekly |daily |monthly )?)*"
_COMES_TO = re.compile(
    rf"(?:\b(?:which|that|this|it(?! is\b| was\b)|these) (?:makes?|made|means?|meant|gives?|gave|comes? to|came to|amounts? to|amounted to|adds? up to|works? out at|worked out at|represents?|yields?|yielded|implies|is|was|equals?|brings?|took|takes|costs?)(?: that)?"
    rf"|\b(?:making|giving|meaning|bringing|committing|costing|yielding|totalling|generating|producing|absorbing|requiring|saving|providing|worth|earning|adding up to|amounting to|equivalent to|equal to|enough for|sufficient for|leading to|equating to|count on|reckon on)"
    rf"|\b(?:so|hence|thus|therefore|accordingly|consequently|in other words|that is|i\.e\.|or|altogether|in all|in total|in sum|overall|all told|together)"
    rf"|\b(?:outlay|spending|expenditure|bill|cost|total|income|revenue|takings|receipts|output|capacity|volume|commitment|payments?|estimate|sum|payroll|yield|subsidy|funding|number)s?\b)"
    rf"(?:,? [a-z'-]+){{0,8}}?,? {_HEDGES}$"
    rf"|\b(?:number|total|quantity|amount) of [a-z' -]{{3,40}} (?:is|was|comes to|came to|reaches|reached|being|as) {_HEDGES}$"
)
_COMES_BEHIND = re.compile(r"(?: [a-z'-]+){0,4}? (?:in all|altogether|in total|overall|all told|a year in all|between them|on the whole)\b")
_EACH = re.compile(
    r"\b(?:each|every|apiece|per|average[sd]?|averaging|mean|typical(?:ly)?|a (?:head|place|piece|time|day|week|month|year|shift|night|visit|session|trip|unit|pupil|person|patient|case|home|household|house|ton|tonne|hectare|acre|mile|metre|week|child|night|room|seat|crew|copy|ticket|bed|tree)|one [a-z]+|an (?:hour|acre|hectare)|to the (?:hectare|acre|mile)|weekly|daily|nightly|hourly|in a [a-z]+)\b"
)
_PAID_EACH = re.compile(
    r"\b(?:costs?|pays?|paid|charged?|charges|fee|price|priced|rate|receives?|earns?|worth|grant|subscription|fare|toll|levy|rent|premium|sells?|sold|towards)\b|\bat (?:an? |the )?(?:[a-z]+ )*$"
)
_NOT_SO = re.compile(
    r"\b(?:against|supplemented by|compared with|than|from|of which|target of|limit of|ceiling of|up to|another|further|other|additional|rest|remaining|grant of|lost|fine of|saved|reserves? of|deficit of|loss of|profit of|surplus of|rose|fell|(?:up|down) by) (?:[a-z-]+ ){0,4}$"
)
_TIMES_A_YEAR = (7, 12, 24, 30, 48, 50, 52, 60, 365)
_MONEY = ("GBP", "USD", "EUR")
_SPANS = ("years", "months", "weeks", "days", "hours", "minutes", "nights")
_NEVER = ("percent", "percentage points", "times")
_BACK, _NEARER, _SLIP = 2, Fraction(2), Fraction(7, 2)


def products_told(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is told as what so many of so much come to is a product of numbers within reach."""
    for claim in sentence.mentions:
        if _may_be_product(claim) and _is_told_as_one(claim):
            yield from decided("per head", claim, _choices(claim), most=_SLIP)


def _may_be_product(one: Occurrence) -> bool:
    quantity = one.quantity
    plain = not quantity.ends and not quantity.in_words and base(one) not in _NEVER and quantity.anchor > _SMALL
    return plain and re.search(r"\d", one.text) is not None and size_way(one) is None and quantity.hedge not in ("at least", "up to")


_SMALL = 20


def _is_told_as_one(claim: Occurrence) -> bool:
    """Return whether words say that a number comes of others, and it is itself nothing for each."""
    before = re.split(r"[;:]", ahead(claim))[-1]
    told = (_COMES_TO.search(before) and not _tells_portion(claim)) or _COMES_BEHIND.match(behind(claim))
    return bool(told) and not _NOT_SO.search(before) and not _falls_to_one(claim)


def _tells_portion(claim: Occurrence) -> bool:
    """Return whether a number says once more what a percentage right before it says: "48%, or 5,962"."""
    last = claim.sentence.mentions[claim.index - 1] if claim.index else None
    return last is not None and last.quantity.unit == "percent" and re.fullmatch(r"[^.;:]{0,20}(?:,|\()? ?or ", ahead(claim)) is not None


_EACH_OF = re.compile(r"\b(?:each|every one) of (?:the|these|those|its|our|their)\b(?: [a-z]+)*")


def _around(one: Occurrence) -> tuple[str, str]:
    """Return the words of its clause behind a number, and those before it."""
    after = re.split(r"[.;:(]|, (?!each)| and | but ", behind(one))[0][:45]
    return after, re.split(r"[.;:]|, | and | but ", ahead(one))[-1][-45:]


def _falls_to_each(one: Occurrence) -> bool:
    """Return whether a number is that of each of many, by the words around it."""
    after, before = _around(one)
    return " per " in one.quantity.unit or bool(_EACH.search(after) or _EACH.search(_EACH_OF.sub(" ", before)))


def _falls_to_one(claim: Occurrence) -> bool:
    """Return whether a number is that of each of many, which so much a year or a week is not."""
    after, before = (_A_TIME.sub(" ", text) for text in _around(claim))
    return bool(
        re.match(r" an? (?!total|whole|cost|saving)[a-z]+$", after) or _EACH.search(after) or _EACH.search(_EACH_OF.sub(" ", before))
    )


_A_TIME = re.compile(
    r"\b(?:an?|per|each|every) (?:[a-z]+ )?(?:year|annum|week|month|day|night|season|winter|hour)\b|\b(?:weekly|daily|nightly|hourly|annually|yearly)\b"
)


def _is_rate(one: Occurrence, claim: Occurrence) -> bool:
    """Return whether a number is what falls to each, of the unit of that which it may make many times, and none of a list of amounts."""
    listed = [m for m in claim.sentence.mentions[: claim.index] if m is not one] if one.sentence is claim.sentence else []
    if any(base(m) == base(claim) in _MONEY for m in listed):
        return False
    if one.quantity.hedge in ("above", "below", "at least", "up to") or (base(one) == "count" and _TOLD_AGAIN.search(ahead(one))):
        return False
    if base(one) in _MONEY:
        return base(claim) == base(one) and (_falls_to_each(one) or _PAID_EACH.search(ahead(one)) is not None)
    often = base(one) in _SPANS and " per " in one.quantity.unit and base(claim) == "count"
    return often or (_falls_to_each(one) and _same_unit(one, claim))


_TOLD_AGAIN = re.compile(r"(?:,? or|\() $")
"""Before what only says once more what the number before it says: "21,000 in all, or 57 a day"."""


def _same_unit(one: Occurrence, claim: Occurrence) -> bool:
    return base(one) == base(claim) and (base(one) != "count" or _noun_of(one, claim))


def _noun_of(one: Occurrence, claim: Occurrence) -> bool:
    """Return whether two counts are of one noun, or one of them stands without."""
    first, second = _own_nouns(one), _own_nouns(claim)
    return not first or not second or bool(first & second)


_OWN = re.compile(
    r"((?: (?!in\b|of\b|on\b|at\b|to\b|for\b|per\b|each\b|every\b|an?\b|apiece\b|and\b|or\b|by\b|with\b|from\b|had\b|were\b|was\b|is\b|are\b|a\b|the\b)[a-z'-]+){0,4})"
)


def _own_nouns(one: Occurrence) -> set[str]:
    """Return the words right behind a number up to a preposition or a verb, as nouns are kept."""
    found = _OWN.match(behind(one))
    return {singular(word) for word in re.findall(r"[a-z]+", found[1])} if found else set()


def _choices(claim: Occurrence) -> Iterator[Binding]:
    """Yield a rate times a number that words bind to it, then all products of two and three numbers within reach, which only explain."""
    held = [m for m in _within_reach(claim) if m is not claim]
    rates = [m for m in held if _comes_before(m, claim) and _is_rate(m, claim)]
    for rate in rates:
        for number in _numbers_for(rate, claim, held, rates):
            found = _product(claim, rate, (rate, number), sure=True)
            told = any(
                base(m) == base(claim) and m is not rate and found.value.contains(m.quantity.anchor)
                for m in held
                if _comes_before(m, claim)
            )
            yield replace(found, sure=not told)
    for one, two in combinations(held, 2):
        yield _product(claim, one, (one, two), sure=False)
        yield from _in_other_times(claim, one, two)
    for rate in rates:
        for other in [m for m in held if m is not rate and base(m) == base(rate)]:
            yield from _of_two_groups(claim, (rate, other), held)
    for three in combinations(held[-_MOST:], 3):
        yield _product(claim, three[0], three, sure=False)
    for one, two in combinations([m for m in held if base(m) == base(claim)], 2):
        given = spans(claim, (one, two))[0]
        yield Binding((one, two), given[0] + given[1], f"{one.text} + {two.text}", sure=False)
        gap = given[1] - given[0]
        yield Binding((one, two), gap if gap.low > 0 else -gap, f"{one.text} - {two.text}", sure=False)


def _of_two_groups(claim: Occurrence, rates: tuple[Occurrence, Occurrence], held: list[Occurrence]) -> Iterator[Binding]:
    """Yield what two groups come to together, each with a rate of its own."""
    for one, two in permutations([m for m in held if m not in rates and _is_number_of(m, claim)][-_MOST:], 2):
        first, second = (_product(claim, rate, (rate, many), sure=False) for rate, many in zip(rates, (one, two), strict=True))
        yield Binding(
            (*first.operands, *second.operands), first.value + second.value, f"{first.reckoning} + {second.reckoning}", sure=False
        )


_MOST = 9


def _within_reach(claim: Occurrence) -> list[Occurrence]:
    back = [m for held in numbers_back(claim.sentence, _BACK) for m in held]
    return [
        m for m in [*back, *claim.sentence.mentions] if not m.quantity.ends and m.quantity.anchor > 0 and base(m) != "percentage points"
    ]


def _comes_before(one: Occurrence, claim: Occurrence) -> bool:
    return one.sentence is not claim.sentence or one.start < claim.start


def _numbers_for(rate: Occurrence, claim: Occurrence, held: list[Occurrence], rates: list[Occurrence]) -> list[Occurrence]:
    """Return the number that a rate is told for: of the noun of its each, else the nearest count that stands before what comes of it."""
    counts = [m for m in held if m is not rate and _is_number_of(m, claim) and m not in rates]
    counts = [m for m in counts if (base(m) == "count" or base(m) != base(rate)) and _comes_before(m, claim)]
    named = [
        m for m in counts if _each_nouns(rate) & {singular(word) for word in re.findall(r"[a-z]+", f"{m.text} {behind(m)[:30]}".lower())}
    ]
    if named:
        return named[-1:]
    counts = [m for m in counts if base(m) == "count" or base(m) in _SPANS]
    ahead_ = [m for m in counts if m.sentence is claim.sentence and m.start < claim.start]
    beside = [m for m in counts if m.sentence is rate.sentence and m.start < rate.start]
    subject = [m for m in counts if m.sentence is rate.sentence.before][:1] if _THEY.match(rate.sentence.masked) else []
    nearest = ahead_[-1:] or beside[-1:] or subject
    return nearest if len(ahead_) <= 1 else []


_THEY = re.compile(r"(?:on average,? )?(?:each|every one|they|all|these|all of (?:them|these)|the average [a-z]+)\b")


def _is_number_of(one: Occurrence, claim: Occurrence) -> bool:
    plain = (
        not one.quantity.in_words
        and base(one) not in (*_NEVER, *_MONEY)
        and one.quantity.hedge not in ("above", "below", "at least", "up to")
    )
    later = re.match(r" (?:later|earlier|before|ago|on|afterwards|previously)\b", behind(one))
    named = re.search(r"[A-Z][a-z]+ $", one.sentence.text[: one.start]) and re.match(r"[,.;:)]", behind(one))
    return (
        plain
        and not (later or named)
        and one.quantity.anchor > 1
        and " per " not in one.quantity.unit
        and one.quantity.anchor.denominator == 1
    )


def _each_nouns(rate: Occurrence) -> set[str]:
    """Return the nouns for each of which a rate is told: "in a shift", "per hectare", "every heat pump"."""
    around = f"{ahead(rate)[-60:]} | {behind(rate)[:45]} {rate.text} {rate.quantity.unit}".lower()
    found = re.findall(
        r"\b(?:each|every|per|in an?|for an?|an?|one|average|of the) (?:new |additional |typical |working )?([a-z]+)(?: ([a-z]+))?", around
    )
    return {singular(word) for pair in found for word in pair if word} - _NO_NOUNS


_NO_NOUNS = {
    "",
    "year",
    "of",
    "the",
    "in",
    "for",
    "at",
    "to",
    "on",
    "and",
    "a",
    "cost",
    "averag",
    "total",
    "rat",
    "them",
    "by",
    "is",
    "was",
    "each",
    "with",
    "from",
    "it",
}


def _product(claim: Occurrence, rate: Occurrence, some: tuple[Occurrence, ...], *, sure: bool) -> Binding:
    """Return the product of numbers; a mean is rounded to its last place, a percentage is so many of a hundred."""
    given = list(spans(claim, some)[0])
    value = Interval(Fraction(1), Fraction(1))
    for one, span in zip(some, given, strict=True):
        value = value * _factor(one, span)
    return Binding(some, value, " × ".join(one.text for one in some), sure=sure)


def _factor(one: Occurrence, span: Interval) -> Interval:
    if one.quantity.unit == "percent":
        return span.scaled(Fraction(1, 100))
    half = last_place(one) / 2 if base(one) not in _MONEY and _MEAN.search(ahead(one)[-40:] + behind(one)[:25]) else Fraction(0)
    return Interval(span.low - half, span.high + half)


_MEAN = re.compile(r"\b(?:average|averag\w+|mean|typical|roughly|about)\b")


def _in_other_times(claim: Occurrence, one: Occurrence, two: Occurrence) -> Iterator[Binding]:
    """Yield a product in another time than its rate is told for: a week's by 52, a month's by twelve."""
    if not any(_falls_to_each(m) for m in (one, two)):
        return
    plain = _product(claim, one, (one, two), sure=False)
    for times in _TIMES_A_YEAR:
        yield Binding(plain.operands, plain.value.scaled(Fraction(times)), f"{plain.reckoning} × {times}", sure=False)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (products_told,)
