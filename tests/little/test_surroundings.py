"""Where a command runs: homes, folders for temporary files and masks that are not as usual. Put a test here for what a machine may lack."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from evidence import paths

COMMANDS = (("check",), ("audit", "chapters/index.md"), ("read", "chapters/index.md", "--source", "hillford"), ("prove", "../built"))
"""What is proved is built anew, so every chapter is run, and a site is built in a folder for temporary files."""


def spaced(folder):
    return folder / "with space, é and 'quotes'"


def nowhere(folder):
    return folder / "nobody" / "is here"


def long(folder):
    return folder.joinpath(*["a" * 60] * 3)


def unwritable(_folder):
    """A folder in which nobody may write, a superuser neither."""
    return Path("/proc/1")


SURROUNDINGS = {
    "no home, spaces, a strict mask": (None, spaced, 0o077),
    "a home and a folder that are not there": (nowhere, nowhere, 0o022),
    "a home that cannot be written, a long folder": (unwritable, long, 0o022),
    "nothing that can be written but the book": (unwritable, unwritable, 0o022),
}
"""Home, folder for temporary files, and mask of what is written."""


def started(book, words, surroundings):
    """Start a command in nothing but some surroundings."""
    home, temporary, mask = surroundings
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(paths.ROOT / "lib"), "TMPDIR": str(temporary(book.parent))}
    environment |= {"HOME": str(home(book.parent))} if home else {}
    return subprocess.Popen(
        [sys.executable, "-m", "evidence.cli", *words],
        cwd=book,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        umask=mask,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


def made(surroundings, folder):
    for place in (spaced, long):
        place(folder).mkdir(parents=True)
    return surroundings


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder in which nobody may write")
@pytest.mark.parametrize("name", SURROUNDINGS)
def test_commands_make_do_with_what_a_machine_has(name, little_book, little_site):
    surroundings = made(SURROUNDINGS[name], little_book.parent)
    shutil.copytree(little_site, little_book.parent / "built")
    whole = surroundings[:2] == (unwritable, unwritable)
    beside = {*little_book.parent.iterdir()}
    for words in (*COMMANDS, ("record", "--check"), ("build", "--out", "../built"))[: None if whole else len(COMMANDS)]:
        done = started(little_book, words, surroundings)
        printed, said = done.communicate()
        assert (done.returncode, said.count("\n") <= 1, "Traceback" not in said) == (0, True, True), (words, printed[-500:], said)
    assert {*little_book.parent.iterdir()} == beside
    assert [*spaced(little_book.parent).iterdir(), *long(little_book.parent).iterdir()] == []


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder in which nobody may write")
@pytest.mark.parametrize("name", SURROUNDINGS)
def test_a_preview_makes_do_with_what_a_machine_has(name, little_book):
    surroundings = made(SURROUNDINGS[name], little_book.parent)
    process = started(little_book, ("preview", "who-bakes"), surroundings)
    try:
        assert process.stdout.readline().startswith("http://127.0.0.1:")
    finally:
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
    assert (process.returncode in (0, 130), "Traceback" not in said) == (True, True), said
