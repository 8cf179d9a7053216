"""The cells of a new chapter: what the form of a chapter asks for, and prose that states nothing it does not know."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence.form import Part

LIMITS = "## What we do not know"
_HIDDEN, _SHOWN = ["remove-cell"], ["remove-input"]
_STATEMENTS = """## Every statement on this page

Each number, claim and finding used above is listed here with what the data library says."""


@dataclass(frozen=True, slots=True)
class ChapterText:
    """The prose of a new chapter.

    Attributes:
        title: Its heading, without numbers.
        summary: What we know, one sentence a line.
        strength: How strong the evidence is, in words below what the rule gives; may be empty.
        limits: What is not known, one item a line.
        change: What would change our mind.
    """

    title: str
    summary: str = (
        "This chapter is new, and its text is still to be written.\n"
        "It states no number and makes no claim yet.\n"
        "What it finds will be told here first, in a few sentences."
    )
    strength: str = ""
    limits: str = "Everything about this subject, until sources have been read and their figures stated here."
    change: str = "A source that is read, and whose figures are stated here."


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What the page of a record of the book's own says, when `evidence new` adds both.

    Attributes:
        below: Chapter it stands below in the table of contents.
        section: Markdown of its one section.
        call: What it shows, with `{id}` where the record's id stands.
        limits: What is not known.
    """

    below: str
    section: str
    call: str
    limits: str


def slug(title: str) -> str:
    """Return the name of a chapter's file for a title: lower-case words with hyphens, without numbers.

    Example:
        >>> slug("What co-working does for Skills")
        'what-co-working-does-for-skills'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z]+", "-", plain).strip("-")


def chapter_cells(name: str, text: ChapterText) -> Any:
    """Return the notebook of a new chapter.

    Args:
        name: File name without its ending.
        text: Its prose.
    """
    section = "## What the evidence says\n\nThe argument of this chapter goes here, in sections with headings of their own."
    return _notebook(name, text, [_prose(section)])


def record_cells(row: Mapping[str, str], page: RecordPage) -> tuple[str, Any]:
    """Return the file name, without its ending, and the notebook of the page of a new record.

    Args:
        row: The record, with id, name and summary.
        page: What its page says.
    """
    name, text = row["id"].replace(".", "-"), ChapterText(row["name"], summary=row["summary"], limits=page.limits)
    return name, _notebook(name, text, [_prose(page.section), _code(page.call.format(id=row["id"]), _SHOWN)])


def page_cells(name: str, text: str) -> Any:
    """Return the notebook of a page: its Markdown, with a cell of code for each line that calls a view of the chapter.

    Args:
        name: File name without its ending.
        text: Its prose, in which a line that begins with `chapter.` is such a call.
    """
    parts = re.split(r"^(chapter\..+)$", text, flags=re.MULTILINE)
    cells = [_code(part, _SHOWN) if part.startswith("chapter.") else _prose(part.strip()) for part in parts if part.strip()]
    return _numbered(name, [*cells[:1], *_set_up(name), *cells[1:]])


def _set_up(name: str) -> list[Any]:
    return [
        _code('data_dir = ""\nas_of = ""', ["parameters", *_HIDDEN]),
        _code(f'from evidence import Chapter\n\nchapter = Chapter("{name}", data_dir, as_of)', _HIDDEN),
    ]


def _numbered(name: str, cells: list[Any]) -> Any:
    for number, cell in enumerate(cells):
        cell["id"] = f"{name}-{number:02}"
    return Part(cells=cells, metadata=Part(), nbformat=4, nbformat_minor=5)


def _notebook(name: str, text: ChapterText, sections: list[Any]) -> Any:
    judgement = "\n\n".join(part for part in (text.strength, f"**What would change our mind?**\n{text.change}") if part)
    limits = "\n".join(f"- {line.strip()}" for line in text.limits.splitlines() if line.strip())
    cells = [
        _prose(f"# {text.title}\n\n{text.summary}"),
        *_set_up(name),
        _code("chapter.strength()", _SHOWN),
        _prose(judgement),
        *sections,
        _prose(f"{LIMITS}\n\n{limits}"),
        _prose(_STATEMENTS),
        _code("chapter.statements()", _SHOWN),
    ]
    return _numbered(name, cells)


def _prose(source: str) -> Part:
    return Part(cell_type="markdown", metadata=Part(), source=source)


def _code(source: str, tags: list[str]) -> Part:
    return Part(cell_type="code", metadata=Part(tags=tags), source=source, execution_count=None, outputs=[])


def add_call(notebook: Any, call: str, name: str) -> None:
    """Add a cell that shows something of the library above the limits of a chapter, or above its table of statements.

    Args:
        notebook: The notebook; it is changed.
        call: The call, such as `chapter.chart("firms.size")`.
        name: Name of the chapter.
    """
    cells = notebook.cells
    before = [number for number, cell in enumerate(cells) if cell.cell_type == "markdown" and cell.source.startswith(LIMITS)]
    cell = _code(call, _SHOWN)
    cell["id"] = f"{name[:40]}-{slug(call)}"[:64]
    taken = {other["id"] for other in cells}
    while cell["id"] in taken:
        cell["id"] = f"{cell['id'][:62]}-x"
    cells.insert(before[0] if before else len(cells) - 1, cell)
