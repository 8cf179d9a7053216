"""Look at a whole export: how its file is written, and what each of its columns is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.errors import SurveyError
from evidence.survey.codebook import Written
from evidence.survey.exports import Columns, header_of, read_columns, sheet_names, widest_sheet, wordings_of
from evidence.survey.exports.delimited import delimiter_of, encoding_of
from evidence.survey.exports.heading import heading
from evidence.survey.exports.opening import check_form, date_columns, top_of
from evidence.survey.exports.statistical import answer_sets
from evidence.survey.looking.columns import ColumnProfile, called_weight, profile, with_declared, with_sets

_DECIMAL_COMMA, _DECIMAL_POINT = re.compile(r"-?\d+,\d+"), re.compile(r"-?\d+\.\d+")
_OLDER = "cp1252"
"""What text that is not UTF-8 is usually written in: Western European Windows, which reads any file, so it is asked and not believed."""


@dataclass(frozen=True, slots=True)
class FileProfile:
    """What an export is.

    Attributes:
        name: Name of the file.
        written: How it is written.
        rows: How many respondents it has.
        columns: Its columns, in its order, without those that cannot be read.
        notes: What an author should know of it, a sentence each.
    """

    name: str
    written: Written
    rows: int
    columns: list[ColumnProfile]
    notes: tuple[str, ...] = ()

    def of_kind(self, *kinds: str) -> list[ColumnProfile]:
        """Return the columns of some kinds."""
        return [column for column in self.columns if column.kind in kinds]


def look_at(path: Path, sheet: str = "") -> FileProfile:
    """Return what an export is.

    Args:
        path: The export.
        sheet: Sheet of a workbook to look at; the widest when empty.

    Raises:
        SurveyError: If it is no export, or cannot be read.
    """
    check_form(path)
    written, notes = _written(path, sheet)
    rows = top_of(path, written)
    written, told = _with_heading(rows, written)
    header = header_of(path, written)
    notes += told + _unnamed(rows, header, written)
    notes += [
        f'column "{name}" stands there {count} times and is left out' for name, count in Counter(header).items() if count > 1 and name
    ]
    names = [name for name, count in Counter(header).items() if count == 1 and name]
    found, told = _readable(path, names, written)
    decimal, own = _decimal(found), wordings_of(path, written)
    columns = [
        profile(name, found.frame[name], found.labels.get(name, {}), own.get(name, ""), decimal) for name in map(str, found.frame.columns)
    ]
    written = written.model_copy(update={"decimal": decimal})
    columns = with_sets(with_declared(columns, answer_sets(path)))
    return FileProfile(path.name, written, len(found.frame), columns, (*notes, *told, *_doubtful_weights(columns)))


def _doubtful_weights(columns: list[ColumnProfile]) -> Iterator[str]:
    """Yield a note for each column that is called like weights and not taken for one."""
    for column in columns:
        if called_weight(column.name) and column.kind not in ("weight", "empty"):
            yield f'column "{column.name}" is called like weights and is not taken for one ({column.kind}); name it under weights if it is'


def _written(path: Path, sheet: str) -> tuple[Written, list[str]]:
    """Return how a file is written, and what is to be told of it."""
    if sheet or len(sheets := sheet_names(path)) > 1:
        chosen = sheet or widest_sheet(path)
        told = [] if sheet else [f"sheets with cells: {', '.join(sheets)}; looked at {chosen}, the widest. Name another with --sheet"]
        return Written(sheet=chosen), told
    if path.suffix.lower() not in (".csv", ".tsv"):
        return Written(), []
    encoding = encoding_of(path)
    declared = "" if _reads(path, encoding) else _OLDER
    if declared and not _reads(path, declared):
        raise SurveyError(f"{path.name}: neither UTF-8 nor {_OLDER}, so it is no text that is read. Export it again, as CSV in UTF-8.")
    notes = [f"not UTF-8; read as {_OLDER}: look whether accents are right"] if declared else []
    mark = delimiter_of(path, declared or encoding)
    return Written.model_validate({"encoding": declared, "delimiter": "" if mark == "," else mark}), notes


def _with_heading(rows: list[list[str]], written: Written) -> tuple[Written, list[str]]:
    """Return how a file is written with where its names stand, and a note where that is not its first row alone."""
    found = heading(rows)
    if not found:
        return written, []
    made = written.model_copy(update=found)
    first, last = made.header
    where = f"row {first}" if first == last else f"rows {first} and {last}"
    return made, [f"names of columns in {where}, answers from row {made.first} on; say otherwise under [export] of the codebook"]


def _unnamed(rows: list[list[str]], header: list[str], written: Written) -> list[str]:
    """Return a note where columns hold something and have no name."""
    filled = {place for row in rows[written.first - 1 :] for place, cell in enumerate(row) if cell.strip()}
    places = [place + 1 for place in sorted(filled) if not "".join(header[place : place + 1])]
    return [f"columns without a name, left out: {', '.join(map(str, places))}"] if places else []


def _reads(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding) as stream:
            for _ in stream:
                pass
    except UnicodeError:
        return False
    return True


def _readable(path: Path, names: list[str], written: Written) -> tuple[Columns, list[str]]:
    """Return the columns that can be read, and a note when those of dates cannot."""
    try:
        return read_columns(path, names, written), []
    except SurveyError:
        dates = set(date_columns(path, written))
        if not dates:
            raise
        found = read_columns(path, [name for name in names if name not in dates], written)
        return found, [f"dates that no calendar has, or cells in error, left out: {', '.join(sorted(dates))}"]


def _decimal(found: Columns) -> str:
    """Return what stands before decimals: a comma where columns of numbers have it and none a point."""
    comma = point = 0
    for name in found.frame:
        known = [str(text) for text in found.frame[name].cat.categories[:50]]
        comma += (
            bool(known) and all(_DECIMAL_COMMA.fullmatch(text) or text.isdigit() for text in known) and any("," in text for text in known)
        )
        point += bool(known) and any(_DECIMAL_POINT.fullmatch(text) for text in known)
    return "," if comma and not point else "."
