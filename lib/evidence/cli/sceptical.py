"""`evidence prove`: is a published site what its sources give?"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, Format, OutputFormat, err, out

if TYPE_CHECKING:
    from evidence.editions.sceptic import Published, SiteProof

app = typer.Typer()


@app.command()
def prove(
    site: Annotated[str, typer.Argument(help="A published site: its folder, or its address.", metavar="SITE", show_default=False)],
    sources: Annotated[
        Path | None,
        typer.Option(
            "--sources",
            help="A book, or an archive of its sources, to build from; what the site publishes beside itself when left out.",
            show_default=False,
        ),
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print the PDF anew and compare it too. Needs Chromium.")] = False,
    register: Annotated[
        Path | None,
        typer.Option(
            "--enter", help="Register to enter a proof without a difference into: proofs.json of a published tree.", show_default=False
        ),
    ] = None,
    by: Annotated[str, typer.Option("--by", help="Who proves it, for readers of the register.", show_default=False)] = "",
    format: OutputFormat = Format.text,
) -> None:
    """Build a published site again from the sources it publishes beside itself, compare byte by byte, and name every difference.

    It is built by the engine of this machine, never by the one in the sources; the chapters' own code runs, as whenever a book is built. Exit
    code 1 means that something differs, or that nothing could be built. Needs the network for an address, and for nothing else.
    """
    from evidence import paths
    from evidence.editions.sceptic import enter, prove_site

    if bool(register) != bool(by):
        raise typer.BadParameter("--enter and --by belong together: the register says who has proved a site.")
    if sources and sources.is_dir():
        os.environ[paths.VARIABLE] = str(paths.named_book(sources))
    with err.status("building it again"):
        proof = prove_site(_published(site), sources, pdf, _published(tree) if (tree := _tree(site)) else None)
    if register and not proof.problems:
        enter(proof, register, by, date.today().isoformat())
    if format is Format.json:
        print(json.dumps(_record(proof), ensure_ascii=False, indent=1))
    else:
        _print(proof)
    raise typer.Exit(FINDINGS if proof.problems else CLEAN)


def _published(site: str) -> Published:
    from evidence.editions.sceptic import Published, folder_site
    from evidence.refresh.web import web_site

    if site.startswith(("https://", "http://")):
        return Published(web_site(site))
    return folder_site(Path(site))


def _tree(site: str) -> str:
    """Return where the newest edition stands, for the address of one below `editions/`; empty for any other."""
    if site.startswith(("https://", "http://")):
        tree, found, _ = site.rpartition("/editions/")
        return tree if found else ""
    place = Path(site).resolve().parent
    return str(place.parent) if place.name == "editions" and (place.parent / "editions.json").is_file() else ""


def _record(proof: SiteProof) -> dict[str, object]:
    problems = [problem.as_record() for problem in proof.problems]
    return {"edition": proof.edition, "agreeing": proof.agreeing, "problems": problems, "notes": proof.notes, "digest": proof.digest}


def _print(proof: SiteProof) -> None:
    for problem in proof.problems:
        out.print(f"[red]differs[/] {escape(str(problem))}")
    for note in proof.notes:
        out.print(f"[dim]note[/] {escape(note)}")
    told = "proved" if not proof.problems else f"not proved, {len(proof.problems):,} differences"
    out.print(f"Edition {escape(proof.edition)}: {proof.agreeing:,} files are, byte for byte, what its sources give; {told}.")
