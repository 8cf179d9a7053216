"""The pages of areas on the built site: put a test here for what each must hold, and for a number on one that the data do not give."""

import csv
import json
import re

import pytest
from browsing import open_page, overflow, settle

from evidence.catalog import load
from evidence.gates.shown.audit import _numbers
from evidence.gates.shown.place_pages import PlacePages
from evidence.gates.shown.records import Records
from evidence.places import Atlas
from evidence.site.places.area_pages import Writer
from evidence.site.publication import Publication

MOST_ELEMENTS = 5000
TAG = re.compile(r"<[a-z][^>]*>")


@pytest.fixture(scope="module")
def atlas():
    return Atlas(load())


@pytest.fixture(scope="module")
def gate(atlas, site):
    ledger = json.loads((site / "ledger.json").read_text(encoding="utf-8"))
    return PlacePages(atlas, Records(ledger, atlas.library), _numbers)


def page(site, name):
    return (site / "places" / f"{name}.html").read_text(encoding="utf-8")


def test_every_area_and_region_has_a_page_and_every_area_a_file(site):
    with (site / "data" / "areas.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    pages, files = list((site / "places").glob("*.html")), list((site / "places").glob("*.csv"))
    assert len(pages) == len(rows) + len({row["region"] for row in rows})
    assert len(files) == len(rows) == 361 + 179


def test_every_page_is_light_and_holds_nothing_of_its_edition(site):
    edition = json.loads((site / "ledger.json").read_text(encoding="utf-8"))["edition"]
    heavy, dated, scripted = [], [], []
    for path in (site / "places").glob("*.html"):
        text = path.read_text(encoding="utf-8")
        heavy += [path.name] * (len(TAG.findall(text)) >= MOST_ELEMENTS)
        dated += [path.name] * any(told in text for told in (edition["name"], edition["date"], "?v="))
        scripted += [path.name] * bool(re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", text))
    assert (heavy, dated, scripted) == ([], [], [])


def test_pages_and_files_of_places_are_the_same_bytes_whenever_they_are_written(site):
    """Else each edition would keep all of them anew."""
    library = load()
    ledger = json.loads((site / "ledger.json").read_text(encoding="utf-8"))
    later = ledger | {"edition": {"name": "2031-01-01-later", "date": "2031-01-01", "as_of": ""}}
    first, second = (Writer(Atlas(library), Publication(library, told, ""), "chapters/my-place.html") for told in (ledger, later))
    written = dict(first.pages()) | dict(first.files())
    assert written == dict(second.pages()) | dict(second.files())
    differing = [name for name, text in written.items() if (site / "places" / name).read_bytes() != text.encode()]
    assert [name for name in differing if name.endswith(".csv")] == []


def test_the_way_in_is_lighter_than_a_browser_minds(site):
    text = (site / "chapters" / "my-place.html").read_text(encoding="utf-8")
    assert len(TAG.findall(text)) < MOST_ELEMENTS
    assert text.count("data-code=") == 361 == text.count("data-row=")


def test_the_numbers_of_a_place_are_those_of_its_producers(site):
    # Read from the producers' files by eye: Kingston upon Hull.
    text = page(site, "kingston-upon-hull-city-of")
    for key, shown in (
        ("pay E06000010", "£565.9"),
        ("pay country", "£642.5"),
        ("work E06000010", "73.2%"),
        ("apprenticeships E06000010", "1,010"),
        ("rank apprenticeships E06000010", "122 of 296"),
        ("deprivation E06000010", "41.7%"),
        ("rank deprivation E06000010", "4 of 296"),
    ):
        assert f'data-fact="{key}">{shown}<' in text, key
    assert 'data-fact="rank pay' not in text, "an estimate has no rank"
    assert 'href="../chapters/case-catch.html"' in text


def test_the_gate_finds_nothing_wrong_with_the_built_pages(gate, site):
    assert [problem.message for problem in gate.check(site)] == []
    assert gate.pages > 500
    assert gate.looked_at > 20_000


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (">£565.9<", ">£665.9<", '"£665.9" is shown as “pay E06000010”, for which the data give £565.9.'),
        ('"pay E06000010">£565.9', '"pay E06000001">£533.9', '"£533.9" is the number of another area (pay E06000001).'),
        (
            "<h2>Beside its neighbours",
            "<h2>Beside its 7 neighbours",
            '"7" is shown, and nothing says which number it is: “Beside its 7 neighbours”.',
        ),
        ('aria-label="Places that fit"', 'aria-label="12 places"', '"12" is shown, and nothing says which number it is: “12 places”.'),
        ("Counted in full", "Counted two times", '"two" is shown, and nothing says which number it is'),
        ("Counted in full", "Two times as many", '"Two times" is shown, and nothing says which number it is'),
    ],
)
def test_a_number_that_the_data_do_not_give_is_told(gate, site, old, new, told):
    text = page(site, "kingston-upon-hull-city-of")
    assert old in text
    problems = list(gate.page("kingston-upon-hull-city-of.html", text.replace(old, new)))
    assert any(told in problem.message for problem in problems), [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("rutland", "The statistical area it lies in"),
        ("cumberland", "The statistical areas it lies in"),
        ("leicestershire-cc-and-rutland-itl3-2021", "Every district in it"),
    ],
)
def test_a_page_counts_the_areas_that_its_own_overlaps(site, name, title):
    assert f"<h2>{title}</h2>" in page(site, name)


def test_the_file_of_a_place_carries_its_name_and_the_source_of_each_number(site):
    with (site / "places" / "made-together-kingston-upon-hull-city-of.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    own = {row["measure"]: row for row in rows if row["code"] == "E06000010"}
    assert own["Median weekly pay"]["value"] == "565.9"
    assert {row["beside"] for row in rows} == {"the place", "neighbour", "alike", "country"}
    assert all(row["source"] and row["licence"] and row["address"] and row["boundaries"] and row["period"] for row in rows)


def test_the_longest_names_of_places_fit_on_the_narrowest_screen(browser, site):
    page, _, _ = open_page(browser, (320, 640))
    words = {path: max(map(len, path.stem.split("-"))) for path in (site / "places").glob("*.html")}
    wide = []
    for path in sorted(words, key=words.__getitem__)[-12:]:
        page.goto(path.as_uri(), wait_until="load")
        settle(page)
        wide += [path.stem] * (overflow(page) > 0)
    page.context.close()
    assert wide == []
