"""Processes as the system lists them, looked at while they come and go: one that ends between two looks is passed over, and never an error."""

import time
from pathlib import Path

WAIT = 120
"""Longest that anything is waited for, in seconds, so that a test ends; nothing is asserted about time."""

_STEP = 0.02


def until(condition, seconds=WAIT):
    """Return what a condition gives as soon as that is true, and what it gives in the end where it never is."""
    deadline = time.monotonic() + seconds
    while not (found := condition()) and time.monotonic() < deadline:
        time.sleep(_STEP)
    return found


def entry(pid, name):
    """Return what the system tells of a process under a name; nothing once it has ended, or where it is somebody else's."""
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return b""


def runs(pid):
    """Return whether a process runs; one that waits to be buried does not."""
    return bool(_standing(pid))


def children(pid):
    """Return the processes that a process has begun and that run."""
    return [process for process, standing in _running().items() if int(standing[1]) == pid]


def below(pid):
    """Return the processes below a process that run."""
    found = children(pid)
    return found + [lower for child in found for lower in below(child)]


def in_session(number):
    """Return the processes of a session that run; it has the number of the process that began it, which may have ended."""
    return [process for process, standing in _running().items() if int(standing[3]) == number]


def marked(mark):
    """Return the processes that have a mark in their environment, looked for twice: one that is becoming another program has none for a moment."""
    return _marked(mark.encode()) or _marked(mark.encode())


def _marked(mark):
    return [pid for pid in _all() if mark in entry(pid, "environ")]


def _all():
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def _running():
    return {pid: standing for pid in _all() if (standing := _standing(pid))}


def _standing(pid):
    """Return state, parent, group and session of a process that runs, and nothing of one that has ended."""
    standing = entry(pid, "stat").rpartition(b")")[2].split()[:4]
    return standing if standing and standing[0] not in (b"Z", b"X") else []
