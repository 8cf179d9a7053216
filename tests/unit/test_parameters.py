"""The parameters cell of a chapter: put a test here for a form that must be accepted or refused."""

import nbformat
import pytest

from evidence.gates.form import notebook_form, parameters


def chapter(source, tags=("parameters",)):
    code = [(source, tags), ('from evidence import Chapter\n\nchapter = Chapter("x", data_dir, as_of)', ()), ("chapter.statements()", ())]
    cells = [nbformat.v4.new_code_cell(text, metadata={"tags": list(given)}) for text, given in code]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('data_dir = ""\nas_of = ""', {"data_dir": "", "as_of": ""}),
        ('data_dir = ""\nas_of = ""\nplace = "leeds"', {"data_dir": "", "as_of": "", "place": "leeds"}),
        ('data_dir = ""\nas_of = ""\ncase = ""', {"data_dir": "", "as_of": "", "case": ""}),
        (
            'data_dir = ""\nas_of = ""\nplace = "leeds"\ncase = "case.catch"',
            {"data_dir": "", "as_of": "", "place": "leeds", "case": "case.catch"},
        ),
    ],
)
def test_place_and_case_may_follow_data_and_day(source, found):
    assert parameters(chapter(source)) == found


@pytest.mark.parametrize(
    "source",
    [
        'data_dir = ""',
        'as_of = ""\ndata_dir = ""',
        'data_dir = "elsewhere"\nas_of = ""',
        'data_dir = ""\nas_of = "2026-04-30"',
        'data_dir = ""\nas_of = ""\nregion = "north"',
        'data_dir = ""\nas_of = ""\nplace = leeds',
        'data_dir = ""\nas_of = ""\nplace = "a" + "b"',
        'data_dir = ""\nas_of = ""\ncase = ""\nplace = ""',
        'data_dir = ""\nas_of = ""\nplace = ""\nplace = ""',
        'data_dir = ""\nas_of = ""\n\nplace = ""',
    ],
)
def test_anything_else_is_no_parameters_cell(source):
    assert parameters(chapter(source)) is None


def test_a_cell_without_the_tag_is_no_parameters_cell(tmp_path):
    notebook = chapter('data_dir = ""\nas_of = ""', tags=())
    assert parameters(notebook) is None
    assert 'cell 1: the first code cell must be tagged "parameters"' in next(notebook_form(tmp_path / "x.ipynb", notebook))
