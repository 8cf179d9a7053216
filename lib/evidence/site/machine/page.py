"""What a page is called, what it is about and where it stands: the base of all that is said of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from docutils import nodes
from markupsafe import Markup
from sphinx.application import Sphinx

from evidence.ledger.citation import book
from evidence.site.publication import UNTITLED, Publication, publication

Kind = Literal["book", "chapter", "entries", "other"]

LONGEST = 300
"""Characters of a description; search engines and previews show fewer."""

SHORTEST = 100
"""Below this many characters a description is cut inside a sentence rather than at its end."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site.

    Attributes:
        name: Its path without ending, for example `chapters/audit`.
        kind: `book` for the front page, `chapter`, `entries` for the records of a source, or `other`.
        title: As plain text.
        description: As plain text.
        url: Its absolute address.
        image: Absolute address of its preview card.
        position: Place among the chapters, from 1; 0 for pages that are none.
        trail: Title and absolute address of the pages above it, the front page first.
    """

    name: str
    kind: Kind
    title: str
    description: str
    url: str
    image: str
    position: int = 0
    trail: tuple[tuple[str, str], ...] = ()

    @property
    def stem(self) -> str:
        """Name of the page in its folder."""
        return self.name.rpartition("/")[2]


def described(app: Sphinx, name: str, context: dict[str, Any], doctree: nodes.document | None) -> Page:
    """Return what a page is, from what Sphinx knows when its HTML is made."""
    edition, order = publication(app), chapters(app)
    kind = _kind(app, name, edition)
    return Page(
        name,
        kind,
        book().title if kind == "book" else plain(context.get("title", "")) or name.capitalize(),
        description(doctree) if doctree else _about(edition, name, kind),
        f"{edition.url}{name}.html",
        f"{edition.url}{preview(app, name, kind)}",
        order.index(name) + 1 if kind == "chapter" and name in order else 0,
        tuple(_trail(app, edition, name, kind)),
    )


def chapters(app: Sphinx) -> list[str]:
    """Return the names of all chapters in reading order, the front page left out."""
    root, included = str(app.config.root_doc), app.env.toctree_includes

    def below(name: str) -> list[str]:
        return [found for child in included.get(name, []) for found in (child, *below(child))]

    return below(root)


def plain(title: str) -> str:
    """Return a title as Sphinx gives it, with markup and escapes, as plain text.

    Example:
        >>> plain("Work &amp; <em>skills</em>")
        'Work & skills'
    """
    return Markup(title).striptags()


def title_of(app: Sphinx, name: str) -> str:
    """Return the title of a document as plain text; of a ledger that the book leaves to the engine, the engine's."""
    return str(app.env.titles[name].astext()) if name in app.env.titles else UNTITLED


def description(doctree: nodes.document) -> str:
    """Return the first paragraph of a document, shortened; its numbers are the bound ones of the page."""
    first = next((paragraph.astext() for paragraph in doctree.findall(nodes.paragraph)), "")
    return shortened(" ".join(first.split()))


def shortened(text: str) -> str:
    """Return a text of at most `LONGEST` characters, cut after a sentence where that leaves enough, else after a word."""
    if len(text) <= LONGEST:
        return text
    head = text[: LONGEST - 1]
    end = max(head.rfind(mark) for mark in (". ", "? ", "! ")) + 1
    return head[:end] if end >= SHORTEST else head.rpartition(" ")[0] + "…"


def preview(app: Sphinx, name: str, kind: Kind) -> str:
    """Return the path of the preview card of a page below the site's root; the entries of all sources share the ledger's."""
    stem = (
        name.rpartition("/")[2]
        if kind in ("book", "chapter")
        else "ledger"
        if kind == "entries" and "chapters/ledger" in app.env.found_docs
        else None
    )
    return f"_static/previews/{stem or str(app.config.root_doc).rpartition('/')[2]}.png"


def _kind(app: Sphinx, name: str, edition: Publication) -> Kind:
    if name == app.config.root_doc:
        return "book"
    if name in app.env.found_docs:
        return "chapter"
    return "entries" if _source(edition, name) or name.startswith("chapters/ledger-") else "other"


def _source(edition: Publication, name: str) -> dict[str, Any] | None:
    """Return the source whose entries stand on a page."""
    return edition.source_of(name.removeprefix("chapters/"))


def _about(edition: Publication, name: str, kind: Kind) -> str:
    source = _source(edition, name)
    if source:
        return shortened(
            f"{source['short']}: {source['title']}. Each of its figures and findings, as it is stated, where, and whether it holds."
        )
    return f"{book().title}." if kind == "other" else f"Records of the ledger of {book().name}."


def _trail(app: Sphinx, edition: Publication, name: str, kind: Kind) -> list[tuple[str, str]]:
    if kind == "book":
        return []
    root = str(app.config.root_doc)
    above = [(book().name, f"{edition.url}{root}.html")]
    if kind == "entries":
        return [*above, (title_of(app, "chapters/ledger"), f"{edition.url}chapters/ledger.html")]
    parents = [parent for parent in _ancestors(app, name) if parent != root]
    return above + [(title_of(app, parent), f"{edition.url}{parent}.html") for parent in parents]


def _ancestors(app: Sphinx, name: str) -> list[str]:
    """Return the documents above one, the highest first."""
    above = next((parent for parent, children in app.env.toctree_includes.items() if name in children), None)
    return [*_ancestors(app, above), above] if above else []
