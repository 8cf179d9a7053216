"""What the tests of places share: made data, prepared as a steward prepares them."""

import json
import re
import shutil

import made
import pytest

from evidence.catalog import load, schema
from evidence.catalog.rows import write_rows
from evidence.paths import ROOT
from evidence.places import PlaceData, keep, prepare

EXTRACT = ROOT / "tests" / "fixtures" / "open-data"

SIZES = {"itl3-2021": 13, "itl3-2025": 3, "lad-2024": 13, "lad-2025": 13}
"""Number of areas of each set in the extract."""


@pytest.fixture
def given(tmp_path):
    """A folder with made files, as a producer gives them."""
    return made.write_files(tmp_path / "given")


@pytest.fixture
def data(given, tmp_path):
    """The made place data, prepared and read."""
    library = made.declared()
    prepare(library, given, tmp_path / "overlay", "2026-11-22")
    return PlaceData(library, tmp_path / "overlay" / "places")


@pytest.fixture(scope="session")
def extract():
    """A folder with an extract of the producers' files: a dozen areas of each set."""
    return EXTRACT


@pytest.fixture(scope="session")
def book(tmp_path_factory):
    """A copy of the book that declares as many areas as the extract has."""
    folder = tmp_path_factory.mktemp("places") / "book"
    for name in ("chapters", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy2(ROOT / name, folder)
    table = folder / "data" / "place-areas.csv"
    text = table.read_text(encoding="utf-8")
    for areas, count in SIZES.items():
        text = re.sub(rf"^({areas},(?:\"[^\"]*\"|[^,]*)),\d+,", rf"\g<1>,{count},", text, flags=re.MULTILINE)
    table.write_text(text, encoding="utf-8")
    keep_extract(folder / "data")
    return folder


def keep_extract(data):
    """Let a library know the areas of the extract and no others, and keep their values."""
    library = load(data)
    rows = {(row["areas"], row["code"]): row for row in library.rows("areas")}
    known = []
    for place in (row for row in library.rows("place-areas") if any(row["areas"] == areas for areas, _ in rows)):
        shapes = json.loads((EXTRACT / place["file"]).read_text(encoding="utf-8"))["objects"][place["object"]]["geometries"]
        changed = {there: (here, name) for there, here, name in (part.split("=") for part in place["changes"].split("; ") if part)}
        names = (changed.get(one["code"], (one["code"], one["name"])) for one in (shape["properties"] for shape in shapes))
        known += [rows.get((place["areas"], code)) or made.known_row(code, name, 99, areas=place["areas"]) for code, name in names]
    columns = schema.AREAS_TABLE.names
    write_rows(data / "areas.csv", [columns, *([row[column] for column in columns] for row in known)])
    for name, text in keep(load(data), EXTRACT, "2026-11-22").files.items():
        (data / "places" / name).write_text(text, encoding="utf-8")
