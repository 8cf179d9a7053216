"""Read the text of a document of a word processor (DOCX) by the standard library: its paragraphs, tables and footnotes, and nothing that runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from xml.etree import ElementTree

from evidence.catalog.verify.packed import UNREADABLE, Packed
from evidence.errors import SourceError

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BODY, _NOTES, _END_NOTES = "word/document.xml", "word/footnotes.xml", "word/endnotes.xml"
_BOX = f"{_W}txbxContent"
_GONE = (f"{_W}del", f"{_W}moveFrom", _FALLBACK)
"""What is there no more, or there a second time for older programs."""
_WIDEST = 63
"""Columns that a table of a word processor has at most."""
_APART = ("separator", "continuationSeparator", "continuationNotice")


def docx_lines(path: Path) -> list[str]:
    """Return a document's lines: one a paragraph with the marks of Markdown, one a table's row with tabs, notes at the end by their number.

    A text box comes behind the paragraph it hangs on, and endnotes behind footnotes, counted on from these.

    Raises:
        SourceError: If it is no such document, unpacks to more than it may, or declares what a document never does.
    """
    try:
        with Packed(path) as archive:
            body = archive.part(_BODY)
            notes, ends = (archive.part(name) if name in archive.namelist() else () for name in (_NOTES, _END_NOTES))
    except UNREADABLE as error:
        raise SourceError(f"{path.name}: cannot be read as DOCX ({error}). Save it anew, without a password, or store its text.") from None
    before = _count(notes)
    for reference in (one for root in (body, *notes) for one in root.iter(f"{_W}endnoteReference")):
        reference.set(f"{_W}id", _past(reference, before))
    for note in ends:
        note.set(f"{_W}id", _past(note, before))
    lines = [line for block in body.iter(f"{_W}body") for line in _blocks(block)]
    return lines + [line for note in (*notes, *ends) for line in _note(note)]


def _count(notes: Iterable[ElementTree.Element]) -> int:
    """Return the largest number of a footnote."""
    return max((int(number) for note in notes if (number := note.get(f"{_W}id", "")).isdigit()), default=0)


def _past(note: ElementTree.Element, before: int) -> str:
    """Return the number of an endnote, or of its mark, past those of the footnotes, which are counted by themselves."""
    number = note.get(f"{_W}id", "")
    return str(int(number) + before) if number.isdigit() else number


_CORE = "docProps/core.xml"
_DUBLIN, _TERMS = "{http://purl.org/dc/elements/1.1/}", "{http://purl.org/dc/terms/}"
_PROPERTIES = {
    "title": f"{_DUBLIN}title",
    "authors": f"{_DUBLIN}creator",
    "publisher": f"{_DUBLIN}publisher",
    "published": f"{_TERMS}created",
}


def core_properties(path: Path) -> dict[str, str]:
    """Return what a document says of itself: title, authors, publisher and when it was made, as far as it does.

    Raises:
        SourceError: If it unpacks to more than it may, or declares what a document never does.
        zipfile.BadZipFile: If it is no such document.
    """
    with Packed(path) as archive:
        core = archive.part(_CORE) if _CORE in archive.namelist() else None
    found = {name: core.findtext(tag) or "" for name, tag in _PROPERTIES.items()} if core is not None else {}
    return {name: cell for name, cell in found.items() if cell}


def _blocks(parent: ElementTree.Element) -> Iterator[str]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield from (_marked(child), "")
            yield from (line for box in _boxes(child) for line in _blocks(box))
        elif child.tag == f"{_W}tbl":
            yield from ("\t".join(_row(row)) for row in child.iter(f"{_W}tr") if row.find(f"{_W}trPr/{_W}del") is None)
            yield ""
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _blocks(child)


def _boxes(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Yield the text boxes that hang on a paragraph, each once though it is there in an older form as well."""
    for child in parent:
        if child.tag == _BOX:
            yield child
        elif child.tag not in _GONE:
            yield from _boxes(child)


def _row(row: ElementTree.Element) -> Iterator[str]:
    """Yield the cells of a row, empty ones for the columns that one of them spans besides its own."""
    for cell in row.iter(f"{_W}tc"):
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        wide = span.get(f"{_W}val", "") if span is not None else ""
        yield from (_cell(cell), *[""] * (min(int(wide), _WIDEST) - 1 if wide.isdigit() else 0))


def _cell(cell: ElementTree.Element) -> str:
    return " ".join(_words(paragraph) for paragraph in _paragraphs(cell))


def _paragraphs(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in parent:
        if child.tag == f"{_W}p":
            yield child
            yield from (paragraph for box in _boxes(child) for paragraph in _paragraphs(box))
        elif child.tag not in _GONE:
            yield from _paragraphs(child)


def _marked(paragraph: ElementTree.Element) -> str:
    words = _words(paragraph)
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    named = style.get(f"{_W}val", "").lower().replace(" ", "") if style is not None else ""
    if named == "title" or named.startswith("heading"):
        return f"{'#' * int(named[-1:] if named[-1:] in tuple('123456') else 1)} {words}"
    return f"- {words}" if paragraph.find(f"{_W}pPr/{_W}numPr") is not None else words


def _words(parent: ElementTree.Element) -> str:
    """Return the words of a paragraph, as they stand after all changes to it, with the marks of its footnotes."""
    found = []
    for child in parent:
        if child.tag == f"{_W}t":
            found.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            found.append(" ")
        elif child.tag in (f"{_W}footnoteReference", f"{_W}endnoteReference"):
            found.append(f"<sup>{child.get(f'{_W}id', '')}</sup>")
        elif child.tag not in (*_GONE, f"{_W}pPr", f"{_W}rPr", _BOX):
            found.append(_words(child))
    return "".join(found).replace("\n", " ")


def _note(note: ElementTree.Element) -> Iterator[str]:
    if note.tag in (f"{_W}footnote", f"{_W}endnote") and note.get(f"{_W}type") not in _APART:
        yield f"{note.get(f'{_W}id', '')} {_cell(note).strip()}"
        yield ""
