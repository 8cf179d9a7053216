"""What the reader of stated numbers finds and reads rightly in the suites that its peers publish with their packages.

    python tests/benchmarks/peers.py [FOLDER]

FOLDER keeps the source packages; those that are not in it are fetched from the package index with pip. NEWSQUANT names the file of a suite that is in
no package. The suites hold much that a report does not
state (units of physics, dates as numbers), so the figures tell of change from one version to the next, and are no grade.
"""

import ast
import csv
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import newsquant

from evidence.errors import QuantityError
from evidence.quantity import find_numbers, parse


@dataclass(frozen=True)
class Case:
    """A sentence and what its suite says it states: the place of each quantity, and its value or the values of both its ends."""

    sentence: str
    labels: list[tuple[int, int, list[Fraction]]]


def member(archive: Path, ending: str) -> str:
    """Return the text of the one file in a source package whose name ends so."""
    with tarfile.open(archive) as package:
        name = next(name for name in package.getnames() if name.endswith(ending))
        return io.TextIOWrapper(package.extractfile(name), encoding="utf-8").read()


def quantulum3(archive: Path) -> Iterator[Case]:
    """Yield the sentences of quantulum3's test of quantities."""
    for row in json.loads(member(archive, "_lang/en_US/tests/quantities.json")):
        labels, position = [], 0
        for label in row["res"]:
            start = max(row["req"].find(label["surface"], position), 0)
            position = start + len(label["surface"])
            values = label["value"] if isinstance(label["value"], list) else [label["value"]]
            labels.append((start, position, [Fraction(str(value)) for value in values]))
        yield Case(row["req"], labels)


def text2num(archive: Path) -> Iterator[Case]:
    """Yield the spelled numbers of text2num's English test: the calls of text2num whose value the test states."""
    named: dict[str, str] = {}
    for node in ast.walk(ast.parse(member(archive, "tests/test_text_to_num_en.py"))):
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
            named[getattr(node.targets[0], "id", "")] = str(node.value.value)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "assertEqual" and isinstance(node.args[1], ast.Constant):
            call = node.args[0]
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "text2num":
                spelled = named.get(getattr(call.args[0], "id", "")) or str(call.args[0].value)
                yield Case(spelled, [(0, len(spelled), [Fraction(node.args[1].value)])])


def number_parser(archive: Path) -> Iterator[Case]:
    """Yield the spelled numbers of number-parser's English tables."""
    for table in ("hundreds/en_hundred_clevert.csv", "permutations/en_permutations_clevert.csv"):
        for row in csv.DictReader(io.StringIO(member(archive, table))):
            yield Case(row["text"], [(0, len(row["text"]), [Fraction(row["number"])])])


SUITES = {"quantulum3": ("0.10.0", quantulum3), "text2num": ("2.5.1", text2num), "number-parser": ("0.3.2", number_parser)}
"""Each suite's package with its version, and its adapter. Each package's own figure on its suite is all of it: its tests demand that."""


def fetched(name: str, folder: Path) -> Path | None:
    """Return the source package of a suite, from the folder or the package index, or None where it cannot be had."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "--no-deps",
        "--no-binary",
        ":all:",
        "-d",
        str(folder),
        f"{name}=={SUITES[name][0]}",
    ]
    if not (found := sorted(folder.glob(f"{name.replace('-', '?')}-*.tar.gz"))):
        subprocess.run(command, check=False, capture_output=True)
        found = sorted(folder.glob(f"{name.replace('-', '?')}-*.tar.gz"))
    return found[0] if found else None


def values(text: str) -> list[Fraction]:
    """Return the numbers that a text is read as: one, both ends of a range, or none where it is told but not read."""
    try:
        read = parse(text)
    except QuantityError:
        return []
    shares = [value / 100 for value in (read.anchor,)] if read.unit == "percent" else []
    return [end.anchor for end in read.ends] or [read.anchor, *shares]


def score(cases: list[Case]) -> tuple[int, int, int, int, int]:
    """Return how many quantities a suite states, how many of them are found and right, how many finds there are, and how many hit one."""
    total = found = right = finds = hits = 0
    for case in cases:
        numbers = find_numbers(case.sentence)
        finds += len(numbers)
        hits += sum(any(number.start < end and start < number.end for start, end, _ in case.labels) for number in numbers)
        for start, end, wanted in case.labels:
            met = [number for number in numbers if number.start < end and start < number.end]
            read = [value for number in met for value in values(number.text)]
            total, found = total + 1, found + bool(met)
            right += all(any(abs(value - want) <= abs(want) / 10**6 for value in read) for want in wanted)
    return total, found, right, finds, hits


def main(folder: Path) -> None:
    """Print what is found, right and precise in each suite, in NewsQuant, and the speed on all the packages' sentences."""
    print(f"{'suite':<16}{'states':>8}{'found':>8}{'right':>8}{'precise':>9}{'its own':>9}")
    texts = []
    for name, (_, adapter) in SUITES.items():
        archive = fetched(name, folder)
        if archive is None:
            print(f"{name:<16}{'could not be had':>33}")
            continue
        cases = list(adapter(archive))
        total, found, right, finds, hits = score(cases)
        texts += [case.sentence for case in cases]
        print(f"{name:<16}{total:>8}{found / total:>8.3f}{right / total:>8.3f}{hits / max(finds, 1):>9.3f}{1:>9.3f}")
    print(*newsquant.report(), sep="\n")
    text = "\n".join(texts) * 10
    started = time.process_time()
    find_numbers(text)
    print(f"{len(text) / 1000 / (time.process_time() - started):.0f} kB of them are read in a second of processor.")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as scratch:
            main(Path(scratch))
