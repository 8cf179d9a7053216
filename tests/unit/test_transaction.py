"""One transaction for every writer: put a test here when files must change together, or not at all, or not over somebody else's."""

import errno
import os
import signal
import subprocess
import sys

import pytest
from faults import Moment, fail, killed_at

from evidence.errors import WriteError
from evidence.writing import Transaction, exchange, finish, journal, transaction

OLD = {"data/claims.csv": "old claims", "data/figures/demos.csv": "old figures", "chapters/skills.ipynb": "old chapter", "_toc.yml": "old"}
NEW = {"data/claims.csv": "new claims", "chapters/skills.ipynb": "new chapter", "chapters/costs/of.md": "a new page", "_toc.yml": "new"}
"""What `change` makes of it: the figures end, a page begins in a folder of its own."""


def content(book):
    return {path.relative_to(book).as_posix(): path.read_text() for path in sorted(book.rglob("*")) if path.is_file()}


def fill(book):
    for name, text in OLD.items():
        (book / name).parent.mkdir(parents=True, exist_ok=True)
        (book / name).write_text(text)
    return book


@pytest.fixture
def book(tmp_path):
    return fill(tmp_path / "book")


def change(book, seen=lambda: None):
    with Transaction(book) as work:
        work.see(book / "data", book / "chapters", book / "_toc.yml", book / "chapters/costs/of.md")
        seen()
        for name, text in NEW.items():
            work.write(book / name, text)
        work.remove(book / "data/figures/demos.csv")


@pytest.fixture(params=["of the system", "by renaming"])
def any_exchange(request, monkeypatch):
    if request.param == "by renaming":
        monkeypatch.setattr(exchange.ctypes, "CDLL", lambda *_a, **_k: object())


def test_all_files_change_together_and_nothing_is_left_behind(book, any_exchange):
    change(book)
    assert content(book) == NEW
    assert list((book / "_build").iterdir()) == []


def state(book):
    found = content(book)
    return "old" if found == OLD else "new" if found == NEW else found


@pytest.mark.parametrize("number", [errno.EIO, errno.ENOSPC, errno.EROFS], ids=["EIO", "ENOSPC", "EROFS"])
def test_a_disk_that_fails_at_any_step_leaves_the_old_or_the_new(tmp_path, any_exchange, number):
    found, moment, step = [], None, 0
    while moment is None or moment.reached:
        step += 1
        book, said = fill(tmp_path / str(step)), "new"
        moment = Moment(step, lambda: fail(number))
        try:
            change(book)
        except OSError:
            said = "old"
        assert moment.reached in (True, False) and finish(book) == []
        assert state(book) == said, step
        assert not (book / "_build").exists() or list((book / "_build").iterdir()) == [], step
        found.append(said)
    turn = found.index("new")
    assert found == ["old"] * turn + ["new"] * (len(found) - turn)
    assert turn > 15


def test_killed_at_any_step_the_next_command_finds_the_old_or_the_new(tmp_path, any_exchange):
    found, killed, step = [], True, 0
    while killed:
        step += 1
        book = fill(tmp_path / str(step))
        killed = killed_at(step, lambda book=book: change(book))
        assert finish(book) == []
        found.append(state(book))
        assert not (book / "_build").exists() or list((book / "_build").iterdir()) == [], step
    turn = found.index("new")
    assert found == ["old"] * turn + ["new"] * (len(found) - turn)
    assert turn > 15


def save(file, way):
    """Save an edit in place, as a spreadsheet does, or by a file that takes the name, as an editor does."""
    file.parent.mkdir(exist_ok=True)
    beside = file if way == "in place" else file.parents[1] / "saving"
    beside.write_text("an edit")
    os.replace(beside, file)


@pytest.mark.parametrize("way", ["in place", "by renaming"])
@pytest.mark.parametrize("name", [*OLD, "chapters/costs/of.md"])
def test_what_an_editor_saves_at_any_step_is_not_lost(tmp_path, any_exchange, name, way):
    outcomes, moment, step = [], None, 0
    while moment is None or moment.reached:
        step += 1
        book = fill(tmp_path / str(step))

        def seen(book=book, step=step):
            nonlocal moment
            moment = Moment(step, lambda: save(book / name, way))

        try:
            change(book, seen)
            assert content(book) == (NEW | {name: "an edit"} if moment.reached else NEW), step
            outcomes.append("later")
        except WriteError as error:
            assert str(error).startswith(f"{name}: saved by another program while this command ran.")
            assert content(book) == OLD | {name: "an edit"}, step
            outcomes.append("refused")
    turn = outcomes.index("later")
    assert outcomes == ["refused"] * turn + ["later"] * (len(outcomes) - turn)
    assert turn > 5


def test_what_was_seen_loosely_may_change_unless_it_is_written(book):
    with Transaction(book) as work:
        work.see(book / "data", loosely=True)
        work.write(book / "data/claims.csv", "new claims")
        (book / "data/figures/demos.csv").write_text("an edit")
    assert content(book) == OLD | {"data/claims.csv": "new claims", "data/figures/demos.csv": "an edit"}
    with pytest.raises(WriteError, match=r"data/claims\.csv: saved by another program"), Transaction(book) as work:
        work.see(book / "data", loosely=True)
        work.write(book / "data/claims.csv", "newer claims")
        (book / "data/claims.csv").write_text("an edit")
    assert content(book)["data/claims.csv"] == "an edit"


def test_what_was_not_seen_must_not_be_there(book):
    with pytest.raises(WriteError, match=r"data/claims\.csv: saved by another program"), Transaction(book) as work:
        work.write(book / "data/claims.csv", "over it")
    assert content(book) == OLD


def test_a_mistake_in_the_block_changes_nothing(book):
    with pytest.raises(ZeroDivisionError), Transaction(book) as work:
        work.write(book / "new.md", "a page")
        _ = 1 / 0
    assert content(book) == OLD
    assert list((book / "_build").iterdir()) == []


def test_another_writer_is_told_who_holds_the_book(book):
    with Transaction(book), pytest.raises(WriteError) as told, Transaction(book, wait=0.1):
        pass
    assert f"(process {os.getpid()}) is writing into this book. Nothing was changed" in str(told.value)


HOLDING = "import sys; from pathlib import Path; from evidence.writing import Transaction\nwith Transaction(Path(sys.argv[1])) as work: print(flush=True); input()"


def test_another_writer_waits_for_its_turn_and_a_killed_one_holds_nothing(book):
    for end in ("end", "kill"):
        holder = subprocess.Popen([sys.executable, "-c", HOLDING, book], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        holder.stdout.readline()
        with pytest.raises(WriteError), Transaction(book, wait=0):
            pass
        holder.kill() if end == "kill" else holder.stdin.close()
        with Transaction(book) as work:
            work.write(book / f"{end}.md", "its turn")
        holder.wait()
        assert (book / f"{end}.md").read_text() == "its turn"


def test_a_copy_is_taken_as_far_as_it_differs(book):
    with Transaction(book) as work:
        work.see(book / "data", book / "_toc.yml")
        copy = work.folder / "copy"
        (copy / "data").mkdir(parents=True)
        for name, text in {"data/claims.csv": "old claims", "data/new.csv": "new", "data/.lock": "hidden", "_toc.yml": "new"}.items():
            (copy / name).write_text(text)
        assert work.take(copy, "data", "_toc.yml") == ["data/new.csv", "data/figures/demos.csv", "_toc.yml"]
    assert content(book) == {
        **{name: OLD[name] for name in ("data/claims.csv", "chapters/skills.ipynb")},
        "data/new.csv": "new",
        "_toc.yml": "new",
    }


def test_links_and_permissions_stay(book):
    (book / "_toc.yml").rename(book / "elsewhere.yml")
    (book / "elsewhere.yml").chmod(0o600)
    (book / "_toc.yml").symlink_to("elsewhere.yml")
    change(book)
    assert (book / "_toc.yml").is_symlink()
    assert ((book / "elsewhere.yml").read_text(), (book / "elsewhere.yml").stat().st_mode & 0o777) == ("new", 0o600)


def test_what_is_written_after_a_kill_stays(book):
    """The kill comes after all files were exchanged; then an author saves one of them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(journal, "clear", lambda _folder, _taken: None)
        patch.setattr(journal, "DONE", journal.READY)
        change(book)
    assert content(book)["_toc.yml"] == "new"
    (book / "_toc.yml").write_text("an edit")
    (told,) = finish(book)
    assert str(told).startswith(f"{book / '_toc.yml'}: saved by another program")
    assert content(book) == OLD | {"_toc.yml": "an edit"}


def test_a_worker_that_outlives_a_killed_writer_holds_nothing(book):
    """The worker says when it has begun, for until then it has let nothing go."""
    begun, tell = os.pipe()
    with Transaction(book):
        child = os.fork()
        if child == 0:
            os.write(tell, b".")
            signal.pause()
        os.read(begun, 1)
    try:
        with Transaction(book, wait=0):
            pass
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(begun)
        os.close(tell)


def test_a_folder_that_cannot_be_written_to_changes_nothing(book, monkeypatch):
    real = os.open

    def refuse(path, *arguments, **options):
        if ".evidence-" in str(path) and "chapters" in str(path):
            fail(errno.EROFS)
        return real(path, *arguments, **options)

    monkeypatch.setattr(transaction.os, "open", refuse)
    with pytest.raises(OSError, match="Read-only"):
        change(book)
    assert content(book) == OLD
