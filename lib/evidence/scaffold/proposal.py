"""A change proposed to the book: made on a copy, tried by every gate, and only then written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence import claims
from evidence.catalog import load, schema
from evidence.catalog.declaration import Table
from evidence.catalog.packaging import PACKAGE, canonical_files
from evidence.catalog.rows import read_rows, write_rows
from evidence.catalog.validation import validate
from evidence.catalog.wordings import SHOWN
from evidence.editions.execution import Run, execute_all
from evidence.errors import ScaffoldError, told_by
from evidence.form import canonical
from evidence.gates import Desk, run_gates
from evidence.paths import read_text
from evidence.problems import Problem
from evidence.receipts import carry
from evidence.scaffold.chapters import add_call
from evidence.scaffold.contents import listed_after
from evidence.statements import read_notebook
from evidence.writing import Transaction

_NAMING = ("id", "figure", "series")
"""Columns by whose cells prose and views name what a row is about."""
_ENDS = re.compile(r"\.(?:low|high)$")
_RANKED = re.compile(rb"/(?:highest|lowest)/([\w.-]+)")
"""Where a link compares a figure with all others of a series, or of ids that begin so."""
_PARTS = ("chapters", "data", "_toc.yml")
"""What of a book a proposal may change, in the order in which it does."""


class Proposal:
    """Rows and chapters that are to be added to the book.

    Args:
        root: The repository.
        work: The transaction it is written by; in its folder a copy of data, chapters and table of contents is changed.
    """

    def __init__(self, root: Path, work: Transaction) -> None:
        self.root, self.folder, self._work = root, work.folder, work
        self._tables: set[Path] = set()
        self._run: list[str] = []
        self._claims: list[str] = []
        self._names: list[bytes] = []

    def add_row(self, table: Table, cells: dict[str, str]) -> Path:
        """Add a row at the end of a table and return its file, below the data folder.

        Raises:
            DataError: If the table cannot be read.
        """
        name = Path(table.path) if table.path.endswith(".csv") else Path(table.path) / f"{cells['source']}.csv"
        path = self.folder / "data" / name
        rows = read_rows(path, f"data/{name.as_posix()}", table.names) if path.exists() else [list(table.names)]
        write_rows(path, [*rows, [cells.get(column, "") for column in table.names]])
        self._tables.add(name)
        self._claims += [cells["id"]] if table.name == "claims" else []
        self._names += [stem.encode() for name in _NAMING if (stem := _ENDS.sub("", cells.get(name, "")))]
        return name

    def prove(self, receipts: Sequence[dict[str, str]]) -> None:
        """Give rows that were added the receipts of a document that holds them, in a library that keeps receipts.

        Args:
            receipts: Cells of the receipts, by column.
        """
        if (self.folder / "data" / schema.RECEIPTS.path).exists():
            for receipt in receipts:
                self.add_row(schema.RECEIPTS, receipt)

    def declare(self, claim: dict[str, str]) -> None:
        """Declare what a new claim shows to readers as its wordings, in a book that declares them."""
        if (self.folder / "data" / schema.WORDINGS.path).exists():
            for column in SHOWN:
                self.add_row(schema.WORDINGS, {"scheme": "claim", "target": claim["id"], "wording": claim[column]})

    def add_chapter(self, name: str, notebook: Any, after: str) -> None:
        """Add a chapter after another.

        Raises:
            ScaffoldError: If there is a chapter of that name, or none of the other.
        """
        path, toc = self.folder / "chapters" / f"{name}.ipynb", self.folder / "_toc.yml"
        if path.exists() or path.with_suffix(".md").exists():
            raise ScaffoldError(f"chapters/{name}: there is such a chapter already. Choose another name with --name.")
        toc.write_text(listed_after(read_text(toc), name, after), encoding="utf-8")
        self._write(name, notebook)

    def show(self, chapter: str, call: str) -> None:
        """Add a cell to a chapter that shows something of the library, unless it has it.

        Raises:
            ScaffoldError: If there is no such chapter with code.
        """
        path = self.folder / "chapters" / f"{chapter}.ipynb"
        if not path.exists():
            raise ScaffoldError(f"chapters/{chapter}.ipynb: there is no such chapter. Name one with --chapter.")
        notebook = read_notebook(path)
        if all(cell.source != call for cell in notebook.cells):
            add_call(notebook, call, chapter)
        self._write(chapter, notebook)

    def _write(self, chapter: str, notebook: Any) -> None:
        path = self.folder / "chapters" / f"{chapter}.ipynb"
        path.write_text(canonical(notebook), encoding="utf-8")
        self._run.append(chapter)

    def accept(self) -> tuple[list[str], list[Problem]]:
        """Try the change by every gate and let it be written; return the files, and which chapters are to be recorded anew.

        Raises:
            ScaffoldError: If a gate finds something that was not there before; nothing is written then.
        """
        self._format()
        self._judge()
        desk = Desk()
        found = self._problems(self.folder, desk)
        self._refuse(found)
        if self._run:
            self._record()
            found = self._problems(self.folder, desk)
            self._refuse(found)
        return self._work.take(self.folder, *_PARTS), [problem for problem in found if problem.recordable]

    def _refuse(self, found: list[Problem]) -> None:
        """Refuse what the book without the proposal does not have."""
        new = [problem for problem in found if not problem.recordable]
        if new:
            before = set(map(str, self._problems(self.root, Desk())))
            new = [problem for problem in new if str(problem) not in before]
        if new:
            raise ScaffoldError([*new, "Nothing was written."])

    def _problems(self, root: Path, desk: Desk) -> list[Problem]:
        gates = run_gates(root / "data", root / "chapters", desk=desk, touched=self._touched)
        return [problem for gate in gates for problem in gate.problems]

    def _touched(self, file: Path) -> bool:
        """Return whether a chapter is another than the book's, or may state another thing with the new rows: by a name they bear, or a rank."""
        content, there = file.read_bytes(), self.root / "chapters" / file.name
        if not there.exists() or content != there.read_bytes() or any(name in content for name in self._names):
            return True
        return any(name == rank or name.startswith(rank + b".") for rank in _RANKED.findall(content) for name in self._names)

    def _format(self) -> None:
        """Give what was added its receipts, and write its tables in their committed form, coordinates filled in, and the package that lists the files."""
        if not self._tables:
            return
        carry(self.root / "data", self.folder / "data")
        files = canonical_files(self.folder / "data", self._tables)
        for name in [*self._tables, Path(PACKAGE)]:
            (self.folder / "data" / name).write_text(files[name], encoding="utf-8", newline="")

    def _judge(self) -> None:
        """Refuse a new claim that the data do not bear out."""
        if not self._claims:
            return
        library = validate(load(self.folder / "data"))
        for identifier in self._claims:
            entry = claims.find(identifier, library)
            judged = claims.judge(entry, library) if entry else None
            if judged and not judged.holds:
                inputs = ", ".join(f"{figure.id} = {figure.shown}" for figure in judged.inputs)
                raise ScaffoldError(f"claim {identifier}: the data do not bear it out ({inputs}). Nothing was written.")

    def _record(self) -> None:
        """Execute the chapters that were made or changed, on the proposed data."""
        chapters = [self.folder / "chapters" / f"{name}.ipynb" for name in dict.fromkeys(self._run)]
        executed = execute_all([Run(path, {"data_dir": str(self.folder / "data")}) for path in chapters], 1, lambda _name: None)
        if executed.failures:
            raise ScaffoldError([*told_by(executed.failures), "Nothing was written."])
        for name, text in executed.texts.items():
            (self.folder / "chapters" / name).write_text(text, encoding="utf-8")


@contextmanager
def propose(root: Path) -> Iterator[Proposal]:
    """Yield a proposal to be filled and accepted; it is written when the block ends, and what is not accepted leaves no trace.

    Args:
        root: The repository.

    Raises:
        WriteError: If another command writes the book, or a file that changes was saved meanwhile; nothing is written then.
    """
    with Transaction(root) as work:
        work.copy(*_PARTS, loosely=True)
        yield Proposal(root, work)
