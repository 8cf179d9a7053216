"""Units of work that rows of a grid need besides their chapters: each is a plain function of files, done by a process here or on a cluster."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from evidence import ledger
from evidence.catalog import Library, load
from evidence.editions.changes import compare, markdown
from evidence.gates import read_book
from evidence.statements import Passage

_LIBRARIES = 4


def change_report(own: Path, data: Path, as_of: str, chapters: Path) -> dict[str, str]:
    """Return what changed between two libraries, as the files `changes.json` and `changes.md`.

    Args:
        own: The book's own data library.
        data: The library of the rows.
        as_of: Day to see it on, ISO, or empty.
        chapters: Folder of the chapters.
    """
    report = compare(_library(own, ""), _library(data, as_of), chapters, _pages(chapters))
    return {"changes.json": json.dumps(report, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "changes.md": markdown(report)}


def ledger_text(data: Path, chapters: Path) -> str:
    """Return the ledger of a data library as the text of its file.

    Args:
        data: The data library.
        chapters: Folder of the chapters.
    """
    return ledger.text(ledger.build(_library(data, ""), chapters))


@lru_cache(maxsize=_LIBRARIES)
def _library(data: Path, as_of: str) -> Library:
    """Return a library; its folder is named by its content, so one that was read stays right."""
    return load(data, as_of)


@lru_cache(maxsize=1)
def _pages(chapters: Path) -> list[Passage]:
    return read_book(chapters)
