"""Signatures of a book whose records or pages a command gives other names: what was signed says what it said, so it stays signed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence.catalog import load, schema
from evidence.catalog.rows import write_rows
from evidence.signing.items import VALUES, Item, items
from evidence.signing.signatures import Signature, Signatures, signed
from evidence.statements.signed import SENTENCE

_TABLE = schema.COUNTERSIGNED
_SAID = (*VALUES, "quote", "population", "place", "period")
"""Columns that no name of a record stands in."""
_ADDRESS = re.compile(r"\]\([^)]*\)")


def carry(before: Path, after: Path) -> None:
    """Let the signatures of a book hold in a copy of it in which names are others and nothing else is, where it has any.

    Args:
        before: The book as it was.
        after: Folder of the copy, its rows still in their order; its table of countersignatures is written.
    """
    path = after / "data" / _TABLE.path
    if not path.exists():
        return
    library = load(after / "data")
    now = _renamed(items(load(before / "data"), before / "chapters"), items(library, after / "chapters"))
    rows = [_of(now[row["hash"]], row) if row["hash"] in now else row for row in Signatures(library).rows]
    write_rows(path, [_TABLE.names, *([row[name] for name in _TABLE.names] for row in rows)])


def _of(item: Item, row: Signature) -> Signature:
    return signed(item, row["by"], row["independence"], row["date"], row["verdict"], row["note"])


def _renamed(was: list[Item], now: list[Item]) -> dict[str, Item]:
    """Return what each item is now whose hash is another, by the hash it had; without those of which a number, a quote, or whom, where and when it is about, is another too."""
    there, here = ({item.hash for item in found} for found in (was, now))
    new = {place: item for place, item in _placed(now) if item.hash not in there}
    pairs = ((item, new[place]) for place, item in _placed(was) if item.hash not in here and place in new)
    return {old.hash: item for old, item in pairs if _said(old) == _said(item)}


def _placed(found: Iterable[Item]) -> Iterator[tuple[tuple[str, str, int], Item]]:
    """Yield each item with what no name changes: of a sentence its words, of a row its table; and how many of these there were before it."""
    times: Counter[tuple[str, str]] = Counter()
    for item in found:
        same = item.kind, _ADDRESS.sub("]", item.text) if item.kind == SENTENCE else ""
        times[same] += 1
        yield (*same, times[same]), item


def _said(item: Item) -> list[str]:
    """Return the numbers and quotes that an item rests on, and of whom, where and when they are."""
    return sorted(f"{name}: {cell}" for cells in item.basis.values() for name, cell in cells.items() if name in _SAID)
