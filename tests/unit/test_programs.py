"""Programs that a command runs for itself: put a test here for how one ends together with the command."""

import os
import signal
import sys

import pytest

from evidence import programs

DEAF = """
import os, signal
signal.signal(signal.SIGINT, signal.SIG_IGN)
open(os.environ["TOLD"], "w").write(str(os.getpid()))
os.kill(os.getppid(), signal.SIGINT)
while True:
    signal.pause()
"""


def test_an_interrupt_stays_one_where_the_program_does_not_hear_it(tmp_path, monkeypatch):
    """It is killed in the end; what is told is the interrupt, and not that somebody has lost patience."""
    monkeypatch.setattr(programs, "_PATIENCE_SECONDS", 0.1)
    told = tmp_path / "told"
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # what was begun in the background of a shell ignores it
    try:
        with pytest.raises(KeyboardInterrupt):
            programs.run_apart([sys.executable, "-c", DEAF], os.environ | {"TOLD": str(told)}, most_seconds=120)
    finally:
        signal.signal(signal.SIGINT, before)
    with pytest.raises(ProcessLookupError):
        os.kill(int(told.read_text()), 0)
