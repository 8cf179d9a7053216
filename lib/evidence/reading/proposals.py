"""What a document proposes to the library: of each of its numbers a record as far as its words tell, or why it is no evidence."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.catalog import plain as digits
from evidence.catalog.periods import read_period
from evidence.catalog.verify import Text
from evidence.catalog.verify.apparatus import apparatus
from evidence.catalog.verify.cuts import inside, turned
from evidence.catalog.verify.text import Span
from evidence.errors import QuantityError, SourceError
from evidence.quantity import Found, Quantity, find_numbers, parse
from evidence.reading.about import About, known_place, period, place, population
from evidence.reading.blocks import HEADING, Block, blocks, sentences
from evidence.reading.excuses import excuse, passage
from evidence.reading.naming import Names, slug, telling
from evidence.reading.notes import Notes
from evidence.reading.tables import Cell, Tables
from evidence.statements.propositions import CHANGES, senses

MOST = 20_000
"""Numbers of a document at most."""
_FAR = 700
"""Characters on each side of a number that may still be of its sentence."""
LONGEST_QUOTE = 300
"""Characters of a quote at most, as the declaration of figures has it."""

_UNREAD = "It does not read as a number: say what it counts, or why it is no evidence"


@dataclass(frozen=True, slots=True)
class Given:
    """What holds of the whole document unless a sentence says otherwise, and what is known already.

    Attributes:
        population: Whom it is about.
        place: Where.
        period: When.
        places: Names of places that the book declares.
        ids: Ids that the library has.
    """

    population: str = ""
    place: str = ""
    period: str = ""
    places: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A number of a document, read but confirmed by nobody.

    Attributes:
        cells: Cells of the record it would be, by column of `figures`; without source and day.
        words: The words that population, place and period are from, by column; a column that is not in them was blank or given for the document.
        span: Where the number stands in the text.
        quoted: Where its quote stands.
        reason: Why it seems to be no evidence; empty where it seems to be some.
        passage: Words that hold the number, for an excuse.
        at: Line or page.
    """

    cells: dict[str, str]
    span: Span
    quoted: Span
    at: str
    passage: str
    words: dict[str, str] = field(default_factory=dict)
    reason: str = ""


def proposals(text: Text, given: Given = Given()) -> list[Proposed]:
    r"""Return a proposal for each number that a text states, in order; of a range one for each end.

    Args:
        text: The text of the document.
        given: What holds of the whole document.

    Raises:
        SourceError: If it states more numbers than anybody could decide on.

    Example:
        >>> (one,) = proposals(Text("# Pay\\n\\nIn 2025, 60% of small firms in Leeds raised pay."))
        >>> one.cells["stated"], one.cells["population"], one.cells["place"], one.cells["period"], one.cells["locator"]
        ('60%', 'small firms', 'Leeds', '2025', 'Pay, line 3')
    """
    return list(_Reader(text, given).proposed())


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


class _Reader:
    def __init__(self, text: Text, given: Given) -> None:
        self.text, self.given = text, given
        self.notes, self.names = Notes(text), Names(given.ids)
        self.blocks = blocks(text)
        notes = [one.span for one in self.blocks if self.notes.cites(text.raw[one.lines[0]], text.plain[slice(*one.span)])]
        self.silent = _merged([*apparatus(text), *notes])
        self.starts = [block.span[0] for block in self.blocks]
        self.tables = Tables(text, self.blocks)
        self.sentences: dict[Span, list[Span]] = {}
        self.named: dict[int, str] = {}
        self.labelled: set[tuple[str, str]] = set()
        self.located: set[tuple[str, str]] = set()

    def proposed(self) -> Iterator[Proposed]:
        numbers = [found for found in _numbers(self.text.plain) if not self._silent(found)]
        if len(numbers) > MOST:
            told = f"the document states {len(numbers):,} numbers, more than the {MOST:,} that somebody could decide on."
            raise SourceError(f"{told} Read the part that matters, stored by itself.")
        for index, found in enumerate(numbers):
            block = self._block(found.start)
            sentence = self._sentence(block, found)
            near = numbers[max(0, index - 1) : index]
            yield from self._of(found, block, sentence, near[0] if near else None)

    def _silent(self, found: Found) -> bool:
        """Return whether a number stands in what states nothing."""
        index = bisect_right(self.silent, (found.start, len(self.text.plain))) - 1
        return index >= 0 and found.end <= self.silent[index][1]

    def _block(self, position: int) -> Block:
        index = bisect_right(self.starts, position) - 1
        return self.blocks[index] if index >= 0 else Block("", (0, len(self.text.plain)), (0, 0), "")

    def _sentence(self, block: Block, found: Found) -> Span:
        """Return the sentence of a number, or the part of it around the number where it is longer than anybody writes."""
        if block.span not in self.sentences:
            self.sentences = {block.span: sentences(self.text, block)}
        there = self.sentences[block.span]
        index = bisect_right(there, (found.start, len(self.text.plain))) - 1
        low, high = there[index] if index >= 0 else (found.start, found.end)
        return max(low, min(found.start, _word_after(self.text.plain, found.start - _FAR))), max(min(high, found.end + _FAR), found.end)

    def _of(self, found: Found, block: Block, sentence: Span, before: Found | None) -> Iterator[Proposed]:
        quantity = _read(found.text)
        span = found.start, found.end
        quoted = _quote(self.text, span, sentence)
        known = excuse(self.text.plain, span, sentence)
        reason = known.reason if known else "" if quantity else _UNREAD
        if block.kind == HEADING and found.start == block.span[0] and found.text.rstrip(".").isdigit():
            reason = "The number of a heading"
        if self.tables.heads(found.start) and not reason:
            reason = "At the head of a column"
        cell = self.tables.cell(found.start)
        told = self._in_table(cell) if cell else self._about(found, sentence)
        for end, one in _ends(quantity):
            cells = self._cells(found, block, sentence, told, one, end, before, cell)
            cells |= {"quote": self.text.plain[slice(*quoted)]} | (self._series(block, cell) if cell and not end else {})
            words = {name: about.words for name, about in told.items() if about.words}
            yield Proposed(cells, span, quoted, self.text.place(found.start), passage(self.text.plain, span, sentence), words, reason)

    def _about(self, found: Found, sentence: Span) -> dict[str, About]:
        words = self.text.plain[slice(*sentence)]
        number = Found(found.text, found.start - sentence[0], found.end - sentence[0])
        told = {"population": population(words, number), "place": place(words, number, self.given.places), "period": period(words, number)}
        return {name: about if about.value else About(getattr(self.given, name)) for name, about in told.items()}

    def _in_table(self, cell: Cell) -> dict[str, About]:
        """Return where and when a cell is about, where its row's label is a place or its column's head a time."""
        return {
            "population": About(self.given.population),
            "place": known_place(cell.label, self.given.places) or About(self.given.place),
            "period": About(cell.head, cell.head) if cell.head and read_period(cell.head) else About(self.given.period),
        }

    def _series(self, block: Block, cell: Cell) -> dict[str, str]:
        """Return the series of a column and the label in it, where no other cell has both."""
        timed = bool(cell.head) and read_period(cell.head) is not None
        series = f"{slug(telling(block.heading) or ['table'])}.{slug(telling(cell.head) or ['by-time' if timed else 'column'])}"
        label = f"{cell.label}, {cell.head}" if timed else cell.label
        if not cell.label or (series, label.casefold()) in self.labelled:
            return {}
        self.labelled.add((series, label.casefold()))
        return {"series": series, "category": label, "note": f"Column: {cell.head}" if cell.head else ""}

    def _cells(
        self,
        found: Found,
        block: Block,
        sentence: Span,
        told: dict[str, About],
        one: Quantity | None,
        end: str,
        before: Found | None,
        cell: Cell | None,
    ) -> dict[str, str]:
        value, unit = (digits(one), one.unit) if one else ("", "")
        words = self.text.plain[slice(*sentence)]
        near = told["population"].words or (f"{cell.label} {cell.head}" if cell else self._near(found, sentence))
        identifier = self.named[found.start] = self._id(found, block, words, near, (value, unit, end), before)
        return {
            "id": identifier,
            "locator": self._locator(identifier, block, found.start),
            "stated": found.text,
            "value": value,
            "unit": unit,
            "precision": "exact" if unit == "count" and _counted(words, found, sentence[0]) else "",
            "direction": "" if value.startswith("-") else _direction(words, found.start - sentence[0], found.end - sentence[0], unit),
            **{name: about.value for name, about in told.items()},
            "origin": self.notes.origin(found.end, sentence[1]),
        }

    def _near(self, found: Found, sentence: Span) -> str:
        """Return the words of a sentence behind a number, then those before it."""
        return f"{self.text.plain[found.end : sentence[1]][:80]} {self.text.plain[sentence[0] : found.start]}"

    def _id(self, found: Found, block: Block, words: str, near: str, key: tuple[str, str, str], before: Found | None) -> str:
        """Return the id of a number: of one in parentheses behind another way to print it that one's, of an end of a range its own."""
        twin = _read(before.text) if before and before.start in self.named and self.text.plain[before.end : found.start] == " (" else None
        number = _read(found.text)
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
            self.names.twin(key, words, known)
            return known
        if not key[2]:
            return self.names.of(key, block.heading, near, words)
        return f"{self.names.of((found.text.casefold(), key[1], ''), block.heading, near, words)}.{key[2]}"

    def _locator(self, identifier: str, block: Block, position: int) -> str:
        """Return heading and line or page, another for each place of one figure."""
        stem = ", ".join(filter(None, [block.heading[:120], self.text.place(position)]))
        made, number = stem, 1
        while (identifier, made) in self.located:
            number += 1
            made = f"{stem}, place {number}"
        self.located.add((identifier, made))
        return made


def _read(text: str) -> Quantity | None:
    try:
        return parse(text)
    except QuantityError:
        return None


def _ends(quantity: Quantity | None) -> list[tuple[str, Quantity | None]]:
    if quantity is None or not quantity.ends:
        return [("", quantity)]
    return [("low", quantity.ends[0]), ("high", quantity.ends[-1])]


_SAMPLE_BEFORE = re.compile(
    r"\b(?:survey(?:ed)?|sample|interview(?:s|ed)|polled|study|analysis|questionnaire)(?: (?:of|with|from))?(?: (?:a|the|total|of))* $",
    re.IGNORECASE,
)
_SAMPLE_AFTER = re.compile(r" (?:[\w-]+ ){0,3}(?:respondents|interviews|responses|participants)\b")


def _counted(sentence: str, found: Found, offset: int) -> bool:
    """Return whether a number says how many were asked, to the last of them."""
    bare = found.text[:1].isdigit() and found.text.replace(",", "").isdigit()
    before, after = sentence[: found.start - offset], sentence[found.end - offset :]
    return bare and bool(_SAMPLE_BEFORE.search(before) or _SAMPLE_AFTER.match(after))


def _numbers(plain: str) -> Iterator[Found]:
    """Yield the numbers of a text: a range with a hyphen in one, and what a change goes from and to as two."""
    found = find_numbers(plain)
    index = 0
    while index < len(found):
        one = found[index]
        index += 1
        if index < len(found) and plain[one.end : found[index].start] in ("-", "to"):
            both = _read(whole := plain[one.start : found[index].end])
            if both and both.ends:
                one = Found(whole, one.start, found[index].end)
                index += 1
        yield from _apart(plain, one)


def _apart(plain: str, one: Found) -> Iterator[Found]:
    """Yield both numbers of "from 10% to 20%" where the words before it tell of a change, else the one."""
    before = plain[max(0, one.start - 120) : one.start]
    words = before[max(before.rfind(mark) for mark in (". ", ": ", "; ")) + 1 :]
    if " to " in one.text and words.endswith("from ") and any(sense in ("rise", "fall") for _, _, sense in senses(words)):
        yield from (Found(part.text, one.start + part.start, one.start + part.end) for part in _parts(one.text))
    else:
        yield one


def _parts(text: str) -> Iterator[Found]:
    middle = text.index(" to ") + len(" to ")
    yield Found(text[: middle - len(" to ")], 0, middle - len(" to "))
    yield Found(text[middle:], middle, len(text))


_SIGNED = ("percent", "percentage points", "count", "GBP", "USD", "EUR", "index points", "basis points")
_BEFORE = re.compile(r"\b([a-z]+)( \w+ly)?( by| of)?(?: (?:an?|the|further|another|additional|up to))*\s*$", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:percentage points? |points? )?(?:(?:[a-z]+ ){0,2}(increase|rise|fall|decrease|decline|reduction|drop|boost|uplift)|(more|less|fewer|higher|lower|larger|smaller|increase|decrease))\b",
    re.IGNORECASE,
)
_WORDS = {"down": "fall", "up": "rise", "reduction": "fall", "loss": "fall", "boost": "rise", "gain": "rise", "uplift": "rise"}


def _direction(sentence: str, start: int, end: int, unit: str) -> str:
    """Return the direction of a number that is the size of a change, by the word right before or behind it; else nothing."""
    if unit.partition(" per ")[0] not in _SIGNED:
        return ""
    before, after = _BEFORE.search(sentence[:start]), _AFTER.match(sentence[end:])
    said = [before[1]] if before and (before[3] or unit.startswith("percent")) else []
    said += [after[1] or after[2]] if after else []
    found = {_told(word.lower()) for word in said} - {""}
    return found.pop() if len(found) == 1 else ""


def _told(word: str) -> str:
    return _WORDS.get(word) or next((CHANGES[sense] for _, _, sense in senses(word) if sense in CHANGES), "")


_CUTS = re.compile(r"[;:,.()]| - ")


def _quote(text: Text, number: Span, sentence: Span) -> Span:
    """Return where the quote of a number stands: its sentence, or as much of it as a quote may hold with the number in it once."""
    low, high = sentence
    low, high = _once(text.plain, number, low, high)
    if high - low > LONGEST_QUOTE:
        low, high = _shortened(text.plain, number, low, high)
    return sentence if (low, high) == sentence else _whole(text, number, low, high)


def _once(plain: str, number: Span, low: int, high: int) -> Span:
    """Return the part of a sentence in which the number's text stands once, cut in the middle between it and its like."""
    stated = plain[slice(*number)]
    for match in re.finditer(re.escape(stated), plain[low:high]):
        first, last = low + match.start(), low + match.end()
        if last <= number[0]:
            low = max(low, _between(plain, last, number[0]))
        elif first >= number[1]:
            return low, min(high, _between(plain, number[1], first))
    return low, high


def _between(plain: str, after: int, before: int) -> int:
    """Return where to cut between two numbers: behind the last stop between them, else behind the last word."""
    stops = [match.end() for match in _CUTS.finditer(plain, after, before)]
    return stops[-1] if stops else max(after, plain.rfind(" ", after, before))


def _shortened(plain: str, number: Span, low: int, high: int) -> Span:
    """Return as much of a long sentence as a quote may hold: from a stop before the number, or words of it on both sides."""
    room = LONGEST_QUOTE - (number[1] - number[0])
    stops = [match.end() for match in _CUTS.finditer(plain, low, number[0]) if number[1] - match.end() <= LONGEST_QUOTE]
    first = low if number[1] - low <= LONGEST_QUOTE * 0.7 else next((at for at in stops if number[0] - at <= room * 0.7), number[0])
    last = min(high, first + LONGEST_QUOTE)
    if last < high:
        ends = [match.start() for match in _CUTS.finditer(plain, number[1], last)]
        last = ends[-1] if ends else max(plain.rfind(" ", number[1], last), number[1])
    return first, last


def _whole(text: Text, number: Span, low: int, high: int) -> Span:
    """Return a passage that begins and ends with whole words, not inside another number, and not before a word that turns it where it can."""
    while low < number[0] and text.plain[low] in " ,;:)-":
        low += 1
    while high > number[1] and text.plain[high - 1] in " ,;:(-":
        high -= 1
    for _ in range(12):
        cut = inside(text, (low, high))
        if not cut:
            return low, high
        if low < number[0] and inside(text, (low, number[1])):
            low = min(number[0], text.plain.find(" ", low) + 1 or number[0])
        else:
            high = max(number[1], text.plain.rfind(" ", number[1], high))
    return low, high


def turning(text: Text, proposal: Proposed) -> str:
    """Return the word behind a quote that may turn it; empty where there is none."""
    return turned(text, proposal.quoted[1])
