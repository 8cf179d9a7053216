"""What the claim desk and the search of the site look through, beside the rows of the ledger: one script file, so that it works without a server.

The rows follow those of the ledger's table, a list of `MORE` in `static/desk.js` for each figure. Headings of the chapters, places and words of the
book stand beside them; a part of the site adds what it has by listening to the event `evidence-find`, which each returns `Entry` rows from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from evidence.audit import MEANING, SHOWN_AS
from evidence.ledger.citation import book, named_authors, named_publisher
from evidence.ledger.single import advice, wording
from evidence.paths import page_or_front
from evidence.settings import hyphened, setting
from evidence.site.publication import Publication, publication

INDEX = "desk-index.js"
"""Name of the script file."""

EVENT = "evidence-find"
"""Event of Sphinx to which whoever has more to be found returns rows, each an `Entry`."""


_GUIDES = "chapters/contributing"
"""Page under which the guides for those who work on a book stand."""

_BEGINS = 150
"""Characters of a page's prose that are shown where it was found."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be found that is no record and no heading.

    Attributes:
        kind: What it is, as a reader calls it, such as `Place`.
        name: What it is called.
        about: A line about it.
        address: Where it stands, relative to the root of the site.
        words: Further words by which it is found.
    """

    kind: str
    name: str
    about: str
    address: str
    words: str = ""


def connect(app: Sphinx) -> None:
    """Write the index once all pages are known, with what other parts add to it."""
    app.add_event(EVENT)
    app.connect("build-finished", _publish)


def _publish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    edition = publication(app)
    more = [entry for found in app.emit(EVENT) for entry in found or ()]
    content = index(edition) | {
        "pages": list(_pages(app.env)),
        "entries": [list(astuple(entry)) for entry in (*_places(edition), *_words(edition), *more)],
        "book": _book(edition, str(app.config.author)),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    (Path(app.outdir) / "_static" / INDEX).write_text(f"globalThis.evidenceDeskIndex = {text};\n", encoding="utf-8")


def _pages(env: BuildEnvironment) -> Iterator[list[Any]]:
    """Yield the headings of all pages, those of guides marked: readers who look for an answer are not led to them first."""
    guides = _below(_GUIDES, env.toctree_includes)
    for name in sorted(env.found_docs):
        for heading in sections(name, env.get_doctree(name)):
            yield [*heading, 1] if name in guides else heading


def _below(page: str, includes: Mapping[str, list[str]]) -> set[str]:
    """Return a page and all those under it in the table of contents.

    Example:
        >>> sorted(_below("chapters/a", {"chapters/a": ["chapters/b"], "chapters/b": ["chapters/c"], "chapters/d": []}))
        ['chapters/a', 'chapters/b', 'chapters/c']
    """
    return {page}.union(*(_below(under, includes) for under in includes.get(page, ())))


def index(edition: Publication) -> dict[str, Any]:
    """Return what is known of every figure for the desk, in the order of the ledger's rows, and the words by which readers ask."""
    said = _sentences(edition)
    return {
        "rows": [_row(figure, edition, said.get(figure["id"], "")) for figure in edition.ledger["figures"]],
        "country": setting("country"),
        "same": [[row["term"], *_listed(row["also"])] for row in edition.library.rows("glossary")],
        "meaning": {SHOWN_AS[word]: MEANING[word] for word in reversed(MEANING)},
        "sources": [_cited(source) for source in edition.ledger["sources"]],
    }


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _sentences(edition: Publication) -> dict[str, str]:
    """Return the sentences of the book that state each figure, once each; a range's belong to both of its ends."""
    ends = {name: (record["low"], record["high"]) for name, record in edition.ranges.items()}
    found: dict[str, dict[str, None]] = {}
    for statement in edition.ledger["statements"]:
        if statement["kind"] == "figure":
            current = edition.renamed.get(statement["target"], statement["target"])
            for identifier in ends.get(current, (current,)) if current not in edition.figures else (current,):
                found.setdefault(identifier, {})[statement["sentence"]] = None
    return {identifier: " ".join(sentences) for identifier, sentences in found.items()}


def _row(figure: Mapping[str, Any], edition: Publication, said: str) -> list[Any]:
    value = float(Fraction(figure["value"]))
    printed = dict.fromkeys(place["stated"] for place in figure["places"])
    hedged = "over" if figure["low"] == value < figure["high"] else "under" if figure["high"] == value > figure["low"] else ""
    direction = {"-": "fall", "": ""}.get(figure["signed"][:1], "rise")
    return [
        *(
            value,
            _family(figure["unit"]),
            direction,
            figure["safe"],
            advice(figure),
            wording(figure, edition.sources[figure["source"]]),
            said,
            figure["places"][0]["locator"],
        ),
        *(figure["period_from"], figure["period_to"], hedged, list(printed)),
    ]


def _family(unit: str) -> str:
    """Return the family of a unit: what is counted per what does not part one.

    Example:
        >>> _family("percent per year"), _family("percentage points"), _family("GBP per week"), _family("count per 100,000 people")
        ('percent', 'points', 'GBP', 'count')
    """
    return "points" if unit.startswith("percentage point") else unit.partition(" ")[0]


def _cited(source: Mapping[str, Any]) -> str:
    """Return how a source is named in a citation."""
    makers = "; ".join(named_authors(source)) or named_publisher(source)
    return ", ".join(part for part in (makers, source["title"], source["published"]) if part)


def _book(edition: Publication, authors: str) -> dict[str, str]:
    return {"title": book().title, "authors": authors, "url": edition.url, "edition": edition.ledger["edition"]["name"]}


def sections(name: str, document: nodes.document) -> Iterator[list[str]]:
    """Yield the headings of a chapter: the chapter's title, the address below the site's root, the heading, how its prose begins, and the further words of it.

    Args:
        name: Name of the chapter, such as `chapters/audit`.
        document: The chapter as Sphinx holds it.
    """
    title = ""
    for section in document.findall(nodes.section):
        heading = next(iter(section.findall(nodes.title)), None)
        if heading is None or not section["ids"]:
            continue
        first, title = not title, title or heading.astext()
        yield [title, f"{name}.html" + ("" if first else f"#{section['ids'][0]}"), "" if first else heading.astext(), *_prose(section)]


def _prose(section: nodes.section) -> tuple[str, str]:
    """Return how the prose right under a heading begins, and the words of the rest, each once; what code has written has entries of its own."""
    parts = [child for child in section.children if not isinstance(child, (nodes.section, nodes.title, nodes.container, nodes.raw))]
    words = " ".join(paragraph.astext() for part in parts for paragraph in part.findall(nodes.paragraph)).split()
    begins = " ".join(words)[:_BEGINS].rpartition(" ")[0] if len(" ".join(words)) > _BEGINS else " ".join(words)
    return begins, " ".join(dict.fromkeys(word.strip(".,;:()").lower() for word in words[len(begins.split()) :]))


def _places(edition: Publication) -> Iterator[Entry]:
    """Yield the places that figures are about, each led to its figures in the ledger."""
    counted: dict[str, int] = {}
    for figure in edition.ledger["figures"]:
        counted[figure["place"]] = counted.get(figure["place"], 0) + 1
    for place in sorted(set(counted) - {""}):
        yield Entry("Place", place, "The figures about it, in the ledger", f"chapters/ledger.html?place={quote(place)}")


def _words(edition: Publication) -> Iterator[Entry]:
    """Yield the words of the book, and those of the verdicts."""
    for row in edition.library.rows("glossary"):
        yield Entry("Word", row["term"], row["means"], f"chapters/{page_or_front('claim-desk')}#word-{hyphened(row['term'])}", row["also"])
    for word, shown in SHOWN_AS.items():
        yield Entry("Word", shown, MEANING[word], f"chapters/{page_or_front('reading')}", "verdict")
