"""`evidence verify` and `evidence receipt`: hold records against where they come from."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, Format, OutputFormat, out

if TYPE_CHECKING:
    from evidence.catalog.verify import Verified
    from evidence.receipts.issuing import Issued

app = typer.Typer()


@app.command()
def verify(
    folders: Annotated[
        list[Path], typer.Option("--sources", help="Folder with the texts of the sources, or with producers' files; may be repeated.")
    ],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", help="Key of a source, such as demos; may be repeated. All whose text is there when left out.", show_default=False
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write no receipts; exit code 1 where one is not what the texts give.")] = False,
    format: OutputFormat = Format.text,
) -> None:
    """Prove every quote against the texts of the sources, give receipts to what was found, and list numbers of theirs that no figure covers.

    A quote cut inside a word or number is refused; one cut before a word that may turn it is told. A source whose text is not in the folder is
    named, with the number of its quotes that were not proved, and its receipts stay as they are; one that is asked for must be there.
    """
    from evidence import paths
    from evidence.catalog import load
    from evidence.catalog.verify import verify as verified
    from evidence.receipts.issuing import issue, write
    from evidence.writing import Transaction

    with nullcontext() if check else Transaction(paths.find_book()) as work:
        if work:
            work.see(paths.data_dir())
        library = load()
        result = verified(library, folders, only or ())
        issued = issue(library, result, folders)
        if work and library.all_rows("receipts") and not result.problems:
            write(issued, work)
    stale = issued.told if library.all_rows("receipts") and check else []
    if format is Format.json:
        print(json.dumps(_record(result, issued), ensure_ascii=False, indent=1))
    else:
        _print(result, issued if library.all_rows("receipts") else None)
    clean = result.found and not result.problems and not result.uncovered and not issued.problems and not stale
    raise typer.Exit(CLEAN if clean else FINDINGS)


def _record(result: Verified, issued: Issued) -> dict[str, Any]:
    return {
        "found": result.found,
        "problems": [*result.problems, *issued.problems],
        "uncovered": result.uncovered,
        "not_proved": result.not_proved,
        "cut": list(_cut(result)),
        "covered": {
            source: {"covered": found.covered, "needed": found.needed, "share": found.share} for source, found in result.covered.items()
        },
        "receipts": issued.told,
    }


def _cut(result: Verified) -> Iterable[str]:
    from evidence.catalog import where

    for proof in result.proofs:
        if proof.turned:
            yield f'{where(proof.row)}, column quote: the sentence goes on with "{proof.turned}"'


def _print(result: Verified, issued: Issued | None) -> None:
    for problem in [*result.problems, *(issued.problems if issued else [])]:
        out.print(escape(problem))
    for line in _cut(result):
        out.print(f"[dim]cut before a word that may turn it[/] {escape(line)}")
    for line in result.uncovered:
        out.print(f"[dim]no figure covers[/] {escape(line)}")
    for name, quotes in result.not_proved.items():
        out.print(f"[dim]not proved[/] {escape(name)}: its text is not at hand; {quotes} quotes")
    for line in issued.told if issued else []:
        out.print(f"[dim]receipt[/] {escape(line)}")
    for source, covered in result.covered.items():
        out.print(f"{escape(source)}: {covered.covered} of {covered.needed} numbers covered, {covered.share:.1%} of the whole text")
    out.print(
        f"{result.found} quotes found, {sum(result.not_proved.values())} not proved, {len(result.problems)} problems; "
        f"{len(result.uncovered)} numbers of the sources without a figure; {len(issued.told) if issued else 0} receipts new or renewed."
    )


@app.command()
def receipt(
    names: Annotated[
        list[str],
        typer.Argument(
            help="Ids of records or of what they belong to, keys of sources, or names of tables; with --cell first the producer's file.",
            metavar="[FILE] RECORD...",
        ),
    ],
    cell: Annotated[
        str,
        typer.Option(
            "--cell",
            help="Where the number stands in the file: `G123`, or the name of its column and what marks its row, as: `2025; areacd=E08000032`.",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Give records a receipt where no text is at hand: of a cell of a producer's file, or that somebody has read them.

    A record whose quote and number are as they were proved keeps its proof: only what we say of it has changed, and you have read it again. Any
    other is told apart for readers: read on a page without a file, typed and not yet proved, or this book's own.
    """
    from evidence import paths
    from evidence.catalog import load
    from evidence.receipts.issuing import by_hand, from_cell, write
    from evidence.writing import Transaction

    with Transaction(paths.find_book()) as work:
        work.see(paths.data_dir())
        library = load()
        issued = from_cell(library, Path(names[0]), cell, names[1:]) if cell else by_hand(library, names)
        write(issued, work)
    for line in issued.told:
        out.print(escape(line))
