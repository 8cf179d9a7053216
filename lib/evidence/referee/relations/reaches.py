"""Between which ends a column of a table lies, as a sentence says that names what the column holds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.quantity import Quantity
from evidence.referee.comparing import Compared, Confidence, compared, named, pattern, show
from evidence.referee.mentions import FIRST_MARK, Occurrence, Sentence
from evidence.referee.relations.cells import ReportCell
from evidence.referee.relations.linking import Linker, TableFrame, link_words, plain, times_in
from evidence.referee.relations.reach import base
from evidence.referee.relations.settling import off

_OF_TWO = (
    pattern(
        r"\b(?:rang|var|reach|extend)[a-z]*(?: [a-z]+){0,3}? (?:from|between) (?:just |only )?<a>[^.;\ue000-\uf8ff]{0,60}? (?:to|and) (?:just |only )?<b>"
    ),
    pattern(r"\bfrom (?:just |only )?<a> (?:in|at|for|among) [^.;,\ue000-\uf8ff]{3,40}? to (?:just |only )?<b> (?:in|at|for|among) "),
)
_RANGED = re.compile(r"\b(?:between|from|rang\w*|var\w*)\b")
_SOME = re.compile(
    r"\b(?:other|others|remaining|except|excluding|apart from|outside|without|leaving out|rest|usually|typically|mostly|most|half|aged?|target\w*|plan\w*|expect\w*|will|would|could|should|if|rose|fell|grew|increased|decreased|fallen|risen|confidence|interval)\b"
)
_FEWEST, _FAR = 3, 2


def told_ranges(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a range that a sentence tells is that of the column it names, where one end of it is an end of the column."""
    for low, high, marks in _ranges(sentence):
        if _SOME.search(sentence.masked[: sentence.masked.index(chr(FIRST_MARK + marks[-1].index))]):
            continue
        placed = [cells for frame in linker.frames for cells in _columns(frame) if _at_rows(marks, cells)]
        found = placed or [cells for frame in linker.frames for cells in _columns(frame) if _of(sentence, low, cells, frame)]
        ends = [_ends(cells) for cells in found]
        right = [one for one in ends if one[0].quantity.anchor == low.anchor and one[1].quantity.anchor == high.anchor]
        half = [one for one in ends if (one[0].quantity.anchor == low.anchor) is not (one[1].quantity.anchor == high.anchor)]
        half = [one for one in half if off(one[0].quantity.anchor, low.anchor) < _FAR and off(one[1].quantity.anchor, high.anchor) < _FAR]
        if right or len(half) == 1:
            yield _told(marks, low, high, (right or half)[0])


def _at_rows(marks: list[Occurrence], cells: list[ReportCell]) -> bool:
    """Return whether behind one of two numbers stands the label of the row whose cell it is."""
    text = marks[0].sentence.text
    ends = (text[marks[0].end : marks[-1].start], text[marks[-1].end :])
    return len(marks) > 1 and any(
        cell.quantity.anchor == mark.quantity.anchor and re.match(rf"[^.;,]{{0,40}}\b{re.escape(plain(cell.row))}\b", tail.lower())
        for mark, tail in zip(marks, ends, strict=True)
        for cell in cells
    )


def _ranges(sentence: Sentence) -> Iterator[tuple[Quantity, Quantity, list[Occurrence]]]:
    for mention in sentence.mentions:
        before = sentence.text[max(0, mention.start - _NEAR) : mention.end].lower()
        if mention.quantity.ends and _RANGED.search(before):
            least, most = mention.quantity.ends
            yield least, most, [mention]
    for rule in _OF_TWO:
        for match in rule.finditer(sentence.masked):
            two = named(match, sentence)
            low, high = two["a"], two["b"]
            if len({base(low), base(high)} - {"count"}) < _TWO and not low.quantity.ends and not high.quantity.ends:
                yield low.quantity, high.quantity, [low, high]


_NEAR, _TWO = 30, 2


def _columns(frame: TableFrame) -> Iterator[list[ReportCell]]:
    columns: dict[int, list[ReportCell]] = {}
    for cell in frame.cells:
        if not cell.all:
            columns.setdefault(cell.column, []).append(cell)
    yield from (cells for cells in columns.values() if len(cells) >= _FEWEST)


def _of(sentence: Sentence, low: Quantity, cells: list[ReportCell], frame: TableFrame) -> bool:
    """Return whether a sentence, with the one before it, names what a column holds, and its time where it has one."""
    times, head = times_in(cells[0].head)
    told = times_in(sentence.text)[0]
    if times and told and not set(times) & set(told):
        return False
    context = " ".join([sentence.text, sentence.before.text if sentence.before else ""])
    said, measure = link_words(context), link_words(plain(head))
    own = link_words(sentence.text) & (frame.words | measure)
    percent = (low.unit == "percent") is (cells[0].quantity.unit == "percent")
    return percent and bool(own) and (measure <= said if measure else True) and len(said & (frame.words | measure)) > 1


def _ends(cells: list[ReportCell]) -> tuple[ReportCell, ReportCell]:
    return min(cells, key=lambda cell: cell.quantity.anchor), max(cells, key=lambda cell: cell.quantity.anchor)


def _told(marks: list[Occurrence], low: Quantity, high: Quantity, ends: tuple[ReportCell, ReportCell]) -> Compared:
    wrong = [
        (name, one, cell)
        for name, one, cell in (("least", low, ends[0]), ("greatest", high, ends[1]))
        if one.anchor != cell.quantity.anchor
    ]
    message = " ".join(f"The {name} is {cell.text} for {cell.label}, not {show(one.anchor)}." for name, one, cell in wrong)
    told = f"{ends[0].head}: {ends[0].text} to {ends[1].text}; stated {show(low.anchor)} to {show(high.anchor)}"
    return compared("range", marks, told, message, confidence=Confidence.medium, other=f"table, {ends[0].place}: {ends[0].row}")
