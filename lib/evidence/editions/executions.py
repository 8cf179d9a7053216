"""Executions kept by their content: a chapter runs again only when its source, the code, or an answer it was given is another.

The key of an execution is what is known before it: the chapter in its committed form without outputs, the code of the library, the versions
of what computes and draws, and its parameters. Beside the outputs it holds every question the chapter asked with the hash of the answer; it is taken
only where today's data give the same answers. A file's name ends in the hash of its content, so that one that is cut off is no execution.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any

from evidence.catalog import load
from evidence.chapter.questions import Answers
from evidence.editions.execution import Run, execute_all
from evidence.errors import EditionError
from evidence.form import canonical
from evidence.kernels.code import code_digest
from evidence.statements import read_cells, read_notebook

KEPT = 300
"""Most executions kept, about twenty of the whole book; those used longest ago go first."""

PACKAGES = ("pandas", "numpy", "altair", "vl-convert-python", "ipykernel", "ipython", "nbformat")
"""Packages whose version an output depends on."""

_LEFT_OVER_SECONDS = 3600
_LIBRARIES = 8
"""Most data libraries whose answers are remembered; a grid of many days asks of one after the other."""


class Executions:
    """Executions kept in a folder.

    Args:
        folder: Where they are; made when the first is kept.
        kept: Most executions to keep.
    """

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._folder, self._kept = folder, kept
        self._code, self._environment = code_digest(), environment()
        self._answers: dict[tuple[str, str, Path], Answers] = {}

    def take(self, run: Run) -> bool:
        """Write the outputs of a kept execution to a run's target, and return whether there was one whose answers are today's."""
        for path in sorted(self._folder.glob(f"{self._key(run)}-*.json"), key=_age):
            kept = _read(path)
            if kept is None:
                path.unlink(missing_ok=True)
            elif self._holds(run, kept["questions"]):
                run.target.write_text(kept["notebook"], encoding="utf-8")
                with contextlib.suppress(FileNotFoundError):  # another process may have dropped it meanwhile
                    os.utime(path)
                return True
        return False

    def keep(self, run: Run) -> None:
        """Keep what a run has just given; not when the code has changed meanwhile, or the kernel did not tell its questions."""
        executed = read_notebook(run.target)
        questions = executed.metadata.get("questions")
        whole = all(_completed(cell) for cell in executed.cells if cell.cell_type == "code")
        if questions is None or not whole or code_digest() != self._code:
            return
        content = json.dumps({"questions": questions, "notebook": canonical(executed)}, ensure_ascii=False).encode()
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / f"{self._key(run)}-{_hash(content)}.json"
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        beside.write_bytes(content)
        os.replace(beside, path)
        self._drop()

    def _drop(self) -> None:
        """Remove the executions used longest ago beyond those to be kept, and what a killed process left half written."""
        for path in sorted(self._folder.glob("*.json"), key=_age)[self._kept :]:
            path.unlink(missing_ok=True)
        for path in self._folder.glob(".*.json.*"):
            if _age(path) > _LEFT_OVER_SECONDS:
                path.unlink(missing_ok=True)

    def _key(self, run: Run) -> str:
        cells = read_cells(run.notebook)
        empty = {"cells": [{**cell, "outputs": []} for cell in cells if cell["cell_type"] == "code"]}
        given = sorted((name, value) for name, value in run.parameters.items() if name != "data_dir" and value)
        parts = [run.notebook.stem, canonical({"cells": cells}, empty), self._code, *self._environment, given]
        return _hash(json.dumps(parts).encode())

    def _holds(self, run: Run, questions: list[Any]) -> bool:
        data_dir, as_of, chapters = place = (run.parameters.get("data_dir", ""), run.parameters.get("as_of", ""), run.notebook.parent)
        if place not in self._answers:
            for oldest in list(self._answers)[: 1 - _LIBRARIES]:
                del self._answers[oldest]
            self._answers[place] = Answers(load(data_dir, as_of), chapters)
        answers = self._answers[place]
        return all(answers.digest(tuple(question)) == digest for question, digest in questions)


def environment() -> list[str]:
    """Return what else outputs depend on: machine, Python and the versions of `PACKAGES`."""
    return [platform.system(), platform.machine(), platform.python_version(), *(f"{name} {version(name)}" for name in PACKAGES)]


def execute_changed(
    runs: list[Run], jobs: int, done: Callable[[str], None], executions: Executions | None, taken: Callable[[str], None]
) -> list[EditionError]:
    """Execute the chapters of which no execution is kept that still holds, and return the failures.

    Args:
        runs: What to execute.
        jobs: How many at once.
        done: Called with each chapter's name as it ends, whether it ran or was taken.
        executions: Executions kept; None to run every chapter.
        taken: Called with the name of each chapter whose outputs were taken.

    Raises:
        EditionError: If there is nothing to run.
    """
    if not runs:
        raise EditionError("no chapter to run; a run of nothing proves nothing.")
    waiting: dict[str, Run] = {}

    def changed() -> Iterator[Run]:
        for run in runs:
            if executions and executions.take(run):
                taken(run.notebook.stem)
                done(run.notebook.stem)
            else:
                waiting[run.notebook.stem] = run
                yield run

    def ended(name: str) -> None:
        if executions and waiting[name].target.exists():
            executions.keep(waiting[name])
        done(name)

    changing = changed()
    first = next(changing, None)
    return execute_all(chain([first], changing), jobs, ended) if first else []  # each begins while others are still being compared


def _completed(cell: Any) -> bool:
    """Return whether a cell ran to its end; papermill stores a run that failed, too."""
    told = cell.metadata.get("papermill", {})
    return told.get("status") == "completed" and told.get("exception") is False


def _read(path: Path) -> dict[str, Any] | None:
    """Return a kept execution, or None when it is not whole."""
    try:
        content = path.read_bytes()
        kept = json.loads(content) if path.stem.rpartition("-")[2] == _hash(content) else None
    except (OSError, ValueError):
        return None
    return kept if isinstance(kept, dict) else None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
