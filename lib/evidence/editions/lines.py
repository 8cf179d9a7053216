"""A page as lines of an earlier one and lines of its own, each of which is a part that can be read by itself, such as the entry of a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from evidence.editions.deltas import assembled, pieces

MARK = "<!--own-->"
"""Stands on the line before each line of its own, in a page that has only these."""

ANCHOR = re.compile(r'\sid="([^"]+)"')
_LINE = re.compile(r"(?<=\n)")
_MARKED = re.compile(rf"{MARK}\n([^\n]*\n)")
_PART = re.compile(r"<(section|div|details)\b[^\n]*</\1>\n")
_TAG = re.compile(r"<(/?\w+)")
_NESTED = ("section", "div", "details", "summary", "dl", "ul", "ol", "table", "p", "span", "a")
"""Elements that end only where it is said."""


def differing(base: str, made: str) -> tuple[list[Sequence[int] | int], list[str]] | None:
    r"""Return of what lines a page is made, and which are its own: two numbers for lines of an earlier page, from which and how many; one for how many of its own.

    Args:
        base: The earlier page.
        made: The page.

    Returns:
        None where a line of its own is no part that can be read by itself, or where the earlier page has a part that this one has not.

    Example:
        >>> a, b = "<div>a</div>\n", "<div>b</div>\n"
        >>> differing(f"1\n{a}2\n", f"1\n{b}2\n"), differing(f"1\n{a}", f"2\n{a}"), differing(a + b, a)
        (([(0, 1), 1, (2, 2)], ['<div>b</div>\n']), None, None)
    """
    found = list(pieces(_LINE.split(base), _LINE.split(made)))
    own = [line for part in found if isinstance(part, list) for line in part]
    gone = set(ANCHOR.findall(base)) - set(ANCHOR.findall(made))
    if gone or made.count("\n") < base.count("\n") or not are_parts(own):
        return None
    return [len(part) if isinstance(part, list) else part for part in found], own


def put_together(base: str, parts: Iterable[Sequence[int] | int], own: Iterable[str]) -> str:
    r"""Return the page that is made of lines of an earlier one and of its own.

    Raises:
        ValueError: If the earlier page has no such lines.

    Example:
        >>> put_together("a\nb\nc\n", [[0, 1], 1, [2, 2]], ["B\n"])
        'a\nB\nc\n'
    """
    left = iter(own)
    return assembled(_LINE.split(base), ["".join(islice(left, part)) if isinstance(part, int) else part for part in parts])


def are_parts(lines: Iterable[str]) -> bool:
    r"""Return whether each of some lines is a part of a page that can be read by itself, and that no script belongs to.

    Example:
        >>> are_parts(["<section id='a'><p>A</p></section>\n"]), are_parts(["<p>a\n"]), are_parts(["<div><p>a</div><div></p></div></div>\n"])
        (True, False, False)
    """
    return all(_PART.fullmatch(line) and _is_closed(Counter(_TAG.findall(line))) for line in lines)


def _is_closed(tags: Counter[str]) -> bool:
    return all(tags[name] == tags[f"/{name}"] for name in _NESTED) and not tags["script"]


def marked(lines: Iterable[str]) -> str:
    """Return lines of its own as a page holds them that has only these."""
    return "".join(f"{MARK}\n{line}" for line in lines)


def marked_in(page: str) -> list[str]:
    r"""Return the lines of its own that a page holds.

    Example:
        >>> marked_in("<main>" + marked(["<div>a</div>\n", "<div>b</div>\n"]) + "</main>")
        ['<div>a</div>\n', '<div>b</div>\n']
    """
    return _MARKED.findall(page)
