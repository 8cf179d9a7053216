"""What a table puts in order: the things of one column, or of one row, by what each has, or by how far it moved between two times."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import permutations

from evidence.referee.mentions import FALL, RISE, Occurrence
from evidence.referee.relations.linking import TableFrame, Time, link_words, plain, times_in
from evidence.referee.relations.reach import base
from evidence.referee.tables import ReportCell, dated_heads

FEWEST = 3
"""How many things an order has at least."""
CHANGED = re.compile(rf"\b(?:{RISE}|{FALL}|changes?|changed|added|adding|turnaround|difference|swing|up|down)\b")
_MEAN = re.compile(
    r"(?:the |all )?(?:whole )?(?:year|average|mean|median|england|wales|scotland|uk|united kingdom|great britain|britain|national|nation|country|overall|region)\b.*|.*\b(?:average|mean|median|total)",
    re.IGNORECASE,
)
_REST = re.compile(r"(?:all |any )?others?\b|elsewhere|rest\b|remaining|unknown|not (?:known|stated)|missing|none\b|mixed\b", re.IGNORECASE)
_IS_RANK = re.compile(r"\b(?:rank|position|place)\b")


@dataclass(frozen=True, eq=False)
class Ladder:
    """Things in the order of what each has.

    Attributes:
        frame: The table, with what names it.
        steps: The label of each thing with its value; the rows of totals and means left out.
        head: What all of them have, in words.
        cells: The cells that the values are, or are reckoned from, by label.
        moved: Whether they are changes from one time to another.
        times: The times that the head names.
        rated: Whether they are rates: percentages, means, or so much for each.
        derived: Whether they are reckoned from cells that no words need name, so that only a number that is told can mean them.
    """

    frame: TableFrame
    steps: dict[str, Fraction]
    head: str
    cells: Mapping[str, tuple[ReportCell, ...]]
    moved: bool
    times: tuple[Time, ...] = ()
    rated: bool = False
    derived: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that say what all of them have."""
        return link_words(times_in(self.head.lower())[1])

    def places(self, label: str) -> set[int]:
        """Return which places a thing has from the top, and as negative numbers from the bottom, with and without what is the rest of all."""
        found = set[int]()
        rows = self._rows(label)
        without = {name: value for name, value in self.steps.items() if name == label or not _REST.match(name)}
        kin = {name: value for name, value in self.steps.items() if bool(re.match(r"\d", name)) is bool(re.match(r"\d", label))}
        for steps in (self.steps, without, kin, {name: value for name, value in self.steps.items() if name in rows}):
            own = steps[label]
            above = sum(value > own for value in steps.values())
            level = sum(value == own for value in steps.values())
            found |= {above + 1 + at for at in range(level)} | {-(len(steps) - above - at) for at in range(level)}
        return found

    def nearest(self) -> frozenset[int]:
        """Return the place from the top of what moved least in each way: the last above nought, and the first below it."""
        above, below = sum(value > 0 for value in self.steps.values()), sum(value >= 0 for value in self.steps.values()) + 1
        return frozenset(at for at in (above, below) if 0 < at <= len(self.steps))

    def _rows(self, label: str) -> frozenset[str]:
        """Return the things beside one in its table, up to the totals above and below it."""
        place = self.cells[label][0].place
        totals = [cell.place for cell in self.frame.cells if cell.all]
        above, below = max((at for at in totals if at < place), default=-1), min((at for at in totals if at > place), default=10**9)
        return frozenset(name for name, cells in self.cells.items() if above < cells[0].place < below or cells[0].place == place)

    def has(self, label: str, number: Occurrence) -> bool:
        """Return whether a number may be what a thing has."""
        value, own, percent = abs(self.steps[label]), number.quantity, base(number) == "percent"
        if percent is not self.rated and (percent or self.derived or self.cells[label][0].quantity.unit == "percent"):
            return False
        scales = (100,) if percent and len(self.cells[label]) > 1 else (1, 1000, 10**6)
        return any(own.interval.contains(value * scale) or own.anchor == value * scale for scale in scales)


def ladders(frame: TableFrame) -> Iterator[Ladder]:
    """Yield the orders that a table tells: of its columns, of the rows whose columns are times, and of the changes between times."""
    columns: dict[int, list[ReportCell]] = {}
    for cell in frame.cells:
        if not cell.all and not _MEAN.fullmatch(cell.row):
            columns.setdefault(cell.column, []).append(cell)
    for cells in columns.values():
        yield from _ladder(frame, {cell.row: (cell,) for cell in cells}, cells[0].head)
    yield from _across(frame)
    yield from _moves(frame, columns)
    yield from _shares(frame, columns)


def _ladder(frame: TableFrame, cells: dict[str, tuple[ReportCell, ...]], head: str) -> Iterator[Ladder]:
    """Yield the order of some cells; of times only those of one kind, years or months or quarters."""
    kinds = {label: [(time[0] > 0, time[1] > 0, time[1] > _MONTHS) for time in times_in(label)[0]] for label in cells}
    most = Counter(str(kind) for kind in kinds.values()).most_common(1)[0][0] if cells else ""
    cells = {label: one for label, one in cells.items() if str(kinds[label]) == most or not kinds[label]}
    if len(cells) >= FEWEST and not _IS_RANK.search(head.lower()) and len({one[0].quantity.unit for one in cells.values()}) == 1:
        steps = {label: one[0].quantity.anchor for label, one in cells.items()}
        rated = next(iter(cells.values()))[0].quantity.unit == "percent" or bool(_RATED.search(head.lower()))
        yield Ladder(frame, steps, head, cells, bool(CHANGED.search(head.lower())), times_in(head)[0], rated)


_MONTHS = 100
_RATED = re.compile(r"%|per ?cent|\b(?:share|rate|proportion|percentage|ratio|per|each|average|mean|median|index)\b")


def _across(frame: TableFrame) -> Iterator[Ladder]:
    """Yield the order of the columns in each row that are times."""
    rows: dict[int, list[ReportCell]] = {}
    for cell in frame.cells:
        rows.setdefault(cell.place, []).append(cell)
    for cells in rows.values():
        held = [cell for cell in cells if times_in(cell.head)[0] and not times_in(cell.head)[1].strip()]
        if len({cell.head for cell in held}) == len(held):
            yield from _ladder(frame, {cell.head: (cell,) for cell in held}, cells[0].row)


def _moves(frame: TableFrame, columns: dict[int, list[ReportCell]]) -> Iterator[Ladder]:
    """Yield the order of the changes from the first and from the last but one of the times of a table to the last, in its unit and in percent."""
    dated = dated_heads(frame.table)
    held = {cells[0].head: {cell.row: cell for cell in cells} for cells in columns.values() if cells[0].head in dated}
    heads = sorted(held, key=lambda head: times_in(head)[0])
    for first in dict.fromkeys((heads[0], heads[-2])) if len(heads) > 1 else ():
        one, two = held[first], held[heads[-1]]
        both = {label: (one[label], two[label]) for label in one if label in two}
        gaps = {label: b.quantity.anchor - a.quantity.anchor for label, (a, b) in both.items()}
        parts = {label: gaps[label] / abs(a.quantity.anchor) for label, (a, _) in both.items() if a.quantity.anchor}
        head = f"change {times_in(first)[1]}"
        for steps in (gaps, parts):
            if len(steps) == len(both) >= FEWEST:
                yield Ladder(frame, steps, head, both, moved=True, rated=steps is parts)


def _shares(frame: TableFrame, columns: dict[int, list[ReportCell]]) -> Iterator[Ladder]:
    """Yield the orders of the shares of each thing in a column, and of one column in another."""
    held = [
        {cell.row: cell for cell in cells} for cells in columns.values() if len(cells) >= FEWEST and cells[0].quantity.unit != "percent"
    ]
    for one in held:
        whole = sum(cell.quantity.anchor for cell in one.values())
        if whole > 0:
            steps = {label: cell.quantity.anchor / whole for label, cell in one.items()}
            yield Ladder(frame, steps, "share", {label: (cell, cell) for label, cell in one.items()}, False, rated=True, derived=True)
    for one, two in permutations(held[:_MOST], 2):
        if one.keys() == two.keys() and all(cell.quantity.anchor > 0 for cell in two.values()):
            steps = {label: cell.quantity.anchor / two[label].quantity.anchor for label, cell in one.items()}
            cells = {label: (cell, two[label]) for label, cell in one.items()}
            head = f"{next(iter(one.values())).head} / {next(iter(two.values())).head}"
            yield Ladder(frame, steps, head, cells, False, rated=True, derived=True)


_MOST = 6


def named_in(text: str, labels: list[str]) -> list[tuple[int, int, str]]:
    """Return where labels stand in a text, each with its place; the longest where two stand in one place.

    A label with times stands where its time does; a name of several words also where its first word does, if that is a name that no other begins with.

    Example:
        >>> named_in("Upper Wene is far behind East Fells.", ["Upper Wene", "Fells", "East Fells and Dale"])
        [(0, 10, 'Upper Wene'), (30, 35, 'Fells')]
    """
    found: list[tuple[int, int, str]] = []
    for label in sorted(dict.fromkeys(labels), key=len, reverse=True):
        for match in _rule(label, labels).finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _ in found):
                found.append((match.start(), match.end(), label))
    return sorted(found)


_NO_NAME = re.compile(
    r"north|south|east|west|upper|lower|great|little|port|new|other|level|table|total|high|saint|under|over|less|more|from|aged|self|public|private|local|large|small|medium"
)
"""What the first word of a label begins with that does not name it by itself."""


def _rule(label: str, labels: list[str]) -> re.Pattern[str]:
    whole = plain(label)
    words = re.sub(r" ?\([^)]*\)", "", label).strip("* :").split()
    first = words[0] if len(words) > 1 else ""
    short = first[:1].isupper() and len(first) > _SHORT and sum(other.startswith(first) for other in labels) == 1
    short = short and not _NO_NAME.match(first.lower())
    ways = [rf"(?i:{re.escape(whole)})", *([re.escape(first)] if short else []), rf"(?i:{_loose(whole)})", *_nth(label, labels)]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways)})(?![\w-]|[/\u2013]\d)") if whole else _NEVER


def _nth(label: str, labels: list[str]) -> Iterator[str]:
    """Yield what else a label of a time is called among the labels beside it: "the second quarter" for "April to June", "the first year"."""
    times = [times_in(one)[0] for one in labels]
    at = labels.index(label)
    if len(labels) == _QUARTERS and all(time and time[0][1] == _MONTHS + 1 + 3 * n for n, time in enumerate(times)):
        yield rf"(?i:{_ORDINALS[at]} quarter)"
    if FEWEST <= len(labels) <= len(_ORDINALS) and all(_A_YEAR.fullmatch(one) for one in labels) and labels == sorted(labels):
        yield rf"(?i:{_ORDINALS[at]} year)"


_QUARTERS, _ORDINALS, _A_YEAR = 4, ("first", "second", "third", "fourth", "fifth"), re.compile(r"(?:19|20)\d\d[/\u2013-]\d\d(?:\d\d)?")


def _loose(label: str) -> str:
    """Return the words of a label with other endings: "nurses and midwives" for "nursing and midwifery", "the third quarter" for "Q3"."""
    words, most = re.findall(r"[a-z]+|[^a-z]+", label), 5 if " " in label else 7
    return "".join(
        rf"{word[: min(len(word) - 3, most)]}\w*" if len(word) > _SHORT + 2 else re.escape(word) + "s?" * (len(word) > _SHORT)
        for word in words
    )


_NEVER, _SHORT = re.compile(r"(?!)"), 3
