"""Two things: cells, words and numbers that show two numbers which differ to be of two things, so that neither tells the other again."""

from __future__ import annotations

import re

from evidence.referee.comparing import Compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, ahead, base, behind, words_of
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.told_beside import HUNDRED, Rule, cell_of, others, printed, share_behind, stated
from evidence.referee.tables import ReportCell

_TWO, _FEW = 2, 3


def _is_of_its_own_words(one: Compared, reach: Reach) -> bool:
    """Return whether a clause sets a number against what it was held to: so many times it, or by how much it differs."""
    claim = stated(one)
    cell = cell_of(one, reach)
    size = cell.quantity.anchor if cell else 0
    if not claim or size <= 0:
        return False
    step = [m for m in others(claim) if base(m) in ("times", "percentage points")]
    return any(
        printed(m, claim.quantity.anchor / size) if base(m) == "times" else m.quantity.anchor == abs(claim.quantity.anchor - size)
        for m in step
    )


def _is_in_its_table_too(one: Compared, reach: Reach) -> bool:
    """Return whether the column of a cell has the number that it was held against as well, so that this is another."""
    if one.sentence >= 0 or len(one.operands) < _TWO:
        return False
    other, own = one.operands
    return isinstance(own, ReportCell) and any(c.text == other.text and c.column == own.column for c in reach.cells_in(own.table))


def _is_of_another_series(one: Compared, reach: Reach) -> bool:
    """Return whether another number of the clause is beside the row of another cell of the same column, and is not what that cell has either."""
    claim, cell = stated(one), cell_of(one, reach)
    if not claim or not cell:
        return False
    text = claim.sentence.text.lower()
    column = [c for c in reach.cells_in(cell.table) if c.column == cell.column and c is not cell and not c.all and len(c.row) > _FEW]
    named = [c for c in column if c.row.lower() in text]
    alike = [m.quantity.anchor for m in claim.sentence.mentions if base(m) == base(claim) and m is not claim and not is_size(m)]
    return bool(named and alike) and not any(c.quantity.anchor in alike for c in named) and len(named) == len(alike)


def _is_confirmed_by_its_share(one: Compared, reach: Reach) -> bool:
    """Return whether a count with its share in brackets is exactly that share of a count told elsewhere."""
    claim = stated(one)
    share = share_behind(claim) if claim else None
    if not claim or not share:
        return False
    wholes = {m.quantity.anchor for m in reach.wider(claim.sentence)} | {c.quantity.anchor for c in reach.cells}
    value = claim.quantity.anchor * HUNDRED
    return any(size > claim.quantity.anchor and printed(share, value / size) for size in wholes)


_OF = re.compile(r" (?:out )?of (?:the |all |those |these )?")


def _is_of_those_of_another(one: Compared, reach: Reach) -> bool:
    """Return whether a number is so many "of the 600 others", or those others, and the row and the column of its cell have not their number."""
    claim, cell = stated(one), cell_of(one, reach)
    if not claim or not cell or base(claim) == "percent":
        return False
    own, at = claim.sentence.mentions, claim.index
    later = own[at + 1 : at + 2] if _OF.fullmatch(behind(claim)) else []
    around = later or (own[at - 1 : at] if at and _OF.fullmatch(ahead(claim)) else [])
    near = {c.quantity.anchor for c in reach.cells_in(cell.table) if c.place == cell.place or c.column == cell.column}
    return any(m.quantity.anchor not in near for m in around)


_MONEY = ("GBP", "USD", "EUR")
_OF_MONEY = re.compile(
    r"[£$€]|\b(?:costs?|prices?|spend\w*|spent|income|value|worth|pay|rents?|fees?|grants?|budget|money|funding|earnings)\b"
)


def _is_of_another_sort(one: Compared, reach: Reach) -> bool:
    """Return whether a number is of money, and its cell of something else that is counted or weighed."""
    claim, cell = stated(one), cell_of(one, reach)
    if not claim or not cell or base(claim) not in _MONEY or cell.quantity.unit in _MONEY:
        return False
    return not _OF_MONEY.search(f"{cell.label} {reach.captions.get(id(cell.table), '')}".lower())


def _is_under_another_head(one: Compared, reach: Reach) -> bool:
    """Return whether the words right behind a number are those of the head of another column than its cell's: "414 of the 600 controls"."""
    claim, cell = stated(one), cell_of(one, reach)
    if not claim or not cell:
        return False
    words = set(words_of(re.split(r"[,;:.(]| (?:and|but|while) ", claim.sentence.text[claim.end :])[0][:_BEHIND]))
    own = set(words_of(cell.head))
    heads = [set(words_of(head)) for head in cell.table.heads[1:] if head.strip("* ") != cell.head]
    return bool(own) and not own & words and any(head & own and (head - own) & words for head in heads)


_BEHIND = 45


def _is_of_another_pair(one: Compared, reach: Reach) -> bool:
    """Return whether the sentences of two numbers tell one more number each, of their unit, and these differ too: two series, each at two times."""
    claim = stated(one)
    other = next((place for place in one.places if isinstance(place, Sentence)), None)
    if not claim or not other or cell_of(one, reach):
        return False
    first, second = (
        [m for m in held if base(m) == base(claim) and not is_size(m) and not m.quantity.in_words]
        for held in (others(claim), other.mentions)
    )
    second = [m for m in second if m not in one.operands]
    return len(first) == len(second) == 1 and first[0].quantity.anchor != second[0].quantity.anchor and _near(first[0], second[0])


def _near(one: Occurrence, two: Occurrence) -> bool:
    low, high = sorted((one.quantity.anchor, two.quantity.anchor))
    return low > 0 and high <= 2 * low


TWO_THINGS: dict[str, tuple[Rule, ...]] = {
    "repeat": (
        _is_of_its_own_words,
        _is_in_its_table_too,
        _is_of_another_series,
        _is_confirmed_by_its_share,
        _is_of_those_of_another,
        _is_of_another_sort,
        _is_under_another_head,
        _is_of_another_pair,
    ),
}
"""Such explanations by the kind of alarm."""
