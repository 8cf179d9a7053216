"""What new data end: corrections whose error is gone, and what authors said of a record when it was surer than it is now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from evidence.audit import mended, verdicts
from evidence.catalog import Library, load, schema
from evidence.catalog.declaration import Table
from evidence.catalog.rows import read_rows, write_rows
from evidence.grading import strengths
from evidence.repeating import Adviser, outdated_words


def retire_corrections(library: Library, data: Path) -> list[str]:
    """Remove the corrections whose error is gone, with what was declared of their words, and return what is said of them.

    Args:
        library: The library with the new data.
        data: Its folder, which is written.
    """
    told = mended(library, verdicts(library))
    _remove(data, schema.CORRECTIONS, schema.CORRECTIONS.key, {(name,) for name in told})
    _remove(data, schema.WORDINGS, ("scheme", "target"), {("correction", name) for name in told})
    return [str(problem) for problem in told.values()]


def retire_words(data: Path) -> list[str]:
    """Remove the sentences on what is safe to repeat that are about nothing any more or milder than the rule, and return what is said of them.

    The rule speaks in their place until an author finds other words.

    Args:
        data: Folder of a library without corrections whose error is gone, which is written.
    """
    library = load(data)
    graded = {name: strength.word for name, strength in strengths(library).items()}
    told = outdated_words(library, Adviser(library, verdicts(library), graded))
    _remove(data, schema.SAFE_WORDS, schema.SAFE_WORDS.key, told)
    return [f"{problem.place}: {problem.message} The rule speaks until an author does." for problem in told.values()]


def _remove(data: Path, table: Table, columns: Sequence[str], ended: Collection[tuple[str, ...]]) -> None:
    """Remove the rows of a table, where there is one, that have these cells in these columns."""
    file, names = data / table.path, table.names
    if not ended or not file.exists():
        return
    places = [names.index(name) for name in columns]
    write_rows(file, [row for row in read_rows(file, file.name, names) if tuple(row[place] for place in places) not in ended])
