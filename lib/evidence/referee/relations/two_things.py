"""Two things: cells, words and numbers that show two numbers which differ to be of two things, so that neither tells the other again."""

from __future__ import annotations

from evidence.referee.comparing import Compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.told_beside import HUNDRED, Rule, cell_of, others, printed, share_behind, stated

_TWO, _FEW = 2, 3


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
        _is_of_another_series,
        _is_confirmed_by_its_share,
        _is_of_another_pair,
    ),
}
"""Such explanations by the kind of alarm."""
