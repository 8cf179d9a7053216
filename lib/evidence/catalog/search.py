"""Search the data library by words."""

from __future__ import annotations

from evidence.catalog.figures import Figure
from evidence.catalog.library import Library


def search(library: Library, words: list[str]) -> list[Figure]:
    """Return the figures in which every word occurs, in id, population, place, period, category or quote; best matches by id first.

    Words may be parts of an id with its dots; ids that begin with them come first.

    Example:
        >>> from evidence.catalog import load
        >>> [figure.id for figure in search(load(), ["barriers", "staff"])]
        ['sme.barriers.staff-capacity']
    """
    hits = [figure for figure in library.figures.values() if matches(words, _text(figure)) and not figure.bounds_another]
    return sorted(hits, key=lambda figure: rank(words, figure.id))


def matches(words: list[str], text: str) -> bool:
    """Return whether every word occurs in a text, ids taken apart at their dots."""
    return all(part in text.lower() for word in words for part in word.lower().split(".") if part)


def rank(words: list[str], identifier: str) -> tuple[bool, int]:
    """Return by what an id is sorted: first those that begin with what was asked, then those that hold most of the words."""
    wanted = [word.lower() for word in words]
    return not identifier.startswith(".".join(wanted)), -sum(word in identifier for word in wanted)


def _text(figure: Figure) -> str:
    return " ".join((figure.id, figure.stated, figure.population, figure.place, figure.period, figure.category, figure.quote))
