"""Views of recommendations: all of them in the order of the evidence for them, and each with the evidence under it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from evidence.audit import Verdict
from evidence.catalog import Library
from evidence.chapter.output import Output, figure_link, finding_link, linked, stacked, table
from evidence.chapter.views import about, marked, worded
from evidence.charts import strip_links
from evidence.markup import Html, html, joined

COLUMNS = {
    "Control group": ("comparison",),
    "Association": ("association",),
    "Reviews": ("review",),
    "Cases": ("case", "case study"),
    "Counts": ("figure", "survey answers", "official statistics", "published statistics"),
    "Opinions": ("argument", "statement"),
}
"""Columns of the matrix by the designs of findings, and the kinds of other evidence, that stand in them; the firmest first.

A count shows that something is so or is wanted, and nothing of what helps: so it stands behind whatever was seen to happen.
"""

_SIDES = {"supports": ("for", "●"), "limits": ("against", "◇")}
PAGE = "recommendations-traced"
"""The chapter that shows each recommendation with its evidence."""


def evidence_under(library: Library, identifier: str) -> list[dict[str, Any]]:
    """Return the rows of evidence under a recommendation that were published by the library's day; without a day all of them."""
    return [row for row in library.rows("recommendation-support") if row["recommendation"] == identifier and _is_there(library, row)]


def _is_there(library: Library, row: dict[str, Any]) -> bool:
    known: Iterable[str] = library.figures if row["kind"] == "figure" else library.by_id(f"{row['kind']}s")
    return not library.as_of or row["target"] in known


def column_of(library: Library, row: dict[str, Any]) -> str:
    """Return the column of the matrix in which a piece of evidence stands."""
    design = library.by_id("findings")[row["target"]]["design"] if row["kind"] == "finding" else row["kind"]
    return next(column for column, designs in COLUMNS.items() if design in designs)


def weighed(library: Library) -> dict[str, Counter[tuple[str, str]]]:
    """Return how much evidence each recommendation has, by column and relation, in their order.

    First comes what a control group speaks for more than it speaks against, then what associations do, and so on through the columns;
    where all are alike, the order of the library.
    """
    found = {
        row["id"]: Counter((column_of(library, one), str(one["relation"])) for one in evidence_under(library, row["id"]))
        for row in library.rows("recommendations")
        if _source_is_there(library, row)
    }

    def weight(identifier: str) -> tuple[int, ...]:
        counted = found[identifier]
        return tuple(counted[column, "limits"] - counted[column, "supports"] for column in COLUMNS)

    return {identifier: found[identifier] for identifier in sorted(found, key=weight)}


def _source_is_there(library: Library, row: dict[str, Any]) -> bool:
    return any(source["id"] == row["source"] for source in library.rows("sources"))


def matrix_view(library: Library, titles: Mapping[str, str]) -> Output:
    """Return the matrix of recommendations and the evidence for and against each, numbered in their order.

    Args:
        library: The data library.
        titles: Name by source.
    """
    rows = library.by_id("recommendations")
    body, lines = [], []
    for rank, (identifier, counted) in enumerate(weighed(library).items(), 1):
        row = rows[identifier]
        link = html('<a href="{}.html#{}">{}</a>', PAGE, identifier, row["title"])
        head = html('<th scope="row"><span class="rank">{}</span> {} <small>{}</small></th>', f"{rank}.", link, titles[row["source"]])
        body.append(html("<tr>{}{}</tr>", head, joined(_cell(counted, column) for column in COLUMNS)))
        told = ", ".join(f"{column}: {said}" for column in COLUMNS if (said := _said(counted, column)))
        lines.append(f"{rank}. {row['title']} ({row['source']}) | {told}")
    heads = joined(html('<th scope="col"><span>{}</span></th>', column) for column in COLUMNS)
    shown = html(
        '<table class="weighed"><thead><tr><th scope="col">What is recommended</th>{}</tr></thead><tbody>{}</tbody></table>',
        heads,
        joined(body, "\n"),
    )
    return Output(shown, "\n".join(lines))


def _cell(counted: Counter[tuple[str, str]], column: str) -> Html:
    """Return a cell with a mark for each piece of evidence; what a screen reader says stands beside the marks."""
    marks = joined(
        html('<span class="{}">{}</span>', side, mark * counted[column, relation])
        for relation, (side, mark) in _SIDES.items()
        if counted[column, relation]
    )
    said = _said(counted, column)
    return (
        html('<td><span aria-hidden="true">{}</span><span class="visually-hidden">{}</span></td>', marks, said)
        if said
        else Html("<td></td>")
    )


def _said(counted: Counter[tuple[str, str]], column: str) -> str:
    return ", ".join(f"{counted[column, relation]} {side}" for relation, (side, _) in _SIDES.items() if counted[column, relation])


def trace_view(library: Library, recommendation: dict[str, Any], verdict_of: Mapping[str, Verdict]) -> Output:
    """Return a recommendation with the evidence under it, what supports it and what limits it."""
    cells, texts = [], []
    for row in evidence_under(library, recommendation["id"]):
        shown, text = _evidence(row, library, verdict_of)
        cells.append([row["relation"], shown, linked(row["why"])])
        texts.append([row["relation"], text, strip_links(row["why"])])
    rank = list(weighed(library)).index(recommendation["id"]) + 1
    head = f"{rank}. {recommendation['title']}: {recommendation['text']} ({recommendation['actor']})"
    trace = html(
        '<p class="trace" id="{}"><strong><span class="rank">{}</span> {}</strong>. {} <em>{}</em></p>',
        *(recommendation["id"], f"{rank}.", *(recommendation[name] for name in ("title", "text", "actor"))),
    )
    if not cells:
        return stacked(Output(trace, head), Output(Html("<p>No evidence is recorded under it.</p>"), "No evidence is recorded under it."))
    return stacked(Output(trace, head), table(["Relation", "Evidence", "Why"], texts, cells, caption=_tally(texts), folded=True))


def _tally(rows: list[list[str]]) -> str:
    """Return how many pieces of evidence support, limit and frame a recommendation."""
    counts = Counter(row[0] for row in rows)
    words = {"supports": "for it", "limits": "against it", "context": "as context"}
    return "Evidence: " + ", ".join(f"{counts[relation]} {word}" for relation, word in words.items() if counts[relation])


def _evidence(row: dict[str, Any], library: Library, verdict_of: Mapping[str, Verdict]) -> tuple[Html, str]:
    target = row["target"]
    if row["kind"] == "figure":
        figure, verdict = library.figure(target), verdict_of[target]
        shown = html("{} {} {}", figure_link(target, figure.shown), about(figure), marked(verdict))
        return shown, f"{figure.shown} {about(figure)} ({worded(verdict)})"
    if row["kind"] == "finding":
        statement = str(library.by_id("findings")[target]["statement"])
        return finding_link(target, statement), statement
    name = str(library.by_id("cases")[target]["name"])
    return html('<a href="case-{}.html">{}</a>', target.removeprefix("case."), name), name
