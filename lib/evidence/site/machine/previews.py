"""The card that is shown where a page is shared: the book's name, the page's title, and how many numbers stand behind it."""

from __future__ import annotations

import textwrap

import vl_convert

from evidence.charts.pictures import small
from evidence.ledger.citation import book
from evidence.markup import Html, html, joined
from evidence.site.machine.identity import icon, palette
from evidence.site.publication import Publication

WIDTH, HEIGHT = 1200, 630
"""Pixels; the shape that link previews are shown in."""

FONT = "Liberation Sans"
"""The one font vl-convert brings along, so that a card looks the same on every machine."""

SIZES = ((2, 76, 27), (3, 64, 32), (4, 54, 38))
"""At most so many lines of a title, at this size in pixels, of so many characters each; a longer title is cut to the last."""

_LEFT = 88
_LEADING = 1.18


def line(edition: Publication) -> str:
    """Return what a card says of the book; nothing of the edition, so that editions share the cards of pages that say as much as before.

    Example:
        `316 numbers bound to their sources and checked`
    """
    return f"{edition.ledger['totals']['bound']} numbers bound to their sources and checked"


def card(title: str, edition: Publication) -> bytes:
    """Return the card of a page as PNG."""
    return small(bytes(vl_convert.svg_to_png(drawing(title, edition), scale=1.0, ppi=72.0)))


def drawing(title: str, edition: Publication) -> str:
    """Return the card of a page as SVG, every text escaped."""
    light, _ = palette()
    lines, size = broken(title)
    top = 330 - (len(lines) - 1) * size * _LEADING / 2
    shown = joined(_text(_LEFT, top + place * size * _LEADING, size, light["ink"], text, bold=True) for place, text in enumerate(lines))
    return html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}"><rect width="{0}" height="{1}" fill="{2}"/>'
        '{3}{4}{5}{6}<rect x="{7}" y="500" width="72" height="5" fill="{8}"/>{9}</svg>',
        *(WIDTH, HEIGHT, light["wash"], _rings(light["line"]), Html(icon(56, f'x="{_LEFT}" y="76"'))),
        *(_text(_LEFT + 76, 116, 32, light["accent"], book().name, bold=True), shown),
        *(_LEFT, light["accent"], _text(_LEFT, 556, 27, light["quiet"], line(edition))),
    )


def broken(title: str) -> tuple[list[str], int]:
    """Return a title in lines, and the largest size in pixels at which it fits."""
    for most, size, width in SIZES:
        lines = textwrap.wrap(title, width, break_on_hyphens=False)
        if len(lines) <= most:
            return lines, size
    most, size, width = SIZES[-1]
    return textwrap.wrap(title, width, max_lines=most, placeholder=" …", break_on_hyphens=False), size


def _text(left: float, base: float, size: int, colour: str, text: str, *, bold: bool = False) -> Html:
    weight = Html(' font-weight="700"' if bold else "")
    template = '<text x="{:g}" y="{:g}" font-family="{}" font-size="{}"{} fill="{}">{}</text>'
    return html(template, left, base, Html(FONT), size, weight, colour, text)


def _rings(colour: str) -> Html:
    """Return the rings of the icon, large and faint at the edge."""
    circles = '<circle cx="1010" cy="56" r="104"/><circle cx="1138" cy="56" r="104"/>'
    return html('<g fill="none" stroke="{}" stroke-width="26" opacity="0.6">{}</g>', colour, Html(circles))
