"""Changes from one level to another, by so much or so many percent."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, ratio
from evidence.referee.constructions.change_words import LESSER, MORE_OR_LESS, size_way
from evidence.referee.constructions.decided import decided, exact_or_printed, gives, numbers_back
from evidence.referee.constructions.level_pairs import LevelPair, levels_in, pairs_in
from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.passages import of_another_year
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import all_ahead, all_behind, base, behind, text_between
from evidence.referee.relations.settling import SLIP_OF_CHANGE, Binding

_OTHERWISE = re.compile(
    r"\b(?:real terms|inflation|on average|averag(?:e|ed|ing)|compound|per year|an? (?:year|month|week) on average|each year|annual (?:rate|growth)|forecast|would|target|planned|expected)\b"
)
_RATE = re.compile(
    r"(?: [a-z]+){0,2}? (?:an? (?:year|month|week|day)|per (?:year|annum|month)|each year|every year|annually|yearly)\b| of (?:the|its|their|all|that|this) "
)
_THAN_THEN = re.compile(
    r"(?: [a-z-]+){0,4} (?:than|on|above|below|over) (?:in |at |the year|the same|the previous|a year|last|expected|planned|now|elsewhere|average|the (?:second|first|other|latter|former|rest|others)|those|that of|its|any|(?:19|20)\d\d)"
)
_BREAK = re.compile(
    r"\b(?:before|while|whereas|although|though|but|because|followed|including|of which|target|plan\w*|if|unless|excluding|other than|among|even as|as|at a time|itself)\b|;(?! (?:a|an|that|this|they|it|the|which|in other words|or|hence|thus|so)\b)|; the (?:largest|smallest|steepest|biggest|greatest|other|next|second|first|rest|number|share|rate|figure)\b"
)
_NEW_VERB = re.compile(
    r"\b(?:rose|fell|grew|increased|decreased|declined|dropped|climbed|shrank|was|were|had|has|have|is|are|went|came|took|trebled|doubled|halved)\b"
)
_REACHED = re.compile(
    r"[^#;]{0,50}?(?:,? (?:to|at|reaching|totalling|leaving|making|giving|numbering)|,? (?:and|so|to)[^#;]{0,40}? (?:is|are|was|were|stands?|stood|now|contains?|comprises?|has|have|numbers?|at present|today|to|at|thus|hence|therefore|reached|cost|costs)|[a-z ]+ to)"
    r"(?: (?:just|only|about|some|now|an?|the|its|present|current|total|level|figure|low|high|of|peak|record|contains?|comprises?|roughly|nearly))* ?"
)
_BACK_TO = re.compile(
    r"^(?:(?:and|but|so|thus|by then|today|now|since then),? )*(?:it|they|this|that|these|those|the (?:[a-z-]+ )?(?:figure|number|total|rate|proportion|share|sum|count|level|average|mean|list|stock|fleet|price|cost|wait|roll|bill))\b"
)
_SINCE_THEN = re.compile(
    r"\bsince (?:then|that)\b|\bby then\b|\bsince,"
    r"|\b(?:the (?:following|next) (?:year|month|quarter|decade|season|winter|summer)|by (?:the (?:following|next) )?(?:(?:19|20)\d\d|year|[a-z]+)|(?:year|month|decade)s? (?:later|on|after)|[\ue000-\uf8ff] (?:later|on|after))\b[^.;]{0,30} (?:it|they|these|this|that)\b"
)
_NOUNS_OF_CHANGE = "rise|increase|growth|gain|expansion|fall|drop|decline|decrease|reduction|cut|loss|contraction|change|difference|gap|saving|shortfall|improvement|surge|jump|slump|shrinkage|advance"
_THE_SIZE = re.compile(
    rf"^(?:[a-z]+ (?:attributes?|puts?|blames?|explains?|ascribes?) )?(?:the|this|that) (?:[a-z-]+ ){{0,2}}?(?:{_NOUNS_OF_CHANGE})\b|\b(?:hence|thus|therefore|accordingly|consequently)\b|^(?:that|this|it) (?:is|was|amounts|represents|makes|means|comes|works)\b|^so\b"
)
_ASIDE = re.compile(r"\b(?:among|for|excluding|allowing|apart|elsewhere|if|within|in the (?:capital|rest))\b")
_MOST_LEVELS = 2


def changes_told(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the size of a change is what lies between the two levels that the words around it set beside each other."""
    if not sentence.mentions or not re.search(MORE_OR_LESS, sentence.masked) or _OTHERWISE.search(sentence.masked):
        return
    for size in sentence.mentions:
        way = size_way(size)
        if way is not None and not _RATE.match(behind(size)):
            yield from decided("change", size, _choices(size, way, linker), most=SLIP_OF_CHANGE)


def _choices(size: Occurrence, way: str, linker: Linker) -> Iterator[Binding]:
    """Yield what lies between each pair of levels that the words bind, then between others of the same sentences."""
    bound = [
        pair
        for pair in _bound(size, linker)
        if _fit(size, pair) and not (_of_points(size, pair) or _told_already(size, pair) or of_another_year(size, _years_of(pair)))
    ]
    for pair in bound:
        yield from _between(size, pair, way, sure=True)
    held = {m for pair in bound for m in (pair.one, pair.two)}
    beside = [m for m in levels_in(size.sentence) if m not in held] if held else []
    for other in beside:
        for pair in bound:
            yield from (
                one
                for level in (pair.one, pair.two)
                if base(level) == base(other)
                for one in _between(size, LevelPair(other, level, None), way, sure=False)
            )


def _fit(size: Occurrence, pair: LevelPair) -> bool:
    """Return whether a size may lie between two levels by its unit."""
    unit, levels = size.quantity.unit, {base(pair.one), base(pair.two)}
    if unit == "percentage points":
        return levels == {"percent"}
    if unit == "percent":
        return levels.isdisjoint(("percentage points", "times")) and ("percent" not in levels or pair.base is not None)
    return base(size) in levels or (
        base(size) == "count" and levels.isdisjoint(("percent", "percentage points", "times", "GBP", "USD", "EUR"))
    )


def _of_points(size: Occurrence, pair: LevelPair) -> bool:
    """Return whether a percentage is but the points between two, which is another fault than a wrong reckoning."""
    apart = abs(pair.one.quantity.anchor - pair.two.quantity.anchor)
    return size.quantity.unit == base(pair.one) == base(pair.two) == "percent" and size.quantity.interval.contains(apart)


def _told_already(size: Occurrence, pair: LevelPair) -> bool:
    """Return whether another number of its unit is by how much two levels differ, so that it is the size of another change."""
    others = [m for m in size.sentence.mentions if m is not size and m.quantity.unit == size.quantity.unit and size_way(m) is not None]
    return any(gives(other, one) for other in others for one in _between(other, pair, size_way(other) or "", sure=True))


def _years_of(pair: LevelPair) -> list[str]:
    """Return the years that are told beside two levels."""
    return [year for level in (pair.one, pair.two) for year in YEAR.findall(behind(level))]


def _bound(size: Occurrence, linker: Linker) -> Iterator[LevelPair]:
    """Yield the pairs of levels of a change: of its sentence, of it and one beside it, of the sentence before."""
    for pair in pairs_in(size.sentence):
        if _joined(size, pair):
            yield pair
    own = levels_in(size.sentence)
    for one, two in [(one, two) for one in own for two in own if one.start < size.start < two.start]:
        if two.index - one.index == _MOST_LEVELS and _carried(size, one, two):
            yield LevelPair(one, two, one)
    if len(own) == 1:
        yield from _with_the_next(size, own[0], linker)
        yield from _with_the_last(size, own[0])
    if not own:
        yield from _of_the_last(size)


def _joined(size: Occurrence, pair: LevelPair) -> bool:
    """Return whether a size is told right behind a pair of levels, or right before it, with no subject of its own between."""
    if re.match(r"(?:while|although|whereas|though|as)\b|from a (?:gain|rise|loss|fall)\b", size.sentence.masked):
        return False
    if size.start > pair.two.end:
        return (
            not _BY_AS_WELL.match(_plain(pair.two, size)) and not _numbers_between(pair.two, size) and _told_behind(_plain(pair.two, size))
        )
    if size.end < pair.one.start:
        text = _WHEN_IT_WAS.sub("when ", _plain(size, pair.one))
        apart = _BREAK.search(text) or _NEW_VERB.search(text) or _ANOTHER.search(text)
        return not apart and not _numbers_between(size, pair.one) and _OPENS.search(text) is not None
    return False


_BY_AS_WELL = re.compile(r"\),? (?:and )?by |,? and by ")
"""Before another size beside that which a pair of levels has: "by 31% from 460 to 603, and by 13% in the last year"."""
_WHEN_IT_WAS = re.compile(r"\bwhen (?:there|it|they) (?:were|was|had been|stood at|numbered|came to) (?:just |only |about |some )*$")
_ANOTHER = re.compile(rf"\b(?!up from|down from){MORE_OR_LESS}\b")
_AND_OTHERS = re.compile(
    r"\band (?!so\b|thus\b|hence\b|therefore\b|has\b|have\b|is\b|are\b|was\b|were\b|in\b|by\b|to\b|an?\b|now\b|it\b|they\b|this\b|that\b|had\b|(?:[a-z-]+ )*(?:\d{4}|year|season|the year)|the (?:difference|gap|rise|fall|increase|change|drop)\b)"
)
_OPENS = re.compile(r"\b(?:from|between|at|to|reaching|when|,|\() (?:[a-z]+ ){0,5}$|[:(,] $")
_APPOSED = re.compile(
    r"(?:[,:;(]| -| \u2013| \u2014)(?: (?:and|or|that|this|which|it|they|thus|so|hence|therefore|in other words|the latter|the later|the second|a|an|the|being|making|giving|losing|gaining|adding|represent\w+|amount\w+|equal\w*|down|up|some|i\.e\.|is|was|makes|means|gives|meant|made|gave|implies|implied|by|only|just))"
    r"|\(|^,? or |^ and (?:so|thus|hence|therefore|has thus|have thus)\b|,? (?:with|for) an?\b|,? [a-z]+ing |, $"
)


def _told_behind(text: str) -> bool:
    return not _BREAK.search(text) and not _AND_OTHERS.search(text) and _APPOSED.search(text) is not None


def _carried(size: Occurrence, one: Occurrence, two: Occurrence) -> bool:
    """Return whether something went from one level by a size to another: "was 7.8 million and has since declined by 35 per cent, to 5.07"."""
    first, second = _plain(one, size), _plain(size, two)
    if _BREAK.search(first.replace("but", "")) or _BREAK.search(second) or _THAN.match(second):
        return False
    carried = re.search(
        r"(?:,? (?:and|which|but|then|since|having)|,|;)(?: (?:has|have|had|was|were|is|are|then|since|now|thus|so|it|they|which|been|in)\b|,? ?$)",
        first,
    )
    return carried is not None and not _OTHER_SUBJECT.search(first) and _REACHED.fullmatch(second) is not None


_THAN = re.compile(r"(?: [a-z-]+){0,3} (?:than|on|above|below) ")
_OTHER_SUBJECT = re.compile(
    r"(?:,|;|,? and|,? but) (?:the|its|their|an?|some|other|in [a-z]+,) [a-z-]+ (?:[a-z-]+ ){0,4}?(?:rose|fell|grew|increased|declined|dropped|had|has|have|was|were|is|are|went|up|down)\b"
)


def _with_the_next(size: Occurrence, level: Occurrence, linker: Linker) -> Iterator[LevelPair]:
    """Yield a level with that which the next sentence tells of the same thing: "had come down by 4.7 points. It is now 13.3"."""
    after = linker.reach.after(size.sentence)
    found = levels_in(after) if after else []
    first = found[0] if found and found[0].index == 0 and _NOW_IS.fullmatch(all_ahead(found[0])) else None
    if not first or base(first) != base(level) or _FOR_EACH.match(behind(first)) or _THAN_THEN.match(all_behind(size)):
        return
    if level.start < size.start and not _BREAK.search(_plain(level, size)):
        yield LevelPair(level, first, level)


_FOR_EACH = re.compile(r"(?: [a-z]+)? (?:per|for (?:every|each)|in every|to (?:every|each)|each|apiece)\b")
_NOW_IS = re.compile(
    rf"{_BACK_TO.pattern}(?: (?:now|thus|then|today|currently|therefore|hence|at present|since))*,? (?:is|are|was|were|stands?|stood|has reached|reached|amounts? to|came to|comes to)(?: (?:now|thus|then|at|therefore|hence|just|only|about|some))* "
)


def _with_the_last(size: Occurrence, level: Occurrence) -> Iterator[LevelPair]:
    """Yield a level with the only one that the sentence before tells, where its own says of the same thing how it moved."""
    earlier = next(numbers_back(size.sentence, 1), [])
    levels = levels_in(earlier[0].sentence) if earlier else []
    goes_back = _BACK_TO.match(size.sentence.masked) or _SINCE_THEN.search(size.sentence.masked)
    if len(levels) != 1 or base(levels[0]) != base(level) or not goes_back or _THAN_THEN.match(all_behind(size)):
        return
    near = _plain(size, level)
    told = _REACHED.fullmatch(near) if size.start < level.start else _told_behind(near)
    if told and not _numbers_between(size, level):
        yield LevelPair(
            levels[0], level, level if re.match(r"[^#]*\b(?:than|above|below)\b", near) and size.start < level.start else levels[0]
        )


def _of_the_last(size: Occurrence) -> Iterator[LevelPair]:
    """Yield the only pair of levels of the sentence before, where a size speaks of what lies between them."""
    before = all_ahead(size)
    earlier = next(numbers_back(size.sentence, 1), [])
    if not earlier or not _THE_SIZE.search(before) or _ASIDE.search(before) or _BREAK.search(before) or _THAN_THEN.match(all_behind(size)):
        return
    levels = levels_in(earlier[0].sentence)
    if len(levels) == _MOST_LEVELS:
        yield from pairs_in(earlier[0].sentence)


def _plain(one: Occurrence, other: Occurrence) -> str:
    return re.sub(r"[\ue000-\uf8ff]", "#", text_between(one, other))


def _numbers_between(one: Occurrence, other: Occurrence) -> bool:
    """Return whether numbers stand between two others that are neither times nor the same size told before."""
    low, high = sorted((one.index, other.index))
    between = one.sentence.mentions[low + 1 : high]
    same = base(next((m for m in (one, other) if size_way(m) is not None), one))
    return any((size_way(m) is None and base(m) not in ("years", "months", "weeks", "days")) or base(m) == same for m in between)


def _between(size: Occurrence, pair: LevelPair, way: str, *, sure: bool) -> Iterator[Binding]:
    """Yield what lies between two levels, in percent of the earlier, or of the lesser for a rise and of the greater for a fall."""
    low, high = sorted((pair.one, pair.two), key=lambda level: level.quantity.anchor)
    small, large = exact_or_printed(size, (low, high))
    if size.quantity.unit != "percent":
        gap = large - small
        yield Binding((high, low), gap if gap.low >= 0 else Interval(Fraction(0), gap.high), f"{high.text} - {low.text}", sure=sure)
        return
    for under, over, level in ((large, small, high), (small, large, low)):
        wanted = pair.base or (None if not way else high if way == LESSER else low)
        if (wanted is None or wanted is level) and (value := ratio(over, under)):
            far = value - Interval(Fraction(1), Fraction(1))
            apart = (-far if level is high else far).scaled(Fraction(100))
            yield Binding((high, low), apart, f"({high.text} - {low.text}) / {level.text} in percent", sure=sure)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (changes_told,)
