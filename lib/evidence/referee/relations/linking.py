"""Which cells of tables words speak of: a series of one row or one column in order of time, by its label, its head and what names its table."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

from evidence.quantity import Interval
from evidence.referee.comparing import ratio
from evidence.referee.mentions import Occurrence
from evidence.referee.relations.reach import Reach, base
from evidence.referee.relations.subjects import clause_words
from evidence.referee.relations.times import MONTHS
from evidence.referee.tables import ReportCell, ReportTable

Time = tuple[int, int]
"""A year, or 0 where none is told, and a quarter of it, or a month from 101, or 0."""
_MONTH = "|".join(MONTHS)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_YEAR = re.compile(r"(?<![\d,.£$€])((?:19|20)\d\d)(?:[/\u2013-]\d{2,4})?(?![\d,]\d)")
_PART = re.compile(
    rf"\b(?:q(?:uarter )?(?P<q>[1-4])|(?P<nth>first|second|third|fourth) quarter|(?P<m>{_MONTH}))\b(?! \w+ (?:be|have)\b)", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def times_in(text: str) -> tuple[tuple[Time, ...], str]:
    """Return the times that a text names, in order, and what is left of it.

    Example:
        >>> times_in("Claimants, August 2023"), times_in("Q3 2024"), times_in("2023/24")
        ((((2023, 108),), 'Claimants,  '), (((2024, 3),), ' '), (((2023, 0),), ''))
    """
    parts = [(found.start(), _part(found)) for found in _PART.finditer(text)]
    years = [(found.start(), int(found[1])) for found in _YEAR.finditer(text)]
    rest = _YEAR.sub("", _PART.sub("", text))
    if not parts:
        return tuple((year, 0) for _, year in years), rest
    told = [(min((abs(place - at), year) for place, year in years)[1] if years else 0, part) for at, part in parts]
    return tuple(told), rest


def _part(found: re.Match[str]) -> int:
    if found["q"]:
        return int(found["q"])
    return _ORDINALS[found["nth"].lower()] if found["nth"] else _MONTHS_FROM + MONTHS.index(found["m"].lower()) + 1


_MONTHS_FROM = 100


@dataclass(frozen=True, eq=False, slots=True)
class Series:
    """What a table tells of one thing at several times.

    Attributes:
        label: Label of its row and head of its column, without the times.
        words: The words of the label.
        times: When, in order.
        cells: What was then.
        all: Whether it is that of all rows.
        known: The words that name its table: caption, heads and heading.
        others: The words of the labels beside it.
    """

    label: str
    words: frozenset[str]
    times: tuple[Time, ...]
    cells: tuple[ReportCell, ...]
    all: bool
    known: frozenset[str]
    others: frozenset[str]

    @property
    def first(self) -> str:
        """The first word of its label, where no other label has it; else empty."""
        word = next(iter(re.findall(r"[a-z]+", plain(self.label))), "")
        own = next(iter(link_words(word)), "")
        return own if own and own not in self.others | self.known else ""

    @property
    def table(self) -> ReportTable:
        """The table it stands in."""
        return self.cells[0].table

    def pairs(self, named: tuple[Time, ...], *, since: bool = False) -> list[tuple[ReportCell, ReportCell]]:
        """Return the earlier and the later cell that words may speak of which name some times; none where it has other times."""
        held = [self._at(time) for time in named]
        if any(at is None for at in held):
            return []
        places = sorted({at for at in held if at is not None})
        last = len(self.cells) - 1
        if len(places) > 1:
            pairs = [(places[0], places[-1])]
        elif places and (since or places[0] == 0):
            pairs = [(places[0], last)]
        elif places:
            pairs = [(places[0] - 1, places[0]), *([(0, places[0])] if places[0] > 1 else [])]
        else:
            pairs = list(dict.fromkeys([(last - 1, last), (0, last)]))
        return [(self.cells[one], self.cells[two]) for one, two in pairs if one < two]

    def _at(self, time: Time) -> int | None:
        exact = [at for at, one in enumerate(self.times) if one == time or (not one[0] and one[1] == time[1] > 0)]
        loose = [at for at, one in enumerate(self.times) if (one[0] == time[0] and not time[1]) or (not time[0] and one[1] == time[1] > 0)]
        return exact[-1] if exact else loose[-1] if loose else None


FILLERS = frozenset(
    clause_words(
        "total number numbers spending income amount figure figures overall together again then now however meanwhile thus therefore also sharply slightly whole average level levels "
        "value values count service services people"
    )
)


@dataclass(frozen=True, eq=False, slots=True)
class TableFrame:
    """What names a table: the words of its caption, its heads and the heading it stands under, and that heading."""

    table: ReportTable
    cells: tuple[ReportCell, ...]
    words: frozenset[str]
    heading: str


@dataclass(frozen=True)
class Linker:
    """The tables of a report, by what words may name in them.

    Attributes:
        reach: The report.
    """

    reach: Reach

    @cached_property
    def frames(self) -> list[TableFrame]:
        """The tables, each with what names it."""
        found, heading = [], ""
        for block in self.reach.document.blocks:
            heading = block.sentences[0].text if block.kind == "heading" and block.sentences else heading
            cells = self.reach.cells_in(block.table) if block.table else []
            if block.table and cells:
                told = " ".join([self.reach.captions.get(id(block.table), ""), *block.table.heads, heading])
                found.append(TableFrame(block.table, tuple(cells), link_words(times_in(told)[1]), heading))
        return found

    @cached_property
    def series(self) -> list[Series]:
        """What tables tell of several times: rows whose heads name times, and columns whose rows do."""
        return [one for frame in self.frames for one in (*_rows(frame), *_down(frame))]

    @cached_property
    def _frames(self) -> dict[int, TableFrame]:
        return {id(frame.table): frame for frame in self.frames}

    def frame(self, cell: ReportCell) -> TableFrame:
        """Return the table of a cell with what names it."""
        return self._frames[id(cell.table)]

    def caption(self, frame: TableFrame) -> str:
        """Return the words before a table that name it."""
        return self.reach.captions.get(id(frame.table), "")

    @cached_property
    def _often(self) -> Counter[tuple[Fraction, str]]:
        return Counter((m.quantity.anchor, base(m)) for one in self.reach.sentences for m in one.mentions)

    @cached_property
    def _anchors(self) -> list[Fraction]:
        return sorted(abs(cell.quantity.anchor) * scale for cell in self.reach.cells for scale in _SCALES)

    def stands(self, mention: Occurrence) -> bool:
        """Return whether a number is a cell, or told again elsewhere."""
        if self._often[mention.quantity.anchor, base(mention)] > 1:
            return True
        at = bisect_left(self._anchors, min(mention.quantity.interval.low, mention.quantity.anchor))
        return at < len(self._anchors) and self._anchors[at] <= max(mention.quantity.interval.high, mention.quantity.anchor)

    @cached_property
    def _digits(self) -> dict[str, list[ReportCell]]:
        found: dict[str, list[ReportCell]] = {}
        for cell in self.reach.cells:
            for key in _keys(cell.text):
                found.setdefault(key, []).append(cell)
        return found

    def like(self, text: str) -> list[ReportCell]:
        """Return the cells that have the digits of a number in another order, or differ in one of them."""
        return list(dict.fromkeys(cell for key in _keys(text) for cell in self._digits.get(key, [])))


def _keys(text: str) -> list[str]:
    digits = re.sub(r"\D", "", text)[:_LONGEST]
    return ["".join(sorted(digits)), *(f"{digits[:at]}.{digits[at + 1 :]}" for at in range(len(digits)))] if len(digits) > 1 else []


_LONGEST = 12
_SCALES = (Fraction(1), Fraction(1000), Fraction(10**6))


def plain(label: str) -> str:
    """Return a label without what stands in brackets and a letter that numbers it.

    Example:
        >>> plain("A. Building renovation (homes)"), plain("Small (10 to 49)")
        ('building renovation', 'small')
    """
    return re.sub(r"^[a-z][.)] ", "", re.sub(r" ?\([^)]*\)", "", label).strip("* :").lower()).strip()


def _rows(frame: TableFrame) -> Iterator[Series]:
    labels = {cell.row for cell in frame.cells}
    rows: dict[tuple[int, str], list[tuple[Time, ReportCell]]] = {}
    for cell in frame.cells:
        times, rest = times_in(cell.head)
        if len(times) == 1 and not re.search(r"change|share|increase|difference|growth|\bof\b", rest.lower()):
            rows.setdefault((cell.place, rest.strip(" ,:-\u2013(")), []).append((times[0], cell))
    for (_, rest), held in rows.items():
        if len(held) > 1 and len({time for time, _ in held}) == len(held):
            yield _series(held, f"{held[0][1].row}", rest, frame, labels)


def _down(frame: TableFrame) -> Iterator[Series]:
    columns: dict[int, list[tuple[Time, ReportCell]]] = {}
    labels = list(dict.fromkeys(cell.row for cell in frame.cells if not cell.all))
    kinds = {label: times_in(label)[0] for label in labels}
    if not labels or not all(len(times) == 1 for times in kinds.values()):
        return
    kind = _kind(kinds[labels[0]][0])
    for cell in frame.cells:
        if not cell.all and _kind(kinds[cell.row][0]) == kind:
            columns.setdefault(cell.column, []).append((kinds[cell.row][0], cell))
    heads = {cell.head for cell in frame.cells}
    for held in columns.values():
        if len(held) > 1 and len({time for time, _ in held}) == len(held):
            yield _series(held, held[0][1].head, "", frame, heads)


def _kind(time: Time) -> tuple[bool, int]:
    return time[0] > 0, time[1] // _MONTHS_FROM if time[1] else -1


def _series(held: list[tuple[Time, ReportCell]], label: str, more: str, frame: TableFrame, labels: set[str]) -> Series:
    ordered = sorted(held, key=lambda one: one[0]) if all(time[0] for time, _ in held) else held
    others = frozenset(word for other in labels if other != label for word in link_words(plain(other)))
    own = link_words(f"{plain(label)} {plain(more)}")
    return Series(
        f"{label} {more}".strip(),
        own,
        tuple(time for time, _ in ordered),
        tuple(cell for _, cell in ordered),
        held[0][1].all,
        frame.words,
        others,
    )


def strange(words: frozenset[str], series: Series) -> frozenset[str]:
    """Return which words neither the label of a series nor its table has."""
    known = series.words | series.known
    return frozenset(word for word in words - known - FILLERS - _measured(words) if not any(_kin(word, one) for one in known))


_ROOT = 4


def _kin(one: str, two: str) -> bool:
    return len(one) >= _ROOT <= len(two) and one[:_ROOT] == two[:_ROOT]


def named(words: frozenset[str], found: list[Series]) -> list[Series]:
    """Return the series whose label words all stand among others, without those whose label is a part of another's; those of all by what names their table."""
    held = [
        one for one in found if _measured(words) == _measured(one.words) or (one.cells[0].quantity.unit == "percent" and _measured(words))
    ]
    own = [one for one in held if not one.all and one.words and all(any(word == w or _kin(word, w) for w in words) for word in one.words)]
    most = [one for one in own if not any(one.words < other.words for other in own)]
    if most:
        return most
    loose = [one for one in held if not one.all and one.first and any(one.first == w or _kin(one.first, w) for w in words)]
    if len(loose) == 1:
        return loose
    return [one for one in held if one.all and words & (one.known | one.words) and not words & (one.others - one.known)]


_MEASURES = re.compile(r"\b(?:rate|share|proportion|average|mean|median|percentage|balance|index|ratio|per|each)s?\b")


def link_words(text: str) -> frozenset[str]:
    """Return the words of a text that say what it is about, and those that say how it is measured."""
    low = text.lower()
    return frozenset(clause_words(low)) | frozenset(found.removesuffix("s") for found in _MEASURES.findall(low))


def _measured(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if _MEASURES.fullmatch(word))


def relative(one: ReportCell, two: ReportCell) -> Interval | None:
    """Return by how much in percent a later cell is above or below an earlier one."""
    gap = two.quantity.interval - one.quantity.interval
    gap = -gap if gap.high < 0 else gap
    return ratio(gap.scaled(Fraction(100)), one.quantity.interval)


def same(mention: Occurrence, cell: ReportCell) -> bool:
    """Return whether a number in words may be a cell, whose scale its table may tell."""
    own = mention.quantity.interval
    return any(own.meets(cell.quantity.interval.scaled(scale)) or own.contains(abs(cell.quantity.anchor) * scale) for scale in _SCALES)
