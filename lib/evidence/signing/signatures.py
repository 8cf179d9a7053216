"""Which signatures hold, which are void and why, and what share of a page is signed by whom."""

from __future__ import annotations

import difflib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from evidence.catalog import Library, schema
from evidence.catalog.patterns import LONGEST_CELL
from evidence.catalog.rows import runs
from evidence.parsing import parse_json
from evidence.problems import Problem
from evidence.signing.items import Item
from evidence.statements.signed import SENTENCE

_TABLE = schema.COUNTERSIGNED
_LIKE = 0.6
"""How like an old text must be to be taken for what a sentence was."""
_PARTS = (("wording", "wording"), ("values", "value"), ("sources", "source"))
Signature = dict[str, Any]
"""A row of the table of countersignatures, by column."""


@dataclass(slots=True)
class Void:
    """What an unsigned item was when it was signed.

    Attributes:
        signature: The signature that is void.
        changed: What is another since then, of `wording`, `value`, `source`.
    """

    signature: Signature
    changed: tuple[str, ...]

    def cells(self, item: Item) -> dict[str, dict[str, tuple[str, str]]] | None:
        """Return each cell under an item that is another since then, as it was and as it is, by record and column; None where the signature kept none."""
        if (then := _basis(self.signature["basis"])) is None:
            return None
        now = item.basis
        pairs = {
            called: {
                name: (then.get(called, {}).get(name, ""), now.get(called, {}).get(name, ""))
                for name in dict.fromkeys([*then.get(called, {}), *now.get(called, {})])
            }
            for called in dict.fromkeys([*now, *then])
        }
        differing = {called: {name: pair for name, pair in cells.items() if pair[0] != pair[1]} for called, cells in pairs.items()}
        return {called: cells for called, cells in differing.items() if cells}


def _basis(written: str) -> dict[str, dict[str, str]] | None:
    """Return the cells that a signature kept; None where it kept none that can be read."""
    try:
        found = parse_json(written or "null")
    except ValueError:
        return None
    return found if isinstance(found, dict) and all(isinstance(cells, dict) for cells in found.values()) else None


class Signatures:
    """The countersignatures of a library.

    Args:
        library: The library.
    """

    def __init__(self, library: Library) -> None:
        self.rows: list[Signature] = [{name: row[name] for name in _TABLE.names} for row in library.all_rows(_TABLE.name)]
        self._of: dict[str, list[Signature]] = defaultdict(list)
        for row in self.rows:
            self._of[row["hash"]].append(row)

    def of(self, item: Item) -> list[Signature]:
        """Return the signatures that hold for an item."""
        return self._of.get(item.hash, [])

    def void(self, found: Iterable[Item]) -> list[Signature]:
        """Return the signatures that hold for none of the items of a book."""
        there = {item.hash for item in found}
        return [row for row in self.rows if row["hash"] not in there]

    def since(self, found: Iterable[Item], void: Sequence[Signature]) -> list[str]:
        """Return of each void signature what is another since then, such as `another value`; or that what it was for is gone."""
        unsigned = (item for item in found if void and not self.of(item))
        then = {id(was.signature): was.changed for item in unsigned if (was := self.was(item, void))}
        return [f"another {', '.join(then[id(row)])}" if then.get(id(row)) else "no longer there" for row in void]

    @staticmethod
    def was(item: Item, void: Sequence[Signature]) -> Void | None:
        """Return what an unsigned item was when it was last signed: with the same words, or with words like them in the same place.

        Args:
            item: The item.
            void: Signatures that hold for nothing any more.
        """
        same = [row for row in void if row["wording"] == item.wording]
        near = same or [row for row in void if row["where"] == item.page and _like(row["text"], item.text) > _LIKE]
        if not near:
            return None
        last = max(near, key=lambda row: (_like(row["text"], item.text), row["date"]))
        return Void(last, tuple(told for column, told in _PARTS if last[column] != getattr(item, column)))


def _like(one: str, other: str) -> float:
    """Return how like two texts are, from 0 to 1; 0 where it is clear soon that they are not."""
    matcher = difflib.SequenceMatcher(None, one, other)
    return matcher.ratio() if min(matcher.real_quick_ratio(), matcher.quick_ratio()) > _LIKE else 0.0


@dataclass(slots=True)
class Share:
    """How much of a page is countersigned.

    Attributes:
        linked: How many of its sentences carry a link.
        signed: How many of these somebody found right, by independence; one that two have signed counts for each.
    """

    linked: int = 0
    signed: Counter[str] = field(default_factory=Counter)


def share_of(found: Iterable[Item], signatures: Signatures) -> dict[str, Share]:
    """Return how much of each page is countersigned, by its name; of a data file its rows count as sentences that carry a link."""
    shares: dict[str, Share] = defaultdict(Share)
    for item in found:
        share = shares[item.page]
        if item.links or item.kind != SENTENCE:
            share.linked += 1
            share.signed.update({row["independence"] for row in signatures.of(item) if row["verdict"] == "right"})
    return dict(shares)


def wrong(found: Iterable[Item], signatures: Signatures) -> list[Problem]:
    """Return what countersigners found wrong and is as it was."""
    return [
        Problem(
            item.place,
            f"{row['by']} found it wrong on {row['date']}: {row['note'] or 'no note'}",
            "Mend the sentence or the record, or have it signed anew: evidence countersign.",
            sentence=item.text,
        )
        for item in found
        for row in signatures.of(item)
        if row["verdict"] == "wrong"
    ]


def signed(item: Item, by: str, independence: str, day: str, verdict: str, note: str = "") -> Signature:
    """Return the signature of an item.

    Args:
        item: What is signed.
        by: Who signs.
        independence: Who that is to its author, of `schema.INDEPENDENCE`.
        day: When, ISO.
        verdict: `right` or `wrong`.
        note: What is wrong with it.
    """
    parts = {"hash": item.hash, "wording": item.wording, "values": item.values, "sources": item.sources}
    return parts | {
        "verdict": verdict,
        "by": by,
        "independence": independence,
        "date": day,
        "where": item.page,
        "text": _shown(item.text),
        "basis": json.dumps(item.basis, ensure_ascii=False) if item.basis else "",
        "note": _shown(note),
    }


def _shown(text: str) -> str:
    """Return what an item says as a cell may hold it: no longer than one, and nothing that a spreadsheet would run."""
    return (text.lstrip("=+-@ ") if runs(text) else text)[:LONGEST_CELL].strip()


def with_signature(rows: Iterable[Signature], new: Signature, instead: Signature | None = None) -> list[Signature]:
    """Return the rows of the table with one more, in their order; in place of one of the same signer for the same item, or for what it was."""
    kept = [row for row in rows if row["by"] != new["by"] or row["hash"] not in (new["hash"], instead["hash"] if instead else "")]
    return sorted([*kept, new], key=lambda row: tuple(row[name] for name in _TABLE.key))
