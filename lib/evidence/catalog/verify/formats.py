"""Read the text of a source: plain text, Markdown, HTML, PDF, DOCX, a workbook or a table, of a size that a report may have."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidence.catalog.verify.docx import docx_lines
from evidence.catalog.verify.html import PageStep, page_of, steps
from evidence.catalog.verify.printed_tables import tabled
from evidence.catalog.verify.spreadsheets import spreadsheet_lines
from evidence.catalog.verify.text import Text
from evidence.errors import SourceError
from evidence.paths import plain_file

if TYPE_CHECKING:
    from bs4 import Tag
    from pypdf import PageObject

_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tr|ul"
)
_MARK, _MARKS = "\x00", 2
_LARGEST, _LONGEST, _LONGEST_LINE, _MOST_LINES, _MOST_PAGES = 100_000_000, 5_000_000, 100_000, 300_000, 5_000
"""Bytes of a file, characters of its text and of a line of it, lines, and pages, at most: ten times what the longest reports have."""
_BROKEN = re.compile(r"(\S*(?:[^\W\d_](?=[-\u00ad]$)|\d(?=[-\u2013]$)))([-\u2013\u00ad])$")
"""A line whose last word is broken, or whose last number begins a range."""


def read_text(path: Path) -> Text:
    """Return the text of a source by the ending of its file name.

    Raises:
        SourceError: If the ending is not one we read, the file cannot be read as what it claims to be, or it holds no text.
    """
    read = _READERS.get(path.suffix.lower())
    if not read:
        raise SourceError(f"{path.name}: cannot be read; the text of a source is one of {', '.join(_READERS)}.")
    try:
        if plain_file(path).stat().st_size > _LARGEST:
            raise SourceError(f"{path.name}: has more than {_LARGEST:,} bytes. Store the text of the report instead.")
        text = read(path)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror}). Name a file that is there.") from None
    except (RecursionError, MemoryError):
        raise SourceError(f"{path.name}: is nested too deeply, or too large. Store the text of the report instead.") from None
    if not text.plain:
        raise SourceError(f"{path.name}: holds no text. If its pages are images, store the text of them instead.")
    return text


def _measured(path: Path, raw: str, places: list[int] | None = None, unit: str = "line") -> Text:
    """Return a text of a length that is read in time.

    Raises:
        SourceError: If it is longer.
    """
    return Text(_short(path, raw), places, unit)


def _short(path: Path, raw: str) -> str:
    lines = raw.splitlines() if len(raw) <= _LONGEST else []
    if len(raw) > _LONGEST or len(lines) > _MOST_LINES or max(map(len, lines), default=0) > _LONGEST_LINE:
        raise _too_long(path)
    return raw


def _too_long(path: Path) -> SourceError:
    told = f"its text has more than {_LONGEST:,} characters or {_MOST_LINES:,} lines, or a line more than {_LONGEST_LINE:,}"
    return SourceError(f"{path.name}: {told}, so it is no report. Store the part that you read.")


def _decoded(path: Path) -> str:
    if path.stat().st_size > 4 * _LONGEST:  # so many bytes has a character at the most
        raise _too_long(path)
    return path.read_text(encoding="utf-8-sig")


def plain_text(path: Path) -> str:
    """Return what a file of text holds, of a length that is read in time.

    Raises:
        SourceError: If it is longer, or not in UTF-8.
    """
    try:
        return _short(path, _decoded(path))
    except UnicodeDecodeError as error:
        raise SourceError(f"{path.name}: byte {error.start} is not UTF-8. Save the text in UTF-8.") from None


def _plain(path: Path) -> Text:
    return Text(plain_text(path))


def _html(path: Path) -> Text:
    """Return the text of a page: one line per block, tabs between the cells of a row, headings with the marks of Markdown, footnote marks still in their tags."""
    return _numbered(path, "".join(_shown(page_of(path))))


def _shown(page: bytes) -> Iterator[str]:
    """Yield the text of a page in pieces, each block behind the number of its line between marks; what is raised is text and nothing else."""
    raised, spread = 0, _Spread()
    for kind, tag, text in steps(page):
        if text:
            yield re.sub(r"\s+", " ", text)
        elif tag.name == "sup":
            raised += 1 if kind is PageStep.opens else -1
            yield {PageStep.opens: "<sup>" * (raised == 1), PageStep.closes: "</sup>" * (raised == 0)}.get(kind, "")
        elif not raised:
            yield spread.tabs(kind, tag) + (
                _edge(kind, tag) if tag.name in ("tr", "table") or not spread.in_cell else _edge(kind, tag) and " "
            )


def _edge(kind: PageStep, tag: Tag) -> str:
    """Return what stands where a block opens or closes."""
    if not _BLOCKS.fullmatch(tag.name):
        return ""
    heading = "#" * int(tag.name[1]) + " " if re.fullmatch(r"h[1-6]", tag.name) else ""
    return f"\n{_MARK}{tag.sourceline}{_MARK}{heading}" if kind is PageStep.opens else "\n"


class _Spread:
    """Puts tabs between the cells of tables, more for the columns and rows that one of them spans besides its own."""

    def __init__(self) -> None:
        self.taken: list[Counter[int]] = [Counter()]
        self.row: Tag | None = None
        self.column = 0
        self.in_cell = False

    def tabs(self, kind: PageStep, tag: Tag) -> str:
        """Return the tabs that stand where a tag opens or closes."""
        if tag.name == "table":
            self.taken.append(Counter()) if kind is PageStep.opens else self.taken.pop()
        if tag.name not in ("td", "th"):
            return ""
        self.in_cell = kind is PageStep.opens and _is_plain(tag)
        return self._before(tag) if kind is PageStep.opens else "\t" * (_span(tag, "colspan", _WIDEST_SPAN) - 1)

    def _before(self, cell: Tag) -> str:
        before = column = self.column if cell.parent is self.row else 0
        below, across = self.taken[-1], _span(cell, "colspan", _WIDEST_SPAN)
        while below[column] > 0:
            below[column] -= 1
            column += 1
        below.update(dict.fromkeys(range(column, column + across), _span(cell, "rowspan", _TALLEST_SPAN) - 1))
        self.row, self.column = cell.parent, column + across
        return "\t" * (column - before + 1)


def _is_plain(cell: Tag) -> bool:
    """Return whether a cell holds little, and no table, so that its paragraphs are one line: office programs make one of each number."""
    held = [*cell.contents[:_LITTLE]]
    for part in held:
        if len(held) >= _LITTLE or getattr(part, "name", "") == "table":
            return False
        held += getattr(part, "contents", [])[:_LITTLE]
    return True


_LITTLE = 12
"""Parts of a cell, texts and tags, of which a cell that holds little has fewer."""
_WIDEST_SPAN, _TALLEST_SPAN = 63, 1000
"""Columns and rows that a cell of a page spans at most."""


def _span(cell: Tag, name: str, most: int) -> int:
    said = str(cell.get(name, ""))
    return max(1, min(int(said), most)) if said.isdecimal() and len(said) < 9 else 1


def _numbered(path: Path, marked: str) -> Text:
    """Return the text of lines that begin with the number of the line they stood on, between marks, or go on from the line before."""
    lines, places, place = [], [], 1
    for line in marked.split("\n"):
        if line.count(_MARK) == _MARKS and line.startswith(_MARK):
            _, number, line = line.split(_MARK)
            place = int(number)
        if line.strip(" #"):
            lines.append(line)
            places.append(place)
    return _measured(path, "\n".join(lines), places)


def _docx(path: Path) -> Text:
    return _measured(path, "\n".join(docx_lines(path)))


def _workbook(path: Path) -> Text:
    return _measured(path, "\n".join(spreadsheet_lines(path)))


def _table(path: Path) -> Text:
    """Return the text of a CSV file: a line for each row, tabs between its cells."""
    try:
        content = _decoded(path)
        head = content.partition("\n")[0]
        rows = list(csv.reader(content.splitlines(), delimiter=max(",;\t", key=head.count), strict=True))
    except UnicodeDecodeError as error:
        raise SourceError(f"{path.name}: byte {error.start} is not UTF-8. Save the table in UTF-8.") from None
    except csv.Error as error:
        raise SourceError(f"{path.name}: cannot be read as a table ({error}). Save it anew as CSV in UTF-8.") from None
    return _measured(path, "\n".join("\t".join(" ".join(cell.split()) for cell in row) for row in rows))


def _pdf(path: Path) -> Text:
    from pypdf import PdfReader

    try:
        reader = PdfReader(path)
        if len(reader.pages) > _MOST_PAGES:
            raise SourceError(f"{path.name}: has more than {_MOST_PAGES:,} pages. Store the part that you read.")
        pages = [text.splitlines() for text in _pages(path, reader.pages)]
    except (SourceError, RecursionError, MemoryError):
        raise
    except Exception as error:  # what a broken file makes of its reader is any error at all
        told = " ".join(str(error).split())[:200] or type(error).__name__
        raise SourceError(f"{path.name}: cannot be read as PDF ({told}). Save it anew without a password, or store its text.") from None
    places = [number for number, lines in enumerate(pages, start=1) for _ in lines]
    return _measured(path, "\n".join(tabled(_mended([line for lines in pages for line in lines]))), places, "page")


def _pages(path: Path, pages: Iterable[PageObject]) -> Iterator[str]:
    """Yield the text of pages until it is longer than that of any report: all pages of a file may show the same."""
    left = _LONGEST
    for page in pages:
        text = _page(page)
        if (left := left - len(text)) < 0:
            raise _too_long(path)
        yield text


def _page(page: PageObject) -> str:
    """Return the text of a page with the marks of its footnotes, which are small numbers behind words, in tags."""
    pieces: list[str] = []
    size = 0.0

    def take(text: str, _matrix: Any, place: Any, _font: Any, points: Any) -> None:
        nonlocal size
        height = abs(float(points or 0) * float(place[3] if place else 1))
        if _MARK_OF_NOTE.fullmatch(text) and height < _SMALL * size and _MARKED.search("".join(pieces[-3:])):
            pieces.append(f"<sup>{text.strip()}</sup>{text[len(text.rstrip()) :]}")
            return
        pieces.append(text)
        size = height if text.strip() else size

    page.extract_text(visitor_text=take)
    return "".join(pieces)


_SMALL = 0.9
"""Share of the size of the words before it that the mark of a footnote has at most."""
_MARK_OF_NOTE = re.compile(r"\d{1,3}(?:, ?\d{1,3})*\s*")
_MARKED = re.compile(r"(?<!\b10)(?<!\b[kcm]m)(?<!\bm)(?<!\bft)(?<!CO)[^\s(\[£$€]$")
"""What a mark stands behind: a word or a stop, and not what it would be the power of."""


def _mended(lines: list[str]) -> list[str]:
    """Return lines whose last word, or range of numbers, is not broken by a hyphen; the hyphen stays unless the text has the whole word elsewhere."""
    mended, known = list(lines), set(re.findall(r"\w+", " ".join(lines)))
    for number in range(len(mended) - 1):
        broken, rest = _BROKEN.search(mended[number].rstrip()), re.match(r"\s*(\w+)", mended[number + 1])
        if broken and rest and (rest[1][0].isdigit() or not broken[1][-1].isdigit()):
            whole = broken[2] == "\u00ad" or re.split(r"\W", broken[1])[-1] + rest[1] in known
            mended[number] = mended[number][: broken.start()]
            mended[number + 1] = broken[1] + ("" if whole else broken[2]) + mended[number + 1].lstrip()
    return mended


_READERS: dict[str, Callable[[Path], Text]] = {
    ".txt": _plain,
    ".md": _plain,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
    ".csv": _table,
    ".xlsx": _workbook,
    ".ods": _workbook,
}
