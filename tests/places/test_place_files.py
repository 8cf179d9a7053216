"""Files of place data: put a test here for what is prepared, refused, or noticed as changed."""

import csv
import hashlib

import made
import pytest

from evidence.catalog import load
from evidence.catalog.validation import validate
from evidence.errors import PlacesError
from evidence.places import PlaceData, find, prepare, profile, write_grid


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def refused(given, tmp_path, library=None):
    with pytest.raises(PlacesError) as error:
        prepare(library or made.declared(), given, tmp_path / "overlay", "2026-11-22")
    assert not (tmp_path / "overlay" / "places").exists()
    return str(error.value)


def test_files_are_copied_with_hash_day_source_licence_and_boundaries(given, tmp_path):
    prepared = prepare(made.declared(), given, tmp_path / "overlay", "2026-11-22")
    assert set(prepared.files) == {"itl3-2021.csv", "itl3-2025.csv", "itl3-2021.topo.json", "itl3-2025.topo.json"}
    assert prepared.missing == ()
    assert ("jobs", "itl3-2021", 3) in prepared.measures
    folder = tmp_path / "overlay" / "places"
    table = next(row for row in rows(folder / "manifest.csv") if row["file"] == "itl3-2021.csv")
    assert (table["prepared_on"], table["source"], table["as_of"]) == ("2026-11-22", "Made (2026)", "2026-01-31")
    assert (table["licence"], table["areas"]) == ("none", "itl3-2021")
    assert table["sha256"] == hashlib.sha256((folder / "itl3-2021.csv").read_bytes()).hexdigest()
    assert (folder / "itl3-2021.csv").read_bytes() == (given / "itl3-2021.csv").read_bytes()


def test_what_is_not_there_is_told_and_its_measures_are_missing(given, tmp_path):
    (given / "itl3-2021.csv").unlink()
    library = made.declared()
    assert prepare(library, given, tmp_path / "overlay", "2026-11-22").missing == ("itl3-2021.csv",)
    data = PlaceData(library, tmp_path / "overlay" / "places")
    assert {row["measure"] for row in data.missing} == set(made.VALUES)
    assert [(row["measure"], row["areas"]) for row in data.held] == [("gdp-per-head", "itl3-2025")]
    assert not data.has("itl3-2021", "jobs")


def test_a_table_without_its_areas_is_missing(given, tmp_path):
    (given / "itl3-2025.topo.json").unlink()
    library = made.declared()
    prepare(library, given, tmp_path / "overlay", "2026-11-22")
    data = PlaceData(library, tmp_path / "overlay" / "places")
    assert [(row["measure"], row["areas"]) for row in data.missing] == [("gdp-per-head", "itl3-2025")]


def test_a_library_without_place_data_says_that_all_is_missing():
    data = PlaceData(made.declared())
    assert data.held == []
    assert len(data.missing) == len(made.VALUES) + 1


def test_the_declarations_of_the_repository_are_well_formed():
    assert validate(load()).rows("place-areas")


def test_a_release_is_not_known_before_its_day(given, tmp_path):
    library = made.declared(as_of="2026-01-30")
    prepare(made.declared(), given, tmp_path / "overlay", "2026-11-22")
    assert PlaceData(library, tmp_path / "overlay" / "places").held == []


def test_an_empty_folder_is_refused(tmp_path):
    (tmp_path / "given").mkdir()
    assert "none of the declared files is there (itl3-2021.csv" in refused(tmp_path / "given", tmp_path)


def test_a_whole_data_library_is_never_written_into(given, tmp_path):
    (tmp_path / "overlay").mkdir()
    (tmp_path / "overlay" / "sources.csv").write_text("id\n", encoding="utf-8")
    assert "is a data library" in refused(given, tmp_path)


def test_a_failure_keeps_what_was_prepared_before(given, tmp_path):
    prepare(made.declared(), given, tmp_path / "overlay", "2026-11-22")
    before = {path.name: path.read_bytes() for path in (tmp_path / "overlay" / "places").iterdir()}
    (given / "itl3-2021.csv").write_text("code\n", encoding="utf-8")
    with pytest.raises(PlacesError, match="no column measure"):
        prepare(made.declared(), given, tmp_path / "overlay", "2026-11-23")
    assert {path.name: path.read_bytes() for path in (tmp_path / "overlay" / "places").iterdir()} == before
    assert [path.name for path in (tmp_path / "overlay").iterdir()] == ["places"]


def test_preparing_again_replaces_what_was_there(given, tmp_path):
    prepare(made.declared(), given, tmp_path / "overlay", "2026-11-22")
    (given / "itl3-2021.csv").unlink()
    prepare(made.declared(), given, tmp_path / "overlay", "2026-11-23")
    assert not (tmp_path / "overlay" / "places" / "itl3-2021.csv").exists()


def with_line(path, line):
    """Add a line to a table and return its row number, the header being row 1."""
    path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    return len(path.read_text(encoding="utf-8").splitlines())


def test_a_value_that_is_no_number_is_named(given, tmp_path):
    number = with_line(given / "itl3-2025.csv", "X00000001,growth,1,many,1")
    library = made.declared(tables=[made.table_row("growth", "itl3-2025")])
    assert f'itl3-2025.csv, row {number} (X00000001), column 2003: found "many", which is no number' in refused(given, tmp_path, library)


def test_a_second_row_of_an_area_is_named(given, tmp_path):
    number = with_line(given / "itl3-2021.csv", "X00000001,jobs,1,1,1")
    assert f"itl3-2021.csv, row {number} (X00000001): a second row of this area for jobs" in refused(given, tmp_path)


def test_a_measure_without_any_value_is_refused(given, tmp_path):
    made.write_table(given / "itl3-2025.csv", [("X00000001", "gdp-per-head", "", "", "")])
    assert "no value of gdp-per-head for itl3-2025" in refused(given, tmp_path)


def test_a_measure_may_stand_in_one_column_and_another_unit(given, tmp_path):
    (given / "itl3-2025.csv").write_text("code,share\nX00000001,0.4167\n", encoding="utf-8")
    row = made.table_row("deprivation", "itl3-2025", rows="", value_column="share=2025", factor="100", unit="percent", decimals="1")
    library = made.declared(tables=[row])
    prepare(library, given, tmp_path / "overlay", "2026-11-22")
    measure = PlaceData(library, tmp_path / "overlay" / "places").measure("deprivation", "itl3-2025")
    assert measure.shown(measure.values[2025]["X00000001"]) == "41.7%"
    assert measure.whole == {}


def test_a_file_changed_after_it_was_prepared_is_refused(data, tmp_path):
    path = tmp_path / "overlay" / "places" / "itl3-2021.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("81", "82"), encoding="utf-8")
    with pytest.raises(PlacesError, match=r"places/itl3-2021.csv: its sha256 is .* The file was changed after it was prepared"):
        data.measure("jobs", "itl3-2021")


def test_files_without_a_manifest_are_refused(given):
    with pytest.raises(PlacesError, match=r"places/: no manifest.csv. Make the folder with: evidence places prepare"):
        _ = PlaceData(made.declared(), given).held


def test_a_profile_ranks_a_place_among_the_areas_of_its_set(data):
    found = profile(data, "itl3-2021/X00000003")
    assert (found.name, found.areas.id) == ("Growing", "itl3-2021")
    told = {line.measure.name: (line.year, line.value, line.rank, line.among) for line in found.lines}
    # GDP 99 is second to 150; of the three with jobs in 2004, 121 is the most; 121 people are fewer than 500 in the three others.
    assert told == {"gdp-per-head": (2004, 99, 2, 4), "jobs": (2004, 121, 1, 3), "population": (2004, 121, 4, 4)}


def test_a_profile_takes_the_newest_year_a_place_has(data):
    jobs = next(line for line in profile(data, "X00000004").lines if line.measure.name == "jobs")
    assert (jobs.year, jobs.value, jobs.rank, jobs.among) == (2003, 100, 2, 4)


def test_a_measure_without_a_value_for_the_place_is_told(given, tmp_path):
    values = {
        name: {code: cells for code, cells in found.items() if (name, code) != ("jobs", "X00000001")} for name, found in made.VALUES.items()
    }
    library = made.declared()
    prepare(library, made.write_files(given, values), tmp_path / "overlay", "2026-11-22")
    found = profile(PlaceData(library, tmp_path / "overlay" / "places"), "itl3-2021/X00000001")
    assert [measure.name for measure in found.unknown] == ["jobs"]


def test_a_code_of_several_sets_must_be_named_with_its_set(data):
    with pytest.raises(PlacesError, match="Write itl3-2021/X00000001 or itl3-2025/X00000001"):
        find(data, "X00000001")
    assert find(data, "itl3-2025/X00000001")[0].id == "itl3-2025"
    assert find(data, "X00000005")[0].id == "itl3-2025"


def test_an_unknown_place_is_refused_with_what_to_do(data):
    with pytest.raises(PlacesError, match=r"no such area in itl3-2021, itl3-2025. List the codes with: evidence places grid AREAS"):
        find(data, "itl3-2021/X00000005")


def test_a_grid_has_a_row_for_each_area(data, tmp_path):
    assert write_grid(data, "itl3-2025", tmp_path / "new" / "grid.csv") == 4
    assert [row["place"] for row in rows(tmp_path / "new" / "grid.csv")] == [f"itl3-2025/{code}" for code in made.AREAS["itl3-2025"]]


def test_a_grid_of_an_unknown_set_is_refused(data, tmp_path):
    with pytest.raises(PlacesError, match=r'unknown set of areas "lad-2021"; place-areas.csv declares itl3-2021, itl3-2025'):
        write_grid(data, "lad-2021", tmp_path / "grid.csv")


def test_a_measure_that_is_not_declared_for_a_set_is_refused(data):
    with pytest.raises(PlacesError, match="jobs is not declared for itl3-2025"):
        data.measure("jobs", "itl3-2025")


def test_a_period_is_written_as_its_producer_writes_it(given, tmp_path):
    library = made.declared(tables=[made.table_row("jobs", "itl3-2021", period="{year}/{following}")])
    prepare(library, given, tmp_path / "overlay", "2026-11-22")
    measure = PlaceData(library, tmp_path / "overlay" / "places").measure("jobs", "itl3-2021")
    assert measure.told(2003) == "Made (2026), 2003/04, boundaries of 2021"
