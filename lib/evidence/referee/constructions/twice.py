"""The same fact told twice: what two passages tell that have other numbers in common, and where they differ in one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, Confidence, compared, worded
from evidence.referee.constructions.retellings import Retold, ToldFact, content, is_given, retold, slip_of
from evidence.referee.mentions import Sentence, stem
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.settling import off

_NEAR = Fraction(8, 5)
_LEAST = Fraction(13, 2)


def other_number(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield each number of a sentence that another passage, which tells the same facts, tells otherwise."""
    whole = tuple(linker.reach.sentences)
    for told in retold(whole):
        if sentence in told.two.sentences:
            yield from _held(sentence, told, linker)


def _held(sentence: Sentence, told: Retold, linker: Linker) -> Iterator[Compared]:
    found = [(_sure(likeness, first, second, told), first, second) for likeness, first, second in told.pairs]
    taken: set[ToldFact] = set()
    for sure, first, second in sorted(found, key=lambda pair: -pair[0]):
        if sure >= _LEAST and not {first, second} & taken and _may_be(first, second, linker):
            taken |= {first, second}
            if second.mention.sentence is sentence:
                yield _alarm(first, second)


def _sure(likeness: Fraction, one: ToldFact, two: ToldFact, told: Retold) -> Fraction:
    """Return how surely two numbers are told of one thing, and one of them is wrong; nought where no slip of the pen makes the one of the other."""
    slip = slip_of(one.mention, two.mention)
    small = max(one.digits, two.digits) <= _TWO and off(one.mention.quantity.anchor, two.mention.quantity.anchor) <= _NEAR
    unlike = likeness < _LIKE and not (slip and told.share >= _HALF) and not (slip == _SURE and likeness >= 1)
    weak = slip == _TWO and told.shared <= 1 and likeness < _SURE
    if unlike or weak or one.places != two.places or not (slip or small):
        return Fraction(0)
    return likeness + slip + min(told.shared, Fraction(3)) + 6 * min(told.share, Fraction(1, 2)) - bool(not slip)


_HALF, _LIKE, _SURE, _TWO = Fraction(1, 2), 3, 4, 2


def _may_be(one: ToldFact, two: ToldFact, linker: Linker) -> bool:
    """Return whether one of two numbers stands nowhere else, and neither their sum nor what lies between them is told."""
    small = max(one.digits, two.digits) < _TWO and bool(one.noun & two.noun or one.unit != "count")
    if (linker.stands(one.mention) and linker.stands(two.mention) and not small) or (is_given(one) and is_given(two)):
        return False
    first, second = one.mention.quantity.anchor, two.mention.quantity.anchor
    beside = {value for fact in (one, two) for value, _ in fact.beside if value >= _TEN}
    return not beside & {first + second, abs(first - second)}


_TEN = 10


def _alarm(one: ToldFact, two: ToldFact) -> Compared:
    message = f"{two.mention.text} here, {one.mention.text} in the sentence at {one.mention.sentence.place}, of the same thing."
    return compared(
        "repeat", [two.mention], f"{one.mention.text}; {two.mention.text}", message, confidence=Confidence.medium, other=one.mention
    )


_MONTH = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = re.compile(rf"\b(?P<d>\d{{1,2}}) (?P<m>{_MONTH}) (?P<y>(?:19|20)\d\d)\b")


def other_day(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield each day of a sentence that another passage, which tells the same facts, tells with another day, month or year."""
    found = list(_DAY.finditer(sentence.text.lower()))
    for told in retold(tuple(linker.reach.sentences)) if found else ():
        if sentence in told.two.sentences:
            for match in found:
                yield from _other_day(sentence, match, told)


def _other_day(sentence: Sentence, match: re.Match[str], told: Retold) -> Iterator[Compared]:
    day = match.groups()
    days = [(one, other.groups()) for one in told.one.sentences for other in _DAY.finditer(one.text.lower())]
    own = {other.groups() for one in told.two.sentences for other in _DAY.finditer(one.text.lower())}
    near = [(one, other) for one, other in days if other not in own and sum(a == b for a, b in zip(day, other, strict=True)) == _TWO]
    near = [(one, other) for one, other in near if content(one.masked) & content(sentence.masked) - {stem(part) for part in day}]
    if near and not any(other == day for _, other in days):
        one, other = near[0]
        message = f"{' '.join(day).title()} here, {' '.join(other).title()} in the sentence at {one.place}."
        yield worded("repeat", sentence, match.span(), f"{' '.join(other)}; {' '.join(day)}", message, Confidence.medium, one)


def other_year(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield the one year of a sentence where another passage tells the same number of the same thing of another year."""
    if len(set(sentence.years)) != 1:
        return
    for told in retold(tuple(linker.reach.sentences)):
        if sentence in told.two.sentences:
            yield from _other_year(sentence, told)


def _other_year(sentence: Sentence, told: Retold) -> Iterator[Compared]:
    (year,) = sentence.years
    texts = [" ".join(one.text for one in telling.sentences) for telling in (told.one, told.two)]
    for two in told.two.facts:
        if two.mention.sentence is not sentence or two.digits <= _TWO:
            continue
        for one in told.one.facts:
            there = one.mention.sentence.years
            same = one.mention.quantity.anchor == two.mention.quantity.anchor and one.unit == two.unit and one.noun & two.noun
            if same and len(there) == 1 and year not in texts[0] and not there & set(re.findall(r"\d{4}", texts[1])):
                message = f"{two.mention.text} in {year} here, in {min(there)} in the sentence at {one.mention.sentence.place}."
                yield compared("repeat", [two.mention], f"{min(there)}; {year}", message, confidence=Confidence.medium, other=one.mention)
                return


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (other_number, other_day, other_year)
