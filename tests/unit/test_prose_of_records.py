"""What pages, captions, comparisons and cells of tables say of records, worked out by hand: a row a case."""

import json
from fractions import Fraction

import pytest
from every import every
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from test_holding import LIBRARY as HELD
from test_holding import rows

from evidence.catalog import Library, schema
from evidence.errors import StatementError
from evidence.statements import chapter_files, library_prose, read_notebook, read_page
from evidence.statements.caption_units import wrong_units
from evidence.statements.captions import wrong_captions, wrong_labels
from evidence.statements.corrected import wrong_corrections
from evidence.statements.holding import check_link
from evidence.statements.pages import passages_of
from evidence.statements.propositions import misfit
from evidence.statements.prose import Link


def drawn(identifier, series, category, stated, value, unit, **cells):
    return {
        **{"id": identifier, "series": series, "category": category, "stated": stated, "value": value, "unit": unit},
        **{"source": "made-up", "as_of": "2026-01-31", **cells},
    }


PAY, LOAVES = "pay.by-place", "loaves.by-flour"
FIGURES = [
    drawn(
        "pay.kent",
        PAY,
        "Kent",
        "£600 per week",
        "600",
        "GBP per week",
        place="Kent",
        quote="In Kent it is £600 per week, in Surrey £700 per week",
    ),
    drawn(
        "pay.surrey",
        PAY,
        "Surrey",
        "£700 per week",
        "700",
        "GBP per week",
        place="Surrey",
        quote="In Kent it is £600 per week, in Surrey £700 per week",
    ),
    drawn("loaves.rye", LOAVES, "Rye", "60", "60", "count", population="rye loaves of small bakers in stone mills"),
    drawn("loaves.wheat", LOAVES, "Wheat", "70", "70", "count", population="wheat loaves of small bakers in stone mills"),
]
CHARTS = [
    {"id": "pay", "form": "bars", "series": PAY, "title": "Pay in Kent and Surrey", "description": "Pay of both places"},
    {"id": "loaves", "form": "bars", "series": LOAVES, "title": "Rye loaves and wheat loaves of small bakers in stone mills"},
    {"id": "both", "form": "bars", "series": f"{PAY} {LOAVES}", "title": "Kent and rye", "labels": "Kent and Surrey; Rye loaves"},
]
TABLES = {
    "sources": [{"id": "made-up", "title": "A made-up report"}],
    "findings": [
        {"id": "skills.help", "source": "made-up", "statement": "Skills help.", "mechanism": "Hands learn.", "quote": "Skill helps"}
    ],
    "corrections": [{"id": "sum", "figures": "pay.kent pay.surrey", "findings": "skills.help", "title": "A sum", "what": "It is wrong."}],
    "safe-words": [
        {"scheme": "figure", "target": "pay.kent", "answer": "yes", "says": "Pay in Kent is high."},
        {"scheme": "correction", "target": "sum", "answer": "no", "says": "The sum is wrong."},
        {"scheme": "correction", "target": "gone", "answer": "no", "says": "This is wrong."},
    ],
}


def library(figures=FIGURES, charts=CHARTS):
    tables = TABLES | {"figures": figures, "charts": charts}
    return Library({table.name: rows(table.name, *tables.get(table.name, ())) for table in schema.tables()})


WEEK, SHARE = ["GBP per week"], ["percent"]


@every(
    "caption,units,wrong",
    [
        ("Percent of all firms", SHARE, []),
        ("Firms, per cent", SHARE, []),
        ("Change, percentage points", SHARE, ["percentage points"]),
        ("Pay, pounds a year", ["GBP"], []),
        ("Pay, pounds a week", ["GBP"], ["pounds a week"]),
        ("Pay, pounds per week", WEEK, []),
        ("Pay, pounds a week and an hour", WEEK, []),
        ("Pay (in pounds an hour)", WEEK, ["pounds an hour"]),
        ("Pay, pounds", WEEK, []),
        ("Pay, dollars", WEEK, ["dollars"]),
        ("Pay, pounds; firms, percent", [*WEEK, *SHARE], []),
        ("Cases, per thousand people", ["count per 1,000 people"], []),
        ("Cases, per 1,000 people", ["count per 1,000"], []),
        ("Cases, per million", ["count per 1,000"], ["per million"]),
        ("Pounds an hour", [], []),
        ("Weekly pay", WEEK, []),
        ("Monthly pay", WEEK, ["Monthly"]),
        ("Monthly pay", ["GBP"], []),
        ("Index of all prices", SHARE, ["Index"]),
    ],
)
def test_a_unit_of_a_caption_is_one_of_what_is_drawn(caption, units, wrong):
    assert list(wrong_units(caption, units)) == wrong


def with_figure(number, **cells):
    return library([figure | cells if place == number else figure for place, figure in enumerate(FIGURES)])


def with_chart(number, **cells):
    return library(charts=[chart | cells if place == number else chart for place, chart in enumerate(CHARTS)])


def exchanged():
    kent, surrey, *others = FIGURES
    return library([kent | {"category": "Surrey"}, surrey | {"category": "Kent"}, *others])


def told(problems):
    return [(problem.place.name, problem.place.column, problem.message) for problem in problems]


def test_labels_that_fit_their_records_are_not_told():
    assert told(wrong_labels(library())) == []


def test_labels_that_are_changed_over_are_told_with_the_row_and_the_column():
    """The quote of Kent names Surrey behind its number, that of Surrey names no Kent."""
    assert told(wrong_labels(exchanged())) == [
        ("pay.surrey", "category", 'no word of "Kent" is in the record that it labels.'),
        ("pay.kent", "category", '"Surrey" fits the record of "Kent" better, and the other way round.'),
    ]


@every(
    "known,wrong",
    [
        (with_figure(0, category="Essex"), [("pay.kent", "category", 'no word of "Essex" is in the record that it labels.')]),
        (with_figure(0, category=""), []),
        (with_figure(0, category="Surrey"), []),
        (with_figure(0, category="Kent only"), []),
        (
            with_chart(2, labels="Rye loaves; Kent and Surrey"),
            [
                ("both", "labels", 'no word of "Rye loaves" is in the record that it labels.'),
                ("both", "labels", 'no word of "Kent and Surrey" is in the record that it labels.'),
                ("both", "labels", '"Rye loaves" fits the record of "Kent and Surrey" better, and the other way round.'),
            ],
        ),
        (with_chart(2, labels="Rye loaves"), []),
    ],
)
def test_a_label_has_a_word_of_its_record(known, wrong):
    assert told(wrong_labels(known)) == wrong


@every(
    "cells,wrong",
    [
        ({}, []),
        ({"title": CHARTS[1]["title"]}, ["it fits what loaves draws better than what this chart draws."]),
        ({"title": "Rye"}, []),
        ({"title": "[60](figure:loaves.rye) in Kent"}, ["it links loaves.rye, which another chart draws and this one does not."]),
        ({"title": "[600](figure:pay.gone) in Kent"}, []),
        ({"title": "[less](compare:pay.kent/below/loaves.rye) in Kent"}, []),
        ({"subtitle": "Pounds an hour"}, ['"Pounds an hour" is the unit of nothing that it draws, which is in GBP per week.']),
        ({"series": "pay.gone", "title": CHARTS[1]["title"]}, []),
    ],
)
def test_what_stands_beside_a_chart_is_of_what_it_draws(cells, wrong):
    problems = [problem for problem in wrong_captions(with_chart(0, **cells)) if problem.place.name == "pay"]
    assert [problem.message for problem in problems] == wrong
    assert {problem.rule for problem in problems} <= {"drawn"}


def test_a_link_to_what_is_drawn_weighs_more_than_words_of_another_chart():
    title = f"[£600 per week](figure:pay.kent): {CHARTS[1]['title']}"
    assert list(wrong_captions(library(charts=[CHARTS[0] | {"title": title}, CHARTS[1]]))) == []


PAID, BAKED = (("figure", "pay.kent"), ("figure", "pay.surrey")), (("figure", "loaves.rye"), ("figure", "loaves.wheat"))


def test_prose_of_the_tables_is_told_with_what_it_is_about():
    found = [(passage.page, passage.block.text, passage.records, passage.states, passage.told) for passage in library_prose(library())]
    cells = "Skill helps" + " " * 6
    named = (*PAID, ("finding", "skills.help"))
    assert sorted(found) == sorted(
        [
            ("data/charts.csv", "Pay in Kent and Surrey", PAID, True, ""),
            ("data/charts.csv", "Pay of both places", PAID, True, ""),
            ("data/charts.csv", CHARTS[1]["title"], BAKED, True, ""),
            ("data/charts.csv", "Kent and rye", PAID + BAKED, True, ""),
            ("data/findings.csv", "Skills help.", (), False, f"{cells} A made-up report"),
            ("data/findings.csv", "Hands learn.", (), False, ""),
            ("data/corrections.csv", "A sum", named, True, ""),
            ("data/corrections.csv", "It is wrong.", named, True, ""),
            ("data/safe-words.csv", "Pay in Kent is high.", (("figure", "pay.kent"),), True, ""),
            ("data/safe-words.csv", "The sum is wrong.", named, True, ""),
            ("data/safe-words.csv", "This is wrong.", (), False, ""),
        ]
    )


def test_prose_of_a_row_has_the_other_prose_of_the_row_beside_it():
    beside = {passage.block.text: passage.context.split() for passage in library_prose(library())}
    assert beside["Pay in Kent and Surrey"] == ["Pay", "of", "both", "places"]
    assert beside["It is wrong."] == ["A", "sum"]
    assert beside["Pay in Kent is high."] == []


@every("form,series,passages", [("bars", "pay.gone", 0), ("bars", PAY, 2), ("map", "anything", 2)])
def test_a_chart_of_a_series_that_is_not_there_is_left_to_the_gate_of_charts(form, series, passages):
    read = [passage for passage in library_prose(with_chart(0, form=form, series=series)) if passage.place.name == "pay"]
    assert [passage.states for passage in read] == [True] * passages


@every(
    "code,said",
    [
        ('chapter.findings("skills", caption="What helps")', [("What helps", (("findings", "skills"),))]),
        ('chapter.findings("skills", title="What helps")', []),
        ('chapter.findings("skills", caption=helping)', []),
        ('chapter.table("pay", "Pay of all")', [("Pay of all", (("figures", "pay"),))]),
        ('chapter.table("pay")', []),
        ('chapter.table("pay", "of", "all")', []),
        ('chapter.findings("pay", "Pay of all")', []),
        ('chapter.numbers({"pay.kent": "pay in Kent"})', [("pay in Kent", (("figure", "pay.kent"),))]),
        ('chapter.numbers({"pay.kent": "pay of 5 firms"})', []),
        ('chapter.numbers({"pay.kent": words, name: "pay"})', []),
        ("chapter.numbers()", []),
        ("chapter.numbers(pay)", []),
        ('chapter.table({"pay.kent": "pay in Kent"})', []),
        ('chapter.chart("pay", caption="What is paid")', []),
        ('print("pay", "Pay of all")', []),
        ('chapter.table("pay", "Pay of all"); 1', []),
        ("chapter.table(", []),
        ("chapter.pay", []),
        ('chapter.table("pay", "Pay of all")("pay", "Pay of all")', []),
        ('chapter.table = print("pay", "Pay of all")', []),
    ],
)
def test_a_call_of_a_view_says_what_its_caption_says_of_its_records(tmp_path, code, said):
    notebook = new_notebook(cells=[new_code_cell(code)])
    assert [(found.block.text, found.records) for found in passages_of(tmp_path / "page.ipynb", notebook)] == said


def test_only_prose_and_code_of_a_notebook_are_read_each_as_what_it_is(tmp_path):
    notebook = new_notebook(cells=[new_markdown_cell('chapter.table("pay", "Pay of all")'), new_code_cell("Some words")])
    assert [found.records for found in passages_of(tmp_path / "page.ipynb", notebook)] == [()]


def test_chapters_are_the_notebooks_and_pages_of_a_folder_by_name(tmp_path):
    for name in ("b.md", "a.ipynb", "c.txt"):
        (tmp_path / name).touch()
    assert [path.name for path in chapter_files(tmp_path)] == ["a.ipynb", "b.md"]


@every("name", ["folder.md", "link.md"])
def test_a_folder_or_a_link_is_no_chapter(tmp_path_factory, name):
    folder = tmp_path_factory.mktemp("chapters")
    (folder / "a.md").touch()
    (folder / name).symlink_to(folder / "a.md") if name == "link.md" else (folder / name).mkdir()
    with pytest.raises(StatementError) as told_of:
        chapter_files(folder)
    assert [problem.place.file for problem in told_of.value.problems] == [f"chapters/{name}"]


def test_a_folder_without_chapters_is_told(tmp_path):
    with pytest.raises(StatementError, match="no chapter found"):
        chapter_files(tmp_path)


def test_a_notebook_of_an_older_format_is_read(tmp_path):
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "Old words"}]
    old = {"metadata": {}, "nbformat": 4, "nbformat_minor": 0, "cells": cells}
    (tmp_path / "old.ipynb").write_text(json.dumps(old), encoding="utf-8")
    assert [cell.source for cell in read_notebook(tmp_path / "old.ipynb").cells] == ["Old words"]


@every("text,columns", [("35", (7, 9)), ("percent", (11, 18)), ("Some 35", (0, 0)), ("", (0, 0))])
def test_a_span_has_columns_where_no_markup_is_in_it(tmp_path, text, columns):
    (tmp_path / "page.md").write_text("Some *35* percent.\n", encoding="utf-8")
    passage = read_page(tmp_path / "page.md")[0]
    start = passage.block.text.index(text)
    assert passage.columns(start, start + len(text)) == columns


def test_a_cell_of_a_table_has_no_columns():
    passage = next(iter(library_prose(library())))
    assert passage.columns(0, 3) == (0, 0)


@every(
    "text,relation,factor,wrong",
    [
        ("more than", "above", 1, ""),
        ("fewer than", "above", 1, 'its words do not say "above".'),
        ("not more than", "above", 1, "a comparison cannot be negated."),
        ("twice as many", "equal", 2, ""),
        ("as many", "equal", 1, ""),
        ("half as many", "equal", Fraction(1, 2), ""),
        ("twice as many", "equal", 3, "its words say 2 times and the comparison 3 times."),
        ("as much", "equal", 2, "its words say as much and the comparison 2 times."),
        ("three times as many", "equal", 3, ""),
        ("more than twice as many", "above", 2, ""),
        ("more than", "above", 2, "its words say as much and the comparison 2 times."),
        ("the largest", "highest", 1, ""),
        ("the smallest", "highest", 1, 'its words do not say "highest".'),
        ("rose", "rose", 1, ""),
        ("rose", "fell", 1, 'its words do not say "fell".'),
        ("words", "above", 1, 'its words do not say "above".'),
        ("words", "above", 2, 'its words do not say "above".'),
        ("more than twice as many", "below", 2, 'its words do not say "below".'),
        ("more than twice as many", "equal", 2, ""),
        ("as many", "below", 1, 'its words do not say "below".'),
    ],
)
def test_words_say_what_their_comparison_proves_or_what_they_lack(text, relation, factor, wrong):
    assert misfit(text, relation, Fraction(factor)) == wrong


BOTH = "firms.share = 35%, both = 12%"


@every(
    "text,target,holds,found,wrong,remedy",
    [
        ("more", "firms.share/above/both", True, BOTH, "", ""),
        ("less", "firms.share/above/both", False, BOTH, 'its words do not say "above".', "Let words and comparison say the same."),
        (
            "less",
            "firms.share/below/both",
            False,
            BOTH,
            f"the data do not bear it out ({BOTH}).",
            "Turn the words and the comparison round.",
        ),
        ("more", "firms.pay/above/both", False, "", "cannot compare GBP per week with percent.", "Compare figures of one unit."),
    ],
)
def test_a_comparison_holds_where_data_and_words_say_it(text, target, holds, found, wrong, remedy):
    answer = check_link(Link("compare", target, text, 0, len(text)), "", HELD)
    assert (answer.holds, answer.found, answer.wrong, answer.remedy) == (holds, found, wrong, remedy)


def test_a_comparison_with_an_unknown_figure_is_told_with_what_is_near():
    answer = check_link(Link("compare", "firms.shares/above/both", "more", 0, 4), "", HELD)
    assert (answer.holds, answer.nearest[:1]) == (False, ("firms.share",))


def test_numbers_that_are_printed_alike_are_not_decided():
    figures = [drawn("a", "", "", "12%", "12", "percent"), drawn("b", "", "", "12%", "12", "percent")]
    answer = check_link(Link("compare", "a/above/b", "more", 0, 4), "", library(figures, []))
    assert (answer.holds, answer.wrong) == (False, "the numbers as printed do not decide it (a = 12%, b = 12%).")


def corrected(**cells):
    """Return the place and the message of what is told of two corrections, of which the first has other cells."""
    pay = {"id": "pay", "grade": "contradiction", "figures": "pay.kent pay.surrey", "title": "Pay in Kent", "reading": "None mends it."}
    loaves = {"id": "bread", "grade": "tension", "figures": "loaves.rye loaves.wheat", "title": "Rye loaves", "reading": "It would fit."}
    tables = {"figures": FIGURES, "corrections": [pay | cells, loaves]}
    known = Library({table.name: rows(table.name, *tables.get(table.name, ())) for table in schema.tables()})
    return [(problem.place.column, problem.message) for problem in wrong_corrections(known) if problem.place.name == "pay"]


MILLS = "rye loaves and wheat of small bakers in stone mills"
ELSEWHERE = "it fits what bread says is wrong better than what this row does."


@every(
    "cells,wrong",
    [
        ({}, []),
        ({"grade": "tension"}, [("grade", 'graded tension, and its reading is that of contradiction: "None mends it."')]),
        ({"reading": "Odd words."}, [("grade", 'graded contradiction, and its reading is that of no grade: "Odd words."')]),
        ({"grade": "one reading only", "reading": "It holds of some."}, []),
        (
            {"grade": "tension", "reading": "It would fit.", "guard": "differs"},
            [("grade", "a number that its recomputation does not give is a contradiction.")],
        ),
        ({"guard": "differs"}, []),
        ({"grade": "tension", "reading": "It would fit.", "guard": "holds"}, []),
        ({"size": "[60](figure:loaves.rye) and more"}, [("size", ELSEWHERE)]),
        ({"what": "[60](figure:loaves.rye) and more"}, [("title", ELSEWHERE)]),
        ({"size": "[£600 per week](figure:pay.kent) and more"}, []),
        ({"size": "[£600 per week](figure:pay.kent) and [60](figure:loaves.rye)"}, []),
        ({"size": "[less](compare:loaves.rye/below/loaves.wheat)"}, [("size", ELSEWHERE)]),
        (
            {"reading": "Odd words " * 7},
            [("grade", f'graded contradiction, and its reading is that of no grade: "{("Odd words " * 7)[:60]}"')],
        ),
        ({"figures": "pay.kent pay.surrey pay.gone", "findings": "skills.gone"}, []),
        ({"consequence": f"Of {MILLS}."}, [("consequence", ELSEWHERE)]),
        # each word of its own weighs ln 2 + 0.1, and the record with the other texts has twelve: 6 x 0.793 / ln 22 = 1.54 is told, 5 gives 1.28
        ({"consequence": "Of rye loaves, wheat, small bakers."}, [("consequence", ELSEWHERE)]),
        ({"consequence": "Of rye loaves, wheat, small."}, []),
        ({"size": "Of rye loaves, wheat, small bakers."}, [("size", ELSEWHERE)]),
        # a title is told from 1 on: 4 words give 1.03, and 3 give 0.77
        ({"title": "Of rye loaves, wheat"}, [("title", ELSEWHERE)]),
        ({"title": "Of rye loaves"}, []),
        ({"size": f"[60](figure:loaves.rye) of {MILLS}."}, [("size", ELSEWHERE)]),
    ],
)
def test_a_correction_has_the_grade_of_its_reading_and_speaks_of_its_own_records(cells, wrong):
    assert corrected(**cells) == wrong


@every(
    "text,target,holds,wrong",
    [
        ("fell by 21%", "firms.fallen", True, ""),
        ("rose by 21%", "firms.fallen", False, "it tells of a rise, and the figure is a fall."),
        ("rose by 35%", "firms.share", False, "it tells of a rise, and the library gives firms.share no direction."),
    ],
)
def test_a_change_that_a_link_tells_is_the_direction_of_its_figure(text, target, holds, wrong):
    answer = check_link(Link("figure", target, text, 0, len(text)), "", HELD)
    assert (answer.holds, answer.wrong) == (holds, wrong)
