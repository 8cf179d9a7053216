"""What the rows of a grid read, frozen in folders named by content: the book as it was, and the data of each scenario once."""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from evidence import ledger
from evidence.editions.grid.specification import GridRow
from evidence.editions.snapshot import make_snapshot
from evidence.errors import DataError
from evidence.problems import Place, Problem
from evidence.writing import sweep

PACKAGE = Path(__file__).parents[2]
"""The code of this library."""

PACKAGES = ("pandas", "numpy", "altair", "vl-convert-python", "ipykernel", "ipython", "nbformat")
"""Packages whose version an output depends on."""


@dataclass(frozen=True, slots=True)
class FrozenBook:
    """The book a grid runs on.

    Attributes:
        key: Hash of its chapters, its data and the code.
        folder: Copy of both, as `chapters` and `data`.
    """

    key: str
    folder: Path

    @property
    def chapters(self) -> Path:
        """Folder of its chapters."""
        return self.folder / "chapters"

    @property
    def data(self) -> Path:
        """Its own data library."""
        return self.folder / "data"


def code() -> str:
    """Return a hash of the code of this library, the same on every machine."""
    return ledger.digest(PACKAGE)


def environment() -> list[str]:
    """Return what else outputs depend on: machine, Python and the versions of `PACKAGES`."""
    return [platform.system(), platform.machine(), platform.python_version(), *(f"{name} {version(name)}" for name in PACKAGES)]


def freeze_book(root: Path, grid: Path) -> FrozenBook:
    """Copy chapters and data of a repository below a grid's folder, unless they are there, and return the copy."""
    key = _hash(ledger.digest(root / "chapters", root / "data"), code())
    folder = grid / "book" / key
    with _made_whole(folder) as beside:
        if beside:
            shutil.copytree(root / "data", beside / "data", symlinks=True)
            shutil.copytree(root / "chapters", beside / "chapters", ignore=shutil.ignore_patterns(".*"))
    return FrozenBook(key, folder)


def freeze_scenarios(file: str, rows: Iterable[GridRow], book: FrozenBook, grid: Path) -> dict[Path | None, Path]:
    """Write the data library of every scenario below a grid's folder, unless it is there, and return the folder of each.

    Args:
        file: Name of the grid, for messages.
        rows: Its rows.
        book: The book, whose data an overlay is laid over.
        grid: The grid's folder.

    Raises:
        DataError: If the data of a scenario are malformed: names the first row that asks for it.
    """
    frozen: dict[Path | None, Path] = {}
    problems: list[Problem] = []
    for row in rows:
        if row.scenario not in frozen:
            try:
                frozen[row.scenario] = _freeze(row.scenario, book, grid)
            except DataError as error:
                frozen[row.scenario] = Path()
                place = Place(file, row.number, column="scenario")
                problems += [Problem(place, str(problem)) for problem in error.problems]
    if problems:
        raise DataError([*problems, "Nothing was run."])
    return frozen


def _freeze(scenario: Path | None, book: FrozenBook, grid: Path) -> Path:
    given = scenario or book.data
    key = _hash(book.key, ledger.digest(given) if scenario else "")
    folder = grid / "snapshots" / f"{slug(given.resolve().name) if scenario else 'own'}-{key}"
    with _made_whole(folder) as beside:
        if beside:
            make_snapshot(given, beside / "data", book.data)
    return folder


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path | None]:
    """Yield a folder to fill, which takes its name when it is whole; None when it is there already."""
    sweep(folder.parent, ".partial-")  # what a killed run had begun
    if folder.exists():
        yield None
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".partial-{os.getpid()}-", dir=folder.parent, ignore_cleanup_errors=True) as name:
        beside = Path(name) / "whole"
        beside.mkdir()
        yield beside
        put(beside, folder)


def put(beside: Path, folder: Path) -> None:
    """Give a finished folder its name, unless another process has made the same one meanwhile."""
    try:
        os.rename(beside, folder)
    except OSError:
        if not folder.is_dir():
            raise


def row_name(row: GridRow, snapshot: Path, book: FrozenBook) -> str:
    """Return the name of a row's folder: what stands in the row, and a hash of all that its content depends on."""
    label = "-".join([row.as_of or "all", snapshot.name.rpartition("-")[0], *([row.chapters[0]] if len(row.chapters) == 1 else [])])
    content = json.dumps([snapshot.name, book.key, row.as_of, row.chapters, row.given, environment()])
    return f"{slug('-'.join([label, *(text for _, text in row.given)]))}-{_hash(content)}"


def slug(text: str) -> str:
    """Return a text as part of a file name.

    Example:
        >>> slug("Pay & Work/2026")
        'pay-work-2026'
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower())[:80].strip("-")


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
