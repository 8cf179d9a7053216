"""What can be countersigned: each sentence of the chapters, and each row of the library that says something in words of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from evidence import claims
from evidence.catalog import Library, schema, where
from evidence.catalog.declaration import COMPARE, LINK, Table
from evidence.errors import DataError
from evidence.problems import Place
from evidence.receipts.fields import digest
from evidence.statements import Passage, chapter_files, read_page
from evidence.statements.signed import SENTENCE, Named, sentences, wording

VALUES = ("stated", "value", "unit", "precision", "direction")
"""Columns of a record that are its number."""
SOURCES = (
    "quote",
    "population",
    "place",
    "period",
    "source",
    "origin",
    "category",
    "speaker",
    "statement",
    "condition",
    "design",
    "basis",
    "sample",
)
"""Columns of a record that say who said it, in which words, and whom, where and when it is about."""

_UNSIGNED = ("id", "series", "note", "locator", "as_of", "seed", "strength", "settlement", "latitude", "longitude", "order", "form")
"""Columns of such a row that a countersigner need not judge: names, addresses, and what a rule computes."""


Record = tuple[str, Table, Mapping[str, Any]]
"""A record of the library: what it is called, its table, its cells."""
Basis = dict[str, dict[str, str]]
"""Cells by the record they stand in and by their column."""


@dataclass(frozen=True)
class Item:
    """Something that can be signed.

    Attributes:
        kind: `sentence`, or the table of a row.
        page: Name of the chapter, or file of the row.
        place: Where it stands.
        text: What it says, links as Markdown.
        links: Scheme and target of each link in it.
        records: What it rests on: records of the library by what they are called, each with its table and cells.
        before: The sentence before it, empty for a row.
        after: The sentence after it.
        cells: Of a row, its cells by name; none of a sentence.
    """

    kind: str
    page: str
    place: Place
    text: str
    links: tuple[Named, ...]
    records: tuple[Record, ...]
    before: str = ""
    after: str = ""
    cells: tuple[tuple[str, str], ...] = ()

    @cached_property
    def wording(self) -> str:
        """Hash of its words and links, without emphasis and line ends."""
        return wording(self.kind, self.text)

    @cached_property
    def values(self) -> str:
        """Hash of the numbers it rests on."""
        return self._held(VALUES)

    @cached_property
    def sources(self) -> str:
        """Hash of the words of the sources it rests on, and of whom, where and when they are about."""
        return self._held(SOURCES)

    @cached_property
    def hash(self) -> str:
        """Hash of all of it."""
        return digest(f"{self.wording} {self.values} {self.sources}")

    @property
    def basis(self) -> Basis:
        """The cells it rests on, by record and column."""
        return {called: cells for called, table, row in self.records if (cells := _cells(table, row, VALUES + SOURCES))}

    def _held(self, columns: tuple[str, ...]) -> str:
        cells = {
            f"{called}\x1f{name}\x1f{cell}" for called, table, row in self.records for name, cell in _cells(table, row, columns).items()
        }
        return digest("\x1e".join(sorted(cells)))


def _cells(table: Table, row: Mapping[str, Any], columns: tuple[str, ...]) -> dict[str, str]:
    return {name: row[name] for name in columns if name in table.names and row[name]}


def items(library: Library, chapters: Path) -> list[Item]:
    """Return everything of a book that can be signed, chapter by chapter, then the rows of the library."""
    pages = ((path.stem, read_page(path)) for path in chapter_files(chapters))
    return [*chapter_items(library, pages), *library_items(library)]


def chapter_items(library: Library, pages: Iterable[tuple[str, Iterable[Passage]]]) -> Iterator[Item]:
    """Yield each sentence of some chapters, given by name with their passages; headings are none."""
    basis = _Basis(library)
    for page, passages in pages:
        prose = (passage for passage in passages if not passage.block.heading)
        found = [(passage.where(start), text, links) for passage in prose for start, text, links in sentences(passage)]
        texts = ["", *(text for _, text, _ in found), ""]
        for number, (place, text, links) in enumerate(found):
            records = tuple(basis.records(links))
            yield Item(SENTENCE, page, place, text, links, records, before=texts[number], after=texts[number + 2])


def library_items(library: Library) -> Iterator[Item]:
    """Yield each row of the library that says something in our words, beside what it rests on."""
    basis = _Basis(library)
    for table in schema.tables():
        if _says_something(table):
            yield from (_row_item(basis, table, row) for row in library.rows(table.name))


def _says_something(table: Table) -> bool:
    """Return whether the rows of a table say something in our words; what figures say, their receipts hold."""
    return table is not schema.FIGURES and (table.held or table in (schema.CLAIMS, schema.WORDINGS) or any(c.prose for c in table.columns))


def _row_item(basis: _Basis, table: Table, row: dict[str, Any]) -> Item:
    cells = tuple((name, " ".join(row[name].split())) for name in table.names if row[name] and name not in _UNSIGNED)
    text = "; ".join(f"{name}: {cell}" for name, cell in cells)
    links = [*basis.about(table, row), *((scheme, target) for _, scheme, target in LINK.findall(text))]
    called = row.get("id") or row[table.key[0]]
    records = {(record[0], record[1].name): record for record in ((called, table, row), *basis.records(links))}
    return Item(table.name, f"data/{table.path}", where(row), text, tuple(dict.fromkeys(links)), tuple(records.values()), cells=cells)


class _Basis:
    """What sentences rest on: the records of a library that links name.

    Args:
        library: The library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._rows = {where(row): row for row in library.all_rows("figures")}
        self._tables = {table.name: table for table in schema.tables() if "id" in table.names}

    def about(self, table: Table, row: dict[str, Any]) -> Iterator[Named]:
        """Yield what a row is about, by scheme and id: what a claim compares, what a chart draws, and what cells must name or list, sources apart."""
        if table is schema.CLAIMS:
            yield "claim", row["id"]
        elif table is schema.CHARTS:
            yield from (("figure", figure.id) for series in row["series"].split() for figure in self._library.series.get(series, ()))
        for column in table.columns:
            if column.mentions.startswith("@"):
                yield row[column.mentions[1:]], row[column.name]
            elif column.reference not in ("", "sources") and (column.required or column.several):
                yield from ((column.reference.removesuffix("s"), name) for name in row[column.name].split())

    def records(self, links: Iterable[Named]) -> Iterator[Record]:
        """Yield the records that links name: of a figure the one it is shown by, of a range both ends, of a claim its figures too."""
        for scheme, target in links:
            if scheme == "figure":
                yield from self._figures(target)
            elif scheme in ("claim", COMPARE):
                yield from self._claim(target)
            elif (table := self._tables.get(f"{scheme}s")) and (row := self._library.by_id(table.name).get(target)):
                yield target, table, row

    def _figures(self, target: str) -> Iterator[Record]:
        for name in [figure.id for figure in self._library.ranges.get(target, ())] or [target]:
            if figure := self._library.figures.get(name):
                yield name, schema.FIGURES, self._rows[figure.where]

    def _claim(self, target: str) -> Iterator[Record]:
        if row := self._library.by_id("claims").get(target):
            yield target, schema.CLAIMS, row
        try:
            entry = claims.find(target, self._library)
            inputs = claims.judge(entry, self._library).inputs if entry else ()
        except DataError:
            inputs = ()
        for figure in inputs:
            yield from self._figures(figure.id)
