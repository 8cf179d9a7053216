"""Which book a command works on: put a test here for where the library looks for the book, and for what belongs to the package instead."""

import os
import shutil
import subprocess
import sys

import pytest
from command import evidence as in_this_process
from test_architecture import MODULES
from test_cli import COMMANDS

from evidence import paths
from evidence.errors import NoBookError


def evidence(cwd, *arguments, **environment):
    """Run the command in a folder and return its exit code, what it printed, and what it complained of."""
    command = [sys.executable, "-m", "evidence.cli", *map(str, arguments)]
    settings = {**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent), **environment}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd, env=settings, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout, done.stderr


def empty_book(folder):
    """Return a folder that looks like a book, with nothing in it."""
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "sources.csv").touch()
    (folder / "_config.yml").touch()
    return folder


@pytest.fixture(scope="module")
def books(tmp_path_factory):
    """Two copies of the book; in the second a figure that the first has was renamed, and a chapter still links to it."""
    first, second = (tmp_path_factory.mktemp("copies") / name for name in ("first", "second"))
    for book in (first, second):
        for part in ("chapters", "data"):
            shutil.copytree(paths.ROOT / part, book / part, ignore=shutil.ignore_patterns(".*"))
        for file in ("_config.yml", "_toc.yml"):
            shutil.copy2(paths.ROOT / file, book)
    figures = second / "data" / "figures" / "demos.csv"
    figures.write_text(figures.read_text(encoding="utf-8").replace("sme.barriers.any,", "sme.barriers.renamed,"), encoding="utf-8")
    return first, second


def test_the_nearest_folder_upward_that_is_a_book_is_the_book(tmp_path, monkeypatch):
    outer = empty_book(tmp_path / "outer")
    inner = empty_book(outer / "_build" / "inner")
    (inner / "chapters").mkdir()
    monkeypatch.delenv(paths.VARIABLE, raising=False)
    for place, book in [(inner / "chapters", inner), (inner, inner), (outer / "_build", outer), (outer / "data", outer)]:
        monkeypatch.chdir(place)
        assert paths.find_book() == book
        assert paths.data_dir() == book / "data"
    assert paths.find_book(inner) == inner


@pytest.mark.parametrize("missing", ["_config.yml", "data/sources.csv"])
def test_a_folder_that_lacks_either_mark_is_no_book(missing, tmp_path, monkeypatch):
    (empty_book(tmp_path / "book") / missing).unlink()
    monkeypatch.chdir(tmp_path / "book")
    monkeypatch.delenv(paths.VARIABLE, raising=False)
    with pytest.raises(
        NoBookError, match=r"book: no book here or in a folder above; go into the folder of one, or name it with evidence --book"
    ):
        paths.find_book()


def test_the_book_that_is_named_goes_before_the_one_it_stands_in(tmp_path, monkeypatch):
    monkeypatch.chdir(empty_book(tmp_path / "here"))
    monkeypatch.setenv(paths.VARIABLE, str(empty_book(tmp_path / "named")))
    assert paths.find_book() == tmp_path / "named"
    monkeypatch.setenv(paths.VARIABLE, str(tmp_path))
    with pytest.raises(NoBookError, match=r"no book. Name a folder that holds _config.yml and data/sources.csv"):
        paths.find_book()


def test_no_module_takes_the_repository_it_is_installed_from_for_the_book():
    named = {name for name in MODULES if "paths.ROOT" in (paths.PACKAGE / name).read_text(encoding="utf-8")}
    told = "a new book is copied from the repository, and so is what sets up a book that has no lock of its own; all else works on the book it stands in"
    assert named == {"scaffold/new_book.py", "ledger/archive.py"}, told
    assert paths.PACKAGE == paths.ROOT / "lib" / "evidence"


def test_each_command_takes_the_book_it_is_told(tmp_path):
    for command in COMMANDS:
        assert in_this_process("--book", tmp_path, command) == (
            2,
            "",
            f"{tmp_path}: no book. Name a folder that holds _config.yml and data/sources.csv.\n",
        ), command


@pytest.mark.parametrize("command", [["check"], ["cite", "barriers"], ["format", "--check"], ["suggest", "coordination"], ["status"]])
def test_in_a_folder_without_a_book_a_command_says_so_in_one_line(command, tmp_path):
    code, text, told = evidence(tmp_path, *command)
    assert (code, text) == (2, "")
    assert (
        told == f"{tmp_path}: no book here or in a folder above; go into the folder of one, or name it with evidence --book DIR COMMAND.\n"
    )


def test_help_needs_no_book(tmp_path):
    assert evidence(tmp_path, "--help")[0] == 0
    assert evidence(tmp_path, "check", "--help")[0] == 0


def test_a_command_works_on_the_copy_it_is_typed_in(books):
    first, second = books
    for folder, code in [(first, 1), (first / "chapters", 1), (second, 0), (second / "data" / "figures", 0)]:
        assert in_this_process("cite", "sme.barriers.renamed", folder=folder).code == code, folder
    assert evidence(first, "check", "coordination")[0] == 0
    code, text, _ = evidence(second, "check", "coordination")
    assert code == 1
    assert '"sme.barriers.any"' in text


def test_a_command_works_on_the_copy_it_is_told(books, tmp_path, monkeypatch):
    first, second = books
    cite = ("cite", "sme.barriers.renamed")
    for place, named, code in [(second, first, 1), (first, second, 0), (tmp_path, first, 1), (tmp_path, second, 0)]:
        assert in_this_process("--book", named, *cite, folder=place).code == code
        assert in_this_process("--book", os.path.relpath(named, place), *cite, folder=place).code == code
        with monkeypatch.context() as shell:
            shell.setenv(paths.VARIABLE, str(named))
            assert in_this_process(*cite, folder=place).code == code
    assert evidence(second, *cite, EVIDENCE_BOOK=str(first))[0] == 1


def test_what_a_command_starts_works_on_the_same_copy(books):
    """A chapter is run in a kernel, which is another process, in the folder of the chapters."""
    first, second = books
    code, text, told = evidence(second, "--book", first, "record", "coordination", "--check")
    assert (code, text) == (0, "Every recorded output is what the code gives.\n"), told
    code, text, _ = evidence(first, "--book", second, "record", "coordination", "--check")
    assert code == 1
    assert "chapters/coordination.ipynb, cell" in text
