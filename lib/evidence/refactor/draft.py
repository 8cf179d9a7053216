"""The book as it is to become: a copy that is changed, shown as a diff, tried by every gate, and written as a whole or not at all."""

from __future__ import annotations

import difflib
import json
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evidence import receipts, signing
from evidence.catalog import schema
from evidence.catalog.declaration import PAGES, Table
from evidence.catalog.packaging import canonical_files
from evidence.catalog.rows import read_rows, table_files, write_rows
from evidence.errors import ScaffoldError
from evidence.extension import package_folder
from evidence.form import canonical
from evidence.problems import Place, Problem
from evidence.refactor import mentions, trial
from evidence.refactor.mentions import ANY, Finder, Mention
from evidence.writing import Transaction

_PARTS = ("data", "chapters", "README.md", "_toc.yml")
"""What a change may rewrite of a book, beside the code of its package."""
_BESIDE = ("_config.yml", "CITATION.cff")
"""What the gates read beside it."""
_ALIASES = schema.ALIASES
_AT_ONCE = 6
"""Chapters that one change runs, so that it takes seconds; more only where they have changed themselves."""


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a change.

    Attributes:
        files: Files that change, from the book's folder.
        diff: The change as a unified diff, without recorded outputs.
        recorded: Chapters that were run anew.
        later: Chapters that are to be run yet, for something they only show has another name.
        stale: What is to be recorded yet.
    """

    files: list[str]
    diff: str
    recorded: list[str]
    later: list[str]
    stale: list[Problem]


class Draft:
    """A copy of the book that is changed.

    Args:
        book: The book.
        folder: The copy: its data, chapters, table of contents, README, and the code of its package, with what the gates read beside.

    Attributes:
        stale: Chapters that have changed themselves, and are recorded anew.
        shown: Chapters that show a name which has changed; they are recorded anew while there are not many.
    """

    def __init__(self, book: Path, folder: Path) -> None:
        self.book, self.folder = book, folder
        self.stale: set[str] = set()
        self.shown: set[str] = set()

    # Files

    def read(self, name: str) -> str:
        """Return the text of a file of the copy."""
        return (self.folder / name).read_bytes().decode("utf-8")

    def write(self, name: str, text: str) -> None:
        """Write a file of the copy."""
        (self.folder / name).write_text(text, encoding="utf-8", newline="")

    def page(self, name: str) -> str:
        """Return the file of a chapter, from the book's folder; an empty text where there is none."""
        return next((file for ending in ("ipynb", "md") if (self.folder / (file := f"chapters/{name}.{ending}")).exists()), "")

    def pages(self) -> list[str]:
        """Return the names of all chapters."""
        return sorted(path.stem for path in (self.folder / "chapters").iterdir() if path.suffix in (".ipynb", ".md"))

    def notebook(self, name: str) -> Any:
        """Return a chapter's notebook as its file holds it."""
        return json.loads(self.read(f"chapters/{name}.ipynb"))

    def write_notebook(self, name: str, notebook: Any) -> None:
        """Write a chapter's notebook in its committed form; it is recorded anew."""
        self.write(f"chapters/{name}.ipynb", canonical(notebook))
        self.stale.add(name)

    # Tables

    def files(self, table: Table) -> list[str]:
        """Return the files of a table, from the book's folder."""
        return [path.relative_to(self.folder).as_posix() for path in table_files(self.folder / "data", table)]

    def rows(self, file: str, table: Table) -> list[dict[str, str]]:
        """Return the rows of one file of a table, by column."""
        return [dict(zip(table.names, cells, strict=True)) for cells in read_rows(self.folder / file, file, table.names)[1:]]

    def write_table(self, file: str, table: Table, rows: list[dict[str, str]]) -> None:
        """Write a file of a table; one without rows ends."""
        if rows:
            write_rows(self.folder / file, [list(table.names), *([row[name] for name in table.names] for row in rows)])
        else:
            (self.folder / file).unlink()

    def all_rows(self) -> Iterator[tuple[Table, str, int, dict[str, str]]]:
        """Yield every row of the data library with its table, its file and its number, as a spreadsheet counts it."""
        for table in schema.tables():
            for file in self.files(table):
                yield from ((table, file, number, row) for number, row in enumerate(self.rows(file, table), start=2))

    def change_rows(self, change: Callable[[Table, str, dict[str, str]], dict[str, str] | None]) -> None:
        """Change every row of the data library.

        Args:
            change: Returns what becomes of a row of a table in a file, or None where it ends.
        """
        for table in schema.tables():
            for file in self.files(table):
                before = self.rows(file, table)
                after = [changed for row in before if (changed := change(table, file, row)) is not None]
                if after != before:
                    self.write_table(file, table, after)

    def add_alias(self, kind: str, old: str, new: str, reason: str) -> None:
        """Let an old name lead on, and names that led to it too.

        Args:
            kind: What it is the name of.
            old: The name that is given up.
            new: The name that takes its place; empty where none does.
            reason: Why, for readers.
        """
        file, named = f"data/{_ALIASES.path}", "" if kind == "figure" else kind
        rows = self.rows(file, _ALIASES) if (self.folder / file).exists() else []
        kept = [{**row, "new": new} if (row["kind"], row["new"]) == (named, old) else row for row in rows]
        kept = [row for row in kept if row["old"] != row["new"] and (row["kind"], row["old"]) != (named, old)]
        added = {"old": old, "new": new, "date": date.today().isoformat(), "reason": reason, "kind": named}
        self.write_table(file, _ALIASES, [*kept, added])

    # What is named

    def known(self) -> dict[str, set[str]]:
        """Return, for each name that something of the book bears, the tables in which it does."""
        found: dict[str, set[str]] = {name: {PAGES} for name in self.pages()}
        for table, _file, _number, row in self.all_rows():
            if "id" in row:
                found.setdefault(row["id"], set()).add(table.name)
                stem, _, end = row["id"].rpartition(".")
                if table.name == "figures" and end in ("low", "high"):
                    found.setdefault(stem, set()).add(table.name)
            if row.get("series") and table.name == "figures":
                found.setdefault(row["series"], set()).add("series")
        return found

    def texts(self) -> Iterator[tuple[str, Finder]]:
        """Yield the files of the copy that are texts and no notebooks, each with what finds the names in it."""
        yield "_toc.yml", mentions.in_contents
        for name in ("README.md", *sorted(path.name for path in (self.folder / "chapters").glob("*.md"))):
            if (self.folder / (file := name if name == "README.md" else f"chapters/{name}")).exists():
                yield file, mentions.in_markdown
        for path in sorted((self.folder / "data").rglob("*.toml")):
            yield path.relative_to(self.folder).as_posix(), mentions.in_codebook
        for path in sorted((self.folder / "lib").rglob("*.py")):
            yield path.relative_to(self.folder).as_posix(), mentions.in_package

    def cells(self, page: str) -> Iterator[tuple[int, str, Finder]]:
        """Yield the cells of a notebook by number from 1, each with its text and what finds the names in it."""
        for number, cell in enumerate(self.notebook(page)["cells"], start=1):
            finder = mentions.in_markdown if cell["cell_type"] == "markdown" else mentions.in_chapter_code
            yield number, "".join(cell["source"]), finder

    def notebooks(self) -> list[str]:
        """Return the names of the chapters that are notebooks."""
        return [name for name in self.pages() if self.page(name).endswith(".ipynb")]

    def replace(self, new_of: Callable[[Mention], str | None]) -> None:
        """Replace names wherever the book names them: tables, chapters, contents, codebooks and the code of its package.

        Args:
            new_of: Returns the new name of a mention, or None where it stays.
        """

        def row_of(table: Table, _file: str, row: dict[str, str]) -> dict[str, str]:
            found = {c.name: mentions.replaced(row[c.name], mentions.in_cell(table, c, row), new_of) for c in table.columns if row[c.name]}
            return {**row, **found}

        self.change_rows(row_of)
        for file, finder in list(self.texts()):
            text = self.read(file)
            if (changed := mentions.replaced(text, finder(text), new_of)) != text:
                self.write(file, changed)
        for page in self.notebooks():
            self._write_cells(page, lambda text, finder: mentions.replaced(text, finder(text), new_of))

    def write_sources(self, page: str, change: Callable[[str], str]) -> None:
        """Change the prose of a notebook, cell by cell; one that stays the same is not written."""
        self._write_cells(page, lambda text, finder: change(text) if finder is mentions.in_markdown else text)

    def _write_cells(self, page: str, change: Callable[[str, Finder], str]) -> None:
        notebook, changed = self.notebook(page), False
        for cell, (_, text, finder) in zip(notebook["cells"], list(self.cells(page)), strict=True):
            if (after := change(text, finder)) != text:
                cell["source"], changed = after.splitlines(keepends=True), True
        if changed:
            self.write_notebook(page, notebook)

    def expect(self, names: Iterable[str]) -> None:
        """Let the chapters that show some names be recorded anew: those whose outputs hold one."""
        shown = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, names))})(?![\w-]|\.\w)")
        for page in self.notebooks():
            outputs = [cell["outputs"] for cell in self.notebook(page)["cells"] if cell["cell_type"] == "code"]
            if shown.search(json.dumps(outputs, ensure_ascii=False)):
                self.shown.add(page)

    def places(self, table: str, name: str, known: dict[str, set[str]]) -> Iterator[Place]:
        """Yield each place where the book rests on a record or a page: where it is named, but for examples in prose, which are no links."""

        def named(mention: Mention, finder: Finder | None) -> bool:
            sure = mention.table == table or (mention.table == ANY and finder is not mentions.in_markdown and known.get(name) == {table})
            return sure and mention.name == name

        for of, file, number, row in self.all_rows():
            for column in of.columns:
                if row[column.name] and any(named(mention, None) for mention in mentions.in_cell(of, column, row)):
                    yield Place(file, number, row.get("id", ""), column=column.name)
        for file, finder in self.texts():
            for line, text in enumerate(self.read(file).splitlines(), start=1):
                if name in text and any(named(mention, finder) for mention in finder(text)):
                    yield Place(file, line=line)
        for page in self.notebooks():
            for cell, text, finder in self.cells(page):
                if name in text and any(named(mention, finder) for mention in finder(text)):
                    yield Place(f"chapters/{page}.ipynb", cell=cell)

    # The end

    def finish(self, *, record: bool = True) -> Change:
        """Write the copy in its committed form, run the chapters whose outputs have changed, and try it by every gate.

        Raises:
            ScaffoldError: If a gate finds something that was not there before.
        """
        receipts.carry(self.book / "data", self.folder / "data")
        signing.carry(self.book, self.folder)
        for name, text in canonical_files(self.folder / "data").items():
            target = self.folder / "data" / name
            if not target.exists() or target.read_bytes() != text.encode():
                target.write_text(text, encoding="utf-8", newline="")
        diff = "".join(self._diff())
        if not record:
            return Change(self._changed(), diff, [], [], [])
        shown = [name for name in self.notebooks() if name in self.shown - self.stale]
        chapters = [*(name for name in self.notebooks() if name in self.stale), *shown]
        later = chapters[max(len(self.stale), _AT_ONCE) :]
        chapters = chapters[: len(chapters) - len(later)]
        found = trial.tried(self.book, self.folder, chapters, code_changed=any(name.startswith("lib/") for name in self._changed()))
        if new := [problem for problem in found if not problem.recordable]:
            raise ScaffoldError([*new, "Nothing was written."])
        return Change(self._changed(), diff, chapters, later, found)

    def _changed(self) -> list[str]:
        here = {path.relative_to(self.folder).as_posix() for path in _files(self.folder)}
        there = {path.relative_to(self.book).as_posix() for path in _files(self.book)}
        gone = {name for name in there - here if not name.startswith("lib/")}
        written = [name for name in here if name not in there or (self.book / name).read_bytes() != (self.folder / name).read_bytes()]
        return sorted([*gone, *written])

    def _diff(self) -> Iterator[str]:
        """Yield the lines of a diff of all files, of notebooks their cells and not what they show."""
        for name in self._changed():
            if not name.startswith("data/schemas/") and name != "data/datapackage.json":
                old, new = (_shown(root / name) for root in (self.book, self.folder))
                yield from difflib.unified_diff(old, new, f"a/{name}", f"b/{name}", n=0)


def _shown(path: Path) -> list[str]:
    if not path.exists():
        return []
    text = path.read_bytes().decode("utf-8")
    if path.suffix == ".ipynb":
        text = "\n".join("".join(cell["source"]) for cell in json.loads(text)["cells"]) + "\n"
    return text.splitlines(keepends=True)


def _files(root: Path) -> Iterator[Path]:
    for name in (*_PARTS, "lib"):
        found = (root / name).rglob("*") if (root / name).is_dir() else [root / name]
        yield from (path for path in found if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts))


def changed_book(book: Path, change: Callable[[Draft], None], *, dry_run: bool = False) -> Change:
    """Change a book as a whole, or not at all.

    Args:
        book: The book.
        change: Changes a copy of it.
        dry_run: Whether to leave the book as it is, untried, and only tell what would change.

    Raises:
        ScaffoldError: If the change is refused, or a gate refuses what comes of it.
        WriteError: If somebody else writes into the book meanwhile.
    """
    with Transaction(book) as work:
        code = [path.relative_to(book) for folder in package_folder() if folder.is_relative_to(book) for path in folder.rglob("*.py")]
        names = [*map(Path, _PARTS), *code]
        work.see(*(book / name for name in names))
        copy = work.folder / "copy"
        for name in (*names, *map(Path, _BESIDE)):
            _copied(book / name, copy / name)
        draft = Draft(book, copy)
        change(draft)
        outcome = draft.finish(record=not dry_run)
        if not dry_run:
            work.take(copy, *(name.as_posix() for name in names if (book / name).exists()))
    return outcome


def _copied(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns(".*"))
    elif source.exists():
        shutil.copy2(source, target)
