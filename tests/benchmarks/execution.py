"""How long it takes to execute, prove and build the book, against the stock way on the same chapters and machine: ratios of one run.

The stock way: papermill one chapter after the other with stock kernels, nbval in one process, `jupyter-book build` with execution forced.
Ours: gates, every chapter run in warm kernels side by side and compared with what is recorded, the site from the stored outputs. Beside them
the floor: plain Python that computes every figure once, and one write of the site. Seconds of a shared machine vary; the processor's do less.
"""

import asyncio
import json
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

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory

from evidence import kernels, paths
from evidence.editions.recording import notebooks

EVIDENCE = [sys.executable, "-m", "evidence.cli"]
FIGURE, OLD, NEWER = "case.catch.apprentices", "430", ("440", "450", "460", "470")
"""A figure of one chapter, and what newer releases say instead; nothing kept of one serves another."""

STARTS = 7

STOCK_RUN = """
import sys, papermill
for path in sys.argv[3:]:
    name = path.rpartition("/")[2]
    papermill.execute_notebook(path, sys.argv[1] + "/" + name, {"data_dir": sys.argv[2], "as_of": ""},
                               cwd=path.rpartition("/")[0], progress_bar=False)
"""

OUR_RUN = """
import sys
from pathlib import Path
from evidence.editions.execution import Run, default_jobs, prepare
prepare()
from evidence import paths
from evidence.editions.executions import Executions, execute_changed
runs = [Run(Path(path), Path(sys.argv[1], Path(path).name), {"data_dir": sys.argv[2], "as_of": ""}) for path in sys.argv[3:]]
taken = []
failures = execute_changed(runs, default_jobs(), lambda name: None, Executions(paths.executions_dir()), taken.append)
assert not failures and 0 < len(taken) < len(runs), (failures, taken)
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


@dataclass(frozen=True)
class Took:
    """How long something took: seconds by the clock, and of the processor."""

    clock: float
    processor: float

    def __add__(self, other):
        return Took(self.clock + other.clock, self.processor + other.processor)

    def __str__(self):
        return f"{self.clock:7.1f} s   {self.processor:7.1f} s of the processor"


def measured(*commands):
    """Return how long commands take that run side by side; a command that is a list of commands runs these one after the other."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.TemporaryFile() as said:
        chains = [list(command) if isinstance(command[0], list) else [command] for command in commands]
        running = {subprocess.Popen(chain.pop(0), stdout=said, stderr=said): chain for chain in chains}
        while running:
            time.sleep(0.02)
            for process in [process for process in running if process.poll() is not None]:
                if process.returncode not in (0, 1):
                    said.seek(0)
                    raise RuntimeError(f"{process.args}: exit {process.returncode}\n{said.read().decode()[-3000:]}")
                if chain := running.pop(process):
                    running[subprocess.Popen(chain.pop(0), stdout=said, stderr=said)] = chain
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(time.perf_counter() - start, used)


def changed_data(folder, stated):
    """Write an overlay with one new vintage of a figure and a data library that holds it, and return both."""
    for path in sorted((paths.ROOT / "data" / "figures").glob("*.csv")):
        header, *lines = path.read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line.startswith(f"{FIGURE},"):
                (folder / "overlay" / "figures").mkdir(parents=True)
                day = next(cell for cell in line.split(",") if len(cell) == 10 and cell[4] == cell[7] == "-")
                new = line.replace(OLD, stated).replace(day, "2026-10-30")
                (folder / "overlay" / "figures" / path.name).write_text(f"{header}\n{new}\n", encoding="utf-8")
                shutil.copytree(paths.ROOT / "data", folder / "data")
                with (folder / "data" / "figures" / path.name).open("a", encoding="utf-8") as stream:
                    stream.write(new + "\n")
                return folder / "overlay", folder / "data"
    raise LookupError(f"no figure {FIGURE}")


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


async def start_with_imports():
    """Return the seconds from asking for a kernel to its having imported what a chapter does."""
    start = time.perf_counter()
    manager = AsyncKernelManager(kernel_name="python3")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    request = client.execute("import pandas, altair\nfrom evidence import Chapter")
    while (await client.get_shell_msg(timeout=120))["parent_header"].get("msg_id") != request:
        pass
    took = time.perf_counter() - start
    client.stop_channels()
    await manager.shutdown_kernel(now=True)
    return took


def kernel_starts():
    """Return the median seconds of a stock and of a warm kernel with imports; the server's own start is in neither."""
    factory = KernelProvisionerFactory.instance()
    stock = statistics.median(asyncio.run(start_with_imports()) for _ in range(STARTS))
    before = factory.default_provisioner_name
    kernels.use()
    asyncio.run(start_with_imports())
    warm = statistics.median(asyncio.run(start_with_imports()) for _ in range(STARTS))
    factory.default_provisioner_name = before
    kernels.close()
    return stock, warm


def main():
    """Print what each way took and the ratios; exit 1 if one falls short of its target."""
    os.environ.pop("JUPYTER_DEFAULT_PROVISIONER_NAME", None)  # or the stock way would run in our kernels
    chapters = [str(path) for path in notebooks(paths.chapters_dir())]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (overlay, data), *others = (changed_data(folder / stated, stated) for stated in NEWER)
        out = folder / "out"
        out.mkdir()
        build = [*EVIDENCE, "build", "--out", str(folder / "site")]
        rerun = [*EVIDENCE, "rerun", "--format", "json", "--out", str(folder / "editions")]
        papermill = [sys.executable, "-c", STOCK_RUN, str(out)]
        nbval = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--nbval",
            "--nbval-current-env",
            str(paths.chapters_dir()),
        ]

        took = {}

        def step(label, *commands):
            took[label] = measured(*commands)
            print(f"{label:58} {took[label]}", flush=True)

        step("stock: papermill, one chapter after the other", [*papermill, str(paths.ROOT / "data"), *chapters])
        step("stock: nbval, one process", nbval)
        step("stock: jupyter-book build, execution forced", stock_book(folder))
        step("ours: gates and site beside run and comparison", [[*EVIDENCE, "check"], build], [*EVIDENCE, "record", "--check"])
        subprocess.run([*EVIDENCE, "record"], capture_output=True, check=True)
        short = [measured([sys.executable, "-c", OUR_RUN, str(out), str(other), *chapters]) for _, other in others]
        took["ours: one figure changed, execution"] = sorted(short, key=lambda one: one.clock)[len(short) // 2]
        print(f"{'ours: one figure changed, execution (median of 3)':58} {took['ours: one figure changed, execution']}", flush=True)
        step("ours: one figure changed, clean site", [*rerun, "--data", str(overlay), "--site"])
        edition = folder / "editions" / "latest"
        assert (edition / "site" / "index.html").exists()
        report = json.loads((edition / "changes.json").read_text(encoding="utf-8"))
        assert [entry["new"] for entry in report["figures"] if entry["id"] == FIGURE] == [NEWER[0]]
        step("stock: one figure changed, papermill", [*papermill, str(data), *chapters])
        step("floor: every figure once in plain Python", [sys.executable, "-c", FLOOR])
        step("floor: one write of the site", build)

    stock, warm = kernel_starts()
    print(f"{'a stock kernel with imports':58} {stock:7.2f} s\n{'a warm kernel with imports':58} {warm:7.2f} s")
    floor = took["floor: every figure once in plain Python"] + took["floor: one write of the site"]
    whole = sum((took[label] for label in list(took)[:3]), Took(0, 0))
    ours = took["ours: gates and site beside run and comparison"]
    changed = took["stock: one figure changed, papermill"]
    site = took["ours: one figure changed, clean site"]
    alone = took["ours: one figure changed, execution"]
    again = changed + took["stock: nbval, one process"] + took["stock: jupyter-book build, execution forced"]
    ratios = [
        ("verify and build", whole, ours, 6),
        ("one figure changed, clean site", again, site, 8),
        ("one figure changed, execution alone", changed, alone, 20),
        ("a kernel with imports", Took(stock, stock), Took(warm, warm), 3),
    ]
    print(
        f"\nfloor: {floor}; ours takes {ours.clock / floor.clock:.1f} times its seconds, {ours.processor / floor.processor:.1f} of the processor's"
    )
    missed = 0
    for label, old, new, target in ratios:
        by_clock, by_processor = old.clock / new.clock, old.processor / new.processor
        missed += by_clock < target
        print(
            f"{label:40} {by_clock:5.1f} times faster ({by_processor:.1f} of the processor), at least {target}: {'met' if by_clock >= target else 'MISSED'}"
        )
    return not missed


if __name__ == "__main__":
    sys.exit(not main())
