"""The flow from recommendations to the evidence under them, one ribbon for each piece of evidence."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.data import ChartData
from evidence.charts.marks import across, canvas, down, key, label, path
from evidence.charts.theme import ACCENT, LINE, PALETTE, QUIET, Layout, wrapped

RELATIONS = {"supports": ACCENT, "limits": PALETTE[1], "context": QUIET}
KINDS = {"figure": "figures", "finding": "findings", "case": "cases"}
_RIBBON = 3.0
"""Width of one piece of evidence in pixels."""
_TITLES = 245
"""Room for the names of recommendations on a wide page."""


def flow(data: ChartData, layout: Layout) -> dict[str, Any]:
    """Return ribbons from each recommendation to kinds of evidence; on a narrow page a row of dots under each recommendation."""
    return _dots(data, layout) if layout.narrow else _ribbons(data, layout)


def _titles(rows: pd.DataFrame, layout: Layout, top: float, pitch: int) -> tuple[list[dict[str, Any]], dict[str, float], float]:
    """Return the names with their places, the middle of each row, and where the rows end; who recommends stands above its rows."""
    marks: list[dict[str, Any]] = []
    middles: dict[str, float] = {}
    y, who = top, ""
    for title, recommender in dict(zip(rows["category"], rows["recommender"], strict=True)).items():
        if recommender != who:
            who = recommender
            marks.append({"x": 0, "y": y + 10, "text": who, "weight": "bold"})
            y += 26
        text = wrapped(title, 46 if layout.narrow else 36)
        lines = text.count("\n") + 1
        height = 15 * lines + (28 if layout.narrow else 12)
        marks.append({"x": 0, "y": y + (8 if layout.narrow else height / 2 - (lines - 1) * 7.5), "text": text, "weight": "normal"})
        middles[title] = y + (15 * lines + 8 if layout.narrow else height / 2)
        y += max(height, pitch)
    return marks, middles, y


def _ribbons(data: ChartData, layout: Layout) -> dict[str, Any]:
    counts = data.rows.groupby("category")["id"].size()
    titles, middles, height = _titles(data.rows, layout, 8, max(34, round(int(counts.max()) * _RIBBON) + 6))
    nodes = _nodes(data.rows, height)
    links = _links(data.rows, middles, nodes)
    lines = path(links, strokeWidth=_RIBBON - 0.6, filled=False).encode(stroke=alt.Stroke("paint:N", scale=None))
    places = pd.DataFrame(nodes.values())
    blocks = alt.Chart(places).mark_rule(strokeWidth=7, strokeCap="butt")
    blocks = blocks.encode(x=across("x"), y=down("top"), y2=alt.Y2("bottom:Q"), color=alt.Color("paint:N", scale=None))
    texts = label(places.assign(x=places["x"] + 12)[["x", "y", "text"]], align="left")
    return canvas([lines, blocks, texts, *_texts(titles)], layout, round(height), (4, 0, 4, 0))


def _texts(titles: list[dict[str, Any]]) -> list[alt.Chart]:
    rows = pd.DataFrame(titles)
    return [label(group[["x", "y", "text"]], align="left", fontWeight=weight) for weight, group in rows.groupby("weight", sort=True)]


def _nodes(rows: pd.DataFrame, height: float) -> dict[tuple[str, str], dict[str, Any]]:
    """Return a place at the right for each relation and kind of evidence, as tall as its ribbons together."""
    found = [
        ((relation, kind), int(((rows["series"] == relation) & (rows["stated"] == kind)).sum())) for relation in RELATIONS for kind in KINDS
    ]
    kept = [(name, count) for name, count in found if count]
    free = max(height - sum(count for _, count in kept) * _RIBBON, 20.0 * len(kept))
    gap, y, made = free / len(kept), 0.0, {}
    for (relation, kind), count in kept:
        top = y + gap / 2
        y = top + count * _RIBBON + gap / 2
        made[relation, kind] = {
            "x": 468,
            "top": round(top, 1),
            "bottom": round(top + count * _RIBBON, 1),
            "y": round(top + count * _RIBBON / 2, 1),
            "text": f"{relation}: {KINDS[kind] if count > 1 else kind}" if relation != "context" else f"context: {KINDS[kind]}",
            "paint": RELATIONS[relation],
        }
    return made


def _links(rows: pd.DataFrame, middles: dict[str, float], nodes: dict[tuple[str, str], dict[str, Any]]) -> pd.DataFrame:
    """Return the path of each ribbon with the number of the row it stands for."""
    order = {name: number for number, name in enumerate(nodes)}
    ranked = rows.assign(rank=[order[relation, kind] for relation, kind in zip(rows["series"], rows["stated"], strict=True)])
    ranked = ranked.sort_values(["rank"], kind="stable")
    starts = ranked.groupby("category").cumcount() - (ranked.groupby("category")["id"].transform("size") - 1) / 2
    ends = ranked.groupby("rank").cumcount()
    made: list[dict[str, Any]] = []
    for mark, start, end in zip(ranked.to_dict("records"), starts, ends, strict=True):
        node = nodes[mark["series"], mark["stated"]]
        y, to = round(middles[mark["category"]] + start * _RIBBON, 1), round(node["top"] + (end + 0.5) * _RIBBON, 1)
        curve = f"M{_TITLES},{y}C{_TITLES + 110},{y} {node['x'] - 110},{to} {node['x'] - 4},{to}"
        made.append({"row": mark["row"], "paint": node["paint"], "path": curve})
    return pd.DataFrame(made)


def _dots(data: ChartData, layout: Layout) -> dict[str, Any]:
    keyed, above = key(list(RELATIONS), layout, 8, 0, tuple(RELATIONS.values()))
    titles, middles, height = _titles(data.rows, layout, above + 10, 0)
    order = {relation: number for number, relation in enumerate(RELATIONS)}
    rows = data.rows.assign(rank=data.rows["series"].map(order)).sort_values("rank", kind="stable")
    rows = rows.assign(x=8 + rows.groupby("category").cumcount() * 20, y=rows["category"].map(middles), paint=rows["series"].map(RELATIONS))
    base = alt.Chart(rows[["row", "x", "y", "paint"]]).encode(x=across("x"), y=down())
    dots = base.mark_circle(size=180, opacity=1).encode(color=alt.Color("paint:N", scale=None))
    rule = alt.Chart(pd.DataFrame({"x": [0], "end": [layout.width], "y": [above + 4]})).mark_rule(color=LINE)
    return canvas(
        [rule.encode(x=across("x"), x2=alt.X2("end:Q"), y=down()), *keyed, *_texts(titles), dots], layout, round(height), (4, 0, 4, 0)
    )
