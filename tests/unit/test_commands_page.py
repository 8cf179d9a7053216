"""The page of commands and the tour of the architecture say what is there: put a test here when a page follows from the code."""

import re
import xml.etree.ElementTree as ElementTree

import pytest
from test_architecture import ROOMS

from evidence.cli import reference
from evidence.paths import ROOT


@pytest.fixture(scope="module")
def page():
    """The page, made once: Typer reads the commands in a process of its own."""
    return reference.page()


def test_the_page_of_commands_is_what_the_commands_say(page):
    assert (ROOT / reference.PAGE).read_text(encoding="utf-8") == page, "Run: evidence format"


def test_every_command_and_every_option_explains_itself(page):
    items = re.findall(r"^\* `([^`]+)`:?(.*)$", page, re.MULTILINE)
    assert len(items) > 30
    assert [name for name, about in items if not about.strip()] == []


def test_what_is_typed_stands_as_code_and_each_sentence_on_its_line(page):
    assert "(exit code `1`)" in page
    assert "Without `--site` it checks, executes" in page
    assert "\nNever touches the committed chapters.\n" in page


def test_code_is_whole_and_nothing_else(page):
    for typed in (
        "such as `tcp://127.0.0.1:8786`.",
        "Keep in `data/places/` the values",
        "the repository's `data/`.",
        "such as `itl3-2021` or `lad-2024`.",
        "Answer in `questions.toml` of the folder",
        "`{a.b} > 2 * max({c.d}, {e.f})`.",
        "Exit codes: `0` clean, `1` findings, `2` usage, `3` fault.",
        "`[default: 0; x>=0]`",
    ):
        assert typed in page
    for prose in (
        "Markdown, text, HTML, PDF, DOCX, XLSX, ODS or CSV;",
        "CSV, XLSX, SPSS (`.sav`, `.zsav`, `.por`) or Stata (`.dta`)",
        "CSL JSON:",
    ):
        assert prose in page
    assert reference._coded("In 12 cases of 300, by either or both.") == "In 12 cases of 300, by either or both."


def test_the_tour_names_every_room_once_in_the_order_they_import_in():
    tour = (ROOT / "chapters" / "architecture.md").read_text(encoding="utf-8").split("## The rooms of the library")[1].split("## ")[0]
    named = [name for row in re.findall(r"^\| (`[^|]+) \|", tour, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)]
    assert len(named) == len(set(named))
    level = {room: number for number, rooms in enumerate(ROOMS) for room in rooms}
    assert set(named) == set(level)
    assert [level[name] for name in named] == sorted(level.values())


def test_the_picture_of_the_architecture_names_only_rooms_there_are():
    texts = [
        "".join(text.itertext())
        for text in ElementTree.parse(ROOT / "chapters" / "architecture.svg").iter()
        if text.get("class") in ("room", "side")
    ]
    named = {word for text in texts for word in re.findall(r"[a-z]+", text)}
    rooms = {room for rooms in ROOMS for room in rooms}
    assert {
        "catalog",
        "quantity",
        "recompute",
        "audit",
        "claims",
        "statements",
        "charts",
        "gates",
        "ledger",
        "site",
        "refresh",
        "editions",
    } <= named & rooms
