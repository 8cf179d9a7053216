"""What words call the most or the least of the rows of a table, against every order that its columns, and their changes, give."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

from evidence.quantity.words import word_set
from evidence.referee.comparing import Compared, Confidence, worded
from evidence.referee.constructions.table_rows import Grid, NamedRow, RowOfTable, grids_near, kin, named_rows
from evidence.referee.constructions.table_values import is_share
from evidence.referee.mentions import Occurrence, Sentence, stem
from evidence.referee.relations.linking import Linker
from evidence.referee.relations.rank_phrases import NTH, PHRASE
from evidence.referee.relations.reach import base
from evidence.referee.tables import ReportCell

_FEWEST = 3
_DENIED = re.compile(
    r"\b(?:than|since|ever|on record|history|one of|among the|for (?:its|their) size|not|no longer|neither|nor|never|without|unlike|if|would|could|might|will|should|until|except\w*|excluding|apart from|other than"
    r"|outside|elsewhere|leaving|setting aside|besides|nationally|world|country|once|used to|previously|formerly|at (?:the )?(?:most|least)|perhaps|of the (?:two|three)|last year|smaller|larger|among those|of those|within|relative to|in relation to|compared|for (?:its|their|each|every)|per|(?:part|slice|element|component|share|source) of the [a-z]+ [a-z]+|interim|forecast|expected|planned)\b"
)
_BREAK = re.compile(r"[;:()]|, |\b(?:but|while|whereas|although|though|and|which|when|where|because)\b")
_ROSE = re.compile(
    r"\b(?:rise|rose|rising|increas\w+|growth|gr[eo]w\w*|gain\w*|improve\w*|climb\w*|jump\w*|advanc\w*|expan\w+|uplift|added)\b"
)
_FELL = re.compile(r"\b(?:fall\w*|fell|drop\w*|declin\w*|decreas\w*|reduc\w+|cuts?|loss\w*|lost|shr[iau]nk\w*|contract\w+|saving)\b")
_MOVED = re.compile(r"\b(?:chang\w+|mov\w+|shift\w*|swing)\b")
_RELATIVE = re.compile(r"\b(?:(?:in )?proportion\w*|percentage|relative\w*|per ?cent|rate|fastest|slowest|quickest)\b|%")
_ABSOLUTE = re.compile(r"\b(?:absolute|cash|numerical|in numbers?|in (?:number|volume|area|tonnes|hectares|places|money))\b")


@dataclass(frozen=True, eq=False, slots=True)
class _Order:
    """Rows by what each has.

    Attributes:
        values: The value of each row.
        columns: The columns they come from.
        kind: Whether they are levels, shares, changes, or changes in percent.
        told: What they are, in words.
    """

    values: dict[RowOfTable, Fraction]
    columns: tuple[int, ...]
    kind: str
    told: str

    def has(self, row: RowOfTable, among: frozenset[RowOfTable], place: int, sign: int) -> bool:
        """Return whether a row has a place from the top of some, or from the bottom where the sign is less than nought."""
        own, values = self.values[row], [value for other, value in self.values.items() if other in among]
        above = sum(value * sign > own * sign for value in values)
        return above < place <= above + sum(value == own for value in values)


def _orders(grid: Grid) -> Iterator[_Order]:
    """Yield the orders of the rows of a table: of each column, of changes between dated columns, and of rates of two columns."""
    columns = {
        column: {row: row.cells[column] for row in grid.rows if column in row.cells and not _LEFT.match(row.label.lower())}
        for column in grid.heads
    }
    for column, cells in columns.items():
        moved = re.search(r"chang|differ|growth|increase|decrease|\+/", grid.heads[column].lower())
        share = any(map(is_share, cells.values()))
        kind = ("change in percent" if share else "change") if moved else "share" if share else "level"
        yield _Order({row: cell.quantity.anchor for row, cell in cells.items()}, (column,), kind, grid.heads[column] or "number")
    for one, two in grid.pairs:
        yield from _changes(columns[one], columns[two], (one, two))
    dated = {column for pair in grid.pairs for column in pair}
    undated = [column for column, cells in columns.items() if column not in dated and not any(map(is_share, cells.values()))]
    for one, two in permutations(undated, 2):
        both = [row for row in columns[one] if row in columns[two] and columns[two][row].quantity.anchor]
        values = {row: columns[one][row].quantity.anchor / columns[two][row].quantity.anchor for row in both}
        yield _Order(values, (one, two), "rate", "rate")


_LEFT = re.compile(r"\W*(?:(?:all |any )?other|rest|remaining|unknown|not |none|mixed|average|mean|median|england|uk)")
"""What is no thing of its own among others."""


def _changes(first: dict[RowOfTable, ReportCell], second: dict[RowOfTable, ReportCell], columns: tuple[int, int]) -> Iterator[_Order]:
    both = [row for row in first if row in second and first[row].quantity.anchor]
    gaps = {row: second[row].quantity.anchor - first[row].quantity.anchor for row in both}
    told = "change"
    yield _Order(gaps, columns, "change", told)
    yield _Order({row: gap / first[row].quantity.anchor for row, gap in gaps.items()}, columns, "change in percent", f"{told} in percent")


def ranks_in_tables(sentence: Sentence, linker: Linker) -> Iterator[Compared]:
    """Yield whether a row that words call the most or the least is that in any column that may be meant."""
    low = sentence.text.lower()
    matches = list(PHRASE.finditer(low)) if linker.frames else []
    read = [(grid, named) for grid in grids_near(sentence, linker) if (named := named_rows(low, grid))] if matches else []
    for match in matches:
        found = [one for grid, named in read if len(grid.rows) >= _FEWEST for one in _judged(sentence, match, grid, named)]
        yield from [one for one in found if one.holds] or found[: len(read) == 1]


def _judged(sentence: Sentence, match: re.Match[str], grid: Grid, named: list[NamedRow]) -> Iterator[Compared]:
    start, end = _clause(match)
    clause = match.string[start:end]
    place = abs(NTH.get(match["nth"] or "first", 1))
    row = _thing(match, named, start, end)
    if not row or match["place"] or match["place2"] or _SO_MANY.search(match.string[: match.start()]) or _DENIED.search(clause):
        return
    held = [order for order in _orders(grid) if len(order.values) >= _FEWEST and row in order.values]
    chosen = _chosen(sentence, match, (start, end), held, grid)
    fits = [
        order
        for order in chosen
        if any(
            order.has(row, among, place, sign)
            for sign in _signs(match, clause, order)
            for among in (frozenset(grid.rows), grid.beside(row))
        )
    ]
    if chosen:
        order = (fits or chosen)[0]
        best = max(order.values, key=lambda one: order.values[one] * _signs(match, clause, order)[0])
        told = ", ".join(f"{one.label}: {one.cells[order.columns[0]].text}" for one in dict.fromkeys([row, best]))
        message = "" if fits else f'"{match[0]}", but {best.label} is by {order.told}.'
        cells = [one.cells[order.columns[0]] for one in dict.fromkeys([row, best])]
        yield worded("order", sentence, match.span(), f"{order.told}: {told}", message, Confidence.medium, cells[0].own_row, cells)


_SO_MANY = re.compile(r"(?:\d|two|three|four|five|six|seven|eight|nine|ten|of its|of their) $")
"""Before the largest of so many."""


def _clause(match: re.Match[str]) -> tuple[int, int]:
    """Return where the clause of a phrase begins and ends."""
    low = match.string
    start = max((found.end() for found in _BREAK.finditer(low, 0, match.start())), default=0)
    ended = _BREAK.search(low, match.end())
    return start, ended.start() if ended else len(low)


def _thing(match: re.Match[str], named: list[NamedRow], start: int, end: int) -> RowOfTable | None:
    """Return the one row that a clause names before a phrase, or else behind it."""
    before = [one for one in named if start <= one.start and one.end <= match.start()]
    behind = [one for one in named if match.end() <= one.start and one.end <= end]
    found = before or behind
    joined = before and any(0 < before[0].start - one.end <= _JOINED and one is not before[0] for one in named)
    apart = not before and found and _APART.search(match.string[match.end() : found[0].start])
    return found[0].row if len(found) == 1 and not (before and behind) and not joined and not apart else None


_JOINED = 6
_APART = re.compile(r"\b(?:from|near|beside|outside|towards|between|road|side|end|part|half)\b")


def _signs(match: re.Match[str], clause: str, order: _Order) -> tuple[int, ...]:
    """Return whether the most or the least of an order may be meant: 1 from the top, -1 from the bottom."""
    if match["either"]:
        return (1, -1)
    if order.kind.startswith("change") and (match["least"] or not (_ROSE.search(clause) or _FELL.search(clause))):
        return (1, -1)
    if order.kind.startswith("change") and _FELL.search(clause) and not _ROSE.search(clause):
        return (-1,)
    return (-1,) if match["least"] else (1,)


def _chosen(sentence: Sentence, match: re.Match[str], at: tuple[int, int], held: list[_Order], grid: Grid) -> list[_Order]:
    """Return the orders that may be meant; none where the words speak of what the table does not tell."""
    clause = match.string[slice(*at)]
    if _ROSE.search(clause) or _FELL.search(clause) or _MOVED.search(clause):
        kinds = (
            ["change in percent"]
            if _RELATIVE.search(clause)
            else ["change"]
            if _ABSOLUTE.search(clause)
            else ["change", "change in percent"]
        )
        return [order for order in held if order.kind in kinds and not (_in_points(sentence, match) and not _of_shares(order))]
    told = [
        m
        for m in sentence.mentions
        if at[0] <= m.start
        and (m.end <= match.start() or (m.start <= match.end() + _BESIDE and not re.search("[;:]", match.string[match.end() : m.start])))
    ]
    if match["either"] and _NO_NOUN.match(match.string, match.end()) and (_RELATIVE.search(clause) or _ABSOLUTE.search(clause)):
        return []
    by_number = [order for order in held if len(order.columns) == 1 and any(_is_cell(m, order, grid) for m in told)]
    if by_number:
        return by_number
    if _NO_NOUN.match(match.string, match.end()) and not _OF_ITSELF.fullmatch(match[0]):
        return []
    words = [stem(word) for word in re.findall(r"[a-z]{3,}", clause[match.end() - at[0] :]) if word not in _EMPTY]
    nouns = [word for word in words if not any(kin(word, stem(one)) for row in grid.rows for one in row.words)]
    heads = {column: [stem(word) for word in re.findall(r"[a-z]{3,}", head.lower())] for column, head in grid.heads.items()}
    own = {column for column, told_ in heads.items() if any(kin(word, noun) for word in told_ for noun in nouns)}
    if not own:
        return held if nouns and all(any(kin(noun, stem(one)) for one in grid.words) for noun in nouns) else []
    found = [order for order in held if own & set(order.columns)]
    rated = [order for order in found if order.kind in ("share", "rate")]
    plain = [order for order in found if order.kind not in ("rate",)]
    return (rated or found) if _RATED.search(clause) else (plain or found)


_RATED = re.compile(r"\b(?:rates?|proportion\w*|percentage|likely|per)\b")


def _in_points(sentence: Sentence, match: re.Match[str]) -> bool:
    return any(base(m) == "percentage points" and 0 <= m.start - match.end() <= _BESIDE for m in sentence.mentions)


def _of_shares(order: _Order) -> bool:
    return all(is_share(row.cells[column]) for row in order.values for column in order.columns)


_BESIDE = 40
_NO_NOUN = re.compile(r" (?:in|at|on|among|by|for|was|were|is|are|of)\b|[,.;)]|$")
_OF_ITSELF = re.compile(r"commonest|busiest|quietest|rarest|dearest|cheapest")
_EMPTY = word_set(
    "was were had has have such all the its and with for that this of in on at by number total share rate proportion figure level"
)


def _is_cell(mention: Occurrence, order: _Order, grid: Grid) -> bool:
    """Return whether a number may be a cell of the column of an order."""
    cells = [row.cells[order.columns[0]] for row in grid.rows if order.columns[0] in row.cells]
    percent = base(mention) == "percent"
    return any(mention.quantity.anchor == cell.quantity.anchor * scale and percent is is_share(cell) for cell in cells for scale in _SCALES)


_SCALES = (1, 1000, 10**6, 10**9)
