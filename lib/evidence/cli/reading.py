"""`evidence read`: what a document proposes to the library, and what of it an author takes in."""

from __future__ import annotations

import json
import re
import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, Format, OutputFormat, err, out

if TYPE_CHECKING:
    from evidence.catalog import Library
    from evidence.catalog.declaration import Table
    from evidence.catalog.verify import Document, Text
    from evidence.catalog.verify.text import Span
    from evidence.problems import Problem
    from evidence.reading import Given, Proposed
    from evidence.reading.pairing import Paired
    from evidence.reading.review import Review
    from evidence.reading.sheet import Decided, Sheet

    Records = dict[Table, list[dict[str, str]]]

app = typer.Typer()


@app.command()
def read(
    file: Annotated[
        Path,
        typer.Argument(help="The document: Markdown, text, HTML, PDF, DOCX, XLSX, ODS or CSV; with --accept the table of its proposals."),
    ],
    source: Annotated[str, typer.Option("--source", help="Key of its source, which `evidence new source` adds.", show_default=False)] = "",
    accept: Annotated[
        bool,
        typer.Option(
            "--accept", help="Take in what the file, a reviewed table of proposals, decides: records and excuses, or nothing at all."
        ),
    ] = False,
    chapter: Annotated[
        str,
        typer.Option(
            "--chapter", help="With --accept: name of a chapter that is to show the figures of the source in a table.", show_default=False
        ),
    ] = "",
    on_page: Annotated[
        bool,
        typer.Option(
            "--page", help="Decide on a page of this machine, whose address is printed: the document with each number marked, one key each."
        ),
    ] = False,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against",
            help="Text of the edition that the library's records are from: the file is a later one, and what became of each number is proposed.",
            show_default=False,
        ),
    ] = None,
    as_of: Annotated[
        str, typer.Option("--as-of", help="With --against: day the later edition was published, such as 2027-04-30.", show_default=False)
    ] = "",
    population: Annotated[str, typer.Option("--population", help="Whom the document is about where a sentence does not say.")] = "",
    place: Annotated[str, typer.Option("--place", help="Which place the document is about where a sentence does not say.")] = "",
    period: Annotated[str, typer.Option("--period", help="Which period the document is about where a sentence does not say.")] = "",
    findings: Annotated[
        bool, typer.Option("--findings", help="Propose results in words too: sentences that state a change, a comparison or a cause.")
    ] = False,
    format: OutputFormat = Format.text,
) -> None:
    """Read a document and propose a record for each of its numbers, in a table below _build/ that waits for its author.

    A proposal has the sentence as its quote, what the number is, where it stands and what the source cites for it; whom, where and when it is about
    with the words that say so, or blank. What seems to be no evidence comes with the reason. Write `accept`, `excuse` or `leave` into the
    column `decision`, mend what is wrong, and give the table back with --accept; or decide with --page. Nothing reaches the library before. Reading again keeps what
    was decided.

    Exit codes: 0 proposals were written, or taken in; 1 the document cannot be read, nothing is decided yet, or a gate refuses a
    record, and nothing is written; 2 wrong usage; 3 a fault of ours.
    """
    from evidence.reading import Given

    if accept:
        _accept(file, chapter, format)
        return
    if not source:
        raise typer.BadParameter("name the source of the document; evidence new source adds one", param_hint="--source")
    if against:
        _compare(file, source, against, as_of, format)
        return
    given = Given(population=population, place=place, period=period, findings=findings)
    _read(file, source, given, format, on_page=on_page)


def _compare(file: Path, source: str, against: Path, as_of: str, format: Format) -> None:
    """Write what became of the numbers of a source in a later edition as an overlay, and what is new there as proposals."""
    from evidence import paths
    from evidence.catalog import load
    from evidence.catalog.overlay import check_place, write_overlay
    from evidence.catalog.patterns import DATE
    from evidence.catalog.verify.proving import read_document
    from evidence.reading import Given, proposals
    from evidence.reading.pairing import pair, vintages
    from evidence.reading.sheet import NAME, sheet

    if not re.fullmatch(DATE, as_of):
        raise typer.BadParameter(f'"{as_of}" is no day; write it as 2027-04-30', param_hint="--as-of")
    library = load()
    _source(library, source)
    document, earlier = read_document(file), read_document(against)
    places = frozenset(row["place"] for row in library.all_rows("place-sets"))
    proposed = proposals(document.text, Given(places=places, ids=frozenset(library.figures)))
    paired = pair(_newest(library, source, as_of), earlier.text, document.text, proposed)
    rows = vintages(paired, as_of)
    home = paths.proposals_dir(source) / as_of
    into = home / "edition"
    if rows:
        check_place(into, paths.data_dir())
        into.parent.mkdir(parents=True, exist_ok=True)
        write_overlay(into, rows, _beside(library, document, source, as_of, rows))
    found = {id(one.found) for one in paired}
    made = sheet(home / NAME, file, source, document, [one for one in proposed if id(one) not in found], as_of)
    made.write()
    _tell_paired(paired, made, into if rows else None, format)


def _newest(library: Library, source: str, as_of: str) -> list[dict[str, Any]]:
    """Return the records of a source with a quote, of each id those of its newest day before another one."""
    rows = [row for row in library.all_rows("figures") if row["source"] == source and row["quote"] and row["as_of"] < as_of]
    newest = {row["id"]: row["as_of"] for row in sorted(rows, key=lambda row: str(row["as_of"]))}
    names = [name for name in rows[0] if not name.startswith("_")] if rows else []
    return [{name: row[name] for name in names} for row in rows if row["as_of"] == newest[row["id"]]]


def _beside(library: Library, document: Document, source: str, as_of: str, rows: list[dict[str, str]]) -> dict[str, str]:
    """Return the tables that an overlay of a later edition brings with its records: which text it is, and their receipts."""
    from evidence.catalog import schema
    from evidence.catalog.rows import csv_text
    from evidence.receipts.issuing import from_document, table_of

    known = any(row["source"] == source and row["as_of"] == as_of for row in library.all_rows("texts"))
    texts = {} if known else {schema.TEXTS.path: csv_text([schema.TEXTS.names, (source, as_of, document.name)])}
    return texts | ({schema.RECEIPTS.path: table_of(from_document(document, rows))} if library.all_rows("receipts") else {})


def _tell_paired(paired: list[Paired], made: Sheet, into: Path | None, format: Format) -> None:
    counts = Counter(one.became for one in paired)
    if format is Format.json:
        told = [
            {"id": one.record["id"], "became": one.became, "old": one.record["stated"], "new": one.found and one.found.cells["stated"]}
            for one in paired
        ]
        print(json.dumps({"figures": told, "new": len(made.rows), "overlay": str(into) if into else None}, ensure_ascii=False, indent=1))
        return
    for one in paired:
        if one.became != "unchanged":
            new = f" now {one.found.cells['stated']}" if one.found else ""
            out.print(escape(f"{one.became}: {one.record['id']} was {one.record['stated']}{new}"))
    out.print(
        f"{', '.join(f'{times} {became}' for became, times in counts.most_common()) or 'No record is from the earlier text'}; {len(made.rows)} new."
    )
    if into:
        out.print(f"Look at {escape(str(into))}, then: evidence accept --data {escape(str(into))} --reason WHY")
    out.print(f"What is new: {escape(str(made.path))}")


def _read(file: Path, source: str, given: Given, format: Format, *, on_page: bool) -> None:
    from evidence import paths
    from evidence.catalog import load
    from evidence.catalog.verify.proving import read_document
    from evidence.reading import proposals
    from evidence.reading.review import Review
    from evidence.reading.sheet import NAME, read, sheet

    library = load()
    _source(library, source)
    path = paths.proposals_dir(source) / NAME
    with err.status(f"reading {escape(file.name)}"):
        document = read_document(file)
        places = frozenset(row["place"] for row in library.all_rows("place-sets"))
        given = replace(given, places=places, ids=frozenset(library.figures) | frozenset(library.by_id("findings")))
        proposed = proposals(document.text, given, read(path).added if path.exists() else ())
    made = sheet(path, file, source, document, proposed)
    made.write()
    _tell(made, format)
    if on_page:
        _review(Review(made, document.text, proposed, lambda index: _wrong(made, index, library), partial(_pointed, document.text, given)))


def _pointed(text: Text, given: Given, span: Span) -> list[Proposed]:
    """Return what a part of a document proposes that somebody points at."""
    from evidence.reading import proposals

    return [one for one in proposals(text, given, [span]) if one.added]


def _review(review: Review) -> None:
    """Serve the page until everything is decided on, or the command is ended."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: review.over.set())
    out.print(f"{review.address}  Ctrl-C ends it.")
    out.file.flush()
    while not review.over.wait(0.5):
        pass
    review.close()
    out.print(f"{review.sheet.open} left to decide on. Take in what is decided: evidence read --accept {escape(str(review.sheet.path))}")


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
    from evidence.catalog.schema import FIGURES

    numbers = [row for row in made.rows if row["kind"] == FIGURES.name]
    blank = Counter(name for row in numbers if not row["reason"] for name in ("population", "place", "period") if not row[name])
    reasons = Counter(row["reason"] for row in numbers if row["reason"])
    evidence = len(numbers) - sum(reasons.values())
    if format is Format.json:
        told = {"table": str(made.path), "proposals": evidence, "excuses": reasons, "blank": blank, "open": made.open}
        told |= {"findings": len(made.rows) - len(numbers)}
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    out.print(
        f"{evidence} numbers proposed as records, under {len({row['id'] for row in numbers if not row['reason']})} ids; {made.open} to decide on"
    )
    if results := len(made.rows) - len(numbers):
        out.print(f"{results} results in words proposed as findings; each needs your own words, its basis, its design and its directness.")
    for reason, times in reasons.most_common():
        out.print(f"[dim]no evidence?[/] {times}: {escape(reason)}")
    out.print(f"Left blank, for you to fill: {', '.join(f'{name} of {times}' for name, times in blank.items()) or 'nothing'}.")
    out.print(f"Decide in {escape(str(made.path))}, then: evidence read --accept {escape(str(made.path))}")


def _accept(file: Path, chapter: str, format: Format) -> None:
    from evidence import paths, scaffold
    from evidence.catalog import load, schema
    from evidence.reading.sheet import decided, read, taken

    found, library = read(file), load()
    row = _source(library, found.source)
    excused = [one["text"] for one in library.all_rows("not-evidence") if one["source"] == found.source]
    given = decided(found, found.as_of or row["as_of"], excused)
    _refuse(found, given, library)
    records = {
        table: [cells | _strength(cells, library) for index, cells in given.records if found.rows[index]["kind"] == table.name]
        for table in (schema.FIGURES, schema.FINDINGS)
    }
    written: list[str] = []
    if given.records or given.excuses:
        with scaffold.propose(paths.find_book()) as proposal:
            for table, rows in records.items():
                for cells in rows:
                    proposal.add_row(table, cells)
            for cells in given.excuses:
                proposal.add_row(schema.NOT_EVIDENCE, cells)
            if chapter:
                proposal.show(chapter, f'chapter.table("{found.source}")')
            proposal.prove(_receipts(found, records, row, library))
            written, _stale = proposal.accept()
        taken(found)
        found.write()
    told = {"records": len(given.records), "excuses": len(given.excuses), "open": found.open, "written": written}
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
    from evidence.errors import ScaffoldError

    problems = [problem for index, _ in given.records for problem in _problems(found, index, library)]
    if problems:
        raise ScaffoldError([*problems, "Nothing was written."])


def _wrong(found: Sheet, index: int, library: Library) -> list[str]:
    """Return what is wrong with a record, for whoever looks at it alone."""
    return [f"{problem.place.column}: {problem.told}" for problem in _problems(found, index, library)]


def _problems(found: Sheet, index: int, library: Library) -> Iterator[Problem]:
    from evidence.catalog import schema
    from evidence.problems import Problem
    from evidence.reading.sheet import record
    from evidence.scaffold import Asked, answer_problem, required_columns

    table = schema.table(found.rows[index]["kind"])
    cells = record(found, index, found.as_of or library.by_id("sources")[found.source]["as_of"])
    cells |= _strength(cells, library)
    asked = Asked(table, {name: cell for name, cell in cells.items() if cell}, library)
    for column in required_columns(asked):
        yield Problem(found.place(index, column.name), "is empty.", column.about)
    for column in table.columns:
        if column.name in asked.row and (told := answer_problem(asked, column)):
            yield Problem(found.place(index, column.name), told)


def _strength(cells: dict[str, str], library: Library) -> dict[str, str]:
    """Return the strength of a finding by the rule, as soon as its design and directness are known; nothing of a figure."""
    from evidence.grading import DESIGNS, strength_beside

    known = cells.get("design") in DESIGNS and cells.get("directness")
    return {"strength": strength_beside(cells, library).word} if known else {}


def _receipts(found: Sheet, records: Records, source: dict[str, Any], library: Library) -> list[dict[str, str]]:
    """Return the receipts that the document gives, where it is the stored text of its source and still what was read; else none."""
    from evidence.catalog.verify.proving import read_document
    from evidence.receipts.issuing import from_document

    stored = {source["seed"], *(text["text"] for text in library.all_rows("texts") if text["source"] == found.source)}
    if found.document.name not in stored or not found.unchanged:
        return []
    document = read_document(found.document)
    return [receipt for table, rows in records.items() for receipt in from_document(document, rows, table)]
