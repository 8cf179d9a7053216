"""What is reckoned from other numbers, wherever in its paragraph these stand: changes, shares, multiples, means and so much for each.

A word says what a number is ("up 12%", "a response rate of 40%"); the numbers it is reckoned from are those that the sentence, or it with one
or two before it, leaves: exactly as many as the reckoning takes, of the units it takes. Where more numbers fit, nothing is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import partial
from itertools import permutations

from evidence.quantity import Interval
from evidence.referee.checks.apart import goes_to, no_part, no_whole, out_of
from evidence.referee.checks.changes import sized, way_of_size
from evidence.referee.checks.per_head import divided
from evidence.referee.checks.ranges import lies_within, of_range_before
from evidence.referee.checks.ratios import of_another_multiple
from evidence.referee.checks.shares import share_of
from evidence.referee.comparing import Compared, Confidence, alike, comparable_size, compared, named, pattern, ratio, shown
from evidence.referee.generous import admitted
from evidence.referee.mentions import MARK, YEAR, Occurrence, Sentence
from evidence.referee.passages import (
    before_untold,
    compares,
    is_change,
    is_span,
    listed,
    of_another_thing,
    of_its_year,
    parted,
    passages,
    plain,
    stated,
    told_before,
)

Spans = frozenset[tuple[int, int]]
_TWO = 2

_UP = (
    r"rose|risen|rises?|rising|grew|grown|grow(?:s|ing|th)?|increas\w+|(?<!made )(?<!make )(?<!makes )(?<!making )(?<!set )(?<!sum )(?<!sums )up|climb\w*|jump\w*|surg\w+|soar\w*|gain\w*|lengthen\w*|expan\w+|improve\w*"
    r"|more|higher|dearer|longer|better|above|larger|greater|older|added|extra|additional|ahead|leap\w*|swell\w*|widen\w*|rais\w+(?=[^.;]*\bby\b)|advanc\w+"
)
_DOWN = (
    r"fell|fallen|falls?|falling|drop\w*|declin\w+|decreas\w+|reduc\w+|down|cut|shr[aiu]nk\w*|shorten\w*|lost|loss|lower\w*|fewer|less|cheaper|shorter|below"
    r"|smaller|younger|plung\w+|plummet\w*|slump\w*|shed|sav(?:ed|ing)|narrow\w*|eas\w+"
)
_EITHER = r"change\w*|difference|gap|worse\w*|differ\w*|margin|swing"
_WAY = rf"(?P<way>{_UP}|{_DOWN}|{_EITHER})"
_BETWEEN = r"(?: (?!to\b|from\b|between\b|than\b|in\b|at\b|of\b|by\b)[a-z]+){0,2}?"
_SIZES = tuple(
    pattern(text)
    for text in (
        rf"\b{_WAY}\b(?! (?:number|share|proportion|group|part)s?,){_BETWEEN},? ?(?:by |of |was |is |being |came to |amounts to |amounted to )?(?:just |only |some |about |around |an? |extra |further )*<c>(?! at #)(?! of (?:the|all)\b)",
        rf"<c>(?: (?!of\b|to\b|in\b|and\b)[a-z-]+)? {_WAY}\b(?! [a-z]+ than\b)",
        r"\((?P<way>[+\u2212-]|up |down )?<c>\)",
    )
)
"""How the size of a change is written: a word for its way before it or behind it, or in brackets."""


def check(sentence: Sentence, taken: Spans) -> Iterator[Compared]:
    """Yield what comes of each number that words of its sentence say is reckoned from others.

    Args:
        sentence: The sentence.
        taken: Where in it numbers stand that another check has held against others.
    """
    for rule in (_changed, _shared, _multiplied, _meant, _each):
        for found in rule(sentence):
            if found.spans and not taken & frozenset(found.spans[-1:]) and not taken >= frozenset(found.spans):
                yield found


def _changed(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether the size of a change is the difference of the two numbers that are left."""
    sizes = {named(match, sentence)["c"]: _nearest_way(match) for rule in _SIZES for match in rule.finditer(sentence.masked)}
    sizes = {c: way for c, way in sizes.items() if (plain(c) or _FRACTION.fullmatch(c.text.lower())) and (way or c.text[:1] in "+-\u2212")}
    for c, way in sizes.items():
        if len([other for other in sizes if other.quantity.unit == c.quantity.unit]) > 1 or listed(c):
            continue
        if of_another_thing(c):
            continue
        for held in map(partial(of_its_year, c), passages(sentence)):
            others = [m for m in held if m is not c and m not in sizes and not _again(m, sentence) and not is_span(m)]
            others = [m for m in others if not is_change(m) or m.quantity.unit == "percent"]
            found = _two_of(others, c)
            if (
                found
                and compares([*found, c])
                and _about_them(sentence, found)
                and not _between(c, found)
                and not any(parted(c, other) for other in found)
                and not before_untold(c, list(found))
            ):
                yield from _ordered(found, c, way)
            if found or len([other for other in others if _base_unit(other) == _base_unit(c)]) >= _TWO:
                break


def _again(mention: Occurrence, sentence: Sentence) -> bool:
    """Return whether a number of this sentence says again, in another unit, what stands before or behind it: ", or about £50"."""
    told = mention.sentence is sentence and sentence.mentions[mention.index + 1 : mention.index + 2]
    behind = told and _OR.fullmatch(sentence.text[mention.end : told[0].start])
    return bool(behind) or (mention.sentence is sentence and bool(_OR.search(sentence.text[: mention.start])))


_OR = re.compile(r",? or (?:about |some |nearly )?$")


def _base_unit(mention: Occurrence) -> str:
    """Return the unit of a number without its "per", and that of shares for a difference of them."""
    return "percent" if mention.quantity.unit == "percentage points" else mention.quantity.unit.partition(" per ")[0]


def _nearest_way(match: re.Match[str]) -> str:
    """Return the last word of direction before a size: of "the better bands dropped by", "dropped"."""
    start, size = match.span("way")[0], match.start("c")
    ways = re.findall(rf"\b(?:{_UP}|{_DOWN}|{_EITHER})\b", match.string[max(start, 0) : size]) if 0 <= start < size else []
    return ways[-1] if ways else match["way"] or ""


_FRACTION = re.compile(r"(?:a|one|two|three|four) (?:half|thirds?|quarters?|fifths?|eighths?|tenths?)")
_THUS = re.compile(
    r"^(?:it|they|the (?:number|figure|total|share|proportion|rate|count|amount|sum|median|average)) (?:has|have|had|is|are|rose|fell|grew)\b|\b(?:this|that|these|those|thus|therefore|hence|so|difference|gap|both|in all|period)\b"
)
_OF_THOSE = re.compile(r"(?: [a-z]+){0,2} of (?:those|these|them|which|whom)\b")
_SUPPOSED = re.compile(r"\b(?:if|would|could|assum\w+|suppos\w+|scenario|might)\b")


_SINCE = re.compile(r"\b(?:against|compared (?:with|to)|since|over|on|than in) (?P<year>(?:19|20)\d\d)\b")


def _about_them(sentence: Sentence, two: list[Occurrence]) -> bool:
    """Return whether a sentence that states the size of a change speaks of these two numbers: it has one of them, or points back."""
    own = [mention for mention in two if mention.sentence is sentence]
    since = _SINCE.search(sentence.masked)
    if since and not any(since["year"] in mention.sentence.years for mention in two if mention.sentence is not sentence):
        return False
    same = all(len(sentence.stems & mention.sentence.stems) >= _TWO for mention in two[:1])
    nested = out_of(*two) or any(_OF_THOSE.match(mention.sentence.text, mention.end) for mention in two)
    return not _SUPPOSED.search(sentence.masked) and not nested and (bool(own) or same or bool(_THUS.search(sentence.masked)))


def _between(c: Occurrence, two: list[Occurrence]) -> bool:
    """Return whether a number may be the mean of two others rather than what lies between them."""
    low, high = sorted(mention.quantity.anchor for mention in two)
    return c.quantity.unit == two[0].quantity.unit and low < c.quantity.anchor < high


def _two_of(mentions: list[Occurrence], c: Occurrence) -> list[Occurrence]:
    """Return the two numbers of one unit that a change may be of, where only two are; else none."""
    unit = c.quantity.unit
    if unit in ("percent", "percentage points"):
        shares = [mention for mention in mentions if mention.quantity.unit == "percent"]
        if len(shares) == _TWO or unit == "percentage points":
            return shares if len(shares) == _TWO and (len(mentions) == _TWO or unit == "percentage points") else []
        amounts = [mention for mention in mentions if not mention.quantity.unit.startswith("percent")]
        units = {mention.quantity.unit.partition(" per ")[0] for mention in amounts}
        near = len(amounts) == _TWO and comparable_size(amounts[0].quantity, amounts[1].quantity, Fraction(20))
        return amounts if near and len(units) == 1 and not shares else []
    same = [mention for mention in mentions if _base_unit(mention) == _base_unit(c)]
    return same if len(same) == _TWO and comparable_size(same[0].quantity, same[1].quantity) else []


def _ordered(two: list[Occurrence], c: Occurrence, way: str) -> Iterator[Compared]:
    """Yield what comes of a change in the order that its word says; in either, where the word says none."""
    low, high = sorted(two, key=lambda mention: mention.quantity.anchor)
    up, down = bool(re.fullmatch(_UP, way)) or way == "+", bool(re.fullmatch(_DOWN, way)) or way in ("-", "\u2212")
    orders = [(low, high)] if up else [(high, low)] if down else [(low, high), (high, low)]
    if (dated := _in_time(two)) and (up or down):
        orders = [dated]
        yield way_of_size(*dated, c, way, alike([mention.quantity for mention in dated]))
    found = [one for a, b in orders for one in sized(a, b, c, alike([a.quantity, b.quantity]))]
    yield from [one for one in found if one.holds][:1] or found[:1]


def _in_time(two: list[Occurrence]) -> tuple[Occurrence, Occurrence] | None:
    """Return two numbers of two sentences in order of the one year that each of these names; None where they do not."""
    first, second = two
    years = [sorted(mention.sentence.years) for mention in two]
    if first.sentence is second.sentence:
        told = YEAR.findall(first.sentence.text)
        in_order = len(told) == _TWO and told[0] < told[1] and first.start < second.start
        return (first, second) if in_order and first.sentence.text.index(told[1]) > first.end - len(told[0]) * 2 else None
    if any(len(named) != 1 for named in years) or years[0] == years[1]:
        return None
    return (first, second) if years[0] < years[1] else (second, first)


_LINK = (
    r"(?:or |which is |that is |representing |equal to |equivalent to |giving |making |just |only |about |some |around |i\.e\. |a total of )*"
    r"(?:(?:an?|the|its|their) (?:[a-z-]+ ){0,3}?(?:rate|share|proportion|ratio|percentage) of )?(?:just |only |about |some )?"
)
_PARTS = tuple(
    pattern(text)
    for text in (
        rf"<k>(?P<noun>[^.;#()]{{0,70}}?)(?:, | \(|: | [-\u2013\u2014] | ){_LINK}<p>(?! of (?!them|these|those|it\b)|,? (?:{_UP}|{_DOWN}|less|more|fewer|higher|lower)\b)",
        r"<p> of (?:them|these|those|the [a-z' -]{0,40}?|[a-z' -]{0,40}?),? (?:\(|or )(?:some |about )?<k>",
        r"<p> of [^.;#]{0,60}#[^.;#()]{0,40}, <k> (?:in (?:number|all|total)|altogether)",
        r"<p>[^.;#]{0,60}\b(?:stands?|correspond\w*|translat\w+|equat\w+|amount\w*|represent\w*|works? out|grossed up|scaled up|means?|comes?|is equivalent) (?:for |to |at |as )?(?:some |about |around |roughly )?<k>",
        r"<k> of (?:the |all |these )*#[^.;#]{0,40}\b(?:if|at|with) (?:the |a |that )?(?:rate of |share of )?<p>",
        r"<k>(?P<noun>[^.;#()]{0,90}?),? (?:has|have|had|with|giving|gives|making|is|was) (?:an?|the) (?:[a-z-]+ ){0,4}(?:rate|share|proportion|percentage) of <p>",
    )
)
"""A count `k` and the percentage `p` that it is."""
_SO = pattern(
    r"^(?:that|this|it|which|these)(?: [a-z]+){0,1}? (?:is|was|are|were|means|makes?|made|gives?|gave|equals?|represents?|amounts? to)(?: [a-z]+){0,4} <p>"
)
_LINKED = re.compile(
    r"\b(?:or|rate|share|proportion|percentage|that is|which is|representing|equal|equivalent|i\.e)\b|\($|[-\u2013\u2014:,] ?$"
)
_OF_THEM = re.compile(
    r"\b(?:of (?:them|these|those)|respon\w+|repl\w+|answer\w*|return\w*|of whom|of which|the rest|complet\w+)\b|^(?:only|just|a mere|no more than|as (?:many|few) as) "
)
_CHANGED = re.compile(rf"\b(?:{_UP}|{_DOWN}|than|compared|points?)\b")


def _shared(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a count is the share that is stated of the one larger count that is left."""
    for k, p in _parts(sentence):
        if no_part(k):
            continue
        for held in passages(sentence):
            others = [mention for mention in held if mention not in (k, p) and mention.quantity.unit == k.quantity.unit]
            wholes = [m for m in others if m.quantity.anchor > k.quantity.anchor and not no_whole(m, k, p)]
            if wholes:
                apart = wholes[0].sentence is not sentence
                if len(others) == 1 and (not apart or k.sentence is not sentence or _OF_THEM.search(sentence.masked)):
                    yield from share_of(k, wholes[0], p, Confidence.medium if apart else Confidence.high)
                break


def _parts(sentence: Sentence) -> Iterator[tuple[Occurrence, Occurrence]]:
    seen: set[Occurrence] = set()
    begins = [match.start() for match in re.finditer(MARK, sentence.masked)]
    for number, rule in enumerate(_PARTS):
        for match in (found for begin in begins if (found := rule.match(sentence.masked, begin))):
            two = named(match, sentence)
            between = match.string[match.start("k") + 1 : match.start("p")]
            if two["k"].quantity.unit == "percent" or two["p"].quantity.unit != "percent" or two["p"].text[:1] in "+-\u2212":
                continue
            linked = number > 0 or (_LINKED.search(between) and not _CHANGED.search(between))
            if linked and two["p"] not in seen and _counts(two["k"]) and plain(two["p"]) and not is_change(two["k"]):
                seen |= {two["p"]}
                yield two["k"], two["p"]
    before = told_before(sentence)
    if (so := _SO.search(sentence.masked)) and before and not seen and not _CHANGED.search(so[0]) and len(sentence.mentions) == 1:
        counts = [mention for mention in before.mentions if plain(mention) and _counts(mention)]
        p = named(so, sentence)["p"]
        if len(counts) == _TWO and p.quantity.unit == "percent":
            yield min(counts, key=lambda mention: mention.quantity.anchor), p


def _counts(mention: Occurrence) -> bool:
    unit = mention.quantity.unit
    return stated(mention) and not unit.startswith(("percent", "times", "calendar", "out of")) and " per " not in unit


_WORDS = {"half": 2, "a third": 3, "one third": 3, "a quarter": 4, "one quarter": 4, "a fifth": 5, "a tenth": 10}
_MULTIPLES = tuple(
    pattern(text)
    for text in (
        r"<x> to one\b",
        r"\b(?P<word>half|a third|one third|a quarter|one quarter|a fifth|a tenth) (?:of (?:that|it|this)\b|(?:as|the|that)\b)",
        r"<x>(?:,? ?(?:as|more|the|higher|larger|greater|bigger|that|what|their|its)\b)",
        r"<x> [a-z -]{1,40} (?:for|to) (?:each|every) [a-z -]{1,30}$",
    )
)
_ADDED = re.compile(r"(?: a [a-z]+)? (?:more|less|fewer|higher|lower|dearer|cheaper|longer|shorter)\b(?! than)")
"""What stands behind the size of a change, which is neither of its two sides."""
_AGAIN = re.compile(r"\S+(?: \S+)? as (?:much|many|long|high|large|big|far|often) again\b")
_AS_AS = re.compile(r"\bas (?:likely|often|common|frequent(?:ly)?|high|many|much|large|dear|long)\b[^.;]{0,40} (?:as|than) ")
_LEFT_OUT = re.compile(r"[\ue000-\uf8ff] as (?:many|much|high|likely|large|big|great|often|long|common|far|well [a-z]+(?: for)?|[a-z]+)$")
"""A comparison that leaves out with what, which stands in the sentence before."""
_MORE = re.compile(r"\b(?:more|higher|larger|greater|bigger)\b")


def _multiplied(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether the one number left is so many times the other."""
    text = sentence.masked.rstrip(".; ")
    text = re.sub("[\ue000-\uf8ff]", lambda found: _spelled(found[0], sentence), text)
    for number, rule in enumerate(_MULTIPLES):
        for match in rule.finditer(text):
            x = named(match, sentence).get("x")
            if x and (x.quantity.unit not in (("count",) if number in (0, 3) else ("times",)) or x.quantity.ends):
                continue
            said = admitted(x.quantity) if x else Interval(Fraction(_WORDS[match["word"]]), Fraction(_WORDS[match["word"]]))
            if _AGAIN.match(text, match.start()):
                said = Interval(1 + 1 / said.high, 1 + 1 / said.low) if x is None else Interval(said.low + 1, said.high + 1)
            if x is None or number in (0, 3):
                said = Interval(said.low * Fraction(8, 9), said.high * Fraction(9, 8))
            for held in passages(sentence):
                others = [
                    mention
                    for mention in held
                    if mention is not x and mention.quantity.unit != "times" and not _ADDED.match(mention.sentence.text, mention.end)
                ]
                if not others and not _AS_AS.search(text) and not _LEFT_OUT.search(text):
                    break
                if len(others) >= _TWO:
                    told = x is not None and of_another_multiple(x, others)
                    if len(others) == _TWO and len({mention.quantity.unit for mention in others}) == 1 and not (told or out_of(*others)):
                        yield _times(
                            others, said, (x.text if x else match["word"]), more=bool(_MORE.search(text[match.end() - 8 : match.end() + 8]))
                        )
                    break
            return


def _spelled(mark: str, sentence: Sentence) -> str:
    """Return the words of a fraction in the place of its mark."""
    mention = sentence.mentions[ord(mark) - 0xE000]
    return mention.text.lower() if mention.text.lower() in _WORDS else mark


def _times(two: list[Occurrence], said: Interval, words: str, *, more: bool) -> Compared:
    low, high = sorted(two, key=lambda mention: mention.quantity.anchor)
    found = ratio(*alike([high.quantity, low.quantity])) or Interval(Fraction(0), Fraction(0))
    fits = (
        said.meets(found)
        or not said.meets(Interval(found.low / 2, found.high * 2))
        or (more and said.meets(Interval(found.low - 1, found.high - 1)))
    )
    message = "" if fits else f"{high.text} is {shown(found)} times {low.text}; said is {words}."
    return compared("ratio", two, f"{high.text} / {low.text} = {shown(found)}; stated {words}", message, confidence=Confidence.medium)


_LOW = pattern(
    r"\b(?:lowest|minimum|min|smallest|youngest|shortest|cheapest|at least|start(?:s|ed|ing)? (?:at|from)|fewest|least)\b[^#;]{0,40}?<v>"
)
_HIGH = pattern(
    r"\b(?:highest|maximum|max|largest|oldest|longest|dearest|at most|up to|as (?:many|much|high) as|most expensive|greatest)\b[^#;]{0,40}?<v>"
)
_MID = pattern(r"\b(?:mean|average|median|typical(?:ly)?|averag(?:es|ed|ing)|midpoint|mode)\b[^#;]{0,40}?<v>")


def _meant(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a mean lies between the least and the most that are stated with it."""
    middle = [named(match, sentence)["v"] for match in _MID.finditer(sentence.masked)]
    before = told_before(sentence)
    for told in (sentence, before) if len(set(middle)) == 1 else ():
        if not told:
            continue
        ranges = [mention for mention in told.mentions if mention.quantity.ends and mention is not middle[0]]
        low = [
            *(m for m in told.mentions if m.quantity.hedge == "at least"),
            *(named(match, told)["v"] for match in _LOW.finditer(told.masked)),
        ]
        high = [
            *(m for m in told.mentions if m.quantity.hedge == "up to"),
            *(named(match, told)["v"] for match in _HIGH.finditer(told.masked)),
        ]
        units = {end.quantity.unit for end in (*low, *high)}
        if len(set(low)) == len(set(high)) == len(units) == 1 and {*low, *high}.isdisjoint(middle):
            yield from lies_within(middle[0], low[0].quantity.anchor, high[0].quantity.anchor, f"{low[0].text} to {high[0].text}", high[0])
            return
        if len(ranges) == 1 and told is sentence:
            first, last = ranges[0].quantity.ends
            if middle[0].quantity.unit not in ("count", last.unit):
                return
            yield from lies_within(middle[0], first.interval.low, last.interval.high, ranges[0].text, ranges[0])
            return
    yield from of_range_before(sentence, middle)


def _each(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether what falls to each is the total that is left divided by the count that is left."""
    rated = [mention for mention in sentence.mentions if " per " in mention.quantity.unit and not mention.quantity.ends]
    if len(rated) != 1:
        return
    each = rated[0]
    unit, _, what = each.quantity.unit.partition(" per ")
    for held in passages(sentence):
        others = [mention for mention in held if mention is not each]
        totals = [mention for mention in others if mention.quantity.unit == unit and mention.quantity.anchor >= each.quantity.anchor]
        spans = [mention for mention in sentence.mentions if mention.quantity.unit == f"{what}s" and mention is not each]
        counts = spans or [mention for mention in others if mention.quantity.unit == "count" and mention.quantity.anchor > 1]
        many = re.match(r"([\d,]+)", what)
        if many or what == "capita":
            pairs = [(whole, count) for whole, count in permutations(others, _TWO) if whole in totals and count in counts]
            pairs = [
                (whole, count)
                for whole, count in pairs
                if len(others) == _TWO
                and not goes_to(whole, count)
                and (unit != "count" or whole.quantity.anchor < count.quantity.anchor or not many)
            ]
        else:
            pairs = [(totals[0], counts[0])] if len(totals) == 1 and len(spans) == 1 and len(others) <= _TWO else []
        if len(pairs) == 1:
            yield divided(each, *pairs[0], Fraction(int(many[1].replace(",", ""))) if many else Fraction(1))
            return
