"""One look for all charts: type, colours (safe for colour-blind readers), and the layouts for wide and narrow pages."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import wrap

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
