"""Bind numbers in prose that are bound to nothing: propose the figures that fit, and write the link where only one does."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.catalog import Library
from evidence.errors import ScaffoldError
from evidence.problems import Place
from evidence.statements import FittingFigure, Loose, candidates, loose_numbers, read_page
from evidence.writing import Transaction

_Style = tuple[int, bool, str]
_STYLES: list[_Style] = list(itertools.product((1, 2, 4), (False, True), ("\n", "")))
"""The ways in which editors write notebooks: indentation, whether other letters are escaped, and the end."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number in prose with the figures that fit it.

    Attributes:
        loose: The number and its place.
        fitting: Figures that bear it out, best match first.
    """

    loose: Loose
    fitting: tuple[FittingFigure, ...]

    @property
    def text(self) -> str:
        """The number as written."""
        return self.loose.found.text

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.loose.passage.where(self.loose.found.start)

    @property
    def sentence(self) -> str:
        """The sentence around it."""
        return self.loose.passage.block.sentence(self.loose.found.start)

    @property
    def columns(self) -> tuple[int, int]:
        """The columns it takes in its line, zeros when that cannot be told."""
        return self.loose.passage.columns(self.loose.found.start, self.loose.found.end)

    @property
    def only(self) -> FittingFigure | None:
        """The one figure it may be bound to: no other fits, and its sentence shares a word with it."""
        return self.fitting[0] if len(self.fitting) == 1 and self.fitting[0].shared and all(self.columns) else None


def suggestions(page: Path, library: Library) -> list[Bound]:
    """Return the numbers of a page that are bound to nothing, each with the figures that fit it.

    Raises:
        StatementError: If the page cannot be read.
    """
    loose = loose_numbers(read_page(page), library)
    return [Bound(number, tuple(candidates(number.found.text, _sentence(number), library))) for number in loose]


def _sentence(number: Loose) -> str:
    return number.passage.block.sentence(number.found.start)


def bind(page: Path, suggested: Iterable[Bound], work: Transaction) -> list[Bound]:
    """Write a link at each number that only one figure fits, change nothing else, and return those that were bound.

    Args:
        page: The chapter's file.
        suggested: What `suggestions` returned for it.
        work: The transaction that writes it, and has seen it before that.

    Raises:
        ScaffoldError: If a notebook is written in a way that cannot be kept byte for byte.
    """
    chosen = [number for number in suggested if number.only]
    if chosen and page.suffix == ".md":
        lines = work.read(page).split("\n")
        _link(lines, chosen)
        work.write(page, "\n".join(lines))
    elif chosen:
        work.write(page, _bound_notebook(page, work.read(page), chosen))
    return chosen


def _bound_notebook(page: Path, raw: str, chosen: list[Bound]) -> str:
    notebook = json.loads(raw)
    style = next((style for style in _STYLES if _dumped(notebook, style) == raw), None)
    if style is None:
        raise ScaffoldError(f"chapters/{page.name}: not in its committed form, so it is left alone. Run: evidence record {page.stem}")
    for number, cell in enumerate(notebook["cells"], start=1):
        own = [bound for bound in chosen if bound.place.cell == number]
        if own:
            whole = isinstance(cell["source"], str)
            lines = "".join(cell["source"]).split("\n")
            _link(lines, own)
            cell["source"] = "\n".join(lines) if whole else "\n".join(lines).splitlines(keepends=True)
    return _dumped(notebook, style)


def _dumped(notebook: Any, style: _Style) -> str:
    indent, escaped, end = style
    return json.dumps(notebook, ensure_ascii=escaped, indent=indent) + end


def _link(lines: list[str], chosen: list[Bound]) -> None:
    """Put links into lines, the last of each line first, so that the columns of the others stay what they are."""
    for bound in sorted(chosen, key=lambda bound: bound.columns, reverse=True):
        number = bound.loose.passage.block.line_of(bound.loose.found.start)[0] - 1
        first, last = (column - 1 for column in bound.columns)
        line = lines[number]
        lines[number] = f"{line[:first]}[{line[first:last]}](figure:{bound.only.id if bound.only else ''}){line[last:]}"
