"""Rates: so many for each, and the total and the number that give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, alike, compared, marked, ratio, shown
from evidence.referee.constructions.rates_told import CONTRASTED, ELSEWHERE, RateTold, clause_of_rate, rates_told, years_of_rate
from evidence.referee.constructions.things import counts_something, numbers_in, things_behind, things_of, window
from evidence.referee.mentions import MARK, Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import Reach, ahead, base, behind, text_between, words_of
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import BACK, in_digits

_SLIP_BEHIND, _SLIP_OF_RATE, _SLIP_BOUND = Fraction(8, 5), Fraction(2), Fraction(3)
_IN_ALL = re.compile(r"\b(?:therefore|thus|so|total\w*|came to|comes to|in all|altogether|accordingly|hence)\b")
IN_A_YEAR = {
    "day": (365, 366),
    "week": (52,),
    "month": (12,),
    "quarter": (4,),
    "hour": (8760,),
    "night": (365, 366),
    "year": (1,),
    "fortnight": (26,),
}
_SCALE = re.compile(r"\b(?:scale|scor\w+|points?|marks?|grades?|rat(?:ed?|ing)|out of)\b")
"""What a mean is told of that is no share of a total."""
_NARROWED = re.compile(
    r"\b(?:per|for each|for every|each|every) [a-z-]+(?: [a-z-]+)?? ([a-z]+ed|sold|held|won|built|lost|born|saved|kept)\b"
)
_FURTHEST, _NEAREST = 4, 2
"""How many sentences before a rate may explain it, and how many may refute it."""
_MEAN = re.compile(r"\b(?:mean|average|median|typical)\b[^.;,]*$")
_FALLS_TO_EACH = re.compile(r"^(?: [a-z-]+){0,3} (?:each|apiece)\b")
_ANOTHER_RATE = re.compile(r"\b(?:rate|per|each|apiece|average|mean)\b")
_OF_THEM = re.compile(r"^ of (?:them|these|those)\b")
_PEOPLE = frozenset(["person", "popul"])


@dataclass(frozen=True)
class Shared:
    """A total, those among whom it is shared, and what falls to each."""

    whole: Occurrence
    among: Occurrence
    value: Interval
    known: bool
    """Whether both are of what the rate speaks of."""
    often: str = ""


def so_many_for_each(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what falls to each is a total near it among the number of those it is for."""
    for rate in rates_told(sentence):
        if rate.each or rate.scale > 1 or not _SCALE.search(sentence.masked):
            yield from _held(rate, linker.reach)


def _held(rate: RateTold, reach: Reach) -> Iterator[Compared]:
    found = list(_shares(rate, reach))
    fits = [one for one in found if rate.printed.meets(one.value)]
    known = [one for one in found if one.known and _bound(rate, one)]
    if good := next((one for one in fits if one.known), None):
        yield _told(rate, good, "")
    elif known and not fits:
        nearest = [one for one in known if off((one.value.low + one.value.high) / 2, rate.claim.quantity.anchor) <= _slip(rate, one)]
        if nearest and not ELSEWHERE.search(clause_of_rate(rate)):
            yield _told(
                rate,
                nearest[0],
                f"{nearest[0].whole.text} among {nearest[0].among.text} is {shown(nearest[0].value)}, not {rate.claim.text}.",
            )


def _slip(rate: RateTold, one: Shared) -> Fraction:
    """Return how far off a rate may be: further where both numbers stand in its sentence or it is concluded from them."""
    claim, whole = rate.claim, one.whole
    ahead_of_it = whole.sentence.number < claim.sentence.number or (whole.sentence is claim.sentence and whole.start < claim.start)
    together = rate.concluded or whole.sentence is one.among.sentence is claim.sentence
    return (_SLIP_BOUND if together else _SLIP_OF_RATE) if ahead_of_it else _SLIP_BEHIND


def _told(rate: RateTold, one: Shared, message: str) -> Compared:
    times = f" × {rate.scale}" if rate.scale != 1 else ""
    reckoning = f"{one.whole.text} / {one.among.text}{one.often}{times} = {shown(one.value)}; stated {rate.claim.text}"
    mentions = sorted([one.whole, one.among, rate.claim], key=lambda mention: (mention.sentence.number, mention.start))
    kind = "ratio" if rate.top and rate.claim.quantity.anchor.denominator > 1 and not re.search(r"\d", rate.claim.text) else "per head"
    return compared(kind, mentions, reckoning, message, other=mentions, operands=(one.whole, one.among), claim=rate.claim, given=one.value)


def _shares(rate: RateTold, reach: Reach) -> Iterator[Shared]:
    """Yield what the numbers near a rate give for each, those of its own sentence first."""
    sentence = rate.claim.sentence
    after = reach.after(sentence)
    around = [*window(sentence, reach, _FURTHEST), *([after] if after else [])]
    told_for_each = [other.claim for one in around for other in rates_told(one)]
    held = [one for one in numbers_in(around) if one not in told_for_each and not _FALLS_TO_EACH.match(behind(one))]
    for whole, among in product(held, held):
        if whole is among or among.quantity.anchor <= 1 or not _may_share(rate, whole, among):
            continue
        top, bottom, _ = alike([whole.quantity, among.quantity, rate.claim.quantity])
        for often, words in _how_often(rate, [span for one in around for span in one.mentions]):
            value = ratio(top.scaled(rate.scale), bottom.scaled(often))
            if value and value.high > 0:
                yield Shared(whole, among, value, _is_of(rate, whole, among), words)


def _how_often(rate: RateTold, near: list[Occurrence]) -> list[tuple[Fraction, str]]:
    """Return of how many spans of its time a rate may be told: those of its sentence, or those near it and of a year; once where it names no time."""
    if not rate.time:
        return [(Fraction(1), "")]
    spans = [span for span in near if base(span) == f"{rate.time}s"]
    told = [span.quantity.anchor for span in spans]
    if any(span.sentence is rate.claim.sentence for span in spans):
        return [(often, f" / {often}") for often in told]
    return [(often, f" / {often}") for often in dict.fromkeys([*told, *map(Fraction, IN_A_YEAR.get(rate.time, ()))])]


def _may_share(rate: RateTold, whole: Occurrence, among: Occurrence) -> bool:
    """Return whether units let a number be the total of a rate, and another those among whom it is shared."""
    unit, of = base(rate.claim), base(whole)
    masked = whole.sentence.masked
    if not in_digits(whole) and rate.claim.quantity.anchor.denominator > 1:
        return False
    totals = (
        of == unit
        or (unit in ("count", "percent") and not rate.top and of in ("hours", "km", "miles", "tonnes", "hectares", "litres", "count"))
        or of in rate.top
    )
    units = base(among) == "count" or bool(rate.each & _measure(among))
    whole_numbers = all(_is_whole(one) for one in (whole, among)) and not _MEAN.search(masked[: masked.index(whole.mark)])
    return totals and of != "percent" and units and whole_numbers and (of != base(among) or of == "count")


def _is_whole(one: Occurrence) -> bool:
    """Return whether a count is a whole number, as those of things are; what is measured need not be."""
    return base(one) != "count" or one.quantity.anchor.denominator == 1


def _measure(one: Occurrence) -> frozenset[str]:
    return frozenset(re.sub(r"s$", "", word) for word in base(one).split() if word != "count")


def _is_of(rate: RateTold, whole: Occurrence, among: Occurrence) -> bool:
    """Return whether the total is of what the rate is of, and the other of those it is for."""
    return _total_of(rate, whole, among) and _those_of(rate, whole, among)


def _total_of(rate: RateTold, whole: Occurrence, among: Occurrence) -> bool:
    if base(whole) != "count" or not rate.top:
        return not rate.top or base(whole) != "count" or whole.sentence is among.sentence
    left_out = whole.sentence is among.sentence and not things_behind(whole)
    if rate.top and rate.each & things_of(whole) - rate.top:
        return False
    return bool(rate.top & things_of(whole)) or left_out or (rate.concluded and _only_total(rate, whole, among))


def _those_of(rate: RateTold, whole: Occurrence, among: Occurrence) -> bool:
    own = things_of(among) | _measure(among)
    if rate.each:
        if _OF_THEM.match(behind(among)):
            return True
        people = bool(rate.each & _PEOPLE and own & _PEOPLE) or ("person" in own and "popul" not in own)
        return bool(rate.each & own) or people or _joined(rate, whole, among)
    if rate.scale > 1:
        return among.quantity.anchor > whole.quantity.anchor
    return among.quantity.anchor < whole.quantity.anchor or base(whole) != "count"


def _joined(rate: RateTold, whole: Occurrence, among: Occurrence) -> bool:
    """Return whether a number stands right beside the named total from which a rate is concluded, and none is of those it is for."""
    if not (rate.concluded and rate.top and whole.sentence is among.sentence is rate.claim.sentence and rate.top & things_of(whole)):
        return False
    told = any(rate.each & things_of(one) for one in numbers_in([among.sentence]) if one is not rate.claim)
    return not told and bool(
        re.fullmatch(r"[^;:.\ue000-\uf8ff]*\b(?:and|for|to|with|against|by)\b[^;:.\ue000-\uf8ff]*", text_between(whole, among))
    )


def _only_total(rate: RateTold, whole: Occurrence, among: Occurrence) -> bool:
    """Return whether the sentence of a total states no other number of its unit besides those it is shared among and the rate."""
    told = [one for one in whole.sentence.mentions if counts_something(one) and one not in (rate.claim, among) and base(one) == base(whole)]
    return told == [whole]


def _apposed(rate: RateTold) -> Occurrence | None:
    """Return the total from which a rate right behind it is concluded: "27,850 tonnes, or 112 tonnes a boat"."""
    index = rate.claim.index
    before = rate.claim.sentence.mentions[index - 1] if index and rate.concluded else None
    linked = r"[^,;:()]{0,40}[,:(]? ?(?:or|that is|so|giving|an average of|just|about|some|,| )*"
    close = before and base(before) == base(rate.claim) and re.fullmatch(linked, text_between(before, rate.claim))
    other = before and rate.top and base(before) == "count" and not rate.top & things_of(before)
    return before if before and close and not other and before.quantity.anchor * rate.scale > rate.claim.quantity.anchor else None


def _is_narrowed(rate: RateTold, among: Occurrence) -> bool:
    """Return whether those a rate is for are only some of those that are told: "for each casualty prevented"."""
    narrowed = _NARROWED.search(behind(rate.claim))
    return bool(rate.each and narrowed and not frozenset(words_of(narrowed[1])) & frozenset(words_of(among.sentence.text)))


_SIDE_BY_SIDE = re.compile(r"[a-z ]{0,20} to (?:just |only |some |about )?|(?:[\ue000-\uf8ff, ]|and )+")


def _side_by_side(one: Shared) -> bool:
    """Return whether two numbers are one thing before and after, two of a list, or of two groups: "Aldby (270 boats) and Brixey (200)"."""
    if one.whole.sentence is not one.among.sentence:
        return False
    bracketed = ahead(one.whole).endswith("(") and ahead(one.among).endswith("(")
    return bracketed or bool(_SIDE_BY_SIDE.fullmatch(text_between(one.whole, one.among)))


def _goes_on(rate: RateTold) -> bool:
    """Return whether a rate is the first of several, each of a group: "£6 for each seat in the gallery, £8 in the pit"."""
    following = rate.claim.sentence.mentions[rate.claim.index + 1 :][:1]
    return any(
        base(one) == base(rate.claim)
        and re.search(r",$|, and$", text_between(rate.claim, one).rstrip())
        and re.match(r" (?:at|in|for|on)\b", behind(one))
        for one in following
    )


def _named_again(rate: RateTold, among: Occurrence) -> bool:
    """Return whether those among whom a total is shared are told in the sentence of the rate, or named in it, or it goes on from them."""
    sentence = rate.claim.sentence
    if not rate.concluded and not _FALLS_TO_EACH.match(behind(rate.claim)):
        return False
    if among.sentence is sentence:
        return True
    words = frozenset(words_of(re.sub(MARK, " ", sentence.masked)))
    told_of_each = _FALLS_TO_EACH.match(behind(rate.claim))
    return bool(things_behind(among) & words or BACK.match(sentence.masked) or (not told_of_each and _only_count(among)))


def _only_count(among: Occurrence) -> bool:
    return (
        bool(things_behind(among))
        and len({one.quantity.anchor for one in numbers_in([among.sentence]) if base(one) == "count"} - {among.quantity.anchor}) <= 1
    )


def _bound(rate: RateTold, one: Shared) -> bool:
    """Return whether the words bind a total and those it is shared among to a rate."""
    sentence = rate.claim.sentence
    away = [mention for mention in (one.whole, one.among) if mention.sentence is not sentence]
    years, own = years_of_rate(rate), [mention for mention in (one.whole, one.among) if mention.sentence is sentence]
    if any(sentence.number - mention.sentence.number > _NEAREST for mention in away) or _is_narrowed(rate, one.among) or _side_by_side(one):
        return False
    if one.whole in own and any(m.quantity.unit == "percent" for m in marked(text_between(one.whole, rate.claim), sentence)):
        return False
    apart = [CONTRASTED.search(text_between(mention, rate.claim).replace(";", "," if rate.concluded else ";")) for mention in own]
    if any(apart) or _apposed(rate) not in (None, one.whole):
        return False
    if (
        not rate.each
        and rate.scale == 1
        and (one.whole not in own or one.whole.start > rate.claim.start or not _named_again(rate, one.among))
    ):
        return False
    if not away:
        return True
    if years and any(not mention.sentence.years & years for mention in away):
        return False
    if len(away) > 1 and _goes_on(rate):
        return False
    own_total = len(numbers_in([sentence])) > 1
    if any(mention.sentence.number > sentence.number for mention in away):
        if any(mention.sentence.number < sentence.number for mention in away):
            return False
        if (
            len(away) == 1
            or (own_total and not _IN_ALL.search(one.whole.sentence.masked))
            or _ANOTHER_RATE.search(one.whole.sentence.masked)
        ):
            return False
        named = rate.each & things_of(one.among) or base(one.among) != "count"
        return bool(named) or bool(_IN_ALL.search(one.whole.sentence.masked))
    return rate.concluded or bool(BACK.match(sentence.masked)) or bool(rate.each)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (so_many_for_each,)
