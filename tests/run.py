"""Run the tests in tiers, cheapest gate first: `python tests/run.py fast` is `make test`, `slow` is `make test-slow`."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
TWO = ["-n", "2"]
BY_FILE = ["--dist", "loadfile", "--no-loadscope-reorder"]
"""What the tests of a file share is made once, and the files are dealt out in the order they are collected in."""

TIERS = {
    "fast": [
        ("format", [BIN / "ruff", "format", "--check", "--quiet", "lib", "tests"]),
        ("lint", [BIN / "ruff", "check", "--quiet", "lib", "tests"]),
        ("gates", [BIN / "evidence", "check"]),
        ("doctests", [*PYTEST, "--doctest-modules", "lib/evidence", "--ignore=lib/evidence/site"]),
        (
            "recorded outputs",
            [*PYTEST, *TWO, "--dist", "loadscope", "--nbval", "--nbval-current-env", "--nbval-cell-timeout=120", "chapters"],
        ),
        ("tests", [*PYTEST, *TWO, *BY_FILE, "-m", "not slow", "tests"]),
    ],
    "slow": [
        ("slow tests", [*PYTEST, *TWO, "-m", "slow", "tests"]),
        ("benchmarks", [sys.executable, "tests/benchmarks/load.py"]),
        ("coverage and size of surveys", [sys.executable, "tests/benchmarks/survey.py"]),
        ("site beside a stock one", [sys.executable, "tests/benchmarks/site.py"]),
    ],
}
"""What each tier runs: a name and a command."""

SETTINGS = {"recorded outputs": {"JUPYTER_DEFAULT_PROVISIONER_NAME": "evidence-warm"}}
"""Environment of a step: nbval starts its kernels by a fork, in a third of the time."""


def main(tier):
    """Run every step of a tier, say how each ended, and return whether all were green."""
    red = []
    for name, command in TIERS[tier]:
        print(f"\n== {name}", flush=True)
        start = time.monotonic()
        environment = {**os.environ, **SETTINGS.get(name, {})}
        code = subprocess.run(list(map(str, command)), cwd=ROOT, env=environment, check=False).returncode
        print(f"== {name}: {'green' if code == 0 else f'red (exit {code})'}, {time.monotonic() - start:.0f} s", flush=True)
        red += [name] * (code != 0)
    print(f"\n{len(TIERS[tier]) - len(red)} passed, {len(red)} failed" + (f" ({', '.join(red)})" if red else ""))
    return not red


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1]))
