"""What a page is in the vocabulary of schema.org, as JSON-LD.

The front page is a `Report`, a chapter a `Chapter` of it, the pages of the ledger and of the data library describe the `Dataset`, and the audit
holds a `ClaimReview` of each printed number that is in doubt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from evidence.ledger.citation import book, credit
from evidence.paths import page_or_front
from evidence.settings import licence
from evidence.site.downloads import package
from evidence.site.machine import claim_reviews
from evidence.site.machine.identity import makers, source_of
from evidence.site.machine.page import Page
from evidence.site.publication import Publication

Node = dict[str, Any]

DATA_PAGES = ("ledger", "data-library")
"""Chapters that describe the data library."""

FILES = (
    ("ledger.json", "application/json", "The ledger of this edition"),
    ("data/datapackage.json", "application/json", "Description of the tables (Frictionless data package)"),
    ("figures.csv", "text/csv", "All figures"),
)
"""Files that hold the data beside the one that holds them all: path on the site, media type, name."""


def script(graph: list[Node]) -> str:
    r"""Return records as a script element that holds JSON-LD; no text in them can end it.

    Example:
        >>> "</script>" in script([{"name": "</script>"}]).removesuffix("</script>")
        False
    """
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def described(page: Page, edition: Publication, order: list[tuple[str, str]]) -> list[Node]:
    """Return what is said of a page.

    Args:
        page: The page.
        edition: The edition it belongs to.
        order: Name and title of every chapter in reading order.
    """
    if page.kind == "book":
        return [report(page, edition, order)]
    graph = [_part(page, edition), breadcrumbs(page)]
    if page.kind == "chapter" and page.stem in DATA_PAGES:
        graph.append(dataset(edition))
    if page.kind == "chapter" and page.stem == "audit":
        graph += claim_reviews.reviews(edition)
    return graph


def report(page: Page, edition: Publication, order: list[tuple[str, str]]) -> Node:
    """Return the book as a `Report` with its chapters and sources."""
    parts = [
        {
            "@type": "Chapter",
            "@id": f"{edition.url}{name}.html#chapter",
            "name": title,
            "url": f"{edition.url}{name}.html",
            "position": place,
        }
        for place, (name, title) in enumerate(order, 1)
    ]
    return {
        "@type": "Report",
        "@id": f"{edition.url}#book",
        "alternateName": book().name,
        **_work(page, edition),
        "version": edition.ledger["edition"]["name"],
        "keywords": list(book().keywords),
        "creditText": credit(book(), edition.ledger["edition"], edition.url),
        "hasPart": parts,
        "citation": [source_of(record, edition) for record in edition.ledger["sources"] if record["kind"] != "computed"],
    }


def _part(page: Page, edition: Publication) -> Node:
    whole = {"@type": "Report", "@id": f"{edition.url}#book", "name": book().title, "url": f"{edition.url}chapters/index.html"}
    if page.kind == "chapter":
        cited = [source_of(record, edition) for record in _used(page, edition)]
        return {
            "@type": "Chapter",
            "@id": f"{page.url}#chapter",
            **_work(page, edition),
            "isPartOf": whole,
            "position": page.position,
            **({"citation": cited} if cited else {}),
        }
    kind = "SearchResultsPage" if page.name == "search" else "WebPage"
    node = {"@type": kind, "@id": page.url, "name": page.title, "description": page.description, "url": page.url, "inLanguage": "en-GB"}
    about = edition.source_of(page.stem)
    return node | {"isPartOf": whole} | ({"mainEntity": source_of(about, edition)} if about else {})


def _work(page: Page, edition: Publication) -> Node:
    day = edition.ledger["edition"]["date"]
    return {
        "name": page.title,
        "headline": page.title,
        "description": page.description,
        "url": page.url,
        "image": page.image,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": licence()["path"],
        "author": makers(),
        "publisher": makers(),
        "datePublished": day,
        "dateModified": day,
    }


def _used(page: Page, edition: Publication) -> list[Any]:
    """Return the records of the sources whose figures or findings a chapter states."""
    stated = [*edition.ledger["figures"], *edition.ledger["findings"]]
    keys = {record["source"] for record in stated if page.stem in record["chapters"]}
    return [record for record in edition.ledger["sources"] if record["id"] in keys and record["kind"] != "computed"]


def dataset(edition: Publication) -> Node:
    """Return the data library as a `Dataset`.

    Source:
        https://schema.org/Dataset; name and a description of at least 50 characters are what search engines for data ask for.
    """
    ledger: Mapping[str, Any] = edition.ledger
    counted = {
        "figures": "Stated figures",
        "findings": "Findings in words",
        "claims": "Claims that data decide",
        "sources": "Sources, own computation included",
    }
    return {
        "@type": "Dataset",
        "@id": f"{edition.url}#dataset",
        "name": f"{book().name}: data library",
        "description": f"The evidence under {book().title}: every figure with the words of its source at each place where it is stated, the "
        "interval its wording allows, what a recomputation gives, and the verdict; findings, corrections, claims and sources beside them.",
        "url": f"{edition.url}chapters/{page_or_front('data-library')}",
        "license": licence()["path"],
        "creator": makers(),
        "publisher": makers(),
        "dateModified": ledger["edition"]["date"],
        "version": ledger["edition"]["name"],
        "isAccessibleForFree": True,
        "inLanguage": "en-GB",
        "keywords": list(book().keywords),
        "isPartOf": {"@id": f"{edition.url}#book"},
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": kind, "contentUrl": f"{edition.url}{path}"}
            for path, kind, name in (*FILES, (package(), "application/zip", "The data library in one file"))
        ],
        "variableMeasured": [{"@type": "PropertyValue", "name": name, "value": len(ledger[key])} for key, name in counted.items()],
        "citation": [source_of(record, edition) for record in ledger["sources"] if record["kind"] != "computed"],
    }


def breadcrumbs(page: Page) -> Node:
    """Return the way from the front page to a page as a `BreadcrumbList`."""
    steps = [*page.trail, (page.title, page.url)]
    items = [{"@type": "ListItem", "position": place, "name": name, "item": address} for place, (name, address) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}
