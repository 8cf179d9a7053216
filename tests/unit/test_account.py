"""What a run of the tests says it proved and did not try: put a test here when something could be counted as passed that was not run."""

import json
import os
import re
import subprocess
import sys
from collections import Counter

import pytest
import run
import tiers
from needs import NEEDS, ROOT, needs_of

TESTS = """
import pytest

def test_holds(): pass

@pytest.mark.needs("texts")
def test_of_texts(): raise AssertionError("run without what it needs")

@pytest.mark.needs("producers")
@pytest.mark.parametrize("number", [1, 2])
def test_of_files(number): raise AssertionError("run without what it needs")

@pytest.mark.slow
def test_slow(): raise AssertionError("slow")

@pytest.mark.slow
@pytest.mark.needs("texts")
def test_slow_of_texts(): raise AssertionError("slow")

def test_that_skips_itself(): pytest.skip("no fork here")
"""


def account(folder, *arguments):
    """Run a few made tests where neither texts nor files are at hand; return the exit code, what was printed and the account."""
    (folder / "test_made.py").write_text(TESTS, encoding="utf-8")
    told = folder / "account.json"
    command = [sys.executable, ROOT / "tests" / "needs.py", "-q", "-p", "no:cacheprovider", "--account", told, *arguments, folder]
    nowhere = {"SOURCE_TEXTS": str(folder / "nowhere"), "OPEN_DATA": str(folder / "nowhere")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env={**os.environ, **nowhere})
    return done.returncode, done.stdout, json.loads(told.read_text(encoding="utf-8"))


@pytest.mark.parametrize("processes", [(), ("-n", "2")], ids=["here", "in two processes"])
def test_what_is_not_tried_is_counted_by_need_and_never_passed(tmp_path, processes):
    code, printed, told = account(tmp_path, "-m", "not slow", *processes)
    assert code == 0, printed
    assert told == {"passed": 1, "skipped": {"no fork here": 1}, "not tried": {"texts": 1, "producers": 2, "slow": 2}}
    assert "not tried: 2 that need the producers' files (name their folder in OPEN_DATA)" in printed


def test_what_needs_something_can_be_asked_for_by_itself(tmp_path):
    code, printed, told = account(tmp_path, "-m", "needs and not slow")
    assert code == pytest.ExitCode.NO_TESTS_COLLECTED, printed
    assert told == {"passed": 0, "skipped": {}, "not tried": {"texts": 1, "producers": 2}}


def test_a_need_that_nobody_knows_is_refused(tmp_path):
    (tmp_path / "test_other.py").write_text('import pytest\n@pytest.mark.needs("moon")\ndef test(): pass\n', encoding="utf-8")
    command = [sys.executable, ROOT / "tests" / "needs.py", "-q", "-p", "no:cacheprovider", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode not in (0, pytest.ExitCode.NO_TESTS_COLLECTED)
    assert 'test_other.py::test needs "moon"; known are survey, cluster, browser, types, lab, producers, texts' in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("tier", "mark"), [("slow", "pytestmark = pytest.mark.slow"), ("needs and not slow", 'pytestmark = pytest.mark.needs("lab")')]
)
def test_a_tier_imports_no_file_without_a_test_of_it_and_passes_over_no_test(tmp_path, tier, mark):
    """A file that cannot be imported is no matter where nothing of it is asked for; one whose marks come from elsewhere is refused by any run."""
    (tmp_path / "test_other.py").write_text("raise SystemError\n", encoding="utf-8")
    code, printed, told = account(tmp_path, "-m", tier)
    assert "SystemError" not in printed
    assert (code, told["passed"]) == (pytest.ExitCode.NO_TESTS_COLLECTED if tier != "slow" else pytest.ExitCode.TESTS_FAILED, 0)
    (tmp_path / "elsewhere.py").write_text(f"import pytest\n{mark}\n", encoding="utf-8")
    (tmp_path / "test_other.py").write_text("from elsewhere import pytestmark\ndef test(): pass\n", encoding="utf-8")
    command = [sys.executable, ROOT / "tests" / "needs.py", "-q", "-p", "no:cacheprovider", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode not in (0, pytest.ExitCode.NO_TESTS_COLLECTED)
    assert f'test_other.py::test is not found by -m "{tier}"' in done.stdout + done.stderr


def test_the_fixture_that_opens_a_browser_says_what_a_test_needs(request):
    assert list(needs_of(request.node)) == []
    request.node.fixturenames.append("browser")
    assert list(needs_of(request.node)) == ["browser"]


def made(**changes):
    return run.Account(**{"red": [], "proved": ["9 tests"], "not_tried": Counter(), "skipped": Counter()} | changes)


def test_the_closing_lines_say_what_was_proved_and_how_to_try_the_rest(capsys):
    left = Counter({("browser", "tests"): 237, ("texts", "step"): 1})
    assert run.close(made(proved=["gates", "1,200 tests"], not_tried=left, slow=58), everything=False, without=set())
    assert capsys.readouterr().out.splitlines() == [
        "",
        "Proved: gates, 1,200 tests.",
        "Not tried:",
        f"  237 tests without a browser: {NEEDS['browser'].remedy}",
        "  1 step without the texts of the sources: name their folder in SOURCE_TEXTS",
        "Slow, and for make test-slow: 58 tests.",
        "Green.",
    ]


def test_nothing_left_is_said_too(capsys):
    assert run.close(made(), everything=True, without=set())
    assert capsys.readouterr().out.splitlines()[-2:] == ["Not tried: nothing of this tier.", "Green."]


@pytest.mark.parametrize(
    ("changes", "without", "well"),
    [
        ({"not_tried": Counter({("texts", "step"): 1})}, set(), False),
        ({"not_tried": Counter({("texts", "step"): 1})}, {"texts"}, True),
        ({"not_tried": Counter({("texts", "step"): 1, ("survey", "tests"): 1})}, {"texts"}, False),
        ({"skipped": Counter({"no fork here": 1})}, {"texts"}, False),
    ],
)
def test_when_everything_must_be_tried_what_was_not_is_red(changes, without, well):
    assert run.close(made(**changes), everything=False, without=without)
    assert run.close(made(**changes), everything=True, without=without) is well


def test_a_run_that_proved_nothing_is_not_well(capsys):
    assert not run.close(made(proved=[]), everything=False, without=set())
    assert "Proved: nothing." in capsys.readouterr().out


def test_a_step_of_which_no_test_ran_is_red(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(run, "ROOT", tmp_path)
    told = '{"passed": 0, "skipped": {}, "not tried": {"survey": 3}}'
    program = f"import sys; open(sys.argv[-1], 'w').write('{told}')"
    found = made(proved=[])
    run.run(tiers.Step("tests", (sys.executable, "-c", program), "tests"), found)
    assert (found.red, found.proved) == (["tests"], [])
    assert found.not_tried == {("survey", "tests"): 3}


def test_the_programs_of_a_step_write_byte_code(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    found = made(proved=[])
    run.run(tiers.Step("byte code", (sys.executable, "-c", "import sys; sys.exit(sys.dont_write_bytecode)")), found)
    assert (found.red, found.proved) == ([], ["byte code"])


def lies_in(folder):
    """Return whether the temporary files of a step lie below a folder."""
    found = made(proved=[])
    with run.in_memory():
        program = "import sys, tempfile; sys.exit(not tempfile.gettempdir().startswith(sys.argv[1]))"
        run.run(tiers.Step("where", (sys.executable, "-c", program, folder)), found)
    return not found.red


def test_temporary_files_of_a_run_lie_in_memory_and_go_with_it(tmp_path, monkeypatch):
    monkeypatch.delenv("TMPDIR", raising=False)
    monkeypatch.setattr(run, "MEMORY", tmp_path)
    monkeypatch.setattr(run, "ROOM", 1)
    assert lies_in(tmp_path)
    assert list(tmp_path.iterdir()) == [] and "TMPDIR" not in os.environ
    monkeypatch.setattr(run, "ROOM", 1 << 80)
    assert not lies_in(tmp_path)
    monkeypatch.setattr(run, "ROOM", 1)
    monkeypatch.setattr(run, "MEMORY", tmp_path / "nowhere")
    assert not lies_in(tmp_path)
    monkeypatch.setattr(run, "MEMORY", tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path.parent))
    assert not lies_in(tmp_path)


MEETS = """
import sys, time
from pathlib import Path
mine, other = map(Path, sys.argv[1:])
mine.touch()
until = time.monotonic() + 60
while not other.exists() and time.monotonic() < until:
    time.sleep(0.01)
print(f"{mine.name} and {other.name}" if other.exists() else f"{mine.name} alone", file=sys.stderr)
sys.exit(mine.name == "right")
"""
"""Waits until another program has begun, says so, and is red where it is on the right."""


def test_steps_of_one_core_run_beside_one_another_and_are_told_one_after_the_other(tmp_path, monkeypatch, capfd):
    def step(name, *words, **more):
        return tiers.Step(name, (sys.executable, "-c", *words), beside=True, **more)

    left, right = tmp_path / "left", tmp_path / "right"
    nowhere = step("nowhere", "raise SystemError", need="moon")
    steps = [step("left", MEETS, left, right), nowhere, step("right", MEETS, right, left), step("last", "print('last')")]
    monkeypatch.setitem(tiers.TIERS, "made", steps)
    monkeypatch.setattr(run, "met", lambda need: need != "moon")
    monkeypatch.setitem(NEEDS, "moon", NEEDS["texts"])
    assert not run.main("made")
    printed = re.sub(r", \d+ s$", "", capfd.readouterr().out, flags=re.MULTILINE)
    assert list(filter(None, printed.splitlines()))[:11] == [
        *("== left", "left and right", "== left: green"),
        "== nowhere: not tried",
        *("== right", "right and left", "== right: red (exit 1)"),
        *("== last", "last", "== last: green"),
        "Proved: left, last.",
    ]


@pytest.mark.parametrize("tier", tiers.TIERS)
def test_the_programs_of_a_tier_are_there(tier):
    for step in tiers.TIERS[tier]:
        assert step.need in ("", *NEEDS)
        assert [part for part in step.command if str(part).startswith("tests/") and not (ROOT / part).exists()] == []
