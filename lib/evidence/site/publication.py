"""The edition that is being published: its ledger, made once, and where on the site each of its records stands."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from sphinx.application import Sphinx

from evidence import ledger, paths
from evidence.catalog import Library, load
from evidence.claims import spelled_out
from evidence.ledger.fates import aliases_of

UNTITLED = "The ledger"
"""Title of the ledger where the book has no page of its own for it."""


@dataclass
class Publication:
    """An edition on its way to the site.

    Attributes:
        library: Its data library.
        ledger: Its ledger; every number on a card, in an entry, a feed or a download is read from it.
        url: Address the site is published at, ending in a slash.
    """

    library: Library
    ledger: ledger.Ledger
    url: str

    @cached_property
    def figures(self) -> dict[str, Any]:
        """Figures by id."""
        return {record["id"]: record for record in self.ledger["figures"]}

    @cached_property
    def ranges(self) -> dict[str, Any]:
        """Ranges by id."""
        return {record["id"]: record for record in self.ledger["ranges"]}

    @cached_property
    def findings(self) -> dict[str, Any]:
        """Findings by id."""
        return {record["id"]: record for record in self.ledger["findings"]}

    @cached_property
    def claims(self) -> dict[str, Any]:
        """Claims by id."""
        return {record["id"]: record for record in (*self.ledger["claims"], *self.ledger["comparisons"])}

    @cached_property
    def sources(self) -> dict[str, Any]:
        """Sources by key."""
        return {record["id"]: record for record in self.ledger["sources"]}

    @cached_property
    def first_from(self) -> dict[tuple[str, ...], str]:
        """The first figure that is computed from some figures, by these."""
        return {tuple(record["inputs"]): record["id"] for record in reversed(self.ledger["figures"])}

    @cached_property
    def renamed(self) -> dict[str, str]:
        """New id by old id, of figures that were renamed or merged."""
        return {record["old"]: record["new"] for record in self.aliases("figure") if record["new"]}

    @property
    def retired(self) -> list[dict[str, str]]:
        """The aliases of records that nothing took the place of; pages have addresses of their own."""
        return [record for record in self.aliases("figure", "finding", "claim", "chart") if not record["new"]]

    def aliases(self, *kinds: str) -> list[dict[str, str]]:
        """Return the aliases of some kinds of thing, as the ledger holds them."""
        return aliases_of(self.ledger, *kinds)

    def address(self, kind: str, identifier: str) -> str:
        """Return where a figure, claim or finding stands, relative to the chapters: a page and an anchor. Old ids lead to their new ones.

        Raises:
            KeyError: If the edition holds no such record.
        """
        if kind == "claim" and spelled_out(identifier):
            return self.address("figure", next(iter(self.claims[identifier]["figures"]), identifier))
        if kind == "claim":
            return f"ledger.html#claim-{self.claims[identifier]['id']}"
        if kind == "finding":
            return f"{self.page(self.findings[identifier]['source'], self._parts[kind, identifier])}.html#finding-{identifier}"
        current = self.renamed.get(identifier, identifier)
        figure = self.ranges[current]["low"] if current in self.ranges and current not in self.figures else current
        return f"{self.page(self.figures[figure]['source'], self._parts['figure', figure])}.html#{current}"

    def page(self, source: str, part: int = 0) -> str:
        """Return the name of a page with a source's entries; those of a long source stand on several, the first of which leads to all of them."""
        return f"ledger-{source}" + (f"-{part + 1}" if part else "")

    def part(self, kind: str, identifier: str) -> int:
        """Return on which of the pages of its source the entry of a figure or finding stands, from 0."""
        return self._parts.get((kind, identifier), 0)

    @cached_property
    def entries(self) -> dict[str, list[list[tuple[str, Any]]]]:
        """The entries of each source, figures first, as kind and record, page by page."""
        found: dict[str, list[list[tuple[str, Any]]]] = {key: [[]] for key in self.sources}
        filled = dict.fromkeys(self.sources, 0)
        for kind, records in (("figure", self.ledger["figures"]), ("finding", self.ledger["findings"])):
            for record in cast("list[Any]", records):
                source, weight = record["source"], _weight(record)
                if filled[source] + weight > MOST_ELEMENTS:
                    found[source].append([])
                    filled[source] = 0
                filled[source] += weight
                found[source][-1].append((kind, record))
        return found

    @cached_property
    def _parts(self) -> dict[tuple[str, str], int]:
        pages = (entry for parts in self.entries.values() for entry in enumerate(parts))
        return {(kind, record["id"]): part for part, records in pages for kind, record in records}

    def source_of(self, page: str) -> dict[str, Any] | None:
        """Return the source whose entries stand on a page of this name, on whichever of its pages."""
        key, _, part = page.removeprefix("ledger-").rpartition("-")
        known = page.removeprefix("ledger-") if not part.isdigit() else key
        return self.sources.get(known) if page.startswith("ledger-") else None


MOST_ELEMENTS = 3_500
"""Elements of the entries on one page: a browser lays out some thousand at once without a reader noticing."""


def _weight(record: Mapping[str, Any]) -> int:
    """Return about how many elements the entry of a record has."""
    listed = (("places", 7), ("inputs", 4), ("reasons", 2), ("corrections", 3), ("vintages", 2), ("chapters", 2), ("graded", 2))
    return 26 + sum(each * len(record.get(name, ())) for name, each in listed)


def publication(app: Sphinx) -> Publication:
    """Return the edition that a build publishes."""
    return cast(Publication, app.evidence_publication)  # type: ignore[attr-defined]


def connect(app: Sphinx) -> None:
    """Make the ledger before the first page is written."""
    app.connect("builder-inited", open_edition)


def open_edition(app: Sphinx) -> None:
    """Read the data library and make the edition's ledger."""
    os.environ[paths.VARIABLE] = str(paths.find_book(Path(app.srcdir)))
    library = load(paths.data_dir(os.environ.get("EVIDENCE_DATA", "")), os.environ.get("EVIDENCE_AS_OF", ""))
    url = os.environ.get("EVIDENCE_SITE_URL") or str(app.config.html_baseurl)
    made = ledger.build(library, Path(app.srcdir) / "chapters")
    app.evidence_publication = Publication(library, made, url.rstrip("/") + "/")  # type: ignore[attr-defined]
