"""`move`: a section of a chapter into another, or a chart or claim that one shows; old addresses lead on."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from evidence.catalog import schema
from evidence.errors import ScaffoldError
from evidence.form.notebook import identified
from evidence.problems import Place, Problem
from evidence.refactor.draft import Draft
from evidence.refactor.renaming import found
from evidence.scaffold.chapters import LIMITS

_HEADING = re.compile(r"(#{1,6}) (.+?)[ \t]*$", re.MULTILINE)
_LAST = "## Every statement on this page"


def anchor_of(heading: str) -> str:
    """Return the anchor that the site gives a heading.

    Example:
        >>> anchor_of("What [co-working](a.md) *does*, and for whom"), anchor_of("5 things: cafés")
        ('what-co-working-does-and-for-whom', 'things-cafes')
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"\]\([^)]*\)|[*_`\[]", "", heading).lower()).encode("ascii", "ignore").decode()
    return re.sub(r"^[-0-9]+|-+$", "", re.sub(r"[^a-z0-9]+", "-", plain))


def move_section(draft: Draft, chapter: str, heading: str, to: str, reason: str = "") -> None:
    """Move a section with all its cells from one chapter to another, above what is not known there.

    Args:
        draft: The book as it is to become.
        chapter: Chapter it stands in, a notebook.
        heading: Its heading, as written.
        to: Chapter it is to stand in, a notebook.
        reason: Why, for readers; a plain sentence where empty.

    Raises:
        ScaffoldError: If a chapter or the heading is not there, or every chapter has such a section of its own.
    """
    origin, target = _notebook(draft, chapter), _notebook(draft, to)
    cells = [part for cell in origin["cells"] for part in _split(cell)]
    start, end = _span(cells, chapter, heading)
    section = cells[start:end]
    _put(target, section)
    draft.write_notebook(chapter, _numbered(origin | {"cells": _joined(origin["cells"], cells[:start] + cells[end:])}))
    draft.write_notebook(to, _numbered(target))
    prose = "\n\n".join(_source(cell) for cell in section if cell["cell_type"] == "markdown")
    for _, title in _HEADING.findall(prose):
        anchor = anchor_of(title)
        draft.add_alias("section", f"{chapter}#{anchor}", f"{to}#{anchor}", reason or "It stands in another chapter.")


def move_view(draft: Draft, kind: str, name: str, to: str) -> None:
    """Move the cell that shows a chart or a claim to another chapter, above what is not known there.

    Args:
        draft: The book as it is to become.
        kind: `chart` or `claim`.
        name: Its id.
        to: Chapter it is to stand in, a notebook.

    Raises:
        ScaffoldError: If no chapter shows it, or there is no such chapter.
    """
    target, call, moved = _notebook(draft, to), f'chapter.{kind}("{name}")', []
    for page in draft.notebooks():
        notebook = draft.notebook(page)
        shown = [cell for cell in notebook["cells"] if _source(cell).strip() == call]
        if shown and page != to:
            moved += shown
            draft.write_notebook(page, notebook | {"cells": [cell for cell in notebook["cells"] if cell not in shown]})
    if not moved:
        raise ScaffoldError(Problem(Place("chapters/"), f"no chapter but {to} shows the {kind} {name}.", "Look for it with: git grep."))
    _put(target, moved[:1])
    draft.write_notebook(to, _numbered(target))


def move_figure(draft: Draft, name: str, to: str, reason: str = "") -> None:
    """Move every record of a figure to another source, and to its file.

    Args:
        draft: The book as it is to become.
        name: Its id.
        to: Key of the source.
        reason: Why, for readers; a plain sentence where empty.

    Raises:
        ScaffoldError: If there is no such figure or source, or the figure is there already.
    """
    found(draft, "figure", name), found(draft, "source", to)
    moved = [row for table, _, _, row in draft.all_rows() if table.name == "figures" and row["id"] == name and row["source"] != to]
    if not moved:
        raise ScaffoldError(Problem(Place(f"data/figures/{to}.csv"), f"{name} is there already.", "Name another source."))
    target = f"data/figures/{to}.csv"
    there = draft.rows(target, schema.FIGURES) if (draft.folder / target).exists() else []
    draft.change_rows(lambda table, _, row: None if table.name == "figures" and row in moved else row)
    draft.write_table(target, schema.FIGURES, [*there, *({**row, "source": to} for row in moved)])
    for source in dict.fromkeys(row["source"] for row in moved):
        draft.add_alias("section", f"ledger-{source}#{name}", f"ledger-{to}#{name}", reason or "It is taken from another source.")


def _notebook(draft: Draft, chapter: str) -> Any:
    if not draft.page(chapter).endswith(".ipynb"):
        there = f"There are {', '.join(draft.notebooks())}."
        raise ScaffoldError(Problem(Place(f"chapters/{chapter}.ipynb"), "there is no such chapter with code.", there))
    return draft.notebook(chapter)


def _source(cell: Any) -> str:
    return "".join(cell["source"])


def _split(cell: Any) -> list[Any]:
    """Return the parts of a cell of prose, each of which begins with a heading but for the first."""
    if cell["cell_type"] != "markdown":
        return [cell]
    parts = [part.strip("\n") for part in re.split(r"^(?=#{1,6} )", _source(cell), flags=re.MULTILINE) if part.strip()]
    if len(parts) < 2:
        return [cell]
    return [{**cell, "source": part.splitlines(keepends=True), "id": cell["id"] if not number else ""} for number, part in enumerate(parts)]


def _joined(before: list[Any], cells: list[Any]) -> list[Any]:
    """Return cells with those parts joined again that were one cell before and still follow one another."""
    whole = {_source(cell) for cell in before}
    kept: list[Any] = []
    for cell in cells:
        joined = "\n\n".join(map(_source, (kept[-1], cell))) if kept and not cell["id"] else ""
        if joined and any(joined in text for text in whole):
            kept[-1] = {**kept[-1], "source": joined.splitlines(keepends=True)}
        else:
            kept.append(cell)
    return kept


def _span(cells: list[Any], chapter: str, heading: str) -> tuple[int, int]:
    """Return where a section begins and ends: at the next heading of its level or above, or at what every chapter ends with."""
    headings = {
        number: match for number, cell in enumerate(cells) if cell["cell_type"] == "markdown" and (match := _HEADING.match(_source(cell)))
    }
    wanted = heading.lstrip("# ").strip()
    start = next((number for number, found in headings.items() if found[2] == wanted), -1)
    place = Place(f"chapters/{chapter}.ipynb")
    if start < 0:
        there = tuple(found[2] for found in headings.values() if len(found[1]) > 1)
        raise ScaffoldError(Problem(place, f'no heading "{wanted}".', "Give it as it is written.", nearest=there))
    if len(headings[start][1]) < 2 or headings[start][0] in (LIMITS, _LAST):
        raise ScaffoldError(Problem(place, f'"{wanted}" is of this chapter, and every chapter has its own.', "Name another section."))
    level = len(headings[start][1])
    return start, next((number for number, found in headings.items() if number > start and len(found[1]) <= level), len(cells))


def _put(target: Any, cells: list[Any]) -> None:
    """Put cells above the limits of a chapter, or above its table of statements."""
    there = [number for number, cell in enumerate(target["cells"]) if _source(cell).startswith((LIMITS, _LAST))]
    place = there[0] if there else len(target["cells"]) - 1
    target["cells"][place:place] = cells


def _numbered(notebook: Any) -> Any:
    """Return a notebook whose cells each have an id of their own."""
    return {**notebook, "cells": identified(notebook["cells"])}
