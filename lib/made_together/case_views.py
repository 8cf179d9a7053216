"""Views of case studies, spaces and recommendations: what the sources report of them, and the evidence under them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from evidence.audit import Verdict
from evidence.catalog import Figure, Library
from evidence.chapter.output import Output, figure_link, finding_link, stacked, table
from evidence.chapter.views import about, figures_table, marked, worded
from evidence.markup import Html, html, joined
from made_together.charts import is_there

_KINDS = (("activity", "What it does"), ("enabler", "What makes it work"), ("impact", "What came of it"))


def case_figures(library: Library, identifier: str) -> list[str]:
    """Return the ids of the figures of a case: those whose first two words begin its own id."""
    return [key for key in library.figures if identifier.startswith(".".join(key.split(".")[:2]))]


def case_view(
    library: Library, identifier: str, figures: list[Figure], verdict_of: Mapping[str, Verdict], titles: Mapping[str, str]
) -> Output:
    """Return a case: who and where, its numbers, and its activities, enablers, results and voices.

    Args:
        library: The data library.
        identifier: Id of the case.
        figures: Its figures.
        verdict_of: Verdict by figure id.
        titles: Name by source.

    Raises:
        DataError: If there is no such case.
    """
    case = library.by_id("cases").get(identifier)
    if case is None:
        raise library.absent("cases", identifier, library.by_id("cases"))
    own = [row for row in library.rows("case-elements") if row["case"] == identifier]
    head = Output(
        html('<p class="case-head"><strong>{}</strong>, {}. {}.</p>', case["name"], case["place"], case["organisation"]),
        f"{case['name']}, {case['place']}. {case['organisation']}.",
    )
    numbers = [figures_table(figures, verdict_of, titles, "The numbers of this case")] if figures else []
    lists = [_elements([row for row in own if row["kind"] == kind], caption) for kind, caption in _KINDS]
    return stacked(head, *numbers, *lists, _voices([row for row in own if row["kind"] == "testimony"]))


def _elements(rows: list[dict[str, Any]], caption: str) -> Output:
    texts = [[row["text"], row["pooling"] or "–", row["pillar"] or "–"] for row in rows]
    return table([caption, "Pools", "Pillar"], texts)


def _voices(rows: list[dict[str, Any]]) -> Output:
    said = [row for row in rows if row["quote"]]
    voice = "<blockquote><p>“{}”</p><footer>{}</footer></blockquote>"
    voices = joined(html(voice, row["quote"].strip(_MARKS), row["speaker"]) for row in said)
    return Output(
        html('<details class="evidence"><summary>Voices from the case</summary>{}</details>', voices),
        "\n".join(f"{row['quote']} ({row['speaker']})" for row in said),
    )


_MARKS = "\"“”'‘’ "


def spaces_view(rows: list[dict[str, Any]]) -> Output:
    """Return the spaces named, with their status on the day they were described."""
    names = ("name", "place", "country", "kind", "status", "described_on")
    texts = [[row[name] for name in names] for row in rows]
    return table(["Space", "Place", "Country", "Kind", "Status", "Described by"], texts)


def trace_view(library: Library, recommendation: dict[str, Any], verdict_of: Mapping[str, Verdict]) -> Output:
    """Return a recommendation with the evidence under it, what supports it and what limits it."""
    findings = library.by_id("findings")
    cases = library.by_id("cases")
    cells, texts = [], []
    for row in library.rows("recommendation-support"):
        if row["recommendation"] == recommendation["id"] and is_there(library, row["kind"], row["target"]):
            shown, text = _evidence(row, library, findings, cases, verdict_of)
            cells.append([row["relation"], shown, row["why"]])
            texts.append([row["relation"], text, row["why"]])
    number = f"Recommendation {recommendation['number']}. " if recommendation["number"] else ""
    head = f"{number}{recommendation['title']}: {recommendation['text']} ({recommendation['actor']})"
    trace = html(
        '<p class="trace"><strong>{}{}</strong>. {} <em>{}</em></p>', number, *(recommendation[name] for name in ("title", "text", "actor"))
    )
    if not cells:
        return stacked(Output(trace, head), Output(Html("<p>No evidence is recorded under it.</p>"), "No evidence is recorded under it."))
    caption = f"The evidence under it: {_tally(texts)}"
    return stacked(Output(trace, head), table(["Relation", "Evidence", "Why"], texts, cells, caption=caption, folded=True))


def _tally(rows: list[list[str]]) -> str:
    """Return how many pieces of evidence support, limit and frame a recommendation."""
    counts = Counter(row[0] for row in rows)
    words = {"supports": "supporting", "limits": "limiting", "context": "for context"}
    return ", ".join(f"{counts[relation]} {word}" for relation, word in words.items() if counts[relation])


def _evidence(
    row: dict[str, Any], library: Library, findings: dict[str, Any], cases: dict[str, Any], verdict_of: Mapping[str, Verdict]
) -> tuple[Html, str]:
    target = row["target"]
    if row["kind"] == "figure":
        figure = library.figure(target)
        verdict = verdict_of[target]
        return (
            html("{} {} {}", figure_link(target, figure.shown), about(figure), marked(verdict)),
            f"{figure.shown} {about(figure)} ({worded(verdict)})",
        )
    if row["kind"] == "finding":
        statement = str(findings[target]["statement"])
        return finding_link(target, statement), statement
    page = "case-" + target.removeprefix("case.")
    return html('<a href="{}.html">{}</a>', page, cases[target]["name"]), str(cases[target]["name"])
