"""The dress of the pages: the frame around the text, style sheets, fonts and icon, and what of the stock theme is left out."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

from evidence.ledger.succession import FATES, NOTICE

STATIC = Path(__file__).parent / "static"
"""Style sheets, fonts, icon and scripts of the site."""

TEMPLATES = Path(__file__).parent / "templates"
"""The frame of a page; a template here replaces the theme's of the same name."""

ONLY_WHERE = {
    "thebe": "",
    "sphinx-book-theme.js": "",
    "clipboard": "",
    "copybutton": "",
    "mystnb": "",
    "togglebutton": 'class="toggle',
    "togglehint": 'class="toggle',
    "toggleopen": 'class="toggle',
    "sphinx-design": 'class="sd-',
    "design-tabs": "sd-tab-",
    "pygments": 'class="highlight',
    "documentation_options.": "",
    "sphinx_highlight": "",
}
"""Stock scripts and styles, by a part of their name or text in lower case, and what the HTML of a page that needs them contains; empty for those
that none needs: live code, margin notes, buttons that copy, outputs that we draw ourselves, settings of the theme that only its version menu reads, and marks of its own search."""

_SETTINGS = "documentation_options.js"

_LIVE_CODE = re.compile(r'<script type="text/x-thebe-config">.*?</script>|<script>kernelName = [^<]*</script>', re.DOTALL)
"""What a page says to scripts that run code, which it does not load."""

_LAST = 990
"""Place of the style sheet for paper: after all others, so that a rule for paper is not undone by one for screens."""


REPLACED = (
    "sidebars",
    *(f"theme_navbar_{part}" for part in ("start", "center", "persistent", "end")),
    *(f"theme_article_{part}" for part in ("header_start", "header_end", "footer_items")),
    *(f"theme_footer_{part}" for part in ("start", "center", "end")),
    *("theme_content_footer_items", "theme_primary_sidebar_end"),
)
"""Parts of the theme's frame, as it calls them. Ours has none of them, and the theme would make each on every page to see whether it is empty."""


def connect(app: Sphinx) -> None:
    """Dress the pages while the build is set up, and undress them of what nobody needs when they are written."""
    app.connect("config-inited", _dress)
    app.connect("html-page-context", _replace_frame, priority=100)
    app.connect("html-page-context", _share_contents, priority=600)
    app.connect("html-page-context", _leave_room, priority=800)
    app.connect("html-page-context", _undress, priority=900)


def _dress(app: Sphinx, config: Config) -> None:
    """Give the pages our frame, style sheets and icon, which live beside this module and not in the book."""
    config.templates_path = [str(TEMPLATES), *config.templates_path]
    config.html_static_path = [*config.html_static_path, str(STATIC)]
    config.html_favicon = str(STATIC / "favicon.svg")
    config.html_context = {**config.html_context, "book_pdf": os.environ.get("EVIDENCE_PDF", "")}
    app.add_css_file("print.css", priority=_LAST, media="print")
    app.add_css_file("frame.css", priority=700)
    app.add_css_file("evidence.css", priority=710)
    app.add_css_file("find.css", priority=720)
    app.add_js_file("frame.js", priority=700)
    app.add_js_file("records.js", priority=704)
    app.add_js_file("find.js", priority=705)


def _replace_frame(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Leave out of a page what stands in the theme's frame alone."""
    context.update({name: [] for name in REPLACED})


def _share_contents(app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: Any) -> None:
    """Make the contents of the book once for all pages of a folder that are made without a document, for these stand nowhere in it."""
    if doctree is None and page not in app.env.found_docs and "generate_toctree_html" in context:
        made, folder = context["generate_toctree_html"], page.rpartition("/")[0]
        kept: dict[Any, Any] = app.__dict__.setdefault("evidence_contents", {})

        def contents(**asked: Any) -> Any:
            key = (folder, *sorted(asked.items()))
            if key not in kept:
                kept[key] = made(**asked)
            return kept[key]

        context["generate_toctree_html"] = contents


def _leave_room(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Leave places where a reader is told, once `evidence publish` fills them, that there is a newer edition and what became of its figures."""
    if "body" in context:
        context["body"] = NOTICE + context["body"] + FATES


def _undress(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    """Keep only the scripts and styles that the page needs, and let no script hold up its text."""
    body = _LIVE_CODE.sub("", context.get("body", ""))
    if "body" in context:
        context["body"] = body
    for kind in ("script_files", "css_files"):
        context[kind] = [asset for asset in context.get(kind, []) if is_needed(_described(asset), body)]
    for script in context["script_files"]:
        if getattr(script, "filename", None):
            script.attributes["defer"] = "defer"


def is_needed(asset: str, body: str) -> bool:
    """Return whether a page loads a script or style.

    Args:
        asset: File name and text of the script or style.
        body: HTML of the page's text.

    Example:
        >>> is_needed("copybutton.js", "<pre>"), is_needed("pygments.css", '<div class="highlight">'), is_needed("ledger.css", "")
        (False, True, True)
    """
    name = asset.lower()
    if _SETTINGS in name:
        return True
    return all(bool(sign) and sign in body for part, sign in ONLY_WHERE.items() if part in name)


def _described(asset: Any) -> str:
    return f"{getattr(asset, 'filename', asset)} {getattr(asset, 'attributes', '')}"
