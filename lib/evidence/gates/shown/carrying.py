"""Which records an element of a page carries: named on it, on what it stands in, or in the row that code has written around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from bs4 import Tag

from evidence.gates.shown.blocks import classes
from evidence.gates.shown.records import Records

Carried = tuple[str, str]
"""Kind and id of a record."""

_ROWS = frozenset(("tr", "li", "p", "dd", "aside", "figure"))
"""What code writes around a record: in it a number may stand beside the link."""

_WRITTEN = frozenset(("cell_output", "ledger-page"))
"""Classes of what code has written; only there does a record admit a number beside its link."""


class Carriers:
    """The elements of one page, asked which records they carry.

    Args:
        page: Name of the page.
        elements: The elements of the page, in order.
        records: The records of the edition.
    """

    def __init__(self, page: str, elements: Iterable[Tag], records: Records) -> None:
        self._page, self._records = page, records
        self._known: dict[int, list[Carried]] = {}
        self._within: dict[int, list[Carried]] = {}
        for tag in filter(_names, elements):
            for row in tag.find_parents(_ROWS):
                self._within.setdefault(id(row), []).extend(self._named(tag))

    def written(self, element: Tag) -> bool:
        """Return whether code has written an element."""
        return any(_WRITTEN & classes(one) for one in (element, *element.parents))

    def carried(self, element: Tag) -> list[Carried]:
        """Return the records that an element carries, the nearest first."""
        chain = [element, *element.parents]
        written = next((place for place, one in enumerate(chain) if _WRITTEN & classes(one)), 0)
        found: list[Carried] = []
        for place, one in enumerate(chain):
            if id(one) not in self._known:
                self._known[id(one)] = [*self._named(one), *(self._beside(one) if place < written else ())]
            found += self._known[id(one)]
        return found

    def _named(self, element: Tag) -> Iterator[Carried]:
        """Yield the records that an element itself names: by attributes, by the anchor it is or leads to, or by a source's key or title."""
        kind, _, identifier = str(element.get("data-evidence", "")).partition(" ")
        if kind:
            yield kind, identifier
            yield "range", identifier
        if chart := element.get("data-chart"):
            yield "chart", str(chart)
        if page := element.get("data-countersigned"):
            yield "countersigned", str(page)
        for anchor in (str(element.get("id", "")), str(element.get("href", "")).rpartition("#")[2]):
            yield from self._anchored(anchor)
        if element.name == "html":
            yield from self._whole()

    def _anchored(self, anchor: str) -> Iterator[Carried]:
        kind, _, identifier = anchor.partition("-")
        if kind in ("correction", "finding", "claim") and self._records.knows(kind, identifier):
            yield kind, identifier
        elif self._records.knows("figure", anchor):
            yield "figure", anchor

    def _whole(self) -> Iterator[Carried]:
        """Yield what a page as a whole is about: its source, or the edition."""
        source = re.sub(r"-\d+$", "", self._page.removeprefix("ledger-"))
        if source != self._page and self._records.knows("source", source):
            yield from (("source", source), ("count", source))

    def _beside(self, element: Tag) -> Iterator[Carried]:
        """Yield the records that stand in an element which code has written."""
        if element.name == "summary" or "checks" in classes(element):
            yield from (("page", self._page), ("count", ""))
        yield from self._within.get(id(element), ())
        if element.name == "tr":
            yield from self._row(element)

    def _row(self, row: Tag) -> Iterator[Carried]:
        """Yield the source that a row of a table begins with, by its key or its title."""
        for cell in row.find_all(["td", "th"], limit=2):
            text = " ".join(cell.get_text().split())
            source = text if self._records.knows("source", text) else self._records.titles.get(text, "")
            if source:
                yield from (("source", source), ("count", source))
            elif text and cell.get("data-column") == "Source":  # the row of all sources together
                yield "count", ""


def _names(tag: Tag) -> bool:
    """Return whether an element may name a record."""
    attributes = tag.attrs
    return (
        "data-evidence" in attributes
        or "data-countersigned" in attributes
        or "data-chart" in attributes
        or "#correction-" in attributes.get("href", "")
    )
