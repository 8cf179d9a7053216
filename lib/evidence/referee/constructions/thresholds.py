"""How many of the things that are listed lie above a number, or below it, and how many went up or down."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, Confidence, compared, worded
from evidence.referee.constructions.listings import ListedThing, Listing, listings
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import base

NUMERALS = {
    word: at
    for at, word in enumerate(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1)
}
_SO_MANY = rf"(?:{'|'.join(NUMERALS)}|\d{{1,2}})"
_OF = r"(?: (?:out )?of (?:them|these|those|the (?:[a-z0-9]+ ){0,2}?[a-z]+))?"
_HOW_MANY = re.compile(
    rf"\b(?:(?:all|every(?: [a-z]+)?|each(?: [a-z]+)?)(?: of (?:them|these|those|the [a-z]+))?,? (?:but|except|save|bar)(?: for)? (?P<but>{_SO_MANY})"
    rf"|(?P<none>none|no [a-z]+|not one)|(?P<half>half)|(?P<most>most)|(?P<n>(?!one\b){_SO_MANY}|one(?= of\b)|(?<=only )one|(?<=just )one))\b(?!,\d|\.\d){_OF}"
)
_ABOVE = r"exceed(?:s|ed|ing)?|top(?:s|ped)?|pass(?:es|ed)?|above|over|more than|higher than|greater than|longer than|in excess of|beyond|better than|surpass(?:es|ed)?"
_BELOW = r"below|under|fewer than|less than|lower than|short of|shorter than|beneath"
_AT_LEAST = r"at least|reach(?:es|ed)?|no (?:less|fewer) than|attain(?:s|ed)?|or more"
_AT_MOST = r"at most|up to|no more than|not more than|or (?:less|fewer)"
_RELATION = re.compile(rf"\b(?:(?P<least>{_AT_LEAST})|(?P<most>{_AT_MOST})|(?P<above>{_ABOVE})|(?P<below>{_BELOW}))\b")
_NOT = re.compile(
    r"\b(?:not|if|can|may|cannot|would|could|should|target|another|other|others|further|expected|than (?!#)in|last year|earlier|ago|previously)\b"
)


def so_many_beyond(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether as many of the things that are listed lie beyond a number as are said to."""
    low = sentence.text.lower()
    if not _RELATION.search(low):
        return
    for limit in sentence.mentions:
        match, way = _claim(low, limit), _way(low, limit)
        if (
            not match
            or not way
            or not (re.search(r"\d", limit.text) or base(limit) == "percent" or base(limit) in _SPANS or limit.quantity.anchor < _SMALL)
        ):
            continue
        held = [
            one
            for one in listings(sentence, linker.reach)
            if _one_unit(one, limit)
            and limit not in {entry.mention for entry in one.entries}
            and _is_before(one, match, sentence)
            and _number(match["but"] or match["n"] or "1") <= len(one.entries)
        ]
        told = [(one, *_counted(match, one, way, limit)) for one in held]
        if told:
            one, said, given = min(told, key=lambda each: not _agree(each[1], each[2]))
            message = (
                "" if _agree(said, given) else f'"{low[match.start() : limit.end]}", but of {len(one.entries)} it is {sorted(given)[-1]}.'
            )
            many = next((m for m in sentence.mentions if match.start() <= m.start < match.end()), None)
            marked = [limit, many] if many else [limit]
            told_there = f"{one.told}; {low[match.start() : limit.end]}"
            yield compared(
                "order",
                marked,
                told_there,
                message,
                confidence=Confidence.medium,
                other=[one.sentence, *(each.mention for each in one.entries)],
                claim=many,
            )


_SPANS, _SMALL = ("weeks", "days", "hours", "minutes", "years", "months"), 13


def _is_before(listing: Listing, match: re.Match[str], sentence: Sentence) -> bool:
    """Return whether what is listed stands before a claim of how many it is, or behind it and a colon."""
    first, last = listing.entries[0].mention, listing.entries[-1].mention
    behind = first.start > match.end() and ":" in sentence.text[match.end() : first.start]
    return listing.sentence is not sentence or last.end <= match.start() or behind


def _one_unit(listing: Listing, limit: Occurrence) -> bool:
    """Return whether a limit may be of what is listed: it has its unit, or leaves that out, and is of its size."""
    unit, bound = base(limit), abs(_bound(limit, listing))
    same = unit == listing.unit or (unit == "count" and listing.unit != "count")
    return same and not limit.quantity.ends and listing.sizes[-1] / _FAR <= bound <= listing.sizes[0] * _FAR


def _bound(limit: Occurrence, listing: Listing) -> Fraction:
    """Return a limit in the scale of what is listed."""
    return limit.quantity.anchor * (listing.scale if base(limit) == "count" != listing.unit else 1)


_FAR = 4


_GROUP = re.compile(r"\b(?:first|last|top|bottom|largest|biggest|smallest|other|next|these|those|the|both) $")


def _claim(low: str, limit: Occurrence) -> re.Match[str] | None:
    """Return the words for how many that stand last before a limit in its clause, with no other number between."""
    start = max((found.end() for found in re.finditer(r"[;:(]|\.\s|, (?:and|but|while|of which|with)\b", low[: limit.start])), default=0)
    found = list(_HOW_MANY.finditer(low, start, limit.start))
    match = found[-1] if found and not _GROUP.search(low[: found[-1].start()]) else None
    between = [m for m in limit.sentence.mentions if match and match.end() <= m.start < limit.start]
    return (
        match
        if match and not between and limit.start - match.end() < _GAP and not _NOT.search(low[match.end() : limit.end + _BEHIND])
        else None
    )


_GAP, _BEHIND = 70, 12


def _way(low: str, limit: Occurrence) -> str:
    """Return how things lie to a limit by the words before it or at its head."""
    found = [*_RELATION.finditer(low, max(0, limit.start - _NEAR), limit.end + _NEAR)]
    near = [one for one in found if one.start() < limit.end or one.start() <= limit.end + 1]
    group = near[-1].lastgroup if near else ""
    gap = low[near[-1].end() : limit.start] if near else ""
    return group or "" if len(gap.split()) <= _WORDS else ""


_NEAR, _WORDS = 24, 2


def _counted(match: re.Match[str], listing: Listing, way: str, limit: Occurrence) -> tuple[set[int], set[int]]:
    """Return how many of the things that are listed may be meant, and how many there are, with those on the limit or without them."""
    sizes, bound, many = listing.sizes, _bound(limit, listing), len(listing.entries)
    up = way in ("above", "least")
    given = {sum((one > bound if up else one < bound) for one in sizes), sum((one >= bound if up else one <= bound) for one in sizes)}
    if match["half"]:
        return {many // 2, (many + 1) // 2}, given
    if match["most"]:
        return set(range(many // 2 + 1, many + 1)), given
    if match["none"]:
        return {0}, given
    said = _number(match["but"] or match["n"])
    return {many - said if match["but"] else said}, given


def _number(word: str) -> int:
    return NUMERALS.get(word) or int(word)


def _agree(said: set[int], given: set[int]) -> bool:
    return bool(said & given)


_BUT = re.compile(r"\b(?:except|but|apart from|bar|save|other than)(?: for)? (?:in |at |the )*$")
_ONLY = re.compile(r"\b(?P<only>only|just) (?:in |at |the )*$")


def named_beyond(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the things that are named before a limit lie beyond it, and where only they do, no other."""
    low = sentence.text.lower()
    for limit in sentence.mentions if _RELATION.search(low) else []:
        way = _way(low, limit)
        for one in listings(sentence, linker.reach)[:1] if way and not _claim(low, limit) else []:
            named = _subject(low, limit, one)
            if one.sentence is sentence or not named or not _one_unit(one, limit):
                continue
            up, bound = way in ("above", "least"), _bound(limit, one)
            but = bool(_BUT.search(low[: named[0][0]]))
            kept = [each for *_, each in named]
            meant = [each for each in one.entries if each not in kept] if but else kept
            wrong = [each for each in meant if (each.value < bound if up else each.value > bound)]
            wrong += [each for each in kept if but and (each.value > bound if up else each.value < bound)]
            message = f"{wrong[0].name} has {wrong[0].mention.text}: {low[named[0][0] : limit.end]}." if wrong else ""
            yield compared("order", [limit], f"{one.told}; {limit.text}", message, confidence=Confidence.medium, other=one.sentence)
            if not wrong and _ONLY.search(low[: named[0][0]]):
                yield from _others(limit, one, kept, up)


def _others(limit: Occurrence, listing: Listing, named: list[ListedThing], up: bool) -> Iterator[Compared]:
    """Yield whether none but those that are named lies beyond a limit."""
    bound = _bound(limit, listing)
    more = [one for one in listing.entries if one not in named and (one.value > bound if up else one.value < bound)]
    message = f"{more[0].name} with {more[0].mention.text} lies {'above' if up else 'below'} {limit.text} too." if more else ""
    yield compared(
        "order", [limit], f"{listing.told}; only these beyond {limit.text}", message, confidence=Confidence.medium, other=listing.sentence
    )


_JOINS = re.compile(r"(?:,? (?:and|or)|,) (?:in |at |the )*")
_BEHIND_NAMES = re.compile(
    r"(?: (?:alone|both|all|each|also|now|is|was|are|were|has|had|have|did|does|do|lies?|lay|stood|stands|came|comes|scored|managed|got|gave|reported|recorded|achieved|stayed|remained)){0,4} ?(?:[a-z]+ ){0,2}$"
)


def _subject(low: str, limit: Occurrence, listing: Listing) -> list[tuple[int, int, ListedThing]]:
    """Return the things that are the subject of the clause of a limit, joined with each other."""
    before = [one for one in listing.found_in(low) if one[1] <= limit.start]
    relation = list(_RELATION.finditer(low, before[-1][1] if before else 0, limit.end))
    if (
        not before
        or not relation
        or not _BEHIND_NAMES.fullmatch(low[before[-1][1] : relation[-1].start()].removesuffix(" ") + " ")
        or _NOT.search(low)
    ):
        return []
    run = [before[-1]]
    for one in reversed(before[:-1]):
        if not _JOINS.fullmatch(low[one[1] : run[0][0]]):
            break
        run.insert(0, one)
    return run


_MOVED = re.compile(rf"\b(?:(?P<up>{RISE}|higher|more|longer|better)|(?P<down>{FALL}|lower|fewer|less|shorter|worse))\b")


def so_many_moved(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether as many of the things of a list went up, or down, from its first numbers to its second as are said to."""
    low = sentence.text.lower()
    moved, match = _MOVED.search(low), _MANY_OF.search(low)
    held = listings(sentence, linker.reach) if moved and match else []
    pair = next(((one, two) for one, two in itertools.pairwise(held) if _same_things(one, two)), None)
    clause = low[min(moved.start(), match.start()) : max(moved.end(), match.end())] if moved and match else ""
    if not pair or not moved or not match or len(clause) > _GAP or re.search(r"[.;:]|\b(?:by|not)\b", clause):
        return
    gaps = [two.value - one.value for one, two in zip(pair[0].entries, pair[1].entries, strict=True)]
    given = sum((gap > 0 if moved["up"] else gap < 0) for gap in gaps)
    said = _said_of(match, len(gaps))
    message = "" if given in said else f'"{clause}", but of {len(gaps)} it is {given}.'
    yield worded("order", sentence, match.span(), f"{pair[0].told}; {pair[1].told}; {clause}", message, Confidence.medium, pair[0].sentence)


_MANY_OF = re.compile(
    rf"\b(?:(?P<half>half)|(?P<most>most)|(?P<all>all)(?: but (?P<but>{_SO_MANY}))?|(?P<none>none)|(?P<n>{_SO_MANY})) (?:of (?:them|these|those|the [a-z]+)|[a-z]+ of the [a-z]+)"
)


def _said_of(match: re.Match[str], many: int) -> set[int]:
    if match["half"]:
        return {many // 2, (many + 1) // 2}
    if match["most"]:
        return set(range(many // 2 + 1, many + 1))
    if match["all"]:
        return {many - (_number(match["but"]) if match["but"] else 0)}
    return {0} if match["none"] else {_number(match["n"])}


def _same_things(one: Listing, two: Listing) -> bool:
    return [entry.name for entry in one.entries] == [entry.name for entry in two.entries]


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (so_many_beyond, named_beyond, so_many_moved)
