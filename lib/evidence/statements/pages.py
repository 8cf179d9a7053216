"""Pages of the book and the prose cells of the data library, as blocks with their places."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from evidence.catalog import Library, schema, where
from evidence.catalog.declaration import LINK
from evidence.errors import StatementError
from evidence.form import opened, unlike_a_notebook
from evidence.parsing import parse_json, parse_python
from evidence.problems import Place, Problem, conflict_line
from evidence.quantity import find_numbers
from evidence.statements.prose import Block, read_blocks

_ADDRESS = re.compile(r"\]\([^)\s]*\)|`[^`]*`")
"""Where a line's text is no prose: the address of a link, and code."""

_MEND = "Look at this line and the one before: a comma, a bracket or a quotation mark is missing or too many. The rest of your words is still there."
_OPEN = "Open it in JupyterLab, which says more, and save it there; your words are still in it."
_CONFLICT = "a merge conflict is left in the file.", "Resolve it, then record the chapter again."


@dataclass(frozen=True, slots=True)
class Passage:
    """A block with its place.

    Attributes:
        page: Name of the chapter, or `data/charts.csv` and the like for prose in the library.
        place: Its file, with the cell, or the row and column.
        block: The block.
        lines: Lines of the cell or file it stands in; none for a cell of a table.
        context: What says of what it is besides: title and heading above it, or the other prose of its row.
        states: Whether it states what evidence shows: its page links some, or its table is about records.
        records: What its row is about, besides its links, as scheme and id; `findings` and `figures` for all whose ids begin so.
        told: What the cells of its row that are no prose of ours say, where the row is itself the record of what a source says.
    """

    page: str
    place: Place
    block: Block
    lines: tuple[str, ...] = ()
    context: str = ""
    states: bool = True
    records: tuple[tuple[str, str], ...] = ()
    told: str = ""

    def where(self, position: int = 0) -> Place:
        """Return the place of an offset of the block's text: file, cell and line, or row and column."""
        return self.place.at(line=self.block.line_of(position)[0]) if self.lines else self.place

    def columns(self, start: int, end: int) -> tuple[int, int]:
        """Return the columns a span of the block's text takes in its line as written, from 1; zeros where markup or a line end is in it."""
        if not self.lines:
            return 0, 0
        number, first, last = self.block.line_of(start)
        line = _ADDRESS.sub(lambda found: "\0" * len(found.group()), self.lines[number - 1]) if number <= len(self.lines) else ""
        text, shown = self.block.text[start:end], self.block.text[first:last]
        places = [match.start() for match in re.finditer(re.escape(text), line)]
        if not text or len(places) != shown.count(text):
            return 0, 0
        column = places[shown[: start - first].count(text)] + 1
        return column, column + len(text)

    def problem(self, start: int, end: int, message: str, remedy: str, nearest: tuple[str, ...] = ()) -> Problem:
        """Return a problem with a span of the block's text."""
        block = self.block
        column, end_column = self.columns(start, end)
        return Problem(self.where(start), message, remedy, column, end_column, block.sentence(start), block.marked(start, end), nearest)


def chapter_files(chapters: Path) -> list[Path]:
    """Return the chapters' files, notebooks and Markdown, by name.

    Raises:
        StatementError: If there is none, or one is no file.
    """
    files = sorted(path for path in chapters.iterdir() if path.suffix in (".ipynb", ".md"))
    if strange := [path for path in files if path.is_symlink() or not path.is_file()]:
        told, remedy = (
            "a folder or a link under the name of a chapter.",
            "Put the file itself there: what a link leads to would be published.",
        )
        raise StatementError([Problem(Place(f"chapters/{path.name}"), told, remedy) for path in strange])
    if not files:
        raise StatementError(f"{chapters.name}/: no chapter found; a check of nothing proves nothing.")
    return files


def read_notebook(path: Path) -> Any:
    """Return a notebook.

    Raises:
        StatementError: If the file is not a notebook, for example because a merge conflict was left in it.
    """
    return parse_notebook(_read(path), path.name)


def parse_notebook(text: str, name: str) -> Any:
    """Return the notebook that a text holds.

    Args:
        text: Content of its file.
        name: Name of its file, for messages.

    Raises:
        StatementError: If it is no notebook, or a merge conflict was left in a cell.
    """
    place = Place(f"chapters/{name}")
    try:
        content = parse_json(text)
        if told := unlike_a_notebook(content):
            raise StatementError(Problem(place, f"not a notebook that can be read: {told}.", _OPEN))
        notebook = opened(content) or _converted(text)
    except StatementError:
        raise
    except json.JSONDecodeError as error:
        told = f"column {error.colno}: not a notebook that can be read; its JSON breaks off here ({error.msg})."
        raise StatementError(Problem(place.at(line=error.lineno), told, _MEND)) from None
    except Exception as error:
        told = f"not a notebook that can be read ({str(error).splitlines()[0] if str(error) else type(error).__name__})."
        raise StatementError(Problem(place, told, _OPEN)) from None
    for number, cell in enumerate(notebook.cells, start=1):
        if line := conflict_line(cell.source, prose=True):
            raise StatementError(Problem(Place(f"chapters/{name}", cell=number, line=line), *_CONFLICT))
    return notebook


def _converted(text: str) -> Any:
    """Return a notebook of any format as one of today's."""
    import nbformat  # only here, for it takes longer to import than the rest together

    return nbformat.reads(text, as_version=4)


def _read(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        told = f"byte {error.start} is not UTF-8."
        raise StatementError(Problem(Place(f"chapters/{path.name}"), told, "Save the file in UTF-8.")) from None
    if line := conflict_line(text, prose=path.suffix == ".md"):
        raise StatementError(Problem(Place(f"chapters/{path.name}", line=line), *_CONFLICT))
    return text


def read_page(path: Path) -> list[Passage]:
    """Return the passages of one chapter file in order.

    Raises:
        StatementError: If the file cannot be read.
    """
    return list(_parsed(path, _read(path)))


@lru_cache(maxsize=256)
def _parsed(path: Path, text: str) -> tuple[Passage, ...]:
    """Return the passages of a page; a chapter asks for its own several times while it runs, and a ledger for those of all."""
    if path.suffix == ".md":
        return tuple(_headed(_passages(path.stem, Place(f"chapters/{path.name}"), text)))
    return tuple(passages_of(path, parse_notebook(text, path.name)))


def passages_of(path: Path, notebook: Any) -> list[Passage]:
    """Return the passages of a notebook that has been read."""
    place, cells = Place(f"chapters/{path.name}"), list(enumerate(notebook.cells, start=1))
    found = [_passages(path.stem, place.at(cell=index), cell.source) for index, cell in cells if cell.cell_type == "markdown"]
    told = [_captions(path.stem, place.at(cell=index), cell.source) for index, cell in cells if cell.cell_type == "code"]
    return [*_headed([passage for passages in found for passage in passages]), *(passage for passages in told for passage in passages)]


def _captions(page: str, place: Place, code: str) -> Iterator[Passage]:
    """Yield what a call of a view says of the records it shows: the caption of findings or figures, and the line about each headline number.

    A number in it is told as one that is typed into code, and not again.
    """
    call = _call(code)
    if call is None:
        return
    view, shown = call.func.attr, [argument.value for argument in call.args if isinstance(argument, ast.Constant)]  # type: ignore[attr-defined]
    said = [(word.value.value, shown) for word in call.keywords if word.arg == "caption" and isinstance(word.value, ast.Constant)]
    if view == "table" and len(shown) == 2:
        said.append((shown[1], shown[:1]))
    if view == "numbers" and call.args and isinstance(call.args[0], ast.Dict):
        pairs = zip(call.args[0].keys, call.args[0].values, strict=True)
        said += [(text.value, [name.value]) for name, text in pairs if isinstance(name, ast.Constant) and isinstance(text, ast.Constant)]
    kind = _SHOWN_BY.get(view, "")
    for text, names in said if kind else []:
        if not find_numbers(str(text)):
            yield Passage(page, place, Block(str(text), 1), records=tuple((kind, str(name)) for name in names))


_SHOWN_BY = {"findings": "findings", "table": "figures", "numbers": "figure"}
"""What the records are that views show by the beginning of an id, or by an id."""


def _call(code: str) -> ast.Call | None:
    """Return the call that a cell is, of a view of the chapter, if it is one."""
    if not code.startswith("chapter."):
        return None
    try:
        body = parse_python(code).body
    except SyntaxError:
        return None
    only = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
    return only if isinstance(only, ast.Call) and isinstance(only.func, ast.Attribute) else None


def _headed(passages: list[Passage]) -> list[Passage]:
    """Return the passages of a page, each with the title of the page and the heading above it for its context."""
    title = heading = ""
    states = any(passage.block.links for passage in passages)
    found = []
    for passage in passages:
        if passage.block.heading:
            title, heading = title or passage.block.text, passage.block.text
        found.append(replace(passage, context=f"{title} {heading}", states=states))
    return found


def _passages(page: str, place: Place, text: str) -> list[Passage]:
    lines = tuple(text.split("\n"))
    return [Passage(page, place, block, lines) for block in read_blocks(text)]


def library_prose(library: Library, *names: str) -> Iterator[Passage]:
    """Yield the prose cells of the data library (chart titles, summaries, reasons) as passages; of the tables that are named, else of all."""
    for table in (table for table in schema.tables() if not names or table.name in names):
        columns = [column.name for column in table.columns if column.prose]
        for row in library.rows(table.name) if columns else []:
            if table.name == "charts" and _misnamed(row, library):
                continue  # told by the gate of charts; what it is about is not known
            records = _records(row, table, library)
            for column in columns:
                told = _told(row, library) if (table.name, column) == ("findings", "statement") else ""
                for block in read_blocks(row[column]) if row[column] else []:
                    place, context = where(row, column), _beside(row, table, column)
                    yield Passage(f"data/{table.path}", place, block, (), context, bool(records) or table.name == "charts", records, told)


def _records(row: dict[str, Any], table: schema.Table, library: Library) -> tuple[tuple[str, str], ...]:
    """Return the figures and findings that a row is about: those it names, or those that a chart draws."""
    if table.name == "charts":
        return tuple(("figure", figure.id) for series in row["series"].split() for figure in library.series.get(series, ()))
    if table.name == "safe-words":
        return _repeated(row, library)
    listed = [column for column in table.columns if column.reference in _CITED and column.several and table.name != "findings"]
    return tuple((_CITED[column.reference], name) for column in listed for name in row[column.name].split())


def _repeated(row: dict[str, Any], library: Library) -> tuple[tuple[str, str], ...]:
    """Return what a sentence on repeating is about: a record, or all that a correction names."""
    if row["scheme"] != "correction":
        return ((row["scheme"], row["target"]),)
    named = library.by_id("corrections").get(row["target"], {"figures": "", "findings": ""})
    return tuple((kind, name) for kind in ("figure", "finding") for name in named[f"{kind}s"].split())


_OF_FIGURES = ("bars", "dots", "dumbbell", "slope", "multiples", "tracking")
"""Forms of charts that draw series of figures and nothing else."""


def _misnamed(row: dict[str, Any], library: Library) -> bool:
    """Return whether a chart names a series of figures that the library does not have."""
    return row["form"] in _OF_FIGURES and any(name not in library.series for name in row["series"].split())


_CITED = {"figures": "figure", "findings": "finding"}


def _told(row: dict[str, Any], library: Library) -> str:
    """Return what a finding holds besides our own prose, and the title of its source: its statement may name nobody else."""
    cells = (row[name] for name in ("quote", "locator", "population", "region", "moderator", "design", "sample"))
    return " ".join([*cells, library.by_id("sources").get(row["source"], {}).get("title", "")])


def _beside(row: dict[str, Any], table: schema.Table, column: str) -> str:
    """Return the other prose of a row, without its links."""
    return " ".join(LINK.sub(r"\1", row[one.name]) for one in table.columns if one.prose and one.name != column)
