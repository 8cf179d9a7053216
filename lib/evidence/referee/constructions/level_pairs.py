"""Pairs of levels that a sentence sets beside each other: what something was, and what it became."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from evidence.referee.constructions.change_words import size_way
from evidence.referee.constructions.decided import akin, last_place
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.passages import is_span
from evidence.referee.relations.reach import ahead, all_ahead, all_behind, base, text_between

_OF_THEM = re.compile(r" (?:[a-z-]+ ){0,2}(?:of|among) (?:them|these|those|which|whom|it|the total)\b")
_NO_LEVEL = re.compile(
    r"\b(?:(?:together|altogether|total|in all|combined|both|target|goal|aim|plan|limit|ceiling|cap|average|mean|expected|forecast|budget)\b[^.;,]{0,30}|out of|of (?:a total of|all)|over|under|aged|age|page|section|chapter) (?:the )?$"
)
TIME = (
    r"(?:[\ue000-\uf8ff] (?:on|later|earlier|before|after|ago|previously)\b|(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?|(?:in|of|for|by|during|since|at) (?:the |its |their |an? )?(?:(?:[a-z]+ )?(?:first|second|third|fourth|last|latest|final|previous|preceding|following|next|earlier|later|same|opening|present|current|past)\b)"
    r"|(?:year|month|quarter|decade|season|week|census|survey|term|winter|summer)s? (?:before|after|earlier|later|ago|previously|on)|last (?:year|month|quarter|week|season|autumn|winter|spring|summer)|this (?:year|month|quarter|season)|now|today|currently|at present|then|previously|formerly|initially|originally|at (?:the )?(?:outset|start|end|beginning|peak))"
)
_TIME = re.compile(rf"(?<![a-z\d]){TIME}")
_TO = re.compile(
    r"[^#;:]{0,70}?(?:,? to|,? (?:rising|falling|climbing|dropping|growing|increasing|shrinking|moving|down|up) to) (?:just |only |about |some |a (?:total|peak|low|high|record|mere) (?:of )?|the [a-z ]{2,20} of |under |over |nearly )*"
)
_AGAINST = re.compile(
    r"[^#;:]{0,60}?[,(]? ?(?:up from|down from|as against|against|(?:as )?compared (?:with|to)|in comparison with|versus|as opposed to|where (?:it|there|they) had been|having been|from|set against|after|instead of|up on|down on)"
    r"(?! all\b)(?: [a-z]+){0,6}? (?:the |only |just |some |about |its |their |a |figure of |\d{4} figure of )*"
)
_AND = re.compile(r"[^#;:]{0,80}?(?:,? and|,? but|;|,|,? whereas|,? while|,? then)(?: [^#;:]{0,60})?")
_FROM = re.compile(r"\bfrom (?:[a-z]+ ){0,4}(?:just |only |about |some |an? |the )*$")
_MUST = re.compile(r"\b(?:and|but|whereas|while|then|now)\b|;|, $")


@dataclass(frozen=True, slots=True)
class LevelPair:
    """Two levels that words set beside each other.

    Attributes:
        one: The one told first.
        two: The other.
        base: That which was earlier, or that it is held against, where the words say; else None.
    """

    one: Occurrence
    two: Occurrence
    base: Occurrence | None


def may_be_level(one: Occurrence) -> bool:
    """Return whether a number may be what a change goes from or to: no part of another, no age, no total, no length of time of telling."""
    plain = not one.quantity.ends and not one.quantity.in_words and re.search(r"\d", one.text)
    bound = one.quantity.hedge in ("above", "below", "at least", "up to")
    return bool(plain) and not bound and not (_OF_THEM.match(all_behind(one)) or _NO_LEVEL.search(ahead(one)) or is_span(one))


def levels_in(sentence: Sentence) -> list[Occurrence]:
    """Return the numbers of a sentence that may be levels, in order."""
    return [one for one in sentence.mentions if may_be_level(one) and size_way(one) is None]


def pairs_in(sentence: Sentence) -> Iterator[LevelPair]:
    """Yield the pairs of levels of one unit that a sentence sets beside each other."""
    for one, two in pairwise(levels_in(sentence)):
        if akin(one, two) and _alike_in_size(one, two) and (found := _pair(one, two)):
            yield found


def _alike_in_size(one: Occurrence, two: Occurrence) -> bool:
    """Return whether two numbers are printed to the same place and not very far apart, or near each other."""
    low, high = sorted((one.quantity.anchor, two.quantity.anchor))
    return low > 0 and high <= low * (_FAR if last_place(one) == last_place(two) else _NEARER)


_FAR, _NEARER = 10, 4


def _pair(one: Occurrence, two: Occurrence) -> LevelPair | None:
    between = re.sub(r"[\ue000-\uf8ff]", "#", text_between(one, two))
    if "#" in between and not all(_beside_it(m) for m in one.sentence.mentions[one.index + 1 : two.index]):
        return None
    plain = between.replace("#", "x")
    if _FROM.search(ahead(one)) and _TO.fullmatch(plain):
        return LevelPair(one, two, one)
    if _AGAINST.fullmatch(plain) and not _FROM.search(ahead(one)):
        return LevelPair(one, two, two)
    if _AND.fullmatch(plain) and not re.search(r"\bthan (?:the |its )?$", ahead(one)) and _MUST.search(plain) and _timed(one, two):
        return LevelPair(one, two, None)
    return None


def _beside_it(mention: Occurrence) -> bool:
    """Return whether a number between two levels is but the length of a time, or the change itself."""
    return size_way(mention) is not None or base(mention) in ("years", "months", "weeks", "days")


def _timed(one: Occurrence, two: Occurrence) -> bool:
    """Return whether both levels have a time in their own words."""
    first = _TIME.search(_own_words(one)) is not None
    between = text_between(one, two)
    head, _, tail = between.partition(" and ") if " and " in between else between.partition(";")
    last = _TIME.search(f"{tail} {_behind_it(two)}")
    return (first or _TIME.search(head) is not None) and last is not None


def _own_words(one: Occurrence) -> str:
    return re.split(r"[;:]", all_ahead(one))[-1][-70:]


def _behind_it(two: Occurrence) -> str:
    return re.split(r"[;:.(]|[\ue000-\uf8ff]", all_behind(two))[0][:45]
