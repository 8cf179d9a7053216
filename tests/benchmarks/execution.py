"""How long it takes to execute, prove and build the book, against the stock way on the same chapters and machine: ratios of one run.

The stock way: papermill one chapter after the other with stock kernels, nbval in one process, `jupyter-book build` with execution forced.
Ours: gates, every chapter run side by side and compared with what is recorded, the site from the recorded outputs. Beside them the floor: plain
Python that computes every figure once, and one write of the site. Seconds of a shared machine vary; the processor's do less, and count here.

With a revision, `python tests/benchmarks/execution.py HEAD~1`, what authors wait for instead, at this commit beside that one: a clone of each, the
commands taken in turn, the median of each with the most it may take on two quiet cores.
"""

import ctypes
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from evidence import paths
from evidence.editions.recording import notebooks

EVIDENCE = [sys.executable, "-m", "evidence.cli"]
LEAST, MOST_SECONDS, MOST_CLOCK = 2.0, 20.0, 11.0
"""How many times less of the processor ours must take than the stock way; what running the whole book anew may take, of the processor and by the clock."""

ROUNDS = 3
FIGURE = {
    "id": "made.up",
    "source": "demos",
    "locator": "Foreword",
    "quote": "Of all firms 12% said so.",
    "stated": "12%",
    "value": "12",
    "unit": "percent",
    "population": "firms",
    "as-of": "2026-04-30",
}
WAITS = {
    "evidence --help": (["--help"], "processor", 0.5),
    "evidence check": (["check"], "processor", 3.0),
    "evidence check coordination": (["check", "coordination"], "processor", 1.0),
    "evidence check --watch, a save": (["check", "--watch", "--format", "json"], "clock", 1.0),
    "evidence new figure": (["new", "figure", *(part for name, cell in FIGURE.items() for part in (f"--{name}", cell))], "clock", 2.0),
    "evidence record --check": (["record", "--check"], "clock", 11.0),
    "evidence build": (["build"], "clock", 25.0),
}
"""What is waited for, and the most seconds of the clock or of the processor that it may take."""

SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER of Linux's prctl: what a command leaves running is counted too."""

STOCK_RUN = """
import sys, papermill
for path in sys.argv[2:]:
    papermill.execute_notebook(path, sys.argv[1] + "/" + path.rpartition("/")[2], cwd=path.rpartition("/")[0], progress_bar=False)
"""

FLOOR = """
from evidence import ledger
from evidence.audit import verdicts
from evidence.catalog import load
from evidence.charts import bundle, chart_data
library = load()
verdicts(library), ledger.judge_claims(library)
for row in library.rows("charts"):
    bundle(chart_data(library, row["id"]), library, "")
"""

SITE = """
import sys
from pathlib import Path
from evidence import editions, paths
editions.build_site(paths.ROOT, Path(sys.argv[1]))
"""


@dataclass(frozen=True)
class Took:
    """How long something took: seconds by the clock, and of the processor."""

    clock: float
    processor: float

    def __add__(self, other):
        return Took(self.clock + other.clock, self.processor + other.processor)

    def __str__(self):
        return f"{self.clock:7.1f} s   {self.processor:7.1f} s of the processor"


def measured(command, book=paths.ROOT):
    """Return how long a command takes in a book, with all that it starts."""
    before, start = used(), time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(book / "lib")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=book, env=environment)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command}: exit {done.returncode}\n{done.stderr[-3000:]}")
    clock = time.perf_counter() - start
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return Took(clock, used() - before)


def used():
    """Return the seconds of the processor of all children that have ended."""
    found = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found.ru_utime + found.ru_stime


def after_a_save(command, book):
    """Return how long a command that watches a book takes from when a chapter is saved until it has told of it."""
    environment = {**os.environ, "PYTHONPATH": str(book / "lib")}
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=book, env=environment) as watching:
        watching.stdout.readline()
        before, start = spent(watching.pid), time.perf_counter()
        with (book / "chapters" / "coordination.ipynb").open("a", encoding="utf-8") as chapter:
            chapter.write("\n")
        watching.stdout.readline()
        took = Took(time.perf_counter() - start, spent(watching.pid) - before)
        watching.terminate()
    return took


def spent(process):
    """Return the seconds of the processor of a process that runs."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def stock_book(folder):
    """Copy the book and let its build run every chapter."""
    book = folder / "book"
    book.mkdir()
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, book / name, ignore=shutil.ignore_patterns(".*"))
    for name in ("_toc.yml", "CITATION.cff"):
        shutil.copy2(paths.ROOT / name, book)
    config = (paths.ROOT / "_config.yml").read_text(encoding="utf-8")
    forced = config.replace('execute_notebooks: "off"', 'execute_notebooks: "force"')
    assert forced != config
    (book / "_config.yml").write_text(forced, encoding="utf-8")
    return [sys.executable, "-c", "from jupyter_book.cli.main import main; main()", "build", str(book), "--all"]


def waits(revision):
    """Print what authors wait for at this commit and at another one."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as name:
        books = {commit: Path(name) / str(place) / "book" for place, commit in enumerate(("HEAD", revision))}
        for commit, book in books.items():
            subprocess.run(["git", "clone", "--quiet", str(paths.ROOT), str(book)], check=True)
            subprocess.run(["git", "-C", str(book), "checkout", "--quiet", commit], check=True)
            subprocess.run([sys.executable, "-m", "compileall", "-q", str(book / "lib")], check=True)
        print(f"{'seconds: clock and processor':30} {'here':>16} {revision[:14]:>16} {'ratio':>6}   most")
        for label, (command, counted, most) in WAITS.items():
            took = {commit: [] for commit in books}
            for commit, book in [*books.items()] * ROUNDS:
                wait = after_a_save if "--watch" in command else measured
                took[commit].append(wait([*EVIDENCE, *command], book))
                subprocess.run(["git", "-C", str(book), "checkout", "--quiet", "."], check=True)
            here, there = (
                Took(*(statistics.median(getattr(one, name) for one in took[commit]) for name in ("clock", "processor")))
                for commit in books
            )
            row = " ".join(f"{one.clock:7.2f} {one.processor:8.2f}" for one in (here, there))
            met = "" if getattr(here, counted) <= most else "  MISSED"
            print(f"{label:30} {row} {getattr(here, counted) / getattr(there, counted):6.2f}   {most:g} of the {counted}{met}", flush=True)


def main():
    """Print what each way took and the ratios; exit 1 if one falls short of its target."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1)
    chapters = [str(path) for path in notebooks(paths.chapters_dir())]
    nbval = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env", str(paths.chapters_dir())]
    took = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, command in (
            ("stock: papermill, one chapter after the other", [sys.executable, "-c", STOCK_RUN, name, *chapters]),
            ("stock: nbval, one process", [sys.executable, *nbval]),
            ("stock: jupyter-book build, execution forced", stock_book(folder)),
            ("ours: every chapter run and compared", [*EVIDENCE, "record", "--check"]),
            ("ours: gates", [*EVIDENCE, "check"]),
            ("ours: every chapter run and compared, and the site", [*EVIDENCE, "build", "--out", str(folder / "site")]),
            ("floor: every figure once in plain Python", [sys.executable, "-c", FLOOR]),
            ("floor: one write of the site", [sys.executable, "-c", SITE, str(folder / "site")]),
        ):
            took[label] = measured(command)
            print(f"{label:58} {took[label]}", flush=True)
    stock, ours, floor = (
        sum((one for label, one in took.items() if label.startswith(way)), Took(0, 0)) for way in ("stock", "ours", "floor")
    )
    run = took["ours: every chapter run and compared"]
    ours = Took(ours.clock - run.clock, ours.processor - run.processor)
    by_clock, by_processor = stock.clock / ours.clock, stock.processor / ours.processor
    met = by_processor >= LEAST and run.processor <= MOST_SECONDS and run.clock <= MOST_CLOCK
    print(f"\nverify and build: {by_clock:.1f} times faster by the clock, {by_processor:.1f} of the processor, at least {LEAST:g}")
    print(
        f"the whole book anew: {run.processor:.1f} s of the processor, at most {MOST_SECONDS:g}, {run.clock:.1f} by the clock, at most {MOST_CLOCK:g}"
    )
    print(
        f"ours beside the floor: {ours.clock / floor.clock:.1f} times its seconds, {ours.processor / floor.processor:.1f} of the processor's"
    )
    print("met" if met else "MISSED")
    return met


if __name__ == "__main__":
    sys.exit(waits(sys.argv[1]) if sys.argv[1:] else not main())
