"""The feed of what changed: an entry for the edition and one for each change of a figure that was accepted."""

from __future__ import annotations

import re
import uuid
from typing import Any
from xml.etree import ElementTree

from evidence.ledger.citation import book, credit
from evidence.paths import page_or_front
from evidence.settings import licence
from evidence.site.publication import Publication

ATOM = "http://www.w3.org/2005/Atom"

NAMES = uuid.UUID("3f6e2c0a-5d0b-5e4f-9b57-6d1f0f1c7a11")
"""Namespace of the feed's ids. They do not hold the site's address, so that a reader's program knows an entry again after a move."""

# XML admits no other control characters than these three, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(edition: Publication) -> bytes:
    """Return the feed as an Atom document, the same bytes for the same ledger; newest entries first.

    Source:
        RFC 4287, The Atom Syndication Format
    """
    changes = edition.ledger["history"]
    root = ElementTree.Element("feed", {"xmlns": ATOM, "xml:lang": "en-GB"})
    _tell(root, "id", _urn("feed"))
    _tell(root, "title", f"{book().name}: figures that changed")
    _tell(root, "subtitle", "Every new edition, and every change of a figure that was accepted, with its reason.")
    _tell(root, "updated", _moment(max([edition.ledger["edition"]["date"], *(change["date"] for change in changes)])))
    _link(root, "self", f"{edition.url}feed.xml", "application/atom+xml")
    _link(root, "alternate", f"{edition.url}chapters/{page_or_front('changes')}", "text/html")
    _link(root, "license", licence()["path"], "text/html")
    for name in book().authors:
        _tell(ElementTree.SubElement(root, "author"), "name", name)
    _edition(root, edition)
    for change in changes:
        _change(root, change, edition)
    ElementTree.indent(root, " ")
    document: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _edition(root: ElementTree.Element, edition: Publication) -> None:
    ledger = edition.ledger
    told = (
        f"{ledger['totals']['bound']} numbers in the prose are bound to the ledger, which holds {len(ledger['figures'])} figures. "
        f"Cite as: {credit(book(), ledger['edition'], edition.url)}"
    )
    name = ledger["edition"]["name"]
    _entry(root, f"edition {name}", f"Edition {name}", ledger["edition"]["date"], f"{edition.url}chapters/index.html", told, "edition")


def _change(root: ElementTree.Element, change: Any, edition: Publication) -> None:
    figure = edition.figures.get(edition.renamed.get(change["figure"], change["figure"]))
    about = ", ".join(figure[name] for name in ("population", "place", "period") if figure[name]) if figure else change["figure"]
    before = f"{change['old']} → " if change["old"] else ""
    _entry(
        root,
        f"change {change['figure']} {change['date']} {change['new']}",
        f"{before}{change['new']} ({change['class']}): {about}",
        change["date"],
        f"{edition.url}chapters/{_address(change['figure'], edition)}",
        f"Figure {change['figure']}. {'Before: ' + change['old'] if change['old'] else 'New'}. Now: {change['new']}. Reason: {change['reason']}",
        change["class"],
    )


def _address(figure: str, edition: Publication) -> str:
    """Return where a figure's entry stands, or the page of changes for one that was retired."""
    try:
        return edition.address("figure", figure)
    except KeyError:
        return page_or_front("changes")


def _entry(root: ElementTree.Element, identity: str, title: str, day: str, address: str, told: str, term: str) -> None:
    entry = ElementTree.SubElement(root, "entry")
    _tell(entry, "id", _urn(identity))
    _tell(entry, "title", title)
    _tell(entry, "updated", _moment(day))
    _tell(entry, "published", _moment(day))
    _link(entry, "alternate", address, "text/html")
    ElementTree.SubElement(entry, "category", {"term": _clean(term)})
    _tell(entry, "content", told)


def _tell(parent: ElementTree.Element, name: str, text: str) -> None:
    # Without a type, the text of an element is text, never markup.
    ElementTree.SubElement(parent, name).text = _clean(text)


def _link(parent: ElementTree.Element, relation: str, address: str, kind: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": relation, "type": kind, "href": _clean(address)})


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)


def _urn(identity: str) -> str:
    return uuid.uuid5(NAMES, identity).urn


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
