"""On another basis: words beside a number that put it at another time, in other prices, in another edition or scope, or make it a bound."""

from __future__ import annotations

import re

from evidence.referee.comparing import Compared
from evidence.referee.mentions import FALL, RISE, Occurrence
from evidence.referee.relations.linking import times_in
from evidence.referee.relations.reach import Reach, ahead, behind
from evidence.referee.relations.told_beside import Rule, cell_of, stated

_TWO, _FEW = 2, 3
_AGO = re.compile(
    r"(?<!than )(?<!than in )\b(?:a|one|two|three|four|five|ten|twelve) (?:years?|months?|quarters?|weeks?) (?:ago|earlier|before)\b|(?<!than )(?<!than in )(?<!from )(?<!on )\b(?:the|in the) (?:year|quarter|month) before\b"
    r"|(?<!than )(?<!than in )(?<!from )(?<!on )\b(?:last|the previous|the preceding) (?:year|quarter|month|survey|report)\b|\bhad (?:been|stood)\b"
)


def clause(mention: Occurrence) -> str:
    """Return the words of a sentence around a number, between the marks that part clauses."""
    text = mention.sentence.masked
    at = text.index(mention.mark)
    return (
        re.split(r"[;:]|, (?:and|but|while|whereas|so that|so) ", text[:at])[-1]
        + re.split(r"[;:]|, (?:and|but|while|whereas|so that|so) ", text[at:])[0]
    )


def _around(mention: Occurrence) -> str:
    """Return the words between the commas around a number."""
    before, _, after = clause(mention).partition(mention.mark)
    return f"{re.split('[,()]', before)[-1]}#{re.split('[,()]', after)[0]}"


def _is_of_another_time(one: Compared, reach: Reach) -> bool:
    """Return whether the clause of a number names a time, and the cell that it was held against is of another, or of none where the report is of a later."""
    claim, cell = stated(one), cell_of(one, reach)
    if not claim:
        return False
    words = _around(claim)
    words = words if len(words.split()) > _FEW else clause(claim)
    before = clause(claim).partition(claim.mark)[0]
    own = times_in(words)[0] or times_in(before)[0]
    if not cell:
        if _AGO.search(words) and one.places:
            return not _AGO.search(one.there.lower()) and not times_in(one.there)[0]
        named = {year for year, _ in own} - {0}
        near = next((m.sentence.text[m.end :] for m in one.operands if isinstance(m, Occurrence) and m.sentence in one.places), one.there)
        told = times_in(re.split("[,;:]", near)[0])[0] or times_in(one.there)[0]
        return bool(named and one.places) and not named & set(reach.years[-1:]) and not named & {year for year, _ in told}
    at = times_in(f"{cell.head} {cell.row}")[0]
    every = [time for other in reach.cells_in(cell.table) for time in times_in(f"{other.head} {other.row}")[0]]
    if _AGO.search(words):
        return not at or at[-1] >= max(every)
    if own and at:
        return not {year for year, _ in own} & {year for year, _ in at}
    caption = times_in(reach.captions.get(id(cell.table), ""))[0]
    latest = {year for year, _ in caption} or set(reach.years[-1:])
    return bool(own and latest) and not any(year in latest or not year for year, _ in own)


_MARK_OF = re.compile(r"^ (?:[a-z]+ )?(?:mark|threshold|line|limit|ceiling|cut-off|barrier)\b")
_OR_LESS = re.compile(r"^ or (?:less|more|fewer|over|under|above|below|higher|lower|older|younger)\b|^ and (?:over|under|above|below)\b")
_EVERY = re.compile(r"\b(?:every|each|per|for each|for every) $")
_BEYOND = re.compile(r"^(?: [a-z]+){0,2} (?:more|fewer|less|longer) than $")


def is_bound(mention: Occurrence) -> bool:
    """Return whether a number is a bound or a unit of counting: "the 30% mark", "30% or less", "every £1"."""
    return bool(
        _MARK_OF.match(behind(mention))
        or (re.search(r"^\d.* or (?:less|more|fewer)$", mention.text) and behind(mention).startswith(" of "))
        or _OR_LESS.match(behind(mention))
        or _EVERY.search(ahead(mention))
    )


def _has_a_bound(one: Compared, reach: Reach) -> bool:
    """Return whether one of the numbers is a bound, or the claim counts those beyond one: "68 more than 40 times"."""
    claim = stated(one)
    return any(is_bound(m) for m in one.numbers if m.start in m.sentence.places) or bool(
        claim and _BEYOND.match(behind(claim)) and claim.index + 1 < len(claim.sentence.mentions)
    )


_OF_PRICES = re.compile(
    rf"\b(prices|inflation|earnings|wages|population)\b(?: [a-z]+){{0,4}} (?:{RISE}|{FALL})(?: [a-z]+)? by (?:just |only |about )?$"
)


def _is_of_prices(one: Compared, reach: Reach) -> bool:
    """Return whether prices, wages or people changed by so much, of which the numbers that it was held against say nothing."""
    claim = stated(one)
    found = _OF_PRICES.search(ahead(claim)) if claim else None
    if not claim or not found or re.match(r",? from ", behind(claim)):
        return False
    told = claim.sentence.masked.partition(ahead(claim))[0]
    return found[1] not in f"{told} {one.there.lower()}"


_TURN = re.compile(r"\b(?:but|although|though|yet)\b")


def _is_to_another_clause(one: Compared, reach: Reach) -> bool:
    """Return whether the second level stands in a clause of its own: "rose by 9%, from 66 in 2022, but are still below the 91 of 2019"."""
    claim = stated(one)
    levels = sorted((m.start, m) for m in one.numbers if claim and m is not claim and m.sentence is claim.sentence)
    if not claim or len(levels) != _TWO or claim.start > levels[0][0]:
        return False
    text = claim.sentence.text
    return bool(_TURN.search(text[levels[0][1].end : levels[1][0]]))


_CHANGES: tuple[Rule, ...] = (
    _has_a_bound,
    _is_to_another_clause,
    _is_of_prices,
)
OTHER_BASIS: dict[str, tuple[Rule, ...]] = {
    "repeat": (_is_of_another_time,),
    "change": _CHANGES,
    "points against percent": (_has_a_bound,),
    "words against numbers": (_has_a_bound,),
}
"""Such explanations by the kind of alarm."""
