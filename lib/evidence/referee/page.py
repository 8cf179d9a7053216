"""The page of an audit: the report with marks where something does not agree, and the arithmetic beside them. It needs no scripts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence.markup import Html, html, joined
from evidence.referee.auditing import Audit
from evidence.referee.comparing import Compared, Confidence
from evidence.referee.document import TextBlock
from evidence.referee.mentions import Sentence

_STYLE = Html(
    """
body{font:1rem/1.5 Georgia,serif;margin:0 auto;max-width:72rem;padding:1rem;color:#1b1b1b;background:#fff}
h1,h2{line-height:1.2}.row{display:grid;grid-template-columns:minmax(0,2fr) minmax(0,1fr);gap:1.5rem}
aside{font:.85rem/1.4 system-ui,sans-serif;border-left:4px solid #b00020;padding:.2rem .7rem;margin:.4rem 0}
aside.question{border-color:#6b5900}aside.excused{border-color:#767676}mark{background:#ffd7d7;text-decoration:underline wavy #b00020}
table{border-collapse:collapse}td,th{border:1px solid #ccc;padding:.2rem .5rem;text-align:left}
@media(max-width:45rem){.row{display:block}}
"""
)


def audit_page(audits: Sequence[Audit]) -> str:
    """Return the page of one or several audits as HTML."""
    body = joined(_report(audit) for audit in audits)
    title = ", ".join(audit.document.name for audit in audits)
    return str(
        html(
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Audit of {}</title><style>{}</style></head>'
            "<body><main>{}</main></body></html>\n",
            *(title, _STYLE, body),
        )
    )


def _report(audit: Audit) -> Html:
    counts = joined(html("<tr><th>{}</th><td>{}</td><td>{}</td></tr>", kind, made, agreed) for kind, (made, agreed) in audit.counts.items())
    return html(
        "<h1>Audit of {}</h1><p>{} alarms, {} questions, {} excused; {} comparisons.</p>"
        "<table><tr><th>Check</th><th>Compared</th><th>Agree</th></tr>{}</table>{}<h2>What was compared</h2>{}",
        *(audit.document.name, len(audit.alarms), len(audit.questions), len(audit.excused), len(audit.comparisons), counts),
        *(joined(_blocks(audit)), _compared(audit)),
    )


def _blocks(audit: Audit) -> Iterator[Html]:
    reasons = {id(found): reason for found, reason in audit.excused}
    by_sentence: dict[int, list[Compared]] = {}
    rows: dict[str, list[Compared]] = {}
    for found in audit.comparisons:
        if not found.holds and found.sentence >= 0:
            by_sentence.setdefault(found.sentence, []).append(found)
        elif not found.holds:
            rows.setdefault(found.text, []).append(found)
    for block in audit.document.blocks:
        yield html(
            '<div class="row"><div>{}</div><div>{}</div></div>', _text(block, by_sentence, rows), _notes(block, by_sentence, rows, reasons)
        )


def _text(block: TextBlock, told: dict[int, list[Compared]], rows: dict[str, list[Compared]]) -> Html:
    if block.table:
        lines = joined(
            html(
                "<tr>{}</tr>",
                joined(html("<td>{}</td>", html("<mark>{}</mark>", cell) if " | ".join(row) in rows else cell) for cell in row),
            )
            for row, _ in block.table.rows
        )
        return html("<table>{}</table>", lines)
    text = joined((_marked(sentence, told.get(sentence.number, [])) for sentence in block.sentences), " ")
    return html({"heading": "<h2>{}</h2>", "item": "<ul><li>{}</li></ul>"}.get(block.kind, "<p>{}</p>"), text)


def _marked(sentence: Sentence, told: list[Compared]) -> Html:
    """Return a sentence with marks on the numbers of its alarms."""
    spans = sorted({span for found in told for span in found.spans})
    parts: list[Html | str] = []
    last = 0
    for start, end in spans:
        if start >= last:
            parts += [sentence.text[last:start], html("<mark>{}</mark>", sentence.text[start:end])]
            last = end
    return joined([*parts, sentence.text[last:]])


def _notes(block: TextBlock, told: dict[int, list[Compared]], rows: dict[str, list[Compared]], reasons: dict[int, str]) -> Html:
    found = [one for sentence in block.sentences for one in told.get(sentence.number, [])]
    if block.table:
        found += [one for row, _ in block.table.rows for one in rows.get(" | ".join(row), [])]
    return joined(_note(one, reasons.get(id(one), "")) for one in sorted(found, key=lambda one: one.confidence is Confidence.question))


def _note(found: Compared, reason: str) -> Html:
    style = "excused" if reason else "question" if found.confidence is Confidence.question else "alarm"
    other = html("<br>Compare: {}", found.other) if found.other else ""
    excuse = html("<br>Excused: {}", reason) if reason else ""
    return html(
        '<aside class="{}"><strong>{}</strong> ({})<br>{}<br><code>{}</code>{}{}</aside>',
        *(
            style,
            found.kind,
            "worth a look" if style == "question" else found.confidence.value,
            found.message,
            found.arithmetic,
            other,
            excuse,
        ),
    )


def _compared(audit: Audit) -> Html:
    rows = joined(
        html(
            "<tr><td>{} {}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
            audit.document.unit,
            found.place,
            found.kind,
            found.arithmetic,
            found.message,
        )
        for found in audit.comparisons
    )
    return html("<table><tr><th>Where</th><th>Check</th><th>Arithmetic</th><th>Outcome</th></tr>{}</table>", rows)
