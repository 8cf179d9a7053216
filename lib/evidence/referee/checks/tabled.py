"""Tables: rows and columns against the totals that they state, shares against a hundred, and the text against the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from evidence.errors import SourceError
from evidence.quantity import Interval, Quantity
from evidence.referee.checks.apart import falls_to_each
from evidence.referee.comparing import Compared, Confidence, alike, comparable_size, compared, shown, total
from evidence.referee.document import Report
from evidence.referee.mentions import Occurrence, Sentence, stems
from evidence.referee.passages import plain
from evidence.referee.tables import ReportCell, ReportTable, TableSpot, in_scale, in_unit, sum_rows

TOTAL = re.compile(r"(?:grand |overall |sub)?totals?(?: .{0,25})?|all(?: .{0,25})?|sum|overall|all .{0,20}|.{0,20}total", re.IGNORECASE)
OF_WHICH = re.compile(r"(?:of|in|among) which\b|of (?:them|these|whom)\b|(?:including|includes)\b", re.IGNORECASE)
"""The label of a row that is a part of the row above it."""
_NO_SUM = re.compile(
    r"average|mean|median|index|rank|rate|ratio|share|proportion|per |each|every|change|growth|compared|points?|%|year|opening|closing|(?:brought|carried) forward",
    re.IGNORECASE,
)

_NO_SUM_ROW = re.compile(r"\b(?:average|mean|median|rate|ratio|difference|points|per|score)\b|%", re.IGNORECASE)


def check(document: Report) -> Iterator[Compared]:
    """Yield what comes of adding up tables, and of holding the text against them.

    Raises:
        SourceError: If there are too many rows and numbers to be held against each other in time.
    """
    rounded = rounded_tables(document)
    often = frozenset(
        m.quantity.anchor for one in document.sentences if one.kind != "cell" for m in one.mentions if m.quantity.anchor > _ALL
    )
    for table in document.tables:
        yield from _columns(table, often, rounded=id(table) in rounded)
        yield from _rows(table)
    tables, sentences = document.tables, document.sentences
    told = [sentence for sentence in sentences if sentence.kind != "cell" and sentence.mentions]
    if sum(len(table.numbers) for table in tables) * sum(len(sentence.mentions) for sentence in told) > _MOST_LOOKS:
        most = f"has more than {_MOST_LOOKS:,} pairs of a row of a table and a number of a sentence."
        raise SourceError(f"{document.name}: {most} Audit it in parts.")
    for table in tables:
        for sentence in told:
            yield from _text(sentence, table)


_MOST_LOOKS = 50_000_000


def rounded_tables(document: Report) -> frozenset[int]:
    """Return the tables of which words right before or behind say that they are rounded, or told in thousands or more."""
    found = set[int]()
    for at, block in enumerate(document.blocks):
        before = [sentence.text for other in document.blocks[max(0, at - 2) : at] for sentence in other.sentences[-1:] if not other.table]
        behind = [sentence.text for other in document.blocks[at + 1 : at + 1 + _NOTES] for sentence in other.sentences]
        if block.table and (
            any(in_scale(text) and len(text) < _CAPTION for text in before) or any(map(_ROUNDED.search, [*before, *behind]))
        ):
            found.add(id(block.table))
    return frozenset(found)


_NOTES, _CAPTION = 6, 90
"""How many blocks behind a table may be notes to it, and how long a caption is at most."""
_ROUNDED = re.compile(r"\bround(?:ed|ing)\b|\b(?:to the )?nearest (?:five|ten|hundred|thousand|million|\d)", re.IGNORECASE)


def _columns(table: ReportTable, often: frozenset[Fraction], *, rounded: bool) -> Iterator[Compared]:
    """Yield whether the rows above a total add up to it, column by column."""
    rows = table.numbers
    while rows and OF_WHICH.match(rows[-1][0].strip("* ")):
        rows = rows[:-1]
    if len(rows) < _LEAST or not (
        TOTAL.fullmatch(rows[-1][0].strip("* :")) or len(table.numbers) - 1 in sum_rows(table) or _year_sums(rows)
    ):
        return
    (label, totals, place), parts = rows[-1], _parts(rows)
    if any(TOTAL.fullmatch(row[0].strip("* :")) for row in parts):
        return
    for column, whole in enumerate(totals):
        cells = [row[1][column] if column < len(row[1]) else None for row in parts]
        head = table.heads[column + 1] if column + 1 < len(table.heads) else ""
        if not head and {cell.anchor < 0 for cell in (*cells, whole) if cell} == {True, False}:
            continue
        shares = (
            whole is not None and whole.anchor == _ALL and (whole.unit == "percent" or bool(re.search(r"%|per ?cent|share", head.lower())))
        )
        if whole and all(cells) and (shares or not _NO_SUM.search(head)):
            where = f"{label}, column {head or column + 2}"
            loose = shares or rounded or in_scale(head)
            pairs = [(row, cell) for row, cell in zip(parts, cells, strict=True) if cell]
            numbers = [cell for _, cell in pairs]
            found = _added(numbers, whole, where, place, _row(table, place), rounded=loose)
            mended = None if found.holds else _mended(pairs, whole, sure=whole.anchor in often)
            if mended:
                part, cell, text = mended
                note = f" With {text} for {cell.text} ({part[0]}) they would."
                found = _added(numbers, whole, where, part[2], _row(table, part[2]), rounded=loose, note=note)
            yield found


def _mended(parts: list[tuple[Row, Quantity]], whole: Quantity, *, sure: bool) -> tuple[Row, Quantity, str] | None:
    """Return the only part that would make a total with two of its digits changed over, or a total that the text tells too with another digit, and how it would be written."""
    lacks = whole.anchor - sum((cell.anchor for _, cell in parts), Fraction(0))
    found = [(row, cell, text) for row, cell in parts for text, gain in _swaps(cell) if gain == lacks]
    if not found and sure:
        found = [(row, cell, text) for row, cell in parts for text, gain in _other_digits(cell) if gain == lacks]
    return found[0] if len(found) == 1 else None


def _swaps(cell: Quantity) -> Iterator[tuple[str, Fraction]]:
    """Yield a number with two neighbouring digits changed over, as it would be written, and by how much it is then more."""
    digits = [at for at, sign in enumerate(cell.text) if sign.isdigit()]
    for one, two in pairwise(digits):
        first, second = cell.text[one], cell.text[two]
        yield from _more(cell, f"{cell.text[:one]}{second}{cell.text[one + 1 : two]}{first}{cell.text[two + 1 :]}")


def _other_digits(cell: Quantity) -> Iterator[tuple[str, Fraction]]:
    """Yield a number with another digit in the place of one, as it would be written, and by how much it is then more."""
    for at, sign in enumerate(cell.text):
        for digit in "0123456789" if sign.isdigit() else "":
            yield from _more(cell, f"{cell.text[:at]}{digit}{cell.text[at + 1 :]}")


def _more(cell: Quantity, text: str) -> Iterator[tuple[str, Fraction]]:
    was, new = (Fraction(re.sub(r"[^\d.]", "", one).strip(".") or 0) for one in (cell.text, text))
    if was and new != was:
        yield text, cell.anchor * new / was - cell.anchor


def _year_sums(rows: list[Row]) -> bool:
    """Return whether a last row that is called a year is the sum of those above in a column."""
    *parts, (label, totals, _) = rows
    columns = [(cell, [row[1][at] for row in parts if at < len(row[1])]) for at, cell in enumerate(totals) if cell]
    exact = (sum(one.anchor for one in cells if one) == cell.anchor for cell, cells in columns if all(cells) and cell.unit == "count")
    return bool(_A_YEAR.fullmatch(label.strip("* :"))) and any(exact)


_A_YEAR = re.compile(r"(?:the )?(?:whole |full |all )?(?:year|(?:19|20)\d\d(?:[/\u2013-]\d{2,4})?)", re.IGNORECASE)
_LEAST = 3
_ALL = 100
Row = tuple[str, list[Quantity | None], int]


def _parts(rows: list[Row]) -> list[Row]:
    """Return the rows that the last is the sum of: all above it, or those of them that are no part of another, if these make it in more columns."""
    *all_, (_, totals, _) = rows
    ways = [all_, _upper(all_), _lower(all_)]
    made = [sum(_adds(rows, at, cell) for at, cell in enumerate(totals) if cell) for rows in ways]
    return ways[made.index(max(made))]


def _adds(rows: list[Row], at: int, whole: Quantity) -> bool:
    cells = [row[1][at] for row in rows if at < len(row[1])]
    return all(cells) and abs(sum(cell.anchor for cell in cells if cell) - whole.anchor) <= Fraction(len(cells), 2)


def _upper(rows: list[Row]) -> list[Row]:
    """Return rows without those that are parts of one above them, which is their sum in two columns and in most of all."""
    found, at = list[Row](), 0
    while at < len(rows):
        found.append(rows[at])
        below = next((end for end in range(at + _LEAST, len(rows) + 1) if _is_sum(rows[at], rows[at + 1 : end])), at + 1)
        at = below
    return found


def _lower(rows: list[Row]) -> list[Row]:
    """Return rows without those that are parts of one right below them, which is their sum."""
    found = list[Row]()
    for row in rows:
        first = next((at for at in range(len(found) - 1) if _is_sum(row, found[at:])), len(found))
        found[first:] = [row]
    return found


def _is_sum(whole: Row, parts: list[Row]) -> bool:
    """Return whether a row is the sum of others in two columns and in most of those in which all have a number of more than one digit."""
    columns = [(cell, [row[1][at] if at < len(row[1]) else None for row in parts]) for at, cell in enumerate(whole[1]) if cell]
    told = [(cell, [one for one in cells if one]) for cell, cells in columns if all(cells) and cell.anchor >= _MANY]
    sums = [abs(sum(one.anchor for one in cells) - cell.anchor) <= Fraction(len(cells), 2) for cell, cells in told]
    return sum(sums) > 1 and sum(sums) * 2 > len(sums)


_MANY = 10


def _rows(table: ReportTable) -> Iterator[Compared]:
    """Yield whether the columns before one called total add up to it, row by row."""
    heads = table.heads
    if len(heads) < _LEAST + 1 or not TOTAL.fullmatch(heads[-1].strip("* ")) or any(_NO_SUM.search(head) for head in heads[1:]):
        return
    added = list[Compared]()
    for label, cells, place in table.numbers:
        if len(cells) == len(heads) - 1 and all(cells) and not _NO_SUM_ROW.search(label):
            *parts, whole = [cell for cell in cells if cell]
            added.append(_added(parts, whole, f"row {label}", place, _row(table, place)))
    if len(added) < _LEAST or any(one.holds for one in added):
        yield from added


def _row(table: ReportTable, place: int) -> str:
    return " | ".join(table.row_at.get(place, []))


def _added(
    parts: Sequence[Quantity], whole: Quantity, where: str, place: int, row: str, *, rounded: bool = False, note: str = ""
) -> Compared:
    *spans, all_ = alike([*parts, whole])
    slack = Fraction(0)
    if all(not part.anchor.denominator > 1 for part in parts) and whole.unit == "count":
        slack = Fraction(len(parts), 2) if rounded or max(part.anchor for part in parts) > _BIG else Fraction(0)
    found = total(spans)
    wide = Interval(found.low - slack, found.high + slack)
    added = sum((part.anchor for part in parts), Fraction(0))
    reckoning = " + ".join(part.text for part in parts) + f" = {shown(Interval(added, added))}; stated {whole.text}"
    mean = not (whole.unit == "percent" and whole.anchor == _ALL) and 0 < whole.anchor < max(part.anchor for part in parts)
    same = len({part.unit for part in (*parts, whole)}) == 1 and not mean
    again = whole.anchor > 0 and added > whole.anchor and added % whole.anchor == 0  # the table breaks all of them down in several ways
    distinct = (
        len(parts) > _TWO - 1 and where.startswith("row") and whole.anchor == max(part.anchor for part in parts)
    )  # each may be in several
    wrong = same and not wide.meets(all_) and not again and not distinct
    message = f"{where}: the parts add up to {shown(Interval(added, added))}, not to {whole.text}.{note}" if wrong else ""
    return Compared("sum", not message, message or "agrees", reckoning, place, row)


_BIG = 100


def labelled(text: str, labels: list[str]) -> list[str]:
    """Return the labels of rows that a text names, without those that stand only inside a longer one.

    Example:
        >>> labelled("The rented sector and the private rented one.", ["Private rented", "Rented", "Owned"])
        ['Private rented', 'Rented']
        >>> labelled("It grew in the private rented one.", ["Private rented", "Rented", "Owned"])
        ['Private rented']
    """
    left, found = text.lower(), list[str]()
    for label, words in _longest_first(tuple(labels)):
        if words in left and (whole := _whole(words)).search(left):
            found.append(label)
            left = whole.sub("#", left)
    return found


@lru_cache(maxsize=4096)
def _whole(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(words)}\b")


@lru_cache(maxsize=512)
def _longest_first(labels: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return labels, each with its words in lower case."""
    return [(label, label.lower().strip("* ")) for label in sorted({*labels}, key=len, reverse=True) if label.strip("* ")]


_TO_DO = re.compile(r"(?:to )?(?:raise|increase|cut|reduce|bring|lift|lower|improve|double|halve)\b")
"""How an item begins that tells what is to be done, and not what is."""


def _text(sentence: Sentence, table: ReportTable) -> Iterator[Compared]:
    """Yield whether a number that a sentence gives of one row, or of all, is in that row of the table."""
    labels = [label for label, _, _ in table.numbers]
    for mention in () if _TO_DO.match(sentence.text.lower()) else sentence.mentions:
        quantity = mention.quantity
        if not plain(mention) or quantity.hedge or " than " in sentence.masked or _DENIED.search(_around(mention).lower()):
            continue
        alone = len(sentence.mentions) == 1
        named = [
            label for label in labelled(sentence.text if alone else _around(mention), labels) if label.lower().strip("* :") not in _VAGUE
        ]
        named = named if any(_as_written(label, sentence) for label in named) else _only(sentence, labels) or named
        rows = [row for row in table.numbers if row[0] in named]
        if quantity.unit == "percent" and any(_within(label, sentence) for label in named):
            continue
        if len(rows) == 1:
            yield from _cell(mention, rows[0], table, alone=alone, named_row=True)
        elif not labelled(sentence.text, labels):
            yield from _cell(mention, next((row for row in table.numbers[-1:] if TOTAL.fullmatch(row[0].strip("* :"))), None), table)


def _within(label: str, sentence: Sentence) -> bool:
    """Return whether a sentence tells a share within a row and not the share of that row in all: "among walkers, 28% were hurt"."""
    return bool(
        re.search(rf"\b(?:among(?:st)?|within) (?:(?:all|the|our|these) )*{re.escape(label.lower().strip('* :'))}\b", sentence.text.lower())
    )


def _only(sentence: Sentence, labels: list[str]) -> list[str]:
    """Return the one label that a sentence names as the table writes it, with a capital; none where it names several."""
    found = [label for label in labelled(sentence.text, labels) if _as_written(label, sentence)]
    return found if len(found) == 1 else []


def _as_written(label: str, sentence: Sentence) -> bool:
    return label[:1].isupper() and label in sentence.text


_DENIED = re.compile(r"\b(?:not|never|no longer|without|neither)\b")
_VAGUE = frozenset(["all", "other", "others", "year", "both"])
"""Labels that are words of any sentence and name no row in it."""


def _around(mention: Occurrence) -> str:
    """Return the words of a sentence from the number before a mention to the number behind it, or to a clause behind it that says more."""
    sentence, at = mention.sentence, mention.index
    start = sentence.mentions[at - 1].end if at else 0
    end = sentence.mentions[at + 1].start if at + 1 < len(sentence.mentions) else len(sentence.text)
    return sentence.text[start : mention.end] + _ASIDE.split(sentence.text[mention.end : end])[0]


_ASIDE = re.compile(r",? which\b|,? because\b|,? although\b|,? reflecting\b")


def _cell(mention: Occurrence, row: Row | None, table: ReportTable, *, alone: bool = False, named_row: bool = False) -> Iterator[Compared]:
    """Yield whether a number is that of the one column of a row whose head its words bear.

    Where other numbers stand beside it, or no row is named, only one with a digit gone wrong is an alarm.
    """
    if row is None:
        return
    label, cells, place = row
    around = mention.sentence.text if alone else _around(mention)
    words = frozenset(stems(around.lower())) | frozenset(re.findall(r"\d{4}", mention.sentence.text))
    for column, cell in enumerate(cells):
        head = table.heads[column + 1] if column + 1 < len(table.heads) else ""
        heads = (frozenset(stems(_UNIT.sub("", head.lower()))) - frozenset(stems(mention.text.lower()))) | frozenset(
            re.findall(r"\d{4}", head)
        )
        unit = "percent" if "%" in head or "per cent" in head.lower() else cell.unit if cell else ""
        named = heads <= words if heads else len(cells) == 1 and "table" in mention.sentence.text.lower()
        in_head = _UNIT.search(head)
        same = unit == mention.quantity.unit or bool(unit == "count" and in_head and in_head[0].strip("() ") in mention.quantity.unit)
        if not cell or not named or not same or (falls_to_each(mention) and not _NO_SUM.search(head)):
            continue
        scaled = in_unit(cell, head, label, "")
        cell = scaled if scaled.unit == mention.quantity.unit else cell
        if not alone and (
            len(heads) < (1 if named_row else _TWO) or mention.quantity.anchor in table.anchors or not miscopied(cell, mention.quantity)
        ):
            continue
        one, two = alike([Quantity(cell.text, cell.anchor, cell.interval, mention.quantity.unit), mention.quantity])
        if alone and not one.meets(two) and not comparable_size(cell, mention.quantity, _HALF_MORE):
            continue
        if not one.meets(two) and (_of_another_year(mention.sentence, table) or _told_beside(cell, mention)):
            continue
        message = "" if one.meets(two) else f"The table has {cell.text} for {label}, {head}; the text {mention.text}."
        reckoning = f"{label}, {head}: {cell.text}; in the text {mention.text}"
        yield compared(
            "repeat",
            [mention],
            reckoning,
            message,
            confidence=Confidence.medium,
            other=TableSpot(place, _row(table, place)),
            operands=[ReportCell(cell, label, head, column, table, place, all=False)],
            cell=(table, place, column),
            contested=mention,
        )


def _of_another_year(sentence: Sentence, table: ReportTable) -> bool:
    """Return whether a sentence names a year and the table none of these."""
    return bool(sentence.years) and not any(year[:4] in cell for year in sentence.years for row, _ in table.rows for cell in row)


def _told_beside(cell: Quantity, mention: Occurrence) -> bool:
    """Return whether the sentence of a number has what a cell states too, so that the number is another."""
    return any(other is not mention and other.quantity.anchor == cell.anchor for other in mention.sentence.mentions)


_HALF_MORE = Fraction(3, 2)
_UNIT = re.compile(r"\([a-z £$€%]+\)")
_TWO = 2


def miscopied(one: Quantity, two: Quantity, least: int = 3) -> bool:
    """Return whether two numbers of at least so many digits have the same ones in another order, or differ in one of them, whatever their scale.

    Example:
        >>> from evidence.quantity import parse
        >>> [miscopied(parse("7,120"), parse(other)) for other in ("7,210", "7,180", "7,120", "9,340")]
        [True, True, False, False]
    """
    first, second = (re.sub(r"[^\d.]", "", number.text) for number in (one, two))
    if [*map(len, first.split("."))] != [*map(len, second.split("."))] or len(first.replace(".", "")) < least or first == second:
        return False
    return sorted(first) == sorted(second) or sum(a != b for a, b in zip(first, second, strict=True)) == 1
