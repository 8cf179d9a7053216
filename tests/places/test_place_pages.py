"""The chapter on places as an edition shows it: put a test here for what a view shows with place data, without, and of one place."""

import csv

import made
import pytest

from evidence import paths
from evidence.catalog import load
from evidence.charts import VEGA_LITE
from evidence.charts.areas import ramp
from evidence.charts.theme import GROUND, RAMP
from evidence.editions import accept, make_snapshot
from evidence.editions.accepting import AcceptRequest
from evidence.errors import DataError, EditionError, PlacesError
from evidence.places import PlaceData, grouped, prepare
from made_together import left_behind
from made_together.left_behind import GROWTH_GRID
from made_together.left_behind.views import LeftBehind

CODES = made.AREAS["itl3-2021"]


@pytest.fixture
def overlay(given, tmp_path):
    """An overlay with made place data on made districts and on the areas of the first definition; years as its thresholds ask for."""
    years = range(2002, 2022)
    growth = {"gdp-per-head": (80, 80), "jobs": (100, 90), "population": (500, 490)}
    lines = [(code, name, *(low if year < 2021 else high for year in years)) for name, (low, high) in growth.items() for code in CODES[:2]]
    lines += [(CODES[2], name, *(100 + 10 * (year - 2002) for year in years)) for name in growth]
    lines += [("K", "gdp-per-head", *(100 for _ in years))]
    lines += [(code, "deprivation", *("" for _ in years[:-1]), value) for code, value in zip(CODES, (40, 30, 20, 10), strict=True)]
    with (given / "itl3-2021.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("code", "measure", *years), *lines])
    prepare(library(), given, tmp_path / "overlay", "2026-11-22")
    return tmp_path / "overlay"


def library():
    tables = [made.table_row(name, "itl3-2021") for name in (*made.VALUES, "deprivation")]
    return made.declared(areas=[made.area_row("itl3-2021")], tables=tables)


@pytest.fixture
def views(overlay, monkeypatch):
    """Views of made data, all of it on one set of areas."""
    monkeypatch.setattr(left_behind.views, "DISTRICTS", "itl3-2021")

    def of(place=""):
        seen = library()
        seen.directory = overlay
        return LeftBehind(seen, place)

    return of


def test_without_place_data_no_view_shows_anything():
    """A reader is not told what a book lacks, nor how somebody else could mend it."""
    views = LeftBehind(made.declared())
    names = ("profile", "growth", "growth_flips", "growth_map", "deprivation", "deprivation_flips", "held")
    shown = [getattr(views, name)() for name in names] + [views.map("pay")]
    assert {(one.html, one.text) for one in shown} == {("", "")}
    assert {tuple(one.extra) for one in shown} == {()}


def test_the_thresholds_are_shown_with_the_results(views):
    text = views().growth().text
    assert text.startswith("GDP per head, jobs and people")
    assert "jobs grow by at most 0.5% a year on average | jobs_growth_pct" in text
    assert "GDP per head under 100% of the country's in the same year | gdp_ratio_pct" in text


def test_a_place_without_place_data_is_told():
    assert LeftBehind(made.declared(), "E08000032").profile().text == "Nothing can be shown of E08000032: this library holds no place data."


def test_the_committed_chapter_does_not_tell_what_is_lacking():
    page = (paths.chapters_dir() / "places.ipynb").read_text(encoding="utf-8")
    assert "ot shown" not in page
    assert "missing |" not in page
    assert "evidence rerun" not in page
    assert VEGA_LITE not in page


def test_the_repository_holds_no_file_of_a_producer():
    declared = {row["file"] for table in ("place-areas", "place-tables") for row in load().rows(table)}
    assert not declared & {path.name for path in (paths.ROOT / "data" / "places").iterdir()}


def test_the_first_definition_counts_and_names_areas(views):
    # Two areas are below the country, lose jobs and people; one grows; of the last nothing is known.
    text = views().growth().text
    assert "GDP per head below average | 2 | 1 | 1" in text
    assert "left-behind: all conditions | 2 | 1 | 1" in text
    assert "Areas that meet all conditions: 2" in text
    assert "Falling | X00000001 | 100.00 | -0.55 | -0.11" in text
    assert "Source: Made (2026), 2002 to 2021, boundaries of 2021." in text


def test_the_flips_name_each_area_that_leaves(views):
    text = views().growth_flips().text
    assert "GDP per head under 75% of the country's in the same year | 0 | none | 2: Falling; Rich" in text
    assert "GDP per head under 90% of the country's in the same year | 2 | none | none" in text
    assert "jobs grow by at most 0.5% a year on average (chosen) | 2 | none | none" in text
    assert "0 left-behind with every value tried, 2 with at least one" in text
    assert len(text.splitlines()) == 2 + sum(map(len, GROWTH_GRID.values())) + 2


def test_without_a_measure_of_social_infrastructure_districts_are_only_not_ruled_out(views):
    text = views().deprivation().text
    assert "left-behind: all conditions | 0 | 3 | 1" in text  # a fifth of four is less than one: only the highest is among them
    assert "Areas that fail no condition, but of which something is not known: 1" in text
    assert "among the 30% of districts" in views().deprivation_flips().text


def test_a_map_has_a_shape_a_colour_and_a_row_for_every_area(views):
    shown = views().growth_map()
    spec = shown.extra[VEGA_LITE]
    assert [row["id"] for row in spec["usermeta"]["rows"]] == list(CODES)
    assert [row["series"] for row in spec["usermeta"]["rows"]] == ["all three: left-behind", "all three: left-behind", "none", "no value"]
    fill = spec["layer"][0]["encoding"]["fill"]["scale"]
    paint = dict(zip(fill["domain"], fill["range"], strict=True))
    drawn = [(row["row"], paint[row["series"]]) for row in spec["datasets"]["rows"] if row["path"]]
    assert drawn == [(0, RAMP[4]), (1, RAMP[4]), (2, RAMP[0]), (3, GROUND)]
    assert list(fill["domain"]) == ["all three: left-behind", "two", "one", "none", "no value"], "the key has the most on top"
    assert "boundaries of 2021" in spec["usermeta"]["source"]
    assert "Made up for a test" in spec["usermeta"]["source"]
    assert shown.html.count("<svg") == 2
    assert 'aria-label="A map of Made areas itl3-2021' in shown.html


def test_a_map_of_a_measure_groups_areas_by_value(views):
    shown = views().map("deprivation")
    assert [row["stated"] for row in shown.extra[VEGA_LITE]["usermeta"]["rows"]] == ["40", "30", "20", "10"]
    assert "Source: Made (2026), 2021, boundaries of 2021" in shown.html


def test_groups_hold_areas_of_like_number_and_keep_equal_values_together():
    def weekly(value):
        return f"£{value} per week"

    even = grouped({"a": 0, "b": 0, "c": 4, "d": 5, "e": 6, "f": 9}, weekly, 3)
    assert even[0] == ["£0 per week", "£4 to £5 per week", "£6 to £9 per week"]
    assert even[1]["d"] == "£4 to £5 per week"
    names, group_of = grouped({"a": 9, "b": 1, "c": 1, "d": 1, "e": 1}, weekly, 5)
    assert names == ["£1 per week", "£9 per week"]
    assert group_of == {"a": "£9 per week", **dict.fromkeys("bcde", "£1 per week")}


def test_colours_run_from_little_to_much():
    assert ramp(1) == (RAMP[2],)
    assert ramp(4) == (RAMP[0], RAMP[1], RAMP[3], RAMP[4])
    assert ramp(5) == RAMP


def test_the_page_of_one_place_tells_of_that_place_alone(views):
    page = views("X00000001")
    assert "Falling, left-behind by this definition: yes" in page.growth().text
    flipped = page.growth_flips().text
    assert "Falling changes sides when" in flipped
    assert "GDP per head under 75% of the country's in the same year | not left-behind" in flipped
    assert "Deprivation | 40 | 2021 | 1 of 4" in page.profile().text
    assert "Falling, left-behind by this definition: not known" in page.deprivation().text
    assert page.growth_map().text.startswith("The map is left out of the page of one place")


def test_an_area_that_nothing_turns_is_told(views):
    assert views("X00000003").growth_flips().text == "Growing does not change sides with any value tried."


def test_an_unknown_place_fails_where_place_data_are_held(views):
    with pytest.raises(PlacesError, match='place "X00000009": no such area in itl3-2021'):
        views("X00000009")


def test_a_snapshot_carries_place_data_and_refuses_those_that_were_changed(real_overlay, book, tmp_path):
    snapshot = make_snapshot(real_overlay, tmp_path / "snapshot", book / "data")
    assert PlaceData(snapshot).has("lad-2024", "pay")
    path = real_overlay / "places" / "ashe_gross_median_weekly_pay_2008_2025.csv"
    path.write_bytes(path.read_bytes().replace(b"565.9", b"565.8"))
    with pytest.raises(PlacesError, match="was changed after it was prepared"):
        make_snapshot(real_overlay, tmp_path / "again", book / "data")


def test_place_data_are_never_accepted_into_the_repository(tmp_path):
    (tmp_path / "overlay" / "places").mkdir(parents=True)
    (tmp_path / "overlay" / "places" / "others.csv").write_text("areacd,2025\n", encoding="utf-8")
    with pytest.raises(EditionError, match=r"overlay/places: place data .* never become part of the repository"):
        accept(AcceptRequest(tmp_path / "overlay", "Because.", "2026-11-22", 1, dry_run=True), lambda _name: None)


def test_an_overlay_with_neither_rows_nor_place_data_is_refused(tmp_path):
    (tmp_path / "overlay").mkdir()
    with pytest.raises(DataError, match="no CSV file in it"):
        make_snapshot(tmp_path / "overlay", tmp_path / "snapshot")


@pytest.fixture
def real_overlay(tmp_path, extract, book):
    """The overlay that a steward makes of the producers' files."""
    prepare(load(book / "data"), extract, tmp_path / "real", "2026-11-22")
    return tmp_path / "real"
