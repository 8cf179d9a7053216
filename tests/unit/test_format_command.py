"""`evidence format` as an author runs it: put a test here when a file must be written, left alone or refused."""

import shutil

import pytest
from command import evidence

from evidence import paths


def formatted(*arguments):
    """Run the command and return its exit code and all it said."""
    done = evidence("format", *arguments)
    return done.code, done.printed + done.complained


@pytest.fixture
def page(tmp_path):
    file = tmp_path / "page.md"
    file.write_text("One. Two.\n", encoding="utf-8")
    return file


def test_check_names_a_file_and_writes_nothing(page):
    assert formatted("--check", page) == (1, "Not in committed form: page.md.\n")
    assert page.read_text(encoding="utf-8") == "One. Two.\n"


def test_a_named_file_is_written_and_nothing_else(page):
    assert formatted(page) == (0, "Rewritten: page.md.\n")
    assert page.read_text(encoding="utf-8") == "One.\nTwo.\n"
    assert formatted(page) == (0, "Rewritten: nothing.\n")


def test_the_committed_book_is_in_its_form():
    assert formatted("--check") == (0, "Not in committed form: nothing.\n")


def test_a_notebook_saved_otherwise_is_restored(tmp_path):
    source = paths.chapters_dir() / "changes.ipynb"
    file = tmp_path / "changes.ipynb"
    text = source.read_text(encoding="utf-8")
    file.write_text(text.replace('"execution_count": 1', '"execution_count": 9'), encoding="utf-8")
    assert formatted(file)[0] == 0
    assert file.read_text(encoding="utf-8") == text


def test_a_table_is_refused_by_name(tmp_path):
    file = shutil.copy2(paths.data_dir() / "cases.csv", tmp_path)
    code, text = formatted(file)
    assert code == 1
    assert "neither a notebook nor a page of Markdown" in text


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    assert formatted(tmp_path / "none.md")[0] == 2
