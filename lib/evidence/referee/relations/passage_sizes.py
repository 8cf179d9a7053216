"""By how much something changed, against the levels that the passage tells: points between two shares, percent of two numbers.

An alarm is told where no two levels of the passage, and no two cells of one row or column of its tables, lie so far apart, and two that the words go
on from come near: any two shares for points, the only two levels for percent; of several levels where a digit of what two of them give went wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, ratio, show, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence, stems
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.roles import is_changed_share, is_size
from evidence.referee.relations.settling import off, said
from evidence.referee.relations.slips import as_printed, way_of
from evidence.referee.relations.subjects import before, goes_on, in_digits, one_digit, swaps

_TWO, _NEAR, _FAR, _MANY, _LONG, _ALL, _BESIDE = 2, Fraction(2), Fraction(4), 8, 3, 100, 40
_NOT_OF_TWO = re.compile(
    r"\b(?:target|expected|forecast|planned|aim|would|could|if|average|mean|median|inflation|prices|real terms|margin of error|confidence|response|had been)\b"
    r"|\b(?:a|per|each|every) (?:year|month|week|annum)\b"
)
_SIZE_AHEAD = re.compile(
    rf"\b(?:{RISE}|{FALL})\b[^.;,\ue000-\uf8ff]{{0,40}} (?:of|comes to|came to|amounts to|one of|by) (?:just |only )?$"
)
_BETWEEN_TWO = re.compile(r"\b(?:gaps?|differences?|lead|margin|distance)\b")
"""Of two shares that are no change, percent are often said for points."""
_REAL = re.compile(r"\b(?:inflation|real[- ]terms|in cash)\b")
_OF_SEVERAL = re.compile(r"\b(?:both|each|either|all)\b|^with $")
_REFERS = re.compile(
    r"\b(?:thus|therefore|hence|consequently|accordingly|altogether|in all)\b|\bover the (?:whole|entire|full) (?:period|decade|time)\b|^(?:the|this|that|it) (?:share|rate|proportion|percentage|figure|gap|difference|rise|fall|increase|decline|drop|improvement|reduction|decrease)\b(?! (?:for|among|in|of)\b)"
)
"""What says that a size is reckoned from what was told before."""
_TO_A_LEVEL, _FROM_A_LEVEL = (
    re.compile(r"^\)?,? to [^.;,]{0,25}$|^ (?:in|of|for) (?:19|20)\d\d\b"),
    re.compile(r"^\)?,? from [^.;,]{0,25}$"),
)


def points_as_percent(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield that the size of a change in percent is just the points between two shares of its sentence, or of it and the two before."""
    for claim in sentence.mentions:
        if (
            claim.quantity.unit != "percent"
            or claim.quantity.hedge
            or not _usable(claim)
            or _NOUN.match(behind(claim))
            or _BETWEEN_TWO.search(ahead(claim))
            or not (is_size(claim) or _SIZE_AHEAD.search(ahead(claim)))
        ):
            continue
        _, pairs = _pairs_of_shares(claim)
        just = [two for *two, _ in pairs if abs(two[0].quantity.anchor - two[1].quantity.anchor) == claim.quantity.anchor]
        just = [two for two in just if not _is_in_percent(claim, two)]
        if just and _goes_on(claim, pairs) and not any(_either(claim, two) for two in just):
            one, two = just[-1]
            own = [m for m in (one, two) if m.sentence is sentence]
            message = f"{claim.text} is the difference in percentage points between {one.text} and {two.text}."
            told = f"{one.text}; {two.text}: {show(claim.quantity.anchor)} percentage points"
            yield compared("points against percent", [*own, claim], told, message, confidence=Confidence.medium, other=(one, two))


def _pairs_of_shares(claim: Occurrence) -> tuple[list[Occurrence], list[tuple[Occurrence, Occurrence, Interval]]]:
    """Return the shares of a passage, and each two that a size may lie between: of its sentence, else of it and the two before."""
    sentence = claim.sentence
    held = [m for one in reversed(before(sentence, _LONG)) for m in one.mentions if m is not claim]
    wide = [m for m in held if _is_level(m, "percent")]
    own = [m for m in wide if m.sentence is sentence]
    near = wide if len(own) < _TWO else own
    pairs = [(one, two, _gap(one, two)) for one, two in combinations(near, 2) if sentence in (one.sentence, two.sentence) or not own]
    return wide, pairs if len(near) <= _MANY else []


def _goes_on(claim: Occurrence, pairs: list[tuple[Occurrence, Occurrence, Interval]]) -> bool:
    held = [m for *two, _ in pairs for m in two]
    return goes_on(claim, held) or _REFERS.search(claim.sentence.masked) is not None


def _is_in_percent(claim: Occurrence, pair: list[Occurrence]) -> bool:
    """Return whether two numbers beside two shares that are no shares are so many percent apart."""
    around = [claim.sentence] if all(m.sentence is claim.sentence for m in pair) else before(claim.sentence, 1)
    held = [m for one in around for m in one.mentions if in_digits(m) and base(m) != "percent"]
    pairs = [(one, two) for one, two in combinations(held, 2) if base(one) == base(two)]
    stated, share = claim.quantity.interval, _OF_A_SHARE.search(claim.sentence.masked)
    return not share and any(stated.meets(value) for one, two in pairs for value in (*_percent(one, two, ""), *_derived(one, two)))


_OF_A_SHARE = re.compile(r"\b(?:shares?|rates?|proportions?|percentages?)\b")


def _either(claim: Occurrence, pair: list[Occurrence]) -> bool:
    """Return whether two shares lie so many percent of either apart as well."""
    return any(claim.quantity.interval.meets(value) for value in _percent(pair[0], pair[1], ""))


def sizes_in_percent(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the size of a change in percent is that from one to the other of the only two levels of its sentence and the one before."""
    for claim in sentence.mentions:
        if (
            claim.quantity.unit != "percent"
            or not _usable(claim)
            or not (is_size(claim) or is_changed_share(claim))
            or _FROM_A_LEVEL.match(behind(claim))
        ):
            continue
        wide = [m for one in reversed(before(sentence, _LONG)) for m in one.mentions if in_digits(m) and base(m) != "percent"]
        levels = [m for m in wide if not is_size(m) and (m.sentence is not sentence or m.start < claim.start)]
        near = [m for m in levels if m.sentence in before(sentence, 1)]
        pairs = _comparable(claim, near) or _comparable(claim, levels)
        held = [m for *two, _ in pairs for m in two]
        if not pairs or not goes_on(claim, held) or _of_another_noun(claim, held) or _told_elsewhere(claim, reach):
            continue
        alike = [(one, two) for one, two in combinations(wide, 2) if base(one) == base(two)]
        if len(pairs) == 1:
            own = set(pairs[0][:2]) if way_of(claim) else set()
            every = [value for one, two in alike if {one, two} != own for value in (*_percent(one, two, ""), *_derived(one, two))]
            yield from _told(claim, pairs, [*every, *_of_tables(claim, reach)])
        else:
            alike = [(one, two) for one, two in alike if {one.sentence, two.sentence} <= set(before(sentence, 1))] or alike
            exact = [value for one, two in alike for value in (*_percent(one, two, "", exact=True), *_derived(one, two))]
            yield from _told(claim, [pair for pair in pairs if _slip(claim, pair[2])], [*exact, *_of_tables(claim, reach)])


def _comparable(claim: Occurrence, levels: list[Occurrence]) -> list[tuple[Occurrence, Occurrence, Interval]]:
    """Return each two levels of one unit that are near in size, with how much in percent lies between them."""
    pairs = [
        (one, two)
        for one, two in combinations(levels, 2)
        if base(one) == base(two) and off(one.quantity.anchor, two.quantity.anchor) <= _FAR
    ]
    return [(one, two, value) for one, two in pairs for value in _percent(one, two, way_of(claim), exact=len(pairs) > 1)]


def _of_another_noun(claim: Occurrence, levels: list[Occurrence]) -> bool:
    """Return whether a size names what there is more of, and none of the levels is of it: "with 8% more members"."""
    noun = _NOUN.match(behind(claim))
    told = frozenset[str]().union(*(frozenset(stems(behind(m))) for m in levels))
    return noun is not None and not frozenset(stems(noun[1])) & told


_NOUN = re.compile(r" (?:more|fewer|less) (?!than\b)([a-z]{3,})")


def _usable(claim: Occurrence) -> bool:
    around = f"{ahead(claim)} {behind(claim)}"
    plain = not claim.quantity.ends and claim.quantity.anchor > 0
    plain = plain and not _REAL.search(claim.sentence.masked)
    return plain and not _TO_A_LEVEL.match(behind(claim)) and not _NOT_OF_TWO.search(around) and not _OF_SEVERAL.search(ahead(claim))


def _is_level(mention: Occurrence, unit: str) -> bool:
    sized = is_size(mention) or is_changed_share(mention)
    return base(mention) == unit and in_digits(mention) and not sized and mention.quantity.anchor <= _ALL


def _told_elsewhere(claim: Occurrence, reach: Reach) -> bool:
    """Return whether the report says so much again in another sentence."""
    return any(
        m.quantity.anchor == claim.quantity.anchor and m.quantity.unit == claim.quantity.unit and is_size(m)
        for one in reach.sentences
        if one is not claim.sentence and len(one.stems & claim.sentence.stems) >= _TWO
        for m in one.mentions
    )


def _gap(one: Occurrence, two: Occurrence) -> Interval:
    return _size(two.quantity.interval - one.quantity.interval)


def _size(span: Interval) -> Interval:
    """Return how far the members of an interval lie from nought."""
    return span if span.low >= 0 else -span if span.high <= 0 else Interval(Fraction(0), max(-span.low, span.high))


def _percent(one: Occurrence, two: Occurrence, way: str | None, *, exact: bool = False) -> list[Interval]:
    """Return how much in percent it is from the one number to the other: on the less for a rise, on the greater for a fall, on either for what is neither."""
    low, high = sorted((one, two), key=lambda mention: mention.quantity.anchor)
    least, most = (as_printed(m) if exact else m.quantity.interval for m in (low, high))
    gap = _size(most - least).scaled(Fraction(_ALL))
    bases = [least] if way == "up" else [most] if way == "down" else [least, most]
    return [value for each in bases if (value := ratio(gap, each))]


def _derived(one: Occurrence, two: Occurrence) -> list[Interval]:
    """Return what the size of a change is of a level and of what that was before, in percent, where just one of two numbers is a size."""
    sizes = [m for m in (one, two) if is_size(m)]
    if len(sizes) != 1:
        return []
    step, level = sizes[0].quantity.interval, (two if sizes[0] is one else one).quantity.interval
    before_it = {"up": [level - step], "down": [level + step]}.get(way_of(sizes[0]) or "", [level - step, level + step])
    wholes = [whole for whole in (level, *before_it) if whole.low > 0]
    return [value for whole in wholes if (value := ratio(step.scaled(Fraction(_ALL)), whole))]


def _slip(claim: Occurrence, value: Interval) -> bool:
    """Return whether a percentage is what two numbers give, with a digit gone wrong or two changed over."""
    places = claim.text.partition(".")[2]
    digits = sum(sign.isdigit() for sign in places)
    right = f"{float((value.low + value.high) / 2):.{digits}f}"
    stated = re.sub(r"[^\d.]", "", claim.text)
    return sum(sign.isdigit() for sign in right) >= _LONG and (swaps(right, stated) or one_digit(right, stated))


def _of_tables(claim: Occurrence, reach: Reach) -> Iterator[Interval]:
    """Yield what lies between two cells of a row that the sentence names a word of, or of its column."""
    named = [cell for cell in reach.cells if cell.quantity.anchor > 0 and frozenset(stems(cell.row.lower())) & claim.sentence.stems]
    for one, two in combinations(named, 2):
        if one.table is two.table and one.quantity.unit == two.quantity.unit and one.place == two.place:
            gap = _size(two.quantity.interval - one.quantity.interval)
            if value := ratio(gap.scaled(Fraction(_ALL)), one.quantity.interval):
                yield value


def _told(claim: Occurrence, pairs: list[tuple[Occurrence, Occurrence, Interval]], every: list[Interval]) -> Iterator[Compared]:
    printed = said(claim.quantity) if claim.quantity.hedge else admitted(claim.quantity)
    stated = Interval(printed.low, printed.high)
    if any(stated.meets(value) for value in (*every, *(value for *_, value in pairs))):
        return
    one, two, value = min(pairs, key=lambda pair: off((pair[2].low + pair[2].high) / 2, claim.quantity.anchor), default=(None, None, None))
    if one is None or two is None or value is None or off((value.low + value.high) / 2, claim.quantity.anchor) > _NEAR:
        return
    own = [m for m in (one, two) if m.sentence is claim.sentence]
    message = f"Between {one.text} and {two.text} lie {shown(value)} percent, not {claim.text}."
    told = f"{one.text}; {two.text}: {shown(value)} percent; stated {claim.text}"
    confidence = Confidence.high if len(pairs) == 1 else Confidence.medium
    yield compared("change", [*own, claim], told, message, confidence=confidence, other=(one, two), claim=claim, given=value)
