"""Folders that are replaced together: prepared beside, exchanged in one step each, and finished by the next run where a kill came between."""

from __future__ import annotations

import ctypes
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

    Args:
        root: The repository.
    """
    (root / "_build").mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=root / "_build"))
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
    for folder in (root / "_build").glob(f"{_PREFIX}*"):
        if alive(int(folder.name.removeprefix(_PREFIX).partition("-")[0])):
            continue
        if (folder / _READY).exists():
            _replace(folder, root)
        shutil.rmtree(folder, ignore_errors=True)


def _replace(folder: Path, root: Path) -> None:
    for name in (folder / _READY).read_text(encoding="utf-8").splitlines():
        _renew(folder / name, root / name, folder / f"{name}.done")


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
    """Exchange two folders of one file system, in one step where the system can (Linux); else by renaming through a third name."""
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        failed = libc.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    except (OSError, AttributeError):
        failed = 1
    if failed:
        aside = other.with_name(f".{other.name}-{os.getpid()}")
        other.rename(aside)
        one.rename(other)
        aside.rename(one)


def alive(pid: int) -> bool:
    """Return whether a process of this number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
