"""The edition that is being published: its ledger, made once, and where on the site each of its records stands."""

from __future__ import annotations

import os
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
            return f"{self.page(self.findings[identifier]['source'])}.html#finding-{identifier}"
        current = self.renamed.get(identifier, identifier)
        figure = self.ranges[current]["low"] if current in self.ranges and current not in self.figures else current
        return f"{self.page(self.figures[figure]['source'])}.html#{current}"

    def page(self, source: str) -> str:
        """Return the name of the page with a source's entries."""
        return f"ledger-{source}"


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
