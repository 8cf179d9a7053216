"""Miniature place data, plainly made up: four areas on two vintages of boundaries, each file written as a producer would."""

import csv
import json

from evidence.catalog import Library, load, schema

AREAS = {
    "itl3-2021": ("X00000001", "X00000002", "X00000003", "X00000004"),
    "itl3-2025": ("X00000001", "X00000002", "X00000003", "X00000005"),
}
NAMES = {"X00000001": "Falling", "X00000002": "Rich", "X00000003": "Growing", "X00000004": "Unknown", "X00000005": "New"}
BESIDE = {"X00000001": 0, "X00000002": 1, "X00000003": 2, "X00000004": 3, "X00000005": 3}

VALUES = {
    # The country has 100 a head in each year. Falling lies below in all years, its jobs fall by a tenth a year, its people stay as many.
    # Rich lies above. Growing lies below, its jobs grow by a tenth a year and its people too. Of Unknown the jobs of the last year are missing.
    "gdp-per-head": {
        "K": "100,100,100",
        "X00000001": "80,80,80",
        "X00000002": "150,150,150",
        "X00000003": "90,90,99",
        "X00000004": "50,50,50",
    },
    "jobs": {"X00000001": "100,90,81", "X00000002": "100,90,81", "X00000003": "100,110,121", "X00000004": "100,100,"},
    "population": {"X00000001": "500,500,500", "X00000002": "500,500,500", "X00000003": "100,110,121", "X00000004": "500,500,500"},
}
YEARS = "2002,2003,2004"


def topology(codes, names=NAMES):
    """Return a TopoJSON of one square a code, side by side, each of one degree."""
    arcs, shapes = [], []
    for number, code in enumerate(codes):
        west = BESIDE.get(code, number)
        arcs.append([[west * 10, 0], [0, 10], [10, 0], [0, -10], [-10, 0]])
        shapes.append({"type": "Polygon", "arcs": [[number]], "properties": {"code": code, "name": names.get(code, code)}})
    return {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [-3.0, 52.0]},
        "arcs": arcs,
        "objects": {"made": {"type": "GeometryCollection", "geometries": shapes}},
    }


def area_row(areas, **changed):
    row = {"areas": areas, "about": f"Made areas {areas}", "count": "4", "codes": r"X\d{8}", "file": f"{areas}.topo.json", "object": "made"}
    return dict.fromkeys(schema.PLACE_AREAS.names, "") | row | {"attribution": "Made up for a test."} | changed


def table_row(measure, areas, **changed):
    row = {
        "measure": measure,
        "areas": areas,
        "label": measure.replace("-", " ").capitalize(),
        "unit": "GBP" if measure == "gdp-per-head" else "count",
        "decimals": "0",
        "file": f"{areas}.csv",
        "code_column": "code",
        "rows": f"measure={measure}",
        "value_column": "*",
        "from_year": "2002",
        "factor": "1",
        "period": "{year}",
        "whole": "K",
        "whole_name": "Kingdom",
        "source": "Made (2026)",
        "as_of": "2026-01-31",
        "licence": "none",
        "address": "https://example.org/",
    }
    return dict.fromkeys(schema.PLACE_TABLES.names, "") | row | changed


def known_row(code, name, column, neighbours="", **changed):
    row = {"areas": "itl3-2021", "code": code, "name": name, "region": "North", "country": "Kingdom", "longitude": f"{column}.00"}
    return (
        dict.fromkeys(schema.AREAS_TABLE.names, "")
        | row
        | {"latitude": "54.00", "column": str(column), "row": "0", "neighbours": neighbours}
        | changed
    )


KNOWN = (("X00000001", "X00000002"), ("X00000002", "X00000001 X00000003"), ("X00000003", "X00000002"), ("X00000004", ""))
"""Three areas in a row and an island."""


def known():
    """Return the rows of areas.csv for the areas of 2021."""
    return [known_row(code, NAMES[code], number, beside) for number, (code, beside) in enumerate(KNOWN)]


def fact_row(fact, measure, kind, **changed):
    row = {
        "fact": fact,
        "areas": "itl3-2021",
        "measure": measure,
        "kind": kind,
        "from_year": "2002",
        "decimals": "0",
        "label": fact.capitalize(),
    }
    return (
        dict.fromkeys(schema.PLACE_FACTS.names, "") | row | {"short": fact.capitalize(), "basis": "estimate", "about": "Made up."} | changed
    )


def declared(areas=None, tables=None, as_of="", known=(), facts=()):
    """Return the repository's library with made declarations of place data instead of its own."""
    tables = tables if tables is not None else [*(table_row(name, "itl3-2021") for name in VALUES), table_row("gdp-per-head", "itl3-2025")]
    library = load("", as_of)
    made = {table.name: library.all_rows(table.name) for table in schema.tables()}
    declarations = {"place-areas": areas or [area_row(one) for one in AREAS], "place-tables": tables, "areas": known, "place-facts": facts}
    for name, rows in declarations.items():
        made[name] = [row | {"_file": f"{name}.csv", "_row": number} for number, row in enumerate(rows, start=2)]
    return Library(made, as_of, library.directory)


def write_files(folder, values=VALUES):
    """Write the files that `declared` names: shapes of both vintages, and a table each."""
    folder.mkdir(parents=True, exist_ok=True)
    for areas, codes in AREAS.items():
        (folder / f"{areas}.topo.json").write_text(json.dumps(topology(codes)), encoding="utf-8")
    lines = [(code, name, *cells.split(",")) for name, found in values.items() for code, cells in found.items()]
    write_table(folder / "itl3-2021.csv", lines)
    write_table(folder / "itl3-2025.csv", [(code, "gdp-per-head", "70", "70", "70") for code in ("K", *AREAS["itl3-2025"])])
    return folder


def write_table(path, lines):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("code", "measure", *YEARS.split(",")), *lines])
