"""What the tests of places share: made data, prepared as a steward prepares them."""

import re
import shutil

import made
import pytest

from evidence.paths import ROOT
from evidence.places import PlaceData, prepare

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
    return ROOT / "tests" / "fixtures" / "open-data"


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
    return folder
