"""The form of the chapters: which cells a notebook has, and what their code may do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidence.quantity import find_numbers
from evidence.statements import chapter_files

_FORBIDDEN = (
    ast.FunctionDef,
    ast.AsyncFunctionDef,
    ast.ClassDef,
    ast.Lambda,
    ast.BinOp,
    ast.AugAssign,
    ast.For,
    ast.While,
    ast.With,
    ast.If,
)

REQUIRED = ("data_dir", "as_of")
"""Parameters every chapter has, empty in its committed form."""

OPTIONAL = ("place", "case")
"""Parameters a chapter may have after these, in this order, each with the text it shows when nothing else is asked for."""

_LITERAL = re.compile(r"(\w+) = (\"[^\"\\\n]*\")")


def parameters(notebook: Any) -> dict[str, str] | None:
    """Return the parameters of a chapter with the texts it holds, or None when its parameters cell is not of the form asked for.

    Args:
        notebook: The chapter, as `read_notebook` gives it.
    """
    first = next((cell for cell in notebook.cells if cell.cell_type == "code"), None)
    if first is None or "parameters" not in first.metadata.get("tags", []):
        return None
    lines = [_LITERAL.fullmatch(line) for line in first.source.split("\n")]
    found = {line[1]: line[2][1:-1] for line in lines if line}
    allowed = [*REQUIRED, *(name for name in OPTIONAL if name in found)]
    whole = len(found) == len(lines) and list(found) == allowed and not any(found[name] for name in REQUIRED)
    return found if whole else None


def notebook_form(path: Path, notebook: Any) -> Iterator[str]:
    """Yield what is wrong with the form of a chapter: its cells, what their code may do, and outputs that are not there."""
    where, code = f"chapters/{path.name}", [(index, cell) for index, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "code"]
    if len(code) < 3:
        yield f"{where}: a chapter has a parameters cell, a set-up cell and chapter.statements(); found {len(code)} code cells."
        return
    first, last = code[0], code[-1]
    if parameters(notebook) is None:
        yield (
            f'{where}, cell {first[0]}: the first code cell must be tagged "parameters" and read data_dir = "" and as_of = "", '
            'then place = "..." or case = "..." where the chapter has them, nothing else.'
        )
    if last[1].source.strip() != "chapter.statements()":
        yield f"{where}, cell {last[0]}: the last code cell must be chapter.statements()."
    for index, cell in code:
        if not {"remove-input", "remove-cell"} & set(cell.metadata.get("tags", [])):
            yield f'{where}, cell {index}: its code would be shown to readers. Tag it "remove-input", or "remove-cell" if it shows nothing.'
        yield from _code_form(f"{where}, cell {index}", path.stem, cell)


def _code_form(where: str, name: str, cell: Any) -> Iterator[str]:
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield f"{where}: not Python ({error.msg}, line {error.lineno}). Correct the cell."
        return
    for node in ast.walk(tree):
        if isinstance(node, _FORBIDDEN):
            yield f"{where}, line {node.lineno}: chapters define no functions and do no arithmetic; put it into lib/evidence and call it."
        if isinstance(node, (ast.Import, ast.ImportFrom)) and ast.unparse(node) != "from evidence import Chapter":
            yield f"{where}, line {node.lineno}: a chapter imports only Chapter, and reads no file by itself."
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (found := find_numbers(node.value)):
            yield f'{where}, line {node.lineno}: "{found[0].text}" is typed into code, where nothing checks it; state it in the prose as a link.'
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
            yield f"{where}, line {node.lineno}: a chapter reads no file; what it shows comes from the data library."
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "Chapter"
            and ast.unparse(node) != f"Chapter('{name}', data_dir, as_of)"
        ):
            yield f'{where}, line {node.lineno}: write Chapter("{name}", data_dir, as_of), so that parameters reach it.'
    if not cell.get("execution_count") or not (
        cell.outputs or isinstance(tree.body[-1] if tree.body else None, (ast.Assign, ast.Import, ast.ImportFrom))
    ):
        yield f"{where}: has no recorded output. Run: evidence record {name}"


def missing_from_contents(chapters: Path) -> Iterator[str]:
    """Yield a message for each chapter that the table of contents leaves out."""
    toc = chapters.parent / "_toc.yml"
    listed = toc.read_text(encoding="utf-8") if toc.exists() else ""
    for path in chapter_files(chapters):
        if f"chapters/{path.stem}\n" not in listed + "\n":
            yield f"chapters/{path.name}: not in the table of contents. Add chapters/{path.stem} to _toc.yml."
