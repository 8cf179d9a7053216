"""The committed form of the chapters: what is in version control is written one way, so that a diff shows what changed and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence.form import faults
from evidence.problems import Problem, read_problem


def committed_form(path: Path) -> Iterator[Problem]:
    """Yield what keeps a chapter's file from its committed form."""
    text = path.read_bytes().decode("utf-8")
    for fault in faults(text, notebook=path.suffix == ".ipynb"):
        found = read_problem(f"chapters/{path.name}{', ' if fault.startswith(('cell ', 'line ')) else ': '}{fault}.")
        yield Problem(found.place, found.message, "Run: evidence format")
