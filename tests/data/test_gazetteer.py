"""The gazetteer that gives settlements their coordinates: put a test here when a name should be found, or should be refused."""

import csv

import pytest

from evidence.catalog import gazetteer
from evidence.paths import ROOT


def rows():
    with (ROOT / "lib" / "evidence" / "catalog" / "gazetteer.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_settlement_is_where_maps_show_it():
    assert gazetteer.coordinates("Hannover", "Germany") == ("52.371", "9.733")


def test_of_towns_that_share_a_name_the_largest_is_meant():
    # Lincoln of Lincolnshire, of a hundred thousand people; Boston is not the one of Massachusetts, which lies west of 70 degrees
    assert gazetteer.coordinates("Lincoln", "United Kingdom")[0].startswith("53.2")
    assert gazetteer.coordinates("Boston", "United Kingdom")[1].startswith("-0.0")


def test_no_settlement_has_no_coordinates_and_no_problem():
    assert gazetteer.coordinates("", "United Kingdom") == ("", "")
    assert gazetteer.unknown("", "Narnia") is None


@pytest.mark.parametrize(
    ("settlement", "country", "told"),
    [
        (
            "Grimsbi",
            "United Kingdom",
            ['"Grimsbi" is not in the gazetteer. Nearest: Grimsby.', "leave the cell empty", ".lab/make_gazetteer.py"],
        ),
        ("Zzyzx", "United Kingdom", ['"Zzyzx" is not in the gazetteer. Correct the name']),
        ("Grimsby", "Germany", ['"Grimsby" is not in the gazetteer.']),
        ("Oslo", "Norway", ['no settlements of "Norway". Add the country to countries.csv beside it and run .lab/make_gazetteer.py.']),
    ],
)
def test_a_settlement_that_is_not_known_is_refused_with_what_to_do(settlement, country, told):
    problem = gazetteer.unknown(settlement, country)
    assert [text for text in told if text not in problem.told] == []


def test_the_table_holds_each_settlement_of_its_countries_once():
    found = rows()
    assert len(found) > 5000
    assert len({(row["name"], row["country"]) for row in found}) == len(found)
    assert {row["country"] for row in found} == set(gazetteer.countries().values())


def test_the_table_is_smaller_than_a_picture():
    assert (ROOT / "lib" / "evidence" / "catalog" / "gazetteer.csv").stat().st_size < 300_000
