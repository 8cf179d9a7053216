"""Who made the book and its sources, in the vocabulary of schema.org."""

from __future__ import annotations

import re
from typing import Any

from evidence.ledger.citation import book, named_authors, named_publisher
from evidence.site.publication import Publication

Node = dict[str, Any]

_TYPES = {"report": "Report", "article": "ScholarlyArticle", "blog": "BlogPosting"}


def makers() -> Node:
    """Return who made the book."""
    return {"@type": "Organization", "name": ", ".join(book().authors)}


def source_of(record: Any, edition: Publication) -> Node:
    """Return a source of the edition as a creative work with its authors; nothing is said that the source does not name."""
    people = [{"@type": "Person", "name": name} for name in named_authors(record)]
    publisher = [{"@type": "Organization", "name": named_publisher(record)}] if named_publisher(record) else []
    told = {
        "author": people or publisher,
        "publisher": publisher[0] if publisher else None,
        "datePublished": record["published"] if re.fullmatch(r"\d{4}(-\d\d){0,2}", record["published"]) else None,
        "url": record["url"],
        "sameAs": f"https://doi.org/{record['doi']}" if record["doi"] else None,
    }
    node = {
        "@type": _TYPES.get(record["kind"], "CreativeWork"),
        "@id": f"{edition.url}chapters/{edition.page(record['id'])}.html#source",
        "name": record["title"],
    }
    return node | {name: value for name, value in told.items() if value}
