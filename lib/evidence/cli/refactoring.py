"""`evidence rename`, `retire`, `remove` and `move`: one step for everything that names a record or a chapter."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evidence.catalog import schema
from evidence.cli.console import chapter_name, out

if TYPE_CHECKING:
    from evidence.refactor import Draft

app = typer.Typer()
move = typer.Typer(no_args_is_help=True, help="Move a section, a chart or a claim to another chapter, or a figure to another source.")
app.add_typer(move, name="move")

Kind = StrEnum("Kind", {kind: kind for kind in schema.RENAMED})  # type: ignore[misc]
Record = StrEnum("Record", {kind: kind for kind in schema.RENAMED if kind != "chapter"})  # type: ignore[misc]
Page = StrEnum("Page", {"chapter": "chapter"})

DryRun = Annotated[bool, typer.Option("--dry-run", help="Print the difference, and write nothing.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for readers of the old address; one sentence, in your words.")]
Into = Annotated[str, typer.Option("--to", help="Chapter it is to stand in; it is put above the section on what is not known.")]


@app.command()
def rename(
    kind: Annotated[Kind, typer.Argument(help="What it is.")],
    old: Annotated[str, typer.Argument(help="Its name.")],
    new: Annotated[str, typer.Argument(help="The new one.")],
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Give a record or a chapter another name wherever the book names it: tables, formulas, prose, code, contents.

    The old name leads on: its address on the site, links of earlier editions, and what an author is told who still writes it. The ends of a range
    follow their figure, the file of a source its key. Refused where the new name is taken or malformed, or where a gate objects.
    """
    from evidence import refactor

    old, new = (chapter_name(name) if kind == "chapter" else name for name in (old, new))
    _changed(lambda draft: refactor.rename(draft, kind.value, old, new, reason), dry_run)


@app.command()
def retire(
    kind: Annotated[Record, typer.Argument(help="What it is.")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    reason: Reason,
    instead: Annotated[str, typer.Option("--instead", help="Record of its kind that takes its place wherever it is named.")] = "",
    dry_run: DryRun = False,
) -> None:
    """Take a record out of the library, with the rows about it alone and the cells that only show it; its address tells why.

    Refused, with each place, while a sentence or another record rests on it. A source goes with all that is taken from it.
    """
    from evidence import refactor

    _changed(lambda draft: refactor.retire(draft, kind.value, name, reason, instead), dry_run)


@app.command()
def remove(
    kind: Annotated[Page, typer.Argument(help="What it is.")],
    name: Annotated[str, typer.Argument(help="Its name.")],
    reason: Reason,
    dry_run: DryRun = False,
) -> None:
    """Take a chapter out of the book, with the figures, findings, claims, charts and sources that nothing else needs; its address tells why."""
    from evidence import refactor

    _changed(lambda draft: refactor.remove_chapter(draft, chapter_name(name), reason), dry_run)


@move.command()
def section(
    chapter: Annotated[str, typer.Argument(help="Chapter it stands in.")],
    heading: Annotated[str, typer.Argument(help="Its heading, as written.")],
    to: Into,
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Move a section with its cells and its subsections; its old address leads on, and so do the links of other pages."""
    from evidence import refactor

    _changed(lambda draft: refactor.move_section(draft, chapter_name(chapter), heading, chapter_name(to), reason), dry_run)


def _add_view(kind: str) -> None:
    def command(
        name: Annotated[str, typer.Argument(help="Its id.")],
        to: Into,
        dry_run: DryRun = False,
    ) -> None:
        from evidence import refactor

        _changed(partial(refactor.move_view, kind=kind, name=name, to=chapter_name(to)), dry_run)

    command.__doc__ = f"Move the cell that shows a {kind} to another chapter."
    move.command(name=kind)(command)


for _kind in ("chart", "claim"):
    _add_view(_kind)


@move.command()
def figure(
    name: Annotated[str, typer.Argument(help="Its id.")],
    to: Annotated[str, typer.Option("--to", help="Key of the source it is taken from.")],
    reason: Reason = "",
    dry_run: DryRun = False,
) -> None:
    """Move the records of a figure to another source and its file, where they stood with the wrong one; its old address leads on."""
    from evidence import refactor

    _changed(lambda draft: refactor.move_figure(draft, name, to, reason), dry_run)


def _changed(change: Callable[[Draft], None], dry_run: bool) -> None:
    """Make a change and tell what became of it."""
    from evidence import paths, refactor

    outcome = refactor.changed_book(paths.find_book(), change, dry_run=dry_run)
    if dry_run:
        out.print(escape(outcome.diff), end="")
        out.print(f"{len(outcome.files)} files would change. Nothing was written.")
        return
    out.print(f"Written: {escape(', '.join(outcome.files))}.")
    for problem in outcome.stale:
        out.print(escape(str(problem)))
    if outcome.recorded:
        out.print(f"Recorded: {', '.join(outcome.recorded)}.")
    if outcome.later:
        out.print(f"To be recorded yet: {', '.join(outcome.later)}. When all is in, run: evidence record")
