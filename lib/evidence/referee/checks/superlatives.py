"""The most and the least of a table, as the text tells them: "the lowest was in the third quarter", "heating is the largest item".

An alarm is told only where the row that is named is an end of none of the columns, so that it need not be known which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.quantity import Quantity
from evidence.referee.checks.tabled import TOTAL, labelled
from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.document import Report
from evidence.referee.mentions import Sentence, stems
from evidence.referee.tables import ReportTable, last_sums

_MOST = r"highest|largest|biggest|greatest|longest|dearest|oldest|most"
_LEAST = r"lowest|smallest|fewest|shortest|cheapest|youngest|least"
_END = re.compile(
    rf"\b(?:the|its|their) (?:(?P<most>{_MOST})|(?P<least>{_LEAST})|worst|best|poorest|strongest|weakest)\b(?! (?:common|popular|likely|important|recent|of|deprived))"
)
_NOT_ALL = re.compile(
    r"\b(?:(?:second|third|fourth|next)[ -](?:highest|lowest|largest|smallest|biggest|most|best|worst|longest|shortest)|one of|among the|rise|fall|increase|decrease|change|drop|growth|gap|after|apart from|except|than|not)\b"
)
_FEWEST = 3


def check(document: Report) -> Iterator[Compared]:
    """Yield whether the row that a sentence calls the most or the least of a table is that in some column."""
    for sentence in document.sentences:
        if sentence.kind in ("cell", "heading"):
            continue
        for clause in _CLAUSE.finditer(sentence.text.lower()):
            ends = list(_END.finditer(sentence.text.lower(), *clause.span()))
            if len(ends) == 1 and not _NOT_ALL.search(clause[0]):
                behind = [sentence.text.lower()[end.end() :] for end in _END.finditer(sentence.text.lower())]
                tables = [
                    table
                    for table in document.tables
                    if all(_measured(words, table) for words in behind) and _judged(ends[0], sentence, table)
                ]
                found = [held for table in tables for held in _held(sentence, clause[0], ends[0], table)]
                yield from [held for held in found if held.holds] or found[:1]


def _judged(end: re.Match[str], sentence: Sentence, table: ReportTable) -> bool:
    """Return whether a table may hold what is called the best or the worst: the sentence, or the one before it, has a word of its heads."""
    heads = frozenset(stems(" ".join(table.heads).lower())) - _ANY
    near = sentence.stems | (sentence.before.stems if sentence.before else frozenset())
    other = _ANOTHER.match(sentence.text.lower(), end.end())
    return bool(end["most"] or end["least"] or not heads or (heads & near and not other))


_ANOTHER = re.compile(r" (?:was|is|were|are) (?:the|an?|that|those|one) ")
"""What tells that the best is something in a row, and not the row."""


_CLAUSE = re.compile(r"(?:(?! and the )[^;,:])+")


def _measured(behind: str, table: ReportTable) -> bool:
    """Return whether the words behind "the highest" name a head of a table, or say nothing of what is measured."""
    told = frozenset(stems(_STOP.split(behind)[0])) - _ANY
    heads = frozenset(stems(" ".join(table.heads).lower()))
    return not told or not heads or bool(told & heads) or bool(told & frozenset(stems(" ".join(row[0] for row, _ in table.rows).lower())))


_STOP = re.compile(r"[,.;:()]|\b(?:in|of|at|for|was|is|were|are|among|with|by|to|and|on|from|than|since|after)\b")
_ANY = frozenset(stems("rates figures levels values counts items shares amounts results ones"))


def _held(sentence: Sentence, clause: str, end: re.Match[str], table: ReportTable) -> Iterator[Compared]:
    rows = [(label, cells) for label, cells, _ in table.numbers if any(cells) and not _ALL.fullmatch(label.strip("* :"))]
    whole = table.numbers[-1][0] if last_sums(table) else ""
    rows = [row for row in rows if row[0] != whole and not _OTHERS.match(row[0].lower())]
    named = labelled(clause, [label for label, _ in rows])
    if len(named) != 1 or len(rows) < _FEWEST:
        return
    own = next(cells for label, cells in rows if label == named[0])
    columns = [[cells[column] for _, cells in rows if column < len(cells)] for column in range(len(own))]
    extreme = [column for column, cell in enumerate(own) if cell and _is_end(cell, [other for other in columns[column] if other], end)]
    known = any(own)
    message = "" if extreme or not known else f'"{end[0]}", but in no column of the table has {named[0]} the most or the least.'
    if known and _about(sentence, table):
        clear = _is_called(named[0].lower().strip("* :"), end, sentence.text.lower())
        confidence = Confidence.medium if clear else Confidence.question
        yield worded("order", sentence, end.span(), f"{named[0]} among {len(rows)} rows of a table", message, confidence)


def _is_called(label: str, end: re.Match[str], text: str) -> bool:
    """Return whether a label stands right before "the most" or is what it was: "Oxby has the most", "the largest item was fuel"."""
    before, behind = text[: end.start()], text[end.end() :]
    owner = end[0].startswith("their") or re.match(r"[^.;]{0,40}\b(?:in relation to|relative to|per|for (?:its|their) size)\b", behind)
    ahead = re.search(rf"\b{re.escape(label)}(?: [a-z]+)? (?:has|had|is|was|were|are|have)(?: [a-z]+)? $", before)
    after = re.match(rf"[^.;,]{{0,40}}? (?:was|is|were|are|in|at|for|by) (?:the )?{re.escape(label)}\b", behind)
    at_it = after and re.search(r"\b(?:was|is|were|are) (?:an?|the|its|our|their|[\"\u201c]).* (?:in|at|for|by) ", after[0])
    return not owner and not at_it and not _OF_PART.match(behind) and bool(ahead or after)


_OF_PART = re.compile(
    r" (?:part|share|slice|component|element|source) of (?:the |its |our )?(?!total|whole|all|budget|income)[a-z]+ [a-z]+"
)
"""What says that something is the most of a part of what a table counts."""


_OTHERS = re.compile(r"(?:all )?others?\b|elsewhere|rest\b|remaining")
_ALL = re.compile(rf"{TOTAL.pattern}|(?:the )?(?:whole )?year|average|mean|median", re.IGNORECASE)


def _is_end(cell: Quantity, column: list[Quantity], end: re.Match[str]) -> bool:
    """Return whether a cell is the most or the least of its column, whichever the word says."""
    anchors = [other.anchor for other in column]
    ends = [max(anchors)] * (not end["least"]) + [min(anchors)] * (not end["most"])
    return len(anchors) < _FEWEST or cell.anchor in ends


def _about(sentence: Sentence, table: ReportTable) -> bool:
    """Return whether a table stands near enough to a sentence to be what it speaks of; in pages the place is the page."""
    places = [place for _, place in table.rows]
    return min(abs(sentence.place - place) for place in places) <= _NEAR


_NEAR = 40
"""How many lines may lie between a table and the sentence that reads it."""
