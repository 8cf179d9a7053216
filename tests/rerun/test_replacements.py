"""Folders that are replaced together, and kills at every step of it: put a test here when a replacement must survive a kill."""

import os
import sys

import pytest

from evidence import journal
from evidence.editions.building import swap

NAMES = ("data", "chapters")
STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.scandir", "os.link", "shutil.rmtree"}
"""Audit events of Python that come before a change on disk; each is a moment to be killed at."""


def write(folder, word):
    for name in NAMES:
        for part in ("a.csv", "below/b.csv"):
            path = folder / name / part
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{word} {name}", encoding="utf-8")


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*")) if path.is_file()}


def whole(root):
    return {name: content(root / name) for name in NAMES}


def expected(word):
    return {name: dict.fromkeys(("a.csv", "below/b.csv"), f"{word} {name}") for name in NAMES}


def killed_at(step, action):
    """Run an action in a forked process that ends at its n-th step on disk, and return whether it was ended there."""
    child = os.fork()
    if child == 0:
        left = [step]

        def count(event, _arguments):
            left[0] -= event in STEPS
            if left[0] == 0:
                os._exit(9)

        try:
            sys.addaudithook(count)
            action()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def replace(root):
    with journal.prepared(root) as folder:
        write(folder, "new")
        journal.commit(folder, root, NAMES)


def by_renaming(monkeypatch):
    """Take the system's exchange away, as on a system or a file system that has none."""
    monkeypatch.setattr(journal.ctypes, "CDLL", lambda *_a, **_k: object())


@pytest.mark.parametrize("exchange", ["of the system", "by renaming"])
def test_killed_at_any_step_the_next_command_finds_the_old_or_the_new_state_whole(tmp_path, monkeypatch, exchange):
    if exchange == "by renaming":
        by_renaming(monkeypatch)
    found, step = [], 0
    while True:
        step += 1
        root = tmp_path / str(step)
        write(root, "old")
        killed = killed_at(step, lambda root=root: replace(root))
        journal.finish(root)
        found.append("old" if whole(root) == expected("old") else "new" if whole(root) == expected("new") else f"between: {whole(root)}")
        assert sorted(path.name for path in root.iterdir()) in (["_build", "chapters", "data"], ["chapters", "data"]), step
        assert not (root / "_build").exists() or list((root / "_build").iterdir()) == [], step
        if not killed:
            break
    assert step > 20
    turn = found.index("new")
    assert found == ["old"] * turn + ["new"] * (len(found) - turn)
    assert 0 < turn < len(found)


def test_killed_while_it_finishes_the_next_command_finishes_again(tmp_path):
    """A first kill comes right after the mark is written; a second at every step of the run that makes good for it."""
    step = 0
    while True:
        step += 1
        root = tmp_path / str(step)
        write(root, "old")

        def first(root=root):
            with journal.prepared(root) as folder:
                write(folder, "new")
                (folder / "READY").write_text("\n".join(NAMES), encoding="utf-8")
                os._exit(9)

        assert killed_at(10_000, first)
        killed = killed_at(step, lambda root=root: journal.finish(root))
        journal.finish(root)
        assert whole(root) == expected("new"), step
        if not killed:
            break
    assert step > 10


def test_a_mark_is_made_good_though_another_process_has_taken_the_number(tmp_path):
    """After a restart of the machine, a process of the number of the killed one may well run: here, this one."""
    write(tmp_path, "old")
    folder = tmp_path / "_build" / f".replacing-{os.getpid()}-left"
    write(folder, "new")
    (folder / "READY").write_text("\n".join(NAMES), encoding="utf-8")
    journal.finish(tmp_path)
    assert whole(tmp_path) == expected("new")


def test_what_a_running_process_prepares_is_left_to_it(tmp_path):
    write(tmp_path, "old")
    with journal.prepared(tmp_path) as folder:
        write(folder, "new")
        journal.finish(tmp_path)
        assert whole(folder) == expected("new")
        journal.commit(folder, tmp_path, NAMES)
    assert whole(tmp_path) == expected("new")


def test_a_folder_that_takes_the_place_of_another_is_there_whole_at_every_step(tmp_path):
    found, step = [], 0
    while True:
        step += 1
        root = tmp_path / str(step)
        for word, name in (("old", "site"), ("new", "beside")):
            (root / name).mkdir(parents=True)
            (root / name / "page.html").write_text(word, encoding="utf-8")
        killed = killed_at(step, lambda root=root: swap(root / "beside", root / "site"))
        found.append(content(root / "site")["page.html"])
        if not killed:
            break
    assert step > 2
    assert found[-1] == "new"
    assert list(root.iterdir()) == [root / "site"]
