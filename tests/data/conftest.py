"""What the tests of the data library share: the real library, and a copy of it that a test may spoil or extend."""

import csv
import shutil
from pathlib import Path

import pytest

from evidence.catalog import load
from evidence.paths import ROOT


class Folder:
    """A copy of the data library, edited through the csv module and never through the code under test."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, file: str) -> list[list[str]]:
        with (self.path / file).open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    def write(self, file: str, rows: list[list[str]]) -> None:
        (self.path / file).parent.mkdir(parents=True, exist_ok=True)
        with (self.path / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)

    def row_of(self, file: str, name: str) -> int:
        """Return the row, as a spreadsheet counts it, of the first record whose first cell is `name`."""
        return next(number for number, row in enumerate(self.read(file), start=1) if row[0] == name)

    def record(self, file: str, name: str) -> dict[str, str]:
        rows = self.read(file)
        return dict(zip(rows[0], rows[self.row_of(file, name) - 1], strict=True))

    def set(self, file: str, name: str, **cells: str) -> int:
        """Overwrite cells of the first record called `name` and return its row."""
        rows, number = self.read(file), self.row_of(file, name)
        for column, cell in cells.items():
            rows[number - 1][rows[0].index(column)] = cell
        self.write(file, rows)
        return number

    def add(self, file: str, record: dict[str, str], **cells: str) -> int:
        """Append a record, with some cells of it overwritten, and return its row."""
        rows = self.read(file)
        rows.append([{**record, **cells}[column] for column in rows[0]])
        self.write(file, rows)
        return len(rows)

    def replace(self, file: str, old: bytes, new: bytes) -> None:
        """Replace bytes that occur once in a file."""
        raw = (self.path / file).read_bytes()
        assert raw.count(old) == 1, f"{old!r} occurs {raw.count(old)} times in {file}"
        (self.path / file).write_bytes(raw.replace(old, new))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, and the name of every folder, by relative path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"" for path in folder.rglob("*")}


def lying(folder: Path) -> dict[Path, bytes | str | None]:
    """Return what lies below a folder, by its path: the bytes of a file, the target of a link, None for a folder."""
    found = folder.rglob("*")
    return {path: str(path.readlink()) if path.is_symlink() else path.read_bytes() if path.is_file() else None for path in found}


def restore(folder: Path, before: dict[Path, bytes | str | None]) -> None:
    """Bring a folder to what lay in it before: files and folders."""
    now = lying(folder)
    changed = {path for path in {**now, **before} if path not in now or path not in before or now[path] != before[path]}
    for path in sorted(changed & set(now), reverse=True):
        path.rmdir() if now[path] is None else path.unlink()
    for path in sorted(changed & set(before)):
        path.mkdir() if before[path] is None else path.write_bytes(before[path])


@pytest.fixture(scope="session")
def library():
    """The real library, all vintages."""
    return load(ROOT / "data")


@pytest.fixture(scope="session")
def copied(tmp_path_factory):
    """A copy of the real library, and what lies in it."""
    path = shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("library") / "data")
    return path, lying(path)


@pytest.fixture
def folder(copied):
    """A copy of the real library that the test may change, with nothing beside it; it is as it was for the next test."""
    path, before = copied
    yield Folder(path)
    restore(path, before)


@pytest.fixture
def own_folder(tmp_path):
    """As `folder`, in the test's own folder, in which it may lay more beside it."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return Folder(tmp_path / "data")


@pytest.fixture
def listing():
    """The function that says what a folder holds."""
    return contents
