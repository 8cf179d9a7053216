"""Whether each number that a document took from a published book still stands, and if not, what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from evidence.cited.links import CitingLink
from evidence.cited.published_book import PublishedBook
from evidence.errors import QuantityError
from evidence.quantity import Quantity, find_numbers, parse

FALLEN = ("unknown", "other", "corrected", "superseded", "changed", "retired")
"""States of a number that no longer stands, or never did."""

_GRAVE = ("value", "period", "verdict", "correction", "population", "place", "unit")
"""Respects in which a change makes another statement of the same number."""


@dataclass(frozen=True, slots=True)
class StandingNumber:
    """What became of a number of a document.

    Attributes:
        link: The link in the document.
        figure: Id of the figure.
        edition: Edition it names, or empty.
        state: `stands`, `renamed`, or one of `FALLEN`.
        says: What is to be told of it.
        now: What the newest edition states, or empty.
    """

    link: CitingLink
    figure: str
    edition: str
    state: str
    says: str
    now: str = ""

    @property
    def stands(self) -> bool:
        """Whether the document may go on saying so."""
        return self.state not in FALLEN


def standings(links: Iterable[CitingLink], book: PublishedBook) -> Iterator[StandingNumber]:
    """Yield what became of each number that links to a figure of a book; other links are passed over.

    Raises:
        SourceError: If there is no such book.
        RefreshError: If its address does not answer.
    """
    for link in links:
        if named := book.named(link.address):
            yield _standing(link, *named, book)


def _standing(link: CitingLink, identifier: str, edition: str, book: PublishedBook) -> StandingNumber:
    if edition and edition not in {one["name"] for one in book.editions}:
        return StandingNumber(link, identifier, edition, "unknown", f"the book has published no edition {edition}.")
    newest, then = book.figure(identifier), book.figure(identifier, edition)
    if then is None:
        former = "" if edition or newest else _once(link, identifier, book)
        return StandingNumber(
            link, identifier, edition, "retired" if former else "unknown", former or f"the book knows no figure {identifier}."
        )
    return _pinned(link, then, book) if edition else _current(link, then, book)


def _pinned(link: CitingLink, then: dict[str, Any], book: PublishedBook) -> StandingNumber:
    """Judge a link to one edition: by what that edition states, and by what became of it."""
    made = (link, then["id"], then["edition"]["name"])
    if not agrees(link.text, then):
        return StandingNumber(*made, "other", f'the document says "{link.text}", and that edition says {then["shown"]}.', then["shown"])
    state, now = then["state"], (then["successor"] or {}).get("shown", "")
    if state == "retired":
        return StandingNumber(*made, "retired", f"the newest edition has it no more. {then['reason']}".strip())
    grave = [f"{one['what']}: {one['then'] or 'none'} → {one['now'] or 'none'}" for one in then["changes"] if one["what"] in _GRAVE]
    if state in ("corrected", "superseded") or grave:
        word = state if state in ("corrected", "superseded") else "changed"
        return StandingNumber(*made, word, f"the newest edition says {now}; {'; '.join(grave)}. {then['reason']}".strip(), now)
    return StandingNumber(
        *made, "renamed" if state == "renamed" else "stands", now and f"the newest edition says {now}.", now or then["shown"]
    )


def _current(link: CitingLink, now: dict[str, Any], book: PublishedBook) -> StandingNumber:
    """Judge a link that names no edition: by what the newest states."""
    made = (link, now["id"], "")
    if now["state"] == "retired":
        return StandingNumber(*made, "retired", f"the newest edition has it no more. {now['reason']}".strip())
    if agrees(link.text, now):
        moved = _moved_on(link, now, book)
        if moved:
            return StandingNumber(*made, "superseded", moved, now["shown"])
        renamed = now["state"] == "renamed"
        return StandingNumber(
            *made, "renamed" if renamed else "stands", f"it is called {now['successor']['id']} now." if renamed else "", now["shown"]
        )
    said = next((old for old in _earlier(now["id"], book) if agrees(link.text, old)), None)
    told = ", ".join(part for part in (now["shown"], now["period"]) if part)
    if said is None:
        return StandingNumber(*made, "other", f'the document says "{link.text}", and the figure says {told}.', now["shown"])
    state = "corrected" if said["state"] == "corrected" else "superseded"
    why = f" {said['reason']}" if said["reason"] else ""
    return StandingNumber(*made, state, f"so it was in edition {said['edition']['name']}; the newest says {told}.{why}", now["shown"])


def _moved_on(link: CitingLink, now: dict[str, Any], book: PublishedBook) -> str:
    """Return what to tell where the paragraph names the period of an earlier edition's number, though the number is the same."""
    for old in _earlier(now["id"], book):
        if old["period"] and old["period"] != now["period"] and old["period"] in link.around and now["period"] not in link.around:
            return f"the number of {old['period']} is now that of {now['period']}."
    return ""


def _earlier(identifier: str, book: PublishedBook) -> Iterator[dict[str, Any]]:
    yield from (old for edition in book.editions[1:] if (old := book.figure(identifier, edition["name"])))


def _once(_link: CitingLink, identifier: str, book: PublishedBook) -> str:
    old = next(_earlier(identifier, book), None)
    return f"the newest edition has it no more; edition {old['edition']['name']} had {old['shown']}." if old else ""


def agrees(text: str, figure: dict[str, Any]) -> bool:
    """Return whether the number in the words of a link is what a figure states; words without a number say nothing against it."""
    numbers = [found.text for found in find_numbers(text)]
    if not numbers:
        return True
    if text == figure["shown"] or text == figure["stated"]:
        return True
    try:
        held = _held(figure)
        return all(_admits(parse(number), held) for number in ([text] if _reads(text) else numbers))
    except QuantityError:
        return False


def _reads(text: str) -> bool:
    try:
        parse(text)
    except QuantityError:
        return False
    return True


def _held(figure: dict[str, Any]) -> Quantity:
    quantity = parse(figure["shown"])
    return quantity if quantity.unit == figure["unit"] or quantity.ends else quantity.relabelled(figure["unit"])


def _admits(stated: Quantity, held: Quantity) -> bool:
    if stated.ends or held.ends:
        pairs = zip(stated.ends or (stated,), held.ends or (held,), strict=False)
        return len(stated.ends) == len(held.ends) and all(one.admits(other) for one, other in pairs)
    return stated.admits(held)
