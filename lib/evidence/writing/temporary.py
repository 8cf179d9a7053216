"""Temporary folders, named by what they are for and by their process, so that what a killed process leaves is found and removed."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evidence.writing.interrupts import uninterrupted

_TIMES, _PAUSE_SECONDS = 20, 0.05


@contextmanager
def temporary(purpose: str, longest: int = 0, place: Path | None = None) -> Iterator[Path]:
    """Yield a temporary folder named by what it is for and by this process, which is removed at the end.

    Args:
        purpose: One word for its name.
        longest: Longest path it may have, where the system's usual place for such folders can be replaced by /tmp; any when 0.
        place: Where it is made; the system's usual place for such folders when None.
    """
    folder = temporary_folder(purpose, longest, place)
    try:
        yield folder
    finally:
        discard(folder)


def discard(folder: Path) -> None:
    """Remove a folder that nobody needs any more, as far as that is possible; Ctrl-C waits until it is gone.

    A program that has been ended may still write into it for a moment, so that it is removed again.
    """
    with uninterrupted():
        for _ in range(_TIMES):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                return
            time.sleep(_PAUSE_SECONDS)


def temporary_folder(purpose: str, longest: int = 0, place: Path | None = None) -> Path:
    """Return a new temporary folder, after those that killed processes left behind have been removed.

    Args:
        purpose: One word for its name.
        longest: Longest path it may have, where the system's usual place for such folders can be replaced by /tmp; any when 0.
        place: Where it is made; the system's usual place for such folders when None.
    """
    prefix, place = f"evidence-{purpose}-", place or Path(tempfile.gettempdir())
    if longest and len(str(place)) + len(prefix) + 20 > longest and Path("/tmp").is_dir():
        place = Path("/tmp")
    sweep(place, prefix)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=place))


def sweep(folder: Path, prefix: str, ours: bool = False) -> None:
    """Remove what processes that have ended left behind: entries named by a prefix and the process they belong to.

    Args:
        folder: Where they are.
        prefix: What their names begin with.
        ours: Whether this process has ended what it began there, too.
    """
    for path in folder.glob(f"{prefix}*"):
        process = path.name.removeprefix(prefix).partition("-")[0]
        if process.isdigit() and ((ours and int(process) == os.getpid()) or not alive(int(process))):
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)


def alive(pid: int) -> bool:
    """Return whether a process of this number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
