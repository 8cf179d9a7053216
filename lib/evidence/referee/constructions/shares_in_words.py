"""Shares in words, a half, a third, a majority, of what the passage tells the part and the whole of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import islice

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, alike, compared, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence, stems
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, base, behind
from evidence.referee.relations.subjects import BACK

_BACK = 3
_TO_PART = re.compile(
    r"(?:[^.;:#()]{0,45}?(?:, | \(| - | \u2013 | \u2014 |,? (?:and )?so |, or |, that is (?:to say )?|: )|[^.;:#(),]{0,30} (?:or|is|are|being|was|were) )(?:(?:and )?(?:so|thus|that is(?: to say)?|or|i\.e\.|which is|which was|equal to|equivalent to|in|just|rather|well|about|some|by|far|still|only|a little|representing|in other words|therefore|hence) ?)*,? ?"
)
_OF = re.compile(r" of (?:all |the |those |these |its |their |our |his |that )*(?P<noun>[a-z-]+)?|[ ]?[.,;:)]|$| - ")
_GENERIC = frozenset(
    ["whole", "total", "money", "them", "these", "those", "all", "cases", "sum", "amount", "entire", "number", "lot", "budget"]
)
_OF_ITSELF = re.compile(
    r" of (?:it|this|that|which|whom|the (?:figure|level|number|rate|total) (?:at|in|for|from)|(?:them|these|those)(?! who| that|[.,;:)]|$)| [a-z]+ (?!of)(?:aged|in|at|from)\b)"
)
_NOT_SO = re.compile(r"\b(?:if|would|target|not|aim|remaining|rest|another|other|others|elsewhere|nationally|real terms|inflation)\b")


def parts_in_words(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether words for a share are that which the number before them makes of one that is told before."""
    for claim in sentence.mentions:
        of = _OF.match(behind(claim)) if _is_share(claim) else None
        part = _part(claim) if of else None
        told_whole = claim.sentence.mentions[part.index + 1] if part else None
        if not of or not part or _OF_ITSELF.match(behind(claim)) or _NOT_SO.search(ahead(claim)):
            continue
        wholes = [told_whole] if told_whole and told_whole is not claim else _wholes(claim, part, linker, of["noun"] or "")
        yield from _held(claim, part, wholes)


def _is_share(mention: Occurrence) -> bool:
    """Return whether a number is a share in words: "a third", "more than half", "a majority"."""
    words = mention.quantity.in_words and base(mention) == "percent" and not re.search(r"\d", mention.text)
    return words and not re.match(r"doubl|halv|one\b|most|all\b|nearly all|none|every", mention.text.lower())


def _part(claim: Occurrence) -> Occurrence | None:
    """Return the number right before words for a share, which they say again."""
    before = claim.sentence.mentions[claim.index - 1] if claim.index else None
    fits = before and base(before) not in ("percent", "times", "years", "months", "percentage points") and _TO_PART.fullmatch(ahead(claim))
    if before and fits and before.index and _WHOLE_AHEAD.fullmatch(ahead(before)):
        before = claim.sentence.mentions[before.index - 1]
    moved = before and (_CHANGED.search(ahead(before)) or " per " in before.quantity.unit)
    return before if before and fits and not moved and not before.quantity.ends and re.search(r"\d", before.text) else None


_CHANGED = re.compile(
    rf"\b(?<!take )(?<!took )(?<!made )(?<!make )(?<!makes )(?<!taken )(?<!takes )(?:by|to|from|{RISE}|{FALL}) (?:just |only |about |some |over |nearly |almost |another )*$"
)
"""What tells that a number is the size of a change, or where one ends, and no part."""
_WHOLE_AHEAD = re.compile(
    r"(?: [a-z]+){0,2} (?:out )?of (?:(?:the |its |their |these |those |all |our |some |about |a total of )*(?:[a-z]+['\u2019]s? )?)"
)


def _wholes(claim: Occurrence, part: Occurrence, linker: Linker, noun: str) -> list[Occurrence]:
    """Return the greater numbers of the unit of a part, in its sentence and those before it; none where a noun of its own is spoken of."""
    own_whole = [m for m in claim.sentence.mentions if _may_be_whole(m, part) and _OF_WHOLE.search(ahead(m))]
    near = [claim.sentence, *islice(linker.reach.section(claim.sentence), _BACK)]
    for reached in (linker.reach.near(claim.sentence)[: _BACK + 1], near):
        held = own_whole or [m for one in reached for m in one.mentions if m is not part and m is not claim and _may_be_whole(m, part)]
        if held:
            break
    word = next(stems(noun), "") if noun not in _GENERIC else ""
    told = any(word in one.stems for one in near[1:]) if word else noun or own_whole or _OF_SOME.match(behind(part))
    own = [m for m in held if word and word in set(stems(f"{ahead(m)} {behind(m)}"))]
    return own or (held if told else [])


_OF_SOME = re.compile(r" of (?:the|its|their|these|those|all|them)\b")


_OF_WHOLE = re.compile(r"^(?:out )?of (?:the |all |some |about )*$|\bout of (?:the |all |some |about )*$")


def _may_be_whole(mention: Occurrence, part: Occurrence) -> bool:
    same = base(mention) == base(part) and not mention.quantity.ends
    return (
        same
        and mention.quantity.anchor > part.quantity.anchor
        and " per " not in mention.quantity.unit
        and not _RATE.match(behind(mention))
    )


_RATE = re.compile(r" (?:an?|each|per|apiece) ")


def _far_off(claim: Occurrence, part: Occurrence, held: list[Occurrence]) -> bool:
    """Return whether words for a share are far from what a part makes of each of some numbers."""
    shares = [100 * part.quantity.anchor / m.quantity.anchor for m in held]
    return all(not claim.quantity.anchor / _NEAR < share < claim.quantity.anchor * _NEAR for share in shares)


_NEAR = Fraction(8, 5)


def _held(claim: Occurrence, part: Occurrence, wholes: list[Occurrence]) -> Iterator[Compared]:
    """Yield whether words for a share are what a part makes of one of some wholes."""
    known = [(whole, value.scaled(Fraction(100))) for whole in wholes if (value := ratio(*alike([part.quantity, whole.quantity])))]
    if not known or (claim.sentence is not part.sentence):
        return
    fitting = [one for one in known if _admits(claim, one[1])]
    near = [one for one in known if not _far_off(claim, part, [one[0]])]
    if not fitting and not near:
        return
    whole, value = (fitting or near)[0]
    message = "" if fitting else f'{part.text} of {whole.text} is {shown(value)} percent, not "{claim.text}".'
    yield compared(
        _kind(claim),
        [claim, part],
        f"{part.text} / {whole.text} = {shown(value)} percent; {claim.text}",
        message,
        confidence=Confidence.medium,
        other=whole,
        claim=claim,
    )


def _kind(claim: Occurrence) -> str:
    """Return the kind of check that words for a share are held by."""
    return "words against numbers" if claim.text.lower().endswith(("majority", "minority")) else "share × base"


def _admits(claim: Occurrence, value: Interval) -> bool:
    """Return whether words for a share may be said of a percentage: a majority is above half, a minority below it."""
    word = claim.text.lower()
    if word.endswith("majority"):
        return value.high > _HALF
    if word.endswith("minority"):
        return value.low < _HALF
    return admitted(claim.quantity).meets(value)


_HALF = 50


_MOVED_BY = re.compile(rf"\b(?:(?P<up>{RISE})|(?P<down>{FALL}))(?: by)?(?: about| some| just| well| rather| almost| nearly)* $")


def moves_in_words(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is cut, or grew, by a share in words did so between the two numbers of its sentence, or of the one before it."""
    for claim in sentence.mentions:
        way = _MOVED_BY.search(ahead(claim)) if _is_share(claim) else None
        if not way or not _OF.match(behind(claim)) or _NOT_SO.search(sentence.masked):
            continue
        own = _levels(sentence, claim)
        before = next(iter(linker.reach.section(sentence)), None) if not own and BACK.match(sentence.masked) else None
        two = own or (_levels(before, claim) if before else [])
        if len(two) == _TWO and base(two[0]) == base(two[1]) and not any(m.quantity.ends for m in two):
            yield from _change(claim, two, up=bool(way["up"]))


def _levels(sentence: Sentence, claim: Occurrence) -> list[Occurrence]:
    """Return the numbers of a sentence between which something may have moved."""
    held = [m for m in sentence.mentions if m is not claim and base(m) not in ("years", "months", "percent")]
    return [m for m in held if re.search(r"\d", m.text)]


_TWO = 2


def _change(claim: Occurrence, two: list[Occurrence], *, up: bool) -> Iterator[Compared]:
    """Yield whether a share in words is by how much one of two numbers is more, or less, than the other."""
    one, other = sorted(two, key=lambda m: m.quantity.anchor, reverse=not up)
    low, high = alike([one.quantity, other.quantity])
    value = ratio(high - low if up else low - high, low)
    if value:
        value = value.scaled(Fraction(100))
        message = "" if _admits(claim, value) else f'From {one.text} to {other.text} is {shown(value)} percent, not "{claim.text}".'
        yield compared(
            "change",
            [claim],
            f"{one.text} → {other.text}: {shown(value)} percent; {claim.text}",
            message,
            confidence=Confidence.medium,
            other=two,
            claim=claim,
        )


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (parts_in_words, moves_in_words)
