"""Proof that recorded outputs are what the code gives: every chapter runs, and every output is compared whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.editions.execution import Run, execute_all
from evidence.editions.recording import notebooks
from evidence.errors import EditionError, told_by
from evidence.problems import Place, Problem
from evidence.statements import parse_notebook, read_notebook


def prove(only: str, jobs: int, done: Callable[[str], None], root: Path | None = None) -> list[Problem]:
    """Return what differs between the recorded outputs and those of a run now; nothing that was kept of an earlier run is read.

    Stricter than nbval, which leaves out pictures, obeys marks in a cell that switch its check off, and lets a cell without recorded output
    pass: here the file of a chapter must be, byte for byte, what recording it now would write.

    Args:
        only: Name of one chapter, or empty for all.
        jobs: How many to run at once.
        done: Called with each chapter's name as it ends.
        root: The book; the one it stands in when None.

    Raises:
        EditionError: If there is no chapter of that name.
    """
    chosen = notebooks(paths.chapters_dir(root), only)
    executed = execute_all([Run(path) for path in chosen], jobs, done)
    compared = (_differences(path, executed.texts[path.name]) for path in chosen if path.name in executed.texts)
    return [*told_by(executed.failures), *(problem for problems in compared for problem in problems)]


def demand_proof(jobs: int, done: Callable[[str], None], root: Path | None = None) -> None:
    """Run every chapter, and refuse the book unless each recorded output is what the code gives: what is built of it is published.

    Args:
        jobs: How many to run at once.
        done: Called with each chapter's name as it ends.
        root: The book; the one it stands in when None.

    Raises:
        EditionError: If a chapter fails or an output differs: names every cell.
    """
    if problems := prove("", jobs, done, root):
        raise EditionError([*problems, "Nothing was built or published."])


def _differences(path: Path, text: str) -> Iterator[Problem]:
    """Yield what differs between a recorded chapter and what recording it now would write, cell by cell."""
    if path.read_text(encoding="utf-8") == text:
        return
    recorded, now = read_notebook(path), parse_notebook(text, path.name)
    place, differing = Place(f"chapters/{path.name}"), list(_cells(recorded.cells, now.cells))
    for number, kind in differing:
        remedy = f"If the new one is right, run: evidence record {path.stem}"
        yield Problem(place.at(cell=number), f"recorded and new output differ ({kind}).", remedy)
    if not differing:
        yield Problem(place, "not in its committed form.", "Run: evidence format")


def _cells(recorded: list[Any], now: list[Any]) -> Iterator[tuple[int, str]]:
    for number, (old, new) in enumerate(zip(recorded, now, strict=True), start=1):
        if old.cell_type == "code" and (kind := _difference(old.outputs, new.outputs)):
            yield number, kind


def _difference(old: list[Any], new: list[Any]) -> str:
    """Return the first type of output that differs between two cells, or an empty text."""
    nothing: dict[str, Any] = {}
    for was, now in zip_longest(old, new, fillvalue=nothing):
        for kind in sorted({*was.get("data", {}), *now.get("data", {})}):
            if was.get("data", {}).get(kind) != now.get("data", {}).get(kind):
                return str(kind)
        if was != now:
            return str(now.get("output_type") or was.get("output_type"))
    return ""
