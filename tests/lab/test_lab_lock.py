"""The lock of the authors' environment: put a test here when it must agree with something else."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from evidence import paths

LOCKED = re.compile(r"^([a-z0-9-]+)==([0-9a-z.]+)", re.MULTILINE)
WANTED = [
    Requirement(line)
    for line in (paths.ROOT / ".lab" / "requirements.in").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
LOCK = (paths.ROOT / ".lab" / "requirements.txt").read_text(encoding="utf-8")
LAB = dict(LOCKED.findall(LOCK))
BUILD = dict(LOCKED.findall((paths.ROOT / "requirements.txt").read_text(encoding="utf-8")))


@pytest.mark.parametrize("wanted", WANTED, ids=lambda wanted: wanted.name)
def test_what_is_wanted_is_locked_at_a_version_it_admits(wanted):
    assert Version(LAB[wanted.name]) in wanted.specifier


@pytest.mark.parametrize("name", ["markdown-it-py", "mdit-py-plugins"])
def test_markdown_is_read_as_in_the_build(name):
    assert LAB[name] == BUILD[name]


@pytest.mark.parametrize("name", ["jupyter-server", "jupyterlab", "nbdime", "rfc3987-syntax"])
def test_what_would_slow_every_kernel_is_here_and_not_in_the_build(name):
    assert name in LAB
    assert name not in BUILD


@pytest.mark.parametrize("text", ["://", "index-url", "--find-links", "git+", "file:", " @ ", "-e "])
def test_the_lock_names_no_place_to_fetch_from(text):
    assert text not in LOCK
