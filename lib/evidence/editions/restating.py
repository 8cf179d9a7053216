"""Restate numbers in prose after the data moved: numerals in the style they were written in, words never."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Set
from pathlib import Path

from evidence.catalog import Library, schema
from evidence.catalog.rows import read_rows, write_rows
from evidence.errors import QuantityError
from evidence.problems import Place
from evidence.quantity import format_, parse
from evidence.statements import Statement, check_statement, read_notebook
from evidence.statements.propositions import number


def restated(statement: Statement, library: Library) -> str:
    """Return how a broken number would be stated now in the same style, or an empty text where an author must choose the words.

    Args:
        statement: A statement that no longer holds.
        library: The data it must hold on.
    """
    if statement.kind != "figure":
        return ""
    bare = number(statement.text)
    verb = statement.text.removesuffix(bare)
    try:
        text = verb + _restated(bare, statement.target, library)
    except QuantityError:
        return ""
    return text if check_statement(text, statement.target, library).holds else ""


def _restated(text: str, target: str, library: Library) -> str:
    if target not in library.ranges or target in library.figures:
        return format_(library.figures[target].quantity.anchor, text) if target in library.figures else ""
    ends = [(end.text, figure.quantity.anchor) for end, figure in zip(parse(text).ends, library.ranges[target], strict=False)]
    if len(ends) != 2 or not all(end in text for end, _ in ends) or text.index(ends[0][0]) + len(ends[0][0]) > text.rindex(ends[1][0]):
        return ""
    (low, low_value), (high, high_value) = ends
    split = text.rindex(high)
    return text[:split].replace(low, format_(low_value, low), 1) + text[split:].replace(high, format_(high_value, high), 1)


def replace_link(folder: Path, page: str, target: str, old: str, new: str, spared: Set[Place] = frozenset()) -> int:
    """Replace the text of a figure's links in a page and return how many there were.

    Args:
        folder: Folder that holds `chapters` and `data`.
        page: Name of a chapter, or a data file such as `data/charts.csv` whose prose cells are meant.
        target: Id the links lead to.
        old: Text of the links, as the check reads it.
        new: Text to write.
        spared: Places that are left as they are: a line of a chapter, in its committed form a sentence, or a cell of a table.
    """
    link = re.compile(r"\[" + r"\s+".join(map(re.escape, old.split())) + r"\]\(figure:" + re.escape(target) + r"\)")

    def renewed(prose: str) -> tuple[str, int]:
        return link.subn(lambda _match: f"[{new}](figure:{target})", prose)

    if page.startswith("data/"):
        return _in_table(folder / page, renewed, {(place.row, place.column) for place in spared})
    lines = {(place.cell, place.line) for place in spared}
    notebook = folder / "chapters" / f"{page}.ipynb"
    return _in_notebook(notebook, renewed, lines) if notebook.exists() else _in_text(folder / "chapters" / f"{page}.md", renewed, lines)


Renewed = Callable[[str], tuple[str, int]]


def _in_lines(text: str, renewed: Renewed, spared: Set[int]) -> tuple[str, int]:
    """Return a text with its lines renewed but for some, counted from 1; a link that runs over several is renewed where none is spared."""
    if not spared:
        return renewed(text)
    made = [(line, 0) if number in spared else renewed(line) for number, line in enumerate(text.split("\n"), start=1)]
    return "\n".join(line for line, _ in made), sum(count for _, count in made)


def _in_text(path: Path, renewed: Renewed, spared: Set[tuple[int, int]]) -> int:
    text, count = _in_lines(path.read_text(encoding="utf-8"), renewed, {line for _, line in spared})
    path.write_text(text, encoding="utf-8")
    return count


def _in_notebook(path: Path, renewed: Renewed, spared: Set[tuple[int, int]]) -> int:
    notebook, total = read_notebook(path), 0
    for place, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type == "markdown":
            cell["source"], count = _in_lines(cell["source"], renewed, {line for one, line in spared if one == place})
            total += count
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return total


def _in_table(path: Path, renewed: Renewed, spared: Set[tuple[int, str]]) -> int:
    table = next(table for table in schema.tables() if path.as_posix().endswith(f"data/{table.path}"))
    prose = {index: column.name for index, column in enumerate(table.columns) if column.prose}
    rows, total = read_rows(path, table.path, table.names), 0
    for place, row in enumerate(rows[1:], start=2):
        for index in (index for index, name in prose.items() if (place, name) not in spared):
            row[index], count = renewed(row[index])
            total += count
    write_rows(path, rows)
    return total
