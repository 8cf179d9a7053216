"""On another basis: words beside a number that put it at another time, in other prices, in another edition or scope, or make it a bound."""

from __future__ import annotations

import re

from evidence.referee.comparing import Compared
from evidence.referee.mentions import FALL, FIRST_MARK, MARK, RISE, Occurrence
from evidence.referee.relations.linking import times_in
from evidence.referee.relations.reach import Reach, ahead, base, behind, nouns
from evidence.referee.relations.told_beside import HUNDRED, Rule, cell_of, others, printed, stated

_TWO, _FEW = 2, 3
_BASES = (
    re.compile(
        r"\bin (?:today's|real|constant|current|(?:19|20)\d\d[/\d-]*) (?:money|terms|prices)\b|\b(?:allowing for|adjusted for|after|net of) inflation\b|\bdeflat\w+"
    ),
    re.compile(
        r"\b(?:per|for (?:each|every)) (?:person|head|household|capita|resident|home|pupil|day|week|month|mile|vehicle)\b|\b(?:a|per) head\b"
    ),
    re.compile(
        r"\b(?:interim|preliminary|provisional\w*|original\w*|initial\w*|first estimate|previous edition|earlier edition|(?:19|20)\d\d edition|last edition|revised|as first published|unweighted|seasonally)\b"
    ),
    re.compile(r"\b(?:target\w*|budget(?:ed)?|forecast|planned)\b"),
)
"""What a number may be and another not: in other prices, for each, of another edition, planned."""
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


def _told_of(one: Compared, reach: Reach) -> str:
    """Return the words that say what a number was held against: the label, head and caption of a cell, or its sentence."""
    cell = cell_of(one, reach)
    return f"{cell.label} {reach.captions.get(id(cell.table), '')} {cell.table.heads[0]}".lower() if cell else one.there.lower()


def _is_on_another_basis(one: Compared, reach: Reach) -> bool:
    """Return whether the clause of a number puts it on a basis of which what it was held against says nothing."""
    claim = stated(one)
    if not one.numbers and one.kind == "repeat":
        return bool(_BASES[2].search(one.there.lower()) and not _BASES[2].search(one.text.lower()))
    told = _told_of(one, reach) if claim else ""
    if not claim or not told:
        return False
    bases = [(rule, _around(claim) if rule is _BASES[-1] else clause(claim)) for rule in (_BASES if one.kind == "repeat" else _BASES[1:2])]
    return any(rule.search(words) and not rule.search(told) for rule, words in bases)


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


_WAY = re.compile(rf"\b(?:so that|while|whereas|and|but|as|because)\b[^,;]*\b(?:{RISE}|{FALL})\b,? from $")


def _has_its_own_verb(one: Compared, reach: Reach) -> bool:
    """Return whether another word of change stands right before the two levels behind a size: "fell by 8%, so that the rate rose from 3.1 to 3.3"."""
    held = [m for m in one.numbers if not m.quantity.ends]
    claim = stated(one)
    if len(held) <= _TWO or not claim:
        return False
    levels = [m for m in held if m is not claim and m.sentence is claim.sentence]
    text = claim.sentence.masked
    first = min((text.index(m.mark) for m in levels), default=0)
    at = text.index(claim.mark)
    return at < first and bool(_WAY.search(text[at:first]))


def _is_of_another_object(one: Compared, reach: Reach) -> bool:
    """Return whether a difference names what it is a difference in, of which the words before it say nothing: "the difference of 5 points in pay"."""
    claim = stated(one)
    if not claim or not any(m is not claim and m.sentence is claim.sentence for m in one.numbers):
        return False
    thing = re.match(r" in (?:the |their )?([a-z]{4,})\b", behind(claim))
    sized = re.search(rf"\b(?:difference|gap|{RISE}|{FALL}) of $", ahead(claim))
    text = claim.sentence.masked
    return bool(sized) and thing is not None and thing[1] not in text[: text.index(claim.mark)]


def _is_of_another_unit(one: Compared, reach: Reach) -> bool:
    """Return whether two levels are rates for each of something, and a count of a noun of its own stands beside them."""
    claim = stated(one)
    if not claim or base(claim) != "count" or " per " in claim.quantity.unit or not nouns(claim):
        return False
    return any(" per " in m.quantity.unit for m in one.numbers if m is not claim)


def _is_of_its_own_year(one: Compared, reach: Reach) -> bool:
    """Return whether a size names a year which none of the sentences of its levels does."""
    claim = stated(one)
    if not claim or any(m.sentence is claim.sentence for m in one.numbers if m is not claim):
        return False
    years = _IN_YEAR.findall(claim.sentence.text)
    return bool(years and one.places) and not others(claim) and not any(year in one.there for year in years)


_OF_PRICES = re.compile(
    rf"\b(prices|inflation|earnings|wages|population)\b(?: [a-z]+){{0,4}} (?:{RISE}|{FALL})(?: [a-z]+)? by (?:just |only |about )?$"
)
_IN_A_NAME = re.compile(r"[a-z] (?:[A-Z][a-z]+ )+(?:Growth|Gain|Rise|Change|Reduction|Recovery) [A-Z]")
_BEEN = re.compile(r"\b(?:that|which|it|this) (?:has|have|had) (?:since )?been [a-z]+(?: down| up| back)? by (?:just |only |about )?$")


def _is_of_prices(one: Compared, reach: Reach) -> bool:
    """Return whether prices, wages or people changed by so much, of which the numbers that it was held against say nothing."""
    claim = stated(one)
    found = _OF_PRICES.search(ahead(claim)) if claim else None
    if not claim or not found or re.match(r",? from ", behind(claim)):
        return False
    told = claim.sentence.masked.partition(ahead(claim))[0]
    return found[1] not in f"{told} {one.there.lower()}"


def _is_on_what_has_since_changed(one: Compared, reach: Reach) -> bool:
    """Return whether a size is that by which a level has been changed since, so that it is a share of that level: "it has been cut by 120 (4%)"."""
    claim = stated(one)
    size = claim.sentence.mentions[claim.index - 1] if claim and claim.index else None
    if not claim or not size or not _BEEN.search(ahead(size)):
        return False
    return any(printed(claim, size.quantity.anchor * HUNDRED / m.quantity.anchor) for m in others(claim) if m.quantity.anchor > 0)


def _has_a_name_for_its_word(one: Compared, reach: Reach) -> bool:
    """Return whether the only word of change is one of a name: "from the Local Growth Fund"."""
    return len(re.findall(rf"\b(?:{RISE}|{FALL})\b", one.text.lower())) == 1 and bool(_IN_A_NAME.search(one.text))


_TO = re.compile(r",? to (?:just |only |about |some |a record )?")


def _leads_to_another_level(one: Compared, reach: Reach) -> bool:
    """Return whether a size is told with the level to which it led, which the cells that it was held against have not."""
    claim = stated(one)
    later = claim.sentence.mentions[claim.index + 1 : claim.index + 2] if claim else []
    if not claim or not one.tabled or not later or not _TO.fullmatch(behind(claim)):
        return False
    return later[0].quantity.anchor not in [m.quantity.anchor for m in one.operands]


_IN_YEAR = re.compile(r"^In ((?:19|20)\d\d)\b")
_TURN = re.compile(r"\b(?:but|although|though|yet)\b")


def _is_to_another_clause(one: Compared, reach: Reach) -> bool:
    """Return whether the second level stands in a clause of its own: "rose by 9%, from 66 in 2022, but are still below the 91 of 2019"."""
    claim = stated(one)
    levels = sorted((m.start, m) for m in one.numbers if claim and m is not claim and m.sentence is claim.sentence)
    if not claim or len(levels) != _TWO or claim.start > levels[0][0]:
        return False
    text = claim.sentence.text
    return bool(_TURN.search(text[levels[0][1].end : levels[1][0]]))


def _names_its_base(one: Compared, reach: Reach) -> bool:
    """Return whether a share names the number that it is of, and was held against another: "of the 442 who did not, half"; "for all 1,936 it is 13.5%"."""
    claim = one.numbers[-1] if one.kind == "respondents (GRIM)" and one.numbers else stated(one)
    if not claim:
        return False
    text = claim.sentence.masked
    told = text[: text.index(claim.mark)]
    match = re.search(
        rf"^(?:out )?of (?:the |these |those |all )*({MARK})[^;.:\ue000-\uf8ff]*,[^;.:\ue000-\uf8ff]*$|\b(?:for|of|among) (?:all|the) ({MARK}) (?:[a-z]+ )?(?:is|was|are|were|it is|it was) $",
        told,
    )
    mark = match and (match[1] or match[2])
    if not mark:
        return False
    whole = claim.sentence.mentions[ord(mark) - FIRST_MARK]
    if one.kind == "respondents (GRIM)":
        return bool(one.places) and whole.text not in one.there
    return whole in one.numbers and any(m.quantity.anchor > whole.quantity.anchor and base(m) == base(whole) for m in one.numbers)


_SCOPE = re.compile(
    r"\b(?:fewest|lowest|highest|largest|smallest|most|least|best|worst|longest|shortest|poorest|biggest)\b[^,;.]{0,30}? (?:in|of|since|for|during) (?:the |its |our )?(?:[a-z]+-(?:year|month|quarter)|baseline|decade|period|last|past|history)\b"
)


def _is_ranked_in_another_set(one: Compared, reach: Reach) -> bool:
    """Return whether a rank is told within a span of its own."""
    return bool(_SCOPE.search(one.text.lower()))


_OF_SO_MANY = re.compile(r"\b(?:one|two|three|four|five|\d+) of the (?:[a-z]+|\d+) (?:years|months|weeks)\b")
_WITHIN_BUDGET = re.compile(r"(?:£|\$|€)[\d.,]+ ?(?:m|bn|million|billion)? over (?:the )?(?:[a-z]+|\d+) (?:years|months|weeks)\b")


def _is_a_length_of_more(one: Compared, reach: Reach) -> bool:
    """Return whether a length is that of all years of which some are named, or of what was paid for."""
    text = one.text.lower()
    paid = _WITHIN_BUDGET.search(text)
    return bool(_OF_SO_MANY.search(text) or (paid and " ".join(paid[0].split()[-2:]) in one.said))


_RAISED = re.compile(r"(?:£|\$|€)[\d.,]+ ?(?:m|bn|million|billion)? (?:was |were )?raised\b(?! (?:from|to|by|its|their|the)\b)")


def _is_no_way(one: Compared, reach: Reach) -> bool:
    """Return whether money was raised, which tells no way that it went."""
    return one.said == "raised" and bool(_RAISED.search(one.text.lower()))


def _is_of_something_else_named(one: Compared, reach: Reach) -> bool:
    """Return whether the sentence of a mean says that it is of what it has just named, and that of an end names something else."""
    named = {name for m in one.numbers for name in m.sentence.names}
    return bool(named and _TO_WHICH.search(one.there)) and not any(name in one.there for name in named)


_TO_WHICH = re.compile(r"\b(?:to|of|for) (?:which|whom)\b")


_CHANGES: tuple[Rule, ...] = (
    _has_a_bound,
    _has_its_own_verb,
    _is_of_another_object,
    _is_of_another_unit,
    _is_of_its_own_year,
    _is_to_another_clause,
    _is_on_another_basis,
    _is_of_prices,
    _is_on_what_has_since_changed,
    _has_a_name_for_its_word,
    _leads_to_another_level,
)
OTHER_BASIS: dict[str, tuple[Rule, ...]] = {
    "repeat": (_is_on_another_basis, _is_of_another_time),
    "change": _CHANGES,
    "points against percent": (_is_of_its_own_year, _has_a_bound),
    "direction": (_has_its_own_verb, _is_no_way),
    "share × base": (_names_its_base,),
    "words against numbers": (_has_a_bound,),
    "respondents (GRIM)": (_names_its_base,),
    "order": (_is_ranked_in_another_set,),
    "dates": (_is_a_length_of_more,),
    "range": (_is_of_something_else_named,),
}
"""Such explanations by the kind of alarm."""
