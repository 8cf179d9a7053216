"""The commands that take in data of respondents: `ingest look` and `ingest survey`."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, DataDir, Format, OutputFormat, err, out

if TYPE_CHECKING:
    from evidence.survey.looking.look import Look
    from evidence.survey.wave import Wave

_LISTED, _ANSWERS = 60, 6
"""Most columns that are printed, and answers of each."""

app = typer.Typer()
ingest = typer.Typer(help="Turn data of respondents into candidate figures: see `evidence ingest look --help`.", no_args_is_help=True)
app.add_typer(ingest, name="ingest")


@ingest.callback()
def _group() -> None:
    """Turn the answers of respondents into candidate figures with their uncertainty, for the book to be re-run on."""


@ingest.command()
def survey(
    file: Annotated[Path, typer.Argument(help="Export of the respondents: CSV, XLSX, SPSS (.sav, .zsav, .por) or Stata (.dta).")],
    codebook: Annotated[Path, typer.Option("--codebook", help="Codebook, such as data/codebooks/sme.toml.")],
    as_of: Annotated[str, typer.Option("--as-of", help="Day the wave was published, such as 2027-04-30.")],
    into: Annotated[Path, typer.Option("--into", help="Folder for the new figures and the report.")],
    period: Annotated[
        str,
        typer.Option(
            "--period", help="When respondents were asked; the days of fieldwork in the codebook when left out.", show_default=False
        ),
    ] = "",
    previous: Annotated[
        Path | None,
        typer.Option("--previous", help="The wave.json or the export of the earlier wave, to test for change.", show_default=False),
    ] = None,
    rake: Annotated[
        bool | None, typer.Option("--rake/--no-rake", help="Rake weights to the codebook's margins, or not; as it says when left out.")
    ] = None,
    data: DataDir = None,
    format: OutputFormat = Format.text,
) -> None:
    """Turn a wave of a survey into new vintages of its figures, with intervals, and a report with tests of change.

    Never touches data/: it writes a folder for `evidence rerun --data`. Figures of too few respondents, or of a few heavy ones, are withheld and named in the report.

    Exit codes: 0 all figures written, 1 some not written or the export cannot be used, 2 wrong usage, 3 a fault of ours.
    """
    from evidence.catalog import load
    from evidence.survey import wave as room

    day = _day(as_of)
    order = room.WaveOrder(file, codebook, day.isoformat(), period, into, previous, rake)
    with err.status("reading the wave"):
        made = room.ingest(order, load(data or ""))
    if format is Format.json:
        print((into / "wave.json").read_text(encoding="utf-8"), end="")
    else:
        _print(made, into)
    raise typer.Exit(FINDINGS if made.withheld or made.derived.unstated else CLEAN)


@ingest.command()
def look(
    file: Annotated[Path, typer.Argument(help="Export of the respondents: CSV, XLSX, SPSS (.sav, .zsav, .por) or Stata (.dta).")],
    into: Annotated[
        Path | None,
        typer.Option(
            "--into", help="Folder for the questions and the draft of a codebook; nothing is written without it.", show_default=False
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--only", help="Column whose question becomes figures; may be repeated. All when left out.")
    ] = None,
    sheet: Annotated[str, typer.Option("--sheet", help="Sheet of a workbook; the widest when left out.", show_default=False)] = "",
    format: OutputFormat = Format.text,
) -> None:
    """Look at an export of respondents: what its file and columns are, what it cannot tell, and a codebook drafted from both.

    Answer in questions.toml of the folder and run the same command again. Never touches data/, and never a codebook that was edited.

    Exit codes: 0 nothing is open, 1 questions are open or the export cannot be used, 2 wrong usage, 3 a fault of ours.
    """
    from evidence.survey.looking.look import CODEBOOK, QUESTIONS
    from evidence.survey.looking.look import look as look_into

    with err.status("looking at the export"):
        found = look_into(file, into, only or (), sheet)
    if format is Format.json:
        print(
            json.dumps(
                asdict(found.file) | {"written": found.file.written.model_dump(), "open": [one.key for one in found.open]},
                ensure_ascii=False,
            )
        )
    else:
        _print_look(found)
    if into and format is Format.text:
        out.print(
            escape(
                f"Codebook: {into / CODEBOOK}. {f'Answer in {into / QUESTIONS}, then run this again' if found.open else 'Nothing is open'}"
            )
        )
    raise typer.Exit(FINDINGS if found.open else CLEAN)


@ingest.command()
def tables(
    file: Annotated[Path, typer.Argument(help="Export of the respondents: CSV, XLSX, SPSS (.sav, .zsav, .por) or Stata (.dta).")],
    codebook: Annotated[Path, typer.Option("--codebook", help="Codebook, such as data/codebooks/sme.toml.")],
    as_of: Annotated[str, typer.Option("--as-of", help="Day the wave was published, such as 2027-04-30.")],
    into: Annotated[Path, typer.Option("--into", help="Folder for the tables.")],
    rake: Annotated[
        bool | None, typer.Option("--rake/--no-rake", help="Rake weights to the codebook's margins, or not; as it says when left out.")
    ] = None,
    data: DataDir = None,
) -> None:
    """Write the table book of a wave, as tables.html and tables.xlsx: each question by the codebook's banners, with bases and what readers must be told.

    Numbers carry letters of significance and marks of small bases; what the report of the wave withholds is withheld here, too.

    Exit codes: 0 readers are told all, 1 something they must be told is missing or the export cannot be used, 2 wrong usage, 3 a fault of ours.
    """
    from evidence.catalog import load
    from evidence.survey import wave as room
    from evidence.survey.disclosing import missing

    order = room.WaveOrder(file, codebook, _day(as_of).isoformat(), "", into, None, rake)
    with err.status("making the tables"):
        told = room.tabulate(order, load(data or ""))
    out.print(
        escape(
            f"{len(told.book.tables):,} tables of {len(told.book.columns):,} columns: {into / room.HTML_NAME}, {into / room.WORKBOOK_NAME}"
        )
    )
    gaps = missing(told.told)
    for item in gaps:
        out.print(f"  [red]not told[/]: {escape(item.name)}; say it in {escape(item.remedy)}")
    raise typer.Exit(FINDINGS if gaps else CLEAN)


def _print_look(found: Look) -> None:
    file = found.file
    how = ", ".join(f"{name} {value!r}" for name, value in file.written.model_dump(exclude={"header"}).items() if value)
    out.print(escape(f"{file.name}: {file.rows:,} rows, {len(file.columns):,} columns; {how}"))
    for note in file.notes:
        out.print(f"  [yellow]note[/]: {escape(note)}")
    for column in file.columns[:_LISTED]:
        answers = "; ".join(f"{answer} ({count:,})" for answer, count in list(column.answers.items())[:_ANSWERS])
        told = answers if column.kind in ("single", "set", "mentions", "delimited", "scale") else f"{column.distinct:,} different"
        missing = f"; no answer: {', '.join(column.missing)}" if column.missing else ""
        out.print(
            escape(
                f"  {column.name} [{column.kind}{' of ' + column.group if column.group else ''}] {told}{missing}; empty {column.empty:,}"
            )
        )
    if len(file.columns) > _LISTED:
        out.print(f"  and {len(file.columns) - _LISTED:,} more; --format json lists all")
    for one in found.open:
        out.print(f"  [red]open[/]: {escape(one.key)}: {escape(one.text)}")


def _day(as_of: str) -> date:

    try:
        return datetime.strptime(as_of, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f'--as-of "{as_of}" is no day; write it as 2027-04-30.') from None


def _print(wave: Wave, into: Path) -> None:
    shown = len(wave.figures) - len(wave.withheld)
    out.print(f"{wave.respondents:,} respondents, effective {wave.effective:,.0f}; {shown} figures written, {len(wave.withheld)} withheld")
    for cell in wave.withheld:
        out.print(f"  [red]withheld[/]: {escape(cell.wanted.id)} {escape(cell.withheld)}")
    if wave.derived.rows:
        out.print(f"{len(wave.derived.rows)} figures follow from them by the library's recomputations")
    for told in wave.derived.unstated:
        out.print(f"  [red]not written[/]: {escape(told)}; write its record by hand")
    if wave.changes:
        changed = [change.figure for change in wave.changes if change.differs]
        out.print(escape(f"{len(changed)} of {len(wave.changes)} figures differ from the earlier wave: {', '.join(changed) or 'none'}"))
        out.print(escape(wave.linked))
    out.print(f"Report: {escape(str(into / f'wave-{wave.codebook.source}-{wave.named.as_of}.md'))}")
    out.print(f"Overlay: {escape(str(into))}. Try it with: evidence rerun --data {escape(str(into))}")
