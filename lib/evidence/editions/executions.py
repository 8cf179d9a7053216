"""Executions kept by their content: a chapter runs again only when its source, the code, or an answer it was given is another.

The key of an execution is what is known before it: the chapter in its committed form without outputs, the code of the library, the versions
of what computes and draws, and its parameters. Beside the outputs it holds every question the chapter asked with the hash of the answer; it is taken
only where today's data give the same answers. A file's name ends in the hash of its content, so that one that is cut off is no execution.
"""

from __future__ import annotations

import json
import platform
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
from evidence.kernels.store import Store
from evidence.statements import read_cells, read_notebook

KEPT = 300
"""Most executions kept, about twenty of the whole book; those used longest ago go first."""

PACKAGES = ("pandas", "numpy", "altair", "vl-convert-python", "ipykernel", "ipython", "nbformat")
"""Packages whose version an output depends on."""

_LIBRARIES = 8
"""Most data libraries whose answers are remembered; a grid of many days asks of one after the other."""


class Executions:
    """Executions kept in a folder.

    Args:
        folder: Where they are; made when the first is kept.
        kept: Most executions to keep.
    """

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._store = Store(folder, kept)
        self._code, self._environment = code_digest(), environment()
        self._answers: dict[tuple[str, str, Path], Answers] = {}

    def take(self, run: Run) -> bool:
        """Write the outputs of a kept execution to a run's target, and return whether there was one whose answers are today's."""
        key = self._key(run)
        for text in self._store.find(key):
            kept = json.loads(text)
            if self._holds(run, kept["questions"]):
                run.target.write_text(kept["notebook"], encoding="utf-8")
                self._store.used(key, text)
                return True
        return False

    def keep(self, run: Run) -> None:
        """Keep what a run has just given; not when the code has changed meanwhile, or the kernel did not tell its questions."""
        executed = read_notebook(run.target)
        questions = executed.metadata.get("questions")
        whole = all(_completed(cell) for cell in executed.cells if cell.cell_type == "code")
        if questions is None or not whole or code_digest() != self._code:
            return
        text = json.dumps({"questions": questions, "notebook": canonical(executed)}, ensure_ascii=False)
        self._store.put(self._key(run), text)
        self._store.drop()

    def _key(self, run: Run) -> str:
        cells = read_cells(run.notebook)
        empty = {"cells": [{**cell, "outputs": []} for cell in cells if cell["cell_type"] == "code"]}
        given = sorted((name, value) for name, value in run.parameters.items() if name != "data_dir" and value)
        parts = [run.notebook.stem, canonical({"cells": cells}, empty), self._code, *self._environment, given]
        return json.dumps(parts)

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
