"""The sliders of the impact model: the script and style that make them answer, on the page that has them and on no other."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx


def connect(app: Sphinx) -> None:
    """Give a page with sliders what they need when its HTML is made."""
    app.connect("html-page-context", _equip)


def _equip(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    if 'class="impact-explorer"' in context.get("body", ""):
        app.add_css_file("impact.css")
        app.add_js_file("impact.js", loading_method="defer")
