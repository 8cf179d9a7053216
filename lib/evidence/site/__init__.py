"""Sphinx extension: what the published site adds to the pages, taken from the edition's data library."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from evidence import ledger, paths
from evidence.catalog import load


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the extension; called by Sphinx."""
    app.connect("config-inited", _dress)
    app.connect("build-finished", _publish)
    app.connect("html-page-context", _without_thebe, priority=900)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


STATIC = Path(__file__).parent / "static"
"""Style sheet and icon of the site."""


def _dress(app: Sphinx, config: Config) -> None:
    """Give the pages our style sheet and icon, which live beside this module and not in the book."""
    config.html_static_path = [*config.html_static_path, str(STATIC)]
    config.html_favicon = str(STATIC / "favicon.svg")
    app.add_css_file("evidence.css")


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
