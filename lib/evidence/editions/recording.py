"""Record: execute chapters after an edit and store their outputs, only while every statement holds."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from evidence import paths
from evidence.catalog import load
from evidence.catalog.validation import validate
from evidence.editions.execution import Run, execute_all, prepare
from evidence.errors import EditionError, StatementError, told_by
from evidence.journal import sweep
from evidence.statements import check_passages, read_page


def notebooks(chapters: Path, only: str = "") -> list[Path]:
    """Return the notebooks of the book, or the one of a chapter.

    Raises:
        EditionError: If there is none of that name.
    """
    found = sorted(chapters.glob("*.ipynb"))
    chosen = [path for path in found if not only or path.stem == only]
    if not chosen:
        raise EditionError(f"chapters/{only}.ipynb: there is no such chapter to run. There are {', '.join(path.stem for path in found)}.")
    return chosen


def record(only: str, jobs: int, done: Callable[[str], None], root: Path | None = None) -> list[str]:
    """Execute chapters and store their outputs in place; return the names of those whose file changed.

    Args:
        only: Name of one chapter, or empty for all.
        jobs: How many to run at once.
        done: Called with each chapter's name as it ends.
        root: The book; the one it stands in when None.

    Raises:
        DataError: If the data library is malformed.
        StatementError: If a statement of a chapter is broken or a number unbound; nothing is stored then.
        EditionError: If a chapter fails, or its file was saved meanwhile; the files of all chapters are left as they were.
    """
    root = root or paths.find_book()
    prepare()
    chapters = paths.chapters_dir(root)
    chosen = notebooks(chapters, only)
    library = validate(load(root / "data"))
    problems = [problem for path in chosen for problem in check_passages(read_page(path), library).problems]
    if problems:
        raise StatementError([*problems, "Nothing was recorded. Mend these, then record again."])
    before = {path: path.read_text(encoding="utf-8") for path in chosen}
    executed = execute_all([Run(path) for path in chosen], jobs, done)
    saved = [f"chapters/{path.name}: saved by another program while it ran." for path in chosen if path.read_text("utf-8") != before[path]]
    if executed.failures or saved:
        raise EditionError([*told_by(executed.failures), *saved, "Nothing was recorded."])
    changed = [path for path in chosen if before[path] != executed.texts[path.name]]
    for path in changed:
        replace_text(path, executed.texts[path.name])
    return [path.stem for path in changed]


def replace_text(path: Path, text: str) -> None:
    """Write a file so that a kill at any moment leaves either the old or the new one whole; what killed runs left beside it is cleared up."""
    sweep(path.parent, f".{path.name}.")
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)
