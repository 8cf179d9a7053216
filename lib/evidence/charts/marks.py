"""What the forms share when they draw: the frame of a chart, and marks placed in pixels."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.theme import FONT, INK, PALETTE, Layout, text_width


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
