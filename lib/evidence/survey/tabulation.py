"""The cells of a wave: each figure, and each share broken down by group, with its estimate or the reason why it is withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from evidence.survey.answers import Answers
from evidence.survey.codebook import WantedFigure
from evidence.survey.estimates import Estimate, Estimator
from evidence.survey.protection import Shown, deducible
from evidence.survey.weighting import Design

DEDUCIBLE = "could be worked out from the total and the other groups"
"""Why a cell is withheld that is large enough itself."""

ONE_CLUSTER = "lies within one cluster, so nobody can tell its error"
"""Why an estimate is withheld that no other unit can be compared with."""

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
    worked out; and an estimate whose error nobody can tell, because all its respondents are of one cluster.

    Args:
        answers: The answers, and what is read from them.
        design: How respondents count.

    Raises:
        SurveyError: If a mean is asked of answers that are no numbers.
    """
    table = _Tabulation(answers, design)
    figures = [table.cell(wanted, table.asked(wanted.where)) for wanted in answers.codebook.figures]
    figures = [replace(cell, group=_group(cell.wanted), category=_category(cell.wanted)) for cell in figures]
    cells = table.protected([*figures, *table.breakdowns()])
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
        cell = self._enough(Cell(wanted, int(base.sum())), base)
        return cell if cell.withheld else replace(cell, estimate=self._estimate(wanted, wanted.columns, base))

    def _extreme(self, wanted: WantedFigure, asked: np.ndarray) -> Cell:
        bases = {column: asked & self._frame[column].notna().to_numpy() for column in wanted.columns}
        cell = self._enough(Cell(wanted, min(int(base.sum()) for base in bases.values())), *bases.values())
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

    def _enough(self, cell: Cell, *bases: np.ndarray) -> Cell:
        least = self._codebook.minimum_cell
        if cell.respondents < least:
            return replace(cell, withheld=f"rests on fewer than {least} respondents")
        return replace(cell, withheld=ONE_CLUSTER) if any(self._weighted.degrees(base) < 1 for base in bases) else cell

    def protected(self, cells: list[Cell]) -> list[Cell]:
        """Return the cells without those from which few respondents could be worked out."""
        shown = [(place, one) for place, cell in enumerate(cells) if not cell.withheld for one in self._shown(cell, place)]
        least = self._codebook.minimum_cell
        held = {place for (place, _), withheld in zip(shown, deducible([one for _, one in shown], least), strict=True) if withheld}
        return [replace(cell, estimate=None, withheld=DEDUCIBLE) if place in held else cell for place, cell in enumerate(cells)]

    def _shown(self, cell: Cell, place: int) -> Iterator[Shown]:
        """Yield what a cell tells, for each question on its own: an extreme tells of any of its columns."""
        wanted, first = cell.wanted, place < len(self._codebook.figures)
        asked = self.asked(wanted.where) if first else (self._frame[cell.group] == cell.category).to_numpy()
        about = frozenset(wanted.where) if first else frozenset({cell.group})
        questions = [(column,) for column in wanted.columns] if wanted.kind in ("lowest", "highest") else [wanted.columns]
        for columns in questions:
            base = asked & self._answers.answered(columns) if columns else asked
            yield Shown(columns, base, about, first)


def _group(wanted: WantedFigure) -> str:
    return next(iter(wanted.where)) if len(wanted.where) == 1 else ""


def _category(wanted: WantedFigure) -> str:
    return " or ".join(wanted.where[_group(wanted)]) if _group(wanted) else ""
