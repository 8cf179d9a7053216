"""Settings of all tests."""

import os
from pathlib import Path

import pytest

OPEN_DATA = Path(os.environ.get("OPEN_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
NEEDS = {"producers' files": OPEN_DATA.is_dir}
"""What some tests need that a clone does not hold, and whether it is at hand. The producers' files lie where OPEN_DATA says."""


@pytest.fixture(scope="session")
def open_data():
    """The folder of the producers' whole files, for tests that need them."""
    return OPEN_DATA


FIRST = "tests/site/test_every_page.py"
"""The longest file, and the one that builds the site: it begins first, so that the other process has other work while it builds."""


def pytest_configure(config):
    """Declare the mark of the slow tier, and let an unknown mark fail."""
    config.addinivalue_line("markers", "slow: takes long or kills many processes; run by make test-slow")
    config.addinivalue_line(
        "markers", "needs(what): needs what is not in a clone; not tried, and never counted as passed, where it is not at hand"
    )


def pytest_collection_modifyitems(config, items):
    """Leave out the tests whose need is not met, and move the longest file to the front: files go to the processes in the order of collection."""
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))
    lacking = [item for item in items if any(not NEEDS[mark.args[0]]() for mark in item.iter_markers("needs"))]
    if lacking:
        config.hook.pytest_deselected(items=lacking)
        items[:] = [item for item in items if item not in lacking]


def pytest_report_header():
    """Name what is not at hand, so that nobody takes the tests that need it for passed."""
    return [f"not tried: tests that need the {what}" for what, at_hand in NEEDS.items() if not at_hand()]


def pytest_terminal_summary(terminalreporter):
    """Print what tests tell besides their outcome, such as how kills were spread, also where they ran in processes of their own."""
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, text in report.user_properties:
            if name == "told":
                terminalreporter.write_line(text)
