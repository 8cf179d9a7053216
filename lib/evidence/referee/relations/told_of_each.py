"""So much in all, or so much for each: a total and right beside it what each has of it, among the count of that noun in the text or a table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, ratio, shown
from evidence.referee.mentions import FIRST_MARK, Occurrence, Sentence
from evidence.referee.relations.each import noun_of_each
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns, singular, words_of
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.subjects import in_digits

_OR = re.compile(
    r"^[^.;\ue000-\uf8ff]{0,45}?(?:,|:|\(| [-\u2013]|,? and)? ?(?:or|that is|which is|i\.e\.|equal to|equivalent to|which means|an average of|on average|averaging|a cost of)(?: an average of)?(?: just| only| about| some| around| roughly| nearly)? $|^,? ?\(?(?:about |some )?$|^[^.;\ue000-\uf8ff]{0,45}, $"
)
_THAT_IS = re.compile(r"^(?:that|this|which) (?:is|was|makes|means|comes to|works out at|is equal to|equals)\b[^.;\ue000-\uf8ff]{0,30}$")
_NOT_TIME = frozenset(
    map(singular, ["week", "month", "day", "year", "night", "hour", "annum", "quarter", "minute", "time", "point", "cent"])
)
_PEOPLE = frozenset(["person", "resident", "inhabitant", "head", "capita", "populatio", "population"])
_NEAR = Fraction(8, 5)


def each_or_all(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what falls to each is the total right before it, among a count of that noun."""
    for claim in sentence.mentions:
        noun = singular(noun_of_each(claim) or "") if in_digits(claim) and not re.search(r" per \d", claim.quantity.unit) else ""
        whole = _total(claim) if noun and noun not in _NOT_TIME else None
        counts = list(_counts(noun, claim, whole, reach)) if whole else []
        if whole and counts:
            yield from _held(claim, whole, counts)


def _total(claim: Occurrence) -> Occurrence | None:
    """Return the total that a number is told beside: right before it in its sentence, or the last of the sentence before where it says "that is"."""
    own = [m for m in claim.sentence.mentions if m.start < claim.start]
    before = claim.sentence.before
    if own and _OR.match(ahead(claim)):
        held = own[-1:]
    elif before and not own and _THAT_IS.match(ahead(claim)):
        held = [m for m in before.mentions if base(m) == base(claim)][-1:]
    else:
        return None
    fits = [
        m
        for m in held
        if base(m) == base(claim) and " per " not in m.quantity.unit and m.quantity.anchor > claim.quantity.anchor and in_digits(m)
    ]
    return fits[0] if fits and base(claim) != "percent" else None


def _counts(noun: str, claim: Occurrence, whole: Occurrence, reach: Reach) -> Iterator[tuple[Fraction, Interval, str, str]]:
    """Yield the counts of a noun: those of the passage and the report, and the totals of columns and tables that are of it."""
    wanted = _PEOPLE if noun in _PEOPLE else frozenset([noun])
    for sentence in reach.sentences:
        for m in sentence.mentions:
            if (
                base(m) == "count"
                and m.quantity.anchor > _FEW
                and not m.quantity.ends
                and m not in (claim, whole)
                and (m.sentence is claim.sentence or not _OF_THEM.search(ahead(m)))
                and (wanted & set(nouns(m)[:3]) or sentence in (claim.sentence, claim.sentence.before))
            ):
                yield m.quantity.anchor, alike([whole.quantity, m.quantity])[1], m.text, sentence.text
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
            yield cell.quantity.anchor, cell.quantity.interval, cell.text, f"table, {cell.place}: {cell.row}"


_FEW = 20
_OF_THEM = re.compile(r"\bof (?:whom|which|them|these|those)(?: (?:about|some|only|just))?,? $")
"""What stands before a count of a part, which nothing in another sentence falls to."""


def _held(claim: Occurrence, whole: Occurrence, counts: list[tuple[Fraction, Interval, str, str]]) -> Iterator[Compared]:
    values = [(value, text, place) for _, span, text, place in counts if (value := ratio(alike([whole.quantity])[0], span))]
    close = [(off((v.low + v.high) / 2, claim.quantity.anchor), v, text, place) for v, text, place in values]
    fits = any(said(claim.quantity).meets(_rounded(v)) for _, v, *_ in close)
    gap, value, text, place = min(close, key=lambda one: one[0])
    if fits or gap < _NEAR:
        told = f"{whole.text} / {text} = {shown(value)}; stated {claim.text}"
        message = "" if fits else f"{whole.text} among {text} is {shown(value)} each, where {claim.text} is stated."
        yield compared("per head", [claim], told, message, confidence=Confidence.medium, other=place)


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
            yield compared("share × base", [claim], told, message, confidence=Confidence.medium)


_CLOSE = Fraction(13, 10)
_TO_EACH = re.compile(r"^ (?:[a-z-]+ )?(?:to|for|per) (?:each|every|an?|one) (?P<what>[a-z]+(?: [a-z]+)?)")


def so_many_to_each(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether so many of one thing to each of another are the two counts of the sentence, or of it and the one before, with those nouns."""
    for claim in sentence.mentions:
        match = _TO_EACH.match(sentence.masked[sentence.masked.index(chr(FIRST_MARK + claim.index)) + 1 :])
        thing = [word for word in nouns(claim)[:1] if word]
        if not match or base(claim) != "count" or claim.quantity.ends or not thing:
            continue
        before = sentence.before
        held = [
            m for one in (before, sentence) if one for m in one.mentions if m is not claim and base(m) == "count" and not m.quantity.ends
        ]
        many = [m for m in held if thing[0] in nouns(m)[:3] and m.quantity.anchor > claim.quantity.anchor]
        few = [m for m in held if m not in many and m.quantity.anchor > 1]
        if len(many) == 1 and len(few) == 1 and (value := ratio(*alike([many[0].quantity, few[0].quantity]))):
            half = Fraction(1, 2)
            fits = said(claim.quantity).meets(Interval(value.low - half, value.high + half))
            if fits or off((value.low + value.high) / 2, claim.quantity.anchor) < _NEAR:
                message = "" if fits else f"{many[0].text} to {few[0].text} is {shown(value)} to one, where {claim.text} is stated."
                told = f"{many[0].text} / {few[0].text} = {shown(value)}; stated {claim.text}"
                yield compared("ratio", [claim], told, message, confidence=Confidence.medium)
