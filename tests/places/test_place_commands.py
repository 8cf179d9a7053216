"""The commands for places on an extract of the producers' files, as a steward types them: put a test here for what they print and what an edition then shows."""

import csv
import json
import random
from functools import partial

import command
import made
import pytest
from faults import Output

from evidence import Chapter, catalog
from evidence.catalog import load
from evidence.editions import make_snapshot
from evidence.errors import PlacesError
from evidence.places import PlaceData, one_set, prepare


@pytest.fixture(scope="module")
def evidence(book):
    """What runs a command in the book and returns its exit code, what it printed, and what it complained of."""
    return partial(command.evidence, folder=book)


@pytest.fixture(scope="module")
def overlay(evidence, extract, tmp_path_factory):
    """The overlay that `evidence places prepare` makes of the extract."""
    into = tmp_path_factory.mktemp("overlay")
    code, text, _ = evidence("places", "prepare", "--from", extract, "--into", into, "--format", "json")
    assert code == 1
    told = json.loads(text)
    assert told["missing"] == ["social_infrastructure_lad.csv"]
    assert len(told["measures"]) == 8
    return into


@pytest.fixture(scope="module")
def data(book, overlay):
    return PlaceData(load(book / "data"), overlay / "places")


def test_the_vintages_share_a_code_and_still_refuse_each_other(data):
    old, new = data.measure("gdp-per-head", "itl3-2021"), data.measure("gdp-per-head", "itl3-2025")
    assert set(old.areas.names) & set(new.areas.names) == {"TLE41"}
    with pytest.raises(PlacesError, match="gdp-per-head is on itl3-2021 and gdp-per-head on itl3-2025"):
        one_set(old, new)


def test_districts_changed_in_a_year_are_told_apart(data):
    assert set(data.areas("lad-2024").names) - set(data.areas("lad-2025").names) == {"E08000016", "E08000019"}


PLACES = {"hull": "E06000010", "bradford": "E08000032", "preston": "E07000123", "manchester": "E08000003", "bassetlaw": "E07000171"}


@pytest.mark.parametrize(
    ("measure", "figure"),
    [
        ("pay", "official.pay.median"),
        ("employment-rate", "official.employment-rate"),
        ("apprenticeship-starts", "official.apprenticeship-starts"),
        ("deprivation", "official.deprivation.most-deprived-tenth"),
    ],
)
def test_the_files_say_what_the_figures_of_the_library_say(data, measure, figure):
    library, read = load(), data.measure(measure, "lad-2024")
    newest = read.values[read.years[-1]]
    assert {place: read.shown(newest[code]) for place, code in PLACES.items()} == {
        place: library.figure(f"{figure}.{place}").shown for place in PLACES
    }


def test_gdp_per_head_of_the_country_is_that_of_the_library(data):
    measure = data.measure("gdp-per-head", "itl3-2025")
    assert measure.shown(measure.whole[2023]) == load().figure("official.gdp-per-head.uk.latest").stated == "£39,845"


def test_a_grid_names_every_area_of_a_set(evidence, overlay, tmp_path):
    code, text, _ = evidence("places", "grid", "itl3-2025", "--data", overlay, "--out", tmp_path / "grid.csv")
    assert (code, text.startswith("3 places")) == (0, True)
    with (tmp_path / "grid.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows == [{"place": f"itl3-2025/{code}"} for code in ("TLC31", "TLC32", "TLE41")]


def test_wrong_use_is_told(evidence, book, overlay, tmp_path):
    assert evidence("places", "prepare", "--from", tmp_path / "nowhere", "--into", tmp_path / "overlay")[0] == 2
    code, _, told = evidence("places", "prepare", "--from", overlay / "places", "--into", book / "data" / "inside")
    assert code == 1
    assert "place data are never written into one" in told
    code, _, told = evidence("places", "grid", "itl3-2011", "--data", overlay)
    assert code == 1
    assert 'unknown set of areas "itl3-2011"' in told


def test_a_grid_of_places_makes_a_page_of_each(evidence, overlay, tmp_path):
    (tmp_path / "grid.csv").write_text("place\nitl3-2021/TLC12\nlad-2024/E06000010\n", encoding="utf-8")
    options = ("--only", "places", "--out", tmp_path / "grids", "--jobs", "1", "--format", "json")
    code, text, told = evidence("rerun", "--data", overlay, "--grid", tmp_path / "grid.csv", *options)
    assert (code, told.count("Traceback")) == (1, 0), "the chapter counts all areas, and the extract has a dozen"
    assert [(row["place"], row["state"]) for row in json.loads(text)["rows"]] == [
        ("itl3-2021/TLC12", "done"),
        ("lad-2024/E06000010", "done"),
    ]
    pages = [next((tmp_path / "grids" / "grid" / row["folder"]).rglob("places.ipynb")) for row in json.loads(text)["rows"]]
    first, second = (page.read_text(encoding="utf-8") for page in pages)
    assert "South Teesside, left-behind by this definition: " in first
    assert "Median pay of employee jobs, by home | £565.9 per week | April 2025" in second


def test_the_edition_shows_the_definitions_and_maps_with_source_year_and_boundaries(book, overlay, tmp_path):
    make_snapshot(overlay, tmp_path / "snapshot", book / "data")
    places = Chapter("places", str(tmp_path / "snapshot"), guarded=False).places()
    growth = places.growth().text
    # By hand: jobs grow by at most 0.5% a year in seven of the twelve areas that exist, people by at most 0.25% in four; Nowhere stands still.
    assert "low growth of jobs | 8 | 5 | 0" in growth
    assert "stagnant or falling population | 5 | 8 | 0" in growth
    # Of no area the extract has GDP and that of the country in every year; only Nowhere, South Teesside and Northumberland meet the other two.
    assert "GDP per head below average | 0 | 0 | 13" in growth
    assert "left-behind: all conditions | 0 | 10 | 3" in growth
    assert "2002 to 2021, boundaries of 2021." in growth
    assert places.held().text.count(", released ") == 8
    assert "OS data" in places.held().text
    assert "no shape on these boundaries is at hand for Barnsley and Sheffield" in places.map("apprenticeship-starts").html


@pytest.mark.slow
def test_at_any_fault_the_prepared_files_are_the_old_or_the_new(given, tmp_path, monkeypatch, record_property):
    monkeypatch.setattr(catalog, "load", lambda *_: made.declared())
    into = tmp_path / "made" / "overlay"
    words = ["places", "prepare", "--from", given, "--into", into]
    output = Output(
        into.parent, lambda: prepare(made.declared(), given, into, "2026-01-01"), lambda: command.evidence(*words), into / "notes"
    )
    found = output.tried(random.Random(20261202))
    record_property("told", f"places prepare: {sum(found.values())} moments of {output.moments}: {dict(found)}")
    assert found["old"]
