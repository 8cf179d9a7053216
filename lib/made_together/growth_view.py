"""The picture of the impact model: how its draws of growth are spread, and where both printed values stand among them."""

from __future__ import annotations

import numpy as np

from evidence.catalog import Library
from evidence.chapter.output import Output, figure_link
from evidence.markup import Html, html, joined
from evidence.recompute import Inputs
from made_together.impact import simulate
from made_together.simulated import CAUTIOUS, HEADLINE, impact_model

REACH, COLUMN = 30e9, 0.5e9
"""Pounds that the picture reaches to, where what lies beyond is counted as well, and that a column is wide."""

ACROSS, TALL, ROOM = 600, 150, 30
"""Width of the drawing, height of its tallest column, and room for words above it, in the units of the drawing."""

MARKED = (
    ("computed.growth.simulated.median", "Our median"),
    (CAUTIOUS, "Cautious case"),
    (HEADLINE, "High case"),
)
"""What is marked in the picture: a figure, and the words that stand at its line."""

TOLD = "Each column is as tall as the number of draws in it, from nothing at the left on. The printed cases are those of Demos."


def growth_view(library: Library) -> Output:
    """Return the draws of growth as columns, with their median and both printed values marked.

    Raises:
        DataError: If a figure of the model is not there on this day.
    """
    growth = simulate(impact_model(Inputs(library))).outcome.growth
    counts, _ = np.histogram(np.minimum(growth, REACH), bins=round(REACH / COLUMN), range=(0, REACH))
    lines = [_line(library, name, words) for name, words in MARKED]
    drawing = joined([*_columns([float(count) for count in counts / counts.max()]), *lines])
    named = [(words, library.figure(name)) for name, words in MARKED]
    listed = joined(html("<li>{} {}</li>", words, figure_link(figure.id, figure.shown)) for words, figure in named)
    shown = html(
        '<figure class="growth-draws"><ul>{}</ul><svg viewBox="0 0 {} {}" aria-hidden="true">{}</svg><figcaption>{}</figcaption></figure>',
        *(listed, ACROSS, TALL + ROOM, drawing, TOLD),
    )
    return Output(shown, "\n".join([*(f"{words}: {figure.shown}" for words, figure in named), TOLD]))


def _columns(heights: list[float]) -> list[Html]:
    """Return a column for each height, given as a part of the tallest."""
    wide = ACROSS / len(heights)
    return [
        html(
            '<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>',
            *(place * wide, ROOM + TALL * (1 - height), wide - 1, TALL * height),
        )
        for place, height in enumerate(heights)
        if height
    ]


def _line(library: Library, name: str, words: str) -> Html:
    """Return the line of a number in pounds, with its words at the side where there is room."""
    at = float(library.figure(name).quantity.anchor) / REACH * ACROSS
    side, shift = ("end", -5) if at > ACROSS / 2 else ("start", 5)
    line = html('<line x1="{0:.1f}" x2="{0:.1f}" y1="4" y2="{1}"/>', at, TALL + ROOM)
    return line + html('<text x="{:.1f}" y="16" text-anchor="{}">{}</text>', at + shift, side, words)
