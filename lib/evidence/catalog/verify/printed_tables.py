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
    r"""Return lines with tabs between the cells of tables: runs of lines that are a label and as many numbers.

    A label that goes on in the next line stands whole in the row it belongs to, and heads that come again on a further page are parted as before.

    Example:
        >>> tabled(["Town 2024 2025", "Leeds 41 42", "York and", "its villages 51 52", "Aged 16 to 64 92 94"])
        ['Town\t2024\t2025', 'Leeds\t41\t42', '', 'York and its villages\t51\t52', 'Aged 16 to 64\t92\t94']
    """
    tabled, first = _whole_labels(lines), 0
    counts = [_cells(line) for line in tabled]
    while first < len(tabled):
        last = _end(tabled, counts, first)
        rows = [at for at in range(first, last) if counts[at] >= _CELLS]
        if len(rows) >= _ROWS:
            _part(tabled, [counts[at] for at in rows], rows)
        first = last + 1
    return tabled


def _end(lines: list[str], counts: list[int], first: int) -> int:
    """Return where the rows end that begin at a line: what is empty, or comes again from above them, lies between them."""
    last, above = first, lines[first - 1].strip() if first else ""
    while last < len(lines) and (counts[last] >= _CELLS or (first < last and lines[last].strip() in ("", above))):
        last += 1
    while last > first and counts[last - 1] < _CELLS:
        last -= 1
    return last


def _part(lines: list[str], counts: list[int], rows: list[int]) -> None:
    """Put tabs between the cells of rows, and of the heads above them, in place; a row that lacks cells does not tell which, so it stays whole."""
    many, first = max(counts, key=lambda count: (counts.count(count), count)), rows[0]
    above = first - 1 if not _years(lines[first].split()[-many:]) else first
    again = [at for at in range(first, rows[-1]) if above >= 0 and at not in rows and lines[at].strip()]
    for at, count in zip(rows, counts, strict=True):
        lines[at] = _parted(lines[at].split(), many if count >= many else 0)
    if above >= 0 and above < first and _head(lines[above]):
        lines[above] = _named(lines[above], many)
        for at in again:
            lines[at] = lines[above]
    if above > 0 and _head(lines[above - 1]) and (upper := _upper(lines[above - 1], lines[above].split("\t")[1:])):
        lines[above - 1] = upper


def _whole_labels(lines: list[str]) -> list[str]:
    """Return lines in which a label that goes on in a row stands in that row, and its own line is empty."""
    whole = list(lines)
    for at, after in enumerate(lines[1:]):
        if _cells(after) >= _CELLS and _goes_on(whole[at], after):
            whole[at : at + 2] = "", f"{whole[at].strip()} {after.strip()}"
    return whole


def _goes_on(line: str, after: str) -> bool:
    """Return whether a short line without numbers at its end is the beginning of a label: a small letter follows, or it ends in what asks for more."""
    begun = line.strip()[:1].isupper() and len(line) < _LABEL and not _cells(line) and _head(line)
    return begun and bool(after.strip()[:1].islower() or re.search(r"(?:,|&|\b(?:and|or|of|the|in|for|to|with))\s*$", line))


_LABEL = 60
"""A line of fewer signs may be the beginning of a label."""


def _cells(line: str) -> int:
    """Return how many numbers a line ends in that begins with a label, or years it is made of; 0 for one that is too wide for a row."""
    words = line.split()
    if len(words) > 1 and all(map(_YEAR.fullmatch, words)):
        return len(words)
    held = min(sum(1 for _ in itertools.takewhile(_CELL.fullmatch, reversed(words))), len(words) - 1)
    if held > 0 and _LEADS.search(" ".join(words[:-held]).lower()):
        held -= 1
    return held if len(line) < _WIDEST and any(word[-1:].isdigit() or word[-1:] == "%" for word in words[-1:]) else 0


_LEADS = re.compile(r"\b(?:to|and|aged|(?<!and )(?<!or )(?:under|over)|age|year|level|grade|band|stage)$")
"""What a number follows that belongs to the label: "Aged 16 to 64"."""


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
    found = (heads for heads in (_capitalised(line), _DATED.split(line.strip())) if many <= len(heads) <= many + 1)
    return "\t".join(["", *heads][-many - 1 :]) if (heads := next(found, [])) else _parted(words, 0)


def _capitalised(line: str) -> list[str]:
    """Return the parts of a line of which each begins with a capital, a digit or the sign of a unit."""
    return re.split(r"\s+(?=[A-Z\d£$€%])", line.strip())


_DATED = re.compile(r"(?<!,)\s+(?=[A-Z£$€%]|\d(?!\d{3}\b))")
"""Where heads part of which some end in a year, or go on behind a comma."""


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
