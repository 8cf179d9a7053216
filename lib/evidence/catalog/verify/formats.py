"""Read the text of a source: plain text, Markdown, HTML or PDF."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from evidence.catalog.verify.text import Text
from evidence.errors import SourceError

_BLOCKS = re.compile(
    "address|article|aside|blockquote|br|caption|dd|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tr|ul"
)
_UNSEEN = ["head", "script", "style", "noscript", "template"]
_MARK = "\x00"
_BROKEN = re.compile(r"(\S*[^\W\d_])(-|\u00ad)$")


def read_text(path: Path) -> Text:
    """Return the text of a source by the ending of its file name.

    Raises:
        SourceError: If the ending is not one we read, the file cannot be read as what it claims to be, or it holds no text.
    """
    read = _READERS.get(path.suffix.lower())
    if not read:
        raise SourceError(f"{path.name}: cannot be read; the text of a source is one of {', '.join(_READERS)}.")
    text = read(path)
    if not text.plain:
        raise SourceError(f"{path.name}: holds no text. If its pages are images, store the text of them instead.")
    return text


def _plain(path: Path) -> Text:
    try:
        return Text(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise SourceError(f"{path.name}: byte {error.start} is not UTF-8. Save the text in UTF-8.") from None


def _html(path: Path) -> Text:
    """Return the text of a page: one line per block, tabs between the cells of a row, headings with the marks of Markdown, footnote marks still in their tags."""
    from bs4 import BeautifulSoup, NavigableString

    page = BeautifulSoup(path.read_bytes(), "html.parser")
    for tag in page.find_all(_UNSEEN):
        tag.decompose()
    for string in page.find_all(string=lambda string: type(string) is NavigableString):
        string.replace_with(re.sub(r"\s+", " ", string))
    for tag in page.find_all("sup"):
        tag.replace_with(f"<sup>{tag.get_text()}</sup>")
    for tag in page.find_all(["td", "th"]):
        tag.insert_before("\t")
    for tag in page.find_all(lambda tag: bool(_BLOCKS.fullmatch(tag.name))):
        heading = "#" * int(tag.name[1]) + " " if re.fullmatch(r"h[1-6]", tag.name) else ""
        tag.insert_before(f"\n{_MARK}{tag.sourceline}{_MARK}{heading}")
        tag.insert_after("\n")
    return _numbered(page.get_text())


def _numbered(marked: str) -> Text:
    """Return the text of lines that begin with the number of the line they stood on, between marks, or go on from the line before."""
    lines, places, place = [], [], 1
    for line in marked.split("\n"):
        if line.startswith(_MARK):
            _, number, line = line.split(_MARK, 2)
            place = int(number)
        if line.strip(" #"):
            lines.append(line)
            places.append(place)
    return Text("\n".join(lines), places)


def _pdf(path: Path) -> Text:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    try:
        pages = [page.extract_text().splitlines() for page in PdfReader(path).pages]
    except (PyPdfError, DependencyError, ValueError) as error:
        raise SourceError(f"{path.name}: cannot be read as PDF ({error}). Save it anew without a password, or store its text.") from None
    places = [number for number, lines in enumerate(pages, start=1) for _ in lines]
    return Text("\n".join(_mended([line for lines in pages for line in lines])), places, "page")


def _mended(lines: list[str]) -> list[str]:
    """Return lines whose last word is not broken by a hyphen; the hyphen stays unless the text has the whole word elsewhere."""
    mended, known = list(lines), set(re.findall(r"\w+", " ".join(lines)))
    for number in range(len(mended) - 1):
        broken, rest = _BROKEN.search(mended[number].rstrip()), re.match(r"\s*(\w+)", mended[number + 1])
        if broken and rest:
            whole = broken[2] == "\u00ad" or re.split(r"\W", broken[1])[-1] + rest[1] in known
            mended[number] = mended[number][: broken.start()]
            mended[number + 1] = broken[1] + ("" if whole else "-") + mended[number + 1].lstrip()
    return mended


_READERS: dict[str, Callable[[Path], Text]] = {".txt": _plain, ".md": _plain, ".html": _html, ".htm": _html, ".pdf": _pdf}
