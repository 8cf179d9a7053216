"""A level that words tell of a cell they name: of its row or of all, and of its column; a digit gone wrong, or the number of the row beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.referee.comparing import Compared, Confidence, compared
from evidence.referee.mentions import Occurrence, Sentence
from evidence.referee.relations.linking import Linker, TableFrame, link_words, plain, same, times_in
from evidence.referee.relations.reach import ahead, behind
from evidence.referee.relations.retold import SUPPOSED, THEN, fits_unit
from evidence.referee.relations.roles import is_size
from evidence.referee.relations.settling import off
from evidence.referee.relations.subjects import elsewhere, in_digits, one_digit, swaps
from evidence.referee.tables import ReportCell

_NOT, _NEAR = re.compile(r"\b(?:not|never|neither|no)\b"), 30


def told_levels(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a number whose clause names a row, or none, and a column is that of the cell, where the one is the other with a digit gone wrong."""
    if SUPPOSED.search(sentence.masked):
        return
    for claim in sentence.mentions:
        if (
            not in_digits(claim)
            or claim.quantity.hedge
            or is_size(claim)
            or elsewhere(claim)
            or THEN.search(ahead(claim))
            or _NOT.search(behind(claim)[:_NEAR])
        ):
            continue
        if linker.stands(claim):
            continue
        cells = [
            cell for cell in linker.like(claim.text) if _slip(claim, cell) and fits_unit(claim, cell, linker.caption(linker.frame(cell)))
        ]
        linked = [cell for cell in cells if _linked(claim, cell, linker.frame(cell))]
        if len({cell.quantity.anchor for cell in linked}) == 1:
            cell = linked[0]
            message = f"{claim.text} here, {cell.text} in the table for {cell.label}."
            told = f"{cell.label}: {cell.text}; in the text {claim.text}"
            yield compared("repeat", [claim], told, message, confidence=Confidence.medium, other=cell)


def _slip(claim: Occurrence, cell: ReportCell) -> bool:
    long = len(significant(cell.text)) >= _FEW
    return (
        long
        and not same(claim, cell)
        and (swaps(claim.text, cell.text) or one_digit(claim.text, cell.text))
        and off(claim.quantity.anchor, cell.quantity.anchor) < 3
    )


def _linked(claim: Occurrence, cell: ReportCell, frame: TableFrame) -> bool:
    """Return whether the words around a number name the row and the column of a cell and hardly anything else."""
    sentence = claim.sentence
    times, head = times_in(f"{cell.head} {cell.row}")[0], times_in(cell.head)[1]
    told = times_in(sentence.text)[0]
    if told and times and not any(one == time or (not time[1] and one[0] == time[0]) for one in told for time in times):
        return False
    if not told and times and not _latest(cell, frame):
        return False
    words = link_words(sentence.text)
    rows = {one.row for one in frame.cells if not one.all}
    named = [row for row in rows if link_words(plain(row)) and link_words(plain(row)) <= words]
    own = link_words(plain(cell.row))
    if not cell.all and (cell.row not in named or any(own < link_words(plain(row)) for row in named)):
        return False
    if cell.all and named:
        return False
    noun = link_words(" ".join(re.findall(r"[a-z]+", behind(claim))[:2])) - _EMPTY
    clause = link_words(_piece(claim)) - _EMPTY
    measure = link_words(plain(head)) - _EMPTY
    known = frame.words | own | measure
    of_column = measure <= words if measure else bool(noun & frame.words)
    digits = len(significant(claim.text))
    return of_column and (not noun or bool(noun & known)) and len(clause - known) <= (1 if digits < _LONG else 2)


def _piece(claim: Occurrence) -> str:
    """Return the words of a clause between the commas around its number."""
    text = claim.sentence.masked
    at = text.index(claim.mark)
    return re.split(r"[,;:()]", text[:at])[-1] + " " + re.split(r"[,;:()]", text[at + 1 :])[0]


def significant(text: str) -> str:
    """Return the digits of a number without noughts at its ends."""
    return re.sub(r"\D", "", text).strip("0")


_LONG, _FEW = 4, 3
_EMPTY = link_words("people total all number")


def _latest(cell: ReportCell, frame: TableFrame) -> bool:
    own = times_in(cell.head)[0] or times_in(cell.row)[0]
    every = [time for one in frame.cells for time in (times_in(one.head)[0] or times_in(one.row)[0])]
    return bool(own) and own[-1] >= max(every, default=own[-1])
