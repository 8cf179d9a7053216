"""The command line run in this process, as a shell would run it: no Python is started, so a test of a command takes no second."""

import contextlib
import functools
import io
import os
import shutil
import sys
from typing import NamedTuple
from unittest import mock

import typer.main
import typer.testing

from evidence import cli, paths

typer.main.get_command = typer.testing._get_command = functools.cache(typer.main.get_command)
# A process that runs one command makes the command line of its functions once; this one runs hundreds.


class Done(NamedTuple):
    """How a command ended, what it printed, and what it complained of."""

    code: int
    printed: str
    complained: str


def copied_code(source, target):
    """Copy a folder of code with the byte code that lies there, so that no program started on the copy compiles all of it anew."""
    return shutil.copytree(
        source, target, ignore=shutil.ignore_patterns("*.egg-info", ".ipynb_checkpoints", "*.pyc.*")
    )  # the last is being written


def evidence(*words, folder=paths.ROOT, typed=""):
    """Run `evidence` with these words in a folder, with what somebody types (nobody by default) and a terminal of 80 columns."""
    printed, complained = io.StringIO(), io.StringIO()
    surroundings = (
        mock.patch.object(sys, "argv", ["evidence", *map(str, words)]),
        mock.patch.object(sys, "stdin", io.StringIO(typed)),
        mock.patch.dict(os.environ, {"COLUMNS": "80"}),
        contextlib.chdir(folder),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(complained),
    )
    code = 0
    with contextlib.ExitStack() as stack:
        for one in surroundings:
            stack.enter_context(one)
        try:
            cli.main()
        except SystemExit as end:
            code = end.code or 0
    return Done(code, printed.getvalue(), complained.getvalue())
