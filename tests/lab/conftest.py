"""What the tests of the authors' tools share: their environment, and a copy of the repository to work in."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from command import copied_code

from evidence import paths

LAB = paths.ROOT / ".venv-lab" / "bin"
PARTS = (
    "_config.yml",
    "_toc.yml",
    "CITATION.cff",
    "LICENSE",
    "requirements.txt",
    ".gitattributes",
    ".pre-commit-config.yaml",
    ".ruff.toml",
    ".lab",
    "chapters",
    "data",
    "lib",
)
"""What of the repository these tools read."""


@pytest.fixture(scope="session")
def tools():
    """Folder of the authors' tools."""
    assert (LAB / "jupyter-lab").exists(), "the environment of authors is not there; run: make lab-env"
    return LAB


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the repository, whose own library is what runs in it."""
    folder = tmp_path_factory.mktemp("copy") / "book"
    folder.mkdir()
    for name in PARTS:
        source = paths.ROOT / name
        copied_code(source, folder / name) if source.is_dir() else shutil.copy2(source, folder / name)
    (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    return folder


@pytest.fixture
def surroundings(tools, copy, tmp_path):
    """Environment variables for a program run in the copy: an empty home, and the copy's library."""
    places = {
        "HOME": tmp_path,
        "JUPYTER_DATA_DIR": tmp_path / "data",
        "JUPYTER_CONFIG_DIR": tmp_path / "config",
        "JUPYTER_RUNTIME_DIR": tmp_path / "run",
    }
    return {
        **os.environ,
        **{name: str(place) for name, place in places.items()},
        "PYTHONPATH": str(copy / "lib"),
        "PATH": os.pathsep.join([str(tools), str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
