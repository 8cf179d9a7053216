"""One look for all charts: type, colours (safe for colour-blind readers), and the layouts for wide and narrow pages."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

INK = "#1d2733"
QUIET = "#5a6571"
LINE = "#c3cad1"
GROUND = "#f4f6f8"
ACCENT = "#0072b2"
PALETTE = (ACCENT, "#c25400", "#00805e", "#a8518a")
"""Blue, vermilion, bluish green and reddish purple of Okabe and Ito, the last three darkened until each reaches 3:1 on white and on our wash.

Source:
    Okabe and Ito (2008), Color Universal Design.
"""

RAMP = ("#c7dcee", "#8db9dc", "#4f93c4", "#1f6ba6", "#0a3a66")
"""From little to much on a map: one blue in five steps that differ in lightness alone, so that no eye takes one for another.

On a dark page the steps run the other way, for there the lighter one stands out.
"""

PAINT = {
    INK: "currentColor",
    QUIET: "var(--chart-quiet)",
    LINE: "var(--chart-line)",
    GROUND: "var(--chart-ground)",
    **{colour: f"var(--chart-{number})" for number, colour in enumerate(PALETTE, 1)},
    **{colour: f"var(--chart-ramp{number})" for number, colour in enumerate(RAMP, 1)},
}
"""What each colour becomes on a page, so that one picture follows light and dark without being drawn again."""

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Families with the same widths, so that what is measured here fits everywhere."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A size in which every chart is drawn; the page shows the one that fits.

    Attributes:
        name: `wide` or `narrow`.
        width: Width of the whole picture in pixels.
        font: Size of its text in pixels.
        letters: Letters in a line of a row label.
    """

    name: str
    width: int
    font: int
    letters: int

    @property
    def narrow(self) -> bool:
        """Whether it is the layout for a phone, where row labels stand above their rows."""
        return self.name == "narrow"


WIDE = Layout("wide", 600, 13, 25)
NARROW = Layout("narrow", 300, 12, 44)

LINE_HEIGHT = 15
"""Pixels from one line of a label to the next."""


def lift(label: str, layout: Layout) -> dict[str, str]:
    """Return what lifts a label of several lines to the middle of its row, or above it on a phone: its lines hang from the first one.

    Args:
        label: Expression of its text.
        layout: Layout it is drawn in.
    """
    more = f"(length(split({label}, '\\n')) - 1)"
    return {"expr": f"-20 - {LINE_HEIGHT} * {more}" if layout.narrow else f"-{LINE_HEIGHT / 2} * {more}"}


def configuration(layout: Layout, *, broken: bool) -> dict[str, Any]:
    """Return the theme of a layout as Vega-Lite's `config`: type, inks, where labels of rows and legends stand.

    Args:
        layout: The layout.
        broken: Whether a label of a row has several lines.
    """
    words = {"labelColor": INK, "labelFontSize": layout.font, "labelLimit": 0}
    bare = {"title": None, "domain": False, "ticks": False, "grid": False, "domainColor": QUIET, "gridColor": LINE}
    side = {"labelAlign": "left", "labelPadding": -5} if layout.narrow else {"labelPadding": 12}
    return {
        "background": "transparent",
        "font": FONT,
        "lineBreak": "\n",
        "padding": {"left": 4, "top": 8, "right": 4, "bottom": 8},
        "view": {"stroke": None},
        "axis": words | bare | {"labelLineHeight": LINE_HEIGHT},
        "axisX": {"labelColor": QUIET, "labelFontSize": 12, "labelPadding": 8},
        "axisY": side | {"labelOffset": lift("datum.label", layout) if broken else -20 * layout.narrow},
        "legend": words
        | {"title": None, "orient": "top", "direction": "horizontal", "columnPadding": 18, "symbolSize": 100, "symbolOpacity": 1},
        "header": words | {"title": None, "labelAnchor": "start", "labelFontWeight": "bold"},
        "title": {"anchor": "start", "frame": "bounds", "offset": 14, "color": INK, "fontSize": 17, "lineHeight": 22}
        | {"subtitleColor": QUIET, "subtitleFontSize": 13, "subtitleLineHeight": 18, "subtitlePadding": 6},
        "text": {"color": INK, "fontSize": layout.font, "lineHeight": LINE_HEIGHT},
        "circle": {"opacity": 1},
        "point": {"opacity": 1, "filled": True},
    }


def text_width(text: str, layout: Layout) -> int:
    """Return about how many pixels the longest line of a text takes; a letter is on average 0.56 of the size wide.

    Example:
        >>> text_width("68%", WIDE)
        22
    """
    return round(max((len(line) for line in text.split("\n")), default=0) * layout.font * 0.56)


def wrapped(text: str, letters: int) -> str:
    """Return a text broken into lines of at most so many letters."""
    return "\n".join(wrap(text, letters)) or text
