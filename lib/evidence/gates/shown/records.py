"""What the records of an edition admit: which numbers stand in their words, and which texts of the book are told word for word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from evidence.audit import MEANING, SHOWN, SHOWN_AS, findings
from evidence.catalog import COMPUTED, Library, schema
from evidence.charts import chart_data, strip_links
from evidence.errors import EvidenceError
from evidence.grading import PAGE_RULE, RULE
from evidence.statements import check_statement
from evidence.survey.accepted import accepted_waves

KINDS = ("figure", "range", "finding", "claim", "correction", "source")
_VERBATIM = ("quote", "locator", "threshold")
"""Columns of the data library whose cells are words that another gate holds against their source or their condition."""


class Records:
    """The records of an edition, asked what they admit.

    Args:
        ledger: The ledger of the edition, as `ledger.json` holds it.
        library: Its data library.
    """

    def __init__(self, ledger: Mapping[str, Any], library: Library) -> None:
        self._ledger, self._library = ledger, library
        self.edition: str = ledger["edition"]["name"]
        self._kinds = {kind: {record["id"]: record for record in ledger[f"{kind}s"]} for kind in KINDS}
        self._kinds["claim"] |= {record["id"]: record for record in ledger["comparisons"]}
        self._words: dict[tuple[str, str], str] = {}
        self._said: dict[tuple[str, str], dict[str, None]] = {}
        self._guards = {row["id"]: row["guard"] for row in library.rows("corrections")}
        self.titles = {source[name]: source["id"] for source in ledger["sources"] for name in ("short", "title")}
        self.ids = {identifier for kind in KINDS for identifier in self._kinds[kind]} | {
            figure.partition("=")[0] for figure in library.series
        }

    def holds(self, identifier: str, text: str) -> bool:
        """Return whether a text is a number that a figure or range admits, one of the ways it is printed, or its id."""
        record = self._kinds["figure"].get(identifier, {})
        printed = {identifier, record.get("shown", ""), record.get("stated", ""), *(place["stated"] for place in record.get("places", ()))}
        return text.lower() in {one.lower() for one in printed if one} or check_statement(text, identifier, self._library).holds

    def knows(self, kind: str, identifier: str) -> bool:
        """Return whether the edition holds such a record."""
        return identifier in self._kinds.get(kind, {})

    def admits(self, kind: str, identifier: str, number: str) -> bool:
        """Return whether a number stands in the words of a record."""
        if (kind, identifier) not in self._words:
            self._words[kind, identifier] = "\n".join(self._texts(kind, identifier)).lower()
        return _within(number, self._words[kind, identifier])

    def _texts(self, kind: str, identifier: str) -> dict[str, None]:
        if (kind, identifier) not in self._said:
            self._said[kind, identifier] = dict.fromkeys(self._told(kind, identifier))
        return self._said[kind, identifier]

    def _told(self, kind: str, identifier: str) -> Iterator[str]:
        """Yield the words of a record, and those of the records it names."""
        record = self._kinds.get(kind, {}).get(identifier, {})
        yield from strings(record)
        for name in (*record.get("figures", ()), *record.get("inputs", ())):
            yield from strings(self._kinds["figure"].get(name, {}))
        if kind == "range" and record:
            yield " to ".join(self._kinds["figure"][record[end]]["shown"] for end in ("low", "high"))
        if kind == "correction":
            yield self._arithmetic.get(self._guards.get(identifier, ""), "")
        elif kind == "chart":
            yield from _drawn(self._library, identifier)
            yield from (figure["population"] for figure in self._charted(identifier))
        elif kind == "count":
            yield from _counts(self._ledger, identifier)
        elif kind == "countersigned":
            yield from _signed(self._ledger, identifier)
        elif kind == "wave":
            yield from (text for wave in accepted_waves(self._library) if wave.name == identifier for text in wave.words())
        elif kind == "page":
            yield from _stated(self._ledger, identifier)

    def _charted(self, identifier: str) -> Iterator[Mapping[str, Any]]:
        """Yield the figures that a chart draws."""
        try:
            rows = chart_data(self._library, identifier).rows
        except EvidenceError:
            return
        yield from (self._kinds["figure"][name] for name in rows["id"] if name in self._kinds["figure"])

    @cached_property
    def _arithmetic(self) -> dict[str, str]:
        return findings(self._library)

    def says(self, kind: str, identifier: str, text: str) -> bool:
        """Return whether a text is one of the words of a record."""
        return " ".join(text.split()) in self._texts(kind, identifier)

    @cached_property
    def areas(self) -> frozenset[str]:
        """Names of the areas that have a page, some of which hold a number word."""
        return frozenset(row["name"] for row in self._library.rows("areas"))

    @property
    def told_in_full(self) -> list[tuple[str, str]]:
        """Tables and columns of our own prose, whose cells are held to the rules of prose by another gate."""
        return [(table.name, column.name) for table in schema.tables() for column in table.columns if column.prose]

    @cached_property
    def declared(self) -> frozenset[str]:
        """Texts that any page may tell word for word: titles of sources, and what the engine says of its tables, verdicts and rules."""
        columns = [column for table in schema.tables() for column in table.columns]
        tables = [table.about for table in schema.tables()] + [
            f"one of {', '.join(column.allowed)}" for column in columns if column.allowed
        ]
        about = [text for column in columns for text in (column.about, column.about.replace("`", ""))]
        rules = [PAGE_RULE, *(cell for step in RULE for cell in step), *MEANING.values()]
        return _long([*self.titles, *tables, *about, *rules])

    @cached_property
    def cells(self) -> frozenset[str]:
        """Cells of the data library that code may tell word for word."""
        named = [(table.name, column.name) for table in schema.tables() for column in table.columns if column.name in _VERBATIM]
        return _long([str(row[column]) for table, column in named for row in self._library.all_rows(table)])


def _long(texts: list[str]) -> frozenset[str]:
    """Return texts as they are compared; one of a word or two would be found anywhere."""
    return frozenset(" ".join(text.lower().split()) for text in texts if len(text.split()) > 2)


_BEGINS, _ENDS = re.compile(r"(?<![\w.,])"), re.compile(r"(?!\w|[.,]\d)")
"""Where a number may begin and end in the words of a record."""


def _within(number: str, words: str) -> bool:
    wanted = " ".join(number.lower().split())
    at = words.find(wanted)
    while at >= 0 and not (_BEGINS.match(words, at) and _ENDS.match(words, at + len(wanted))):
        at = words.find(wanted, at + 1)
    return at >= 0


def strings(node: Any) -> Iterator[str]:
    """Yield every text in a record, however deep, with single spaces."""
    if isinstance(node, str):
        yield " ".join(node.split())
    elif isinstance(node, Mapping):
        for part in node.values():
            yield from strings(part)
    elif isinstance(node, list):
        for part in node:
            yield from strings(part)


def _drawn(library: Library, identifier: str) -> Iterator[str]:
    """Yield what a chart draws: its rows, made anew from the library, and its words."""
    try:
        chart = chart_data(library, identifier)
    except EvidenceError:
        return
    yield from (part for cell in chart.row.values() for part in (str(cell), strip_links(str(cell))))
    for column in chart.rows.columns:
        yield from (f"{cell:g}" if isinstance(cell, float) else str(cell) for cell in chart.rows[column])


def _counts(ledger: Mapping[str, Any], source: str) -> Iterator[str]:
    """Yield how many figures and findings an edition holds of a source, or of all: bare, by verdict, and in words."""
    figures = [record for record in ledger["figures"] if source in ("", record["source"])]
    counted = Counter(SHOWN_AS[record["verdict"]] for record in figures)
    found = sum(source in ("", record["source"]) for record in ledger["findings"])
    yield from (f"{counted[word]} {word}" for word in SHOWN)
    yield from (f"{number} {name}{'' if number == 1 else 's'}" for number, name in ((len(figures), "figure"), (found, "finding")))
    if not source:
        own = [record for record in figures if record["source"] != COMPUTED and record["verdict"] != "assumed"]
        yield f"{len(own)} {len({record['source'] for record in own})} {sum(record['verdict'] != 'quoted' for record in own)}"
        yield " ".join(str(number) for number in ledger["totals"].values() if isinstance(number, int))


def _stated(ledger: Mapping[str, Any], chapter: str) -> Iterator[str]:
    """Yield how many statements a chapter makes, and how many of them hold."""
    holding = [record["holds"] for record in ledger["statements"] if record["chapter"] == chapter]
    yield f"{len(holding)} {sum(holding)} {len(holding) - sum(holding)}"


def _signed(ledger: Mapping[str, Any], page: str) -> Iterator[str]:
    """Yield how many sentences of a page carry a link, and how many of them are countersigned by whom."""
    for share in ledger["countersigned"]:
        if share["page"] == page:
            yield " ".join(str(number) for number in share.values() if isinstance(number, int))
