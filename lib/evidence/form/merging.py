"""Two versions of a chapter made one: cell by cell and sentence by sentence, so that what two authors add at one place is kept of both.

Only where both changed the same words in two ways is it left to a person, between the marks that git uses. Outputs are made by machine: those of
one side are kept, and recorded anew afterwards.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from evidence.form.notebook import canonical, identified, unlike_a_notebook
from evidence.parsing import parse_json

OURS, BETWEEN, THEIRS = "<<<<<<< ours", "=======", ">>>>>>> theirs"


@dataclass(slots=True)
class Merged:
    """One version of two.

    Attributes:
        text: What the file is to hold.
        conflicts: How many places are left to a person.
    """

    text: str
    conflicts: int = 0


def merged(base: str, ours: str, theirs: str, *, notebook: bool) -> Merged:
    r"""Return what becomes of a chapter that two authors have changed.

    Args:
        base: What both began with; empty when both have made the file.
        ours: What one has made of it.
        theirs: What the other has.
        notebook: Whether it is a notebook, and not a page of Markdown.

    Raises:
        ValueError: If one of them is no notebook.

    Example:
        >>> merged("One.\n", "One.\nTwo.\n", "One.\nThree.\n", notebook=False)
        Merged(text='One.\nTwo.\nThree.\n', conflicts=0)
    """
    if notebook:
        return _merged_notebooks(*(_cells(text) if text.strip() else [] for text in (base, ours, theirs)))
    lines, conflicts = merged_lines(base.splitlines(), ours.splitlines(), theirs.splitlines())
    return Merged("\n".join(lines) + "\n", conflicts)


def merged_lines(base: list[str], ours: list[str], theirs: list[str]) -> tuple[list[str], int]:
    """Return lines of which two authors have changed some, and how many places are left to a person."""
    lines: list[str] = []
    conflicts = 0
    for was, one, other in _chunks(base, ours, theirs):
        chosen = _chosen(was, one, other)
        conflicts += chosen is None
        lines += [OURS, *one, BETWEEN, *other, THEIRS] if chosen is None else chosen
    return lines, conflicts


def _chosen(was: list[str], one: list[str], other: list[str]) -> list[str] | None:
    """Return what two versions of a stretch of lines become, or None where both have changed the same."""
    if one == other or other == was:
        return one
    if one == was:
        return other
    if not was:
        return [*other, *one] if one[0] == "" != other[0] else [*one, *other]  # what goes on with a paragraph before what begins another
    for changed, added in ((one, other), (other, one)):
        if added[: len(was)] == was:
            return [*changed, *added[len(was) :]]
        if added[len(added) - len(was) :] == was:
            return [*added[: len(added) - len(was)], *changed]
    return None


def _chunks(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Yield the three versions of each stretch: by turns what none has changed, and what at least one has."""
    at = one = other = 0
    for start, end, in_ours, in_theirs in _unchanged(base, ours, theirs):
        yield base[at:start], ours[one:in_ours], theirs[other:in_theirs]
        same = base[start:end]
        yield same, same, same
        at, one, other = end, in_ours + end - start, in_theirs + end - start


def _unchanged(base: list[str], ours: list[str], theirs: list[str]) -> Iterator[tuple[int, int, int, int]]:
    """Yield the first and last line of each stretch that stands in all three, with where it begins in the two; an empty one at the end."""
    left, right = (SequenceMatcher(None, base, side, autojunk=False).get_matching_blocks() for side in (ours, theirs))
    here = there = 0
    while here < len(left) and there < len(right):
        one, other = left[here], right[there]
        start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
        if start < end:
            yield start, end, one.b + start - one.a, other.b + start - other.a
        if one.a + one.size < other.a + other.size:
            here += 1
        else:
            there += 1
    yield len(base), len(base), len(ours), len(theirs)


def _cells(text: str) -> list[dict[str, Any]]:
    found = parse_json(text)
    if told := unlike_a_notebook(found):
        raise ValueError(told)
    return identified(found["cells"])


@dataclass(slots=True)
class _Sides:
    """The cells of the three versions by their ids."""

    base: dict[str, Any]
    ours: dict[str, Any]
    theirs: dict[str, Any]
    conflicts: int = field(default=0)

    def cell(self, identifier: str) -> dict[str, Any] | None:
        """Return what becomes of a cell; None for one that ends."""
        was, one, other = (side.get(identifier) for side in (self.base, self.ours, self.theirs))
        if one and other:
            return self._both(was or {"source": "", "metadata": {}}, one, other)
        left = one or other or {}
        if was is None:
            return left
        if (_source(left), _tags(left)) == (_source(was), _tags(was)):
            return None
        self.conflicts += 1
        shown = [OURS, *_source(one or {}), BETWEEN, *_source(other or {}), THEIRS]
        return {**left, "source": "\n".join(shown)}

    def _both(self, was: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
        lines, conflicts = merged_lines(_source(was), _source(one), _source(other))
        self.conflicts += conflicts
        tags = _tags(other) if _tags(one) == _tags(was) else _tags(one)
        outputs = other if one.get("outputs") == was.get("outputs") else one
        made = {"outputs": outputs["outputs"]} if "outputs" in outputs else {}
        return {**one, **made, "source": "\n".join(lines), "metadata": {"tags": tags} if tags else {}}


def _source(cell: dict[str, Any]) -> list[str]:
    text = "".join(cell.get("source", ""))
    return text.split("\n") if text else []


def _tags(cell: dict[str, Any]) -> list[str]:
    return list(cell.get("metadata", {}).get("tags", []))


def _merged_notebooks(base: list[Any], ours: list[Any], theirs: list[Any]) -> Merged:
    known = {cell["id"]: cell for cell in base}
    kinds = {cell["id"]: cell["cell_type"] for cell in ours}
    theirs = [_renamed(cell) if _is_another(cell, known, ours, kinds) else cell for cell in theirs]
    sides = _Sides(known, {cell["id"]: cell for cell in ours}, {cell["id"]: cell for cell in theirs})
    cells = [cell for identifier in _order(list(known), list(sides.ours), list(sides.theirs)) if (cell := sides.cell(identifier))]
    return Merged(canonical({"cells": [_whole(cell) for cell in cells]}), sides.conflicts)


def _is_another(cell: Any, base: dict[str, Any], ours: list[Any], kinds: dict[str, str]) -> bool:
    """Return whether a cell has by chance the id of another one: both are new, or one became of another kind."""
    if cell["id"] not in kinds:
        return False
    if cell["id"] in base:
        return bool(kinds[cell["id"]] != cell["cell_type"])
    return all(_source(own) != _source(cell) for own in ours if own["id"] == cell["id"])


def _renamed(cell: Any) -> Any:
    return {**cell, "id": hashlib.sha256(json.dumps([cell["id"], _source(cell)]).encode()).hexdigest()[:8]}


def _order(base: list[str], ours: list[str], theirs: list[str]) -> list[str]:
    """Return the ids of all cells: in the order of the side that has moved some, those of the other after what they followed there."""
    first, second = (theirs, ours) if _moved(base, theirs) and not _moved(base, ours) else (ours, theirs)
    order = list(first)
    for number, identifier in enumerate(second):
        if identifier not in order:
            place = next((order.index(before) + 1 for before in reversed(second[:number]) if before in order), 0)
            while place < len(order) and order[place] not in base and order[place] not in second:
                place += 1
            order.insert(place, identifier)
    return order


def _moved(base: list[str], side: list[str]) -> bool:
    return [name for name in side if name in base] != [name for name in base if name in side]


def _whole(cell: Any) -> Any:
    """Return a cell with all that its kind has."""
    kept = {"outputs": [], **cell} if cell["cell_type"] == "code" else {name: value for name, value in cell.items() if name != "outputs"}
    return {"metadata": {}, **kept}
