"""What the command line says of a disk that is full, or of a place it may not write to: no fault of the program, and for a person to mend."""

from __future__ import annotations

import contextlib
import errno
import re
import shutil
import tempfile
from pathlib import Path

from evidence import paths
from evidence.errors import NoBookError

_FULL = "the disk is full. Free some space there, then run the command again; TMPDIR names another folder for what is only temporary."
_REMEDIES = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL.replace("the disk is full", "your share of the disk is used up"),
    errno.EFBIG: "a file may not grow so large here. Raise the limit (ulimit -f), then run the command again.",
    errno.EROFS: "the disk can only be read. Work on a copy of the book elsewhere, or give a folder that can be written to.",
    errno.EIO: "the disk could not read or write there. See to the disk, then run the command again.",
    errno.EBUSY: "the system holds it, for example because another disk is mounted there. Give a folder inside of it.",
    errno.ENOTDIR: "a file stands where a folder should be. Name another, or move it away.",
    errno.EISDIR: "a folder stands where a file should be. Name another, or move it away.",
    errno.ENAMETOOLONG: "the name is longer than the disk allows. Choose a shorter one.",
    errno.EACCES: "you may not read or write there. Change its permissions, or give a folder of your own.",
}
_NEEDED = (
    (Path.cwd, "the folder you are in is not there any more. Go into another, then run the command again."),
    (
        tempfile.gettempdir,
        "there is no folder that what is only temporary can be written to. Name one in TMPDIR, then run the command again.",
    ),
)
_NUMBER = re.compile(r"\[Errno (\d+)\]")


def disk_problem(error: Exception) -> str:
    """Return where a disk failed and what to do, in one line; an empty text where the error is of another kind."""
    if isinstance(error, shutil.Error):
        return _first_of_many(error)
    if isinstance(error, FileNotFoundError) and not error.filename:
        return _nowhere()
    if not isinstance(error, OSError) or error.errno not in _REMEDIES:
        return ""
    if not error.filename and error.errno in (errno.EROFS, errno.EACCES):
        return ""  # not about a file
    return _told(str(error.filename or _fullest()), error.errno)


def _nowhere() -> str:
    """Return which folder is not there that every command needs, and what to do; an empty text where both are."""
    for look, told in _NEEDED:
        try:
            look()
        except FileNotFoundError:
            return told
    return ""


def _first_of_many(error: shutil.Error) -> str:
    """Return the same of a folder that could not be copied: its first file, for the others tell the same."""
    for _source, target, why in error.args[0] if isinstance(error.args[0], list) else []:
        if (found := _NUMBER.search(str(why))) and int(found[1]) in _REMEDIES:
            return _told(str(target), int(found[1]))
    return ""


def _told(place: str, number: int) -> str:
    return f"{place}: {_REMEDIES[number]}"


def _fullest() -> Path:
    """Return the folder written to on the disk with the least room, for a write that fails does not say of which file."""
    folders = [Path.cwd(), Path(tempfile.gettempdir())]
    with contextlib.suppress(NoBookError):
        folders.insert(0, paths.find_book())
    return min(folders, key=lambda folder: shutil.disk_usage(folder).free)
