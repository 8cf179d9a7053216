"""The little book: a copy of the invented one in tests/little_book, with its outputs recorded by the engine that is tested."""

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


@pytest.fixture
def little_book(recorded, tmp_path, monkeypatch):
    """A copy of the little book to write into, which the engine takes for its book."""
    book = tmp_path / "book"
    shutil.copytree(recorded, book)
    monkeypatch.setenv(paths.VARIABLE, str(book))
    return book
