"""What the text says of a row of a table by its label: its latest number, the way it went, and whether others are more than it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval, Quantity
from evidence.referee.comparing import Compared, Confidence, alike, compared, shown, total, worded
from evidence.referee.document import Report
from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.relations.marks import mean_of
from evidence.referee.relations.reach import Reach, ahead, base, behind, words_of
from evidence.referee.relations.settling import off
from evidence.referee.relations.ways import BAD, GOOD
from evidence.referee.tables import ReportCell, ReportTable

_VERB = (
    r"(?P<more>rose|risen|increased|grew|grown|climbed|went up|jumped|is up|was up|are up|were up)"
    r"|(?P<less>fell|fallen|declined|decreased|dropped|went down|shrank|is down|was down|are down|were down|were cut|was cut)"
    r"|(?P<better>improved)|(?P<worse>worsened|deteriorated|slipped)"
)
_WENT_TO = re.compile(rf"^[, ]*(?:[a-z]+ ){{0,3}}(?:{_VERB})(?: [a-z]+)?(?: by \ue000-\uf8ff)? to (?:just |only |about |some )?$")
_IS = re.compile(
    r"^(?: (?:in|for|at|of)(?: the)? (?:(?:19|20)\d\d\S*|year|end|whole|all))*,?(?: (?:thus|therefore|now|then|also|together))?"
    r" (?:was|were|is|are|stood at|came to|reached|amounted to|totalled|of|improved to|rose to|fell to|grew to|to|at)(?: (?:just|only|about|some))? $"
)
_FORESEEN = re.compile(
    r"\b(?:expect\w*|forecast\w*|plan\w*|target\w*|will|shall|would|could|should|aim\w*|budget\w*|hope\w*|predict\w*|project(?:ed|ion)s?|if|ago|before|earlier|previous|half|quarter|month)\b"
)
"""Words of what is to come, or was at another time, which the table need not tell."""
_CLOSE = 2


def rows_of_labels(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a number right behind the label of a row is that of the row, and went the way that is told."""
    for claim in sentence.mentions:
        text = ahead(claim)
        if claim.quantity.ends or claim.quantity.in_words or _FORESEEN.search(sentence.masked):
            continue
        for row in reach.rows_behind(text):
            cells = [cell for cell in row if cell.quantity.unit == base(claim)]
            tail = text[text.rfind(_label(row[0])) + len(_label(row[0])) :]
            if not cells:
                continue
            if way := _WENT_TO.match(tail):
                yield from _went(claim, way, cells)
            if (_IS.match(tail) or _WENT_TO.match(tail)) and not claim.quantity.hedge:
                yield from _repeated(claim, cells)
            break


def _label(cell: ReportCell) -> str:
    return re.sub(r" ?\([^)]*\)", "", cell.row).lower().strip()


def _dated(cells: list[ReportCell]) -> list[ReportCell]:
    """Return the cells of a row in the order of the years of their columns; none where a head names no year."""
    years = [YEAR.search(cell.head) for cell in cells]
    pairs = [(year[0], cell) for year, cell in zip(years, cells, strict=True) if year]
    return [cell for _, cell in sorted(pairs, key=lambda pair: pair[0])] if len(pairs) == len(cells) > 1 else []


def _went(claim: Occurrence, way: re.Match[str], cells: list[ReportCell]) -> Iterator[Compared]:
    """Yield whether the row went up or down to a number that is its latest, as a word says."""
    order = _dated(cells)
    named_ = claim.sentence.years
    if len(order) < _CLOSE or not _meets(claim, order[-1]) or (named_ and not any(year in order[-1].head for year in named_)):
        return
    before, after = order[-2].quantity.anchor, order[-1].quantity.anchor
    up = _up(way, _label(cells[0]))
    if up is None or before == after or "from" in claim.sentence.masked:
        return
    word = next(filter(None, way.groups()))
    message = "" if up == (after > before) else f'"{word}", but in the table {order[-2].text} became {order[-1].text}.'
    start = claim.sentence.text.lower().rfind(word, 0, claim.start)
    told = f"{cells[0].row}: {order[-2].text} → {order[-1].text}; {word}"
    span = (max(start, 0), claim.end)
    yield worded("direction", claim.sentence, span, told, message, Confidence.medium, cells[0].own_row, order[-2:])


def _up(way: re.Match[str], label: str) -> bool | None:
    if way["more"] or way["less"]:
        return bool(way["more"])
    good, bad = bool(GOOD.search(label)), bool(BAD.search(label))
    return None if good == bad else bool(way["better"]) == good


def _meets(claim: Occurrence, cell: ReportCell) -> bool:
    one, two = alike([claim.quantity, cell.quantity])
    return one.meets(two) or claim.quantity.interval.meets(cell.quantity.interval)


_NEAR_BY = 3


def _repeated(claim: Occurrence, cells: list[ReportCell]) -> Iterator[Compared]:
    """Yield whether a number is one of the row's: that of the year it names, else the latest."""
    order = _dated(cells)
    wanted = [cell for cell in order if any(year in cell.head for year in claim.sentence.years)] or order[-1:]
    if any(_meets(claim, cell) for cell in cells):
        yield compared("repeat", [claim], f"{wanted[0].label if wanted else cells[0].row}; in the text {claim.text}")
        return
    if len(wanted) != 1 or off(wanted[0].quantity.anchor, claim.quantity.anchor) * _CLOSE > _NEAR_BY or not order:
        return
    cell = wanted[0]
    if any(_meets(other, cell) for other in claim.sentence.mentions if other is not claim):
        return
    message = f"The table has {cell.text} for {cell.label}; the text {claim.text}."
    told = f"{cell.label}: {cell.text}; in the text {claim.text}"
    yield compared("repeat", [claim], told, message, confidence=Confidence.medium, other=cell, contested=claim)


_THAN_ALL = re.compile(
    r"\b(?:more|busier|larger|bigger|greater|higher) (?:[a-z]+ )?than (?:all )?(?:of )?the (?P<what>[a-z]+)(?: [a-z]+)? (?:together|combined|put together)\b"
)


def than_together(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the one number of a sentence is more than the row of a table that is named as so many together."""
    match = _THAN_ALL.search(sentence.masked)
    own = [m for m in sentence.mentions if not m.quantity.ends and not m.quantity.in_words and base(m) != "percent"] if match else []
    if not match or len(own) != 1:
        return
    claim = own[0]
    cells = [
        cell
        for cell in reach.cells
        if _label(cell) == match["what"]
        and cell.quantity.unit == base(claim)
        and set(words_of(cell.head)) & set(words_of(behind(claim)[:20]))
    ]
    if cells:
        least = min(cells, key=lambda cell: cell.quantity.anchor)
        wrong = claim.quantity.interval.high < least.quantity.interval.low
        message = f"{claim.text} is less than {least.text} for {least.label}." if wrong else ""
        told = f"{claim.text}; {least.label}: {least.text}"
        yield worded("order", sentence, (claim.start, claim.end), told, message, Confidence.medium, least.own_row)


def subtotals(document: Report) -> Iterator[Compared]:
    """Yield whether the rows above each of several totals of a table add up to it, column by column, where one column shows that they do."""
    for table in document.tables:
        rows = table.numbers
        totals = [at for at, row in enumerate(rows) if re.match(r"totals?\b", row[0].strip("* :").lower())]
        for start, end in zip([0, *(at + 1 for at in totals)], totals, strict=False):
            if len(totals) > 1 and end - start > 1:
                yield from _subtotal(table, rows[start:end], rows[end])


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


Row = tuple[str, list[Quantity | None], int]


def _subtotal(table: ReportTable, parts: list[Row], whole: Row) -> Iterator[Compared]:
    held = []
    for column, stated in enumerate(whole[1]):
        cells = [row[1][column] if column < len(row[1]) else None for row in parts]
        numbers = [cell for cell in cells if cell]
        if stated and len(numbers) == len(cells) and stated.unit == "count":
            added = total(alike(numbers))
            slack = Fraction(len(numbers), 2) if stated.anchor > _BIG else Fraction(0)
            fits = Interval(added.low - slack, added.high + slack).meets(alike([stated])[0])
            exact = sum((cell.anchor for cell in numbers), Fraction(0))
            held.append((column, stated, numbers, exact, fits or exact == stated.anchor))
    sums = [one for one in held if one[-1] or one[1].anchor >= max(cell.anchor for cell in one[2])]
    for column, stated, numbers, exact, fits in sums if any(one[-1] for one in held) else []:
        head = table.heads[column + 1] if column + 1 < len(table.heads) else str(column + 2)
        told = f"{' + '.join(cell.text for cell in numbers)} = {shown(Interval(exact, exact))}; stated {stated.text}"
        message = "" if fits else f"{whole[0]}, column {head}: the parts add up to {shown(Interval(exact, exact))}, not to {stated.text}."
        yield Compared("sum", not message, message or "agrees", told, whole[2], " | ".join(table.row_at.get(whole[2], [])))


_BIG = 100
