"""What a chapter's cells show: the same content as HTML for the page and as plain text for a terminal, a diff and a test."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from evidence.audit import SHOWN_AS
from evidence.catalog.declaration import LINK

_ANCHOR = {"figure": "", "claim": "claim-", "finding": "finding-"}


@dataclass(frozen=True, slots=True)
class Output:
    """Something to show, as a bundle of mime types.

    Attributes:
        html: For the page.
        text: For everything else.
        extra: Further representations by mime type.
    """

    html: str
    text: str
    extra: dict[str, object] = field(default_factory=dict)

    def _repr_mimebundle_(self, **_options: object) -> dict[str, object]:
        return {"text/html": self.html, "text/plain": self.text, **self.extra}


def anchor(scheme: str, target: str) -> str:
    """Return the address of a figure, claim or finding on the ledger page."""
    return f"ledger.html#{_ANCHOR[scheme]}{target}"


def linked(markdown: str) -> str:
    """Return prose with evidence links as escaped HTML; the class `stated` tells them from links that show what the data say.

    Example:
        >>> linked("[68%](figure:sme.barriers.any) & more")
        '<a class="figure stated" href="ledger.html#sme.barriers.any">68%</a> &amp; more'
    """
    html, end = "", 0
    for match in LINK.finditer(markdown):
        text, scheme, target = match.groups()
        html += escape(markdown[end : match.start()])
        html += f'<a class="{scheme} stated" href="{anchor(scheme, target)}">{escape(text)}</a>'
        end = match.end()
    return html + escape(markdown[end:])


def figure_link(identifier: str, text: str) -> str:
    """Return a number as HTML that leads to its figure in the ledger."""
    return f'<a class="figure" href="{anchor("figure", identifier)}">{escape(text)}</a>'


def verdict_mark(word: str, corrections: Sequence[str] = (), doubt: str = "") -> str:
    """Return a verdict as HTML, marked by word and not by colour alone, with what speaks against the number beside it.

    Args:
        word: The verdict.
        corrections: Ids of the corrections that name the figure; each is linked.
        doubt: What a computation of ours says against it, as prose with links.
    """
    links = "".join(f' <a class="doubt" href="audit.html#correction-{identifier}">see audit</a>' for identifier in corrections)
    against = f' <span class="doubt-told">{linked(doubt)}</span>' if doubt else ""
    return f'<span class="verdict verdict-{word}">{SHOWN_AS.get(word, word)}</span>{links}{against}'


def table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], texts: Sequence[Sequence[str]], *, caption: str = "", folded: bool = False
) -> Output:
    """Return a table.

    Args:
        headers: Column names.
        rows: Cells as HTML, already escaped.
        texts: The same cells as plain text.
        caption: What the table shows; escaped here.
        folded: Whether the page shows only the caption until a reader opens it.
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headers)
    body = "\n".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    inner = f'<div class="table-wrap"><table class="evidence"><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table></div>'
    if folded:
        html = f'<details class="evidence"><summary>{escape(caption)}</summary>{inner}</details>'
    else:
        html = (f'<p class="table-caption">{escape(caption)}</p>' if caption else "") + inner
    lines = ([caption] if caption else []) + [" | ".join(headers)] + [" | ".join(row) for row in texts]
    return Output(html, "\n".join(lines))


def stacked(*outputs: Output) -> Output:
    """Return several outputs as one, in order."""
    return Output("\n".join(output.html for output in outputs), "\n\n".join(output.text for output in outputs))
