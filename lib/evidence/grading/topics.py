"""What a finding is about: which findings speak of the same, so that they can agree or disagree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence.catalog import Library


def named(library: Library, column: str) -> list[str]:
    """Return the topics that a library declares for a column of its findings, in the order they are listed."""
    return [row["topic"] for row in library.rows("topics") if row["column"] == column]


def mechanism_of(library: Library, words: str) -> str:
    """Return the topic that the words of a finding about its mechanism belong to; the words themselves where none is declared."""
    declared = [row for row in library.rows("topics") if row["column"] == "mechanism"]
    return next((row["topic"] for row in declared if not row["words"] or _names(row, words)), words)


def outcomes_of(library: Library, words: str) -> list[str]:
    """Return the declared topics that the words of a finding about its outcome name."""
    return [row["topic"] for row in library.rows("topics") if row["column"] == "outcome" and _names(row, words)]


def topics(library: Library, row: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    """Return what a finding speaks of: mechanism, outcome and kind of region, once for each declared outcome it names.

    Where it names none, mechanism and outcome are the finding's own words; a finding without them speaks of nothing that another could.
    """
    mechanism, outcome, region = row["mechanism"], row["outcome"], row["region"] or "all"
    if outcomes := outcomes_of(library, outcome):
        return {(mechanism_of(library, mechanism), found, region) for found in outcomes}
    return {(mechanism, outcome, region)} if mechanism and outcome else set()


def _names(row: Mapping[str, Any], words: str) -> bool:
    return any(word in words for word in row["words"].split("; ") if word)
