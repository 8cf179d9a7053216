"""Sets of areas: put a test here for what may be joined with what, and for values that stand on other boundaries."""

import json

import made
import pytest

from evidence.errors import PlacesError
from evidence.places import PlaceData, one_set, prepare


def test_measures_of_one_set_share_it(data):
    shared = one_set(data.measure("jobs", "itl3-2021"), data.measure("population", "itl3-2021"))
    assert shared.id == "itl3-2021"
    assert shared.vintage == "2021"
    assert shared.names["X00000001"] == "Falling"


def test_a_join_of_two_vintages_fails_and_names_both(data):
    with pytest.raises(PlacesError, match=r"gdp-per-head is on itl3-2025 and jobs on itl3-2021: different boundaries are never joined"):
        one_set(data.measure("gdp-per-head", "itl3-2025"), data.measure("jobs", "itl3-2021"))


def test_a_join_of_two_vintages_fails_even_where_all_codes_are_the_same(tmp_path):
    library = made.declared(areas=[made.area_row("itl3-2021"), made.area_row("itl3-2025", file="itl3-2021.topo.json")])
    given = made.write_files(tmp_path / "given")
    made.write_table(given / "itl3-2025.csv", [(code, "gdp-per-head", "1", "1", "1") for code in made.AREAS["itl3-2021"]])
    prepare(library, given, tmp_path / "overlay", "2026-11-22")
    data = PlaceData(library, tmp_path / "overlay" / "places")
    assert data.areas("itl3-2021").names == data.areas("itl3-2025").names
    with pytest.raises(PlacesError, match=r"itl3-2021 and .* itl3-2025"):
        one_set(data.measure("jobs", "itl3-2021"), data.measure("gdp-per-head", "itl3-2025"))


def test_a_join_of_nothing_is_refused():
    with pytest.raises(PlacesError, match="no measure to join"):
        one_set()


def test_values_on_other_boundaries_than_declared_are_refused_by_code_and_year(given, tmp_path):
    lines = [(code, "gdp-per-head", "", "70", "70") for code in ("K", *made.AREAS["itl3-2021"])]
    made.write_table(given / "itl3-2025.csv", lines)
    with pytest.raises(PlacesError, match=r"itl3-2025.csv, gdp-per-head in 2003: X00000004 not among the 4 areas of itl3-2025"):
        prepare(made.declared(), given, tmp_path / "overlay", "2026-11-22")
    assert not (tmp_path / "overlay" / "places").exists()


def test_years_before_the_boundaries_are_not_read(given, tmp_path):
    made.write_table(given / "itl3-2025.csv", [("X00000004", "gdp-per-head", "70", "", ""), ("X00000005", "gdp-per-head", "", "70", "71")])
    library = made.declared(tables=[made.table_row("gdp-per-head", "itl3-2025", from_year="2003")])
    prepare(library, given, tmp_path / "overlay", "2026-11-22")
    measure = PlaceData(library, tmp_path / "overlay" / "places").measure("gdp-per-head", "itl3-2025")
    assert measure.values == {2003: {"X00000005": 70.0}, 2004: {"X00000005": 71.0}}


def test_shapes_of_other_areas_than_declared_are_refused(given, tmp_path):
    (given / "itl3-2021.topo.json").write_text(json.dumps(made.topology(("X00000001", "TLC11", "X00000003"))), encoding="utf-8")
    with pytest.raises(PlacesError, match=r"itl3-2021.topo.json: 3 areas, among them TLC11; itl3-2021 has 4 whose codes look like"):
        prepare(made.declared(), given, tmp_path / "overlay", "2026-11-22")


def test_a_set_may_be_an_earlier_one_of_which_some_areas_had_another_code(given, tmp_path):
    changed = made.area_row("lad-2024", file="itl3-2025.topo.json", changes="X00000005=X00000004=Old")
    library = made.declared(areas=[*(made.area_row(one) for one in made.AREAS), changed])
    prepare(library, given, tmp_path / "overlay", "2026-11-22")
    names = PlaceData(library, tmp_path / "overlay" / "places").areas("lad-2024").names
    assert set(names) == set(made.AREAS["itl3-2021"])
    assert names["X00000004"] == "Old"


def test_a_file_that_is_no_topology_is_refused_by_name(given, tmp_path):
    (given / "itl3-2025.topo.json").write_text("{}", encoding="utf-8")
    with pytest.raises(PlacesError, match=r"itl3-2025.topo.json: no TopoJSON with code and name"):
        prepare(made.declared(), given, tmp_path / "overlay", "2026-11-22")
