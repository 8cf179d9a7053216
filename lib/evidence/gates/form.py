"""The form of the chapters: which cells a notebook has, what their code may do, and which files are pages."""

from __future__ import annotations

import ast
import builtins
import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from evidence.catalog.characters import misleading
from evidence.gates.outputs import strange_outputs
from evidence.parsing import parse_python, parse_yaml
from evidence.problems import Place, Problem, conflict_line
from evidence.quantity import find_numbers

REQUIRED = ("data_dir", "as_of")
"""Parameters every chapter has, empty in its committed form."""

OPTIONAL = ("place", "case")
"""Parameters a chapter may have after these, in this order, each with the text it shows when nothing else is asked for."""

TAGS = ("parameters", "remove-cell", "remove-input")
"""Tags a cell of code may carry; others can switch off a check, or hide from readers what a cell shows."""

_TOC = "_toc.yml"

_MARK = re.compile(r"\b(?:NBVAL|PYTEST_VALIDATE)_\w+")
"""Words in a comment by which nbval is told to pass over a cell or over what it shows."""

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


def notebook_form(path: Path, notebook: Any) -> Iterator[Problem]:
    """Yield what is wrong with the form of a chapter: its cells, what their code may do, and outputs that are not there or hold what no view writes."""
    where, code = (
        Place(f"chapters/{path.name}"),
        [(index, cell) for index, cell in enumerate(notebook.cells, start=1) if cell.cell_type == "code"],
    )
    for index, cell in enumerate(notebook.cells, start=1):
        yield from _unread(where.at(cell=index), cell)
        yield from unseen(where.at(cell=index), cell.source)
    if len(code) < 3:
        message = f"a chapter has a parameters cell, a set-up cell and chapter.statements(); found {len(code)} code cells."
        yield Problem(where, message, "Begin with: evidence new chapter TITLE")
        return
    first, last = code[0], code[-1]
    if parameters(notebook) is None:
        message = f"the first code cell reads {_short(first[1].source)}, where the parameters of every chapter stand."
        remedy = 'Tag it "parameters" and let it read data_dir = "" and as_of = "", then place = "..." or case = "..." where it has them, nothing else.'
        yield Problem(where.at(cell=first[0]), message, remedy)
    if last[1].source.strip() != "chapter.statements()":
        message = f"the last code cell must be chapter.statements(); found {_short(last[1].source)}."
        yield Problem(where.at(cell=last[0]), message, "Move that cell to the end.")
    elif "remove-cell" in (last[1].metadata.get("tags") or []):
        message = "the table of statements is hidden from readers."
        yield Problem(where.at(cell=last[0]), message, 'Tag it "remove-input" in place of "remove-cell".')
    known = {"Chapter"}
    for index, cell in code:
        if not {"remove-input", "remove-cell"} & set(cell.metadata.get("tags", [])):
            message = "its code would be shown to readers."
            yield Problem(where.at(cell=index), message, 'Tag it "remove-input", or "remove-cell" if it shows nothing.')
        yield from _code_form(where.at(cell=index), path.stem, cell, known)
        known.update((*REQUIRED, *OPTIONAL) if cell is first[1] else ())  # of a misspelt one the parameters cell is told alone
        yield from strange_outputs(where.at(cell=index), path.stem, cell)


def unseen(where: Place, source: str) -> Iterator[Problem]:
    """Yield each line of a text with a character that no reader sees, or that reads as another than it is."""
    for number, line in enumerate(source.split("\n"), start=1):
        if odd := misleading(line.replace("\t", " ").rstrip("\r")):
            yield Problem(where.at(line=number), f"{odd} in the text, which its readers cannot see.", "Delete it, or type what is meant.")


def _unread(where: Place, cell: Any) -> Iterator[Problem]:
    """Yield what a cell holds that no gate reads, or that switches one off."""
    if cell.cell_type not in ("code", "markdown"):
        yield Problem(where, f"a cell of type {cell.cell_type}, which no gate reads.", "Write it as Markdown.")
    if cell.get("attachments"):
        yield Problem(where, "an attached file, which no gate reads.", "Take it out, and show a chart through Chapter.")
    allowed = TAGS if cell.cell_type == "code" else ()
    for tag in cell.metadata.get("tags") or []:
        if tag not in allowed:
            may = ", ".join(allowed) or "none"
            yield Problem(
                where, f'the tag "{tag}" could switch off a check or hide what is shown; {may} may stand here.', "Take the tag out."
            )
    if cell.cell_type == "code" and (found := _MARK.search(cell.source)):
        yield Problem(where, f"{found.group()} would switch off the proof of what the cell shows.", "Take the comment out.")


def _short(source: str) -> str:
    return f'"{" / ".join(source.splitlines())[:80]}"'


def _code_form(where: Place, name: str, cell: Any, known: set[str]) -> Iterator[Problem]:
    """Yield what is wrong with a cell of code; `known` holds the names that are set before it, and takes those it sets."""
    try:
        tree = parse_python(cell.source)
    except SyntaxError as error:
        yield Problem(where.at(line=error.lineno or 0), f"not Python ({error.msg}).", "Correct the cell.", error.offset or 0)
        return
    strange_names = list(_strange_names(tree, known))
    for node, message, remedy in list(_faults(tree, name)) or strange_names:
        yield Problem(where.at(line=node.lineno), message, remedy, node.col_offset + 1, (node.end_col_offset or 0) + 1)
    if not cell.get("execution_count") or not (
        cell.outputs or isinstance(tree.body[-1] if tree.body else None, (ast.Assign, ast.Import, ast.ImportFrom))
    ):
        yield Problem(where, "has no recorded output.", f"Run: evidence record {name}", recordable=True)


def _faults(node: Any, name: str) -> Iterator[tuple[Any, str, str]]:
    """Yield what is wrong with code, each mistake once: the outermost piece, with message and remedy."""
    if fault := _fault(node, name):
        yield node, *fault
        return
    for inner in ast.iter_child_nodes(node):
        yield from _faults(inner, name)


def _strange_names(tree: ast.Module, known: set[str]) -> Iterator[tuple[Any, str, str]]:
    """Yield the names that a cell uses although its chapter has not set them, such as those of IPython, or sets a second time."""
    for statement in tree.body:
        names = [node for node in ast.walk(statement) if isinstance(node, ast.Name)]
        for node in names:
            if isinstance(node.ctx, ast.Load) and node.id not in known:
                yield node, f"{node.id} is nothing that the cells above have set.", "Call views of chapter, with names and texts."
            elif isinstance(node.ctx, ast.Store) and node.id in known:
                yield node, f"{node.id} is set a second time.", "Take this out; what a run is given stands in the parameters cell alone."
        known.update(node.id for node in names if isinstance(node.ctx, ast.Store))


def _fault(node: Any, name: str) -> tuple[str, str] | None:
    """Return what is wrong with a piece of code in a chapter, and the remedy."""
    if isinstance(node, (ast.Import, ast.ImportFrom)) and ast.unparse(node) != "from evidence import Chapter":
        return "a chapter imports only Chapter, and reads no file by itself.", "Take the import out."
    if isinstance(node, ast.Constant) and (typed := _typed(node.value)):
        return f'"{typed}" is typed into code, where nothing checks it.', "State it in the prose as a link."
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Chapter" and ast.unparse(node) != f"Chapter('{name}', data_dir, as_of)":
        return f"found {ast.unparse(node)}.", f'Write Chapter("{name}", data_dir, as_of), so that parameters reach it.'
    if isinstance(node, (ast.stmt, ast.expr)) and not _plain(node):
        return (
            "chapters define no functions and do no arithmetic; they call views with names and texts.",
            "Put it into lib/evidence and call it.",
        )
    return None


def _typed(value: Any) -> str:
    """Return what a constant holds of numbers, or an empty text."""
    if isinstance(value, str):
        return next((found.text for found in find_numbers(value)), "")
    return "" if value is None or isinstance(value, bool) else str(value)


def _plain(node: ast.AST) -> bool:
    """Return whether a piece of code is of the kind chapters are made of, what is inside it left to its own turn."""
    match node:
        case ast.Call(func=ast.Name(id="Chapter") | ast.Attribute(value=ast.Name())):
            owner, view = ast.unparse(node.func).rpartition(".")[::2]
            given = [inner for part in (*node.args, *node.keywords) for inner in ast.walk(part)]
            return (
                not view.startswith("_")
                and not hasattr(builtins, owner)
                and not any(isinstance(i, (ast.Call, ast.Attribute)) for i in given)
            )
        case ast.Assign(targets=[ast.Name()], value=ast.Call() | ast.Constant()) | ast.Expr(value=ast.Call()) | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant(value=value)):
            return bool(_typed(value))
        case ast.Attribute() | ast.Name() | ast.Constant() | ast.Dict() | ast.List() | ast.Tuple():
            return True
    return False


_LISTED = re.compile(r"\s*(?:- file|root):\s*(chapters/[\w-]+)(?:\.(?:ipynb|md))?\s*(?:#.*)?")


def contents(chapters: Path, files: Iterable[str]) -> Iterator[Problem]:
    """Yield where the table of contents and the chapters part ways: a chapter it leaves out, one it lists that is not there, a page no gate reads.

    Args:
        chapters: Folder of the chapters; the table of contents stands beside it.
        files: Names of the files of the chapters there are.
    """
    toc = chapters.parent / _TOC
    try:
        text = toc.read_text(encoding="utf-8") if toc.exists() else ""
    except UnicodeDecodeError as error:
        yield Problem(Place(_TOC), f"byte {error.start} is not UTF-8.", "Save the file in UTF-8.")
        return
    if line := conflict_line(text):
        yield Problem(Place(_TOC, line=line), "a merge conflict is left in the file.", "Resolve it: keep each chapter once.")
        return
    yield from _strange_entries(text)
    yield from _strange_files(chapters)
    listed = {found[1]: line for line, row in enumerate(text.splitlines(), start=1) if (found := _LISTED.fullmatch(row))}
    there = {f"chapters/{name}".rpartition(".")[0]: f"chapters/{name}" for name in files}
    left_out, unknown = sorted(set(there) - set(listed)), sorted(set(listed) - set(there))
    for name in unknown:
        near = tuple(difflib.get_close_matches(name, left_out or sorted(there), n=3, cutoff=0.6))
        told = f"{name}: there is no such chapter."
        left_out = [other for other in left_out if other not in near[:1]]
        yield Problem(Place(_TOC, line=listed[name]), told, "Correct the name, or remove the line.", nearest=near)
    for name in left_out:
        yield Problem(Place(there[name]), "not in the table of contents.", f"Add {name} to _toc.yml.")


_MACHINE = ("datapackage.json", "schemas")
"""Files of the data library that are made anew from its declaration, whatever is in them."""


def marks_left(book: Path) -> Iterator[Problem]:
    """Yield the files beside chapters and tables in which the marks of a merge were left."""
    beside = [*book.glob("*.*"), *(path for name in ("data", "chapters") for path in (book / name).rglob("*"))]
    for path in sorted(beside):
        name = path.relative_to(book)
        if path.suffix not in _TEXTS or name.name == _TOC or not path.is_file() or {*name.parts} & {*_MACHINE}:
            continue
        if line := conflict_line(path.read_text(encoding="utf-8", errors="replace"), prose=path.suffix == ".md"):
            yield Problem(
                Place(name.as_posix(), line=line), "a merge conflict is left in the file.", "Resolve it: keep what is right of both."
            )


_TEXTS = (".yml", ".yaml", ".toml", ".json", ".cff", ".svg", ".md", ".bib", ".txt")
"""Endings of files that people write, of those beside notebooks and tables."""

_PAGE = re.compile(r"chapters/[\w-]+(?:\.(?:ipynb|md))?")
_PAGES = (".ipynb", ".md", ".myst", ".rst", ".txt")
"""Endings of files that the site would take for pages."""


def _strange_entries(toc: str) -> Iterator[Problem]:
    """Yield the entries of a table of contents that lead to what no gate reads."""
    try:
        entries = list(_entries(parse_yaml(toc)))
    except ValueError as error:
        yield Problem(Place(_TOC), f"not YAML ({' '.join(str(error).split())}).", "Mend it at the line named.")
        return
    for key, value in entries:
        if (key in ("file", "root") and _PAGE.fullmatch(value)) or (key == "caption" and not find_numbers(value)):
            continue
        line = next((number for number, row in enumerate(toc.splitlines(), start=1) if value and value in row), 0)
        yield Problem(
            Place(_TOC, line=line),
            f"{key}: {value} is no page of chapters/, and no gate reads it.",
            "List pages of chapters/, with captions in words.",
        )


def _entries(node: Any) -> Iterator[tuple[str, str]]:
    """Yield the keys that hold a value, with it, wherever in a table of contents; its format decides nothing."""
    if isinstance(node, dict):
        yield from ((str(key), str(value)) for key, value in node.items() if not isinstance(value, (dict, list)) and key != "format")
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else []:
        yield from _entries(part)


def _strange_files(chapters: Path) -> Iterator[Problem]:
    """Yield pages that stand where no gate reads them, in a folder below the chapters or in another language than Markdown, and strange pictures."""
    for path in sorted(chapters.rglob("*")):
        name = path.relative_to(chapters)
        if path.is_symlink():
            remedy = "Put the file itself there: what a link leads to would be published."
            yield Problem(Place(f"chapters/{name.as_posix()}"), "a link, which is not followed.", remedy)
            continue
        if path.suffix == ".svg" and (found := _strange_picture(path.read_text(encoding="utf-8", errors="replace"))):
            yield Problem(Place(f"chapters/{name.as_posix()}"), f"the picture shows {found}, which nothing checks.", "Draw it without.")
        if path.suffix not in _PAGES or any(part.startswith(".") for part in name.parts) or not path.is_file():
            continue
        if len(name.parts) > 1 or path.suffix not in (".ipynb", ".md"):
            remedy = "Move it into chapters/, as a notebook or Markdown, or remove it."
            yield Problem(Place(f"chapters/{name.as_posix()}"), "a page that no gate reads.", remedy)


_STYLE_OR_TAG = re.compile(r"<style>[^<]*</style>|<[^>]*>")
_EMBEDS = re.compile(r"<(?:\w+:)?(?:script|foreignObject|image|use|a)\b", re.IGNORECASE)


def _strange_picture(svg: str) -> str:
    """Return what a drawing holds beside shapes and words, or an empty text."""
    embedded, numbers = _EMBEDS.search(svg), find_numbers(_STYLE_OR_TAG.sub("\n", svg))
    return f"{embedded.group()}>" if embedded else numbers[0].text if numbers else ""
