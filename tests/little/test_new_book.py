"""`evidence new book`: put a test here when a new report must have, ask or refuse something."""

import os
import subprocess
import sys

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


@pytest.mark.slow
def test_a_second_report_needs_no_line_of_python(tmp_path):
    """Two sources, five figures, a chart and a chapter, by commands alone, on the engine that the report brings along."""
    book = tmp_path / "new"
    assert evidence("new", "book", book, *flags(), folder=tmp_path).code == 0
    engine = {path.relative_to(book): path.read_bytes() for path in book.rglob("*.py")}
    census = ("--id", "census", "--title", "Shops", "--short", "Shop census", "--as-of", "2026-04-30", "--licence", "none")
    typed = [("new", "source", *census, "--cadence", "one-off", "--kind", "statistics")]
    for name, count in (("bakers", 12), ("butchers", 7), ("grocers", 21), ("dairies", 3)):
        row = ("--id", f"shops.{name}", "--source", "census", "--locator", f"row {name}", "--series", "shops", "--category", name)
        typed.append(("new", "figure", *row, "--stated", str(count), "--value", str(count), "--unit", "count", "--as-of", "2026-04-30"))
    chart = ("--id", "shops.kinds", "--form", "bars", "--series", "shops", "--title", "[21](figure:shops.grocers) are grocers")
    about = ("--subtitle", "Shops", "--description", "A bar for each kind.", "--order", "value", "--chapter", "who-bakes")
    for command in [*typed, ("new", "chart", *chart, *about), ("record",), ("check",), ("build",)]:
        environment = os.environ | {"PYTHONPATH": str(book / "lib"), "PYTHONDONTWRITEBYTECODE": "1"}
        typing = [sys.executable, "-m", "evidence.cli", *command]
        done = subprocess.run(typing, cwd=book, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert {path.relative_to(book): path.read_bytes() for path in book.rglob("*.py")} == engine
    copied = {path.relative_to(paths.PACKAGE): path.read_bytes() for path in paths.PACKAGE.rglob("*.py")}
    assert {path.relative_to(book / "lib/evidence"): path.read_bytes() for path in (book / "lib/evidence").rglob("*.py")} == copied
    assert (book / "_build" / "html" / "chapters" / "who-bakes.html").exists()
