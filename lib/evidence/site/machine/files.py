"""The files beside the pages that are made for programs, and the two pages that stand alone."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from evidence.ledger.citation import bibliography, book
from evidence.site.machine import feed, head, previews, sitemap, standalone
from evidence.site.machine.page import chapters, described, title_of
from evidence.site.publication import publication


def connect(app: Sphinx) -> None:
    """Write the files once the pages are there, and after the stock redirect at the root, which they replace."""
    app.connect("build-finished", _publish, priority=900)


def _publish(app: Sphinx, failure: Exception | None) -> None:
    if failure or app.builder.format != "html":
        return
    target, edition = Path(app.outdir), publication(app)
    (target / "feed.xml").write_bytes(feed.feed(edition))
    (target / "sitemap.xml").write_bytes(sitemap.sitemap(sitemap.pages(target), edition))
    _write(target / "robots.txt", sitemap.robots(edition))
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
