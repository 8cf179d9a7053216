"""Units of work that a worker does: run a chapter, compare a library with the book's own, write a ledger.

A unit says in a file of its own that it has begun. So it is known how often one was lost with its worker, whoever handed it over again: this
library, or the scheduler of a cluster.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from evidence import kernels, ledger
from evidence.catalog import Library, load
from evidence.editions.changes import compare, markdown
from evidence.editions.execution import LostError, Run, execute
from evidence.editions.executions import KEPT, Executions
from evidence.editions.grid.freezing import code
from evidence.editions.recording import replace_text
from evidence.errors import EvidenceError
from evidence.form import canonical
from evidence.gates import read_book
from evidence.statements import Passage, read_notebook

RETRIES = 3
"""How often a unit is tried again after what did it was lost."""

DONE, FAILED, LOST, STRANGE = "done", "failed", "lost", "strange"
"""How a unit can end: done; failed, and will fail again; lost, and may be tried again; its worker is not fit for any unit."""

_LIBRARIES = 4
_one_at_a_time = threading.Lock()  # papermill changes the folder of the whole process, and a cluster's worker may have several threads


@dataclass(frozen=True, slots=True)
class Unit(ABC):
    """A unit of work.

    Attributes:
        name: Its name within the run, part of a file name.
        work: Folder of the run, which every worker must see.
        code: Hash of the code of the process that wants it done.
    """

    name: str
    work: Path
    code: str

    @property
    def starts(self) -> int:
        """How often it was begun."""
        place = self._starts()
        return place.stat().st_size if place.exists() else 0

    def begin(self) -> None:
        """Count a start: a byte added to a file, which no kill can take back."""
        handle = os.open(self._starts(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(handle, b".")
        finally:
            os.close(handle)

    def _starts(self) -> Path:
        return self.work / "starts" / self.name

    @abstractmethod
    def do(self) -> None:
        """Do it; each kind of unit says how."""


@dataclass(frozen=True, slots=True)
class ChapterUnit(Unit):
    """Run a chapter, or take a kept execution whose answers are today's.

    Attributes:
        run: What to run; its target is written whole, in the committed form.
        kept: Folder of kept executions; None to run in any case.
        units: How many units the whole run has, so that as many executions are kept.
    """

    run: Run
    kept: Path | None
    units: int

    def do(self) -> None:
        """Write the executed chapter.

        Raises:
            LostError: If the kernel died.
            EditionError: If a cell fails or hangs.
        """
        with _one_at_a_time, tempfile.TemporaryDirectory() as folder:
            run = Run(self.run.notebook, Path(folder) / self.run.notebook.name, self.run.parameters, self.run.seconds)
            executions = _executions(self.kept, KEPT + self.units) if self.kept else None
            if not (executions and executions.take(run)):
                execute(run)
                if executions:
                    executions.keep(run)
            replace_text(self.run.target, canonical(read_notebook(run.target)))


@dataclass(frozen=True, slots=True)
class ReportUnit(Unit):
    """Compare a library with the book's own, both seen on a day.

    Attributes:
        own: The book's own data library.
        data: The library of the rows.
        as_of: The day, ISO, or empty.
        chapters: Folder of the chapters.
        target: Folder the report goes to, as `changes.json` and `changes.md`.
    """

    own: Path
    data: Path
    as_of: str
    chapters: Path
    target: Path

    def do(self) -> None:
        """Write the report."""
        report = compare(_library(self.own, ""), _library(self.data, self.as_of), self.chapters, _pages(self.chapters))
        replace_text(self.target / "changes.json", json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        replace_text(self.target / "changes.md", markdown(report))


@dataclass(frozen=True, slots=True)
class LedgerUnit(Unit):
    """Write the ledger of a snapshot, once for all rows that read it.

    Attributes:
        snapshot: Folder of the snapshot, which holds `data`.
        chapters: Folder of the chapters.
    """

    snapshot: Path
    chapters: Path

    def do(self) -> None:
        """Write `ledger.json`."""
        with tempfile.TemporaryDirectory() as folder:
            beside = Path(folder) / "ledger.json"
            ledger.write(ledger.build(_library(self.snapshot / "data", ""), self.chapters), beside)
            replace_text(self.snapshot / "ledger.json", beside.read_text(encoding="utf-8"))


def do(unit: Unit) -> tuple[str, str]:
    """Do a unit of work in this process, and return how it ended and what is to be said of it."""
    if _code() != unit.code:
        return STRANGE, "it runs other code of this library. Install the same there, and start its workers again."
    if not unit.work.is_dir():
        return STRANGE, f"it does not see {unit.work}. Give a folder that all workers share with --out."
    if unit.starts > RETRIES:
        return LOST, "the process that ran it ended."
    try:
        unit.begin()
        unit.do()
    except LostError as error:
        return LOST, str(error)
    except EvidenceError as error:
        return FAILED, str(error)
    except Exception as error:
        return FAILED, f"{type(error).__name__}: {error}"
    return DONE, ""


def do_there(unit: Unit) -> tuple[str, str]:
    """Do a unit of work in a process that has no server of kernels yet, as `do`."""
    _warm_kernels()
    return do(unit)


@cache
def _warm_kernels() -> None:
    kernels.use()


@cache
def _code() -> str:
    return code()


@lru_cache(maxsize=_LIBRARIES)
def _library(data: Path, as_of: str) -> Library:
    """Return a library; its folder is named by its content, so one that was read stays right."""
    return load(data, as_of)


@lru_cache(maxsize=1)
def _pages(chapters: Path) -> list[Passage]:
    return read_book(chapters)


@lru_cache(maxsize=1)
def _executions(folder: Path, kept: int) -> Executions:
    return Executions(folder, kept)
