"""Every command of the guides, in the order they stand there, in a copy of a book: put a page here when it tells an author what to type."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from command import copied_code

from evidence import paths
from evidence.catalog import load
from evidence.scaffold import new_book

STORIES = {
    "add a source, write a chapter, keep it living, publish and operate": (
        "guide-evidence",
        "guide-chapter",
        "guide-editions",
        "guide-operate",
    ),
    "change what is there": ("guide-changing",),
    "contribute": ("contributing",),
    "work together": ("guide-review",),
    "audit a report": ("guide-audit",),
    "prove the site": ("guide-prove",),
    "countersign": ("guide-countersign",),
    "use our numbers": ("guide-reuse",),
    "start a report": ("guide-book",),
}
"""Pages that are read one after the other, in one copy of the book."""

WHOLE = ("evidence record", "evidence build", "evidence publish --into _build/published")
"""Commands that work on the whole book: typed where they stand last in a story, when it holds all that the pages of that story have written."""

LITTLE = ("work together", "prove the site")
"""Stories that name nothing of a book, so that they are typed in the little one; the true one is built, published and proved by the first of all."""

PATTERNS = {
    "ingest look": "tests/survey/test_survey_look.py",
    "ingest survey": "tests/survey/test_survey_look.py",
    "ingest tables": "tests/survey/test_survey_tables.py",
}
"""Commands of `guide-survey`, which need somebody's file of respondents and so stand there as a pattern: the file that runs each."""

ELSEWHERE = {
    "make book": (".ci/run", "make book"),
    "make test": (".ci/run", "make test"),
    "make lab": ("tests/lab/test_jupyterlab.py", '"lab", "--config"'),
    "make review": ("tests/lab/test_review.py", '"review"'),
    "evidence preview new-firms": ("tests/rerun/test_preview.py", '"evidence.cli", "preview"'),
    "git merge BRANCH": ("tests/little/test_merges.py", 'git(repository, "merge"'),
    "evidence cited paper.md --site https://ADDRESS-OF-THE-BOOK/": ("tests/cited/test_cited.py", '["cited", *map(str, words)]'),
    "evidence merge": ("tests/little/test_merges.py", 'evidence("merge"'),
    "source .venv/bin/activate": ("Makefile", "VENV := .venv"),
}
"""Commands that are not typed here: the file that runs them instead, and the words it does so with. The last only says where programs are."""

SOURCE, QUOTED = "left-behind", ("figures", "findings", "recommendations")
"""The source whose quotes a guide proves, and the tables that quote it."""

MEASURED = "official.pay.median.bradford"
"""A figure that a guide holds against a cell of its producer's file."""

OWN = ("chapters", "data", "lib", "tests/fixtures", "_toc.yml", "_config.yml", "CITATION.cff", "CHANGELOG.md", "LICENSE")
COPIED = (*OWN, *(name for name in new_book.COPIED if not name.startswith("lib")))
"""The book with its library, and what a book that is made from it takes over."""


def commands(page):
    """Return each command of a page with the exit code it is said to end with."""
    text = (paths.chapters_dir() / f"{page}.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.replace("\\\n", " ").splitlines() if line.strip()]
    return [(" ".join(line.partition("  # ")[0].split()), int((re.findall(r"  # ends with (\d)", line) or "0")[0])) for line in lines]


def typed(story):
    """Return each command of a story that is typed here, with the exit code it is said to end with."""
    told = [entry for page in STORIES[story] for entry in commands(page)]
    last = {command: number for number, (command, _) in enumerate(told)}
    return [entry for number, entry in enumerate(told) if entry[0] not in ELSEWHERE and (entry[0] not in WHOLE or last[entry[0]] == number)]


@pytest.fixture
def copy(tmp_path, story, recorded):
    """A copy of the book of a story with its library."""
    if story in LITTLE:
        return shutil.copytree(recorded, tmp_path / "book")
    for name in COPIED:
        source, target = paths.ROOT / name, tmp_path / "book" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            copied_code(source, target)
        else:
            shutil.copy2(source, target)
    write_text(tmp_path / "sources")
    write_table(tmp_path / "downloads")
    return tmp_path / "book"


def write_text(folder):
    """Write the report that a guide reads in, its later edition, and the text it proves quotes against, of these: the source's own is not part of the repository."""
    library = load()
    (seed,) = [row["seed"] for row in library.rows("sources") if row["id"] == SOURCE]
    quoted = [row["quote"] for name in QUOTED for row in library.all_rows(name) if row["source"] == SOURCE]
    quoted += [row["text"] for row in library.all_rows("not-evidence") if row["source"] == SOURCE]
    whole = [words for words in set(quoted) if not any(words in other and words != other for other in quoted)]
    folder.mkdir()
    (folder / "rye-report.md").write_text("# Rye bread\n\nIn 2025, 60% of small bakers in Leeds baked rye.\n", encoding="utf-8")
    (folder / "rye-report-later.md").write_text("# Rye bread\n\nIn 2026, 64% of small bakers in Leeds baked rye.\n", encoding="utf-8")
    (folder / seed).write_text("\n\n".join(sorted(whole)), encoding="utf-8")


def write_table(folder):
    """Write a producer's file with the cell that a guide holds a figure against, and a row beside it."""
    figure = load().figure(MEASURED)
    folder.mkdir()
    held = float(figure.quantity.anchor)
    (folder / "pay.csv").write_text(
        f"areacd,areanm,2025\nE08000032,{figure.place},{held}\nE08000033,Elsewhere,{held + 50}\n", encoding="utf-8"
    )


def test_every_guide_is_typed_here_and_every_page_of_a_story_has_commands():
    guides = {path.stem for path in paths.chapters_dir().glob("guide-*.md")} | {"contributing"}
    assert guides == {page for pages in STORIES.values() for page in pages} | {"guide-survey"}
    assert all(commands(page) for page in guides - {"guide-survey"})


def test_each_command_that_stands_as_a_pattern_is_run_elsewhere():
    shown = re.findall(r"^evidence (\w+ \w+) FILE", (paths.chapters_dir() / "guide-survey.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert set(shown) == set(PATTERNS)
    for command, file in PATTERNS.items():
        assert f""""{'", "'.join(command.split())}",""" in (paths.ROOT / file).read_text(encoding="utf-8"), command


def test_what_is_not_typed_here_is_run_elsewhere():
    told = {command for pages in STORIES.values() for page in pages for command, _ in commands(page)}
    assert set(ELSEWHERE) <= told
    for place, words in ELSEWHERE.values():
        assert words in (paths.ROOT / place).read_text(encoding="utf-8")


def test_the_true_book_is_built_twice_and_every_byte_of_one_site_is_held_against_the_other():
    """By `prove`, which builds a site again from what it publishes; the book has a new chapter and new data by then."""
    (story,) = [story for story, pages in STORIES.items() if pages[-1] == "guide-operate"]
    wanted = ["build", "publish --into _build/published", "prove _build/published"]
    assert typed(story)[-3:] == commands("guide-operate") == [(f"evidence {words}", 0) for words in wanted]
    assert story not in LITTLE


def test_a_command_on_the_whole_book_is_typed_once_a_story_and_every_other_wherever_it_stands():
    for story, pages in STORIES.items():
        told = Counter(entry for page in pages for entry in commands(page) if entry[0] not in ELSEWHERE)
        assert Counter(typed(story)) == {entry: 1 if entry[0] in WHOLE else count for entry, count in told.items()}


def test_what_is_looked_at_is_typed():
    assert set(LOOKED_AT) <= {command for story in STORIES for command, _ in typed(story)}


def test_the_example_of_an_acceptance_is_one_that_succeeds():
    ends = [code for command, code in commands("guide-editions") if command.startswith("evidence accept ")]
    assert ends == [0, 0]


def look_at_the_next_wave(book):
    """Look at the edition that a book has made of the next wave: every chapter has run, and one says which of its sentences no longer hold.

    The site of such an edition is built of the little book, in `tests/little/test_little_book.py`.
    """
    chapters = (book / "_build" / "editions" / "latest").resolve() / "chapters"
    assert {path.name for path in chapters.glob("*.ipynb")} == {path.name for path in (book / "chapters").glob("*.ipynb")}
    cells = json.loads((chapters / "coordination.ipynb").read_text(encoding="utf-8"))["cells"]
    outputs = [output.get("data", {}) for cell in cells for output in cell.get("outputs", ())]
    shown = BeautifulSoup("".join(line for data in outputs for line in data.get("text/html", ())), "html.parser")
    broken = [box.summary.get_text() for box in shown.select("details.claim-broken")]
    assert broken
    assert all(line.startswith("No longer holds: ") for line in broken)


LOOKED_AT = {"evidence rerun --data tests/fixtures/next-wave": look_at_the_next_wave}
"""Commands of which more is held than how they end, and what looks at what they made."""


@pytest.mark.slow
@pytest.mark.parametrize("story", STORIES)
def test_the_commands_of_the_guides_do_what_they_say(story, copy):
    """Each ends with the exit code the guide tells, by default without a fault, and what is looked at is there."""
    library = paths.ROOT / "lib" if story in LITTLE else copy / "lib"
    environment = {**os.environ, "PYTHONPATH": str(library), "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    wrong, folder = [], copy
    for command, expected in typed(story):
        program, *arguments = shlex.split(command)
        if program == "cd":
            folder = (folder / arguments[0]).resolve()
            continue
        assert program == "evidence", f"{command}: only the commands of the book are typed here"
        done = subprocess.run(
            [sys.executable, "-m", "evidence.cli", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
            stdin=subprocess.DEVNULL,
        )
        if done.returncode != expected:
            wrong.append(f"{command}\nended with {done.returncode}, the guide says {expected}:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
        elif command in LOOKED_AT:
            LOOKED_AT[command](folder)
    assert not wrong, "\n\n".join(wrong)
