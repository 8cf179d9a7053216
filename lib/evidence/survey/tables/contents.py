"""What a table book says besides its tables, and how its cells are written, the same in every form."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.survey.disclosing import DisclosedItem, checklist
from evidence.survey.records import ends, stated
from evidence.survey.report import Wave, processing
from evidence.survey.tables.crosstabs import Bases, QuestionTable, TableBook
from evidence.survey.tabulation import Cell

WITHHELD = "withheld"
NOTES = (
    "A letter beside a number names a column of the same banner whose number is lower; such a difference comes about by chance in fewer than 5 of 100 "
    "samples. No allowance is made for how many columns are compared; columns of fewer than 30 effective respondents are not.",
    "* base under 100, ** base under 50: read with caution.",
    "Numbers on too few respondents, numbers that hang on a few heavy ones, and numbers that would give one of few away, are withheld.",
)


@dataclass(frozen=True, slots=True)
class Contents:
    """A table book, ready to be written.

    Attributes:
        title: Its title.
        told: What readers must be told.
        book: The tables.
        margins: Categories of margins with their shares of the population, before and after raking, in percent.
        log: What was done to the answers.
    """

    title: str
    told: list[DisclosedItem]
    book: TableBook
    margins: list[dict[str, str | float]]
    log: list[str]


def contents(wave: Wave, book: TableBook) -> Contents:
    """Return what a table book of a wave says."""
    told = checklist(wave.codebook, wave.design)
    return Contents(f"{wave.codebook.title}: tables of {wave.named.as_of}", told, book, wave.design.fit, list(processing(wave)))


def number(cell: Cell, letters: str) -> str:
    """Return a cell as readers see it: its number, marks of a small base, and letters of lower columns."""
    if cell.withheld or cell.estimate is None:
        return WITHHELD
    mark = {"": "", "base under 100": "*", "base under 50": "**"}[cell.caution]
    return f"{stated(cell)}{mark}{f' {letters}' if letters else ''}"


def interval(cell: Cell) -> str:
    """Return the interval of a cell; empty when it is withheld."""
    return "" if cell.withheld or cell.estimate is None else " to ".join(ends(cell))


def label(table: QuestionTable, row: int) -> str:
    """Return what a row of a table is called: its category, its answers, or what kind of number it is."""
    wanted = table.rows[row].wanted
    names = {"mean": "Mean", "nps": "Net promoter score"}
    return names.get(wanted.kind) or wanted.category or f"{'Net: ' if len(wanted.codes) > 1 else ''}{', '.join(wanted.codes)}"


def base_rows(table: QuestionTable) -> list[tuple[str, list[str]]]:
    """Return the bases of a table, a row each: unweighted, weighted and effective."""
    names = ("Unweighted base", "Weighted base", "Effective base")
    shown = [_texts(base) for base in table.bases]
    return [(name, [texts[place] for texts in shown]) for place, name in enumerate(names)]


def _texts(base: Bases | None) -> tuple[str, str, str]:
    return (f"{base.unweighted:,}", f"{base.weighted:,.0f}", f"{base.effective:,.0f}") if base else (WITHHELD,) * 3
