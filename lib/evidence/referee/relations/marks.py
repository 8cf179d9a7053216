"""Means of whole marks: whether so few people can give one (GRIM), and whether it is that of the marks that are listed beside it.

Who gave them is the nearest count of people that words bind to the mean: in its sentence, or in one before that it goes on from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.quantity.words import SMALL
from evidence.referee.bases import PEOPLE
from evidence.referee.comparing import Compared, Confidence, compared, show
from evidence.referee.document import Report
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, behind, words_of
from evidence.referee.relations.times import number_of

_MEAN = re.compile(r"\b(?:mean|averag(?:e|es|ed|ing))\b")
_GOES_ON = re.compile(r"\b(?:it|this|that|the (?:figure|score|rating|mark|result)|they|those|these)\b|\bthe same\b")
_RATED = r"(?:rat(?:e|ed|es|ing)|scor(?:e|ed|es|ing)|mark(?:ed|s|ing)?|gave|grad(?:e|ed)|assess(?:ed)?)"
_SCALE = re.compile(
    r"\b(?:from|of|between|to) (?P<low>0|1|nought|zero|one)\b(?: ?\([^)]*\))?(?: up)?,? ?(?:to|and|[-\u2013]) ?(?P<high>\d{1,2}|[a-z]+)\b"
    r"|\bout of (?:a (?:possible|maximum) )?(?P<of>five|six|seven|ten|\d{1,2})\b|\b(?P<points>five|six|seven|ten|\d{1,2})[- ]point\b"
    r"|\b(?:where|with) (?:(?P<least>0|1|nought|zero|one) (?:is|was|meant?|means|being|for) [^.;]{1,60}? and )?(?P<most>five|six|seven|ten|5|6|7|10) (?:is|was|means?|meant|being|for)\b"
)
_BROKEN = re.compile(
    r"\b(?:weight(?:ed|ing)|index|indices|composite|half[- ](?:marks?|points?)|halves|one half|decimals?|sum of|subscales?|factors?"
    r"|did not (?:answer|reply|respond|rate|say)|declined|no answer|left (?:it|this) blank|missing)\b"
)
"""What makes a mean of no whole marks, or of other people than those who are counted."""
_SEVERAL = re.compile(
    r"\b(?:statements|(?<!set of )(?<!few )questions|items|tests|criteria|categories|aspects|areas|measures|dimensions|domains|entries|topics)\b"
)
"""What makes a mean of more marks than there are people."""
_WHOLE = re.compile(r"\b(?:in|gave|using|only|a|as) whole (?:marks|numbers|points|scores|stars)\b|\bwhole[- ](?:number|mark|point)s?\b")
_UNLIKE = re.compile(
    r"\b(?:median|deviation|error|s\.?d\.?|alpha|difference|gap|change|rise|fall|increase|decrease|improvement)\b[^#\ue000-\uf8ff]{0,20}$|\b(?:by|up|down) $"
)
_BARE = re.compile(
    r"(?: out of (?:five|six|seven|ten|\d+))?(?:$|[.,;:)]| ?[(\u2013\u2014-]| (?:on|for|from|among|in|and|but|or|compared|against|at|when|where|overall|to|by|with|of a|while|as|than)\b)"
)
_SHORT, _LARGEST = 3, 20


def means_of_marks(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether whole marks of so many people can have each mean of a sentence (GRIM), and whether those that are listed have it."""
    near = reach.near(sentence)[: _SHORT + 1]
    if not any("." in m.text for m in sentence.mentions) or any(
        _BROKEN.search(one.text.lower()) or _SEVERAL.search(one.text.lower()) for one in near[:_SHORT]
    ):
        return
    listed = _listed(sentence, reach)
    scale = next((found for one in near if (found := _scale(one))), None) or (listed and _reach_of(listed[1]))
    if not scale and any(_WHOLE.search(one.masked) for one in near[:_SHORT]):
        scale = next((found for one in reach.section(sentence) if (found := _scale(one))), None)
    means = [m for m in sentence.mentions if scale and _is_mean(m, near, scale)]
    if listed and len(means) == 1:
        yield _of_listed(means[0], *listed)
        return
    for mean in means:
        if people := _givers(mean, means, near):
            yield from _possible(people, mean)


def _scale(sentence: Sentence) -> tuple[int, int] | None:
    """Return the least and the greatest mark of a scale that a sentence names."""
    match = _SCALE.search(sentence.text.lower())
    high = number_of(match["high"] or match["of"] or match["points"] or match["most"]) if match else None
    if not match or not high or not 2 < high <= _LARGEST:
        return None
    return (0 if (match["low"] or match["least"]) in ("0", "nought", "zero") else 1, high)


_OF_ANOTHER_TIME = re.compile(
    r" (?:in (?:the year before|the previous|(?:19|20)\d\d)|(?:the|a) year (?:before|earlier|ago)|last (?:year|time)|previously|before)\b"
)


def _is_mean(mention: Occurrence, near: list[Sentence], scale: tuple[int, int]) -> bool:
    """Return whether a number with decimals is called a mean on a scale, or stands where the sentence before told one."""
    quantity = mention.quantity
    if not (quantity.unit == "count" or quantity.unit.startswith("out of")) or quantity.hedge or quantity.ends:
        return False
    if "." not in mention.text or not scale[0] <= quantity.anchor <= scale[1] or _UNLIKE.search(ahead(mention)):
        return False
    if _OF_ANOTHER_TIME.match(behind(mention)) and re.search(r"\b(?:from|than|against|compared with|on) $", ahead(mention)):
        return False
    told = mention.sentence.masked
    goes_on = _GOES_ON.search(told) and (_MEAN.search(near[1].masked) or re.search(rf"\b{_RATED}\b", told)) if len(near) > 1 else None
    return bool((_MEAN.search(told) or goes_on) and _BARE.match(mention.sentence.text[mention.start + len(mention.text.split()[0]) :]))


_ALL = r"(?:all(?: of)?(?: the)?|each of (?:the|our|these|those)|the same|the|our|these|those|its|their|of the|n ?=|sample of)"
_OF_THEM = re.compile(rf"\b{_ALL} $")
_PLURAL = re.compile(rf" (?:[\w'\u2019-]+ ){{0,3}}?{PEOPLE}\b")
_THEY = re.compile(rf"\)| (?:of (?:them|whom)|who|whom|when|to {_RATED}|answered|replied|responded|took part|{_RATED})\b")
_PASSIVE = re.compile(r"[^.;#\ue000-\uf8ff]{0,60}?\b(?:were|was|are|is) (?:each )?(?:rated|scored|marked|graded|assessed)\b")
_OBJECT = re.compile(rf"\b{_RATED} (?:each of |all |both |every one of )?(?:the |our |its |their |these |those )?$")
_SUBJECT = re.compile(r"\b(?P<who>[a-z]+s) (?:also |then )?(?:rated|scored|marked|gave|graded|were asked)\b")
_NO_PEOPLE = re.compile(r" (?:[a-z'\u2019-]+ ){0,2}?(?:marks|scores|ratings|points|years|months|weeks|days|hours|sites|times|minutes)\b")


def _counts(sentence: Sentence) -> list[Occurrence]:
    """Return the counts of people of a sentence who may have given marks."""
    held = [m for m in sentence.mentions if m.quantity.unit == "count" and not m.quantity.ends and m.quantity.anchor > 1]
    return [m for m in held if m.quantity.anchor.denominator == 1 and _is_people(m)]


def _is_people(mention: Occurrence) -> bool:
    text = mention.sentence.text.lower()
    before, after = text[: mention.start], re.sub(r"^ \([^)]*\)", "", text[mention.end :])
    bound = _PLURAL.match(after) or (_OF_THEM.search(before) and re.match(r"\)|[,.]|$", after)) or _THEY.match(after)
    nothing = _NO_PEOPLE.match(after) or _PASSIVE.match(after) or (_OBJECT.search(before) and " to " not in after[:12])
    return bool(bound) and not nothing and not re.search(r"\b(?:from|out of|score of|mark of|scale of|fewer than|more than) $", before)


_FROM_THEM = re.compile(r"[^.;,]{0,25}?(?:\b(?:from|by|among|across|of|for)\b|\(|=)[^.;,]{0,20}")


def _givers(mean: Occurrence, means: list[Occurrence], near: list[Sentence]) -> list[Occurrence]:
    """Return who may have given the marks of a mean: the counts beside it, else those of the nearest sentence that counts people."""
    own = _counts(mean.sentence)
    if own:
        last = max((m.end for m in means if m.end <= mean.start), default=0)
        first = min((m.start for m in means if m.start > mean.start), default=len(mean.sentence.text))
        bound = [m for m in own if last <= m.start < mean.start]
        bound = bound or [m for m in own if m.start < first and _FROM_THEM.fullmatch(mean.sentence.text[mean.end : m.start].lower())]
        if bound:
            return bound
    passed = [mean.sentence]
    for one in near[1:]:
        held = _counts(one) if not _pairs(one) else []
        if held:
            nouns = {word for m in held for word in words_of(behind(m))}
            told = [
                match for one_ in passed for match in _SUBJECT.finditer(one_.masked) if not match.string[: match.start()].endswith("same ")
            ]
            others = {word for match in told for word in words_of(match["who"])}
            return held if not others - nouns else []
        passed.append(one)
    return []


def mean_of(mean: Fraction, many: int, places: int) -> tuple[bool, str]:
    """Return whether whole marks of so many have a mean that is printed to so many places, and what those next to it have."""
    near = [int(mean * many), int(mean * many) + 1]
    fits = any(abs(Fraction(marks, many) - mean) <= Fraction(1, 2 * 10**places) for marks in near)
    return fits, "; ".join(f"{marks} / {many} = {float(Fraction(marks, many)):.4g}" for marks in near)


def _places(mean: Occurrence) -> int:
    return len(mean.text.split()[0].split("/")[0].partition(".")[2])


def _possible(people: list[Occurrence], mean: Occurrence) -> Iterator[Compared]:
    """Yield whether whole marks of so many have a mean, where its digits can tell; of several counts any may explain it."""
    places = _places(mean)
    tried = [(one, *mean_of(mean.quantity.anchor, int(one.quantity.anchor), places)) for one in people]
    if any(one.quantity.anchor >= 10**places for one in people):
        return
    one, fits, told = next((each for each in tried if each[1]), tried[-1])
    message = "" if fits else f"No whole numbers of {one.text} have the mean {mean.text}."
    yield compared("respondents (GRIM)", [mean], told, message, confidence=Confidence.medium, other=one)


_N = rf"(?P<n>\d{{1,3}}|{'|'.join(SMALL)})"
_GIVEN = (
    re.compile(
        rf"\b{_N} (?:[a-z]+ ){{0,2}}?(?:gave|scored|marked|rated|awarded|chose|put)(?: (?:it|a|an|the|them|score|mark|rating|of|as|at))* (?P<m>\d{{1,2}})\b"
    ),
    re.compile(rf"\b(?P<m>\d{{1,2}}) (?:was |were )?(?:given |chosen |awarded )?by {_N}\b"),
)


def _listed(sentence: Sentence, reach: Reach) -> tuple[Sentence, list[tuple[int, int]]] | None:
    """Return how many gave each mark, as the sentence of a mean or one beside it lists them."""
    after = [m.sentence for m in reach.passage(sentence) if m.sentence.before is sentence]
    held = ((one, _pairs(one)) for one in (sentence, *reach.near(sentence)[1:2], *after[:1]))
    return next(((one, pairs) for one, pairs in held if pairs), None)


def _pairs(sentence: Sentence) -> list[tuple[int, int]]:
    """Return how many gave each mark, where a sentence tells of three marks and more, each once."""
    for rule in _GIVEN:
        found = [(SMALL.get(match["n"]) or int(match["n"]), int(match["m"])) for match in rule.finditer(sentence.text.lower())]
        if len({mark for _, mark in found}) == len(found) >= _SHORT:
            return found
    return []


def _reach_of(marks: list[tuple[int, int]]) -> tuple[int, int]:
    return min(mark for _, mark in marks), max(mark for _, mark in marks)


def _of_listed(mean: Occurrence, where: Sentence, marks: list[tuple[int, int]]) -> Compared:
    """Return whether a mean is that of the marks that are listed."""
    many, sum_ = sum(number for number, _ in marks), sum(number * mark for number, mark in marks)
    value, half = Fraction(sum_, many), Fraction(1, 2 * 10 ** _places(mean))
    told = f"({' + '.join(f'{number} × {mark}' for number, mark in marks)}) / {many} = {show(value)}; stated {mean.text}"
    message = (
        "" if abs(value - mean.quantity.anchor) <= half else f"The marks that are listed have the mean {show(value)}, not {mean.text}."
    )
    given = Interval(value - half, value + half)
    return compared("per head", [mean], told, message, confidence=Confidence.medium, other=where, claim=mean, given=given)


_MEAN_OF = re.compile(
    r"\b(?:mean|average) (?:score|rating|mark)\b[^()]*\((?:n ?= ?|base ?= ?)?(\d{1,3})(?: (?:respondents|people|answers|replies|responses))?\)",
    re.IGNORECASE,
)
"""A head of a column of means that tells of how many they are: "Mean score (n = 28)"."""


def means_of_columns(document: Report) -> Iterator[Compared]:
    """Yield whether whole marks of as many as the head of a column names can have each mean of it (GRIM)."""
    for table in document.tables:
        for column, head in enumerate(table.heads[1:]):
            many = _MEAN_OF.search(head)
            for label, cells, place in table.numbers if many else []:
                cell = cells[column] if column < len(cells) else None
                places = len(cell.text.strip("* ").partition(".")[2]) if cell else 0
                if many and cell and places and 1 < int(many[1]) < 10**places:
                    yield _mean(cell, int(many[1]), places, f"{label}, {head}", place, " | ".join(table.row_at.get(place, [])))


def _mean(cell: Quantity, many: int, places: int, where: str, place: int, row: str) -> Compared:
    fits, told = mean_of(cell.anchor, many, places)
    message = "" if fits else f"{where}: no whole marks of {many} have the mean {cell.text}."
    return Compared("respondents (GRIM)", not message, message or "agrees", told, place, row, confidence=Confidence.medium)
