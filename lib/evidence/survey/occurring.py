"""Whether each answer that a codebook names occurs in the export: one that nobody gives would count as a "no" of everybody."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from evidence.problems import Place, Problem
from evidence.survey.answers import parts_of
from evidence.survey.codebook import Codebook, WantedFigure
from evidence.survey.responses import Responses

_SHOWN = 12
"""Most answers that a message lists."""

_SEPARATORS = (";", "|", "\n", ",", " ")
_SURE = frozenset(";|\n")
"""What hardly stands within one answer."""

_ALIKE = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‑": "-", "−": "-"})


class Occurring:
    """What occurs in an export, and what of a codebook does not.

    Args:
        responses: All answers, before anything is left out.
        codebook: What asks for them.
    """

    def __init__(self, responses: Responses, codebook: Codebook) -> None:
        self._responses, self._codebook = responses, codebook
        self._found: dict[str, Counter[str]] = {}

    def problems(self, raked: bool) -> Iterator[Problem]:
        """Yield a problem for each answer that occurs nowhere, or occurs in a way that would be misread.

        Args:
            raked: Whether margins are used.
        """
        for rule in self._codebook.leave_out:
            yield from self._unknown("leave_out", [rule.column], rule.answers, ())
        yield from self._missing(raked)
        for figure in self._codebook.figures:
            yield from self._figure(figure)

    def _missing(self, raked: bool) -> Iterator[Problem]:
        codebook = self._codebook
        columns = [column for column in codebook.columns(raked) if column not in (codebook.respondent, codebook.weights.column)]
        yield from self._unknown("missing", columns, codebook.missing, codebook.absent)
        for column, answers in codebook.missing_in.items():
            if column in columns:
                yield from self._unknown("missing_in", [column], answers, codebook.absent)

    def _figure(self, figure: WantedFigure) -> Iterator[Problem]:
        for column, answers in figure.where.items():
            yield from self._unknown(figure.id, [column], answers, figure.absent)
            yield from self._several(figure.id, column, answers)
        if not figure.codes:
            return
        yield from self._unknown(figure.id, figure.columns, figure.codes, figure.absent)
        for column in figure.columns:
            yield from self._several(figure.id, column, figure.codes)
            yield from self._strange(figure, column)
        yield from self._everybody(figure)

    def _everybody(self, figure: WantedFigure) -> Iterator[Problem]:
        """Yield a problem when all who answer give what is asked for and others leave it empty: empty may be how what was not chosen is written."""
        if figure.among:
            return
        for columns in [(column,) for column in figure.columns] if figure.kind in ("lowest", "highest") else [figure.columns]:
            wanted = {self._responses.spelled(column, code) for column in columns for code in figure.codes}
            found = {text for column in columns for text in self._counts(column)}
            empty = int(self._responses.frame[list(columns)].isna().all(axis=1).sum())
            if found and found <= wanted and empty:
                told = f"all who answer give what is asked for, and {empty:,} leave it empty, which may mean that they did not choose it."
                remedy = "Name all columns of its question under among; its own alone where an empty cell is no answer."
                yield Problem(self._place(figure.id, columns), told, remedy)

    def _unknown(self, entry: str, columns: Iterable[str], answers: Iterable[str], absent: Iterable[str]) -> Iterator[Problem]:
        """Yield a problem for each answer that occurs in none of the columns, or beside one that differs in writing only."""
        columns, answers, known = list(columns), list(answers), Counter[str]()
        if not answers:
            return
        for column in columns:
            known.update(self._counts(column))
        written = {spelling for column in columns for answer in answers for spelling in self._spellings(column, answer)}
        alike: dict[str, list[str]] = {}
        for text in known:
            alike.setdefault(folded(text), []).append(text)
        for answer in answers:
            here = any(self._occurs(column, answer) for column in columns)
            others = [text for text in alike.get(folded(answer), []) if text not in written]
            if here and others:
                told = f'"{answer}" is asked for, and "{others[0]}" ({known[others[0]]:,}) is there as well, which differs in writing only.'
                yield Problem(self._place(entry, columns), told, "Name both, or correct the export.")
            elif not here and (answer not in absent or others):
                yield self._nowhere(entry, columns, answer, known)

    def _nowhere(self, entry: str, columns: list[str], answer: str, known: Counter[str]) -> Problem:
        listed = ", ".join(f"{text} ({count:,})" for text, count in known.most_common(_SHOWN))
        more = f" and {len(known) - _SHOWN:,} more" if len(known) > _SHOWN else ""
        told = f'answer "{answer}" occurs nowhere. Found: {listed or "no answer at all"}{more}.'
        return Problem(
            self._place(entry, columns), told, "Write it as the export does, or declare it absent.", nearest=nearest(answer, known)
        )

    def _several(self, entry: str, column: str, answers: Iterable[str]) -> Iterator[Problem]:
        """Yield a problem when an answer is one of several within a cell, and nobody has said so."""
        if column in self._codebook.delimited:
            return
        wanted, cells = {self._responses.spelled(column, one) for one in answers}, self._cells(column)
        for mark in _SEPARATORS:
            within = [cell for cell in cells if cell not in wanted and wanted & (parts := parts_of(cell, mark)) and parts != {cell}]
            if within and (mark in _SURE or _made_of_parts(cells, mark)):
                told = f'cells such as "{within[0]}" hold several answers, {wanted & parts_of(within[0], mark)} among them.'
                remedy = f'Declare it: [delimited] "{column}" = {_quoted(mark)}; or an empty text there if each cell is one answer.'
                yield Problem(self._place(entry, [column]), told, remedy)
                return

    def _strange(self, figure: WantedFigure, column: str) -> Iterator[Problem]:
        """Yield a problem when a column of several has none of the codes, and answers that no column with a code has."""
        matching = {one for one in figure.columns if any(self._occurs(one, code) for code in figure.codes)}
        if column in matching or not matching:
            return
        known = {text for one in matching for text in self._counts(one)}
        if others := [text for text in self._counts(column) if text not in known]:
            told = f'has none of the answers that are asked for, but "{others[0]}", which the other columns do not know.'
            yield Problem(self._place(figure.id, [column]), told, "Add its code, or take the column out.")

    def _occurs(self, column: str, answer: str) -> bool:
        """Return whether somebody gives an answer in a column, or the file itself declares it there."""
        spelled = self._responses.spelled(column, answer)
        return spelled in self._counts(column) or spelled in self._responses.labels.get(column, {}).values()

    def _spellings(self, column: str, answer: str) -> tuple[str, str]:
        return answer, self._responses.spelled(column, answer)

    def _counts(self, column: str) -> Counter[str]:
        """Return how many respondents give each answer, those within a cell apart."""
        if column not in self._found:
            counts: Counter[str] = Counter()
            for cell, count in self._responses.frame[column].value_counts().items():
                for part in parts_of(str(cell), self._codebook.delimited.get(column, "")):
                    counts[part] += int(count)
            self._found[column] = Counter({text: count for text, count in counts.items() if count})
        return self._found[column]

    def _cells(self, column: str) -> list[str]:
        return list(self._responses.frame[column].cat.categories)

    def _place(self, entry: str, columns: Iterable[str]) -> Place:
        return Place(self._responses.name, name=entry, column=", ".join(list(columns)[:3]))


def folded(text: str) -> str:
    """Return a text without what differs in writing only: case, blanks, kinds of quotation marks and dashes, a full stop at its end.

    Example:
        >>> folded("Don’t  know.") == folded("don't know")
        True
    """
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return re.sub(r"\s+", " ", plain).strip().rstrip(".")


def nearest(answer: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the answers whose spelling is nearest, best first."""
    by_fold: dict[str, str] = {}
    for text in known:
        by_fold.setdefault(folded(text), text)
    close = get_close_matches(folded(answer), list(by_fold), n=3, cutoff=0.6)
    return tuple(by_fold[one] for one in close)


def _made_of_parts(cells: list[str], mark: str) -> bool:
    """Return whether cells are put together from fewer parts than there are cells."""
    return len({part for cell in cells for part in parts_of(cell, mark)}) < len(cells)


def _quoted(mark: str) -> str:
    return '"\\n"' if mark == "\n" else f'"{mark}"'
