"""The committed form of the chapters: what is in version control is written one way, so that a diff shows what changed and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence.form import faults


def committed_form(path: Path) -> Iterator[str]:
    """Yield what keeps a chapter's file from its committed form."""
    text = path.read_bytes().decode("utf-8")
    for fault in faults(text, notebook=path.suffix == ".ipynb"):
        yield f"chapters/{path.name}: {fault}. Run: evidence format"
