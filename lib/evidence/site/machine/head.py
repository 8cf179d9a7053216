"""What stands in the head of a page for programs: description, preview, citation, licence, feed, and the page's own address."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from evidence.ledger.citation import book
from evidence.markup import html, joined
from evidence.settings import licence
from evidence.site.machine import json_ld, previews
from evidence.site.machine.page import Page, chapters, described, title_of
from evidence.site.publication import Publication, publication

FEED_TITLE = "Figures that changed"
"""Title of the feed where a page offers it."""


def connect(app: Sphinx) -> None:
    """Write the head of each page once its body is made."""
    app.connect("html-page-context", _write, priority=800)


def _write(app: Sphinx, name: str, _template: str, context: dict[str, Any], doctree: Any) -> None:
    edition, page = publication(app), described(app, name, context, doctree)
    order = [(chapter, title_of(app, chapter)) for chapter in chapters(app)]
    # The theme writes the canonical link; the address of a deployment may be another than the configuration's.
    context["pageurl"] = page.url
    context["metatags"] = "\n".join(
        [context.get("metatags", ""), tags(page, edition), json_ld.script(json_ld.described(page, edition, order))]
    )


def tags(page: Page, edition: Publication) -> str:
    """Return the tags of a page's head for programs as HTML, every text escaped."""
    named = [("description", page.description), ("twitter:card", "summary_large_image")]
    if page.kind == "other":
        named.append(("robots", "noindex"))
    lines = [_meta("name", name, content) for name, content in [*named, *_citation(page, edition)]]
    lines += [_meta("property", name, content) for name, content in _open_graph(page, edition).items()]
    return "\n".join([*lines, *_links(edition)])


def _open_graph(page: Page, edition: Publication) -> dict[str, str]:
    """Return the properties of the Open Graph protocol.

    Source:
        The Open Graph protocol, https://ogp.me
    """
    shown = f"{book().name}: {page.title}" if page.kind == "chapter" else book().title
    return {
        "og:type": "article" if page.kind == "chapter" else "website",
        "og:title": page.title,
        "og:description": page.description,
        "og:url": page.url,
        "og:site_name": book().name,
        "og:locale": "en_GB",
        "og:image": page.image,
        "og:image:type": "image/png",
        "og:image:width": str(previews.WIDTH),
        "og:image:height": str(previews.HEIGHT),
        "og:image:alt": f"{shown}. {previews.line(edition)}.",
    }


def _citation(page: Page, edition: Publication) -> list[tuple[str, str]]:
    """Return the tags of Highwire Press, which reference managers and scholarly search engines read, for pages that are read and cited."""
    if page.kind not in ("book", "chapter"):
        return []
    day = edition.ledger["edition"]["date"].replace("-", "/")
    return [
        ("citation_title", page.title),
        *([("citation_inbook_title", book().title)] if page.kind == "chapter" else []),
        *(("citation_author", name) for name in book().authors),
        ("citation_publisher", ", ".join(book().authors)),
        ("citation_publication_date", day),
        ("citation_online_date", day),
        ("citation_language", "en"),
        ("citation_public_url", page.url),
    ]


def _links(edition: Publication) -> list[str]:
    addresses = [
        ("license", "", licence()["path"], ""),
        ("describedby", "application/json", f"{edition.url}ledger.json", "The ledger of this edition"),
        ("describedby", "application/json", f"{edition.url}data/datapackage.json", "The data library"),
        ("alternate", "application/atom+xml", f"{edition.url}feed.xml", f"{book().name}: {FEED_TITLE.lower()}"),
    ]
    return [_link(*address) for address in addresses]


def _meta(kind: str, name: str, content: str) -> str:
    return html('<meta {}="{}" content="{}" />', kind, name, content)


def _link(relation: str, kind: str, address: str, title: str) -> str:
    told = joined(html(' {}="{}"', name, value) for name, value in (("type", kind), ("title", title)) if value)
    return html('<link rel="{}"{} href="{}" />', relation, told, address)
