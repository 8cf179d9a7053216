"""What the tests of places share: made data, prepared as a steward prepares them."""

import made
import pytest

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
