"""The table of proposals that an author decides on, by a page or in a spreadsheet: written beside the book, taken up again where it was left."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from evidence.catalog import schema
from evidence.catalog.rows import csv_text, harmless, read_rows
from evidence.catalog.verify import Document
from evidence.catalog.verify.text import Span
from evidence.errors import DataError
from evidence.parsing import parse_json
from evidence.problems import Place, Problem
from evidence.reading.proposed import Proposed
from evidence.writing import replace_file

ACCEPT, EXCUSE, LEAVE, TAKEN = "accept", "excuse", "leave", "taken"
DECISIONS = ("", ACCEPT, EXCUSE, LEAVE, TAKEN)
"""What is decided on a proposal: nothing yet; a record; no evidence, with the reason; neither, for now; already in the library."""

_GIVEN = ("source", "as_of", "strength")
"""Columns of a record that nobody fills in here: its source and day are the document's, and the strength of a finding follows from a rule."""
OWN = {table.name: tuple(name for name in table.names if name not in _GIVEN) for table in (schema.FIGURES, schema.FINDINGS)}
"""Columns of a record that a document proposes, by its table."""
FROM = ("population", "place", "period")
_CELLS = tuple(dict.fromkeys(name for names in OWN.values() for name in names))
COLUMNS = ("decision", "reason", "kind", *_CELLS, *(f"{name}_from" for name in FROM), "passage", "at", "added")
"""Columns of the table: `kind` is the table of the record, `added` where a number stands that somebody has pointed at."""

NAME, ORIGIN = "proposals.csv", "document.json"
Row = dict[str, str]


@dataclass(slots=True)
class Sheet:
    """The proposals of a document with what is decided on each.

    Attributes:
        path: Its file.
        document: The document it was read from.
        source: Key of its source.
        sha256: Of the document, in hexadecimal digits.
        rows: A row for each proposal, by column, in the order of the document.
        as_of: Day of the edition that the document is; empty for the day of its source.
    """

    path: Path
    document: Path
    source: str
    sha256: str
    rows: list[Row]
    as_of: str = ""

    @property
    def open(self) -> int:
        """How many proposals nothing is decided on."""
        return sum(not row["decision"] for row in self.rows)

    def write(self) -> None:
        """Write the table, and beside it which document it is from."""
        origin = {"file": str(self.document), "source": self.source, "sha256": self.sha256, "as_of": self.as_of}
        replace_file(self.path.with_name(ORIGIN), json.dumps(origin, ensure_ascii=False, indent=1) + "\n")
        replace_file(self.path, csv_text([COLUMNS, *([harmless(row[name]) for name in COLUMNS] for row in self.rows)]))

    @property
    def added(self) -> list[Span]:
        """Where numbers stand that somebody has pointed at, as long as the document is what was read."""
        return [_span(row["added"]) for row in self.rows if row["added"]] if self.unchanged else []

    def place(self, index: int, column: str = "") -> Place:
        """Return where a proposal stands, for messages."""
        return Place(self.path.as_posix(), index + 2, self.rows[index]["id"], column=column)

    @property
    def unchanged(self) -> bool:
        """Whether the document is still there as it was read."""
        return self.document.is_file() and sha256(self.document.read_bytes()).hexdigest() == self.sha256


def sheet(path: Path, file: Path, source: str, document: Document, proposed: Iterable[Proposed], as_of: str = "") -> Sheet:
    """Return the table of a document's proposals; what was decided on those of an earlier reading stays.

    Args:
        path: Where it is, or will be.
        file: The document.
        source: Key of its source.
        document: Its text.
        proposed: What it proposes.
        as_of: Day of the edition it is; empty for the day of its source.

    Raises:
        DataError: If there is a table that cannot be read.
    """
    before = {key: row for key, row in _known(read(path).rows) if row["decision"]} if path.exists() else {}
    rows = [before.get(key, row) for key, row in _known([row_of(one) for one in proposed])]
    return Sheet(path, file.resolve(), source, document.sha256, rows, as_of)


def _known(rows: Sequence[Row]) -> Iterator[tuple[tuple[str, str, int], Row]]:
    """Yield rows with what tells each from every other of its document, also after its cells were edited: which one it is of its passage."""
    times: Counter[tuple[str, str]] = Counter()
    for row in rows:
        times[place := (f"{row['kind']} {row['passage']}", row["at"])] += 1
        yield (*place, times[place]), row


def row_of(one: Proposed) -> Row:
    """Return the row of a proposal, nothing decided."""
    told = {f"{name}_from": one.words.get(name, "") for name in FROM}
    about = {"reason": one.reason, "kind": one.kind, "passage": one.passage, "at": one.at}
    return dict.fromkeys(COLUMNS, "") | one.cells | told | about | {"added": f"{one.span[0]}-{one.span[1]}" if one.added else ""}


def _span(written: str) -> Span:
    low, _, high = written.partition("-")
    return int(low), int(high)


def read(path: Path) -> Sheet:
    """Return a table of proposals as it was written, and perhaps edited in a spreadsheet since.

    Raises:
        DataError: If it cannot be read, a decision is none, or it was moved away from what says which document it is of.
    """
    cells = read_rows(path, path.as_posix(), COLUMNS, least=0)
    try:
        origin = parse_json(path.with_name(ORIGIN).read_text(encoding="utf-8"))
        file, source, held, as_of = (origin[name] for name in ("file", "source", "sha256", "as_of"))
        if not all(isinstance(cell, str) for cell in (file, source, held, as_of)):
            raise TypeError("it says so in no words")
        found = Sheet(path, Path(file), source, held, [], as_of)
    except (OSError, ValueError, KeyError, TypeError):
        told = f"says which document the proposals are of, and is not beside {path.name} as it was written."
        raise DataError(
            Problem(Place(path.with_name(ORIGIN).as_posix()), told, "Read the document again: evidence read FILE --source KEY")
        ) from None
    found.rows = [dict(zip(COLUMNS, (_unquoted(cell) for cell in row), strict=True)) for row in cells[1:]]
    wrong = [
        Problem(found.place(index, "decision"), f'found "{row["decision"]}".', f"Write {ACCEPT}, {EXCUSE} or {LEAVE}, or leave it empty.")
        for index, row in enumerate(found.rows)
        if row["decision"] not in DECISIONS
    ]
    wrong += [
        Problem(found.place(index, name), f'found "{row[name]}".', "Leave this cell as evidence read has written it.")
        for index, row in enumerate(found.rows)
        for name, pattern in (("kind", "|".join(OWN)), ("added", r"(?:\d+-\d+)?"))
        if not re.fullmatch(pattern, row[name])
    ]
    if wrong:
        raise DataError(wrong)
    return found


def _unquoted(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and harmless(cell[1:]) == cell else cell


@dataclass(frozen=True, slots=True)
class Decided:
    """What an author has decided and the library does not have yet.

    Attributes:
        records: Records, by column, each with its row in the table.
        excuses: Rows of `not-evidence`, each once.
    """

    records: Sequence[tuple[int, Row]]
    excuses: Sequence[Row]


def decided(found: Sheet, as_of: str, known: Iterable[str] = ()) -> Decided:
    """Return what of a table is to go into the library.

    Args:
        found: The table.
        as_of: Day its source was published.
        known: Passages of the source that are excused already.

    Raises:
        DataError: If an excuse has no reason.
    """
    bare = [index for index, row in enumerate(found.rows) if row["decision"] == EXCUSE and not row["reason"]]
    if bare:
        raise DataError(
            [Problem(found.place(index, "reason"), "an excuse needs one.", "Say why the number is no evidence.") for index in bare]
        )
    records = [(index, record(found, index, as_of)) for index, row in enumerate(found.rows) if row["decision"] == ACCEPT]
    passages = {row["passage"]: row["reason"] for row in found.rows if row["decision"] == EXCUSE}
    excuses = [
        {"source": found.source, "text": passage, "reason": reason} for passage, reason in passages.items() if passage not in set(known)
    ]
    return Decided(records, excuses)


def record(found: Sheet, index: int, as_of: str) -> Row:
    """Return the record that a proposal would be, by column.

    Args:
        found: The table.
        index: Which of its rows.
        as_of: Day its source was published.
    """
    row = found.rows[index]
    return {name: row[name] for name in OWN[row["kind"]]} | {"source": found.source, "as_of": as_of}


def taken(found: Sheet) -> None:
    """Mark what was decided as in the library now."""
    for row in found.rows:
        if row["decision"] in (ACCEPT, EXCUSE):
            row["decision"] = TAKEN
