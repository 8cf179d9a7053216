"""`evidence countersign`: hold sentences against what they rest on, and sign them, in the terminal or on a page of this machine."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterable
from contextlib import nullcontext
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from evidence.cli.console import CLEAN, chapter_name, out

if TYPE_CHECKING:
    from evidence.signing.serving import ServedRound
    from evidence.signing.session import Round

app = typer.Typer()


class Independence(StrEnum):
    """Who a countersigner is to the author."""

    author = "author"
    same_team = "same-team"
    outside = "outside"


_KEYS = "[bold]r[/] right · [bold]w[/] wrong · [bold]s[/] skip · [bold]a[/] all it rests on · [bold]q[/] quit"


@app.command()
def countersign(
    page: Annotated[
        str,
        typer.Argument(
            help="Name of one chapter, such as coordination, or a table, such as data/findings.csv; everything when left out.",
            show_default=False,
        ),
    ] = "",
    by: Annotated[str, typer.Option("--by", help="Who signs; as git knows you when left out.", show_default=False)] = "",
    independence: Annotated[Independence, typer.Option("--as", help="Who that is to the author of the words.")] = Independence.same_team,
    sources: Annotated[
        list[Path] | None,
        typer.Option("--sources", help="Folder with the texts of the sources, to see each quote in its context.", show_default=False),
    ] = None,
    on_page: Annotated[bool, typer.Option("--page", help="On a page of this machine, whose address is printed, instead of here.")] = False,
    list_: Annotated[
        bool, typer.Option("--list", help="Say what share is signed by whom, and what is void and why, and sign nothing.")
    ] = False,
    prune: Annotated[bool, typer.Option("--prune", help="Remove the signatures that are void, and sign nothing.")] = False,
) -> None:
    """Hold what the book says against the records it rests on, one sentence after the other, and sign what you find.

    A signature holds as long as the sentence, what it links to, and the numbers, the quotes, and whom, where and when they are about are what
    they were, and so are their sources; moving or formatting the sentence changes nothing. Sentences that carry a link come first, then the rows
    of the data library, then the others. Each answer is written at once, so you can stop at any time. What you find wrong is red in every check
    until it is mended.
    """
    from evidence import paths
    from evidence.signing.session import Round, Signer

    name = chapter_name(page) if page and not page.startswith("data/") else page
    book = paths.find_book()
    if list_ or prune:
        _tell(book, name, prune=prune)
        raise typer.Exit(CLEAN)
    signer = Signer(by or _known(), independence.value)
    if not signer.name:
        raise typer.BadParameter("say who signs with --by, for git does not know you here.")
    round_ = Round(book, signer, name, sources or [])
    if not round_.waiting:
        out.print("Nothing waits for your signature.")
    elif on_page:
        _serve(round_)
    else:
        _ask(round_)
    out.print(round_.told())


def _known() -> str:
    done = subprocess.run(["git", "config", "user.name"], capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _tell(book: Path, page: str, *, prune: bool) -> None:
    """Print the shares of each page, and what is void; remove the latter where that is asked for."""
    from evidence.catalog import load, schema
    from evidence.catalog.rows import csv_text
    from evidence.signing import Signatures, items, share_of
    from evidence.writing import Transaction

    with Transaction(book) if prune else nullcontext() as work:
        if work:
            work.see(book / "data")
        library = load(book / "data")
        found, signatures = items(library, book / "chapters"), Signatures(library)
        void, table = signatures.void(found), schema.COUNTERSIGNED
        kept = [row for row in signatures.rows if row not in void]
        if work and void:
            path = book / "data" / table.path
            if kept:
                work.write(path, csv_text([table.names, *([row[name] for name in table.names] for row in kept)]))
            else:
                work.remove(path)
    for name, share in share_of(found, signatures).items():
        if share.linked and page in ("", name):
            counted = ", ".join(f"{who} {share.signed[who]}" for who in schema.INDEPENDENCE)
            out.print(escape(f"{name}: of {share.linked} signed by {counted}"))
    for row, since in zip(void, signatures.since(found, void), strict=True):
        told = "removed" if prune else "void"
        out.print(escape(f'{told}: {row["by"]}, {row["date"]}, {row["where"]}, {since}: "{row["text"][:100]}"'))


def _ask(round_: Round) -> None:
    """Ask for one answer after the other in the terminal, until nothing waits or the signer stops."""
    whole = False
    while round_.waiting:
        _show(round_, whole=whole)
        try:
            key = out.input(f"{_KEYS} > ").strip().lower()
            if key == "q":
                return
            if key == "w":
                round_.sign("wrong", " ".join(out.input("What is wrong? > ").split()))
            elif key == "r":
                round_.sign("right")
            elif key == "s":
                round_.skip()
            whole = key == "a"
        except EOFError:
            return


_MARKS = {"same": "{}", "gone": "[red strike]{}[/]", "added": "[green underline]{}[/]"}


def _marked(parts: Iterable[tuple[str, str]]) -> str:
    """Return words with those set off that are gone and that were added."""
    return " ".join(_MARKS[kind].format(escape(words)) for kind, words in parts)


def _show(round_: Round, *, whole: bool) -> None:
    """Print what waits, beside what it rests on; where it was signed before, what has changed since then and nothing else, unless all is asked for."""
    from evidence.signing.session import difference

    item, was = round_.waiting[0], round_.was()
    out.rule(escape(str(item.place)))
    if was:
        out.print(f"[dim]signed before; since then another {', '.join(was.changed)}[/]")
    text = _marked(difference(was.signature["text"], item.text)) if was else escape(item.text)
    row = [f"[dim]{escape(name)}:[/] {escape(cell)}" for name, cell in item.cells if not was]
    for line in row or (f"[dim]{escape(item.before)}[/]", text, f"[dim]{escape(item.after)}[/]"):
        out.print(line)
    records = round_.basis()
    folded = 0 if whole else sum(record["settled"] for record in records)
    for record in records:
        if record["same"] and not whole:
            out.print(f"\n[dim]{escape(record['called'])}: as it was[/]")
        elif whole or not record["settled"]:
            _show_record(record, whole=whole)
    if folded:
        out.print(f"\n[dim]under a claim whose words are signed: {folded} more[/]")


def _show_record(record: dict[str, Any], *, whole: bool) -> None:
    out.print(f"\n[bold]{escape(record['called'])}[/] [dim]{escape(record['source'])}[/]")
    for name, parts in record["changed"]:
        out.print(f"  {name}: {_marked(parts)}")
    if record["changed"] and not whole:
        return
    if record["quote"] and (whole or not record["under"]):
        first, number, last = record["quote"].partition(record["number"]) if record["number"] else (record["quote"], "", "")
        quote = f"{escape(first)}[bold]{escape(number)}[/]{escape(last)}"
        out.print(f"  [dim]{escape(record['before'])}[/]{quote}[dim]{escape(record['after'])}[/]")
    if record["cells"]:
        out.print(f"  {escape(' · '.join(cell for _, cell in record['cells']))}")
    if record["again"] and not whole:
        out.print("  [dim]the rest as with the sentence before[/]")
    for name, cell in record["folded"] if whole else ():
        out.print(f"  {name}: {escape(cell)}")


def _serve(round_: Round) -> None:
    """Serve the page until nothing waits, or the command is ended."""
    from evidence.signing.serving import ServedRound

    served = ServedRound(round_)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: served.over.set())
    out.print(f"{served.address}  Ctrl-C ends it.")
    out.file.flush()
    _wait(served)


def _wait(served: ServedRound) -> None:
    while not served.over.wait(0.5):
        pass
    served.close()
