"""Search the data library by words."""

from __future__ import annotations

from evidence.catalog.figures import Figure
from evidence.catalog.library import Library


def search(library: Library, words: list[str]) -> list[Figure]:
    """Return the figures in which every word occurs, in id, population, place, period, category or quote; best matches by id first.

    Example:
        >>> from evidence.catalog import load
        >>> [figure.id for figure in search(load(), ["barriers", "staff"])]
        ['sme.barriers.staff-capacity']
    """
    wanted = [word.lower() for word in words]
    hits = [figure for figure in library.figures.values() if all(word in _text(figure) for word in wanted)]
    return sorted(hits, key=lambda figure: -sum(word in figure.id for word in wanted))


def _text(figure: Figure) -> str:
    return " ".join((figure.id, figure.stated, figure.population, figure.place, figure.period, figure.category, figure.quote)).lower()
