"""Forms of files as agencies send them: put a test here when a file was misread or ended in anything but one clear error."""

import zipfile

import pandas as pd
import pytest

from evidence.errors import SurveyError
from evidence.survey.codebook import Written
from evidence.survey.exports import header_of, read_columns, sheet_names, wordings_of

pytestmark = pytest.mark.needs("survey")

ROWS = [["a", "b"], ["Yes", "1"], ["No", "2"]]


def told(path, written=None, names=("a", "b")):
    frame = read_columns(path, list(names), written or Written()).frame
    return {name: [None if pd.isna(cell) else str(cell) for cell in column] for name, column in frame.items()}


def text(folder, content, name="generated.csv", encoding="utf-8"):
    file = folder / name
    file.write_bytes(content.encode(encoding))
    return file


def book(folder, *sheets):
    import openpyxl

    file, made = folder / "generated.xlsx", openpyxl.Workbook()
    for number, rows in enumerate(sheets):
        sheet = made.active if number == 0 else made.create_sheet()
        for row in rows:
            sheet.append(row)
    made.save(file)
    return file


BOTH = {"a": ["Yes", "No"], "b": ["1", "2"]}


@pytest.mark.parametrize(
    ("content", "encoding", "written"),
    [
        ("a;b\nYes;1\nNo;2\n", "utf-8", None),
        ("a\tb\nYes\t1\nNo\t2\n", "utf-8", None),
        ("a|b\r\nYes|1\r\nNo|2\r\n", "utf-8-sig", None),
        (" a , b \nYes,1\nNo,2\n", "utf-8", None),
        ("a,b\nYes,1\n\nNo,2\n", "utf-16", None),
        ("a,b\nYes,1\nNo,2\n", "cp1252", Written(encoding="cp1252")),
        ("a;b\nYes;1\nNo;2\n", "utf-8", Written(delimiter=";")),
    ],
)
def test_text_is_read_however_its_columns_are_parted(tmp_path, content, encoding, written):
    assert told(text(tmp_path, content, encoding=encoding), written) == BOTH


def test_a_delimiter_within_answers_parts_nothing(tmp_path):
    file = text(tmp_path, 'a;b\n"Yes, often; or so";1\n"No, never";2\n')
    assert told(file) == {"a": ["Yes, often; or so", "No, never"], "b": ["1", "2"]}


def test_accents_of_a_declared_encoding_come_out_right(tmp_path):
    assert told(text(tmp_path, "a,b\nZoë,1\n", encoding="cp1252"), Written(encoding="cp1252"))["a"] == ["Zoë"]


def test_a_name_above_two_columns_is_refused_where_it_is_needed(tmp_path):
    file = text(tmp_path, "a,b,a\nYes,1,No\n")
    assert told(file, names=["b"]) == {"b": ["1"]}
    with pytest.raises(SurveyError, match=r"generated.csv, column a: 2 columns are called so"):
        told(file)


def test_sheets_are_named_when_there_are_several(tmp_path):
    file = book(tmp_path, ROWS, [["a"], ["Perhaps"]])
    assert sheet_names(file) == ["Sheet", "Sheet1"]
    assert told(file, Written(sheet="Sheet1"), ["a"]) == {"a": ["Perhaps"]}
    with pytest.raises(SurveyError, match=r'it has the sheets Sheet, Sheet1; name one in the codebook: \[export\] sheet = "Sheet"'):
        told(file)
    with pytest.raises(SurveyError, match='it has no sheet "Answers" with cells, but Sheet, Sheet1'):
        told(file, Written(sheet="Answers"))


def test_an_empty_sheet_asks_no_question_and_an_empty_row_is_nobody(tmp_path):
    assert told(book(tmp_path, [*ROWS[:2], [None, None], ROWS[2]], [])) == BOTH


def test_padded_heads_of_a_sheet_are_trimmed(tmp_path):
    assert told(book(tmp_path, [[" a", "b "], *ROWS[1:]])) == BOTH


@pytest.mark.parametrize(("cell", "message"), [("=1+1", "cell B2 holds a formula"), ("#N/A", "cell B2 holds the error #N/A")])
def test_what_a_cell_does_not_hold_itself_is_refused(tmp_path, cell, message):
    with pytest.raises(SurveyError, match=message):
        told(book(tmp_path, [["a", "b"], ["Yes", cell]]))


def test_an_archive_that_swells_is_not_opened(tmp_path):
    file = tmp_path / "generated.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    with pytest.raises(SurveyError, match=r"its parts hold 200,000,000 bytes, which no export needs"):
        header_of(file, Written())


def test_a_quotation_mark_that_is_never_closed_is_told(tmp_path):
    with pytest.raises(SurveyError, match=r"not a readable \.csv file"):
        header_of(text(tmp_path, 'a,"b\n' + "Yes,1\n" * 300_000), Written())


def test_labels_codes_and_wordings_of_statistical_files_are_kept(tmp_path):
    import pyreadstat

    frame = pd.DataFrame({"a": [1.0, 2.0], "b": [7.0, 8.0]})
    about = {"column_labels": {"a": "Do you?", "b": ""}, "variable_value_labels": {"a": {1: "Yes", 2: "No"}}}
    for form, write in ((".sav", pyreadstat.write_sav), (".dta", pyreadstat.write_dta)):
        file = tmp_path / f"generated{form}"
        write(frame, str(file), **about)
        assert told(file) == {"a": ["Yes", "No"], "b": ["7", "8"]}
        assert read_columns(file, ["a", "b"], Written()).labels == {"a": {"1": "Yes", "2": "No"}}
        assert wordings_of(file, Written()) == {"a": "Do you?"}
    packed = tmp_path / "generated.zsav"
    pyreadstat.write_sav(frame, str(packed), compress=True, **about)
    portable = tmp_path / "generated.por"
    pyreadstat.write_por(frame.rename(columns=str.upper), str(portable))
    assert told(packed)["a"] == ["Yes", "No"]
    assert told(portable, names=["A", "B"])["B"] == ["7", "8"]


def test_a_date_that_no_calendar_has_is_one_clear_error(tmp_path):
    import pyreadstat

    file = tmp_path / "generated.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1e17], "b": [1.0]}), str(file), variable_format={"a": "DATETIME20"})
    assert told(file, names=["b"]) == {"b": ["1"]}
    with pytest.raises(SurveyError, match="a date lies outside the years that can be told"):
        told(file)


def test_damage_that_breaks_the_reader_down_is_told_and_ends_nothing(tmp_path):
    import pyreadstat

    file = tmp_path / "generated.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1.0, 2.0]}), str(file), variable_value_labels={"a": {1: "Yes", 2: "No"}})
    content = bytearray(file.read_bytes())
    assert content[180] == 0  # the first column is a number; as text of some width it has labels of numbers
    content[180] = 255
    file.write_bytes(content)
    with pytest.raises(SurveyError, match=r"generated\.sav: not a readable \.sav file"):
        header_of(file, Written())
