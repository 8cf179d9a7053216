"""Storing outputs after an edit: put a test here when recording must refuse or keep something."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest
from command import copied_code
from small_book import without_charts
from test_rerun import copy, edit_cell, fingerprint
from typer.testing import CliRunner

from evidence import cli, editions, paths
from evidence.editions import building, proof
from evidence.errors import EditionError, StatementError, WriteError
from evidence.gates.data import Gate
from evidence.problems import Problem

__all__ = ["copy"]


@pytest.fixture
def plain(copy):
    """The copy with one chapter that takes little time to run."""
    without_charts(copy / "chapters" / "case-catch.ipynb")
    return copy


def record(book, chapter="case-catch"):
    return editions.record(chapter, 1, lambda _name: None, root=book)


def edit_prose(book, old, new, chapter="case-catch"):
    path = book / "chapters" / f"{chapter}.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def outputs(book, chapter="case-catch"):
    notebook = nbformat.read(book / "chapters" / f"{chapter}.ipynb", as_version=4)
    return str([cell.outputs for cell in notebook.cells if cell.cell_type == "code"])


def test_recording_what_is_recorded_changes_nothing(plain):
    before = fingerprint(plain / "chapters")
    assert record(plain) == []
    assert fingerprint(plain / "chapters") == before


def test_an_edit_of_code_is_recorded_and_only_that_file_changes(copy):
    edit_cell(copy / "chapters" / "case-catch.ipynb", "chapter.chart", 'chapter.chart("cases.contact")')
    before = fingerprint(copy / "chapters")
    assert record(copy) == ["case-catch"]
    changed = {name for name, digest in fingerprint(copy / "chapters").items() if before[name] != digest}
    assert changed == {"case-catch.ipynb"}
    assert "chart-cases-contact" in outputs(copy)


def test_a_broken_statement_is_refused_by_name_and_nothing_is_stored(copy):
    edit_prose(copy, "[430](figure:case.catch.apprentices)", "[450](figure:case.catch.apprentices)")
    before = fingerprint(copy)
    with pytest.raises(
        StatementError, match=r"case-catch\.ipynb, cell \d+, line \d+: \[450\]\(figure:case\.catch\.apprentices\) does not hold"
    ):
        record(copy)
    assert fingerprint(copy) == before


def test_an_unbound_number_is_refused(plain):
    edit_prose(plain, "[430](figure:case.catch.apprentices)", "430")
    with pytest.raises(StatementError, match='"430" is bound to nothing'):
        record(plain)


def test_a_failing_cell_leaves_the_file_as_it_was(copy):
    number = edit_cell(copy / "chapters" / "case-catch.ipynb", "chapter.chart", 'chapter.chart("no.such-chart")')
    before = fingerprint(copy)
    with pytest.raises(EditionError, match=rf"chapters/case-catch\.ipynb, cell {number}: DataError"):
        record(copy)
    assert fingerprint(copy) == before


def prove(book, chapter="case-catch"):
    return editions.prove(chapter, 1, lambda _name: None, root=book)


def test_outputs_that_are_what_the_code_gives_are_proved_and_nothing_is_stored(plain):
    before = fingerprint(plain)
    assert prove(plain) == []
    assert fingerprint(plain) == before


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("430 | 430 | holds", "430 | 431 | holds", "text/plain"),
        ("<svg aria-hidden", "<svg  aria-hidden", "text/html"),
        ('"field": "stated"', '"field": "said"', "application/vnd.vegalite.v6+json"),
    ],
)
def test_an_output_that_differs_in_one_character_is_named(copy, old, new, kind):
    path = copy / "chapters" / "case-catch.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text or old.replace('"', '\\"') in text
    here, there = (old, new) if old in text else (old.replace('"', '\\"'), new.replace('"', '\\"'))
    path.write_text(text.replace(here, there, 1), encoding="utf-8")
    (problem,) = prove(copy)
    assert str(problem).startswith("chapters/case-catch.ipynb, cell ")
    assert f"({kind})" in str(problem)


def test_a_cell_without_recorded_output_is_not_proved(plain):
    path = plain / "chapters" / "case-catch.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1].outputs = []
    nbformat.write(notebook, path)
    (problem,) = prove(plain)
    assert f"cell {len(notebook.cells)}: recorded and new output differ" in str(problem)


def test_an_unknown_chapter_is_refused(copy):
    with pytest.raises(EditionError, match=r"chapters/case-cash\.ipynb: there is no such chapter to run"):
        record(copy, "case-cash")


def test_what_another_program_saves_meanwhile_is_kept_and_nothing_is_recorded(plain):
    """The cell saves its own page, as an editor could at that moment."""
    path = plain / "chapters" / "case-catch.ipynb"
    edit_cell(path, "data_dir", f'data_dir = ""\nas_of = ""\nopen({str(path)!r}, "a").write("\\n\\n\\n")')
    before = path.read_text(encoding="utf-8")
    with pytest.raises(WriteError, match=r"case-catch\.ipynb: saved by another program while this command ran\. Nothing was changed"):
        record(plain)
    assert path.read_text(encoding="utf-8") == before + "\n\n\n"


def test_nothing_is_kept_of_a_run(plain):
    before = fingerprint(plain)
    record(plain)
    prove(plain)
    assert fingerprint(plain) == before


def test_a_proof_draws_what_it_compares(copy):
    """A chart is drawn in the ink of the code; another gives another chart, which no earlier drawing may hide."""
    copied_code(paths.ROOT / "lib", copy / "lib")
    theme = copy / "lib" / "evidence" / "charts" / "theme.py"
    command = [sys.executable, "-m", "evidence.cli", "record", "case-studies", "--check"]
    environment = {**os.environ, "PYTHONPATH": str(copy / "lib")}
    shutil.copy2(paths.ROOT / "_toc.yml", copy)
    ink = 'INK = "#1d2733"'
    code = theme.read_text(encoding="utf-8")
    assert ink in code
    theme.write_text(code.replace(ink, 'INK = "#1d2734"'), encoding="utf-8")
    red = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert red.returncode == 1
    assert "recorded and new output differ (application/vnd.vegalite.v6+json)" in red.stdout


@pytest.mark.parametrize("command", [["build", "--out", "site"], ["pdf"], ["publish", "--into", "public"]])
def test_nothing_is_built_or_published_before_every_output_is_proved(monkeypatch, tmp_path, command):
    done = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(paths.VARIABLE, str(paths.ROOT))
    monkeypatch.setattr("evidence.gates.run_gates", lambda: [Gate("form of the chapters", 1, [])])
    monkeypatch.setattr(proof, "prove", lambda *_arguments: ["chapters/index.ipynb, cell 4: recorded and new output differ (text/html)."])
    for name in ("publish", "make_pdf"):
        monkeypatch.setattr(editions, name, lambda *_arguments, **_options: done.append("built"))
    monkeypatch.setattr(building, "_run_beside", lambda _command, _environment, meanwhile: meanwhile() or done.append("built"))
    monkeypatch.setattr(editions, "check_current", lambda _site: None)
    monkeypatch.setattr(editions, "find_browser", lambda: "")
    result = CliRunner().invoke(cli.app, command)
    assert isinstance(result.exception, EditionError)
    assert str(result.exception).startswith("chapters/index.ipynb, cell 4: recorded and new output differ")
    assert str(result.exception).endswith("Nothing was built or published.")
    assert done == [] and list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", [["build"], ["pdf"], ["publish", "--into", "public"]])
def test_nothing_is_built_or_published_while_a_gate_is_red(monkeypatch, tmp_path, command):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(paths.VARIABLE, str(paths.ROOT))
    red = Gate("form of the chapters", 1, [Problem("_config.yml", "title holds 95%.", "Write it without.")])
    monkeypatch.setattr("evidence.gates.run_gates", lambda: [red])
    for name in ("demand_proof", "publish", "make_pdf"):
        monkeypatch.setattr(editions, name, lambda *_arguments, **_options: pytest.fail("it went on"))
    monkeypatch.setattr(building, "_run_beside", lambda _command, _environment, meanwhile: meanwhile() or pytest.fail("it went on"))
    monkeypatch.setattr(editions, "check_current", lambda _site: None)
    monkeypatch.setattr(editions, "find_browser", lambda: "")
    result = CliRunner().invoke(cli.app, command)
    assert result.exit_code == 1
    assert "title holds 95%." in result.output
