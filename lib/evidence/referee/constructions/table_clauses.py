"""A number in its clause beside a table: the rows that are named there, what it counts, and whether cells give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evidence.quantity import Interval
from evidence.quantity.words import word_set
from evidence.referee.constructions.table_rows import Grid, NamedRow, RowOfTable, bare, named_rows
from evidence.referee.constructions.table_values import (
    FromCells,
    cells_of,
)
from evidence.referee.mentions import CHANGE, Occurrence
from evidence.referee.relations.reach import base
from evidence.referee.relations.settling import off, said

_SCALES = (Fraction(1), Fraction(1000), Fraction(10**6), Fraction(10**9))
_BOUNDARY = re.compile(
    r"[;:()]|, (?:but|while|whereas|although|and|with|yet|which|of (?:which|whom)|where|despite)\b|\b(?:but|while|whereas|although|despite|against)\b| - | \u2013 |\u2014"
)


@dataclass(frozen=True, eq=False)
class TableClause:
    """A number in its clause, with the rows of a table that are named there.

    Attributes:
        claim: The number.
        grid: The table.
        ahead: The words of the clause before it.
        behind: The words of the clause behind it.
        left: The rows named before it: those of its clause, nearest where another number stands between, else the subject.
        right: The rows named behind it.
        next: Those of them that are named before another number and a comma.
        before: All rows that its clause names before it.
        all: All rows that the sentence names.
    """

    claim: Occurrence
    grid: Grid
    ahead: str
    behind: str
    left: tuple[RowOfTable, ...]
    right: tuple[RowOfTable, ...]
    next: tuple[RowOfTable, ...]
    before: tuple[RowOfTable, ...]
    all: tuple[RowOfTable, ...]

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of what the number may be."""
        unit = base(self.claim)
        if unit == "percent":
            return frozenset({"share"})
        if unit == "percentage points":
            return frozenset({"points"})
        if unit == "times":
            return frozenset({"times"})
        bare_number = unit == "count" and not re.match(r" [a-z]", self.behind)
        return frozenset({"level", "rate", *(("share", "points") if bare_number else ())})


_NUMBER_ASIDE = re.compile(r"\([^()a-z]*(?:per cent|%|million)?\)")


def clause_at(claim: Occurrence, grid: Grid) -> TableClause:
    """Return a number in its clause, with the rows of a table that are named there."""
    low = _NUMBER_ASIDE.sub(lambda found: " " * len(found[0]), claim.sentence.text.lower())
    start = max((found.end() for found in _BOUNDARY.finditer(low, 0, claim.start)), default=0)
    ended = _BOUNDARY.search(low, claim.end)
    end = ended.start() if ended else len(low)
    named = named_rows(low, grid)
    after = next((m.start for m in claim.sentence.mentions[claim.index + 1 :]), len(low))
    comma = low.find(",", claim.end)
    after = min(after, comma) if comma >= 0 else after
    rows = tuple(dict.fromkeys(one.row for one in named))
    return TableClause(
        claim,
        grid,
        low[start : claim.start],
        low[claim.end : end],
        _left(claim, named, start),
        _right(named, claim.end, end),
        _right(named, claim.end, min(end, after)),
        _right(named, start, claim.start),
        rows,
    )


def _left(claim: Occurrence, named: list[NamedRow], start: int) -> tuple[RowOfTable, ...]:
    """Return the rows that a number is of by the words before it."""
    before = claim.sentence.mentions[claim.index - 1].end if claim.index else 0
    low = claim.sentence.text.lower()
    places = [(max(start, before), claim.start)]
    if not _new_subject(low[before : claim.start]):
        places.append((start, claim.start))
    for first, last in places:
        if found := [one.row for one in named if first <= one.start and one.end <= last]:
            return tuple(dict.fromkeys(found))
    return ()


_AND = re.compile(
    r"(?:,|\band\b|\bbut\b|\bor\b) (?:the |its |their |those |that |all |other )*(?P<word>[a-z-]+)(?: [a-z-]+){0,3}? (?:by|to|at|in|for|with|had|was|were|is|are)\b"
)
_NO_SUBJECT = re.compile(
    rf"(?:{CHANGE.pattern}|now|then|so|thus|up|down|by|to|at|in|for|with|from|of|only|just|about|some|over|nearly|almost|again|also|compared|more|less|fewer|had|was|were|is|are|it|they|this|that|an?|which|who|took|made|held)"
)


def _new_subject(between: str) -> bool:
    """Return whether the words between two numbers begin with another subject: "and deaths by"."""
    if re.search(r"[;:] (?!it|its|they|their|this|that|these)", between):
        return True
    found = _AND.search(between)
    return bool(found and not _NO_SUBJECT.fullmatch(found["word"]))


def _right(named: list[NamedRow], start: int, end: int) -> tuple[RowOfTable, ...]:
    return tuple(dict.fromkeys(one.row for one in named if start <= one.start and one.end <= end))


def row_spoken_of(clause: TableClause) -> tuple[RowOfTable, ...]:
    """Return the row of which a clause speaks that names none: that of a cell told right before, else the last named before in its sentence."""
    text = clause.claim.sentence.text.lower()
    before = clause.claim.sentence.mentions[: clause.claim.index][-1:]
    if before and _new_subject(text[before[0].end : clause.claim.start]):
        return ()
    if before:
        found = [row for row in clause.grid.rows for given in cells_of([row]) if given.value.contains(before[0].quantity.anchor)]
        if len(found) == 1:
            return tuple(found)
    named = [one.row for one in named_rows(text, clause.grid) if one.end <= clause.claim.start]
    return tuple(named[-1:])


def in_scale_of(claim: Occurrence, given: FromCells) -> Interval:
    """Return what cells give in the scale in which a number is told."""
    scale = min(_scales(given), key=lambda scale: off(_middle(given.value) * scale, claim.quantity.anchor))
    return given.value.scaled(scale)


def _scales(given: FromCells) -> Sequence[Fraction]:
    if given.kind == "rate":
        return (*_SCALES[:3], *(1 / scale for scale in _SCALES[1:3]), Fraction(100))
    return _SCALES if given.kind == "level" else _SCALES[:1]


def _middle(value: Interval) -> Fraction:
    return abs(value.low + value.high) / 2


def distance(claim: Occurrence, given: FromCells) -> Fraction:
    """Return how many times what cells give a number is, or they it."""
    return min(off(_middle(given.value) * scale, claim.quantity.anchor) for scale in _scales(given))


def meets(claim: Occurrence, given: FromCells) -> bool:
    """Return whether a number may be what cells give."""
    own = said(claim.quantity)
    values = given.value if given.value.low + given.value.high >= 0 else -given.value
    scales = _scales(given) if values.low > 0 else _scales(given)[:1]
    return any(own.meets(values.scaled(scale)) or claim.quantity.interval.meets(values.scaled(scale)) for scale in scales)


_UNITS = {"GBP": "£|pound|pence", "EUR": "€|euro", "USD": r"\$|dollar", "km": "km|kilomet", "hectares": r"hectare|\bha\b"}


def has_unit(claim: Occurrence, given: FromCells, grid: Grid) -> bool:
    """Return whether the head, the caption or the label of a cell tells the unit of a number."""
    unit, cell = base(claim), given.cells[0]
    told = f"{cell.head} {cell.row} {grid.caption} {grid.frame.table.heads[0] if grid.frame.table.heads else ''}".lower()
    if unit in ("GBP", "EUR", "USD") and "(number)" in f"{cell.row} {cell.head}".lower():
        return False
    if given.kind in ("share", "points", "times", "rate"):
        return given.kind != "rate" or unit not in ("GBP", "EUR", "USD") or bool(re.search(_UNITS[unit], told))
    if unit == "count":
        return not re.search(r"£|€|\$", cell.head) or bool(re.match(r"[,.;)]|$", claim.sentence.text[claim.end :]))
    return bool(re.search(_UNITS.get(unit, re.escape(unit.removesuffix("s"))), told))


_NOUN_ENDS = re.compile(
    r"[,;.:()]|\b(?:than|of|in|on|at|by|for|to|from|with|who|which|that|were|was|is|are|had|have|has|did|do|does|and|or|as|against|per|when|where|each|every|together|combined|altogether|between|during|since|after|before|over|under|more|fewer|less|higher|lower)\b"
)
_MONEY = word_set("cost spending expenditure budget bill money outlay funding income revenue receipt")
_ANY = word_set(
    "people person case extra additional further other others net pound place thousand million time place point item unit all total whole sum number year"
)


def noun_behind(clause: TableClause) -> str:
    """Return the words of the noun right behind a number."""
    return _NOUN_ENDS.split(clause.behind)[0]


def _noun_of(text: str) -> str:
    return _NOUN_ENDS.split(
        re.sub(r"^(?:the|all|its|their|our|these|those|this|that|every|such)(?: (?:\w+['\u2019]s?|overall|total|whole))? ", "", text)
    )[0]


def knows(clause: TableClause, noun: str) -> bool:
    """Return whether the table, or nothing but common words, tells what a number counts."""
    words = [bare(word) for word in re.findall(r"[a-z]{3,}", noun) if not word.endswith("ly")]
    told = [word for word in words if word not in _ANY]
    return not told or clause.grid.knows(told[-1]) or any(clause.grid.knows(word) for word in told)


def tells_whole(clause: TableClause, what: str) -> bool:
    """Return whether the table tells of what a share is a part."""
    noun = _noun_of(what)
    words = [bare(word) for word in re.findall(r"[a-z]{3,}", noun)]
    if any(word in _MONEY for word in words) and any(map(clause.grid.knows, _MONEY)):
        return True
    return bool(re.match(r"(?:the |all )?(?:total|whole|all)\b", what)) or any(
        word not in _ANY and clause.grid.knows(word) for word in words
    )
