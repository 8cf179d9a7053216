"""Maps of place data: a measure in groups of areas, or any other mark of each area."""

from __future__ import annotations

from collections.abc import Mapping

from evidence.catalog import Library
from evidence.chapter.output import Output, linked
from evidence.charts import ChartData, bundle, shapes
from evidence.charts.data import UNKNOWN
from evidence.markup import Html
from evidence.parsing import parse_json
from evidence.places import Measure, PlaceData, grouped

Mark = tuple[str, str, float | str]
"""What an area shows: its group, its value as a reader sees it, and the value."""


def measure_map(data: PlaceData, library: Library, measure: Measure) -> Output:
    """Return a measure in its newest year as a map, areas in five groups of about as many."""
    year = measure.years[-1]
    values = measure.values[year]
    names, group_of = grouped(values, measure.shown)
    marks = {code: (group_of[code], measure.shown(value), round(value, 6)) for code, value in values.items()}
    row = {
        "id": f"places.{measure.name}",
        "title": measure.label,
        "subtitle": f"{measure.when(year)}, {measure.areas.about}; in at most five groups of like size, areas of one value together",
        "description": f"A map of {measure.areas.about}, each in the shade of its group; the table below the map lists every area with its value.",
        "labels": "; ".join(names),
    }
    return drawn_map(data, library, measure, row, marks, measure.told(year))


def drawn_map(data: PlaceData, library: Library, measure: Measure, row: dict[str, str], marks: Mapping[str, Mark], source: str) -> Output:
    """Return a map of the areas of a measure; areas without a mark have no value."""
    import pandas as pd

    declared = data.declared_areas(measure.areas.id)
    outlines = shapes(parse_json(data.files.read(declared["file"])), declared["object"])
    rows = []
    for code, name in measure.areas.names.items():
        group, stated, value = marks.get(code, (UNKNOWN, UNKNOWN, ""))
        rows.append({"category": name, "series": group, "stated": stated, "value": value, "id": code, "source": source})
    shapeless = [name for code, name in measure.areas.names.items() if code not in outlines.rings]
    if shapeless:
        row = {**row, "subtitle": f"{row['subtitle']}; no shape on these boundaries is at hand for {' and '.join(shapeless)}"}
    frame = pd.DataFrame(rows, columns=["category", "series", "stated", "value", "low", "high", "id", "source"])
    sources = (source, declared["attribution"].rstrip("."))
    drawn = ChartData(row | {"form": "areas"}, frame.assign(row=range(len(frame))), measure.row["unit"], sources, "area", outlines)
    made = bundle(drawn, library, linked(row["title"]))
    return Output(Html(str(made.pop("text/html"))), str(made.pop("text/plain")), made)
