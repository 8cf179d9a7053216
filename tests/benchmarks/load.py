"""How long a library of 10,000 figures takes to load, against a bare read and validation of the same files: the split and the ratio."""

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from evidence import paths
from evidence.catalog import load, schema
from evidence.catalog.rows import read_table
from evidence.catalog.validation import frame_schema, validate
from evidence.editions import write_rows

ROUNDS = 5


def build(folder, rows):
    """Write a library with `rows` figures, made by repeating the real ones under other ids."""
    shutil.copytree(paths.ROOT / "data", folder, ignore=shutil.ignore_patterns("figures"))
    real = [[row[name] for name in schema.FIGURES.names] for row in read_table(paths.ROOT / "data", schema.FIGURES)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = [list(schema.FIGURES.names)]
    for number in range(rows - len(real)):
        row = list(real[number % len(real)])
        turn = number // len(real)
        name = letters[turn // 26 % 26] + letters[turn % 26]
        row[0] = f"copy-{name}.{row[0]}"
        row[-3] = row[-2] = ""
        made.append(row)
    write_rows(folder / "figures" / "all.csv", [made[0], *real, *made[1:]])
    return folder / "figures" / "all.csv"


def median_seconds(action):
    """Return the median time of an action over some rounds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main():
    """Print the split; exit 1 if loading takes more than three times the bare read and validation."""
    with tempfile.TemporaryDirectory() as folder:
        file = build(Path(folder) / "data", 10_000)
        folder = file.parents[1]
        files = {table: folder / (table.path if table.path.endswith(".csv") else "figures/all.csv") for table in schema.tables()}
        files = {table: path for table, path in files.items() if path.exists()}

        def bare_read():
            return {table: pd.read_csv(path, dtype=object, keep_default_na=False) for table, path in files.items()}

        def bare():
            for table, frame in bare_read().items():
                frame_schema(table).validate(frame, lazy=True)

        steps = {
            "bare pandas.read_csv": bare_read,
            "bare read and pandera": bare,
            "load": lambda: load(folder),
            "load with every record parsed": lambda: load(folder).records,
            "load and validate": lambda: validate(load(folder)),
        }
        took = {name: median_seconds(action) for name, action in steps.items()}
        for name, seconds in took.items():
            print(f"{name:32} {seconds * 1000:8.0f} ms")
        ratio = took["load and validate"] / took["bare read and pandera"]
        print(f"loading 10,000 figures takes {ratio:.2f} times the bare read and validation (at most 3)")
        return ratio <= 3


if __name__ == "__main__":
    sys.exit(not main())
