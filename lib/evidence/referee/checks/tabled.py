"""Tables: rows and columns against the totals that they state, shares against a hundred, and the text against the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.referee.comparing import Compared, Confidence, alike, compared, shown, total
from evidence.referee.document import Report
from evidence.referee.mentions import Occurrence, Sentence, stems
from evidence.referee.tables import ReportTable

_TOTAL = re.compile(r"(?:grand |overall |sub)?totals?(?: .{0,25})?|all(?: .{0,25})?|sum|overall|all .{0,20}|.{0,20}total", re.IGNORECASE)
_NO_SUM = re.compile(r"average|mean|median|index|rank|rate|ratio|per |change|growth|points?|%|year", re.IGNORECASE)


def check(document: Report) -> Iterator[Compared]:
    """Yield what comes of adding up tables, and of holding the text against them."""
    for table in document.tables:
        yield from _columns(table)
        yield from _rows(table)
    for table in document.tables:
        for sentence in document.sentences:
            yield from _text(sentence, table)


def _columns(table: ReportTable) -> Iterator[Compared]:
    """Yield whether the rows above a total add up to it, column by column."""
    rows = table.numbers
    if len(rows) < _LEAST or not _TOTAL.fullmatch(rows[-1][0].strip("* :")):
        return
    (label, totals, place), parts = rows[-1], rows[:-1]
    if any(_TOTAL.fullmatch(row[0].strip("* :")) for row in parts):
        return
    for column, whole in enumerate(totals):
        cells = [row[1][column] if column < len(row[1]) else None for row in parts]
        head = table.heads[column + 1] if column + 1 < len(table.heads) else ""
        if not head and {cell.anchor < 0 for cell in (*cells, whole) if cell} == {True, False}:
            continue
        if (whole and all(cells) and not _NO_SUM.search(head)) or (
            whole and all(cells) and whole.anchor == _ALL and (whole.unit == "percent" or re.search(r"%|per ?cent|share", head.lower()))
        ):
            yield _added([cell for cell in cells if cell], whole, f"{label}, column {head or column + 2}", place, _row(table, place))


_LEAST = 3
_ALL = 100


def _rows(table: ReportTable) -> Iterator[Compared]:
    """Yield whether the columns before one called total add up to it, row by row."""
    heads = table.heads
    if len(heads) < _LEAST + 1 or not _TOTAL.fullmatch(heads[-1].strip("* ")) or any(_NO_SUM.search(head) for head in heads[1:]):
        return
    for label, cells, place in table.numbers:
        if len(cells) == len(heads) - 1 and all(cells):
            *parts, whole = [cell for cell in cells if cell]
            yield _added(parts, whole, f"row {label}", place, _row(table, place))


def _row(table: ReportTable, place: int) -> str:
    return next((" | ".join(cells) for cells, at in table.rows if at == place), "")


def _added(parts: Sequence[Quantity], whole: Quantity, where: str, place: int, row: str) -> Compared:
    *spans, all_ = alike([*parts, whole])
    slack = Fraction(0)
    if all(not part.anchor.denominator > 1 for part in parts) and whole.unit == "count":
        slack = Fraction(len(parts), 2) if max(part.anchor for part in parts) > _BIG else Fraction(0)
    found = total(spans)
    wide = Interval(found.low - slack, found.high + slack)
    added = sum((part.anchor for part in parts), Fraction(0))
    reckoning = " + ".join(part.text for part in parts) + f" = {shown(Interval(added, added))}; stated {whole.text}"
    same = len({part.unit for part in (*parts, whole)}) == 1
    wrong = same and not wide.meets(all_)
    message = f"{where}: the parts add up to {shown(Interval(added, added))}, not to {whole.text}." if wrong else ""
    return Compared("sum", not message, message or "agrees", reckoning, place, row)


_BIG = 100


def _text(sentence: Sentence, table: ReportTable) -> Iterator[Compared]:
    """Yield whether a number that a sentence gives of one row is in that row of the table."""
    if sentence.kind == "cell" or not sentence.mentions:
        return
    rows = [row for row in table.numbers if row[0] and re.search(rf"\b{re.escape(row[0].lower().strip('* '))}\b", sentence.text.lower())]
    plain = [m for m in sentence.mentions if not m.quantity.in_words and not m.quantity.ends and not m.quantity.hedge]
    if len(rows) != 1 or len(plain) != 1 or len(sentence.mentions) != 1:
        return
    yield from _cell(plain[0], rows[0], table)


def _cell(mention: Occurrence, row: tuple[str, list[Quantity | None], int], table: ReportTable) -> Iterator[Compared]:
    label, cells, place = row
    words = mention.sentence.stems | frozenset(re.findall(r"\d{4}", mention.sentence.text))
    for column, cell in enumerate(cells):
        head = table.heads[column + 1] if column + 1 < len(table.heads) else ""
        heads = frozenset(stems(head.lower())) | frozenset(re.findall(r"\d{4}", head))
        unit = "percent" if "%" in head or "per cent" in head.lower() else cell.unit if cell else ""
        named = heads <= words if heads else len(cells) == 1 and "table" in mention.sentence.text.lower()
        if cell and unit == mention.quantity.unit and named:
            one, two = alike([Quantity(cell.text, cell.anchor, cell.interval, unit), mention.quantity])
            message = "" if one.meets(two) else f"The table has {cell.text} for {label}, {head}; the text {mention.text}."
            reckoning = f"{label}, {head}: {cell.text}; in the text {mention.text}"
            yield compared(
                "repeat", [mention], reckoning, message, confidence=Confidence.medium, other=f"table, {place}: {_row(table, place)}"
            )
