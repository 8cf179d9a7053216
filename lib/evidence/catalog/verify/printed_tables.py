"""The tables of printed pages (PDF), whose cells are words in a line: which lines are rows, and where a cell ends."""

from __future__ import annotations

import itertools
import re

_CELL = re.compile(r"\(?[-+\u2212]?[£$€]?\d[\d,]*(?:\.\d+)?%?\)?[a-z*]?|-|\u2013|\.\.|:|n/a", re.IGNORECASE)
"""A cell of a table of numbers."""
_ROWS, _CELLS = 2, 2
"""How many rows, and cells behind their label, lines of a page have at least to be a table."""
_WIDEST = 120
TITLE = re.compile(r"\s*(?:Table|Chart|Figure|Box|Exhibit) [A-Z]?\d[\d.]*[a-z]?(?:[.:]| [-\u2013])?\s")
"""How the title of a table begins."""


def tabled(lines: list[str]) -> list[str]:
    """Return lines with tabs between the cells of tables: runs of lines that are a label and as many numbers."""
    tabled, first = list(lines), 0
    counts = [_cells(line) for line in lines]
    while first < len(lines):
        last = first
        while last < len(lines) and counts[last] >= _CELLS:
            last += 1
        if last - first >= _ROWS:
            many = min(counts[first:last])
            tabled[first:last] = [_parted(line.split(), many) for line in lines[first:last]]
            above = first - 1 if not _years(lines[first].split()[-many:]) else first
            if above >= 0 and above < first and _head(lines[above]):
                tabled[above] = _named(lines[above], many)
            if above and _head(lines[above - 1]) and (upper := _upper(lines[above - 1], tabled[above].split("\t")[1:])):
                tabled[above - 1] = upper
        first = last + 1
    return tabled


def _cells(line: str) -> int:
    """Return how many numbers a line ends in that begins with a label, or years it is made of; 0 for one that is too wide for a row."""
    words = line.split()
    if len(words) > 1 and all(map(_YEAR.fullmatch, words)):
        return len(words)
    held = sum(1 for _ in itertools.takewhile(_CELL.fullmatch, reversed(words)))
    return min(held, len(words) - 1) if len(line) < _WIDEST and any(word[-1:].isdigit() or word[-1:] == "%" for word in words[-1:]) else 0


def _head(line: str) -> bool:
    return bool(line.strip()) and len(line) < _WIDEST and line.rstrip()[-1:] not in ".;:!?" and not TITLE.match(line)


def _years(words: list[str]) -> bool:
    """Return whether words are years, or most of them, and so the heads of columns."""
    return sum(1 for word in words if _YEAR.fullmatch(word)) * 2 > len(words)


_YEAR = re.compile(r"(?:19|20)\d\d(?:[/-]\d\d(?:\d\d)?)?[a-z*]?")


def _named(line: str, many: int) -> str:
    """Return the heads of so many columns, apart where years show which words are one head; else in one cell."""
    words = re.split(r"\s+(?!\()", line.strip())
    if _years(words[-many:]):
        return _parted(words, many)
    heads = _capitalised(line)
    return "\t".join(["", *heads][-many - 1 :]) if many <= len(heads) <= many + 1 else _parted(words, 0)


def _capitalised(line: str) -> list[str]:
    """Return the parts of a line of which each begins with a capital, a digit or the sign of a unit."""
    return re.split(r"\s+(?=[A-Z\d£$€%])", line.strip())


def _upper(line: str, heads: list[str]) -> str:
    """Return a line of heads each of which reaches over as many columns as heads below it come again; empty where it is none."""
    above = _capitalised(line)
    for label, over in (("", above), (above[0], above[1:])):
        wide, rest = divmod(len(heads), max(1, len(over)))
        if len(over) > 1 and wide > 1 and not rest and heads == heads[:wide] * len(over):
            return label + "".join(f"\t{head}" + "\t" * (wide - 1) for head in over)
    return ""


def _parted(words: list[str], many: int) -> str:
    """Return words with tabs before each of the last of them, so many; before the first where there are none."""
    return "\t".join([" ".join(words[: len(words) - many]), *words[len(words) - many :]]) if many else "\t" + " ".join(words)
