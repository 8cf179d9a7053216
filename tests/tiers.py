"""The steps of each tier of the proof, cheapest first; run.py runs them."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from needs import BOTH, TEXTS

BIN = Path(sys.executable).parent
TWO = ("-n", "2")
BY_FILE = ("--dist", "loadfile", "--no-loadscope-reorder")
"""What the tests of a file share is made once, and the files are dealt out in the order they are collected in."""


@dataclass(frozen=True)
class Step:
    """One step of a tier.

    Attributes:
        name: What it is called.
        command: What is run, in the root of the repository.
        counts: What pytest counts in it, empty where it is another program.
        need: What it needs beside the base, of the names in needs.py.
        beside: Whether it keeps one core busy, so that it runs beside another such step next to it.
    """

    name: str
    command: tuple
    counts: str = ""
    need: str = ""
    beside: bool = False


def pytest(name, counts, *arguments, **more):
    """Return a step that runs pytest."""
    return Step(name, (sys.executable, "tests/needs.py", "-q", "-p", "no:cacheprovider", *arguments), counts, **more)


def doctests(*arguments):
    """Return the step that runs the examples of the library."""
    where = ("lib/evidence", "lib/made_together", "--ignore=lib/evidence/site")
    return pytest("doctests", "doctests", "--doctest-modules", *where, *arguments, beside=True)


CHAPTERS = ("--dist", "loadscope", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "chapters")
# Its cache is not kept: what is proved is proved anew.
TYPES = Step(
    "types",
    (sys.executable, "-m", "mypy", "--config-file", "lib/pyproject.toml", "--no-error-summary", "--cache-dir", os.devnull),
    need="types",
    beside=True,
)
BENCHMARKS = [
    Step("size of the environment", (sys.executable, "tests/benchmarks/environment.py"), beside=True),
    Step("load", (sys.executable, "tests/benchmarks/load.py"), beside=True),
    Step("coverage and size of surveys", (sys.executable, "tests/benchmarks/survey.py"), need="survey", beside=True),
]
QUOTES = Step("quotes against the texts", (BIN / "evidence", "verify", "--check", "--sources", TEXTS), need="texts", beside=True)

TIERS = {
    "fast": [
        Step("format", (BIN / "ruff", "format", "--check", "--quiet", "lib", "tests")),
        Step("lint", (BIN / "ruff", "check", "--quiet", "lib", "tests")),
        TYPES,
        Step("gates", (BIN / "evidence", "check"), beside=True),
        doctests(),
        QUOTES,
        pytest("recorded outputs", "cells", *TWO, *CHAPTERS),
        pytest("tests", "tests", *TWO, *BY_FILE, "-m", "not slow", "tests"),
    ],
    "extras": [
        TYPES,
        doctests(),
        QUOTES,
        pytest("tests", "tests", *TWO, *BY_FILE, "-m", "needs and not slow", "tests"),
    ],
    "slow": [
        pytest("slow tests", "tests", *TWO, *BY_FILE, "-m", "slow", "tests"),
        *BENCHMARKS,
    ],
    "rest": [
        TYPES,
        *BENCHMARKS,
        doctests(),
        QUOTES,
        pytest("tests", "tests", *TWO, *BY_FILE, "-m", BOTH, "tests"),
    ],
    "weekly": [
        # How much lighter than a stock site ours is; each push holds ours to its own budget, in tests/site/test_weight.py.
        Step("site beside a stock one", (sys.executable, "tests/benchmarks/site.py"), need="browser"),
    ],
}
