"""Read files of SPSS and Stata: values as they are stored, the labels of values, and the wording of each column."""

from __future__ import annotations

import faulthandler
import os
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

READERS = {".sav": "read_sav", ".zsav": "read_sav", ".por": "read_por", ".dta": "read_dta"}


def read(
    path: Path, columns: list[str] | None = None, *, rows: bool = True, dates: bool = True, declared: bool = False
) -> tuple[pd.DataFrame, Any]:
    """Return columns of a file as they are stored, with what the file says of them.

    Args:
        path: The file.
        columns: Columns to read; None for all.
        rows: Whether to read answers at all, or only what the file says of its columns.
        dates: Whether columns of dates become dates; seconds since 1582 otherwise.
        declared: Whether to keep the values that it declares to be no answer, and to say which they are; empty cells otherwise.

    Raises:
        ValueError: If it cannot be read, or holds a date that no calendar has.
    """
    import pyreadstat

    name = READERS[path.suffix.lower()]
    if not _outlived(str(path), name, path.stat().st_mtime_ns):
        raise ValueError("what it says of its columns is damaged: the program that reads such files breaks down on it")
    more = {"user_missing": True} if declared and name != "read_por" else {}
    try:
        found: tuple[pd.DataFrame, Any] = getattr(pyreadstat, name)(
            str(path), usecols=columns, metadataonly=not rows, disable_datetime_conversion=not dates, **more
        )
    except OverflowError as error:
        raise ValueError(f"a date lies outside the years that can be told ({error}); correct it, or leave its column out") from None
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, MemoryError, UnicodeDecodeError) as error:
        raise ValueError(error) from None
    return found


@cache
def _outlived(path: str, name: str, _changed: int) -> bool:
    """Return whether the reader outlives what a file says of its columns: it is no Python, and breaks down on some damage with its whole process.

    It is tried in a process of its own, where there are such.
    """
    import pyreadstat

    if not hasattr(os, "fork"):
        return True
    child = os.fork()
    if not child:
        faulthandler.disable()
        with suppress(BaseException):
            getattr(pyreadstat, name)(path, metadataonly=True)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) >= 0


def labels(path: Path) -> dict[str, dict[Any, str]]:
    """Return the labels that a file gives to the values of each column, by value, without those of values that it declares to be no answer.

    Such values are read as empty cells; a label of theirs would be an answer that nobody gives.
    """
    about = read(path, rows=False, declared=True)[1]
    return {
        column: {value: label for value, label in found.items() if not _is_none(value, column, about)}
        for column, found in about.variable_value_labels.items()
    }


def _is_none(value: Any, column: str, about: Any) -> bool:
    """Return whether a value lies in a range that SPSS declares to be no answer, or is one of the missing values of Stata, from .a to .z."""
    text = isinstance(value, str)
    if text and about.readstat_variable_types[column] != "string":
        return True
    ranges = (one for one in about.missing_ranges.get(column, ()) if isinstance(one["lo"], str) == text)
    return any(one["lo"] <= value <= one["hi"] for one in ranges)


def wordings(about: Any) -> dict[str, str]:
    """Return what a file says each column is, by column; without columns of which it says nothing."""
    return {name: text.strip() for name, text in about.column_names_to_labels.items() if text and text.strip()}


@dataclass(frozen=True, slots=True)
class AnswerSet:
    """Columns that a file of SPSS declares to be one question with several answers.

    Attributes:
        name: Its name.
        label: What the file says it is.
        columns: Its columns.
        counted: The value that says an answer was chosen, a column an answer; empty where each column holds one of the answers, in any order.
    """

    name: str
    label: str
    columns: tuple[str, ...]
    counted: str = ""


def answer_sets(path: Path) -> list[AnswerSet]:
    """Return the sets of answers that a file of SPSS declares; none for another form."""
    if path.suffix.lower() not in (".sav", ".zsav"):
        return []
    declared = read(path, rows=False)[1].mr_sets or {}
    return [
        AnswerSet(
            name, (told["label"] or "").strip(), tuple(told["variable_list"]), str(told["counted_value"]) if told["is_dichotomy"] else ""
        )
        for name, told in declared.items()
    ]


def is_date(form: str | None) -> bool:
    """Return whether the format of a column is one of dates or times."""
    return (
        (form or "")
        .upper()
        .startswith(("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "TIME", "DTIME", "YMDHMS", "MOYR", "QYR", "WKYR", "%T", "%D"))
    )
