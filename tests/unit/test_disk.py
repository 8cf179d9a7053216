"""A disk that is full or may not be written to is told in a line and is no fault of the program: put a test here for another such error."""

import errno
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from evidence import cli, paths

COPIED = shutil.Error([("a/demos.csv", "b/demos.csv", "[Errno 28] No space left on device: 'b/demos.csv'")])


def told(error, monkeypatch, capsys):
    """Return the exit code and what the command line says of an error that a command ends with."""

    def broken():
        raise error

    monkeypatch.setattr("evidence.cli.command.app", broken)
    with pytest.raises(SystemExit) as exit_:
        cli.main()
    return exit_.value.code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "book/site.html"), "book/site.html: the disk is full. Free some space there"),
        (OSError(errno.EDQUOT, "Disk quota exceeded", "book/site.html"), "book/site.html: your share of the disk is used up. Free some"),
        (OSError(errno.EROFS, "Read-only file system", "book/data"), "book/data: the disk can only be read. Work on a copy of the book"),
        (
            PermissionError(errno.EACCES, "Permission denied", "book/data"),
            "book/data: you may not read or write there. Change its permissions",
        ),
        (COPIED, "b/demos.csv: the disk is full. Free some space there"),
    ],
)
def test_what_a_disk_refuses_is_told_with_its_place_and_a_remedy(error, said, monkeypatch, capsys):
    code, complaint = told(error, monkeypatch, capsys)
    assert code == 1
    assert complaint.startswith(said)
    assert complaint.count("\n") == 1


def test_a_full_disk_that_names_no_file_is_told_with_the_folder_on_it(monkeypatch, capsys):
    """A write to an open file fails so."""
    room = {str(paths.ROOT): 5_000_000, "/small": 300}
    monkeypatch.setattr("evidence.cli.disk.tempfile.gettempdir", lambda: "/small")
    monkeypatch.setattr("evidence.cli.disk.shutil.disk_usage", lambda folder: shutil._ntuple_diskusage(0, 0, room[str(folder)]))
    monkeypatch.chdir(paths.ROOT)
    code, complaint = told(OSError(errno.ENOSPC, "No space left on device"), monkeypatch, capsys)
    assert (code, complaint.partition(":")[0]) == (1, "/small")


def test_a_folder_that_every_command_needs_and_that_is_not_there_is_told(monkeypatch, capsys, tmp_path):
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(FileNotFoundError) as error:
        Path.cwd()
    code, complaint = told(error.value, monkeypatch, capsys)
    assert (code, complaint.partition(".")[0]) == (1, "the folder you are in is not there any more")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(tempfile, "_candidate_tempdir_list", lambda: [str(tmp_path / "gone")])
    with pytest.raises(FileNotFoundError) as error:
        tempfile.gettempdir()
    code, complaint = told(error.value, monkeypatch, capsys)
    assert (code, complaint.count("\n"), complaint.partition(" that")[0]) == (1, 1, "there is no folder")


@pytest.mark.parametrize(
    "error", [ConnectionRefusedError(errno.ECONNREFUSED, "refused"), PermissionError(errno.EACCES, "no file"), shutil.Error("x")]
)
def test_another_error_of_the_system_is_a_fault(error, monkeypatch, capsys):
    code, complaint = told(error, monkeypatch, capsys)
    assert code == 3
    assert "fault of the program" in complaint


def test_a_file_that_may_not_grow_is_told_by_the_command(tmp_path):
    """A real limit, as `ulimit -f` sets it: the page of commands is a few times longer, and what a measurement of coverage writes longer still."""
    book = tmp_path / "book"
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, book / name, ignore=shutil.ignore_patterns(".*"))
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy2(paths.ROOT / name, book)
    (book / "chapters" / "commands.md").write_text("# Commands\n", encoding="utf-8")

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    command = [sys.executable, "-m", "evidence.cli", "format"]
    unmeasured = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    done = subprocess.run(command, cwd=book, env=unmeasured, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert (done.returncode, done.stdout) == (1, "")
    assert "a file may not grow so large here. Raise the limit (ulimit -f), then run the command again." in done.stderr
    assert done.stderr.count("\n") == 1
