"""A published book as programs read it: its own address, its editions, and the file of each figure, in a folder or at an address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from evidence.errors import NotThereError, SourceError
from evidence.parsing import parse_json
from evidence.problems import Place, Problem

_FIGURE = re.compile(
    r"(?:editions/(?P<edition>[^/#?]+)/)?(?:chapters/ledger(?:-[a-z-]+)?(?:-\d+)?\.html#(?P<anchor>[^?]+)|figures/(?P<file>[a-z0-9.-]+)\.json)"
)
_TOLD = ("id", "shown", "stated", "unit", "period", "state", "reason")
"""What the record of a figure says in words."""
_ID = re.compile(r"(?!(?:finding|claim|correction)-)[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+")


class PublishedBook:
    """A published book.

    Args:
        where: Folder of a built site or published tree, or the address it is served at.
    """

    def __init__(self, where: str) -> None:
        self.where = where if "://" not in where else where.rstrip("/") + "/"
        self._read: dict[str, Any] = {}

    @cached_property
    def address(self) -> str:
        """The address the book is published at, as links to it have it.

        Raises:
            SourceError: If there is no published book.
        """
        book = self._json("book.json")
        if not isinstance(book, dict) or "address" not in book:
            raise SourceError(
                Problem(Place(self.where), "is no published book: it has no book.json.", "Name the folder or the address of its site.")
            )
        try:
            urlsplit(address := str(book["address"]))
        except ValueError:
            raise self._damaged("book.json", "names no address") from None
        return address

    @cached_property
    def editions(self) -> list[dict[str, str]]:
        """The editions that are published, the newest first; a site that was never published is its own only one."""
        listed, own = self._json("editions.json"), self._json("book.json")
        found: list[Any] = (
            (listed[::-1] if isinstance(listed, list) else [listed]) if listed else [own.get("edition")] if isinstance(own, dict) else []
        )
        if not found or not all(_is_edition(edition) for edition in found):
            raise self._damaged("editions.json" if listed else "book.json", "names no editions")
        return found

    def named(self, link: str) -> tuple[str, str] | None:
        """Return id and edition that a link names, the edition empty where it leads to the newest; None where it names no figure of this book."""
        here = urlsplit(self.address)
        try:
            there = urlsplit(link)
        except ValueError:  # no address
            return None
        if (there.netloc.lower(), there.path[: len(here.path)]) != (here.netloc.lower(), here.path):
            return None
        rest = link.partition("//")[2][len(here.netloc) + len(here.path) :]
        found = _FIGURE.fullmatch(rest)
        identifier = unquote(found["anchor"] or found["file"]) if found else ""
        return (identifier, found["edition"] or "") if found and _ID.fullmatch(identifier) else None

    def figure(self, identifier: str, edition: str = "") -> dict[str, Any] | None:
        """Return the record of a figure in an edition, in the newest when none is named; None where it has none.

        Raises:
            RefreshError: If the address does not answer.
        SourceError: If what is there is no record of a figure.
        """
        newest = self.editions[0]["name"]
        below = "" if edition in ("", newest) and not self._json("editions.json") else f"editions/{edition}/" if edition else ""
        found: dict[str, Any] | None = self._json(name := f"{below}figures/{identifier}.json")
        if found is not None and not _is_figure(found):
            raise self._damaged(name, "is no record of a figure")
        return found

    def _damaged(self, name: str, what: str) -> SourceError:
        return SourceError(Problem(Place(f"{self.where.rstrip('/')}/{name}"), f"{what}.", "Publish the book anew."))

    def _json(self, name: str) -> Any:
        if name not in self._read:
            self._read[name] = self._asked(name) if "://" in self.where else self._opened(name)
        return self._read[name]

    def _opened(self, name: str) -> Any:
        file = Path(self.where) / name
        return _parsed(str(file), file.read_bytes()) if file.is_file() else None

    def _asked(self, name: str) -> Any:
        from evidence.refresh.transport import Limits, fetch

        try:
            answer = fetch(self.where + name, "application/json", Limits(attempts=2, total_seconds=30))
        except NotThereError:
            return None
        return _parsed(self.where + name, answer.body)


def _is_edition(found: Any) -> bool:
    return _has_texts(found, ("name",))


def _is_figure(found: Any) -> bool:
    """Return whether something is a record of a figure, as far as it is read here."""
    if not _has_texts(found, _TOLD) or not _is_edition(found.get("edition")):
        return False
    successor, changes = found.get("successor", ""), found.get("changes")
    return (successor is None or _has_texts(successor, ("id", "shown"))) and (
        isinstance(changes, list) and all(_has_texts(change, ("what", "then", "now")) for change in changes)
    )


def _has_texts(found: Any, names: Iterable[str]) -> bool:
    return isinstance(found, dict) and all(isinstance(found.get(name), str) for name in names)


def _parsed(where: str, content: bytes) -> Any:
    try:
        return parse_json(content)
    except ValueError as error:
        raise SourceError(Problem(Place(where), f"is no JSON ({error}).", "Publish the book anew.")) from None
