"""Settings of all tests."""

import fcntl
import os
import shutil
from pathlib import Path

import pytest

pytest_plugins = ("needs",)

FIRST = (
    "tests/site/test_every_page.py",
    "tests/survey/",
    "tests/rerun/test_guides.py",
    "tests/rerun/test_kills.py",
    "tests/site/test_print.py",
    "tests/rerun/test_grid_kills.py",
)
"""The longest files, in which the other process must not begin last; the first of them builds the site, and the next need none meanwhile."""


@pytest.fixture(scope="session")
def open_data():
    """The folder of the producers' whole files, for tests that need them."""
    from needs import PRODUCERS

    return PRODUCERS


@pytest.fixture(scope="session")
def playwright():
    """Playwright; one for all tests of a process, which cannot have two at once."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Return a folder that is made once a run, however many processes it has, so that no test may write to it; given its name and what makes it."""
    mine = tmp_path_factory.getbasetemp()

    def made(name, make):
        folder = (mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / name
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "whole").exists():
                make(folder / "made")
                (folder / "whole").touch()
        return folder / "made"

    return made


@pytest.fixture(scope="session")
def recorded(once):
    """The little book in its committed form, with outputs recorded by the engine that is tested; not to be changed."""
    from command import evidence

    from evidence import paths

    def record(book):
        shutil.copytree(paths.ROOT / "tests" / "little_book", book)
        for command in ("format", "record"):
            done = evidence("--book", book, command)
            assert done.code == 0, done.printed + done.complained

    return once("little", record)


@pytest.fixture(scope="session")
def little_site(once, recorded):
    """The site of the little book, as the command builds it; not to be changed."""
    from command import evidence

    def build(folder):
        book = shutil.copytree(recorded, folder.with_name("book"))
        done = evidence("--book", book, "build")
        assert done.code == 0, done.printed + done.complained
        (book / "_build" / "html").rename(folder)

    return once("little-site", build)


@pytest.fixture(scope="session")
def site(once):
    """The site, built from the recorded outputs into an empty folder, or that which BUILT names, of the same tree; not to be changed."""
    from evidence import editions, paths

    if built := os.environ.get("BUILT"):
        return Path(built)
    return once("site", lambda folder: editions.build_site(paths.ROOT, folder))


def pytest_collection_modifyitems(items):
    """Move the longest files to the front; files go to the processes in the order they are collected in."""
    items.sort(key=lambda item: next((place for place, name in enumerate(FIRST) if item.nodeid.startswith(name)), len(FIRST)))


def pytest_terminal_summary(terminalreporter):
    """Print what tests tell besides their outcome, such as how kills were spread, also where they ran in processes of their own."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == "told":
                terminalreporter.write_line(text)
