"""Run a grid: every row becomes a folder that is there whole or not at all, and a summary tells what became of each."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.editions.execution import KILLED, Run, execute, prepare, workers
from evidence.editions.grid.freezing import FrozenBook, freeze_book, freeze_scenarios, put, row_name
from evidence.editions.grid.specification import Defaults, GridRow, read_grid
from evidence.editions.grid.summary import Summary, SummaryLine, read_report
from evidence.editions.grid.work import change_report, ledger_text
from evidence.errors import EditionError, EvidenceError
from evidence.gates import parameters
from evidence.statements import read_notebook
from evidence.writing import alive, discard, replace_file, swap


@dataclass(frozen=True, slots=True)
class GridOrder:
    """What to run.

    Attributes:
        grid: The CSV.
        defaults: What holds where a row says nothing.
        jobs: Chapters at once on this machine.
        out: Folder the grid's folder goes to.
        fresh: Whether to run every row, whatever rows are whole from before.
        scheduler: Address of a Dask scheduler whose workers run the rows; empty for processes of this machine.
    """

    grid: Path
    defaults: Defaults
    jobs: int
    out: Path
    fresh: bool = False
    scheduler: str = ""


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something that rows need done, by a process here or on a cluster; `store` takes what it gives."""

    do: Callable[..., Any]
    arguments: tuple[Any, ...]
    store: Callable[[Any], None]


@dataclass(slots=True)
class _Task:
    """A row that is being run: what it still waits for, and what went wrong."""

    row: GridRow
    folder: Path
    made: Path
    report: Path
    pending: int = 0
    errors: list[str] = field(default_factory=list)


def run_grid(
    order: GridOrder, done: Callable[[str], None], started: Callable[[int], None] = lambda _total: None, root: Path | None = None
) -> Summary:
    """Run the book or a chapter for every row of a grid, and return what became of each row.

    A row's folder is named by its content, written beside and moved into place at its end: run again after an interruption, the rows that are
    whole are not run again.

    Args:
        order: What to run.
        done: Called with each row as it ends.
        started: Called with the number of rows before the first runs.
        root: The book; the one it stands in when None.

    Raises:
        DataError: If the grid or the data of a scenario are malformed; nothing was run then.
        EditionError: If there is no chapter to run, a process was killed from outside, or the cluster is not fit or has gone.
    """
    root = root or paths.find_book()
    rows = read_grid(order.grid, paths.chapters_dir(root), order.defaults)
    if not order.scheduler:
        prepare()
    folder = (order.out / order.grid.stem).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    book = freeze_book(root, folder)
    snapshots = freeze_scenarios(order.grid.name, rows, book, folder)
    started(len(rows))
    with _work(folder) as work:
        run = _Run(order, folder, work, book, done)
        summary = run.rows([(row, snapshots[row.scenario]) for row in rows])
    summary.write()
    return summary


class _Run:
    """One run of a grid."""

    def __init__(self, order: GridOrder, folder: Path, work: Path, book: FrozenBook, done: Callable[[str], None]) -> None:
        self._order, self._folder, self._work, self._book, self._done = order, folder, work, book, done
        self._lines: dict[int, SummaryLine] = {}
        self._units: dict[str, _Unit] = {}
        self._wanted: dict[str, list[_Task]] = defaultdict(list)
        self._has = {path.stem: parameters(read_notebook(path)) or {} for path in book.chapters.glob("*.ipynb")}

    def rows(self, rows: list[tuple[GridRow, Path]]) -> Summary:
        fresh = 0
        for row, snapshot in rows:
            folder = self._folder / row_name(row, snapshot, self._book)
            if folder.exists() and not self._order.fresh:
                self._end(SummaryLine(row, folder.name, read_report(folder)))
            else:
                fresh += 1
                self._plan(row, snapshot, folder)
        if self._units:
            self._do()
        return Summary(self._folder, [self._lines[row.number] for row, _ in rows], fresh)

    def _do(self) -> None:
        """Hand all units over, and take what each gives as it ends."""
        with self._executor() as executor:
            running = {executor.submit(unit.do, *unit.arguments): name for name, unit in self._units.items()}
            for future in as_completed(running):
                self._ended(running.pop(future), future)

    def _executor(self) -> AbstractContextManager[Executor]:
        if not self._order.scheduler:
            return workers(self._order.jobs)
        from evidence.editions.grid.cluster import cluster

        return cluster(self._order.scheduler, self._work)

    def _plan(self, row: GridRow, snapshot: Path, folder: Path) -> None:
        """Add what a row needs to the units to be done; several rows may need the same."""
        made = self._work / "rows" / str(row.number)
        (made / "chapters").mkdir(parents=True)
        report = self._work / "reports" / f"{snapshot.name}-{row.as_of or 'all'}"
        report.mkdir(exist_ok=True)
        units = {f"report {report.name}": self._report(report, snapshot, row.as_of)}
        if not (snapshot / "ledger.json").exists():
            store = _write(snapshot / "ledger.json")
            units[f"ledger {snapshot.name}"] = _Unit(ledger_text, (snapshot / "data", self._book.chapters), store)
        units |= {f"row {row.number} {chapter}": self._chapter(row, chapter, snapshot / "data", made) for chapter in row.chapters}
        task = _Task(row, folder, made, report, len(units))
        for name, unit in units.items():
            self._units.setdefault(name, unit)
            self._wanted[name].append(task)

    def _report(self, target: Path, snapshot: Path, as_of: str) -> _Unit:
        def store(files: dict[str, str]) -> None:
            for name, text in files.items():
                replace_file(target / name, text)

        return _Unit(change_report, (self._book.data, snapshot / "data", as_of, self._book.chapters), store)

    def _chapter(self, row: GridRow, chapter: str, data: Path, made: Path) -> _Unit:
        given = {name: text for name, text in row.given if name in self._has[chapter]}
        notebook = self._book.chapters / f"{chapter}.ipynb"
        run = Run(notebook, {"data_dir": str(data), "as_of": row.as_of, **given})
        return _Unit(execute, (run,), _write(made / "chapters" / notebook.name))

    def _ended(self, name: str, future: Future[Any]) -> None:
        """Store what a unit gave, and end the rows that waited for nothing else."""
        error = ""
        try:
            self._units[name].store(future.result())
        except EvidenceError as failed:
            error = str(failed)
        except BrokenProcessPool:
            raise EditionError(f"{KILLED} Rows that are whole are kept.") from None
        except CancelledError:
            raise EditionError(
                f"the scheduler at {self._order.scheduler} has gone. Start it, then run the same command again: rows that are whole are kept."
            ) from None
        except Exception as failed:
            error = f"{type(failed).__name__}: {failed}"
        for task in self._wanted[name]:
            task.pending -= 1
            task.errors += [error] if error else []
            if not task.pending:
                self._end(self._line(task))

    def _line(self, task: _Task) -> SummaryLine:
        """Return what became of a row, its folder moved into place when it is whole."""
        if task.errors:
            return SummaryLine(task.row, "", {}, "\n".join(sorted(task.errors)))
        for name in ("changes.json", "changes.md"):
            shutil.copyfile(task.report / name, task.made / name)
        (swap if task.folder.exists() else put)(task.made, task.folder)
        return SummaryLine(task.row, task.folder.name, read_report(task.folder))

    def _end(self, line: SummaryLine) -> None:
        self._lines[line.row.number] = line
        self._done(line.row.label)


def _write(path: Path) -> Callable[[str], None]:
    return lambda text: replace_file(path, text)


@contextmanager
def _work(folder: Path) -> Iterator[Path]:
    """Yield a folder for what is not whole yet; those that killed runs of this machine left behind are removed."""
    ours = f".work-{platform.node()}-"
    for left in folder.glob(f"{ours}*"):
        if not alive(int(left.name.removeprefix(ours).partition("-")[0])):
            shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=f"{ours}{os.getpid()}-", dir=folder))
    work.chmod(0o755)
    for name in ("rows", "reports"):
        (work / name).mkdir()
    try:
        yield work
    finally:
        discard(work)
