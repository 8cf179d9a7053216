"""How long a library of 10,000 figures takes to load, against a bare read and validation of the same files: the split and the ratio."""

import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import pandas as pd

from evidence import paths
from evidence.catalog import load, schema
from evidence.catalog.rows import read_table, write_rows
from evidence.catalog.validation import validate

ROUNDS = 5

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def build(folder, rows):
    """Write a library with `rows` figures, made by repeating the real ones under other ids, and return its files by table."""
    shutil.copytree(paths.ROOT / "data", folder)
    real = read_table(folder, schema.FIGURES)
    made = defaultdict(list)
    for number in range(rows):
        turn, row = number // len(real), dict(real[number % len(real)])
        if turn:
            row["id"] = f"copy-{LETTERS[turn // 26 % 26]}{LETTERS[turn % 26]}.{row['id']}"
            row["series"] = row["category"] = ""
            row["population"] += f" of round {turn}"  # two ids for one number of one passage are refused
            row["quote"] = f"{row['id'][5:7]} {row['quote']}"[:300] if row["quote"] else ""
        made[row["source"]].append([row[name] for name in schema.FIGURES.names])
    for source, found in made.items():
        write_rows(folder / "figures" / f"{source}.csv", [schema.FIGURES.names, *found])
    single = [(table, folder / table.path) for table in schema.tables() if table.path.endswith(".csv") and (folder / table.path).exists()]
    return [*single, *((schema.FIGURES, folder / "figures" / f"{source}.csv") for source in made)]


def seconds(action):
    """Return the seconds of the processor that an action takes."""
    start = time.process_time()
    action()
    return time.process_time() - start


def main():
    """Print the split; exit 1 if loading with every number read takes more than three times a bare read that tries the patterns.

    What validation does besides, such as holding every record against all others of its passage and its series, no bare read does; it is printed.
    """
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder) / "data"
        files = build(folder, 10_000)

        def bare_read():
            return [(table, pd.read_csv(path, dtype=object, keep_default_na=False)) for table, path in files]

        def bare():
            for table, frame in bare_read():
                for column in table.columns:
                    frame[column.name].str.fullmatch(column.pattern or r".*").all()

        steps = {
            "bare pandas.read_csv": bare_read,
            "bare read and patterns": bare,
            "load": lambda: load(folder),
            "load with every record parsed": lambda: load(folder).records,
            "load and validate": lambda: validate(load(folder)),
        }
        # All steps in each round: what a busy machine slows down, it slows down in all of them.
        rounds = [{name: seconds(action) for name, action in steps.items()} for _ in range(ROUNDS)]
        for name in steps:
            print(f"{name:32} {statistics.median(took[name] for took in rounds) * 1000:8.0f} ms")
        ratio = statistics.median(took["load with every record parsed"] / took["bare read and patterns"] for took in rounds)
        print(f"loading 10,000 figures takes {ratio:.2f} times a bare read that tries the patterns (at most 3)")
        return ratio <= 3


if __name__ == "__main__":
    sys.exit(not main())
