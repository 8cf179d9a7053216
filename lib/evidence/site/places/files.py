"""The file of an area that a reader takes away: its numbers and those of its neighbours, each with source, licence and what the place is."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.catalog.rows import csv_text
from evidence.ledger.citation import book
from evidence.places import COUNTRY, Area, Atlas, Fact

_COLUMNS = (
    *("place", "code", "boundaries", "beside", "measure", "period", "value", "unit"),
    *("source", "licence", "address", "note", "book", "page"),
)
_MARK = "\ufeff"
"""What tells a spreadsheet that a file is in UTF-8."""


def area_file(atlas: Atlas, area: Area) -> str:
    """Return the numbers of an area, its neighbours and the country as CSV for a spreadsheet.

    Args:
        atlas: The areas.
        area: The area.
    """
    return _MARK + csv_text([_COLUMNS, *_rows(atlas, area)])


def _rows(atlas: Atlas, area: Area) -> Iterator[tuple[str, ...]]:
    named, page, asked = book().name, f"places/{atlas.address(area)}.html", list(_asked(atlas, area))
    for fact in atlas.facts[area.areas]:
        for code, name, relation in (*asked, (COUNTRY, fact.compared_with, "country")):
            if code in fact.values:
                row = fact.measure.row
                value = f"{fact.values[code]:.{fact.row['decimals']}f}"
                what = (
                    fact.row["label"],
                    fact.period,
                    value,
                    _unit(fact),
                    row["source"],
                    row["licence"],
                    row["address"],
                    fact.row["about"],
                )
                yield (name, "" if code == COUNTRY else code, area.areas, relation, *what, named, page)


def _asked(atlas: Atlas, area: Area) -> Iterator[tuple[str, str, str]]:
    yield area.code, area.name, "the place"
    yield from ((one.code, one.name, "neighbour") for one in atlas.beside(area))
    borders = set(area.neighbours)
    yield from ((one.code, one.name, "alike") for one in atlas.alike(area) if one.code not in borders)


def _unit(fact: Fact) -> str:
    kind = fact.row["kind"]
    if kind == "ratio":
        return f"percent of the {fact.compared_with}'s"
    return "percent a year" if kind == "growth" else str(fact.measure.row["unit"])
