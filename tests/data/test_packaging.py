"""The committed form of the data and its description for machines: put a test here when a file's form matters."""

import csv
import json
import shutil

import pytest

from evidence.catalog import schema
from evidence.catalog.packaging import differing
from evidence.catalog.rows import standing
from evidence.paths import ROOT


@pytest.fixture
def data(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def test_the_committed_library_is_in_its_form():
    assert differing(ROOT / "data") == {}


def test_what_a_spreadsheet_adds_is_taken_away(data):
    path = data / "spaces.csv"
    right = path.read_text(encoding="utf-8")
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    assert {name.as_posix(): text for name, text in differing(data).items()} == {"spaces.csv": right}


def test_a_stale_schema_is_noticed(data):
    path = data / "schemas" / "figures.schema.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"stated"', '"said"', 1), encoding="utf-8")
    assert [name.as_posix() for name in differing(data)] == ["schemas/figures.schema.json"]


def test_the_package_describes_every_table_and_each_of_its_columns(data):
    package = json.loads((data / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        with (data / resource["path"]).open(encoding="utf-8", newline="") as stream:
            header = next(csv.reader(stream))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
    described = {resource["path"] for resource in package["resources"]}
    assert {path for path in described if path.startswith("places/")} >= {"places/lad-2024.csv", "places/taken.csv"}
    assert described == {path.relative_to(data).as_posix() for path in data.rglob("*.csv")}


def test_every_table_has_a_schema_that_its_rows_satisfy(data):
    for table in schema.tables():
        rules = json.loads((data / "schemas" / f"{table.name}.schema.json").read_text(encoding="utf-8"))
        assert rules["required"] == list(table.names)
        assert set(rules["properties"]) == set(table.names)
    figures = json.loads((data / "schemas" / "figures.schema.json").read_text(encoding="utf-8"))["properties"]
    assert figures["precision"]["enum"] == ["exact", ""]
    assert "pattern" in figures["value"]


def test_a_row_that_a_merge_has_left_twice_is_read_once_in_a_table_that_keeps_no_day():
    row, other = {"figures": "a", "nature": "own count", "reason": "b"}, {"figures": "a", "nature": "projection", "reason": "b"}
    assert standing([dict(row), other, dict(row)], schema.NATURES) == [row, other]
