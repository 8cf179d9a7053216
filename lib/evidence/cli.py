"""The command `evidence`: what authors, stewards and CI run. Exit codes: 0 clean, 1 findings, 2 usage, 3 fault."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape

from evidence.errors import DataError, EvidenceError

CLEAN, FINDINGS, USAGE, FAULT = 0, 1, 2, 3

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
out, err = Console(highlight=False, soft_wrap=True), Console(stderr=True, highlight=False, soft_wrap=True)


class Format(StrEnum):
    """How to print: for people or for machines."""

    text = "text"
    json = "json"


DataDir = Annotated[Path | None, typer.Option("--data", help="Data library to use instead of the repository's data/.", show_default=False)]
OutputFormat = Annotated[Format, typer.Option("--format", help="text for people, json for machines.")]
OneChapter = Annotated[str, typer.Argument(help="Name of one chapter, such as coordination; all when left out.", show_default=False)]
Check = Annotated[bool, typer.Option("--check", help="Run every chapter, compare with what is recorded, store nothing.")]
Fresh = Annotated[bool, typer.Option("--fresh", help="Run every chapter, whatever executions are kept.")]
Jobs = Annotated[int, typer.Option("--jobs", help="Chapters at once; 0 for one a core.", min=0)]


@app.command()
def check(chapter: OneChapter = "", data: DataDir = None, format: OutputFormat = Format.text) -> None:
    """Run all fast gates: data library, audit, charts, statements, form of the chapters. Takes seconds."""
    from evidence.gates import run_gates

    gates = run_gates(data or "", only=_name(chapter))
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
    """Write the data library in its committed form, for example after a spreadsheet saved it; makes its description for machines."""
    from evidence import paths
    from evidence.catalog.packaging import differing

    directory = paths.data_dir(data or "")
    written = differing(directory)
    for name, text in written.items():
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).write_text(text, encoding="utf-8", newline="")
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
def record(chapter: OneChapter = "", jobs: Jobs = 0, fresh: Fresh = False, check: Check = False) -> None:
    """Execute chapters after an edit and store their outputs. Refuses while a statement is broken.

    A chapter whose source, code and data are those of an earlier run is not run again, except to check it.
    """
    from evidence import editions, paths

    name, taken = _name(chapter), list[str]()
    with _progress(len(editions.notebooks(paths.chapters_dir(), name)), "checking" if check else "recording") as done:
        problems = editions.prove(name, jobs or editions.default_jobs(), done) if check else []
        changed = [] if check else editions.record(name, jobs or editions.default_jobs(), done, fresh=fresh, taken=taken.append)
    if check:
        out.print(escape("\n".join(problems)) or "Every recorded output is what the code gives.")
        raise typer.Exit(FINDINGS if problems else CLEAN)
    out.print(f"Recorded. Changed: {', '.join(changed) or 'nothing'}.{_unrun(taken)}")


@app.command()
def rerun(
    data: Annotated[
        Path | None, typer.Option("--data", help="A data library, or a folder with only new rows (an overlay).", show_default=False)
    ] = None,
    as_of: Annotated[str, typer.Option("--as-of", help="Day to see the data on, such as 2026-04-30.")] = "",
    only: Annotated[str, typer.Option("--only", help="Name of one chapter.")] = "",
    jobs: Jobs = 0,
    site: Annotated[bool, typer.Option("--site", help="Build the site of the edition too.")] = False,
    into: Annotated[
        Path | None, typer.Option("--out", help="Folder for editions; _build/editions when left out.", show_default=False)
    ] = None,
    fresh: Fresh = False,
    format: OutputFormat = Format.text,
) -> None:
    """Run the book on other data and write an edition with a change report. Never touches the committed chapters.

    Exit code 1 means that a statement, a claim or the audit needs an author.
    """
    from evidence import editions, paths

    order = editions.Order(data, as_of, _name(only), jobs or editions.default_jobs(), site, into or paths.editions_dir(), fresh)
    with _progress(0, "running") as done:
        edition = editions.rerun(order, done, done.start)
    if format is Format.json:
        print(
            json.dumps(
                {"edition": str(edition.directory), "fresh": edition.fresh, "taken": edition.taken, **edition.report},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        out.print(escape(editions.markdown(edition.report)))
        out.print(f"Edition: {escape(str(edition.directory))}" + ("" if edition.fresh else " (was there already)") + _unrun(edition.taken))
    raise typer.Exit(CLEAN if editions.clean(edition.report) else FINDINGS)


@app.command()
def build(
    into: Annotated[Path | None, typer.Option("--out", help="Folder for the site; _build/html when left out.", show_default=False)] = None,
) -> None:
    """Build the site from the recorded outputs: nothing is executed, warnings are fatal."""
    from evidence import editions, paths

    with out.status("building the site"):
        target = editions.build_site(paths.ROOT, into or paths.site_dir())
    out.print(f"Site: {escape(str(target / 'index.html'))}")


@app.command()
def publish(
    into: Annotated[Path, typer.Option("--into", help="Folder that is served, with every edition published so far.")],
    site: Annotated[Path | None, typer.Option("--site", help="Built site; _build/html when left out.", show_default=False)] = None,
) -> None:
    """Add a built site to the published editions: the newest at the root, each at its own lasting address below editions/."""
    from evidence import editions, paths

    published = editions.publish(site or paths.site_dir(), into)
    for edition in published:
        out.print(f"{escape(edition['name'])}  {edition['date']}")
    out.print(f"Published: {escape(str(into / 'index.html'))}; {len(published)} editions.")


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


def _unrun(taken: Sequence[str]) -> str:
    return f" Not run, for nothing they show has changed: {', '.join(taken)}." if taken else ""


def _name(chapter: str) -> str:
    return Path(chapter).name.removesuffix(".ipynb").removesuffix(".md")


class _progress:
    """A progress bar on standard error that is called with the name of each chapter as it ends."""

    def __init__(self, total: int, verb: str) -> None:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._bar = Progress(*columns, console=err)
        self._verb = verb
        self._task = self._bar.add_task(verb, total=total or None)

    def __enter__(self) -> _progress:
        self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._bar.stop()

    def start(self, total: int) -> None:
        """Set how many chapters there are."""
        self._bar.update(self._task, total=total)

    def __call__(self, name: str) -> None:
        self._bar.update(self._task, advance=1, description=f"{self._verb}: {name}")


def _print_gate(gate: Any) -> None:
    mark = "[green]ok[/]  " if gate.green else "[red]red[/] "
    nothing = "" if gate.looked_at else " looked at nothing"
    out.print(f"{mark} {escape(gate.name)}: {escape(gate.note or str(len(gate.problems)) + ' to mend')}{nothing}")
    for problem in gate.problems:
        out.print(f"     {escape(problem)}")


def main() -> None:
    """Run the command line: a known error is printed without a traceback, a fault of ours with one."""
    try:
        app()
    except EvidenceError as error:
        problems = error.problems if isinstance(error, DataError) else [str(error)]
        for problem in problems:
            err.print(escape(problem))
        sys.exit(FINDINGS)
    except Exception:
        err.print_exception()
        err.print("This is a fault of the program and not of your data. Please report it with the lines above.")
        sys.exit(FAULT)


if __name__ == "__main__":
    main()
