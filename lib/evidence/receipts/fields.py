"""Which cells of a record its receipt holds, and how a receipt names them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from evidence.catalog import schema
from evidence.catalog.declaration import Table
from evidence.catalog.library import Library

TEXT, FILE, PAGE, TYPED, OURS = schema.HOW_HELD

ASIDE = ("id", "series", "settlement", "latitude", "longitude")
"""Columns that say nothing about what the record states: its name, how charts group it, and what a gazetteer fills in."""
PROVED = ("source", "quote", "stated", "value", "unit", "precision", "speaker", "title", "authors", "publisher", "published", "url", "doi")
"""Columns whose words and numbers only the document proves; of the others somebody has read it rightly."""
_OWN_KINDS = ("computed", "assumption")
"""Kinds of sources that are this book itself."""


def digest(content: str | bytes, digits: int = 16) -> str:
    """Return the first digits of the SHA-256 of a text in UTF-8, or of bytes."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()[:digits]


def fields(table: Table, row: Mapping[str, Any]) -> dict[str, str]:
    """Return what a receipt says of each cell of a record that is not empty and bears meaning, by column."""
    return {name: _digest_of_cell(row[name]) for name in table.names if name not in ASIDE and row[name]}


@lru_cache(maxsize=65_536)
def _digest_of_cell(cell: str) -> str:
    """Return the digest of a cell, many of which stand in a library before and after a change."""
    return digest(cell, 8)


def written(cells: Mapping[str, str]) -> str:
    """Return the fields of a receipt as its cell holds them.

    Example:
        >>> written({"unit": "0a1b2c3d", "value": "4e5f6071"})
        'unit=0a1b2c3d value=4e5f6071'
    """
    return " ".join(f"{name}={held}" for name, held in cells.items())


def read(cell: str) -> dict[str, str]:
    """Return the fields that the cell of a receipt names, by column; what is no field is left out.

    Example:
        >>> read("unit=0a1b2c3d value=4e5f6071")
        {'unit': '0a1b2c3d', 'value': '4e5f6071'}
    """
    return dict(part.split("=", 1) for part in cell.split() if "=" in part)


def named(table: Table, row: Mapping[str, Any]) -> str:
    """Return what a receipt calls a record: its id, or of a row without one what it belongs to."""
    return str(row["id"] if "id" in table.names else row[table.follows or table.key[0]])


def records(library: Library) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Yield every record that needs a receipt, with its table."""
    for table in schema.tables():
        if table.held:
            yield from ((table, row) for row in library.all_rows(table.name))


def source_of(library: Library, table: Table, row: Mapping[str, Any]) -> str:
    """Return the key of the source that a record is taken from; empty for one that nobody states but the book."""
    if table.name == "sources":
        return str(row["id"])
    owner = library.by_id(table.owner).get(row[table.follows], {}) if table.owner and "source" not in table.names else {}
    quoted = "quote" in table.names or "source" in table.names
    return str(row.get("source") or owner.get("source", "")) if quoted else ""


def own(library: Library, source: str) -> bool:
    """Return whether a source is the book itself, or none at all."""
    return not source or library.by_id("sources").get(source, {}).get("kind") in _OWN_KINDS
