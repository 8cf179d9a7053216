"""Read a producer's file as its connector declares it: whatever is not as declared is an error, never a number."""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from evidence.errors import RefreshError
from evidence.parsing import parse_json
from evidence.refresh.connectors import Connector, Placed
from evidence.refresh.transport import Answer

_TABLES = frozenset({"text/csv", "text/plain", "application/csv", "application/octet-stream", "application/vnd.sdmx.data+csv", ""})
_RECORDS = frozenset({"application/json", "text/json", "text/plain", "application/octet-stream", "application/ld+json", ""})
_PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|[a-z]+[\s>])", re.IGNORECASE)
_NUMBER = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?")
"""A plain number with no more digits than any statistic has."""
SUPPRESSED = frozenset({"", "x", "c", "z", "u", "w", "k", "~", "*", "-", ":", "..", ".", "low", "n/a", "na"})
"""Marks that stand for a value withheld or not known, brackets taken off; from the guidance on symbols in official statistics."""
PLAIN_STATUS = frozenset({"", "A"})
"""What the status column of a plain value holds: nothing, or `A` for a normal value in the SDMX code list of observation status."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file that counts.

    Attributes:
        number: Its line as a spreadsheet counts it.
        cells: Its cells by column.
        period: Its period as the file writes it.
        key: That period as whole numbers that sort by time.
        value: Its value as the file writes it.
        status: What the status column says, or empty.
    """

    number: int
    cells: dict[str, str]
    period: str
    key: tuple[int, ...]
    value: str
    status: str

    @property
    def suppressed(self) -> bool:
        """Whether the value is withheld or not known."""
        return self.value.strip("[]").lower() in SUPPRESSED

    def holds(self, placed: Placed) -> bool:
        """Return whether these columns hold these cells."""
        return all(self.cells[name] == value for name, value in placed)


def released(answer: Answer, connector: Connector) -> str:
    """Return the date of the newest release that a producer's JSON tells, ISO.

    Raises:
        RefreshError: If it is no JSON, or holds no date where it should.
    """
    path = connector.row["release_field"]
    try:
        found = _field(parse_json(_text(answer, _RECORDS, "JSON")), path)
    except json.JSONDecodeError as error:
        raise RefreshError(f"{answer.address}: not JSON ({error}). Look at it by hand and correct connectors.csv.") from None
    except ValueError as error:
        raise RefreshError(
            f"{answer.address}: JSON that nothing can hold ({error}). Look at it by hand and correct connectors.csv."
        ) from None
    except LookupError:
        raise RefreshError(f"{answer.address}: no field {path}. Look at it by hand and correct release_field in connectors.csv.") from None
    try:
        return date.fromisoformat(str(found)[:10]).isoformat()
    except ValueError:
        raise RefreshError(f'{answer.address}, field {path}: found "{found}", expected a date such as 2026-04-30.') from None


def _field(found: Any, path: str) -> Any:
    """Return what stands at the end of a path of names, or of places in lists, counted from 0."""
    for name in path.split("/"):
        if isinstance(found, list) and name.isdigit():
            found = found[int(name)]
        elif isinstance(found, dict):
            found = found[name]
        else:
            raise LookupError(name)
    return found


def read(answer: Answer, connector: Connector) -> list[Row]:
    """Return the rows of a producer's file that count, with their periods and values still as written.

    Raises:
        RefreshError: If the file is not text, not a table, or not the table declared: names file, column or row, found and expected.
    """
    header, *lines = _cells(_text(answer, _TABLES, "CSV"), connector)
    _check_header(header, connector)
    _check_widths(header, lines, connector)
    rows = []
    for number, line in enumerate(lines, start=2):
        cells = dict(zip(header, (cell.strip() for cell in line), strict=True))
        if all(cells[name] == value for name, value in connector.rows):
            _check_constant(cells, number, connector)
            rows += _wide(cells, number, connector) if connector.wide else _long(cells, number, connector)
    if not rows:
        told = "; ".join(f"{name}={value}" for name, value in connector.rows)
        raise RefreshError(
            f"{connector.file}: no row with {told} and a period like {connector.row['period_pattern']}. {_look(connector, 'rows')}"
        )
    return rows


def number(row: Row, connector: Connector) -> str:
    """Return the value of a row after checking that it is a plain number.

    Raises:
        RefreshError: If it is not: a comma, a sign of currency or a letter could mean anything.
    """
    if not _NUMBER.fullmatch(row.value):
        column = row.period if connector.wide else connector.row["value_column"]
        raise RefreshError(
            f'{connector.file}, row {row.number}, column {column}: found "{row.value}", expected a plain number such as 559.9. '
            "Look at the file; if this is a mark for a withheld value, add it to SUPPRESSED in evidence/refresh/table.py."
        )
    return row.value


def _text(answer: Answer, kinds: frozenset[str], form: str) -> str:
    if answer.kind not in kinds:
        raise RefreshError(f"{answer.address}: the producer sends {answer.kind}, expected {form}. Look at the address by hand.")
    try:
        text = answer.body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefreshError(f"{answer.address}: byte {error.start} is not UTF-8 text. Expected {form}; look at the file by hand.") from None
    if not text.strip():
        raise RefreshError(f"{answer.address}: the file is empty, expected {form}. Try again later.")
    if _PAGE.match(text):
        raise RefreshError(f"{answer.address}: a web page came, expected {form}. The service may be down, or the file has moved.")
    if "\0" in text:
        raise RefreshError(f"{answer.address}: holds null bytes, expected {form}. Look at the file by hand.")
    return text


def _cells(text: str, connector: Connector) -> list[list[str]]:
    try:
        return [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if line]
    except csv.Error as error:
        raise RefreshError(f"{connector.file}: not a table ({error}). Look at the file by hand.") from None


def _look(connector: Connector, column: str) -> str:
    return f"Look at {connector.row['address']} and correct {column} of {connector.source} in connectors.csv."


def _check_header(header: list[str], connector: Connector) -> None:
    for name in connector.columns:
        if header.count(name) != 1:
            near = difflib.get_close_matches(name, header, n=1, cutoff=0.4)
            fault = "there twice" if name in header else "missing" + (f'; the nearest there is "{near[0]}"' if near else "")
            raise RefreshError(
                f'{connector.file}, row 1: the column "{name}" is {fault}. Found {", ".join(header)[:300]}. {_look(connector, "columns")}'
            )


def _check_widths(header: list[str], lines: list[list[str]], connector: Connector) -> None:
    for count, line in enumerate(lines, start=2):
        if len(line) != len(header):
            raise RefreshError(
                f"{connector.file}, row {count}: {len(line)} cells where the header has {len(header)}. The file is cut off or damaged; try again."
            )


def _check_constant(cells: dict[str, str], count: int, connector: Connector) -> None:
    for name, value in connector.constant:
        if cells[name] != value:
            raise RefreshError(
                f'{connector.file}, row {count}, column {name}: found "{cells[name]}", expected "{value}". The unit or the meaning has '
                f"changed, so no number is taken. {_look(connector, 'constant')}"
            )


def _long(cells: dict[str, str], count: int, connector: Connector) -> list[Row]:
    period = cells[connector.row["period_column"]]
    key = connector.period_key(period)
    if key is None:
        return []
    return [Row(count, cells, period, key, cells[connector.row["value_column"]], _status(cells, connector))]


def _wide(cells: dict[str, str], count: int, connector: Connector) -> list[Row]:
    found = [(name, connector.period_key(name)) for name in cells if name not in connector.columns]
    return [Row(count, cells, name, key, cells[name], _status(cells, connector)) for name, key in found if key is not None]


def _status(cells: dict[str, str], connector: Connector) -> str:
    name = connector.row["status_column"]
    return "" if not name or cells[name] in PLAIN_STATUS else cells[name]
