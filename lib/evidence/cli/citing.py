"""`evidence cited`: whether the numbers that another document took from a published book still stand."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, out

if TYPE_CHECKING:
    from evidence.cited import StandingNumber

app = typer.Typer()


class CitedFormat(StrEnum):
    """How to print what became of the numbers of a document."""

    text = "text"
    json = "json"
    github = "github"


@app.command()
def cited(
    files: Annotated[
        list[Path], typer.Argument(help="Documents that link to figures of the book: Markdown, HTML, LaTeX or DOCX.", show_default=False)
    ],
    site: Annotated[
        str, typer.Option("--site", help="The published book: its https address, or the folder of its site.", show_default=False)
    ],
    format: Annotated[
        CitedFormat, typer.Option("--format", help="text for people, json for machines, github for marks beside the lines of a change.")
    ] = CitedFormat.text,
) -> None:
    """Tell which numbers of a document no longer stand in the published book that its links name.

    A link counts when it leads exactly to a figure: its entry, in an edition or the newest, or its file. Its words are held against what the figure
    states. It needs no book at hand.

    Exit codes: 0 all stand, 1 some do not or no number links to the book, 2 wrong usage, 3 a fault of ours.
    """
    from evidence.cited import PublishedBook, links_of, standings

    book = PublishedBook(site)
    found = [(file, standing) for file in files for standing in standings(links_of(file), book)]
    if format is CitedFormat.json:
        print(json.dumps([{"file": str(file), **asdict(standing)} for file, standing in found], ensure_ascii=False, indent=1))
    else:
        for file, standing in found:
            _print(file, standing, format)
        fallen = sum(not standing.stands for _, standing in found)
        out.print(escape(f"{len(found)} numbers of {book.address}: {len(found) - fallen} stand, {fallen} do not."))
    raise typer.Exit(CLEAN if found and all(standing.stands for _, standing in found) else FINDINGS)


def _print(file: Path, standing: StandingNumber, format: CitedFormat) -> None:
    link = standing.link
    line = f"{standing.figure}: {standing.state}. {standing.says}".strip()
    if format is CitedFormat.github:
        if not standing.stands:
            told = line.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
            print(f"::error file={file},line={link.line},title=A number that no longer stands::{told}")
        return
    colour = "green" if standing.stands else "red"
    out.print(f"[{colour}]{escape(standing.state)}[/] {escape(f'{file}, line {link.line}: “{link.text}” ({standing.figure})')}")
    if standing.says:
        out.print(escape(f"  {standing.says}"))
