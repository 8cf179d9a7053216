"""What a document proposes, and what holds of all of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from evidence.catalog import schema
from evidence.catalog.verify.text import Span


@dataclass(frozen=True, slots=True)
class Given:
    """What holds of the whole document unless a sentence says otherwise, and what is known already.

    Attributes:
        population: Whom it is about.
        place: Where.
        period: When.
        places: Names of places that the book declares.
        ids: Ids that the library has.
        findings: Whether results in words are proposed too.
    """

    population: str = ""
    place: str = ""
    period: str = ""
    places: frozenset[str] = frozenset()
    ids: frozenset[str] = frozenset()
    findings: bool = False


NOTHING_GIVEN = Given()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A number of a document, or a result that it states in words: read, but confirmed by nobody.

    Attributes:
        cells: Cells of the record it would be, by column of its table; without source and day.
        words: The words that population, place and period are from, by column; a column that is not in them was blank or given for the document.
        span: Where the number stands in the text; of a result nothing, where its sentence begins.
        quoted: Where its quote stands.
        reason: Why it seems to be no evidence; empty where it seems to be some.
        passage: Words that hold the number, for an excuse.
        at: Line or page.
        kind: Table of the record it would be.
        added: Whether somebody has pointed at it, and not the reading.
    """

    cells: dict[str, str]
    span: Span
    quoted: Span
    at: str
    passage: str
    words: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    kind: str = schema.FIGURES.name
    added: bool = False
