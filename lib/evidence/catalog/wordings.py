"""Wordings: which words prose may link to a claim or finding, and what is wrong with how they are declared."""

from __future__ import annotations

import difflib
import shlex
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.catalog.rows import FILE, ROW
from evidence.problems import Place, Problem

_TABLES = {"claim": "claims", "finding": "findings", "correction": "corrections"}
SHOWN = ("statement", "threshold")
"""Columns of a claim that readers are shown; nothing but a declared wording holds them against its condition."""

_ENDS = " .,;:!?\u2026"


def as_read(words: str) -> str:
    """Return words as a reader compares them: one space between them, the first letter small, and no marks at the end.

    Example:
        >>> as_read("Firms  act."), as_read("firms act") == as_read("Firms act,")
        ('firms act', True)
    """
    words = " ".join(words.split()).strip(_ENDS)
    return words[:1].lower() + words[1:]


@lru_cache(maxsize=2)
def wordings(library: Library) -> dict[tuple[str, str], set[str]]:
    """Return the words that may be linked to each claim and finding, by scheme and id: those declared, and a finding's statement; nothing where none are."""
    if not library.all_rows("wordings"):
        return {}
    found: dict[tuple[str, str], set[str]] = {("claim", row["id"]): set() for row in library.rows("claims")}
    found |= {("finding", row["id"]): {as_read(row["statement"])} for row in library.rows("findings")}
    for row in library.rows("wordings"):
        found.setdefault((row["scheme"], row["target"]), set()).add(as_read(row["wording"]))
    return found


def declaring(scheme: str, target: str, words: str, direction: str = "") -> str:
    """Return the command that declares words for a claim or finding."""
    told = f" --direction {direction}" if direction else ""
    return f"evidence new wording --scheme {scheme} --target {target} --wording {shlex.quote(' '.join(words.split()))}{told}"


def undeclared(library: Library) -> Iterator[Problem]:
    """Yield what a claim shows to readers and nobody has declared, in a book that declares wordings."""
    known = wordings(library)
    for row in library.rows("claims") if known else []:
        for column in SHOWN:
            if as_read(row[column]) not in known["claim", row["id"]]:
                told = f'"{row[column]}" is no declared wording of claim:{row["id"]}.'
                remedy = f"If it says what the condition proves, run: {declaring('claim', row['id'], row[column])}"
                yield Problem(where(row, column), told, remedy, rule="words")


def wrong_wordings(library: Library) -> Iterator[Problem]:
    """Yield what is wrong with declared wordings: an unknown target, another direction than its finding's, the same words twice, or for two that contradict."""
    declared: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    every = {table: {row["id"]: row for row in library.all_rows(table)} for table in _TABLES.values()}
    for row in library.all_rows("wordings"):
        known, read = every[_TABLES[row["scheme"]]], as_read(row["wording"])
        if row["target"] not in known:
            near = tuple(difflib.get_close_matches(row["target"], known, n=3, cutoff=0.5))
            yield Problem(
                where(row, "target"), f'unknown {row["scheme"]} "{row["target"]}".', "" if near else "Remove the row.", nearest=near
            )
            continue
        target = known[row["target"]]
        yield from _unlike(row, target)
        if row["scheme"] == "finding" and read == as_read(target["statement"]):
            yield Problem(where(row, "wording"), f"is the statement of {row['target']}, which may be linked by itself.", "Remove the row.")
        for other in declared[row["scheme"], read]:
            yield from _twice(row, other, known)
        declared[row["scheme"], read].append(row)


def _unlike(row: dict[str, Any], target: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem where the direction beside a wording is not that of its finding; a claim has none."""
    said, known = row["direction"], target.get("direction", "")
    if said != known:
        told = f'found "{said}", but the {row["scheme"]} has {f"the direction {known}" if known else "no direction"}.'
        yield Problem(where(row, "direction"), told, "Hold the words against the record, and correct the one that is wrong.")


def _twice(row: dict[str, Any], other: dict[str, Any], known: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem where the words of a row are those of another for the same target, or for one that contradicts it."""
    place, (mine, its) = Place(f"data/{other[FILE]}", other[ROW]), (known.get(one["target"], {}) for one in (row, other))
    if row["target"] == other["target"]:
        yield Problem(where(row, "wording"), "reads the same as", "Remove one.", other=place)
    elif mine.get("direction") != its.get("direction") or other["target"] in mine.get("disputed_with", "").split():
        told = f"is a wording of {row['target']}, and of a record that contradicts it, in"
        yield Problem(where(row, "wording"), told, "Say more in the words of each.", other=place)
