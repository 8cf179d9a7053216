"""Exports as they come: put a test here when a form is added or a file was misread."""

import pandas as pd
import pytest
from generated import write

from evidence.errors import SurveyError
from evidence.survey.codebook import Codebook
from evidence.survey.responses import check_respondents, counted, numbers, read_responses

pytestmark = pytest.mark.needs("survey")

FRAME = pd.DataFrame(
    {
        "generated": ["generated for tests"] * 4,
        "size": ["Small", "Large", "Small", ""],
        "score": ["1", "2", "", "4.5"],
        "unused": ["x"] * 4,
    }
)
NEEDED = {"size": ["breakdown"], "score": ["sample.size"]}


def texts(responses):
    return {name: [None if pd.isna(cell) else str(cell) for cell in column] for name, column in responses.frame.items()}


@pytest.mark.parametrize("form", ["csv", "xlsx", "sav"])
def test_every_form_gives_the_same_answers(tmp_path, form):
    file = write(FRAME, tmp_path, form=form)
    assert texts(read_responses(file, NEEDED)) == {"size": ["Small", "Large", "Small", None], "score": ["1", "2", None, "4.5"]}


def test_whole_numbers_of_a_spreadsheet_are_codes_without_a_point(tmp_path):
    file = write(FRAME.assign(score=[1, 2, None, 3]), tmp_path, form="xlsx")
    assert texts(read_responses(file, NEEDED))["score"] == ["1", "2", None, "3"]


def test_labels_of_spss_are_the_answers(tmp_path):
    import pyreadstat

    file = tmp_path / "generated-labels.sav"
    frame = pd.DataFrame({"generated": ["generated for tests"] * 2, "size": [1.0, 2.0], "score": [7.0, 8.0]})
    pyreadstat.write_sav(frame, str(file), variable_value_labels={"size": {1: "Small", 2: "Large"}})
    assert texts(read_responses(file, NEEDED)) == {"size": ["Small", "Large"], "score": ["7", "8"]}


def test_answers_that_are_none_are_missing_and_blanks_around_answers_go(tmp_path):
    file = write(FRAME.assign(size=[" Small ", "Small", "Don't know", "Large"]), tmp_path)
    book = Codebook.model_validate(
        {"source": "demos", "title": "Generated", "missing": ["Don't know"], "weights": {"why": "Generated."}, "figures": [{"id": "a.b"}]}
    )
    assert texts(counted(read_responses(file, NEEDED), book))["size"] == ["Small", "Small", None, "Large"]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path):
    file = tmp_path / "generated-bom.csv"
    FRAME[["size", "score"]].to_csv(file, index=False, encoding="utf-8-sig")
    assert list(read_responses(file, NEEDED).frame) == ["size", "score"]


def test_every_missing_column_is_named_with_what_it_is_for(tmp_path):
    with pytest.raises(
        SurveyError, match=r"(?s)2 of the 3 columns.*region: needed for raking, breakdown.*weight: needed for weights.*It has:"
    ):
        read_responses(write(FRAME, tmp_path), {"size": ["breakdown"], "region": ["raking", "breakdown"], "weight": ["weights"]})


def broken(tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("generated.csv", b"size,score\nSm\xe9,1\n", "CSV must be in UTF-8"),
        ("generated.csv", b"", "not a readable .csv file"),
        ("generated.csv", b"size,score\n", "no respondents below the header"),
        ("generated.xlsx", b"no spreadsheet", "not a readable .xlsx file"),
        ("generated.sav", b"no SPSS", "not a readable .sav file"),
        ("generated.txt", b"size,score\nSmall,1\n", "no export of responses"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, name, content, message):
    with pytest.raises(SurveyError, match=message):
        read_responses(broken(tmp_path, name, content), NEEDED)


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(SurveyError, match="no export of responses"):
        read_responses(tmp_path / "generated.csv", NEEDED)


def test_numbers_name_the_row_of_what_is_none(tmp_path):
    frame = read_responses(write(FRAME.assign(score=["1", "2", "", "many"]), tmp_path), NEEDED).frame
    with pytest.raises(SurveyError, match='row 5, column score: "many" is no number'):
        numbers(frame, "score", "generated.csv")


@pytest.mark.parametrize(("names", "row"), [(["a", "b", "a", "c"], 4), (["a", None, "b", "c"], 3)])
def test_a_respondent_who_occurs_twice_or_has_no_name_is_refused(names, row):
    with pytest.raises(SurveyError, match=f"row {row}, column who"):
        check_respondents(pd.DataFrame({"who": names}), "who", "generated.csv")
