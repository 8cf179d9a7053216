"""What falls to each: a total, how many share it, and what each has of it, in one passage or with a count of that noun elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from evidence.quantity import Interval
from evidence.referee.comparing import pattern, ratio
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.passages import of_scale
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, singular, words_of
from evidence.referee.relations.settling import Binding, Settled, settle, spans

_NOT = r"(?!cent\b|annum|point|half|third|quarter|few|little|further|total|similar|single|large|small|new|record|share|rise|fall|year earlier|year ago|year before|day ticket)"
_BEHIND = re.compile(
    rf"^(?: (?!in|of|to|at|for|with|on|by|from|as|is|was|and|or|had|has|have)[a-z-]+){{0,2}}? (?:per|for each|for every|each|apiece|an?|to the|to an?|to each|to every|in each|every|at each|from each)\b(?: {_NOT}(?P<what>[a-z]{{3,}}))?"
)
_AHEAD = re.compile(
    r"\b(?:averag\w+|mean|each|every|apiece)\b[^.;]{0,45}$|\b(?:each|every|per|an? average|the average|the cost of an?|the price of an?) (?P<what>[a-z]{3,})\b[^.;]{0,40}$"
)
_ON_AVERAGE = re.compile(r"^(?: [a-z-]+){0,4}? (?:on average|apiece|each)\b")
_NOUN = re.compile(r"\b(?:each|every|per|for an?) (?P<what>[a-z]{3,})\b")
_NO_MEAN = re.compile(
    r"\b(?:median|national average|regional average|sector|england|uk|above|below|target|than|rose|risen|up|fell|down|increase\w*)\b"
)
_SPANS = ("weeks", "months", "days", "years", "hours", "minutes")
_DISTANCES = ("km", "miles", "hectares", "tonnes", "square metres", "square kilometres")
_NEAR = Fraction(8, 5)


def shared(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether what falls to each is a total of the passage among a count of the passage or of the noun."""
    for claim in sentence.mentions:
        if not _may_fall(claim) or re.search(r"\b(?:aged?|ages|old)\b|\bpaid back\b|\bpayback\b", f"{ahead(claim)}{behind(claim)}"):
            continue
        noun = None if _A_COUNT.search(ahead(claim)) else noun_of_each(claim)
        if noun is None:
            continue
        found = settle("per head", claim, _bindings(claim, noun, reach), most=_NEAR)
        if found and (found.found.holds or any(re.search(r"\d", operand.text) for operand in found.found.operands)):
            yield found


_A_COUNT = re.compile(r"\b(?:in|of|for|on|at|from|among) (?:the|its|our|their|these|those|all)(?: other)? $")
"""What stands before a count of things that are there, and not before what falls to each."""


def _may_fall(claim: Occurrence) -> bool:
    unit = base(claim)
    return bool(re.search(r"\d", claim.text)) and not unit.startswith(("percent", "times", "out of")) and claim.quantity.anchor > 0


_NARROWED = re.compile(
    r"^ (?:for|to|per|a|an|each|every)(?: each| every)? [a-z]+ (?!and\b|or\b|in the|during|on average)(?:[a-z]+(?:ed|held|en|ing) (?:in|by|with|to|at|on|for)|who|that|which|with|without|of)\b"
)
"""What narrows those to whom something falls: "for each complaint upheld in part"."""


_OF_THE_LAST = re.compile(r"^ (?:each|apiece|on average|(?:for|per|to) (?:each|every)? ?[a-z]+)\b")
"""What right behind a number says that it falls to each, and not the next one."""


_ALL_OF_THEM = re.compile(
    r"^ [a-z ]+ (?:[a-z]+ed|made|held|given|taken|won) (?:in|during) (?:the |that |this )?(?:same |whole )?(?:year|month|quarter|week|period|season)\b"
    r"|^ (?:for |to |per )?(?:each|every|an?|per)? ?(?:person|resident|inhabitant|adult|household|home|head) (?:living in|who lives? in|in|of) "
)
"""What narrows those to whom something falls to all of them: "for each letting made in the year", "for each resident of the city"."""


def noun_of_each(claim: Occurrence, *, wide: bool = False) -> str | None:
    """Return the noun of which each has so much; an empty one where it is left out, None where nothing is told of each.

    Where it is read `wide`, those of the year are all of them.
    """
    per = claim.quantity.unit.partition(" per ")[2]
    if re.fullmatch(r"[\d,]+", per):
        return None
    if per:
        noun = re.sub(r"^[\d,]+ ", "", per)
        return "person" if noun == "capita" else noun
    after, before = behind(claim), _OF_THE_LAST.sub("", ahead(claim)) if claim.index else ahead(claim)
    match = _BEHIND.match(after)
    if match and _NARROWED.search(after) and not (wide and _ALL_OF_THEM.search(after)):
        return None
    if match and (match["what"] or re.search(r"(?:each|apiece)$", match[0])):
        return match["what"] or ""
    if _NO_MEAN.search(before[-30:]) or _NO_MEAN.search(after[:20]):
        return None
    found = _AHEAD.search(before)
    if found or _ON_AVERAGE.match(after):
        noun = (found and found["what"]) or ""
        told = _NOUN.search(before) or _NOUN.search(after)
        return told["what"] if told else noun
    return None


def _bindings(claim: Occurrence, noun: str, reach: Reach) -> Iterator[Binding]:
    passage = [mention for mention in reach.passage(claim.sentence) if mention is not claim and not mention.quantity.in_words]
    totals = [
        mention
        for mention in passage
        if base(mention) == base(claim)
        and mention.quantity.anchor > claim.quantity.anchor
        and not _ENDS.search(ahead(mention))
        and not _FALLS_TO_EACH.match(behind(mention))
    ]
    counts = [mention for mention in passage if _counts(mention) and not _ENDS.search(ahead(mention))]
    named = reach.of_noun([singular(noun)]) if noun and singular(noun) not in _TIME_NOUNS else []
    near = [
        mention for mention in totals if 0 <= claim.sentence.number - mention.sentence.number < _TWO or mention.sentence is claim.sentence
    ]
    counts = [
        mention
        for mention in counts
        if base(mention) not in _SPANS
        or singular(noun) == singular(base(mention))
        or (not noun and base(mention) == "count")
        or _timed(claim)
    ]
    if singular(noun) in _TIME_NOUNS:
        counts = [mention for mention in counts if base(mention) in _SPANS or singular(noun) in _nouns(mention)]
    told = [mention for mention in counts if singular(noun) in _nouns(mention) or singular(noun) == _grown(mention)] if noun else []
    if base(claim) == "count" and not nouns(claim):
        totals += [mention for mention in passage if base(mention) in _DISTANCES and mention.quantity.anchor > claim.quantity.anchor]
    many = re.search(r" per ([\d,]+) ", claim.quantity.unit)
    if many:
        totals = [mention for mention in passage if base(mention) == "count" and mention is not claim]
    if base(claim) == "count" and nouns(claim) and nouns(claim)[0] != "such":
        totals = [mention for mention in totals if _same_thing(mention, claim)]
    of_what = (
        [m for m in reach.of_noun(nouns(claim)[:2]) if base(m) == base(claim) and not m.quantity.in_words] if base(claim) == "count" else []
    )
    own = [mention for mention in claim.sentence.mentions if mention in counts]
    if len(own) == _TWO and not noun:
        few, whole = sorted(own, key=lambda mention: mention.quantity.anchor)
        yield from _divided(claim, [whole], [few], sure=True, noun=noun)
    if not told and singular(noun) not in _TIME_NOUNS:
        beside = [mention for mention in counts if mention.sentence is claim.sentence and mention not in totals]
        told = beside if len(beside) == 1 else []
    sure = bool(told) or (_few(counts) and singular(noun) not in _TIME_NOUNS)
    yield from _divided(claim, totals or of_what, told or counts, sure, noun)
    yield from _divided(claim, near, [mention for mention in named if _counts(mention)], not told, noun)
    if singular(noun) in _TIME_NOUNS:
        return
    wide = [mention for mention in reach.wider(claim.sentence) if mention is not claim and not mention.quantity.in_words]
    subject = set(words_of(ahead(claim))) - {singular(noun)}
    linked = [m for m in wide if base(m) == base(claim) != "count" and m not in totals and subject & set(words_of(m.sentence.text))]
    yield from _divided(claim, linked, [mention for mention in named if _counts(mention)], sure=False, noun=noun)
    far = [m for m in wide if _counts(m) and base(m) not in _SPANS]
    yield from _divided(claim, totals, [*far, *named], False, noun)
    yield from _divided(claim, [m for m in wide if base(m) == base(claim)], [*counts, *named], False, noun)


_TWO = 2
_FALLS_TO_EACH = re.compile(r"^(?: [a-z-]+)? (?:for each|for every|to each|apiece)\b")
"""What stands behind an amount that falls to each already, and is no total to share."""
_ENDS = re.compile(
    r"\b(?:youngest|oldest|shortest|longest|earliest|latest|fastest|slowest|largest|smallest|highest|lowest|most|least|median|average|mean|dearest|cheapest|biggest)\b[^.;]{0,25}$"
)


_TIME_NOUNS = ("week", "month", "day", "year", "night", "hour", "annum", "quarter", "minute", "time")
_TIMED = re.compile(r"\b(?:week|month|day|hour|evening|night)(?:ly|s)?\b|\bdaily\b")


def _timed(claim: Occurrence) -> bool:
    return bool(_TIMED.search(claim.sentence.masked) or _TIMED.search(claim.quantity.unit))


_THING = 4


def _same_thing(one: Occurrence, other: Occurrence) -> bool:
    """Return whether two counts may be of one thing: a noun is behind both, or one has none."""
    first, second = (
        {word for word in nouns(m)[:_THING] if word in words_of(re.split(r"\b(?:per|an?|each|every)\b", behind(m))[0])}
        for m in (one, other)
    )
    return not first or not second or bool(first & second)


_GROWN = pattern(rf"\b(?P<what>[a-z]+) (?:has |have |had )?(?:{RISE}|{FALL}|#)(?: [a-z]+)? from #[^#.;,]{{0,20}} to $")


def _grown(mention: Occurrence) -> str:
    """Return the noun that has risen or fallen to a number: "visits rose from 40 to 50"; an empty one where none is told."""
    text = mention.sentence.masked
    found = _GROWN.search(text[: text.index(mention.mark)])
    return singular(found["what"]) if found else ""


def _few(counts: list[Occurrence]) -> bool:
    return len({mention.quantity.anchor for mention in counts}) <= _TWO


def _nouns(mention: Occurrence) -> list[str]:
    text = re.split(
        r"[,;:()]| (?:of|who|that|which|in|for|are|is|were|was) ", mention.sentence.text[mention.end : mention.end + 50].lower()
    )[0]
    return [singular(word) for word in re.findall(r"[a-z]+", f"{mention.text.lower()} {text}")]


def _counts(mention: Occurrence) -> bool:
    unit = base(mention)
    return (
        (unit == "count" or unit in _SPANS or unit in _DISTANCES)
        and mention.quantity.anchor > 1
        and not mention.quantity.ends
        and not re.match(r"(?:more|less|fewer) than", mention.text.lower())
        and _whole(mention)
        and not of_scale(mention)
    )


def _whole(mention: Occurrence) -> bool:
    """Return whether a count may be one of things: a small number with decimals is a rate."""
    return base(mention) != "count" or mention.quantity.anchor.denominator == 1


def _divided(claim: Occurrence, totals: list[Occurrence], counts: list[Occurrence], sure: bool, noun: str) -> Iterator[Binding]:
    many = re.search(r" per ([\d,]+) ", claim.quantity.unit)
    times = Fraction(int(many[1].replace(",", ""))) if many else Fraction(1)
    for whole, count in product([one for one in totals if not one.quantity.in_words], counts):
        alike = (
            base(whole) == base(count) != "count"
            or (base(whole) in _SPANS and base(count) in _SPANS)
            or whole is count
            or claim in (whole, count)
        )
        if alike or whole.quantity.anchor * times <= claim.quantity.anchor:
            continue
        given, _ = spans(claim, [whole, count])
        value = ratio(given[0].scaled(times), given[1].scaled(_PIECES.get((base(count), noun.rstrip("s")), Fraction(1))))
        if value:
            by = f" × {many[1]}" if many else ""
            slack = Fraction(1, 2) if _is_whole(claim) else Fraction(0)
            value = Interval(value.low - slack, value.high + slack)
            yield Binding(
                (whole, count),
                _rounded(value),
                f"{whole.text} / {count.text}{by}",
                sure and not _yearly(whole, count, noun) and not _elsewhere(claim, whole),
            )


def _is_whole(claim: Occurrence) -> bool:
    """Return whether what falls to each is told as a whole number of things, or in words, to which a mean is rounded."""
    return not re.search(r"\d", claim.text) or (base(claim) == "count" and " per " not in claim.quantity.unit and "." not in claim.text)


_PIECES = {("km", "metre"): Fraction(1000), ("tonnes", "kilogram"): Fraction(1000), ("tonnes", "kilo"): Fraction(1000)}
"""How many of what an amount is told of make one of what is counted: "£8 a metre" of so many kilometres."""


def _elsewhere(one: Occurrence, other: Occurrence) -> bool:
    """Return whether two numbers stand in sentences of different places or names."""
    first, second = one.sentence.names, other.sentence.names
    return base(one) == "count" and bool(first and second) and not first & second


def _rounded(value: Interval) -> Interval:
    """Return a quotient with the half percent that a reader who rounds it may be off."""
    slack = abs(value.high) / 200
    return Interval(value.low - slack, value.high + slack)


def _yearly(whole: Occurrence, count: Occurrence, noun: str) -> bool:
    """Return whether a total is of another time than the count says."""
    return base(count) == "years" and noun not in ("year", "")
