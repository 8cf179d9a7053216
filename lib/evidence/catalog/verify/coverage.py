"""Which numbers of a source's text no figure covers, after leaving out what states nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.catalog.verify.apparatus import apparatus
from evidence.catalog.verify.text import Span, Text, normalise
from evidence.quantity import Found

NOT_EVIDENCE = "not-evidence"
"""Table of passages whose numbers are no evidence."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which numbers of a text have a figure.

    Attributes:
        covered: How many have one.
        needed: How many of the parts that were read need one.
        open: A message for each that has none, with source, place and passage.
        problems: What is wrong with the tables of parts and of passages that need none.
        share: Share of all numbers of the text, of the other parts too, that have a figure or a reason.
    """

    covered: int
    needed: int
    open: list[str]
    problems: list[str]
    share: float


def coverage(library: Library, source: str, text: Text) -> Coverage:
    """Return which numbers of a text have a figure, and which need one and have none.

    A source that was read in part needs figures for the numbers of these parts only; the share counts the others too.

    Args:
        library: The data library.
        source: Key of the source.
        text: Its text.
    """
    covered = list(_stated(library, source, text))
    silent = apparatus(text)
    stating = [number for number in text.numbers if not _within(number, silent)]
    open_ = [number for number in stating if not _meets(number, covered)]
    rows = [row for row in library.all_rows(NOT_EVIDENCE) if row["source"] == source]
    passages = [(row, list(text.occurrences(normalise(row["text"])))) for row in rows]
    exempt = [span for _, spans in passages for span in spans]
    parts, problems = _parts(library, source, text)
    problems += [problem for row, spans in passages for problem in _idle(row, source, spans, open_)]
    missing = [number for number in open_ if not _within(number, exempt)]
    needed = [number for number in missing if _within(number, parts)]
    in_parts = [number for number in stating if _within(number, parts)]
    told = [_shown(number, source, text) for number in needed]
    return Coverage(len(in_parts) - len(needed), len(in_parts), told, problems, 1 - len(missing) / max(len(stating), 1))


_LINES = re.compile(r"(line|page)s? (\d+)(?: to (\d+))?")


def _parts(library: Library, source: str, text: Text) -> tuple[list[Span], list[str]]:
    """Return where the parts of a text that were read whole stand, the whole text where none is declared; and what is wrong with the table."""
    rows = [row for row in library.all_rows("parts") if row["source"] == source]
    spans = [_part(row["part"], text) for row in rows]
    problems = [
        f"{where(row)}, column part: {source} has no heading and no lines or pages called so. Correct the part, or remove the row."
        for row, span in zip(rows, spans, strict=True)
        if not span
    ]
    return [span for span in spans if span] or [(0, len(text.plain))], problems


def _part(named: str, text: Text) -> Span | None:
    if (numbered := _LINES.fullmatch(named)) and numbered[1] == text.unit:
        first, last = int(numbered[2]), int(numbered[3] or numbered[2])
        lines = [line for line, place in enumerate(text.places) if first <= place <= last]
        return (text.starts[lines[0]], text.span(lines[-1])[1]) if lines else None
    return text.section(normalise(named))


def _stated(library: Library, source: str, text: Text) -> Iterator[Span]:
    """Yield where the figures of a source stand in its text: each record the next place of its quote, since a record is one place."""
    taken: Counter[tuple[str, str, str]] = Counter()
    for row in library.all_rows("figures"):
        if row["source"] == source and row["quote"]:
            quote, stated = normalise(row["quote"]), normalise(row["stated"])
            key = row["id"], quote, stated
            for start, _ in islice(text.occurrences(quote), taken[key], taken[key] + 1):
                offset = start + quote.find(stated)
                yield offset, offset + len(stated)
            taken[key] += 1


def _meets(number: Found, spans: list[Span]) -> bool:
    return any(low < number.end and number.start < high for low, high in spans)


def _within(number: Found, spans: list[Span]) -> bool:
    return any(low <= number.start and number.end <= high for low, high in spans)


def _idle(row: dict[str, Any], source: str, spans: list[Span], numbers: list[Found]) -> Iterator[str]:
    if not spans:
        yield f"{where(row)}, column text: not in the text of {source}. Correct the passage, or remove the row."
    elif not any(_within(number, spans) for number in numbers):
        yield f"{where(row)}, column text: lets no number of {source} through that needs it. Remove the row."


def _shown(number: Found, source: str, text: Text) -> str:
    passage = text.plain[max(0, number.start - 50) : number.end + 40]
    return f"{source}, {text.place(number.start)}: {number.text} (... {passage} ...)"
