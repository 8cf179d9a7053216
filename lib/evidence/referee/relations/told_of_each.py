"""So much in all, or so much for each: a total and right beside it what each has of it, among the count of that noun in the text or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, Operand, alike, compared, power_of_ten, ratio, shown
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.each import noun_of_each
from evidence.referee.relations.each_person import PEOPLE
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, singular, words_of
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import clause_words, in_digits, swaps

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
            yield from _held(claim, whole, counts, bound=singular(noun) in PEOPLE and alone)


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
    wanted = PEOPLE if noun in PEOPLE else frozenset([noun])
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
                    or (wanted is PEOPLE and _POPULATION.search(ahead(m)))
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


def each_of_many(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what falls to each of so many is an amount of the report among them, where none gives it and one with two digits changed over does."""
    for claim in sentence.mentions:
        counts = [m for m in sentence.mentions if m is not claim and _EACH_OF.search(ahead(m)) and base(m) == "count" and in_digits(m)]
        if base(claim) not in _MONEY or not in_digits(claim) or len(counts) != 1 or claim.quantity.hedge or len(sentence.mentions) > _TWO:
            continue
        values = [
            (m, value) for m in reach.money if m is not claim and (value := ratio(alike([m.quantity])[0], alike([counts[0].quantity])[0]))
        ]
        fits = [(m, value) for m, value in values if said(claim.quantity).meets(_rounded(value))]
        slips = [(m, value) for m, value in values if swaps(_printed((value.low + value.high) / 2, claim), claim.text)]
        for m, value in (fits or slips)[:1]:
            message = "" if fits else f"{m.text} among {counts[0].text} is {shown(value)} each, where {claim.text} is stated."
            told = f"{m.text} / {counts[0].text} = {shown(value)}; stated {claim.text}"
            yield compared("per head", [claim], told, message, confidence=Confidence.medium, other=m, operands=(m, *counts))


_EACH_OF = re.compile(r"\b(?:each|every one) of (?:the|these|those|its|our) $")
_MONEY, _TWO = ("GBP", "USD", "EUR"), 2


def _printed(value: Fraction, claim: Occurrence) -> str:
    """Return a value with as many decimals as a number has."""
    return f"{float(value):.{len(re.sub(r'.*[.]|[^0-9.]', '', claim.text)) if '.' in claim.text else 0}f}"


def _to_whole(claim: Occurrence, value: Interval) -> Interval:
    """Return a quotient as it is rounded: to whole ones where it is told in words."""
    half = Fraction(1, 2) if _in_letters(claim) else Fraction(0)
    return _rounded(Interval(value.low - half, value.high + half))


def _rounded(value: Interval) -> Interval:
    slack = abs(value.high) / 100
    return Interval(value.low - slack, value.high + slack)


_OF_SO_MANY = re.compile(
    r"^,? (?:so that|so|that is|which is|or|which means(?: that)?|meaning(?: that)?|i\.e\.|making|giving|leaving)(?: some| about| around| roughly| nearly| almost| just)? $|^ \((?:about |some |or )?$"
)


def portion_of_count(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so many, told right behind a share, are that share of the last count before it: "8,400, of whom 62%, so that 5,208 passed"."""
    own = sentence.mentions
    for at in range(1, len(own)):
        share, claim = own[at - 1], own[at]
        before = [m for m in own[: at - 1] if base(m) == base(claim) and m.quantity.anchor > claim.quantity.anchor]
        if (
            share.quantity.unit != "percent"
            or share.quantity.ends
            or not in_digits(share)
            or base(claim) in ("percent", "percentage points")
            or not in_digits(claim)
        ):
            continue
        if not before or not _OF_SO_MANY.match(ahead(claim)) or re.match(r" (?:more|fewer|less|higher|lower)\b", behind(claim)):
            continue
        whole = before[-1]
        value = (share.quantity.interval * alike([whole.quantity, claim.quantity])[0]).scaled(Fraction(1, 100))
        fits = said(claim.quantity).meets(value) or _rounded(value).contains(claim.quantity.anchor)
        if fits or off((value.low + value.high) / 2, claim.quantity.anchor) < _CLOSE:
            told = f"{share.text} of {whole.text} = {shown(value)}; stated {claim.text}"
            message = "" if fits else f"{share.text} of {whole.text} is {shown(value)}, where {claim.text} is stated."
            yield compared("share × base", [claim], told, message, confidence=Confidence.medium, operands=(share, whole))


_CLOSE = Fraction(13, 10)
_TO_EACH = re.compile(r"^ (?:[a-z-]+ ){0,4}(?:to|for|per) (?:each|every|an?|one) (?P<what>[a-z]+(?: [a-z]+)?)")
_IN_OTHER_WORDS = re.compile(
    r"^(?:in other words|that is|put differently|thus|so|this means|there (?:are|were) (?:thus|therefore|now|so|then))\b"
)


def so_many_to_each(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so many of one thing to each of another are two counts of the sentence, or of it and the one before, with those nouns."""
    for claim in sentence.mentions:
        match = _TO_EACH.match(sentence.masked[sentence.masked.index(claim.mark) + 1 :])
        thing = [word for word in nouns(claim)[:1] if word]
        if not match or base(claim) != "count" or claim.quantity.ends or not thing:
            continue
        before = sentence.before
        held = [
            m for one in (before, sentence) if one for m in one.mentions if m is not claim and base(m) == "count" and not m.quantity.ends
        ]
        many = [m for m in held if thing[0] in nouns(m)[:3] and m.quantity.anchor > claim.quantity.anchor]
        if len(held) == _TWO and not many and _IN_OTHER_WORDS.match(sentence.masked):
            many = [max(held, key=lambda m: m.quantity.anchor)]
        few = [m for m in held if m not in many and m.quantity.anchor > 1]
        values = [(m, value) for m in few if len(many) == 1 and (value := ratio(*alike([many[0].quantity, m.quantity])))]
        fitting = [one for one in values if said(claim.quantity).meets(_as_told(claim, one[1]))]
        of_it = clause_words(match["what"])
        named = values if len(values) == 1 else [one for one in values if of_it & clause_words(f"{ahead(one[0])} {behind(one[0])}")]
        for one, value in fitting[:1] or (named if len(named) == 1 else []):
            if fitting or off((value.low + value.high) / 2, claim.quantity.anchor) < _TWO:
                message = "" if fitting else f"{many[0].text} to {one.text} is {shown(value)} to one, where {claim.text} is stated."
                told = f"{many[0].text} / {one.text} = {shown(value)}; stated {claim.text}"
                yield compared("ratio", [claim], told, message, confidence=Confidence.medium, operands=(many[0], one))


def _as_told(claim: Occurrence, value: Interval) -> Interval:
    """Return a quotient as it is rounded: to whole ones, or to halves where a half is told."""
    half = Fraction(1, 2 if claim.quantity.anchor.denominator == 1 else 4)
    return Interval(value.low - half, value.high + half)
