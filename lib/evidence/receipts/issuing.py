"""Give receipts to the records that a proof against the texts of their sources has found there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from evidence import paths
from evidence.catalog import schema
from evidence.catalog.declaration import Table
from evidence.catalog.figures import where
from evidence.catalog.library import Library
from evidence.catalog.rows import csv_text
from evidence.catalog.verify import Document, Proof, Text, Verified, find, normalise
from evidence.catalog.verify.coverage import Coverage
from evidence.receipts.carrying import Receipt, first, ordered, proof_stands, renewed
from evidence.receipts.cells import File, still_there, taken
from evidence.receipts.fields import FILE, TEXT, TYPED, digest, fields, named, source_of, written
from evidence.receipts.holding import WAYS, Held, held
from evidence.writing import Transaction

AROUND = 80
"""Characters of the text before and after a quote that its receipt holds too."""
_PRINTED = ("title", "authors", "publisher", "published", "url", "doi")
"""Cells of a source that its own text may print."""


@dataclass(slots=True)
class Issued:
    """The receipts of a library after a proof.

    Attributes:
        rows: All its receipts, in the order of their table.
        told: What is new about each record whose receipt is another than before: its place, and columns that had changed.
        problems: What the documents do not bear out.
    """

    rows: list[Receipt]
    told: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def issue(library: Library, verified: Verified, folders: Sequence[Path]) -> Issued:
    """Return the receipts of a library after a proof: new for each record that was found, and as they were for all others.

    Args:
        library: The data library.
        verified: What the proof found.
        folders: Folders in which the producers' files are looked for too, from which receipts were taken.
    """
    proofs = {id(proof.row): proof for proof in verified.proofs}
    found, orphans = held(library)
    issued = Issued([_row(receipt) for receipt in orphans])
    for one in found:
        receipt = _proved(one, proofs.get(id(one.row)), verified) or (one.receipt and _row(one.receipt))
        if receipt:
            issued.rows.append(receipt)
        if receipt and receipt != (one.receipt and _row(one.receipt)):
            issued.told.append(_told(one))
        if one.receipt and one.receipt["how"] == FILE and (gone := still_there(one, folders)):
            issued.problems.append(gone)
    issued.rows = ordered(issued.rows)
    return issued


def _row(receipt: dict[str, Any]) -> Receipt:
    return {name: receipt[name] for name in schema.RECEIPTS.names}


def _told(one: Held) -> str:
    if not one.receipt:
        return f"{where(one.row)}: first receipt"
    changed = f"{', '.join(one.changed)} changed" if one.changed else f"was {one.receipt['how']}, or its text is another edition"
    return f"{where(one.row)}: {changed}"


def _proved(one: Held, proof: Proof | None, verified: Verified) -> Receipt | None:
    """Return the receipt that the texts at hand give a record, or None where they have nothing to say of it."""
    if proof:
        return _of_quote(proof)
    if one.table.name == "sources" and one.row["id"] in verified.documents:
        return _of_source(one, verified.documents[one.row["id"]], verified.covered[one.row["id"]])
    return None


def from_report(name: str, content: str, rows: Sequence[dict[str, str]]) -> list[Receipt]:
    """Return the receipts of figures whose quotes are sentences of a report that a command of ours writes.

    Args:
        name: Name of its file.
        content: What it says.
        rows: Records of the figures, by column; each quote stands in the report.
    """
    return from_document(Document(name, Text(content), sha256(content.encode()).hexdigest()), rows)


def from_document(document: Document, rows: Iterable[dict[str, str]], table: Table = schema.FIGURES) -> list[Receipt]:
    """Return the receipts of those of some records whose quotes stand in a text.

    Args:
        document: The text.
        rows: The records, by column.
        table: Their table.
    """
    found = (find(table, row, [document])[0] for row in rows)
    return ordered([_of_quote(proof) for proof in found if proof])


def declared(table: Table, row: dict[str, str]) -> Receipt:
    """Return the receipt of a record that an author has declared to a command, which no document holds."""
    nothing = dict.fromkeys(("document", "hash", "passage", "at", "reads"), "")
    return {"kind": table.name, "record": named(table, row), "how": TYPED, **nothing, "fields": written(fields(table, row))}


def _of_quote(proof: Proof) -> Receipt:
    text, (start, end) = proof.document.text, proof.span
    row, at = proof.row, text.place(start)
    if row.get("stated"):
        at += f" +{normalise(row['quote']).find(normalise(row['stated']))}"
    passage = digest(text.plain[max(0, start - AROUND) : end + AROUND])
    return _text(proof.document, proof.table, row, {"passage": passage, "at": at, "reads": proof.turned})


def _of_source(one: Held, document: Document, coverage: Coverage) -> Receipt:
    """Return the receipt of a source: which of its cells its own text prints, and how many of its numbers are covered."""
    plain, row = document.text.plain, one.row
    printed = [name for name in _PRINTED if row[name] and all(normalise(part) in plain for part in row[name].split("; "))]
    reads = "; ".join(filter(None, [", ".join(printed), f"{coverage.covered} of {coverage.needed} numbers"]))
    return _text(document, one.table, row, {"passage": digest(plain[: 10 * AROUND]), "at": document.text.place(0), "reads": reads})


def _text(document: Document, table: Table, row: dict[str, Any], found: dict[str, str]) -> Receipt:
    return {
        "kind": table.name,
        "record": named(table, row),
        "how": TEXT,
        "document": document.name,
        "hash": document.sha256[:16],
        **found,
        "fields": written(fields(table, row)),
    }


def from_cell(library: Library, file: Path, asked: str, names: Sequence[str]) -> Issued:
    """Return the receipts of a library after figures were held against a cell of a producer's file.

    Args:
        library: The data library.
        file: The producer's file.
        asked: The cell, as `File.cell` reads it.
        names: Ids of the figures.

    Raises:
        SourceError: If there is no such cell, or it does not hold what a figure states.
        DataError: If a figure is not known.
    """
    table = File(file)
    return _given(library, names, lambda one: taken(table, table.cell(asked), one.row, one.table))


def by_hand(library: Library, names: Sequence[str]) -> Issued:
    """Return the receipts of a library after somebody has read records that no document is at hand for.

    A record whose quote and number are as they were proved keeps its proof.

    Args:
        library: The data library.
        names: Ids of the records, of what they belong to or of their source, or names of tables; those of them are meant that do not fit their receipts.

    Raises:
        DataError: If one is not known.
    """
    return _given(
        library,
        names,
        lambda one: renewed(one.receipt, one.table, one.row) if proof_stands(one) and one.receipt else first(library, one.table, one.row),
    )


def _given(library: Library, names: Sequence[str], give: Callable[[Held], Receipt]) -> Issued:
    """Return the receipts of a library in which records of some names that fit none get a new one; where all of a name fit, all of them do."""
    found, orphans = held(library)
    by_name: dict[str, list[Held]] = defaultdict(list)
    for one in found:
        for name in dict.fromkeys((named(one.table, one.row), source_of(library, one.table, one.row), one.table.name)):
            by_name[name].append(one)
    for name in names:
        if name not in by_name:
            raise library.absent("records", name, by_name)
    wanted = {id(one.row): one for name in names for one in [x for x in by_name[name] if not x.fits] or by_name[name]}
    rows = [give(one) if id(one.row) in wanted else one.receipt and _row(one.receipt) for one in found]
    told = [f"{where(one.row)}: {WAYS[give(one)['how']]}" for one in wanted.values()]
    return Issued(ordered([*(row for row in rows if row), *map(_row, orphans)]), told)


def write(issued: Issued, work: Transaction) -> None:
    """Write the receipts of a book's library."""
    work.write(paths.data_dir() / schema.RECEIPTS.path, table_of(issued.rows))


def table_of(rows: Sequence[Receipt]) -> str:
    """Return the table that holds some receipts."""
    return csv_text([schema.RECEIPTS.names, *([row[name] for name in schema.RECEIPTS.names] for row in rows)])
