"""Two authors' branches made one: put a test here when a merge loses what one of them wrote, or lets pass what only a person can decide.

Each merge is done by git alone, with `evidence merge` where it stops, and by git with the driver that `make book` sets.
"""

import csv
import json
import os
import random
import subprocess
import sys

import pytest
from command import evidence
from every import every

from evidence import paths
from evidence.catalog import load
from evidence.catalog.validation import validate
from evidence.form import merged
from evidence.gates import run_gates
from evidence.problems import conflict_line

MERGES = max(6, round(30 * float(os.environ.get("SHARE_OF_MERGES", "0.4"))))
"""How many merges are tried; all thirty with SHARE_OF_MERGES=1."""

PAGE, TABLE, FRONT = "chapters/who-bakes.ipynb", "data/figures/hillford.csv", "chapters/index.md"
COMMANDS = {"LC_ALL": "C", "GIT_CONFIG_GLOBAL": os.devnull, "PYTHONPATH": str(paths.ROOT / "lib")}


def git(book, *words, code=0):
    done = subprocess.run(["git", *words], cwd=book, env={**os.environ, **COMMANDS}, capture_output=True, text=True, check=False)
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture(params=["alone", "with the driver"])
def repository(little_book, request):
    """The little book under version control, with the attributes of this repository."""
    (little_book / ".gitattributes").write_text((paths.ROOT / ".gitattributes").read_text())
    (little_book / ".gitignore").write_text("_build/\n")
    git(little_book, "init", "--quiet", "--initial-branch=main")
    for name, value in {"user.name": "Ada", "user.email": "ada@bread.example"}.items():
        git(little_book, "config", name, value)
    if request.param == "with the driver":
        driver = f"'{sys.executable}' -m evidence.cli merge --driver %O %A %B -- %P"
        git(little_book, "config", "merge.jupyternotebook.driver", driver)
    git(little_book, "add", "--all")
    git(little_book, "commit", "--quiet", "--message", "Begin")
    return little_book


def cells(book):
    return json.loads((book / PAGE).read_text())["cells"]


def write_cells(book, changed):
    notebook = json.loads((book / PAGE).read_text())
    notebook["cells"] = changed
    (book / PAGE).write_text(json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def change_cell(book, number, change):
    found = cells(book)
    found[number]["source"] = change("".join(found[number]["source"])).splitlines(keepends=True)
    write_cells(book, found)


def new_cell(place):
    def add(book, word):
        cell = {
            "cell_type": "markdown",
            "id": f"id-{word}",
            "metadata": {},
            "source": [f"### About {word}\n", "\n", f"Nobody knows {word}."],
        }
        write_cells(book, [*(found := cells(book))[:place], cell, *found[place:]])

    return add


def new_sentence(number, begins=""):
    return lambda book, word: change_cell(book, number, lambda text: f"{text}\n{begins}We were told of {word}.")


def new_row(place):
    def add(book, word):
        lines = (book / TABLE).read_text().splitlines()
        model = next(cells for cells in csv.DictReader(lines) if cells["id"] == "bread.price")
        row = model | {"id": f"bread.price.{word}", "quote": f"In {word} a loaf costs £2.40."}
        at = place if place >= 0 else len(lines)
        (book / TABLE).write_text("\n".join([*lines[:at], ",".join(row.values()), *lines[at:], ""]))

    return add


def new_page(book, word):
    (book / f"chapters/on-{word}.md").write_text(f"# On {word}\n\nNothing is known of {word}, whatever they say.\n")
    toc = (book / "_toc.yml").read_text()
    (book / "_toc.yml").write_text(f"{toc}  - file: chapters/on-{word}\n")


def front(book, word):
    (book / FRONT).write_text((book / FRONT).read_text() + f"It speaks of {word}.\n")


def recorded(book, word):
    """A run by machine, whose outputs nobody has to merge."""
    found = cells(book)
    found[-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [f"{word.upper()}\n"]}]
    write_cells(book, found)


CHANGES = [
    *(new_cell(place) for place in (4, 5, 6)),
    *(new_sentence(number) for number in (4, 5, 6)),
    new_sentence(5, "\n"),
    *(new_row(place) for place in (-1, 4)),
    new_page,
    front,
]
"""What an author adds; two at one place as well."""


def words(dice, taken=frozenset()):
    """Yield words that nobody has written so far."""
    while True:
        word = "".join(dice.choice("bcdfgklmnprstvz") + dice.choice("aeiou") for _ in range(4))
        if word not in taken:
            yield word
            taken |= {word}


def everything(book):
    names = git(book, "ls-files", "-z").stdout.split("\0")
    return "\n".join((book / name).read_text() for name in names if name and not name.endswith(("datapackage.json", ".schema.json")))


def count(book, word):
    return sum(word in line for line in everything(book).splitlines())


def branches(book, ours, theirs):
    """Commit what each author does on a branch of their own, stand on ours, and return how many lines hold each word."""
    lines = {}
    for name, changes in (("theirs", theirs), ("ours", ours)):
        git(book, "checkout", "--quiet", "-B", name, "main")
        for change, word in changes:
            change(book, word)
        git(book, "add", "--all")
        git(book, "commit", "--quiet", "--message", name)
        lines |= {word: count(book, word) for _, word in changes}
    return lines


@pytest.mark.slow
def test_what_two_authors_add_is_kept_of_both_without_a_mark(repository):
    dice = random.Random(20261128)
    stopped = 0
    for number in range(MERGES):
        fresh = words(dice)
        same = [dice.choice(CHANGES)] if number % 2 else []
        ours, theirs = ([(change, next(fresh)) for change in [*same, *dice.sample(CHANGES, 2), recorded]] for _ in range(2))
        lines = branches(repository, ours, theirs)
        if git(repository, "merge", "--quiet", "--no-edit", "theirs", code=None).returncode:
            stopped += 1
            done = evidence("merge", folder=repository)
            assert done.code == 0, done.printed + done.complained
            assert git(repository, "diff", "--name-only", "--diff-filter=U").stdout == ""
            git(repository, "commit", "--quiet", "--no-edit")
        assert {word: count(repository, word) for word in lines} == lines, number
        assert min(lines[word] for change, word in [*ours, *theirs] if change is not recorded) > 0
        assert conflict_line(everything(repository)) == 0
        assert evidence("format", folder=repository).code == 0
        validate(load(repository / "data"))
        ids = [cell["id"] for cell in cells(repository)]
        assert len(ids) == len(set(ids)) and cells(repository)[-1]["source"] == ["chapter.statements()"]
        told = evidence("check", folder=repository).printed
        assert "merge" not in told and "notebook" not in told, told
        git(repository, "checkout", "--quiet", "--force", "main")
        git(repository, "clean", "--quiet", "-d", "--force")
    driver = git(repository, "config", "merge.jupyternotebook.driver", code=None).stdout
    assert (stopped == 0) == bool(driver)


def test_the_same_words_changed_in_two_ways_are_left_to_a_person(repository):
    branches(
        repository,
        [(lambda book, word: change_cell(book, 6, lambda text: text.replace("anybody", word)), "somebody")],
        [(lambda book, word: change_cell(book, 6, lambda text: text.replace("anybody", word)), "nobody")],
    )
    git(repository, "merge", "--quiet", "--no-edit", "theirs", code=1)
    done = evidence("merge", folder=repository)
    assert done.code == 1
    assert "1 left to you." in done.printed
    source = "".join(cells(repository)[6]["source"]).splitlines()
    assert source[-5:] == [
        "<<<<<<< ours",
        "- Whether somebody bakes at home.",
        "=======",
        "- Whether nobody bakes at home.",
        ">>>>>>> theirs",
    ]
    before = (repository / PAGE).read_bytes()
    for command in ("check", "format"):
        done = evidence(command, folder=repository)
        assert done.code == 1
        assert "a merge conflict is left in the file" in done.printed + done.complained
    assert (repository / PAGE).read_bytes() == before


def notebook(*sources, **ids):
    made = [{"cell_type": "markdown", "id": name, "metadata": {}, "source": source} for name, source in ids.items()]
    return json.dumps({"cells": [*made, *sources], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def merged_cells(base, ours, theirs):
    made = merged(notebook(**base), notebook(**ours), notebook(**theirs), notebook=True)
    return {cell["id"]: "".join(cell["source"]) for cell in json.loads(made.text)["cells"]}, made.conflicts


def test_cells_that_begin_end_and_move():
    base = {"a": "A", "b": "B", "c": "C"}
    assert merged_cells(base, {"a": "A", "c": "C"}, base) == ({"a": "A", "c": "C"}, 0)
    assert merged_cells(base, base, {"c": "C", "a": "A", "b": "B"})[0] == {"c": "C", "a": "A", "b": "B"}
    found, conflicts = merged_cells(base, {"a": "A", "x": "X", "b": "B", "c": "C"}, {"c": "C", "a": "A", "y": "Y", "b": "B"})
    assert (list(found), conflicts) == (["c", "a", "y", "x", "b"], 0)


def test_a_cell_that_one_ends_and_the_other_changes_is_left_to_a_person():
    found, conflicts = merged_cells({"a": "A", "b": "B"}, {"a": "A"}, {"a": "A", "b": "B more"})
    assert (found["b"], conflicts) == ("<<<<<<< ours\n=======\nB more\n>>>>>>> theirs", 1)
    found, conflicts = merged_cells({"a": "A", "b": "B"}, {"a": "A", "b": "B more"}, {"a": "A"})
    assert (found["b"], conflicts) == ("<<<<<<< ours\nB more\n=======\n>>>>>>> theirs", 1)


def test_two_new_cells_that_have_one_id_by_chance_are_both_kept():
    found, conflicts = merged_cells({"a": "A"}, {"a": "A", "x": "Ours"}, {"a": "A", "x": "Theirs"})
    assert (list(found.values()), conflicts) == (["A", "Ours", "Theirs"], 0)
    assert merged_cells({"a": "A"}, {"a": "A", "x": "Same"}, {"a": "A", "x": "Same"})[0] == {"a": "A", "x": "Same"}


def test_a_sentence_added_beside_one_that_is_changed_is_kept_with_it():
    assert merged_cells({"a": "One.\nTwo."}, {"a": "One.\nTwo!"}, {"a": "One.\nTwo.\nThree."}) == ({"a": "One.\nTwo!\nThree."}, 0)
    assert merged_cells({"a": "Two."}, {"a": "One.\nTwo."}, {"a": "Two!"}) == ({"a": "One.\nTwo!"}, 0)


def test_a_side_that_is_no_notebook_is_merged_as_text_with_marks(tmp_path):
    for name, text in (("base", "{}\n"), ("ours", "{broken\n"), ("theirs", "{also\n")):
        (tmp_path / name).write_text(text)
    done = evidence("merge", "--driver", *(tmp_path / name for name in ("base", "ours", "theirs")), "--", "chapters/page.ipynb")
    assert done.code == 1
    assert (tmp_path / "ours").read_text() == "<<<<<<< ours\n{broken\n=======\n{also\n>>>>>>> theirs\n"


@pytest.mark.parametrize("name", [FRONT, PAGE, TABLE, "_toc.yml", "data/codebooks/hillford.toml", "README.md"])
def test_a_mark_is_refused_wherever_it_was_left_and_format_leaves_it(little_book, name):
    text = (little_book / name).read_text()
    (little_book / name).write_text(f"{text}\n<<<<<<< HEAD\none\n=======\nother\n>>>>>>> theirs\n")
    before = (little_book / name).read_bytes()
    told = evidence("check", folder=little_book)
    assert told.code == 1
    assert "a merge conflict is left in the file" in told.printed + told.complained
    evidence("format", folder=little_book)
    assert (little_book / name).read_bytes() == before


def test_marks_that_were_joined_to_a_sentence_are_refused():
    assert conflict_line("# Title\n\nOne is so. <<<<<<< HEAD Another is. ======= It is. >>>>>>> theirs\n", prose=True) == 3
    assert conflict_line("Marks such as `<<<<<<< HEAD` are left by git, and <<an aside>> is none.\n", prose=True) == 0


def test_a_notebook_that_cannot_be_read_is_told_with_line_and_column(little_book):
    lines = (little_book / PAGE).read_text().splitlines()
    lines[4] = lines[4].rstrip(",")
    (little_book / PAGE).write_text("\n".join(lines))
    told = evidence("format", folder=little_book).complained
    assert "chapters/who-bakes.ipynb, line 6: column" in told and "a comma, a bracket or a quotation mark is missing" in " ".join(
        told.split()
    )
    assert "version control" not in told


def without(name):
    """Return how the notebook looks whose second cell lacks something."""

    def change(text):
        made = json.loads(text)
        del made["cells"][1][name]
        return json.dumps(made)

    return change


@every(
    "change,told",
    [
        (lambda _text: "[]", "it holds no list of cells"),
        (lambda _text: '{"cells": 3}', "it holds no list of cells"),
        (without("cell_type"), "cell 2 is none"),
        (without("metadata"), "cell 2 is none"),
        (without("source"), "cell 2 has no text"),
        (without("outputs"), "cell 2 has no outputs"),
    ],
    ids=lambda row: row[1],
)
def test_a_file_that_is_no_notebook_is_told_in_words(change, told, little_book):
    text = (little_book / PAGE).read_text()
    (little_book / PAGE).write_text(change(text))
    (problem,) = [problem for gate in run_gates() for problem in gate.problems if problem.place.file == PAGE]
    assert problem.message == f"not a notebook that can be read: {told}."
    (little_book / PAGE).write_text(text)


@every("name", [PAGE, TABLE, "data/claims.csv", "chapters/index.md"])
def test_a_folder_or_a_link_to_nothing_under_the_name_of_a_file_is_told(name, little_book):
    path = little_book / name
    text = path.read_bytes()
    path.unlink()
    for make, end in ((path.mkdir, path.rmdir), (lambda: path.symlink_to("nowhere"), path.unlink)):
        make()
        (problem,) = [problem for gate in run_gates() for problem in gate.problems]
        assert problem.place.file == name and problem.message.startswith(
            ("a folder or a link", "a folder, or a link that", "a link, and no ")
        )
        end()
    path.write_bytes(text)
