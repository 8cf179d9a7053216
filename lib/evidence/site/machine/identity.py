"""Colours and icon of the site, for what is drawn or written without its style sheet."""

from __future__ import annotations

import re

from evidence.errors import EditionError
from evidence.site.dress import STATIC

NAMES = ("ink", "quiet", "line", "wash", "accent")
"""Colours used outside the style sheet."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_COLOUR = re.compile(r"--mt-([a-z-]+):\s*(#[0-9a-fA-F]{3,8})\s*;")


def palette(style: str = "") -> tuple[dict[str, str], dict[str, str]]:
    """Return the colours in light and in dark by name, as the style sheet sets them.

    Args:
        style: Text of a style sheet; the site's own when empty.

    Raises:
        EditionError: If the style sheet does not set one of `NAMES` in both schemes.
    """
    sheet = _COMMENT.sub("", style or (STATIC / "evidence.css").read_text(encoding="utf-8"))
    light: dict[str, str] = {}
    dark: dict[str, str] = {}
    for selector, rules in _RULE.findall(sheet):
        (dark if "dark" in selector else light).update(_COLOUR.findall(rules))
    missing = [f"--mt-{name}" for name in NAMES if name not in light or name not in dark]
    if missing:
        raise EditionError(
            f"site/static/evidence.css: {', '.join(missing)} is not set to a colour such as #0b5f85 for light and for dark. Set it there: "
            "preview cards and the page for missing pages use it."
        )
    return {name: light[name] for name in NAMES}, {name: dark[name] for name in NAMES}


def icon(size: int, attributes: str) -> str:
    """Return the site's icon as SVG, `size` pixels wide and high, with further attributes."""
    drawn = (STATIC / "favicon.svg").read_text(encoding="utf-8").strip()
    return drawn.replace("<svg ", f'<svg width="{size}" height="{size}" {attributes} ', 1)
