"""Folders that are replaced together: prepared beside, exchanged in one step each, and finished by the next run where a kill came between."""

from __future__ import annotations

import ctypes
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_READY = "READY"
_PREFIX = ".replacing-"


@contextmanager
def prepared(root: Path) -> Iterator[Path]:
    """Yield a folder below the build folder in which replacements are prepared; what is not committed by the end is thrown away.

    One process prepares at a time; another waits for it here, so read what is to be replaced only after this.

    Args:
        root: The repository.
    """
    with _locked(root):
        _finish(root)
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=root / "_build"))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def commit(folder: Path, root: Path, names: tuple[str, ...]) -> None:
    """Put the prepared folders of these names in the place of the repository's own.

    From the moment the mark is written the replacement happens, here or in the next run's `finish`.
    """
    mark = folder / f"{_READY}.part"
    mark.write_text("\n".join(names), encoding="utf-8")
    mark.rename(folder / _READY)
    _replace(folder, root)


def finish(root: Path) -> None:
    """Finish replacements that a killed run had committed, and sweep up what killed runs had only begun to prepare."""
    if any((root / "_build").glob(f"{_PREFIX}*")):
        with _locked(root, wait=False) as free:
            if free:
                _finish(root)


@contextmanager
def _locked(root: Path, wait: bool = True) -> Iterator[bool]:
    """Hold the build folder's lock, and yield whether it was to be had; the system frees it at the end of a process, however it ends."""
    (root / "_build").mkdir(exist_ok=True)
    lock = os.open(root / "_build", os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        free = True
    except BlockingIOError:
        free = False
    try:
        yield free
    finally:
        os.close(lock)


def _finish(root: Path) -> None:
    for folder in (root / "_build").glob(f"{_PREFIX}*"):
        if (folder / _READY).exists():
            _replace(folder, root)
        shutil.rmtree(folder, ignore_errors=True)


def _replace(folder: Path, root: Path) -> None:
    """Renew each folder, then take the mark away: a folder whose clearing up is cut short must not be put in place again."""
    for name in (folder / _READY).read_text(encoding="utf-8").splitlines():
        _renew(folder / name, root / name, folder / f"{name}.done")
    (folder / _READY).unlink()


def _renew(new: Path, place: Path, done: Path) -> None:
    """Exchange a prepared folder with the one in place; `done` tells a later run that it happened.

    Whether the exchange took place before a kill is seen from a token inside the prepared folder, which moves with it.
    """
    token = f".{done.name}"
    if not done.exists():
        if not (place / token).exists():
            (new / token).touch()
            exchange(new, place)
        done.touch()
    (place / token).unlink(missing_ok=True)


_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h
_HERE = -100  # AT_FDCWD of fcntl.h


def exchange(one: Path, other: Path) -> None:
    """Exchange two folders of one file system, in one step where the system can (Linux); else by renaming through a third name beside `one`.

    Where a kill came between two of these renamings, doing it again ends it.
    """
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        failed = libc.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    except (OSError, AttributeError):
        failed = 1
    if failed:
        aside = one.with_name(f"{one.name}.aside")
        if other.exists():
            other.rename(aside)
        one.rename(other)
        aside.rename(one)


@contextmanager
def temporary(purpose: str) -> Iterator[Path]:
    """Yield a temporary folder named by what it is for and by this process, which is removed at the end.

    Args:
        purpose: One word for its name.
    """
    folder = temporary_folder(purpose)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def temporary_folder(purpose: str, longest: int = 0) -> Path:
    """Return a new temporary folder, after those that killed processes left behind have been removed.

    Args:
        purpose: One word for its name.
        longest: Longest path it may have, where the system's usual place for such folders can be replaced by /tmp; any when 0.
    """
    prefix, place = f"evidence-{purpose}-", Path(tempfile.gettempdir())
    if longest and len(str(place)) + len(prefix) + 20 > longest and Path("/tmp").is_dir():
        place = Path("/tmp")
    sweep(place, prefix)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=place))


def sweep(folder: Path, prefix: str) -> None:
    """Remove what processes that have ended left behind: entries named by a prefix and the process they belong to."""
    for path in folder.glob(f"{prefix}*"):
        process = path.name.removeprefix(prefix).partition("-")[0]
        if process.isdigit() and not alive(int(process)):
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
