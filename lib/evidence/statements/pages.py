"""Pages of the book and the prose cells of the data library, as blocks with their places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from evidence.catalog import Library, schema, where
from evidence.errors import StatementError
from evidence.statements.prose import Block, read_blocks


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with its place.

    Attributes:
        page: Name of the chapter, or `data/charts.csv` and the like for prose in the library.
        where: Place for a message: file, cell and line.
        block: The block.
    """

    page: str
    where: str
    block: Block


def chapter_files(chapters: Path) -> list[Path]:
    """Return the chapters' files, notebooks and Markdown, by name.

    Raises:
        StatementError: If there is none.
    """
    files = sorted(path for path in chapters.iterdir() if path.suffix in (".ipynb", ".md"))
    if not files:
        raise StatementError(f"{chapters.name}/: no chapter found; a check of nothing proves nothing.")
    return files


def read_notebook(path: Path) -> Any:
    """Return a notebook.

    Raises:
        StatementError: If the file is not a notebook, for example because a merge conflict was left in it.
    """
    text = path.read_text(encoding="utf-8")
    if conflict := re.search(r"^\s*(<{7} .*|={7}$|>{7} .*)", text, re.MULTILINE):
        line = text[: conflict.start(1)].count("\n") + 1
        raise StatementError(
            f"chapters/{path.name}, line {line}: a merge conflict is left in the file. Resolve it, then record the chapter again."
        )
    try:
        return nbformat.reads(text, as_version=4)
    except Exception as error:
        raise StatementError(f"chapters/{path.name}: not a notebook that can be read ({error}). Restore it from version control.") from None


def read_page(path: Path) -> list[Passage]:
    """Return the passages of one chapter file in order.

    Raises:
        StatementError: If the file cannot be read.
    """
    name = path.stem
    if path.suffix == ".md":
        blocks = read_blocks(path.read_text(encoding="utf-8"))
        return [Passage(name, f"chapters/{path.name}, line {block.line}", block) for block in blocks]
    passages = []
    for index, cell in enumerate(read_notebook(path).cells, start=1):
        if cell.cell_type == "markdown":
            found = read_blocks(cell.source)
            passages += [Passage(name, f"chapters/{path.name}, cell {index}, line {block.line}", block) for block in found]
    return passages


def library_prose(library: Library) -> Iterator[Passage]:
    """Yield the prose cells of the data library (chart titles, summaries, reasons) as passages."""
    for table in schema.TABLES:
        for column in (column.name for column in table.columns if column.prose):
            for row in library.rows(table.name):
                for block in read_blocks(row[column]) if row[column] else []:
                    yield Passage(f"data/{table.path}", f"{where(row)}, column {column}", block)
