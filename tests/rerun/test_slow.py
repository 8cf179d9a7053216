"""Re-runs of the whole book, and kills at many moments: put a test here when it takes more than a few seconds."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from test_rerun import order, run

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
    broken = [box.summary.get_text() for box in BeautifulSoup(chapter, "html.parser").select("details.claim-broken")]
    assert broken
    assert all(line.startswith("No longer holds: ") for line in broken)


def alive(pids):
    """Return those of some processes that still run; one that waits to be buried does not."""
    states = {pid: Path(f"/proc/{pid}/stat") for pid in pids}
    return [pid for pid, path in states.items() if path.exists() and path.read_text().rpartition(")")[2].split()[0] != "Z"]


def descendants(pid):
    """Return the processes below a process."""
    lists = [task / "children" for task in Path(f"/proc/{pid}/task").iterdir()]
    children = [int(child) for path in lists for child in path.read_text().split()]
    return children + [below for child in children for below in descendants(child)]


def test_all_processes_end_with_a_killed_run(tmp_path):
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
