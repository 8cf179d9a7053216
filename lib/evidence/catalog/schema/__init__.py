"""What the data library may hold, declared once: every table and what its cells must look like.

Validation, error messages and the tables of the data library page all come from here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from evidence import paths
from evidence.catalog.declaration import Table
from evidence.catalog.schema.language import ALLOWED, DIRECTIONS, GLOSSARY, LET_STAND, NOT_EVIDENCE, SCOPES, SYNONYMS, TOPICS, WORDINGS
from evidence.catalog.schema.proofs import COUNTERSIGNED, HOW_HELD, INDEPENDENCE, PARTS, RECEIPTS, TEXTS
from evidence.catalog.schema.reasoning import (
    CHARTS,
    CHECKS,
    CLAIMS,
    CORRECTIONS,
    DOUBTS,
    FORMULAS,
    NATURES,
    PAIRS,
    SAFE_WORDS,
)
from evidence.catalog.schema.sources import FIGURES, FINDINGS, SOURCES
from evidence.catalog.schema.surveys import WAVE_BASES, WAVES
from evidence.catalog.schema.time_and_place import AREAS_TABLE, PERIODS, PLACE_AREAS, PLACE_FACTS, PLACE_SETS, PLACE_TABLES
from evidence.catalog.schema.upkeep import ALIASES, CONNECTED, CONNECTORS, HISTORY, NOTICES, RENAMED, REPORTS
from evidence.extension import contributed

_OWN = (
    SOURCES,
    FIGURES,
    FINDINGS,
    DIRECTIONS,
    PAIRS,
    DOUBTS,
    NATURES,
    SAFE_WORDS,
    FORMULAS,
    CHECKS,
    CORRECTIONS,
    CLAIMS,
    WORDINGS,
    CHARTS,
    TOPICS,
    ALIASES,
    HISTORY,
    NOTICES,
    REPORTS,
    ALLOWED,
    SYNONYMS,
    GLOSSARY,
    SCOPES,
    NOT_EVIDENCE,
    LET_STAND,
    RECEIPTS,
    COUNTERSIGNED,
    PARTS,
    TEXTS,
    CONNECTORS,
    CONNECTED,
    WAVES,
    WAVE_BASES,
    PERIODS,
    PLACE_SETS,
    PLACE_AREAS,
    PLACE_TABLES,
    AREAS_TABLE,
    PLACE_FACTS,
)


def tables() -> tuple[Table, ...]:
    """Return every table a library of this book may hold, in the order they are read: the engine's own, then those the book adds."""
    return _tables(str(paths.find_book()))


def table(name: str) -> Table:
    """Return a table by its name.

    Raises:
        KeyError: If there is none of this name.
    """
    return _by_name(str(paths.find_book()))[name]


@lru_cache(maxsize=8)
def _tables(_book: str) -> tuple[Table, ...]:
    allowed = contributed("tables", "ALLOWED", {})
    return (*(_narrowed(entry, allowed.get(entry.name, {})) for entry in _OWN), *contributed("tables", "TABLES", ()))


@lru_cache(maxsize=8)
def _by_name(book: str) -> dict[str, Table]:
    return {entry.name: entry for entry in _tables(book)}


def _narrowed(entry: Table, allowed: dict[str, tuple[str, ...]]) -> Table:
    """Return a table whose cells may hold in this book only what it allows, by column."""
    return replace(entry, columns=tuple(replace(c, allowed=allowed.get(c.name, c.allowed)) for c in entry.columns)) if allowed else entry
