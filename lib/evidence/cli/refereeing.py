"""`evidence audit`: hold the numbers of any report against each other, and those of the data library's quotes."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, FINDINGS, err, out
from evidence.errors import SourceError
from evidence.problems import Place, Problem

if TYPE_CHECKING:
    from evidence.referee import Audit, Compared

app = typer.Typer()


class AuditFormat(StrEnum):
    """How to print an audit."""

    text = "text"
    json = "json"
    sarif = "sarif"
    junit = "junit"


@app.command()
def audit(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Reports as Markdown, text, HTML or PDF; they need no library.", show_default=False)
    ] = None,
    library: Annotated[bool, typer.Option("--library", help="Audit the quotes of each source of the book's data library instead.")] = False,
    suppress: Annotated[
        Path | None,
        typer.Option(
            "--suppress", help="CSV of alarms to let stand: file, kind, text, reason. One that excuses nothing is told.", show_default=False
        ),
    ] = None,
    page: Annotated[
        Path | None,
        typer.Option("--page", help="Write a page of the report with marks, and the arithmetic beside them.", show_default=False),
    ] = None,
    compared: Annotated[bool, typer.Option("--compared", help="Print all that was compared too, so that silence means something.")] = False,
    format: Annotated[AuditFormat, typer.Option("--format", help="text for people; json, sarif or junit for machines.")] = AuditFormat.text,
) -> None:
    """Hold the numbers of a report against each other, as a hostile referee does first: sums, shares, changes, words, repeats, dates.

    Exact intervals decide, so what rounding explains is no alarm. A question is what the words leave open; it fails nothing.

    Exit codes: 0 no alarm, 1 alarms or an idle suppression, 2 wrong usage, 3 a fault of ours.
    """
    from evidence.referee import results
    from evidence.referee.page import audit_page
    from evidence.referee.suppressing import excused, read_suppressions

    if bool(files) == library:
        raise typer.BadParameter("name reports, or --library, and not both.")
    rows = read_suppressions(suppress) if suppress else []
    audits, idle = excused(_library() if library else [_audited(file) for file in files or ()], rows, suppress.name if suppress else "")
    if page:
        _write(page, audit_page(audits))
    if format is AuditFormat.text:
        _print(audits, idle, compared=compared)
    elif format is AuditFormat.junit:
        print(results.as_junit(audits, idle))
    else:
        made = results.as_sarif(audits, idle) if format is AuditFormat.sarif else results.as_record(audits, idle)
        print(json.dumps(made, ensure_ascii=False, indent=1))
    alarms = any(found.alarms for found in audits)
    if library:
        alarms = _told_of_library(audits, quiet=format is not AuditFormat.text)
    raise typer.Exit(FINDINGS if alarms or idle else CLEAN)


def _audited(file: Path) -> Audit:
    from evidence.referee import audit as audited
    from evidence.referee import read_document

    if not file.is_file():
        raise SourceError(Problem(Place(str(file)), "there is no such file.", "Name a report as Markdown, text, HTML or PDF."))
    with err.status(f"reading {escape(file.name)}"):
        return audited(read_document(file))


def _library() -> list[Audit]:
    from evidence.catalog import load
    from evidence.referee.library import audit_library

    return audit_library(load())


def _write(page: Path, text: str) -> None:
    from evidence.writing import replace_file

    replace_file(page, text.encode("utf-8"))


def _print(audits: list[Audit], idle: list[Problem], *, compared: bool) -> None:
    for audit in audits:
        for found in audit.alarms:
            _alarm(audit, found, "red", found.confidence.value)
        for found in audit.questions:
            _alarm(audit, found, "yellow", "question")
        for found, reason in audit.excused:
            out.print(escape(f"{audit.document.name}, {audit.document.unit} {found.place}: {found.kind} excused: {reason}"))
        for found in audit.comparisons if compared else ():
            out.print(f"[dim]{escape(f'{audit.document.unit} {found.place}: {found.kind}: {found.arithmetic}')}[/]")
        counts = ", ".join(f"{kind} {agreed} of {made}" for kind, (made, agreed) in audit.counts.items())
        numbers = sum(len(sentence.mentions) for sentence in audit.document.sentences)
        heaps = f" Nothing was read in {audit.document.heaps} heaps of words or numbers." if audit.document.heaps else ""
        out.print(
            escape(
                f"{audit.document.name}: {numbers} numbers read, {len(audit.comparisons)} comparisons, {len(audit.alarms)} alarms, "
                f"{len(audit.questions)} questions, {len(audit.excused)} excused.{heaps} Agree: {counts or 'nothing was compared'}"
            )
        )
    for problem in idle:
        out.print(escape(str(problem)))


def _alarm(audit: Audit, found: Compared, colour: str, sure: str) -> None:
    out.print(f"[{colour}]{escape(found.kind)}[/] {escape(f'({sure}) {audit.document.name}, {audit.document.unit} {found.place}')}")
    out.print(escape(f"  {found.message}"))
    out.print(escape(f"  {found.arithmetic}"))
    out.print(f"  [dim]{escape(found.text)}[/]")
    if found.other:
        out.print(f"  [dim]{escape(f'compare: {found.other}')}[/]")


def _told_of_library(audits: list[Audit], *, quiet: bool) -> bool:
    """Print of each alarm that nobody has judged the row that an author may add to `corrections.csv`; return whether there is one, or an idle row."""
    from evidence.catalog import load
    from evidence.referee import Confidence
    from evidence.referee.library import idle, proposals

    library = load()
    made = proposals(library, audits)
    open_, idly = [proposal for proposal in made if proposal.open], idle(library, made)
    if not quiet:
        for proposal in open_:
            row = "; ".join(f"{column}: {text}" for column, text in proposal.as_row().items())
            out.print(escape(f"proposed correction ({proposal.where}): {row}"))
        for problem in idly:
            out.print(escape(str(problem)))
        judged = {identifier for proposal in made for identifier in proposal.corrections}
        covered, stand = sum(bool(one.corrections) for one in made), sum(bool(one.reason) for one in made)
        out.print(f"{covered} alarms covered by {len(judged)} corrections, {len(open_)} open, {stand} let stand.")
    return bool(idly) or any(proposal.found.confidence is not Confidence.question for proposal in open_)
