"""Record: execute chapters after an edit and store their outputs, only while every statement holds."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from evidence import paths
from evidence.catalog import load
from evidence.catalog.validation import validate
from evidence.editions.execution import Run
from evidence.editions.executions import Executions, execute_changed
from evidence.errors import EditionError, StatementError
from evidence.form import canonical
from evidence.statements import check_passages, read_notebook, read_page


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


def record(
    only: str,
    jobs: int,
    done: Callable[[str], None],
    root: Path | None = None,
    *,
    fresh: bool = False,
    taken: Callable[[str], None] = lambda _name: None,
) -> list[str]:
    """Execute chapters and store their outputs in place; return the names of those whose file changed.

    A kept execution may be taken instead of a run, because what is stored here is no proof: `pytest --nbval` runs every chapter and compares.

    Args:
        only: Name of one chapter, or empty for all.
        jobs: How many to run at once.
        done: Called with each chapter's name as it ends.
        root: The book; the one it stands in when None.
        fresh: Whether to run every chapter, whatever executions are kept.
        taken: Called with the name of each chapter that was not run.

    Raises:
        DataError: If the data library is malformed.
        StatementError: If a statement of a chapter is broken or a number unbound; nothing is stored then.
        EditionError: If a chapter fails; the files of all chapters are left as they were.
    """
    root = root or paths.find_book()
    chapters = paths.chapters_dir(root)
    chosen = notebooks(chapters, only)
    library = validate(load(root / "data"))
    problems = [str(problem) for path in chosen for problem in check_passages(read_page(path), library).problems]
    if problems:
        raise StatementError("\n".join([*problems, "Nothing was recorded. Mend these, then record again."]))
    with tempfile.TemporaryDirectory() as folder:
        runs = [Run(path, Path(folder) / path.name, {}) for path in chosen]
        kept = None if fresh else Executions(paths.executions_dir(root))
        failures = execute_changed(runs, jobs, done, kept, taken)
        if failures:
            raise EditionError("\n".join([*map(str, failures), "Nothing was recorded."]))
        return [run.notebook.stem for run in runs if _store(run)]


def _store(run: Run) -> bool:
    text = canonical(read_notebook(run.notebook), read_notebook(run.target))
    if run.notebook.read_text(encoding="utf-8") == text:
        return False
    replace_text(run.notebook, text)
    return True


def replace_text(path: Path, text: str) -> None:
    """Write a file so that a kill at any moment leaves either the old or the new one whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)
