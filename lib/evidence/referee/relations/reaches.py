"""Between which ends a column of a table lies, as a sentence says that names what the column holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from evidence.quantity import Quantity
from evidence.referee.comparing import Compared, Confidence, compared, named, pattern, show
from evidence.referee.mentions import FALL, RISE, Occurrence, Sentence
from evidence.referee.relations.linking import FILLERS, Linker, TableFrame, link_words, plain, times_in
from evidence.referee.relations.reach import base
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import BACK
from evidence.referee.tables import ReportCell

_LOW = r"(?:worst|lowest|smallest|shortest|cheapest|slowest|fewest|least)"
_HIGH = r"(?:best|highest|largest|longest|dearest|fastest|greatest|biggest)"
_ONE, _BETWEEN = r"[^.;\ue000-\uf8ff]{0,50}?", r"[^.;\ue000-\uf8ff]{0,60}?"
_OF_TWO = tuple(
    pattern(text)
    for text in (
        rf"\b(?:rang|var|reach|extend|ran\b|runs?\b)[a-z]*(?: [a-z]+){{0,3}}? (?:from|between) (?:just |only )?<a>{_BETWEEN} (?:to|and) (?:just |only )?<b>",
        r"\bfrom (?:just |only )?<a> (?:in|at|for|among) (?!(?:19|20)\d\d\b)[^.;,\ue000-\uf8ff]{3,40}? to (?:just |only )?<b> (?:in|at|for|among) ",
        r"\bfrom (?:just |only )?<a>(?: [a-z-]+){0,2} \([^()\ue000-\uf8ff]{3,40}\) to (?:just |only )?<b>(?: [a-z-]+){0,2} \(",
        rf"\bbetween <a>{_BETWEEN} and <b>",
        rf"\b{_HIGH}\b{_ONE}<b>{_ONE}\b{_LOW}\b{_ONE}<a>",
        rf"\b{_LOW}\b{_ONE}<a>{_ONE}\b{_HIGH}\b{_ONE}<b>",
    )
)
_RANGED = re.compile(r"\b(?:between|from|rang\w*|var\w*)\b")
_TAKEN = re.compile(
    rf"\b(?:{RISE}|{FALL}|taking|takes?(?: it| the [a-z]+)|took|bring\w*|brought|expand\w*|moved?|went|go(?:es|ing)?)\b[^.;,]*\bfrom\b"
)
_SOME = re.compile(
    r"\b(?:others?|remaining|except|excluding|apart from|outside|without|leaving out|rest|usually|typically|mostly|most|half|aged?|target\w*|plan\w*|expect\w*|will|would|could|should|if|rose|fell|grew|increased|decreased|fallen|risen|confidence|interval|earlier)\b"
)
_OPENS = re.compile(r"^(?:in|at|among|for|within|outside|of) ([^,.;\ue000-\uf8ff]{3,40}),")
_FEWEST, _FAR = 3, 2


def told_ranges(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a range that a sentence tells is that of the column it names, where one end of it is an end of the column."""
    for low, high, marks in ranges(sentence):
        columns = [
            (frame, cells)
            for frame in linker.frames
            if _of_all(sentence, marks, frame)
            for cells in _columns(frame)
            if _then(sentence, cells)
        ]
        placed = [cells for _, cells in columns if _at_rows(marks, cells)]
        found = placed or [cells for frame, cells in columns if _of(sentence, {low.unit, high.unit}, cells, frame)]
        named_rows = [cells for cells in found if any(plain(cell.row) in sentence.text.lower() for cell in _ends(cells))]
        found = named_rows or found
        ends = [_ends(cells) for cells in found]
        right = [one for one in ends if _is_cell(low, one[0]) and _is_cell(high, one[1])]
        half = [one for one in ends if _is_cell(low, one[0]) is not _is_cell(high, one[1])]
        held = {id(_ends(cells)[0]): {cell.quantity.anchor for cell in cells} for cells in found}
        half = [one for one in half if {low.anchor, high.anchor} <= held[id(one[0])] or _close(one, low, high)]
        if right or len({(one[0].quantity.anchor, one[1].quantity.anchor) for one in half}) == 1:
            yield _told(marks, low, high, (right or half)[0])


def _is_cell(one: Quantity, cell: ReportCell) -> bool:
    """Return whether a number is that of a cell, printed as it is or rounded."""
    return one.interval.contains(cell.quantity.anchor)


def _close(ends: tuple[ReportCell, ReportCell], low: Quantity, high: Quantity) -> bool:
    """Return whether both ends of a range are near those of a column."""
    return all(off(end.quantity.anchor, one.anchor) < _FAR for end, one in zip(ends, (low, high), strict=True))


def _of_all(sentence: Sentence, marks: list[Occurrence], frame: TableFrame) -> bool:
    """Return whether nothing before a range says that it is one of some rows only, or of something that the table does not name."""
    text = sentence.masked[: sentence.masked.index(marks[-1].mark)]
    names = " ".join(frame.table.heads).lower()
    opens = _OPENS.match(text)
    strange = link_words(times_in(opens[1])[1]) - frame.words - FILLERS if opens else frozenset[str]()
    return not strange and not any(found[0] not in names for found in _SOME.finditer(text))


def _then(sentence: Sentence, cells: list[ReportCell]) -> bool:
    """Return whether a column is of a time that a sentence names, where both name any."""
    times, told = times_in(cells[0].head)[0], times_in(sentence.text)[0]
    return not times or not told or bool(set(times) & set(told))


def _at_rows(marks: list[Occurrence], cells: list[ReportCell]) -> bool:
    """Return whether behind one of two numbers stands the label of the row whose cell it is."""
    text = marks[0].sentence.text
    ends = (text[marks[0].end : marks[-1].start], text[marks[-1].end :])
    return len(marks) > 1 and any(
        cell.quantity.anchor == mark.quantity.anchor and re.match(rf"[^.;,]{{0,40}}\b{re.escape(plain(cell.row))}\b", tail.lower())
        for mark, tail in zip(marks, ends, strict=True)
        for cell in cells
    )


def ranges(sentence: Sentence) -> Iterator[tuple[Quantity, Quantity, list[Occurrence]]]:
    """Yield the ranges that a sentence tells: the lower end, the upper end, and the numbers that they are, in order."""
    for mention in sentence.mentions:
        before = sentence.text[max(0, mention.start - _NEAR) : mention.end].lower()
        if mention.quantity.ends and _RANGED.search(before) and not _TAKEN.search(before):
            least, most = mention.quantity.ends
            yield least, most, [mention]
    for rule in _OF_TWO:
        for match in rule.finditer(sentence.masked):
            two = named(match, sentence)
            low, high = sorted((two["a"], two["b"]), key=lambda mention: mention.quantity.anchor)
            if len({base(low), base(high)} - {"count"}) < _TWO and not low.quantity.ends and not high.quantity.ends:
                yield low.quantity, high.quantity, sorted((low, high), key=lambda mention: mention.start)


_NEAR, _TWO = 30, 2


def _columns(frame: TableFrame) -> Iterator[list[ReportCell]]:
    """Yield the columns of a table, each as far as a row of all, behind which other rows are told."""
    columns: dict[tuple[int, int], list[ReportCell]] = {}
    past = Counter[int]()
    for cell in frame.cells:
        past[cell.column] += cell.all
        if not cell.all:
            columns.setdefault((cell.column, past[cell.column]), []).append(cell)
    yield from (cells for cells in columns.values() if len(cells) >= _FEWEST)


def _of(sentence: Sentence, units: set[str], cells: list[ReportCell], frame: TableFrame) -> bool:
    """Return whether a sentence, with the one before it, names what a column holds, and its time where it has one."""
    head = times_in(cells[0].head)[1]
    context = " ".join([sentence.text, sentence.before.text if sentence.before else ""])
    said, measure = link_words(context), link_words(plain(head))
    own = link_words(sentence.text) & (frame.words | measure)
    percent = ("percent" in units) is (cells[0].quantity.unit == "percent")
    shared = len(said & (frame.words | measure))
    beside = frame.heading == sentence.heading and shared > 0 and bool(own or BACK.match(sentence.masked))
    whole = measure <= said or (bool(own) and _alone(units, cells, frame))
    return percent and (beside or (bool(own) and shared > 1)) and whole


def _alone(units: set[str], cells: list[ReportCell], frame: TableFrame) -> bool:
    """Return whether a column is the only one of its table whose head names a unit that says what is measured: minutes, but no percentages."""
    told = [unit for unit in units - {"count", "percent"} if unit in cells[0].head.lower()]
    return bool(told) and sum(told[0] in head.lower() for head in {cell.head for cell in frame.cells}) == 1


def _ends(cells: list[ReportCell]) -> tuple[ReportCell, ReportCell]:
    return min(cells, key=lambda cell: cell.quantity.anchor), max(cells, key=lambda cell: cell.quantity.anchor)


def _told(marks: list[Occurrence], low: Quantity, high: Quantity, ends: tuple[ReportCell, ReportCell]) -> Compared:
    wrong = [(name, one, cell) for name, one, cell in (("least", low, ends[0]), ("greatest", high, ends[1])) if not _is_cell(one, cell)]
    message = " ".join(f"The {name} is {cell.text} for {cell.label}, not {show(one.anchor)}." for name, one, cell in wrong)
    told = f"{ends[0].head}: {ends[0].text} to {ends[1].text}; stated {show(low.anchor)} to {show(high.anchor)}"
    return compared("range", marks, told, message, confidence=Confidence.medium, other=ends[0].own_row, operands=ends)
