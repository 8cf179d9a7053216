"""Columns of a table that are reckoned from others: a rate, a change, so much for each, a total; a row that breaks what all others keep.

Nothing is assumed of what a column means. What all rows but one keep, or all but one with a head that says it, is what the column is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import permutations

from evidence.quantity import Interval, Quantity, share_possible
from evidence.referee.comparing import Compared, Confidence, alike, ratio, shown, total
from evidence.referee.document import Report
from evidence.referee.tables import ReportTable, in_scale, printed

Row = tuple[str, list[Quantity | None], int]
Reckon = Callable[[Interval, Interval], Interval | None]


def _share(part: Interval, whole: Interval) -> Interval | None:
    found = ratio(part, whole)
    return found.scaled(Fraction(100)) if found else None


def _change(before: Interval, after: Interval) -> Interval | None:
    found = ratio(after, before)
    return Interval(found.low - 1, found.high - 1).scaled(Fraction(100)) if found else None


_IN_PERCENT = "from {} to {}, in percent,"
RELATIONS: tuple[tuple[str, str, re.Pattern[str], Reckon], ...] = (
    ("share × base", "{} / {}, in percent,", re.compile(r"%|per ?cent|\bpct\b|rate|share|proportion"), _share),
    ("change", _IN_PERCENT, re.compile(r"change|growth|increase|%|difference"), _change),
    ("change", "from {} to {}", re.compile(r"change|difference|gap|points"), lambda before, after: after - before),
    ("per head", "{} / {}", re.compile(r"\bper\b|each|average|ratio"), ratio),
)
"""What a column may be of two others: the kind of a fault in it, the reckoning in words, what its head then says, and the reckoning."""
_PER_SO_MANY = re.compile(r"\bper (?:(?P<n>1[0,]*00)|(?P<word>hundred|thousand|million))\b(?! ?(?:km|m\b|miles))")
_SO_MANY = {"hundred": 100, "thousand": 1000, "million": 10**6}


def _relations(head: str) -> tuple[tuple[str, str, re.Pattern[str], Reckon], ...]:
    """Return what a column with a head may be: where it tells a rate per so many, that of two others."""
    found = _PER_SO_MANY.search(head.lower())
    many = int(found["n"].replace(",", "")) if found and found["n"] else _SO_MANY[found["word"]] if found else 1
    kind, words, cue, _ = RELATIONS[-1]
    rate = (kind, f"{words}, per {many:,},", cue, lambda one, two: one.scaled(Fraction(many)) / two if two.low > 0 else None)
    return (*RELATIONS[:-1], rate) if found else RELATIONS


_TOTAL = re.compile(r"total|all|both|sum|overall|together|combined", re.IGNORECASE)
_MEAN = re.compile(r"mean|average|median", re.IGNORECASE)
_LEAST, _MOST = (
    re.compile(words, re.IGNORECASE) for words in (r"min\b|minimum|lowest|least|smallest|from", r"max\b|maximum|highest|most|largest|to")
)
_WIDEST, _FEWEST = 8, 2


def check(document: Report) -> Iterator[Compared]:
    """Yield the rows of tables that break a relation between columns which the others keep."""
    for table in document.tables:
        rows = [row for row in table.numbers if any(row[1])]
        yield from _possible(table, rows)
        width = max((len(cells) for _, cells, _ in rows), default=0)
        if len(rows) < _FEWEST or not _FEWEST <= width <= _WIDEST or not table.heads:
            continue
        heads = [*table.heads[1:], *[""] * width][:width]
        yield from _related(table, rows, heads)
        yield from _down_the_rows(table, rows, heads)
        yield from _totals(table, rows, heads)
        yield from _means(table, rows, heads)
        yield from _shares_of_all(table, rows, heads)


def _cell(row: Row, column: int) -> Quantity | None:
    return row[1][column] if column < len(row[1]) else None


def _related(table: ReportTable, rows: list[Row], heads: list[str]) -> Iterator[Compared]:
    for of in range(len(heads)):
        for kind, words, cue, reckon in () if _LEVEL.search(heads[of].lower()) else _relations(heads[of]):
            given = [column for column in range(len(heads)) if column != of and not _SHARE.search(heads[column].lower())]
            pairs = list(permutations(given, 2))
            if any(_all_keep(rows, pair, of, reckon, heads) for pair in pairs):
                continue
            for first, second in pairs:
                held = [(row, *three) for row in rows if (three := _three(row, first, second, of))]
                found = [(row, c, reckon(*_spans([a, b], [heads[first], heads[second]]))) for row, a, b, c in held]
                said = bool(cue.search(heads[of].lower()))
                known = [(row, c, span) for row, c, span in found if span and c.unit in (_UNITS[:_THREE] if "percent" in words else _UNITS)]
                broken = [one for one in known if not _fits(one[1], one[2])]
                telling = [one for one in known if _tells(one[1], one[2], said=said)]
                if words == _IN_PERCENT and not said:
                    continue
                small = kind == "per head" and not said and all(c.anchor < _SMALL and c.anchor.denominator == 1 for _, c, _ in known)
                if (
                    _kept(len([one for one in telling if one not in broken]), len(broken), said)
                    and not small
                    and not _turned(rows, (first, second, of), heads)
                ):
                    row, c, span = broken[0]
                    told = words.format(heads[first] or "the one", heads[second] or "the other")
                    yield _alarm(kind, table, row, heads[of], c, f"{told} is {shown(span)}")
                    break


_SMALL = 10
"""Whole numbers below this are quotients of others by chance."""


def _turned(rows: list[Row], columns: tuple[int, int, int], heads: list[str]) -> bool:
    """Return whether another of three columns is what the rest give in every row: a variance of plan and actual, and no plan of these."""
    return any(
        _all_keep(rows, (a, b), c, reckon, heads) for a, b, c in permutations(columns) for _, _, _, reckon in RELATIONS if c != columns[2]
    )


_LEVEL = re.compile(
    r"^\W*(?:(?:total|all|sum|overall|q[1-4]|quarter [1-4]|jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|spring|summer|autumn|winter|(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?)\W*)+$"
)
"""Heads of columns that hold what there was at a time, or in all, and neither a change nor a share."""
_SHARE = re.compile(r"%|per ?cent\b|\bpct\b|\bshare\b")
"""Heads of columns that hold shares, of which nothing is reckoned."""
_NO_PART = re.compile(rf"{_SHARE.pattern}|\bper\b|\beach\b|\b(?:average|mean|median|rate|ratio|rank|index)\b")
"""Heads of columns that hold no part of a sum."""


def _spans(cells: list[Quantity], heads: list[str]) -> list[Interval]:
    """Return what cells may be, each under its head; whole numbers under one that names thousands are rounded to them."""
    return [printed(cell) if in_scale(head) else span for cell, head, span in zip(cells, heads, alike(cells), strict=True)]


def _all_keep(rows: list[Row], pair: tuple[int, int], of: int, reckon: Reckon, heads: list[str]) -> bool:
    """Return whether every row keeps a relation between columns, so that no other one is meant."""
    held = [three for row in rows if (three := _three(row, *pair, of))]
    spans = [(c, reckon(*_spans([a, b], [heads[column] for column in pair]))) for a, b, c in held]
    return len(held) > _FEWEST and all(span and _fits(c, span) for c, span in spans)


_UNITS = ("percent", "count", "percentage points", "GBP", "USD", "EUR")


def _three(row: Row, *columns: int) -> tuple[Quantity, Quantity, Quantity] | None:
    first, second, third = (_cell(row, column) for column in columns)
    return (
        (first, second, third)
        if first
        and second
        and third
        and first.anchor
        and second.anchor
        and not first.unit.startswith("percent")
        and not second.unit.startswith("percent")
        else None
    )


def _fits(c: Quantity, span: Interval) -> bool:
    """Return whether a cell is what is reckoned, as printed or one unit of its last digit off, its sign left out where the table leaves it out."""
    step = Fraction(1, 10 ** len(re.sub(r"\D", "", c.text.partition(".")[2]))) if "." in c.text else Fraction(1)
    near = [Interval(sign * c.anchor - step, sign * c.anchor + step) for sign in ((1, -1) if c.anchor > 0 else (1,))]
    return any(one.meets(span) for one in near)


def _tells(c: Quantity, span: Interval, *, said: bool) -> bool:
    """Return whether what is reckoned is so exact that it seldom meets a cell by chance, and the cell too where no head says that they belong together."""
    step = Fraction(1, 10 ** len(re.sub(r"\D", "", c.text.partition(".")[2])))
    narrow = (span.high - span.low) * _EXACT <= abs(span.high + span.low)
    return narrow and (said or abs(c.anchor) >= _EXACT * step)


_EXACT = 8


def _kept(held: int, broken: int, said: bool) -> bool:
    """Return whether so many rows keep a relation, and so few break it, that it is meant: one breaks it, and two keep it or one and the head."""
    return broken == 1 and held >= (1 if said else _FEWEST + 1)


_ON_BEFORE = re.compile(r"change|growth|increase|rise|% ?\+/-|difference")
_FEWEST_KEPT = 3


def _down_the_rows(table: ReportTable, rows: list[Row], heads: list[str]) -> Iterator[Compared]:
    """Yield the row whose change in percent is not that of the column before it on the row above, or below, as all but one or two are."""
    for of in range(1, len(heads)):
        if not _ON_BEFORE.search(heads[of].lower()) or _LEVEL.search(heads[of].lower()):
            continue
        for before, after in ((rows, rows[1:]), (rows[1:], rows)):
            steps = [(row, _cell(last, of - 1), _cell(row, of - 1), _cell(row, of)) for last, row in zip(before, after, strict=False)]
            told = [(row, a, b, c) for row, a, b, c in steps if a and b and c and a.unit == b.unit != "percent" and a.anchor > 0]
            spans = [(row, a, b, c, _change(*alike([a, b]))) for row, a, b, c in told]
            broken = [(row, a, b, c, span) for row, a, b, c, span in spans if span and not _fits(c, span)]
            if len(broken) == 1 and len(told) - 1 >= _FEWEST_KEPT:
                row, a, b, c, span = broken[0]
                yield _alarm("change", table, row, heads[of], c, f"from {a.text} to {b.text}, in percent, is {shown(span)}")
                break


def _totals(table: ReportTable, rows: list[Row], heads: list[str]) -> Iterator[Compared]:
    """Yield the row whose other columns do not add up to the column that is their sum in all others."""
    for of in range(len(heads)):
        parts = [column for column in range(len(heads)) if column != of and not _NO_PART.search(heads[column].lower())]
        held = [(row, [_cell(row, column) for column in parts], _cell(row, of)) for row in rows]
        whole = [(row, [one for one in cells if one], c) for row, cells, c in held if c and all(cells)]
        whole = [
            (row, cells, c)
            for row, cells, c in whole
            if cells
            and len({one.unit for one in (*cells, c)}) == 1
            and c.anchor > max(one.anchor for one in cells)
            and not (c.unit == "percent" and all(one.anchor == _ALL for one in (*cells, c)))
        ]
        spans = [(row, c, total(alike(cells))) for row, cells, c in whole if len(cells) > 1]
        broken = [one for one in spans if not _fits(one[1], one[2])]
        if _kept(len(spans) - len(broken), len(broken), bool(_TOTAL.search(heads[of]))):
            row, c, span = broken[0]
            yield _alarm("sum", table, row, heads[of], c, f"the other columns add up to {shown(span)}")


def _shares_of_all(table: ReportTable, rows: list[Row], heads: list[str]) -> Iterator[Compared]:
    """Yield the row whose share is not that of another column in the last row, of which all other rows tell the share."""
    for of in range(len(heads)):
        all_ = _cell(rows[-1], of)
        if (all_ is None or all_.anchor == _ALL) and not _RATE.search(heads[of]):
            broken = [_no_shares(rows, of, column) for column in range(len(heads)) if column != of]
            told = [one for one in broken if one is not None]
            said = all_ is None or all_.unit == "percent" or _SHARE.search(heads[of].lower())
            if said and told and all(len(one) == 1 for one in told):
                row, share, span = told[0][0]
                yield _alarm("share × base", table, row, heads[of], share, f"of all it is {shown(span)}")


def _no_shares(rows: list[Row], of: int, column: int) -> list[tuple[Row, Quantity, Interval]] | None:
    """Return the rows whose share is not that of their number in a column, whose last row is all; None where it may be no share of it."""
    *parts, whole = rows
    total_ = _cell(whole, column)
    held = [(row, _cell(row, column), _cell(row, of)) for row in parts]
    told = [(row, part, share) for row, part, share in held if part and share]
    if not total_ or total_.unit == "percent" or total_.anchor <= 0 or len(told) <= _FEWEST + 1:
        return None
    spans = [(row, share, _share(*alike([part, total_]))) for row, part, share in told if part.unit == total_.unit]
    broken = [(row, share, span) for row, share, span in spans if span and not _fits(share, span)]
    return broken if len(spans) == len(told) and len(broken) <= 1 else None


_RATE = re.compile(r"\brate\b", re.IGNORECASE)
_ALL = 100
_ASKED = re.compile(r"\bn ?= ?(\d{1,2})\b")


def _possible(table: ReportTable, rows: list[Row]) -> Iterator[Compared]:
    """Yield shares that no whole number makes of the few people whom the head of their column counts."""
    for column, head in enumerate(table.heads[1:]):
        asked = _ASKED.search(head)
        for row in rows if asked else ():
            cell = _cell(row, column)
            if asked and cell and cell.unit == "percent" and not share_possible(cell, int(asked[1])):
                yield _alarm("respondents (GRIM)", table, row, head, cell, f"no whole number of {asked[1]} makes that")


def _means(table: ReportTable, rows: list[Row], heads: list[str]) -> Iterator[Compared]:
    """Yield means that lie outside the least and the most of their row."""
    low, mean, high = ([column for column, head in enumerate(heads) if rule.search(head)] for rule in (_LEAST, _MEAN, _MOST))
    if not len(low) == len(mean) == len(high) == 1 or len({*low, *mean, *high}) < _THREE:
        return
    for row in rows:
        cells = [_cell(row, column[0]) for column in (low, mean, high)]
        least, middle, most = (cell.anchor if cell else None for cell in cells)
        if least is not None and middle is not None and most is not None and least <= most and not least <= middle <= most and cells[1]:
            yield _alarm(
                "range",
                table,
                row,
                heads[mean[0]],
                cells[1],
                f"the row reaches from {shown(Interval(least, least))} to {shown(Interval(most, most))}",
            )


_THREE = 3


def _alarm(kind: str, table: ReportTable, row: Row, head: str, cell: Quantity, found: str) -> Compared:
    text = next((" | ".join(cells) for cells, at in table.rows if at == row[2] and cells[0] == row[0]), "")
    message = f"{row[0]}, {head or 'last column'}: {cell.text}, but {found}."
    return Compared(kind, False, message, f"{found}; in the table {cell.text}", row[2], text, confidence=Confidence.medium)
