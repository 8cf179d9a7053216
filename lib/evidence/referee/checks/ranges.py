"""Ranges and percentages that cannot be: ends that have changed places, a mean outside its range, more than all of a part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, Confidence, alike, compared, named, pattern
from evidence.referee.mentions import Occurrence, Sentence

TURNED = tuple(
    pattern(text)
    for text in (
        r"\bbetween (?:a )?<a>(?: [\w-]+){0,4}? and <b>",
        r"\b(?:rang(?:ing|es?|ed)|var(?:ying|ies|ied|y)|span(?:ning|s|ned)?)[^.;#]{0,40}? (?:from|between) (?:[\w-]+ ){0,5}?<a>[^.;#]{0,50}? (?:to|and) (?:[^.;#]{0,40}? )?<b>",
        r"\b(?:minimum|lowest|low|smallest|youngest|shortest|cheapest) (?:[\w-]+ ){0,4}?(?:of |is |was )?<a>[^.;#]{0,50}?(?:maximum|highest|high|largest|oldest|longest|dearest) (?:[\w-]+ ){0,4}?(?:of |is |was )?<b>",
        r"\b(?:ci|confidence interval|range|interval)[:,]? ?(?:of |from )?\(?<a> ?(?:to|-|\u2013|,) ?<b>",
    )
)
_FALLS = re.compile(
    r"\b(?:fall\w*|fell|drop\w*|declin\w*|reduc\w*|cut|down|decreas\w*|difference|gap|changed?|moved|odds|score\w*|from (?:19|20)\d\d)\b"
)
_MIDDLE = re.compile(r"\b(?:average|mean|median|central estimate|typical(?:ly)?|midpoint)\b")
_RANGE = re.compile(r"\b(?:rang\w+|between|minimum|lowest|95%|ci|confidence|interval)\b")

_PEOPLE = (
    r"(?:respondents|participants|firms|businesses|companies|employers|people|adults|pupils|students|households|schools|women|men|workers|employees"
    r"|patients|councils|members|learners|children|parents|teachers|tenants|residents|voters|staff|homes|customers|users|families|graduates|charities"
    r"|organisations|girls|boys|apprentices|nurses|doctors|hospitals|carers|claimants|trusts|branches|libraries|those)"
)
_PART = pattern(rf"<p> of (?:all |the |our |these |those |its |their |surveyed |responding |local )*(?:[\w'-]+ )?{_PEOPLE}\b")
_OF_ALL = pattern(
    r"<p> of (?:all |the |our |these |those |its |their )*(?!(?:sales|earnings|goods|savings|exports|imports|prices|profits|costs|wages|levels|ours|theirs|revenues|receipts|funds)\b)"
    r"(?:[a-z'-]+ ){0,2}?(?:[a-z-]{3,}s|children|people|men|women|staff)(?= (?:who |that |which )?(?:were|are|had|have|said|say|do|did|meet|live|work|use|failed|passed|need|own|lack|never|now|can|could|[a-z]{2,}ed)\b|[.,;]|$)"
    r"|^(?:of|among) (?:all |the |our |these )*[^.;#,]{2,60}, (?:some |only |just |about )?<q>|\b(?:share|proportion|percentage) of [^.;#]{2,60}?(?:of|was|is|at|reached|to|stood at|hit|came to)(?: now| still| only| just| about)? <r>"
    r"|(?:^|,|\band|\bbut|;) <s> (?:take|took|have|had|use|used|own|owned|agree|agreed|said|say|thought|think|felt|feel|knew|know|passed|did|do|would|could|live|lived|work|worked|walk|walked)\b"
)
_LESS = pattern(
    r"\b(?:fell|fallen|fall|falls|dropped|drop|declined?|decreased?|reduced|reduction|cut|shrank|shrunk|shrinkage) (?:by |of )(?:#,? (?:or |which is |that is |equivalent to |equal to )|# \()?(?:about |some )?<p>"
)
_CHANCE = pattern(
    r"\b(?:response rate|attendance|pass rate|occupancy|employment rate|unemployment rate|participation rate|turnout|completion rate|retention|share|proportion|probability|take-up)\b[^.;#]{0,25}? (?:of|was|is|at|reached|to) <p>"
)


def check(sentence: Sentence) -> Iterator[Compared]:
    """Yield what comes of each range and each share of a part that a sentence states."""
    yield from _turned(sentence)
    yield from _outside(sentence)
    yield from _over(sentence)


def _turned(sentence: Sentence) -> Iterator[Compared]:
    for rule in TURNED:
        for match in rule.finditer(sentence.masked):
            two = named(match, sentence)
            a, b = two["a"], two["b"]
            placed = all(_PLACED.match(sentence.text, end.end) for end in (a, b))
            if placed or not _one_unit(a.quantity.unit, b.quantity.unit) or _FALLS.search(sentence.masked[: match.end()]):
                continue
            low, high = alike([a.quantity, b.quantity])
            message = f"The range from {a.text} to {b.text} has its lower end last." if low.low > high.high else ""
            yield compared("range", [a, b], f"{a.text} to {b.text}", message)


_PLACED = re.compile(r"(?: [a-z-]+){0,4} (?:in|at|for|on|among|under) (?:the )?[A-Za-z]{3,}")
"""Where an end of a range was found: which is told first is then free."""


def _one_unit(first: str, second: str) -> bool:
    """Return whether two ends may be of one unit, where the first may leave it to the second."""
    return second.partition(" per ")[0] == first.partition(" per ")[0] or first == "count"


def _ends(sentence: Sentence) -> tuple[Occurrence, Fraction, Fraction, set[Occurrence]] | None:
    """Return the one range that a sentence names as such, its ends, and the mentions that they are."""
    ranges = [m for m in sentence.mentions if m.quantity.ends]
    if len(ranges) == 1 and _RANGE.search(sentence.text.lower()):
        low, high = ranges[0].quantity.ends
        return ranges[0], low.interval.low, high.interval.high, {ranges[0]}
    found = (match for rule in TURNED[1:3] for match in rule.finditer(sentence.masked))
    for match in found if not ranges else ():
        two = named(match, sentence)
        if two["a"].quantity.unit == two["b"].quantity.unit:
            return two["b"], two["a"].quantity.interval.low, two["b"].quantity.interval.high, set(two.values())
    return None


def _outside(sentence: Sentence) -> Iterator[Compared]:
    """Yield whether a mean lies in the range stated beside it."""
    found, middle = _ends(sentence), _MIDDLE.search(sentence.masked)
    if not found or not middle or len(sentence.mentions) > _FEW:
        return
    span, low, high, ends = found
    unit = span.quantity.ends[0].unit if span.quantity.ends else span.quantity.unit
    others = [
        m
        for m in sentence.mentions
        if m not in ends
        and re.search(r"\d", m.text)
        and unit in (m.quantity.unit, "count")
        and not m.quantity.ends
        and m.quantity.interval.high not in (low, high)
    ]
    text = sentence.masked
    near = [m for m in others if 0 <= text.index(m.mark) - middle.end() < _NEAR or m.index + 1 == span.index]
    if len(near) != 1 or not low < high:
        return
    yield from lies_within(near[0], low, high, span.text, span)


def lies_within(middle: Occurrence, low: Fraction, high: Fraction, words: str, end: Occurrence) -> Iterator[Compared]:
    """Yield whether a mean lies in a range.

    Args:
        middle: The mean.
        low: Least of the range.
        high: Most of it.
        words: The range as written.
        end: Its last number.
    """
    value = middle.quantity.interval
    unit = end.quantity.ends[0].unit if end.quantity.ends else end.quantity.unit
    if low < high and _may_lie(middle, end, unit):
        far = value.low > _FAR_OFF * high
        message = f"{middle.text} lies outside {words}." if (value.high < low or value.low > high) and not far else ""
        own = [end, middle] if end.sentence is middle.sentence else [middle]
        yield compared("range", own, f"{middle.text} within {words}", message, other=end)


def _may_lie(middle: Occurrence, end: Occurrence, unit: str) -> bool:
    """Return whether a mean may be of what a range is: of one unit, which one of them may leave out, and of one clause."""
    own, bounds = middle.quantity.unit, {one.unit for one in end.quantity.ends}
    alike_ = own == unit or ("count" in (own, unit) and "times" not in (own, unit))
    counted = own != "count" or bool(re.search(r"\d", middle.text))
    return alike_ and counted and len(bounds) < _TWO and not apart(middle, end)


def apart(one: Occurrence, two: Occurrence) -> bool:
    """Return whether a word between two numbers of a sentence sets their clauses against each other."""
    first, last = sorted((one, two), key=lambda mention: mention.start)
    return one.sentence is two.sentence and bool(_APART.search(one.sentence.text[first.end : last.start].lower()))


_APART = re.compile(r"\b(?:although|though|while|whereas|but)\b")
_TWO = 2
_FEW, _NEAR = 4, 40
MAY_EXCEED = re.compile(
    r"\b(?:increase|rise|rose|grew|grown?|growing|growth|higher|(?<!or )more|(?<!taken )(?<!signed )(?<!followed )(?<!picked )(?<!made )(?<!set )up|gdp|income|target|capacity|gain|above|compared|times|planned|expect\w*|level|baseline|plan|quota"
    r"|allocation|oversubscrib\w*|earnings|value|price|cost|costs|budget|debt|ratio|relative|wage|salary|forecast|return|output)\b"
)

_MEASURED = re.compile(
    r"\b(?:target|plan\w*|capacity|compared|relative|expect\w*|level|baseline|quota|places|beds|cells|certified|designed for|built for|meant for|crowd\w*|more than|market|gdp|index|price|value|holding)\b"
)
"""What a rate that is a share of all may be measured by instead."""


def _over(sentence: Sentence) -> Iterator[Compared]:
    """Yield shares of people and things above all of them, and falls by more than all."""
    for score in (m for m in sentence.mentions if m.quantity.unit.startswith("out of ")):
        best = int(score.quantity.unit.removeprefix("out of "))
        yield compared("over the whole", [score], score.text, f"{score.text} is more than all." if score.quantity.anchor > best else "")
    for rule in (_PART, _CHANCE, _OF_ALL, _LESS):
        for match in rule.finditer(sentence.masked):
            share = next(iter(named(match, sentence).values()))
            if share.quantity.unit != "percent" or share.quantity.ends:
                continue
            may = {id(_LESS): None, id(_CHANCE): _MEASURED}.get(id(rule), MAY_EXCEED)
            told = sentence.masked[: match.end()] if rule is _PART else sentence.masked
            over = share.quantity.interval.low > _ALL and not (may and may.search(told))
            what = "A fall by more than all of it" if rule is _LESS else "More than all of a part"
            message = f"{what}: {share.text}." if over else ""
            yield compared("over the whole", [share], f"{share.text} against 100 percent", message, confidence=Confidence.high)

    yield from _beyond(sentence)


_ALL = 100
_SHARE_OF = re.compile(r"\b(?:share|proportion|percentage) of [^.;]*$")
_VERB_AHEAD = re.compile(r"\b((?:had |has |have )?[a-z]+(?:ed|ent|aid|et|ot|de|ad)) (?:only |just |about )?$")
_OF_ITS_OWN = re.compile(r" of (?:its|their|his|her|the|all) ")


def _beyond(sentence: Sentence) -> Iterator[Compared]:
    """Yield shares of more than all: of whom a share is told before, or as the clause beside it, with the same verb, tells one of its own."""
    shares = [m for m in sentence.mentions if m.quantity.unit == "percent" and not m.quantity.ends and not m.quantity.in_words]
    for share in shares:
        text = sentence.text[: share.start].lower()
        verb = _VERB_AHEAD.search(text)
        beside = [m for m in shares if m is not share and _OF_ITS_OWN.match(sentence.text, m.end) and m.quantity.anchor <= _ALL]
        same = verb and any((other := _VERB_AHEAD.search(sentence.text[: m.start].lower())) and other[1] == verb[1] for m in beside)
        if share.quantity.interval.low > _ALL and (_SHARE_OF.search(text) or same) and not MAY_EXCEED.search(sentence.masked):
            message = f"More than all of a part: {share.text}."
            yield compared("over the whole", [share], f"{share.text} against 100 percent", message)
        low = [m for m in shares if m is not share and m.quantity.interval.high <= _ALL and _WORST.search(sentence.text[: m.start].lower())]
        if share.quantity.interval.low > _ALL and low and _BEST.search(text) and _of_counts(sentence):
            message = f"More than all of a part: {share.text}, the best of shares of which {low[0].text} is the worst."
            yield compared("over the whole", [share], f"{share.text} against 100 percent", message)


_BEST = re.compile(r"\b(?:best|highest|top)\b[^.;%]{0,60}$")
_WORST = re.compile(r"\b(?:worst|lowest|poorest|bottom)\b[^.;%]{0,60}$")
_A_SHARE = re.compile(r"\d(?: [a-z-]+){0,4}(?:,? or| \() ?(?:just |only |about )?\d{1,2}(?:\.\d+)?(?:%| per ?cent)")


def _of_counts(sentence: Sentence) -> bool:
    """Return whether the percentages of a sentence are shares: one before it tells a count with its share, and neither what may be more than all."""
    told = [one for one in (sentence, sentence.before, sentence.before and sentence.before.before) if one]
    found = any(_A_SHARE.search(one.text.lower()) for one in told)
    return found and not any(MAY_EXCEED.search(one.masked) for one in told)


def of_range_before(sentence: Sentence, middle: list[Occurrence]) -> Iterator[Compared]:
    """Yield whether the one mean of a sentence lies within the only range that its paragraph states before, in the same unit."""
    told = sentence.before
    ranges: list[tuple[Sentence, re.Match[str]]] = []
    while told and len(set(middle)) == 1:
        ranges += [(told, found) for found in _STATED.finditer(told.text) if found["unit"] == middle[0].quantity.unit.partition(" per ")[0]]
        told = told.before
    if len(ranges) == 1 and not sentence.years:
        where, found = ranges[0]
        low, high = (Fraction(found[end].replace(",", "")) for end in ("low", "high"))
        value = middle[0].quantity.interval
        message = f"{middle[0].text} lies outside {found[0]}." if value.high < low or value.low > high else ""
        if low < high and (not message or middle[0].quantity.anchor < _FAR_OFF * high):
            told_there = f"{middle[0].text} within {found[0]}"
            yield compared("range", [middle[0]], told_there, message, confidence=Confidence.medium, other=where)


_STATED = re.compile(
    r"\b(?:between|from) (?P<low>[\d,]*\d(?:\.\d+)?) (?:and|to) (?P<high>[\d,]*\d(?:\.\d+)?) (?P<unit>years|months|weeks|days|hours|minutes|miles|km)\b"
)
_FAR_OFF = 3
"""A mean more than so many times the most of a range before it is of something else."""
