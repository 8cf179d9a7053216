"""What a stranger installs and waits for at this commit, beside another one, in one run: `python tests/benchmarks/stranger.py REVISION [--test]`.

Each commit is cloned into an empty folder with an empty home. With `--test` the tests run too, which takes most of the time; each commit's own
command decides what it tries.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from environment import size_mb

ROOT = Path(__file__).resolve().parents[2]
ASKED = 5


def taken(command, folder, home):
    """Return the seconds of the clock and of the processors that a command took, and how it ended."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home)}
    code = subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    ).returncode
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, code


def measured(revision, tests):
    """Return what is measured of a commit, by name: seconds of the clock, or megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        home, book = Path(folder) / "home", Path(folder) / "book"
        home.mkdir()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(book)], check=True)
        subprocess.run(["git", "-C", str(book), "checkout", "--quiet", revision], check=True)
        commands = {"make book, all set up": ["make", "book"], "make book again": ["make", "book"]}
        if tests:
            commands["make test"] = ["make", "test"]
        found = {}
        for name, command in commands.items():
            clock, processor, code = taken(command, book, home)
            found[f"{name}: seconds"], found[f"{name}: of processors"] = clock, processor
            if code:
                print(f"{revision}: {name} ended with {code}")
        asked = [taken([str(book / ".venv" / "bin" / "evidence"), "--help"], book, home)[1] for _ in range(ASKED)]
        found["evidence --help: of processors"] = statistics.median(asked)
        found["environment: megabytes"] = size_mb(book / ".venv")
    return found


def main(revision, *options):
    """Measure this commit and the other one after it, and print both with their ratio."""
    here, there = measured("HEAD", "--test" in options), measured(revision, "--test" in options)
    print(f"{'':40} {'here':>9} {revision[:9]:>9} {'ratio':>6}")
    for name, value in here.items():
        print(f"{name:40} {value:9,.1f} {there[name]:9,.1f} {value / there[name]:6.2f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
