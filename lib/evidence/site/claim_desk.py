"""The claim desk: a box on its page that answers whether a number may be repeated as it is written, in the reader's browser and from the disk too."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from evidence.markup import Html

PAGE = "chapters/claim-desk"
"""The page that has the desk, where the book has it."""

_DESK = Html(
    '<div class="desk" id="claim-desk"><form class="desk-form" autocomplete="off"><label for="desk-words">A number, a sentence, or words</label>'
    '<textarea id="desk-words" rows="2" maxlength="4000" spellcheck="false"></textarea><button type="submit">Ask</button></form>'
    "<noscript><p>The desk needs scripts. The pages of the ledger hold every number without them.</p></noscript>"
    '<div class="desk-answers" aria-live="polite"></div><div class="desk-found"></div></div>'
)


def connect(app: Sphinx) -> None:
    """Put the desk below the title of its page, before cards are added to it."""
    app.connect("html-page-context", _place)


def _place(app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if page != PAGE or app.builder.name != "html":
        return
    context["body"] = context["body"].replace("</h1>", f"</h1>\n{_DESK}", 1)
    app.add_js_file("desk-page.js", priority=810, loading_method="defer")
