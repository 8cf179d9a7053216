"""What the tests of poison share: one copy of the book, restored after each test, so that a desk knows again what no test has changed."""

import shutil

import pytest

from evidence import paths


@pytest.fixture(scope="session")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("poisoned")
    for name in ("chapters", "data", "_config.yml", "_toc.yml", "CITATION.cff"):
        source = paths.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / name)
    return folder


@pytest.fixture
def book(copy):
    """A copy of the book that a test may poison."""
    before = {path: path.read_bytes() if path.is_file() else b"" for path in copy.rglob("*")}
    yield copy
    for path in sorted(set(copy.rglob("*")) - set(before), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    for path, content in before.items():
        if not path.exists() or (path.is_file() and path.read_bytes() != content):
            path.write_bytes(content)
