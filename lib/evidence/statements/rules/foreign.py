"""Nothing foreign: whom, where and when a sentence names occurs in a record that is linked in it, or in its scope.

A number is true of those it was measured on. A sentence that states it of others ("of large firms", "in Leeds", "in 2019") is refused, unless one of
its records says so, a synonym of the book does (`data/synonyms.csv`), or its chapter is declared to be about them (`data/scopes.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence import claims
from evidence.catalog import Library
from evidence.errors import DataError, QuantityError
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.prose import Link
from evidence.statements.rules.terms import MONTHS, Term, terms

_YEARS = re.compile(r"\b((?:19|20)\d)(\d)[/–-](\d\d)\b")


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each word of a sentence with a figure that says of whom, where or when, and that none of its records bears out."""
    block = passage.block
    spans = () if block.heading else dict.fromkeys(block.span(link.start) for link in block.links if link.scheme == "figure")
    for start, end in spans:
        found = list(terms(block.without(bool)[start:end], _places(library)))
        if found:
            linked = [link for link in block.links if start <= link.start < end]
            said = _said(linked, library) | _scope(passage.page, library)
            for term in found:
                if not _borne_out(term, said, library):
                    message = f'"{term.text}" ({term.kind}) is in no record that its sentence links.'
                    yield passage.problem(start + term.start, start + term.end, message, _REMEDY)


_REMEDY = (
    "Name whom, where and when the record says, link the figure that is meant, give what the word belongs to a sentence of its own, "
    "or declare what it means in data/synonyms.csv."
)


def _borne_out(term: Term, said: frozenset[str], library: Library) -> bool:
    needs = [
        *term.needs,
        *(
            f"{word}"
            for row in library.rows("synonyms")
            if row["word"].lower() == term.text.lower()
            for word in row["means"].lower().split()
        ),
    ]
    return any(need[:-1] in said if need.endswith(".") else any(word.startswith(need) for word in said) for need in needs)


def _places(library: Library) -> frozenset[str]:
    key = id(library)
    if key not in _PLACES:
        _PLACES.clear()
        _PLACES[key] = frozenset(figure.place for figures in library.records.values() for figure in figures if figure.place)
    return _PLACES[key]


_PLACES: dict[int, frozenset[str]] = {}


def _scope(page: str, library: Library) -> frozenset[str]:
    """Return the words that a chapter is declared to be about."""
    return frozenset(word for row in library.rows("scopes") if row["chapter"] == page for word in words(row["about"]))


def _said(links: list[Link], library: Library) -> frozenset[str]:
    """Return the words of what links are bound to."""
    return frozenset(word for link in links for word in words(_record(link, library)))


def _record(link: Link, library: Library) -> str:
    """Return what a record says of whom, where and when, and in which words."""
    if link.scheme == "figure":
        return _figures([link.target], library)
    if link.scheme == "finding":
        return " ".join(str(cell) for name, cell in library.by_id("findings").get(link.target, {}).items() if name not in ("id", "note"))
    try:
        entry = claims.find(link.target, library)
        judged = claims.judge(entry, library) if entry else None
    except (DataError, QuantityError):
        return ""
    return f"{judged.claim.statement} {_figures([figure.id for figure in judged.inputs], library)}" if judged else ""


def _figures(identifiers: list[str], library: Library) -> str:
    found = [
        place
        for identifier in identifiers
        for figure in (library.ranges.get(identifier) or ((library.figures[identifier],) if identifier in library.figures else ()))
        for place in library.places(figure.id)
    ]
    cells = (
        f"{figure.population} {figure.place} {figure.period} {figure.category} {figure.quote} {figure.locator} {figure.origin} {figure.unit} {figure.stated} {figure.note} {_day(figure.as_of)}"
        f" {library.by_id('sources').get(figure.source, {}).get('title', '')}"
        for figure in found
    )
    return " ".join(cells)


def _day(date: str) -> str:
    """Return year and month of a date in words."""
    return f"{date[:4]} {MONTHS[int(date[5:7]) - 1]}" if date else ""


def words(text: str) -> frozenset[str]:
    """Return the words and numbers of a text in lower case; of "2016/17" both years.

    Example:
        >>> sorted(words("Firms, 2016/17"))
        ['17', '2016', '2017', 'firms']
    """
    whole = _YEARS.sub(lambda match: f"{match[1]}{match[2]} {match[1][:2]}{match[3]} {match[3]}", text.lower())
    return frozenset(re.findall(r"[a-z]+|\d+", whole))
