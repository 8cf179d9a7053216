"""`Preview`: one chapter, looked at after each save, its cells run anew beside, and the page made of both."""

from __future__ import annotations

import copy
import json
import re
import shutil
import threading
from collections.abc import Callable
from typing import Any

from evidence import paths
from evidence.editions import Run, Started
from evidence.errors import EditionError, StatementError
from evidence.gates import Desk, run_gates
from evidence.gates.desk import ChapterFile, Snapshot
from evidence.gates.outputs import strange
from evidence.preview.marking import cleaned, shown, signed
from evidence.problems import NOWHERE, Place, Problem
from evidence.site.warm import WarmSite
from evidence.statements import chapter_files, parse_notebook, read_blocks
from evidence.writing import discard, temporary_folder

_AFTER_RECORDING = "recorded statements"
"""The gate that tells what `evidence record` will write; here the cells are run anew, so there is nothing to tell."""


class Preview:
    """One chapter as the site will show it. Nothing of the book is written; all that is made lies in a temporary folder until `close`."""

    def __init__(self, name: str, changed: Callable[[], None]) -> None:
        """Read the book.

        Args:
            name: Name of the chapter.
            changed: Called when there is another page to show.

        Raises:
            StatementError: If there is no such chapter.
        """
        root, files = paths.find_book(), {path.stem: path for path in chapter_files(paths.chapters_dir())}
        if name not in files:
            raise StatementError(Problem(Place(f"chapters/{name}"), "there is no such chapter.", f"There are {', '.join(files)}."))
        self.name, self.html, self.version = name, "", 0
        self._path, self._changed, self._desk, self.lock = files[name], changed, Desk(), threading.RLock()
        self._seen: Any = None
        self._wanted: Any = None
        self._running: Started | None = None
        self._ran: dict[str, Any] = {}
        self._failure: list[Problem] = []
        self._good, self._data = "", ""
        self._folder = temporary_folder("preview")
        try:
            for top in ("_config.yml", "_toc.yml"):
                shutil.copy2(root / top, self._folder / top)
            shutil.copytree(root / "chapters", self._folder / "chapters", ignore=shutil.ignore_patterns(".*"))
            self.site = WarmSite(root, self._folder, name)
        except BaseException:
            discard(self._folder)
            raise

    def look(self) -> None:
        """Show the chapter as it is saved now, and run its cells where something under them has changed."""
        with self.lock:
            try:
                gates, snapshot = run_gates(only=self.name, desk=self._desk), self._desk.read()
            except FileNotFoundError:
                return  # a file is just being put in the place of another; the next look finds it whole
            except Exception as error:  # nothing that is saved ends the preview
                self._renew([Problem(NOWHERE, f"the book cannot be checked: {type(error).__name__}: {error}.")])
                return
            problems = [problem for gate in gates if gate.name != _AFTER_RECORDING for problem in gate.problems]
            page = next((page for page in snapshot.pages if page.path == self._path), None)
            seen = (snapshot.digest, page and page.digest, [str(problem) for problem in problems])
            if seen != self._seen:
                self._seen = seen
                if page and not page.faults and snapshot.library:
                    self._run(page, snapshot)
                self._show(page, snapshot, problems)

    def _run(self, page: ChapterFile, snapshot: Snapshot) -> None:
        """Run the cells, unless they ran on the same data, code and statements; what still runs for an earlier save is ended."""
        if page.notebook is None:
            return
        code = [cell.source for cell in page.notebook.cells if cell.cell_type == "code"]
        wanted = (snapshot.digest, code, [str(statement) for statement in self._desk.statements(page, snapshot).statements])
        if wanted != self._wanted:
            self._wanted = wanted
            if self._running:
                self._running.stop()
            try:
                self._running = Started(Run(self._path), lambda found: self._take(found, wanted))
            except (OSError, EOFError) as error:  # what cells are run from is gone, or there is no room for more
                self._running = None
                self._failure = [
                    Problem(Place(f"chapters/{self._path.name}"), f"the cells cannot be run: {error}.", "Start the preview again.")
                ]

    def _take(self, found: str | EditionError, wanted: Any) -> None:
        """Show what the cells gave, unless something else is wanted by now."""
        with self.lock:
            if wanted is not self._wanted:
                return
            self._running, self._failure = None, []
            if isinstance(found, EditionError):
                self._failure = found.problems[:1]
            else:
                self._ran = {cell.id: cell.outputs for cell in parse_notebook(found, self._path.name).cells if cell.cell_type == "code"}
            self._seen = None
            self.look()

    def _show(self, page: ChapterFile | None, snapshot: Snapshot, problems: list[Problem]) -> None:
        problems = [*problems, *self._failure]
        self._good = cleaned(self._good)
        if page and not page.faults and snapshot.library:
            try:
                self._write(page, snapshot, problems)
                if snapshot.digest != self._data:
                    self._data = snapshot.digest
                    self.site.renew()
                self._good, warnings = self.site.page(f"chapters/{self.name}")
                problems += [Problem(NOWHERE, line.replace(f"{self._folder}/", "")) for line in warnings]
            except Exception as error:
                problems.append(Problem(Place(f"chapters/{self._path.name}"), f"the page cannot be made: {type(error).__name__}: {error}."))
        self._renew(problems)

    def _renew(self, problems: list[Problem]) -> None:
        """Show the last good state of the page with what must be mended now."""
        self.version += 1
        state = "The cells are being run; what they show is from before." if self._running else ""
        self.html = shown(self._good, problems, state, self.version)
        self._changed()

    def _write(self, page: ChapterFile, snapshot: Snapshot, problems: list[Problem]) -> None:
        """Write the chapter into the copy: its prose with signs, its cells with what they showed last."""
        statements = self._desk.statements(page, snapshot).statements
        nowhere = {id(statement.problem) for statement in statements if statement.problem and not statement.found}
        told = [(number, problem, id(problem) not in nowhere) for number, problem in enumerate(problems)]
        own = [entry for entry in told if entry[1].place.file == f"chapters/{self._path.name}"]
        target = self._folder / "chapters" / self._path.name
        if page.notebook is None:
            target.write_text(_prose(self._path.read_text(encoding="utf-8"), own), encoding="utf-8")
            return
        notebook = copy.deepcopy(page.notebook)
        for place, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type == "markdown":
                cell.source = _prose(cell.source, [entry for entry in own if entry[1].place.cell == place])
            elif cell.cell_type == "code":
                cell.outputs = _safe(self._ran.get(cell.get("id"), cell.outputs))
        target.write_text(json.dumps(notebook), encoding="utf-8")

    def close(self) -> None:
        """End what runs and remove what was made."""
        with self.lock:
            self._wanted = None
            if self._running:
                self._running.stop()
            self.site.close()
            discard(self._folder)


def _prose(source: str, problems: list[tuple[int, Problem, bool]]) -> str:
    """Return the prose of a cell with signs at its problems; where it holds what the site would run or read, as it is written."""
    text = cleaned(source)
    if not any(block.faults for block in read_blocks(text)):
        return signed(text, problems)
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 3)
    return f"{fence}text\n{text}\n{fence}"


def _safe(outputs: list[Any]) -> list[Any]:
    """Return outputs without what no view writes, which a page might run."""
    return [
        {**output, "data": {kind: content for kind, content in output["data"].items() if not strange(kind, content)}}
        if "data" in output
        else output
        for output in outputs
    ]
