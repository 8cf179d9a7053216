"""So much in all, or so much for each: a total and right beside it what each has of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, Operand, alike, compared, power_of_ten, ratio, shown
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.each import noun_of_each
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, singular, words_of
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import in_digits

_PEOPLE = frozenset(["person", "resident", "inhabitant", "head", "capita", "populatio", "population", "citizen"])
"""The nouns of a population, in the singular."""

_OR = re.compile(
    r"^[^.;\ue000-\uf8ff]{0,45}?(?:,|:|\(| [-\u2013]|,? and)? ?(?:or|that is|which is|i\.e\.|equal to|equivalent to|which means|an average of|on average|averaging|a cost of)(?: an average of)?(?: just| only| about| some| around| roughly| nearly)? $|^,? ?\(?(?:about |some )?$|^[^.;\ue000-\uf8ff]{0,45}, $"
)
_SAME = r"(?:is|was|makes|means|comes to|came to|works out at|worked out at|amounts to|amounted to|is equal to|is equivalent to|equals|represents)"
_THAT_IS = re.compile(
    rf"^(?:(?:that|this|which|it) {_SAME}\b|(?:the|on|an|this) average\b|the mean\b)[^.;\ue000-\uf8ff]{{0,30}}$|^[^.;\ue000-\uf8ff]{{0,60}},? (?:and|or) (?:it |that )?{_SAME}(?: about| some| just)? $"
)
_RESTATED = re.compile(
    rf"^[^.\ue000-\uf8ff]{{0,45}}(?:[;,:(]| [-\u2013]) ?(?:and |so )?(?:this|that|it|which) {_SAME}(?:,| an average of| about| some| just)* $|^[^.;\ue000-\uf8ff]{{0,45}}: $"
)
_BACK = re.compile(r"^(?:that|this|it)\b")
_OTHERS = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|from|than|instead of|up on|down on|out of|of the|(?:budget|target|plan|limit) of)(?: (?:the|just|only|about|some|a))*? $|\($"
)
"""What stands before an amount of another time, or of which a part was taken, and is not that of which the next sentence speaks."""
_NOT_TIME = frozenset(
    map(singular, ["week", "month", "day", "year", "night", "hour", "annum", "quarter", "minute", "time", "point", "cent"])
)
_NEAR = Fraction(8, 5)


def each_or_all(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what falls to each is the total right before it, among a count of that noun, or among those of whom the sentence goes on to speak."""
    for claim in sentence.mentions:
        noun = noun_of_each(claim, wide=True) if _may_fall(claim) else None
        whole = _total(claim) if noun is not None and singular(noun) not in _NOT_TIME and not _A_TIME.search(behind(claim)) else None
        if whole and not noun and (group := _group(claim)):
            yield from _held(claim, whole, [_among(whole, group)], bound=True)
        elif whole and noun and (counts := list(_counts(singular(noun), claim, whole, reach))):
            first, here = counts[0][0], (claim.sentence, claim.sentence.before)
            alone = len({one.quantity.anchor for one, _ in counts}) == 1 and not (isinstance(first, Occurrence) and first.sentence in here)
            yield from _held(claim, whole, counts, bound=singular(noun) in _PEOPLE and alone)


def _may_fall(claim: Occurrence) -> bool:
    """Return whether a number may be what falls to each: in digits, or a few in words."""
    few = _in_letters(claim) and base(claim) == "count" and claim.quantity.anchor > 1 and not claim.quantity.ends
    return (in_digits(claim) or few) and not re.search(r" per \d", claim.quantity.unit) and base(claim) != "percent"


def _in_letters(claim: Occurrence) -> bool:
    return not re.search(r"\d", claim.text)


_A_TIME = re.compile(r"\b(?:week|month|day|hour|night|session|evening)s?\b")
_THEY = re.compile(r"^(?:together,? |between them,? |in all,? |last year,? )?(?:they|these|those|between them|each of them)\b")
_NOT_THEY = re.compile(
    r"\b(?:of|out of|among) (?:the |all |our |its |these |those |more than |some )*$|\b(?:per|from|than|against|to|at|by|on|for|over)(?: the| a)? $"
)


def _group(claim: Occurrence) -> Occurrence | None:
    """Return the count of those whom a sentence that begins with "they" goes on to speak of: the last of the one before it that is no base of another."""
    before = claim.sentence.before
    if not before or not _THEY.match(claim.sentence.masked):
        return None
    held = [m for m in before.mentions if base(m) == "count" and m.quantity.anchor > 1 and not m.quantity.ends and not m.quantity.in_words]
    held = [m for m in held if not _NOT_THEY.search(ahead(m)) and re.match(r"\W*[a-z]|\W*$|\W*[\ue000-\uf8ff]\)? [a-z]", behind(m))]
    return held[0] if len(held) == 1 else None


def _total(claim: Occurrence) -> Occurrence | None:
    """Return the total that a number is told beside: right before it in its sentence, or the first of the sentence before where it says "that is"."""
    own = [m for m in claim.sentence.mentions if m.start < claim.start]
    before, goes_on = claim.sentence.before, bool(_BACK.match(claim.sentence.masked))
    if before and _THAT_IS.search(ahead(claim)) and (goes_on or not own):
        held = [m for m in before.mentions if base(m) == base(claim) and not _OTHERS.search(ahead(m))]
        held = held[:1] if len(held) == 1 or re.search(r":", before.text) else []
    elif own and ahead(own[-1]) != "with " and (_OR.match(ahead(claim)) or _RESTATED.match(ahead(claim))):
        told = before.mentions if before and len(own) == 1 and base(own[0]) == "count" != base(claim) else []
        held = [m for m in told if base(m) == base(claim) and not _OTHERS.search(ahead(m))] or own[-1:]
        held = held if len(held) == 1 else []
    else:
        return None
    fits = [
        m
        for m in held
        if base(m) == base(claim)
        and m.quantity.unit.partition(" per ")[2] in _YEARLY
        and m.quantity.anchor > claim.quantity.anchor
        and in_digits(m)
    ]
    return fits[0] if fits else None


_YEARLY = ("", "year", "annum")


def _among(whole: Occurrence, count: Occurrence) -> tuple[Operand, Interval]:
    return count, alike([whole.quantity, count.quantity])[1]


def _counts(noun: str, claim: Occurrence, whole: Occurrence, reach: Reach) -> Iterator[tuple[Operand, Interval]]:
    """Yield the counts of a noun: those of the passage and the report, and the totals of columns and tables that are of it."""
    wanted = _PEOPLE if noun in _PEOPLE else frozenset([noun])
    for sentence in reach.sentences:
        for m in sentence.mentions:
            if (
                base(m) == "count"
                and m.quantity.anchor > _FEW
                and not m.quantity.ends
                and m not in (claim, whole)
                and (
                    m.sentence is claim.sentence
                    or not (_OF_THEM.search(ahead(m)) or _A_PART.match(m.sentence.masked[m.sentence.masked.index(m.mark) + 1 :]))
                )
                and (
                    wanted & set(nouns(m)[:3])
                    or sentence in (claim.sentence, claim.sentence.before)
                    or (wanted is _PEOPLE and _POPULATION.search(ahead(m)))
                )
            ):
                yield _among(whole, m)
    for cell in reach.cells:
        caption = re.sub(r"\bby\b.*", "", reach.captions.get(id(cell.table), "").lower())
        named = (
            wanted & frozenset(words_of(cell.head))
            or wanted & frozenset(words_of(cell.row))
            or (cell.all and wanted & frozenset(words_of(caption)))
        )
        if (
            named
            and cell.quantity.unit == "count"
            and cell.quantity.anchor > _FEW
            and not re.search(r"\bper\b|%|average", cell.head.lower())
        ):
            yield cell, cell.quantity.interval


_FEW = 20
_POPULATION = re.compile(r"\bpopulation(?: [a-z]+){0,3} (?:of|is|was|to)(?: about| some| just| over)? $")
_OF_THEM = re.compile(r"\bof (?:whom|which|them|these|those)(?: (?:about|some|only|just))?,? $")
_A_PART = re.compile(r"^ (?:\([^)]{1,12}\) )?of (?:them|these|those|whom|which)\b")
"""What stands before a count of a part, or behind it, which nothing in another sentence falls to."""


def _held(claim: Occurrence, whole: Occurrence, counts: list[tuple[Operand, Interval]], *, bound: bool = False) -> Iterator[Compared]:
    """Yield whether a total among one of several counts is what falls to each; `bound` counts leave no other reading, however far it is off."""
    values = [(value, count) for count, span in counts if (value := ratio(alike([whole.quantity])[0], span))]
    close = [(off((v.low + v.high) / 2, claim.quantity.anchor), v, count) for v, count in values]
    fits = any(said(claim.quantity).meets(_to_whole(claim, v)) for _, v, _ in close)
    gap, value, count = min(close, key=lambda one: one[0])
    slip = gap < (_FAR if bound else _NEAR) or power_of_ten(claim.quantity.anchor, (value.low + value.high) / 2)
    if fits or slip:
        told = f"{whole.text} / {count.text} = {shown(value)}; stated {claim.text}"
        message = "" if fits else f"{whole.text} among {count.text} is {shown(value)} each, where {claim.text} is stated."
        yield compared("per head", [claim], told, message, confidence=Confidence.medium, other=count, operands=(whole, count))


_FAR = 10


def _to_whole(claim: Occurrence, value: Interval) -> Interval:
    """Return a quotient as it is rounded: to whole ones where it is told in words."""
    half = Fraction(1, 2) if _in_letters(claim) else Fraction(0)
    return _rounded(Interval(value.low - half, value.high + half))


def _rounded(value: Interval) -> Interval:
    slack = abs(value.high) / 100
    return Interval(value.low - slack, value.high + slack)
