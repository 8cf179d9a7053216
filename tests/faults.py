"""Something that happens at the n-th change on disk: an error of the disk, the end of the process, or another program that saves a file.

Python raises an audit event before each change; what is opened only to be read changes nothing.
"""

import os
import sys
from pathlib import Path

EVENTS = {
    "os.rename",
    "os.remove",
    "os.link",
    "os.symlink",
    "os.mkdir",
    "os.rmdir",
    "os.truncate",
    "os.write",
    "os.fsync",
    "ctypes.dlsym",
    "open",
}
"""Events that come before a change on disk; `ctypes.dlsym` before two names are exchanged by the system."""

_now = {"watch": None, "process": 0}


def _told(event, arguments):
    if _now["watch"] is not None and event in EVENTS and os.getpid() == _now["process"]:
        _now["watch"](event, arguments)


sys.addaudithook(_told)


def _watched(name):
    """Let a function of the system that raises no audit event raise one, with the path of the file it is given."""
    real = getattr(os, name)

    def watched(handle, *arguments):
        _told(f"os.{name}", (Path(f"/proc/self/fd/{handle}").readlink() if _now["watch"] else handle,))
        return real(handle, *arguments)

    setattr(os, name, watched)


for _name in ("write", "fsync"):
    _watched(_name)


class Moment:
    """The n-th change on disk from now on, at which something happens, once.

    Args:
        number: From 1.
        action: What happens.
        below: Folder outside of which nothing is counted; everywhere when empty.
    """

    def __init__(self, number, action, below=""):
        self.left, self.action, self.below = number, action, str(below)
        _now.update(watch=self, process=os.getpid())

    def __call__(self, event, arguments):
        if event == "open" and not (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            return
        if event == "os.write" and not str(arguments[0]).startswith(self.below or "/nothing"):
            return
        if self.below and event != "ctypes.dlsym" and not any(str(given).startswith(self.below) for given in arguments[:2]):
            return
        self.left -= 1
        if not self.left:
            _now["watch"] = None
            self.action()

    @property
    def reached(self):
        """Whether it came; once this was asked it does not come any more."""
        _now["watch"] = None
        return self.left <= 0


def fail(number):
    """Fail as a disk does, with an error of this number."""
    raise OSError(number, os.strerror(number), "a file")


def killed_at(number, action, below=""):
    """Do something in a forked process that ends at its n-th change on disk, and return whether it ended there."""
    if (child := os.fork()) == 0:
        try:
            Moment(number, lambda: os._exit(9), below)
            action()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
