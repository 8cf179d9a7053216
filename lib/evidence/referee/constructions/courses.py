"""The course of what is listed by years, its record and its lowest point, and the ends between which all of some numbers lie."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import pairwise

from evidence.referee.comparing import Compared, Confidence, compared, named, pattern, worded
from evidence.referee.constructions.listings import ListedThing, Listing, listings
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.reach import base

_EVERY = re.compile(
    r"\b(?:(?:every|each)(?: (?:single|successive|passing|further))? (?:year|reading|count|survey|month|quarter|season|time|round|census|wave|inspection|session|term|winter|summer|step|stage|edition|one)\b(?! to)|(?:every|each)(?: one)? of (?:the|these|its|those) (?:[a-z]+ ){0,2}(?:years|readings|counts|surveys|months|seasons|rounds|waves|terms|winters|summers)\b"
    r"|(?:year|month|quarter|season) (?:on|after|by|upon|in,) (?:year|month|quarter|season)\b|(?:steadily|continuously|continually|without (?:a )?(?:break|interruption|exception|pause)|uninterrupted(?:ly)?|consistently|relentlessly|unbroken)\b"
    r"|in (?:all|each) of the (?:[a-z]+ )?years\b|(?:from|with) (?:one year to the next|each year)|never)"
)
_WAYS = re.compile(
    rf"\b(?:(?P<up>{RISE}|higher|more|longer|upwards?|rise|ascended|greater|larger)|(?P<down>{FALL}|lower|fewer|less|shorter|downwards?|smaller|receded|eased))\b"
)
_ASIDE = re.compile(
    r"\b(?:except|but (?:for|the|one|(?:19|20)\d\d)|apart from|save|bar|until|slow(?:ed|er|ing)?|accelerat\w*|quicken\w*|almost|nearly|not|if|would|before|after|barring)\b"
)
_SINCE = re.compile(r"\b(?:since|after|from) ((?:19|20)\d\d)\b")


def in_every_year(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether what is said to go up, or down, every year does so from each year that is listed to the next."""
    low = sentence.text.lower()
    every, way = _EVERY.search(low), _WAYS.search(low)
    if not every or not way or abs(every.start() - way.end()) > _NEAR or _ASIDE.search(low):
        return
    held = [one for one in [*listings(sentence, linker.reach), *_of_next(sentence, linker)] if one.timed]
    for one in held[:1]:
        since = _SINCE.search(low)
        run = [entry for entry in sorted(one.entries, key=lambda entry: entry.name) if not since or entry.name >= since[1]]
        wrong = _turn(run, up=bool(way["up"]) is not (every[0] == "never"), level=every[0] == "never")
        message = (
            f'"{way[0]} … {every[0]}", but {wrong[0].mention.text} in {wrong[0].name} and {wrong[1].mention.text} in {wrong[1].name}.'
            if wrong
            else ""
        )
        yield worded(
            "order",
            sentence,
            way.span(),
            f"{one.told}; {way[0]} {every[0]}",
            message,
            Confidence.medium,
            one.sentence,
            [entry.mention for entry in one.entries],
        )


_NEAR = 60


def _of_next(sentence: Sentence, linker: Linker) -> list[Listing]:
    """Return what the next sentence of a passage lists."""
    behind = linker.reach.after(sentence)
    return listings(behind, linker.reach)[:1] if behind else []


def _turn(run: list[ListedThing], *, up: bool, level: bool) -> tuple[ListedThing, ListedThing] | None:
    """Return the first two years between which a number does not go its way."""
    for one, two in pairwise(run):
        gap = two.value - one.value if up else one.value - two.value
        if gap < 0 or (gap == 0 and not level):
            return one, two
    return None


_PEAK = re.compile(
    r"\b(?:(?P<high>(?:record|peak|high(?:est)?(?: point| level| figure| reading)?|maximum|best year)\b[^.;]{0,30}?|peaked |(?:it|they) (?:was|were) (?:highest|at (?:its|their) highest) )|(?P<low>(?:low(?:est)?(?: point| level| figure| reading)?|trough|minimum|nadir)\b[^.;]{0,30}?|bottomed(?: out)? ))(?:in|came|was) (?P<year>(?:19|20)\d\d)\b"
)


def peaks(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the year of a record, or of the lowest point, is so among the years that are listed."""
    low = sentence.text.lower()
    match = _PEAK.search(low)
    held = [one for one in listings(sentence, linker.reach) if one.timed] if match else []
    told = [(one, entry) for one in held for entry in one.entries if match and entry.name == match["year"]]
    if match and told:
        wanted = 1 if match["high"] else -1
        fits = any(wanted in one.places(entry) for one, entry in told)
        one, entry = told[0]
        top = next(each for each in one.entries if wanted in one.places(each))
        message = "" if fits else f"{top.mention.text} in {top.name} lies beyond {entry.mention.text} in {entry.name}."
        yield worded(
            "order",
            sentence,
            match.span("year"),
            f"{one.told}; {match[0]}",
            message,
            Confidence.medium,
            one.sentence,
            [each.mention for each in one.entries],
        )


_IN = 5
_FIRST_TIME = re.compile(r"\bfor the first time\b")
_BEYOND = re.compile(
    r"\b(?:(?P<below>below|under|beneath|less than|fewer than)|(?P<above>above|over|exceed(?:s|ed)?|more than|passed|topped|beyond))\b"
)


def first_time(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the last year that is told before "for the first time" lies beyond a limit, and those before it do not."""
    first = _FIRST_TIME.search(sentence.text.lower())
    low = sentence.text.lower()
    way = (_BEYOND.search(low, first.end()) or _BEYOND.search(low)) if first else None
    limit = next((m for m in sentence.mentions if way and m.end > way.end()), None)
    if not first or not way or not limit or limit.start - way.end() > _NEAR:
        return
    for one in [held for held in listings(sentence, linker.reach) if held.timed][:1]:
        named_years = [entry for at, _, entry in one.found_in(low) if at < first.start()]
        named_years = [entry for at, _, entry in one.found_in(low) if first.end() <= at <= first.end() + _IN] or named_years
        last = named_years[-1] if named_years else max(one.entries, key=lambda entry: entry.name)
        bound, below = limit.quantity.anchor, bool(way["below"])
        wrong = [
            entry
            for entry in one.entries
            if entry.name <= last.name and ((entry.value < bound) if below else (entry.value > bound)) is not (entry is last)
        ]
        wrong = [entry for entry in wrong if entry.value != bound]
        message = (
            f"{wrong[0].mention.text} in {wrong[0].name} {'does not lie' if wrong[0] is last else 'lies too'} {way[0]} {limit.text}."
            if wrong
            else ""
        )
        yield compared(
            "order",
            [limit],
            f"{one.told}; first {way[0]} {limit.text} in {last.name}",
            message,
            confidence=Confidence.medium,
            other=one.sentence,
        )


_ENDS = (
    pattern(
        r"\b(?:ran|runs?|rang(?:ed|es?|ing)|var(?:ied|y|ies|ying)|lay|lies?|went|stretch(?:ed|es)|extend(?:ed|s)|spread|fell|fall)\b[^.;#]{0,40}?\b(?:from|between) [^.;#]{0,30}?<a>[^.;#]{0,60}?\b(?:to|and) [^.;#]{0,30}?<b>"
    ),
    pattern(
        r"<a>[^.;#]{0,12} (?:in|at|for|by) (?:the )?[^.;#]{0,20}?\b(?:best|worst|poorest|richest|highest|lowest|busiest|quietest|top|bottom|largest|smallest|fastest|slowest|dearest|cheapest)\b[^.;#]{0,50}? and (?:to )?<b>[^.;#]{0,12} (?:in|at|for|by) (?:the )?[^.;#]{0,12}?\b(?:best|worst|poorest|richest|highest|lowest|busiest|quietest|bottom|top|largest|smallest|fastest|slowest|dearest|cheapest)\b"
    ),
    pattern(
        r"\b(?:lowest|smallest|least|fewest|cheapest|shortest|quietest|worst|best|highest|largest|most|dearest|longest|busiest)\b[^.;#]{0,50}?<a>[^.;#]{0,60}?\b(?:lowest|smallest|least|fewest|cheapest|shortest|quietest|worst|best|highest|largest|most|dearest|longest|busiest)\b[^.;#]{0,50}?<b>"
    ),
)
"""Two numbers that are the ends of some."""
_WITHIN = re.compile(
    r"\b(?:remaining|others?|rest|in between|in the middle|between (?:them|these|those|the two)|intermediate|median|average|mean|typical)\b"
)
_WITH = re.compile(r"[,;] (?:with|while|and|the others|others|the rest)\b")


def between_ends(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the other numbers of what runs from one number to another, told behind these or in the next sentence, lie between them."""
    own = _ends(sentence)
    if own:
        yield from _within(_listed_behind(sentence, own[2]), *own)
    if _WITHIN.search(sentence.masked) and not _ANOTHER.search(sentence.masked):
        before = next(iter(linker.reach.section(sentence)), None)
        ends = _ends(before) if before else None
        yield from _within(_of_first_clause(sentence), *ends) if ends else ()


def _within(claims: list[Occurrence], low: Fraction, high: Fraction, last: Occurrence) -> Iterator[Compared]:
    """Yield whether numbers lie between two others of their unit."""
    several = len([m for m in claims if base(m) in (base(claims[0]), "count")]) if claims else 0
    for claim in claims if several > 1 or (claims and _MIDDLE.search(claims[0].sentence.text.lower())) else []:
        unit = base(claim)
        if (unit in (base(last), _unit(last)) or (unit == "count" and claim.index > 0)) and _is_number(claim) and _of_same(claim, last):
            value = claim.quantity.interval
            far = value.high < low / _WILD or value.low > high * _WILD
            wrong = (value.high < low or value.low > high) and not far
            message = f"{claim.text} does not lie between {float(low):g} and {float(high):g}." if wrong else ""
            yield compared(
                "range",
                [claim],
                f"{claim.text} within {float(low):g} to {float(high):g}",
                message,
                confidence=Confidence.medium,
                other=last,
            )


def _of_same(claim: Occurrence, last: Occurrence) -> bool:
    """Return whether a number may be of what has two ends: their sentences share a word, or a thing of the one is an "other" of the other."""
    if claim.sentence is last.sentence or not _MIDDLE.search(claim.sentence.text.lower()):
        return True
    return bool(claim.sentence.stems & last.sentence.stems or _OF_IT.search(claim.sentence.text.lower()))


_OF_IT = re.compile(r"^the (?:median|average|mean)(?: (?:one|was|is|stood|came)\b)")
_WILD = 10
_ANOTHER = re.compile(r"\b(?:cost|price|budget|target)\b")


def _unit(mention: Occurrence) -> str:
    return mention.quantity.ends[0].unit if mention.quantity.ends else base(mention)


def _ends(sentence: Sentence) -> tuple[Fraction, Fraction, Occurrence] | None:
    """Return the ends of which a sentence tells that some numbers lie between them, and the last number that tells one."""
    ranges = [m for m in sentence.mentions if m.quantity.ends]
    if len(ranges) == 1 and re.match(r"between|from", ranges[0].text.lower()):
        low, high = ranges[0].quantity.ends
        return low.anchor, high.anchor, ranges[0]
    for rule in _ENDS:
        match = rule.search(sentence.masked)
        two = named(match, sentence) if match else {}
        if (
            match
            and (base(two["a"]) == base(two["b"]) or "count" in (base(two["a"]), base(two["b"])))
            and all(map(_is_number, two.values()))
        ):
            first, second = two["a"].quantity.anchor, two["b"].quantity.anchor
            if first != second and not _CHANGES.search(match[0]):
                return min(first, second), max(first, second), two["b"]
    return None


_CHANGES = re.compile(r"\b(?:(?:19|20)\d\d|fell|rose|dropped|grew|(?:went|fell|fall) from)\b")


def _is_number(mention: Occurrence) -> bool:
    return not mention.quantity.ends and bool(re.search(r"\d", mention.text))


def _listed_behind(sentence: Sentence, last: Occurrence) -> list[Occurrence]:
    """Return the numbers of the rest of a sentence, where it goes on to the others."""
    rest = sentence.text[last.end :]
    found = _WITH.search(rest)
    many = [m for m in sentence.mentions if found and m.start > last.end + found.start() and _is_number(m)]
    named_each = [
        m for m in many if re.search(r"(?:[A-Z][\w'\u2019-]*|\b(?:at|on|with)) (?:at |on |with )?$|\($", sentence.text[: m.start])
    ]
    return named_each if len(named_each) > 1 and len(named_each) == len(many) else []


def _of_first_clause(sentence: Sentence) -> list[Occurrence]:
    """Return the numbers of the clause of a sentence that speaks of the others, or the one that is told of the middle one."""
    low = sentence.text.lower()
    where = _WITHIN.search(low)
    stop = next((one.start() for one in re.finditer(r";|, (?:but|although|while|which)\b", low)), len(low))
    held = [m for m in sentence.mentions if m.start < stop and re.search(r"\d", m.text)]
    if not where or where.start() > stop:
        return []
    if _MIDDLE.match(where[0]):
        return [m for m in held if m.start > where.end() and _IS_SO.fullmatch(low[where.end() : m.start])][:1]
    return held if len(held) > 1 and all(base(m) in (base(held[0]), "count") for m in held) else []


_MIDDLE = re.compile(r"median|average|mean|typical")
_IS_SO = re.compile(
    r"(?: [a-z]+){0,3} (?:was|is|being|came to|stood at|of|at|had|drew|took|received|got)(?: just| only| about| some| around)? "
)


RULES: tuple[Callable[[Sentence, Linker], Iterator[Compared]], ...] = (in_every_year, peaks, first_time, between_ends)
