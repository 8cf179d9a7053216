"""The dress of the pages: style sheet and icon, and what of the stock theme is left out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

STATIC = Path(__file__).parent / "static"
"""Style sheet, icon and scripts of the site."""


def connect(app: Sphinx) -> None:
    """Dress the pages while the build is set up, and undress them of what nobody needs when they are written."""
    app.connect("config-inited", _dress)
    app.connect("html-page-context", _without_thebe, priority=900)


def _dress(app: Sphinx, config: Config) -> None:
    """Give the pages our style sheet and icon, which live beside this module and not in the book."""
    config.html_static_path = [*config.html_static_path, str(STATIC)]
    config.html_favicon = str(STATIC / "favicon.svg")
    app.add_css_file("evidence.css")


def _without_thebe(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Leave out the scripts for live code, which no page offers and which fail when they are loaded twice."""
    context["script_files"] = [script for script in context.get("script_files", []) if "thebe" not in _described(script)]


def _described(script: Any) -> str:
    return f"{getattr(script, 'filename', script)} {getattr(script, 'attributes', '')}".lower()
