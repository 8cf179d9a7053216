"""What a clause says of a row of a table, wherever that stands: from which cell to which it went, and whether it is the most or the least of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from evidence.referee.comparing import Compared, Confidence, compared, named, pattern, worded
from evidence.referee.mentions import YEAR, Occurrence, Sentence
from evidence.referee.relations.reach import Reach, base, words_of
from evidence.referee.relations.settling import off
from evidence.referee.tables import ReportCell, dated_heads

_FORESEEN = re.compile(
    r"\b(?:expect\w*|forecast\w*|plan\w*|target\w*|will|would|could|should|aim\w*|budget\w*|if|ago|before|earlier|since|real terms|quarter|month|between the|half|not|share|likely)\b"
)


def _rows(reach: Reach) -> list[list[ReportCell]]:
    """Return the cells of each row in columns that name years, in order of these."""
    found: dict[tuple[int, int], list[ReportCell]] = {}
    for table in reach.tables:
        dated = dated_heads(table)
        for cell in reach.cells_in(table) if len(dated) > 1 else []:
            if cell.head in dated and YEAR.search(cell.head):
                found.setdefault((id(table), cell.place), []).append(cell)
    return [sorted(row, key=lambda cell: cell.head) for row in found.values() if len(row) > 1]


_MOST = re.compile(
    r"\b(?P<most>highest|largest|biggest|greatest|longest|most|fastest|dearest|busiest)\b|\b(?P<least>lowest|smallest|fewest|shortest|least|slowest|cheapest|quietest)\b"
)
_PARTLY = re.compile(
    r"\b(?:among|after|apart from|except|other than|second|third|fourth|next|one of|larger|smaller|outside|children|for (?:the|those)|not|almost|since|ever|on record|two|three|gap|difference)\b|(?:most|least|est) (?:[a-z-]+ )?(?:increase|rise|fall|drop|decrease|change|growth|reduction|improvement|gain|loss)\b"
)


def ends_with_their_column(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether a row that is called the most or the least is so in the column that its own number, or a word, tells."""
    if _PARTLY.search(sentence.masked):
        return
    text = sentence.text.lower()
    for match in _MOST.finditer(text):
        for table in reach.tables:
            cells = [cell for cell in reach.cells_in(table) if not cell.all]
            row = _row_beside(text, match, {cell.row for cell in cells})
            columns = _columns(sentence, row, cells) if row and min(abs(sentence.place - cell.place) for cell in cells) < _FAR else set()
            if row and columns:
                yield _extreme(sentence, match, row, [cell for cell in cells if cell.column in columns])
                break


_FROM_TO = pattern(r"\bfrom (?:just |only |about )?<a>[^.;\ue000-\uf8ff]{0,30}? to (?:just |only |about )?<b>")


def from_cell_to_cell(sentence: Sentence, reach: Reach) -> Iterator[Compared]:
    """Yield whether what went from a cell of a row to a number went to a cell of that row, where one comes very near, or came from one."""
    for match in _FROM_TO.finditer(sentence.masked):
        two = named(match, sentence)
        for known, claim in ((two["a"], two["b"]), (two["b"], two["a"])):
            digits = re.sub(r"\D|0+$", "", known.text)
            rows = [
                (cell, row) for row in _rows(reach) for cell in row if _is(known, cell) and (len(digits) > _SHORT or _says(sentence, cell))
            ]
            cells = [cell for cell in reach.cells if _is(claim, cell)]
            if (
                len({cell.place for cell, _ in rows}) == 1
                and not cells
                and base(known) == base(claim)
                and all(found[0] in rows[0][0].row.lower() for found in _FORESEEN.finditer(sentence.masked))
            ):
                yield from _next_cell(claim, *rows[0], known)


def _says(sentence: Sentence, cell: ReportCell) -> bool:
    """Return whether a sentence has all the words of the label of a row, three and more."""
    words = set(words_of(cell.row))
    return len(words) > _SHORT and words <= set(words_of(sentence.text))


def _next_cell(claim: Occurrence, cell: ReportCell, row: list[ReportCell], known: Occurrence) -> Iterator[Compared]:
    scale = known.quantity.anchor / cell.quantity.anchor
    near = [one for one in row if one is not cell and off(one.quantity.anchor * scale, claim.quantity.anchor) < _SLIPPED]
    if near and not any(claim.quantity.interval.meets(one.quantity.interval.scaled(scale)) for one in row):
        best = min(near, key=lambda one: off(one.quantity.anchor * scale, claim.quantity.anchor))
        message = f"{claim.text} here, {best.text} in the table for {best.label}, beside {known.text}."
        told = f"{best.label}: {best.text}; in the text {claim.text}"
        yield compared("repeat", [claim], told, message, confidence=Confidence.medium, other=best)


_SLIPPED = Fraction(21, 20)
_FAR = 40


def _row_beside(text: str, match: re.Match[str], rows: set[str]) -> str:
    """Return the row whose label stands nearest to a superlative in its clause: right before it, or behind "in", "at", "was"."""
    starts = [found.end() for found in re.finditer(r"[,;:()]| and | but | while ", text[: match.start()])]
    start = starts[-1] if starts else 0
    found = {row: text.rfind(_plain(row), start, match.start()) for row in rows if len(_plain(row)) > _SHORT}
    before = {row: at for row, at in found.items() if at >= 0}
    if before:
        return max(before, key=lambda row: before[row])
    behind_ = re.match(r"[^.;:,]{0,40}?\b(?:in|at|from|was|were|is|for|by|came from|among)\b (?:the )?", text[match.end() :])
    tail = text[match.end() + behind_.end() :] if behind_ else ""
    return next((row for row in sorted(rows, key=len, reverse=True) if len(_plain(row)) > _SHORT and tail.startswith(_plain(row))), "")


_SHORT = 2


def _plain(row: str) -> str:
    return re.sub(r" ?\([^)]*\)", "", row).lower().strip()


def _columns(sentence: Sentence, row: str, cells: list[ReportCell]) -> set[int]:
    """Return the column of the number right behind a row's label."""
    at = sentence.text.lower().find(_plain(row))
    own = [m for m in sentence.mentions if 0 <= m.start - at - len(_plain(row)) < _CLOSE]
    return {cell.column for cell in cells for m in own[:1] if cell.row == row and _is(m, cell)}


_CLOSE = 25


def _is(mention: Occurrence, cell: ReportCell) -> bool:
    scale = mention.quantity.anchor / cell.quantity.anchor if cell.quantity.anchor else 0
    return scale in (1, 1000, 10**6) and base(mention) != "years"


def _extreme(sentence: Sentence, match: re.Match[str], row: str, cells: list[ReportCell]) -> Compared:
    fits, best = False, cells[0]
    for column in {cell.column for cell in cells}:
        held = [cell for cell in cells if cell.column == column]
        pick = max if match["most"] else min
        best = pick(held, key=lambda cell: cell.quantity.anchor)
        own = [cell for cell in held if cell.row == row]
        fits = fits or any(cell.quantity.anchor == best.quantity.anchor for cell in own)
    message = "" if fits else f'"{match[0]}", but in the table it is {best.row} with {best.text}, not {row}.'
    told = f"{row} among {len({cell.row for cell in cells})} rows; {match[0]}"
    return worded("order", sentence, match.span(), told, message, Confidence.medium, best.own_row)
