"""Which drawing belongs to which form, and the specification that a chapter stores: both layouts, the rows, the words."""

from __future__ import annotations

from collections.abc import Callable

from altair.utils.schemapi import debug_mode

from evidence.charts.areas import area_map
from evidence.charts.bars import bars, dots, dumbbell
from evidence.charts.data import ChartData, strip_links
from evidence.charts.grids import evidence_map, matrix
from evidence.charts.lines import multiples, slope, tracking
from evidence.charts.maps import place_map
from evidence.charts.marks import Spec
from evidence.charts.theme import NARROW, WIDE, Layout

_FORMS: dict[str, Callable[[ChartData, Layout], Spec]] = {
    "bars": bars,
    "dots": dots,
    "dumbbell": dumbbell,
    "slope": slope,
    "multiples": multiples,
    "tracking": tracking,
    "matrix": matrix,
    "evidence-map": evidence_map,
    "map": place_map,
    "areas": area_map,
}


def specification(data: ChartData, title: str, source: str) -> Spec:
    """Return the Vega-Lite specification of a chart, the same for the same rows in every process.

    Args:
        data: The chart.
        title: Its title as plain text.
        source: Its line of sources as plain text.

    Returns:
        The wide layout; below `usermeta` the narrow one and everything a download of the chart says: id, title, subtitle, source, unit, rows.
    """
    draw = _FORMS[data.row["form"]]
    with debug_mode(False):  # what is built is held against the schema by a test, once and not in each run
        spec, narrow = draw(data, WIDE), draw(data, NARROW)
    spec["description"] = strip_links(data.row["description"])
    rows = data.rows.drop(columns="row").astype(object)
    spec["usermeta"] = {
        "id": data.id,
        "kind": data.kind,
        "title": title,
        "subtitle": data.row["subtitle"],
        "source": source,
        "unit": data.unit,
        "rows": rows.where(rows.notna(), "").to_dict("records"),
        "narrow": narrow,
    }
    return spec
