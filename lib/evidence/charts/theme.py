"""One look for all charts: type, colours (safe for colour-blind readers), and room for labels."""

from __future__ import annotations

from typing import Any

INK = "#1d2733"
"""Colour of text and axes; the page replaces it by its own text colour, so that charts follow light and dark."""
QUIET = "#8a94a0"
ACCENT = "#0b6e99"
SECOND = "#d1661a"
PALETTE = (ACCENT, SECOND, "#5a7d2a", "#8a5aa8")
"""From Okabe and Ito's set, darkened until each reaches 3:1 on white and on the dark page."""

WIDTH = 330
ROW = 30

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "font": "Liberation Sans",
    "view": {"stroke": None},
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 13,
        "titleFontSize": 13,
        "titleFontWeight": "normal",
        "domain": False,
        "ticks": False,
        "grid": False,
        "labelLimit": 190,
        "labelPadding": 6,
    },
    "text": {"color": INK, "fontSize": 13},
    "legend": {"labelColor": INK, "labelFontSize": 13, "title": None, "orient": "top", "symbolType": "circle", "labelLimit": 260},
}
