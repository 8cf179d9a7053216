"""The cells of a wave: each figure, and each share broken down by group, with its estimate or the reason why it is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from evidence.survey.answers import Answers
from evidence.survey.codebook import WantedFigure
from evidence.survey.estimates import LEAST_EFFECTIVE, Estimate, Estimator
from evidence.survey.protection import Shown, deducible
from evidence.survey.weighting import Design

DEDUCIBLE = "could be worked out from the total and the other groups"
"""Why a cell is withheld that is large enough itself."""

ONE_CLUSTER = "lies within one cluster, so nobody can tell its error"
"""Why an estimate is withheld that no other unit can be compared with."""

HEAVY = f"hangs on a few heavy respondents: weights leave fewer than {LEAST_EFFECTIVE} effective ones and less than a third of those asked"
"""Why an estimate is withheld that has respondents enough, but not by their weights."""

SMALL_BASES = (50, 100)
"""A base of fewer respondents is told with each number: figures on fewer than the first are hardly more than a hint, fewer than the second
want caution, as the tables of British pollsters mark them."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of a wave, or one that is withheld.

    Attributes:
        wanted: What it is.
        respondents: How many it rests on; never shown when withheld.
        estimate: Share (of one) or mean; None for a number of respondents, and when withheld.
        group: Column it is broken down by; empty for the figure itself.
        category: Group of that column.
        withheld: Why it is not shown, or empty.
    """

    wanted: WantedFigure
    respondents: int
    estimate: Estimate | None = None
    group: str = ""
    category: str = ""
    withheld: str = ""

    @property
    def caution(self) -> str:
        """What readers are told of a small base; empty for a large one, and for a number without an estimate."""
        least = next((least for least in SMALL_BASES if self.respondents < least), 0)
        return f"base under {least}" if least and self.estimate is not None else ""


def make_cells(answers: Answers, design: Design) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of the codebook's figures, in its order, and those of its breakdowns.

    A cell of fewer respondents than the codebook asks for is withheld, and so is one from which, with others that are shown, so few could be
    worked out; and an estimate whose error nobody can tell, because all its respondents are of one cluster, or a few heavy ones answer for them.

    Args:
        answers: The answers, and what is read from them.
        design: How respondents count.

    Raises:
        SurveyError: If a mean is asked of answers that are no numbers.
    """
    table = Tabulation(answers, design)
    asked = [*table.figures(), *table.breakdowns()]
    cells = table.protected(asked)
    figures = [replace(cell, group=_group(cell.wanted), category=_category(cell.wanted)) for cell in cells[: len(answers.codebook.figures)]]
    return figures, cells[len(figures) :]


@dataclass(frozen=True, slots=True)
class AskedCell:
    """A cell before it is protected.

    Attributes:
        cell: The cell.
        asked: Whether each respondent is asked.
        columns: Columns that say who is.
        order: Which are shown rather than others: those of the smallest number.
    """

    cell: Cell
    asked: np.ndarray
    columns: frozenset[str]
    order: int


class Tabulation:
    """The cells of a wave, one by one.

    Args:
        answers: The answers, and what is read from them.
        design: How respondents count.
    """

    def __init__(self, answers: Answers, design: Design) -> None:
        self._answers, self._frame, self._codebook = answers, answers.frame, answers.codebook
        self._weighted = Estimator(design)
        equal = np.ones(len(self._frame))
        self._plain = Estimator(Design(equal, equal, design.strata, design.clusters))

    def figures(self) -> Iterator[AskedCell]:
        """Yield the codebook's figures, in its order."""
        for wanted in self._codebook.figures:
            asked = self.asked(wanted.where)
            yield AskedCell(self.cell(wanted, asked), asked, frozenset(wanted.where), 0)

    def breakdowns(self) -> Iterator[AskedCell]:
        """Yield every share of all respondents by the codebook's groups."""
        for wanted in self._codebook.figures:
            if wanted.kind == "share" and wanted.weighted and not wanted.where:
                for group in self._codebook.groups:
                    yield from self.by_group(wanted, group, 1)

    def by_group(self, wanted: WantedFigure, group: str, order: int) -> Iterator[AskedCell]:
        """Yield a figure by the categories of a column."""
        everybody = self.asked(wanted.where)
        for category in self._frame[group].cat.categories:
            asked = everybody & (self._frame[group] == category).to_numpy()
            cell = replace(self.cell(wanted, asked), group=group, category=str(category))
            yield AskedCell(cell, asked, frozenset({*wanted.where, group}), order)

    def cell(self, wanted: WantedFigure, asked: np.ndarray) -> Cell:
        """Return a figure of those who are asked."""
        if wanted.kind == "respondents":
            return self._enough(Cell(wanted, int(asked.sum())))
        if wanted.kind in ("lowest", "highest"):
            return self._extreme(wanted, asked)
        base = asked & self._answers.answered(wanted.answered_in)
        cell = self._enough(Cell(wanted, int(base.sum())), base)
        return cell if cell.withheld else replace(cell, estimate=self._estimate(wanted, wanted.columns, base))

    def _extreme(self, wanted: WantedFigure, asked: np.ndarray) -> Cell:
        bases = {column: asked & self._answers.answered(wanted.among or (column,)) for column in wanted.columns}
        cell = self._enough(Cell(wanted, min(int(base.sum()) for base in bases.values())), *bases.values())
        if cell.withheld:
            return cell
        estimates = [self._estimate(wanted, (column,), base) for column, base in bases.items()]
        chosen = (min if wanted.kind == "lowest" else max)(estimates, key=lambda estimate: estimate.value)
        return replace(cell, estimate=chosen, respondents=chosen.respondents)

    def _estimate(self, wanted: WantedFigure, columns: tuple[str, ...], base: np.ndarray) -> Estimate:
        estimator, values = self._weighted if wanted.weighted else self._plain, self._values(wanted, columns)
        return estimator.mean(values, base) if wanted.kind in ("mean", "nps") else estimator.share(values, base)

    def _values(self, wanted: WantedFigure, columns: tuple[str, ...]) -> np.ndarray:
        """Return what each respondent adds to a figure: a number, or whether an answer is one of the codes."""
        if wanted.kind in ("mean", "nps"):
            numbers = self._answers.numbers if wanted.kind == "mean" else self._answers.promotion
            return numbers(columns[0])
        found: np.ndarray = np.logical_or.reduce([self._answers.says(column, wanted.codes) for column in columns])
        return found

    def parts(self, wanted: WantedFigure) -> np.ndarray:
        """Return each respondent's part in the error of a figure that has an estimate of the population."""
        base = self.asked(wanted.where) & self._answers.answered(wanted.answered_in)
        return self._weighted.parts(np.where(base, self._values(wanted, wanted.columns), 0.0), base)

    def asked(self, where: dict[str, tuple[str, ...]]) -> np.ndarray:
        """Return who is asked: in every column one of its answers."""
        found: np.ndarray = np.ones(len(self._frame), dtype=bool)
        for column, answers in where.items():
            found = found & self._answers.says(column, answers)
        return found

    def _enough(self, cell: Cell, *bases: np.ndarray) -> Cell:
        least = self._codebook.minimum_cell
        if cell.respondents < least:
            return replace(cell, withheld=f"rests on fewer than {least} respondents")
        if any(self._weighted.degrees(base) < 1 for base in bases):
            return replace(cell, withheld=ONE_CLUSTER)
        heavy = cell.wanted.weighted and any(self._weighted.carried_by_few(base) for base in bases)
        return replace(cell, withheld=HEAVY) if heavy else cell

    def protected(self, asked: list[AskedCell]) -> list[Cell]:
        """Return the cells without those from which few respondents could be worked out."""
        shown = [(place, one) for place, found in enumerate(asked) if not found.cell.withheld for one in self._shown(found)]
        least = self._codebook.minimum_cell
        held = {place for (place, _), withheld in zip(shown, deducible([one for _, one in shown], least), strict=True) if withheld}
        return [
            replace(found.cell, estimate=None, withheld=DEDUCIBLE) if place in held else found.cell for place, found in enumerate(asked)
        ]

    def _shown(self, found: AskedCell) -> Iterator[Shown]:
        """Yield what a cell tells, for each question on its own: an extreme tells of any of its columns."""
        wanted = found.cell.wanted
        questions = [(column,) for column in wanted.columns] if wanted.kind in ("lowest", "highest") else [wanted.columns]
        for columns in questions:
            base = found.asked & self._answers.answered(wanted.among or columns) if columns else found.asked
            yield Shown(columns, base, found.columns, found.order)


def _group(wanted: WantedFigure) -> str:
    return next(iter(wanted.where)) if len(wanted.where) == 1 else ""


def _category(wanted: WantedFigure) -> str:
    return " or ".join(wanted.where[_group(wanted)]) if _group(wanted) else ""
