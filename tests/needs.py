"""What a test needs beside the base, and the account of what was tried.

A test says it with a mark, `@pytest.mark.needs("survey")`, or by a fixture that opens what it needs. Where a need is not met, the test is left
out, counted, and named with what to do about it; it is never counted as passed. `python tests/needs.py ARGUMENTS` is pytest with this plugin,
also for doctests and chapters; in the tests it is loaded by conftest.py.
"""

import gc
import json
import os
import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Need:
    """Something that not everybody has: what it is called, how to get it, and whether it is there."""

    name: str
    remedy: str
    there: Callable[[], bool]


def installed(*packages):
    """Return whether all packages are installed, without importing them."""
    return all(find_spec(package) is not None for package in packages)


def browser_there():
    """Return whether a browser can be driven: Playwright, axe and a Chromium."""
    from evidence.editions.pdf import find_browser
    from evidence.errors import EditionError

    try:
        return installed("axe_playwright_python") and bool(find_browser())
    except EditionError:
        return False


def beside(variable, folder):
    """Return a folder that is not part of the repository: the one that a variable of the environment names, or the one beside the repository."""
    return Path(os.environ.get(variable) or ROOT.parent / "shared" / folder)


PRODUCERS = beside("OPEN_DATA", "data")
TEXTS = beside("SOURCE_TEXTS", "seeds")
BULLETINS = beside("BULLETINS", "gold")

NEEDS = {
    "survey": Need("the extra survey", "make survey", lambda: installed("statsmodels", "scipy", "openpyxl", "pyreadstat")),
    "cluster": Need("the extra cluster", "make cluster", lambda: installed("distributed")),
    "browser": Need("a browser", "make browser; and a Chromium, the system's or: .venv/bin/playwright install chromium", browser_there),
    "types": Need("the extra types", "make types", lambda: installed("mypy")),
    "lab": Need("the authors' environment", "make lab-env", lambda: (ROOT / ".venv-lab" / "ready").exists()),
    "producers": Need("the producers' files", "name their folder in OPEN_DATA", PRODUCERS.is_dir),
    "texts": Need("the texts of the sources", "name their folder in SOURCE_TEXTS", TEXTS.is_dir),
    "bulletins": Need("sentences of public bulletins", "name their folder in BULLETINS", BULLETINS.is_dir),
}

FIXTURES = {"browser": "browser", "printed": "browser", "tools": "lab", "exported": "lab"}
"""Fixtures that open what a test needs."""

IMPORTED = {
    "scipy": "survey",
    "statsmodels": "survey",
    "openpyxl": "survey",
    "pyreadstat": "survey",
    "distributed": "cluster",
    "playwright": "browser",
}
"""Packages whose import anywhere in a module makes its doctests need an extra."""


BOTH = "(needs or slow) and not covered"
"""What asks for the slow tier and for what needs something, and not for what a slow test does again."""

_SLOW, _NEEDY = r"mark\.slow\b", rf"\bneeds\(|\b(?:{'|'.join(FIXTURES)})\b"
SAID = {"slow": re.compile(_SLOW), "needs and not slow": re.compile(_NEEDY), BOTH: re.compile(f"{_SLOW}|{_NEEDY}")}
"""What every file says that holds tests of a tier, by how that tier is asked for: the other files it need not import."""


@cache
def met(need):
    """Return whether a need is met."""
    return NEEDS[need].there()


def needs_of(item):
    """Return what a test needs, each need once."""
    marked = [need for mark in item.iter_markers("needs") for need in mark.args]
    by_fixture = [FIXTURES[name] for name in getattr(item, "fixturenames", ()) if name in FIXTURES]
    return dict.fromkeys([*marked, *by_fixture, *_imported(item)])


def _imported(item):
    if not isinstance(item, pytest.DoctestItem):
        return []
    return _imports(item.path)


@cache
def _imports(path):
    found = re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [IMPORTED[name] for name in found if name in IMPORTED]


def pytest_addoption(parser):
    """Add where the account of a run is written."""
    parser.addoption("--account", type=Path, help="write what was tried and what was not into this file, as JSON")


def pytest_configure(config):
    """Declare the marks, and look for garbage seldom: what tests import and share lasts."""
    from evidence.programs import LASTING

    gc.set_threshold(LASTING)
    config.addinivalue_line("markers", "slow: takes long or kills many processes; run by make test-slow")
    config.addinivalue_line("markers", "covered: a slow test does all it does; left out where both tiers are tried in one run")
    config.addinivalue_line("markers", "needs(name): what a test needs beside the base, a name of NEEDS in needs.py")
    config.stash[NOT_TRIED] = {}


NOT_TRIED = pytest.StashKey()
"""Numbers of tests that were not tried: by need, and under "slow" those that another tier runs."""


def pytest_ignore_collect(collection_path, config):
    """Leave a file of tests alone that holds none of the tier that is asked for."""
    said = SAID.get(config.option.markexpr)
    return True if said and _is_test(collection_path) and not said.search(_text(collection_path)) else None


def _is_test(path):
    return path.name.startswith("test_") and path.suffix == ".py"


@cache
def _text(path):
    return path.read_text(encoding="utf-8")


def _says(item):
    """Refuse a test that its tier would pass over."""
    tiers = {"slow": item.get_closest_marker("slow"), "needs and not slow": item.get_closest_marker("needs")}
    for tier, belongs in tiers.items():
        if belongs and _is_test(item.path) and not SAID[tier].search(_text(item.path)):
            raise pytest.UsageError(f'{item.nodeid} is not found by -m "{tier}": write {SAID[tier].pattern} into its file')


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config, items):
    """Leave out the tests whose needs are not met, after those that were not asked for."""
    for item in items:
        for need in needs_of(item):
            if need not in NEEDS:
                raise pytest.UsageError(f'{item.nodeid} needs "{need}"; known are {", ".join(NEEDS)}')
            item.add_marker(pytest.mark.needs(need))
        _says(item)
    everything = list(items)
    yield
    lacking = {item: need for item in items for need in needs_of(item) if not met(need)}
    config.stash[NOT_TRIED] = dict(Counter(lacking.values()))
    if config.option.markexpr == "not slow":
        config.stash[NOT_TRIED]["slow"] = sum(item.get_closest_marker("slow") is not None for item in everything)
    if lacking:
        items[:] = [item for item in items if item not in lacking]
        config.hook.pytest_deselected(items=list(lacking))
    if hasattr(config, "workeroutput"):
        config.workeroutput["not_tried"] = config.stash[NOT_TRIED]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    """Take over what a process of its own left out; each collects the same tests."""
    node.config.stash[NOT_TRIED].update(getattr(node, "workeroutput", {}).get("not_tried", {}))


def pytest_terminal_summary(terminalreporter, config):
    """Say what was not tried, and write the account."""
    not_tried = config.stash[NOT_TRIED]
    for need in NEEDS:
        if need in not_tried:
            terminalreporter.write_line(f"not tried: {not_tried[need]} that need {NEEDS[need].name} ({NEEDS[need].remedy})")
    if config.option.account:
        passed = len(terminalreporter.getreports("passed"))
        skipped = Counter(_reason(report) for report in terminalreporter.getreports("skipped"))
        told = {"passed": passed, "skipped": skipped, "not tried": not_tried}
        config.option.account.write_text(json.dumps(told), encoding="utf-8")


def _reason(report):
    return report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else str(report.longrepr)


if __name__ == "__main__":
    sys.exit(pytest.main(["-p", "needs", *sys.argv[1:]]))
