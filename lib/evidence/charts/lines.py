"""Charts of series over time or side by side: slope and small multiples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import altair as alt
import pandas as pd

from evidence.charts.bars import measure
from evidence.charts.data import ChartData
from evidence.charts.marks import ROWS, Spec, canvas, categories, colours, panel_width, panels, wrapped_rows
from evidence.charts.theme import ACCENT, Layout, text_width

_YEAR = re.compile(r"(?:18|19|20)\d\d\b")


def years(categories: list[str]) -> list[int] | None:
    """Return the year each category begins with, or nothing when one does not: then they stand at equal distances.

    Example:
        >>> years(["2008/09", "2016/17"]), years(["First year", "Fourth year"])
        ([2008, 2016], None)
    """
    found = [_YEAR.match(category) for category in categories]
    return [int(match.group()) for match in found if match] if all(found) else None


def apart(places: list[tuple[float, float]], wanted: Iterable[int] = ()) -> list[int]:
    """Return which of some labels fit side by side, the last first, then the first, then those that are wanted most, then the others from the right.

    Args:
        places: Centre and width of each, from left to right, in pixels.
        wanted: Numbers of those that are wanted most, counted from the left.

    Example:
        >>> apart([(0, 40), (60, 40), (80, 40), (140, 40)]), apart([(0, 40), (60, 40), (80, 40), (140, 40)], [1])
        ([0, 2, 3], [0, 1, 3])
    """
    count = len(places)
    kept: list[int] = []
    for number in dict.fromkeys([count - 1, 0, *wanted, *range(count - 2, 0, -1)]):
        centre, width = places[number]
        if all(abs(centre - places[other][0]) >= (width + places[other][1]) / 2 + 4 for other in kept):
            kept.append(number)
    return sorted(kept)


def _steps(data: ChartData) -> dict[str, int]:
    """Return where along the line each category stands: at its day or its year where it has one."""
    if "day" in data.rows:
        return dict(zip(data.rows["category"], data.rows["day"], strict=True))
    return dict(zip(data.categories, years(data.categories) or range(len(data.categories)), strict=True))


def _told(places: pd.Series, texts: Iterable[str], wanted: Iterable[int], layout: Layout) -> list[int]:
    return apart([(place, text_width(text, layout)) for place, text in zip(places, texts, strict=True)], wanted)


def _placed(data: ChartData, layout: Layout, width: float, inset: int) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return rows with where they stand along the line and which of them tell their value, and the marks' place by channel.

    Where not all fit, the highest and the lowest of a series come before the others, in values as in the names below the line.

    Args:
        data: The chart.
        layout: Layout it is drawn in.
        width: Width of the plot in pixels, as a measure of what fits side by side.
        inset: Pixels at both ends of the line.
    """
    steps = pd.Series(_steps(data)).sort_values()
    pixels = (steps - steps.min()) / ((steps.max() - steps.min()) or 1) * (width - 2 * inset)
    rows = data.rows.drop(columns=["id", "source", "span"]).assign(at=data.rows["category"].map(steps), told=False).sort_values("at")
    ends = []
    for _, one in rows.groupby("series", sort=False):
        extremes = [int(one["value"].argmax()), int(one["value"].argmin())]
        rows.loc[one.index[_told(one["category"].map(pixels), one["stated"], extremes, layout)], "told"] = True
        ends += [steps.index.get_loc(category) for category in one["category"].iloc[extremes]]
    names = steps.iloc[_told(pixels, steps.index, ends, layout)]
    label = json.dumps({step: name for name, step in names.items()}, ensure_ascii=False) + "[datum.value]"
    axis = alt.Axis(values=list(map(int, names)), labelExpr=label, labelOverlap=False, domain=True)
    x = alt.X("at:Q", scale=alt.Scale(nice=False, zero=False, padding=inset), axis=axis)
    return rows, {"x": x, "y": alt.Y("value:Q", scale=alt.Scale(nice=False, zero=True), axis=None)}


def slope(data: ChartData, layout: Layout) -> Spec:
    """Return a line for each series over its periods, from zero, with its name at the line."""
    inset = 30 if layout.narrow else 60
    rows, place = _placed(data, layout, layout.width, inset)
    series = rows.groupby("series")
    ends, low = series["value"].transform("last"), series["value"].transform("min") < 0.2 * rows["value"].max()
    rows = rows.assign(above=(ends == ends.max()) | low, end=rows["at"] == series["at"].transform("max"))
    base, paint = alt.Chart(ROWS).encode(**place), colours(data.series)
    layers = [
        base.mark_line(strokeWidth=3).encode(color=paint["color"]),
        base.mark_point(size=90).encode(**paint),
        base.transform_filter("datum.told").mark_text(dy=alt.expr("datum.above ? -15 : 17")).encode(text=alt.Text("stated:N")),
    ]
    if any(data.series):
        names = base.transform_filter("datum.end").mark_text(
            align="right", dx=inset, dy=alt.expr("datum.above ? -33 : 35"), fontWeight="bold"
        )
        layers.append(names.encode(text=alt.Text("series:N"), color=paint["color"]))
    return canvas(layers, rows, layout, 140 if layout.narrow else 170)


def multiples(data: ChartData, layout: Layout) -> Spec:
    """Return a panel for each series, all on one scale from zero: lines where categories are years, bars otherwise."""
    return _line_panels(data, layout) if years(data.categories) else _bar_panels(data, layout)


def _line_panels(data: ChartData, layout: Layout) -> Spec:
    width = panel_width(layout, len(data.series), labels=False)
    rows, place = _placed(data, layout, width, 24)
    base = alt.Chart().encode(**place)
    texts = base.transform_filter("datum.told").mark_text(dy=-15).encode(text=alt.Text("stated:N"))
    layers = [base.mark_line(color=ACCENT, strokeWidth=3), base.mark_circle(color=ACCENT, size=90), texts]
    return panels(alt.layer(*layers, width=width, height=120), rows, layout)


def tracking(data: ChartData, layout: Layout) -> Spec:
    """Return a panel for each figure, all on one scale from zero: a line over its waves, with the band that its intervals reach over."""
    alone = len(data.series) == 1
    width = layout.width if alone else panel_width(layout, len(data.series), labels=False)
    rows, place = _placed(data, layout, width, 24)
    rows = rows.sort_index()
    base = alt.Chart(ROWS) if alone else alt.Chart()
    band = base.mark_area(color=ACCENT, opacity=0.2).encode(place["x"], alt.Y("low:Q", axis=None), alt.Y2("high:Q"))
    reach = base.mark_rule(color=ACCENT, opacity=0.5, strokeWidth=2).encode(place["x"], alt.Y("low:Q", axis=None), alt.Y2("high:Q"))
    line = base.encode(**place)
    texts = (
        line.transform_filter("datum.told").mark_text(dy=alt.expr("datum.high > datum.value ? -24 : -15")).encode(text=alt.Text("stated:N"))
    )
    layers = [band, reach, line.mark_line(color=ACCENT, strokeWidth=3), line.mark_circle(color=ACCENT, size=90), texts]
    if alone:
        return canvas(layers, rows, layout, 140 if layout.narrow else 170)
    return panels(alt.layer(*layers, width=width, height=120), rows, layout)


def _bar_panels(data: ChartData, layout: Layout) -> Spec:
    rows, step = wrapped_rows(data.rows, layout)
    room = max(text_width(text, layout) for text in rows["stated"]) + 10
    width = panel_width(layout, len(data.series))
    x = measure("value", range=[0, width - room])
    bars = alt.Chart().mark_bar(color=ACCENT, height=18).encode(x=x, y=categories())
    texts = bars.mark_text(align="left", dx=8).encode(text=alt.Text("stated:N"))
    return panels(alt.layer(bars, texts, width=width, height=alt.Step(**step)), rows, layout)
