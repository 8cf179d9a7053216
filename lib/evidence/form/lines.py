"""One sentence on each line of Markdown, so that a diff of a chapter shows the sentences that changed. What a reader sees stays the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_blocks import myst_block_plugin

from evidence.form.sentences import sentences


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    for plugin in (front_matter_plugin, footnote_plugin, myst_block_plugin, colon_fence_plugin, dollarmath_plugin):
        parser.use(plugin)
    parser.validateLink = lambda _url: True  # type: ignore[method-assign, assignment]
    return parser


_PARSER, _BLOCKS = _parser(), _parser().disable(["inline", "footnote_tail"])
"""What reads Markdown, and what reads only which paragraphs there are, in half the time."""
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$")
DIRECTIVES_OF_PROSE = ("note", "tip", "warning", "important", "admonition", "seealso", "epigraph", "margin", "dropdown")
"""Directives whose body is prose; the body of any other is left alone, and none may stand in a chapter."""


def one_sentence_a_line(markdown: str) -> str:
    r"""Return Markdown with one sentence on each line of its paragraphs, list items, quotations and notes.

    Headings, tables, code, comments and front matter stay as they are; so does a paragraph that would not be shown the same.

    Args:
        markdown: CommonMark with tables, footnotes, and MyST directives in fences.

    Example:
        >>> print(one_sentence_a_line("- One is here. Two\n  follows.\n\n## A heading. It stays."))
        - One is here.
          Two follows.
        <BLANKLINE>
        ## A heading. It stays.
    """
    lines = markdown.split("\n")
    for start, end, written in reversed(list(_rewritten(lines))):
        lines[start:end] = written
    return "\n".join(lines)


def _rewritten(lines: list[str]) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the first and the last line of each paragraph, half open, with the lines to stand there, in order."""
    tokens = _BLOCKS.parse("\n".join(lines))
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline" and token.map and before is not None and before.type == "paragraph_open":
            start, end = token.map
            yield start, end, _paragraph(lines[start:end], token.content)
        elif token.type in ("fence", "colon_fence") and token.map:
            yield from _directive(lines, token)


def _directive(lines: list[str], token: Token) -> Iterator[tuple[int, int, list[str]]]:
    """Rewrite the body of a directive of prose that stands at the margin, after its options."""
    start, end = token.map or (0, 0)
    name = re.match(r"\{([\w:-]+)\}", token.info.strip())
    if not name or name[1] not in DIRECTIVES_OF_PROSE or not lines[start].startswith(token.markup) or end - start < 3:
        return
    body = start + 1
    while body < end - 1 and lines[body].startswith(":"):
        body += 1
    for first, last, written in _rewritten(lines[body : end - 1]):
        yield body + first, body + last, written


def _paragraph(raw: list[str], content: str) -> list[str]:
    """Return the lines of a paragraph anew, or as they are if a reader would see another thing."""
    rows = content.split("\n")
    first = raw[0].rstrip()
    if len(rows) != len(raw) or not first.endswith(rows[0].rstrip()):
        return raw
    prefix = first[: len(first) - len(rows[0].rstrip())]
    written = [sentence for run in _runs(rows) for sentence in sentences(run)]
    text = "\n".join(written)
    if text != content and _shown(text) != _shown(content):
        return raw
    follow = re.sub(r"\[\^[^\]]+\]: ?", "    ", prefix)
    follow = re.sub(r"[^>\s]", " ", follow)
    return [(follow if number else prefix) + row for number, row in enumerate(written)]


def _runs(rows: list[str]) -> Iterator[str]:
    """Yield the parts of a paragraph between its hard line breaks, each with its break."""
    run: list[str] = []
    for row in rows:
        run.append(row.lstrip() if _HARD_BREAK.search(row) else row.strip())
        if _HARD_BREAK.search(row):
            yield "\n".join(run)
            run = []
    if run:
        yield "\n".join(run)


def _shown(markdown: str) -> str:
    """Return a paragraph as a reader sees it: HTML, in which a line's end is a space."""
    return re.sub(r"\s+", " ", str(_PARSER.render(markdown)))
