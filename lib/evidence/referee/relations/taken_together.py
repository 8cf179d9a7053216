"""What a few rows of a table, or the parts of its year, come to together: their sum, and its share of all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, Confidence, Elsewhere, How, compared, ratio, shown, total
from evidence.referee.mentions import MARK, Occurrence, Sentence
from evidence.referee.relations.between_rows import place_of
from evidence.referee.relations.linking import FILLERS, Linker, TableFrame, link_words, plain, times_in
from evidence.referee.relations.reach import ahead, base, behind
from evidence.referee.relations.settling import Binding, off, said
from evidence.referee.relations.subjects import in_digits
from evidence.referee.relations.times import MONTHS
from evidence.referee.tables import TableSpot

_TOGETHER = re.compile(r"\b(?:together|between them|combined|jointly|accounts?|accounted|makes? up|made up|shared)\b")
_NOT_ALL = re.compile(r"\b(?:other than|except|apart from|without|neither|nor|more than|fewer than|first or second|also|both)\b")
_NEAR, _BOUND, _TWO, _THREE, _MOST = Fraction(3, 2), Fraction(2), 2, 3, 9


def _told(claim: Occurrence, values: list[Binding], kind: str, other: Elsewhere, most: Fraction) -> Iterator[Compared]:
    fits = [one for one in values if said(claim.quantity).meets(one.value)]
    for one in fits[:1] or sorted(values, key=lambda one: off((one.value.low + one.value.high) / 2, claim.quantity.anchor))[:1]:
        if fits or off((one.value.low + one.value.high) / 2, claim.quantity.anchor) < most:
            message = "" if fits else f"{one.reckoning} is {shown(one.value)}, where {claim.text} is stated."
            told = f"{one.reckoning} = {shown(one.value)}; stated {claim.text}"
            yield compared(kind, [claim], told, message, confidence=Confidence.medium, other=other, operands=one.operands, how=How.sum)


def of_a_table(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether the rows that a sentence names together, or the quarters and months of a part of the year, come to what it says."""
    text = sentence.masked
    together = bool(_TOGETHER.search(text)) and not _NOT_ALL.search(text)
    if not (together or _PART.search(sentence.text.lower())):
        return
    for claim in [
        m for m in sentence.mentions if in_digits(m) and not m.quantity.hedge and not m.quantity.ends and not _WHOLE_OF.search(ahead(m))
    ]:
        found = [
            (frame, rows)
            for frame in linker.frames
            if (rows := _of_year(frame, sentence) or (_of_names(frame, re.split(MARK, text)[0]) if together else []))
            and _of_it(claim, frame)
        ]
        values = [one for frame, rows in found for one in _columns(frame, rows, claim)]
        yield from _told(claim, values, "sum", [TableSpot(frame.cells[0].place, " + ".join(rows)) for frame, rows in found[:1]], _BOUND)


_WHOLE_OF = re.compile(r"^ (?:out )?of (?:the |all |our )?$")
"""What stands between a part and its whole, "29 of 46", which is no sum of what is named beside it."""


def _of_names(frame: TableFrame, text: str) -> list[str]:
    rows = list(dict.fromkeys(cell.row for cell in frame.cells if not cell.all))
    named = [row for row in rows if place_of(row, text) >= 0]
    return named if _TWO <= len(named) < len(rows) and re.search(r"\band\b", text) else []


_N = {"two": 2, "three": 3, "six": 6, "nine": 9}
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_PART = re.compile(
    r"\b(?P<way>first|second|last) (?:(?P<half>half)|(?P<n>two|three|six|nine) (?P<unit>quarters|months))\b|\b(?P<nth>first|second|third|fourth) quarter\b"
)


def _of_year(frame: TableFrame, sentence: Sentence) -> list[str]:
    """Return the rows of months or quarters that are the part of the year which a sentence names alone."""
    parts = list(_PART.finditer(sentence.text.lower()))
    rows = list(dict.fromkeys(cell.row for cell in frame.cells if not cell.all))
    spans = [_months(row) for row in rows]
    years = {time[0] for label in (*rows, *frame.table.heads, frame.heading) for time in times_in(label)[0] if time[0]}
    told = {time[0] for time in times_in(sentence.text)[0] if time[0]}
    if len(parts) != 1 or not all(spans) or len(set(spans)) != 1 or (told and not told & years):
        return []
    part, each = parts[0], spans[0]
    if part["nth"]:
        return rows[3 * (_NTH[part["nth"]] - 1) : 3 * _NTH[part["nth"]]] if each == 1 and len(rows) >= 3 * _NTH[part["nth"]] else []
    wanted = 6 if part["half"] else _N[part["n"]] * (3 if part["unit"] == "quarters" else 1)
    many = wanted // each
    if not 1 < many < len(rows) or (part["half"] and len(rows) * each != 12):
        return []
    return rows[:many] if part["way"] == "first" else rows[-many:]


_QUARTER = re.compile(r"\b(?:q[1-4]|quarter|spring|summer|autumn|winter)\b")


def _months(label: str) -> int:
    """Return how many months a label of a row names; 0 where it names none."""
    named = [MONTHS.index(word) for word in re.findall(r"[a-z]+", label.lower()) if word in MONTHS]
    if len(named) == _TWO:
        return (named[1] - named[0]) % 12 + 1
    return 1 if len(named) == 1 else 3 if _QUARTER.search(label.lower()) else 0


def _columns(frame: TableFrame, rows: list[str], claim: Occurrence) -> Iterator[Binding]:
    """Yield what some rows come to in each column that may be meant: in the unit of a number, or as a share of the row of all."""
    unit = _unit_before(claim)
    for column in dict.fromkeys(cell.column for cell in frame.cells):
        held = {cell.row: cell for cell in frame.cells if cell.column == column}
        cells = [held[row] for row in rows if row in held]
        if len(cells) != len(rows) or re.search(r"\bper\b|rate|average|mean|median|change", cells[0].head.lower()):
            continue
        added, told = total([cell.quantity.interval for cell in cells]), " + ".join(cell.text for cell in cells)
        wholes = [cell for cell in held.values() if cell.all]
        if unit and unit not in (
            cells[0].quantity.unit,
            *((cell.quantity.unit for cell in frame.cells) if cells[0].quantity.unit == "percent" else ()),
        ):
            continue
        if cells[0].quantity.unit == base(claim):
            yield Binding(tuple(cells), added, told)
        elif claim.quantity.unit == "percent" and cells[0].quantity.unit != "percent" and wholes:
            value = ratio(added.scaled(Fraction(100)), wholes[0].quantity.interval)
            yield from [Binding((*cells, wholes[0]), value, f"({told}) / {wholes[0].text} in percent")] if value else []


def _unit_before(claim: Occurrence) -> str:
    """Return the unit of the number right before a share, of which it is one: "£91 million, or 63%"; an empty one where there is none."""
    before = claim.sentence.mentions[claim.index - 1] if claim.index and claim.quantity.unit == "percent" else None
    return base(before) if before and re.match(r"^[^.;]{0,40}?(?:,? or |,? \()(?:about |just |some )?$", ahead(claim)) else ""


_OF_WHAT = re.compile(r"^\)?,? of (?:the |all |its |our |their |what (?:was|were) )*(?P<what>[a-z]+)")
_ALL = frozenset(["total", "all", "year", "whole", "them", "these", "those", "overall", "number"])


def _of_it(claim: Occurrence, frame: TableFrame) -> bool:
    """Return whether a number is of what a table counts: its noun, or that of which it is a share, names the table, or there is none."""
    if claim.quantity.unit == "percent":
        of = _OF_WHAT.match(behind(claim))
        what = {of["what"]} - _ALL if of else set[str]()
    else:
        noun = re.match(r" (?!of\b|in\b|and\b|or\b|between\b|together\b)(?P<what>[a-z-]{3,})", behind(claim))
        what = {noun["what"]} if noun else set[str]()
    words = link_words(" ".join(what)) - FILLERS
    known = frame.words | link_words(" ".join(plain(cell.row) for cell in frame.cells))
    subject = link_words(claim.sentence.text) & known
    return bool(subject) and all(any(word[:4] == one[:4] for one in known) for word in words)
