"""Refresh: ask each producer for a newer release, store what comes, and draw candidate vintages from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from evidence.catalog import Library, freshness
from evidence.catalog.characters import shown
from evidence.catalog.rows import FILE, ROW
from evidence.catalog.schema import FIGURES, RECEIPTS
from evidence.errors import RefreshError
from evidence.receipts.carrying import Receipt
from evidence.receipts.cells import File, taken
from evidence.refresh import overlaying, store, table
from evidence.refresh.connectors import Connector, connectors
from evidence.refresh.transport import Limits, fetch
from evidence.refresh.vintages import Drawn, drawn
from evidence.writing import locked

_JSON = "application/json, text/plain;q=0.9"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of asking for one source.

    Attributes:
        source: Its key.
        held: Date of the newest release in the library, ISO.
        released: Date of the producer's newest release, ISO; empty if the producer was not understood.
        drawn: What the newer file gives; empty if nothing is newer.
        file: Where the newer file is kept, or None.
        receipts: Of each new vintage the cell of that file it was read in; none in a library that keeps no receipts.
        problem: Why nothing could be had, and what to do; empty if all went well.
    """

    source: str
    held: str
    released: str = ""
    drawn: Drawn = field(default_factory=Drawn)
    file: Path | None = None
    receipts: tuple[Receipt, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask and where to put the answers.

    Attributes:
        source: One source, or empty for all with a connector.
        store: Folder that keeps fetched files.
        into: Folder of the overlay.
        now: The moment, in UTC.
        limits: Time and size a producer may take.
    """

    source: str
    store: Path
    into: Path
    now: datetime
    limits: Limits = field(default_factory=Limits)


def refresh(library: Library, request: Request, done: Callable[[Outcome], None] = lambda _outcome: None) -> list[Outcome]:
    """Ask the producers and write the overlay of what is newer, if anything is; the library is only read.

    A producer that fails is told of in its outcome, and the others are asked all the same.

    Args:
        library: The data library.
        request: What to ask for, and where to put it.
        done: Called with each outcome as it is there.

    Raises:
        DataError: If the connectors are ill-declared.
        RefreshError: If there is none for the source asked for, the overlay may not be written where it should, or another command asks too.
    """
    declared = check_request(library, request)
    request.store.mkdir(parents=True, exist_ok=True)
    with locked(request.store) as free:
        if not free:
            raise RefreshError(
                f"{request.store}: another command asks the producers, and keeps there what they answer. Run this one again later."
            )
        return _all_asked(library, declared, request, done)


def _all_asked(library: Library, declared: dict[str, Connector], request: Request, done: Callable[[Outcome], None]) -> list[Outcome]:
    outcomes = []
    for source, connector in declared.items():
        if request.source in ("", source):
            outcomes.append(_asked(library, connector, request))
            done(outcomes[-1])
    candidates = [candidate for outcome in outcomes for candidate in outcome.drawn.candidates]
    if candidates:
        overlaying.write(request.into, candidates, [receipt for outcome in outcomes for receipt in outcome.receipts])
    return outcomes


def check_request(library: Library, request: Request) -> dict[str, Connector]:
    """Return the declared connectors by source, once the request is proved to make sense.

    Raises:
        DataError: If the connectors are ill-declared.
        RefreshError: If there is none for the source asked for, or the overlay may not be written where it should.
    """
    declared = connectors(library)
    if request.source and request.source not in declared:
        raise RefreshError(
            f'no connector for "{request.source}" in connectors.csv; there are {", ".join(declared) or "none"}. '
            "Sources without one are brought up to date by hand."
        )
    if library.directory is not None:
        overlaying.check_place(request.into, library.directory)
    return declared


def _asked(library: Library, connector: Connector, request: Request) -> Outcome:
    source = connector.source
    held = freshness.last_release(library, source)
    released = ""
    try:
        released = table.released(fetch(connector.row["release_address"], _JSON, request.limits), connector)
        _check_past(released, connector, request.now)
        if released <= held:
            store.note_check(request.store, source, request.now)
            return Outcome(source, held, released)
        answer = fetch(connector.row["address"], connector.accept, request.limits)
        rows = table.read(answer, connector)
        found = drawn(rows, connector, library, released)
        file = store.keep(request.store, library.by_id("sources")[source], connector.row, answer, released, request.now)
        return Outcome(source, held, released, found, file, _receipts(library, found, file))
    except RefreshError as problem:
        return Outcome(source, held, released, problem=shown(str(problem)))
    except Exception as fault:  # whatever it is, the other producers are asked, and it is told in the place of an answer
        told = f"{type(fault).__name__}: {fault}"
        return Outcome(source, held, released, problem=shown(f"{connector.file}: {told[:300]}. If the disk is in order, please report it."))


def _receipts(library: Library, found: Drawn, file: Path) -> tuple[Receipt, ...]:
    if not library.all_rows(RECEIPTS.name):
        return ()
    held = File(file)
    return tuple(taken(held, held.at(*candidate.cell), candidate.row | {FILE: "", ROW: 0}, FIGURES) for candidate in found.candidates)


def _check_past(released: str, connector: Connector, now: datetime) -> None:
    today = now.date().isoformat()
    if released > today:
        address = connector.row["release_address"]
        raise RefreshError(f"{address}: tells of a release on {released}, after today, {today}. Look at it by hand, or wait for the day.")
