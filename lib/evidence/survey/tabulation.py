"""The cells of a wave: each figure, and each share broken down by group, with its estimate or the reason why it is withheld."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from evidence.survey.codebook import Codebook, WantedFigure
from evidence.survey.estimates import Estimate, Estimator
from evidence.survey.responses import numbers
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


def make_cells(frame: pd.DataFrame, codebook: Codebook, design: Design, name: str) -> tuple[list[Cell], list[Cell]]:
    """Return the cells of the codebook's figures, in its order, and those of its breakdowns.

    A cell of fewer respondents than the codebook asks for is withheld. Where it is the only one of its breakdown and the total is shown,
    so is the next smallest, because the total less the others would give it away.

    Args:
        frame: The answers.
        codebook: What is read from them.
        design: How respondents count.
        name: What to call the export in a message.

    Raises:
        SurveyError: If a mean is asked of answers that are no numbers.
    """
    answers = _Answers(frame, codebook, design, name)
    figures = [answers.cell(wanted, _base(frame, wanted.where)) for wanted in codebook.figures]
    figures = [replace(cell, group=_group(cell.wanted), category=_category(cell.wanted)) for cell in figures]
    cells = _protected([*figures, *answers.breakdowns()])
    return cells[: len(figures)], cells[len(figures) :]


class _Answers:
    def __init__(self, frame: pd.DataFrame, codebook: Codebook, design: Design, name: str) -> None:
        self._frame, self._codebook, self._name = frame, codebook, name
        self._weighted = Estimator(design)
        equal = np.ones(len(frame))
        self._plain = Estimator(Design(equal, equal, design.strata, design.clusters))

    def breakdowns(self) -> Iterator[Cell]:
        for wanted in self._codebook.figures:
            if wanted.kind == "share" and wanted.weighted and not wanted.where:
                for group in self._codebook.groups:
                    for category in self._frame[group].cat.categories:
                        base = _base(self._frame, {group: (category,)})
                        yield replace(self.cell(wanted, base), group=group, category=str(category))

    def cell(self, wanted: WantedFigure, asked: np.ndarray) -> Cell:
        if wanted.kind == "respondents":
            return self._enough(Cell(wanted, int(asked.sum())))
        if wanted.kind in ("lowest", "highest"):
            return self._extreme(wanted, asked)
        base = asked & self._frame[list(wanted.columns)].notna().any(axis=1).to_numpy()
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
        if wanted.kind == "mean":
            return estimator.mean(numbers(self._frame, columns[0], self._name), base)
        return estimator.share(np.logical_or.reduce([_is(self._frame[column], wanted.codes) for column in columns]), base)

    def _enough(self, cell: Cell) -> Cell:
        least = self._codebook.minimum_cell
        return cell if cell.respondents >= least else replace(cell, withheld=f"rests on fewer than {least} respondents")


def _is(answers: pd.Series, codes: tuple[str, ...]) -> np.ndarray:
    """Return whether each answer is one of the codes."""
    wanted = np.append(answers.cat.categories.isin(codes), False)
    chosen: np.ndarray = wanted[answers.cat.codes]
    return chosen


def _base(frame: pd.DataFrame, where: dict[str, tuple[str, ...]]) -> np.ndarray:
    """Return who is asked: in every column one of its answers."""
    everybody = np.ones(len(frame), dtype=bool)
    asked: np.ndarray = np.logical_and.reduce([everybody, *(_is(frame[column], codes) for column, codes in where.items())])
    return asked


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
