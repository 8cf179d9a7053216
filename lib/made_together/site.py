"""What only this book's pages have, such as the sliders of the impact model and the tools of social value: scripts and styles where they are needed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config

STATIC = Path(__file__).parent / "static"
"""Style sheets and scripts of what a reader works."""

_NEEDED = {
    "hundred": ("landing.css",),
    "growth-draws": ("growth.css",),
    "impact-explorer": ("impact.css", "impact.js"),
    "value-calculator": ("worked.css", "worked.js", "calculator.js"),
    "weighed": ("weighed.css",),
    "contract-matching": ("worked.css", "worked.js", "yalps/yalps.min.js", "matching.js"),
}
"""Files of each section by its class, in the order they are loaded."""


def connect(app: Sphinx) -> None:
    """Give a page what its sections need when its HTML is made."""
    app.connect("config-inited", _bring)
    app.connect("html-page-context", _equip)


def _bring(_app: Sphinx, config: Config) -> None:
    config.html_static_path = [*config.html_static_path, str(STATIC)]


def _equip(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: Any) -> None:
    context["body"] = body = with_doors(context["body"]) if context.get("body") else ""
    needed = [names for section, names in _NEEDED.items() if f'class="{section}' in body or f'class="worked {section}' in body]
    for name in dict.fromkeys(name for names in needed for name in names):
        if name.endswith(".css"):
            app.add_css_file(name)
        else:
            app.add_js_file(name, loading_method="defer")


_QUESTION = re.compile(r"<p><strong>.*?</strong></p>", re.DOTALL)
_DOORS = re.compile(r'<section id="what-brings-you-here">.*?</section>', re.DOTALL)
_DOOR = re.compile(r"<li><p><strong>(<a .*?</a>)</strong>", re.DOTALL)


def with_doors(body: str) -> str:
    """Return the landing page with its doors below its question too, for the first screen of a phone; any other page as it is.

    Args:
        body: HTML of a page.
    """
    section, question = _DOORS.search(body), _QUESTION.search(body)
    if not section or not question:
        return body
    doors = "".join(f"<li>{door}</li>" for door in _DOOR.findall(section[0]))
    return f'{body[: question.end()]}\n<nav class="doors" aria-label="Ways into this book"><ul>{doors}</ul></nav>{body[question.end() :]}'


PARTS = (sys.modules[__name__],)
"""What the site adds to the pages: each has a `connect`, which Sphinx's application is given."""
