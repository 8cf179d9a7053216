"""So much for each, of a row of a table that its clause names, among the people or things that the report counts."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import ratio
from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.relations.cells import ReportCell
from evidence.referee.relations.each import noun_of_each
from evidence.referee.relations.reach import Reach, ahead, base, singular, words_of
from evidence.referee.relations.settling import Binding, Operand, Settled, settle

_NEAR, _SLACK, _FEW = Fraction(5, 4), Fraction(1, 200), 20
_PEOPLE = frozenset(["person", "populatio", "population"])


def each_of_a_row(sentence: Sentence, reach: Reach) -> Iterator[Settled]:
    """Yield whether what falls to each is the latest number of the row that stands before it, among a count of that noun in the text or a table."""
    for claim in sentence.mentions:
        noun = noun_of_each(claim) if not claim.quantity.ends and not claim.quantity.in_words else None
        rows = reach.rows_behind(ahead(claim)) if noun else []
        cells = [cell for cell in rows[0] if cell.quantity.unit == base(claim)] if rows else []
        wanted = _latest(cells, sentence)
        if noun and wanted and (found := settle("per head", claim, _divided(wanted, singular(noun), reach), most=_NEAR)):
            yield found


def _latest(cells: list[ReportCell], sentence: Sentence) -> ReportCell | None:
    """Return the cell of the year that a sentence names, else of the last."""
    dated = sorted((cell for cell in cells if YEAR.search(cell.head)), key=lambda cell: cell.head)
    own = [cell for cell in dated if any(year in cell.head for year in sentence.years)]
    return (own or dated)[-1] if dated else (cells[0] if len(cells) == 1 else None)


def _divided(cell: ReportCell, noun: str, reach: Reach) -> Iterator[Binding]:
    told: list[Operand] = [m for m in reach.of_noun([noun]) if _counts(m)]
    told += [one for one in reach.cells if one.all and one.quantity.unit == "count" and _of(one, noun)]
    for count in told:
        value = ratio(cell.quantity.interval, count.quantity.interval)
        if value:
            wide = Interval(value.low * (1 - _SLACK), value.high * (1 + _SLACK))
            yield Binding((cell, count), wide, f"{cell.text} / {count.text}")


def _counts(mention: Occurrence) -> bool:
    return base(mention) == "count" and mention.quantity.anchor > _FEW and not mention.quantity.ends


def _of(cell: ReportCell, noun: str) -> bool:
    """Return whether the head of a column says that it counts a noun; people are counted as population too."""
    words = set(words_of(cell.head))
    return noun in words or (noun == "person" and bool(words & _PEOPLE))
