"""Accepting new data into the book: put a test here when an acceptance must write, refuse or leave something."""

import csv
import json
import shutil

import pytest
from command import evidence
from small_book import without_charts, without_others
from test_rerun import fingerprint
from whole import LIBRARY

from evidence import editions, paths
from evidence.catalog import load
from evidence.editions.restating import replace_link, restated
from evidence.errors import DataError, EditionError
from evidence.gates import run_gates
from evidence.statements import Statement

CHAPTERS = ("coordination", "changes")
REASON = "A fictional wave, to see what an acceptance does."


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path, names, written):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        table = csv.DictWriter(stream, names, lineterminator="\n")
        table.writeheader()
        table.writerows(written)


def write_contents(folder, chapters):
    """Write the table of contents of a book that has only some of the chapters."""
    listed = "".join(f"  - file: chapters/{name}\n" for name in chapters[1:])
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: chapters/{chapters[0]}\nchapters:\n{listed}", encoding="utf-8")


def make_book(folder):
    """A small book of two chapters on the whole data library."""
    shutil.copytree(paths.ROOT / "data", folder / "data")
    (folder / "chapters").mkdir()
    for name in CHAPTERS:
        shutil.copy2(paths.ROOT / "chapters" / f"{name}.ipynb", folder / "chapters")
    shutil.copy2(paths.ROOT / "_config.yml", folder)
    without_charts(folder / "chapters" / "coordination.ipynb")
    without_others(folder / "chapters")
    write_contents(folder, CHAPTERS)
    (folder / "data" / "allowed-numbers.csv").unlink()  # its rows are about chapters that are not here, as most wordings are
    with_wordings_used(folder)
    return folder


def with_wordings_used(folder):
    """Leave of the declared wordings those that the chapters here or another table says, and those of corrections."""
    said = "".join(
        json.dumps(json.loads(path.read_text(encoding="utf-8")), ensure_ascii=False) for path in (folder / "chapters").glob("*.ipynb")
    )
    others = [path for path in (folder / "data").rglob("*.csv") if path.name not in ("countersigned.csv", "wordings.csv")]
    said += "".join(path.read_text(encoding="utf-8") for path in others)
    wordings = rows(folder / "data" / "wordings.csv")
    claims = {cell.rstrip(".") for row in rows(folder / "data" / "claims.csv") for cell in row.values()}
    used = [
        row
        for row in wordings
        if row["scheme"] == "correction" or f"[{row['wording']}]({row['scheme']}:{row['target']})" in said or row["wording"] in claims
    ]
    write(folder / "data" / "wordings.csv", list(wordings[0]), used)


def make_wave(folder, **values):
    """An overlay with a fictional next value, in percent, for figures of the survey of firms."""
    old = {row["id"]: row for row in rows(paths.ROOT / "data" / "figures" / "demos.csv")}
    made = []
    for identifier, value in values.items():
        row = old[identifier.replace("__", ".").replace("_", "-")]
        changed = {
            "stated": f"{value}%",
            "value": value,
            "quote": f"FICTIONAL, made up for testing: {value}% of firms.",
            "locator": "Fictional wave",
        }
        made.append({**row, **changed, "as_of": "2027-04-30", "period": "March 2027 (fictional)", "note": "Fictional, for tests"})
    write(folder / "figures" / "demos.csv", list(made[0]), made)
    return folder


WAVE = {"sme__coordination__missing_any": "92", "sme__outreach__small": "33"}


def accept(book, wave, reason=REASON):
    return editions.accept(editions.AcceptRequest(wave, reason, "2027-05-01", 2), lambda _name: None, root=book)


@pytest.fixture(scope="module")
def accepted(tmp_path_factory):
    """A book that has accepted the fictional wave, with what the acceptance said."""
    folder = tmp_path_factory.mktemp("accepted")
    book, wave = make_book(folder / "book"), make_wave(folder / "wave", **WAVE)
    return book, accept(book, wave)


@pytest.fixture
def book(tmp_path):
    return make_book(tmp_path / "book")


def prose(book):
    return (book / "chapters" / "coordination.ipynb").read_text(encoding="utf-8")


def test_the_new_vintage_stands_beside_the_old_one(accepted):
    found = load(accepted[0] / "data").records["sme.coordination.missing-any"]
    assert (found[0].stated, found[0].as_of) == ("92%", "2027-04-30")
    assert "96%" in {record.stated for record in found}


def test_numerals_are_restated_wherever_they_stand(accepted):
    corrections = (accepted[0] / "data" / "corrections.csv").read_text(encoding="utf-8")
    assert "[92%](figure:sme.coordination.missing-any)" in corrections
    assert "[96%](figure:sme.coordination.missing-any)" not in corrections
    left = [line for line in prose(accepted[0]).splitlines() if "[96%](figure:sme.coordination.missing-any)" in line]
    assert [line for line in left if "surveyed in March 2026" not in line] == []
    assert ("data/corrections.csv", "96%", "92%") in accepted[1].restated


def test_our_own_computation_and_the_prose_of_charts_follow(accepted):
    """(75 + 33 + 35 + 6) / 4 = 37.25."""
    assert load(accepted[0] / "data").figures["computed.outreach.equal-quota"].stated == "37%"
    charts = (accepted[0] / "data" / "charts.csv").read_text(encoding="utf-8")
    assert "[37%](figure:computed.outreach.equal-quota)" in charts


def test_a_claim_that_broke_is_left_as_written_and_gets_a_notice(accepted):
    assert "[The smallest firms do the least](claim:outreach-by-size)" in prose(accepted[0])
    notice = next(row for row in rows(accepted[0] / "data" / "notices.csv") if row["target"] == "outreach-by-size")
    assert notice == {
        "page": "coordination",
        "kind": "claim",
        "target": "outreach-by-size",
        "text": "The smallest firms do the least",
        "since": "2027-05-01",
    }
    assert ("coordination", "outreach-by-size") in {(s.page, s.target) for s in accepted[1].awaiting}


def test_a_sentence_that_names_the_old_period_is_not_restated_and_gets_a_notice(accepted):
    """The wave is of March 2027, and one sentence says that Demos surveyed in March 2026."""
    assert "[92%](figure:sme.coordination.missing-any) of the small and medium-sized firms" not in prose(accepted[0])
    [left] = [s for s in accepted[1].awaiting if s.kind == "figure"]
    assert (left.page, left.target, left.text) == ("coordination", "sme.coordination.missing-any", "96%")
    assert "March 2026" in left.sentence
    assert ("coordination", "sme.coordination.missing-any", "96%") in {
        (row["page"], row["target"], row["text"]) for row in rows(accepted[0] / "data" / "notices.csv")
    }


def test_the_history_names_figure_old_new_class_date_and_reason(accepted):
    history = {row["figure"]: row for row in rows(accepted[0] / "data" / "history.csv")}
    wave = history["sme.coordination.missing-any"]
    assert (wave["old"], wave["new"], wave["class"], wave["date"], wave["reason"]) == ("96%", "92%", "new period", "2027-05-01", REASON)
    assert history["computed.outreach.equal-quota"]["class"] == "recomputed"
    assert "sme.outreach.medium" not in history


def test_the_page_of_changes_shows_the_history(accepted):
    page = (accepted[0] / "chapters" / "changes.ipynb").read_text(encoding="utf-8")
    assert f"1 May 2027 | sme.coordination.missing-any | 96% | 92% | new period | {REASON}" in page


def test_the_accepted_book_passes_every_gate_and_counts_what_awaits_its_author(accepted):
    gates = {gate.name: gate for gate in run_gates(accepted[0] / "data", accepted[0] / "chapters")}
    assert {name: gate.problems for name, gate in gates.items() if not gate.green} == {}
    assert (
        "3 await their author" in gates["statements"].note
    )  # a claim, a sentence that names the old month, and a comparison in a description of a chart


def test_a_notice_goes_once_its_author_has_dealt_with_the_sentence(accepted, tmp_path):
    shutil.copytree(accepted[0], tmp_path / "book")
    path = tmp_path / "book" / "chapters" / "coordination.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("[The smallest firms do the least](claim:outreach-by-size)", "Size matters"), encoding="utf-8")
    gates = {gate.name: gate for gate in run_gates(tmp_path / "book" / "data", tmp_path / "book" / "chapters")}
    assert any(
        '"The smallest firms do the least" in coordination holds again or is gone' in str(text) for text in gates["statements"].problems
    )


def test_the_command_names_what_is_left_to_an_author_with_its_place_and_ends_with_1(accepted, monkeypatch, tmp_path):
    monkeypatch.setattr(editions, "accept", lambda *_: accepted[1])
    words = ["--data", make_wave(tmp_path / "wave", **WAVE), "--reason", REASON, "--on", "2027-05-01"]
    code, told, said = evidence("accept", *words, folder=accepted[0])
    assert code == 1, said
    assert "awaits its author, chapters/coordination.ipynb, cell " in told
    assert "[The smallest firms do the least](claim:outreach-by-size)" in told
    assert "[much lower](compare:sme.outreach.micro/below/sme.outreach.small)" in told  # what a chart's description says of micro firms
    assert told.splitlines()[-1].endswith(", 3 statements await their author.")


def test_accepting_the_same_again_changes_nothing(accepted, tmp_path):
    before = fingerprint(accepted[0])
    with pytest.raises(DataError, match=r"the same as data/figures/demos\.csv"):
        accept(accepted[0], make_wave(tmp_path / "wave", **WAVE))
    assert fingerprint(accepted[0]) == before


def test_without_a_reason_nothing_is_accepted(book, tmp_path):
    before = fingerprint(book)
    with pytest.raises(EditionError, match="no reason, no accept"):
        accept(book, make_wave(tmp_path / "wave", **WAVE), reason="  ")
    assert fingerprint(book) == before


def test_a_figure_never_vanishes_by_accident(book, tmp_path):
    full = shutil.copytree(book / "data", tmp_path / "full")
    kept = [row for row in rows(full / "figures" / "demos.csv") if row["id"] != "sme.data-sharing.lapsed"]
    write(full / "figures" / "demos.csv", list(kept[0]), kept)
    before = fingerprint(book)
    with pytest.raises(EditionError, match=r"sme\.data-sharing\.lapsed would vanish\. Retire a figure"):
        accept(book, full)
    assert fingerprint(book) == before


def statement(target, text, kind="figure"):
    return Statement("coordination", "", "", kind, target, text, "", False, None, False)


@pytest.mark.parametrize(
    ("target", "text", "now"),
    [
        ("sme.coordination.missing-any", "92%", "96%"),
        ("impact.growth.total", "£9.1 billion to £20.5 billion", "£10.8 billion to £27.7 billion"),
        ("sme.outreach.medium", "half", ""),
        ("impact.growth.total", "up to £20 billion", ""),
        ("no.such-figure", "5%", ""),
    ],
)
def test_numerals_and_ranges_are_restated_and_words_left_to_their_author(target, text, now):
    assert restated(statement(target, text), LIBRARY) == now


def test_a_claim_is_never_restated():
    assert restated(statement("outreach-by-size", "The smallest firms do the least", "claim"), LIBRARY) == ""


def test_a_link_broken_over_two_lines_is_found(tmp_path):
    (tmp_path / "chapters").mkdir()
    page = tmp_path / "chapters" / "page.md"
    page.write_text("It is [£1\nbillion](figure:a.b) and [£1 billion](figure:a.c).\n", encoding="utf-8")
    assert replace_link(tmp_path, "page", "a.b", "£1 billion", "£2 billion") == 1
    assert page.read_text(encoding="utf-8") == "It is [£2 billion](figure:a.b) and [£1 billion](figure:a.c).\n"
