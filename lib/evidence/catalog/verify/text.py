"""A source's text as quotes are sought in it: without what editors and converters change, but with the place of every passage."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from html import unescape

from evidence.quantity import Found, find_numbers

Span = tuple[int, int]
"""Offsets of a passage's first character and after its last one."""

_FOOTNOTE = re.compile(r"<sup>.{0,200}?</sup>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"</?(?:br|p|li|ul|ol|td|th|tr|div|h[1-6]|table|blockquote)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?!https?:)/?[a-zA-Z][^<>]*>")
_SAME = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‑": "-",
        "\u2212": "-",
        "\u00ad": "",
        "\u200b": "",
        "\u00a0": " ",
        "\u202f": " ",
    }
)


class Text:
    """A source's text, normalised, with the place of each passage.

    Attributes:
        raw: Its lines as read.
        lines: The same lines, normalised.
        starts: Offset in `plain` at which each line begins.
        plain: All normalised lines in one, with single spaces between.
        places: Number of the line or page each line stands on, from 1.
        unit: What `places` counts, `line` or `page`.
    """

    def __init__(self, raw: str, places: list[int] | None = None, unit: str = "line") -> None:
        self.raw = raw.splitlines()
        self.lines = [normalise(line) for line in self.raw]
        self.places = places or list(range(1, len(self.raw) + 1))
        self.unit = unit
        self.starts: list[int] = []
        position = 0
        for line in self.lines:
            self.starts.append(position)
            position += len(line) + (1 if line else 0)
        self.plain = " ".join(line for line in self.lines if line)

    @cached_property
    def numbers(self) -> list[Found]:
        """The numbers that it states as evidence, in order."""
        return find_numbers(self.plain)

    def line_of(self, quote: str) -> int:
        """Return the line (or page) a normalised quote begins on, from 1, or 0 when it is not in the text."""
        position = self.plain.find(quote)
        return self.places[bisect_right(self.starts, position) - 1] if position >= 0 else 0

    def place(self, position: int) -> str:
        """Return where an offset of `plain` stands, such as `line 12` or `page 3`."""
        return f"{self.unit} {self.places[bisect_right(self.starts, position) - 1]}"

    def occurrences(self, passage: str) -> Iterator[Span]:
        """Yield where a normalised passage stands in `plain`, in order, without overlaps."""
        return (match.span() for match in re.finditer(re.escape(passage), self.plain) if passage)

    def span(self, line: int) -> Span:
        """Return where a line, counted from 0, stands in `plain`."""
        return self.starts[line], self.starts[line] + len(self.lines[line])

    def section(self, heading: str) -> Span | None:
        """Return where the part below a normalised heading stands in `plain`, to the next heading of its rank or a higher one; None without one."""
        ranks = [len(raw) - len(raw.lstrip("#")) for raw in self.raw]
        first = next((line for line, rank in enumerate(ranks) if rank and self.lines[line] == heading), None)
        if first is None:
            return None
        after = (line for line in range(first + 1, len(ranks)) if 0 < ranks[line] <= ranks[first])
        return self.starts[first], self.span(next(after, len(ranks)) - 1)[1]

    def nearest(self, quote: str) -> str:
        """Return the passage as long as `quote` that shares its longest run of words with it, or an empty text."""
        words = quote.split()
        for length in range(len(words) - 1, 1, -1):
            for start in range(len(words) - length + 1):
                run = " ".join(words[start : start + length])
                if (position := self.plain.find(run)) >= 0:
                    begin = max(0, position - len(" ".join(words[:start])) - 1)
                    return self.plain[begin : self.plain.find(" ", begin + len(quote) + 10) % (len(self.plain) + 1)].strip()
        return ""


def normalise(text: str) -> str:
    """Return text without tags, footnote marks and emphasis, with plain quotation marks, dashes and spaces.

    Example:
        >>> normalise("It **rose** by 5&nbsp;%<sup>12</sup> – “sharply”")
        'It rose by 5 % - "sharply"'
    """
    plain = _TAG.sub("", _BREAK.sub(" ", _FOOTNOTE.sub("", unescape(text)))).translate(_SAME)
    plain = re.sub(r"\\([_*#$])", r"\1", plain)
    plain = re.sub(r"\*+|(?<!\w)_+|_+(?!\w)", "", plain)
    plain = re.sub(r"^\s*(?:#+|[-•])\s+", "", plain)
    return " ".join(plain.split())
