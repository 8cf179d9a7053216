"""Folders replaced together: put a test here when a kill at some moment must leave something whole."""

import os
import subprocess
import sys

import pytest

from evidence import journal

NAMES = ("data", "chapters")


@pytest.fixture
def root(tmp_path):
    for name in NAMES:
        (tmp_path / name).mkdir()
        (tmp_path / name / "file.txt").write_text(f"old {name}")
    return tmp_path


def prepare(folder):
    for name in NAMES:
        (folder / name).mkdir()
        (folder / name / "file.txt").write_text(f"new {name}")


def state(root):
    return [(root / name / "file.txt").read_text() for name in NAMES]


def test_both_folders_are_replaced_and_nothing_is_left_behind(root):
    with journal.prepared(root) as folder:
        prepare(folder)
        journal.commit(folder, root, NAMES)
    assert state(root) == ["new data", "new chapters"]
    assert [sorted(path.name for path in (root / name).iterdir()) for name in NAMES] == [["file.txt"], ["file.txt"]]
    assert list((root / "_build").iterdir()) == []


def test_what_is_not_committed_is_thrown_away(root):
    with pytest.raises(RuntimeError), journal.prepared(root) as folder:
        prepare(folder)
        raise RuntimeError("a gate is red")
    assert state(root) == ["old data", "old chapters"]
    assert list((root / "_build").iterdir()) == []


KILLED = """
import os, sys
from pathlib import Path
from evidence import journal
root, moment = Path(sys.argv[1]), int(sys.argv[2])
steps = 0
def step(event, _arguments):
    global steps
    if event in ("os.rename", "ctypes.dlsym", "os.remove") or event == "open" and ("READY" in str(_arguments[0]) or ".done" in str(_arguments[0])):
        steps += 1
        if steps > moment:
            os._exit(9)
context = journal.prepared(root)
folder = context.__enter__()
for name in ("data", "chapters"):
    (folder / name).mkdir()
    (folder / name / "file.txt").write_text(f"new {name}")
sys.addaudithook(step)
journal.commit(folder, root, ("data", "chapters"))
os._exit(0)
"""


@pytest.mark.parametrize("moment", range(14))
def test_killed_at_any_step_each_folder_is_whole_and_the_next_run_finishes(root, moment):
    code = subprocess.run([sys.executable, "-c", KILLED, str(root), str(moment)], check=False).returncode
    assert code in (0, 9)
    for name, found in zip(NAMES, state(root), strict=True):
        assert found in (f"old {name}", f"new {name}")
    journal.finish(root)
    assert state(root) in (["old data", "old chapters"], ["new data", "new chapters"])
    assert [sorted(path.name for path in (root / name).iterdir()) for name in NAMES] == [["file.txt"], ["file.txt"]]
    assert list((root / "_build").iterdir()) == []


def test_the_moments_reach_from_before_the_mark_to_after_the_end(root):
    first = subprocess.run([sys.executable, "-c", KILLED, str(root), "0"], check=False).returncode
    last = subprocess.run([sys.executable, "-c", KILLED, str(root), "13"], check=False).returncode
    assert (first, last) == (9, 0)


def test_what_a_living_process_prepares_is_not_touched(root):
    with journal.prepared(root) as folder:
        prepare(folder)
        journal.finish(root)
        assert folder.exists()


def test_two_folders_are_exchanged(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    journal.exchange(tmp_path / "one", tmp_path / "other")
    assert (tmp_path / "one" / "other").exists() and (tmp_path / "other" / "one").exists()


def test_without_the_systems_exchange_the_folders_are_renamed(tmp_path, monkeypatch):
    monkeypatch.setattr(journal.ctypes, "CDLL", lambda *_arguments, **_options: object())
    test_two_folders_are_exchanged(tmp_path)


def test_a_process_that_is_gone_is_not_alive():
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    assert not journal.alive(process.pid)
    assert journal.alive(os.getpid())
