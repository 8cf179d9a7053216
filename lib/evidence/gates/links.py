"""Links of pages to pages and drawings: each leads to one that is there, and to a place in it that has a name."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence.gates.desk import ChapterFile
from evidence.problems import Problem

_LABEL = re.compile(r"^\W*\(([\w.-]+)\)=(?:\\n\",?)?\s*$", re.MULTILINE)
"""A place with a name, in Markdown or in a notebook's file."""


def dead_links(pages: Iterable[ChapterFile], there: Iterable[Path]) -> Iterator[Problem]:
    """Yield a problem for each link to a page, a place or a drawing that the book does not have.

    Args:
        pages: The pages that are looked at.
        there: Files of all pages of the book.
    """
    named = {path.name: path for path in there}
    leads = [(passage, *lead) for page in pages for passage in page.passages for lead in passage.block.leads]
    labelled = any(address.startswith("#") for _, address, _, _ in leads)
    labels = {label for path in named.values() for label in _LABEL.findall(path.read_text(encoding="utf-8"))} if labelled else set()
    drawings = {path.name for folder in {path.parent for path in named.values()} for path in folder.glob("*.svg")}
    for passage, address, start, end in leads:
        if fault := _fault(address, {*named, *drawings}, labels):
            yield passage.problem(start, end, *fault)


def _fault(address: str, files: set[str], labels: set[str]) -> tuple[str, str, tuple[str, ...]] | None:
    """Return what is wrong with an address, what to do, and what may have been meant; None where it leads somewhere."""
    file, mark, anchor = address.partition("#")
    if file and file not in files:
        near = difflib.get_close_matches(file, sorted(files), n=3, cutoff=0.6)
        what = "drawing" if file.endswith(".svg") else "page"
        return f"{address}: there is no {what} chapters/{file}.", "Correct the link, or take it out.", tuple(near)
    if file and mark:
        return f"{address}: a link to a place in another page leads nowhere.", f"Link the page: {file}.", ()
    if mark and anchor not in labels:
        near = difflib.get_close_matches(anchor, sorted(labels), n=3, cutoff=0.6)
        return (
            f"{address}: nothing of this name.",
            f"Write ({anchor})= on a line above what it shall lead to, or take the link out.",
            tuple(near),
        )
    return None
