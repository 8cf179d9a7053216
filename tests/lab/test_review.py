"""Reviewing a change: put a test here when a diff of a chapter must read in a certain way, or a commit must be refused."""

import re
import subprocess

import pytest

from evidence import paths

pytestmark = [pytest.mark.slow, pytest.mark.needs("lab")]

CHAPTER = "chapters/case-catch.ipynb"


def git(copy, surroundings, *arguments):
    """Run git in the copy and return its exit code and what it printed, colours taken off."""
    done = subprocess.run(["git", *arguments], cwd=copy, env=surroundings, capture_output=True, text=True, check=False)
    return done.returncode, re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)


@pytest.fixture
def reviewed(copy, surroundings):
    """The copy under version control, set up by the commands of `make review`; as it began, whatever a test before has committed."""
    if not (copy / ".git").exists():
        set_up(copy, surroundings)
    yield copy
    git(copy, surroundings, "reset", "--quiet", "--hard", "begun")


def set_up(copy, surroundings):
    git(copy, surroundings, "init", "--quiet", "--initial-branch=main")
    for name, value in {"user.name": "Ada", "user.email": "ada@made-together.example"}.items():
        git(copy, surroundings, "config", name, value)
    (copy / ".git" / "info" / "exclude").write_text(".venv\n__pycache__/\n_build/\n", encoding="utf-8")
    code, text = git(copy, surroundings, "add", "--all")
    assert code == 0, text
    assert git(copy, surroundings, "commit", "--quiet", "--no-verify", "--allow-empty", "--message", "Begin")[0] == 0
    assert git(copy, surroundings, "tag", "begun")[0] == 0
    # Not as a part of the make that runs these tests: that one would have its folder printed among the commands.
    commands = ["make", "--dry-run", "--no-print-directory", "--assume-old=.venv-lab/ready", "--assume-old=.venv/ready", "review"]
    alone = {name: value for name, value in surroundings.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    recipe = subprocess.run(commands, cwd=paths.ROOT, env=alone, capture_output=True, text=True, check=True).stdout
    assert recipe.count("git config") == 3
    installed = recipe.replace(".venv-lab/bin/pre-commit", str(paths.ROOT / ".venv-lab" / "bin" / "pre-commit"))
    subprocess.run(["bash", "-ec", installed], cwd=copy, env=surroundings, check=True, capture_output=True)


def edit(copy, old, new):
    file = copy / CHAPTER
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_diff_of_a_chapter_shows_its_prose_and_its_numbers(reviewed, surroundings):
    edit(reviewed, "has taken on [430](", "has taken on [431](")
    edit(reviewed, "430 | 430 | holds", "431 | 430 | broken")
    edit(reviewed, ">430</a>", ">431</a>")
    edit(reviewed, '"value": 48\n', '"value": 47\n')
    edit(reviewed, "  SMEs: 48%", "  SMEs: 47%")
    code, text = git(reviewed, surroundings, "diff")
    changed = [line[:62] for line in text.splitlines() if re.match(r"[-+](?![-+])", line)]
    assert code == 0
    assert changed == [
        "-CATCH, as it is called, has taken on [430](figure:case.catch.",
        "+CATCH, as it is called, has taken on [431](figure:case.catch.",
        "-  SMEs: 48%",
        "+  SMEs: 47%",
        "-430 | 430 | holds | quoted | demos",
        "+431 | 430 | broken | quoted | demos",
    ]


def test_a_commit_with_a_number_that_is_not_true_is_refused(reviewed, surroundings):
    edit(reviewed, "has taken on [430](", "has taken on [431](")
    code, text = git(reviewed, surroundings, "commit", "--all", "--message", "Change a number")
    assert code == 1
    assert "[431](figure:case.catch.apprentices) does not hold: the library says 430" in text


def test_a_commit_of_a_chapter_in_another_form_is_refused(reviewed, surroundings):
    edit(reviewed, 'staff and an apprentice.\\n",\n    "', "staff and an apprentice. ")
    code, text = git(reviewed, surroundings | {"SKIP": "check"}, "commit", "--all", "--message", "Join two lines")
    assert code == 1
    assert "Not in committed form: case-catch.ipynb." in text


def test_a_commit_that_passes_is_made(reviewed, surroundings):
    edit(reviewed, "Staff ask each employer", "The staff ask each employer")
    code, text = git(reviewed, surroundings, "commit", "--all", "--message", "Reword a sentence")
    assert code == 0, text
    assert "every number bound and true" in text


def test_the_configuration_of_the_hooks_is_valid(tools, surroundings):
    done = subprocess.run([tools / "pre-commit", "validate-config", paths.ROOT / ".pre-commit-config.yaml"], env=surroundings, check=False)
    assert done.returncode == 0
