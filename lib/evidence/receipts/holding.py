"""Hold the records of a library against their receipts, with none of the documents at hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evidence.catalog import schema
from evidence.catalog.declaration import Table
from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.problems import Place, Problem
from evidence.receipts.fields import FILE, OURS, PAGE, TEXT, TYPED, fields, named, read, records

_ANEW = "Put it back, or hold it against its document again: evidence verify --sources DIR, or evidence receipt {record} where no text is at hand."
_READ_AGAIN = "Put it back, or read it again and say so: evidence receipt {record}"
_NONE = "Hold it against its document: evidence verify --sources DIR, or evidence receipt {record} where no text is at hand."


@dataclass(frozen=True, slots=True)
class Held:
    """A record and its receipt.

    Attributes:
        table: Table of the record.
        row: The record.
        receipt: Its receipt, or that of the record it seems to have been; None where it has none.
        changed: Columns that the receipt does not bear out, none where it fits.
    """

    table: Table
    row: dict[str, Any]
    receipt: dict[str, Any] | None
    changed: tuple[str, ...] = ()

    @property
    def fits(self) -> bool:
        """Whether the record is what its receipt says."""
        return self.receipt is not None and not self.changed


def held(library: Library) -> tuple[list[Held], list[dict[str, Any]]]:
    """Return every record that needs a receipt with its own, and the receipts that no record is left for, but for those of what a record was before.

    Of several records of one name each takes the receipt that fits; those that fit none take the likest of what is left.
    """
    waiting: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for receipt in library.all_rows(schema.RECEIPTS.name):
        waiting[receipt["kind"], receipt["record"]].append(receipt)
    tables = {table.name: table for table in schema.tables()}
    found: list[Held] = []
    open_: list[tuple[Table, dict[str, Any], dict[str, str]]] = []
    for table, row in records(library):
        cells, left = fields(table, row), waiting[table.name, named(table, row)]
        if (fitting := next((receipt for receipt in left if read(receipt["fields"]) == cells), None)) is not None:
            left.remove(fitting)
            found.append(Held(table, row, fitting))
        else:
            open_.append((table, row, cells))
    found += [_likest(table, row, cells, waiting[table.name, named(table, row)]) for table, row, cells in open_]
    there = {_key(one.table, one.receipt) for one in found if one.fits and one.receipt}
    return found, [one for left in waiting.values() for one in left if _key(tables.get(one["kind"]), one) not in there]


def _key(table: Table | None, receipt: dict[str, Any]) -> tuple[str, ...]:
    """Return what can be of one record alone, so that a receipt of what a record was before a merge is told from that of one which is gone."""
    cells = read(receipt["fields"])
    return receipt["kind"], receipt["record"], *(cells.get(name, "") for name in (table.key if table else ()))


def _likest(table: Table, row: dict[str, Any], cells: dict[str, str], left: list[dict[str, Any]]) -> Held:
    """Return a record with the receipt it shares most cells with, which no other can take then."""
    if not left:
        return Held(table, row, None)
    receipt = min(left, key=lambda receipt: len(_differing(read(receipt["fields"]), cells)))
    left.remove(receipt)
    return Held(table, row, receipt, _differing(read(receipt["fields"]), cells))


def _differing(then: dict[str, str], now: dict[str, str]) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys([*now, *then]) if then.get(name) != now.get(name))


def problems(found: Iterable[Held], orphans: Iterable[dict[str, Any]]) -> list[Problem]:
    """Return what is wrong between records and receipts: a cell that was changed, a record without a receipt, a receipt without a record.

    Args:
        found: Records with their receipts, as `held` returns them.
        orphans: Receipts that no record is left for.
    """
    return [_problem(one) for one in found if not one.fits] + [_orphan(receipt) for receipt in orphans]


def _problem(one: Held) -> Problem:
    record = named(one.table, one.row)
    if one.receipt is None:
        told = "it has no receipt, so nobody has held it against where it comes from."
        return Problem(where(one.row), told, _NONE.format(record=record))
    proved = one.receipt["how"] in (TEXT, FILE)
    told = f"changed since the record was {f'held against {_document(one.receipt)}' if proved else 'last read'}."
    remedy = (_ANEW if proved else _READ_AGAIN).format(record=record)
    return Problem(where(one.row, ", ".join(one.changed)), told, remedy)


def _document(receipt: dict[str, Any]) -> str:
    return f"{receipt['document']}, {receipt['at'].partition(' +')[0]}"


def _orphan(receipt: dict[str, Any]) -> Problem:
    place = Place(f"data/{schema.RECEIPTS.path}", receipt["_row"], receipt["record"])
    told = f"the record of {receipt['kind']} that this receipt was given for is gone."
    return Problem(place, told, "Put the record back; if it was to go, delete the row of its receipt.")


WAYS = {
    TEXT: "in the texts of their sources",
    FILE: "in cells of producers' files",
    PAGE: "on pages, without a file",
    TYPED: "typed, and not yet proved",
    OURS: "this book's own",
}
"""Each way in which a record is held, for people."""


def shares(found: Iterable[Held]) -> Counter[str]:
    """Return how many records are held in each way."""
    return Counter(one.receipt["how"] for one in found if one.receipt is not None)


def told(library: Library) -> dict[Place, str]:
    """Return how each record of a library that keeps receipts is held against where it comes from, for readers; by the place of the record."""
    found, _ = held(library) if library.all_rows(schema.RECEIPTS.name) else ([], [])
    return {where(one.row): _said(one.receipt) for one in found if one.fits and one.receipt and one.receipt["how"] in _SAID}


_SAID = {
    TEXT: "Found word for word in the text of its source",
    FILE: "Read in a cell of the producer's file, which is kept by its hash",
    PAGE: "Read on a page, of which no file was kept",
    TYPED: "Typed by an author, and not yet held against the text of its source",
}


def _said(receipt: dict[str, Any]) -> str:
    goes_on = f'; the sentence goes on there with "{receipt["reads"]}"' if receipt["how"] == TEXT and receipt["reads"] else ""
    return f"{_SAID[receipt['how']]}{goes_on}."


def covered(library: Library) -> dict[str, str]:
    """Return how many of the numbers of each source's text have a figure, of those that need one, such as `12 of 12`, by its key."""
    rows = (row for row in library.all_rows(schema.RECEIPTS.name) if row["kind"] == "sources" and row["how"] == TEXT)
    return {row["record"]: row["reads"].rpartition("; ")[2].removesuffix(" numbers") for row in rows}
