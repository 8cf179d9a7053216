"""A page as lines of an earlier one and lines of its own, each of which is a part that can be read by itself, such as the entry of a number."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from evidence.editions.deltas import assembled, pieces

MARK = "<!--own-->"
"""Stands on the line before each line of its own, in a page that has only these."""

ANCHOR = re.compile(r'\sid="([^"]+)"')
_LINE = re.compile(r"(?<=\n)")
_MARKED = re.compile(rf"{MARK}\n([^\n]*\n)")
_PART = re.compile(r"<(section|div|details|nav)\b[^\n]*</\1>\n")
_TAG = re.compile(r"<(/?\w+)")
_NESTED = ("section", "div", "details", "summary", "nav", "dl", "ul", "ol", "table", "p", "span", "a")
"""Elements that end only where it is said."""


@dataclass(frozen=True)
class Differing:
    """How a page differs from an earlier one.

    Attributes:
        parts: Of what lines it is made: two numbers for lines of the earlier page, from which and how many; one for how many of its own. Nothing where both
            are the same.
        own: Its own lines.
        gone: The anchors of what it has no more.
    """

    parts: Sequence[Sequence[int] | int] = ()
    own: Sequence[str] = ()
    gone: Sequence[str] = ()


def differing(base: str, made: str) -> Differing | None:
    r"""Return how a page differs from an earlier one; None where that is in more than whole parts, each of which has an anchor or stands for another.

    Example:
        >>> a, b = '<div id="a">a</div>\n', '<div id="b">b</div>\n'
        >>> differing(f"1\n{a}2\n", f"1\n{b}2\n")
        Differing(parts=[(0, 1), 1, (2, 2)], own=['<div id="b">b</div>\n'], gone=['a'])
        >>> differing(a + b, a), differing(f"1\n{a}", f"2\n{a}"), differing("<div>c</div>\n" + a, a)
        (Differing(parts=[(0, 1), (2, 1)], own=[], gone=['b']), None, None)
    """
    if base == made:
        return Differing()
    old = _LINE.split(base)
    found = list(pieces(old, _LINE.split(made)))
    own = [line for part in found if isinstance(part, list) for line in part]
    taken = {place for part in found if isinstance(part, tuple) for place in range(part[0], sum(part))}
    left = [line for place, line in enumerate(old) if place not in taken]
    if not are_parts([*own, *left]) or _nameless(left) > _nameless(own):
        return None
    there = set(ANCHOR.findall(made))
    gone = [name for name in dict.fromkeys(ANCHOR.findall("".join(left))) if name not in there]
    return Differing([len(part) if isinstance(part, list) else part for part in found], own, gone)


def _nameless(lines: Iterable[str]) -> int:
    return sum(not ANCHOR.search(line) for line in lines)


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
