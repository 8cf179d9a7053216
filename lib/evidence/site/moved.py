"""Old addresses lead on: pages that were renamed or taken out, sections that stand elsewhere, and anchors of records with another name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence.charts import strip_links
from evidence.markup import html, joined
from evidence.site.machine import standalone
from evidence.site.publication import Publication, publication

_ANCHORS = {"finding": "finding-{}", "claim": "claim-{}", "chart": "chart-{}"}
"""The anchor of a record on its page, by its kind; figures have theirs in their entries."""


def connect(app: Sphinx) -> None:
    """Add the anchors to each page, and put the old pages beside the others once all else is there."""
    app.connect("html-page-context", _lead, priority=700)
    app.connect("build-finished", _put, priority=960)


def _lead(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if "body" in context:
        context["body"] = with_anchors(str(context["body"]), page.rpartition("/")[2], publication(app))


def with_anchors(body: str, page: str, edition: Publication) -> str:
    """Return the HTML of a page with the anchors that its records and sections had under other names.

    Args:
        body: The HTML.
        page: Name of the page.
        edition: The edition.
    """
    for kind, anchor in _ANCHORS.items():
        for row in edition.aliases(kind):
            old, new = (anchor.format(name.replace(".", "-") if kind == "chart" else name) for name in (row["old"], row["new"]))
            body = _beside(body, new, old) if row["new"] else body
    gone = [row for row in edition.aliases("section") if row["old"].partition("#")[0] == page]
    told = '<p class="moved" id="{}">This part stands <a href="{}">elsewhere</a> now. {}</p>'
    return body + str(joined(html(told, row["old"].partition("#")[2], _address(row["new"]), strip_links(row["reason"])) for row in gone))


def _address(section: str) -> str:
    page, _, anchor = section.partition("#")
    return f"{page}.html#{anchor}"


def _beside(body: str, there: str, anchor: str) -> str:
    """Return HTML with another anchor where one is: before a section or a figure, at the head of a smaller element."""
    mark = str(html('<span class="anchor" id="{}"></span>', anchor))

    def marked(found: re.Match[str]) -> str:
        return mark + found[0] if found[1] in ("section", "figure") else found[0] + mark

    return re.sub(rf'<(\w+)\b[^>]*\bid="{re.escape(there)}"[^>]*>', marked, body, count=1)


def _put(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    for name, text in left(publication(app)).items():
        if not (path := Path(app.outdir) / "chapters" / f"{name}.html").exists():
            path.write_text(text, encoding="utf-8")


def left(edition: Publication) -> dict[str, str]:
    """Return the pages at addresses that chapters and pages of sources have left, by their names."""
    names = [(row, row["old"], row["new"] or "index") for row in edition.aliases("chapter")]
    names += [(row, edition.page(row["old"]), edition.page(row["new"]) if row["new"] else "index") for row in edition.aliases("source")]
    return {old: standalone.moved(f"{new}.html", strip_links(row["reason"])) for row, old, new in names}
