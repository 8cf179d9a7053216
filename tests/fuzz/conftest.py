"""The little book, recorded."""

import shutil

import pytest
from command import evidence

from evidence import paths


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    """The little book in its committed form, recorded; not to be changed."""
    book = tmp_path_factory.mktemp("little") / "book"
    shutil.copytree(paths.ROOT / "tests" / "little_book", book)
    for command in ("format", "record"):
        done = evidence("--book", book, command)
        assert done.code == 0, done.printed + done.complained
    return book
