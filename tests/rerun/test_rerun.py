"""Running the book on other data: put a test here when an edition must hold, leave out or say something new."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys

import nbformat
import pytest
from processes import in_session, until

from evidence import editions, paths
from evidence.errors import DataError, EditionError

NEXT_WAVE = paths.ROOT / "tests" / "fixtures" / "next-wave"


def order(out, **changes):
    """Return an order for one chapter on the fictional next wave."""
    wanted = {"data": NEXT_WAVE, "as_of": "", "only": "coordination", "jobs": 1, "site": False, "out": out}
    return editions.RerunOrder(**{**wanted, **changes})


def run(wanted, root=paths.ROOT):
    return editions.rerun(wanted, lambda _name: None, root=root)


def fingerprint(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    before = fingerprint(paths.chapters_dir()) | fingerprint(paths.ROOT / "data")
    made = run(order(tmp_path_factory.mktemp("editions")))
    assert before == fingerprint(paths.chapters_dir()) | fingerprint(paths.ROOT / "data")
    return made


def test_report_names_old_and_new_value_and_class_of_a_figure(edition):
    moved = {entry["id"]: entry for entry in edition.report["figures"]}
    wave = moved["sme.coordination.missing-any"]
    assert (wave["old"], wave["new"], wave["class"]) == ("96%", "91%", "new period")
    assert moved["computed.outreach.equal-quota"]["class"] == "recomputed"


def test_our_own_computation_follows_the_new_wave(edition):
    """(75 + 33 + 35 + 9) / 4 = 38."""
    moved = {entry["id"]: entry["new"] for entry in edition.report["figures"]}
    assert moved["computed.outreach.equal-quota"] == "38%"


def test_report_names_every_sentence_that_no_longer_holds(edition):
    broken = {(entry["target"], entry["states"]) for entry in edition.report["broken"]}
    assert ("sme.coordination.missing-any", "96%") in broken
    assert ("sme.barriers.any", "68%") in broken
    opening = next(entry for entry in edition.report["broken"] if entry["target"] == "sme.coordination.missing-any")
    assert re.match(r"chapters/coordination\.ipynb, cell \d+, line \d+$", opening["where"])
    assert "96%" in opening["sentence"]
    assert opening["library"] == "91%"


def test_a_number_that_did_not_move_is_not_reported(edition):
    assert "sme.outreach.medium" not in {entry["id"] for entry in edition.report["figures"]}
    assert "impact.university.uplift" not in {entry["target"] for entry in edition.report["broken"]}


def test_report_names_broken_claims_and_changed_charts(edition):
    assert {entry["id"] for entry in edition.report["claims"] if entry["holds"] is False} == {
        "outreach-by-size",
        "barriers-finance-and-capacity",
    }
    assert {entry["id"] for entry in edition.report["charts"]} >= {
        "coordination.outreach",
        "coordination.barriers",
        "coordination.weighted",
    }
    assert "coordination.dispersion" not in {entry["id"] for entry in edition.report["charts"]}


def test_report_tells_the_audit_what_new_data_upset(edition):
    assert any("impact.apprentices.high" in problem for problem in edition.report["audit"])


def test_edition_holds_executed_chapter_ledger_and_both_reports(edition):
    notebook = nbformat.read(edition.directory / "chapters" / "coordination.ipynb", as_version=4)
    shown = str([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])
    assert "33%" in shown
    ledger = json.loads((edition.directory / "ledger.json").read_text(encoding="utf-8"))
    assert next(entry for entry in ledger["figures"] if entry["id"] == "sme.barriers.any")["vintages"][0]["stated"] == "68%"
    text = (edition.directory / "changes.md").read_text(encoding="utf-8")
    assert "96% → 91%" in text
    assert str(edition.directory.parent) not in json.dumps(edition.report)


def test_no_path_and_no_injected_cell_is_left_in_an_executed_chapter(edition):
    text = (edition.directory / "chapters" / "coordination.ipynb").read_text(encoding="utf-8")
    assert "injected-parameters" not in text
    assert str(edition.directory.parent) not in text


def test_the_same_inputs_are_not_run_twice(edition):
    again = run(order(edition.directory.parent))
    assert again.directory == edition.directory
    assert not again.fresh
    assert again.report == edition.report
    assert (edition.directory.parent / "latest").resolve() == edition.directory


def test_own_data_change_nothing(tmp_path):
    made = run(order(tmp_path, data=None))
    assert editions.clean(made.report)
    assert made.report["figures"] == made.report["broken"] == made.report["charts"] == []
    recorded = (paths.chapters_dir() / "coordination.ipynb").read_bytes()
    assert (made.directory / "chapters" / "coordination.ipynb").read_bytes() == recorded


def test_an_unknown_chapter_is_refused_by_name(tmp_path):
    with pytest.raises(EditionError, match=r"chapters/coordinaton\.ipynb: there is no such chapter"):
        run(order(tmp_path, only="coordinaton"))


def test_an_empty_overlay_is_refused(tmp_path):
    (tmp_path / "nothing").mkdir()
    with pytest.raises(DataError, match="no CSV file in it"):
        run(order(tmp_path / "out", data=tmp_path / "nothing"))
    assert list((tmp_path / "out").iterdir()) == []


@pytest.fixture
def copy(tmp_path):
    """A copy of the parts of the book that a run reads."""
    for name in ("chapters", "data"):
        shutil.copytree(paths.ROOT / name, tmp_path / "book" / name)
    shutil.copy2(paths.ROOT / "_config.yml", tmp_path / "book")
    return tmp_path / "book"


def edit_cell(path, begins, source):
    """Replace the first code cell that begins so, and return its number as an author counts cells."""
    notebook = nbformat.read(path, as_version=4)
    number = next(n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code" and cell.source.startswith(begins))
    notebook.cells[number].source = source
    nbformat.write(notebook, path)
    return number + 1


def test_a_failing_cell_is_named_and_leaves_no_edition(copy, tmp_path):
    number = edit_cell(copy / "chapters" / "coordination.ipynb", "chapter.chart", 'chapter.chart("no.such-chart")')
    with pytest.raises(EditionError, match=rf"chapters/coordination\.ipynb, cell {number}: DataError: unknown chart"):
        run(order(tmp_path / "out"), root=copy)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_parameter_that_a_chapter_lacks_is_refused(copy, tmp_path):
    edit_cell(copy / "chapters" / "coordination.ipynb", "data_dir", 'data_dirr = ""\nas_of = ""')
    with pytest.raises(EditionError, match="no parameter data_dir; its parameters cell has data_dirr, as_of"):
        run(order(tmp_path / "out"), root=copy)


def test_a_killed_run_leaves_the_last_edition_whole_and_the_next_run_succeeds(edition, tmp_path):
    out = tmp_path / "editions"
    shutil.copytree(edition.directory.parent, out, symlinks=True)
    before = fingerprint(out)
    command = [sys.executable, "-m", "evidence.cli", "rerun", "--out", str(out), "--only", "perceptions", "--jobs", "1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    assert until(lambda: list(out.glob(".partial-*/chapters")))
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert until(lambda: not in_session(process.pid))
    whole = {name: digest for name, digest in fingerprint(out).items() if not name.startswith(".partial")}
    assert whole == before
    assert (out / "latest").resolve().name == edition.directory.name
    made = run(order(out, data=None, only="perceptions"))
    assert made.fresh
    assert list(out.glob(".partial-*")) == []
