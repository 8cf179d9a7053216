"""Charts: rows in, marks out. Put a test here for what a form draws, for what a chart's data hold, or for a download."""

import csv
import functools
import io
import json
import re
from dataclasses import replace

import pandas as pd
import pytest

from evidence.catalog import load
from evidence.charts import VEGA_LITE, ChartData, bundle, chart_data, downloads, painted
from evidence.charts.forms import specification
from evidence.charts.lines import apart, years
from evidence.charts.maps import Frame
from evidence.charts.outlines import BOX, clipped, make, outlines, simplified
from evidence.charts.theme import GROUND, NARROW, PAINT, PALETTE, WIDE
from evidence.grading import mechanism_of
from evidence.paths import ROOT, chapters_dir
from evidence.site.charts import stored

HOSTILE = "<script>alert(1)</script>"
CHARTS = [row["id"] for row in load().rows("charts")]
STORED = stored(chapters_dir())
ONE_OF_EACH_FORM = {row["form"]: row["id"] for row in load().rows("charts")}


@pytest.fixture(scope="module")
def library():
    return load()


def mark(category, value, series="", span="", **more):
    row = {"category": category, "series": series, "stated": f"{value}%", "value": value, "low": value - 1, "high": value + 1}
    return row | {"id": f"x.{value}", "source": "demos", "span": span, **more}


def made(form, marks, kind="figure", series="x"):
    rows = pd.DataFrame(marks).assign(row=range(len(marks)))
    declared = {
        "id": "x.chart",
        "form": form,
        "series": series,
        "title": "Title",
        "subtitle": "Sub",
        "description": "Said",
        "order": "listed",
    }
    return ChartData(declared, rows, "percent", ("demos",), kind)


def drawn(form, marks, kind="figure", series="x", orders=None):
    """Return the wide and the narrow specification of hand-made rows."""
    spec = specification(replace(made(form, marks, kind, series), orders=orders or {}), "Title", "Source: Demos.")
    return spec, spec["usermeta"]["narrow"]


def values(spec, *names):
    """Return the data sets of a specification that hold all these columns."""
    return [rows for rows in spec["datasets"].values() if rows and set(names) <= set(rows[0])]


def kinds(spec):
    return [layer["mark"]["type"] for layer in spec["layer"]]


def test_bars_begin_at_zero_and_end_at_the_value():
    wide, narrow = drawn("bars", [mark("A", 40), mark("B", 20)])
    for spec in (wide, narrow):
        (rows,) = values(spec, "value", "top")
        assert [(row["zero"], row["value"]) for row in rows] == [(0, 40), (0, 20)]
        (bars,) = [layer for layer in spec["layer"] if layer["mark"]["type"] == "rect"]
        assert bars["encoding"]["x"]["scale"]["domain"] == [0.0, 41.0]


def test_a_negative_value_widens_the_scale_below_zero():
    wide, _ = drawn("bars", [mark("A", -3), mark("B", 2)])
    (bars,) = [layer for layer in wide["layer"] if layer["mark"]["type"] == "rect"]
    assert bars["encoding"]["x"]["scale"]["domain"] == [-4.0, 3.0]


def test_a_row_label_stands_left_on_a_wide_page_and_above_on_a_phone():
    wide, narrow = drawn("dots", [mark("A", 40)])
    label = [rows[0] for rows in values(wide, "text") if rows[0]["text"] == "A"]
    above = [rows[0] for rows in values(narrow, "text") if rows[0]["text"] == "A"]
    centre = values(narrow, "value")[0][0]["y"]
    assert label[0]["x"] < 0
    assert above[0]["x"] == 0
    assert above[0]["y"] < centre - 12


def test_both_layouts_are_exactly_as_wide_as_the_page_has_room():
    for spec, layout in zip(drawn("dots", [mark("A", 40), mark("B", 7)]), (WIDE, NARROW), strict=True):
        assert spec["autosize"] == {"type": "none"}
        assert spec["width"] + spec["padding"]["left"] + spec["padding"]["right"] == layout.width


def test_words_show_what_they_span_and_digits_do_not(library):
    rows = chart_data(library, "coordination.outreach").rows.set_index("id")
    assert rows.loc["sme.outreach.small", "span"] == ""
    assert rows.loc["sme.outreach.medium", "stated"] == "three quarters"
    low, high = rows.loc["sme.outreach.medium", ["low", "high"]]
    assert rows.loc["sme.outreach.medium", "span"] == f"{low:.1f} to {high:.1f}%"


def test_years_stand_as_far_apart_as_they_are():
    wide, _ = drawn("slope", [mark("2008/09", 50), mark("2016/17", 70), mark("2018/19", 60)])
    first, second, third = (row["x"] for row in values(wide, "value", "x")[0])
    assert second - first == pytest.approx(4 * (third - second), abs=0.5)


def test_what_has_no_years_stands_at_equal_distances():
    assert years(["First year", "Fourth year"]) is None
    wide, _ = drawn("slope", [mark("First year", 5), mark("Second year", 6), mark("Fourth year", 18)])
    first, second, third = (row["x"] for row in values(wide, "value", "x")[0])
    assert second - first == pytest.approx(third - second, abs=0.2)


def test_labels_that_would_touch_give_way_to_the_last_and_the_first():
    assert apart([(0, 30), (20, 30), (60, 30), (90, 30)]) == [0, 3]
    assert apart([(0, 30), (40, 30), (80, 30)]) == [0, 1, 2]


def test_a_slope_names_its_lines_at_the_lines_and_needs_no_legend():
    wide, _ = drawn("slope", [mark("2003", 5, "Low"), mark("2023", 6, "Low"), mark("2003", 8, "High"), mark("2023", 9, "High")])
    named = {row["text"]: row["y"] for rows in values(wide, "text") for row in rows if row["text"] in ("Low", "High")}
    assert named["High"] < named["Low"]
    assert all(layer["encoding"]["color"].get("legend") is None for layer in wide["layer"] if "color" in layer.get("encoding", {}))


def test_multiples_share_one_scale():
    wide, narrow = drawn("multiples", [mark("A", 40, "One"), mark("B", 10, "One"), mark("A", 20, "Two"), mark("B", 5, "Two")])
    for spec in (wide, narrow):
        lengths = [row["end"] - row["x"] for rows in values(spec, "upper") for row in rows]
        assert [round(length / lengths[-1]) for length in lengths] == [8, 2, 4, 1]


def test_a_matrix_keeps_its_empty_cells_in_sight():
    wide, _ = drawn("matrix", [mark("survey", 4, "moderate"), mark("opinion", 1, "opinion")], "")
    circles = [rows for rows in values(wide, "x", "y") if "text" not in rows[0] and "value" not in rows[0]]
    assert len(circles[0]) == 8
    assert {row["text"] for rows in values(wide, "text") for row in rows} >= {"strong", "moderate", "limited", "opinion"}


def finding(mechanism, skill, region, strength="moderate", disputed=""):
    more = {"region": region, "strength": strength, "statement": "S", "disputed": disputed}
    return mark(mechanism_of(load(), mechanism), 1, skill, **more) | {"stated": "positive"}


def test_an_evidence_map_puts_each_finding_into_its_cell_and_marks_doubt():
    skill = "technical-digital skills"
    marks = [
        finding("structured resources", skill, "Left-behind"),
        finding("informal social interaction", skill, "Elsewhere", disputed="disputed"),
        finding("coworking", skill, "All regions", "limited"),
    ]
    orders = {
        "category": ("Equipment and training", "Contact among people", "Other or not named"),
        "region": ("Left-behind", "Elsewhere", "All regions"),
    }
    wide, _ = drawn("evidence-map", marks, "finding", orders=orders)
    placed = {row["row"]: row for rows in values(wide, "row", "paint") for row in rows}
    assert placed[0]["x"] < placed[1]["x"] < placed[2]["x"]
    assert placed[0]["y"] < placed[1]["y"] < placed[2]["y"]
    assert [placed[number]["paint"] == PALETTE[1] for number in range(3)] == [False, True, False]
    hollow = [layer for layer in wide["layer"] if layer["mark"].get("fill") == GROUND]
    assert hollow, "limited evidence is drawn hollow"


def test_a_mechanism_goes_where_its_words_say():
    assert mechanism_of(load(), "access to tools and training") == "Equipment and training"
    assert mechanism_of(load(), "informal social interaction") == "Contact among people"
    assert mechanism_of(load(), "independent work") == "Other or not named"


def evidence(recommendation, relation, kind, target):
    return mark(recommendation, 1, relation, recommender="Demos (2026)") | {"stated": kind, "id": target}


def test_a_flow_draws_a_ribbon_for_each_piece_of_evidence():
    marks = [
        evidence("Do A", "supports", "figure", "a.a"),
        evidence("Do A", "limits", "finding", "b.b"),
        evidence("Do B", "supports", "figure", "c.c"),
    ]
    wide, narrow = drawn("flow", marks, "evidence")
    (ribbons,) = values(wide, "path")
    assert sorted(row["row"] for row in ribbons) == [0, 1, 2]
    assert {row["text"] for rows in values(wide, "text") for row in rows} >= {"supports: figures", "limits: finding", "Do A", "Do B"}
    dots = [row for rows in values(narrow, "row", "paint") for row in rows]
    assert sorted(row["row"] for row in dots) == [0, 1, 2]
    assert "Demos (2026)" in json.dumps(wide)


def test_a_map_places_points_where_mercator_does():
    frame = Frame((0.0, 0.0, 90.0, 60.0), 900)
    assert frame.place(45, 0) == pytest.approx((450, frame.height), abs=0.5)
    assert frame.place(0, 60)[1] == 0
    assert frame.height == pytest.approx(900 / (3.14159 / 2) * 1.31696, abs=1)


def test_a_map_names_a_settlement_once_and_counts_its_spaces():
    at = {"latitude": 52.5, "longitude": -1.9}
    marks = [
        mark("Hub", 1, "Birmingham", **at),
        mark("Lab", 1, "Birmingham", **at),
        mark("Nowhere", 1, "Devon", latitude=None, longitude=None),
    ]
    wide, _ = drawn("map", marks, "place", "spaces")
    assert [row["text"] for row in values(wide, "text")[0]] == ["Birmingham: 2 spaces"]


def test_outlines_lie_in_their_box_and_are_small():
    rings = outlines()
    assert {"United Kingdom", "Ireland", "Germany", "Italy", "Slovenia"} <= {name for name, _ in rings}
    west, south, east, north = BOX
    assert all(west <= x <= east and south <= y <= north for _, ring in rings for x, y in ring)
    assert sum(len(ring) for _, ring in rings) < 4000


def test_the_recipe_of_the_outlines_makes_a_country_of_its_arcs():
    square = [[0, 0], [0, 2], [2, 0], [0, -2], [-2, 0]]
    world = {
        "transform": {"scale": [1, 1], "translate": [0, 50]},
        "arcs": [square],
        "objects": {"countries": {"geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {"name": "Squareland"}}]}},
    }
    (ring,) = make(world)["countries"]["Squareland"]
    assert set(ring) == {(0, 50), (0, 52), (2, 52), (2, 50)}


def test_a_line_loses_what_nobody_sees_and_a_ring_what_lies_outside():
    assert simplified([(0, 0), (5, 0.4), (10, 0)], 0.5) == [(0, 0), (10, 0)]
    assert simplified([(0, 0), (5, 0.6), (10, 0)], 0.5) == [(0, 0), (5, 0.6), (10, 0)]
    assert clipped([(5, 5), (6, 6), (7, 5), (5, 5)], (0, 0, 1, 1)) == []


def test_a_chart_of_changed_data_differs():
    one, _ = drawn("bars", [mark("A", 40), mark("B", 20)])
    other, _ = drawn("bars", [mark("A", 40), mark("B", 21)])
    assert one != other


@functools.cache
def bundled(library, identifier):
    """Return a chart of the library and all its forms, drawn once."""
    data = chart_data(library, identifier)
    return data, bundle(data, library, "Title")


@pytest.mark.parametrize("identifier", CHARTS)
def test_every_chart_is_described_tabled_as_recorded_and_small(library, identifier):
    data, shown = bundled(library, identifier)
    html = shown["text/html"]
    assert shown[VEGA_LITE] == STORED[identifier]
    assert re.search(r'role="img" aria-label="[^"]{40,}"', html)
    assert html.count("<tr>") == len(data.rows) + 1
    assert html.count("<svg ") == 2
    assert len(html) < 60_000
    assert len(json.dumps(shown[VEGA_LITE])) < 60_000
    assert not re.search("|".join(PAINT), html), "every colour follows the page"


@pytest.mark.parametrize("identifier", ONE_OF_EACH_FORM.values())
def test_a_chart_of_each_form_is_the_same_twice(library, identifier):
    """The specification of every chart is compared with the recorded one; here the pictures are, too."""
    assert bundle(chart_data(library, identifier), library, "Title") == bundled(library, identifier)[1]


def test_each_id_of_a_data_table_is_a_link_that_gets_a_card(library):
    html = bundle(chart_data(library, "coordination.barriers"), library, "Title")["text/html"]
    assert html.count('<a class="figure" href="ledger.html#sme.barriers.') == 6


def test_hostile_words_are_text_everywhere(library):
    data = made("bars", [mark(HOSTILE, 40, HOSTILE), mark('"quoted" & more', 20)])
    shown = bundle(data, library, "Title")
    assert HOSTILE not in shown["text/html"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown["text/html"]
    svg = downloads.standalone(shown[VEGA_LITE])
    assert HOSTILE not in svg
    rows = list(csv.DictReader(io.StringIO(downloads.table(shown[VEGA_LITE], {}))))
    assert [row["category"] for row in rows] == [HOSTILE, '"quoted" & more']


def test_a_download_takes_its_numbers_from_the_ledger(library):
    spec = bundle(made("bars", [mark("A", 40)]), library, "Title")[VEGA_LITE]
    figures = {"x.40": {"stated": "two fifths", "value": "40", "low": 39.5, "high": 40.5, "unit": "percent", "source": "demos"}}
    (row,) = csv.DictReader(io.StringIO(downloads.table(spec, figures)))
    assert row == {
        "category": "A",
        "series": "",
        "stated": "two fifths",
        "value": "40",
        "low": "39.5",
        "high": "40.5",
        "unit": "percent",
        "id": "x.40",
        "source": "demos",
    }


def test_a_picture_to_take_away_says_what_it_is_and_whence(library):
    svg = downloads.standalone(bundle(made("bars", [mark("A", 40)]), library, "Title")[VEGA_LITE])
    assert "<title>Title</title><desc>Said</desc>" in svg
    assert ">Sub</text>" in svg
    assert re.search(r">Source: [^<]+\.</text>", svg)
    assert 'fill="#ffffff"' in svg
    assert "var(" not in svg
    assert downloads.png(svg).startswith(b"\x89PNG")


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def variables(scheme):
    style = (ROOT / "lib/evidence/site/static/charts.css").read_text(encoding="utf-8")
    block = style.partition(scheme)[2].partition("}")[0]
    return dict(re.findall(r"--chart-([a-z0-9]+): (#[0-9a-f]{6})", block))


@pytest.mark.parametrize("scheme", ["html {", 'html[data-theme="dark"] {'])
def test_colours_reach_the_contrast_of_graphics_in_light_and_dark(scheme):
    colours = variables(scheme)
    assert all(contrast(colours[str(number)], colours["ground"]) >= 3 for number in (1, 2, 3, 4))
    assert contrast(colours["quiet"], colours["ground"]) >= 4.5


def test_the_colours_of_light_pages_are_those_of_the_drawings():
    colours = variables("html {")
    assert {PAINT[colour]: colour for colour in PAINT if PAINT[colour] != "currentColor"} == {
        f"var(--chart-{name})": colour for name, colour in colours.items()
    }
    assert painted(PALETTE[0]) == "var(--chart-1)"


@pytest.mark.parametrize(
    ("day", "recommending"),
    [
        ("2014-12-30", set()),
        ("2026-04-30", {"birmingham", "interact"}),
        ("2026-11-21", {"birmingham", "creative", "interact", "left-behind"}),
    ],
)
def test_a_chart_of_support_leaves_out_what_sources_recommend_that_were_not_out_on_the_day(day, recommending):
    assert set(chart_data(load(as_of=day), "recommendations.flow-others").rows.get("source", [])) == recommending
