"""Alarms that an author has judged and lets stand: a table of passages, each with its reason.

| column | what it holds |
|---|---|
| file | name of the report; empty for any |
| kind | name of the check; empty for any |
| text | words of the sentence, as the report has them |
| reason | why the alarm is none |
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from evidence.catalog.verify.text import normalise
from evidence.errors import SourceError
from evidence.paths import plain_file
from evidence.problems import Place, Problem
from evidence.referee.auditing import Audit, with_excuses
from evidence.referee.comparing import Compared

COLUMNS = ("file", "kind", "text", "reason")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A row of the table: see the columns above, and the row it is."""

    file: str
    kind: str
    text: str
    reason: str
    row: int

    def covers(self, name: str, found: Compared) -> bool:
        """Return whether it excuses an alarm of a report of that name."""
        here = self.file in ("", name) and self.kind in ("", found.kind)
        return here and normalise(self.text) in normalise(found.text)


def read_suppressions(path: Path) -> list[Suppression]:
    """Return the suppressions of a CSV file.

    Raises:
        SourceError: If it cannot be read, lacks a column, or a row has no text or no reason.
    """
    try:
        with plain_file(path).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(
            Problem(Place(path.name), f"cannot be read as CSV ({error}).", f"Write the columns {', '.join(COLUMNS)}.")
        ) from None
    bad = [_refused(path, number, row) for number, row in enumerate(rows, start=2)]
    if problems := [problem for problem in bad if problem]:
        raise SourceError(problems)
    return [Suppression(row=number, **{column: row[column].strip() for column in COLUMNS}) for number, row in enumerate(rows, start=2)]


def _refused(path: Path, number: int, row: dict[str, str]) -> Problem | None:
    missing = [column for column in COLUMNS if row.get(column) is None]
    if missing or None in row:
        return Problem(Place(path.name, number), "the columns are not those of suppressions.", f"Write the columns {', '.join(COLUMNS)}.")
    blank = [column for column in ("text", "reason") if not row[column].strip()]
    return Problem(Place(path.name, number, column=blank[0]), "is empty.", "Say which words, and why the alarm is none.") if blank else None


def excused(audits: list[Audit], suppressions: list[Suppression], file: str) -> tuple[list[Audit], list[Problem]]:
    """Return audits with what is excused in them, and a problem for each suppression that excuses nothing.

    Args:
        audits: The audits of all reports.
        suppressions: What an author lets stand.
        file: Name of the file of suppressions.
    """
    used: set[int] = set()
    judged = []
    for audit in audits:
        pairs = []
        for found in audit.comparisons:
            cover = next((one for one in suppressions if not found.holds and one.covers(audit.document.name, found)), None)
            if cover:
                used.add(cover.row)
                pairs.append((found, cover.reason))
        judged.append(with_excuses(audit, pairs))
    idle = [
        Problem(Place(file, one.row), f'the suppression of "{one.text}" excuses no alarm.', "Remove the row, or correct its words.")
        for one in suppressions
        if one.row not in used
    ]
    return judged, idle
