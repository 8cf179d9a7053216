"""Run chapters: each in a kernel of its own, several side by side, a failure told with its cell."""

from __future__ import annotations

import json
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.errors import EditionError

CELL_SECONDS = 120
"""Longest a cell may take; the slowest chapter cell takes about two seconds, so this only ends what hangs."""


@dataclass(frozen=True, slots=True)
class Run:
    """A chapter to execute.

    Attributes:
        notebook: Its committed file.
        target: Where the executed notebook goes; never the committed file.
        parameters: Values for its parameters cell.
    """

    notebook: Path
    target: Path
    parameters: dict[str, str]


def execute(run: Run) -> str:
    """Execute one chapter and return its name.

    Raises:
        EditionError: If a cell fails, hangs, or the kernel dies: names chapter, cell and the error.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    name = run.notebook.stem
    _check_parameters(run)
    for attempt in (1, 2):
        try:
            papermill.execute_notebook(
                str(run.notebook),
                str(run.target),
                parameters=run.parameters,
                cwd=str(run.notebook.parent),
                progress_bar=False,
                execution_timeout=CELL_SECONDS,
                log_output=False,
            )
            return name
        except PapermillExecutionError as error:
            number = error.cell_index + (0 if run.parameters else 1)  # papermill counts the cell it injects
            raise EditionError(f"chapters/{name}.ipynb, cell {number}: {error.ename}: {error.evalue}") from None
        except RuntimeError as error:
            if attempt == 2 or "Kernel died before replying" not in str(error):
                raise EditionError(f"chapters/{name}.ipynb: {error}") from None
        except Exception as error:
            raise EditionError(f"chapters/{name}.ipynb: {type(error).__name__}: {error}") from None
    raise EditionError(f"chapters/{name}.ipynb: the kernel did not start.")


def _check_parameters(run: Run) -> None:
    """Refuse parameters a chapter does not have; papermill would only warn and run the defaults."""
    import papermill

    known = papermill.inspect_notebook(str(run.notebook))
    unknown = sorted(set(run.parameters) - set(known))
    if unknown:
        raise EditionError(
            f"chapters/{run.notebook.name}: no parameter {', '.join(unknown)}; its parameters cell has {', '.join(known) or 'none'}."
        )


def execute_all(runs: list[Run], jobs: int, done: Callable[[str], None], executor: Executor | None = None) -> list[EditionError]:
    """Execute chapters side by side and return the failures; one failure does not stop the others.

    Args:
        runs: What to execute.
        jobs: How many at once; at least 1.
        done: Called with each chapter's name as it ends.
        executor: Where to run them; processes of this machine when None.

    Raises:
        EditionError: If there is nothing to run.
    """
    if not runs:
        raise EditionError("no chapter to run; a run of nothing proves nothing.")
    own = executor or ProcessPoolExecutor(
        max(1, min(jobs, len(runs))), multiprocessing.get_context("spawn"), initializer=_begin_worker, initargs=(os.getpid(),)
    )
    failures: list[EditionError] = []
    try:
        futures = {own.submit(execute, run): run for run in runs}
        for future in as_completed(futures):
            try:
                future.result()
            except EditionError as error:
                failures.append(error)
            except Exception as error:
                failures.append(EditionError(f"chapters/{futures[future].notebook.name}: the process that ran it ended ({error})."))
            done(futures[future].notebook.stem)
    finally:
        if executor is None:
            own.shutdown(wait=True, cancel_futures=True)
    return sorted(failures, key=str)


def _begin_worker(parent: int) -> None:
    """Set a worker up: it ends with the process that started it, and what kernels print while they end goes nowhere."""
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def default_jobs() -> int:
    """Return how many chapters to run at once: the cores there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def canonical(notebook: Any, outputs_of: Any | None = None) -> str:
    """Return a notebook in its committed form: stable ids, counts in order, nothing volatile.

    Args:
        notebook: The notebook whose cells are kept.
        outputs_of: Executed notebook to take the outputs from; the notebook itself when None.
    """
    executed = [
        cell
        for cell in (outputs_of or notebook)["cells"]
        if cell["cell_type"] == "code" and "injected-parameters" not in cell["metadata"].get("tags", [])
    ]
    code = iter(executed)
    cells = []
    for cell in notebook["cells"]:
        if "injected-parameters" in cell["metadata"].get("tags", []):
            continue
        kept = {"cell_type": cell["cell_type"], "id": cell["id"], "metadata": _tags(cell["metadata"]), "source": _lines(cell["source"])}
        if cell["cell_type"] == "code":
            count = sum(entry["cell_type"] == "code" for entry in cells) + 1
            kept |= {"execution_count": count, "outputs": [_output(output, count) for output in next(code)["outputs"]]}
        cells.append(dict(sorted(kept.items())))
    metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, ensure_ascii=False, indent=1) + "\n"


def _tags(metadata: Any) -> dict[str, Any]:
    return {"tags": list(metadata["tags"])} if metadata.get("tags") else {}


def _lines(source: str | Iterable[str]) -> list[str]:
    return ("".join(source)).splitlines(keepends=True)


def _output(output: Any, count: int) -> dict[str, Any]:
    kept: dict[str, Any] = {"output_type": output["output_type"]}
    for name in ("name", "text", "data", "ename", "evalue", "traceback"):
        if name in output:
            kept[name] = output[name]
    if "data" in kept:
        kept["data"] = {mime: _lines(value) if isinstance(value, str) else value for mime, value in sorted(kept["data"].items())}
        kept["metadata"] = {}
    if isinstance(kept.get("text"), str):
        kept["text"] = _lines(kept["text"])
    if output["output_type"] == "execute_result":
        kept["execution_count"] = count
    return dict(sorted(kept.items()))
