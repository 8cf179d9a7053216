"""`Watched`: a library that tells what it is asked, question by question, so that a run can be repeated only where an answer has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from evidence.catalog import schema
from evidence.catalog.figures import Figure
from evidence.catalog.library import Library
from evidence.errors import DataError

Ask = Callable[..., None]
"""Called with a question: its kind and its arguments, all text."""


_KEYED = {table.name for table in schema.TABLES if table.key == ("id",)}


class Watched(Library):
    """A library that tells what it is asked; it answers as the one it is made of.

    What iterates over all figures asks for all of them, so a view that wants a few should ask for these.

    Args:
        library: Library that answers.
        ask: Told each question.
    """

    def __init__(self, library: Library, ask: Ask) -> None:
        self._plain, self._ask = library, ask
        self.as_of, self.directory = library.as_of, library.directory

    @property
    def tables(self) -> Any:  # type: ignore[override]
        """The tables as they are read; asks for everything."""
        self._ask("everything")
        return self._plain.tables

    @property
    def records(self) -> Any:  # type: ignore[override]
        """Every figure's records by id."""
        return Asked(self._plain.records, lambda key: self._ask("figure", key), lambda: self._ask("figures"))

    @property
    def figures(self) -> Any:  # type: ignore[override]
        """The figure of each id."""
        return Asked(self._plain.figures, lambda key: self._ask("figure", key), lambda: self._ask("figures"))

    @property
    def ranges(self) -> Any:  # type: ignore[override]
        """Low and high end of each range."""
        return Asked(self._plain.ranges, lambda key: self._ask("range", key), lambda: self._ask("figures"))

    @property
    def series(self) -> Any:  # type: ignore[override]
        """Figures of each series."""
        return Asked(self._plain.series, lambda key: self._ask("series", key), lambda: self._ask("figures"))

    def figure(self, identifier: str) -> Figure:
        """Return the figure of an id.

        Raises:
            DataError: If there is no such figure on this day.
        """
        self._ask("figure", identifier)
        return self._plain.figure(identifier)

    def absent(self, table: str, identifier: str, known: Any) -> DataError:
        """Return the error for a record that is not here; that it is not here was the answer to the question before."""
        return self._plain.absent(table, identifier, known)

    def rows(self, table: str) -> list[Any]:
        """Return the records of a table; each tells which of its cells are read."""
        self._ask("count", table)
        return [_Row(row, table, self._ask) for row in self._plain.rows(table)]

    def all_rows(self, table: str) -> list[Any]:
        """Return the records of a table whatever the day; asks for everything."""
        self._ask("everything")
        return self._plain.all_rows(table)

    def by_id(self, table: str) -> Any:
        """Return the records of a table by their id."""
        rows = {key: _Row(row, table, self._ask) for key, row in self._plain.by_id(table).items()}
        return Asked(rows, lambda key: self._ask("cell", table, "id", key), lambda: self._ask("column", table, "id"))


class Asked(Mapping[str, Any]):
    """A mapping that tells which of its keys are looked up, or that it is read as a whole.

    Args:
        found: What it holds.
        one: Called with each key looked up, whether it is there or not.
        every: Called when it is read as a whole.
    """

    def __init__(self, found: Mapping[str, Any], one: Callable[[str], None], every: Callable[[], None]) -> None:
        self._found, self._one, self._every = found, one, every

    def __getitem__(self, key: str) -> Any:
        self._one(key)
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        self._every()
        return iter(self._found)

    def __len__(self) -> int:
        self._every()
        return len(self._found)


class _Row(Mapping[str, Any]):
    """A record that tells which of its cells are read: by its id where it has one, else with the whole column."""

    def __init__(self, cells: Mapping[str, Any], table: str, ask: Ask) -> None:
        self._cells, self._table, self._ask = cells, table, ask

    def __getitem__(self, column: str) -> Any:
        if self._table in _KEYED and column in self._cells and column != "id":
            self._ask("cell", self._table, column, self._cells["id"])
        elif column in self._cells:
            self._ask("column", self._table, column)
        return self._cells[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)

    def __or__(self, other: Mapping[str, Any]) -> dict[str, Any]:
        return dict(self) | dict(other)


def answer(library: Library, kind: str, *arguments: str) -> Any:
    """Return what a library answers to a question, as plain data; places in files are left out, for a page never shows them.

    Raises:
        KeyError: If there is no such kind of question.
    """
    return _ANSWERS[kind](library, *arguments)


def plain_record(figure: Figure) -> list[str]:
    """Return a figure's record as text: all it says, without its place in the files."""
    kept = [getattr(figure, name) for name in Figure.__slots__ if name not in ("where", "quantity")]
    return [*kept, repr(figure.quantity)]


def _range(library: Library, stem: str) -> Any:
    return [plain_record(figure) for figure in library.ranges.get(stem, ())]


def _cell(library: Library, table: str, column: str, *identifiers: str) -> Any:
    rows = library.by_id(table)
    return [rows[key][column] if key in rows else None for key in identifiers]


_ANSWERS: dict[str, Callable[..., Any]] = {
    "figure": lambda library, key: [plain_record(figure) for figure in library.records.get(key, ())],
    "figures": lambda library: [plain_record(figure) for found in library.records.values() for figure in found],
    "range": _range,
    "series": lambda library, name: [plain_record(figure) for figure in library.series.get(name, ())],
    "count": lambda library, table: len(library.rows(table)),
    "cell": _cell,
    "column": lambda library, table, column: [row[column] for row in library.rows(table)],
    "everything": lambda library: {
        table.name: [[row[name] for name in table.names] for row in library.all_rows(table.name)] for table in schema.TABLES
    },
}
