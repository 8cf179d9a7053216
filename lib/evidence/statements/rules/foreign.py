"""Nothing foreign: whom, where and when a sentence names occurs in a record that is linked in it, or in its scope.

A number is true of those it was measured on. A sentence that states it of others ("of large firms", "in Leeds", "in 2019") is refused, unless one of
its records says so, a synonym of the book does (`data/synonyms.csv`), or its chapter is declared to be about them (`data/scopes.csv`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from evidence import claims
from evidence.catalog import Library, schema
from evidence.errors import DataError, QuantityError
from evidence.form.sentences import spans
from evidence.problems import Problem
from evidence.statements.pages import Passage
from evidence.statements.rules.terms import MONTHS, Term, needs_of, terms

_YEARS = re.compile(r"\b((?:19|20)\d)(\d)[/–-](\d\d)\b")


_NAME = re.compile(r"(?<![\w-])[A-Z][a-z][\w’'-]*")
_OPENING = "\"'\u201c\u2018(:;"
"""Marks behind which a word may begin with a capital that is no name."""
_NO_NAMES = frozenset(
    (
        *MONTHS,
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Mr",
        "Mrs",
        "Dr",
        "Act",
        "Table",
        "Chart",
        "Figure",
    )
)
_STEM = 6
"""How many letters of a name a record must have."""
STRICT = ("size", "sex")
"""Kinds of which a record says in its own cells whom it is about, so that another one in its quote, told for comparison, bears nothing out."""

_REMEDY = (
    "Name whom, where and when the record says, link the figure that is meant, give what the word belongs to a sentence of its own, "
    "or declare what it means in data/synonyms.csv."
)


@dataclass(frozen=True)
class Said:
    """The words of records.

    Attributes:
        own: Those of the cells that say whom, where and when they are about.
        beside: Those of the cells that are no sentences: locator, unit, note, title of the source.
        texts: The cells that say something, whole.
    """

    own: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    texts: tuple[str, ...] = ()

    @cached_property
    def all(self) -> frozenset[str]:
        """All of them."""
        return self.own | self.beside | words(" ".join(self.texts))


def problems(passage: Passage, library: Library) -> Iterator[Problem]:
    """Yield each word of a sentence with records that says of whom, where or when, and that none of them bears out."""
    block = passage.block
    text = block.without(bool) if block.links or passage.records or passage.told else ""
    for start, end in _with_records(passage):
        found = list(terms(text[start:end], declared_places(library)))
        found += _names(text[start:end], found, library)
        said = said_together(passage, (start, end), library) if found else None
        for term in found:
            if said and not borne_out(term, said, library):
                message = f'"{term.text}" ({term.kind}) is in no record that its sentence links.'
                yield passage.problem(start + term.start, start + term.end, message, _REMEDY)


def _names(sentence: str, terms_of: Iterable[Term], library: Library) -> Iterator[Term]:
    """Yield the names of a sentence that are no term of another kind, and neither of a source nor of what the book studies."""
    taken = {place for term in terms_of for place in range(term.start, term.end)}
    for match in _NAME.finditer(sentence):
        name, before = match.group(), sentence[: match.start()].rstrip(" \n")
        first = not before or before[-1] in _OPENING
        if not first and match.start() not in taken and name not in _NO_NAMES and not words(name) & declared_names(library):
            yield Term("name", *match.span(), name, tuple(word[:_STEM] for word in words(name.removesuffix("'s"))))


_OF_OTHERS = (schema.FIGURES, schema.FINDINGS, schema.RECEIPTS, schema.COUNTERSIGNED, schema.AREAS_TABLE)
"""Tables whose names are not of what the book studies as a whole: of what one record says, and of all areas that there are."""


@lru_cache(maxsize=2)
def declared_names(library: Library) -> frozenset[str]:
    """Return the words that are written as names where a library says whose it is and what it studies; what its figures and findings say is theirs alone."""
    told = [table for table in schema.tables() if table not in _OF_OTHERS]
    cells = " ".join(str(row[name]) for table in told for row in library.rows(table.name) for name in table.names if row[name])
    return words(" ".join(_NAME.findall(cells)))


def _with_records(passage: Passage) -> Iterable[tuple[int, int]]:
    """Return where the sentences begin and end that link records, or whose row is about some."""
    block = passage.block
    if block.heading:
        return ()
    return spans(block.text) if passage.records or passage.told else dict.fromkeys(block.span(link.start) for link in block.links)


def borne_out(term: Term, said: Said, library: Library) -> bool:
    """Return whether what records say, or a synonym of the book, bears out a term."""
    means = [word for row in library.rows("synonyms") if row["word"].lower() == term.text.lower() for word in row["means"].lower().split()]
    own_tells = term.kind in STRICT and _any(needs_of(term.kind), said.own)
    return _any((*term.needs, *means), said.own if own_tells else said.all)


def _any(needs: Iterable[str], said: frozenset[str]) -> bool:
    """Return whether a word begins as one of the needs says, or is one that ends in a full stop."""
    return any(need[:-1] in said if need.endswith(".") else any(word.startswith(need) for word in said) for need in needs)


@lru_cache(maxsize=2)
def declared_places(library: Library) -> frozenset[str]:
    """Return the places that figures and sets of places of a library name, and what their categories call them for short."""
    rows = library.rows("figures")
    named = {row["place"] for row in rows} | {row["place"] for row in library.rows("place-sets")}
    short = {row["category"] for row in rows if row["category"] in row["place"].split()}
    return frozenset(named | short) - {""}


def said_together(passage: Passage, span: tuple[int, int], library: Library) -> Said:
    """Return the words of what a sentence is bound to, by its links or its row, and those that its chapter is declared to be about."""
    linked = [(link.scheme, link.target) for link in passage.block.links if span[0] <= link.start < span[1]]
    found = [_record(scheme, target, library) for scheme, target in (*linked, *passage.records)]
    scope = frozenset(word for row in library.rows("scopes") if row["chapter"] == passage.page for word in words(row["about"]))
    own = scope | words(passage.told)
    texts = (passage.told, *(text for said in found for text in said.texts))
    return Said(own.union(*(said.own for said in found)), frozenset().union(*(said.beside for said in found)), texts)


@lru_cache(maxsize=4096)
def _record(scheme: str, target: str, library: Library) -> Said:
    """Return what a record says of whom, where and when, and in which words."""
    if scheme == "figure":
        return _figures([target], library)
    if scheme == "figures":
        series = [figure.id for figure in library.series.get(target, ())]
        return _figures(series or [name for name in library.figures if name.startswith(f"{target}.")], library)
    if scheme in ("finding", "findings"):
        return _findings(
            [row for name, row in library.by_id("findings").items() if name == target or (scheme[-1] == "s" and name.startswith(target))]
        )
    try:
        entry = claims.find(target, library)
        judged = claims.judge(entry, library) if entry else None
    except (DataError, QuantityError):
        judged = None
    if judged is None:
        return Said()
    figures, statement = _figures([figure.id for figure in judged.inputs], library), judged.claim.statement
    return Said(figures.own | words(statement), figures.beside, (*figures.texts, statement))


def _findings(rows: list[dict[str, Any]]) -> Said:
    own = words(" ".join(str(row["population"]) for row in rows))
    return Said(own, texts=tuple(str(row[name]) for row in rows for name in row if name not in ("id", "note") and row[name]))


def _figures(identifiers: list[str], library: Library) -> Said:
    figures = [
        figure
        for name in identifiers
        for figure in library.ranges.get(name) or ((library.figures[name],) if name in library.figures else ())
    ]
    own, rest, quotes = [], [], []
    for place in (place for figure in figures for place in library.places(figure.id)):
        own.append(f"{place.population} {place.place} {place.period} {place.category}".strip())
        title = library.by_id("sources").get(place.source, {}).get("title", "")
        quotes.append(place.quote)
        rest.append(f"{place.locator} {place.origin} {place.unit} {place.stated} {place.note} {_day(place.as_of)} {title}")
    return Said(words(" ".join(own)), words(" ".join(rest)), (*own, *quotes))


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
