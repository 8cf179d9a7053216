"""What the forms share when they draw: the frame of a chart, its rows, its colours."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.theme import LINE_HEIGHT, PALETTE, Layout, configuration, wrapped

SHAPES = ("circle", "diamond", "square", "triangle-up")
"""A shape for each series, since colour alone would tell too few readers."""

Spec = dict[str, Any]

ROWS = alt.NamedData(name="rows")
"""Where marks find the rows of their chart; Altair copies and hashes whatever else is given as data, many times."""

_PADDING = 4
"""Pixels at each side of a picture, as in the theme."""
_LABELS = 150
"""Room for the labels of rows beside panels in pixels; Vega-Lite fits single pictures to a width, but no panels."""
_GAP = 20


def inline(rows: pd.DataFrame) -> alt.InlineData:
    """Return rows as the data of one mark."""
    return alt.InlineData(values=rows.to_dict("records"))


def canvas(layers: list[alt.Chart], rows: pd.DataFrame, layout: Layout, height: float | Spec) -> Spec:
    """Return a specification exactly as wide as the layout, in which Vega-Lite makes room for labels, legends and texts.

    Args:
        layers: Marks of the rows.
        rows: Data of all layers that have none of their own.
        layout: Layout it is drawn in.
        height: Height of the plot in pixels, or of each of its rows.
    """
    fit = {"type": "fit-x", "contains": "padding", "resize": True}
    return finished(alt.layer(*layers), layout, rows) | {"width": layout.width, "height": height, "autosize": fit}


def finished(chart: Any, layout: Layout, rows: pd.DataFrame) -> Spec:
    """Return a chart with the theme of its layout as a specification.

    A test holds it against the schema, which takes long.
    """
    broken = "category" in rows and bool(rows["category"].str.contains("\n").any())
    spec: Spec = chart.to_dict(validate=False)
    datasets = spec.get("datasets", {}) | {"rows": rows.to_dict("records")}
    return spec | {"datasets": datasets, "config": configuration(layout, broken=broken)}


def wrapped_rows(rows: pd.DataFrame, layout: Layout, room: int = 0) -> tuple[pd.DataFrame, Spec]:
    """Return rows with categories broken into lines, without what drawing does not need, and the height of a row.

    Args:
        rows: Rows of a chart.
        layout: Layout they are drawn in.
        room: Pixels that each row takes beyond its label and mark.
    """
    broken = rows.assign(category=[wrapped(name, layout.letters) for name in rows["category"]])
    lines = LINE_HEIGHT * (int(broken["category"].str.count("\n").max()) + 1)
    height = lines + 32 + room if layout.narrow else max(30 + room, lines + 12)
    return broken.drop(columns=["id", "source"]), {"step": height}


def categories(**more: Any) -> alt.Y:
    """Return the categories from top to bottom, in the order of the rows."""
    return alt.Y("category:N", sort=None, **more)


def colours(names: list[str], **legend: Any) -> dict[str, Any]:
    """Return colour and shape of each series by its name; a legend only if its options are given."""
    shown = alt.Legend(symbolStrokeWidth=0, **legend) if legend else None
    return {
        "color": alt.Color("series:N", scale=alt.Scale(domain=names, range=list(PALETTE[: len(names)])), legend=shown),
        "shape": alt.Shape("series:N", scale=alt.Scale(domain=names, range=list(SHAPES[: len(names)])), legend=shown),
    }


def panel_width(layout: Layout, count: int, *, labels: bool = True) -> int:
    """Return the width of each of so many panels, all of them on a narrow page one above the other, beside the labels of their rows."""
    if layout.narrow:
        return layout.width - 2 * _PADDING
    return (layout.width - 2 * _PADDING - (_LABELS if labels else 0) - _GAP * (count - 1)) // count


def panels(panel: Any, rows: pd.DataFrame, layout: Layout) -> Spec:
    """Return a panel for each series, each named above, as wide together as the layout."""
    names: dict[str, Any] = {"sort": None, "header": alt.Header(labelOrient="top")}
    split = {"row": alt.Row("series:N", **names)} if layout.narrow else {"column": alt.Column("series:N", **names)}
    made = panel.facet(data=ROWS, **split).resolve_axis(x="independent")
    spec = finished(made.properties(spacing=_GAP), layout, rows)
    spec["config"]["axisY"]["minExtent"] = 0 if layout.narrow else _LABELS
    return spec
