"""The commands an author runs beside `check` and `new`: format, cite, suggest, record, preview."""

from __future__ import annotations

import signal
import threading
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from evidence.cli.console import (
    CLEAN,
    FINDINGS,
    DataDir,
    Jobs,
    OneChapter,
    chapter_name,
    err,
    out,
    progress,
)

app = typer.Typer()


@app.command(name="format")
def format_(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Chapters' files; all chapters and the data library when left out.", exists=True, dir_okay=False, show_default=False
        ),
    ] = None,
    data: DataDir = None,
    check: Annotated[bool, typer.Option("--check", help="Name what is not in its committed form, and write nothing.")] = False,
) -> None:
    """Write chapters and the data library in their committed form, for example after an editor or a spreadsheet saved them.

    Chapters: one sentence on each line, counts in order, nothing volatile. Data: tables written one way, and their descriptions for machines.
    The page of commands is made anew from their help.
    """
    from evidence import paths
    from evidence.catalog.packaging import differing
    from evidence.cli import reference
    from evidence.statements import chapter_files
    from evidence.writing import Transaction

    directory, pages = paths.data_dir(data or ""), files or chapter_files(paths.chapters_dir())
    with nullcontext() if check else Transaction(paths.find_book()) as work:
        if work:
            work.see(*(files or [directory, *pages]), loosely=True)
        written = {} if files else {directory / name: text for name, text in differing(directory).items()}
        written |= _unformatted([] if data and not files else pages)
        if not data and not files:
            written |= reference.stale()
        if work:
            for path, text in written.items():
                work.write(path, text)
    names = ", ".join(_told(path, directory) for path in written)
    out.print(escape(f"{'Not in committed form' if check else 'Rewritten'}: {names or 'nothing'}."))
    raise typer.Exit(FINDINGS if check and written else CLEAN)


def _unformatted(pages: list[Path]) -> dict[Path, str]:
    """Return the chapters' files that are not in their committed form, with the text they should have."""
    from evidence.errors import StatementError
    from evidence.form import committed
    from evidence.statements import read_page

    texts = {}
    for page in pages:
        if page.suffix not in (".ipynb", ".md"):
            raise StatementError(
                f"{page}: neither a notebook nor a page of Markdown. evidence format without files writes the data library."
            )
        read_page(page)
        text = page.read_bytes().decode("utf-8")
        if (right := committed(text, notebook=page.suffix == ".ipynb")) != text:
            texts[page] = right
    return texts


def _told(path: Path, data: Path) -> str:
    return path.relative_to(data).as_posix() if path.is_relative_to(data) else path.name


@app.command()
def cite(
    words: Annotated[list[str], typer.Argument(help="Words, or the beginning of an id, such as: median pay, or pay.median.")],
    data: DataDir = None,
) -> None:
    """Search figures, ranges, claims and findings by words or the beginning of an id, and print links to paste into prose."""
    from evidence.catalog import load
    from evidence.statements import citable

    found = citable(load(data or ""), words)
    for hit in found:
        origin = f" [dim]({hit.source})[/]" if hit.source else ""
        out.print(f"[bold]{escape(f'[{hit.text}]({hit.scheme}:{hit.id})')}[/]  {escape(hit.about)}{origin}")
    if not found:
        err.print(f"No figure, claim or finding holds all of: {escape(' '.join(words))}. Try fewer words.")
    raise typer.Exit(CLEAN if found else FINDINGS)


@app.command()
def suggest(
    chapter: Annotated[str, typer.Argument(help="Name of a chapter, such as coordination.")],
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Write the link at each number that only one figure fits, in a sentence that shares a word with it; change nothing else.",
        ),
    ] = False,
    data: DataDir = None,
) -> None:
    """Find the numbers of a chapter that are bound to nothing, and propose the figures that fit, best match first.

    A figure fits when it is in the same unit and bears the number out. With --fix a number is bound where only one figure of the library fits
    and shares a word with the sentence; the others are listed. Exit code 1 while a number is bound to nothing.
    """
    from evidence import paths, scaffold
    from evidence.catalog import load
    from evidence.statements import chapter_files
    from evidence.writing import Transaction

    name = chapter_name(chapter)
    pages = {path.stem: path for path in chapter_files(paths.chapters_dir())}
    if name not in pages:
        raise typer.BadParameter(f"chapters/{name}: there is no such chapter. There are {', '.join(pages)}.")
    library = load(data or "")
    with Transaction(paths.find_book()) if fix else nullcontext() as work:
        if work:
            work.see(pages[name])
        suggested = scaffold.suggestions(pages[name], library)
        bound = scaffold.bind(pages[name], suggested, work) if work else []
    for number in suggested:
        _print_number(number, bound=number in bound)
    left = len(suggested) - len(bound)
    out.print(f"{len(bound)} bound, {left} bound to nothing." + (f" Then run: evidence record {name}" if bound else ""))
    raise typer.Exit(FINDINGS if left else CLEAN)


def _print_number(number: Any, *, bound: bool) -> None:
    out.print(f"[bold]{escape(str(number.place))}[/]: {escape(number.text)} in {escape(chr(34) + number.sentence + chr(34))}")
    for fitting in number.fitting[:5]:
        mark = "  bound: " if bound else "  "
        out.print(f"{mark}{escape(f'[{number.text}](figure:{fitting.id})')}  {escape(fitting.shown)}, {escape(fitting.about)}")
    if not number.fitting:
        out.print("  no figure fits; add one with: evidence new figure")


@app.command()
def record(
    chapter: OneChapter = "",
    jobs: Jobs = 0,
    check: Annotated[bool, typer.Option("--check", help="Run the chapters, compare with what is recorded, store nothing.")] = False,
) -> None:
    """Execute chapters after an edit and store their outputs. Refuses while a statement is broken."""
    from evidence import editions, paths

    name = chapter_name(chapter)
    with progress(len(editions.notebooks(paths.chapters_dir(), name)), "checking" if check else "recording") as done:
        problems = editions.prove(name, jobs or editions.default_jobs(), done) if check else []
        changed = [] if check else editions.record(name, jobs or editions.default_jobs(), done)
    if check:
        out.print(escape("\n".join(map(str, problems))) or "Every recorded output is what the code gives.")
        raise typer.Exit(FINDINGS if problems else CLEAN)
    out.print(f"Recorded. Changed: {', '.join(changed) or 'nothing'}.")


@app.command()
def preview(chapter: Annotated[str, typer.Argument(help="Name of the chapter, such as coordination.")]) -> None:
    """Show a chapter in the browser as the site will show it, anew at each save; Ctrl-C ends it.

    The page is served on this machine only, at the address that is printed. What must be mended stands above the text and is marked at its
    words, with the remedy. The cells are run anew where something under them has changed. Nothing of the book is written.
    """
    from evidence import paths
    from evidence.cli.watching import rounds
    from evidence.preview import Served

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: stop.set())
    saved = rounds(paths.data_dir(), stop)
    served = Served(chapter_name(chapter))
    try:
        for _ in saved:
            begun = served.preview.version
            served.preview.look()
            if not begun:
                out.print(f"{served.address}  Ctrl-C ends it.")
                out.file.flush()
    finally:
        served.close()
