"""`evidence new book`: put a test here when a new report must have, ask or refuse something."""

import json
import os
import re
import subprocess
import sys
import urllib.request

import pytest
from command import evidence

from evidence import paths

BOOK = {"title": "Bread in Hillford", "author": "The bakers", "licence": "CC-BY-4.0", "code-licence": "MIT", "chapter": "Who bakes"}
SENTENCE = "Of those asked, 68% buy bread from a baker in town."
SOURCE = {"id": "hillford", "title": "Bread", "short": "Bread survey", "as-of": "2026-03-31", "licence": "none", "cadence": "one-off"}
FIGURE = {
    "id": "bread.local",
    "locator": "page 3",
    "quote": SENTENCE,
    "stated": "68%",
    "value": "68",
    "unit": "percent",
    "as-of": "2026-03-31",
}


def flags(**changes):
    """Return the flags of a whole book; a change to None leaves one out."""
    source = {f"source-{name}": value for name, value in (SOURCE | {"kind": "report", "seed": "hillford.txt"}).items()}
    figure = {f"figure-{name}": value for name, value in FIGURE.items()}
    given = BOOK | {"sentence": SENTENCE} | source | figure | {name.replace("_", "-"): value for name, value in changes.items()}
    return [word for name, value in given.items() if value is not None for word in (f"--{name}", value)]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": "Route 66"}, "--title"),
        ({"licence": "all rights"}, "--licence"),
        ({"author": None}, "Missing: --author"),
        ({"source_short": None}, "Missing: --source-short"),
        ({"figure_value": "86"}, "--figure-value"),
        ({"sentence": "Most buy bread in town."}, 'holds "68%" 0 times'),
        ({"chapter": "Ledger"}, "the name of a page that every book has"),
    ],
)
def test_what_cannot_stand_is_refused_and_leaves_nothing(changes, told, tmp_path):
    done = evidence("new", "book", tmp_path / "new", *flags(**changes), folder=tmp_path)
    assert done.code != 0
    assert told in " ".join(done.complained.split())
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_holds_something_is_left_as_it_is(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = evidence("new", "book", tmp_path, *flags(), folder=tmp_path)
    assert (done.code, "something stands there already" in done.complained) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_gate_that_is_red_leaves_nothing(tmp_path):
    """The share is of others than the sentence says a number of: nothing else binds the second number."""
    done = evidence("new", "book", tmp_path / "new", *flags(sentence="Of 500 firms asked, 68% do."), folder=tmp_path)
    assert (done.code, '"500' in done.complained) == (1, True)
    assert list(tmp_path.iterdir()) == []


REPORT = """# Bread in Hillford

Of those asked, 68% buy bread from a baker in town. The table (30 Kb) tells more.

In 2025, 12 bakers sold rye.
"""


def begun(tmp_path):
    """Return how a book is started that begins with a report."""
    (tmp_path / "hillford.md").write_text(REPORT, encoding="utf-8")
    left_out = dict.fromkeys(("sentence", "source_title", "source_seed", *(f"figure_{name.replace('-', '_')}" for name in FIGURE)))
    return ("new", "book", tmp_path / "new", "--from", tmp_path / "hillford.md", *flags(**left_out))


def typed(book, *command):
    """Return the exit code of a module that runs in a book with the book's own engine, and what it said."""
    typing = [sys.executable, "-m", *command]
    environment = os.environ | {"PYTHONPATH": str(book / "lib")}
    done = subprocess.run(typing, cwd=book, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
def test_a_book_begins_with_a_report_that_is_decided_on_later(tmp_path):
    done = evidence(*begun(tmp_path), "--no-page", folder=tmp_path)
    assert done.code == 0, done.complained
    assert "from hillford.md title: Bread in Hillford" in done.printed
    assert "evidence read --accept TABLE --chapter who-bakes" in " ".join(done.printed.split())
    held = (tmp_path / "new" / "chapters" / "who-bakes.ipynb").read_text(encoding="utf-8")
    assert "no source stands behind it yet. No figure is used in its sentences." in held
    code, said = typed(tmp_path / "new", "evidence.cli", "check")
    assert code == 0, said


@pytest.mark.slow
def test_a_report_that_is_decided_on_becomes_the_table_of_the_first_chapter(tmp_path):
    started = subprocess.Popen(
        [sys.executable, "-m", "evidence.cli", *map(str, begun(tmp_path))],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    with started:
        address = next(found[0] for line in started.stdout if (found := re.search(r"http://127\.0\.0\.1:\d+/", line)))
        with urllib.request.urlopen(address, timeout=20) as page:
            token = re.search(r'name="token" content="([^"]+)"', page.read().decode())[1]
        for at, decision in enumerate(("accept", "excuse", "accept")):
            data = json.dumps({"do": decision, "at": at}).encode()
            urllib.request.urlopen(urllib.request.Request(address, data, {"X-Token": token}), timeout=20).close()
        assert "Go there, then: make book" in started.stdout.read()
    book = tmp_path / "new"
    cells = json.loads((book / "chapters" / "who-bakes.ipynb").read_text(encoding="utf-8"))["cells"]
    (shown,) = [cell for cell in cells if "".join(cell["source"]) == 'chapter.table("hillford")']
    assert "".join(shown["outputs"][0]["data"]["text/plain"]).splitlines()[1:] == [
        "68% | buy bread baker town asked | quoted | hillford",
        "12 | bakers, 2025 | quoted | hillford",
    ]
    for command in (("evidence.cli", "record", "--check"), ("pytest", "-q", "-p", "no:cacheprovider", "tests/test_book.py")):
        code, said = typed(book, *command)
        assert code == 0, said


@pytest.mark.slow
def test_a_second_report_needs_no_line_of_python(tmp_path):
    """Two sources, three figures, a chart and a chapter, by commands alone, on the engine that the report brings along."""
    book = tmp_path / "new"
    assert evidence("new", "book", book, *flags(), folder=tmp_path).code == 0
    engine = {path.relative_to(book): path.read_bytes() for path in book.rglob("*.py")}
    census = ("--id", "census", "--title", "Shops", "--short", "Shop census", "--as-of", "2026-04-30", "--licence", "none")
    commands = [("new", "source", *census, "--cadence", "one-off", "--kind", "statistics")]
    for name, count in (("bakers", 12), ("grocers", 21)):
        row = ("--id", f"shops.{name}", "--source", "census", "--locator", f"row {name}", "--series", "shops", "--category", name)
        commands.append(("new", "figure", *row, "--stated", str(count), "--value", str(count), "--unit", "count", "--as-of", "2026-04-30"))
    chart = ("--id", "shops.kinds", "--form", "bars", "--series", "shops", "--title", "[21](figure:shops.grocers) are grocers")
    about = ("--subtitle", "Shops", "--description", "A bar for each kind.", "--order", "value", "--chapter", "who-bakes")
    for command in [*commands, ("new", "chart", *chart, *about), ("record",), ("build",)]:
        code, said = typed(book, "evidence.cli", *command)
        assert code == 0, f"{command}\n{said}"
    assert {path.relative_to(book): path.read_bytes() for path in book.rglob("*.py")} == engine
    copied = {path.relative_to(paths.PACKAGE): path.read_bytes() for path in paths.PACKAGE.rglob("*.py")}
    assert {path.relative_to(book / "lib/evidence"): path.read_bytes() for path in (book / "lib/evidence").rglob("*.py")} == copied
    assert (book / "_build" / "html" / "chapters" / "who-bakes.html").exists()
