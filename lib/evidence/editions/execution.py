"""Run chapters: each in a kernel of its own, several side by side, a failure told with its cell."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence import errors, kernels
from evidence.errors import EditionError

CELL_SECONDS = 120
"""Longest a cell may take; the slowest chapter cell takes about two seconds, so this only ends what hangs."""


class LostError(EditionError):
    """What ran a chapter died: nothing is known to be wrong with the chapter, and another try may succeed."""


@dataclass(frozen=True, slots=True)
class Run:
    """A chapter to execute.

    Attributes:
        notebook: Its committed file.
        target: Where the executed notebook goes; never the committed file.
        parameters: Values for its parameters cell.
        seconds: Longest a cell may take.
    """

    notebook: Path
    target: Path
    parameters: dict[str, str]
    seconds: int = CELL_SECONDS


def execute(run: Run) -> str:
    """Execute one chapter and return its name.

    Raises:
        LostError: If the kernel dies: names chapter and cell.
        EditionError: If a cell fails or hangs: names chapter, cell and the error.
    """
    import papermill
    from nbclient.exceptions import DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from evidence.editions import client

    name = run.notebook.stem
    _check_parameters(run)
    client.register()
    for attempt in (1, 2):
        try:
            papermill.execute_notebook(
                str(run.notebook),
                str(run.target),
                parameters=run.parameters,
                engine_name=client.NAME,
                cwd=str(run.notebook.parent),
                request_save_on_cell_execute=False,
                progress_bar=False,
                execution_timeout=run.seconds,
                log_output=False,
            )
            return name
        except PapermillExecutionError as error:
            raise EditionError(_failed(run, error.cell_index, f"{error.ename}: {error.evalue}{_where(error)}")) from None
        except client.StoppedError as error:
            raise (LostError if error.lost else EditionError)(_failed(run, error.index, error.why)) from None
        except DeadKernelError:
            raise LostError(f"chapters/{name}.ipynb: the kernel died between two cells.") from None
        except RuntimeError as error:
            if "Kernel died before replying" not in str(error):
                raise EditionError(f"chapters/{name}.ipynb: {error}") from None
            if attempt == 2:
                raise LostError(f"chapters/{name}.ipynb: {error}") from None
        except Exception as error:
            raise EditionError(f"chapters/{name}.ipynb: {type(error).__name__}: {error}") from None
    raise LostError(f"chapters/{name}.ipynb: the kernel did not start.")


def _failed(run: Run, index: int, why: str) -> str:
    number = index + (0 if run.parameters else 1)  # with parameters, papermill counts the cell it injects
    return f"chapters/{run.notebook.name}, cell {number}: {why}"


def _where(error: Any) -> str:
    """Return where an error arose, unless it is one of ours, whose message says what to do."""
    from evidence.editions.client import plain_traceback

    if hasattr(errors, error.ename):
        return ""
    return "\n" + "\n".join(plain_traceback(error.traceback))


def _check_parameters(run: Run) -> None:
    """Refuse parameters a chapter does not have; papermill would only warn and run the defaults."""
    import papermill

    known = papermill.inspect_notebook(str(run.notebook))
    unknown = sorted(set(run.parameters) - set(known))
    if unknown:
        raise EditionError(
            f"chapters/{run.notebook.name}: no parameter {', '.join(unknown)}; its parameters cell has {', '.join(known) or 'none'}."
        )


def execute_all(runs: Iterable[Run], jobs: int, done: Callable[[str], None], executor: Executor | None = None) -> list[EditionError]:
    """Execute chapters side by side and return the failures; one failure does not stop the others.

    Args:
        runs: What to execute; each begins as soon as it is known.
        jobs: How many at once; at least 1.
        done: Called with each chapter's name as it ends.
        executor: Where to run them; processes of this machine when None.

    Raises:
        EditionError: If there is nothing to run.
    """
    own = executor or workers(max(1, jobs))
    failures: list[EditionError] = []
    try:
        futures = {own.submit(execute, run): run for run in runs}
        if not futures:
            raise EditionError("no chapter to run; a run of nothing proves nothing.")
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


def prepare() -> None:
    """Start what chapters run in, so that it imports what they need while other work goes on."""
    if kernels.possible():
        from multiprocessing import forkserver

        kernels.address()
        forkserver.set_forkserver_preload(["evidence.editions.preload"])
        forkserver.ensure_running()


def workers(jobs: int) -> ProcessPoolExecutor:
    """Return processes that run chapters in kernels forked from one server of this process."""
    if not kernels.possible():
        return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_begin_worker, initargs=(os.getpid(), ""))
    prepare()
    shared = kernels.address()
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(jobs, context, initializer=_begin_worker, initargs=(os.getpid(), shared))


def _begin_worker(parent: int, server: str) -> None:
    """Set a worker up: it ends with the process that wants its work, and what kernels print while they end goes nowhere."""
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if server:
        kernels.use(server)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


def _end_with(parent: int) -> None:
    while _alive(parent):
        time.sleep(1)
    os._exit(1)


def _alive(process: int) -> bool:
    """Return whether a process runs; a worker is not always its child."""
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True


def default_jobs() -> int:
    """Return how many chapters to run at once: two for each core, for half of a chapter's time goes by in waiting for messages."""
    return 2 * (len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1)
