"""Run chapters: each in a process of its own, several side by side, a failure told with its cell. No kernel is started and nothing is kept."""

from __future__ import annotations

import gc
import multiprocessing
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from multiprocessing import connection, forkserver, resource_tracker, util
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.errors import EditionError, StatementError
from evidence.form import canonical
from evidence.problems import Place, Problem
from evidence.programs import LASTING
from evidence.statements import read_notebook
from evidence.writing import temporary_folder

KILLED = "a process of this run was killed from outside, perhaps for want of memory. Run the same command again, with fewer --jobs."
"""What is said where what runs chapters is gone: nothing is known to be wrong with a chapter."""

_LONGEST_FOLDER = 60
"""Longest path of the folder of sockets; what multiprocessing adds takes 32 more, and the systems' limits are 104 and above."""


class _Engine:
    """The engine as papermill's entry point names it: loaded once it is asked for, since it loads papermill, which loads its entry points."""

    def __getattr__(self, name: str) -> Any:
        from evidence.editions.engine import Engine

        return getattr(Engine, name)


ENGINE = _Engine()


@dataclass(frozen=True, slots=True)
class Run:
    """A chapter to execute.

    Attributes:
        notebook: Its committed file.
        parameters: Values for its parameters cell.
        seconds: Longest a cell may take; the engine's own limit when 0.
        memory_mb: Most memory it may take, in megabytes; the engine's own limit when 0.
    """

    notebook: Path
    parameters: dict[str, str] = field(default_factory=dict)
    seconds: float = 0
    memory_mb: int = 0


@dataclass(slots=True)
class Executed:
    """What became of chapters that were run.

    Attributes:
        texts: Each chapter that ran to its end, in its committed form with the new outputs, by file name.
        failures: Why the others did not, sorted.
    """

    texts: dict[str, str] = field(default_factory=dict)
    failures: list[EditionError] = field(default_factory=list)


def execute(run: Run) -> str:
    """Execute one chapter and return it in its committed form with what its cells show now.

    Raises:
        EditionError: If a cell fails, crashes, hangs or takes too much memory: names chapter, cell and the error.
    """
    import nbformat
    import papermill

    from evidence.editions import engine

    engine.register()
    chapter = run.notebook.name
    try:
        executed = papermill.execute_notebook(
            nbformat.from_dict(read_notebook(run.notebook)),
            None,
            parameters=run.parameters,
            engine_name=engine.NAME,
            kernel_name="python3",
            language="python",
            request_save_on_cell_execute=False,
            progress_bar=False,
            log_output=False,
            chapter=chapter,
            folder=str(run.notebook.parent),
            execution_timeout=run.seconds or engine.CELL_SECONDS,
            memory_mb=run.memory_mb or engine.MEMORY_MB,
        )
    except (EditionError, StatementError) as error:
        raise EditionError(error.problems) from None
    except Exception as error:
        raise EditionError(Problem(Place(f"chapters/{chapter}"), f"{type(error).__name__}: {error}")) from None
    return canonical(executed)


def execute_all(runs: Iterable[Run], jobs: int, done: Callable[[str], None]) -> Executed:
    """Execute chapters side by side; one that fails does not stop the others.

    Args:
        runs: What to execute.
        jobs: How many at once; at least 1.
        done: Called with each chapter's name as it ends.

    Raises:
        EditionError: If there is nothing to run.
    """
    found = Executed()
    longest_first = sorted(runs, key=lambda run: run.notebook.stat().st_size, reverse=True)
    if not longest_first:
        raise EditionError("no chapter to run; a run of nothing proves nothing.")
    with workers(min(jobs, len(longest_first))) as pool:
        futures = {pool.submit(execute, run): run.notebook for run in longest_first}
        for future in as_completed(futures):
            try:
                found.texts[futures[future].name] = future.result()
            except EditionError as error:
                found.failures.append(error)
            except BrokenProcessPool:
                found.failures.append(EditionError(Problem(Place(f"chapters/{futures[future].name}"), KILLED)))
            done(futures[future].stem)
    found.failures.sort(key=str)
    return found


class Started:
    """A chapter that runs while other work goes on, in a process of its own that ends with this one."""

    def __init__(self, run: Run, done: Callable[[str | EditionError], None]) -> None:
        """Start it.

        Args:
            run: What to execute.
            done: Called in a thread of its own with the chapter in its committed form, or with why it did not run to its end.
        """
        prepare()
        self._stopped = False
        context = multiprocessing.get_context("forkserver")
        self._reader, writer = context.Pipe(duplex=False)
        self._process = context.Process(target=_tell, args=(run, writer, _surroundings()), daemon=True)
        _uninterrupted()(self._process.start)()
        writer.close()
        threading.Thread(target=self._hear, args=(done,), daemon=True).start()

    def _hear(self, done: Callable[[str | EditionError], None]) -> None:
        try:
            found = self._reader.recv()
        except EOFError:
            found = EditionError(KILLED)
        if not self._stopped:
            done(found)

    def stop(self) -> None:
        """End it, wherever it is; nothing is told of it any more."""
        self._stopped = True
        self._process.kill()
        self._process.join()


def _tell(run: Run, writer: connection.Connection, surroundings: tuple[str, str]) -> None:
    _begin(*surroundings)
    try:
        writer.send(execute(run))
    except EditionError as error:
        writer.send(error)


def prepare(*, yielding: bool = False) -> None:
    """Start what chapters are forked from, so that it imports what they need while other work goes on.

    Args:
        yielding: Whether all of them leave the processor to whatever else this command waits for, where that takes longer.
    """
    first = ["evidence.editions.yielding"] if yielding else []
    forkserver.set_forkserver_preload([*first, "evidence.editions.preload", "evidence.editions.silent"])
    usual, tempfile.tempdir = tempfile.tempdir, str(_sockets())  # multiprocessing makes its folder of sockets there
    try:
        resource_tracker.ensure_running()  # first, for it lets interrupts through again
        with _uninterrupted():  # which what is started keeps: it never hears of one, and a chapter does once it has begun
            forkserver.ensure_running()
    finally:
        tempfile.tempdir = usual


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until this is left: a process that is half started would complain that what it was started for is gone."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Pool(ProcessPoolExecutor):
    """Starts a process, where a piece of work needs one, whole."""

    submit = _uninterrupted()(ProcessPoolExecutor.submit)


@cache
def _sockets() -> Path:
    """Return this process's folder of sockets; what a killed process leaves of its own is found by its name and removed."""
    folder = temporary_folder("run", _LONGEST_FOLDER)
    util.Finalize(None, shutil.rmtree, (folder,), {"ignore_errors": True}, exitpriority=-200)  # multiprocessing empties it at -100
    return folder


@contextmanager
def workers(jobs: int) -> Iterator[Executor]:
    """Yield processes that run chapters, each of which forks a fresh one for every chapter; they end with this process, and at Ctrl-C at once.

    Args:
        jobs: How many; at least 1.
    """
    prepare()
    pool = _Pool(max(1, jobs), multiprocessing.get_context("forkserver"), initializer=_begin, initargs=_surroundings())
    try:
        yield pool
    except KeyboardInterrupt:
        for process in list((pool._processes or {}).values()):  # or they would go on with what they have been handed already
            process.kill()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _surroundings() -> tuple[str, str]:
    """Return where this process works and which book it was given by name: what chapters are forked from keeps those it was started with."""
    return str(Path.cwd()), os.environ.get(paths.VARIABLE, "")


def _begin(folder: str, book: str) -> None:
    """Let a worker work where the process does that wants its work, and end with it or at an interrupt.

    Args:
        folder: Working directory.
        book: Book that is named by EVIDENCE_BOOK, or empty.
    """
    os.chdir(folder)
    gc.set_threshold(LASTING)
    os.environ.pop(paths.VARIABLE, None)
    os.environ.update({paths.VARIABLE: book} if book else {})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        connection.wait([parent.sentinel])
        os._exit(1)


def default_jobs() -> int:
    """Return how many chapters to run at once: one for each core."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
