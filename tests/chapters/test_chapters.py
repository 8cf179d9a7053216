"""What every chapter must offer a reader, beyond the form that the gates check: put a test here when all chapters must have something."""

import re

import nbformat
import pytest

from evidence import Chapter, paths
from evidence.catalog import load
from evidence.chapter.views import statements_view
from evidence.charts import VEGA_LITE
from evidence.errors import DataError
from evidence.statements import read_page

MAIN = ("perceptions", "coworking", "coordination", "impact", "case-studies", "recommendations")
CASES = ("case-catch", "case-bradford-skillshouse", "case-north-notts-bid", "case-manchester-council")
NOTEBOOKS = sorted(paths.chapters_dir().glob("*.ipynb"))


def cells(name, kind):
    notebook = nbformat.read(paths.chapters_dir() / f"{name}.ipynb", as_version=4)
    return [cell for cell in notebook.cells if cell.cell_type == kind]


def words(name):
    return sum(len(passage.block.text.split()) for passage in read_page(paths.chapters_dir() / f"{name}.ipynb"))


@pytest.mark.parametrize("name", MAIN[:-1])
def test_a_main_chapter_argues_in_prose_and_charts(name):
    charts = [output for cell in cells(name, "code") for output in cell.outputs if VEGA_LITE in output.get("data", {})]
    assert words(name) > 600
    assert charts


@pytest.mark.parametrize("name", CASES)
def test_a_case_page_shows_its_case_and_charts(name):
    sources = [cell.source for cell in cells(name, "code")]
    assert words(name) > 300
    assert f'chapter.case("{name.replace("-", ".", 1)}")' in sources
    assert any(source.startswith("chapter.chart(") for source in sources)


@pytest.mark.parametrize("name", CASES)
def test_a_case_page_opens_with_what_somebody_said(name):
    sources = [cell.source for cell in cells(name, "code")]
    assert sources[2].startswith(f'chapter.voice("{name.replace("-", ".", 1)}"')


def test_words_that_nobody_of_a_case_said_are_refused():
    with pytest.raises(DataError, match=r'nobody of case\.catch said "for ever and ever"'):
        Chapter("case-catch").voice("case.catch", "for ever and ever")


@pytest.mark.parametrize("name", [*MAIN, *CASES])
def test_a_chapter_says_how_strong_its_evidence_is_and_what_is_not_known(name):
    prose = "\n".join(cell.source for cell in cells(name, "markdown"))
    [strength] = [cell for cell in cells(name, "code") if cell.source == "chapter.strength()"]
    assert strength.outputs[0]["data"]["text/plain"].startswith("How strong is the evidence? ")
    assert "## What we do not know" in prose


def test_every_case_of_the_library_has_a_page():
    pages = {path.stem for path in NOTEBOOKS}
    assert {row["id"].replace(".", "-") for row in load().rows("cases")} <= pages


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_recorded_outputs_are_small_and_carry_nothing_volatile(path):
    text = path.read_text(encoding="utf-8")
    assert len(text) < 600_000
    assert not re.search(r"0x[0-9a-f]{8}|/tmp/|/home/|site-packages|\"execution\":", text)
    assert str(paths.ROOT) not in text


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_chart_has_a_title_a_description_and_its_data(path):
    for cell in cells(path.stem, "code"):
        for output in cell.outputs:
            if VEGA_LITE in output.get("data", {}):
                html = output["data"]["text/html"]
                assert re.search(r'role="img" aria-label="[^"]{40,}"', html)
                assert 'class="chart-title"' in html
                assert "Data behind the chart" in html
                assert output["data"][VEGA_LITE]["description"]
                assert "<svg" in html


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_no_output_is_blank_an_object_or_not_a_number(path):
    for cell in cells(path.stem, "code"):
        for output in cell.outputs:
            assert output.output_type == "execute_result"
            text = output["data"]["text/plain"]
            assert text.strip() or cell.source.startswith("places."), "only what needs place data may show nothing"
            assert not re.search(r"<[\w.]+ object at|\bnan\b|\bNaN\b|[|:] None( [|]|$)", text, re.MULTILINE)


def test_a_page_without_evidence_says_so_and_shows_no_empty_table():
    shown = statements_view([], {}, load())
    assert shown.text == "This page states no evidence of its own."
    assert "<table" not in shown.html


def test_a_page_that_is_saved_while_its_chapter_is_open_is_read_anew(tmp_path, monkeypatch):
    """As in JupyterLab: the author saves the prose and runs only the cell of the statements again."""
    committed = (paths.ROOT / "chapters" / "coordination.ipynb").read_text(encoding="utf-8")
    (tmp_path / "coordination.ipynb").write_text(committed, encoding="utf-8")
    monkeypatch.setenv(paths.VARIABLE, str(paths.ROOT))
    monkeypatch.chdir(tmp_path)
    chapter = Chapter("coordination", guarded=False)
    before = chapter.statements().text
    assert "[96%](figure:sme.coordination.missing-any)" in committed
    assert chapter.statements().text == before
    saved = committed.replace("[96%](figure:sme.coordination.missing-any)", "[97%](figure:sme.coordination.missing-any)", 1)
    (tmp_path / "coordination.ipynb").write_text(saved, encoding="utf-8")
    assert chapter.statements().text != before
