"""Run the proof in tiers, cheapest gate first, and end with what was proved and what was not tried.

`python tests/run.py fast` is `make test`; `extras` is of it what needs more than the base, and no more; `slow` is `make test-slow`. With
EVERYTHING=1 whatever was not tried makes the run red, but for the needs that WITHOUT names.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from needs import NEEDS, ROOT, TEXTS, met

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
    """

    name: str
    command: tuple
    counts: str = ""
    need: str = ""


def pytest(name, counts, *arguments, **more):
    """Return a step that runs pytest."""
    return Step(name, (sys.executable, "tests/needs.py", "-q", "-p", "no:cacheprovider", *arguments), counts, **more)


def doctests(*arguments):
    """Return the step that runs the examples of the library."""
    return pytest("doctests", "doctests", "--doctest-modules", "lib/evidence", "--ignore=lib/evidence/site", *arguments)


CHAPTERS = ("--dist", "loadscope", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "chapters")
# Its cache is not kept: what is proved is proved anew.
TYPES = Step(
    "types",
    (sys.executable, "-m", "mypy", "--config-file", "lib/pyproject.toml", "--no-error-summary", "--cache-dir", os.devnull),
    need="types",
)
QUOTES = Step("quotes against the texts", (BIN / "evidence", "verify", "--sources", TEXTS), need="texts")

TIERS = {
    "fast": [
        Step("format", (BIN / "ruff", "format", "--check", "--quiet", "lib", "tests")),
        Step("lint", (BIN / "ruff", "check", "--quiet", "lib", "tests")),
        TYPES,
        Step("gates", (BIN / "evidence", "check")),
        doctests(),
        pytest("recorded outputs", "cells", *TWO, *CHAPTERS),
        pytest("tests", "tests", *TWO, *BY_FILE, "-m", "not slow", "tests"),
        QUOTES,
    ],
    "extras": [
        TYPES,
        doctests(),
        pytest("tests", "tests", *TWO, *BY_FILE, "-m", "needs and not slow", "tests"),
        QUOTES,
    ],
    "slow": [
        pytest("slow tests", "tests", *TWO, "-m", "slow", "tests"),
        Step("size of the environment", (sys.executable, "tests/benchmarks/environment.py")),
        Step("load", (sys.executable, "tests/benchmarks/load.py")),
        Step("coverage and size of surveys", (sys.executable, "tests/benchmarks/survey.py"), need="survey"),
        Step("site beside a stock one", (sys.executable, "tests/benchmarks/site.py"), need="browser"),
    ],
}


@dataclass
class Account:
    """What a run did: steps that were red, what passed, what was not tried by need, what was skipped by reason, what another tier runs."""

    red: list
    proved: list
    not_tried: Counter
    skipped: Counter
    slow: int = 0


def run(step, account):
    """Run a step, say how it ended, and enter it into the account."""
    if step.need and not met(step.need):
        print(f"\n== {step.name}: not tried", flush=True)
        account.not_tried[step.need, "step"] += 1
        return
    print(f"\n== {step.name}", flush=True)
    start = time.monotonic()
    with TemporaryDirectory() as folder:
        told = Path(folder) / "account.json"
        command = [*step.command, *(("--account", told) if step.counts else ())]
        code = subprocess.run(list(map(str, command)), cwd=ROOT, check=False).returncode
        passed = enter(json.loads(told.read_text(encoding="utf-8")), step, account) if told.exists() else 0
    green = code == 0 and (passed > 0 or not step.counts)
    print(f"== {step.name}: {'green' if green else f'red (exit {code})'}, {time.monotonic() - start:.0f} s", flush=True)
    if not green:
        account.red.append(step.name)
    else:
        account.proved.append(f"{passed:,} {step.counts}" if step.counts else step.name)


def enter(told, step, account):
    """Enter what pytest tells of a step into the account, and return how many passed."""
    account.slow += told["not tried"].pop("slow", 0)
    for need, count in told["not tried"].items():
        account.not_tried[need, step.counts] += count
    account.skipped.update(told["skipped"])
    return told["passed"]


def close(account, everything, without):
    """Print what was proved and what was not tried, and return whether all is well."""
    if account.proved:
        print(f"\nProved: {', '.join(account.proved)}.")
    else:
        print("\nProved: nothing.")
    lines = [
        f"{count:,} {_of(kind, count)} without {NEEDS[need].name}: {NEEDS[need].remedy}"
        for (need, kind), count in account.not_tried.items()
    ]
    lines += [f"{count:,} {_of('tests', count)} skipped: {reason}" for reason, count in account.skipped.items()]
    unmet = [need for need, _ in account.not_tried if need not in without]
    print("Not tried:" if lines else "Not tried: nothing of this tier.")
    for line in lines:
        print(f"  {line}")
    if account.slow:
        print(f"Slow, and for make test-slow: {account.slow:,} tests.")
    if everything and (unmet or account.skipped):
        account.red.append("not tried")
    print(f"Red: {', '.join(account.red)}" if account.red else "Green.")
    return bool(account.proved) and not account.red


def _of(kind, count):
    return kind.removesuffix("s") if count == 1 else f"{kind.removesuffix('s')}s"


def main(tier):
    """Run every step of a tier and return whether all is well."""
    account = Account([], [], Counter(), Counter())
    for step in TIERS[tier]:
        run(step, account)
    without = set(os.environ.get("WITHOUT", "").split())
    if unknown := without - set(NEEDS):
        sys.exit(f"WITHOUT names {', '.join(sorted(unknown))}; known are {', '.join(NEEDS)}")
    return close(account, os.environ.get("EVERYTHING", "") not in ("", "0"), without)


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1]))
