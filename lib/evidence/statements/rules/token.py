"""Token: who reads the whole sentence finds, where a number is linked, exactly the text of the link.

A hedge, a sign, a scale or a unit beside the link would change the number and be checked by nothing: "up to [62%](figure:ID)".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from evidence.catalog import Figure, Library
from evidence.problems import Problem
from evidence.quantity import Found, find_numbers
from evidence.statements.pages import Passage
from evidence.statements.prose import Link

_JOINED = re.compile(r"\s*(?:from|between)?\s*\0\s*(?:to|and|or|[-\u2013\u2014])\s*\0\s*", re.IGNORECASE)
"""Two links, each a null here, that are read as the two ends of one range."""

_PER = {
    "year": r"per year|a year|per annum|annual\w*|yearly|each year",
    "month": r"per month|a month|monthly",
    "week": r"per week|a week|weekly",
    "day": r"per day|a day|daily",
    "hour": r"per hour|an hour|hourly",
    "head": r"per (?:head|capita|person)|a head|a person",
}
"""What a number may be counted by, and how sentences and records say so."""


@lru_cache(maxsize=1)
def numbers(text: str) -> tuple[Found, ...]:
    """Return the numbers of a text; several rules ask for those of one passage, one after the other."""
    return tuple(find_numbers(text))


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each linked number that is read in its sentence with words beside the link."""
    block = passage.block
    links = [link for link in block.links if link.scheme == "figure"]
    for found in numbers(block.without(lambda link: link.scheme != "figure")) if links else ():
        inside = [link for link in links if found.start < link.end and link.start < found.end]
        if inside and not _exactly(found, inside, library):
            written = " and ".join(f"[{link.text}]" for link in inside)
            message = f'it reads "{found.text}", of which only {written} is linked.'
            remedy = f"Write [{found.text}](figure:{inside[0].target}), or put the words beside it elsewhere."
            if len(inside) > 1:
                remedy = "Put the whole of each number into its link, or put the words beside them elsewhere."
            yield passage.problem(found.start, found.end, message, remedy)


def _exactly(found: Found, links: list[Link], library: Library) -> bool:
    """Return whether nothing of what is read stands beside the links, but for what makes two ends a range and what the record itself says."""
    if any(_written_so(found.text, link.target, library) for link in links):
        return True
    rest = found.text
    for link in reversed(links):
        rest = rest[: max(0, link.start - found.start)] + "\0" + rest[max(0, link.end - found.start) :]
    if rest == "\0" or _JOINED.fullmatch(rest):
        return True
    head, _, tail = rest.rpartition("\0")
    return not head and _counted_so(tail, library.figures.get(links[-1].target))


def _written_so(text: str, identifier: str, library: Library) -> bool:
    """Return whether the source of a figure has the same words around its number, in the passage that is quoted of it."""
    words = re.compile(rf"(?<!\w){re.escape(text)}(?!\w)")
    return identifier in library.figures and any(words.search(place.quote) for place in library.places(identifier))


def _counted_so(tail: str, figure: Figure | None) -> bool:
    """Return whether words after a number say by what it is counted, and its record says the same."""
    if figure is None:
        return False
    said = f"{figure.stated} {figure.unit} {figure.population} {figure.quote} {figure.locator}"
    return any(re.fullmatch(rf"\s*(?:{words})", tail, re.IGNORECASE) and re.search(words, said, re.IGNORECASE) for words in _PER.values())
