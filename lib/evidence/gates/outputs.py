"""What a recorded output may hold: the types and the markup that views of `Chapter` write, and nothing that a page would run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from evidence.charts import VEGA_LITE
from evidence.problems import Place, Problem

_TYPES = ("text/html", "text/plain", VEGA_LITE)

_TAGS = frozenset(
    re.findall(
        r"\w+",
        """a abbr aside blockquote br button caption code col colgroup dd details div dl dt em fieldset figcaption figure footer form h3 h4 header hr
    input label legend li ol option output p section select small span strong sub summary sup table tbody td tfoot th thead time tr ul wbr
    circle clippath defs desc ellipse g line lineargradient marker path pattern polygon polyline rect stop svg text title tspan""",
    )
)

_ATTRIBUTES = frozenset(
    re.findall(
        r"[\w:-]+",
        """autocomplete checked class clip-path colspan cx cy d datetime dir disabled display dx dy fill fill-opacity fill-rule font-family font-size
    font-style font-weight for gradientunits height hidden href id inputmode lang max maxlength min name offset opacity open pattern placeholder
    points preserveaspectratio r readonly rel role rowspan rx ry scope selected stop-color stop-opacity step stroke stroke-dasharray
    stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width tabindex text-anchor title transform type
    value version viewbox width x x1 x2 xmlns xmlns:xlink y y1 y2""",
    )
)

_ADDRESS = re.compile(r"https?://[^\s\"'<>]+|(?:\.\./)?(?:places/)?[\w-]+\.(?:html|xml)(?:#[\w./-]*)?|#[\w./-]*")
"""Where a link may lead: another site, a page of the book, or a place on one."""

_ELSEWHERE = re.compile(r"url\(\s*(?!#)|javascript:", re.IGNORECASE)
"""What makes a value fetch or run something; `url(#...)` names a part of the same picture."""

_TAG = re.compile(r"<[^<>]*>")
_PLAIN_TAG = re.compile(r"""</[a-zA-Z][a-zA-Z0-9]*>|<[a-zA-Z][a-zA-Z0-9]*(?:[ \n]+[a-zA-Z][\w:.-]*="[^"<>]*")*[ \n]*/?>""", re.ASCII)
"""A tag that ends where it seems to, whatever stands around it."""


def strange_outputs(where: Place, name: str, cell: Any) -> Iterator[Problem]:
    """Yield what a recorded output holds that no view writes.

    Args:
        where: The cell, for messages.
        name: Name of the chapter.
        cell: The cell.
    """
    remedy = f"Take it out, and let the code write the output anew with: evidence record {name}"
    for output in cell.get("outputs", []):
        if output.output_type != "execute_result":
            yield Problem(where, f"its recorded output is of type {output.output_type}; a chapter shows what its views return.", remedy)
            continue
        for kind, content in output.data.items():
            if found := strange(kind, content):
                yield Problem(where, f"its recorded output ({kind}) holds {found}, which no view writes.", remedy)


def strange(kind: str, content: Any) -> str:
    """Return what no view writes in an output of a type, such as `text/html`, or an empty text."""
    if kind not in _TYPES:
        return "another type than text, HTML and charts"
    if kind == "text/html":
        return strange_markup("".join(content))
    if kind == VEGA_LITE and (found := next((text for text in _texts(content) if _ELSEWHERE.search(text)), "")):
        return f'"{found[:80]}"'
    return ""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in _texts(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part))


def strange_markup(html: str) -> str:
    """Return the first thing in a piece of HTML that no view writes, or an empty text.

    Example:
        >>> strange_markup('<p class="a">1 &lt; 2</p>'), strange_markup("<p>95%<script>"), strange_markup('<a href="javascript:x">')
        ('', '<script>', '<a href="javascript:x">')
    """
    begun = html.rfind("<")
    if begun > html.rfind(">"):  # what is no whole tag here would become one beside what follows it on the page
        return html[begun:][:120]
    tags = _TAG.findall(html)
    if len(tags) == html.count("<") and not any(map(_strange_tag, set(tags))):
        return ""
    return _first_strange(html)


@lru_cache(maxsize=16384)
def _strange_tag(tag: str) -> bool:
    """Return whether a tag by itself is one that no view writes, or may mean another thing beside what stands around it; outputs repeat theirs."""
    return not _PLAIN_TAG.fullmatch(tag) or bool(_first_strange(tag))


def _first_strange(html: str) -> str:
    reader = _OutputReader()
    try:
        reader.feed(html)
        reader.close()
    except AssertionError:  # how the parser says that a declaration is none
        return reader.strange or html[html.index("<!") :][:120]
    return reader.strange


class _OutputReader(HTMLParser):
    """Reads HTML until the first thing that is not allowed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.strange = ""

    def _found(self, what: str) -> None:
        self.strange = self.strange or what[:120]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            self._found(f"<{tag}>")
        for name, value in attrs:
            known = name in _ATTRIBUTES or name.startswith(("data-", "aria-"))
            leads = name != "href" or _ADDRESS.fullmatch(value or "")
            if not known or not leads or _ELSEWHERE.search(value or ""):
                self._found(f'<{tag} {name}="{value}">')

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self._found(data[data.index("<") :])

    def handle_comment(self, data: str) -> None:
        self._found(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._found(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self._found(f"<![{data}]>")

    def handle_pi(self, data: str) -> None:
        self._found(f"<?{data}>")
