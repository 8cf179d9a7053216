"""What a chapter may read while it runs: put a test here when something must be refused, or let through."""

import os
import subprocess
import sys

import pytest

from evidence import Chapter, paths
from evidence.errors import ReadingError

GUARDED = """
from pathlib import Path
from evidence import Chapter
from evidence.chapter.guard import guard
from evidence.errors import ReadingError
chapter = Chapter("coordination", guarded=True)
guard([Path("kept")], [Path("kept")])
chapter.table("sme.barriers"), chapter.statements()
import colorsys, zoneinfo
zoneinfo.ZoneInfo("Europe/London")
for code in {codes!r}:
    try:
        exec(code)
        print("let through")
    except ReadingError as error:
        print(str(error))
"""

READS = [
    'open("beside.csv")',
    'Path("beside.csv").read_bytes()',
    'import pandas; pandas.read_csv("beside.csv")',
    "import beside",
    'import os; os.open("beside.csv", os.O_RDONLY)',
    'import os; os.open("kept/beside.csv", os.O_RDONLY, dir_fd=os.open("other", os.O_DIRECTORY))',
]
STARTS = ['import subprocess; subprocess.run(["cat", "x"])', 'import os; os.system("true")']
CALLS = [
    "import socket; socket.create_connection(('127.0.0.1', 9))",
    "import urllib.request; urllib.request.urlopen('http://example.org')",
    "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    "import socket; socket.socket().bind(('127.0.0.1', 0))",
]
COMPILED = ["import ctypes; ctypes.CDLL(None).open", "import ctypes; ctypes.pythonapi.fopen"]
CHANGES = [
    'open("kept/new.csv", "w")',
    'Path("kept/there.csv").write_text("x")',
    'Path("way/there.csv").open("ab")',
    'import os; os.open("kept/there.csv", os.O_RDWR)',
    'Path("kept/there.csv").unlink()',
    'Path("beside.csv").rename("kept/there.csv")',
    'Path("kept/folder").mkdir()',
    'import shutil; shutil.rmtree("kept")',
    'import os; os.symlink("beside.csv", "kept/link")',
    'import os; os.truncate("kept/there.csv", 0)',
    'import os; os.open("new.csv", os.O_CREAT | os.O_WRONLY, dir_fd=os.open("kept", os.O_DIRECTORY))',
    'import os; os.unlink("there.csv", dir_fd=os.open("kept", os.O_DIRECTORY))',
]
CELLS = ["chapter.meanings()", "open('/dev/null', 'w').write('')", "open('/dev/urandom', 'rb').read(1)"]
SHARED = "open('/dev/shm/beside.csv')"
"""Among the devices there is a folder in which anybody may keep files."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What became of each piece of code in a chapter that stands guard."""
    folder, codes = tmp_path_factory.mktemp("guarded"), [*READS, SHARED, *CHANGES, *STARTS, *COMPILED, *CALLS, *CELLS]
    (folder / "beside.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    (folder / "kept").mkdir()
    (folder / "other" / "kept").mkdir(parents=True)
    (folder / "other" / "kept" / "beside.csv").write_text("a\n2\n", encoding="utf-8")
    (folder / "way").symlink_to("kept")
    (folder / "kept" / "there.csv").write_text("a\n1\n", encoding="utf-8")
    (folder / "beside.py").write_text("value = 1\n", encoding="utf-8")
    environment = {**os.environ, paths.VARIABLE: str(paths.ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", GUARDED.format(codes=codes)], capture_output=True, text=True, cwd=folder, check=True, env=environment
    )
    return dict(zip(codes, done.stdout.splitlines(), strict=True)), folder


@pytest.mark.parametrize("code", READS)
def test_a_chapter_that_reads_beside_the_library_fails_and_names_the_file(told, code):
    said, folder = told
    assert said[code].startswith(f"a chapter read {folder.resolve()}")
    assert "/beside." in said[code]


def test_a_chapter_reads_devices_and_no_files_beside_them(told):
    assert told[0][SHARED].startswith("a chapter read /dev/shm/beside.csv")


def test_a_chapter_that_changes_what_is_kept_fails_and_changes_nothing(told):
    said, folder = told
    assert [code for code in CHANGES if not said[code].startswith("a chapter changed ")] == []
    assert [path.name for path in (folder / "kept").iterdir()] == ["there.csv"]
    assert (folder / "kept" / "there.csv").read_text(encoding="utf-8") == "a\n1\n"


@pytest.mark.parametrize("code", STARTS)
def test_a_chapter_that_starts_a_program_fails(told, code):
    assert told[0][code].startswith("a chapter started")


@pytest.mark.parametrize("code", CALLS)
def test_a_chapter_that_opens_a_connection_fails(told, code):
    assert told[0][code].startswith("a chapter started or called ")
    assert "127.0.0.1" in told[0][code] or "example.org" in told[0][code]


def test_a_chapter_that_calls_compiled_code_by_its_name_fails(told):
    assert [told[0][code].partition(",")[0] for code in COMPILED] == [
        "a chapter started or called compiled code",
        "a chapter started or called fopen",
    ]


def test_a_chapter_may_read_byte_code_that_is_kept_elsewhere(tmp_path):
    """A module that the chapter needs first after it stands guard, its byte code in the folder that PYTHONPYCACHEPREFIX names."""
    compiled = {"PYTHONPYCACHEPREFIX": str(tmp_path / "compiled"), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", GUARDED.format(codes=["import wave"])]
    for _ in range(2):
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=True,
            env={**os.environ, paths.VARIABLE: str(paths.ROOT), **compiled},
        )
        assert done.stdout == "let through\n"
    assert list((tmp_path / "compiled").rglob("wave.*.pyc"))


MEASURED = """
import coverage
measuring = coverage.Coverage(data_file="measured/data", config_file=False)
measuring.start()
from evidence import Chapter
Chapter("coordination", guarded=True)
measuring.stop()
measuring.save()
open("beside.csv")
"""


def test_what_a_chapter_ran_is_told_to_coverage_and_nothing_else_is_let_through_with_it(tmp_path):
    (tmp_path / "measured").mkdir()
    (tmp_path / "beside.csv").write_text("a\n1\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED], capture_output=True, text=True, cwd=tmp_path, env={**os.environ, paths.VARIABLE: str(paths.ROOT)}
    )
    assert f"ReadingError: a chapter read {tmp_path.resolve() / 'beside.csv'}" in done.stderr
    assert (tmp_path / "measured" / "data").exists()


@pytest.mark.parametrize("code", CELLS)
def test_a_chapter_that_reads_only_the_library_is_let_through(told, code):
    assert told[0][code] == "let through"


def test_no_guard_stands_outside_a_notebook(tmp_path):
    Chapter("coordination")
    (tmp_path / "beside.txt").write_text("read", encoding="utf-8")
    assert (tmp_path / "beside.txt").read_text(encoding="utf-8") == "read"
    assert issubclass(ReadingError, Exception)
