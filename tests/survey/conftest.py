"""What tests of surveys share: the library, and exports of generated surveys."""

import generated
import pytest

from evidence.catalog import load


@pytest.fixture(scope="session")
def library():
    return load()


@pytest.fixture(scope="session")
def firms_csv(tmp_path_factory):
    return generated.write(generated.firms(), tmp_path_factory.mktemp("firms"))
