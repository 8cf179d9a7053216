"""Where the names of columns stand: put a test here when titles or a second row of names were taken for what they are not."""

import csv
import tomllib

import pytest

from evidence.errors import SurveyError
from evidence.survey.codebook import Written
from evidence.survey.exports import header_of, read_columns
from evidence.survey.exports.heading import heading
from evidence.survey.looking.files import look_at
from evidence.survey.looking.look import look

pytestmark = pytest.mark.needs("survey")

ANSWERED = [[str(number), "Yes", "", "55+"] for number in range(1, 31)]
IDS = '{"ImportId":"QID"}'


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([["id", "q1", "q2", "age"], *ANSWERED], {}),
        ([["id", "q1", "", "age"], *ANSWERED], {}),  # a column without a name is none with two rows of names
        ([["", "q1", "q2"], ["0", "Yes", "No"], ["1", "No", "No"]], {}),
        ([["id", "q1"], *([number, "Yes", "a", "note"] for number, *_ in ANSWERED)], {}),  # what has no name stands beside it
        ([["id", "q1"], *([f"R{number}", "Yes", "a", "note"] for number, *_ in ANSWERED)], {}),
        ([["Bread survey"], [], ["id", "q1", "q2", "age"], *ANSWERED], {"header": (3, 3)}),
        ([["Bread survey"], ["2026", "n=30"], ["id", "q1", "q2"], *(row[:3] for row in ANSWERED)], {"header": (3, 3)}),
        ([["Bread survey"], ["id", "Bread", "", "Age"], ["", "White", "Rye", ""], *ANSWERED], {"header": (2, 3)}),
        ([["id", "Bread", "", "Age"], ["", "White", "Rye", "Response"], *ANSWERED], {"header": (1, 2)}),
        ([["id", "Bread", "", "Age"], ["", "White", "White", ""], *ANSWERED], {}),
        ([["id", "q1", "q2", "age"], ["Number", "Do you?", "And?", "How old?"], [IDS] * 4, *ANSWERED], {"wording": 2, "answers": 4}),
    ],
)
def test_names_are_found_below_titles_and_in_two_rows(rows, found):
    assert heading(rows[:14]) == found


def write(file, rows):
    if file.suffix == ".csv":
        with file.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
        return
    import openpyxl

    book = openpyxl.Workbook()
    for row in rows:
        book.active.append([cell or None for cell in row])
    book.active.merge_cells("B3:C3")
    book.save(file)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_title_and_two_rows_of_names_are_read_without_editing_the_file(tmp_path, form):
    file = tmp_path / f"generated.{form}"
    people = [[str(number), "Yes" if number % 3 else "No", "Yes" if number % 2 else "No", "55+"] for number in range(1, 31)]
    write(file, [["Generated for tests"], [], ["id", "Which bread?", "", "Age"], ["", "White", "Dark rye", ""], *people])
    found = look_at(file)
    names = ["id", "Which bread? - White", "Which bread? - Dark rye", "Age"]
    assert [column.name for column in found.columns] == names
    assert [(column.kind, column.answers) for column in found.columns[1:3]] == [
        ("set", {"Yes": 20, "No": 10}),
        ("set", {"Yes": 15, "No": 15}),
    ]
    assert found.notes == ("names of columns in rows 3 and 4, answers from row 5 on; say otherwise under [export] of the codebook",)
    drafted = tomllib.loads(look(file, tmp_path / "draft").codebook)
    assert drafted["export"] == {"header": [3, 4]}
    assert [one["wording"] for one in drafted["figures"][1:3]] == names[1:3]
    read = read_columns(file, names[:2], Written(header=(3, 4)))
    assert (list(read.frame["id"])[:2], list(read.frame.index)[:2]) == (["1", "2"], [3, 4])


def test_questions_below_the_names_become_wordings(tmp_path):
    file = tmp_path / "generated.csv"
    people = [[f"R_{number}", "Yes" if number % 3 else "No"] for number in range(30)]
    write(file, [["ResponseId", "Q1"], ["Response ID", "Do you like\nbread?"], [IDS, IDS], *people])
    found = look_at(file)
    assert (found.rows, found.columns[1].wording, found.columns[1].answers) == (30, "Do you like\nbread?", {"Yes": 20, "No": 10})


def test_columns_without_a_name_are_told(tmp_path):
    file = tmp_path / "generated.csv"
    write(file, [["id", "q1", ""], *([str(number), "Yes", "note"] for number in range(30))])
    assert look_at(file).notes == ("columns without a name, left out: 3",)


def test_a_cell_with_a_date_that_no_calendar_has_costs_its_column_alone(tmp_path, recwarn):
    import openpyxl

    file = tmp_path / "generated.xlsx"
    book = openpyxl.Workbook()
    for row in [["id", "start", "q1"], *([number, 1e12 if number == 7 else 46_000, "Yes"] for number in range(30))]:
        book.active.append(row)
        book.active.cell(book.active.max_row, 2).number_format = "yyyy-mm-dd"
    book.save(file)
    found = look_at(file)
    assert [column.name for column in found.columns] == ["id", "q1"]
    assert found.notes == ("dates that no calendar has, or cells in error, left out: start",)
    with pytest.raises(SurveyError, match=r"cell B9 holds the error #VALUE!, or a date that no calendar has; correct it"):
        read_columns(file, ["start"], Written())
    assert [str(one.message) for one in recwarn if "marked as a date" in str(one.message)] == []


def test_a_header_beyond_the_end_has_no_names(tmp_path):
    file = tmp_path / "generated.csv"
    write(file, [["id", "q1"], ["1", "Yes"]])
    assert header_of(file, Written(header=(9, 9))) == []
