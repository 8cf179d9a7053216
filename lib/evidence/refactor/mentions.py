"""Where a text of the book names a record or a page: in cells of tables, in Markdown, in code and in codebooks, each by what it is.

Which cells of a table do is what their columns declare. All else follows from how links, calls and addresses are written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evidence.catalog.declaration import COMPARE, LINK, PAGES, Column, Table
from evidence.catalog.patterns import ID

ANY = "*"
"""Table of a mention that tells by itself no more than the name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        table: Table of the record it may name, `pages` for a page, `ANY` where only the name itself can tell.
        name: The name.
    """

    start: int
    end: int
    table: str
    name: str


Finder = Callable[[str], Iterator[Mention]]
"""Yields the mentions of a text."""

_BRACED = re.compile(r"\{([a-z][\w.-]*)")
_PART = re.compile(r"[^/]+")
_PAGE = re.compile(
    r"(?:(?<=\]\()|(?<=chapters/))([a-z][\w-]*)\.(?:ipynb|md)\b|(?<=chapters/)([a-z][\w-]*)(?=\s|$)|\b([a-z][\w-]*)\.html\b", re.MULTILINE
)
_BARE = re.compile(rf"(?<![\w./#-])(?:{ID})(?![\w-]|\.\w|\()")
_QUOTED = re.compile(r"""(["'])([\w.-]+)\1""")
_VIEW = re.compile(r"\s*chapter\.(\w+)\(")
_SET_UP = re.compile(r'Chapter\("([\w-]+)"')
_SURVEYED = re.compile(r'^source = "([\w-]+)"', re.MULTILINE)


def table_of(column: Column, row: Mapping[str, Any]) -> str:
    """Return the table of the records that a cell names, `pages` for pages of the book; an empty text where it names none by itself."""
    named = column.reference or column.mentions
    return f"{row[named[1:]] or 'figure'}s" if named.startswith("@") else named


def in_cell(table: Table, column: Column, row: Mapping[str, Any]) -> Iterator[Mention]:
    """Yield what a cell of a table names.

    Args:
        table: The table.
        column: The column.
        row: The whole row, by column.
    """
    text, named = row[column.name], table_of(column, row)
    if named == "sections":
        yield Mention(0, text.find("#"), PAGES, text.partition("#")[0])
        named = ""
    if column.name == "id":
        named = table.name
    if named:
        named = PAGES if named == "chapters" else named
        tokens = re.finditer(r"\S+", text) if column.several else re.finditer(r".+", text)
        yield from (Mention(*found.span(), named, found[0]) for found in tokens)
    if column.grammar:
        yield from (Mention(*found.span(1), kind, found[1]) for found in _BRACED.finditer(text) for kind in ("figures", "findings"))
    if column.prose:
        yield from in_markdown(text)


def in_markdown(text: str) -> Iterator[Mention]:
    """Yield what a passage of Markdown names: by links to records and pages, and by ids that stand by themselves."""
    for link in LINK.finditer(text):
        if link[2] == COMPARE:
            parts = (part for part in _PART.finditer(link[3]) if re.fullmatch(ID, part[0]))
            yield from (Mention(link.start(3) + part.start(), link.start(3) + part.end(), "figures", part[0]) for part in parts)
        else:
            yield Mention(*link.span(3), f"{link[2]}s", link[3])
    yield from _pages(text)
    linked = [link.span(3) for link in LINK.finditer(text)]
    for found in _BARE.finditer(text):
        if not any(start <= found.start() < end for start, end in linked):
            yield Mention(*found.span(), ANY, found[0])


def _pages(text: str) -> Iterator[Mention]:
    for page in _PAGE.finditer(text):
        group = next(number for number in (1, 2, 3) if page[number])
        yield Mention(*page.span(group), PAGES, page[group])


def in_chapter_code(text: str) -> Iterator[Mention]:
    """Yield what the code of a chapter names: `chapter.chart("x")` a chart, and other texts whatever bears that name."""
    view = _VIEW.match(text)
    if set_up := _SET_UP.search(text):
        yield Mention(*set_up.span(1), PAGES, set_up[1])
    elif view:
        kind = f"{view[1]}s" if view[1] in ("chart", "claim", "case") else ANY
        yield from (Mention(*found.span(2), kind, found[2]) for found in _QUOTED.finditer(text))


def in_package(text: str) -> Iterator[Mention]:
    """Yield what the code of the book's package names: ids in quotation marks, and addresses of pages."""
    yield from (Mention(*found.span(2), ANY, found[2]) for found in _QUOTED.finditer(text) if "." in found[2])
    yield from _pages(text)


def in_codebook(text: str) -> Iterator[Mention]:
    """Yield what the codebook of a survey names: its source, and figures in quotation marks."""
    yield from (Mention(*found.span(1), "sources", found[1]) for found in _SURVEYED.finditer(text))
    yield from (Mention(*found.span(2), "figures", found[2]) for found in _QUOTED.finditer(text) if "." in found[2])


def in_contents(text: str) -> Iterator[Mention]:
    """Yield the pages that a table of contents lists."""
    return _pages(text)


def replaced(text: str, mentions: Iterable[Mention], new_of: Callable[[Mention], str | None]) -> str:
    """Return a text with some of its names replaced.

    Args:
        text: The text.
        mentions: What it names.
        new_of: Returns the new name of a mention, or None where it stays.
    """
    changes = {(mention.start, mention.end): new for mention in mentions if (new := new_of(mention)) is not None}
    for (start, end), new in sorted(changes.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return text
