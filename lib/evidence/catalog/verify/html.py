"""Walk a page in HTML from its beginning to its end, in one pass however deep its tags lie in one another, as those do that nobody has closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from evidence.errors import SourceError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, PageElement, Tag

LARGEST, MOST_MARKS, MOST_ATTRIBUTES = 30_000_000, 200_000, 200_000
"""Bytes of a page, tags and references of it, and attributes, at most: each of these takes time, and a kilobyte when it is parsed."""

_UNSEEN = ("head", "script", "style", "noscript", "template")
_MARK = "\x00"
_OPENS = re.compile(r"""<[a-zA-Z](?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?|["'])*+""")
_VALUE = re.compile(r"""=\s*+(?:"[^"]*+"|'[^']*+')""")
_ATTRIBUTE = re.compile(r"[\s/]+[^\s/]")


def page_of(path: Path) -> bytes:
    """Return a page that is parsed in time and memory.

    Raises:
        SourceError: If it is larger, or has more in it.
    """
    if path.stat().st_size > LARGEST or _is_full(page := path.read_bytes()):
        told = f"{LARGEST:,} bytes, {MOST_MARKS:,} tags and references, or {MOST_ATTRIBUTES:,} attributes"
        raise SourceError(f"{path.name}: has more than {told}, so it is not read. Store the text of the report instead.")
    return page


def _is_full(page: bytes) -> bool:
    text = found if isinstance(found := _without_marks(page), str) else found.decode("latin-1")
    return text.count("<") + text.count("&") > MOST_MARKS or _attributes(text) > MOST_ATTRIBUTES


def _attributes(page: str) -> int:
    tags = (_VALUE.sub(" ", found[0]) for found in _OPENS.finditer(page))
    return sum(1 for tag in tags for _ in _ATTRIBUTE.finditer(tag))


class PageStep(Enum):
    """What comes next on a page."""

    opens = auto()
    text = auto()
    closes = auto()


def steps(page: bytes) -> Iterator[tuple[PageStep, Tag, str]]:
    """Yield what a page shows: where a tag opens, with an empty text; a text, with the tag around it; where a tag closes.

    What no reader sees is left out, and characters zero are spaces.
    """
    from bs4 import CData, NavigableString, Tag

    rest: list[tuple[PageStep, PageElement]] = [(PageStep.opens, _parsed(page))]
    while rest:
        kind, element = rest.pop()
        if isinstance(element, Tag):
            if element.name in _UNSEEN:
                continue
            yield kind, element, ""
            if kind is PageStep.opens:
                rest.append((PageStep.closes, element))
                rest += [(PageStep.opens, child) for child in reversed(element.contents)]
        elif type(element) in (NavigableString, CData) and element.parent:
            yield PageStep.text, element.parent, str(element)


def _parsed(page: bytes) -> BeautifulSoup:
    from bs4 import BeautifulSoup

    return BeautifulSoup(_without_marks(page), "html.parser")


def _without_marks(page: bytes) -> bytes | str:
    """Return a page without characters zero; as text where its first bytes say in which code it is, for every other byte of UTF-16 is zero."""
    from bs4.dammit import EncodingDetector

    content, code = EncodingDetector.strip_byte_order_mark(page)
    return content.decode(code, "replace").replace(_MARK, " ") if code else page.replace(_MARK.encode(), b" ")
