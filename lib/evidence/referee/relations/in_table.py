"""How much of a column a few rows can hold, of which a sentence says that they do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.quantity import Interval
from evidence.referee.comparing import Compared, How, compared, ratio, shown, total
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.reach import Reach, words_of
from evidence.referee.relations.settling import said
from evidence.referee.tables import ReportCell, TableSpot

_IN_FEW = re.compile(
    r"^ of (?:its |the |their |our |all )+(?P<what>[a-z ]{3,40}?) (?:are|is|were|was|lie|lies|lay|fall|stand|live) in (?:just |only )?"
    r"(?P<n>two|three|four|five|[2-5])\b"
)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5}


def held_by_few(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a few rows can hold as much of a column as is said: no more than the largest of them do."""
    for claim in sentence.mentions:
        match = _IN_FEW.match(sentence.text[claim.end :].lower())
        if not match or claim.quantity.unit != "percent" or claim.quantity.ends:
            continue
        number = _NUMBERS.get(match["n"]) or int(match["n"])
        for cells in _columns(frozenset(words_of(match["what"])), reach):
            wholes = [cell for cell in cells if cell.all]
            parts = sorted((cell for cell in cells if not cell.all), key=lambda cell: cell.quantity.anchor)[-number:]
            if len(wholes) == 1 and number < len(cells) - 1:
                yield _most(claim, parts, wholes[0])


def _columns(words: frozenset[str], reach: Reach) -> Iterator[list[ReportCell]]:
    for table in reach.tables:
        cells = reach.cells_in(table)
        for column in dict.fromkeys(cell.column for cell in cells):
            held = [cell for cell in cells if cell.column == column]
            if words and frozenset(words_of(held[0].head)) == words:
                yield held


def _most(claim: Occurrence, parts: list[ReportCell], whole: ReportCell) -> Compared:
    value = ratio(total([cell.quantity.interval for cell in parts]).scaled(Fraction(100)), whole.quantity.interval)
    told = f"({' + '.join(cell.text for cell in parts)}) / {whole.text}"
    given = value or Interval(Fraction(0), Fraction(100))
    fits = said(claim.quantity).low <= given.high and not _another(claim, given)
    message = "" if fits else f"{told} is {shown(given)} percent, the most that {len(parts)} hold, not {claim.text}."
    return compared(
        "share × base",
        [claim],
        f"{told} = {shown(given)} percent",
        message,
        other=TableSpot(whole.place, whole.head),
        operands=(*parts, whole),
        how=How.sum,
        cell=whole.address,
        contested=claim,
    )


_FRACTIONS = (Fraction(100, 4), Fraction(100, 3), Fraction(50), Fraction(200, 3), Fraction(75))
_JUST, _APART = Fraction(3, 2), Fraction(6)


def _another(claim: Occurrence, value: Interval) -> bool:
    """Return whether a fraction in words says more than is so, where another fraction that people say is just what is."""
    stated, middle = claim.quantity.anchor, (value.low + value.high) / 2
    return claim.quantity.in_words and stated - middle > _APART and any(abs(one - middle) < _JUST for one in _FRACTIONS)
