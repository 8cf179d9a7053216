"""A chart to take away, made from the specification that a chapter stores: a picture with its words, and its rows."""

from __future__ import annotations

import csv
import io
import re
from html import escape
from textwrap import wrap
from typing import Any

from evidence.charts.drawing import drawn, layouts
from evidence.charts.gathering import COLUMNS
from evidence.charts.theme import FONT, INK, QUIET, WIDE

_MARGIN = 24
_CELLS = ["category", "series", "stated", "value", "low", "high", "unit", "id", "source"]


def standalone(spec: dict[str, Any]) -> str:
    """Return a stored chart as an SVG of its own on a white ground, with title, subtitle, source and description."""
    about = spec["usermeta"]
    picture = drawn(layouts(spec)["wide"])
    height = float(re.search(r'<svg [^>]*?height="([\d.]+)"', picture).group(1))  # type: ignore[union-attr]
    head, top = _paragraphs((about["title"], 17, INK, "bold"), (about["subtitle"], 13, QUIET, "normal"), start=_MARGIN)
    foot, bottom = _paragraphs((about["source"], 12, QUIET, "normal"), start=top + 12 + height + 14)
    width, total = WIDE.width + 2 * _MARGIN, round(bottom + _MARGIN - 8)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="{width}" height="{total}" '
        f'viewBox="0 0 {width} {total}" role="img" font-family="{FONT}">'
        f"<title>{escape(about['title'])}</title><desc>{escape(spec['description'])}</desc>"
        f'<rect width="{width}" height="{total}" fill="#ffffff"/>{head}'
        f'<g transform="translate({_MARGIN},{round(top + 12)})">{picture}</g>{foot}</svg>\n'
    )


def _paragraphs(*texts: tuple[str, int, str, str], start: float) -> tuple[str, float]:
    """Return lines of text as SVG, one below the other, and where they end."""
    made, y = "", start
    for text, size, paint, weight in texts:
        for line in wrap(text, round(WIDE.width / (size * (0.56 if weight == "bold" else 0.51)))):
            y += size * 1.3
            made += f'<text x="{_MARGIN}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{paint}">{escape(line)}</text>'
        y += 4
    return made, y


def png(svg: str) -> bytes:
    """Return a standalone picture as PNG, twice its size."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2))


def table(spec: dict[str, Any], figures: dict[str, Any]) -> str:
    """Return the rows of a stored chart as CSV; numbers of figures are those of the ledger.

    Args:
        spec: The specification.
        figures: The ledger's figures by id.
    """
    about = spec["usermeta"]
    more = [name for name in (about["rows"] or [{}])[0] if name not in (*COLUMNS, "span")]
    text = io.StringIO()
    writer = csv.DictWriter(text, [*_CELLS, *more], lineterminator="\n", extrasaction="ignore")
    writer.writeheader()
    for row in about["rows"]:
        kept = figures.get(row["id"], {}) if about["kind"] == "figure" else {}
        own = {name: kept[name] for name in ("stated", "value", "low", "high", "unit", "source") if name in kept}
        writer.writerow({"unit": about["unit"] if row["value"] != "" else "", **row, **own})
    return text.getvalue()
