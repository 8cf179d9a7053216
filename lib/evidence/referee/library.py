"""The audit of a data library: the same checks over the quotes of each source, and which alarms no correction covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evidence.catalog import Library, schema, where
from evidence.catalog.verify.text import Text, normalise
from evidence.problems import Problem
from evidence.referee.auditing import Audit, audit
from evidence.referee.comparing import Compared, Confidence
from evidence.referee.document import document_of

GRADES = {Confidence.high: "contradiction", Confidence.medium: "tension", Confidence.question: "one reading only"}
"""Grade that is proposed for an alarm; the author decides."""


@dataclass(frozen=True, slots=True)
class ProposedCorrection:
    """An alarm over quotes of a source, and what an author may make of it.

    Attributes:
        source: Key of the source.
        found: The alarm or question.
        records: Ids of the records that quote the sentence, each once.
        where: The first of their rows.
        corrections: Ids of corrections that name one of the records.
        reason: Why it is let stand; empty where it is not.
    """

    source: str
    found: Compared
    records: tuple[str, ...]
    where: str
    corrections: tuple[str, ...]
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether nobody has judged it: neither a correction names it, nor is it let stand."""
        return not self.corrections and not self.reason

    def as_row(self) -> dict[str, str]:
        """Return the beginning of a row of `corrections.csv`, for an author to judge and to complete."""
        return {
            "id": self.records[0] if self.records else self.source,
            "grade": GRADES[self.found.confidence],
            "figures": " ".join(self.records),
            "what": self.found.message,
            "size": self.found.arithmetic,
        }


def audit_library(library: Library) -> list[Audit]:
    """Return the audit of each source that is quoted: its quotes, each once, in the order of its records, as one report."""
    found = []
    for source in library.by_id("sources"):
        quotes = list(dict.fromkeys(normalise(row["quote"]) for row in _quoting(library, source)))
        if quotes:
            found.append(audit(document_of(Text("\n\n".join(quotes)), source, wrapped=False)))
    return found


def _quoting(library: Library, source: str) -> Iterator[dict[str, Any]]:
    for table in schema.tables():
        if {"source", "quote"} <= set(table.names):
            yield from (row for row in library.rows(table.name) if row["source"] == source and row["quote"])


def proposals(library: Library, audits: list[Audit]) -> list[ProposedCorrection]:
    """Return what each alarm and question of a library's audit is about, and which corrections cover it."""
    return [_proposal(library, audit.document.name, found) for audit in audits for found in (*audit.alarms, *audit.questions)]


def _proposal(library: Library, source: str, found: Compared) -> ProposedCorrection:
    rows = [row for row in _quoting(library, source) if found.text in normalise(row["quote"])]
    records = tuple(dict.fromkeys(row["id"] for row in rows if "id" in row))
    stands = next((row["reason"] for row in library.rows("let-stand") if excuses(row, source, found)), "")
    covering = tuple(row["id"] for row in library.rows("corrections") if set(records) & {*row["figures"].split(), *row["findings"].split()})
    return ProposedCorrection(source, found, records, str(where(rows[0])) if rows else source, covering, stands)


def excuses(row: Mapping[str, Any], source: str, found: Compared) -> bool:
    """Return whether a row of `let-stand` is about an alarm."""
    return row["source"] == source and row["kind"] == found.kind and normalise(row["text"]) in normalise(found.text)


def idle(library: Library, made: Sequence[ProposedCorrection]) -> list[Problem]:
    """Return a problem for each row of `let-stand` that is about no alarm, so that the table never outlives what it speaks of."""
    rows = [row for row in library.rows("let-stand") if not any(excuses(row, one.source, one.found) for one in made)]
    return [Problem(where(row, "text"), f'"{row["text"]}" is in no alarm of that kind.', "Remove the row.") for row in rows]
