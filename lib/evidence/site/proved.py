"""Who has proved the site: on the status page, from the register beside the editions, which is no part of any of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence.ledger.archive import PROOFS, archive_name
from evidence.markup import Html, html
from evidence.paths import page_or_front
from evidence.site.countersigned import STATUS
from evidence.site.publication import publication

GUIDE = "guide-prove"
"""The page that tells how to prove a site."""

_NOBODY = "[]\n"


def connect(app: Sphinx) -> None:
    """Leave room for the badge on the status page, and put an empty register beside the pages, which publishing fills."""
    app.connect("html-page-context", _add)
    app.connect("build-finished", _write)


def _add(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if page.rpartition("/")[2] == STATUS and context.get("body"):
        context["body"] += str(_section(publication(app).ledger["edition"]["name"]))
        app.add_js_file("proved.js", loading_method="defer")


def _section(edition: str) -> Html:
    guide = page_or_front(GUIDE)
    more = html(' <a href="{}">How to prove it yourself</a>', guide) if guide == f"{GUIDE}.html" else ""
    return html(
        '<section id="proved"><h2>Who has proved it</h2><p>{}{}</p><p class="proved" data-proved="{}" hidden></p></section>',
        f"Whoever doubts a page can build the whole site again from {archive_name()}, which lies beside the newest edition, or from the parts of it that "
        "an older one keeps, and compare every file byte by byte. "
        "What follows is what others say that they have done; only your own proof is one.",
        more,
        edition,
    )


def _write(app: Sphinx, failure: Exception | None) -> None:
    if not failure and app.builder.format == "html":
        (Path(app.outdir) / PROOFS).write_text(_NOBODY, encoding="utf-8")
