"""What the tests of places share: made data, prepared as a steward prepares them."""

import os
from pathlib import Path

import made
import pytest

from evidence.paths import ROOT
from evidence.places import PlaceData, prepare


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
def real_files():
    """The folder of the producers' files beside the repository; without it the tests that need them fail and say so."""
    folder = Path(os.environ.get("OPEN_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.fail(f"{folder}: not there. Put the producers' files beside the repository, or name their folder in OPEN_DATA.")
    return folder
