"""A later edition of a source beside what the library holds of it: each record with its place there, and what became of its number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.catalog.verify import Text, normalise
from evidence.reading.naming import telling
from evidence.reading.proposed import Proposed

UNCHANGED, CHANGED, MOVED, GONE = "unchanged", "changed", "for another period", "gone"
"""What became of a number: it is the same; it is another; it is the same of another time; nothing is like it."""

_ALIKE = 0.5
"""Share of the words of two sentences, together, that both have where they are about the same."""
_BESIDE = 1.5
"""The same of the words of its clause on both sides of a number, added, where that alone tells that it is the same number."""
_SIDE = 45
_CLAUSE = re.compile(r"[,;:.()](?:\s|$)")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Paired:
    """A record and its place in a later edition.

    Attributes:
        record: Its cells, by column.
        found: What the edition proposes there; None where the record is gone.
        became: What became of its number.
    """

    record: Row
    found: Proposed | None
    became: str


def pair(records: Sequence[Row], old: Text, new: Text, proposed: Sequence[Proposed]) -> list[Paired]:
    """Return each record that stands in the earlier text with its place in the later one; no place is given twice.

    Args:
        records: The newest records of the source, by column, each with a quote.
        old: Text of the edition they are from.
        new: Text of the later one.
        proposed: What that proposes.
    """
    standing = [record for record in records if next(old.occurrences(normalise(record["quote"])), None)]
    likely = sorted(
        (
            (score, index, place)
            for index, record in enumerate(standing)
            for place, one in enumerate(proposed)
            if (score := _likeness(record, one, new))
        ),
        key=lambda found: (-found[0], found[1], found[2]),
    )
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, index, place in likely:
        if index not in taken and place not in used:
            taken[index] = place
            used.add(place)
    return [_became(record, proposed[taken[index]] if index in taken else None) for index, record in enumerate(standing)]


def _likeness(record: Row, one: Proposed, new: Text) -> float:
    """Return how much alike a record and a proposal are; nothing where their units or their ends of ranges are not, or their sentences."""
    if record["unit"] != one.cells["unit"] or _end(record) != _end(one.cells):
        return 0
    before, stated, after = normalise(record["quote"]).partition(normalise(record["stated"]))
    low, high = one.span
    sides = (before[-_SIDE:], new.plain[max(0, low - _SIDE) : low]), (after[:_SIDE], new.plain[high : high + _SIDE])
    left, right = [_CLAUSE.split(text)[-1] for text in sides[0]], [_CLAUSE.split(text)[0] for text in sides[1]]
    whole, beside = _shared(record["quote"], one.cells["quote"]), _shared(*left) + _shared(*right)
    told = bool(telling(" ".join(left)) and telling(" ".join(right)))
    if whole < _ALIKE and not (told and beside >= _BESIDE):
        return 0
    return whole + beside + 0.01 * (stated == one.cells["stated"])


def _end(cells: Row) -> str:
    end = cells["id"].rpartition(".")[2]
    return end if end in ("low", "high") else ""


def _shared(first: str, second: str) -> float:
    """Return the share of the words of two passages, together, that both have; all where neither has any."""
    ours, theirs = set(telling(first)), set(telling(second))
    return len(ours & theirs) / len(ours | theirs) if ours | theirs else 1.0


def _became(record: Row, one: Proposed | None) -> Paired:
    if one is None:
        return Paired(record, None, GONE)
    if record["value"] != one.cells["value"] or normalise(record["stated"]) != one.cells["stated"]:
        return Paired(record, one, CHANGED)
    period = one.cells["period"]
    return Paired(record, one, MOVED if period and period != record["period"] else UNCHANGED)


def vintages(paired: Iterable[Paired], as_of: str) -> list[Row]:
    """Return the records of a later edition that follow those which changed: the new number and quote, and the period only as told there.

    Args:
        paired: Records with their places.
        as_of: Day the edition was published.
    """
    return [_vintage(one.record, one.found, as_of) for one in paired if one.found and one.became in (CHANGED, MOVED)]


def _vintage(record: Row, one: Proposed, as_of: str) -> Row:
    cells = {name: one.cells[name] for name in ("quote", "stated", "value", "unit", "direction", "locator")}
    still = record["period"] if record["period"] and record["period"] in one.cells["quote"] else ""
    return record | cells | {"period": one.cells["period"] or still, "origin": one.cells["origin"] or record["origin"], "as_of": as_of}
