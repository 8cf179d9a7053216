"""The links of a document with their words: Markdown, HTML, LaTeX, and documents of a word processor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from evidence.catalog.verify.formats import plain_text
from evidence.catalog.verify.html import page_of
from evidence.catalog.verify.packed import UNREADABLE, Packed
from evidence.errors import SourceError
from evidence.problems import Place, Problem

if TYPE_CHECKING:
    from bs4 import Tag

_MOST = 20_000
"""Links of a document at most: ten times what the longest reports have."""
_MOST_EMPHASIS = 5_000
"""Marks of emphasis in a paragraph at most: those that stay open take memory with the square of their number."""
_MOST_CELLS = 150_000
"""Lines of Markdown at most, with as many cells for each line of a table as it has columns, for they are filled up; 300 MB."""
_LONGEST, _MOST_PIECES = 2_000, 100
"""Signs of an address, and of what is read around a link, at most; pieces of text and tags of a link, and around it, at most."""


@dataclass(frozen=True, slots=True)
class CitingLink:
    """A link of a document.

    Attributes:
        address: Where it leads, with the part behind the #.
        text: Its words.
        around: The paragraph it stands in.
        line: Line of the file, from 1; in a document of a word processor its paragraph.
    """

    address: str
    text: str
    around: str
    line: int


def links_of(path: Path) -> list[CitingLink]:
    """Return the links of a document, in their order.

    Raises:
        SourceError: If the file is not there, is of no kind that is read, is not what its ending says, or is larger than any report.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise SourceError(Problem(Place(str(path)), "is of no kind that is read.", f"Name a file that ends in {', '.join(_READERS)}."))
    if not path.is_file():
        raise SourceError(Problem(Place(str(path)), "there is no such file.", "Name a document."))
    found = list(islice(reader(path), _MOST + 1))
    if len(found) > _MOST:
        raise _too_many(path, f"{_MOST:,} links")
    return found


def _too_many(path: Path, most: str) -> SourceError:
    return SourceError(Problem(Place(str(path)), f"has more than {most}, so it is no report.", "Name the part that you wrote."))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _markdown(path: Path) -> Iterator[CitingLink]:
    from markdown_it import MarkdownIt

    text = plain_text(path)
    if text.count("[") + text.count("<") > _MOST:
        raise _too_many(path, f"{_MOST:,} links")
    if _marks(text) > _MOST or any(_marks(part) > _MOST_EMPHASIS for part in text.split("\n\n")):
        raise _too_many(path, f"{_MOST:,} marks of emphasis, or {_MOST_EMPHASIS:,} in a paragraph")
    if _cells(text) > _MOST_CELLS:
        raise _too_many(path, f"{_MOST_CELLS:,} lines and cells of tables")
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "html_block":
            yield from _in_html(token.content, line)
        elif token.type == "inline":
            yield from _inline(token, line)


def _marks(text: str) -> int:
    return text.count("*") + text.count("_")


_RULE = re.compile(r"[\s|:>*+.)0-9-]*\|[\s|:>*+.)0-9-]*")
_DEFINED = re.compile(r"[\s>]*\[[^]]*]:")
_EASE = 8
"""Addresses defined without an empty line between them, for each of which all lines behind it are read, that cost as much as a column."""


def _cells(text: str) -> int:
    """Return how many cells the lines of a text would have if all of a paragraph were in its widest table."""
    cells = lines = widest = defined = 0
    for line in chain(re.split(r"\r\n?|\n", text), [""]):
        if line.strip(" \t"):
            lines, defined = lines + 1, defined + bool(_DEFINED.match(line))
            widest = max(widest, line.count("|") if _RULE.fullmatch(line) else 0)
        else:
            cells, lines, widest, defined = cells + lines * (1 + widest + defined // _EASE), 0, 0, 0
    return cells


def _inline(token: object, line: int) -> Iterator[CitingLink]:
    children = list(getattr(token, "children", None) or ())
    around = _one_line("".join(child.content if child.type != "softbreak" else " " for child in children))
    open_at: tuple[str, int] | None = None
    for place, child in enumerate(children):
        line += child.type in ("softbreak", "hardbreak")
        if child.type == "link_open":
            open_at = (str(child.attrs["href"]), place)
        elif child.type == "link_close" and open_at:
            words = "".join(part.content or " " for part in children[open_at[1] + 1 : place])
            yield CitingLink(open_at[0], _one_line(words), around, line)
            open_at = None
        elif child.type == "html_inline" and "<a" in child.content.lower():
            rest = "".join(part.content or " " for part in children[place : place + _MOST_PIECES])
            yield from list(_in_html(rest, line))[:1]


def _html(path: Path) -> Iterator[CitingLink]:
    try:
        yield from _in_html(page_of(path).decode("utf-8-sig"), 1)
    except UnicodeDecodeError as error:
        raise SourceError(Problem(Place(str(path)), f"is not UTF-8 ({error.reason}).", "Save it as UTF-8.")) from None


_BLOCKS = ("p", "li", "td", "th", "dd", "figcaption", "h1", "h2", "h3", "h4", "blockquote", "div", "body")


def _in_html(text: str, first: int) -> Iterator[CitingLink]:
    from bs4 import BeautifulSoup

    page = BeautifulSoup(text, "html.parser")
    shown = _Shown(page)
    for tag in page.find_all(["a", "iframe"]):
        address = str(tag.get("href") or tag.get("src") or "")
        block = next((one for one in islice(tag.parents, _MOST_PIECES) if one.name in _BLOCKS), tag)
        if address:
            yield CitingLink(address, shown.text(tag, _MOST_PIECES), shown.text(block, _LONGEST), first - 1 + (tag.sourceline or 1))


class _Shown:
    """The texts of the tags of a page, of which each element is looked at once, however deep they lie in one another."""

    def __init__(self, page: Tag) -> None:
        from bs4 import NavigableString

        elements = list(page.descendants)
        self._pieces = [one if type(one) is NavigableString else "" for one in elements]
        self._place = {id(one): place for place, one in enumerate(elements)}
        self._last = list(range(len(elements)))
        for place in reversed(range(len(elements))):
            around = self._place.get(id(elements[place].parent))
            if around is not None:
                self._last[around] = max(self._last[around], self._last[place])

    def text(self, tag: Tag, most: int) -> str:
        """Return the text of a tag, or the first pieces of it: what nobody has closed holds all that follows."""
        place = self._place[id(tag)]
        return _one_line("".join(self._pieces[place + 1 : min(self._last[place], place + most) + 1]))


_LATEX = re.compile(r"\\href\s*\{|\\url\s*\{")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_COMMANDS = {
    r"\pounds": "£",
    r"\textsterling": "£",
    r"\euro": "€",
    r"\texteuro": "€",
    r"\,": " ",
    r"\;": " ",
    r"\ ": " ",
    "~": " ",
    r"\textendash": "–",
    "--": "–",
    r"\textdollar": "$",
}


def _latex(path: Path) -> Iterator[CitingLink]:
    source = plain_text(path)
    closings, line, counted = _closings(source), 1, 0
    commented: dict[int, int] = {}
    for match in _LATEX.finditer(source):
        start = match.end()
        end = closings.get(start, len(source))
        line, counted = line + source.count("\n", counted, start), start
        if end - start > _LONGEST or match.start() > _comment(source, match.start(), commented):
            continue
        opening = re.compile(r"\s*\{").match(source, end + 1) if match[0].startswith(r"\href") else None
        words = source[opening.end() : closings.get(opening.end(), 0)] if opening else ""
        around = _plain(_paragraph(source, start, end))
        yield CitingLink(re.sub(r"\\([%#&_~])", r"\1", source[start:end]), _plain(words[:_LONGEST]), around, line)


def _closings(source: str) -> dict[int, int]:
    """Return where each brace closes, by the place behind the one that opens it."""
    found, open_ = {}, []
    for sign in re.finditer(r"\\.|[{}]", source, re.DOTALL):
        if sign[0] == "{":
            open_.append(sign.end())
        elif sign[0] == "}" and open_:
            found[open_.pop()] = sign.start()
    return found


def _comment(source: str, place: int, known: dict[int, int]) -> int:
    """Return where the comment of a line begins, its end where it has none; a percent sign in an address, in braces behind it, is none."""
    first = source.rfind("\n", 0, place) + 1
    if first not in known:
        end = source.find("\n", place)
        found = _COMMENT.search(source, first, end if end >= 0 else len(source))
        known[first] = found.start() if found else len(source)
    return known[first]


def _paragraph(source: str, start: int, end: int) -> str:
    """Return the paragraph that a link stands in, or what of it is near."""
    low, high = max(0, start - _LONGEST), end + _LONGEST
    before, after = source.rfind("\n\n", low, start), source.find("\n\n", end, high)
    return source[before + 1 if before >= 0 else low : after if after >= 0 else high]


def _plain(text: str) -> str:
    r"""Return words of LaTeX as they are printed, as far as numbers need it.

    Example:
        >>> _plain(r"\textbf{12.8\%} of \pounds{}28~bn")
        '12.8% of £28 bn'
    """
    for command, sign in _COMMANDS.items():
        text = text.replace(command + "{}", sign).replace(command, sign)
    text = re.sub(r"\\([%#&_$])", r"\1", text)
    return _one_line(re.sub(r"\\[A-Za-z]+\*?(?:\[[^\]]*\])?|[{}]", "", text))


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_FIELD = re.compile(r'HYPERLINK\s+"([^"]+)"(?:\s+\\l\s+"([^"]+)")?')


def _docx(path: Path) -> Iterator[CitingLink]:
    try:
        with Packed(path) as archive:
            names = [name for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml") if name in archive.namelist()]
            parts = [(archive.part(name), _related(archive, name)) for name in names]
    except UNREADABLE as error:
        raise SourceError(Problem(Place(str(path)), f"cannot be read as DOCX ({error}).", "Save it anew, without a password.")) from None
    if not parts:
        raise SourceError(Problem(Place(str(path)), "holds no text.", "Save it anew."))
    for root, related in parts:
        for number, paragraph in enumerate(root.iter(f"{_W}p"), start=1):
            around = _words(paragraph)
            yield from (CitingLink(address, text, around, number) for address, text in _hyperlinks(paragraph, related))


def _related(archive: Packed, name: str) -> dict[str, str]:
    folder, _, file = name.rpartition("/")
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in archive.namelist():
        return {}
    return {item.get("Id", ""): item.get("Target", "") for item in archive.part(relations)}


def _words(element: ElementTree.Element) -> str:
    return _one_line("".join(part.text or "" for part in element.iter(f"{_W}t")))


def _hyperlinks(paragraph: ElementTree.Element, related: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield address and words of the links of a paragraph: elements of their own, and fields as older programs write them."""
    for link in paragraph.iter(f"{_W}hyperlink"):
        address, anchor = related.get(link.get(f"{_R}id", ""), ""), link.get(f"{_W}anchor", "")
        if address:
            yield (f"{address}#{anchor}" if anchor and "#" not in address else address), _words(link)
    yield from _fields(paragraph, related)


def _fields(paragraph: ElementTree.Element, _related: dict[str, str]) -> Iterator[tuple[str, str]]:
    for simple in paragraph.iter(f"{_W}fldSimple"):
        if found := _FIELD.search(simple.get(f"{_W}instr", "")):
            yield _field(found), _words(simple)
    code, words, shown = "", "", False
    for part in paragraph.iter():
        kind = part.get(f"{_W}fldCharType") if part.tag == f"{_W}fldChar" else ""
        if kind == "begin":
            code, words, shown = "", "", False
        elif kind == "separate":
            shown = True
        elif kind == "end":
            if found := _FIELD.search(code):
                yield _field(found), _one_line(words)
            code, words, shown = "", "", False
        elif part.tag == f"{_W}instrText":
            code += part.text or ""
        elif part.tag == f"{_W}t" and shown:
            words += part.text or ""


def _field(found: re.Match[str]) -> str:
    return f"{found[1]}#{found[2]}" if found[2] else found[1]


_READERS: dict[str, Callable[[Path], Iterator[CitingLink]]] = {
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _markdown,
    ".html": _html,
    ".htm": _html,
    ".tex": _latex,
    ".docx": _docx,
}
