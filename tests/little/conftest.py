"""The little book, to write into: the invented one in tests/little_book."""

import shutil

import pytest

from evidence import paths


@pytest.fixture
def little_book(recorded, tmp_path, monkeypatch):
    """A copy of the little book to write into, which the engine takes for its book."""
    book = tmp_path / "book"
    shutil.copytree(recorded, book)
    monkeypatch.setenv(paths.VARIABLE, str(book))
    return book
