"""How far a number reaches: which others it may be reckoned from, in its paragraph, in a list and its introduction, and by noun in the whole report."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from evidence.referee.checks.tabled import TOTAL
from evidence.referee.document import Report, TextBlock
from evidence.referee.mentions import Occurrence, Sentence, stem, stems
from evidence.referee.tables import ReportCell, ReportTable, in_unit, sum_rows

_BACK = 4
"""How many sentences before and behind a number are read with it."""
_MOST = 14
"""How many numbers of one unit are read together; more are a heap."""
_IRREGULAR = {
    "children": "child",
    "people": "person",
    "women": "woman",
    "men": "man",
    "lives": "life",
    "head": "person",
    "resident": "person",
    "inhabitant": "person",
}
_NOUNS = re.compile(r"(?:[ -][a-z][a-z'-]*){1,6}")
_WORDS = 4


@dataclass(frozen=True)
class Reach:
    """The report, by what belongs together in it.

    Attributes:
        document: The report.
    """

    document: Report

    @cached_property
    def _passages(self) -> dict[Sentence, list[Sentence]]:
        """The passage of each sentence: its paragraph; for lists the paragraph that introduces them, and all their items."""
        found: dict[Sentence, list[Sentence]] = {}
        for run in _runs(self.document.blocks):
            sentences = [sentence for block in run for sentence in block.sentences]
            found |= dict.fromkeys(sentences, sentences)
        return found

    @cached_property
    def _held(self) -> dict[Sentence, list[Occurrence]]:
        return {}

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences that are read, in order: neither headings nor cells."""
        return [sentence for sentence in self.document.sentences if sentence.kind not in ("heading", "cell")]

    @cached_property
    def _at(self) -> dict[Sentence, int]:
        return {sentence: at for at, sentence in enumerate(self.sentences)}

    @cached_property
    def lists(self) -> list[tuple[list[Sentence], list[Sentence]]]:
        """The lists: the sentences that introduce each, and the first sentence of each of its items."""
        found = []
        for run in _runs(self.document.blocks):
            items = [block.sentences[0] for block in run if block.kind == "item" and block.sentences]
            if items and run[0].kind == "prose":
                found.append((run[0].sentences, items))
        return found

    def passage(self, sentence: Sentence) -> list[Occurrence]:
        """Return the numbers of the passage of a sentence, those near it, in order."""
        if sentence not in self._held:
            self._held[sentence] = self._passage(sentence)
        return self._held[sentence]

    def _passage(self, sentence: Sentence) -> list[Occurrence]:
        whole = self._passages.get(sentence, [sentence])
        at = whole.index(sentence)
        near = whole if sentence.kind == "item" else whole[max(0, at - _BACK) : at + _BACK]
        return [mention for one in near[:_LIST] for mention in one.mentions if not mention.quantity.ends and not _numbering(mention)]

    def near(self, sentence: Sentence) -> list[Sentence]:
        """Return a sentence and those before it in its passage, the nearest first."""
        whole = self._passages.get(sentence, [sentence])
        at = whole.index(sentence)
        return [sentence, *reversed(whole[max(0, at - _BACK) : at])]

    def section(self, sentence: Sentence) -> list[Sentence]:
        """Return the sentences before one under its heading, the nearest first."""
        at = self._at.get(sentence, 0)
        back = takewhile(lambda one: one.heading == sentence.heading, reversed(self.sentences[:at]))
        return list(back)

    def after(self, sentence: Sentence) -> Sentence | None:
        """Return the sentence behind one in its passage."""
        whole = self._passages.get(sentence, [sentence])
        return next(iter(whole[whole.index(sentence) + 1 :]), None)

    def like(self, mention: Occurrence, unit: str = "") -> list[Occurrence]:
        """Return the other numbers of a passage in the unit of one of its numbers, or in that which is given; the nearest where they are many."""
        wanted = unit or base(mention)
        held = [other for other in self.passage(mention.sentence) if other is not mention and base(other) == wanted]
        return nearest(held, mention)

    def wider(self, sentence: Sentence) -> list[Occurrence]:
        """Return the numbers of the sentences around one, across the ends of paragraphs: what may explain a number, not what refutes it."""
        at = self._at.get(sentence)
        if at is None:
            return self.passage(sentence)
        around = self.sentences[max(0, at - 3 * _BACK) : at + 2 * _BACK]
        return [mention for one in around for mention in one.mentions if not mention.quantity.ends]

    @cached_property
    def years(self) -> list[int]:
        """The years that the report may be of: those that its headings and first lines name, else the latest that it names."""
        first = [sentence for block in self.document.blocks[:_TITLES] for sentence in block.sentences]
        heads = [sentence for block in self.document.blocks if block.kind == "heading" for sentence in block.sentences]
        named = sorted({int(year) for sentence in (*first, *heads) for year in _A_YEAR.findall(sentence.text)})
        return named[-2:]

    @cached_property
    def money(self) -> list[Occurrence]:
        """The amounts of money that the report states in digits."""
        return [m for one in self.sentences for m in one.mentions if base(m) in ("GBP", "USD", "EUR") and not m.quantity.ends]

    @cached_property
    def cells(self) -> list[ReportCell]:
        """The cells of all tables that hold a number."""
        return [cell for table, caption in _captioned(self.document.blocks) for cell in _cells_of(table, caption)]

    @cached_property
    def captions(self) -> dict[int, str]:
        """The words before each table that name it, by the identity of the table."""
        return {id(table): caption for table, caption in _captioned(self.document.blocks)}

    @cached_property
    def _labels(self) -> dict[str, list[list[ReportCell]]]:
        """The rows of all tables by the last word of their labels."""
        found: dict[str, list[list[ReportCell]]] = {}
        for table in self.tables:
            rows: dict[tuple[str, int], list[ReportCell]] = {}
            for cell in self.cells_in(table):
                rows.setdefault((cell.row, cell.place), []).append(cell)
            for (label, _), cells in rows.items():
                words = re.findall(r"[a-z]+", re.sub(r" ?\([^)]*\)", "", label).lower())
                if words and words[-1] not in ("all", "other", "others", "year", "total"):
                    found.setdefault(words[-1], []).append(cells)
        return found

    def rows_behind(self, text: str) -> list[list[ReportCell]]:
        """Return the rows whose label stands in a text, the longest label that stands last first."""
        words = re.findall(r"[a-z]+", text)
        held = [row for word in dict.fromkeys(words) for row in self._labels.get(word, [])]
        named = [(re.sub(r" ?\([^)]*\)", "", row[0].row).lower().strip(), row) for row in held]
        placed = [
            (found[-1].end(), len(label), row) for label, row in named if (found := list(re.finditer(rf"\b{re.escape(label)}\b", text)))
        ]
        return [row for _, _, row in sorted(placed, key=lambda one: one[:2], reverse=True)]

    def cells_in(self, table: ReportTable) -> list[ReportCell]:
        """Return the cells of a table that hold a number."""
        return self._by_table.get(id(table), [])

    @cached_property
    def _by_table(self) -> dict[int, list[ReportCell]]:
        found: dict[int, list[ReportCell]] = {}
        for cell in self.cells:
            found.setdefault(id(cell.table), []).append(cell)
        return found

    @cached_property
    def _tables_before(self) -> dict[Sentence, ReportTable]:
        found: dict[Sentence, ReportTable] = {}
        last: ReportTable | None = None
        for block in self.document.blocks:
            last = None if block.kind == "heading" else block.table or last
            if last and not block.table:
                found |= dict.fromkeys(block.sentences, last)
        return found

    def table_before(self, sentence: Sentence) -> ReportTable | None:
        """Return the last table before a sentence under its heading; None where there is none."""
        return self._tables_before.get(sentence)

    @cached_property
    def tables(self) -> list[ReportTable]:
        """The tables that hold numbers."""
        return list({id(cell.table): cell.table for cell in self.cells}.values())

    @cached_property
    def _nouns(self) -> dict[str, list[Occurrence]]:
        found: dict[str, list[Occurrence]] = {}
        for sentence in self.sentences:
            for mention in sentence.mentions:
                for noun in nouns(mention):
                    found.setdefault(noun, []).append(mention)
        return found

    def of_noun(self, words: Iterable[str]) -> list[Occurrence]:
        """Return the counts of the report that have the most of some nouns behind them."""
        held = Counter(mention for word in words for mention in self._nouns.get(word, []))
        most = max(held.values(), default=0)
        return [mention for mention, number in held.items() if number == most][:_KIN]


_LIST = 24
_KIN = 24
"""How many numbers of one noun are tried, from the beginning of the report."""
_TITLES = 6
_A_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def _numbering(mention: Occurrence) -> bool:
    """Return whether a number in brackets counts items of a sentence: "(1) to open, (2) to close"."""
    return bool(re.fullmatch(r"\d", mention.text)) and mention.sentence.text[mention.start - 1 : mention.end + 1] == f"({mention.text})"


def _runs(blocks: list[TextBlock]) -> list[list[TextBlock]]:
    """Return blocks that are read as one: a paragraph by itself, a list with the paragraphs around it."""
    runs: list[list[TextBlock]] = []
    for block in blocks:
        if block.kind not in ("prose", "item"):
            runs.append([])
            continue
        last = runs[-1][-1] if runs and runs[-1] else None
        joined = last and (
            (last.kind == block.kind == "item" and not _numbered_paragraphs(last, block))
            or (block.kind == "item" and last.sentences[-1:] and _opens(last))
        )
        if joined or (last and last.kind == "item" and block.kind == "prose" and len(runs[-1]) > 1 and _back(block)):
            runs[-1].append(block)
        else:
            runs.append([block])
    return [run for run in runs if run]


def _numbered_paragraphs(one: TextBlock, two: TextBlock) -> bool:
    """Return whether two items are paragraphs with numbers rather than a list: one of them has several sentences."""
    return max(len(one.sentences), len(two.sentences)) > _ITEM


_ITEM = 1


def _opens(block: TextBlock) -> bool:
    return block.sentences[-1].text.rstrip().endswith(":")


def _back(block: TextBlock) -> bool:
    return bool(block.sentences and re.match(r"(?:these|together|those|the (?:other|remaining|rest))\b", block.sentences[0].text.lower()))


def _captioned(blocks: list[TextBlock]) -> list[tuple[ReportTable, str]]:
    """Return the tables, each with the words before it that name it."""
    held = []
    for before, block in zip([None, *blocks], blocks, strict=False):
        if block.table:
            told = before.sentences[-1].text if before and before.sentences else ""
            held.append((block.table, told))
    return held


def _cells_of(table: ReportTable, caption: str) -> Iterator[ReportCell]:
    """Yield the cells of a table that hold a number, each in the unit that its head or the caption may name."""
    sums, unit = sum_rows(table), table.heads[0] if table.heads and "(" not in caption else caption
    for at, (label, row, place) in enumerate(table.numbers):
        name = label.strip("* :")
        whole = at in sums or bool(TOTAL.fullmatch(name)) or name.lower() in ("year", "whole year")
        for column, quantity in enumerate(row):
            if quantity:
                head = table.heads[column + 1] if column + 1 < len(table.heads) else ""
                yield ReportCell(in_unit(quantity, head, label, unit), name, head.strip("* "), column, table, place, whole)


def base(mention: Occurrence) -> str:
    """Return the unit of a number without what it is for each of."""
    return mention.quantity.unit.partition(" per ")[0]


def nearest(held: list[Occurrence], mention: Occurrence) -> list[Occurrence]:
    """Return the nearest of numbers to another, in order."""
    if len(held) <= _MOST:
        return held
    chosen = sorted(held, key=lambda other: (abs(other.sentence.number - mention.sentence.number), abs(other.start - mention.start)))[
        :_MOST
    ]
    return [other for other in held if other in chosen]


def nouns(mention: Occurrence) -> list[str]:
    """Return the nouns right behind a number, without endings."""
    behind = _NOUNS.match(mention.sentence.text[mention.end :].lower())
    return [singular(word) for word in re.findall(r"[a-z]+", behind[0])][: _WORDS + 2] if behind else []


@lru_cache(maxsize=16384)
def singular(word: str) -> str:
    """Return a noun without its ending, in the singular where that is another word."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    plain = re.sub(r"(?<=ss|ch|sh|[a-z]x)es$|(?<=[a-z]{2}[^s])s$", "", re.sub(r"ies$", "y", word))
    return stem(_IRREGULAR.get(plain, plain))


def words_of(text: str) -> list[str]:
    """Return the words of a text that say what it is about, as nouns are kept."""
    return [kept for word in re.findall(r"[a-z]+", text.lower()) if (kept := _kept(word))]


@lru_cache(maxsize=16384)
def _kept(word: str) -> str:
    """Return a word as nouns are kept; nothing where it does not say what a text is about."""
    return singular(word) if list(stems(word)) else ""


def ahead(mention: Occurrence) -> str:
    """Return the masked words of its sentence before a number, back to the number before it."""
    return mention.sentence.between[mention.index][0]


def behind(mention: Occurrence) -> str:
    """Return the masked words of its sentence behind a number, up to the next number."""
    return mention.sentence.between[mention.index][1]


def text_between(one: Occurrence, other: Occurrence) -> str:
    """Return the masked words between two numbers of a sentence, in their order, with the marks of those between."""
    first, last = sorted((one, other), key=lambda mention: mention.start)
    masked = one.sentence.masked
    return masked[masked.index(first.mark) + 1 : masked.index(last.mark)]


def all_ahead(one: Occurrence) -> str:
    """Return the masked words of its sentence before a number."""
    return one.sentence.masked[: one.sentence.masked.index(one.mark)]


def all_behind(one: Occurrence) -> str:
    """Return the masked words of its sentence behind a number."""
    return one.sentence.masked[one.sentence.masked.index(one.mark) + 1 :]
