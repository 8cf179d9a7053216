"""The lock of packages against what the library declares, without the network: no test here installs or fetches anything."""

import importlib.util
import re
import tomllib

import pytest
from every import every
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from evidence.paths import ROOT

LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "lib" / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
DECLARED = {canonicalize_name(found.name): found for found in map(Requirement, WANTED)}
OWN = f"{PROJECT['name']} (lib/pyproject.toml)"


def entries():
    """Return each locked package as its lines, the first of which names it."""
    found = []
    for line in LOCK.splitlines():
        if line and not line[0].isspace():
            found.append([])
        found[-1].append(line)
    return found


ENTRIES = entries()
PINNED = re.compile(r"([a-z0-9-]+)==([0-9a-z.]+)(?: ; ([^\\]+?))? \\")
NAMES = [entry[0].partition("==")[0] for entry in ENTRIES]


def locked(name):
    return [Version(PINNED.fullmatch(entry[0])[2]) for entry in ENTRIES if entry[0].startswith(f"{name}==")]


every_entry = every("entry", ENTRIES, ids=[entry[0].removesuffix(" \\") for entry in ENTRIES])


def test_the_lock_holds_every_package_of_the_environment():
    assert len(ENTRIES) >= 100
    assert sum(line.lstrip().startswith("--hash") for line in LOCK.splitlines()) >= len(ENTRIES)


@every_entry
def test_a_package_is_pinned_to_one_version(entry):
    assert PINNED.fullmatch(entry[0])


@every_entry
def test_a_package_is_proved_by_sha256(entry):
    hashes = [line.strip().removesuffix(" \\") for line in entry[1:] if "--hash" in line]
    assert hashes
    assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", text) for text in hashes)


@every_entry
def test_nothing_but_hashes_and_annotations_follow_a_name(entry):
    assert all(re.fullmatch(r" {4}(?:--hash=\S+(?: \\)?|#.*)", line) for line in entry[1:])


@every("name", sorted(DECLARED))
def test_a_declared_dependency_is_locked_at_a_version_it_admits(name):
    assert locked(name)
    assert all(version in DECLARED[name].specifier for version in locked(name))


def test_the_lock_names_exactly_the_declared_dependencies_as_ours():
    ours = {entry[0].partition("==")[0] for entry in ENTRIES if any(line.rstrip().endswith(OWN) for line in entry)}
    assert ours == set(DECLARED)


def test_a_package_is_locked_twice_only_under_conditions():
    twice = [entry[0] for entry in ENTRIES if NAMES.count(entry[0].partition("==")[0]) > 1]
    assert all(" ; " in line for line in twice)


@pytest.mark.parametrize("text", ["://", "index-url", "--find-links", "--trusted-host", "git+", "file:", " @ ", "-e "])
def test_the_lock_names_no_address(text):
    assert text not in LOCK


@pytest.mark.parametrize(("name", "limit"), [("jupyter-book", "2"), ("ipykernel", "7.3")])
def test_a_package_that_changed_its_ways_stays_below(name, limit):
    assert [version < Version(limit) for version in locked(name)] == [True]


def test_rfc3987_syntax_is_not_installed():
    assert importlib.util.find_spec("rfc3987_syntax") is None


def test_the_library_needs_python_that_the_lock_was_made_for():
    assert PROJECT["requires-python"] == ">=3.11"
