"""Prove quotes against the texts of the sources, after normalising what editors and converters change."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.errors import SourceError
from evidence.quantity import find_numbers

_FOOTNOTE = re.compile(r"<sup>.*?</sup>", re.IGNORECASE | re.DOTALL)
_BREAK = re.compile(r"</?(?:br|p|li|ul|ol|td|th|tr|div|h[1-6]|table|blockquote)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<(?!https?:)/?[a-zA-Z][^>]*>")
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
_QUOTED = ("figures", "findings", "cases", "case-elements", "recommendations", "spaces")


@dataclass(slots=True)
class Verified:
    """What a proof against the sources found.

    Attributes:
        found: Number of quotes found in their source.
        problems: One message per quote that is not in its source, with the nearest passage.
        uncovered: Numbers that a source states and no figure covers, with source, line and passage.
    """

    found: int = 0
    problems: list[str] = field(default_factory=list)
    uncovered: list[str] = field(default_factory=list)


class Text:
    """A source's text, normalised, with the line each passage stands on."""

    def __init__(self, raw: str) -> None:
        self.starts: list[int] = []
        self.lines: list[str] = []
        position = 0
        for line in raw.splitlines():
            plain = normalise(line)
            self.starts.append(position)
            self.lines.append(plain)
            position += len(plain) + (1 if plain else 0)
        self.plain = " ".join(line for line in self.lines if line)

    def line_of(self, quote: str) -> int:
        """Return the line a normalised quote begins on, from 1, or 0 when it is not in the text."""
        position = self.plain.find(quote)
        return bisect_right(self.starts, position) if position >= 0 else 0

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


def verify(library: Library, folder: Path) -> Verified:
    """Return which quotes of a library are in the texts of their sources, and which numbers of the texts no figure covers.

    Raises:
        SourceError: If the folder holds the text of no source.
    """
    texts = _texts(library, folder)
    result = Verified()
    cases = library.by_id("cases")
    for table in _QUOTED:
        for row in library.all_rows(table):
            source = row.get("source") or cases[row["case"]]["source"]
            if row["quote"] and source in texts:
                _prove(row, texts[source], source, result)
    for source, text in texts.items():
        result.uncovered += _uncovered(library, source, text)
    return result


def _texts(library: Library, folder: Path) -> dict[str, Text]:
    seeds = {row["id"]: folder / row["seed"] for row in library.rows("sources") if row["seed"]}
    texts = {key: Text(path.read_text(encoding="utf-8")) for key, path in seeds.items() if path.is_file()}
    if not texts:
        raise SourceError(f"{folder}: holds the text of no source; expected {', '.join(path.name for path in seeds.values())}.")
    missing = [f"{key} ({path.name})" for key, path in seeds.items() if key not in texts]
    if missing:
        raise SourceError(f"{folder}: the text of {', '.join(missing)} is missing, so its quotes cannot be proved.")
    return texts


def _prove(row: dict[str, str], text: Text, source: str, result: Verified) -> None:
    quote = normalise(row["quote"])
    if text.line_of(quote):
        result.found += 1
        return
    hint = f' Nearest: "{near[:200]}"' if (near := text.nearest(quote)) else ""
    result.problems.append(f'{where(row)}, column quote: not in the text of {source}: "{quote[:120]}".{hint} Correct the quote.')


def _uncovered(library: Library, source: str, text: Text) -> list[str]:
    quotes = [normalise(row["quote"]) for row in library.all_rows("figures") if row["source"] == source]
    covered = [(position, position + len(quote)) for quote in quotes if (position := text.plain.find(quote)) >= 0]
    found = []
    for number in find_numbers(text.plain):
        if not any(low <= number.start and number.end <= high for low, high in covered):
            passage = text.plain[max(0, number.start - 50) : number.end + 40]
            found.append(f"{source}, line {bisect_right(text.starts, number.start)}: {number.text} (... {passage} ...)")
    return found
