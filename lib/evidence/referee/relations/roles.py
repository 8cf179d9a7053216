"""The role that words give a number: a level, the size of a change, what falls to each, a whole with parts; an alarm stands only between roles that fit."""

from __future__ import annotations

import re

from evidence.referee.mentions import FALL, RISE, Occurrence
from evidence.referee.relations.portions import has_share
from evidence.referee.relations.reach import ahead, base, behind, nouns, words_of

_LITTLE = r"(?:just |only |about |some |nearly |almost |around |over |another |a further |an? |further )*"
_CHANGED = rf"(?:{RISE}|{FALL}|change|difference|gap|saving|overspend|underspend|shortfall)"
_SIZE_AHEAD = re.compile(
    rf"\b(?:(?:{_CHANGED})\b(?: [a-z]+){{0,2}}? (?:by|of)|(?:rose|fell|grew|risen|fallen|rises|falls|up|down|by|increased|decreased)) {_LITTLE}$"
)
_SIZE_AT = re.compile(rf"\b(?:increase|rise|growth|gain|fall|drop|decline|decrease|reduction|cut|loss)s?, at {_LITTLE}$")
_SIZE_BEHIND = re.compile(
    r"^(?: [a-z-]+){0,2}? (?:more|fewer|less|higher|lower|greater|longer|shorter|larger|smaller|extra)\b(?! likely)|^(?: [a-z-]+)?? (?:up|down) on\b|^ (?:increase|rise|fall|drop|cut|reduction)\b"
)
_LEVEL = re.compile(
    r"\b(?:(?:made|make|makes|set|take|taken|signed|brought|add|adds|added) up|to|from|at|total of|average of) (?:just |only |about |some )*$"
)
_EACH_BEHIND = re.compile(
    r"^(?: [a-z-]+){0,3}? (?:per|each|apiece|for (?:each|every)|to (?:each|every|the|an?)|an? (?:head|hectare|pair|mile|kilometre|metre|person|household|home)|on average)\b"
)
_EACH_AHEAD = re.compile(r"\b(?:each|average[sd]?|averaging|mean|median)(?: [a-z-]+){0,5} $")
_DONE_BY = re.compile(
    rf"\b(?:was|were|is|are|been|being|also|and)(?: [a-z]+ly)? (?!(?:{RISE}|{FALL}|exceeded|missed|outnumbered|widened|extended|beaten|revised|surpassed|shortened|lengthened|delayed|trimmed)\b)"
    rf"[a-z]+(?:ed|en|wn|ld|de|ne|id|nt) by {_LITTLE}$"
)
"""What so many did, as "was declared by 1,248"."""
_CHOICE = re.compile(r"\b(?:list|choice|range|menu|series) of $|\bup to $")


def is_size(mention: Occurrence) -> bool:
    """Return whether a number is the size of a change or a difference: "rose by 37", "37 more", "an increase of 37"."""
    before = ahead(mention)
    if _SIZE_AT.search(before):
        return True
    if _LEVEL.search(before) or _DONE_BY.search(before):
        return False
    return bool(_SIZE_AHEAD.search(before) or _SIZE_BEHIND.match(behind(mention)))


def falls_to_each(mention: Occurrence) -> bool:
    """Return whether a number is what one of many has: "800 to the hectare", "on average 16 days"."""
    return " per " in mention.quantity.unit or bool(_EACH_BEHIND.match(behind(mention)) or _EACH_AHEAD.search(ahead(mention)[-40:]))


def is_changed_share(share: Occurrence) -> bool:
    """Return whether a percentage says once more by how much something changed: "rose by £5 million (5%)", "an increase of £10, or 4%"."""
    own, at = share.sentence.mentions, share.index
    if re.search(rf"\b(?:{RISE}|{FALL})(?: [a-z]+)? by {_LITTLE}$", ahead(share)):
        return True
    than = r"(?: (?:more|fewer|less|higher|lower|up|down) (?:than|on) [^.;,()]{0,30})?"
    if not at or not re.fullmatch(rf"{than},? ?\(?(?:or |that is |which is )?{_LITTLE}", ahead(share)):
        return False
    return is_size(own[at - 1]) and base(own[at - 1]) != "percent"


def fit(kind: str, claim: Occurrence, numbers: list[Occurrence]) -> bool:
    """Return whether the roles of numbers are those that a kind of reckoning is between.

    Args:
        kind: Name of the check.
        claim: The number that is said to be wrong.
        numbers: Those it is reckoned from.
    """
    if any(_CHOICE.search(ahead(one)) for one in numbers):
        return False
    if kind in ("sum", "direction") and len(numbers) > 1 and all(base(one) == "percent" and is_size(one) for one in numbers):
        return False
    if kind == "direction":
        return True
    if kind == "sum":
        return not falls_to_each(claim) and not any(falls_to_each(one) for one in numbers) and _of_one_rank(claim, numbers)
    if kind == "share × base":
        whole = max(numbers, key=lambda one: one.quantity.anchor, default=claim)
        apart = re.search(r"\b(?:gap|difference|premium|discount) (?:of|is|was) $", ahead(claim))
        return (
            not apart
            and not _of_another_group(claim, numbers, whole)
            and not (claim.quantity.in_words and _of_other_things(claim, numbers))
            and not is_changed_share(claim)
            and not (whole is not claim and whole.sentence is claim.sentence and _has_other_share(whole, claim))
        )
    if (
        kind == "change"
        and ahead(claim).endswith("(")
        and all(claim.sentence is one.sentence and claim.end + 2 < one.start for one in numbers)
    ):
        return False
    if kind == "change":
        sized = [one for one in numbers if is_size(one)]
        of_sizes = len(sized) == len(numbers) > 1 and is_size(claim) and base(claim) != "percent"
        return not of_sizes and (claim.quantity.unit == "percentage points" or not any(base(one) == "percent" for one in sized))
    if kind == "ratio":
        return not any(is_size(one) for one in numbers)
    return kind != "per head" or not any(base(one) == "count" and one.quantity.anchor.denominator > 1 for one in numbers)


_OF_THE = re.compile(r"^ of (?:the|all|our|its|their) (?:[a-z-]+ )?(?P<noun>[a-z]{3,}s|women|men|children|people)\b")
_OF_THOSE = re.compile(
    r"(?:^|[,;:] ?)(?:of|among) (?:those|these|the [a-z]+) (?:about|who (?!responded|replied|answered)|with|without|aged|from|under|over|whose)\b[^.;]*$"
)


def _of_another_group(claim: Occurrence, numbers: list[Occurrence], whole: Occurrence) -> bool:
    """Return whether words say of which group a part is, and the whole is not of that: "of the 900 men 300, and 200 of the women"."""
    part = min((m for m in numbers if m is not claim and base(m) != "percent"), key=lambda m: m.quantity.anchor, default=whole)
    told = _OF_THE.match(behind(part))
    named = words_of(f"{ahead(whole)} {behind(whole)}")
    other = told and part is not whole and nouns(whole) and not set(words_of(told["noun"])) & set(named)
    return bool(other) or (whole.sentence is not claim.sentence and bool(_OF_THOSE.search(claim.sentence.masked[: claim.start])))


def _of_other_things(claim: Occurrence, numbers: list[Occurrence]) -> bool:
    """Return whether a noun stands right behind a portion, another behind each number, and none is the same: "seven in ten duties", "65 homes"."""
    own, *theirs = ({word for word in nouns(one)[:_NOUNS] if word in words_of(one.sentence.text)} for one in (claim, *numbers))
    return (
        not re.match(r" (?:of|in|were|was|are|is|had|have|has|said|did|would|could)\b", behind(claim))
        and all(theirs)
        and bool(own)
        and not own & set().union(*theirs)
    )


_NOUNS = 3


def _has_other_share(mention: Occurrence, share: Occurrence) -> bool:
    """Return whether a number has a share or a part of its own, and what is set against it another: "183 (88%) compared with 140 of 186"."""
    low, high = sorted((mention, share), key=lambda m: m.start)
    apart = re.search(r"\b(?:compared|against|than|versus|up from|down from)\b", mention.sentence.text[low.end : high.start].lower())
    own = apart and re.fullmatch(r"(?: [a-z]+)? (?:out )?of (?:the |its |our |all )*", ahead(mention))
    return (abs(mention.index - share.index) > 1 and has_share(mention)) or bool(own)


def _of_one_rank(claim: Occurrence, numbers: list[Occurrence]) -> bool:
    """Return whether no part is larger than the whole, nor a whole of other parts: "of the 168, 97 were families"."""
    parts = [one for one in numbers if one.quantity.unit == claim.quantity.unit]
    return not any(
        re.search(r"^(?:out )?of (?:the |all |our |these )*$", ahead(one)) for one in parts if one.quantity.anchor < claim.quantity.anchor
    )
