"""HTML that escapes by itself: whatever is put into it is text, unless it is HTML already."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from html import escape
from typing import Any

from markupsafe import Markup


class Html(Markup):
    """A piece of HTML. What is joined to it or put into it is escaped, unless it is such a piece itself."""

    @classmethod
    def escape(cls, text: Any, /) -> Html:
        """Return a text as HTML, quotation marks as `&quot;` and `&#x27;`; HTML as it is."""
        return cls(_escaped(text))


_piece: Callable[[str], Html] = partial(str.__new__, Html)
"""What makes a piece of HTML of a text that is one, without asking it again."""


def _escaped(text: Any) -> str:
    if not hasattr(text, "__html__"):
        return escape(str(text))
    made: str = text.__html__()
    return made


def html(template: str, /, *parts: Any) -> Html:
    """Return a piece of HTML with parts put into its places.

    Args:
        template: HTML of ours with `{}` for each part.
        parts: Texts, which are escaped, or pieces of HTML.

    Example:
        >>> str(html("<p>{} {}</p>", "a < b &", html("<b>{}</b>", "c > d")))
        '<p>a &lt; b &amp; <b>c &gt; d</b></p>'
    """
    return _piece(template.format(*(part if isinstance(part, (int, float)) else _escaped(part) for part in parts)))


def joined(parts: Iterable[Any], between: str = "") -> Html:
    """Return texts, which are escaped, and pieces of HTML as one piece, with some HTML of ours between them."""
    return _piece(between.join([_escaped(part) for part in parts]))
