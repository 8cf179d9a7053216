"""Rows of the tables beside a sentence, and which of them its words name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations

from evidence.quantity.words import word_set
from evidence.referee.mentions import YEAR, Sentence
from evidence.referee.relations.linking import Linker, TableFrame, plain
from evidence.referee.tables import ReportCell

_FEWEST = 2
_EMPTY = word_set(
    "and or of the in to for at by on with from all any hmp their its per year years total share number proportion percentage rate average mean median change"
)
_REST = frozenset(("other", "rest", "remaining", "unknown", "non", "not", "net", "new", "under", "over", "up", "more", "less", "than"))
_ROOT = 4


@dataclass(frozen=True, eq=False)
class RowOfTable:
    """A row of a table.

    Attributes:
        label: What it is called.
        place: Its line or page.
        cells: Its numbers by their columns.
        all: Whether it is that of the total.
    """

    label: str
    place: int
    cells: dict[int, ReportCell]
    all: bool

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of its label that say what it is of."""
        return tuple(word for word in map(bare, re.findall(r"[a-z]+", plain(self.label))) if word not in _EMPTY and len(word) > 1)

    @cached_property
    def initials(self) -> str:
        """The first letters of its label, where it has three words or more: VAT."""
        words = re.findall(r"[a-z]+", plain(self.label))
        return "".join(word[0] for word in words) if len(words) > _FEWEST else ""


@dataclass(frozen=True, eq=False)
class Grid:
    """A table as it is read beside a sentence.

    Attributes:
        frame: The table, with what names it.
        caption: The words before it.
        rows: Its rows, without those of totals.
        whole: The row of the total; None where there is none, or several.
        totals: The places of the rows of totals.
    """

    frame: TableFrame
    caption: str
    rows: tuple[RowOfTable, ...]
    whole: RowOfTable | None
    totals: tuple[int, ...]

    def beside(self, row: RowOfTable) -> frozenset[RowOfTable]:
        """Return a row and those beside it up to the totals above and below."""
        above = sum(place < row.place for place in self.totals)
        return frozenset(one for one in self.rows if sum(place < one.place for place in self.totals) == above)

    @cached_property
    def heads(self) -> dict[int, str]:
        """What its columns are called."""
        return {cell.column: cell.head for cell in self.frame.cells}

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its caption, its heads and its labels."""
        told = " ".join([self.caption, *self.frame.table.heads, *(row.label for row in self.rows)]).lower()
        return frozenset(map(bare, re.findall(r"[a-z]+", told)))

    @cached_property
    def own(self) -> dict[RowOfTable, tuple[str, ...]]:
        """Of each row the words of its label that no other label has, and neither its caption nor a head."""
        known = frozenset(map(bare, re.findall(r"[a-z]+", " ".join([self.caption, *self.frame.table.heads[1:]]).lower())))
        found = {}
        for row in self.rows:
            others = [word for other in self.rows if other is not row for word in other.words]
            found[row] = tuple(
                word
                for word in row.words
                if len(word) >= _ROOT - 1 and word not in _REST and not any(kin(word, one) for one in (*others, *known))
            )
        return found

    def knows(self, word: str) -> bool:
        """Return whether its caption, a head or a label has a word."""
        return any(kin(bare(word), one) for one in self.words)

    @cached_property
    def pairs(self) -> list[tuple[int, int]]:
        """The pairs of columns whose heads differ in their year only, in order."""
        dated = {
            column: YEAR.sub("", head) for column, head in self.heads.items() if YEAR.search(head) and not _CHANGED.search(head.lower())
        }
        return [(one, two) for one, two in combinations(dated, 2) if dated[one] == dated[two]]


_CHANGED = re.compile(r"chang|differ|growth|increase|decrease|\+/|[\u2013-] ?(?:19|20)\d\d")
"""Heads of columns that tell by how much something moved."""


@dataclass(frozen=True, eq=False, slots=True)
class NamedRow:
    """Where a text names a row.

    Attributes:
        start: Offset of the first of its words.
        end: Offset behind the last.
        row: The row.
        full: Whether all words of its label stand there.
    """

    start: int
    end: int
    row: RowOfTable
    full: bool


@lru_cache(maxsize=16384)
def bare(word: str) -> str:
    """Return a word without the ending of a plural or a genitive.

    Example:
        >>> bare("burglaries"), bare("oats"), bare("glass")
        ('burglary', 'oat', 'glass')
    """
    low = word.lower()
    if low.endswith("ies") and len(low) > _ROOT:
        return f"{low[:-3]}y"
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us")) and len(low) > _ROOT - 1 else low


@lru_cache(maxsize=65536)
def kin(one: str, two: str) -> bool:
    """Return whether two words are one word with another ending: "agriculture" and "agricultural"."""
    if one == two:
        return True
    least = min(len(one), len(two))
    same = next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), least)
    return least >= _ROOT and same >= max(_ROOT, least - 1)


def grids_near(sentence: Sentence, linker: Linker) -> list[Grid]:
    """Return the tables under the heading of a sentence, as they are read beside it."""
    return [grid for frame in linker.frames if _is_near(sentence, frame) and (grid := _grid(frame, linker.caption(frame))).rows]


_FAR = 60
"""How many lines lie at most between a sentence and a table that it is read with."""


def _is_near(sentence: Sentence, frame: TableFrame) -> bool:
    place = frame.cells[0].place
    return sentence.heading == frame.heading and abs(sentence.place - place) <= _FAR


@lru_cache(maxsize=256)
def _grid(frame: TableFrame, caption: str) -> Grid:
    found: dict[tuple[str, int], list[ReportCell]] = {}
    for cell in frame.cells:
        found.setdefault((cell.row, cell.place), []).append(cell)
    rows = [RowOfTable(label, place, {cell.column: cell for cell in cells}, cells[0].all) for (label, place), cells in found.items()]
    wholes = [row for row in rows if row.all]
    return Grid(
        frame,
        caption,
        tuple(row for row in rows if not row.all),
        wholes[0] if len(wholes) == 1 else None,
        tuple(row.place for row in wholes),
    )


def named_rows(text: str, grid: Grid) -> list[NamedRow]:
    """Return where a text in small letters names rows of a table, in order: by all words of a label, or by its first where only it has that."""
    words = [(found.start(), found.end(), bare(found[0])) for found in re.finditer(r"[a-z]+", text)]
    found = [one for row in grid.rows for one in (*_by_words(row, words, grid), *_by_figures(row, text))]
    kept: list[NamedRow] = []
    for one in sorted(found, key=lambda one: (-one.full, -len(one.row.words), one.end - one.start)):
        if not any(one.start < other.end and other.start < one.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


_LOOSE = 3
"""Words that may stand between those of a label."""


def _by_words(row: RowOfTable, words: list[tuple[int, int, str]], grid: Grid) -> Iterator[NamedRow]:
    label, own = row.words, grid.own[row]
    if _REST.issuperset(label) or re.search(r"\d", plain(row.label)):
        return
    for at, (start, end, word) in enumerate(words):
        if row.initials == word:
            yield NamedRow(start, end, row, full=True)
        elif label and kin(label[0], word) and (last := _whole(label, words, at)) >= 0:
            yield NamedRow(start, words[last][1], row, full=True)
        if own[:1] == label[:1] and own and kin(own[0], word):
            yield NamedRow(start, end, row, full=len(label) == 1)


def _whole(label: tuple[str, ...], words: list[tuple[int, int, str]], at: int) -> int:
    """Return at which word a label ends that begins at another; -1 where not all of its words follow."""
    last = at
    for wanted in label[1:]:
        ahead: Iterable[int] = range(last + 1, min(last + 1 + _LOOSE, len(words)))
        last = next((one for one in ahead if kin(wanted, words[one][2])), -1)
        if last < 0:
            return -1
    return last


_RANGE = re.compile(r"(\d+) ?(?:-|\u2013|to) ?(\d+)")
_WORDS = ("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _by_figures(row: RowOfTable, text: str) -> Iterator[NamedRow]:
    """Yield where a text names a row that is called by figures: a year, an age, or from so much to so much."""
    label = plain(row.label)
    figures = re.findall(r"\d+", label)
    if figures and row.words:
        literal = r"[ -]".join(map(re.escape, label.split()))
        yield from (NamedRow(found.start(), found.end(), row, full=True) for found in re.finditer(rf"(?<!\w){literal}(?!\w)", text))
    if row.words or not figures:
        return
    if len(figures) == 1 and not YEAR.fullmatch(label) and not re.search(r"\d\+", label):
        return
    between = r"(?:-| ?\u2013 ?|- and | and | to |- to )"
    told = between.join(rf"(?:{one}|{_WORDS[int(one)]})" if int(one) < len(_WORDS) else one for one in figures)
    for found in re.finditer(rf"(?<![\w.,£$€]){told}(?![\w]|[.,]\d)(?:[ -](?:years?|olds?|year))*", text):
        yield NamedRow(found.start(), found.end(), row, full=True)
