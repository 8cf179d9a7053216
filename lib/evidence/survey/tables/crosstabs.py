"""Crosstabs: the figures of each question down, the categories of the banners across."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from string import ascii_letters

import numpy as np

from evidence.survey.answers import Answers
from evidence.survey.change import difference_of
from evidence.survey.codebook import WantedFigure
from evidence.survey.disclosing import asked_of
from evidence.survey.estimates import LEVEL
from evidence.survey.tabulation import AskedCell, Cell, Tabulation
from evidence.survey.weighting import Design, kish

_LEAST_TESTED = 30
"""Fewest effective respondents of a column that is compared with others; on fewer the normal approximation is not to be trusted."""


@dataclass(frozen=True, slots=True)
class BannerColumn:
    """A column of the table book.

    Attributes:
        banner: Column of the export; empty for all respondents.
        category: Its category; empty for all.
        letter: By which other columns of the banner name it; empty for all respondents.
    """

    banner: str = ""
    category: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Bases:
    """On how many the numbers of a question rest in a column.

    Attributes:
        unweighted: Respondents.
        weighted: The sum of their weights, of mean one over all respondents.
        effective: How many of equal weight would tell as much.
    """

    unweighted: int
    weighted: float
    effective: float


@dataclass(frozen=True, slots=True)
class TableRow:
    """A figure by the columns of the table book.

    Attributes:
        wanted: What it is.
        cells: A cell for each column.
        letters: For each column the letters of the columns of its banner that are lower at the level of the intervals.
    """

    wanted: WantedFigure
    cells: tuple[Cell, ...]
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionTable:
    """A question.

    Attributes:
        wording: Its words, or `not printed`.
        asked: Who was asked, in words.
        bases: A base for each column; None where its number may not be shown.
        rows: Its figures.
    """

    wording: str
    asked: str
    bases: tuple[Bases | None, ...]
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class TableBook:
    """All tables.

    Attributes:
        columns: The columns, all respondents first.
        tables: The questions.
    """

    columns: tuple[BannerColumn, ...]
    tables: tuple[QuestionTable, ...]


def crosstabs(answers: Answers, design: Design) -> TableBook:
    """Return the tables of a survey by its banners.

    What the report of the wave shows is taken into account: nothing here, taken with it, tells of fewer respondents than the codebook asks for.

    Args:
        answers: The answers, and what is read from them.
        design: How respondents count.

    Raises:
        SurveyError: If a mean is asked of answers that are no numbers.
    """
    codebook, table = answers.codebook, Tabulation(answers, design)
    wanted = [one for one in codebook.figures if one.kind in ("share", "mean", "nps")]
    banners = codebook.banners or codebook.groups
    columns = (BannerColumn(), *_columns(answers, banners))
    before = [*table.figures(), *table.breakdowns()]
    book = [one for figure in wanted for one in _across(table, figure, banners)]
    cells = table.protected([*before, *book])[len(before) :]
    width = len(columns)
    rows = {one.id: cells[width * place : width * (place + 1)] for place, one in enumerate(wanted)}
    asked = {one.id: book[width * place : width * (place + 1)] for place, one in enumerate(wanted)}
    tables = tuple(_table(own, rows, asked[own[0].id], columns, answers, design) for own in _questions(wanted))
    return TableBook(columns, tables)


def _columns(answers: Answers, banners: tuple[str, ...]) -> Iterator[BannerColumn]:
    for banner in banners:
        categories = answers.frame[banner].cat.categories
        yield from (BannerColumn(banner, str(category), _letter(place)) for place, category in enumerate(categories))


def _letter(place: int) -> str:
    """Return the letter of a column within its banner: a to Z, then aa and so on.

    Example:
        >>> _letter(0), _letter(51), _letter(52)
        ('a', 'Z', 'aa')
    """
    times, rest = divmod(place, len(ascii_letters))
    return ascii_letters[rest] * (times + 1)


def _across(table: Tabulation, figure: WantedFigure, banners: tuple[str, ...]) -> Iterator[AskedCell]:
    everybody = table.asked(figure.where)
    yield AskedCell(table.cell(figure, everybody), everybody, frozenset(figure.where), 2)
    for banner in banners:
        yield from table.by_group(figure, banner, 2)


def _questions(wanted: list[WantedFigure]) -> list[list[WantedFigure]]:
    """Return figures put together that are of one question: of the same columns, wording and respondents."""
    found: dict[object, list[WantedFigure]] = {}
    for one in wanted:
        found.setdefault((one.answered_in, one.wording, tuple(sorted(one.where.items()))), []).append(one)
    return list(found.values())


def _table(
    own: list[WantedFigure],
    rows: dict[str, list[Cell]],
    asked: list[AskedCell],
    columns: tuple[BannerColumn, ...],
    answers: Answers,
    design: Design,
) -> QuestionTable:
    first = own[0]
    answered = answers.answered(first.answered_in)
    bases = tuple(
        None if all(rows[one.id][place].withheld for one in own) else _bases(design.weights[found.asked & answered])
        for place, found in enumerate(asked)
    )
    made = tuple(TableRow(one, tuple(rows[one.id]), letters(rows[one.id], columns)) for one in own)
    return QuestionTable(first.wording, asked_of(first), bases, made)


def _bases(weights: np.ndarray) -> Bases:
    return Bases(len(weights), float(weights.sum()), kish(weights))


def letters(cells: list[Cell], columns: tuple[BannerColumn, ...]) -> tuple[str, ...]:
    """Return for each column the letters of the columns of its banner whose number is lower, at the level of the intervals.

    Columns of a banner hold different respondents. No allowance is made for how many are compared, as is usual in table books.

    Args:
        cells: A figure by column.
        columns: The columns.
    """
    return tuple(
        "".join(other.letter for rival, other in zip(cells, columns, strict=True) if other.banner == own.banner and _lower(rival, cell))
        if own.letter
        else ""
        for cell, own in zip(cells, columns, strict=True)
    )


def _lower(rival: Cell, cell: Cell) -> bool:
    if rival is cell or rival.estimate is None or cell.estimate is None:
        return False
    if rival.estimate.value >= cell.estimate.value or min(rival.estimate.effective, cell.estimate.effective) < _LEAST_TESTED:
        return False
    mean = cell.wanted.kind != "share"
    return difference_of(rival.estimate, cell.estimate, mean=mean)[2] <= 1 - LEVEL
