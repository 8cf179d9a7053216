"""Proof that recorded outputs are what the code gives: every chapter runs, and every output is compared whole."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.editions.execution import Run, execute_all
from evidence.editions.recording import notebooks
from evidence.form import canonical
from evidence.statements import read_notebook


def prove(only: str, jobs: int, done: Callable[[str], None], root: Path | None = None) -> list[str]:
    """Return what differs between the recorded outputs and those of a run now, as messages; no kept execution is taken.

    Stricter than nbval, which leaves out pictures and lets a cell without recorded output pass: here the outputs of every cell are compared as
    they would be stored, in all their types.

    Args:
        only: Name of one chapter, or empty for all.
        jobs: How many to run at once.
        done: Called with each chapter's name as it ends.
        root: The book; the one it stands in when None.

    Raises:
        EditionError: If there is no chapter of that name.
    """
    with tempfile.TemporaryDirectory() as folder:
        runs = [Run(path, Path(folder) / path.name, {}) for path in notebooks(paths.chapters_dir(root), only)]
        failed = [str(failure) for failure in execute_all(runs, jobs, done)]
        return [*failed, *(problem for run in runs if run.target.exists() and not _failed(run, failed) for problem in _differences(run))]


def _failed(run: Run, failures: list[str]) -> bool:
    return any(failure.startswith(f"chapters/{run.notebook.name}") for failure in failures)


def _differences(run: Run) -> Iterator[str]:
    recorded, executed = read_notebook(run.notebook), read_notebook(run.target)
    if canonical(recorded) == canonical(recorded, executed):
        return
    now = iter([cell for cell in executed.cells if cell.cell_type == "code"])
    for number, cell in enumerate(recorded.cells, start=1):
        if cell.cell_type == "code" and (kind := _difference(cell.outputs, next(now).outputs)):
            yield (
                f"chapters/{run.notebook.name}, cell {number}: recorded and new output differ ({kind}). "
                f"If the new one is right, run: evidence record {run.notebook.stem}"
            )


def _difference(old: list[Any], new: list[Any]) -> str:
    """Return the first type of output that differs between two cells, or an empty text."""
    for was, now in zip_longest(old, new, fillvalue={}):
        for kind in sorted({*was.get("data", {}), *now.get("data", {})}):
            if was.get("data", {}).get(kind) != now.get("data", {}).get(kind):
                return str(kind)
        if (was.get("output_type"), was.get("name"), was.get("text")) != (now.get("output_type"), now.get("name"), now.get("text")):
            return str(now.get("output_type") or "no output")
    return ""
