"""Settings of all tests."""

import pytest

pytest_plugins = ("needs",)

FIRST = "tests/site/test_every_page.py"
"""The longest file, and the one that builds the site: it begins first, so that the other process has other work while it builds."""


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


def pytest_collection_modifyitems(items):
    """Move the longest file to the front; files go to the processes in the order they are collected in."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


def pytest_terminal_summary(terminalreporter):
    """Print what tests tell besides their outcome, such as how kills were spread, also where they ran in processes of their own."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == "told":
                terminalreporter.write_line(text)
