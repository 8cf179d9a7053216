"""Walk a page in HTML from its beginning to its end, in one pass however deep its tags lie in one another, as those do that nobody has closed."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import PageElement, Tag

_UNSEEN = ("head", "script", "style", "noscript", "template")
_MARK = "\x00"


class PageStep(Enum):
    """What comes next on a page."""

    opens = auto()
    text = auto()
    closes = auto()


def steps(page: bytes) -> Iterator[tuple[PageStep, Tag, str]]:
    """Yield what a page shows: where a tag opens, with an empty text; a text, with the tag around it; where a tag closes.

    What no reader sees is left out, and characters zero are spaces.
    """
    from bs4 import BeautifulSoup, CData, NavigableString, Tag

    rest: list[tuple[PageStep, PageElement]] = [(PageStep.opens, BeautifulSoup(_without_marks(page), "html.parser"))]
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


def _without_marks(page: bytes) -> bytes | str:
    """Return a page without characters zero; as text where its first bytes say in which code it is, for every other byte of UTF-16 is zero."""
    from bs4.dammit import EncodingDetector

    content, code = EncodingDetector.strip_byte_order_mark(page)
    return content.decode(code, "replace").replace(_MARK, " ") if code else page.replace(_MARK.encode(), b" ")
