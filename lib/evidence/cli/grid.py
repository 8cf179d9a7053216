"""What `evidence rerun --grid` checks, shows and tells: one progress bar, one summary."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, Format, err, out, progress

if TYPE_CHECKING:
    from evidence.editions import Defaults, GridOrder, Summary


def check_options(grid: Path, given: Defaults, site: bool) -> None:
    """Refuse options that make no sense with a grid.

    Raises:
        typer.BadParameter: If there is no such file, the day is none, or an option contradicts the grid.
    """
    from datetime import date

    if not grid.is_file():
        raise typer.BadParameter(f"--grid {grid}: no such file.")
    if site:
        raise typer.BadParameter("--site builds the site of one edition; run the row that you want to see without --grid.")
    if given.only and "chapter" in next(csv.reader(grid.read_text(encoding="utf-8-sig", errors="replace").splitlines()), []):
        raise typer.BadParameter("--only names the chapter of all rows, but the grid has a column chapter; give one of the two.")
    if given.data and not given.data.is_dir():
        raise typer.BadParameter(f"--data {given.data}: no such folder.")
    try:
        assert not given.as_of or date.fromisoformat(given.as_of)
    except ValueError:
        raise typer.BadParameter(f'--as-of "{given.as_of}" is not a date; write it as 2026-04-30.') from None


def run_and_tell(order: GridOrder, format: Format) -> int:
    """Run a grid, print its summary, and return the exit code."""
    from evidence import editions

    with progress(0, "running") as done:
        try:
            summary = editions.run_grid(order, done, done.start)
        except KeyboardInterrupt:
            err.print("Interrupted. Rows that are whole are kept: the same command goes on from there.")
            raise
    if format is Format.json:
        print(json.dumps(_told(summary), ensure_ascii=False, indent=1))
    else:
        _print(summary)
    return CLEAN if summary.clean else FINDINGS


def _told(summary: Summary) -> dict[str, object]:
    failed = sum(bool(line.error) for line in summary.lines)
    return {
        "summary": str(summary.file),
        "failed": failed,
        "done": len(summary.lines) - failed,
        "run": summary.fresh,
        "rows": [line.record() for line in summary.lines],
    }


def _print(summary: Summary) -> None:
    """Print a table of the rows, without the columns that are empty in all of them, and a sentence about the whole."""
    records = [line.record() for line in summary.lines]
    columns = [name for name in records[0] if name != "error" and any(record[name] != "" for record in records)]
    lines = [columns, *([str(record[name]) for name in columns] for record in records)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line, record in zip(lines, [{}, *records], strict=True):
        text = escape("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        out.print(f"[red]{text}[/]" if record.get("error") else text)
    for record in records:
        if record["error"]:
            out.print(f"[red]row {record['row']} failed[/]: {escape(str(record['error']))}")
    told = _told(summary)
    before = len(records) - summary.fresh
    out.print(
        f"{told['done']} rows done, {told['failed']} failed; {sum(not line.clean and not line.error for line in summary.lines)} need an author"
        + (f"; {before} were whole from before and not run again." if before else ".")
    )
    out.print(f"Summary: {escape(str(summary.file))}")
