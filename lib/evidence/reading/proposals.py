"""What a document proposes to the library: of each of its numbers a record as far as its words tell, or why it is no evidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, islice

from evidence.catalog import plain as digits
from evidence.catalog.figures import COLUMN
from evidence.catalog.verify import Text
from evidence.catalog.verify.apparatus import apparatus
from evidence.catalog.verify.text import Span
from evidence.errors import SourceError
from evidence.quantity import Found, Quantity, under_head
from evidence.reading.about import NOTHING, About, known_place, period, place, population, somebody
from evidence.reading.blocks import HEADING, ITEM, PARAGRAPH, ROW, Stretch, blocks, sentences
from evidence.reading.excuses import excuse, passage
from evidence.reading.findings import findings
from evidence.reading.naming import Names, slug, telling
from evidence.reading.notes import Notes
from evidence.reading.proposed import NOTHING_GIVEN, Given, Proposed
from evidence.reading.quoting import quote
from evidence.reading.stating import counted, direction, numbers, read_number
from evidence.reading.table_columns import TableCell, Tables
from evidence.reading.years import EVENT, years

MOST = 20_000
"""Numbers of a document at most; with those that state nothing, such as the pages of a reference, three times as many are looked at."""
_FAR = 350
"""Characters on each side of a number that are still of its sentence; of a longer one up to twice as many, so that the numbers near it share them."""

CALENDAR_YEAR = "calendar year"
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_UNREAD = "It does not read as a number: say what it counts, or why it is no evidence"


def proposals(text: Text, given: Given = NOTHING_GIVEN, added: Iterable[Span] = ()) -> list[Proposed]:
    r"""Return a proposal for each number that a text states, in order; of a range one for each end.

    Args:
        text: The text of the document.
        given: What holds of the whole document.
        added: Where somebody has found numbers that the reading does not see.

    Raises:
        SourceError: If it states more numbers than anybody could decide on.

    Example:
        >>> (one,) = proposals(Text("# Pay\n\nIn 2025, 60% of small firms in Leeds raised pay."))
        >>> one.cells["stated"], one.cells["population"], one.cells["place"], one.cells["period"], one.cells["locator"]
        ('60%', 'small firms', 'Leeds', '2025', 'Pay, line 3')
    """
    found = list(_Proposer(text, given).proposed(set(added)))
    results = findings(text, given.ids | {one.cells["id"] for one in found}) if given.findings else ()
    return sorted([*results, *found], key=lambda one: one.span)


def _too_many() -> SourceError:
    told = f"the document states more than the {MOST:,} numbers that somebody could decide on."
    return SourceError(f"{told} Read the part that matters, stored by itself.")


def _labelled(told: dict[str, About], cell: TableCell) -> set[str]:
    """Return by which of its cells a number's record says what its label says, without which no label may stand on a chart."""
    return {name for name, about in told.items() if about.words and about.words == cell.label}


def _merged(spans: list[Span]) -> list[Span]:
    """Return spans in order, those that lie within others left out and those that overlap in one."""
    merged: list[Span] = []
    for low, high in sorted(spans):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], high)
        else:
            merged.append((low, high))
    return merged


def _word_after(plain: str, position: int) -> int:
    """Return where the first whole word behind an offset begins; the start of the text for an offset before it."""
    return 0 if position <= 0 else plain.find(" ", position) + 1


class _Proposer:
    def __init__(self, text: Text, given: Given) -> None:
        self.text, self.given = text, given
        self.notes, self.names = Notes(text), Names(given.ids)
        self.blocks = blocks(text)
        notes = [one.span for one in self.blocks if self.notes.cites(text.raw[one.lines[0]], text.plain[slice(*one.span)])]
        self.silent, self.cited = _merged(apparatus(text)), _merged(notes)
        self.starts = [block.span[0] for block in self.blocks]
        self.tables = Tables(text, self.blocks)
        self.sentences: dict[Span, list[Span]] = {}
        self.named: dict[int, str] = {}
        self.turns: dict[str, str] = {}
        self.labelled: set[tuple[str, str]] = set()
        self.located: set[tuple[str, str]] = set()
        self.events: set[int] = set()

    def proposed(self, added: Set[Span]) -> Iterator[Proposed]:
        stated, events = self._stated(), list(islice(self._events(), MOST + 1))
        if len(stated) + len(events) > MOST:
            raise _too_many()
        self.events = {found.start for found in events}
        stated = sorted([*stated, *events, *self._pointed_at(added, stated)], key=lambda found: (found.start, found.end))
        for index, found in enumerate(stated):
            block = self._block(found.start)
            sentence = self._sentence(block, found)
            near = stated[max(0, index - 1) : index]
            for one in self._of(found, block, sentence, near[0] if near else None):
                yield replace(one, added=True) if one.span in added else one

    def _stated(self) -> list[Found]:
        """Return the numbers that state something, or of too many so many that this is known."""
        found = chain(self._in_cells(), self._in_prose())
        return list(islice((one for one in found if not self._silent(one)), MOST + 1))

    def _events(self) -> Iterator[Found]:
        """Yield the years that say when something happened."""
        for block in self.blocks:
            for low, high in (
                sentences(self.text, block) if block.kind in (PARAGRAPH, ITEM) and _YEAR.search(self.text.plain, *block.span) else ()
            ):
                for year in years(self.text.plain[low:high]):
                    found = Found(self.text.plain[low + year.start : low + year.end], low + year.start, low + year.end)
                    if year.reason == EVENT and not self._silent(found):
                        yield found

    def _pointed_at(self, added: Set[Span], stated: Sequence[Found]) -> Iterator[Found]:
        known = {(found.start, found.end) for found in stated}
        yield from (Found(self.text.plain[low:high], low, high) for low, high in added - known if low < high <= len(self.text.plain))

    def _in_prose(self) -> Iterator[Found]:
        for looked_at, whole in enumerate(numbers(self.text.plain)):
            if looked_at == 3 * MOST:
                raise _too_many()
            yield from (found for found in self._apart(whole) if self._block(found.start).kind != ROW)

    def _in_cells(self) -> Iterator[Found]:
        """Yield the numbers of tables, each within its cell: two cells side by side are never one number."""
        for low, high in self.tables.spans:
            for found in numbers(self.text.plain[low:high]):
                yield Found(found.text, low + found.start, low + found.end)

    def _apart(self, found: Found) -> Iterator[Found]:
        """Yield a number, or where it goes on over the end of a paragraph, what stands in each."""
        end = self._block(found.start).span[1]
        if found.end <= end:
            yield found
            return
        for low, high in ((found.start, end), (end, found.end)):
            for part in numbers(self.text.plain[low:high]):
                yield Found(part.text, low + part.start, low + part.end)

    def _silent(self, found: Found) -> bool:
        """Return whether a number stands in what states nothing."""
        return self._within(self.silent, found)

    def _within(self, spans: list[Span], found: Found) -> bool:
        index = bisect_right(spans, (found.start, len(self.text.plain))) - 1
        return index >= 0 and found.end <= spans[index][1]

    def _block(self, position: int) -> Stretch:
        index = bisect_right(self.starts, position) - 1
        return self.blocks[index] if index >= 0 else Stretch("", (0, len(self.text.plain)), (0, 0), "")

    def _sentence(self, block: Stretch, found: Found) -> Span:
        """Return the sentence of a number, or the part of it around the number where it is longer than anybody writes."""
        if block.span not in self.sentences:
            self.sentences = {block.span: sentences(self.text, block)}
        there = self.sentences[block.span]
        index = bisect_right(there, (found.start, len(self.text.plain))) - 1
        low, high = there[index] if index >= 0 else (found.start, found.end)
        first, last = low + ((found.start - low) // _FAR - 1) * _FAR, low + ((found.end - low) // _FAR + 2) * _FAR
        return min(found.start, _word_after(self.text.plain, first)) if first > low else low, max(min(high, last), found.end)

    def _of(self, found: Found, block: Stretch, sentence: Span, before: Found | None) -> Iterator[Proposed]:
        span = found.start, found.end
        quoted = quote(self.text, span, sentence)
        cell = self.tables.cell(found.start)
        quantity = _read(under_head(found.text, cell.head) if cell else found.text)
        known = None if cell or found.start in self.events else excuse(self.text.plain, span, sentence)
        reason = known.reason if known else "" if quantity else _UNREAD
        if block.kind == HEADING and found.start == block.span[0] and found.text.replace(".", "").isdigit():
            reason = "The number of a heading"
        if self._within(self.cited, found) and not reason:
            reason = "Part of a reference to another work"
        if self.tables.heads(found.start) and not reason:
            reason = "At the head of a column"
        if self.tables.labels(found.start) and not reason:
            reason = "In the label of a row"
        told = self._in_table(cell) if cell else self._about(found, sentence)
        for end, one in _ends(quantity):
            cells = self._cells(found, block, sentence, told, one, end, before, cell)
            cells |= {"quote": self.text.plain[slice(*quoted)]} | (
                self._series(block, cell) if cell and not end and _labelled(told, cell) else {}
            )
            words = {name: about.words for name, about in told.items() if about.words}
            yield Proposed(cells, span, quoted, self.text.place(found.start), passage(self.text.plain, span, sentence), words, reason)

    def _about(self, found: Found, sentence: Span) -> dict[str, About]:
        words = self.text.plain[slice(*sentence)]
        number = Found(found.text, found.start - sentence[0], found.end - sentence[0])
        if found.start in self.events:
            return dict.fromkeys(("population", "place"), NOTHING) | {"period": About(found.text, found.text)}
        told = {"population": population(words, number), "place": place(words, number, self.given.places), "period": period(words, number)}
        return {name: about if about.value else About(getattr(self.given, name)) for name, about in told.items()}

    def _in_table(self, cell: TableCell) -> dict[str, About]:
        """Return what a cell is about: where or whom its row's label or its column's heads say, and when one of these is a time."""
        whom = somebody(cell.label) or somebody(cell.measure)
        where = known_place(cell.label, self.given.places) or known_place(cell.measure, self.given.places)
        return {
            "population": whom or About(self.given.population),
            "place": where or About(self.given.place),
            "period": About(cell.time or self.given.period, cell.time),
        }

    def _series(self, block: Stretch, cell: TableCell) -> dict[str, str]:
        """Return the series of a column and the label in it, where no other cell has both."""
        series = f"{slug(telling(block.heading) or ['table'])}.{slug(telling(cell.measure) or ['by-time' if cell.time else 'column'])}"
        label = f"{cell.label}, {cell.time}" if cell.time else cell.label
        if not cell.label or (series, label.casefold()) in self.labelled:
            return {}
        self.labelled.add((series, label.casefold()))
        return {"series": series, "category": label}

    def _cells(
        self,
        found: Found,
        block: Stretch,
        sentence: Span,
        told: dict[str, About],
        one: Quantity | None,
        end: str,
        before: Found | None,
        cell: TableCell | None,
    ) -> dict[str, str]:
        value, unit = (digits(one), one.unit) if one else ("", "")
        words = self.text.plain[slice(*sentence)]
        near = told["population"].words or (f"{cell.label} {cell.head}" if cell else self._near(found, sentence))
        turns = "" if value.startswith("-") else direction(words, found.start - sentence[0], found.end - sentence[0], unit)
        identifier = self.named[found.start] = self._id(found, block, sentence, near, (value, f"{unit} {turns}", end), before)
        return {
            "id": identifier,
            "locator": self._locator(identifier, block, found.start),
            "stated": found.text,
            "value": value,
            "unit": unit,
            "precision": "exact" if unit == CALENDAR_YEAR or (unit == "count" and counted(words, found, sentence[0])) else "",
            "direction": self.turns.setdefault(identifier, turns),
            **{name: about.value for name, about in told.items()},
            "origin": self.notes.origin(found.end, sentence[1]),
            **({"note": f"{COLUMN}{cell.head}"} if cell and cell.head else {}),
        }

    def _near(self, found: Found, sentence: Span) -> str:
        """Return the words of a sentence behind a number, then those before it."""
        return f"{self.text.plain[found.end : sentence[1]][:80]} {self.text.plain[sentence[0] : found.start]}"

    def _id(self, found: Found, block: Stretch, sentence: Span, near: str, key: tuple[str, str, str], before: Found | None) -> str:
        """Return the id of a number: of one in parentheses behind another way to print it that one's, of an end of a range its own."""
        twin = (
            read_number(before.text)
            if before and before.start in self.named and self.text.plain[before.end : found.start] == " ("
            else None
        )
        words, number = self.text.plain[slice(*sentence)], _read(found.text)
        if (
            before
            and twin
            and number
            and not twin.ends
            and not key[2]
            and twin.unit == number.unit
            and twin.interval.meets(number.interval)
        ):
            known = self.named[before.start]
            self.names.twin((key[0], f"{number.unit} {self.turns[known]}", ""), words, known)
            return known
        if not key[2]:
            return self.names.of(key, block.heading, near, words, sentence[0])
        if found.start in self.named:
            return f"{self.named[found.start].rpartition('.')[0]}.{key[2]}"
        return f"{self.names.of((found.text.casefold(), key[1], ''), block.heading, near, words, sentence[0])}.{key[2]}"

    def _locator(self, identifier: str, block: Stretch, position: int) -> str:
        """Return heading and line or page, another for each place of one figure."""
        stem = ", ".join(filter(None, [block.heading[:120], self.text.place(position)]))
        made, number = stem, 1
        while (identifier, made) in self.located:
            number += 1
            made = f"{stem}, place {number}"
        self.located.add((identifier, made))
        return made


def _read(text: str) -> Quantity | None:
    quantity = read_number(text)
    return quantity.relabelled(CALENDAR_YEAR) if quantity and _YEAR.fullmatch(text) else quantity


def _ends(quantity: Quantity | None) -> list[tuple[str, Quantity | None]]:
    if quantity is None or not quantity.ends:
        return [("", quantity)]
    return [("low", quantity.ends[0]), ("high", quantity.ends[-1])]
