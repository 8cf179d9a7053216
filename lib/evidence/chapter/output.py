"""What a chapter's cells show: the same content as HTML for the page and as plain text for a terminal, a diff and a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from evidence.audit import SHOWN_AS
from evidence.catalog.declaration import LINK, record_kind
from evidence.errors import UnpublishedError
from evidence.markup import Html, html, joined

_ANCHOR = {"figure": "", "claim": "claim-", "finding": "finding-"}


@dataclass(frozen=True, slots=True)
class Output:
    """Something to show, as a bundle of mime types.

    Attributes:
        html: For the page.
        text: For everything else.
        extra: Further representations by mime type.
    """

    html: Html
    text: str
    extra: dict[str, object] = field(default_factory=dict)

    def _repr_mimebundle_(self, **_options: object) -> dict[str, object]:
        return {"text/html": str(self.html), "text/plain": self.text, **self.extra}


def anchor(scheme: str, target: str) -> str:
    """Return the address of a figure, claim or finding on the ledger page."""
    return f"ledger.html#{_ANCHOR[scheme]}{target}"


def linked(markdown: str) -> Html:
    """Return prose with evidence links as HTML; the class `stated` tells them from links that show what the data say.

    Example:
        >>> str(linked("[68%](figure:firms.without-plan) & more"))
        '<a class="figure stated" href="ledger.html#firms.without-plan">68%</a> &amp; more'
    """
    parts, end = Html(), 0
    for match in LINK.finditer(markdown):
        text, scheme, target = match[1], record_kind(match[2]), match[3]
        parts += markdown[end : match.start()]
        parts += html('<a class="{} stated" href="{}">{}</a>', scheme, anchor(scheme, target), text)
        end = match.end()
    return parts + markdown[end:]


def figure_link(identifier: str, text: str) -> Html:
    """Return a number as HTML that leads to its figure in the ledger."""
    return html('<a class="figure" href="{}">{}</a>', anchor("figure", identifier), text)


def finding_link(identifier: str, text: str) -> Html:
    """Return a result in words as HTML that leads to its finding in the ledger."""
    return html('<a class="finding" href="{}">{}</a>', anchor("finding", identifier), text)


def verdict_mark(word: str, corrections: Sequence[str] = (), doubt: str = "") -> Html:
    """Return a verdict as HTML, marked by word and not by colour alone, with what speaks against the number beside it.

    Args:
        word: The verdict.
        corrections: Ids of the corrections that name the figure; each is linked.
        doubt: What a computation of ours says against it, as prose with links.
    """
    links = joined(html(' <a class="doubt" href="audit.html#correction-{}">see audit</a>', identifier) for identifier in corrections)
    against = html(' <span class="doubt-told">{}</span>', linked(doubt)) if doubt else ""
    return html('<span class="verdict verdict-{}">{}</span>{}{}', word, SHOWN_AS.get(word, word), links, against)


def table(
    headers: Sequence[str],
    texts: Sequence[Sequence[str]],
    cells: Sequence[Sequence[str]] = (),
    *,
    caption: str = "",
    folded: bool = False,
) -> Output:
    """Return a table.

    Args:
        headers: Column names.
        texts: Rows of cells as plain text.
        cells: The same cells as HTML or text; the texts themselves when left out.
        caption: What the table shows.
        folded: Whether the page shows only the caption until a reader opens it.
    """
    head = joined(html('<th scope="col">{}</th>', name) for name in headers)
    body = joined((html("<tr>{}</tr>", joined(html("<td>{}</td>", cell) for cell in row)) for row in cells or texts), "\n")
    inner = html(
        '<div class="table-wrap"><table class="evidence"><thead><tr>{}</tr></thead><tbody>\n{}\n</tbody></table></div>', head, body
    )
    if folded:
        shown = html('<details class="evidence"><summary>{}</summary>{}</details>', caption, inner)
    else:
        shown = (html('<p class="table-caption">{}</p>', caption) if caption else Html()) + inner
    lines = ([caption] if caption else []) + [" | ".join(headers)] + [" | ".join(row) for row in texts]
    return Output(shown, "\n".join(lines))


def stacked(*outputs: Output) -> Output:
    """Return several outputs as one, in order."""
    return Output(joined((output.html for output in outputs), "\n"), "\n\n".join(output.text for output in outputs))


def dated(view: Callable[..., Output]) -> Callable[..., Output]:
    """Return a view of a chapter that says so where what it shows was not published by the day of the edition."""

    @wraps(view)
    def shown(chapter: Any, *arguments: Any, **options: Any) -> Output:
        try:
            return view(chapter, *arguments, **options)
        except UnpublishedError:
            return not_published(chapter.library.as_of)

    return shown


def not_published(day: str) -> Output:
    """Return the line that stands where evidence is missing on a day."""
    line = f"What stands here in later editions rests on evidence that was not published by {day}."
    return Output(html('<p class="unpublished" role="note">{}</p>', line), line)
