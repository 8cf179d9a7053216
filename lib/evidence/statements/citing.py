"""What prose can be bound to, found by words: figures, ranges, claims and findings, each as a link to paste."""

from __future__ import annotations

from dataclasses import dataclass

from evidence import claims
from evidence.catalog import Library
from evidence.catalog.figures import Figure


@dataclass(frozen=True, slots=True)
class Citation:
    """Something that prose can be bound to.

    Attributes:
        scheme: `figure`, `claim` or `finding`.
        id: Its id.
        text: Text for the link.
        about: What tells it from others.
        source: Key of its source; empty for a claim.
    """

    scheme: str
    id: str
    text: str
    about: str
    source: str = ""


def citable(library: Library, words: list[str]) -> list[Citation]:
    """Return the figures, ranges, claims and findings in which every word occurs, those whose id begins with the words first in each kind.

    Example:
        >>> from evidence.catalog import load
        >>> {hit.scheme for hit in citable(load(), ["barriers"])} >= {"figure", "claim"}
        True
    """
    figures = search(library, words)
    found = [Citation("figure", f.id, f.shown, _about(f.population, f.place, f.period), f.source) for f in figures]
    there = {figure.id for figure in figures}
    for stem, (low, high) in library.ranges.items():
        if low.id in there and high.id in there:
            about = _about("range", low.population, low.place, low.period)
            found.append(Citation("figure", stem, f"{low.shown} to {high.shown}", about, low.source))
    entries = [(key, entry) for key, entry in claims.known(library).items() if matches(words, f"{key} {entry.statement} {entry.threshold}")]
    for key, entry in sorted(entries, key=lambda pair: rank(words, pair[0])):
        found.append(Citation("claim", key, entry.statement or key.replace("-", " "), entry.threshold))
    rows = [row for row in library.rows("findings") if matches(words, f"{row['id']} {row['statement']} {row['quote']}")]
    for row in sorted(rows, key=lambda row: rank(words, row["id"])):
        found.append(Citation("finding", row["id"], row["statement"], _about(row["basis"], row["strength"]), row["source"]))
    return found


def _about(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def search(library: Library, words: list[str]) -> list[Figure]:
    """Return the figures in which every word occurs, in id, population, place, period, category or quote; best matches by id first.

    Words may be parts of an id with its dots; ids that begin with them come first.
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
