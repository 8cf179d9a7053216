"""What a row of a grid costs as rows grow, and what a second worker of a Dask cluster brings.

Every row is one real chapter on a day of its own, so no row can be answered from another. Ratios of one run: `python tests/benchmarks/grid.py`,
or with numbers of rows, such as `python tests/benchmarks/grid.py 10 50`. On a machine that others use too the processor's seconds say more.
"""

import resource
import shutil
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from distributed import LocalCluster

from evidence import editions

CHAPTER = "coordination"
ROWS = (10, 50, 200)
ON_CLUSTER = 30
LEAST_GAIN, MOST_COST = 1.7, 1.0
"""What a second worker must bring at least; what a row of the longest grid may cost at most, as a part of a row of the shortest."""


def grid(folder, name, rows, first):
    """Write a grid of days that no other grid has."""
    days = [(date(2027, 1, 1) + timedelta(days=first + number)).isoformat() for number in range(rows)]
    path = folder / f"{name}.csv"
    path.write_text("as_of\n" + "\n".join(days) + "\n", encoding="utf-8")
    return path


def run(file, out, scheduler=""):
    """Run a grid, and return its seconds by the clock and of the processor; every row must have been run."""
    given = editions.Defaults(only=CHAPTER)
    before, start = used(), time.perf_counter()
    summary = editions.run_grid(editions.GridOrder(file, given, 2, out, scheduler=scheduler), lambda _label: None)
    took = time.perf_counter() - start
    rows = len(file.read_text(encoding="utf-8").splitlines()) - 1
    assert summary.fresh == rows and all(line.state == "done" for line in summary.lines), summary.lines
    return took, used() - before


def used():
    """Return the seconds of the processor of this process and of its children that have ended."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(found.ru_utime + found.ru_stime for found in map(resource.getrusage, whose))


def on_cluster(folder, workers):
    """Return the seconds of a grid on a cluster, after each worker has warmed up."""
    with LocalCluster(n_workers=workers, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0") as cluster:
        out = folder / f"on-{workers}"
        run(grid(folder, "warm", 2 * workers, 0), out, cluster.scheduler_address)
        return run(grid(folder, "cluster", ON_CLUSTER, 400), out, cluster.scheduler_address)[0]


def main(sizes):
    """Print what a row costs and the ratios; exit 1 if one falls short of its target."""
    costs = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for rows in sizes:
            clock, processor = run(grid(folder, f"rows-{rows}", rows, 0), folder / "out")
            costs[rows] = clock / rows
            print(f"{rows:4} rows {clock:7.1f} s, {clock / rows:6.2f} s a row by the clock, {processor:7.1f} s here", flush=True)
            shutil.rmtree(folder / "out")
        one, two = on_cluster(folder, 1), on_cluster(folder, 2)
    print(f"{ON_CLUSTER} rows on a cluster: one worker {one:.1f} s, two workers {two:.1f} s\n")
    most = costs[max(sizes)] / costs[min(sizes)]
    ratios = [
        (f"a row of {max(sizes)} beside a row of {min(sizes)}", most, most <= MOST_COST, f"at most {MOST_COST}"),
        ("two workers beside one", one / two, one / two >= LEAST_GAIN, f"at least {LEAST_GAIN}"),
    ]
    for label, ratio, met, target in ratios:
        print(f"{label:58} {ratio:5.2f}, {target}: {'met' if met else 'MISSED'}")
    return all(met for _, _, met, _ in ratios)


if __name__ == "__main__":
    sys.exit(not main(tuple(map(int, sys.argv[1:])) or ROWS))
