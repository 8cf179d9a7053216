"""Read a built page as a browser shows it: its text by blocks, list markers, tooltips, alternative texts, titles and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Doctype, NavigableString, Tag

_INLINE = frozenset(
    (
        "a",
        "abbr",
        "b",
        "cite",
        "code",
        "del",
        "em",
        "i",
        "ins",
        "kbd",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "tspan",
        "u",
        "wbr",
    )
)
"""Elements inside a sentence; at the ends of all others a sentence ends."""

_ATTRIBUTES = ("title", "alt", "aria-label", "aria-description", "aria-valuetext", "placeholder", "label", "summary", "srcdoc")
"""Attributes that a browser shows or reads out."""

_DESCRIBES = frozenset(
    ("description", "og:title", "og:description", "og:image:alt", "twitter:title", "twitter:description", "citation_title")
)
"""Metadata that search engines and previews of links show."""

_CONTENT = re.compile(r"""\bcontent\s*:\s*(["'])((?:\\.|(?!\1).)*)\1""")
"""Words that a style writes into a page."""

_UNREAD = frozenset(("script", "style"))
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "figcaption")


@dataclass(slots=True)
class ShownBlock:
    """A run of text that is read together.

    Attributes:
        heading: The nearest heading before it.
        what: How it is shown, such as `text`, `title` or `list marker`.
        text: Its text.
        parts: First offset and innermost element of each piece of the text, in order.
    """

    heading: str
    what: str = "text"
    text: str = ""
    parts: list[tuple[int, Tag]] = field(default_factory=list)

    def spans(self) -> list[tuple[int, int, Tag]]:
        """Return first and last offset and innermost element of each piece of the text, in order."""
        ends = [*(first for first, _ in self.parts[1:]), len(self.text)]
        return [(first, last, element) for (first, element), last in zip(self.parts, ends, strict=True)]

    def element(self, position: int) -> Tag:
        """Return the innermost element that holds a position of the text."""
        return next(element for first, element in reversed(self.parts) if first <= position)


def heading_of(element: Tag) -> str:
    """Return the heading that an element stands under, or an empty text."""
    heading = element.find_previous(_HEADINGS)
    return _said(heading) if heading else ""


def parsed(html: str) -> BeautifulSoup:
    """Return a page or drawing as a tree, in which every attribute is one text."""
    return BeautifulSoup(html, "html.parser", multi_valued_attributes=None)


def elements(tree: Tag) -> list[Tag]:
    """Return every element below one, in order; asked one by one, they are found sooner than by searches of the tree."""
    return [one for one in tree.descendants if isinstance(one, Tag)]


def classes(element: Tag) -> frozenset[str]:
    """Return the classes of an element of such a tree."""
    return frozenset(str(element.get("class", "")).split())


def _said(heading: Tag) -> str:
    return " ".join(heading.get_text().split()).removesuffix("#").strip()


def read_shown(page: BeautifulSoup) -> list[ShownBlock]:
    """Return everything that a built page shows or reads out, in order; styles hide nothing here, and a comment is text."""
    reader = _BlockReader()
    reader.read(page)
    return [block for block in reader.blocks if block.text.strip()]


class _BlockReader:
    def __init__(self) -> None:
        self.heading = ""
        self.blocks = [ShownBlock("")]

    def read(self, element: Tag) -> None:
        """Take in an element and all it holds."""
        block = element.name not in _INLINE
        if block:
            self.blocks.append(ShownBlock(self.heading))
        for what, text in _told(element):
            self.blocks.insert(-1, ShownBlock(self.heading, what, text, [(0, element)]))
        for child in element.children if element.name not in _UNREAD else ():
            if isinstance(child, Tag):
                self.read(child)
            elif isinstance(child, NavigableString) and not isinstance(child, Doctype):
                self._add(str(child), element)
        if element.name in _HEADINGS:
            self.heading = _said(element)
        if block:
            self.blocks.append(ShownBlock(self.heading))

    def _add(self, text: str, element: Tag) -> None:
        last = self.blocks[-1]
        last.parts.append((len(last.text), element))
        last.text += text


def _told(element: Tag) -> Iterator[tuple[str, str]]:
    """Yield what an element shows beside its text: attributes that are shown, and the marker of a list that does not count from one."""
    for name in _ATTRIBUTES:
        if value := element.get(name):
            yield name, str(value)
    if element.name == "meta" and _DESCRIBES & {element.get("name"), element.get("property")} and (value := element.get("content")):
        yield "metadata", str(value)
    if element.name in ("input", "option", "button", "meter", "progress", "data") and (value := element.get("value")):
        yield "value", str(value)
    if element.name == "style":
        yield from (("style", match[2]) for match in _CONTENT.finditer(element.get_text()))
    if element.name == "ol" and (str(element.get("start", "1")) != "1" or element.has_attr("reversed") or element.has_attr("type")):
        yield "list marker", f"{element.get('start', '1')}."
    if element.name == "li" and element.has_attr("value"):
        yield "list marker", f"{element['value']}."
