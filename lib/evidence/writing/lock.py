"""One writer at a time: a lock on a folder that dies with the process that holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT = 20.0
"""Seconds for which a writer waits for another before it gives up: longer than a new row takes, shorter than anybody would wonder."""

_STEP = 0.05
_held: set[int] = set()


@contextmanager
def locked(folder: Path, wait: float = WAIT) -> Iterator[bool]:
    """Hold the lock of a folder, and yield whether it was to be had.

    Args:
        folder: Must be there, and stay.
        wait: Seconds to wait while another process, or another part of this one, holds it.
    """
    lock = os.open(folder, os.O_RDONLY)
    _held.add(lock)
    try:
        yield _taken(lock, time.monotonic() + wait)
    finally:
        _held.discard(lock)
        os.close(lock)


def _taken(lock: int, until: float) -> bool:
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_STEP)
        else:
            return True


def _let_go() -> None:
    """Close the locks a forked process has inherited: a worker that outlives a killed writer must not keep the book from the next."""
    for lock in _held:
        os.close(lock)
    _held.clear()


os.register_at_fork(after_in_child=_let_go)
