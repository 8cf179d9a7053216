"""Tables of a chapter: each function turns part of a library into an output."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence import claims
from evidence.audit import Verdict
from evidence.catalog import Figure, Library
from evidence.chapter.output import Output, anchor, figure_link, finding_link, linked, table, verdict_mark
from evidence.charts import strip_links
from evidence.markup import Html, html, joined
from evidence.statements import Statement


def figures_table(
    figures: list[Figure], verdict_of: Mapping[str, Verdict], titles: Mapping[str, str], caption: str, *, folded: bool = False
) -> Output:
    """Return figures with whom they are about, verdict and source."""
    rows, texts = [], []
    for figure in figures:
        subject, verdict = about(figure) or _label(figure), verdict_of[figure.id]
        rows.append([figure_link(figure.id, figure.shown), subject, marked(verdict), titles[figure.source]])
        texts.append([figure.shown, subject, worded(verdict), figure.source])
    return table(["Number", "What it is about", "Verdict", "Source"], texts, rows, caption=caption, folded=folded)


def about(figure: Figure) -> str:
    """Return whom or what a figure is about, where and when."""
    subject = figure.category or figure.population
    return ", ".join(dict.fromkeys(part for part in (subject, figure.place if figure.place not in subject else "", figure.period) if part))


def marked(verdict: Verdict) -> Html:
    """Return a figure's verdict as HTML, with a link to the audit where a correction names it, and what else speaks against it."""
    return verdict_mark(verdict.word, verdict.corrections, verdict.doubt)


def worded(verdict: Verdict) -> str:
    """Return a figure's verdict as text, with what speaks against the number."""
    return verdict.shown + (" (see audit)" if verdict.corrections else "") + (f" ({strip_links(verdict.doubt)})" if verdict.doubt else "")


def headline_numbers(figures: list[tuple[Figure, str]], verdict_of: Mapping[str, Verdict]) -> Output:
    """Return a few numbers large, each with a line of our prose and its verdict."""
    cards, lines = [], []
    for figure, about in figures:
        verdict = verdict_of[figure.id]
        number = figure_link(figure.id, figure.shown)
        item = '<li><span class="big">{}</span><span>{}</span><span class="state">{}</span></li>'
        cards.append(html(item, number, linked(about), marked(verdict)))
        lines.append(f"{figure.shown} | {about} | {worded(verdict)}")
    return Output(html('<ul class="headline-numbers">{}</ul>', joined(cards)), "\n".join(lines))


def claim_box(judged: claims.Judged) -> Output:
    """Return a claim as one line with its state, which opens to the numbers that decide it and to what would change our mind."""
    word = "holds" if judged.holds else "broken"
    inputs = joined((html("{} ({})", figure_link(figure.id, figure.shown), _label(figure)) for figure in judged.inputs), ", ")
    line = html(
        '<details class="claim claim-{}"><summary><strong>{}:</strong> {}.</summary><p>Decided by {}.</p><p>{}</p></details>',
        *(word, _state(judged), judged.claim.statement, inputs, judged.claim.threshold),
    )
    decided = ", ".join(f"{figure.id} = {figure.shown}" for figure in judged.inputs)
    return Output(line, f"{_state(judged)}: {judged.claim.statement}. Decided by {decided}. {judged.claim.threshold}")


def _state(judged: claims.Judged) -> str:
    """Return whether a claim holds, and whether that could be chance: what a sample shows need not be so of all it was drawn from."""
    if not judged.holds:
        return "No longer holds"
    return "Holds of those who were asked, though chance alone could give it" if judged.beyond_chance is False else "Holds"


def _label(figure: Figure) -> str:
    """Return what tells a figure from its neighbours: its category, or the end of its id in words."""
    return figure.category or figure.id.rpartition(".")[2].replace("-", " ")


def findings_view(rows: list[dict[str, Any]], titles: Mapping[str, str], caption: str) -> Output:
    """Return findings with their direction, basis and strength, disputes marked."""
    cells, texts = [], []
    for row in rows:
        disputed = " " + verdict_mark("disputed") if row["disputed_with"] else ""
        link = finding_link(row["id"], row["statement"])
        cells.append([link + disputed, row["region"] or "–", row["basis"], row["strength"], titles[row["source"]]])
        texts.append(
            [row["statement"] + (" (disputed)" if disputed else ""), row["region"] or "–", row["basis"], row["strength"], row["source"]]
        )
    return table(["Finding", "Region", "Basis", "Strength", "Source"], texts, cells, caption=caption or "Findings", folded=True)


def statements_view(statements: list[Statement], verdict_of: Mapping[str, Verdict], library: Library) -> Output:
    """Return every statement of a chapter: as stated, what the library says, its verdict and source; of a chapter without any, a line that says so."""
    if not statements:
        line = "This page states no evidence of its own."
        return Output(html('<p class="states-nothing">{}</p>', line), line)
    cells, texts = [], []
    for statement in statements:
        word, source = _judged(statement, verdict_of, library)
        state = "holds" if statement.holds else "broken"
        link = html('<a class="{}" href="{}">{}</a>', statement.kind, anchor(statement.kind, statement.target), statement.text)
        verdict = _verdict_of(statement, verdict_of)
        mark, said = (marked(verdict), worded(verdict)) if verdict else (word, word)
        cells.append([link, statement.found or "–", html('<span class="state-{}">{}</span>', state, state), mark, source])
        texts.append([statement.text, statement.found or "–", state, said, source])
    holding = sum(statement.holds for statement in statements)
    caption = f"All {len(statements)} statements of this page: {holding} hold, {len(statements) - holding} broken"
    return table(["As stated", "In the library", "State", "Verdict", "Source"], texts, cells, caption=caption, folded=True)


def _verdict_of(statement: Statement, verdict_of: Mapping[str, Verdict]) -> Verdict | None:
    if statement.kind != "figure":
        return None
    return verdict_of.get(statement.target) or verdict_of.get(f"{statement.target}.low")


def _judged(statement: Statement, verdict_of: Mapping[str, Verdict], library: Library) -> tuple[str, str]:
    if statement.kind == "figure":
        verdict = _verdict_of(statement, verdict_of)
        return (verdict.shown, verdict.figure.source) if verdict else ("unknown", "")
    if statement.kind == "finding":
        row = library.by_id("findings").get(statement.target)
        return (row["strength"], row["source"]) if row else ("unknown", "")
    return "claim", ""
