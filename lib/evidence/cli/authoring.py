"""The commands an author runs: check, format, cite, record, verify."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from evidence.cli.console import (
    CLEAN,
    FINDINGS,
    DataDir,
    Format,
    Fresh,
    Jobs,
    OneChapter,
    OutputFormat,
    chapter_name,
    err,
    out,
    progress,
    unrun,
)

app = typer.Typer()


@app.command()
def check(chapter: OneChapter = "", data: DataDir = None, format: OutputFormat = Format.text) -> None:
    """Run all fast gates: data library, audit, charts, statements, form of the chapters. Takes seconds."""
    from evidence.gates import run_gates

    gates = run_gates(data or "", only=chapter_name(chapter))
    if format is Format.json:
        print(
            json.dumps(
                [{"gate": g.name, "green": g.green, "looked_at": g.looked_at, "note": g.note, "problems": g.problems} for g in gates],
                indent=1,
            )
        )
    else:
        for gate in gates:
            _print_gate(gate)
    raise typer.Exit(CLEAN if all(gate.green for gate in gates) else FINDINGS)


@app.command(name="format")
def format_(data: DataDir = None) -> None:
    """Write the data library in its committed form, for example after a spreadsheet saved it; makes its description for machines.

    Without --data it also makes the page of commands anew.
    """
    from evidence import paths
    from evidence.catalog.packaging import differing
    from evidence.cli import reference

    directory = paths.data_dir(data or "")
    written = differing(directory)
    for name, text in written.items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8", newline="")
    if not data:
        (paths.ROOT / reference.PAGE).write_text(reference.page(), encoding="utf-8")
    out.print(f"Rewritten: {', '.join(name.as_posix() for name in written) or 'nothing'}.")


@app.command()
def cite(words: Annotated[list[str], typer.Argument(help="Words to look for, such as: barriers staff.")], data: DataDir = None) -> None:
    """Search the library by words and print links to paste into prose."""
    from evidence.catalog import load
    from evidence.catalog.search import search

    figures = search(load(data or ""), words)
    for figure in figures:
        about = ", ".join(part for part in (figure.population, figure.place, figure.period) if part)
        out.print(f"[bold]{escape(f'[{figure.shown}](figure:{figure.id})')}[/]  {escape(about)} [dim]({figure.source})[/]")
    if not figures:
        err.print(f"No figure holds all of: {escape(' '.join(words))}. Try fewer words.")
    raise typer.Exit(CLEAN if figures else FINDINGS)


@app.command()
def record(
    chapter: OneChapter = "",
    jobs: Jobs = 0,
    fresh: Fresh = False,
    check: Annotated[bool, typer.Option("--check", help="Run every chapter, compare with what is recorded, store nothing.")] = False,
) -> None:
    """Execute chapters after an edit and store their outputs. Refuses while a statement is broken.

    A chapter whose source, code and data are those of an earlier run is not run again, except to check it.
    """
    from evidence import editions, paths

    name, taken = chapter_name(chapter), list[str]()
    with progress(len(editions.notebooks(paths.chapters_dir(), name)), "checking" if check else "recording") as done:
        problems = editions.prove(name, jobs or editions.default_jobs(), done) if check else []
        changed = [] if check else editions.record(name, jobs or editions.default_jobs(), done, fresh=fresh, taken=taken.append)
    if check:
        out.print(escape("\n".join(problems)) or "Every recorded output is what the code gives.")
        raise typer.Exit(FINDINGS if problems else CLEAN)
    out.print(f"Recorded. Changed: {', '.join(changed) or 'nothing'}.{unrun(taken)}")


@app.command()
def verify(
    sources: Annotated[Path, typer.Option("--sources", help="Folder with the texts of the sources.")],
    format: OutputFormat = Format.text,
) -> None:
    """Prove every quote against the texts of the sources, and list numbers of theirs that no figure covers."""
    from evidence.catalog import load
    from evidence.catalog.verify import verify as verified

    result = verified(load(), sources)
    if format is Format.json:
        print(json.dumps({"found": result.found, "problems": result.problems, "uncovered": result.uncovered}, ensure_ascii=False, indent=1))
    else:
        for problem in result.problems:
            out.print(escape(problem))
        for line in result.uncovered:
            out.print(f"[dim]no figure covers[/] {escape(line)}")
        out.print(
            f"{result.found} quotes found, {len(result.problems)} problems; {len(result.uncovered)} numbers of the sources without a figure."
        )
    raise typer.Exit(FINDINGS if result.problems or result.uncovered else CLEAN)


def _print_gate(gate: Any) -> None:
    mark = "[green]ok[/]  " if gate.green else "[red]red[/] "
    nothing = "" if gate.looked_at else " looked at nothing"
    out.print(f"{mark} {escape(gate.name)}: {escape(gate.note or str(len(gate.problems)) + ' to mend')}{nothing}")
    for problem in gate.problems:
        out.print(f"     {escape(problem)}")
