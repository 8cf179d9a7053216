"""Ctrl-C at chosen moments of commands that take long: put a test here when a command starts another process or installs a handler.

A moment is the first import of a module anywhere below the command: it sends an interrupt to the whole group, as a terminal does.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import pytest

from evidence import paths

pytestmark = pytest.mark.slow

WAIT = 120
"""Longest a command may take to end, in seconds."""

AT_IMPORT = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, *_others):
        if name == os.environ["INTERRUPT_AT"] and os.path.exists(os.environ["ONCE"]):
            os.unlink(os.environ["ONCE"])
            os.killpg(0, signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
"""

INTERRUPTED = (130, -signal.SIGINT)
"""How an interrupted command ends: a shell gives 130 for both. Python chooses the other where the interrupt came inside `exec`."""

MOMENTS = [
    (("check",), "typer"),
    (("record", "status"), "evidence.cli.command"),
    (("record", "status"), "evidence.editions.preload"),
    (("record", "status"), "vl_convert"),
    (("rerun", "--only", "status"), "evidence.editions.engine"),
    (("check", "--watch"), "watchfiles"),
    (("preview", "status"), "sphinx.application"),
]


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    root = tmp_path_factory.mktemp("interrupted") / "book"
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, root / name)
    for name in ("_config.yml", "_toc.yml", "CITATION.cff"):
        shutil.copy2(paths.ROOT / name, root)
    return root


def alive(mark):
    """Return the processes that carry a mark in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            found += [path.parent.name] if mark.encode() in path.read_bytes() else []
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads the environments of processes")
@pytest.mark.parametrize(("command", "moment"), MOMENTS, ids=lambda given: given if isinstance(given, str) else given[0])
def test_an_interrupt_ends_a_command_quietly_and_leaves_nothing(book, tmp_path, command, moment):
    (tmp_path / "sitecustomize.py").write_text(AT_IMPORT, encoding="utf-8")
    (tmp_path / "once").touch()
    temporary, mark = Path(tempfile.mkdtemp(prefix="k")), uuid.uuid4().hex
    surroundings = {"INTERRUPT_AT": moment, "ONCE": str(tmp_path / "once"), "TMPDIR": str(temporary), "MARK": mark}
    process = subprocess.Popen(
        [sys.executable, "-m", "evidence.cli", *command],
        cwd=book,
        env={**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{paths.ROOT / 'lib'}", **surroundings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # tests in the background are deaf to it
    )
    _, said = process.communicate(timeout=WAIT)
    assert not (tmp_path / "once").exists()
    assert "Traceback" not in said and "KeyboardInterrupt" not in said
    assert process.returncode in INTERRUPTED
    deadline = time.monotonic() + WAIT
    while alive(mark) and time.monotonic() < deadline:
        pass
    assert alive(mark) == []
    assert list(temporary.iterdir()) == []
    temporary.rmdir()
