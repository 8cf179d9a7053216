"""Draw a chart as a static picture that follows the page, with its description, data and sources beside it."""

from __future__ import annotations

import json
import re
from html import escape

from evidence.catalog import Library
from evidence.charts.data import ChartData
from evidence.charts.forms import specification
from evidence.charts.theme import INK

VEGA_LITE = "application/vnd.vegalite.v6+json"


def bundle(data: ChartData, library: Library, title_html: str) -> dict[str, object]:
    """Return a chart in every form a page, a test and a reader of text need.

    Args:
        data: The chart.
        library: Library it is drawn from, for the names of its sources.
        title_html: Its title with evidence links as anchors, escaped.

    Returns:
        `text/html` with the picture, `application/vnd.vegalite.v6+json` with the specification that is compared, `text/plain`.
    """
    spec = specification(data)
    return {"text/html": _html(data, library, title_html, picture(spec, data.id)), VEGA_LITE: spec, "text/plain": plain_text(data)}


def picture(spec: dict[str, object], identifier: str) -> str:
    """Return a specification drawn as SVG: no fixed text colour, ids that are unique on a page, hidden from screen readers."""
    import vl_convert

    svg: str = vl_convert.vegalite_to_svg(json.dumps(spec))
    svg = svg.replace(INK, "currentColor").replace("clip", f"{identifier.replace('.', '-')}-clip")
    svg = re.sub(r'<svg ([^>]*?)width="([\d.]+)" height="([\d.]+)"', r'<svg aria-hidden="true" \1width="\2" height="\3"', svg, count=1)
    return re.sub(r' (?:aria-(?!hidden)[a-z]+|role|aria-roledescription)="[^"]*"', "", svg)


def plain_text(data: ChartData) -> str:
    """Return a chart as text: title, description, and one line a mark."""
    lines = [strip_links(data.row["title"]), data.row["subtitle"]]
    for mark in data.rows.to_dict("records"):
        label = " | ".join(part for part in (mark["category"], mark["series"]) if part)
        lines.append(f"  {label}: {mark.get('stated', mark['value'])}")
    return "\n".join(lines)


def strip_links(markdown: str) -> str:
    """Return Markdown prose with links replaced by their text.

    Example:
        >>> strip_links("[68%](figure:sme.barriers.any) report barriers")
        '68% report barriers'
    """
    return re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)


def _html(data: ChartData, library: Library, title_html: str, svg: str) -> str:
    titles = {row["id"]: row["short"] for row in library.rows("sources")}
    sources = "; ".join(escape(titles.get(key, key)) for key in data.sources)
    anchor = "chart-" + data.id.replace(".", "-")
    return (
        f'<figure class="evidence-chart" id="{anchor}" aria-labelledby="{anchor}-title">'
        f'<figcaption><p class="chart-title" id="{anchor}-title">{title_html}</p><p class="chart-subtitle">{escape(data.row["subtitle"])}</p></figcaption>'
        f'<div role="img" aria-label="{escape(data.row["description"])}">{svg}</div>'
        f'<p class="chart-source">Source: {sources}.</p>{_data_table(data)}</figure>'
    )


def _data_table(data: ChartData) -> str:
    figures = "id" in data.rows
    head = (
        "<tr><th>What</th><th>Group</th><th>As stated</th><th>Figure</th></tr>"
        if figures
        else "<tr><th>What</th><th>Group</th><th>Number</th></tr>"
    )
    body = []
    for mark in data.rows.to_dict("records"):
        cells = [escape(str(mark["category"])), escape(str(mark["series"])), escape(str(mark.get("stated", mark["value"])))]
        if figures:
            cells.append(f'<a href="ledger.html#{mark["id"]}"><code>{mark["id"]}</code></a>')
        body.append("<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>")
    return f'<details><summary>Data behind the chart</summary><div class="table-wrap"><table>{head}{"".join(body)}</table></div></details>'
