"""A survey that the library does not know yet: its source from the codebook, and the first records of its figures."""

from __future__ import annotations

from typing import Any

from evidence.catalog import Library, schema
from evidence.catalog.rows import FILE, ROW
from evidence.survey.codebook import Codebook, WantedFigure


def source_of(codebook: Codebook, as_of: str) -> dict[str, str]:
    """Return the row of the source that a codebook introduces, by column; empty when it introduces none.

    Args:
        codebook: The codebook.
        as_of: Day the wave was published, ISO.
    """
    if codebook.about is None:
        return {}
    told = codebook.about.model_dump() | {"id": codebook.source, "as_of": as_of, "published": as_of, "kind": "survey"}
    told["attribution"] = told["attribution"] or codebook.about.publisher
    return dict.fromkeys(schema.SOURCES.names, "") | told | {"read": "from the answers of the respondents"}


def with_source(library: Library, row: dict[str, str]) -> Library:
    """Return a library that knows a source beside its own; the same library when it knows it already or there is none."""
    if not row or row["id"] in library.by_id("sources"):
        return library
    laid: dict[str, Any] = row | {FILE: schema.SOURCES.path, ROW: 0}
    tables = {table.name: library.all_rows(table.name) for table in schema.tables()}
    return Library(tables | {"sources": [*tables["sources"], laid]}, directory=library.directory)


def first_record(wanted: WantedFigure, source: str, unit: str) -> dict[str, str]:
    """Return the cells of a figure that no wave has stated before, without its number, by column."""
    own = {"id": wanted.id, "source": source, "unit": unit, "population": wanted.population, "place": wanted.place}
    return dict.fromkeys(schema.FIGURES.names, "") | own | {"series": wanted.series, "category": wanted.category}
