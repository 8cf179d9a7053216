"""Sphinx extension: what the published site adds to the pages, taken from the edition's data library."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from evidence import ledger, paths
from evidence.catalog import load


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension; called by Sphinx."""
    app.connect("build-finished", _publish)
    app.connect("html-page-context", _without_thebe, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def _publish(app: Sphinx, failure: Exception | None) -> None:
    """Write the ledger and the data library beside the pages, so that a reader can take them away."""
    if failure or app.builder.format != "html":
        return
    data = paths.data_dir(os.environ.get("EVIDENCE_DATA", ""))
    ledger.write(ledger.build(load(data), Path(app.srcdir) / "chapters"), Path(app.outdir) / "ledger.json")
    shutil.copytree(data, Path(app.outdir) / "data", dirs_exist_ok=True)


def _without_thebe(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Leave out the scripts for live code, which no page offers and which fail when they are loaded twice."""
    context["script_files"] = [script for script in context.get("script_files", []) if "thebe" not in _described(script)]


def _described(script: Any) -> str:
    return f"{getattr(script, 'filename', script)} {getattr(script, 'attributes', '')}".lower()
