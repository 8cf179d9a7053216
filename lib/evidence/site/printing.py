"""The pages on paper: a style sheet that only a printer reads."""

from __future__ import annotations

from sphinx.application import Sphinx

LAST = 990
"""Place among the style sheets: after all others, so that a rule for paper is not undone by one for screens."""


def connect(app: Sphinx) -> None:
    """Add the style sheet while the build is set up."""
    app.connect("config-inited", _dress)


def _dress(app: Sphinx, _config: object) -> None:
    app.add_css_file("print.css", priority=LAST, media="print")
