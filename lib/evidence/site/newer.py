"""Places in every page where its reader is told, once a newer edition is published, that there is one and what became of its figures."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from evidence.ledger.succession import FATES, NOTICE


def connect(app: Sphinx) -> None:
    """Leave the places in each page, empty until `evidence publish` fills them."""
    app.connect("html-page-context", _leave_room, priority=800)


def _leave_room(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if "body" in context:
        context["body"] = NOTICE + context["body"] + FATES
