"""The commands that keep the evidence fresh: `refresh` asks the producers, `status` says what is due."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FAULT, FINDINGS, DataDir, Format, OutputFormat, err, out

if TYPE_CHECKING:
    from evidence.refresh import Outcome

app = typer.Typer()

Store = Annotated[Path | None, typer.Option("--store", help="Folder of fetched files; _build/refresh when left out.", show_default=False)]


@app.command()
def refresh(
    source: Annotated[
        str, typer.Argument(help="Key of one source, such as ons-ashe; all with a connector when left out.", show_default=False)
    ] = "",
    into: Annotated[
        Path | None,
        typer.Option("--into", help="Folder for the new vintages; _build/refresh/overlay when left out.", show_default=False),
    ] = None,
    data: DataDir = None,
    store: Store = None,
    format: OutputFormat = Format.text,
) -> None:
    """Ask producers for newer releases, and write what is newer as an overlay for `evidence rerun --data`. Needs the network.

    Never touches data/: the fetched files go to a store with their sha256, date, licence and query, the candidate vintages to a folder of
    their own, written anew whenever there are any. data/connectors.csv declares where to ask and how to read. A producer that fails does not
    keep the others from being asked.

    Exit codes: 0 nothing to take in, 1 candidates written or a value withheld, 2 wrong usage, 3 a producer failed or a fault of ours.
    """
    from evidence import paths
    from evidence import refresh as room
    from evidence.catalog import load
    from evidence.errors import RefreshError

    home, library = store or paths.refresh_dir(), load(data or "")
    request = room.Request(source, home, into or home / "overlay", datetime.now(UTC))
    try:
        room.check_request(library, request)
    except RefreshError as error:
        raise typer.BadParameter(str(error)) from None
    with err.status("asking"):
        outcomes = room.refresh(library, request)
    if format is Format.json:
        print(json.dumps([_told(outcome) for outcome in outcomes], ensure_ascii=False, indent=1))
    else:
        for outcome in outcomes:
            _print(outcome)
        if any(outcome.drawn.candidates for outcome in outcomes):
            out.print(f"Overlay: {escape(str(request.into))}. Try it with: evidence rerun --data {escape(str(request.into))}")
    raise typer.Exit(_code(outcomes))


def _code(outcomes: list[Outcome]) -> int:
    if any(outcome.problem for outcome in outcomes):
        return FAULT
    return FINDINGS if any(outcome.drawn.candidates or outcome.drawn.withheld for outcome in outcomes) else CLEAN


def _state(outcome: Outcome) -> str:
    return "failed" if outcome.problem else "newer" if outcome.file else "current"


def _told(outcome: Outcome) -> dict[str, Any]:
    from evidence.refresh import summary

    return {
        "source": outcome.source,
        "state": _state(outcome),
        "held": outcome.held,
        "released": outcome.released,
        "candidates": [summary(candidate) for candidate in outcome.drawn.candidates],
        "unchanged": outcome.drawn.unchanged,
        "withheld": outcome.drawn.withheld,
        "problem": outcome.problem,
    }


def _print(outcome: Outcome) -> None:
    if outcome.problem:
        out.print(f"[red]failed[/] {escape(outcome.source)}: {escape(outcome.problem)}")
    elif not outcome.file:
        out.print(
            f"[green]ok[/]     {escape(outcome.source)}: nothing newer than {outcome.held} (the producer's newest: {outcome.released})"
        )
    else:
        count = len(outcome.drawn.candidates)
        out.print(
            f"[bold]newer[/]  {escape(outcome.source)}: released {outcome.released}, the library has {outcome.held}; {count} candidates, "
            f"{len(outcome.drawn.unchanged)} unchanged, {len(outcome.drawn.withheld)} withheld"
        )
    for candidate in outcome.drawn.candidates:
        old, new = candidate.old, candidate.row
        out.print(escape(f"       {candidate.figure}: {old.stated} ({old.period}) -> {new['stated']} ({new['period']})"))
        for flag in candidate.flags:
            out.print(f"         [red]look[/]: {escape(flag)}")
    for reason in outcome.drawn.withheld:
        out.print(f"         [red]withheld[/]: {escape(reason)}")


@app.command()
def status(
    on: Annotated[str, typer.Option("--on", help="Day to judge by, such as 2026-04-30; today when left out.")] = "",
    fail_overdue: Annotated[bool, typer.Option("--fail-overdue", help="Exit with code 1 when a source is overdue.")] = False,
    data: DataDir = None,
    store: Store = None,
    format: OutputFormat = Format.text,
) -> None:
    """Say how fresh each source is: its cadence, its last release here, when its producer was last asked, and what is overdue.

    Asks nobody: it reads the data library and the store of `evidence refresh`. Exit code 1 only with --fail-overdue.
    """
    from evidence import paths
    from evidence.catalog import freshness, load
    from evidence.errors import DataError
    from evidence.refresh import connectors, last_checked

    try:
        library = load(data or "", on)
    except DataError as error:
        raise typer.BadParameter(str(error)) from None
    home = store or paths.refresh_dir()
    day = on or date.today().isoformat()
    asked = connectors(load(data or ""))
    rows = [
        {
            "source": standing.source,
            "cadence": standing.cadence,
            "last_release": standing.released,
            "asked": "by refresh" if standing.source in asked else "by hand",
            "last_checked": last_checked(home, standing.source),
            "next_due": standing.due,
            "days_overdue": standing.days_overdue,
        }
        for standing in freshness.standings(library, day)
    ]
    if format is Format.json:
        print(json.dumps({"on": day, "sources": rows}, ensure_ascii=False, indent=1))
    else:
        _print_table(rows, day)
    raise typer.Exit(FINDINGS if fail_overdue and any(row["days_overdue"] for row in rows) else CLEAN)


def _print_table(rows: list[dict[str, Any]], day: str) -> None:
    lines = [["Source", "Cadence", "Last release", "Asked", "Last checked", "Next due", f"On {day}"]]
    for row in rows:
        late = f"overdue by {row['days_overdue']} days" if row["days_overdue"] else "current" if row["next_due"] else "-"
        lines.append([*(row[name] or "-" for name in ("source", "cadence", "last_release", "asked", "last_checked", "next_due")), late])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        text = escape("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
        out.print(f"[red]{text}[/]" if "overdue by" in text else text)
