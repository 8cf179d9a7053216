"""Weights worked out by hand, and everything that keeps respondents from being weighted."""

import numpy as np
import pandas as pd
import pytest

from evidence.errors import SurveyError
from evidence.survey.codebook import Codebook
from evidence.survey.weighting import kish, make_design, raked_weights, trimmed

HALVES = np.array([0.5, 0.5])


def test_raking_an_even_table_gives_the_product_of_its_margins():
    raked = raked_weights(np.ones(4), [np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])], [np.array([0.6, 0.4]), np.array([0.7, 0.3])])
    assert raked == pytest.approx([4 * 0.42, 4 * 0.18, 4 * 0.28, 4 * 0.12])


def test_raking_keeps_the_ratio_of_design_weights_within_a_cell():
    raked = raked_weights(np.array([1.0, 3.0, 2.0]), [np.array([0, 0, 1])], [HALVES])
    assert raked == pytest.approx([0.375, 1.125, 1.5])


def test_raking_to_margins_that_contradict_each_other_is_refused():
    # everybody of one category is of the same category of the other margin, so 60 and 40% cannot be 50 and 50%
    both = np.array([0, 0, 1, 1])
    with pytest.raises(SurveyError, match="raking does not converge"):
        raked_weights(np.ones(4), [both, both], [np.array([0.6, 0.4]), HALVES])


def test_raking_leaves_no_choice_where_a_cell_is_empty():
    # nobody is of both second categories, so the second row is one cell of 40%, the second column one of 30%, and 30% remain for the first
    raked = raked_weights(np.ones(3), [np.array([0, 0, 1]), np.array([0, 1, 0])], [np.array([0.6, 0.4]), np.array([0.7, 0.3])])
    assert raked == pytest.approx([0.9, 0.9, 1.2])


def test_raking_past_an_empty_cell_is_refused():
    # the second row is one cell of 40%, but its column may hold 30% only
    with pytest.raises(SurveyError, match=r"raking does not converge .* after 1000 rounds"):
        raked_weights(np.ones(3), [np.array([0, 0, 1]), np.array([0, 1, 0])], [np.array([0.6, 0.4]), np.array([0.3, 0.7])])


def test_equal_weights_lose_nothing():
    assert kish(np.full(7, 2.5)) == pytest.approx(7)


def codebook(**weights):
    return Codebook.model_validate(
        {
            "source": "demos",
            "title": "Generated",
            "weights": {"why": "Generated.", **weights},
            "margins": [{"column": "size", "population": {"Small": 3, "Large": 1}}],
            "figures": [{"id": "sample.size", "kind": "respondents"}],
        }
    )


def frame(**columns):
    return pd.DataFrame({"size": ["Small", "Large", "Large", "Small"], **columns}).astype(str).replace("", None).astype("category")


def test_a_wave_is_raked_to_the_sizes_of_the_codebook(library):
    design = make_design(frame(), codebook(), library, True, "generated.csv")
    assert design.weights == pytest.approx([1.5, 0.5, 0.5, 1.5])
    assert [(row["category"], row["population"], row["before"], row["after"]) for row in design.fit] == [
        ("Small", 75, 50, pytest.approx(75)),
        ("Large", 25, 50, pytest.approx(25)),
    ]


def test_sizes_may_be_figures_of_the_library(library):
    book = codebook().model_copy(
        update={
            "margins": (
                codebook()
                .margins[0]
                .model_copy(update={"population": {"Small": "official.businesses.small", "Large": "official.businesses.medium"}}),
            )
        }
    )
    design = make_design(frame(), book, library, True, "generated.csv")
    assert design.weights[0] / design.weights[1] == pytest.approx(220085 / 38435)


def test_quotas_are_sampled_with_the_chances_that_their_sizes_imply(library):
    design = make_design(frame(), codebook(strata="size"), library, True, "generated.csv")
    assert design.sampled == pytest.approx([1.5, 0.5, 0.5, 1.5])


def test_design_weights_are_scaled_to_a_mean_of_one(library):
    design = make_design(frame(weight=[2, 4, 6, 4]), codebook(column="weight"), library, False, "generated.csv")
    assert design.weights.tolist() == [0.5, 1, 1.5, 1]


@pytest.mark.parametrize(
    ("columns", "weights", "rake", "message"),
    [
        ({"weight": [1, 0, 1, 1]}, {"column": "weight"}, False, "row 3, column weight: weight 0.0; expected a number above nought"),
        ({"weight": [1, "", 1, 1]}, {"column": "weight"}, False, "row 3, column weight: weight nan; expected a number above nought"),
        ({"weight": [1, 1, "heavy", 1]}, {"column": "weight"}, False, 'row 4, column weight: "heavy" is no number'),
        ({"weight": [1, 1, "inf", 1]}, {"column": "weight"}, False, 'row 4, column weight: "inf" is no number'),
        ({"town": ["a", "a", "", "b"]}, {"strata": "town"}, False, "row 4, column town: empty"),
        ({"town": ["a", "a", "a", "b"]}, {"strata": "town"}, False, "column town: b holds one unit"),
        ({"town": ["a", "a", "a", "a"]}, {"clusters": "town"}, False, "the sample holds one unit"),
        ({"weight": [1, -1, 1, 1]}, {"column": "weight", "zero": "leave out"}, False, "weight -1.0; expected a number above nought"),
        (
            {"weight": ["1,5", 1, 1, 1]},
            {"column": "weight"},
            False,
            r'"1,5" is no number. Name it in the codebook: \[export\] decimal = ","',
        ),
        ({"town": list("abba"), "part": list("xxyy")}, {"clusters": "town", "strata": "part"}, False, "a cluster lies in two strata"),
        (
            {"size": ["Small", "Huge", "Small", "Small"]},
            {},
            True,
            'answers "Huge" that the margin does not know and no respondent in "Large"',
        ),
        ({"size": ["Small", "", "Large", "Small"]}, {}, True, "row 3, column size: empty"),
    ],
)
def test_what_cannot_be_weighted_is_named(library, columns, weights, rake, message):
    with pytest.raises(SurveyError, match=message):
        make_design(frame(**columns), codebook(**weights), library, rake, "generated.csv")


def test_numbers_of_clusters_may_begin_anew_in_each_stratum(library):
    book = codebook(clusters="town", strata="part", nested=True)
    design = make_design(frame(town=list("abab"), part=list("xxyy")), book, library, False, "generated.csv")
    assert (design.clusters.tolist(), design.strata.tolist()) == ([0, 1, 2, 3], [0, 0, 1, 1])


def test_what_is_cut_from_a_heavy_weight_goes_to_the_light_ones(library):
    # 6 of 12 is a mean of 2; cut to 1.5, the rest of 2.5 falls on three alike
    design = make_design(frame(weight=[2, 2, 2, 6]), codebook(column="weight", trim=[0.2, 1.5]), library, False, "generated.csv")
    assert design.weights == pytest.approx([2.5 / 3] * 3 + [1.5])
    assert design.trimmed == 1


def test_raked_weights_keep_the_bounds_and_the_margins(library):
    # raked, Small weighs 1.5 each; of the design weights 1 to 3 among them, 2.25 is cut to 2 and 0.75 raised to 1
    heavy = frame(weight=[1, 1, 1, 3])
    design = make_design(heavy, codebook(column="weight", trim=[0.1, 2]), library, True, "generated.csv")
    assert design.weights == pytest.approx([1, 0.5, 0.5, 2], abs=1e-5)
    assert [row["after"] for row in design.fit] == pytest.approx([75, 25])
    with pytest.raises(SurveyError, match=r"no weights between 0\.1 and 1\.2 times their mean fit the margins"):
        make_design(heavy, codebook(column="weight", trim=[0.1, 1.2]), library, True, "generated.csv")


def test_light_weights_are_raised_where_a_heavy_one_is_cut():
    # 1.1 remain of 3.97, so the other three share 2.9
    assert trimmed(np.array([0.01, 0.01, 0.01, 3.97]), (0.5, 1.1)) == pytest.approx([2.9 / 3] * 3 + [1.1])


@pytest.mark.parametrize(("rule", "sizes"), [("keep", [1.5, 0.75, 0.75, 1.0]), ("refuse", None)])
def test_the_unknown_are_kept_at_their_share_or_refused(library, rule, sizes):
    # one of four is unknown and keeps its quarter; the others share three quarters as 2 : 2
    book = codebook()
    margin = book.margins[0].model_copy(update={"unknown": rule, "population": {"Small": 1.0, "Large": 1.0}})
    answers = frame().assign(size=pd.Categorical(["Small", "Large", "Large", None]))
    book = book.model_copy(update={"margins": (margin,)})
    if sizes is None:
        with pytest.raises(SurveyError, match=r'row 5, column size: empty.*unknown = "keep" or "leave out"'):
            make_design(answers, book, library, True, "generated.csv")
        return
    design = make_design(answers, book, library, True, "generated.csv")
    assert design.weights == pytest.approx(sizes)
    assert [(row["category"], row["after"]) for row in design.fit] == [("Small", 37.5), ("Large", 37.5), ("unknown", 25)]


def test_raking_without_margins_is_refused(library):
    with pytest.raises(SurveyError, match="the codebook declares no margins"):
        make_design(frame(), codebook().model_copy(update={"margins": ()}), library, True, "generated.csv")


def test_raking_of_many_respondents_ends_at_the_rounding_of_the_machine():
    # sums of 150,000 weights differ by some 1e-7 in double precision, which no further round mends
    shares = np.array([0.75, 0.2, 0.04, 0.01])
    codes = np.random.default_rng(1).choice(4, 200_000, p=shares)
    raked = raked_weights(np.ones(200_000), [codes], [shares])
    assert np.bincount(codes, weights=raked) / 200_000 == pytest.approx(shares)
