"""Ctrl-C at chosen moments of commands that take long: put a test here when a command starts another process or installs a handler.

A moment is the first import of a module anywhere below the command: it sends an interrupt to the group of the command, as a terminal does.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path

import pytest
from processes import WAIT, marked, until

from evidence import paths
from evidence.ledger import archive

pytestmark = pytest.mark.slow

AT_IMPORT = """
import os, signal, sys

os.environ.setdefault("GROUP", str(os.getpgrp()))

class Interrupt:
    def find_spec(self, name, *_others):
        if name == os.environ["INTERRUPT_AT"] and os.path.exists(os.environ["ONCE"]):
            os.unlink(os.environ["ONCE"])
            os.killpg(int(os.environ["GROUP"]), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
"""

INTERRUPTED = (130, -signal.SIGINT)
"""How an interrupted command ends: a shell gives 130 for both. Python chooses the other where the interrupt came inside `exec`."""

SITE, ADDRESS = "site", "https://bread-in-hillford.example/"
EDITION = {"name": "2026-04-30-aaaa", "date": "2026-04-30", "as_of": ""}

MOMENTS = [
    (("check",), "typer"),
    (("record", "who-bakes"), "evidence.cli.command"),
    (("record", "who-bakes"), "evidence.editions.preload"),
    (("record", "who-bakes"), "vl_convert"),
    (("rerun", "--only", "who-bakes"), "evidence.editions.engine"),
    (("build",), "evidence.editions.yielding"),
    (("build",), "sphinx.application"),
    (("check", "--watch"), "watchfiles"),
    (("preview", "who-bakes"), "sphinx.application"),
    (("prove", SITE), "evidence.editions.sceptic.standing"),
    (("prove", SITE), "evidence.editions.preload"),
    (("prove", SITE), "sphinx.application"),
    (("cited", "paper.md", "--site", SITE), "markdown_it"),
    (("audit", "chapters/index.md", "--page", "page.html"), "evidence.referee.page"),
    (("read", "paper.md", "--source", "hillford"), "evidence.reading.sheet"),
    (("ingest", "look", "answers.csv", "--into", "look"), "evidence.survey.looking.look"),
    (("publish", "--site", SITE, "--into", "tree"), "evidence.editions.publishing"),
]


@pytest.fixture
def book(recorded, tmp_path):
    """A book with a document that cites it, and so much of its published site as the commands that read it begin with."""
    root = shutil.copytree(recorded, tmp_path / "book")
    (root / "paper.md").write_text(f"[60%]({ADDRESS}figures/bread.local.json) of bakers.\n", encoding="utf-8")
    (root / SITE / "chapters").mkdir(parents=True)
    packed = archive.zipped(archive.sources(root, root / "chapters", root / "data"))
    built = {"site_url": ADDRESS, "as_of": "", "pdf": "", "source_date_epoch": ""}
    about = archive.about(EDITION["name"], built, {}, packed)
    ledger = {"edition": EDITION, "figures": [], "ranges": [], "aliases": []}
    told = {archive.ABOUT: about, "book.json": json.dumps({"address": ADDRESS}), "ledger.json": json.dumps(ledger)}
    for name, text in told.items():
        (root / SITE / name).write_text(text, encoding="utf-8")
    (root / SITE / json.loads(about)["archive"]).write_bytes(packed)
    return root


def held(book):
    """Return the files of a book but those that commands only work with."""
    return [path for path in book.rglob("*") if path.is_file() and "_build" not in path.parts and "__pycache__" not in path.parts]


def interruptible(command, book, code, surroundings):
    """Start a command of a book in a group of its own that hears interrupts, with a folder of code that Python loads first."""
    return subprocess.Popen(
        [sys.executable, "-m", "evidence.cli", *command],
        cwd=book,
        env={**os.environ, "PYTHONPATH": f"{code}{os.pathsep}{paths.ROOT / 'lib'}", **surroundings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # tests in the background are deaf to it
    )


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the environments of processes")
@pytest.mark.parametrize(("command", "moment"), MOMENTS, ids=lambda given: given if isinstance(given, str) else given[0])
def test_an_interrupt_ends_a_command_quietly_and_leaves_nothing(book, tmp_path, command, moment):
    (tmp_path / "sitecustomize.py").write_text(AT_IMPORT, encoding="utf-8")
    (tmp_path / "once").touch()
    before = {path: path.read_bytes() for path in held(book)}
    temporary, mark = Path(tempfile.mkdtemp(prefix="k")), uuid.uuid4().hex
    surroundings = {"INTERRUPT_AT": moment, "ONCE": str(tmp_path / "once"), "TMPDIR": str(temporary), "MARK": mark}
    process = interruptible(command, book, tmp_path, surroundings)
    _, said = process.communicate(timeout=WAIT)
    assert not (tmp_path / "once").exists()
    assert "Traceback" not in said and "KeyboardInterrupt" not in said
    assert process.returncode in INTERRUPTED
    assert until(lambda: not marked(mark))
    assert {path: path.read_bytes() for path in held(book)} == before
    assert list(temporary.iterdir()) == []
    temporary.rmdir()
