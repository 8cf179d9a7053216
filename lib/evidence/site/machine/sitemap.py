"""Which pages there are, for search engines."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from evidence.site.publication import Publication

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def pages(site: Path) -> list[str]:
    """Return the paths of the pages of a built site that are read: chapters and entries, not the search, the way in or the missing page."""
    return sorted(path.relative_to(site).as_posix() for path in (site / "chapters").rglob("*.html"))


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
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def robots(edition: Publication) -> str:
    """Return what robots may read: everything; and where the sitemap is."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {edition.url}sitemap.xml\n"
