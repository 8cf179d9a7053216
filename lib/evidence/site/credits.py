"""What a picture carries with it wherever it goes: whom its numbers are about, who says so, and the book with its edition, licence and address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence.ledger.citation import book
from evidence.settings import LICENCES, licence
from evidence.site.publication import Publication

_MOST_BASES = 2
"""How many groups a line can name; where there are more, the table says which number is about whom."""


def base(spec: Mapping[str, Any], figures: Mapping[str, Any]) -> str:
    """Return whom the numbers of a chart are about, in one line.

    Args:
        spec: The chart as a chapter stores it.
        figures: Figures of the ledger by id.
    """
    about = spec["usermeta"]
    rows = [figures[row["id"]] for row in about["rows"] if about["kind"] == "figure" and row["id"] in figures]
    found = list(dict.fromkeys(row["population"] for row in rows if row["population"]))
    if 0 < len(found) <= _MOST_BASES:
        return "; ".join(found)
    return "one for each number, in the table" if found else f"what the {about['kind']}s in the table are about"


def credited(edition: Publication, spec: Mapping[str, Any]) -> list[str]:
    """Return the five things that a picture carries to wherever it goes, in lines: base, source, book with edition, licence and address."""
    about = spec["usermeta"]
    name = edition.ledger["edition"]["name"]
    return [
        f"Base: {base(spec, edition.figures)}.",
        about["source"],
        f"{book().name}, edition {name}, {LICENCES[licence()['name']][0]}",
        f"{edition.url}charts/{about['id']}.html",
    ]
