"""`evidence check`: the fast gates once, or again at each save; and how their problems are printed."""

from __future__ import annotations

import json
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, DataDir, Format, OneChapter, OutputFormat, chapter_name, out, print_problem

if TYPE_CHECKING:
    from pathlib import Path

    from evidence.gates import Gate

app = typer.Typer()


@app.command()
def check(
    chapter: OneChapter = "",
    data: DataDir = None,
    watch: Annotated[bool, typer.Option("--watch", help="Check again at each save, only what has changed; Ctrl-C ends it.")] = False,
    format: OutputFormat = Format.text,
) -> None:
    """Run all fast gates, among them data library, receipts, audit, claims, charts, statements, signatures and form of the chapters. Takes seconds.

    Of one chapter its statements and its form are checked, on a library that is well-formed; the rest is left for a check of all, and for --watch.
    Each problem is told with its file, cell and line, the sentence with the number marked, what was expected, the remedy and the nearest ids.
    With `--format json` the same for editors: a list of gates, each with its problems; with --watch one line for each check.
    """
    from evidence.gates import run_gates

    name = chapter_name(chapter)
    if watch:
        from evidence.cli.watching import watch as watched

        watched(data or "", name, as_json=format is Format.json)
        return
    gates = run_gates(data or "", only=name, judged=not name)
    if format is Format.json:
        print(json.dumps([record(gate) for gate in gates], ensure_ascii=False, indent=1))
    else:
        for gate in gates:
            print_gate(gate)
    raise typer.Exit(CLEAN if all(gate.green for gate in gates) else FINDINGS)


def check_all() -> None:
    """Print how every gate of the book ended, and end the command where one is red.

    Raises:
        typer.Exit: If one is.
    """
    from evidence.gates import run_gates

    _demand_green(run_gates())


def check_shown(site: Path, jobs: int = 1) -> None:
    """Print how the gate on what a built site shows ended, and end the command where it is red.

    Args:
        site: Folder of a site of the book as it stands.
        jobs: How many processes look at its pages, each at a part.

    Raises:
        typer.Exit: If a page shows a number that no record beside it admits.
    """
    from evidence.editions import workers
    from evidence.gates.shown import gate_on, look

    with workers(jobs) if jobs > 1 else nullcontext() as pool:
        looked = (pool.map if pool else map)(partial(look, site, parts=jobs), range(jobs))
        _demand_green([gate_on(looked)])


def _demand_green(gates: list[Gate]) -> None:
    for gate in gates:
        print_gate(gate)
    if not all(gate.green for gate in gates):
        raise typer.Exit(FINDINGS)


def record(gate: Gate) -> dict[str, object]:
    """Return a gate and its problems for another program."""
    problems = [problem.as_record() for problem in gate.problems]
    return {"gate": gate.name, "green": gate.green, "looked_at": gate.looked_at, "note": gate.note, "problems": problems}


def print_gate(gate: Gate) -> None:
    """Print how a gate ended, and its problems."""
    mark = "[green]ok[/]  " if gate.green else "[red]red[/] "
    nothing = "" if gate.looked_at else " looked at nothing"
    out.print(f"{mark} {escape(gate.name)}: {escape(gate.note or str(len(gate.problems)) + ' to mend')}{nothing}")
    for problem in gate.problems:
        print_problem(problem)
