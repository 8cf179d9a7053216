"""Which numbers of a source's text no figure covers, after leaving out what states nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.catalog.verify.apparatus import apparatus
from evidence.catalog.verify.text import Span, Text, normalise
from evidence.quantity import Found, find_numbers

NOT_EVIDENCE = "not-evidence"
"""Table of passages whose numbers are no evidence."""


def uncovered_numbers(library: Library, source: str, text: Text) -> tuple[list[str], list[str]]:
    """Return the numbers of a text that need a figure and have none, and what is wrong with the table of passages that need none.

    Args:
        library: The data library.
        source: Key of the source.
        text: Its text.

    Returns:
        One message per number, with source, place and passage; and one per row of `not-evidence.csv` about the source whose text is not
        in it or lets no number through.
    """
    covered = list(_stated(library, source, text))
    silent = apparatus(text)
    open_ = [number for number in find_numbers(text.plain) if not _meets(number, covered) and not _within(number, silent)]
    rows = [row for row in library.all_rows(NOT_EVIDENCE) if row["source"] == source]
    passages = [(row, list(text.occurrences(normalise(row["text"])))) for row in rows]
    exempt = [span for _, spans in passages for span in spans]
    problems = [problem for row, spans in passages for problem in _idle(row, source, spans, open_)]
    return [_shown(number, source, text) for number in open_ if not _within(number, exempt)], problems


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
