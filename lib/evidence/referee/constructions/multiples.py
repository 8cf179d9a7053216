"""How many times one number is another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, ratio, shown
from evidence.referee.constructions.multiples_told import MultipleTold, multiples_told
from evidence.referee.constructions.things import counts_something, window
from evidence.referee.mentions import MARK, YEAR, Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, base, behind, text_between
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import BACK, clause_words, in_digits

_SLIP_OF_MULTIPLE = 3
_TWO = 2
_FOUR = 4
_GROUP_ENDS = re.compile(r"[,;:()]|\b(?:and|while|whereas|against|but|or|than|compared)\b")
_PART_OF = re.compile(
    r"\b(?:of which|of whom|including|out of|of the|of them|of these|of those|down from|up from|from)\b(?=[^\ue000-\uf8ff]*$)"
)
_ONE = Interval(1, 1)  # type: ignore[arg-type]


@dataclass(frozen=True)
class TwoSides:
    """Two numbers of one unit that stand against each other, and how many of them the words of a multiple name."""

    one: Occurrence
    two: Occurrence
    value: Interval
    named: int
    beside: bool


def so_many_times(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a multiple is that of the two numbers of which it is told."""
    told = multiples_told(sentence)
    sentences = window(sentence, linker.reach) if told else []
    claims = {one.claim for one in told} | {one.to for one in told if one.to}
    for one in told:
        yield from _held(one, sentences, claims)


def _held(told: MultipleTold, sentences: list[Sentence], claims: set[Occurrence]) -> Iterator[Compared]:
    sentences = sentences[:1] if told.part else sentences
    pairs = [pair for pair in _sides(told, sentences, claims) if _may_differ(told, pair)]
    most = max((pair.named for pair in pairs if pair.beside), default=0)
    meant = [pair for pair in pairs if pair.named == most and pair.beside and _is_compared(told, pair)]
    fitting = [pair for pair in pairs if _fits(told, pair)]
    if good := next((pair for pair in fitting if pair in meant), None):
        yield _told(told, good, "")
        return
    near = [pair for pair in meant if _off(told, pair) <= _SLIP_OF_MULTIPLE]
    other = any(
        (most < _TWO and (pair.named or not most)) or pair.one.sentence is pair.two.sentence is told.claim.sentence for pair in fitting
    )
    if near and not other and not _is_elsewhere(told, near) and _bound(told, meant, most, sentences):
        pair = min(near, key=lambda one: _off(told, one))
        yield _told(told, pair, f"{pair.one.text} and {pair.two.text} are as {shown(pair.value)} to one, not {told.claim.text}.")


_COMPARED_WITH = re.compile(r"[^.;:]{0,30}?\b(?:as|than|of|figure) (?:(?:that|those|of|for|in|at|on|the) )*(?P<name>[A-Z]\w+)")


def _is_compared(told: MultipleTold, pair: TwoSides) -> bool:
    """Return whether the name with which a multiple compares, and that of which it is told, stand with the numbers: "Aldby spends twice as much as Brixey"."""
    sentence, claim = told.claim.sentence, told.claim
    name = _COMPARED_WITH.match(sentence.text[claim.end :])
    other = next((one.sentence for one in (pair.one, pair.two) if one.sentence is not sentence), None)
    if name and name["name"] not in (other.text if other else sentence.text[: claim.start]):
        return False
    subjects = _NAME.findall(re.split(r"[,;:]", sentence.text[: claim.start])[-1])
    both = other if pair.one.sentence is pair.two.sentence else None
    return not both or not subjects or any(one in both.text for one in subjects)


_NAME = re.compile(r"(?<=[a-z] )[A-Z][a-z]\w+")


_RATES = re.compile(
    r"\b(?:rates?|likely|often|likelihood|common|proportion\w*|relative|risk|density|chances?|prevalen\w+|incidence|odds)\b"
)


def _may_differ(told: MultipleTold, pair: TwoSides) -> bool:
    """Return whether a multiple may be of two numbers: one of rates is not of two counts."""
    if not _RATES.search(f"{told.before} {told.behind}"):
        return True
    return any(
        base(one) != "count" or " per " in one.quantity.unit or "." in one.text or "rate" in ahead(one) for one in (pair.one, pair.two)
    )


def _told(told: MultipleTold, pair: TwoSides, message: str) -> Compared:
    reckoning = f"{pair.one.text} / {pair.two.text} = {shown(pair.value)}; stated {told.claim.text}"
    mentions = sorted([pair.one, pair.two, told.claim], key=lambda mention: (mention.sentence.number, mention.start))
    sure = bool(message) or _top(told, pair) is not None or pair.named == _TWO
    claim = told.claim if sure else None
    return compared(
        "ratio", mentions, reckoning, message, other=mentions, operands=(pair.one, pair.two), claim=claim, confidence=Confidence.medium
    )


def _top(told: MultipleTold, pair: TwoSides) -> Occurrence | None:
    """Return that of two numbers which a multiple set right beside it is told of: "was owed half as much, £42 million"."""
    if not told.left_out or told.to or re.match(r" (?:less|fewer|lower|smaller|cheaper|shorter|quicker)\b", told.behind):
        return None
    if pair.one.sentence is pair.two.sentence:
        return None
    return next((one for one in (pair.one, pair.two) if one.sentence is told.claim.sentence and _next_to(one, told.claim)), None)


def _next_to(one: Occurrence, claim: Occurrence) -> bool:
    """Return whether a number stands right before or behind a multiple, with a comma between them."""
    if one.index == claim.index - 1:
        return bool(
            re.fullmatch(r"[^,;:()\ue000-\uf8ff]{0,40}, (?:or |that is |some |about |exactly |were |was )*", text_between(one, claim))
        )
    return one.index == claim.index + 1 and bool(re.fullmatch(r" as [a-z]+, (?:or |at |some |about )*", text_between(claim, one)))


def _fits(told: MultipleTold, pair: TwoSides) -> bool:
    """Return whether a multiple may be that of two numbers, either way round; so many times more may be that much on top."""
    turned, top = ratio(_ONE, pair.value), _top(told, pair)
    spans = [span for span, one in ((pair.value, pair.one), (turned, pair.two)) if span and top in (None, one)]
    more = [Interval(span.low - 1, span.high - 1) for span in spans] if told.more else []
    return any(told.span.meets(span) for span in (*spans, *more))


def _off(told: MultipleTold, pair: TwoSides) -> float:
    middle, said = (pair.value.low + pair.value.high) / 2, (told.span.low + told.span.high) / 2
    return float(min(off(middle, said), off(1 / middle, said)) if middle > 0 else 10**9)


def _sides(told: MultipleTold, sentences: list[Sentence], claims: set[Occurrence]) -> Iterator[TwoSides]:
    """Yield the pairs of numbers of one unit that stand against each other near a multiple."""
    words = clause_words(re.sub(MARK, " ", f"{told.before} {told.behind}"))
    pairs = dict.fromkeys(_pairs(told, sentences, claims), True)
    own = _numbers(sentences[0], claims, told)
    pairs = dict.fromkeys(((one, two) for one, two in combinations(own, 2) if _alike(one, two) and not _is_aside(one, told)), False) | pairs
    for (one, two), beside in pairs.items():
        top, bottom = alike([one.quantity, two.quantity])
        value = ratio(top, bottom)
        if value and value.low > 0:
            first, second = _group_words(one), _group_words(two)
            named = bool((first - second) & words) + bool((second - first) & words)
            yield TwoSides(one, two, value, named, beside)


def _group_words(mention: Occurrence) -> set[str]:
    """Return the words of the group that a number is of: those of its clause before and behind it."""
    return clause_words(f"{_GROUP_ENDS.split(ahead(mention))[-1]} {_GROUP_ENDS.split(behind(mention))[0]}")


def _pairs(told: MultipleTold, sentences: list[Sentence], claims: set[Occurrence]) -> Iterator[tuple[Occurrence, Occurrence]]:
    for sentence in sentences:
        yield from _within(_numbers(sentence, claims, told), told)
    own, before = (_numbers(sentence, claims, told) for sentence in [*sentences, sentences[0]][:_TWO])
    for one in own if len(sentences) > 1 else []:
        if _next_to(one, told.claim) or (one.index == told.claim.index + 1 and text_between(one, told.claim) in (" the ", " that of the ")):
            yield from ((one, other) for other in before if _alike(one, other))


def _within(held: list[Occurrence], told: MultipleTold) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Yield the pairs of numbers of a sentence that stand beside each other, and every other one where there are four."""
    for unit in dict.fromkeys(base(one) for one in held):
        same = [one for one in held if base(one) == unit or (base(one) == "count" and _elliptic_unit(one, held))]
        further = zip(same, same[_TWO:], strict=False) if len(same) >= _FOUR or (len(same) > _TWO and _listed(same)) else ()
        yield from ((one, two) for one, two in (*pairwise(same), *further) if not _apart(one, two, told))


def _apart(one: Occurrence, two: Occurrence, told: MultipleTold) -> bool:
    """Return whether two numbers of a sentence are a whole and its part or its list, or stand in an aside behind a multiple."""
    between, claim = text_between(one, two), told.claim
    later = told.left_out and two.sentence is claim.sentence and one.start < claim.start < two.start and _next_to(one, claim)
    return bool(":" in between or _is_aside(one, told) or later or (_PART_OF.search(between) and not told.part))


def _is_aside(one: Occurrence, told: MultipleTold) -> bool:
    """Return whether a number stands in an aside behind a multiple: "five times as heavily, with 19 sailings to 3"."""
    claim = told.claim
    return one.sentence is claim.sentence and claim.start < one.start and bool(re.search(r", with [^,;:]*$", text_between(claim, one)))


def _listed(same: list[Occurrence]) -> bool:
    """Return whether numbers are the items of a list behind a colon, any two of which stand against each other."""
    return ":" in ahead(same[0])


def _elliptic_unit(one: Occurrence, held: list[Occurrence]) -> bool:
    """Return whether a number leaves out the unit of the one before it: "91 days in the slowest and 26 in the fastest"."""
    at = held.index(one)
    follows = (
        at
        and base(held[at - 1]) != "count"
        and re.search(r"(?:\b(?:and|against|to|but|while)\b|, (?:those|the|that|in|at)\b)[^,;]{0,40}$", text_between(held[at - 1], one))
    )
    return bool(follows and re.match(r"[,.;)]| (?:in|for|at|on|among|to)\b", behind(one)))


def _alike(one: Occurrence, two: Occurrence) -> bool:
    return base(one) == base(two)


def _numbers(sentence: Sentence, claims: set[Occurrence], told: MultipleTold) -> list[Occurrence]:
    held = [
        one
        for one in sentence.mentions
        if one not in claims and (counts_something(one) or " per " in one.quantity.unit) and not one.quantity.ends
    ]
    held = [one for one in held if one.quantity.anchor > 1 or "." in one.text or sentence is not told.claim.sentence]
    return [one for one in held if base(one) in ("GBP", "EUR", "USD")] if told.unit == "money" else held


_ANOTHER_TIME = re.compile(
    r"\b(?:national(?:ly)?|elsewhere|target|plan(?:s to|ned)|expect\w*|hop(?:es?|ed|ing)|forecast\w*|budgeted|would|could|should|might|if|previous\w*|earlier|ago|had been|once|assumed|by 20\d\d|until|would have)\b"
)


def _is_elsewhere(told: MultipleTold, near: list[TwoSides]) -> bool:
    """Return whether the clause of a multiple is of another time or place than the numbers."""
    clause = f"{told.before} {told.behind}"
    years = frozenset(YEAR.findall(clause))
    known = frozenset[str]().union(*(_years_of(mention, told) for pair in near for mention in (pair.one, pair.two)))
    return bool(_ANOTHER_TIME.search(clause)) or bool(years - known)


def _years_of(mention: Occurrence, told: MultipleTold) -> frozenset[str]:
    """Return the years that are told with a number: in the sentence of a multiple itself, only right beside it."""
    if mention.sentence is not told.claim.sentence:
        return mention.sentence.years
    return frozenset(YEAR.findall(f"{ahead(mention)} {behind(mention)}"))


def _bound(told: MultipleTold, meant: list[TwoSides], most: int, sentences: list[Sentence]) -> bool:
    """Return whether the words bind two numbers to a multiple: they name them, or go on from the only two there are."""
    sentence = told.claim.sentence
    if any(
        _next_to(one, told.claim) and not any(one in (pair.one, pair.two) for pair in meant)
        for one in sentence.mentions
        if counts_something(one)
    ):
        return False
    if any(one.quantity.ends and base(one) in {base(pair.one) for pair in meant} for one in sentence.mentions):
        return False
    if most == _TWO:
        return True
    if any(pair.one.sentence is pair.two.sentence is sentence and _apposed(told, pair) for pair in meant):
        return True
    places = {pair.one.sentence for pair in meant if pair.one.sentence is pair.two.sentence} - {sentence}
    if len(places) != 1 or sentences[1:2] != list(places):
        return any(_beside(told, pair) for pair in meant)
    units = {base(pair.one) for pair in meant} | {"percentage points"}
    only = len(meant) == 1 and not any(
        base(one) in units and one is not told.claim and in_digits(one) and not _is_aside(one, told) for one in sentence.mentions
    )
    goes_on = told.left_out or BACK.match(sentence.masked) or most
    return bool(only and goes_on)


def _apposed(told: MultipleTold, pair: TwoSides) -> bool:
    """Return whether a multiple stands right beside its two numbers, in their sentence."""
    return any(abs(one.index - told.claim.index) == 1 for one in (pair.one, pair.two))


def _beside(told: MultipleTold, pair: TwoSides) -> bool:
    """Return whether a multiple is set right beside a number of its sentence: "240,000, two and a half times as many"."""
    return _top(told, pair) is not None


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (so_many_times,)
