"""The command `evidence`: what authors, stewards and CI run. Exit codes: 0 clean, 1 findings, 2 usage, 3 fault."""

from __future__ import annotations

import sys

import typer
from rich.markup import escape

from evidence import journal, paths
from evidence.cli import authoring, checking, editions, fresh, scaffolding
from evidence.cli.console import FAULT, FINDINGS, err
from evidence.errors import DataError, EvidenceError

app = typer.Typer(help=__doc__, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
for part in (checking, authoring, scaffolding, editions, fresh):
    app.add_typer(part.app)


def main() -> None:
    """Run the command line: a known error is printed without a traceback, a fault of ours with one."""
    try:
        journal.finish(paths.ROOT)
        app()
    except EvidenceError as error:
        problems = error.problems if isinstance(error, DataError) else [str(error)]
        for problem in problems:
            err.print(escape(problem))
        sys.exit(FINDINGS)
    except Exception:
        err.print_exception()
        err.print("This is a fault of the program and not of your data. Please report it with the lines above.")
        sys.exit(FAULT)
