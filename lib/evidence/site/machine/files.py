"""The files beside the pages that are made for programs, the sitemap among them, and the two pages that stand alone."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from sphinx.application import Sphinx

from evidence.ledger.citation import bibliography, book
from evidence.site.machine import feed, head, previews, standalone
from evidence.site.machine.page import chapters, described, title_of
from evidence.site.publication import Publication, publication


def connect(app: Sphinx) -> None:
    """Write the files once the pages are there, and after the stock redirect at the root, which they replace."""
    app.connect("build-finished", _publish, priority=900)


def _publish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    target, edition = Path(app.outdir), publication(app)
    (target / "feed.xml").write_bytes(feed.feed(edition))
    (target / "sitemap.xml").write_bytes(sitemap(pages(target), edition))
    _write(target / "robots.txt", robots(edition))
    _write(target / "citation.bib", bibliography(book(), edition.ledger, edition.url))
    _cards(app, target / "_static" / "previews")
    _standalone(app, target)


def _cards(app: Sphinx, folder: Path) -> None:
    """Draw a card for every chapter; pages that are no chapter share one of them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in sorted(app.env.found_docs):
        title = book().subtitle if name == app.config.root_doc else title_of(app, name)
        (folder / f"{name.rpartition('/')[2]}.png").write_bytes(previews.card(title, publication(app)))


def _standalone(app: Sphinx, target: Path) -> None:
    root = str(app.config.root_doc)
    front = described(app, root, {}, app.env.get_doctree(root))
    order = [(name, title_of(app, name)) for name in (root, *chapters(app))]
    _write(target / "index.html", standalone.entrance(publication(app), head.tags(front, publication(app))))
    _write(target / "404.html", standalone.missing(publication(app), order))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def pages(site: Path) -> list[str]:
    """Return the paths of the pages of a built site that are read: chapters, entries and places, not the search, the way in or the missing page."""
    return sorted(path.relative_to(site).as_posix() for folder in ("chapters", "places") for path in (site / folder).rglob("*.html"))


def sitemap(names: list[str], edition: Publication) -> bytes:
    """Return the sitemap of these pages, each as new as the edition.

    Source:
        https://www.sitemaps.org/protocol.html
    """
    root = ElementTree.Element("urlset", {"xmlns": SITEMAP})
    for name in names:
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = edition.url + name
        ElementTree.SubElement(entry, "lastmod").text = edition.ledger["edition"]["date"]
    ElementTree.indent(root, " ")
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def robots(edition: Publication) -> str:
    """Return what robots may read: everything; and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {edition.url}sitemap.xml\n"
