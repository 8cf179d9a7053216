"""One look for all charts: type, colours (safe for colour-blind readers), and the layouts for wide and narrow pages."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

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
        labels: Room for row labels at the left in pixels; none where labels stand above their rows.
        wrap: Letters in a line of a row label.
    """

    name: str
    width: int
    font: int
    labels: int
    wrap: int

    @property
    def narrow(self) -> bool:
        """Whether it is the layout for a phone."""
        return self.name == "narrow"


WIDE = Layout("wide", 600, 13, 180, 25)
NARROW = Layout("narrow", 300, 12, 0, 44)


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


def configuration(layout: Layout) -> dict[str, Any]:
    """Return what all charts of a layout share: no axes or frame of their own, text in ink."""
    return {
        "background": "transparent",
        "font": FONT,
        "view": {"stroke": None},
        "text": {"color": INK, "fontSize": layout.font, "lineBreak": "\n", "lineHeight": 15, "baseline": "middle"},
    }


def canvas(layers: list[Any], layout: Layout, height: int, room: tuple[int, int, int, int] = (0, 0, 0, 0)) -> dict[str, Any]:
    """Return a specification of exactly the layout's width, whatever fonts are there.

    Args:
        layers: Marks, placed in the area that is left by `room`.
        layout: Layout it is drawn in.
        height: Height of that area in pixels.
        room: Pixels above, right of, below and left of it.
    """
    top, right, bottom, left = room
    chart = alt.layer(*layers).properties(
        width=layout.width - left - right,
        height=height,
        padding={"top": top, "right": right, "bottom": bottom, "left": left},
        autosize=alt.AutoSizeParams(type="none"),
    )
    return chart.configure(**configuration(layout)).to_dict()


def path(rows: pd.DataFrame, **mark: Any) -> alt.Chart:
    """Return shapes drawn as the SVG path in `path`, in pixels of the whole picture.

    A symbol of size 4 is drawn at the scale of its path: its radius, half the root of its size, is one pixel.
    """
    shape = alt.Shape("path:N", scale=None)
    return alt.Chart(rows.assign(x=0, y=0)).mark_point(size=4, opacity=1, **mark).encode(x=across("x"), y=down(), shape=shape)


def across(field: str) -> alt.X:
    """Return a horizontal position given in pixels."""
    return alt.X(f"{field}:Q", scale=None, axis=None)


def down(field: str = "y") -> alt.Y:
    """Return a vertical position given in pixels."""
    return alt.Y(f"{field}:Q", scale=None, axis=None)


def label(rows: pd.DataFrame | list[dict[str, Any]], **mark: Any) -> alt.Chart:
    """Return texts at `x` and `y` in pixels."""
    frame = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(rows, columns=["x", "y", "text"])
    return alt.Chart(frame).mark_text(**mark).encode(x=across("x"), y=down(), text="text:N")


def colour(field: str, names: list[str]) -> alt.Color:
    """Return the palette over the names of a field, without a legend: names stand beside the marks or in a key."""
    return alt.Color(f"{field}:N", scale=alt.Scale(domain=names, range=list(PALETTE[: len(names)])), legend=None)


def key(names: list[str], layout: Layout, y: float, left: float = 0, colours: tuple[str, ...] = PALETTE) -> tuple[list[Any], int]:
    """Return a key of coloured dots and names that flows over as many lines as it needs, and its height in pixels."""
    places, x, line = [], left, 0
    for name, paint in zip(names, colours, strict=False):
        wide = text_width(name, layout) + 30
        if x > left and x + wide > layout.width + left:
            x, line = left, line + 1
        places.append({"x": x + 6, "y": y + line * 18, "text": name, "paint": paint})
        x += wide
    frame = pd.DataFrame(places)
    dots = alt.Chart(frame).mark_circle(size=90, opacity=1).encode(x=across("x"), y=down(), color=alt.Color("paint:N", scale=None))
    return [dots, label(frame[["x", "y", "text"]], align="left", dx=10)], (line + 1) * 18
