"""How long a chapter takes to read, told under its title."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

WORDS_A_MINUTE = 230
"""Silent reading of English prose that is not fiction: 238 words a minute in the mean of 190 studies (Brysbaert 2019,
doi:10.1016/j.jml.2019.104047), rounded down because a number takes longer than a word."""

LOOKED_UP = ("chapters/index", "chapters/ledger", "chapters/data-library", "chapters/changes", "chapters/contributing")
"""Pages that nobody reads from end to end."""


def connect(app: Sphinx) -> None:
    """Tell the time when the HTML of a page is made."""
    app.connect("html-page-context", _tell)


def _tell(_app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    if doctree is not None and page not in LOOKED_UP:
        context["body"] = told(context["body"], minutes(len(list(prose_words(doctree)))))


def told(body: str, duration: int) -> str:
    """Return the HTML of a page with its reading time in minutes after its title.

    Example:
        >>> told("<h1>Places</h1><p>Here.</p>", 12)
        '<h1>Places</h1><div class="reading-time"><span class="visually-hidden">Reading time: </span>12 min</div><p>Here.</p>'
    """
    line = f'<div class="reading-time"><span class="visually-hidden">Reading time: </span>{duration} min</div>'
    return body.replace("</h1>", f"</h1>{line}", 1)


def minutes(words: int) -> int:
    """Return the minutes that so many words take to read, rounded up.

    Example:
        >>> minutes(1), minutes(230), minutes(231)
        (1, 1, 2)
    """
    return math.ceil(words / WORDS_A_MINUTE)


def prose_words(doctree: nodes.Node) -> Iterator[str]:
    """Yield the words of a page's prose: headings, paragraphs and tables an author wrote, not code and not outputs."""
    if isinstance(doctree, nodes.Text):
        yield from doctree.split()
    elif not _is_apart(doctree):
        for child in doctree.children:
            yield from prose_words(child)


def _is_apart(node: nodes.Node) -> bool:
    classes = node.get("classes", []) if isinstance(node, nodes.Element) else []
    return isinstance(node, (nodes.raw, nodes.literal_block, nodes.comment)) or "cell" in classes
