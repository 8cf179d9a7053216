"""Who answers for the book: whether its foot names people who can be reached, or only placeholders."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.gates.data import Gate
from evidence.parsing import parse_yaml
from evidence.problems import Place, Problem

_ADDRESS = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+|https://[^\s<>\"]+")
_NOBODY = re.compile(
    r"^(the .* authors|nobody|somebody|anonymous|author|name|organisation|todo|tbd|to be (named|decided|told)\b.*)?$", re.IGNORECASE
)
_NOWHERE = re.compile(r"[@/.](example|invalid|test|localhost)(\.(com|org|net))?(?=[/:?#]|$)", re.IGNORECASE)
"""Names that belong to nobody (RFC 2606)."""


def answering(root: Path) -> Gate:
    """Return whether the book names its authors, the organisation behind it, a contact, where errors are reported, and its own address.

    Placeholders are told and do not fail, for a book is written before it is published; readers see at the foot of each page that nobody is named.

    Args:
        root: The book, or a copy of its chapters and data alone.
    """
    named = _named(root) if (root / "_config.yml").exists() else {}
    gate = Gate("who answers for it", len(named), list(_wrong(named)))
    empty = [name for name, (place, text) in named.items() if _NOBODY.match(text) or _NOWHERE.search(text)]
    gate.note = f"placeholders for {', '.join(empty)}: {_remedy(named, empty)}" if empty else f"{', '.join(named)} are named"
    return gate


def _remedy(named: dict[str, tuple[Place, str]], empty: list[str]) -> str:
    places = dict.fromkeys(f"{place.column} in {place.file}" for name, (place, _) in named.items() if name in empty)
    return f"set {'; '.join(places)}"


def _named(root: Path) -> dict[str, tuple[Place, str]]:
    """Return what a reader is told of who answers, by what it is, with its place; nothing where the files cannot be read, which another gate tells."""
    try:
        config, cited = _read(root / "_config.yml"), _read(paths.citation_file(root))
        own, contact = config.get("evidence") or {}, (cited.get("contact") or [{}])[0]
        authors = [str(one.get("name") or one.get("family-names") or "") for one in cited.get("authors") or [{}]]
        address = (config.get("sphinx") or {}).get("config", {}).get("html_baseurl", "")
        way = f"mailto:{contact['email']}" if contact.get("email") else str(contact.get("website") or "")
    except (OSError, ValueError, AttributeError, KeyError, TypeError):
        return {}
    return {
        "authors": (Place("CITATION.cff", column="authors"), "; ".join(authors)),
        "organisation": (Place("_config.yml", column="evidence.organisation"), str(own.get("organisation") or "")),
        "contact": (Place("CITATION.cff", column="contact"), way),
        "reports": (Place("_config.yml", column="evidence.reports"), str(own.get("reports") or "")),
        "address": (Place("_config.yml", column="sphinx.config.html_baseurl"), str(address or "")),
    }


def _read(path: Path) -> Any:
    return parse_yaml(path.read_text(encoding="utf-8")) or {}


def _wrong(named: dict[str, tuple[Place, str]]) -> Iterator[Problem]:
    """Yield each address that leads nowhere by its form."""
    for name in ("contact", "reports"):
        place, text = named.get(name, (Place(), ""))
        if text and not _ADDRESS.fullmatch(text):
            yield Problem(
                place,
                f'found "{text}", expected an address of mail, as in mailto:desk@book.org, or one that begins with https://.',
                "Mend it.",
            )
