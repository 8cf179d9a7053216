"""The ledger as a chapter shows it: on the page a table of the sources, as text every record, so that none can change unnoticed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from evidence.audit import SHOWN, Verdict
from evidence.catalog import Library
from evidence.chapter.output import Output, table
from evidence.markup import Html, html

_SLOT = Html('<div class="ledger-slot"></div>')
"""Room for the table that can be searched; the site fills it in."""


def ledger_view(library: Library, verdict_of: Mapping[str, Verdict]) -> Output:
    """Return the sources with the number of their figures and findings, each led to its page of entries.

    The text holds every figure with its verdict, caveats and all places, and every finding with its quote: recorded outputs are compared with it.
    """
    counted = _sources(library, verdict_of)
    records = [line for verdict in verdict_of.values() for line in _figure(library, verdict)]
    findings = [line for row in library.rows("findings") for line in _finding(row)]
    return Output(html("{}\n{}", _SLOT, counted.html), "\n".join([counted.text, "", *records, "", *findings]))


def _sources(library: Library, verdict_of: Mapping[str, Verdict]) -> Output:
    words = Counter((verdict.figure.source, verdict.shown) for verdict in verdict_of.values())
    order = SHOWN[::-1]
    found = Counter(row["source"] for row in library.rows("findings"))
    cells, texts = [], []
    for row in library.rows("sources"):
        tally = {word: words[row["id"], word] for word in order if words[row["id"], word]}
        text = [row["title"], _count(sum(tally.values()), "figure"), _count(found[row["id"]], "finding"), _tally(tally)]
        cells.append([html('<a href="ledger-{}.html">{}</a>', row["id"], text[0]), *text[1:]])
        texts.append(text)
    return table(["Source", "Figures", "Findings", "Verdicts of the figures"], texts, cells)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else "–"


def _tally(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {word}" for word, number in counts.items()) or "–"


def _figure(library: Library, verdict: Verdict) -> list[str]:
    figure = verdict.figure
    named = ("source", "shown", "unit", "category", "population", "place", "period", "as_of", "origin")
    said = [*(getattr(figure, name) for name in named), *(cell for _, cell in figure.further)]
    state = [verdict.word, *verdict.reasons, *verdict.corrections, verdict.doubt, figure.note]
    lines = [_line(figure.id, *said), "  " + _line(*state)]
    lines += ["  " + _line(place.locator, place.stated, place.population, place.quote) for place in library.places(figure.id)]
    return lines + ["  " + _line("earlier", old.as_of, old.stated, old.period) for old in library.earlier(figure.id)]


def _finding(row: dict[str, Any]) -> list[str]:
    names = (
        *("id", "source", "statement", "direction", "basis", "design", "sample", "directness", "strength", "population"),
        *("region", "as_of", "disputed_with"),
    )
    return [_line(*(row[name] for name in names)), "  " + _line(row["locator"], row["quote"])]


def _line(*cells: str) -> str:
    return " | ".join(cell for cell in cells if cell)
