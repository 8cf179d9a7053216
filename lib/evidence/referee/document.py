"""A report as a referee reads it: its sentences and tables, each with its place, without references and addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from urllib.parse import quote

from evidence.catalog.verify.apparatus import apparatus
from evidence.catalog.verify.formats import read_text
from evidence.catalog.verify.text import Span, Text, normalise
from evidence.form.sentences import spans
from evidence.referee.mentions import Sentence
from evidence.referee.tables import ReportTable, row_of


@dataclass(slots=True)
class TextBlock:
    """A paragraph, an item of a list, a heading or a table.

    Attributes:
        kind: `prose`, `item`, `heading` or `table`.
        sentences: Its sentences in order; of a table, those that its cells hold.
        heading: The heading it stands under.
        table: Its rows, for a table.
        heaps: How many heaps of words it has that are too long to be sentences.
    """

    kind: str
    sentences: list[Sentence]
    heading: str = ""
    table: ReportTable | None = None
    heaps: int = 0


@dataclass(slots=True)
class Report:
    """A report.

    Attributes:
        name: Name of its file.
        blocks: Its blocks in order.
        unit: What its places count: `line` or `page`.
        address: Address of its file for other programs, as a reference of a URI; its name where it has no file.
        long: How many heaps of words it has that are too long to be sentences.
    """

    name: str
    blocks: list[TextBlock] = field(default_factory=list)
    unit: str = "line"
    address: str = ""
    long: int = 0

    @property
    def sentences(self) -> list[Sentence]:
        """All sentences in order."""
        return [sentence for block in self.blocks for sentence in block.sentences]

    @property
    def heaps(self) -> int:
        """How many heaps of words or numbers it has, in which nothing is read."""
        return self.long + sum(sentence.is_heap for sentence in self.sentences)

    @property
    def tables(self) -> list[ReportTable]:
        """All tables in order."""
        return [block.table for block in self.blocks if block.table]


@dataclass(slots=True)
class _Line:
    raw: str
    place: int


def read_document(path: Path) -> Report:
    """Return a report by the ending of its file name.

    Raises:
        SourceError: If the file cannot be read as what it claims to be, or holds no text.
    """
    document = document_of(read_text(path), path.name, wrapped=path.suffix.lower() not in (".html", ".htm"))
    document.address = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    return document


def document_of(text: Text, name: str, *, wrapped: bool = True) -> Report:
    """Return the report that a text is.

    Args:
        text: The text.
        name: What the report is called.
        wrapped: Whether a paragraph may run over several lines.
    """
    document = Report(name, unit=text.unit)
    heading, number, lead = "", 0, ""
    for kind, lines in _grouped(_lines(text, tabbed=not wrapped), wrapped=wrapped):
        block = _table(lines, named=text.unit == "page") if kind == "table" else _block(kind, lines, heading)
        heading = block.sentences[0].text if kind == "heading" and block.sentences else heading
        for before, sentence in zip([None, *block.sentences], block.sentences, strict=False):
            sentence.number, sentence.before, sentence.lead, number = number, before, lead if kind == "item" else "", number + 1
        lead = lead if kind == "item" else _lead(block)
        document.long += block.heaps
        if block.sentences or block.table:
            document.blocks.append(block)
    return document


def _lead(block: TextBlock) -> str:
    """Return the words with which a paragraph introduces the list behind it."""
    return block.sentences[-1].text if block.sentences and block.sentences[-1].text.endswith(":") else ""


_PIECES = re.compile(r"</?(?:li|ul|ol|br|p|td|th|tr|div)\b[^<>]*>", re.IGNORECASE)
_ADDRESS = re.compile(r"<?https?://\S+|\bdoi:\s?\S+|www\.\S+")
_NOTE = re.compile(r"\[\^[^\[\]\s]{1,40}\](?!:)")
_LINK = re.compile(r"!?\[((?:\\.|[^\[\]\\])*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?: \"[^\"]*\")?\)")
_ITEM = re.compile(r"\s*(?:[-*+•–]|\(?\d{1,2}[.)]|[a-z][.)])\s+")
_QUOTED = re.compile(r"\s{0,3}(?:> ?)+(?!\d)")
"""The sign before a line that is set apart, as in a box."""
_RULE = re.compile(r"[-=*_|:+\s]{3,}")


def _lines(text: Text, *, tabbed: bool) -> Iterator[_Line]:
    """Yield the lines that state something, each with the number of its line or page; an empty one where a paragraph ends.

    Of rows that begin with a tab before their first cell, as those of pages in HTML, it is left out.
    """
    silent = _Reaches([span for span in apparatus(text) if span[1] - span[0] > _LONG])
    for number, raw in enumerate(text.raw):
        start, end = text.span(number)
        if end > start and silent.hold(start, end):
            yield _Line("", text.places[number])
            continue
        for piece in _PIECES.split(raw):
            told = _QUOTED.sub("", _NOTE.sub("", _LINK.sub(r"\1", _ADDRESS.sub("", piece))))
            yield _Line(re.sub(r"^ *\t", "", told) if tabbed else told, text.places[number])


class _Reaches:
    """How far the spans reach that begin at an offset or before it."""

    def __init__(self, spans: list[Span]) -> None:
        self.starts = [low for low, _ in sorted(spans)]
        self.ends = list(accumulate((high for _, high in sorted(spans)), max))

    def hold(self, start: int, end: int) -> bool:
        """Return whether a passage lies within one of the spans."""
        index = bisect_right(self.starts, start) - 1
        return index >= 0 and end <= self.ends[index]


_LONG = 20
"""Apparatus shorter than this is the number of an item or a page, and its line is read."""


def _grouped(lines: Iterator[_Line], *, wrapped: bool) -> Iterator[tuple[str, list[_Line]]]:
    """Yield blocks of lines, each with its kind."""
    block: list[_Line] = []
    kind = ""
    for line in [*lines, _Line("", 0)]:
        found = _kind(line.raw)
        goes_on = wrapped and found == "prose" and kind in ("prose", "item") and _runs_on(kind, block[-1].raw, line.raw)
        if block and (found == kind == "table" or goes_on):
            block.append(line)
            continue
        if block:
            yield kind, block
        block, kind = ([line], found) if found else ([], "")


def _kind(raw: str) -> str:
    if not raw.strip() or (_RULE.fullmatch(raw) and "|" not in raw):
        return ""
    if row_of(raw):
        return "table"
    if re.match(r"\s{0,3}#{1,6}\s", raw):
        return "heading"
    return "item" if _ITEM.match(raw) else "prose"


def _runs_on(kind: str, raw: str, after: str) -> bool:
    """Return whether the line after this one may belong to the same paragraph."""
    ended = raw.rstrip()[-1:] in (".", "!", "?", ":")
    if kind == "item":
        titled = _NUMBERED_TITLE.match(raw) and _short(raw) and after.lstrip()[:1].isupper()
        return not ended and not titled
    return (not _short(raw) or bool(_WITHIN.match(after))) and not (ended and len(raw) > _WRAPPED)


_WITHIN = re.compile(r"\s*(?:[a-z(]|[£$€]?\d[\d,.]*%?\)?[.,;]? (?![A-Z])|(?:19|20)\d\d[.,;] )")
"""How a line begins that is no paragraph of its own: in narrow columns every line is short."""


_NUMBERED_TITLE = re.compile(r"\s*\d{1,2}[.)]?\s+[A-Z]")
"""How a numbered heading begins, which has no sign of its own in a text taken from a page."""
_WRAPPED = 200
"""A line longer than this is no line of a wrapped paragraph."""


def _short(raw: str) -> bool:
    """Return whether a line stands alone, such as a title: short, and without the end of a sentence."""
    return len(raw.strip()) < _TITLE and raw.strip()[-1:] not in ".!?,;:-" and not re.search(r"\d\s*$", raw)


_TITLE = 45


def _block(kind: str, lines: list[_Line], heading: str) -> TextBlock:
    parts = [
        normalise(_ITEM.sub("", line.raw, count=1) if kind == "item" and number == 0 else line.raw) for number, line in enumerate(lines)
    ]
    parts[:1] = [_NUMBERING.sub("", part, count=1) for part in parts[:1]]
    told = [(part, line.place) for part, line in zip(parts, lines, strict=True) if part]
    offsets = [0, *accumulate(len(part) + 1 for part, _ in told)]
    text = " ".join(part for part, _ in told)
    held = [(start, end) for start, end in spans(text) if text[start:end].strip()]
    sentences = [
        Sentence(text[start:end], told[bisect_right(offsets, start, hi=len(told)) - 1][1], heading, kind)
        for start, end in held
        if end - start < _LONGEST
    ]
    return TextBlock(kind, sentences, heading, heaps=len(held) - len(sentences))


_NUMBERING = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+(?=[A-Z][a-z]|[AI] [a-z])(?![Mm]illion|[Bb]illion)")
"""The number of a paragraph, which states nothing: "2.3 Searches were carried out"."""
_LONGEST = 3000
"""A sentence of more signs is a heap of words and no sentence, and nothing is read in it."""


def _table(lines: list[_Line], *, named: bool) -> TextBlock:
    """Return the table that lines are, where it has rows; and heads, where it must be `named` by them: of a printed page rows may come without what names them."""
    rows = [(row_of(line.raw) or [], line.place) for line in lines]
    cells = [([normalise(cell) for cell in row], place) for row, place in rows if not _RULE.fullmatch("|".join(row) + "---")]
    prose = [
        Sentence(cell[start:end], place, "", "cell")
        for row, place in cells
        for cell in row
        if len(cell.split()) > _FEW_WORDS
        for start, end in spans(cell)
    ]
    if named:
        cells = [*cells[:1], *(row for row in cells[1:] if row[0] != cells[0][0])]
    table = ReportTable(cells) if len(cells) > 1 else None
    return TextBlock("table", prose, table=None if table and named and len(table.heads) < max(len(row) for row, _ in cells) else table)


_FEW_WORDS = 5
"""A cell of more words is read as prose too."""
