"""`evidence ingest look`: put a test here when a column was taken for what it is not, or something was not asked."""

import struct
import tomllib

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from evidence import cli
from evidence.editions.snapshot import make_snapshot
from evidence.errors import EvidenceError, SurveyError
from evidence.receipts import held, problems
from evidence.survey.answers import Answers
from evidence.survey.codebook import Codebook
from evidence.survey.looking.columns import profile, with_sets
from evidence.survey.looking.files import look_at
from evidence.survey.looking.look import look
from evidence.survey.looking.questions import questions
from evidence.survey.tabulation import make_cells
from evidence.survey.wave import read_counted
from evidence.survey.weighting import Design

pytestmark = pytest.mark.needs("survey")

ANSWERS = {
    "title": "Fruit, generated for tests",
    "client": "Nobody",
    "publisher": "Nobody, generated for tests",
    "fieldwork": "2026-03-01 to 2026-03-12",
    "method": "online",
    "universe": "adults",
    "coverage": "Great Britain",
    "sampling": "generated",
}


def evidence(*arguments):
    done = CliRunner().invoke(cli.app, [str(argument) for argument in arguments])
    return done.exit_code, done.output, done.exception if isinstance(done.exception, EvidenceError) else None


def kind(answers, name="q", labels=None, decimal="."):
    return profile(name, pd.Series(answers, dtype="category"), labels or {}, "", decimal).kind


MANY = [str(number) for number in range(200)]


@pytest.mark.parametrize(
    ("expected", "answers", "more"),
    [
        ("respondent", MANY, {"name": "RespID"}),
        ("respondent", [*MANY, "7"], {"name": "id"}),  # one of them twice, which is refused by its row
        ("number", [*MANY, *MANY], {"name": "id"}),
        ("number", MANY, {"name": "income"}),
        ("weight", [*(f"{number}.5" for number in range(1, 30)), "-1"], {"name": "weight"}),
        ("weight", ["0.5", "1.5", "0.75"], {"name": "weight_a"}),
        ("weight", ["0,5", "1,5", "0,75"], {"name": "Wgt", "decimal": ","}),
        ("weight", MANY, {"name": "finalwgt"}),
        ("number", MANY, {"name": "weight"}),  # of bodies
        ("single", ["1", "2", "1"], {"name": "weightclass"}),
        ("clusters", ["1", "2", "3", "1"], {"name": "psu"}),
        ("strata", ["1", "2", "1"], {"name": "stratum"}),
        ("clusters", ["1", "2", "1"], {"name": "SDMVPSU"}),
        ("strata", ["75", "76", "75"], {"name": "SDMVSTRA"}),
        ("single", ["1", "2", "1"], {"name": "strategy"}),
        ("single", ["1", "2", "1"], {"name": "Cluster"}),  # a typology of respondents
        ("scale", ["1", "2", "5", "3"], {}),
        ("scale", ["0 Not at all likely", "5", "10 Extremely likely"], {}),
        ("scale", ["1", "3", "5", "99"], {}),
        ("single", ["Yes", "No", "Yes"], {}),
        ("delimited", ["1;2;", "1;", "3;", "2;3;", "2;"], {}),
        ("single", ["Yes, often", "No, never", "Yes, often"], {}),
        ("date", ["2026-03-01", "2026-03-02"], {}),
        ("date", ["10:20:00", "11:05:30.25"], {}),
        ("text", [f"words {number}" for number in range(60)], {}),
        ("empty", [None, None], {}),
    ],
)
def test_a_column_is_told_by_its_answers_and_its_name(expected, answers, more):
    assert kind(answers, **more) == expected


def test_columns_that_are_one_question_are_a_set():
    columns = [profile(name, pd.Series(["Yes", "No", "No", None], dtype="category"), {}, "", ".") for name in ("Q1_1", "Q1_2", "other")]
    assert [(column.kind, column.group, column.chosen) for column in with_sets(columns)] == [
        ("set", "Q1", "Yes"),
        ("set", "Q1", "Yes"),
        ("single", "", "Yes"),
    ]


def test_codes_and_words_for_no_answer_are_proposed():
    column = profile("q", pd.Series(["1", "2", "5", "97", "Don’t know"], dtype="category"), {}, "", ".")
    assert set(column.missing) == {"97", "Don’t know"}
    assert (column.low, column.high) == (1, 5)


def test_a_column_called_like_weights_that_is_none_is_told(tmp_path):
    file = tmp_path / "generated.csv"
    pd.DataFrame({"generated": "for tests", "weight": ["45%", "55%"] * 20, "q": ["Yes", "No"] * 20}).to_csv(file, index=False)
    told = 'column "weight" is called like weights and is not taken for one (single); name it under weights if it is'
    assert look_at(file).notes == (told,)


def test_several_codes_for_no_answer_are_all_proposed():
    column = profile("q", pd.Series(["1", "2", "3", "4", "5", "97", "98", "-8", "-9"], dtype="category"), {}, "", ".")
    assert (column.kind, set(column.missing), column.low, column.high) == ("scale", {"97", "98", "-8", "-9"}, 1, 5)


@pytest.mark.parametrize("form", ["sav", "dta"])
def test_what_a_file_declares_to_be_no_answer_becomes_no_figure(tmp_path, form):
    import pyreadstat

    file = tmp_path / f"generated.{form}"
    if form == "sav":
        frame = pd.DataFrame({"generated": ["for tests"] * 40, "q": [1.0, 2.0, 98.0, 99.0] * 10})
        none = {"missing_ranges": {"q": [{"lo": 98, "hi": 99}]}}
        pyreadstat.write_sav(frame, str(file), variable_value_labels={"q": {1: "Yes", 2: "No", 98: "Unsure", 99: "Silent"}}, **none)
    else:
        frame = pd.DataFrame({"generated": ["for tests"] * 40, "q": [1.0, 2.0, "a", "b"] * 10})
        none = {"missing_user_values": {"q": ["a", "b"]}}
        pyreadstat.write_dta(frame, str(file), variable_value_labels={"q": {1: "Yes", 2: "No", "a": "Unsure", "b": "Silent"}}, **none)
    drafted = tomllib.loads(look(file, tmp_path / "draft").codebook)["figures"]
    assert [one["codes"] for one in drafted if one["id"].startswith("generated.q.")] == [["Yes"], ["No"]]


def with_answer_sets(file, declared):
    """Give a file of SPSS sets of answers, which pyreadstat reads and does not write: a record of type 7, subtype 7, before the end of the dictionary."""
    content, text = file.read_bytes(), declared.encode()
    end = content.rfind(struct.pack("<ii", 999, 0))
    file.write_bytes(content[:end] + struct.pack("<iiii", 7, 7, 1, len(text)) + text + content[end:])


def test_sets_that_a_file_declares_are_one_question_whatever_their_columns_are_called(tmp_path):
    import pyreadstat

    first, second = [1.0, 1.0, 2.0, np.nan] * 10, [2.0, np.nan, 3.0, np.nan] * 10
    frame = pd.DataFrame(
        {"generated": ["for tests"] * 40, "radio": [7.0, 8.0] * 20, "press": [8.0] * 39 + [7.0], "one": first, "other": second}
    )
    colours = {1: "Red", 2: "Blue", 3: "Green"}
    file = tmp_path / "generated.sav"
    pyreadstat.write_sav(frame, str(file), variable_value_labels={"one": colours, "other": colours})
    with_answer_sets(file, "$media=D1 7 5 Where radio press\n$colour=C 8 Colours? one other\n")
    found = look(file, tmp_path / "draft")
    assert [(column.kind, column.group) for column in found.file.columns[1:]] == [("set", "media")] * 2 + [("mentions", "colour")] * 2
    told = [(one["columns"], one["codes"]) for one in tomllib.loads(found.codebook)["figures"][2:]]
    both = ["one", "other"]
    assert told == [(["radio"], ["7"]), (["press"], ["7"]), (both, ["Red"]), (both, ["Blue"]), (both, ["Green"])]


@pytest.fixture(scope="module")
def export(tmp_path_factory):
    """A generated export as agencies send them: a set, a scale whose labels are no codes, several answers in a cell, weights, a design, a status."""
    import pyreadstat

    random, people = np.random.default_rng(3), 400
    cells = [";".join(sorted(map(str, random.choice([1, 2, 3, 4], random.integers(1, 4), replace=False)))) + ";" for _ in range(people)]
    frame = pd.DataFrame(
        {
            "generated": ["generated for tests; nobody was asked"] * people,
            "RespID": np.arange(people) + 1.0,
            **{f"Q1_{number}": random.choice([0.0, 1.0], people) for number in (1, 2, 3)},
            "Q8": random.choice(np.arange(1, 12.0), people),
            "sat": random.choice([1.0, 2, 3, 4, 5, 99], people),
            "multi": cells,
            "wt": random.lognormal(0, 0.4, people),
            "psu": random.integers(1, 20, people).astype(float),
            "stratum": random.integers(1, 4, people).astype(float),
            "status": random.choice(["Complete", "Screened out"], people, p=[0.9, 0.1]),
        }
    )
    ends = {1: "0 Not at all likely", 11: "10 Extremely likely"}
    labels = {f"Q1_{number}": {0: "No", 1: "Yes"} for number in (1, 2, 3)} | {"Q8": ends | {code: str(code - 1) for code in range(2, 11)}}
    labels["sat"] = {1: "Very poor", 2: "Poor", 3: "Neither", 4: "Good", 5: "Very good", 99: "Don't know"}
    file = tmp_path_factory.mktemp("export") / "generated-fruit.sav"
    wordings = {"Q8": "How likely are you to recommend figs?", "sat": "How are figs?"}
    pyreadstat.write_sav(frame, str(file), column_labels=wordings, variable_value_labels=labels)
    return file, frame


def answer(folder):
    told = tomllib.loads((folder / "questions.toml").read_text(encoding="utf-8"))
    lines = [f'[{key}]\nquestion = ""\nanswer = "{ANSWERS.get(key, one["answer"])}"\n' for key, one in told.items()]
    (folder / "questions.toml").write_text("\n".join(lines), encoding="utf-8")


def test_a_new_survey_enters_without_a_row_by_hand(export, tmp_path):
    file, frame = export
    draft, overlay = tmp_path / "draft", tmp_path / "overlay"
    code, text, _ = evidence("ingest", "look", file, "--into", draft)
    assert (code, "open: client: Who commissioned it?" in text) == (1, True)
    code, _, error = evidence("ingest", "survey", file, "--codebook", draft / "codebook.toml", "--as-of", "2026-11-01", "--into", overlay)
    assert "disclosure.first_day" in str(error)
    answer(draft)
    assert evidence("ingest", "look", file, "--into", draft)[0] == 0
    code, text, error = evidence(
        "ingest", "survey", file, "--codebook", draft / "codebook.toml", "--as-of", "2026-11-01", "--into", overlay
    )
    assert (code, error) == (0, None), text
    library = make_snapshot(overlay, tmp_path / "snapshot")
    inside = frame[frame["status"] == "Complete"]
    answered = inside[inside["sat"] != 99]
    share = 100 * answered.loc[answered["sat"] == 4, "wt"].sum() / answered["wt"].sum()
    assert library.figure("generated-fruit.sat.good").stated == f"{share:.0f}%"
    assert library.figure("generated-fruit.q-eight.mean").stated == f"{np.average(inside['Q8'] - 1, weights=inside['wt']):.1f}"
    assert library.figure("generated-fruit.sat.good").period == "March 2026"
    assert library.by_id("sources")["generated-fruit"]["publisher"] == ANSWERS["publisher"]
    assert problems(*held(library)) == []


def test_what_is_drafted_says_how_the_file_is_read_and_who_answered(export, tmp_path):
    file, _ = export
    evidence("ingest", "look", file, "--into", tmp_path)
    answer(tmp_path)
    evidence("ingest", "look", file, "--into", tmp_path)
    book = Codebook.model_validate(tomllib.loads((tmp_path / "codebook.toml").read_text(encoding="utf-8")))
    assert (book.respondent, book.missing, book.delimited) == ("RespID", ("Don't know",), {"multi": ";"})
    assert (book.weights.column, book.weights.strata, book.weights.clusters, book.weights.nested) == ("wt", "stratum", "psu", True)
    assert book.leave_out[0].answers == ("Screened out",)
    assert book.scales["Q8"].numbers == "labels"
    assert {figure.wording for figure in book.figures if figure.columns == ("sat",)} == {"How are figs?"}
    assert len(book.asked) <= 15
    assert {one.by for one in book.asked} == {"author", "proposal"}


def test_only_the_questions_that_are_asked_for_become_figures(export, tmp_path):
    evidence("ingest", "look", export[0], "--into", tmp_path, "--only", "sat")
    book = tomllib.loads((tmp_path / "codebook.toml").read_text(encoding="utf-8"))
    assert {column for figure in book["figures"] for column in figure.get("columns", [])} == {"sat"}


def test_a_draft_that_was_edited_is_left_alone(export, tmp_path):
    evidence("ingest", "look", export[0], "--into", tmp_path)
    edited = (tmp_path / "codebook.toml").read_text(encoding="utf-8") + "# mine\n"
    (tmp_path / "codebook.toml").write_text(edited, encoding="utf-8")
    assert evidence("ingest", "look", export[0], "--into", tmp_path)[2] is not None
    assert (tmp_path / "codebook.toml").read_text(encoding="utf-8") == edited


@pytest.mark.parametrize(
    ("content", "message"),
    [("[client]\nanswer = 3\n[strange]\nanswer = ''\n", "strange"), ("[client]\n", "holds no answers"), ("[", "holds no answers")],
)
def test_answers_that_fit_no_question_are_told(export, tmp_path, content, message):
    (tmp_path / "questions.toml").write_text(content, encoding="utf-8")
    assert message in str(evidence("ingest", "look", export[0], "--into", tmp_path)[2])


def test_how_text_is_written_is_found_and_what_is_doubtful_is_told(tmp_path):
    file = tmp_path / "generated.csv"
    file.write_bytes("city; amount ;a;a\nZürich;1,5;1;2\nGenève;2,5;1;2\n".encode("cp1252"))
    found = look_at(file)
    assert (found.written.delimiter, found.written.decimal, found.written.encoding) == (";", ",", "cp1252")
    assert [column.name for column in found.columns] == ["city", "amount"]
    assert [note.partition(":")[0] for note in found.notes] == [
        "not UTF-8; read as cp1252",
        'column "a" stands there 2 times and is left out',
    ]


def test_a_file_with_impossible_dates_is_looked_at_without_them(tmp_path):
    import pyreadstat

    file = tmp_path / "generated.sav"
    pyreadstat.write_sav(pd.DataFrame({"a": [1e17, 2e17], "b": [1.0, 2.0]}), str(file), variable_format={"a": "DATETIME20"})
    found = look_at(file)
    assert ([column.name for column in found.columns], found.notes) == (
        ["b"],
        ("dates that no calendar has, or cells in error, left out: a",),
    )


def test_the_days_of_fieldwork_are_proposed_from_a_column_of_days(tmp_path):
    file = tmp_path / "generated.csv"
    file.write_text("asked_on,q\n2026-03-05,1\n2026-03-01,2\n2026-03-12,1\n", encoding="utf-8")
    proposed = {one.key: one.proposed for one in questions(look_at(file))}
    assert (proposed["fieldwork"], proposed["source"]) == ("2026-03-01 to 2026-03-12", "generated")


def test_bands_of_age_or_number_are_no_scale_and_get_no_mean(tmp_path):
    bands = ["18-34", "35 to 54", "55+"], ["1 or more", "0", "2 or fewer"], ["16 – 24", "25 and over", "0 and under"]
    columns = {f"q{place}": [band[row % 3] for row in range(60)] for place, band in enumerate(bands)}
    columns["q3"] = [("1 Very bad", "2", "3 - Very good")[row % 3] for row in range(60)]
    pd.DataFrame(columns).to_csv(tmp_path / "bands.csv", index=False)
    assert [column.kind for column in look_at(tmp_path / "bands.csv").columns] == ["single"] * 3 + ["scale"]


def test_the_widest_sheet_of_a_workbook_is_looked_at_or_the_one_that_is_named(tmp_path):
    file = tmp_path / "book.xlsx"
    with pd.ExcelWriter(file) as book:
        pd.DataFrame({"about": ["generated for tests"] * 50}).to_excel(book, sheet_name="Read me", index=False)
        pd.DataFrame({"a": ["x", "y"] * 5, "b": ["x"] * 10}).to_excel(book, sheet_name="Data", index=False)
    found = look_at(file)
    assert (found.written.sheet, found.rows, [column.name for column in found.columns]) == ("Data", 10, ["a", "b"])
    assert found.notes == ("sheets with cells: Read me, Data; looked at Data, the widest. Name another with --sheet",)
    assert look_at(file, "Read me").rows == 50
    with pytest.raises(SurveyError, match='it has no sheet "Nope" with cells, but Read me, Data'):
        look_at(file, "Nope")


def test_a_rule_for_empty_weights_is_drafted_where_there_are_some(tmp_path):
    weights = [1.5, 0.5, None, 1.25] * 10
    pd.DataFrame({"weight": weights, "q": ["yes", "no"] * 20}).to_csv(tmp_path / "weights.csv", index=False)
    drafted = look(tmp_path / "weights.csv", tmp_path / "draft").codebook
    assert 'empty = "leave out"' in drafted
    pd.DataFrame({"weight": [1.5, 0.5, 0.75, 1.25] * 10, "q": ["yes", "no"] * 20}).to_csv(tmp_path / "full.csv", index=False)
    assert 'empty = "leave out"' not in look(tmp_path / "full.csv", tmp_path / "other").codebook


def test_what_was_not_chosen_may_be_left_empty(tmp_path):
    # Of 100, 10 were not asked, 60 chose apples, 45 pears, 15 of them both: 90 were asked
    apples, pears = ["Apples"] * 60 + [None] * 40, [None] * 45 + ["Pears"] * 45 + [None] * 10
    pd.DataFrame({"who": [f"r{row}" for row in range(100)], "Q5_1": apples, "Q5_2": pears}).to_csv(tmp_path / "blank.csv", index=False)
    drafted = Codebook.model_validate(
        tomllib.loads(look(tmp_path / "blank.csv", tmp_path / "draft").codebook.replace('"?"', '"2026-03-01"'))
    )
    chosen = [figure for figure in drafted.figures if figure.kind == "share"]
    assert [(figure.columns, figure.among) for figure in chosen] == [(("Q5_1",), ("Q5_1", "Q5_2")), (("Q5_2",), ("Q5_1", "Q5_2"))]
    read, spelled = read_counted(tmp_path / "blank.csv", drafted, False)
    design = Design(np.ones(100), np.ones(100), np.zeros(100, dtype=int))
    cells = make_cells(Answers(read, spelled), design)[0][1:]
    assert [(cell.estimate.value, cell.respondents) for cell in cells] == [(60 / 90, 90), (45 / 90, 90)]
    guessed = drafted.model_copy(update={"figures": tuple(figure.model_copy(update={"among": ()}) for figure in drafted.figures)})
    with pytest.raises(SurveyError, match="all who answer give what is asked for, and 40 leave it empty, which may mean that they did not"):
        read_counted(tmp_path / "blank.csv", guessed, False)
