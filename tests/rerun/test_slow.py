"""Re-runs of the whole book, and kills at many moments: put a test here when it takes more than a few seconds."""

import subprocess
import sys

import pytest
from bs4 import BeautifulSoup
from processes import below, runs, until
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


def test_all_processes_end_with_a_killed_run(tmp_path):
    command = [sys.executable, "-m", "evidence.cli", "rerun", "--out", str(tmp_path), "--jobs", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    started = until(lambda: len(found := below(process.pid)) >= 4 and found)
    assert started
    process.kill()
    process.wait()
    assert until(lambda: not any(map(runs, started)))
