"""The cells of a wave: each figure, and each share broken down by group, with its estimate or the reason why it is withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from evidence.survey.answers import Answers
from evidence.survey.codebook import WantedFigure
from evidence.survey.estimates import Estimate, Estimator
from evidence.survey.weighting import Design

DEDUCIBLE = "could be worked out from the total and the other groups"
"""Why a cell is withheld that is large enough itself."""


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
    def question(self) -> tuple[str, tuple[str, ...], tuple[str, ...], bool]:
        """What is asked, whoever is asked."""
        return self.wanted.kind, self.wanted.columns, self.wanted.codes, self.wanted.weighted


def make_cells(answers: Answers, design: Design) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of the codebook's figures, in its order, and those of its breakdowns.

    A cell of fewer respondents than the codebook asks for is withheld. Where it is the only one of its breakdown and the total is shown,
    so is the next smallest, because the total less the others would give it away.

    Args:
        answers: The answers, and what is read from them.
        design: How respondents count.

    Raises:
        SurveyError: If a mean is asked of answers that are no numbers.
    """
    table = _Tabulation(answers, design)
    figures = [table.cell(wanted, table.asked(wanted.where)) for wanted in answers.codebook.figures]
    figures = [replace(cell, group=_group(cell.wanted), category=_category(cell.wanted)) for cell in figures]
    cells = _protected([*figures, *table.breakdowns()])
    return cells[: len(figures)], cells[len(figures) :]


class _Tabulation:
    def __init__(self, answers: Answers, design: Design) -> None:
        self._answers, self._frame, self._codebook = answers, answers.frame, answers.codebook
        self._weighted = Estimator(design)
        equal = np.ones(len(self._frame))
        self._plain = Estimator(Design(equal, equal, design.strata, design.clusters))

    def breakdowns(self) -> Iterator[Cell]:
        for wanted in self._codebook.figures:
            if wanted.kind == "share" and wanted.weighted and not wanted.where:
                for group in self._codebook.groups:
                    for category in self._frame[group].cat.categories:
                        base = (self._frame[group] == category).to_numpy()
                        yield replace(self.cell(wanted, base), group=group, category=str(category))

    def cell(self, wanted: WantedFigure, asked: np.ndarray) -> Cell:
        if wanted.kind == "respondents":
            return self._enough(Cell(wanted, int(asked.sum())))
        if wanted.kind in ("lowest", "highest"):
            return self._extreme(wanted, asked)
        base = asked & self._answers.answered(wanted.columns)
        cell = self._enough(Cell(wanted, int(base.sum())))
        return cell if cell.withheld else replace(cell, estimate=self._estimate(wanted, wanted.columns, base))

    def _extreme(self, wanted: WantedFigure, asked: np.ndarray) -> Cell:
        bases = {column: asked & self._frame[column].notna().to_numpy() for column in wanted.columns}
        cell = self._enough(Cell(wanted, min(int(base.sum()) for base in bases.values())))
        if cell.withheld:
            return cell
        estimates = [self._estimate(wanted, (column,), base) for column, base in bases.items()]
        chosen = (min if wanted.kind == "lowest" else max)(estimates, key=lambda estimate: estimate.value)
        return replace(cell, estimate=chosen, respondents=chosen.respondents)

    def _estimate(self, wanted: WantedFigure, columns: tuple[str, ...], base: np.ndarray) -> Estimate:
        estimator = self._weighted if wanted.weighted else self._plain
        if wanted.kind in ("mean", "nps"):
            numbers = self._answers.numbers if wanted.kind == "mean" else self._answers.promotion
            return estimator.mean(numbers(columns[0]), base)
        return estimator.share(np.logical_or.reduce([self._answers.says(column, wanted.codes) for column in columns]), base)

    def asked(self, where: dict[str, tuple[str, ...]]) -> np.ndarray:
        """Return who is asked: in every column one of its answers."""
        found: np.ndarray = np.ones(len(self._frame), dtype=bool)
        for column, answers in where.items():
            found = found & self._answers.says(column, answers)
        return found

    def _enough(self, cell: Cell) -> Cell:
        least = self._codebook.minimum_cell
        return cell if cell.respondents >= least else replace(cell, withheld=f"rests on fewer than {least} respondents")


def _group(wanted: WantedFigure) -> str:
    return next(iter(wanted.where)) if len(wanted.where) == 1 else ""


def _category(wanted: WantedFigure) -> str:
    return " or ".join(wanted.where[_group(wanted)]) if _group(wanted) else ""


def _protected(cells: list[Cell]) -> list[Cell]:
    """Return the cells with a second group withheld wherever a single one could be worked out."""
    totals = {cell.question for cell in cells if not cell.wanted.where and not cell.group and not cell.withheld}
    families: dict[object, dict[str, list[Cell]]] = defaultdict(lambda: defaultdict(list))
    for cell in cells:
        if cell.group and cell.question in totals:
            families[cell.question, cell.group][cell.category].append(cell)
    second = {(key, _next_smallest(family)) for key, family in families.items() if _withheld(family) == 1}
    return [replace(cell, estimate=None, withheld=DEDUCIBLE) if _at(cell) in second and not cell.withheld else cell for cell in cells]


def _at(cell: Cell) -> tuple[object, str]:
    return (cell.question, cell.group), cell.category


def _withheld(family: dict[str, list[Cell]]) -> int:
    return sum(any(cell.withheld for cell in cells) for cells in family.values())


def _next_smallest(family: dict[str, list[Cell]]) -> str:
    shown = {category: cells[0].respondents for category, cells in family.items() if not any(cell.withheld for cell in cells)}
    return min(shown, key=lambda category: shown[category], default="")
