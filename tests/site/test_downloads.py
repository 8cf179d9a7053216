"""The files a reader can take away: put a test here when one is added."""

import csv
import io
import json
import zipfile

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from made_publication import HOSTILE, claim, figure, made

from evidence import ledger as ledger_room
from evidence import paths
from evidence.ledger.archive import zipped

NAMES = ("figures", "findings", "claims", "statements")


@pytest.fixture(scope="module")
def ledger(site):
    return json.loads((site / "ledger.json").read_text(encoding="utf-8"))


def frame(site, name):
    return pd.read_csv(site / f"{name}.csv", dtype=str, keep_default_na=False)


@pytest.mark.parametrize("name", NAMES)
def test_a_table_has_a_row_for_every_record_in_its_order(site, ledger, name):
    read = frame(site, name)
    key = "target" if name == "statements" else "id"
    assert read[key].to_list() == [record[key] for record in ledger[name]]
    assert len(read) > 5


def test_the_tables_to_take_away_open_rightly_in_a_spreadsheet_and_those_of_the_library_stay_plain(site):
    taken = [*(site / f"{name}.csv" for name in NAMES), *(site / "charts").glob("*.csv")]
    assert len(taken) > 20
    assert [path.name for path in taken if not path.read_bytes().startswith(b"\xef\xbb\xbf")] == []
    assert [path.name for path in (site / "data").rglob("*.csv") if path.read_bytes().startswith(b"\xef\xbb\xbf")] == []


def test_a_figure_in_the_table_says_what_the_ledger_says(site):
    row = frame(site, "figures").set_index("id").loc["sme.barriers.any"]
    assert row["shown"] == "68%"
    assert row["places_stated"] == "two thirds | 68% | two thirds | 68% | At least two-thirds"
    assert row["corrections"] == "barriers.base | barriers.conclusion"
    assert len(row["places_quote"].split(" | ")) == len(row["places_locator"].split(" | ")) == 5


def test_every_field_of_a_record_has_its_column():
    (header,) = csv.reader(io.StringIO(ledger_room.csv_tables(made(figures=[]).ledger)["figures"]))
    assert "places_locator" in header
    assert "vintages_as_of" in header
    assert set(figure("a.share")) - set(header) == {"places", "vintages"}


def test_a_separator_inside_an_item_is_told_apart_and_hostile_text_survives():
    places = [{"locator": "a | b", "stated": HOSTILE, "quote": 'say "so",\nthen', "population": "", "held": ""}] * 2
    text = ledger_room.csv_tables(made(figures=[figure("a.share", places=places)], claims=[claim("grows", holds=None)]).ledger)
    (row,) = csv.DictReader(io.StringIO(text["figures"]))
    assert row["places_locator"] == r"a \| b | a \| b"
    assert row["places_stated"] == f"{HOSTILE} | {HOSTILE}"
    assert row["places_quote"].startswith('say "so",\nthen | ')
    assert next(csv.DictReader(io.StringIO(text["claims"])))["holds"] == ""


def test_the_ledger_obeys_its_published_schema(site, ledger):
    from jsonschema import Draft202012Validator

    schema = json.loads((site / "ledger.schema.json").read_text(encoding="utf-8"))
    validator = Draft202012Validator(schema)
    assert list(validator.iter_errors(ledger)) == []
    assert list(validator.iter_errors(ledger | {"figures": [{"id": "x"}]}))


def test_the_package_holds_each_table_it_lists_with_the_columns_it_declares(site):
    with zipfile.ZipFile(site / "made-together-data.zip") as archive:
        package = json.loads(archive.read("datapackage.json"))
        for resource in package["resources"]:
            header = next(csv.reader(io.StringIO(archive.read(resource["path"]).decode("utf-8"))))
            assert header == [field["name"] for field in resource["schema"]["fields"]], resource["path"]
        assert len(package["resources"]) > 25
        names = archive.namelist()
        assert names == sorted(names)
        assert archive.read("figures/demos.csv") == (paths.ROOT / "data" / "figures" / "demos.csv").read_bytes()


def test_the_same_files_make_the_same_package():
    first = zipped({"b.csv": b"id\n", "a.csv": b"id\n"})
    assert zipped({"a.csv": b"id\n", "b.csv": b"id\n"}) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert [(member.filename, member.date_time[0]) for member in archive.infolist()] == [("a.csv", 1980), ("b.csv", 1980)]


@pytest.mark.parametrize(("page", "number"), [("ledger", 6), ("data-library", 3)])
def test_the_pages_offer_files_that_exist_and_are_saved(site, page, number):
    html = BeautifulSoup((site / "chapters" / f"{page}.html").read_text(encoding="utf-8"), "html.parser")
    links = html.select("article a.download")
    assert len(links) == number
    assert all(link.has_attr("download") and (site / "chapters" / link["href"]).resolve().is_file() for link in links)
