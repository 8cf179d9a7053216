"""The commands for place data: prepare the producers' files for a re-run, and write the grid that makes a page a place."""

from __future__ import annotations

import json
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, DataDir, Format, OutputFormat, out

app = typer.Typer()
places = typer.Typer(no_args_is_help=True, help="Place data: prepare the files of the producers, and write grids of places.")
app.add_typer(places, name="places")


@places.command()
def prepare(
    given: Annotated[Path, typer.Option("--from", help="Folder with the producers' files, named as data/place-tables.csv declares.")],
    into: Annotated[Path, typer.Option("--into", help="Folder of the overlay; its places/ is written anew.")],
    data: DataDir = None,
    format: OutputFormat = Format.text,
) -> None:
    """Copy the declared files of place data into an overlay for `evidence rerun --data`, each with its hash, release, licence and boundaries.

    Refuses a file that does not read as declared, such as one on the boundaries of another year. Asks nobody over the network.

    Exit codes: 0 all declared files are there, 1 some are missing or a file was refused, 2 wrong usage.
    """
    from evidence import places as room
    from evidence.catalog import load

    if not given.is_dir():
        raise typer.BadParameter(f"--from {given}: no such folder.")
    prepared = room.prepare(load(data or ""), given, into, date.today().isoformat())
    if format is Format.json:
        print(
            json.dumps({"files": prepared.files, "missing": prepared.missing, "measures": prepared.measures}, ensure_ascii=False, indent=1)
        )
    else:
        for measure, areas, years in prepared.measures:
            out.print(f"[green]ok[/]      {escape(f'{measure} for {areas}')}: {years} years")
        for name in prepared.missing:
            out.print(f"[red]missing[/] {escape(name)}")
        out.print(f"Overlay: {escape(str(into))}. Show it with: evidence rerun --data {escape(str(into))} --only places")
    raise typer.Exit(FINDINGS if prepared.missing else CLEAN)


@places.command()
def keep(
    given: Annotated[Path, typer.Option("--from", help="Folder with the producers' files, named as data/place-tables.csv declares.")],
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit code 1 where a kept value is not what the files give.")
    ] = False,
) -> None:
    """Keep in data/places/ the values that data/place-facts.csv asks for, cell by cell as the producers wrote them, with the hash of each file.

    Exit codes: 0 every value is kept as the files give it, 1 a file is missing or was refused, or with --check a value differs, 2 wrong usage.
    """
    from evidence import paths
    from evidence import places as room
    from evidence.catalog import load
    from evidence.writing import Transaction

    if not given.is_dir():
        raise typer.BadParameter(f"--from {given}: no such folder.")
    folder = paths.data_dir() / room.FOLDER
    with nullcontext() if check else Transaction(paths.find_book()) as work:
        if work:
            work.see(paths.data_dir())
        kept = room.keep(load(), given, date.today().isoformat())
        differing = room.differing(kept, folder)
        if work and differing:
            for name, text in kept.files.items():
                work.write(folder / name, text)
    for line in (*differing, *(f"{name}: not there" for name in kept.missing)):
        out.print(("[red]differs[/] " if check else "[green]kept[/] ") + escape(line))
    out.print(
        f"{kept.cells:,} values of {len(kept.files) - 2} sets of areas" + (", as the producers' files give them" if not differing else "")
    )
    raise typer.Exit(FINDINGS if kept.missing or (check and differing) else CLEAN)


@places.command()
def grid(
    areas: Annotated[str, typer.Argument(help="Set of areas, such as itl3-2021 or lad-2024.")],
    overlay: Annotated[
        Path, typer.Option("--data", help="The overlay that `evidence places prepare` wrote, or a library with place data.")
    ],
    target: Annotated[Path, typer.Option("--out", help="File to write.")] = Path("places.csv"),
) -> None:
    """Write a grid with a row for every area of a set, for `evidence rerun --data OVERLAY --grid FILE --only places`."""
    from evidence import places as room
    from evidence.catalog import load

    rows = room.write_grid(room.PlaceData(load(), overlay / room.FOLDER), areas, target)
    out.print(f"{rows} places: {escape(str(target))}")
