"""Hand units over to workers, and again where a worker was lost; an error of a chapter's cell is not tried again."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from evidence.editions.grid.units import FAILED, LOST, RETRIES, STRANGE, Unit
from evidence.editions.grid.workers import Crew
from evidence.errors import EditionError

_SECONDS_TO_LOOK = 1.0


def hand_over(units: Iterable[Unit], crew: Crew, ended: Callable[[Unit, str], None]) -> None:
    """Let a crew do units, and return when all have ended.

    Args:
        units: What is to be done, in the order it is to begin.
        crew: Who does it.
        ended: Called with each unit as it ends, and with why it failed; an empty text when it is done.

    Raises:
        EditionError: If a worker is not fit for the work, or nothing can be done any more.
    """
    waiting, running, losses = deque(units), dict[Future[Any], Unit](), Counter[str]()
    while waiting or running:
        while waiting and len(running) < crew.width():
            unit = waiting.popleft()
            running[crew.executor.submit(crew.do, unit)] = unit
        finished, _ = wait(running, timeout=_SECONDS_TO_LOOK, return_when=FIRST_COMPLETED)
        if not finished:
            crew.check()
        for future in sorted(finished, key=lambda future: running[future].name):
            unit = running.pop(future)
            state, told = _outcome(future, crew)
            losses[unit.name] += state == LOST
            if state == STRANGE:
                raise EditionError(f"a worker is not fit for the work: {told} Rows that are whole are kept.")
            if state == LOST and max(unit.starts, losses[unit.name]) <= RETRIES:
                waiting.appendleft(unit)
            elif state == LOST:
                ended(unit, f"{told} It was tried {RETRIES + 1} times.")
            else:
                ended(unit, told if state == FAILED else "")


def _outcome(future: Future[Any], crew: Crew) -> tuple[str, str]:
    """Return how a unit ended; what an executor itself raises means that the worker was lost, or all of them."""
    try:
        state, told = future.result()
    except Exception:
        crew.check()
        return LOST, "the process that ran it ended."
    return state, told
