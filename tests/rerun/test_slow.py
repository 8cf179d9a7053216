"""Re-runs of the whole book, and kills at many moments: put a test here when it takes more than a few seconds."""

import os
import random
import signal
import subprocess
import sys
import time

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
    page = BeautifulSoup((made.directory / "site" / "chapters" / "ledger.html").read_text(encoding="utf-8"), "html.parser")
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
