"""What takes more than a few seconds on the true book: put a test here when a run of all of it must end in some way."""

import subprocess
import sys

import pytest
from processes import below, runs, until

pytestmark = pytest.mark.slow


def test_all_processes_end_with_a_killed_run(tmp_path):
    command = [sys.executable, "-m", "evidence.cli", "rerun", "--out", str(tmp_path), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started = until(lambda: len(found := below(process.pid)) >= 4 and found)
    assert started
    process.kill()
    process.wait()
    assert until(lambda: not any(map(runs, started)))
