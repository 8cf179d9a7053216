"""The answers of respondents: read from an export, without those who do not count and without what is no answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from evidence.errors import SurveyError
from evidence.problems import Place, Problem
from evidence.survey.codebook import Codebook, Written
from evidence.survey.exports import header_of, read_columns

_NAMED, _NEEDED = 30, 5
"""Most columns a message names, of those that are there and of those that are missing; trackers have thousands."""


@dataclass(frozen=True, slots=True)
class Responses:
    """The answers of an export.

    Attributes:
        name: What to call the export in a message.
        frame: One row a respondent, each column categories of text; no answer is missing. Its index counts the rows of the export from 0.
        labels: For each column whose values the file labels: label by code.
        decimal: What stands before decimals.
        named_by: Whether the answers of a column are named by `codes` or `labels`; either where it is not told.
        log: What was done to them, in order, in words.
    """

    name: str
    frame: pd.DataFrame
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    decimal: str = "."
    named_by: dict[str, str] = field(default_factory=dict)
    log: tuple[str, ...] = ()

    def spelled(self, column: str, answer: str) -> str:
        """Return an answer as the column has it: the label of a code, or the answer itself.

        Raises:
            SurveyError: If it is the code of one label and is itself another, or two codes have its label.
        """
        label, named = self.labels.get(column, {}).get(answer), self.named_by.get(column, "")
        if label is None or label == answer or named == "labels":
            return answer
        if named == "codes" and list(self.labels[column].values()).count(label) == 1:
            return label
        known = list(self.labels[column].values())
        if answer in known or known.count(label) > 1:
            told = f'"{answer}" is the code of "{label}", and ' + (
                f'the label "{answer}" is there as well.' if answer in known else "so is another."
            )
            raise SurveyError(
                Problem(Place(self.name, column=column), told, f'Say which in the codebook: [named_by] "{column}" = "labels".')
            )
        return label

    def without(self, rows: np.ndarray, why: str) -> Responses:
        """Return the answers without some respondents, and with a line in the log that says how many and why; as they are without any."""
        if not rows.any():
            return self
        told = f"{int(rows.sum()):,} respondents left out: {why}"
        return replace(self, frame=self.frame[~rows], log=(*self.log, told))


def read_responses(path: Path, needed: dict[str, list[str]], written: Written | None = None) -> Responses:
    """Return the answers of an export, only the columns that are needed.

    Files of SPSS and Stata give the labels of their values, and keep their codes. Whole numbers of a spreadsheet lose a needless ".0".

    Args:
        path: The export.
        needed: Columns it must have, each with what it is needed for.
        written: How the file is written, where it does not say so itself.

    Raises:
        SurveyError: If the file is missing, of another form, without rows, or lacks columns: names them all and what each is for.
    """
    written = written or Written()
    header = header_of(path, written)
    _check_header(header, needed, path.name)
    found = read_columns(path, list(needed), written)
    if found.frame.empty and needed:
        raise SurveyError(f"{path.name}: no respondents below the header. Export it again with its rows.")
    return Responses(path.name, found.frame, found.labels, written.decimal, log=(f"{len(found.frame):,} rows read from {path.name}",))


def _check_header(header: list[str], needed: dict[str, list[str]], name: str) -> None:
    known = set(header)
    absent = [column for column in needed if column not in known]
    if absent:
        told = "\n".join(f"  {column}: needed for {', '.join(needed[column][:3])}" for column in absent[:_NEEDED])
        told += f"\n  and {len(absent) - _NEEDED:,} others" if len(absent) > _NEEDED else ""
        more = f" and {len(header) - _NAMED:,} more" if len(header) > _NAMED else ""
        raise SurveyError(
            f"{name}: {len(absent)} of the {len(needed)} columns that the codebook needs are missing.\n{told}\n"
            f"It has: {', '.join(' '.join(name.split()) for name in header[:_NAMED])}{more}.\nName the columns of this export in the codebook, or add them to the export."
        )


def counted(responses: Responses, codebook: Codebook, margins: Iterable[str] = ()) -> Responses:
    """Return the answers of those who count: without who is left out by a declared rule, and without what is no answer.

    Args:
        responses: All answers.
        codebook: The rules.
        margins: Columns of the margins that weights are raked to.

    Raises:
        SurveyError: If nobody is left.
    """
    for rule in codebook.leave_out:
        wanted = [responses.spelled(rule.column, answer) for answer in rule.answers]
        responses = responses.without(responses.frame[rule.column].isin(wanted).to_numpy(), f"{rule.column}, {rule.why}")
    responses = _without_missing(responses, codebook)
    unknown = {margin.column for margin in codebook.margins if margin.unknown == "leave out"} & set(margins)
    for column in sorted(unknown):
        responses = responses.without(responses.frame[column].isna().to_numpy(), f"{column} unknown, which weights are raked to")
    responses = _without_weights(responses, codebook)
    if responses.frame.empty:
        raise SurveyError(
            f"{responses.name}: nobody is left who counts. {'; '.join(responses.log)}. Correct leave_out or weights in the codebook."
        )
    return responses


def missing_of(codebook: Codebook, responses: Responses, column: str) -> list[str]:
    """Return the answers of a column that are none, as the column has them."""
    return [responses.spelled(column, answer) for answer in (*codebook.missing, *codebook.missing_in.get(column, ()))]


def _without_missing(responses: Responses, codebook: Codebook) -> Responses:
    if not codebook.missing and not codebook.missing_in:
        return responses
    frame = responses.frame.copy()
    for column in frame:
        none = [one for one in missing_of(codebook, responses, str(column)) if one in frame[column].cat.categories]
        if none:
            frame[column] = frame[column].cat.remove_categories(none)
    return replace(responses, frame=frame)


def _without_weights(responses: Responses, codebook: Codebook) -> Responses:
    own = codebook.weights
    if not own.column:
        return responses
    if own.empty == "leave out":
        responses = responses.without(responses.frame[own.column].isna().to_numpy(), f"{own.column}, no weight")
    if own.zero == "leave out":
        weights = numbers(responses.frame, own.column, responses.name, responses.decimal)
        responses = responses.without(weights == 0, f"{own.column}, weight nought")
    return responses


def numbers(frame: pd.DataFrame, column: str, name: str, decimal: str = ".") -> np.ndarray:
    """Return a column as numbers; no answer is `nan`.

    Args:
        frame: The answers.
        column: Its column.
        name: What to call the export in a message.
        decimal: What stands before decimals.

    Raises:
        SurveyError: If an answer is no finite number: names the first and its row.
    """
    known = frame[column].cat.categories
    values = np.append(
        pd.to_numeric(known.astype(object).map(lambda text: _point(text, decimal)), errors="coerce").to_numpy(dtype=float), np.nan
    )
    found: np.ndarray = values[frame[column].cat.codes]
    wrong = np.flatnonzero(frame[column].notna().to_numpy() & ~np.isfinite(found))
    if wrong.size:
        row = int(wrong[0])
        told = frame[column].iloc[row]
        remedy = 'Name it in the codebook: [export] decimal = ",".' if "," in told and decimal == "." else "Correct the cell."
        raise SurveyError(f'{name}, row {frame.index[row] + 2}, column {column}: "{told}" is no number. {remedy}')
    return found


def _point(text: str, decimal: str) -> str:
    """Return a number with a point before its decimals; one that already has a point where a comma is declared reads as none."""
    return text if decimal == "." else "" if "." in text else text.replace(",", ".")


def check_respondents(frame: pd.DataFrame, column: str, name: str) -> None:
    """Refuse an export in which a respondent occurs twice or has no name.

    Raises:
        SurveyError: If one does: names the first.
    """
    if not column:
        return
    again = frame[column].isna() | frame[column].duplicated()
    if again.any():
        row = int(np.flatnonzero(again.to_numpy())[0])
        raise SurveyError(
            f'{name}, row {frame.index[row] + 2}, column {column}: "{frame[column].iloc[row]}" is empty or there already; each respondent '
            "must occur once. Remove the repeated rows."
        )
