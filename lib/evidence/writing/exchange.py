"""Names on a disk that change in one step: two files or folders exchanged, and one put where nothing stands."""

from __future__ import annotations

import ctypes
import errno
import hashlib
import os
from pathlib import Path

_EXCHANGE = 2  # RENAME_EXCHANGE of linux/fs.h
_HERE = -100  # AT_FDCWD of fcntl.h
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS}


def fingerprint(path: Path) -> str:
    """Return a hash of what a file holds; an empty text where there is none."""
    try:
        return hash_of(path.read_bytes()) if path.is_file() else ""
    except FileNotFoundError:
        return ""


def hash_of(content: bytes) -> str:
    """Return the hash by which contents are compared."""
    return hashlib.sha256(content).hexdigest()


def exchange(one: Path, other: Path) -> None:
    """Exchange two files or two folders of one file system, in one step where the system can (Linux); else through a third name beside `one`.

    Where an end came between two of these renamings, `settle` or doing it again ends it.
    """
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        failed = libc.renameat2(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    except AttributeError:
        failed = 1
    if failed:
        aside = _aside(one)
        if os.path.lexists(other):
            os.rename(other, aside)
        try:
            _move(one, other)
        except BaseException:
            settle(one, other)
            raise
        os.rename(aside, one)


def settle(one: Path, other: Path) -> None:
    """Leave no exchange half made: where one by renaming was cut short, the second name gets its own back, or the first what came out of it."""
    aside = _aside(one)
    if os.path.lexists(aside):
        os.rename(aside, one if os.path.lexists(other) else other)


def _move(one: Path, other: Path) -> None:
    """Give a file or folder another name, unless somebody else has taken that meanwhile."""
    if one.is_dir():
        os.rename(one, other)
    else:
        put(one, other)
        one.unlink(missing_ok=True)


def _aside(path: Path) -> Path:
    return path.with_name(f"{path.name}.aside")


def put(new: Path, place: Path) -> None:
    """Give a file a second name where nothing stands, or its only one on a disk without links.

    Raises:
        FileExistsError: If something stands there.
    """
    try:
        os.link(new, place)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(place):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(place)) from None
        os.rename(new, place)
