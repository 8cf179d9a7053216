"""The commands of `evidence`, and what is said of an error that none of them deals with."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from evidence import paths
from evidence.cli import (
    authoring,
    checking,
    citing,
    countersigning,
    editions,
    fresh,
    ingesting,
    merging,
    new_book,
    places,
    proving,
    reading,
    refactoring,
    refereeing,
    scaffolding,
    sceptical,
)
from evidence.cli.console import FAULT, FINDINGS, USAGE, err, print_refusal
from evidence.cli.disk import disk_problem
from evidence.errors import EvidenceError, NoBookError
from evidence.writing import finish

ABOUT = "The command `evidence`: what authors, stewards and CI run. Exit codes: 0 clean, 1 findings, 2 usage, 3 fault."

app = typer.Typer(help=ABOUT, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
scaffolding.new.command("book")(new_book.COMMAND)
for part in (
    *(checking, authoring, reading, proving, countersigning, scaffolding, refactoring),
    *(editions, fresh, ingesting, places, merging, refereeing, sceptical, citing),
):
    app.add_typer(part.app)


class _Asked:
    """What is asked of this run of the command line, whose errors arrive where its options are not known."""

    all_problems = False


_asked = _Asked()


@app.callback(help=ABOUT)
def _open(
    book: Annotated[
        Path | None,
        typer.Option(
            "--book",
            help="Folder of the book; when left out the one that `EVIDENCE_BOOK` names, or else the one the working directory lies in.",
            show_default=False,
        ),
    ] = None,
    all_problems: Annotated[
        bool, typer.Option("--all-problems", help="Tell all problems for which a command ends, not the first few.")
    ] = False,
) -> None:
    """Choose the book, for this process and those it starts, and undo what a killed run had begun there."""
    _asked.all_problems = all_problems
    if book:
        os.environ[paths.VARIABLE] = str(paths.named_book(book))
    with contextlib.suppress(NoBookError):  # a command that needs none works anywhere, and so does every --help
        for told in finish(paths.find_book()):
            err.print(escape(str(told)))


def run() -> None:
    """Run the command line: a known error is printed without a traceback, a fault of ours with one."""
    _hush()
    try:
        app()
    except EvidenceError as error:
        print_refusal(error.problems, every=_asked.all_problems)
        sys.exit(USAGE if isinstance(error, NoBookError) else FINDINGS)
    except MemoryError:
        err.print("There is not enough memory for this. Close other programs, or give it a smaller file.")
        sys.exit(FINDINGS)
    except Exception as error:
        if told := disk_problem(error):
            err.print(escape(told))
            sys.exit(FINDINGS)
        err.print_exception()
        err.print("This is a fault of the program and not of your data. Please report it with the lines above.")
        sys.exit(FAULT)


_SILENT = logging.NullHandler()


def _hush() -> None:
    """Let libraries say nothing of their own: what is wrong with a file is told once, by us, and what is in it never steers a terminal."""
    logging.getLogger().addHandler(_SILENT)
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
