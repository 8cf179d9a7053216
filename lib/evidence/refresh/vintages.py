"""Make candidate vintages: a producer's newer values as records of the data library, in its columns and its way of writing."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from evidence.catalog import Figure, Library, plain
from evidence.catalog.characters import shown
from evidence.catalog.periods import read_period
from evidence.catalog.rows import FILE, ROW
from evidence.catalog.validation import further_problems
from evidence.errors import QuantityError, RefreshError
from evidence.quantity import Quantity, parse
from evidence.refresh.connectors import NEWEST, Connector, Wanted
from evidence.refresh.table import Row, number


@dataclass(frozen=True, slots=True)
class Candidate:
    """A new vintage of a figure.

    Attributes:
        figure: Its id.
        old: The figure as the library has it.
        row: The new record, by column.
        flags: What a steward should look at before accepting it.
        cell: Column and line of the producer's file that it was read in, as a spreadsheet counts them.
    """

    figure: str
    old: Figure
    row: dict[str, str]
    flags: tuple[str, ...]
    cell: tuple[str, int]


@dataclass(slots=True)
class Drawn:
    """What a file gives for the figures of a connector.

    Attributes:
        candidates: New vintages.
        unchanged: Figures whose period and value the release states as the library does.
        withheld: Figures without a number in this release, each with the reason.
    """

    candidates: list[Candidate] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)


def drawn(rows: list[Row], connector: Connector, library: Library, released: str) -> Drawn:
    """Return the new vintages that a producer's file gives.

    Args:
        rows: The rows of the file that count.
        connector: How they are read.
        library: What they are held against.
        released: Date of the release, ISO.

    Raises:
        RefreshError: If a figure has no row or several, a cell is no number, or a record does not fit the library.
    """
    found = Drawn()
    newest, beyond = _newest(rows, connector, released)
    for wanted in connector.wanted:
        row = _row(rows, newest, wanted, connector)
        old = _record(library, wanted.figure)
        if row is None or row.suppressed:
            said = f'suppressed ("{row.value}")' if row else f"no row for {connector.period(_cell(rows, newest))}"
            found.withheld.append(f"{wanted.figure}: {said}; the library keeps {old.stated} of {old.period}")
            continue
        candidate = _candidate(row, wanted, connector, old, released, beyond if wanted.period == NEWEST else "")
        if (candidate.row["period"], candidate.row["stated"]) == (old.period, old.stated):
            found.unchanged.append(wanted.figure)
        else:
            _check_record(candidate, library, connector)
            found.candidates.append(candidate)
    return found


def _newest(rows: list[Row], connector: Connector, released: str) -> tuple[tuple[int, ...], str]:
    """Return the newest period of a file that has begun by the day of its release, as numbers, and the last one after that in words, or nothing."""
    told = {row.key: connector.period(row.period) for row in rows}
    ahead = {key for key, period in told.items() if _begins_after(key, period, released)}
    if not (begun := set(told) - ahead):
        raise RefreshError(
            f"{connector.file}: every period begins after the release of {released}, {told[min(ahead)]} the first. These are no outturns; look at it by hand."
        )
    return max(begun), told[max(ahead)] if ahead else ""


def _begins_after(key: tuple[int, ...], period: str, released: str) -> bool:
    days = read_period(period)
    return days.start > released if days is not None else key[0] > int(released[:4])


def _cell(rows: list[Row], key: tuple[int, ...]) -> str:
    return next(row.period for row in rows if row.key == key)


def _row(rows: list[Row], newest: tuple[int, ...], wanted: Wanted, connector: Connector) -> Row | None:
    """Return the row of a figure: of the file's newest period, or of the one it stays with; None if that period has none."""
    about = [row for row in rows if row.holds(wanted.rows)]
    told = "; ".join(f"{name}={value}" for name, value in (*connector.rows, *wanted.rows))
    if not about:
        raise RefreshError(
            f"{connector.file}: no row with {told}, which {wanted.figure} is read from. The area or its code may have changed: "
            "look at the file and correct connected.csv."
        )
    right = [row for row in about if (row.key == newest if wanted.period == NEWEST else connector.period(row.period) == wanted.period)]
    if len(right) > 1:
        lines = " and ".join(str(row.number) for row in right[:2])
        raise RefreshError(
            f"{connector.file}, rows {lines}: both have {told} and period {right[0].period}, expected one. "
            "The file has a new breakdown: add the column that tells them apart to rows in connectors.csv."
        )
    return right[0] if right else None


def _record(library: Library, identifier: str) -> Figure:
    """Return the newest record of a figure, the charted one where there are several, so that charts keep drawing it."""
    places = library.places(identifier)
    return next((figure for figure in places if figure.series), places[0])


def _candidate(row: Row, wanted: Wanted, connector: Connector, old: Figure, released: str, beyond: str) -> Candidate:
    printed = _rounded(number(row, connector), connector)
    stated = str(connector.row["stated"]).replace("{}", f"{printed:,}")
    quantity = _quantity(stated, old, connector)
    period = connector.period(row.period)
    exact = _precision(printed, quantity) if connector.row["decimals"] == "0" else ""
    note = "; ".join(part for part in (connector.row["note"], wanted.note) if part)
    note += "; printed to the unit, so the zero at the end is no rounding" if exact else ""
    cells = old.renewed(
        quote="",
        stated=stated,
        value=plain(quantity),
        precision=exact,
        period=period,
        locator=old.locator.replace(old.period, period) if old.period in old.locator else f"{old.locator}, {period}",
        category=period if old.category == old.period else old.category,
        as_of=released,
        note=note,
    )
    column = row.period if connector.wide else connector.row["value_column"]
    asked = [f"the file goes on to {beyond}, after its release: is {period} an outturn, and no projection?"] if beyond else []
    flags = (*_flags(row, quantity, old, connector), *asked)
    return Candidate(wanted.figure, old, cells, flags, (column, row.number))


def _rounded(value: str, connector: Connector) -> Decimal:
    return Decimal(value).quantize(Decimal(1).scaleb(-int(connector.row["decimals"])), ROUND_HALF_UP)


def _quantity(stated: str, old: Figure, connector: Connector) -> Quantity:
    try:
        quantity = parse(stated)
    except QuantityError as error:
        raise RefreshError(f"connectors.csv ({connector.source}), column stated: {error}. Correct how the value is written.") from None
    if quantity.unit != old.unit:
        raise RefreshError(
            f'connectors.csv ({connector.source}), column stated: "{stated}" is in {quantity.unit}, but {old.id} is in {old.unit}. '
            "Correct how the value is written, or give the new unit an id of its own."
        )
    return quantity


def _precision(printed: Decimal, quantity: Quantity) -> str:
    """Return `exact` for a whole number whose zeros at the end would otherwise be taken for rounding; not for thousands or millions."""
    return "exact" if printed == printed.to_integral() and printed % 10 == 0 and quantity.anchor == Fraction(printed) else ""


def _flags(row: Row, new: Quantity, old: Figure, connector: Connector) -> list[str]:
    flags = [f'the file marks this value "{shown(row.status)}"'] if row.status else []
    before, now = old.quantity.anchor, new.anchor
    if before * now <= 0 and before != now:
        flags.append(f"{new.text} after {old.stated}: sign or nought has changed")
    elif before and not 1 / connector.factor <= now / before <= connector.factor:
        flags.append(f"{new.text} is {float(now / before):.2g} times {old.stated}, more than a factor of {connector.row['factor']}")
    return flags


def _check_record(candidate: Candidate, library: Library, connector: Connector) -> None:
    row: dict[str, Any] = candidate.row | {FILE: f"figures/{candidate.old.source}.csv", ROW: 0}
    problems = further_problems(row, library)
    if problems:
        raise RefreshError(f"{connector.file}: the record made from it does not fit the library. {' '.join(map(str, problems))}")
