"""Draw a chart as static pictures that follow the page, with its description, data and sources beside them."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from contextvars import ContextVar
from html import escape
from typing import Any

from evidence.catalog import Library
from evidence.charts.data import ChartData, strip_links
from evidence.charts.theme import PAINT

VEGA_LITE = "application/vnd.vegalite.v6+json"
_CLIP = re.compile(r"\bclip\d+\b")
_SHAPE = re.compile(r' (?:d|transform)="[^"]*"')
_LONG = re.compile(r"(\.\d)\d+")


def bundle(data: ChartData, library: Library, title_html: str) -> dict[str, object]:
    """Return a chart in every form a page, a test and a reader of text need.

    Args:
        data: The chart.
        library: Library it is drawn from, for the names of its sources.
        title_html: Its title with evidence links as anchors, escaped.

    Returns:
        `text/html` with the pictures, `application/vnd.vegalite.v6+json` with the specification that is compared, `text/plain`.
    """
    from evidence.charts.forms import specification  # here, for altair takes long to import, and a gate draws nothing

    titles = {row["id"]: row["short"] for row in library.rows("sources")}
    source = "Source: " + "; ".join(titles.get(key, key) for key in data.sources) + "."
    spec = specification(data, strip_links(data.row["title"]), source + (" Outlines: Natural Earth." if data.row["form"] == "map" else ""))
    return {"text/html": _html(data, spec, title_html), VEGA_LITE: spec, "text/plain": plain_text(data)}


def layouts(spec: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the specifications of both layouts by name, without what only downloads need."""
    return {"wide": {key: value for key, value in spec.items() if key != "usermeta"}, "narrow": spec["usermeta"]["narrow"]}


def picture(spec: dict[str, Any], identifier: str) -> str:
    """Return a specification drawn as SVG: colours of the page, ids that are unique on it, hidden from screen readers.

    Places are cut to tenths of a pixel, and what is so anyway is not said, which makes pages lighter.
    """
    svg = re.sub(r"\bclip(\d+)\b", rf"{identifier.replace('.', '-')}-clip\1", painted(drawn(spec)))
    svg = re.sub(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"', r'<svg aria-hidden="true" \1width="\2" height="\3"', svg, count=1)
    svg = _SHAPE.sub(lambda match: _LONG.sub(r"\1", match.group()), svg)
    return re.sub(r' (?:aria-(?!hidden)[a-z]+|role|class|pointer-events)="[^"]*"| opacity="1"| font-weight="normal"', "", svg)


def drawn(spec: dict[str, Any]) -> str:
    """Return a specification drawn as SVG with the colours it names.

    Vega numbers clips through all that a process draws; here they begin anew, so that a picture does not depend on those before it.
    """
    svg = DRAW.get()(json.dumps(spec))
    numbers = {name: f"clip{number}" for number, name in enumerate(dict.fromkeys(_CLIP.findall(svg)))}
    return _CLIP.sub(lambda match: numbers[match.group()], svg)


def draw_here(spec: str) -> str:
    """Return a specification drawn as SVG by this process; the first takes twenty times as long as another.

    Raises:
        ValueError: If it cannot be drawn.
        RuntimeError: If this process was forked from one that has drawn: what draws has threads, which a fork leaves behind.
    """
    import vl_convert

    if drawn_in() not in (0, os.getpid()):
        raise RuntimeError("what draws was started in the process that this one was forked from.")
    _DRAWN_IN[:] = [os.getpid()]
    return str(vl_convert.vegalite_to_svg(spec))


def drawn_in() -> int:
    """Return the process in which what draws was started, this one or one that it was forked from; 0 where it was in none."""
    return next(iter(_DRAWN_IN), 0)


_DRAWN_IN: list[int] = []
"""That process, once there is one; whatever is forked from it has the same."""
DRAW: ContextVar[Callable[[str], str]] = ContextVar("DRAW", default=draw_here)
"""What draws for this process: a specification as JSON becomes an SVG."""


def painted(text: str) -> str:
    """Return an SVG or a specification as text with each colour replaced by the page's own, light or dark."""
    return re.sub("|".join(PAINT), lambda match: PAINT[match.group()], text)


def plain_text(data: ChartData) -> str:
    """Return a chart as text: title, description, and one line a mark."""
    lines = [strip_links(data.row["title"]), data.row["subtitle"]]
    for mark in data.rows.to_dict("records"):
        said = " | ".join(part for part in (mark["category"], mark["series"]) if part)
        reach = f" ({mark['span']})" if data.kind == "vintage" and mark["span"] else ""
        lines.append(f"  {said}: {mark['stated']}{reach}")
    return "\n".join(lines)


def _html(data: ChartData, spec: dict[str, Any], title_html: str) -> str:
    anchor = "chart-" + data.id.replace(".", "-")
    pictures = "".join(
        f'<div class="chart-layout chart-{name}">{picture(one, f"{data.id}-{name}")}</div>' for name, one in layouts(spec).items()
    )
    return (
        f'<figure class="evidence-chart" id="{anchor}" data-chart="{data.id}" aria-labelledby="{anchor}-title">'
        f'<figcaption><p class="chart-title" id="{anchor}-title">{title_html}</p><p class="chart-subtitle">{escape(data.row["subtitle"])}</p></figcaption>'
        f'<div class="chart-picture" role="img" aria-label="{escape(strip_links(data.row["description"]))}">{pictures}</div>'
        f'<p class="chart-source">{escape(spec["usermeta"]["source"])}</p>{_data_table(data)}</figure>'
    )


_HEADS = {
    "figure": ("What", "Group", "As stated"),
    "vintage": ("When", "What", "As stated", "Interval"),
    "finding": ("Mechanism", "Outcome", "Direction", "Region", "Strength", "Finding"),
    "place": ("What", "Where", "Status or focus"),
    "area": ("Area", "Group", "Value"),
    "": ("What", "Group", "Number"),
}


def _data_table(data: ChartData) -> str:
    """Return the rows behind a chart as a table, without the columns that none of them fills."""
    rows = [_cells(mark, data.kind) for mark in data.rows.to_dict("records")]
    filled = [number for number in range(len(_HEADS[data.kind])) if any(row[number] for row in rows)]
    heads = "".join(f'<th scope="col">{_HEADS[data.kind][number]}</th>' for number in filled)
    body = "".join("<tr>" + "".join(f"<td>{row[number]}</td>" for number in filled) + "</tr>" for row in rows)
    return (
        '<details class="chart-data"><summary>Data behind the chart</summary><div class="table-wrap"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div></details>"
    )


def _cells(mark: dict[str, Any], kind: str) -> list[str]:
    """Return the cells of a mark; one of them leads to its record, so that a keyboard reaches what a pointer does."""
    cells = [escape(str(mark[name])) for name in ("category", "series", "stated")]
    if kind == "finding":
        said = ", ".join(part for part in (mark["strength"], mark["disputed"]) if part)
        return [*cells, escape(mark["region"]), escape(said), _record(mark, kind, escape(mark["statement"]))]
    if kind == "vintage":
        return [*cells[:-1], _record(mark, "figure", cells[-1]) if mark["newest"] else cells[-1], escape(mark["span"])]
    return [*cells[:-1], _record(mark, kind, cells[-1])] if kind == "figure" else cells


def _record(mark: dict[str, Any], kind: str, words: str) -> str:
    return f'<a class="{kind}" href="ledger.html#{"finding-" * (kind == "finding")}{mark["id"]}">{words}</a>'


_TAG = re.compile(r"<[^>]+>")
_DECIMALS = re.compile(r"(\d\.\d\d)\d+")
_NOTHING = re.compile(r'<path(?: aria-hidden="true")? d="(?:M0,0h0v0h0Z)?"(?: display="none")?/>|<g(?: [^>]*)?/>|<g(?: [^>]*)?></g>')
_FAMILY = re.compile(r' font-family="([^"]*)"')


def lean(svg: str) -> str:
    """Return a picture without the groups in which nothing is drawn, to a hundredth of a pixel, that names its typeface once where it has one.

    Example:
        >>> lean('<svg><g transform="translate(1.23456,0)"><text font-family="A">1.23456</text></g><g class="axis"><g/></g></svg>')
        '<svg font-family="A"><g transform="translate(1.23,0)"><text>1.23456</text></g></svg>'
    """
    svg, made = _TAG.sub(lambda tag: _DECIMALS.sub(r"\1", tag[0]), svg), 1
    while made:
        svg, made = _NOTHING.subn("", svg)
    families = set(_FAMILY.findall(svg))
    return _FAMILY.sub("", svg).replace("<svg", f'<svg font-family="{families.pop()}"', 1) if len(families) == 1 else svg
