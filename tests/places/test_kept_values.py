"""The values that a library keeps for good, on made data: put a test here for what is cut out of producers' files, and for what is told of an area."""

import shutil

import made
import pytest
from command import evidence

from evidence.catalog import schema
from evidence.catalog.rows import csv_text, write_rows
from evidence.errors import PlacesError
from evidence.places import Atlas, PlaceData, differing, keep, unfit

FALLING, RICH, GROWING, UNKNOWN = made.AREAS["itl3-2021"]
FACTS = (
    made.fact_row("output", "gdp-per-head", "ratio"),
    made.fact_row("jobs", "jobs", "growth", decimals="1"),
    made.fact_row("people", "population", "value", basis="count", from_year="2003"),
)


def library(**changed):
    return made.declared(**({"known": made.known(), "facts": FACTS} | changed))


@pytest.fixture
def folder(given, tmp_path):
    """A folder with the values that a library keeps of the made files."""
    kept = keep(library(), given, "2026-11-22")
    for name, text in kept.files.items():
        (tmp_path / "places").mkdir(exist_ok=True)
        (tmp_path / "places" / name).write_text(text, encoding="utf-8")
    return tmp_path / "places"


@pytest.fixture
def atlas(folder):
    seen = library()
    seen.directory = folder.parent
    return Atlas(seen)


def test_only_what_a_fact_asks_for_is_kept_as_its_producer_wrote_it(given):
    kept = keep(library(), given, "2026-11-22")
    lines = kept.files["itl3-2021.csv"].splitlines()
    assert lines[0] == "measure,code,2002,2003,2004"
    assert f"population,{GROWING},,110,121" in lines, "population is asked for from 2003 on"
    assert f"jobs,{UNKNOWN},100,100," in lines, "no value is no value"
    assert "gdp-per-head,K,100,100,100" in lines, "the country is kept beside its areas"
    assert kept.cells == 5 * 3 + (3 * 3 + 2) + 4 * 2
    assert kept.missing == ()


def test_kept_values_read_as_the_files_they_were_cut_from(data, folder):
    kept = PlaceData(library(), folder)
    assert kept.measure("gdp-per-head", "itl3-2021").values == data.measure("gdp-per-head", "itl3-2021").values
    assert kept.measure("jobs", "itl3-2021").whole == {}
    assert not kept.has("itl3-2025", "gdp-per-head")
    assert not kept.drawable("itl3-2021"), "no shapes are kept"


def test_a_value_changed_by_hand_is_refused(folder):
    file = folder / "itl3-2021.csv"
    file.write_text(file.read_text().replace("121", "122"), encoding="utf-8")
    with pytest.raises(PlacesError, match=r"itl3-2021.csv: its sha256 is"):
        PlaceData(library(), folder).measure("jobs", "itl3-2021")


def test_a_value_that_is_not_the_producers_is_told(given, folder):
    assert differing(keep(library(), given, "2027-01-01"), folder) == [], "the day is that of the first time"
    (given / "itl3-2021.csv").write_text((given / "itl3-2021.csv").read_text().replace(",81", ",82"), encoding="utf-8")
    told = differing(keep(library(), given, "2027-01-01"), folder)
    assert any("found jobs,X00000001,100,90,81, the files give jobs,X00000001,100,90,82" in line for line in told)


def test_a_file_that_is_not_there_is_named(given, tmp_path):
    (given / "itl3-2021.csv").unlink()
    assert keep(library(), given, "2026-11-22").missing == ("itl3-2021.csv",)
    with pytest.raises(PlacesError, match="asks for no measure"):
        keep(library(facts=()), given, "2026-11-22")


def test_values_of_other_areas_than_those_known_are_refused(given):
    strange = library(known=[*made.known()[:3], made.known_row("X00000009", "Elsewhere", 3)])
    with pytest.raises(PlacesError, match="X00000004 not among the 4 areas"):
        keep(strange, given, "2026-11-22")


def test_the_numbers_of_an_area(atlas):
    told = atlas.told
    # Falling has 80 of the country's 100 in each year; its jobs fall by a tenth a year.
    assert told[f"output {FALLING}"] == "80%"
    assert told[f"below output {FALLING}"] == "3 of 3"
    assert told[f"below output {GROWING}"] == "3 of 3"
    assert told[f"above output {RICH}"] == "3 of 3"
    assert told[f"jobs {FALLING}"] == "−10.0%"
    assert told[f"jobs {GROWING}"] == "+10.0%"
    assert f"jobs {UNKNOWN}" not in told, "its last year is not known"
    assert told["when jobs"] == "2002 to 2004"
    assert told["when people"] == "2004"


def test_ranks_are_told_of_what_is_counted_and_of_nothing_else(atlas):
    # 500 people in three areas and 121 in the other.
    assert atlas.told[f"rank people {FALLING}"] == "1 to 3 of 4"
    assert atlas.told[f"rank people {GROWING}"] == "4 of 4"
    assert [key for key in atlas.told if key.startswith("rank ") and "people" not in key] == []


def test_areas_whose_years_disagree_are_not_told_apart(given, tmp_path):
    values = {**made.VALUES, "gdp-per-head": {**made.VALUES["gdp-per-head"], FALLING: "80,101,80"}}
    made.write_files(given, values)
    seen = library()
    seen.directory = tmp_path
    (tmp_path / "places").mkdir()
    for name, text in keep(seen, given, "2026-11-22").files.items():
        (tmp_path / "places" / name).write_text(text, encoding="utf-8")
    output = Atlas(seen).facts["itl3-2021"][0]
    country, other = output.beside(FALLING), output.beside(FALLING, GROWING)
    assert (country.below, country.above, country.told_apart) == (2, 1, False)
    assert (other.below, other.above, other.told_apart) == (2, 1, False), "90, 90 and 99 beside 80, 101 and 80"
    assert output.beside(RICH, GROWING).told_apart


def test_each_area_has_an_address_of_its_own(folder):
    twice = [*made.known()[:3], made.known_row("X00000004", "Falling", 3)]
    seen = library(known=twice)
    seen.directory = folder.parent
    assert sorted(Atlas(seen).addresses.values()) == ["falling-x00000001", "falling-x00000004", "growing", "rich"]


def test_a_book_without_areas_has_no_pages_for_them(tmp_path):
    seen = made.declared()
    seen.directory = tmp_path
    assert not Atlas(seen)


@pytest.mark.parametrize(
    ("number", "changed", "told"),
    [
        (3, {"neighbours": "X00000001"}, "Unknown borders on X00000001, which does not border on it."),
        (3, {"neighbours": "X00000004"}, "Unknown borders on X00000004, which does not border on it."),
        (3, {"overlaps": "X00000001"}, "Unknown overlaps X00000001, which does not overlap it."),
        (3, {"column": "0"}, "Unknown has the tile of Falling."),
    ],
)
def test_what_does_not_fit_together_is_told(number, changed, told):
    rows = made.known()
    rows[number] |= changed
    problems = list(unfit(list(PlaceData(library(known=rows)).known("itl3-2021").values())))
    assert [problem.message for problem in problems] == [told]
    assert problems[0].place.file == "data/areas.csv"
    assert list(unfit(list(PlaceData(library()).known("itl3-2021").values()))) == []


def test_a_table_of_values_is_written_as_all_tables_are(folder):
    lines = [line.split(",") for line in (folder / "itl3-2021.csv").read_text(encoding="utf-8").splitlines()]
    assert csv_text(lines) == (folder / "itl3-2021.csv").read_text(encoding="utf-8")


@pytest.fixture
def declaring(recorded, tmp_path):
    """A copy of the little book that declares the made places."""
    book = tmp_path / "book"
    shutil.copytree(recorded, book)
    for table, rows in {
        schema.AREAS_TABLE: made.known(),
        schema.PLACE_AREAS: [made.area_row("itl3-2021")],
        schema.PLACE_TABLES: [made.table_row(name, "itl3-2021") for name in made.VALUES],
        schema.PLACE_FACTS: FACTS,
    }.items():
        write_rows(book / "data" / table.path, [table.names, *([row[name] for name in table.names] for row in rows)])
    return book


def test_the_command_keeps_the_values_once_and_tells_what_differs(declaring, given):
    def command(*words):
        done = evidence("--book", declaring, "places", "keep", "--from", given, *words)
        return done.code, " ".join(done.printed.split())

    kept = declaring / "data" / "places" / "itl3-2021.csv"
    code, told = command("--check")
    assert (code, "differs" in told, kept.exists()) == (1, True, False)
    code, told = command()
    assert (code, "kept" in told, f"population,{GROWING},,110,121" in kept.read_text(encoding="utf-8")) == (0, True, True)
    assert command("--check") == (0, f"{5 * 3 + (3 * 3 + 2) + 4 * 2} values of 1 sets of areas, as the producers' files give them")

    right = kept.read_bytes()
    kept.write_bytes(right.replace(b"121", b"122"))
    code, told = command("--check")
    assert (code, "differs" in told, kept.read_bytes() == right) == (1, True, False)
    code, told = command()
    assert (code, kept.read_bytes()) == (0, right)
    assert evidence("--book", declaring, "places", "keep", "--from", given / "nowhere").code == 2
