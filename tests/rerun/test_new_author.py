"""A new author's first chapter, by the commands of the guide and no Python: put a step here when the guide gains one.

Source and numbers are invented, and so is the little book that they come into.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys

import nbformat
import pytest

from evidence import paths

SOURCE = """
evidence new source --id tools --title "A short survey of workshops" --short "Tool survey (2026)" --authors "Ada Smith"
  --publisher "Workshop Press" --published "May 2026" --as-of 2026-05-31 --licence "CC BY 4.0" --cadence one-off --kind report --seed tools.txt
"""
CHAPTER = 'evidence new chapter "How workshops share their tools" --name workshops --after who-bakes'
COMMON = '--source tools --locator Opening --as-of 2026-05-31 --place "United Kingdom" --period 2026'
FIGURES = [
    f"""evidence new figure --id tools.workshops.asked --quote "We asked 212 workshops." --stated 212 --value 212 --unit count --precision exact
      --population workshops {COMMON}""",
    *(
        f"""evidence new figure --id tools.sharing.{size} --quote "Of the {size} workshops {share}% share their tools with a neighbour."
          --stated {share}% --value {share} --unit percent --population "{size} workshops" --series tools.sharing --category "{size.title()}" {COMMON}"""
        for size, share in (("small", 62), ("middling", 48), ("large", 31), ("largest", 17))
    ),
]
CLAIM = """
evidence new claim --id tools-by-size --statement "The larger the workshop, the less it shares"
  --condition "{tools.sharing.small} > {tools.sharing.middling} > {tools.sharing.large} > {tools.sharing.largest}"
  --threshold "It would fail if workshops of any size shared at least as often as those of the next smaller size." --chapter workshops
"""
CHART = """
evidence new chart --id tools.sharing --form bars --series tools.sharing --order listed --chapter workshops
  --title "[17%](figure:tools.sharing.largest) of the largest workshops share their tools"
  --subtitle "Share of workshops, percent" --description "Bars of the share of workshops that share tools, from small to largest."
"""
PROSE = """## Who shares tools

Of the 212 workshops asked, [62%](figure:tools.sharing.small) of the small ones share tools, and [17%](figure:tools.sharing.largest) of the largest.
[Sharing falls with size](claim:tools-by-size).
"""

WORDINGS = """scheme,target,wording,direction
claim,hillford-leads,It would fail if the share in Oldbridge reached that in Hillford.,
claim,hillford-leads,People in Hillford buy from local bakers more often than people in Oldbridge.,
claim,hillford-leads,People in Hillford do so more often,
"""
"""What the claim of the little book may be told as; in a book without this table a claim may be told in any words."""


@pytest.fixture
def book(tmp_path):
    """A copy of the little book, recorded, in which the words of a claim are declared."""
    folder = tmp_path / "book"
    shutil.copytree(paths.ROOT / "tests" / "little_book", folder)
    (folder / "data" / "wordings.csv").write_text(WORDINGS, encoding="utf-8")
    for command in ("evidence format", "evidence record"):
        code, told = run(folder, command)
        assert code == 0, told
    return folder


def run(book, command):
    """Run a command of the guide in the copy and return its exit code and all it printed."""
    arguments = shlex.split(command)[1:]
    done = subprocess.run(
        [sys.executable, "-m", "evidence.cli", *arguments],
        cwd=book,
        env={**os.environ, "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        stdin=subprocess.DEVNULL,
    )
    return done.returncode, done.stdout + done.stderr


def write_prose(book):
    """Replace the section of the new chapter as an author does in an editor."""
    path = book / "chapters" / "workshops.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.source.startswith("## What the evidence says"))
    cell.source = PROSE.strip()
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


@pytest.mark.slow
def test_a_first_chapter_by_the_guide(book):
    for command in (CHAPTER, SOURCE, *FIGURES, CLAIM, CHART):
        code, told = run(book, command)
        assert code == 0, told
        assert "Written: " in told
    toc = (book / "_toc.yml").read_text(encoding="utf-8")
    assert "  - file: chapters/who-bakes\n  - file: chapters/workshops\n  - file: chapters/where-bread-is-sold\n" in toc
    assert "tools.sharing.largest,tools,Opening" in (book / "data" / "figures" / "tools.csv").read_text(encoding="utf-8")

    write_prose(book)
    code, told = run(book, "evidence check workshops")
    assert code == 1
    assert "Of the [[212]] workshops asked" in told
    assert "chapters/workshops.ipynb, cell 6, line 3" in told
    assert "Nearest: tools.workshops.asked" in told
    code, told = run(book, "evidence suggest workshops --fix")
    assert (code, "1 bound, 0 bound to nothing" in told) == (0, True), told
    assert "[212](figure:tools.workshops.asked)" in (book / "chapters" / "workshops.ipynb").read_text(encoding="utf-8")
    code, told = run(book, "evidence check workshops")
    assert code == 1
    assert "run: evidence new wording --scheme claim --target tools-by-size --wording 'Sharing falls with size'" in " ".join(told.split())
    code, told = run(book, "evidence new wording --scheme claim --target tools-by-size --wording 'Sharing falls with size'")
    assert code == 0, told
    code, told = run(book, "evidence record")
    assert code == 0, told
    code, told = run(book, "evidence check")
    assert code == 0, told

    code, told = run(book, "evidence build")
    assert code == 0, told
    page = (book / "_build" / "html" / "chapters" / "workshops.html").read_text(encoding="utf-8")
    assert "How workshops share their tools" in page
    assert "ledger-tools.html#tools.sharing.small" in page
    assert "<strong>Holds:</strong>" in page
    assert 'aria-label="Bars of the share of workshops' in page
