"""The summary of a grid: one line for each row, the same bytes for the same inputs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence.catalog.rows import write_rows
from evidence.editions.changes import clean
from evidence.editions.grid.specification import COLUMNS, GridRow
from evidence.writing import replace_file

NAME = "summary.csv"
COUNTED = ("sentences", "claims", "audit")
"""What needs an author, counted: sentences and claims that no longer hold, and what the audit finds."""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """What became of a row.

    Attributes:
        row: The row.
        folder: Name of its folder below the grid's; empty when it failed.
        report: Its change report; empty when it failed.
        error: Why it failed; empty when it is done.
    """

    row: GridRow
    folder: str
    report: dict[str, Any]
    error: str = ""

    @property
    def state(self) -> str:
        """`done` or `failed`."""
        return "failed" if self.error else "done"

    @property
    def clean(self) -> bool:
        """Whether it is done and needs no author."""
        return not self.error and clean(self.report)

    @property
    def counts(self) -> tuple[int, ...]:
        """How much of each of `COUNTED` there is; nothing for a row that failed."""
        if self.error:
            return ()
        claims = [claim for claim in self.report["claims"] if claim["holds"] is False]
        return len(self.report["broken"]), len(claims), len(self.report["audit"])

    def record(self) -> dict[str, Any]:
        """Return it as a record of `summary.csv`; counts are empty where the row failed."""
        counts = self.counts or ("",) * len(COUNTED)
        cells = dict(zip(COLUMNS, self.row.cells, strict=True))
        counted = dict(zip(COUNTED, counts, strict=True))
        return {"row": self.row.number, **cells, "state": self.state, **counted, "folder": self.folder, "error": self.error}


@dataclass(frozen=True, slots=True)
class Summary:
    """What became of a grid.

    Attributes:
        folder: The grid's folder.
        lines: What became of each row, in the order of the grid.
        fresh: How many rows were run now, and not found whole from before.
    """

    folder: Path
    lines: list[SummaryLine]
    fresh: int

    @property
    def clean(self) -> bool:
        """Whether every row is done and needs no author."""
        return all(line.clean for line in self.lines)

    @property
    def file(self) -> Path:
        """Where `summary.csv` is."""
        return self.folder / NAME

    def write(self) -> None:
        """Write `summary.csv`, whole or not at all."""
        records = [line.record() for line in self.lines]
        beside = self.folder / f".{NAME}"
        write_rows(beside, [list(records[0]), *(list(map(str, record.values())) for record in records)])
        replace_file(self.file, beside.read_text(encoding="utf-8"))
        beside.unlink()


def read_report(folder: Path) -> dict[str, Any]:
    """Return the change report of a row's folder."""
    report: dict[str, Any] = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    return report
