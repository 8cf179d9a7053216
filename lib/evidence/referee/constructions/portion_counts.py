"""A portion of a count, told as a count beside it: "35 per cent of the 8,640, or 3,024"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared
from evidence.referee.constructions.change_words import size_way
from evidence.referee.constructions.decided import decided, exact_or_printed, numbers_back
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.passages import is_span
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import ahead, all_ahead, base, behind, text_between
from evidence.referee.relations.settling import Binding, said

_HEDGES = r"(?:just |only |about |some |nearly |almost |around |roughly |exactly |over |under |a mere |no fewer than |the equivalent of )*"
_SO_MANY = (
    r"(?:or|that is(?: to say)?|that was|i\.e\.|namely|in other words|in numbers|in figures|in round numbers|equal to|equivalent to|meaning(?: that)?|which (?:means|meant|makes|made|gives|gave|is|was|comes to|came to|represents|amounts to|works out at)(?: that)?"
    r"|making|giving|representing|amounting to|corresponding to|so|so that|hence|thus|therefore|accordingly|numbering|totalling|it follows that|translating into|in absolute terms|this means|that means|this is|this makes|that makes|they number|they numbered|that came to|a total of)"
)
_BEHIND_SHARE = re.compile(
    rf"(?: of (?:them|these|those|it|this|that|whom|which|the [a-z' -]{{3,60}}|all [a-z' -]{{3,40}}|[a-z' -]{{3,40}}))?(?: [a-z'-]+){{0,9}}?(?:,? \(|[,;:] | [-\u2013\u2014] |,? (?={_SO_MANY}\b))(?:and )?(?:{_SO_MANY}),? (?:[a-z'-]+ ){{0,3}}?{_HEDGES}$"
)
_BARE = re.compile(
    rf"(?: (?:of|in|among) (?:them|these|those|it|whom|the [a-z' -]{{3,60}}|[a-z' -]{{3,40}}))?(?:, | \(| [-\u2013\u2014] |: ){_HEDGES}$"
)
_CLOSED = re.compile(
    r"(?: (?!of\b|more\b|fewer\b|less\b|up\b|down\b|per\b|in\b|at\b|for\b|with\b|from\b|on\b|among\b|by\b|alone\b|a\b|an\b)[a-z'-]+){0,3}(?:,| \(|\)| [-\u2013\u2014] |;|\.$|$)| of (?:them|these|those)\b|\)"
)
_THE_SHARE = re.compile(
    rf"^(?:(?:and|so|thus|in other words|in (?:round )?numbers|in figures|in absolute terms),? )*(?:(?:that|this|it|which|they|the (?:first|former|share|figure|proportion|percentage|fraction)(?: [a-z]+)?) (?:is|was|are|were|makes?|made|means?|meant|represents?|represented|gives?|gave|comes? to|came to|amounts? to|amounted to|equals?|works out at|corresponds to|translates into|number(?:s|ed)?|be)(?: that)?|that would be) {_HEDGES}$"
    rf"|^(?:in other words|in (?:round |absolute )?(?:numbers|figures|terms)|in numbers|that is),? {_HEDGES}$"
)
_OF_BASE = re.compile(
    r"(?:, of (?:whom|which|these)|,? (?:making|giving|so that|meaning(?: that)?|hence|thus|therefore|which (?:makes|means|gives|implies)(?: that)?|leaving))\b[^.;:]{0,30}$"
)
_HENCE = re.compile(
    r"(?: [a-z'-]+){0,5}? (?:therefore|thus|hence|accordingly|then)\b| (?:in favour|said (?:yes|so|no)|answered|agreed|for and)\b"
)
_NO_BASE = re.compile(
    r"\b(?:over|under|aged|ages?|least|than|every|page|section|target|further|another|other|rest|remaining|remainder|remaining) (?:[a-z]+ )?$"
)
_OF_SO_MANY = re.compile(r"(?: [a-z-]+){0,2} (?:out )?of (?:the |all |these |those |a total of |its |some )*$")
_ALONE = re.compile(r"(?: [a-z-]+){1,4} alone\b")
_OTHER_UNITS = ("percent", "percentage points", "times", "years", "months", "weeks", "days", "hours", "minutes")
_WHOLE, _BACK, _SLIP = 100, 2, Fraction(3)


def portions_counted(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a count told beside a portion, or as what follows from one, is that portion of a count within reach."""
    for claim in sentence.mentions:
        if (
            not _counts(claim)
            or _OF_SO_MANY.match(behind(claim))
            or _ALONE.match(behind(claim))
            or claim.quantity.hedge in ("above", "below", "at least", "up to")
        ):
            continue
        for share, wholes in _shares_of(claim, linker):
            if wholes:
                yield from decided("share × base", claim, [*_choices(claim, share, wholes), *_elsewhere(claim, share, linker)], most=_SLIP)
                break


def _counts(one: Occurrence) -> bool:
    quantity = one.quantity
    plain = not quantity.ends and not quantity.in_words and re.search(r"\d", one.text) and quantity.anchor > 1
    plain = plain and not re.fullmatch(r"(?:19|20)\d\d", one.text)
    return bool(plain) and base(one) not in _OTHER_UNITS and " per " not in quantity.unit and size_way(one) is None and not is_span(one)


def _is_share(one: Occurrence) -> bool:
    quantity = one.quantity
    sized = quantity.unit == "percent" and not quantity.ends and 0 < quantity.anchor < _WHOLE and size_way(one) is None
    return (
        sized
        and one.text.lower() not in ("most", "majority", "the majority", "a majority")
        and quantity.hedge not in ("above", "below", "at least", "up to")
    )


def _shares_of(claim: Occurrence, linker: Linker) -> Iterator[tuple[Occurrence, list[Occurrence]]]:
    """Yield the portion that a count tells once more, each with the counts that it may be of, the likeliest first."""
    own = claim.sentence.mentions[: claim.index]
    share = next((m for m in reversed(own) if _is_share(m)), None)
    if share and _told_again(share, claim):
        yield share, _wholes(share, claim)
    before = [m for held in numbers_back(claim.sentence, 1) for m in held if _is_share(m)]
    if claim.index == 0 and before and _THE_SHARE.search(all_ahead(claim)):
        first = before[0] if " first " in all_ahead(claim) or len(before) == 1 else None
        if first:
            yield first, _wholes(first, claim)
    base_ = own[-1] if own and not share else None
    told = [one for one in linker.reach.section(claim.sentence) if one.mentions][:_BACK]
    earlier = [m for one in told for m in one.mentions if _is_share(m)] if base_ else []
    counts = [m for m in own if _counts(m) and base(m) == base(claim)]
    if base_ and counts and len(earlier) == 1 and counts[-1].quantity.anchor > claim.quantity.anchor and _follows(claim):
        yield earlier[0], [counts[-1]]


def _follows(claim: Occurrence) -> bool:
    """Return whether words say that a count follows from the one right before it in its sentence and a portion told before."""
    told = _OF_BASE.search(ahead(claim))
    return told is not None and (
        ("whom" not in told[0] and "which " not in told[0]) or bool(_HENCE.match(behind(claim))) or bool(_HENCE.search(ahead(claim)))
    )


def _told_again(share: Occurrence, claim: Occurrence) -> bool:
    """Return whether a count stands right behind a portion, or behind it and what it is of, as what it comes to."""
    between = claim.sentence.mentions[share.index + 1 : claim.index]
    if len(between) > 1 or any(not _is_base_of(share, m) for m in between):
        return False
    text = re.sub(r"[\ue000-\uf8ff]", "all", text_between(share, claim))
    return bool(_BEHIND_SHARE.fullmatch(text)) or bool(_BARE.fullmatch(text) and _CLOSED.match(behind(claim)))


def _is_base_of(share: Occurrence, whole: Occurrence) -> bool:
    return bool(
        re.fullmatch(
            r" (?:of|in|among) (?:(?:the|all|these|those|its|their|our|some|about|a total of|a stock of)\b ?)*(?:[a-z]+ ){0,2}",
            text_between(share, whole),
        )
    )


def _wholes(share: Occurrence, claim: Occurrence) -> list[Occurrence]:
    """Return the counts that a portion may be of: those of its sentence before the count it comes to, else of the sentences before."""
    own = [
        m
        for m in share.sentence.mentions
        if m is not claim and _may_be_whole(m, claim) and (m.sentence is not claim.sentence or m.start < claim.start)
    ]
    if not _OF_THEM.match(behind(share)) and any(m.start < share.start and ";" in text_between(m, share) for m in own):
        return [m for m in own if ";" not in text_between(m, share)][::-1]
    behind_ = [m for m in own if m.start > share.start and _is_base_of(share, m)]
    if behind_:
        return behind_
    if own:
        return own[::-1]
    bracket = ahead(claim).endswith("(") and not _OF_THEM.match(behind(share))
    if bracket or _OF_ITS_OWN.match(behind(share)):
        return []
    back = [[m for m in held if _may_be_whole(m, claim)] for held in numbers_back(share.sentence, _BACK)]
    return next(([max(held, key=lambda m: m.quantity.anchor), *held] for held in back if held), [])


_OF_THEM = re.compile(r" (?:of|among) (?:them|these|those|whom|which)\b")
_OF_ITS_OWN = re.compile(r" of (?:all |the |its |their )?(?:[a-z]+ )*(?:spending|budget|income|cost|costs|expenditure|area|land)\b")


def _may_be_whole(one: Occurrence, claim: Occurrence) -> bool:
    fit = base(one) == base(claim) or (base(one) == "count" and base(claim) in ("hectares", "tonnes", "km", "miles"))
    return (
        _counts(one)
        and fit
        and not _NO_BASE.search(ahead(one))
        and not ahead(one).endswith("(")
        and one.quantity.anchor > claim.quantity.anchor / 2
    )


def _choices(claim: Occurrence, share: Occurrence, wholes: list[Occurrence]) -> Iterator[Binding]:
    """Yield the portion of each count, the rest of it, and the portion of two counts together or less one another, which only explain."""
    part = said(share.quantity).scaled(Fraction(1, 100))
    rest = Interval(Fraction(1), Fraction(1)) - part
    for at, whole in enumerate(wholes):
        (count,) = exact_or_printed(claim, (whole,))
        yield Binding((share, whole), part * count, f"{share.text} of {whole.text}", sure=at == 0)
        yield Binding((share, whole), rest * count, f"{whole.text} less {share.text}", sure=False)
    beside = list(
        dict.fromkeys([*wholes, *(m for m in claim.sentence.mentions if _counts(m) and m is not claim and base(m) == base(claim))])
    )
    for one, two in combinations(beside, 2):
        given = exact_or_printed(claim, (one, two))
        yield Binding((share, one, two), part * (given[0] + given[1]), f"{share.text} of ({one.text} + {two.text})", sure=False)
    for other in [m for m in claim.sentence.mentions[: claim.index] if _is_share(m) and m is not share]:
        yield from _portions_of_portions(claim, share, other, wholes)


def _elsewhere(claim: Occurrence, share: Occurrence, linker: Linker) -> Iterator[Binding]:
    """Yield the portion of each count of the passage, which only explains."""
    part = said(share.quantity).scaled(Fraction(1, 100))
    for whole in linker.reach.passage(claim.sentence):
        if whole is not claim and _may_be_whole(whole, claim):
            yield Binding((share, whole), part * exact_or_printed(claim, (whole,))[0], f"{share.text} of {whole.text}", sure=False)


def _portions_of_portions(claim: Occurrence, share: Occurrence, other: Occurrence, wholes: list[Occurrence]) -> Iterator[Binding]:
    part, second = (said(one.quantity).scaled(Fraction(1, 100)) for one in (share, other))
    for whole in wholes:
        (count,) = exact_or_printed(claim, (whole,))
        yield Binding((share, other, whole), part * second * count, f"{share.text} of {other.text} of {whole.text}", sure=False)
        yield Binding((other, whole), second * count, f"{other.text} of {whole.text}", sure=False)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (portions_counted,)
