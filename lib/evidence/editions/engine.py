"""A papermill engine that needs no kernel: a chapter's cells run in a process of their own, forked from this one, which has imported everything."""

from __future__ import annotations

import ast
import contextlib
import json
import multiprocessing
import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from nbclient import NotebookClient
from papermill.engines import Engine as PapermillEngine
from papermill.engines import papermill_engines

from evidence import errors
from evidence.editions import drawer, shell
from evidence.errors import EditionError
from evidence.form.notebook import INJECTED
from evidence.parsing import parse_python
from evidence.problems import Place, Problem

NAME = "evidence"
"""What papermill knows this engine as: `papermill --engine evidence`."""

CELL_SECONDS = 120
"""Longest a cell may take; the slowest of the book takes about two seconds, so this only ends what hangs."""

MEMORY_MB = 3072
"""Most memory a chapter may take, in megabytes; one of the book takes about 300."""

SECONDS_TO_START = 60.0
"""How long a process may take before its first cell begins; a tenth of a second is usual."""

SECONDS_TO_STOP = 5.0
"""How long an interrupted cell may take to show where it was, and a process to end after its last cell; one that does not is killed."""

_COLOURS = re.compile(r"\x1b\[[0-9;]*m")


class Engine(PapermillEngine):  # type: ignore[misc]
    """Runs a parameterized notebook; a cell that fails, crashes, hangs or takes too much memory fails its notebook alone, and is named."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        input_path: Any = "",
        chapter: str = "",
        folder: str = "",
        execution_timeout: float | None = None,
        memory_mb: int = MEMORY_MB,
        **_others: Any,
    ) -> None:
        """Run the cells of a notebook and store what they show.

        Args:
            nb_man: papermill's manager of the notebook.
            kernel_name: Not needed here.
            input_path: File of the notebook.
            chapter: Name of its file for messages; that of `input_path` when empty.
            folder: Working directory; the present one when empty.
            execution_timeout: Longest a cell may take, in seconds.
            memory_mb: Most memory it may take, in megabytes.

        Raises:
            EditionError: If a parameter is unknown or of another type, or a cell does not end well: names chapter and cell.
        """
        import_module("evidence.editions.preload")  # by name, for it registers this engine; what it imports no chapter has to

        notebook = nb_man.nb
        where = Place(f"chapters/{chapter or Path(str(input_path)).name}")
        if problem := parameter_problem(notebook):
            raise EditionError(Problem(where, problem))
        code = [(index, cell.source) for index, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.strip()]
        hearing = _Hearing(nb_man, where, execution_timeout or CELL_SECONDS, memory_mb)
        with _drawing() as line, _Process(code, Path(folder or Path.cwd()), memory_mb, line) as process:
            hearing.hear(process)
            process.let_end()


def register() -> None:
    """Make the engine known to papermill in this process."""
    papermill_engines.register(NAME, Engine)


def parameter_problem(notebook: Any) -> str:
    """Return what is wrong with the parameters a notebook was given, or an empty text; papermill itself would only warn.

    Args:
        notebook: A notebook as papermill has parameterized it.
    """
    given = notebook.metadata.get("papermill", {}).get("parameters", {})
    first = next((cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])), None)
    known = _assigned(first.source) if first else {}
    if unknown := sorted(set(given) - set(known)):
        return f"no parameter {', '.join(unknown)}; its parameters cell has {', '.join(known) or 'none'}."
    for name, value in given.items():
        if type(value) is not type(known[name]):
            kind, expected = type(value).__name__, type(known[name]).__name__
            return f"parameter {name} is {value!r}, of type {kind}, where {expected} is expected. papermill -r gives text as it stands."
    return ""


def _assigned(source: str) -> dict[str, Any]:
    """Return what a cell of parameters assigns; what it does not write out is no parameter."""
    found = {}
    for node in parse_python(source).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Constant):
            found[node.targets[0].id] = node.value.value
    return found


@contextlib.contextmanager
def _drawing() -> Iterator[Connection]:
    """Yield a line to what draws for the chapters of this thread; after a chapter that does not end well, another will draw for the next."""
    drawing = _OF_THREAD.drawer = getattr(_OF_THREAD, "drawer", None) or drawer.Drawer(MEMORY_MB)
    with drawing.line() as line:
        try:
            yield line
        except BaseException:
            _OF_THREAD.drawer = None
            drawing.end()
            raise


_OF_THREAD = threading.local()
"""What draws for the chapters that a thread runs, one after the other: a worker of a cluster has several threads."""


class _Process:
    """A fresh process that runs cells, as the one it was forked from sees it; it is gone when this is left."""

    def __init__(self, code: list[tuple[int, str]], folder: Path, memory_mb: int, drawing: Connection) -> None:
        self._reader, writer = multiprocessing.Pipe(duplex=False)
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            self._reader.close()
            drawer.draw_by(drawing)
            shell.be(code, folder, memory_mb, writer, parent)
        writer.close()

    def __enter__(self) -> _Process:
        return self

    def message(self, seconds: float) -> dict[str, Any] | None:
        """Return the next message, or None when there is none in so many seconds.

        Raises:
            EOFError: If it has ended.
        """
        if not self._reader.poll(max(0.0, seconds)):
            return None
        told: dict[str, Any] = json.loads(self._reader.recv_bytes())
        return told

    def interrupt(self) -> None:
        """Do what Ctrl-C would."""
        os.kill(self._pid, signal.SIGINT)

    def let_end(self) -> None:
        """Wait a little until it has ended by itself: whatever measures it, as coverage does, writes its findings last."""
        with contextlib.suppress(EOFError):
            self.message(SECONDS_TO_STOP)

    def end(self) -> str:
        """Return how it ended, for people."""
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        code = os.waitstatus_to_exitcode(status)
        return f"was ended by {signal.Signals(-code).name}" if code < 0 else "ended"

    def __exit__(self, *_error: object) -> None:
        self._reader.close()
        if self._pid:
            for kill in (os.kill, os.killpg):  # its group has what it has started, if it has lived to make one
                try:
                    kill(self._pid, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            self.end()


class _Hearing:
    """Stores what the cells of a notebook show while they run, as nbclient does, and stops one that takes too long."""

    def __init__(self, nb_man: Any, where: Place, seconds: float, memory_mb: int) -> None:
        self._manager, self._where, self._seconds, self._memory_mb = nb_man, where, seconds, memory_mb
        self._client = NotebookClient(nb_man.nb, record_timing=False)
        self._index, self._late = 0, False

    @property
    def _cell(self) -> Any:
        return self._manager.nb.cells[self._index]

    def hear(self, process: _Process) -> None:
        """Take all that a process tells until its last cell has ended, or one fails."""
        left = sum(cell.cell_type == "code" and bool(cell.source.strip()) for cell in self._manager.nb.cells)
        deadline = time.monotonic() + SECONDS_TO_START
        while left:
            try:
                message = process.message(deadline - time.monotonic())
            except EOFError:
                self._died(process.end())
            if message is None:
                deadline = self._stop(process)
            elif message["msg_type"] == "begin":
                self._index, deadline = message["index"], time.monotonic() + self._seconds
                self._client.clear_before_next_output = False
                self._manager.cell_start(self._cell, self._index)
            elif message["msg_type"] == "end":
                left -= 1
                self._end(message["good"])
            elif message["msg_type"] == "fault":
                self._fail(f"the process that runs it failed ({message['why']}).")
            else:
                self._client.process_message(message, self._cell, self._index)

    def _end(self, good: bool) -> None:
        if not good:
            self._failed()
        self._manager.cell_complete(self._cell, cell_index=self._index)

    def _failed(self) -> NoReturn:
        """Tell the error a cell ended with."""
        error = next((output for output in self._cell.outputs if output.output_type == "error"), None)
        name, said, trace = (error.ename, error.evalue, error.traceback) if error else ("error", "it ended without saying why", [])
        last = "\n".join(plain_traceback(trace))
        if self._late:
            self._fail(f'"{self._first_line}" ran longer than {self._seconds:g} seconds and was interrupted. Shorten what it does:\n{last}')
        if name == "MemoryError":
            self._fail(f'"{self._first_line}" took more than {self._memory_mb} MB of memory. Read or draw less in it.\n{last}')
        # An error of ours says itself what to do, and where.
        self._fail(f"{name}: {said}" + ("" if hasattr(errors, name) else f"\n{last}"))

    def _stop(self, process: _Process) -> float:
        """Interrupt a cell that has taken too long, and return until when to wait for it to show where it was."""
        if self._late:
            self._fail(
                f'"{self._first_line}" ran longer than {self._seconds:g} seconds and could not be interrupted. Take it out, or shorten it.'
            )
        self._late = True
        process.interrupt()
        return time.monotonic() + SECONDS_TO_STOP

    def _died(self, how: str) -> NoReturn:
        self._fail(f'the process {how} while it ran "{self._first_line}". Run this cell alone in JupyterLab to see why.')

    def _fail(self, why: str) -> NoReturn:
        """Refuse the chapter, with the cell numbered as an author counts."""
        self._manager.cell_exception(self._cell, cell_index=self._index)
        self._manager.cell_complete(self._cell, cell_index=self._index)
        injected = sum(INJECTED in cell.metadata.get("tags", []) for cell in self._manager.nb.cells[: self._index])
        raise EditionError(Problem(self._where.at(cell=self._index + 1 - injected), why))

    @property
    def _first_line(self) -> str:
        return str(self._cell.source).strip().partition("\n")[0][:80]


def plain_traceback(lines: list[str], last: int = 12) -> list[str]:
    """Return the end of a traceback without colours."""
    return [line for line in _COLOURS.sub("", "\n".join(lines)).splitlines() if line.strip()][-last:]
