"""Ctrl-C at random moments of the commands that take long: put a command here that writes, serves or starts others.

A moment is a number of things that Python has told of itself (its audit events) in all processes of the command, so that it does not depend on how
busy the machine is. `INTERRUPTS=40` tries as many moments of each.
"""

import os
import random
import select
import shutil
import signal
import tempfile
import time
import uuid
from pathlib import Path

import pytest
from faults import content
from processes import WAIT, marked, until
from refresh.stage import Producer, World, table
from test_interrupts import INTERRUPTED, held, interruptible
from test_kills import without_outputs, write_site, write_wave

from evidence import editions

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the environments of processes")]

OURS = 40
"""Events before which Python itself starts, and no line of ours could hear an interrupt."""
INTERRUPTS = int(os.environ.get("INTERRUPTS", "4"))
"""Moments of each command."""

ENDING = 0.9
"""Part of a run after which it may be over but for its clearing up, and end as if there had been no interrupt."""

COUNTING = """
import mmap, os, sys

if "COUNTER" in os.environ:
    with open(os.environ["COUNTER"], "r+b") as _file:
        _told = mmap.mmap(_file.fileno(), 8)

    def _count(_event, _arguments):
        _told[:] = (int.from_bytes(_told[:], "little") + 1).to_bytes(8, "little")

    sys.addaudithook(_count)
"""

COMMANDS = {
    "build": ["build", "--out", "../out"],
    "record": ["record"],
    "accept": ["accept", "--data", "../wave", "--reason", "An invented wave.", "--on", "2027-05-01"],
    "rerun": ["rerun", "--data", "../wave", "--out", "../out"],
    "publish": ["publish", "--site", "../pages", "--into", "../out"],
    "prove": ["prove", "../published"],
    "pdf": ["pdf", "--out", "../out/book.pdf"],
    "pdf of a site": ["pdf", "--site", "../built", "--out", "../out/book.pdf"],
    "refresh": ["refresh", "--data", "../library", "--store", "../store", "--into", "../out"],
    "audit": ["audit", "chapters/index.md", "--page", "../out/page.html"],
    "read": ["read", "chapters/index.md", "--source", "hillford"],
    "preview": ["preview", "who-bakes"],
    "countersign": ["countersign", "--page", "--by", "a reader"],
}
AGAIN = ("refresh",)
"""What keeps what it was given beside what it makes of it: begun again, it makes the same."""
TOGETHER = ("pdf",)
"""What does two of the others one after the other, each of which is interrupted as often by itself: half as many moments, as many in each half."""
PRINTING = ("pdf", "pdf of a site")
SERVING = ("preview", "countersign")
"""What ends by Ctrl-C alone: well, once it has begun to serve."""


@pytest.fixture(scope="module")
def pristine(recorded, little_site, tmp_path_factory):
    """A book, its site, built and published, pages to publish, a wave, and a library whose producer has a newer release."""
    folder = tmp_path_factory.mktemp("anywhere")
    producer = Producer()
    producer.release("2026-10-22")
    producer.give("/pay.csv", table())
    World(folder, producer)
    shutil.copytree(recorded, folder / "book")
    editions.publish(little_site, folder / "published")
    write_wave(folder / "wave")
    write_site(folder / "pages", "some words")
    shutil.copytree(little_site, folder / "built")
    yield folder
    producer.close()


class Stage:
    """Copies of what a command works on, with a counter of what it tells of itself."""

    def __init__(self, pristine, folder):
        self._pristine, self.folder = pristine, folder
        (folder / "code").mkdir(parents=True)
        (folder / "code" / "sitecustomize.py").write_text(COUNTING, encoding="utf-8")
        self._counter, self.temporary = folder / "counter", Path(tempfile.mkdtemp(prefix="k"))

    def fresh(self, name):
        for part in ("book", "out", "store"):
            shutil.rmtree(self.folder / part, ignore_errors=True)
        for part in ("book", "published", "built", "wave", "pages", "library"):
            if not (self.folder / part).exists():
                shutil.copytree(self._pristine / part, self.folder / part)
        if name == "record":
            for path in (self.folder / "book" / "chapters").glob("*.ipynb"):
                without_outputs(path)
        self._counter.write_bytes(bytes(8))

    def run(self, name, at=None):
        """Run a command and interrupt it at a moment, if any.

        Return how many events there were in the end, the part of them that there were by then at the most, whether it ran still, and its code.

        What serves is at its end when it has told its address and then nothing more of itself.
        """
        mark = {"COUNTER": str(self._counter), "TMPDIR": str(self.temporary), "MARK": uuid.uuid4().hex}
        process = interruptible(COMMANDS[name], self.folder / "book", self.folder / "code", mark)
        self._wait(process, at, until_quiet=name in SERVING)
        if running := process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
        by_then = self._told()
        _, self.said = process.communicate(timeout=WAIT)
        assert until(lambda: not marked(mark["MARK"]))
        return self._told(), by_then / self._told(), running, process.returncode

    def _told(self):
        return int.from_bytes(self._counter.read_bytes(), "little")

    def _wait(self, process, at, until_quiet):
        seen, since = 0, time.monotonic()
        while process.poll() is None and (at is None or seen < at):
            if (count := self._told()) != seen:
                seen, since = count, time.monotonic()
            elif until_quiet and time.monotonic() - since > 3 and select.select([process.stdout], [], [], 0)[0]:
                break
            time.sleep(0.001)

    def state(self):
        """Return what the book and the output hold, but for what commands only work with."""
        book = self.folder / "book"
        return {path.relative_to(book): path.read_bytes() for path in held(book)}, content(self.folder / "out")

    def left_over(self):
        """Return what lies about: temporary files, and hidden folders beside what is written."""
        places = (self.temporary, self.folder, self.folder / "book" / "_build")
        return [path for place in places for path in place.glob("*" if place is self.temporary else ".*")]


def _tried(name):
    return pytest.param(name, marks=pytest.mark.needs("browser")) if name in PRINTING else name


@pytest.mark.parametrize("name", [_tried(name) for name in COMMANDS])
def test_an_interrupt_at_any_moment_is_a_line_and_leaves_nothing_half_done(name, pristine, tmp_path, record_property):
    stage, dice = Stage(pristine, tmp_path / "stage"), random.Random(f"interrupts of {name}")
    stage.fresh(name)
    before = stage.state()
    events, _, served, ended = stage.run(name)
    assert (served, ended in (0, 1)) == (name in SERVING, True), stage.said
    after, late, times = stage.state(), 0, INTERRUPTS // 2 if name in TOGETHER else INTERRUPTS
    for number in range(times):
        stage.fresh(name)
        at = max(OURS, round(events * (number + dice.random()) / times))
        _, part, running, code = stage.run(name, at)
        late += not running
        told = f"at {at:,} of {events:,}: {code}, {stage.said}"
        done = code == ended and part > ENDING and stage.state() == after
        assert code in INTERRUPTED or (code == 0 and name in SERVING) or done or not running, told
        assert stage.said.count("\n") <= 1 or not running, told
        assert "Traceback" not in stage.said and "KeyboardInterrupt" not in stage.said, told
        assert stage.state() in (before, after), told
        assert stage.left_over() == [], told
        if name in AGAIN:
            stage.run(name)
            assert stage.state() == after, told
    stage.temporary.rmdir()
    record_property("told", f"{times - late} interrupts of {name}, whose run tells {events:,} events")
    assert late <= times // 2
