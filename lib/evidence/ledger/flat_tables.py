"""The ledger as flat tables for spreadsheets: the same records and fields as its JSON, lists joined into one cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast, get_type_hints

from evidence.catalog import decimal
from evidence.catalog.rows import csv_text, harmless
from evidence.catalog.schema import FIGURES
from evidence.ledger import records

SEPARATOR = " | "
"""Between the items of a list; an upright line inside an item is written with a backslash before it."""

_TABLES = {"figures": records.Figure, "findings": records.Finding, "claims": records.Claim, "statements": records.Statement}
_NESTED = {"places": records.Place, "vintages": records.Vintage}


def csv_tables(ledger: records.Ledger) -> dict[str, str]:
    r"""Return `figures`, `findings`, `claims` and `statements` as CSV text, by name; columns are there without rows too.

    Every number of a figure stands in digits; a value whose digits do not end also as a fraction, in `value_exact`. What a spreadsheet would
    run as a formula has an apostrophe before it. Further columns of the figures' tables stand at the end. A list of records becomes one column for each of their fields, named by both: `places_quote` lists the quotes of all places in their order.

    Example:
        >>> made = csv_tables({"figures": [], "findings": [], "claims": [], "statements": []})
        >>> made["claims"]
        'id,holds,beyond_chance,states,safe,safe_words,safe_rule,threshold,figures,chapters\n'
    """
    plain = {**ledger, "figures": [_in_digits(row) for row in ledger["figures"]]}
    return {name: _csv(_columns(record), *_flat(cast(Any, plain)[name])) for name, record in _TABLES.items()}


_EXACT = "value_exact"


def _in_digits(row: records.Figure) -> dict[str, Any]:
    """Return a figure whose value is a number for every program, with the fraction beside it where that is exact and digits are not."""
    value = row["value"]
    return {**row, "value": decimal(value), "signed": decimal(row["signed"]), _EXACT: value if "/" in value else ""}


def _flat(rows: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Return records with their further columns beside the others, and the names of those that any of them fills, as they are declared."""
    filled = {name for row in rows for name in row.get("further", {})}
    names = [name for name in FIGURES.names if name in filled]
    return [{**dict.fromkeys(names, ""), **row, **row.get("further", {})} for row in rows], names


def _columns(record: Any) -> list[tuple[str, str]]:
    """Return the columns of a record as pairs: its field, and the field inside that where it lists records."""
    columns = [
        (field, inner)
        for field in get_type_hints(record)
        if field != "further"
        for inner in (_NESTED[field].__annotations__ if field in _NESTED else [""])
    ]
    if record is records.Figure:
        columns.insert(columns.index(("value", "")) + 1, (_EXACT, ""))
    return columns


def _csv(declared: Sequence[tuple[str, str]], rows: Sequence[Mapping[str, Any]], further: Sequence[str]) -> str:
    columns = [*declared, *((name, "") for name in further)]
    cells = ([_cell(_values(row[field], inner)) for field, inner in columns] for row in rows)
    return csv_text([["_".join(part for part in column if part) for column in columns], *cells])


def _values(value: Any, inner: str) -> Any:
    return [item[inner] for item in value] if inner else value


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return harmless(SEPARATOR.join(str(item).replace("|", r"\|") for item in value))
    if isinstance(value, bool):
        return str(value).lower()
    return harmless("" if value is None else str(value))
