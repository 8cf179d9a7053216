"""Sphinx extension: what the published site adds to the pages. All of it comes from the edition's ledger, made once a build.

`publication` holds the ledger and the addresses; each other module adds one thing and says in its first line which. Each has one `connect`, called
here: first what changes pages, then what puts files beside them, last what takes out the files that no page uses.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from sphinx.application import Sphinx

from evidence.extension import contributed

PARTS = (
    *(
        "publication",
        "charts",
        "dress",
        "foot",
        "links",
        "entries",
        "survey_pages",
        "ledger_table",
        "find_index",
        "claim_desk",
        "countersigned",
        "proved",
        "cards",
        "reading_time",
        "narrow_tables",
        "places",
        "downloads",
        "sources",
        "figure_files",
        "chart_pages",
        "machine",
    ),
    "moved",
    "pruning",
    "policy",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension; called by Sphinx."""
    engine = [import_module(f"evidence.site.{part}") for part in PARTS]
    for part in (*engine[:3], *contributed("site", "PARTS", ()), *engine[3:]):
        part.connect(app)
    return {"version": "2", "parallel_read_safe": True, "parallel_write_safe": True}
