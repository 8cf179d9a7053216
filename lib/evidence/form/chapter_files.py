"""The committed form of a chapter's file, notebook or Markdown, and what keeps a file from having it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence.form.lines import one_sentence_a_line
from evidence.form.notebook import canonical, identified
from evidence.parsing import parse_json
from evidence.problems import NOWHERE, Place, Problem


def committed(text: str, *, notebook: bool) -> str:
    """Return the text a chapter's file should have.

    Args:
        text: The text it has.
        notebook: Whether it is a notebook, and not a page of Markdown.
    """
    if not notebook:
        return one_sentence_a_line("\n".join(line.rstrip("\r") for line in text.split("\n"))).rstrip("\n") + "\n"
    return canonical(written(parse_json(text)))


def written(notebook: Any) -> Any:
    """Return a notebook whose cells have ids and whose prose has one sentence on each line.

    Args:
        notebook: A notebook of format 4, as its file holds it or as JupyterLab sends it.
    """
    return {**notebook, "cells": [_prose(cell) for cell in identified(notebook["cells"])]}


def _prose(cell: Any) -> Any:
    return {**cell, "source": one_sentence_a_line(_source(cell))} if cell["cell_type"] == "markdown" else cell


def _source(cell: Any) -> str:
    return "".join(cell["source"])


def faults(text: str, *, notebook: bool, place: Place = NOWHERE) -> list[Problem]:
    """Return what keeps a chapter's file from its committed form; nothing when it has it.

    Args:
        text: The text of the file.
        notebook: Whether it is a notebook, and not a page of Markdown.
        place: The file.
    """
    if committed(text, notebook=notebook) == text:
        return []
    found = list(_notebook_faults(parse_json(text), place) if notebook else _prose_faults(text, place))
    return found or [_fault(place, "written in another form than the one all chapters share.")]


def _fault(place: Place, message: str) -> Problem:
    return Problem(place, message, "Run: evidence format")


def _notebook_faults(notebook: Any, file: Place) -> Iterator[Problem]:
    counts = [cell.get("execution_count") for cell in notebook["cells"] if cell["cell_type"] == "code"]
    if counts != list(range(1, len(counts) + 1)):
        yield _fault(file, f"execution counts {', '.join(map(str, counts))} where 1 to {len(counts)} are expected in order.")
    if extra := sorted(set(notebook["metadata"]) - {"kernelspec", "language_info"}):
        yield _fault(file, f"metadata of the notebook that change by themselves: {', '.join(extra)}.")
    for number, (cell, named) in enumerate(zip(notebook["cells"], identified(notebook["cells"]), strict=True), start=1):
        place = file.at(cell=number)
        if cell.get("id") != named["id"]:
            yield _fault(place, "no id of its own.")
        if extra := sorted(set(cell["metadata"]) - {"tags"}):
            yield _fault(place, f"metadata that change by themselves: {', '.join(extra)}.")
        if cell["cell_type"] == "markdown":
            yield from _prose_faults(_source(cell), place)


def _prose_faults(markdown: str, place: Place) -> Iterator[Problem]:
    """Yield the first line of a passage that is not one whole sentence."""
    pairs = zip(markdown.split("\n"), one_sentence_a_line(markdown).split("\n"), strict=False)
    for number, (found, expected) in enumerate(pairs, start=1):
        if found.startswith(expected) and found != expected:
            yield _fault(place.at(line=number), f'another sentence follows "{expected.strip()[-60:]}" on its line.')
        elif found != expected:
            yield _fault(place.at(line=number), f'"{found.strip()[-60:]}" is not the whole of a sentence.')
        if found != expected:
            return
