"""Record: execute chapters after an edit and store their outputs, only while every statement holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from evidence import paths
from evidence.catalog import load
from evidence.catalog.validation import validate
from evidence.editions.execution import Run, execute_all, prepare
from evidence.errors import EditionError, StatementError, told_by
from evidence.statements import check_passages, read_page
from evidence.writing import Transaction


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
        EditionError: If a chapter fails; the files of all chapters are left as they were.
        WriteError: If another command writes the book, or one of the chapters or the data was saved meanwhile; the same holds.
    """
    root = root or paths.find_book()
    prepare()
    with Transaction(root) as work:
        chosen = notebooks(paths.chapters_dir(root), only)
        work.see(root / "data", *chosen)
        library = validate(load(root / "data"))
        problems = [problem for path in chosen for problem in check_passages(read_page(path), library).problems]
        if problems:
            raise StatementError([*problems, "Nothing was recorded. Mend these, then record again."])
        before = {path: path.read_text(encoding="utf-8") for path in chosen}
        executed = execute_all([Run(path) for path in chosen], jobs, done)
        if executed.failures:
            raise EditionError([*told_by(executed.failures), "Nothing was recorded."])
        changed = [path for path in chosen if before[path] != executed.texts[path.name]]
        for path in changed:
            work.write(path, executed.texts[path.name])
    return [path.stem for path in changed]
