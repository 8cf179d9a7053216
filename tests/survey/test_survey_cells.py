"""What is shown and what is withheld: put a test here when a rule of suppression changes."""

import numpy as np
import pandas as pd
import pytest

from evidence.survey.answers import Answers
from evidence.survey.codebook import Codebook
from evidence.survey.responses import Responses
from evidence.survey.tabulation import DEDUCIBLE, HEAVY, ONE_CLUSTER, make_cells
from evidence.survey.weighting import Design

pytestmark = pytest.mark.needs("survey")

FEW = "rests on fewer than 10 respondents"


def cells(sizes, figures, groups=("size",), answers=None):
    """Return the cells of a generated survey with so many respondents of each size, every second of whom says yes."""
    size = [name for name, count in sizes.items() for _ in range(count)]
    told = answers or ["yes" if number % 2 else "no" for number in range(len(size))]
    frame = pd.DataFrame({"size": size, "q": told}).replace("", None).astype("category")
    book = Codebook.model_validate(
        {"source": "demos", "title": "Generated", "groups": groups, "weights": {"why": "Generated."}, "figures": figures}
    )
    design = Design(np.ones(len(size)), np.ones(len(size)), np.zeros(len(size), dtype=int))
    return make_cells(Answers(Responses("generated.csv", frame), book), design)


TOTAL = {"id": "sme.barriers.any", "columns": ["q"], "codes": ["yes"]}


def small(name, **more):
    return {"id": f"sme.outreach.{name}", "columns": ["q"], "codes": ["yes"], "where": {"size": [name]}, **more}


def withheld(found):
    return {cell.category or cell.wanted.id: cell.withheld for cell in found if cell.withheld}


def test_ten_respondents_are_enough_and_nine_are_not():
    figures, _ = cells({"a": 10, "b": 9}, [small("a"), small("b")], groups=())
    assert withheld(figures) == {"b": FEW}
    assert figures[1].estimate is None


def test_a_single_small_group_takes_the_next_smallest_with_it_when_the_total_is_shown():
    figures, groups = cells({"a": 40, "b": 30, "c": 5}, [TOTAL])
    assert figures[0].estimate.value == pytest.approx(37 / 75)
    assert withheld(groups) == {"c": FEW, "b": DEDUCIBLE}
    assert [cell.estimate for cell in groups if cell.withheld] == [None, None]


def test_two_small_groups_hide_each_other():
    _, groups = cells({"a": 40, "b": 5, "c": 5}, [TOTAL])
    assert withheld(groups) == {"b": FEW, "c": FEW}


def test_without_a_total_nothing_can_be_worked_out():
    figures, _ = cells({"a": 40, "b": 30, "c": 5}, [small("a"), small("b"), small("c")], groups=())
    assert withheld(figures) == {"c": FEW}


def test_figures_of_a_group_are_withheld_with_its_breakdown():
    figures, groups = cells({"a": 40, "b": 30, "c": 5}, [TOTAL, small("a"), small("b")])
    assert withheld(groups) == {"c": FEW, "b": DEDUCIBLE}
    assert [bool(cell.withheld) for cell in figures] == [False, False, True]


def test_a_total_of_too_few_is_withheld():
    figures, _ = cells({"a": 9}, [TOTAL], groups=())
    assert withheld(figures) == {"sme.barriers.any": FEW}


def test_who_did_not_answer_is_no_part_of_the_base():
    figures, _ = cells({"a": 20}, [TOTAL], groups=(), answers=["yes"] * 6 + ["no"] * 6 + [""] * 8)
    assert (figures[0].respondents, figures[0].estimate.value) == (12, 0.5)


def test_a_number_of_respondents_counts_who_is_asked():
    figures, _ = cells({"a": 20, "b": 15}, [{"id": "sample.size", "kind": "respondents", "where": {"size": ["b"]}}], groups=())
    assert (figures[0].respondents, figures[0].estimate) == (15, None)


def several(kind):
    frame = pd.DataFrame({"p": ["yes"] * 12 + ["no"] * 8, "q": ["no"] * 15 + ["yes"] * 5}).astype("category")
    book = Codebook.model_validate(
        {
            "source": "demos",
            "title": "Generated",
            "weights": {"why": "Generated."},
            "figures": [{"id": "policy.effect.none.low", "kind": kind, "columns": ["p", "q"], "codes": ["yes"]}],
        }
    )
    design = Design(np.ones(20), np.ones(20), np.zeros(20, dtype=int))
    return make_cells(Answers(Responses("generated.csv", frame), book), design)[0][0].estimate.value


def test_several_columns_give_any_of_them_or_the_lowest_or_the_highest():
    # p: 12 of 20, q: 5 of 20, none of them the same
    assert (several("share"), several("lowest"), several("highest")) == (0.85, 0.25, 0.6)


def test_a_mean_is_of_the_numbers_answered():
    book = [{"id": "sme.barriers.any", "kind": "mean", "columns": ["q"]}]
    figures, _ = cells({"a": 12}, book, groups=(), answers=["1"] * 6 + ["3"] * 4 + [""] * 2)
    assert figures[0].estimate.value == pytest.approx(1.8)


def clustered(kind, answers):
    """Return the cell of group A, which lies in the first of three clusters, and that of everybody."""
    group = ["A"] * 20 + ["B"] * 40
    frame = pd.DataFrame({"g": group, "q": answers * 3}).astype("category")
    codes = {"codes": ["1"]} if kind == "share" else {}
    wanted = {"id": "a.b", "kind": kind, "columns": ["q"], **codes}
    book = Codebook.model_validate(
        {
            "source": "demos",
            "title": "Generated",
            "weights": {"why": "Generated."},
            "figures": [{**wanted, "where": {"g": ["A"]}}, wanted],
        }
    )
    design = Design(np.ones(60), np.ones(60), np.zeros(60, dtype=int), np.repeat([0, 1, 2], 20))
    return make_cells(Answers(Responses("generated.csv", frame), book), design)[0]


@pytest.mark.parametrize("kind", ["mean", "share"])
def test_an_estimate_within_one_cluster_is_withheld_and_one_of_several_is_not(kind):
    inside, everybody = clustered(kind, ["1", "2"] * 10)
    assert (inside.estimate, inside.withheld) == (None, ONE_CLUSTER)
    assert (everybody.withheld, everybody.estimate.effective <= 60) == ("", True)


@pytest.mark.parametrize("kind", ["mean", "share"])
def test_an_estimate_that_hangs_on_two_heavy_respondents_is_withheld_and_what_tells_of_the_sample_is_not(kind):
    # two of weight 20 and 48 of weight 1: by Kish 88² / 848 = 9.1, though 50 have answered
    frame = pd.DataFrame({"q": ["1", "2"] * 25}).astype("category")
    wanted = {"kind": kind, "columns": ["q"], **({"codes": ["1"]} if kind == "share" else {})}
    figures = [{"id": "a.b", **wanted}, {"id": "a.c", "weighted": False, **wanted}, {"id": "a.d", "kind": "respondents"}]
    book = Codebook.model_validate({"source": "demos", "title": "Generated", "weights": {"why": "Generated."}, "figures": figures})
    weights = np.repeat([20.0, 1.0], [2, 48]) / 1.76
    cells, _ = make_cells(Answers(Responses("generated.csv", frame), book), Design(weights, weights, np.zeros(50, dtype=int)))
    assert [cell.withheld for cell in cells] == [HEAVY, "", ""]
    assert (cells[0].estimate, cells[1].estimate is None) == (None, False)


@pytest.mark.parametrize(("respondents", "caution"), [(49, "base under 50"), (50, "base under 100"), (99, "base under 100"), (100, "")])
def test_a_small_base_is_told(respondents, caution):
    figures, _ = cells({"a": respondents}, [TOTAL], groups=())
    assert figures[0].caution == caution


def test_two_groups_that_differ_by_five_are_not_both_shown():
    # 50 are asked and 45 of them in the north: what the others say would be the difference
    size = ["a"] * 45 + ["b"] * 5 + ["c"] * 50
    frame = pd.DataFrame({"size": size, "part": ["x"] * 50 + ["y"] * 50, "q": ["yes", "no"] * 50}).astype("category")
    book = Codebook.model_validate(
        {
            "source": "demos",
            "title": "Generated",
            "weights": {"why": "Generated."},
            "figures": [
                {"id": "a.b", "columns": ["q"], "codes": ["yes"], "where": {"part": ["x"]}},
                {"id": "a.c", "columns": ["q"], "codes": ["no"], "where": {"part": ["x"], "size": ["a"]}},
            ],
        }
    )
    figures, _ = make_cells(Answers(Responses("generated.csv", frame), book), Design(np.ones(100), np.ones(100), np.zeros(100, dtype=int)))
    assert [cell.withheld for cell in figures] == ["", DEDUCIBLE]
