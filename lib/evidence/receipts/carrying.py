"""Receipts of a book that a command changes: those of records it rewrites go with them, those it ends end, new records get one of their own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evidence.catalog import load, schema
from evidence.catalog.declaration import Table
from evidence.catalog.library import Library
from evidence.catalog.rows import write_rows
from evidence.receipts.fields import OURS, PAGE, PROVED, TYPED, fields, named, own, source_of, written
from evidence.receipts.holding import Held, held

_RECEIPTS = schema.RECEIPTS
Receipt = dict[str, str]
"""The cells of a receipt, by column."""


def carry(before: Path, after: Path) -> None:
    """Rewrite the receipts of a changed copy of a data library, where the library has any.

    A record that fits its receipt before keeps its proof while its quote and number are the same: a command has renamed it, or what it names. One
    with another number, and one that the command adds, gets that of a record which no document was at hand for, unless the copy holds a receipt
    for it already. What did not fit before does not fit after.

    Args:
        before: Folder of the library as it was.
        after: Folder of the copy; its table of receipts is written.
    """
    if not any((folder / _RECEIPTS.path).exists() for folder in (before, after)):
        return
    old, new = load(before), load(after)
    was, _ = held(old)
    now, orphans = held(new)
    pairs = _paired(was, now)
    kept = [_kept(one, pairs.get(id(one.row)), new) for one in now]
    ended = {_key(one.receipt) for one in was if one.fits and one.receipt}
    left = [receipt for receipt in orphans if _key(receipt) not in ended]
    rows = [receipt for receipt in (*kept, *left) if receipt is not None]
    write_rows(after / _RECEIPTS.path, [_RECEIPTS.names, *(_cells(row) for row in ordered(rows))])


def ordered(rows: list[Receipt]) -> list[Receipt]:
    """Return receipts in the order of their table."""
    return sorted(rows, key=lambda row: tuple(row[name] for name in _RECEIPTS.key))


def _kept(one: Held, before: Held | None, library: Library) -> Receipt | None:
    """Return the receipt of a record after a change, or None where it has none and is to have none."""
    if one.fits or (before and not before.fits):
        return one.receipt
    if (
        before
        and before.receipt
        and all(before.row[name] == one.row[name] for name in PROVED if name in one.table.names and name != "source")
    ):
        return renewed(before.receipt, one.table, one.row)
    return first(library, one.table, one.row)


def renewed(receipt: Mapping[str, Any], table: Table, row: Mapping[str, Any]) -> Receipt:
    """Return a receipt whose proof stands for a record that was rewritten."""
    return {**{name: receipt[name] for name in _RECEIPTS.names}, "record": named(table, row), "fields": written(fields(table, row))}


def first(library: Library, table: Table, row: Mapping[str, Any]) -> Receipt:
    """Return the receipt of a record that no document was at hand for."""
    source = source_of(library, table, row)
    texts = library.by_id("sources").get(source, {}).get("seed")
    how = OURS if own(library, source) else TYPED if texts else PAGE
    return dict.fromkeys(_RECEIPTS.names, "") | {
        "kind": table.name,
        "record": named(table, row),
        "how": how,
        "fields": written(fields(table, row)),
    }


def proof_stands(one: Held) -> bool:
    """Return whether a changed record still says what its document was found to say, so that its proof is as good as it was."""
    return one.receipt is not None and not set(one.changed) & set(PROVED)


def _paired(was: list[Held], now: list[Held]) -> dict[int, Held]:
    """Return what each record was before, by the identity of its row: by the key of its table, else by its place in a file that lost none."""
    by_key, by_place = {}, {}
    lengths: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for one in was:
        by_key[one.table.name, _record_key(one)] = one
        by_place[one.row["_file"], one.row["_row"]] = one
        lengths[one.row["_file"]][0] += 1
    for one in now:
        lengths[one.row["_file"]][1] += 1
    found = {}
    for one in now:
        same = by_key.get((one.table.name, _record_key(one)))
        before, after = lengths[one.row["_file"]]
        found[id(one.row)] = same or (by_place.get((one.row["_file"], one.row["_row"])) if before == after else None)
    return {key: one for key, one in found.items() if one}


def _record_key(one: Held) -> tuple[str, ...]:
    return tuple(one.row[name] for name in one.table.key)


def _key(receipt: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(receipt[name] for name in _RECEIPTS.key)


def _cells(row: Mapping[str, Any]) -> list[str]:
    return [row[name] for name in _RECEIPTS.names]
