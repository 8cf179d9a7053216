"""Read a grid: a CSV of which every row is a run of the book or of one chapter, refused as a whole while anything in it is wrong."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evidence.editions.recording import notebooks
from evidence.errors import DataError
from evidence.gates import parameters
from evidence.gates.form import OPTIONAL
from evidence.problems import Place, Problem
from evidence.statements import read_notebook

COLUMNS = ("as_of", "scenario", "chapter", *OPTIONAL)
"""Columns a grid may have, in the order a summary shows them."""


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds where a row says nothing.

    Attributes:
        data: Full data library or overlay of new rows; None for the repository's own.
        as_of: Day to see the data on, ISO, or empty.
        only: One chapter, or empty for the book.
    """

    data: Path | None = None
    as_of: str = ""
    only: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a grid.

    Attributes:
        number: Its number as a spreadsheet counts: the header is row 1.
        as_of: Day to see the data on, ISO, or empty.
        scenario: Full data library or overlay of new rows; None for the repository's own data.
        chapters: Names of the chapters to run.
        given: Further parameters with their texts, in the order of `COLUMNS`.
        cells: What stands in each of `COLUMNS`; empty where the grid does not have it.
    """

    number: int
    as_of: str
    scenario: Path | None
    chapters: tuple[str, ...]
    given: tuple[tuple[str, str], ...]
    cells: tuple[str, ...]

    @property
    def label(self) -> str:
        """Its number with what stands in it, for people."""
        return " ".join([f"row {self.number}", *(cell for cell in self.cells if cell)])


def read_grid(file: Path, chapters: Path, defaults: Defaults) -> list[GridRow]:
    """Return the rows of a grid in order.

    Args:
        file: The grid; folders in its column `scenario` are relative to it.
        chapters: Folder of the chapters.
        defaults: What holds where a row says nothing.

    Raises:
        DataError: If it cannot be read, is empty, or has a column, day, folder, chapter or parameter that is not known: names row and column.
        EditionError: If the default chapter is not known.
    """
    known = {path.stem: parameters(read_notebook(path)) or {} for path in notebooks(chapters)}
    if defaults.only:
        notebooks(chapters, defaults.only)
    header, lines = _cells(file)
    _check_header(file.name, header, known)
    reader = _GridReader(file, header, known, defaults)
    rows = [reader.row(number, cells) for number, cells in lines]
    problems = [*reader.problems, *_twice(file.name, rows)]
    _refuse(problems)
    return rows


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise DataError([*problems, "Nothing was run."])


def _cells(file: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Return the header of a grid, and the number and cells of each row that is not empty."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(Problem(Place(file.name), "not UTF-8.", "Save it as CSV in UTF-8.")) from None
    lines = [[cell.strip() for cell in line] for line in csv.reader(text.splitlines())]
    rows = [(number, line) for number, line in enumerate(lines, start=1) if any(line)]
    if len(rows) < 2:
        remedy = f"Its first row names columns ({', '.join(COLUMNS)}), each further one is a run."
        raise DataError(Problem(Place(file.name), "no row to run.", remedy))
    return rows[0][1], rows[1:]


def _check_header(name: str, header: list[str], known: dict[str, dict[str, str]]) -> None:
    head, problems = Place(name, 1), []
    for column in header:
        if column not in COLUMNS:
            near = difflib.get_close_matches(column, COLUMNS, n=1)
            hint = f' Is it "{near[0]}"?' if near else ""
            problems.append(Problem(head, f'unknown column "{column}"; a grid may have {", ".join(COLUMNS)}.{hint}'))
        elif column in OPTIONAL and not any(column in had for had in known.values()):
            problems.append(Problem(head.at(column=column), "no chapter has such a parameter.", "Take the column out."))
    problems += [Problem(head, f"column {column} stands there twice.") for column in sorted(set(header)) if header.count(column) > 1]
    _refuse(problems)


class _GridReader:
    """Turns cells into rows, and gathers what is wrong with them."""

    def __init__(self, file: Path, header: list[str], known: dict[str, dict[str, str]], defaults: Defaults) -> None:
        self._file, self._header, self._known, self._defaults = file, header, known, defaults
        self.problems: list[Problem] = []

    def row(self, number: int, cells: list[str]) -> GridRow:
        if len(cells) != len(self._header):
            told = f"{len(cells)} cells, the header has {len(self._header)}."
            self.problems.append(Problem(Place(self._file.name, number), told))
        found = dict.fromkeys(COLUMNS, "") | dict(zip(self._header, cells, strict=False))
        chosen = self._chapters(number, found["chapter"])
        given = tuple((name, found[name]) for name in OPTIONAL if found[name])
        self._check_parameters(number, given, chosen)
        day, scenario = self._day(number, found["as_of"]), self._scenario(number, found["scenario"])
        return GridRow(number, day, scenario, chosen, given, tuple(found.values()))

    def _wrong(self, number: int, column: str, what: str) -> None:
        self.problems.append(Problem(Place(self._file.name, number, column=column), what))

    def _day(self, number: int, cell: str) -> str:
        try:
            if cell and date.fromisoformat(cell).isoformat() != cell:
                raise ValueError
        except ValueError:
            self._wrong(number, "as_of", f'"{cell}" is not a date; write it as 2026-04-30.')
        return cell or self._defaults.as_of

    def _scenario(self, number: int, cell: str) -> Path | None:
        if not cell:
            return self._defaults.data
        folder = self._file.parent / cell
        if not folder.is_dir():
            self._wrong(number, "scenario", f'no folder "{cell}" beside the grid. Give a data library, or a folder with new rows.')
        return folder

    def _chapters(self, number: int, cell: str) -> tuple[str, ...]:
        name = cell or self._defaults.only
        if name and name not in self._known:
            self._wrong(number, "chapter", f'there is no chapter "{name}" to run. There are {", ".join(self._known)}.')
        return (name,) if name else tuple(self._known)

    def _check_parameters(self, number: int, given: tuple[tuple[str, str], ...], chosen: tuple[str, ...]) -> None:
        for name, text in given:
            if all(chapter in self._known for chapter in chosen) and not any(name in self._known[chapter] for chapter in chosen):
                having = ", ".join(chapter for chapter, had in self._known.items() if name in had)
                self._wrong(number, name, f'"{text}" is for no chapter of this row; {having} has such a parameter. Leave the cell empty.')


def _twice(name: str, rows: list[GridRow]) -> Iterator[Problem]:
    """Yield a problem for each row that later ones ask the same as, at the first of these."""
    alike: dict[tuple[object, ...], list[int]] = {}
    for row in rows:
        alike.setdefault((row.as_of, row.scenario and row.scenario.resolve(), row.chapters, row.given), []).append(row.number)
    for first, *others in alike.values():
        if others:
            later = len(others) - 1
            more = f", and so {'are' if later > 1 else 'is'} {later} more" if later else ""
            yield Problem(Place(name, others[0]), f"the same as row {first}{more}.", "Keep one of them.")
