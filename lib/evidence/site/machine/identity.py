"""Who made the book, in the vocabulary of schema.org, and the colours and icon of its site for what is drawn without its style sheets."""

from __future__ import annotations

import re
from typing import Any

from evidence.errors import EditionError
from evidence.ledger.citation import book, named_authors, named_publisher
from evidence.site.dress import STATIC
from evidence.site.publication import Publication

NAMES = ("ink", "quiet", "line", "wash", "accent")
"""Colours used outside the style sheets."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_COLOUR = re.compile(r"--mt-([a-z-]+):\s*(#[0-9a-fA-F]{3,8})\s*;")

Colours = dict[str, str]


def palette(style: str = "") -> tuple[Colours, Colours]:
    """Return the colours in light and in dark by name, as the style sheets first set them: `NAMES`, and `paper` for the ground.

    Args:
        style: Text of a style sheet; all of the site's own when empty.

    Raises:
        EditionError: If one of `NAMES` is not set in both schemes.
    """
    light: Colours = {}
    dark: Colours = {}
    for selector, rules in _RULE.findall(_COMMENT.sub("", style or _sheets())):
        scheme = dark if "dark" in selector else light
        for name, colour in _COLOUR.findall(rules):
            # A later rule, such as one for print, changes a colour only there.
            scheme.setdefault(name, colour)
    missing = [f"--mt-{name}" for name in NAMES if name not in light or name not in dark]
    if missing:
        raise EditionError(
            f"site/static/*.css: {', '.join(missing)} is not set to a colour such as #0b5f85 for light and for dark. Set it there: preview cards "
            "and the page for missing pages use it."
        )
    return {"paper": "#ffffff", **_chosen(light)}, {"paper": "#14181c", **_chosen(dark)}


def icon(size: int, attributes: str) -> str:
    """Return the site's icon as SVG, `size` pixels wide and high, with further attributes."""
    drawn = (STATIC / "favicon.svg").read_text(encoding="utf-8").strip()
    return drawn.replace("<svg ", f'<svg width="{size}" height="{size}" {attributes} ', 1)


def _sheets() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(STATIC.glob("*.css")))


def _chosen(colours: Colours) -> Colours:
    return {name: colours[name] for name in (*NAMES, "paper") if name in colours}


Node = dict[str, Any]

_TYPES = {"report": "Report", "article": "ScholarlyArticle", "blog": "BlogPosting"}


def makers() -> Node:
    """Return who made the book."""
    return {"@type": "Organization", "name": ", ".join(book().authors)}


def source_of(record: Any, edition: Publication) -> Node:
    """Return a source of the edition as a creative work with its authors; nothing is said that the source does not name."""
    people = [{"@type": "Person", "name": name} for name in named_authors(record)]
    publisher = [{"@type": "Organization", "name": named_publisher(record)}] if named_publisher(record) else []
    told = {
        "author": people or publisher,
        "publisher": publisher[0] if publisher else None,
        "datePublished": record["published"] if re.fullmatch(r"\d{4}(-\d\d){0,2}", record["published"]) else None,
        "url": record["url"],
        "sameAs": f"https://doi.org/{record['doi']}" if record["doi"] else None,
    }
    node = {
        "@type": _TYPES.get(record["kind"], "CreativeWork"),
        "@id": f"{edition.url}chapters/{edition.page(record['id'])}.html#source",
        "name": record["title"],
    }
    return node | {name: value for name, value in told.items() if value}
