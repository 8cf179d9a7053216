"""Something that happens at the n-th change on disk: an error of the disk, Ctrl-C, the end of the process, or another program that saves a file.

Python raises an audit event before each change; what is opened only to be read changes nothing.
"""

import errno
import os
import shutil
import signal
import sys
from collections import Counter
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

    A file that is opened to be written anew is two changes: at the second it is empty, as it is before anything is written.

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
        self._count()
        if event == "open" and arguments[2] & os.O_TRUNC and not arguments[2] & os.O_EXCL:
            self._count(lambda: Path(os.fsdecode(arguments[0])).write_bytes(b""))

    def _count(self, first=lambda: None):
        self.left -= 1
        if not self.left:
            _now["watch"] = None
            first()
            self.action()

    @property
    def reached(self):
        """Whether it came; once this was asked it does not come any more."""
        _now["watch"] = None
        return self.left <= 0


def fail(number):
    """Fail as a disk does, with an error of this number, or as Ctrl-C does."""
    if number == INTERRUPT:
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # tests in the background are deaf to it
            signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.raise_signal(signal.SIGINT)
        return
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


SHARE = float(os.environ.get("SHARE_OF_FAULTS", "0.1"))
"""Part of all moments and kinds that is tried, at least one of each; all with SHARE_OF_FAULTS=1, some 3,000 of them."""

INTERRUPT = -1
FAULTS = {"EIO": errno.EIO, "ENOSPC": errno.ENOSPC, "EROFS": errno.EROFS, "Ctrl-C": INTERRUPT, "SIGKILL": 0}
AUTHOR = "an author"
KINDS = (*FAULTS, AUTHOR)
"""What happens at a moment."""


def chosen(moments, dice):
    """Return the moments and kinds to try."""
    every = [(kind, number) for kind in KINDS for number in range(1, moments + 1)]
    return sorted(dice.sample(every, max(round(len(every) * SHARE), min(len(every), 5 * len(KINDS)))))


def content(folder):
    """Return what all files and links of a folder hold, by name; links as where they lead."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() or path.is_symlink()]
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else str(path.readlink()).encode() for path in files}


class Output:
    """What a command makes for others in a folder that nothing else is in, tried with a fault at each change it makes there.

    At any fault it is what an earlier run had made or what this one makes, what others have put there stays, and after the next run nothing is
    left over.

    Args:
        place: The folder that the output lies in, or that it is a file of.
        begin: Makes the earlier output in the empty folder.
        run: Runs the command and returns how it ended.
        theirs: A file in the output that somebody else has put there; none where the output is one file.
    """

    def __init__(self, place, begin, run, theirs=None):
        self.place, self.begin, self.run, self.theirs = place, begin, run, theirs
        self.fresh()
        self.old = content(place)
        moment = Moment(1_000_000, lambda: None, place)
        self.code = run().code
        assert not moment.reached
        self.moments, self.new = 1_000_000 - moment.left, content(place)
        assert self.new != self.old

    def fresh(self):
        shutil.rmtree(self.place, ignore_errors=True)
        self.place.mkdir(parents=True)
        self.begin()
        if self.theirs:
            self.theirs.write_text("Somebody else wrote this.\n")

    def tried(self, dice):
        """Return how often what came of it, all moments and kinds that are chosen tried."""
        found = Counter()
        for kind, number in chosen(self.moments, dice):
            if kind != AUTHOR or self.theirs:
                self.fresh()
                found[self._edited(number) if kind == AUTHOR else self._failed(kind, number)] += 1
                again = self.run()
                told = (kind, number, again.complained)
                assert again.code == self.code, told
                assert {**content(self.place), **self._kept(self.new)} == {**self.new, **self._kept(self.new)}, told
        return found

    def _kept(self, state):
        name = self.theirs and self.theirs.relative_to(self.place).as_posix()
        return {name: state[name]} if name else {}

    def _failed(self, kind, number):
        if kind == "SIGKILL":
            killed_at(number, self.run, self.place)
        else:
            moment = Moment(number, lambda: fail(FAULTS[kind]), self.place)
            done = self.run()
            assert moment.reached and "Traceback" not in done.complained, (kind, number, done.complained)
            if FAULTS[kind] == INTERRUPT:
                assert done.complained == "" and not list(self.place.rglob(".*-[0-9]*")), (number, done.complained)
        # what lies beside under a hidden name of ours is cleared up by the next run
        shown = {name: held for name, held in content(self.place).items() if not _beside(name)}
        assert shown in (self.old, self.new), (kind, number, set(shown) ^ set(self.old))
        return "old" if shown == self.old else "new"

    def _edited(self, number):
        edit, notes = b"An author adds a line.\n", self.theirs.with_name("notes.txt")

        def save():
            self.theirs.write_bytes(self.theirs.read_bytes() + edit)
            notes.write_bytes(edit)

        moment = Moment(number, save, self.place)
        code = self.run().code
        assert moment.reached and edit in self.theirs.read_bytes() and notes.read_bytes() == edit, number
        notes.unlink()
        return "beside" if code == self.code else "refused"


def _beside(name):
    return any(part.startswith(".") and part != ".evidence-output" for part in Path(name).parts)
