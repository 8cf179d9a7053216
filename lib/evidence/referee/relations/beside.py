"""The text against the cells of a table, by a number of the same sentence that is one of them: it tells the column of those beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from evidence.referee.comparing import Compared, Confidence, alike, compared
from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind
from evidence.referee.relations.retold import SUPPOSED, clause_of
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off
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
