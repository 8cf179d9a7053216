"""Charts: rows in, marks out. Put a test here for what a form draws, for what a chart's data hold, or for a download."""

import csv
import functools
import io
import json
import re
import runpy
from dataclasses import replace
from xml.etree import ElementTree

import altair as alt
import pandas as pd
import pytest

from evidence.catalog import load
from evidence.charts import VEGA_LITE, ChartData, bundle, chart_data, downloads, drawing, layouts, painted
from evidence.charts.forms import specification
from evidence.charts.lines import apart, years
from evidence.charts.maps import Frame
from evidence.charts.outlines import clipped, outlines, simplified
from evidence.charts.theme import GROUND, NARROW, PAINT, PALETTE, WIDE, text_width
from evidence.grading import mechanism_of
from evidence.paths import ROOT, chapters_dir
from evidence.site.charts import stored

HOSTILE = "<script>alert(1)</script>"
CHARTS = [row["id"] for row in load().rows("charts")]
STORED = {identifier: spec for identifier, (_, spec) in stored(chapters_dir()).items()}
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


def rows_of(spec):
    """Return the rows that the marks of a specification are drawn from."""
    return spec["datasets"]["rows"]


def placed(spec):
    """Return the texts and the marks of a specification as they are drawn: what they say, and where, in pixels of the picture."""
    texts, marks = {}, []

    def walk(node, x, y):
        step = re.match(r"translate\(([-\d.]+),([-\d.]+)\)", node.get("transform", ""))
        x, y = (x + float(step.group(1)), y + float(step.group(2))) if step else (x, y)
        if node.tag.endswith("}text") and "".join(node.itertext()):
            texts["".join(node.itertext())] = (x, y)
        if node.tag.endswith("}path") and node.get("aria-label"):
            marks.append((node.get("aria-label"), node.get("d"), x, y))
        for child in node:
            walk(child, x, y)

    walk(ElementTree.fromstring(drawing.drawn(spec)), 0.0, 0.0)
    return texts, marks


def bars_of(spec):
    """Return left end, length and middle of each bar of a specification, in pixels of the picture."""
    found = (re.fullmatch(r"M([-\d.]+),([-\d.]+)h([-\d.]+)v([-\d.]+)h-?[-\d.]+Z", shape) for _, shape, *_ in placed(spec)[1])
    corners = [[float(number) for number in bar.groups()] for bar in found if bar]
    shifts = [(x, y) for _, shape, x, y in placed(spec)[1] if "h" in shape]
    return [(x + left, length, y + top + high / 2) for (left, top, length, high), (x, y) in zip(corners, shifts, strict=True)]


def test_bars_begin_at_one_line_and_are_as_long_as_their_values():
    for spec in drawn("bars", [mark("A", 40), mark("B", 20)]):
        (left, longer, _), (other, shorter, _) = bars_of(spec)
        assert left == other
        assert longer == pytest.approx(2 * shorter, abs=0.1)


def test_a_bar_below_zero_lies_on_the_other_side_of_the_line():
    wide, _ = drawn("bars", [mark("A", -3), mark("B", 2)])
    (low, below, _), (high, above, _) = bars_of(wide)
    assert low + below == pytest.approx(high, abs=0.1)
    assert below == pytest.approx(1.5 * above, abs=0.1)


@pytest.mark.parametrize("name", ["A", "A long name of a row that needs two or even three lines"])
def test_a_row_label_stands_left_on_a_wide_page_and_above_on_a_phone(name):
    beside, above = drawn("bars", [mark(name, 40)])
    (left, _, middle), (x, y) = bars_of(beside)[0], next(iter(placed(beside)[0].values()))
    assert x < left
    assert y < middle + 10
    (left, _, middle), (x, y) = bars_of(above)[0], next(iter(placed(above)[0].values()))
    assert left <= x <= left + 10
    assert y < middle - 12


@pytest.mark.parametrize("identifier", CHARTS)
def test_both_layouts_are_exactly_as_wide_as_the_page_has_room(identifier):
    for name, layout in (("wide", WIDE), ("narrow", NARROW)):
        svg = drawing.drawn(layouts(STORED[identifier])[name])
        assert re.search(r'<svg [^>]*?width="([\d.]+)"', svg).group(1) == str(layout.width)


def test_a_text_that_is_longer_than_that_of_the_longest_bar_has_room_too():
    wide, _ = drawn("bars", [mark("A", 40), mark("B", 39) | {"stated": "a good deal more than a third of all of them"}])
    (_, _, _), (left, length, _) = bars_of(wide)
    assert left + length < WIDE.width - text_width("a good deal more than a third of all", WIDE)


def test_words_show_what_they_span_and_digits_do_not(library):
    rows = chart_data(library, "perceptions.survey").rows.set_index("id")
    assert rows.loc["perceptions.media.saw-anything", "stated"] == "less than a third"
    low, high = rows.loc["perceptions.media.saw-anything", ["low", "high"]]
    assert rows.loc["perceptions.media.saw-anything", "span"] == f"{low:.0f} to {high:.1f}%"
    rows = chart_data(library, "cases.school-links").rows.set_index("id")
    assert rows.loc["careers.school-links.small", "span"] == ""


def across(spec, *texts):
    """Return how far from the left some texts of a specification stand, in pixels."""
    return [placed(spec)[0][text][0] for text in texts]


def test_years_stand_as_far_apart_as_they_are():
    wide, _ = drawn("slope", [mark("2008/09", 50), mark("2016/17", 70), mark("2018/19", 60)])
    first, second, third = across(wide, "50%", "70%", "60%")
    assert second - first == pytest.approx(4 * (third - second), abs=0.5)
    assert across(wide, "2008/09", "2016/17", "2018/19") == pytest.approx([first, second, third], abs=1)


def test_what_has_no_years_stands_at_equal_distances():
    assert years(["First year", "Fourth year"]) is None
    wide, _ = drawn("slope", [mark("First year", 5), mark("Second year", 6), mark("Fourth year", 18)])
    first, second, third = across(wide, "5%", "6%", "18%")
    assert second - first == pytest.approx(third - second, abs=0.2)


def test_labels_that_would_touch_give_way_to_the_last_and_the_first():
    assert apart([(0, 30), (20, 30), (60, 30), (90, 30)]) == [0, 3]
    assert apart([(0, 30), (40, 30), (80, 30)]) == [0, 1, 2]


def test_where_few_labels_fit_a_line_tells_its_highest_value_and_its_year():
    years_shares = {"2008/09": 51.5, "2016/17": 71.7, "2017/18": 71.3, "2018/19": 69.9, "2019/20": 69.2}
    _, narrow = drawn("slope", [mark(year, share) for year, share in years_shares.items()])
    texts = placed(narrow)[0]
    assert [text in texts for text in ("51.5%", "71.7%", "71.3%", "69.2%")] == [True, True, False, True]
    assert [year in texts for year in years_shares] == [True, True, False, False, True]


def test_a_slope_names_its_lines_at_the_lines_and_needs_no_legend():
    wide, _ = drawn("slope", [mark("2003", 5, "Low"), mark("2023", 6, "Low"), mark("2003", 8, "High"), mark("2023", 9, "High")])
    texts, _ = placed(wide)
    assert texts["High"][1] < texts["9%"][1] < texts["6%"][1] < texts["Low"][1]
    assert all(channel.get("legend") is None for layer in wide["layer"] for channel in layer["encoding"].values())


@pytest.mark.parametrize("form", ["slope", "dumbbell"])
def test_series_differ_in_shape_and_not_in_colour_alone(form):
    wide, _ = drawn(form, [mark("2003", 5, "Low"), mark("2023", 6, "Low"), mark("2003", 8, "High"), mark("2023", 9, "High")])
    (shape,) = (layer["encoding"]["shape"] for layer in wide["layer"] if "shape" in layer["encoding"])
    assert len(set(shape["scale"]["range"])) == len(shape["scale"]["domain"]) == 2


def test_multiples_share_one_scale():
    for spec in drawn("multiples", [mark("A", 40, "One"), mark("B", 10, "One"), mark("A", 20, "Two"), mark("B", 5, "Two")]):
        lengths = [length for _, length, _ in bars_of(spec)]
        assert [round(length / lengths[-1]) for length in lengths] == [8, 2, 4, 1]


def test_panels_of_years_are_lines_named_by_their_series():
    for spec in drawn("multiples", [mark("2003", 5, "One"), mark("2023", 6, "One"), mark("2003", 8, "Two"), mark("2023", 9, "Two")]):
        texts, _ = placed(spec)
        assert {"One", "Two", "5%", "6%", "8%", "9%", "2003", "2023"} <= set(texts)


def test_waves_stand_as_far_apart_as_their_days_with_the_band_of_their_intervals():
    rows = [
        mark("March 2026", 40, "A", day=10, newest=False),
        mark("June 2026", 42, "A", day=100, newest=False),
        mark("July 2026", 50, "A", day=130, newest=True),
    ]
    for marks in (rows, [*rows, *({**row, "series": "B"} for row in rows)]):
        for spec in drawn("tracking", marks, kind="vintage"):
            alt.Chart.from_dict({key: value for key, value in spec.items() if key != "usermeta"})
            (named,) = {name for name in spec["datasets"] if len(spec["datasets"][name]) == len(marks)}
            drawn_rows = spec["datasets"][named]
            assert [row["at"] for row in drawn_rows[:3]] == [10, 100, 130] or len(marks) > 3
            layers = spec.get("layer") or spec["spec"]["layer"]
            assert [layer["mark"]["type"] for layer in layers] == ["area", "rule", "line", "circle", "text"]
            assert [layers[0]["encoding"][end]["field"] for end in ("y", "y2")] == ["low", "high"]


def test_a_matrix_keeps_its_empty_cells_in_sight():
    wide, _ = drawn("matrix", [mark("survey", 4, "moderate"), mark("opinion", 1, "opinion")], "")
    assert sum(label.startswith("series: ") and "stated" not in label for label, *_ in placed(wide)[1]) == 8
    assert set(placed(wide)[0]) >= {"strong", "moderate", "limited", "opinion"}


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
    found = [(x, y) for label, _, x, y in placed(wide)[1] if label.startswith("region")]
    assert found == sorted(found) and len(found) == 3
    assert [y for _, y in found] == sorted(y for _, y in found)
    looks = {channel: wide["spec"]["layer"][0]["encoding"][channel]["scale"] for channel in ("stroke", "fill")}
    kinds = [row["kind"] for row in rows_of(wide)]
    look = {name: dict(zip(scale["domain"], scale["range"], strict=True)) for name, scale in looks.items()}
    assert [look["stroke"][kind] == PALETTE[1] for kind in kinds] == [False, True, False]
    assert [look["fill"][kind] == GROUND for kind in kinds] == [False, False, True], "limited evidence is drawn hollow"
    assert set(kinds) <= set(placed(wide)[0]), "the key tells every kind of mark"


def test_a_mechanism_goes_where_its_words_say():
    assert mechanism_of(load(), "access to tools and training") == "Equipment and training"
    assert mechanism_of(load(), "informal social interaction") == "Contact among people"
    assert mechanism_of(load(), "independent work") == "Other or not named"


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
    assert [row["text"] for row in rows_of(wide)] == ["Birmingham: 2 spaces"]


RECIPE = runpy.run_path(ROOT / ".lab" / "make_outlines.py")


def test_outlines_lie_in_their_box_and_are_small():
    rings = outlines()
    assert {"United Kingdom", "Ireland", "Germany", "Italy", "Slovenia"} <= {name for name, _ in rings}
    west, south, east, north = RECIPE["BOX"]
    assert all(west <= x <= east and south <= y <= north for _, ring in rings for x, y in ring)
    assert sum(len(ring) for _, ring in rings) < 4000


def test_the_recipe_of_the_outlines_makes_a_country_of_its_arcs():
    square = [[0, 0], [0, 2], [2, 0], [0, -2], [-2, 0]]
    world = {
        "transform": {"scale": [1, 1], "translate": [0, 50]},
        "arcs": [square],
        "objects": {"countries": {"geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {"name": "Squareland"}}]}},
    }
    (ring,) = RECIPE["made"](world)["countries"]["Squareland"]
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
def test_a_chart_of_each_form_is_valid_vega_lite(identifier):
    """Charts are built without asking the schema, which takes most of the time; here it is asked."""
    for spec in layouts(STORED[identifier]).values():
        alt.Chart.from_dict(spec, validate=True)


@pytest.mark.parametrize("identifier", ONE_OF_EACH_FORM.values())
def test_a_chart_of_each_form_is_the_same_twice(library, identifier):
    """The specification of every chart is compared with the recorded one; here the pictures are, too."""
    assert bundle(chart_data(library, identifier), library, "Title") == bundled(library, identifier)[1]


def test_each_id_of_a_data_table_is_a_link_that_gets_a_card(library):
    html = bundle(chart_data(library, "coordination.barriers"), library, "Title")["text/html"]
    assert html.count('<a class="figure" href="ledger.html#sme.barriers.') == 6


def test_a_data_table_has_no_column_that_no_row_fills(library):
    def heads(*marks):
        return re.findall(r'<th scope="col">([^<]*)</th>', bundle(made("bars", list(marks)), library, "Title")["text/html"])

    assert heads(mark("A", 40), mark("B", 20)) == ["What", "As stated"]
    assert heads(mark("A", 40, "North"), mark("B", 20)) == ["What", "Group", "As stated"]


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
    assert ">Sub</t" in svg
    assert re.search(r">Source: [^<]+\.</t", svg)
    assert 'fill="#ffffff"' in svg
    assert "var(" not in svg
    assert downloads.png(svg).startswith(b"\x89PNG")


def test_a_picture_for_a_phone_is_half_as_wide_and_breaks_its_words_sooner(library):
    spec = bundle(made("bars", [mark("A", 40)]), library, "Title")[VEGA_LITE]
    spec["usermeta"]["title"] = "A title of more letters than a line of a phone can hold"
    spec["usermeta"]["subtitle"] = "From forty-eight letters on a line ends, but not £2.7 billion"
    pictures = {narrow: downloads.standalone(spec, narrow=narrow) for narrow in (False, True)}
    wide, phone = (float(re.search(r'width="([\d.]+)"', picture)[1]) for picture in pictures.values())
    assert 300 <= phone <= 400 < 600 <= wide <= 700
    assert ">A title of more letters than a</t" in pictures[True]
    assert ">A title of more letters than a line of a phone can hold</t" in pictures[False]
    assert ">£2.7 billion</t" in pictures[True]


def test_no_line_of_a_picture_parts_a_number_from_what_it_counts_or_a_licence_from_its_version(library):
    spec = bundle(made("bars", [mark("A", 40)]), library, "Title")[VEGA_LITE]
    spec["usermeta"]["title"] = "Of all that can be told it is 12 million that counts"
    credit = ["A book in Hillford, edition 2026-04-30-abcdefghi, CC0 1.0", "A book of the many towns, edition 2026-04-30-ab, CC BY-SA 4.0"]
    picture = downloads.standalone(spec, [*credit, "https://a-report-of-many-towns.example/charts/a-chart.html"], narrow=True)
    lines = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)</", picture)
    for whole in ("12 million that counts", "CC0 1.0", "CC BY-SA 4.0", "https://a-report-of-many-towns.example/charts/", "a-chart.html"):
        assert any(line.endswith(whole) for line in lines), (whole, lines)


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
