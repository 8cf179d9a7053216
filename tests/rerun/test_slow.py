"""Re-runs of the whole book, and kills at many moments: put a test here when it takes more than a few seconds."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from test_rerun import NEXT_WAVE, fingerprint, order, run

from evidence import editions, paths

pytestmark = pytest.mark.slow


def test_the_whole_book_runs_on_the_next_wave_with_its_site(tmp_path):
    made = run(order(tmp_path, only="", site=True, jobs=2))
    assert not editions.clean(made.report)
    assert {path.stem for path in (made.directory / "chapters").glob("*.ipynb")} == {
        path.stem for path in paths.chapters_dir().glob("*.ipynb")
    }
    page = BeautifulSoup((made.directory / "site" / "chapters" / "ledger-demos.html").read_text(encoding="utf-8"), "html.parser")
    assert "91%" in page.find(id="sme.coordination.missing-any").get_text()
    chapter = (made.directory / "site" / "chapters" / "coordination.html").read_text(encoding="utf-8")
    assert "This claim no longer holds." in BeautifulSoup(chapter, "html.parser").get_text(" ")


def test_kills_at_random_moments_leave_chapters_data_and_the_last_edition_whole(tmp_path):
    good = run(order(tmp_path))
    before, edition = fingerprint(paths.chapters_dir()) | fingerprint(paths.ROOT / "data"), fingerprint(good.directory)
    dice = random.Random(20260430)
    command = [
        sys.executable,
        "-m",
        "evidence.cli",
        "rerun",
        "--data",
        str(NEXT_WAVE),
        "--out",
        str(tmp_path),
        "--only",
        "audit",
        "--jobs",
        "1",
    ]
    for _ in range(8):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(dice.uniform(0.2, 7.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert fingerprint(good.directory) == edition
        assert (tmp_path / "latest" / "changes.json").exists()
        whole = [path for path in tmp_path.iterdir() if not path.name.startswith(".") and not path.is_symlink()]
        assert all((path / "ledger.json").exists() and (path / "changes.md").exists() for path in whole)
    assert fingerprint(paths.chapters_dir()) | fingerprint(paths.ROOT / "data") == before
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Sentences that no longer hold" in done.stdout


def alive(pids):
    """Return those of some processes that still run; one that waits to be buried does not."""
    states = {pid: Path(f"/proc/{pid}/stat") for pid in pids}
    return [pid for pid, path in states.items() if path.exists() and path.read_text().rpartition(")")[2].split()[0] != "Z"]


def descendants(pid):
    """Return the processes below a process."""
    lists = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
    children = [int(child) for path in lists for child in path.read_text().split()]
    return children + [below for child in children for below in descendants(child)]


def test_workers_and_kernels_end_with_a_killed_run(tmp_path):
    command = [sys.executable, "-m", "evidence.cli", "rerun", "--out", str(tmp_path), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while len(below := descendants(process.pid)) < 4 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(below) >= 4
    process.kill()
    process.wait()
    deadline = time.monotonic() + 30
    while alive(below) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert alive(below) == []
