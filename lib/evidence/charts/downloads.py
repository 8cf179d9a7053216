"""A chart to take away, made from the specification that a chapter stores: a picture with its words, and its rows."""

from __future__ import annotations

import csv
import io
from html import escape
from textwrap import wrap
from typing import Any

from evidence.catalog import decimal
from evidence.catalog.rows import harmless
from evidence.charts.drawing import drawn, layouts
from evidence.charts.gathering import COLUMNS
from evidence.charts.theme import WIDE

_MARGIN = 20
_CELLS = ["category", "series", "stated", "value", "low", "high", "unit", "id", "source"]


def standalone(spec: dict[str, Any]) -> str:
    """Return a stored chart as an SVG of its own on a white ground, with title, subtitle, source and description."""
    about = spec["usermeta"]
    chart = layouts(spec)["wide"]
    head = {"text": wrap(about["title"], 66), "subtitle": [*wrap(about["subtitle"], 90), *wrap(about["source"], 90)]}
    fit = chart.get("autosize", {}).get("type") == "fit-x"
    room = {"width": WIDE.width + 2 * _MARGIN} if fit else {"autosize": {"type": "pad"}}
    picture = drawn(chart | room | {"title": head, "padding": _MARGIN + 4, "background": "#ffffff"})
    told = f'role="img"><title>{escape(about["title"])}</title><desc>{escape(spec["description"])}</desc>'
    return picture.replace(">", f" {told}", 1) + "\n"


def png(svg: str) -> bytes:
    """Return a standalone picture as PNG, twice its size."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2))


def table(spec: dict[str, Any], figures: dict[str, Any]) -> str:
    """Return the rows of a stored chart as CSV; numbers of figures are those of the ledger, all in digits.

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
        whole = {"unit": about["unit"] if row["value"] != "" else "", **row, **own}
        safe = {name: harmless(cell) if isinstance(cell, str) else cell for name, cell in whole.items()}
        writer.writerow(safe | ({"value": decimal(safe["value"])} if isinstance(safe["value"], str) else {}))
    return text.getvalue()
