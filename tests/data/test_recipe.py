"""The contributing page's recipe for a new source, followed to the letter: a source record, one CSV, and no code."""

import shutil

import pytest

from evidence import paths
from evidence.catalog import load
from evidence.catalog.packaging import differing
from evidence.catalog.verify import verify
from evidence.chapter import Chapter
from evidence.gates import run_gates
from evidence.receipts import carry

TEXT = "Almost half of the 212 workshops asked share their tools with a neighbour, and 17% lend them to schools.\n"
SOURCE = (
    "tools,A short survey of workshops,Tool survey (2026),Ada Smith,Workshop Press,2026-05,2026-05-31,,,CC BY 4.0,Ada Smith,one-off,report,"
    "in full,tools.txt,\n"
)
FIGURES = """id,source,locator,quote,stated,value,unit,precision,direction,population,place,period,as_of,origin,series,category,note
tools.workshops.asked,tools,Opening,Almost half of the 212 workshops asked share their tools,212,212,count,exact,,workshops,,,2026-05-31,,,,
tools.workshops.sharing,tools,Opening,Almost half of the 212 workshops asked share their tools with a neighbour,Almost half,50,percent,,,workshops,,,2026-05-31,,,,
tools.workshops.lending,tools,Opening,and 17% lend them to schools,17%,17,percent,,,workshops,,,2026-05-31,,,,
"""


@pytest.fixture
def book(tmp_path):
    for name in ("chapters", "data", "_toc.yml"):
        source = paths.ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, tmp_path / name)
    with (tmp_path / "data" / "sources.csv").open("a", encoding="utf-8", newline="") as stream:
        stream.write(SOURCE)
    (tmp_path / "data" / "figures" / "tools.csv").write_text(FIGURES, encoding="utf-8")
    carry(paths.ROOT / "data", tmp_path / "data")
    for name, text in differing(tmp_path / "data").items():
        (tmp_path / "data" / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_new_source_passes_every_gate(book):
    assert [gate.name for gate in run_gates(book / "data", book / "chapters") if not gate.green] == []


def test_a_new_source_appears_in_the_ledger_without_a_change_to_the_chapter(book):
    shown = Chapter("ledger", str(book / "data")).ledger()
    assert '<a href="ledger-tools.html">A short survey of workshops</a></td><td>3 figures</td>' in shown.html
    assert "tools.workshops.sharing | tools | Almost half" in shown.text


def test_a_change_of_any_cell_of_a_record_changes_what_the_ledger_shows(book):
    """So that recorded outputs, which are compared with it, go stale."""
    path = book / "data" / "figures" / "tools.csv"
    before, text = Chapter("ledger", str(book / "data")).ledger().text, path.read_text(encoding="utf-8")
    for old, new in (("Opening", "Ending"), ("lend them", "sell them"), (",workshops,", ",workshops asked,"), ("2026-05-31", "2026-05-30")):
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert text != path.read_text(encoding="utf-8")
        assert Chapter("ledger", str(book / "data")).ledger().text != before, new


def test_a_new_source_is_proved_against_its_text(book, tmp_path):
    library = load(book / "data")
    texts = tmp_path / "texts"
    texts.mkdir()
    for row in library.rows("sources"):
        if row["seed"]:
            (texts / row["seed"]).write_text(TEXT if row["id"] == "tools" else "nothing here", encoding="utf-8")
    result = verify(library, texts)
    assert result.found == 3
    assert [line for line in result.uncovered if line.startswith("tools")] == []
    assert [problem for problem in result.problems if "tools.csv" in problem] == []


def test_a_sentence_can_use_the_new_figure_at_once(book):
    page = book / "chapters" / "contributing.md"
    page.write_text(
        page.read_text(encoding="utf-8") + "\n[Almost half](figure:tools.workshops.sharing) of workshops share.\n", encoding="utf-8"
    )
    assert [gate.name for gate in run_gates(book / "data", book / "chapters") if not gate.green] == []
    page.write_text(page.read_text(encoding="utf-8").replace("[Almost half]", "[Most]"), encoding="utf-8")
    assert any(
        "[Most](figure:tools.workshops.sharing)" in str(text)
        for gate in run_gates(book / "data", book / "chapters")
        for text in gate.problems
    )
