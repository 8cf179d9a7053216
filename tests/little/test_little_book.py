"""The engine on the invented little book, whose every number can be worked out in the head: put a test here when it needs no true evidence."""

import csv
import json
import signal
import subprocess

import pytest
from bs4 import BeautifulSoup
from command import evidence

from evidence.catalog import load
from evidence.editions import building
from evidence.errors import EditionError
from evidence.gates import run_gates


def told(book, gate):
    return [str(problem) for found in run_gates(book / "data", book / "chapters") if found.name == gate for problem in found.problems]


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def change_prose(book, old, new):
    change(book / "chapters" / "who-bakes.ipynb", old, new)


def restate(book, name, old, new):
    change(book / "data" / "figures" / "hillford.csv", f"In {name} {old}% buy", f"In {name} {new}% buy")
    change(
        book / "data" / "figures" / "hillford.csv",
        f"{old}%,{old},percent,,,people who were asked,{name}",
        f"{new}%,{new},percent,,,people who were asked,{name}",
    )


def test_it_is_a_book_of_a_dozen_figures_without_tables_or_pages_it_does_not_need(little_book):
    gates = run_gates(little_book / "data", little_book / "chapters")
    assert [gate.name for gate in gates if not gate.green] == []
    assert "strength of findings" not in {gate.name for gate in gates}
    assert len(load().figures) == 12
    assert {path.stem for path in (little_book / "chapters").iterdir()} == {"index", "who-bakes", "where-bread-is-sold"}


def test_a_moved_figure_breaks_the_sentence_that_states_it(little_book):
    restate(little_book, "Hillford", 75, 80)
    assert any(
        "bread.local.hillford" in text and "chapters/who-bakes.ipynb, cell 1" in text and "Write 80%" in text
        for text in told(little_book, "statements")
    )


def test_a_word_that_no_longer_holds_is_named_with_its_sentence(little_book):
    change_prose(little_book, "[75%](figure:bread.local.hillford)", "[Two thirds](figure:bread.local.hillford)")
    (problem,) = told(little_book, "statements")
    assert "chapters/who-bakes.ipynb, cell 1, line" in problem
    assert "[Two thirds](figure:bread.local.hillford)" in problem


def test_a_number_typed_bare_is_named_with_its_sentence(little_book):
    change_prose(little_book, "Whether anybody bakes at home.", "Whether 44% bake at home.")
    (problem,) = told(little_book, "statements")
    assert '"44%" is bound to nothing' in problem


def test_an_edited_sentence_without_a_new_recording_is_noticed(little_book):
    change_prose(little_book, "[75%](figure:bread.local.hillford)", "[three quarters](figure:bread.local.hillford)")
    (problem,) = told(little_book, "recorded statements")
    assert "evidence record who-bakes" in problem


def test_a_claim_the_data_no_longer_bear_out_is_named(little_book):
    restate(little_book, "Oldbridge", 50, 80)
    assert any("claim:hillford-leads" in text and "bread.local.oldbridge = 80%" in text for text in told(little_book, "statements"))


def test_recording_what_is_recorded_changes_nothing(little_book):
    before = {path: path.read_bytes() for path in little_book.rglob("*") if path.is_file()}
    assert "nothing" in evidence("--book", little_book, "record").printed
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.needs("survey")
def test_the_twenty_answers_give_the_figures_that_the_book_states(little_book, tmp_path):
    wave = tmp_path / "wave"
    codebook = little_book / "data" / "codebooks" / "hillford.toml"
    arguments = ("--codebook", codebook, "--as-of", "2026-06-30", "--into", wave)
    done = evidence("--book", little_book, "ingest", "survey", little_book / "answers.csv", *arguments)
    assert done.code == 0, done.complained
    with (wave / "figures" / "hillford.csv").open(encoding="utf-8", newline="") as stream:
        given = {row["id"]: float(row["value"]) for row in csv.DictReader(stream)}
    by_place = {"bread.local.hillford": 75, "bread.local.oldbridge": 50, "bread.local.westmere": 50}
    stated = {"bread.respondents": 20, "bread.local": 60, **by_place}
    assert {name: given[name] for name in stated} == stated


def write_wave(book, folder, name, **other):
    """Write data of a later wave, in which one figure has other values, and run the book on them; return the edition."""
    with (book / "data" / "figures" / "hillford.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    (row,) = [row for row in rows if row["id"] == name]
    wave = folder / "wave" / "figures"
    wave.mkdir(parents=True)
    with (wave / "hillford.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(row), lineterminator="\n")
        writer.writeheader()
        writer.writerow(row | {"as_of": "2026-06-30"} | other)
    done = evidence("--book", book, "rerun", "--data", "wave", "--out", "editions", folder=folder)
    (edition,) = [path.parent for path in (folder / "editions").rglob("changes.json") if not path.parent.is_symlink()]
    return edition, done.printed


def test_new_data_are_told_by_figure_and_by_sentence(little_book, tmp_path):
    new = {"quote": "A loaf costs £3.10 in these towns.", "stated": "£3.10", "value": "3.1"}
    edition, printed = write_wave(little_book, tmp_path, "bread.price", **new)
    report = json.loads((edition / "changes.json").read_text(encoding="utf-8"))
    assert [(entry["id"], entry["old"], entry["new"]) for entry in report["figures"]] == [("bread.price", "£2.40", "£3.10")]
    assert [entry["target"] for entry in report["broken"]] == ["bread.price"], printed


@pytest.mark.slow
def test_the_site_of_a_later_wave_tells_what_the_wave_says(little_book, tmp_path):
    new = {"quote": "In Oldbridge 80% buy bread from a baker in town.", "stated": "80%", "value": "80"}
    edition, _ = write_wave(little_book, tmp_path, "bread.local.oldbridge", **new)
    site = building.build_site(little_book, tmp_path / "site", notebooks=edition / "chapters", data=edition / "data")
    page = BeautifulSoup((site / "chapters" / "ledger-hillford.html").read_text(encoding="utf-8"), "html.parser")
    assert "80%" in page.find(id="bread.local.oldbridge").get_text()
    chapter = BeautifulSoup((site / "chapters" / "who-bakes.html").read_text(encoding="utf-8"), "html.parser")
    broken = [mark.find_parent("tr").td.get_text() for mark in chapter.select(".state-broken")]
    assert broken == ["People in Hillford do so more often"]


def test_its_site_needs_none_of_the_pages_that_a_book_may_have(little_site):
    pages = little_site / "chapters"
    assert {path.stem for path in pages.iterdir()} >= {"index", "who-bakes", "ledger", "ledger-hillford", "ledger-shop-census"}
    assert 'id="claim-hillford-leads"' in (pages / "ledger.html").read_text(encoding="utf-8")
    beside = {f'href="{name}.html' for name in ("audit", "reading", "changes", "data-library", "status")}
    assert not [(path.name, link) for path in pages.iterdir() for link in beside if link in path.read_text(encoding="utf-8")]


def test_the_making_of_its_pages_ends_at_once_when_its_outputs_are_not_what_its_code_gives(little_book, tmp_path, monkeypatch):
    """The maker of pages would end by itself after a minute, by another signal."""
    makers = []

    class Maker(subprocess.Popen):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            makers.append(self)

    def refuse():
        assert [maker.poll() for maker in makers] == [None]
        raise EditionError("an output differs.")

    monkeypatch.setattr(building, "_BUILD", "import signal\nsignal.alarm(60)\nsignal.pause()  # {parent}")
    monkeypatch.setattr(building.subprocess, "Popen", Maker)
    with pytest.raises(EditionError, match="an output differs"):
        building.build_site(little_book, tmp_path / "site", meanwhile=refuse)
    assert [maker.returncode for maker in makers] == [-signal.SIGKILL]
    assert not (tmp_path / "site").exists()


def test_its_pages_are_made_while_its_chapters_run_and_go_nowhere_with_a_forged_output(little_book):
    page = little_book / "chapters" / "who-bakes.ipynb"
    notebook = json.loads(page.read_text(encoding="utf-8"))
    shown = next(cell for cell in notebook["cells"] if cell.get("outputs") and "text/html" in cell["outputs"][0].get("data", {}))
    shown["outputs"][0]["data"]["text/html"] = ["<p>All agree.</p>"]
    page.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    done = evidence("--book", little_book, "build")
    assert (done.code, "Nothing was built or published." in done.complained) == (1, True), done.printed + done.complained
    assert not (little_book / "_build" / "html").exists()


def test_a_number_that_is_bound_to_nothing_is_told_with_what_fits_and_bound_when_asked(little_book):
    page = little_book / "chapters" / "who-bakes.ipynb"
    written = page.read_text(encoding="utf-8")
    change(page, "[60%](figure:bread.local)", "60%")
    unbound = page.read_text(encoding="utf-8")

    done = evidence("--book", little_book, "suggest", "who-bakes")
    assert (done.code, page.read_text(encoding="utf-8")) == (1, unbound)
    assert "chapters/who-bakes.ipynb, cell 1" in done.printed
    assert "[60%](figure:bread.local)" in done.printed
    assert "0 bound, 1 bound to nothing." in done.printed

    done = evidence("--book", little_book, "suggest", "who-bakes", "--fix")
    assert (done.code, page.read_text(encoding="utf-8")) == (0, written)
    assert "1 bound, 0 bound to nothing. Then run: evidence record who-bakes" in " ".join(done.printed.split())

    change(page, "[60%](figure:bread.local)", "61%")
    done = evidence("--book", little_book, "suggest", "who-bakes.ipynb", "--fix")
    assert done.code == 1
    assert "no figure fits; add one with: evidence new figure" in done.printed
    assert evidence("--book", little_book, "suggest", "who-eats").code == 2


def test_a_new_chapter_stands_in_the_contents_with_all_that_a_chapter_has_and_is_recorded(little_book):
    done = evidence("--book", little_book, "new", "chapter", "Who mills", "--after", "who-bakes", "--limits", "Nobody asked the millers.")
    assert done.code == 0, done.complained
    assert "chapters/who-mills.ipynb" in done.printed
    contents = (little_book / "_toc.yml").read_text(encoding="utf-8")
    assert contents.index("chapters/who-bakes") < contents.index("chapters/who-mills") < contents.index("chapters/where-bread-is-sold")
    cells = json.loads((little_book / "chapters" / "who-mills.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "Nobody asked the millers." in str(cells)
    (strength,) = [cell for cell in cells if "chapter.strength()" in "".join(cell["source"])]
    assert strength["outputs"]
    assert [gate.name for gate in run_gates(little_book / "data", little_book / "chapters") if not gate.green] == []

    again = evidence("--book", little_book, "new", "chapter", "Who mills")
    assert again.code == 1
    assert "who-mills" in again.complained
