"""Read the answers of respondents from an export: CSV, XLSX or SPSS, as text, and only the columns that are needed."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import pandas as pd

from evidence.errors import SurveyError

FORMS = (".csv", ".xlsx", ".sav")


def read_responses(path: Path, needed: dict[str, list[str]], missing: tuple[str, ...] = ()) -> pd.DataFrame:
    """Return the answers of an export, one row a respondent, each column categorical text; no answer is missing.

    SPSS files give the labels of their values, which is what a codebook names. Whole numbers of a spreadsheet lose a needless ".0".

    Args:
        path: The export: CSV in UTF-8, XLSX (its first sheet), or SPSS.
        needed: Columns it must have, each with what it is needed for.
        missing: Answers that are none.

    Raises:
        SurveyError: If the file is missing, of another form, without rows, or lacks columns: names them all and what each is for.
    """
    if not path.is_file() or path.suffix.lower() not in FORMS:
        raise SurveyError(f"{path}: no export of responses. Give a file that ends in {', '.join(FORMS)}.")
    header = _header(path)
    _check_header(header, needed, path.name)
    frame = _frame(path, [name for name in header if name in needed])
    if frame.empty:
        raise SurveyError(f"{path.name}: no respondents below the header. Export it again with its rows.")
    return frame.apply(lambda answers: _answers(answers, missing))


def _header(path: Path) -> list[str]:
    try:
        return [str(name).strip() for name in _read(path, rows=0)]
    except (ValueError, KeyError, OSError, BadZipFile) as error:
        raise SurveyError(f"{path.name}: not a readable {path.suffix} file ({error}). Export it again; CSV must be in UTF-8.") from None


def _check_header(header: list[str], needed: dict[str, list[str]], name: str) -> None:
    absent = [column for column in needed if column not in header]
    if absent:
        told = "\n".join(f"  {column}: needed for {', '.join(needed[column])}" for column in absent)
        raise SurveyError(
            f"{name}: {len(absent)} of the {len(needed)} columns that the codebook needs are missing.\n{told}\n"
            f"It has: {', '.join(header)}.\nName the columns of this export in the codebook, or add them to the export."
        )


def _frame(path: Path, columns: list[str]) -> pd.DataFrame:
    try:
        return _read(path, columns)
    except (ValueError, KeyError, OSError) as error:
        raise SurveyError(f"{path.name}: {error}. Export it again; CSV must be in UTF-8.") from None


def _read(path: Path, columns: list[str] | None = None, rows: int | None = None) -> Any:
    """Return a table of text; with `rows` nought only its header."""
    form = path.suffix.lower()
    if form == ".csv":
        kind: Any = str if rows == 0 else "category"
        return pd.read_csv(path, usecols=columns, nrows=rows, dtype=kind, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
    if form == ".xlsx":
        return pd.read_excel(path, usecols=columns, nrows=rows, dtype=object, keep_default_na=False, na_values=[""], engine="openpyxl")
    import pyreadstat

    try:
        return pyreadstat.read_sav(str(path), usecols=columns, metadataonly=rows == 0, apply_value_formats=True)[0]
    except pyreadstat.ReadstatError as error:
        raise ValueError(error) from None


def _answers(answers: pd.Series, missing: tuple[str, ...]) -> pd.Series:
    """Return a column as categories of trimmed text, without those that are no answer."""
    found = answers.astype("category")
    texts = pd.Series([_text(value) for value in found.cat.categories], dtype=object)
    codes, names = pd.factorize(texts.where(~texts.isin(["", *missing])))
    kept = np.append(codes, -1)[found.cat.codes]
    return pd.Series(pd.Categorical.from_codes(kept, categories=list(names)), index=answers.index)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def numbers(frame: pd.DataFrame, column: str, name: str) -> np.ndarray:
    """Return a column as numbers; no answer is `nan`.

    Args:
        frame: The answers.
        column: Its column.
        name: What to call the export in a message.

    Raises:
        SurveyError: If an answer is no finite number: names the first and its row.
    """
    values: np.ndarray = pd.to_numeric(frame[column].astype(object), errors="coerce").to_numpy(dtype=float)
    wrong = np.flatnonzero(frame[column].notna().to_numpy() & ~np.isfinite(values))
    if wrong.size:
        row = int(wrong[0])
        raise SurveyError(f'{name}, row {row + 2}, column {column}: "{frame[column].iloc[row]}" is no number. Correct the cell.')
    return values


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
            f'{name}, row {row + 2}, column {column}: "{frame[column].iloc[row]}" is empty or there already; each respondent must occur '
            "once. Remove the repeated rows."
        )
