"""A chart to take away, made from the specification that a chapter stores: a picture with its words, and its rows."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from html import escape
from textwrap import wrap
from typing import Any

from evidence.catalog import decimal
from evidence.catalog.rows import harmless
from evidence.charts.drawing import drawn, layouts, lean
from evidence.charts.gathering import COLUMNS
from evidence.charts.theme import FONT, NARROW, WIDE
from evidence.errors import DataError

_MARGIN = 20
_CELLS = ["category", "series", "stated", "value", "low", "high", "unit", "id", "source"]


def standalone(spec: dict[str, Any], credit: Sequence[str] = (), *, narrow: bool = False) -> str:
    """Return a stored chart as an SVG of its own on a white ground, with title, subtitle, description, and at its foot what credits it.

    Args:
        spec: The specification.
        credit: Lines below the chart, which go with it wherever it goes; its source alone when there are none.
        narrow: Whether it is drawn for a phone.

    Raises:
        DataError: If the picture has no size, so that nothing can be added to it.
    """
    about = spec["usermeta"]
    chart = layouts(spec)["narrow" if narrow else "wide"]
    title, letters = (34, 48) if narrow else (66, 90)
    head = {"text": _lines(about["title"], title), "subtitle": _lines(about["subtitle"], letters)}
    fit = chart.get("autosize", {}).get("type") == "fit-x"
    room = {"width": (NARROW if narrow else WIDE).width + 2 * _MARGIN} if fit else {"autosize": {"type": "pad"}}
    picture = drawn(chart | room | {"title": head, "padding": _MARGIN + 4, "background": "#ffffff"})
    told = (
        f'role="img" data-chart="{escape(about["id"])}"><title>{escape(about["title"])}</title><desc>{escape(spec["description"])}</desc>'
    )
    plain = lean(_MARKS.sub("", picture))
    return _credited(plain.replace(">", f" {told}", 1), credit or [about["source"]], 52 if narrow else 100) + "\n"


def _lines(text: str, most: int) -> list[str]:
    """Return a text in lines of at most so many letters, none of which ends between a number and the word after it; an address is broken where a part of it ends."""
    if len(text) > most and " " not in text and (end := text.rfind("/", 0, most) + 1):
        return [text[:end], *_lines(text[end:], most)]
    kept = re.sub(r"(?<=\d) (?=\w)|(?<=\b[A-Z]{2}) (?=[A-Z\d])", "\N{NO-BREAK SPACE}", text)
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in wrap(kept, most, break_on_hyphens=False)]


_MARKS = re.compile(r' (?:aria-(?:label|roledescription)|role|class|pointer-events)="[^"]*"| opacity="1"')
"""What Vega says of each mark, and what it calls it for itself; nobody hears it in a picture that has a title and a description."""


_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)" viewBox="0 0 ([\d.]+) ([\d.]+)"')
_LINE = 15
"""Pixels from one line of the credit to the next."""


def _credited(picture: str, credit: Sequence[str], letters: int) -> str:
    """Return a picture with lines of text below it, on the same ground."""
    lines = [part for line in credit for part in _lines(line, letters)]
    found = _SIZE.search(picture)
    if not found:
        raise DataError("the picture of a chart has no size. Report this as a fault of the program.")
    width, height = float(found[1]), float(found[2])
    taller = height + _LINE * len(lines) + _MARGIN / 2
    sized = f'width="{width:g}" height="{taller:g}" viewBox="0 0 {width:g} {taller:g}"'
    grown = picture.replace(found[0], sized, 1).replace(f'height="{found[2]}" fill="#ffffff"', f'height="{taller:g}" fill="#ffffff"', 1)
    told = "".join(
        f'<text x="{_MARGIN + 4}" y="{height + _LINE * place:g}" font-size="11px" fill="#4a545e" font-family="{FONT}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    return grown.removesuffix("</svg>") + told + "</svg>"


def png(svg: str) -> bytes:
    """Return a standalone picture as PNG, twice its size."""
    import vl_convert  # only here, like numpy, for most commands draw no picture

    from evidence.charts.pictures import small

    return small(bytes(vl_convert.svg_to_png(svg, scale=2)))


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
