"""The text against the cells of a table, by a number of the same sentence that is one of them: it tells the column, or the row, of those beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, pairwise

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, Confidence, How, alike, compared, ratio, shown
from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.relations.between_rows import place_of
from evidence.referee.relations.linking import plain
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.retold import SUPPOSED, clause_of
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off, said
from evidence.referee.tables import ReportCell

_NEAR, _NAMED = 2, 4


def beside_a_cell(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a number that names a row, or a column, is the cell in which that meets the column, or the row, of another number of its sentence."""
    told: set[Occurrence] = set()
    found: list[Compared] = []
    levels = [m for m in sentence.mentions if not m.quantity.ends and not m.quantity.in_words and not m.quantity.hedge and not is_size(m)]
    levels = [m for m in levels if not SUPPOSED.search(clause_of(m))]
    for known in levels if len(levels) > 1 else []:
        for cell in _cells(known, reach):
            for claim in levels:
                wanted = _meant(claim, cell, reach) if claim is not known and claim not in told else None
                if wanted and base(claim) == base(known) and not _multiplied(claim):
                    told.add(claim)
                    found.append(_held(claim, wanted, Confidence.high if _dated(claim, wanted) else Confidence.medium))
    wrong = [one for one in found if not one.holds]
    yield from found if len(wrong) <= max(1, len(found) - len(wrong)) else [one for one in found if one.holds]


def _multiplied(claim: Occurrence) -> bool:
    """Return whether two other numbers of its sentence multiplied are a number, which is then no cell: "at £380,000 each the 18 cost £6.84 million"."""
    own = [m.quantity.anchor for m in claim.sentence.mentions if m is not claim]
    return any(claim.quantity.interval.contains(one * two) for one, two in combinations(own, 2))


_THAN_IN = re.compile(r" (?:(?P<more>more|higher|up)|fewer|less|lower|down) than (?:in )?(?P<year>(?:19|20)\d\d)\b")


def moved_since(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a number, "704, 3.7% fewer than in 2023", is by so many percent more or less than the cell of that year in the only column that has it."""
    for known, claim in pairwise(sentence.mentions):
        match = _THAN_IN.match(sentence.text, claim.end)
        if not match or claim.quantity.unit != "percent" or claim.quantity.ends or base(known) == "percent":
            continue
        held = [cell for cell in reach.cells if cell.quantity.anchor == known.quantity.anchor and YEAR.fullmatch(cell.row)]
        then = [
            one
            for cell in held
            for one in reach.cells_in(cell.table)
            if one.column == cell.column and one.row == match["year"] and one.row != cell.row
        ]
        if len(held) == len(then) == 1 and then[0].quantity.anchor > 0:
            before, after = (_exact(cell) for cell in (then[0], held[0]))
            gap = after - before
            value = ratio((gap if match["more"] else -gap).scaled(Fraction(100)), before)
            told = f"{then[0].label}: {then[0].text} \u2192 {held[0].text}"
            if value and off(abs(value.low) or Fraction(1), claim.quantity.anchor) < _NEAR:
                message = "" if said(claim.quantity).meets(value) else f"{told} is {shown(value)} percent, not {claim.text}."
                yield compared(
                    "change",
                    [known, claim],
                    f"{told}; stated {claim.text}",
                    message,
                    confidence=Confidence.medium,
                    other=then[0].own_row,
                    operands=(then[0], held[0]),
                    contested=claim,
                )


_OVER_ROW = re.compile(
    r"(?: [a-z]+)? (?:above|below|over|under|(?:more|less|fewer|higher|lower|longer|shorter|dearer|cheaper) than) (?:(?:that|those|the [a-z]+) )?(?:for|of|in|at|among|on) (?P<what>[^.;,()]{3,60})"
)


def from_another_row(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a number that is a cell lies as far from another row of its column as it says: "76.3%, 15.9 points above that for the old"."""
    for known, claim in pairwise(sentence.mentions):
        match = _OVER_ROW.match(sentence.text, claim.end)
        wanted = "percentage points" if base(known) == "percent" else base(known)
        if not match or claim.quantity.ends or base(claim) != wanted:
            continue
        for cell in _cells(known, reach):
            rows = [one for one in reach.cells_in(cell.table) if one.column == cell.column and one.row != cell.row]
            named = [one for one in rows if re.search(rf"(?<![\w/]){re.escape(plain(one.row))}(?![\w/])", match["what"].lower())]
            if len(named) == 1:
                gap = cell.quantity.interval - named[0].quantity.interval
                value = gap if gap.high > 0 else -gap
                told = f"{cell.label}: {cell.text}; {named[0].row}: {named[0].text}"
                message = "" if said(claim.quantity).meets(value) else f"Between {told} lie {shown(value)}, not {claim.text}."
                where, used = named[0].own_row, (cell, named[0])
                yield compared(
                    "change",
                    [known, claim],
                    told,
                    message,
                    confidence=Confidence.medium,
                    other=where,
                    operands=used,
                    how=How.difference,
                    claim=claim,
                    given=value,
                )


def _exact(cell: ReportCell) -> Interval:
    """Return what a cell may be: a count that ends in no nought is what it is."""
    value = cell.quantity.anchor
    return Interval(value, value) if value.denominator == 1 and value % _TEN and "." not in cell.text else cell.quantity.interval


_TEN = 10


def _cells(known: Occurrence, reach: Reach) -> list[ReportCell]:
    """Return the one cell that is a number of a sentence, whose row or column the words beside it name or which has three digits; none where there are more."""
    found = [cell for cell in reach.cells if cell.quantity.anchor == known.quantity.anchor and cell.quantity.unit in (base(known), "count")]
    named = [cell for cell in found if _names(known, cell.row) or _names(known, cell.head)]
    chosen = named or (found if len(re.sub(r"\D", "", known.text)) >= _NAMED - 1 else [])
    return chosen if len(chosen) == 1 else []


def _meant(claim: Occurrence, cell: ReportCell, reach: Reach) -> ReportCell | None:
    """Return the cell of the column of another whose row the words beside a number name, or of its row whose column they name."""
    others = [one for one in reach.cells_in(cell.table) if one is not cell]
    rows = [one for one in others if one.column == cell.column and one.row != cell.row and _names(claim, one.row)]
    columns = [
        one for one in others if one.row == cell.row and one.place == cell.place and one.column != cell.column and _names(claim, one.head)
    ]
    found = rows or columns
    found = [one for one in found if _of_unit(claim, one)]
    same = not any(_dated(claim, one) for one in rows) and any(one.quantity.anchor == claim.quantity.anchor for one in others)
    return found[0] if len(found) == 1 and (found[0].quantity.anchor == claim.quantity.anchor or not same) else None


def _of_unit(claim: Occurrence, cell: ReportCell) -> bool:
    """Return whether a number may be a cell: a share only one that is told in percent, and no part of those whom the label counts, nor so much a month."""
    share = (base(claim) == "percent") is not (cell.quantity.unit == "percent")
    told = cell.quantity.unit == "percent" or re.search(r"%|per ?cent|share|rate|proportion", cell.head.lower())
    part = re.match(r" of (?:the|all|its|our|these|those)\b", behind(claim)) or " per " in claim.quantity.unit
    return not part and not re.match(r" an? (?:week|month|year|day)\b", behind(claim)) and not (share and not told)


def _names(mention: Occurrence, label: str) -> bool:
    """Return whether the words right behind a number, or right before it in its clause, are a label."""
    plain = re.sub(r" ?\([^)]*\)", "", label).lower().strip()
    after = re.split(r"[,;:()]| and | to ", mention.sentence.text.lower()[mention.end :])[0][:40]
    before = re.split(r"[,;:]| and ", ahead(mention))[-1][-40:]
    clear = re.compile(rf"(?<![\w/]){re.escape(plain)}(?![\w/])")
    dated = plain[:1].isdigit()
    ahead_ = not dated and clear.search(before) and "than" not in before
    return len(plain) >= _NAMED and bool(clear.search(after) or ahead_)


def _dated(claim: Occurrence, cell: ReportCell) -> bool:
    """Return whether a row is a year, and the words right behind a number are that it was so in it."""
    return bool(YEAR.fullmatch(cell.row)) and bool(re.match(rf" in {re.escape(cell.row)}\b", behind(claim)))


def _held(claim: Occurrence, cell: ReportCell, confidence: Confidence) -> Compared:
    one, two = alike([cell.quantity, claim.quantity])
    fits = one.meets(two) or cell.quantity.interval.meets(claim.quantity.interval)
    near = off(cell.quantity.anchor, claim.quantity.anchor) < _NEAR
    message = "" if fits or not near else f"The table has {cell.text} for {cell.label}; the text {claim.text}."
    told = f"{cell.label}: {cell.text}; in the text {claim.text}"
    return compared("repeat", [claim], told, message, confidence=confidence, other=cell, contested=claim)


_LEADS = re.compile(
    r"\b(?:leads?|led|tops? the (?:table|list)|came (?:first|last|top|bottom)|comes (?:first|last)|(?:is|was|are|were|has|had) (?:the )?(?:[a-z]+ )?(?:weakest|strongest|best|worst|highest|lowest|poorest|top|bottom|slowest|quickest)(?: [a-z]+){0,4}),? (?:with|at)(?: just| only)? $"
)


def first_or_last(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether the share with which a row leads, or comes last, is that of the row in the only column of shares of the table before."""
    table = reach.table_before(sentence)
    cells = [cell for cell in reach.cells_in(table) if cell.quantity.unit == "percent"] if table else []
    for claim in sentence.mentions[:1] if len({cell.column for cell in cells}) == 1 else []:
        text = ahead(claim)
        if claim.quantity.unit != "percent" or claim.quantity.ends or claim.quantity.hedge or not _LEADS.search(text):
            continue
        named = [cell for cell in cells if not cell.all and place_of(cell.row, text) >= 0]
        of = re.match(r" of (?:the |its |their |all )*([a-z]+)", behind(claim))
        strange = of and not any(of[1][:4] in head.lower() for head in (*cells[0].table.heads, reach.captions.get(id(table), "")))
        if len(named) == 1 and not strange and off(claim.quantity.anchor, named[0].quantity.anchor or Fraction(1)) < _CLOSE:
            cell = named[0]
            fits = claim.quantity.interval.meets(cell.quantity.interval)
            message = "" if fits else f"The table has {cell.text} for {cell.label}; the text {claim.text}."
            yield compared(
                "repeat",
                [claim],
                f"{cell.label}: {cell.text}; in the text {claim.text}",
                message,
                confidence=Confidence.medium,
                other=cell.own_row,
                operands=[cell],
                contested=claim,
            )


_CLOSE = Fraction(3, 2)
