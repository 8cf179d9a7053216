"""Restate numbers in prose after the data moved: numerals in the style they were written in, words never."""

from __future__ import annotations

import json
import re
from pathlib import Path

from evidence.catalog import Library, schema
from evidence.catalog.rows import read_rows, write_rows
from evidence.errors import QuantityError
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


def replace_link(folder: Path, page: str, target: str, old: str, new: str) -> int:
    """Replace the text of a figure's links in a page and return how many there were.

    Args:
        folder: Folder that holds `chapters` and `data`.
        page: Name of a chapter, or a data file such as `data/charts.csv` whose prose cells are meant.
        target: Id the links lead to.
        old: Text of the links, as the check reads it.
        new: Text to write.
    """
    link = re.compile(r"\[" + r"\s+".join(map(re.escape, old.split())) + r"\]\(figure:" + re.escape(target) + r"\)")

    def renewed(prose: str) -> tuple[str, int]:
        return link.subn(lambda _match: f"[{new}](figure:{target})", prose)

    if page.startswith("data/"):
        return _in_table(folder / page, renewed)
    notebook = folder / "chapters" / f"{page}.ipynb"
    return _in_notebook(notebook, renewed) if notebook.exists() else _in_text(folder / "chapters" / f"{page}.md", renewed)


def _in_text(path: Path, renewed) -> int:  # type: ignore[no-untyped-def]
    text, count = renewed(path.read_text(encoding="utf-8"))
    path.write_text(text, encoding="utf-8")
    return int(count)


def _in_notebook(path: Path, renewed) -> int:  # type: ignore[no-untyped-def]
    notebook, total = read_notebook(path), 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell["source"], count = renewed(cell["source"])
            total += count
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return total


def _in_table(path: Path, renewed) -> int:  # type: ignore[no-untyped-def]
    table = next(table for table in schema.tables() if path.as_posix().endswith(f"data/{table.path}"))
    prose = {index for index, column in enumerate(table.columns) if column.prose}
    rows, total = read_rows(path, table.path, table.names), 0
    for row in rows[1:]:
        for index in prose:
            row[index], count = renewed(row[index])
            total += count
    write_rows(path, rows)
    return total
