"""Means of several groups together, means beyond the scale they are on, and means of whole answers in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, compared, shown
from evidence.referee.constructions.groups_asked import groups_of
from evidence.referee.constructions.share_levels import told_before
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.marks import mean_of
from evidence.referee.relations.reach import ahead
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import said
from evidence.referee.relations.times import number_of
from evidence.referee.tables import ReportCell

Pair = tuple[Occurrence, Occurrence]
_OVERALL = re.compile(
    r"\b(?:overall|altogether|combined|together|joint|jointly|pooled|as a whole|in all|all told|both groups|the two groups|of all|among all|across all|for all|among the|across the|of the)\b"
)
_CLAUSES = re.compile(r"; |, (?=(?:and|but|while|whereas|those|the)\b)|\b(?:while|whereas|and|but|against|compared with)\b")


def pooled(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the mean, or the share, of several groups together is that of each, weighed by how many they are."""
    if not _OVERALL.search(sentence.masked):
        return
    for claim in sentence.mentions:
        if not _is_value(claim):
            continue
        near = told_before(sentence, linker.reach, 3)
        pairs = [pair for one in reversed(near[1:]) for pair in _pairs(one, claim)]
        yield from _weighed(claim, pairs)


def _is_value(mention: Occurrence) -> bool:
    """Return whether a number may be the mean or the share of a group."""
    quantity = mention.quantity
    if quantity.ends or quantity.hedge or not re.match(r"\d", mention.text) or is_size(mention):
        return False
    return quantity.unit == "percent" or ((quantity.unit == "count" or quantity.unit.startswith("out of")) and "." in mention.text)


def _pairs(sentence: Sentence, claim: Occurrence) -> list[Pair]:
    """Return each group of a sentence with the one value that its clause tells of it."""
    found, groups = list[Pair](), groups_of(sentence)
    all_values = [m for m in sentence.mentions if _is_value(m) and _alike(m, claim)]
    if len(groups) == len(all_values) == 1:
        return [(groups[0], all_values[0])]
    for start, end in _spans(sentence):
        counts = [m for m in groups if start <= m.start < end]
        values = [m for m in all_values if start <= m.start < end]
        if len(counts) == len(values) == 1:
            found.append((counts[0], values[0]))
    return found


def _spans(sentence: Sentence) -> Iterator[tuple[int, int]]:
    start = 0
    for cut in _CLAUSES.finditer(sentence.text.lower()):
        yield start, cut.start()
        start = cut.end()
    yield start, len(sentence.text)


def _alike(one: Occurrence, other: Occurrence) -> bool:
    return (one.quantity.unit == "percent") is (other.quantity.unit == "percent")


def _weighed(claim: Occurrence, pairs: list[Pair]) -> Iterator[Compared]:
    """Yield whether a value is that of all groups, where its sentence says that it is of as many as they are together."""
    sizes = [group.quantity.anchor for group, _ in pairs]
    whole = next((m for m in groups_of(claim.sentence) if len(pairs) > 1 and m.quantity.anchor == sum(sizes)), None)
    if not whole:
        return
    spans = [value.quantity.interval.scaled(size / sum(sizes)) for size, (_, value) in zip(sizes, pairs, strict=True)]
    given = spans[0]
    for span in spans[1:]:
        given = given + span
    stated = said(claim.quantity)
    fits = Interval(given.low, given.high).meets(Interval(stated.low, stated.high))
    told = " + ".join(f"{group.text} × {value.text}" for group, value in pairs)
    message = "" if fits else f"All {whole.text} together have {shown(given)}, not {claim.text}."
    other = [m for pair in pairs for m in pair]
    reckoning = f"({told}) / {whole.text} = {shown(given)}; stated {claim.text}"
    yield compared("per head", [claim], reckoning, message, confidence=Confidence.medium, other=other, claim=claim, given=given)


_NUMBER = r"(?:\d{1,3}|one|nought|zero|three|four|five|six|seven|eight|nine|ten|twenty|hundred)"
_RUNS = re.compile(
    rf"\b(?:scale|marks?|scores?|points?|rated?|rating|ratings|stars)\b[^;]{{0,50}}?\b(?:from|between) (?P<low>{_NUMBER})\b(?!%)(?:,? \(?(?!to\b)[a-z][a-z ]{{0,40}}\)?,?)?? (?:to|and) (?P<high>{_NUMBER})\b(?!%)"
    rf"|\b(?P<points>{_NUMBER})-point scale\b|\b(?:marks?|scores?|points?|stars|rated?|ratings?)\b[^;]{{0,40}}\bout of (?P<of>{_NUMBER})\b"
)
_MEAN_OF = re.compile(
    r"\b(?:mean|average)(?: (?:score|mark|rating|value))?(?: of| was| is| at| stood at| came to| reached|,)? $|\b(?:averag(?:ed|ing|es)|scored|rated|averages?) $"
)


def beyond_a_scale(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a mean lies on the scale that its passage names."""
    means = list[Occurrence]()
    for mention in sentence.mentions if re.search(r"mean|averag|scor|rat", sentence.masked) else []:
        goes_on = means and means[-1].index == mention.index - 1 and _GOES_ON.search(ahead(mention))
        if mention.quantity.unit == "count" and re.fullmatch(r"\d+\.\d+", mention.text) and (_MEAN_OF.search(ahead(mention)) or goes_on):
            means.append(mention)
    if not means:
        return
    near = told_before(sentence, linker.reach, 2)
    scales = [scale for one in near if (scale := _scale_in(one.text.lower()))]
    for mean in means if len(set(scales)) == 1 else []:
        low, high = scales[0]
        message = "" if low <= mean.quantity.anchor <= high else f"{mean.text} is not on the scale from {low} to {high}."
        yield compared("bounds", [mean], f"{low} to {high}; stated {mean.text}", message, confidence=Confidence.medium, other=near[-1])


_GOES_ON = re.compile(r"^(?: (?:for|in|from|on|among) [a-z '-]+)?,? (?:and|but|against|compared with)(?: only| just)? $")


def _scale_in(text: str) -> tuple[int, int] | None:
    match = _RUNS.search(text)
    high = number_of(match["high"] or match["points"] or match["of"]) if match else None
    if not match or not high:
        return None
    return (0 if match["low"] in ("0", "nought", "zero") or match["of"] else 1), high


_REPLYING = re.compile(
    r"\b(?:repl(?:ying|ied|ies)|respon\w+|answer\w*|returns?|forms?|n|asked|surveyed|visited|inspected|interviewed|sample|questioned|observed)\b"
)
_MEAN_NUMBER = re.compile(r"\b(?:mean|average)\b")
_IN_WHOLE = re.compile(
    r"\bcounted whole\b|\bwhole (?:marks?|numbers?|points?|stars?|figures?)\b|\b(?:were|was) counted\b|\bmean number of\b|\baverage number of\b"
)
_NO_COUNT = re.compile(r"\b(?:hours?|days?|years?|weeks?|months?|£|km|miles|minutes|weight\w*|median|pay|cost|full-time|fte)\b")


def tabled_means(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether so many as a row of the table before a sentence counts can have the mean of whole numbers that it tells."""
    table = linker.reach.table_before(sentence)
    before = linker.reach.section(sentence)[:1]
    if not table or (before and linker.reach.table_before(before[0]) is table):
        return
    rows: dict[int, list[ReportCell]] = {}
    for cell in linker.reach.cells_in(table):
        rows.setdefault(cell.place, []).append(cell)
    around = f"{sentence.text} {linker.reach.captions.get(id(table), '')}".lower()
    for cells in rows.values():
        groups = [cell for cell in cells if _REPLYING.search(cell.head.lower()) and cell.quantity.unit == "count"]
        means = [cell for cell in cells if _is_mean_cell(cell, around)]
        if len(groups) == 1 and not groups[0].all:
            yield from (_tabled(groups[0], mean) for mean in means if groups[0].quantity.anchor < 10 ** _places(mean))


def _places(cell: ReportCell) -> int:
    return len(cell.text.strip().partition(".")[2])


def _is_mean_cell(cell: ReportCell, around: str) -> bool:
    head = cell.head.lower()
    whole = _IN_WHOLE.search(f"{head} {around}") and not _NO_COUNT.search(head)
    return bool(_MEAN_NUMBER.search(head) and whole and re.fullmatch(r"\d+\.\d+", cell.text.strip()))


def _tabled(group: ReportCell, mean: ReportCell) -> Compared:
    fits, told = mean_of(mean.quantity.anchor, int(group.quantity.anchor), _places(mean))
    message = "agrees" if fits else f"No whole numbers of {group.text} have the mean {mean.text}."
    row = " | ".join(mean.table.row_at.get(mean.place, []))
    return Compared("respondents (GRIM)", fits, message, told, mean.place, row, confidence=Confidence.medium, operands=(group, mean))
