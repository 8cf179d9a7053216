"""Open an export of any form: its header, and the columns that are asked for as text with the labels of their values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from evidence.errors import SurveyError
from evidence.problems import Place, Problem
from evidence.survey.codebook import Written
from evidence.survey.exports import delimited, spreadsheet, statistical
from evidence.survey.exports.heading import LOOKED_AT, names_of

FORMS = (".csv", ".tsv", ".xlsx", *statistical.READERS)
"""Ends of the names of files that can be read."""

_TEXT = (".csv", ".tsv")


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of an export.

    Attributes:
        frame: One row a respondent, each column categories of trimmed text; a value with a label is its label. Its index counts rows from 0.
        labels: For each column whose values the file labels: label by value, as text.
    """

    frame: pd.DataFrame
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


def check_form(path: Path) -> None:
    """Refuse what is no export.

    Raises:
        SurveyError: If there is no such file, or its name ends otherwise.
    """
    if not path.is_file() or path.suffix.lower() not in FORMS:
        raise SurveyError(f"{path}: no export of responses. Give a file that ends in {', '.join(FORMS)}.")


def header_of(path: Path, written: Written) -> list[str]:
    """Return the names of all columns, trimmed.

    Raises:
        SurveyError: If the file cannot be read, or has several sheets and none is named.
    """
    check_form(path)
    try:
        return [name.strip() for name in _header(path, written)]
    except (*spreadsheet.Faults, LookupError) as error:
        raise _unreadable(path, error) from None


def read_columns(path: Path, names: list[str], written: Written) -> Columns:
    """Return the columns of these names.

    Raises:
        SurveyError: If the file cannot be read, or one of the names stands above two columns.
    """
    header = header_of(path, written)
    counts = Counter(header)
    twice = [name for name in names if counts[name] > 1]
    if twice:
        told = f"{counts[twice[0]]} columns are called so."
        raise SurveyError(Problem(Place(path.name, column=twice[0]), told, "Rename all but one in the export."))
    try:
        return _columns(path, names, header, written)
    except (*spreadsheet.Faults, LookupError) as error:
        raise _unreadable(path, error) from None


def sheet_names(path: Path) -> list[str]:
    """Return the sheets of a workbook that hold cells; none for another file.

    Raises:
        SurveyError: If it cannot be read.
    """
    if path.suffix.lower() != ".xlsx":
        return []
    try:
        return spreadsheet.sheets(path)
    except spreadsheet.Faults as error:
        raise _unreadable(path, error) from None


def widest_sheet(path: Path) -> str:
    """Return the sheet of a workbook that most likely holds the answers; empty for another file.

    Raises:
        SurveyError: If it cannot be read.
    """
    if len(sheet_names(path)) < 2:
        return next(iter(sheet_names(path)), "")
    try:
        return spreadsheet.widest(path)
    except spreadsheet.Faults as error:
        raise _unreadable(path, error) from None


def wordings_of(path: Path, written: Written) -> dict[str, str]:
    """Return what the file itself says each column is; nothing where it says nothing."""
    if path.suffix.lower() not in statistical.READERS:
        names, (first, last) = header_of(path, written), written.header
        row = _top(path, written, written.wording)[-1] if written.wording else names if first < last else []
        return {name: text.strip() for name, text in zip(names, row, strict=False) if text.strip()}
    try:
        return statistical.wordings(statistical.read(path, rows=False)[1])
    except ValueError as error:
        raise _unreadable(path, error) from None


def date_columns(path: Path, written: Written) -> list[str]:
    """Return the columns that may hold dates no calendar has: those that SPSS or Stata declare to be dates or times, those of a sheet with cells in error.

    Raises:
        SurveyError: If a workbook cannot be read.
    """
    if path.suffix.lower() == ".xlsx":
        header = header_of(path, written)
        try:
            places = spreadsheet.in_error(path, _sheet(path, written), written.first)
        except spreadsheet.Faults as error:
            raise _unreadable(path, error) from None
        return [header[place] for place in places if place < len(header)]
    if path.suffix.lower() not in statistical.READERS:
        return []
    formats = statistical.read(path, rows=False)[1].original_variable_types
    return [name for name, form in formats.items() if statistical.is_date(form)]


def _unreadable(path: Path, error: BaseException) -> SurveyError:
    form, told = path.suffix, str(error).strip().rstrip(".") or type(error).__name__
    more = ' CSV must be in UTF-8, or its encoding named in the codebook: [export] encoding = "cp1252".' if form in _TEXT else ""
    return SurveyError(f"{path.name}: not a readable {form} file ({told}). Export it again.{more}")


def _header(path: Path, written: Written) -> list[str]:
    if path.suffix.lower() in statistical.READERS:
        names = list(statistical.read(path, rows=False)[1].column_names)
        if not all(isinstance(name, str) for name in names):
            raise ValueError("a column has no name")
        return names
    first, last = written.header
    return names_of(_top(path, written, last)[first - 1 :] or [[]])


def top_of(path: Path, written: Written) -> list[list[str]]:
    """Return the first rows of a file of text or a workbook, in which the names of columns are looked for; none of another form.

    Raises:
        SurveyError: If it cannot be read.
    """
    if path.suffix.lower() in statistical.READERS:
        return []
    try:
        return _top(path, written, LOOKED_AT)
    except (*spreadsheet.Faults, LookupError) as error:
        raise _unreadable(path, error) from None


def _top(path: Path, written: Written, count: int) -> list[list[str]]:
    if path.suffix.lower() in _TEXT:
        return delimited.top(path, *_marks(path, written), count)
    return spreadsheet.top(path, _sheet(path, written), count)


def _marks(path: Path, written: Written) -> tuple[str, str]:
    encoding = delimited.encoding_of(path, written.encoding)
    return encoding, written.delimiter or delimited.delimiter_of(path, encoding)


def _sheet(path: Path, written: Written) -> str:
    found = spreadsheet.sheets(path)
    if written.sheet and written.sheet not in found:
        raise ValueError(f'it has no sheet "{written.sheet}" with cells, but {", ".join(found) or "none"}')
    if not written.sheet and len(found) > 1:
        raise ValueError(f'it has the sheets {", ".join(found)}; name one in the codebook: [export] sheet = "{found[0]}"')
    if not found:
        raise ValueError("it is empty")
    return written.sheet or found[0]


def _columns(path: Path, names: list[str], header: list[str], written: Written) -> Columns:
    form = path.suffix.lower()
    if form in statistical.READERS:
        return _labelled(path, names)
    place_of = {name: place for place, name in enumerate(header)}
    places = [place_of[name] for name in names]
    if form in _TEXT:
        found = delimited.columns(path, *_marks(path, written), places, len(header), written.first)
    else:
        found = spreadsheet.columns(path, _sheet(path, written), places, written.first)
    frame = pd.DataFrame({name: as_text(found[place]) for name, place in zip(names, places, strict=True)}, index=found.index)
    return Columns(frame)


def _labelled(path: Path, names: list[str]) -> Columns:
    own = {name.strip(): name for name in statistical.read(path, rows=False)[1].column_names}
    found, known = statistical.read(path, [own[name] for name in names])[0], statistical.labels(path)
    labels = {name: {text_of(value): label.strip() for value, label in known.get(own[name], {}).items()} for name in names}
    frame = pd.DataFrame({name: as_text(found[own[name]], labels[name]) for name in names}, index=found.index)
    return Columns(frame, {name: own for name, own in labels.items() if own})


def as_text(answers: pd.Series, labels: dict[str, str] | None = None) -> pd.Series:
    """Return a column as categories of trimmed text, each value that has a label as that label; empty text is no answer."""
    found = answers if isinstance(answers.dtype, pd.CategoricalDtype) else answers.astype("category")
    values = found.array
    texts = [(labels or {}).get(text, text) for text in map(text_of, values.categories)]
    place_of = {text: place for place, text in enumerate(dict.fromkeys(filter(None, texts)))}
    codes = np.array([*(place_of.get(text, -1) for text in texts), -1], dtype=np.intp)
    return pd.Series(pd.Categorical.from_codes(codes[values.codes], categories=list(place_of), validate=False), index=answers.index)


def text_of(value: Any) -> str:
    """Return a value as a codebook writes it: whole numbers without a needless ".0"."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
