"""Answers that a codebook names and nobody gives: put a test here when a codebook was believed that the export contradicts."""

import random

import numpy as np
import pandas as pd
import pytest

from evidence.errors import SurveyError
from evidence.survey.answers import Answers
from evidence.survey.codebook import Codebook
from evidence.survey.exports import read_columns
from evidence.survey.occurring import Occurring
from evidence.survey.responses import Responses, counted
from evidence.survey.tabulation import make_cells
from evidence.survey.weighting import Design

pytestmark = pytest.mark.needs("survey")

NAME = "generated.csv"


def book(figure=None, **more):
    figure = {"id": "sme.barriers.any", "columns": ["q"], "codes": ["Yes"], **(figure or {})}
    return Codebook.model_validate(
        {"source": "demos", "title": "Generated", "weights": {"why": "Generated."}, "minimum_cell": 2, "figures": [figure], **more}
    )


def responses(labels=None, decimal=".", **columns):
    return Responses(NAME, pd.DataFrame(columns).replace("", None).astype("category"), labels or {}, decimal)


def told(codebook, found, raked=False):
    return [str(problem) for problem in Occurring(found, codebook).problems(raked)]


def estimate(codebook, found):
    kept = counted(found, codebook)
    equal = np.ones(len(kept.frame))
    return make_cells(Answers(kept, codebook), Design(equal, equal, np.zeros(len(equal), dtype=int)))[0][0].estimate


APPROVAL = ["Strongly Approve"] * 3 + ["Somewhat Approve"] * 2 + ["Somewhat Disapprove"] * 4


def test_an_answer_in_other_letters_is_no_answer_and_the_nearest_is_named():
    (problem,) = told(book({"codes": ["Strongly approve"]}), responses(q=APPROVAL))
    assert problem == (
        'generated.csv (sme.barriers.any), column q: answer "Strongly approve" occurs nowhere. Found: Somewhat Disapprove (4), '
        "Strongly Approve (3), Somewhat Approve (2). Nearest: Strongly Approve, Somewhat Approve. "
        "Write it as the export does, or declare it absent."
    )


@pytest.mark.parametrize(
    ("codebook", "columns", "message"),
    [
        (
            book({"codes": ["Yes"], "where": {"s": ["A", "Bb"]}}),
            {"q": ["Yes", "No"], "s": ["A", "B"]},
            'column s: answer "Bb" occurs nowhere',
        ),
        (book(missing=["Don't know"]), {"q": ["Yes", "No", "Don’t know"]}, 'answer "Don\'t know" occurs nowhere'),
        (book(missing=["Don't know"], absent=["Don't know"]), {"q": ["Yes", "No", "Don’t know"]}, "occurs nowhere"),
        (book(missing_in={"q": ["99"]}), {"q": ["Yes", "No"]}, 'answer "99" occurs nowhere'),
        (book(), {"q": ["Yes", "YES", "No"]}, '"Yes" is asked for, and "YES" (1) is there as well, which differs in writing only'),
        (book(), {"q": ["Yes ", "Yes\u00a0", "No"]}, "occurs nowhere"),
        (book({"codes": ["1"]}), {"q": ["1;2;", "1;", "3;"]}, 'answer "1" occurs nowhere'),
        (book({"codes": ["1"]}), {"q": ["1;2", "1", "3"]}, 'cells such as "1;2" hold several answers'),
        (book({"codes": ["1"]}), {"q": ["1 2", "1", "2", "3"]}, '[delimited] "q" = " "'),
        (book({"codes": ["1", "9"]}), {"q": ["1", "2"]}, 'answer "9" occurs nowhere'),
        (book(leave_out=[{"column": "s", "answers": ["Tset"], "why": "tests"}]), {"q": ["Yes"], "s": ["Test"]}, "Nearest: Test"),
        (
            book({"columns": ["q", "r"]}),
            {"q": ["Yes", "No"], "r": ["Ja", "No"]},
            'column r: has none of the answers that are asked for, but "Ja"',
        ),
    ],
)
def test_what_occurs_nowhere_or_would_be_misread_is_refused(codebook, columns, message):
    assert any(message in problem for problem in told(codebook, responses(**columns))), told(codebook, responses(**columns))


@pytest.mark.parametrize(
    ("codebook", "columns"),
    [
        (book({"codes": ["Yes", "Maybe"], "absent": ["Maybe"]}), {"q": ["Yes", "No"]}),
        (book(missing=["Refused"], absent=["Refused"]), {"q": ["Yes", "No"]}),
        (book({"codes": ["1"]}, delimited={"q": ";"}), {"q": ["1;2", "1", "3"]}),
        (book({"codes": ["Yes"]}), {"q": ["Yes", "Yes, definitely", "No"]}),
        (book({"columns": ["q", "r"]}), {"q": ["Yes", "No"], "r": ["No", "No"]}),
    ],
)
def test_what_is_declared_or_cannot_mislead_is_not(codebook, columns):
    assert told(codebook, responses(**columns)) == []


def test_two_hundred_typos_are_all_refused():
    chance = random.Random(25)
    found = responses(
        q=["Strongly approve", "Somewhat approve", "Neither", "Refused"] * 5,
        s=["North East", "North West", "London", "Wales"] * 5,
        t=["1", "2", "98", "99"] * 5,
    )
    codes, where, missing = ["Strongly approve", "Somewhat approve"], ["North East", "London"], ["98", "99"]
    let_through = []
    for number in range(200):
        lists = {"codes": list(codes), "where": list(where), "missing": list(missing)}
        kind = ("codes", "where", "missing")[number % 3]
        place = chance.randrange(2)
        lists[kind][place] = typo(lists[kind][place], chance, {"1", "2", "98", "99"})
        codebook = book({"codes": lists["codes"], "where": {"s": lists["where"]}}, missing=lists["missing"], groups=["t"])
        if not told(codebook, found):
            let_through.append(lists)
    assert let_through == []


def typo(text, chance, taken):
    """Return a text with one slip of the hand that is no other answer: a letter lost, doubled, exchanged or in the other case, or a blank."""
    while True:
        at = chance.randrange(len(text))
        slips = [text[:at] + text[at + 1 :], text[: at + 1] + text[at:], text[:at] + text[at].swapcase() + text[at + 1 :]]
        slips += [text[:at] + chance.choice("abcxyz0") + text[at + 1 :], text[:at] + " " + text[at:], text + "."]
        slips += [text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]] * (at > 0)
        slip = chance.choice(slips)
        if slip != text and slip not in taken:
            return slip


def test_several_answers_of_a_cell_count_where_they_are_declared():
    # 1 is among the answers of three of four
    found = responses(q=["1;2;", "1;", "3;", "2;1;"])
    assert estimate(book({"codes": ["1"]}, delimited={"q": ";"}), found).value == 0.75


def test_a_code_and_its_label_are_the_same_answer(tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat")
    file, frame = tmp_path / "generated-labels.sav", pd.DataFrame({"q": [1.0, 2.0, 2.0, 7.0], "r": [2.0, 1.0, 1.0, 1.0]})
    labels = {"q": {1: "Yes", 2: "No", 3: "Perhaps"}, "r": {1: "2", 2: "1", 3: "Other", 4: "Other"}}
    pyreadstat.write_sav(frame, str(file), variable_value_labels=labels)
    read = read_columns(file, ["q", "r"], book().export)
    found = Responses(NAME, read.frame, read.labels)
    for codes in (["1"], ["Yes"], ["Yes", "Perhaps"], ["1", "3"]):
        assert told(book({"codes": codes}), found) == []
        assert estimate(book({"codes": codes}), found).value == 0.25
    for code, why in (("1", 'the label "1" is there as well'), ("3", "so is another")):
        with pytest.raises(SurveyError, match=f'"{code}" is the code of "(2|Other)", and {why}'):
            told(book({"columns": ["r"], "codes": [code]}), found)


LIKELY = {"q": {"1": "0 Not at all likely", "10": "9", "11": "10 Extremely likely", "99": "Don't know"}}
FULL = {"low": 0, "high": 10}


def mean(scale=None, missing=(), kind="mean", labels=None, **columns):
    scales = {"scales": {"q": scale}} if scale else {}
    return estimate(book({"kind": kind, "codes": []}, missing_in={"q": missing}, **scales), responses(labels, **columns)).value


def test_the_mean_of_a_labelled_scale_follows_its_declaration():
    answers = ["0 Not at all likely", "9", "10 Extremely likely", "10 Extremely likely", "Don't know"]
    labelled = {"labels": LIKELY, "q": answers, "missing": ["Don't know"]}
    # 0, 9, 10, 10
    assert mean({**FULL, "numbers": "labels"}, **labelled) == 7.25
    values = {"0 Not at all likely": 0, "10": 9, "11": 10}
    assert mean({**FULL, "values": values}, **labelled) == 7.25
    # promoters 3 of 4, detractors 1 of 4
    assert mean({**FULL, "numbers": "labels"}, kind="nps", **labelled) == 0.5


@pytest.mark.parametrize(
    ("scale", "answers", "labels", "message"),
    [
        (FULL, ["10 Extremely likely", "9"], LIKELY, "has the code 11 and says 10"),
        ({**FULL, "numbers": "codes"}, ["10 Extremely likely", "9"], LIKELY, "is 11, outside the scale from 0 to 10"),
        (None, ["10 Extremely likely", "9"], LIKELY, "Declare its scale"),
        ({"low": 1, "high": 5}, ["1", "5", "97"], None, r'"97" \(1\) is 97, outside the scale from 1 to 5'),
        (None, ["1", "5", "97"], None, "97 .1 respondents. looks like a code for no answer; the other numbers run from 1 to 5"),
        (None, ["-9", "1", "5"], None, "-9 .1 respondents. looks like a code for no answer"),
        ({"low": 1, "high": 2, "values": {"Oftn": 2, "Never": 1}}, ["Never", "Often"], None, '"Often" is none of the answers that values'),
        ({"low": 1, "high": 5}, ["1", "Often"], None, '"Often" is no number'),
    ],
)
def test_no_number_of_a_scale_is_guessed(scale, answers, labels, message):
    with pytest.raises(SurveyError, match=message):
        mean(scale, labels=labels, q=answers)


def test_ages_of_ninety_seven_are_ages():
    assert mean(q=["18", "40", "62", "97"]) == 54.25


def test_who_is_left_out_by_a_rule_is_counted_and_told():
    codebook = book(
        leave_out=[{"column": "s", "answers": ["Screened out", "Test"], "why": "asked nothing"}],
        weights={"column": "w", "zero": "leave out", "empty": "leave out", "why": "Generated."},
    )
    found = responses(q=["Yes", "No", "Yes", "Yes", "No"], s=["In", "In", "Test", "In", "Screened out"], w=["1", "0", "1", "", "1"])
    kept = counted(found, codebook)
    assert list(kept.frame.index) == [0]
    assert kept.log == (
        "2 respondents left out: s, asked nothing",
        "1 respondents left out: w, no weight",
        "1 respondents left out: w, weight nought",
    )


def test_nobody_left_is_told():
    with pytest.raises(SurveyError, match="nobody is left who counts"):
        counted(responses(q=["Yes"], s=["x"]), book(leave_out=[{"column": "s", "answers": ["x"], "why": "asked nothing"}]))
