"""Tries hostile inputs on the entries. An input is survived when it is taken or told of by an error of ours, in time and space, and nothing else changes."""

import hashlib
import random
import shutil
import signal
import sys
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from entering import LITTLE, TOLD, Place
from entries import ENTRIES
from mutating import mutated

from evidence import paths
from evidence.catalog import load
from evidence.cli.disk import disk_problem

MOST_SECONDS, MOST_BYTES, MOST_WORDS, MOST_LINES = 10, 2**30, 4000, 8


@dataclass
class Find:
    """An input that was not survived: the entry, the seed that makes it, and what happened."""

    entry: str
    seed: str
    what: str
    content: bytes


class LateError(BaseException):
    """Nothing that code which is tried could catch by mistake."""


def place_in(folder):
    """Return where inputs are tried, below a folder."""
    shutil.copytree(LITTLE, folder / "book")
    (folder / "beside").mkdir()
    return Place(folder / "book", folder / "beside", load(folder / "book" / "data"))


def tried(entry, seed, place):
    """Return the find of one input, or None where it is survived; the seed alone decides what the input is."""
    run, good = ENTRIES[entry]
    return survived(entry, seed, mutated(good, random.Random(f"{entry} {seed}")), run, place)


def survived(entry, seed, content, run, place):
    """Return why an input is not survived as a find, or None."""
    before = place.held or held(place.book)
    try:
        with alarm(MOST_SECONDS):
            run(place, content)
    except TOLD as error:
        what = _badly_told(error)
    except LateError:
        what = f"not there after {MOST_SECONDS} seconds"
    except Exception as error:
        what = "" if disk_problem(error) else _fault(error)
    else:
        what = ""
    place.held = held(place.book)
    if not what and place.held != before:
        what = "it changed a file of the book"
    return Find(entry, seed, what, content) if what else None


def _badly_told(error):
    for problem in error.problems:
        if len(told := str(problem)) > MOST_WORDS or told.count("\n") >= MOST_LINES:
            return f"told badly: {told[:200]!r}"
    return "" if error.problems else "told nothing"


def _fault(error):
    ours = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if "/lib/evidence/" in frame.filename or "/tests/fuzz/" in frame.filename
    ]
    last = ours[-1]
    return f"{type(error).__name__}: {str(error)[:120]!r} at {last.filename.rpartition('/lib/')[2]}:{last.lineno}"


def held(folder):
    """Return a hash of the names, sizes and bytes of all files below a folder."""
    total = hashlib.blake2b()
    for path in sorted(folder.rglob("*")):
        total.update(str(path).encode() + (path.read_bytes() if path.is_file() else b""))
    return total.hexdigest()


@contextmanager
def alarm(seconds):
    """Raise LateError in what runs longer; the time of the processor, so that a busy machine is no fault."""

    def late(_signal, _frame):
        raise LateError

    kept = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, kept)


def run(folder, times, seed, only=""):
    """Return the finds of so many inputs, the entries taking turns, and by how many bytes this process grew over them at the most."""
    Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # its peak begins anew: what ran before here is no fault of theirs
    before = memory("VmRSS")
    place, finds, names = place_in(folder), [], [name for name in ENTRIES if not only or only in name]
    for number in range(times):
        entry = names[number % len(names)]
        if found := tried(entry, f"{seed}-{number}", place):
            finds.append(found)
    return finds, memory("VmHWM") - before


def memory(kind):
    """Return what the kernel counts of the memory of this process, in bytes."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{kind}:"))


if __name__ == "__main__":
    import os
    import tempfile

    times, seed, only = int(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else ""
    with tempfile.TemporaryDirectory() as made:
        os.environ[paths.VARIABLE] = str(Path(made) / "book")
        start = time.process_time()
        finds, peak = run(Path(made), times, seed, only)
    seen = {}
    for find in finds:
        seen.setdefault((find.entry if "late" in find.what else "", find.what.rpartition(" at ")[2] or find.what), []).append(find)
    for alike in seen.values():
        print(f"{len(alike)} x {alike[0].entry} ({alike[0].seed}): {alike[0].what}")
    print(
        f"{times:,} inputs to {len(ENTRIES)} entries, {len(finds)} finds of {len(seen)} kinds, {time.process_time() - start:.0f} s, {peak / 2**20:.0f} MB"
    )
    sys.exit(bool(finds))
