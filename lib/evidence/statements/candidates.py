"""Figures that a number in prose may have come from: those that bear it out, best match with its sentence first."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.catalog import Figure, Library
from evidence.errors import QuantityError
from evidence.quantity import Quantity, parse

_WORD = re.compile(r"[a-z]{3,}")
_COMMON = frozenset(
    _WORD.findall(
        "about after all also and any are because been but can did does for from had has have how into its least less more most nearly not "
        "number one only other our out over people per percent share some than that the their them then there these they this those two uk "
        "was were what when which who will with year years"
    )
)
"""Words that stand in so many sentences and ids that sharing them tells nothing."""


@dataclass(frozen=True, slots=True)
class FittingFigure:
    """A figure, or a range of figures, that bears a number out.

    Attributes:
        id: What a link would name.
        shown: The number as the library has it.
        about: Whom it is about.
        shared: Words that the sentence shares with it.
    """

    id: str
    shown: str
    about: str
    shared: tuple[str, ...]


def candidates(text: str, sentence: str, library: Library) -> list[FittingFigure]:
    """Return what bears a number out, those that share most words with its sentence first.

    A figure bears it out when it is in the same unit and a link with this text would hold; a range is borne out by a range only.
    What the library says in another unit (a year given as a count) is not guessed.

    Args:
        text: The number as written, with hedge and unit.
        sentence: The sentence around it.
        library: The data library.
    """
    try:
        stated = parse(text)
    except QuantityError:
        return []
    words = _words(sentence)
    if len(stated.ends) == 2:
        low, high = stated.ends
        pairs = {stem: pair for stem, pair in library.ranges.items() if _bears_out(low, pair[0]) and _bears_out(high, pair[1])}
        found = [_candidate(stem, f"{pair[0].shown} to {pair[1].shown}", list(pair), words) for stem, pair in pairs.items()]
    else:
        figures = [(key, figure) for key, figure in library.figures.items() if _bears_out(stated, figure) and not figure.bounds_another]
        found = [_candidate(key, figure.shown, [figure], words) for key, figure in figures]
    return sorted(found, key=lambda candidate: (-len(candidate.shared), candidate.id))


def _bears_out(stated: Quantity, figure: Figure) -> bool:
    return stated.unit == figure.unit and stated.admits(figure.quantity)


def _candidate(identifier: str, shown: str, figures: list[Figure], words: frozenset[str]) -> FittingFigure:
    own = _words(" ".join(f"{f.id} {f.population} {f.place} {f.series} {f.category} {f.quote}" for f in figures))
    about = ", ".join(dict.fromkeys(part for part in (figures[0].population, figures[0].place, figures[0].period) if part))
    return FittingFigure(identifier, shown, about, tuple(sorted(words & own)))


def _words(text: str) -> frozenset[str]:
    """Return the telling words of a text, a plural as its singular."""
    return frozenset(word.removesuffix("s") if len(word) > 4 else word for word in _WORD.findall(text.lower()) if word not in _COMMON)
