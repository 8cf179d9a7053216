"""`evidence read`: what a document proposes to the library, and what of it an author takes in."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, Format, OutputFormat, err, out

if TYPE_CHECKING:
    from evidence.catalog import Library
    from evidence.reading.sheet import Decided, Sheet

app = typer.Typer()


@app.command()
def read(
    file: Annotated[
        Path, typer.Argument(help="The document: Markdown, text, HTML, PDF, DOCX or CSV; with --accept the table of its proposals.")
    ],
    source: Annotated[str, typer.Option("--source", help="Key of its source, which evidence new source adds.", show_default=False)] = "",
    accept: Annotated[
        bool,
        typer.Option("--accept", help="Take in what FILE, a reviewed table of proposals, decides: records and excuses, or nothing at all."),
    ] = False,
    population: Annotated[str, typer.Option("--population", help="Whom the document is about where a sentence does not say.")] = "",
    place: Annotated[str, typer.Option("--place", help="Where, where a sentence does not say.")] = "",
    period: Annotated[str, typer.Option("--period", help="When, where a sentence does not say.")] = "",
    format: OutputFormat = Format.text,
) -> None:
    """Read a document and propose a record for each of its numbers, in a table beside the book that waits for its author.

    A proposal has the sentence as its quote, what the number is, where it stands and what the source cites for it; whom, where and when it is about
    with the words that say so, or blank. What seems to be no evidence comes with the reason. Write accept, excuse or leave into the column
    decision, mend what is wrong, and give the table back with --accept. Nothing reaches the library before. Reading again keeps what was decided.

    Exit codes: 0 proposals were written, or taken in; 1 the document cannot be read or a gate refuses a record, and nothing is written; 2 wrong
    usage; 3 a fault of ours.
    """
    if accept:
        _accept(file, format)
        return
    if not source:
        raise typer.BadParameter("name the source of the document; evidence new source adds one", param_hint="--source")
    _read(file, source, {"population": population, "place": place, "period": period}, format)


def _read(file: Path, source: str, given: dict[str, str], format: Format) -> None:
    from evidence import paths
    from evidence.catalog import load
    from evidence.catalog.verify.proof import read_document
    from evidence.reading import Given, proposals
    from evidence.reading.sheet import NAME, sheet

    library = load()
    _source(library, source)
    with err.status(f"reading {escape(file.name)}"):
        document = read_document(file)
        places = frozenset(row["place"] for row in library.all_rows("place-sets"))
        proposed = proposals(document.text, Given(**given, places=places, ids=frozenset(library.figures)))
    made = sheet(paths.proposals_dir(source) / NAME, file, source, document, proposed)
    made.write()
    _tell(made, format)


def _source(library: Library, key: str) -> dict[str, Any]:
    """Return the row of a source.

    Raises:
        DataError: If there is none.
    """
    known = library.by_id("sources")
    if key not in known:
        raise library.absent("sources", key, known)
    return known[key]


def _tell(made: Sheet, format: Format) -> None:
    blank = Counter(name for row in made.rows if not row["reason"] for name in ("population", "place", "period") if not row[name])
    reasons = Counter(row["reason"] for row in made.rows if row["reason"])
    evidence = len(made.rows) - sum(reasons.values())
    if format is Format.json:
        told = {"table": str(made.path), "proposals": evidence, "excuses": reasons, "blank": blank, "open": made.open}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    out.print(
        f"{evidence} numbers proposed as records, under {len({row['id'] for row in made.rows if not row['reason']})} ids; {made.open} to decide on"
    )
    for reason, times in reasons.most_common():
        out.print(f"[dim]no evidence?[/] {times}: {escape(reason)}")
    out.print(f"Left blank, for you to fill: {', '.join(f'{name} of {times}' for name, times in blank.items()) or 'nothing'}.")
    out.print(f"Decide in {escape(str(made.path))}, then: evidence read --accept {escape(str(made.path))}")


def _accept(file: Path, format: Format) -> None:
    from evidence import paths, scaffold
    from evidence.catalog import load, schema
    from evidence.reading.sheet import decided, read, taken

    found, library = read(file), load()
    row = _source(library, found.source)
    excused = [one["text"] for one in library.all_rows("not-evidence") if one["source"] == found.source]
    given = decided(found, row["as_of"], excused)
    _refuse(found, given, library)
    written: list[str] = []
    if given.figures or given.excuses:
        with scaffold.propose(paths.find_book()) as proposal:
            for _, cells in given.figures:
                proposal.add_row(schema.FIGURES, cells)
            for cells in given.excuses:
                proposal.add_row(schema.NOT_EVIDENCE, cells)
            proposal.prove(_receipts(found, given, row))
            written, _stale = proposal.accept()
        taken(found)
        found.write()
    told = {"records": len(given.figures), "excuses": len(given.excuses), "open": found.open, "written": written}
    if format is Format.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        out.print(f"{told['records']} records and {told['excuses']} excuses taken in, {found.open} left to decide on.")
        out.print("When all is in, run: evidence record" if written else "Nothing was decided that is not in the library.")
    raise typer.Exit(CLEAN if written or not found.open else FINDINGS)


def _refuse(found: Sheet, given: Decided, library: Library) -> None:
    """Refuse records that their own cells contradict, each told at its row of the table.

    Raises:
        ScaffoldError: If there is one.
    """
    from evidence.catalog import schema
    from evidence.errors import ScaffoldError
    from evidence.problems import Problem
    from evidence.scaffold import Asked, answer_problem, required_columns

    problems = []
    for index, cells in given.figures:
        asked = Asked(schema.FIGURES, {name: cell for name, cell in cells.items() if cell}, library)
        problems += [Problem(found.place(index, column.name), "is empty.", column.about) for column in required_columns(asked)]
        told = {column.name: answer_problem(asked, column) for column in schema.FIGURES.columns if column.name in asked.row}
        problems += [Problem(found.place(index, name), text) for name, text in told.items() if text]
    if problems:
        raise ScaffoldError([*problems, "Nothing was written."])


def _receipts(found: Sheet, given: Decided, source: dict[str, Any]) -> list[dict[str, str]]:
    """Return the receipts that the document gives, where it is the stored text of its source and still what was read; else none."""
    from evidence.catalog.verify.proof import read_document
    from evidence.receipts.issuing import from_document

    if source["seed"] != found.document.name or not found.unchanged:
        return []
    return from_document(read_document(found.document), [cells for _, cells in given.figures])
