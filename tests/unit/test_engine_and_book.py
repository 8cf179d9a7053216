"""The engine knows nothing of this book: no id, key, place, title, or chapter that it does not itself provide. Nothing is to be added here."""

import ast
import csv
import re
from functools import cache

import pytest
from test_architecture import MODULES
from whole import LIBRARY

from evidence import extension, paths
from evidence.catalog import schema
from evidence.errors import NoBookError

PROVIDED = {
    "claim-desk",
    "index",
    "ledger",
    "data-library",
    "audit",
    "status",
    "changes",
    "reading",
    "contributing",
    "commands",
    "guide-countersign",
}
"""Chapters that every book has, or may have: the engine makes them or links to them."""

KEYS = {"computed"}
"""Keys of sources that are the engine's own."""

_ID = re.compile(r"[a-z][a-z-]*(?:\.[a-z][a-z-]*)+")
_PAGE = re.compile(r"(?:chapters/([a-z-]+)|\b([a-z-]+)\.(?:html|ipynb))")


@cache
def known():
    """Return what stands in the tables of this book: ids, names, keys and titles of sources, places, and its chapters."""
    rows = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    ids = {row["id"] for found in rows.values() for row in found if "id" in row} | set(LIBRARY.series)
    places = {part.strip() for row in rows["figures"] for part in re.split(r",| and ", row["place"]) if part.strip()[:1].isupper()}
    return {
        "ids": {one for one in ids if "." in one},
        "names": {one for one in ids if "-" in one and "." not in one} | {row["id"] for row in rows["sources"]} - KEYS,
        "titles": {row[name] for row in rows["sources"] for name in ("title", "short")} - {""},
        "place": re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, places), key=len, reverse=True))})\b"),
        "chapters": {path.stem for path in paths.chapters_dir().glob("*.*")} - PROVIDED,
    }


def told(text):
    """Return what a text of the code says of this book."""
    held = known()
    found = {one for one in _ID.findall(text) if one in held["ids"]} | ({text} & held["names"])
    found |= {one for one in held["titles"] if one in text} | set(held["place"].findall(text))
    return found | {one for pair in _PAGE.findall(text) for one in pair if one in held["chapters"]}


def texts(tree):
    return [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]


@pytest.mark.parametrize(
    "text",
    [
        "sme.barriers.any",
        "see sme.barriers.any.",
        "demos",
        "long-tail",
        "Jobs in Manchester",
        "chapters/coordination",
        "impact.html#top",
    ],
)
def test_what_is_of_this_book_is_recognised(text):
    assert told(text)


def test_the_engine_says_nothing_of_this_book():
    assert len(known()["ids"]) > 500 and len(MODULES) > 100
    assert {name: found for name, tree in MODULES.items() if (found := {one for text in texts(tree) for one in told(text)})} == {}


@pytest.fixture
def another(tmp_path, monkeypatch):
    """A book whose settings a test writes, with nothing in its library."""
    (tmp_path / "data").mkdir()
    with (tmp_path / "data" / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(schema.SOURCES.names)

    def made(settings):
        (tmp_path / "_config.yml").write_text(settings, encoding="utf-8")
        monkeypatch.setenv(paths.VARIABLE, str(tmp_path))
        return tmp_path

    return made


def test_a_book_without_a_package_has_the_tables_of_the_engine_alone(another):
    ours = {table.name for table in schema.tables()}
    another("title: Another")
    assert {table.name for table in schema.tables()} < ours
    assert "cases" not in {table.name for table in schema.tables()}
    assert extension.contributed("views", "VIEWS", {}) == {}


def test_a_package_that_is_not_there_is_told(another):
    another("title: Another\nevidence:\n  package: nobodys_book\n")
    with pytest.raises(NoBookError, match=r'_config\.yml, evidence, package: no package "nobodys_book" in lib/'):
        extension.contributed("views", "VIEWS", {})


def test_a_package_beside_the_engine_is_taken_at_its_seams(another):
    root = another("title: Another\nevidence:\n  package: another_books_own\n")
    package = root / "lib" / "another_books_own"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "views.py").write_text('VIEWS = {"greeting": lambda chapter: f"Hello, {chapter}"}\n', encoding="utf-8")
    assert extension.contributed("views", "VIEWS", {})["greeting"]("reader") == "Hello, reader"
    assert extension.contributed("tables", "TABLES", ()) == ()
    assert extension.package_folder() == [package]


def test_each_seam_that_is_asked_for_is_declared():
    asked = {
        node.args[0].value
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "contributed"
    }
    assert asked == set(extension.SEAMS)
