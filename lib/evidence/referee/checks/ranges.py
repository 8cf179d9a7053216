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
_LESS = pattern(r"\b(?:fell|fallen|fall|falls|dropped|drop|declined?|decreased?|reduced|reduction|cut|shrank|shrunk) (?:by |of )<p>")
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
            if not _one_unit(a.quantity.unit, b.quantity.unit) or _FALLS.search(sentence.masked[: match.end()]):
                continue
            low, high = alike([a.quantity, b.quantity])
            message = f"The range from {a.text} to {b.text} has its lower end last." if low.low > high.high else ""
            yield compared("range", [a, b], f"{a.text} to {b.text}", message)


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
        if m not in ends and unit in (m.quantity.unit, "count") and not m.quantity.ends and m.quantity.interval.high not in (low, high)
    ]
    text = sentence.masked
    near = [m for m in others if 0 <= text.index(chr(0xE000 + m.index)) - middle.end() < _NEAR or m.index + 1 == span.index]
    if len(near) != 1 or not low < high:
        return
    value = near[0].quantity.interval
    message = f"{near[0].text} lies outside {span.text}." if value.high < low or value.low > high else ""
    yield compared("range", [near[0], span], f"{near[0].text} within {span.text}", message)


_FEW, _NEAR = 4, 40
_MAY_EXCEED = re.compile(
    r"\b(?:increase|rise|rose|grew|growth|higher|more|up|gdp|income|target|capacity|gain|above|compared|times|planned|expected|level|baseline|plan|quota"
    r"|allocation|oversubscrib\w*|earnings|value|price|cost|costs|budget|debt|ratio|relative|wage|salary|forecast|return|output)\b"
)


def _over(sentence: Sentence) -> Iterator[Compared]:
    """Yield shares of people and things above all of them, and falls by more than all."""
    for score in (m for m in sentence.mentions if m.quantity.unit.startswith("out of ")):
        best = int(score.quantity.unit.removeprefix("out of "))
        yield compared("over the whole", [score], score.text, f"{score.text} is more than all." if score.quantity.anchor > best else "")
    for rule in (_PART, _CHANCE, _LESS):
        for match in rule.finditer(sentence.masked):
            share = named(match, sentence)["p"]
            if share.quantity.unit != "percent" or share.quantity.ends:
                continue
            over = share.quantity.interval.low > _ALL and not (rule is not _LESS and _MAY_EXCEED.search(sentence.masked))
            what = "A fall by more than all of it" if rule is _LESS else "More than all of a part"
            message = f"{what}: {share.text}." if over else ""
            yield compared("over the whole", [share], f"{share.text} against 100 percent", message, confidence=Confidence.high)


_ALL = 100
