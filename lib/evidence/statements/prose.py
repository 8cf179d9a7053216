"""Read prose: Markdown blocks as plain text, with the evidence links and the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from evidence.catalog.declaration import COMPARE, SCHEMES
from evidence.form.lines import DIRECTIVES_OF_PROSE
from evidence.form.sentences import spans

BLANK = "\u2063"
"""What stands in a text for what is not to be read there: an invisible mark that no rule takes for a word or a space."""

_PARSER = MarkdownIt("commonmark").enable("table").use(footnote_plugin).use(front_matter_plugin)
_PARSER.validateLink = lambda _url: True  # type: ignore[method-assign, assignment]
_SCHEMES = (*SCHEMES, COMPARE)
_NESTED = re.compile(rf"\]\((?:{'|'.join(_SCHEMES)}):")
_PLAIN = "Write Markdown."
_ROLE = re.compile(r"\{[\w:+-]+\}$")
_COMMENT = re.compile(r"<!--(?!-?>)(?:(?!--!?>).)*-->", re.DOTALL)
"""A comment that a browser ends where this does."""

_PICTURE = re.compile(r"[\w-]+\.svg")
_UNMARKED = re.compile(r"[A-Za-z](?:[\w ,.;:'’\"“”()%£€/?-]*[\w,.;:'’\"“”()%£€/?])?", re.ASCII)
"""A line in which nothing is markup, as most cells of tables are: it is shown as it stands."""
_LEADING = re.compile(r"(?=.)(?:[\w-]+\.(?:ipynb|md))?(?:#[\w.-]+)?")
"""Address of a page of the book, or of a place in one."""
_ADDRESS = re.compile(rf"(?:{'|'.join(_SCHEMES)}|download):.*|https?://[^/].*|mailto:[^@]+@[^@]+|{_LEADING.pattern}", re.DOTALL)
_WRITTEN_OUT = re.compile(r"\[[^\[\]]*\](?:\[[^\[\]]*\]| \((?:[a-z]+:\S+|[\w-]+\.(?:md|ipynb)\S*)\))")
"""A link that Markdown takes for none, and shows as it is written."""


@dataclass(frozen=True, slots=True)
class Link:
    """An evidence link in a block: scheme, target, text, and the text's span in the block's plain text."""

    scheme: str
    target: str
    text: str
    start: int
    end: int


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item, table cell or caption.

    Attributes:
        text: Its plain text.
        line: Line of the passage it begins on, from 1.
        heading: Whether it is a heading.
        links: Evidence links in order.
        faults: What is wrong with its form, each with its remedy.
        leads: Addresses of links to pages, or to a place in one, and of drawings, each with the span of its text.
        breaks: Offsets of the text at which a new line of the passage begins.
        code: Inline code by its offset, where the text holds invisible marks instead: code is no prose.
    """

    text: str
    line: int
    heading: bool = False
    links: list[Link] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    leads: list[tuple[str, int, int]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    code: dict[int, str] = field(default_factory=dict)

    def sentence(self, position: int) -> str:
        """Return the sentence of the block that holds a position in its text, with its code."""
        start, end = self.span(position)
        text = self.text
        for offset, code in self.code.items():
            text = text[:offset] + code + text[offset + len(code) :]
        return " ".join(text[start:end].split())

    def without(self, left_out: Callable[[Link], bool]) -> str:
        """Return the text with some of its evidence links blanked out, as long as it was.

        Args:
            left_out: Returns whether a link is.
        """
        text = self.text
        for link in filter(left_out, self.links):
            text = text[: link.start] + BLANK * (link.end - link.start) + text[link.end :]
        return text

    def marked(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the text stands in the sentence that holds its start."""
        before = " ".join([*self.text[self.span(start)[0] : start].split(), "x"])[:-1]
        glued = start > 0 and not self.text[start - 1].isspace()
        first = len(before.rstrip() if glued else before)
        return first, first + len(" ".join(self.text[start:end].split()))

    def span(self, position: int) -> tuple[int, int]:
        """Return where the sentence that holds a position begins and ends in the text."""
        return next(span for span in reversed(spans(self.text)) if span[0] <= position)

    def line_of(self, position: int) -> tuple[int, int, int]:
        """Return the line of the passage that holds a position of the text, and where that line's text begins and ends."""
        passed = [offset for offset in self.breaks if offset <= position]
        later = [offset for offset in self.breaks if offset > position]
        return self.line + len(passed), passed[-1] if passed else 0, later[0] - 1 if later else len(self.text)


def read_blocks(markdown: str, first_line: int = 1) -> list[Block]:
    """Return the blocks of a Markdown passage, those inside directives included.

    Args:
        markdown: CommonMark with tables, footnotes and MyST directives in backtick fences.
        first_line: Line number of the passage's first line.
    """
    if _UNMARKED.fullmatch(markdown):
        return [Block(markdown, first_line)]
    return list(_read(markdown, first_line))


@lru_cache(maxsize=1024)
def _read(markdown: str, first_line: int) -> tuple[Block, ...]:
    """Return the blocks of a passage; of a cell of the data library, several gates ask for them."""
    return tuple(_blocks(markdown, first_line))


def _blocks(markdown: str, first_line: int) -> Iterator[Block]:
    previous = ""
    for token in _PARSER.parse(markdown):
        line = first_line + (token.map[0] if token.map else 0)
        if token.type == "inline":
            yield _inline(token, line, heading=previous == "heading_open")
        elif token.type == "fence" and token.info.strip().startswith("{"):
            yield from _directive(token, line)
        elif token.type == "html_block" and (rest := _COMMENT.sub("", token.content).strip()):
            yield Block(re.sub(r"<[^>]*>", " ", rest), line, faults=[("raw HTML has no place in a chapter.", _PLAIN)])
        elif token.type == "front_matter":
            yield Block("", line, faults=[("front matter has no place in a chapter, for nothing reads it.", "Take it out.")])
        previous = token.type


def _directive(token: Token, line: int) -> Iterator[Block]:
    name, _, title = token.info.strip().lstrip("{").partition("}")
    if name not in DIRECTIVES_OF_PROSE:
        yield Block("", line, faults=[(f"the directive {{{name}}} is not one of {', '.join(DIRECTIVES_OF_PROSE)}.", "")])
        return
    rows = token.content.split("\n")
    options = sum(1 for _ in takewhile(lambda row: row.lstrip().startswith(":"), rows))
    body = [""] * options + rows[options:]
    if title.strip():
        yield from _blocks(title.strip(), line)
    yield from _blocks("\n".join(body), line + 1)


def _inline(token: Token, line: int, *, heading: bool) -> Block:
    block = Block("", line, heading)
    opened: list[tuple[str, int]] = []
    for child in token.children or []:
        if child.type in ("text", "softbreak", "hardbreak"):
            block.text += child.content if child.type == "text" else " "
            if child.type != "text":
                block.breaks.append(len(block.text))
        elif child.type == "code_inline":
            if _ROLE.search(block.text):
                block.faults.append(("a role has no place in a chapter, for nothing checks what it shows.", "Write plain Markdown."))
            block.code[len(block.text)] = " ".join(child.content.split())
            block.text += BLANK * len(block.code[len(block.text)])
        elif child.type == "image":
            _picture(block, child)
        elif child.type == "html_inline" and not any(remedy == _PLAIN for _, remedy in block.faults):
            block.faults.append((f"raw HTML ({child.content}) has no place in a chapter.", _PLAIN))
        elif child.type == "link_open":
            opened.append((str(child.attrs.get("href", "")), len(block.text)))
            block.faults += _leads(child, "href", _ADDRESS)
        elif child.type == "link_close":
            _close(block, *opened.pop())
    if found := _WRITTEN_OUT.search(block.text):
        block.faults.append((f"{found[0]} is no link, and is shown as it is written.", "Write [words](address), without a blank between."))
    if _NESTED.search(block.text):
        told = "a link stands inside a link: Markdown drops the outer one."
        block.faults.append((told, "Link only the number, or only the words around it."))
    return block


def _picture(block: Block, token: Token) -> None:
    start, address = len(block.text), str(token.attrs.get("src", ""))
    block.text += f" {token.content} "
    block.faults += _leads(token, "src", _PICTURE)
    if _PICTURE.fullmatch(address):
        block.leads.append((address, start, len(block.text)))


def _leads(token: Token, name: str, known: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the address of a link or a picture, or with what is shown at it under the pointer, each with its remedy."""
    address, title = str(token.attrs.get(name, "")), token.attrs.get("title")
    if not known.fullmatch(address):
        yield (
            f"nothing checks what {address or 'a link without an address'} leads to.",
            "Name a record, a page, a drawing, or another site.",
        )
    if title:
        yield f'the title "{title}" of a link is shown, and nothing checks it.', "Take it out."


def _close(block: Block, href: str, start: int) -> None:
    scheme, _, target = href.partition(":")
    if scheme in _SCHEMES:
        block.links.append(Link(scheme, target, block.text[start:], start, len(block.text)))
    elif _LEADING.fullmatch(href):
        block.leads.append((href, start, len(block.text)))
