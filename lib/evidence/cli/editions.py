"""The commands that make editions: rerun on other data, accept them, build, publish and print the site."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evidence.cli.checking import check_all, check_shown
from evidence.cli.console import CLEAN, FINDINGS, Format, Fresh, Jobs, OutputFormat, chapter_name, out, progress
from evidence.cli.grid import check_options, run_and_tell

if TYPE_CHECKING:
    from evidence.writing import Seen

app = typer.Typer()


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
        Path | None,
        typer.Option(
            "--out",
            help="Folder for editions, or with --grid for grids; _build/editions or _build/grids when left out.",
            show_default=False,
        ),
    ] = None,
    fresh: Fresh = False,
    grid: Annotated[
        Path | None,
        typer.Option(
            "--grid",
            help="A CSV of which each row is a run: columns as_of, scenario, chapter, place, case, each of them optional.",
            show_default=False,
        ),
    ] = None,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="Address of a Dask scheduler whose workers run the grid, such as tcp://127.0.0.1:8786.")
    ] = "",
    format: OutputFormat = Format.text,
) -> None:
    """Run the book on other data and write an edition with a change report. Never touches the committed chapters.

    With --grid it runs for every row of a table and writes a folder for each and one summary; the same command again goes on where it was
    interrupted. --data, --as-of and --only then hold for the rows that say nothing else, and --out is where the grid's folder goes.

    Exit code 1 means that a statement, a claim or the audit needs an author, or that a row failed.
    """
    from evidence import editions, paths

    if grid:
        given = editions.Defaults(data, as_of, chapter_name(only))
        check_options(grid, given, site)
        wanted = editions.GridOrder(grid, given, jobs or editions.default_jobs(), into or paths.grids_dir(), fresh, scheduler)
        raise typer.Exit(run_and_tell(wanted, format))
    if scheduler:
        raise typer.BadParameter("--scheduler runs the rows of a grid; give --grid too.")
    order = editions.RerunOrder(data, as_of, chapter_name(only), jobs or editions.default_jobs(), site, into or paths.editions_dir(), fresh)
    with progress(0, "running") as done:
        edition = editions.rerun(order, done, done.start)
    if format is Format.json:
        print(
            json.dumps(
                {"edition": str(edition.directory), "fresh": edition.fresh, **edition.report},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        out.print(escape(editions.markdown(edition.report)))
        out.print(f"Edition: {escape(str(edition.directory))}" + ("" if edition.fresh else " (was there already)"))
    raise typer.Exit(CLEAN if editions.clean(edition.report) else FINDINGS)


@app.command()
def accept(
    data: Annotated[Path, typer.Option("--data", help="A folder with only new rows (an overlay), or a full data library.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for the history: a sentence for readers; must be given.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the exact difference and change nothing.")] = False,
    on: Annotated[
        str, typer.Option("--on", help="Day of the acceptance, such as 2026-11-21; today when left out.", show_default=False)
    ] = "",
    jobs: Jobs = 0,
) -> None:
    """Accept new data into the committed book: vintages, restated numbers, outputs and history, all or nothing.

    Numbers in words and claims that no longer hold are listed; the site shows a notice at each until an author has dealt with it (exit code 1).
    """
    from datetime import date

    from evidence import editions

    request = editions.AcceptRequest(data, reason, on or date.today().isoformat(), jobs or editions.default_jobs(), dry_run)
    with progress(0, "recording") as done:
        accepted = editions.accept(request, done)
    if dry_run:
        out.print(escape(accepted.difference))
    for page, old, new in accepted.restated:
        out.print(escape(f"restated in {page}: {old} → {new}"))
    for statement in accepted.awaiting:
        out.print(escape(f'awaits its author, {statement.where}: {statement.link} "{statement.sentence}"'))
    for told in accepted.retired:
        out.print(escape(f"retired: {told}"))
    verb = "would change" if dry_run else "changed"
    out.print(
        f"{len(accepted.history)} figures {verb}, {len(accepted.restated)} numbers restated, {len(accepted.awaiting)} statements await their author."
    )
    raise typer.Exit(FINDINGS if accepted.awaiting else CLEAN)


@app.command()
def build(
    into: Annotated[Path | None, typer.Option("--out", help="Folder for the site; _build/html when left out.", show_default=False)] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Put the book as a PDF into the site too. Needs Chromium.")] = False,
    unprinted: Annotated[
        bool, typer.Option("--unprinted", help="Lead to the PDF without printing it, as prove does.", hidden=True)
    ] = False,
    jobs: Jobs = 0,
) -> None:
    """Check, execute every chapter, compare with what is recorded, build the site from the recorded outputs, and read all that it shows.

    A red gate, a difference, a warning or a number that no record beside it admits stops it.
    """
    from evidence import editions, paths

    target = into or paths.site_dir()
    editions.claim_site(
        paths.find_book(), target
    )  # before the chapters run: whoever has no browser, or named another folder, is told at once
    if pdf:
        editions.find_browser()
    _build_proved(target, jobs, pdf=pdf, unprinted=unprinted)
    out.print(f"Site: {escape(str(target / 'index.html'))}")


def _build_proved(target: Path, jobs: int, *, pdf: bool = False, unprinted: bool = False) -> None:
    """Build the site while the gates look and the chapters run, and let it go nowhere unless all is green and each recorded output is what the code gives."""
    from evidence import editions, paths

    jobs = jobs or editions.default_jobs()
    seen = _seen()
    with ExitStack() as shown:

        def prove() -> None:
            _check_all(yielding=True)  # for the pages are made by one process, which takes longest
            _prove(jobs)
            shown.enter_context(out.status("building the site"))

        def check(site: Path) -> None:
            check_shown(site, jobs)
            seen.check()

        editions.build_site(paths.find_book(), target, pdf=pdf, unprinted=unprinted, check=check, meanwhile=prove)


def _seen() -> Seen:
    """Return what the book is made of as it is now: what is built of it must not be half of one state and half of another."""
    from evidence import paths
    from evidence.writing import Seen

    seen = Seen(book := paths.find_book())
    seen.see(*(book / name for name in ("data", "chapters", "_toc.yml", "_config.yml")))
    return seen


def _check_all(*, yielding: bool = False) -> None:
    """Refuse the book while a gate is red; what chapters are forked from begins meanwhile, and may leave the processor to what takes longer."""
    from evidence import editions

    editions.prepare(yielding=yielding)
    check_all()


def _prove(jobs: int) -> None:
    """Refuse the book while a recorded output is not what the code gives."""
    from evidence import editions, paths

    with progress(len(editions.notebooks(paths.chapters_dir())), "checking") as done:
        editions.demand_proof(jobs or editions.default_jobs(), done)


@app.command()
def publish(
    into: Annotated[Path, typer.Option("--into", help="Folder that is served, with every edition published so far.")],
    site: Annotated[
        Path | None,
        typer.Option("--site", help="A built site to add as it is, such as an edition's; _build/html when left out.", show_default=False),
    ] = None,
    jobs: Jobs = 0,
) -> None:
    """Add a built site to the published editions: the newest at the root, each at its own lasting address below editions/.

    Without --site it first checks, executes every chapter and compares with what is recorded, and refuses a site of an earlier state of the book.
    """
    from evidence import editions, paths

    if site is None:
        editions.check_current(paths.site_dir())
        _check_all()
        _prove(jobs)
    published = editions.publish(site or paths.site_dir(), into)
    for edition in published:
        out.print(f"{escape(edition['name'])}  {edition['date']}")
    out.print(f"Published: {escape(str(into / 'index.html'))}; {len(published)} editions.")
    out.print(escape(editions.room(into, published)))


@app.command()
def pdf(
    into: Annotated[
        Path | None, typer.Option("--out", help="File to write; in _build/, by the name of the book, when left out.", show_default=False)
    ] = None,
    site: Annotated[
        Path | None, typer.Option("--site", help="A built site to print as it is, such as an edition's.", show_default=False)
    ] = None,
    jobs: Jobs = 0,
) -> None:
    """Print the whole book as one PDF: chapters, audit, and an appendix with the ledger that each number leads to.

    Without --site it checks, executes every chapter, compares with what is recorded, and builds the pages anew in a folder of its own, so that
    the PDF is never older than the chapters and the data.
    Needs the extra that `make browser` installs, and Chromium: the one named in `CHROMIUM`, /usr/bin/chromium, or the one that Playwright
    has fetched.
    """
    from evidence import editions, paths
    from evidence.writing import temporary

    target = into or paths.find_book() / "_build" / editions.pdf_name()
    editions.find_browser()
    editions.claim_pdf(paths.find_book(), target)
    with temporary("pdf") as folder:
        built = site or folder / "html"
        if site is None:
            _build_proved(built, jobs)
        with out.status("printing"):
            editions.make_pdf(paths.find_book(), built, target)
    out.print(f"PDF: {escape(str(target))}")
