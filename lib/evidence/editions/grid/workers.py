"""Who does the units: processes of this machine, each a pool of its own, so that one that is killed takes nothing of another's with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from evidence.editions.execution import workers
from evidence.editions.grid.units import Unit, do


@dataclass(frozen=True, slots=True)
class Crew:
    """What hands units over to workers.

    Attributes:
        executor: Takes units.
        width: Returns how many units to hand over at once.
        do: What a worker does with a unit; returns how it ended.
        check: Called once a second while nothing ends; raises when nothing can end any more.
    """

    executor: Executor
    width: Callable[[], int]
    do: Callable[[Unit], tuple[str, str]] = do
    check: Callable[[], None] = lambda: None


class Workers(Executor):
    """Processes of this machine; takes as many calls at once as are handed over, each for a process of its own."""

    def __init__(self) -> None:
        self._free: list[ProcessPoolExecutor] = []
        self._all: set[ProcessPoolExecutor] = set()

    def submit(self, fn: Callable[..., Any], /, *arguments: Any, **options: Any) -> Future[Any]:
        """Hand a call to a process that is free, or to a new one."""
        pool = self._free.pop() if self._free else self._start()
        try:
            future = pool.submit(fn, *arguments, **options)
        except BrokenProcessPool:  # it was killed while it was free
            self._leave(pool)
            pool = self._start()
            future = pool.submit(fn, *arguments, **options)
        future.add_done_callback(lambda ended: self._ended(pool, ended))
        return future

    def _start(self) -> ProcessPoolExecutor:
        pool = workers(1)
        self._all.add(pool)
        return pool

    def _ended(self, pool: ProcessPoolExecutor, future: Future[Any]) -> None:
        if not future.cancelled() and isinstance(future.exception(), BrokenProcessPool):
            self._leave(pool)
        else:
            self._free.append(pool)

    def _leave(self, pool: ProcessPoolExecutor) -> None:
        self._all.discard(pool)
        pool.shutdown(wait=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes, each after the call it is at."""
        for pool in list(self._all):
            pool.shutdown(wait=wait, cancel_futures=cancel_futures)


@contextmanager
def local(jobs: int) -> Iterator[Crew]:
    """Yield a crew of processes of this machine.

    Args:
        jobs: How many at once.
    """
    executor = Workers()
    try:
        yield Crew(executor, lambda: jobs)
    finally:
        executor.shutdown(cancel_futures=True)
