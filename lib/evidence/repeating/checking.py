"""What is wrong with the words of authors on what may be repeated: too long, too mild, or about nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from evidence.catalog import Library, where
from evidence.problems import Problem
from evidence.repeating.advice import ANSWERS, LONGEST, Advice, length, sentence
from evidence.repeating.adviser import WORDS, Adviser, covers
from evidence.repeating.rule import OVERDUE

_NEXT_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")


def check_safe_words(library: Library, adviser: Adviser) -> list[Problem]:
    """Return what is wrong with the words of authors, and with declared natures that fit no figure.

    Args:
        library: The data library.
        adviser: What the rule says of its records.
    """
    problems = [problem for row in library.rows(WORDS) for problem in _wrong(library, adviser, row)]
    return problems + [
        Problem(
            where(row, "figures"), f"no figure is called {row['figures']}, or begins so.", "Name figures of the library, or remove the row."
        )
        for row in library.all_rows("natures")
        if not any(covers(row["figures"], record["id"]) for record in library.all_rows("figures"))
    ]


def _wrong(library: Library, adviser: Adviser, row: dict[str, Any]) -> Iterator[Problem]:
    said = sentence(row["answer"], row["says"])
    if length(said) > LONGEST:
        yield Problem(
            where(row, "says"), f"found {length(said)} words, expected at most {LONGEST}.", "Say the one thing a reader must know."
        )
    if _NEXT_SENTENCE.search(row["says"]):
        yield Problem(where(row, "says"), "more than one sentence.", "Keep the one a reader must know.")
    if outdated := _outdated(library, adviser, row):
        yield outdated


def outdated_words(library: Library, adviser: Adviser) -> dict[tuple[str, str], Problem]:
    """Return what is said of each row, by scheme and target, that is about nothing or milder than the rule: as rows become when data change."""
    found = {(row["scheme"], row["target"]): _outdated(library, adviser, row) for row in library.rows(WORDS)}
    return {key: problem for key, problem in found.items() if problem}


def _outdated(library: Library, adviser: Adviser, row: dict[str, Any]) -> Problem | None:
    least = _least(library, adviser, row["scheme"], row["target"])
    if not least:
        return Problem(where(row, "target"), f"there is no {row['scheme']} {row['target']}.", "Name one of the library, or remove the row.")
    if ANSWERS.index(row["answer"]) < ANSWERS.index(least):
        return Problem(
            where(row, "answer"), f'found "{row["answer"]}", but the rule gives "{least}".', "Words of authors are never milder."
        )
    return None


def _of_author(ruled: Advice) -> str:
    """Return the mildest answer an author may give where the rule gives another: the calendar has its say without them."""
    return ANSWERS[0] if ruled.rule == OVERDUE else ruled.answer


def _least(library: Library, adviser: Adviser, scheme: str, target: str) -> str:
    """Return the mildest answer that may be given of what a row is about; empty where it is not in the library."""
    if scheme == "figure":
        return _of_author(adviser.by_rule(target)) if target in library.figures else ""
    if scheme == "finding":
        return adviser.finding_by_rule(target).answer if target in library.by_id("findings") else ""
    row = library.by_id("corrections").get(target)
    return "" if row is None else "no" if row["grade"] == "contradiction" else "with care"
