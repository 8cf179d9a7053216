"""The strength of findings and pages: small cases worked out by hand from the rule, and the line at the head of a chapter."""

from collections import Counter

import pytest
from whole import LIBRARY, judged

from evidence import Chapter
from evidence.catalog import Library, load, schema
from evidence.gates.data import data_gates
from evidence.grading import RULE, check_strengths, named, page_strength, strength_beside, strengths, topics
from evidence.grading.page_grades import independent_sources, standing
from evidence.grading.rule import DESIGNS
from evidence.paths import ROOT

VERDICTS = judged()
FINDINGS = LIBRARY.by_id("findings")


def finding(identifier="a.b", **changes):
    cells = dict.fromkeys(schema.table("findings").names, "")
    given = {"source": "demos", "direction": "positive", "design": "review", "directness": "direct", "strength": "limited"}
    return cells | given | {"id": identifier, "_file": "findings.csv", "_row": 2} | changes


def graded(*rows):
    """Return the strengths of made findings in a library with the real figures."""
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    return strengths(Library(tables | {"findings": list(rows)}))


@pytest.mark.parametrize(("asked", "points"), [("99", 1), ("100", 2), ("9,999", 2), ("10,000", 3)])
def test_an_association_in_fewer_than_a_hundred_has_a_point_less_and_in_ten_thousand_a_point_more(asked, points):
    sample = dict.fromkeys(schema.FIGURES.names, "") | {"_file": "figures/made-up.csv", "_row": 2, "id": "a.asked", "unit": "count"}
    figures = [sample | {"stated": asked, "value": asked.replace(",", ""), "source": "made-up", "as_of": "2026-01-31"}]
    tables = {table.name: [] for table in schema.tables()}
    made = strengths(Library(tables | {"figures": figures, "findings": [finding(design="association", sample="a.asked")]}))
    assert made["a.b"].points == points


@pytest.mark.parametrize(
    ("changes", "points", "word"),
    [
        ({"design": "comparison", "sample": "sample.size"}, 3, "strong"),
        ({"design": "comparison"}, 2, "moderate"),  # sample not stated
        ({"design": "official statistics"}, 3, "strong"),
        ({"design": "official statistics", "directness": "indirect"}, 2, "moderate"),
        ({"design": "association", "sample": "coworking.survey.spaces"}, 2, "moderate"),  # 161
        ({"design": "association", "sample": "knowledge-collaboration.sample"}, 3, "strong"),  # 17,859
        ({"design": "association", "sample": "growth-hub.stakeholders"}, 1, "limited"),  # 31
        ({"design": "association", "directness": "indirect"}, 0, "limited"),  # studied, so no mere opinion
        (
            {"design": "survey answers", "sample": "knowledge-collaboration.sample"},
            2,
            "moderate",
        ),  # a large sample of answers is no analysis
        ({"design": "survey answers"}, 1, "limited"),
        ({"design": "review"}, 2, "moderate"),
        ({"design": "published statistics"}, 2, "moderate"),
        ({"design": "case study"}, 1, "limited"),
        ({"design": "argument"}, 1, "limited"),
        ({"design": "argument", "directness": "indirect"}, 0, "opinion"),
        ({"design": "statement"}, 0, "opinion"),
        ({"design": "review", "disputed_with": "c.d"}, 1, "limited"),
    ],
)
def test_points_and_strength_of_a_finding(changes, points, word):
    found = graded(finding(**changes))["a.b"]
    assert (found.points, found.word) == (points, word)


def test_the_reasons_add_up_to_the_points():
    reasons = graded(finding(design="survey answers", directness="indirect"))["a.b"].reasons
    assert reasons == ("design survey answers 2", "sample not stated -1", "indirect -1")


SKILL = {"mechanism": "shared tools", "outcome": "technical-digital skills"}


def test_an_independent_study_of_the_same_adds_a_point_to_both():
    other = finding("c.d", source="interact", mechanism="training", outcome="technical-digital skills")
    found = graded(finding(**SKILL), other)
    assert {name: one.points for name, one in found.items()} == {"a.b": 3, "c.d": 3}


def test_a_finding_that_is_to_join_is_as_strong_as_it_will_be():
    """A review of the same by another source adds a point to its two; one of something else, or another account of its own source, does not."""
    there = finding("c.d", source="interact", **SKILL), finding("e.f", mechanism="networks", outcome="social-cognitive skills")
    tables = {table.name: LIBRARY.all_rows(table.name) for table in schema.tables()}
    beside = [strength_beside(finding(**SKILL), Library(tables | {"findings": list(found)})) for found in (there, there[1:])]
    assert [(found.word, found.points) for found in beside] == [("strong", 3), ("moderate", 2)]
    assert beside[0] == graded(finding(**SKILL), *there)["a.b"]


def test_more_points_than_the_scale_has_steps_are_no_stronger():
    other = finding("c.d", source="interact", design="official statistics", **SKILL)
    found = graded(finding(design="official statistics", **SKILL), other)["a.b"]
    assert (found.points, found.word) == (4, "strong")


@pytest.mark.parametrize(
    "other",
    [
        {"source": "demos"},  # the same source
        {"source": "interact", "region": "left-behind"},  # another kind of region
        {"source": "interact", "outcome": "social-cognitive skills"},
        {"source": "interact", "mechanism": "networks"},
        {"source": "interact", "design": "argument"},  # an argument confirms no study
        {"source": "interact", "direction": "mixed"},
    ],
)
def test_what_is_not_independent_or_not_the_same_adds_nothing(other):
    assert graded(finding(**SKILL), finding("c.d", **SKILL | other))["a.b"].points == 2


def test_accounts_of_the_same_sample_do_not_confirm_each_other():
    same = {"design": "association", "sample": "coworking.survey.spaces"} | SKILL
    found = graded(finding(source="left-behind", **same), finding("c.d", source="creative", **same))
    assert {one.points for one in found.values()} == {2}


def test_the_opposite_result_takes_a_point_from_both_whoever_found_it():
    found = graded(finding(**SKILL), finding("c.d", **SKILL, direction="negative"))
    assert {one.points for one in found.values()} == {1}


def test_a_finding_may_speak_of_several_skills_or_of_nothing_that_another_could():
    both = finding(mechanism="coworking", outcome="social-cognitive and technical-digital skills")
    assert topics(LIBRARY, both) == {
        ("Other or not named", "social-cognitive skills", "all"),
        ("Other or not named", "technical-digital skills", "all"),
    }
    assert topics(LIBRARY, finding(mechanism="pay")) == set()


def test_topics_are_listed_by_what_they_are_of_and_in_their_order():
    assert named(LIBRARY, "outcome") == ["social-cognitive skills", "technical-digital skills"]
    assert named(LIBRARY, "mechanism") == ["Equipment and training", "Contact among people", "Other or not named"]


def test_the_two_accounts_of_the_coworking_survey_leave_its_main_result_moderate():
    """Association, 161 spaces, no other study: 2 points."""
    found = strengths(LIBRARY)
    assert found["coworking.resources.technical-digital"].reasons == ("design association 2",)
    assert found["coworking.advanced.technical-organic"].reasons == ("design association 2", "contradicted by another finding -1")


def test_every_finding_of_the_library_is_called_what_the_rule_makes_it():
    assert check_strengths(LIBRARY) == []
    assert len(FINDINGS) > 250
    assert {row["design"] for row in FINDINGS.values()} == set(DESIGNS)


def test_a_finding_called_stronger_than_the_rule_makes_it_turns_the_gate_red():
    library = load()
    library.by_id("findings")["coworking.growth.popularity"]["strength"] = "strong"
    gates = [gate for each in (LIBRARY, library) for gate in data_gates(each, VERDICTS) if gate.name == "strength of findings"]
    assert [(gate.green, gate.looked_at) for gate in gates] == [(True, len(FINDINGS)), (False, len(FINDINGS))]
    [problem] = gates[1].problems
    assert problem.place.file == "data/findings.csv"
    assert 'coworking.growth.popularity), column strength: found "strong", but the rule gives "limited" (design argument 1)' in str(problem)


def test_the_rule_in_words_names_every_design_with_its_points():
    told = dict(RULE)["Design"]
    assert all(f"{name} {points} (" in told for name, (points, _) in DESIGNS.items())


STRONG, MODERATE, LIMITED, OPINION = (finding(f"a.{word}", strength=word) for word in ("strong", "moderate", "limited", "opinion"))
QUOTED = [LIBRARY.figure("sme.barriers.finance"), LIBRARY.figure("official.pay.median.uk")]
"""Two quoted figures of two sources."""


def page(findings, figures=QUOTED, samples=()):
    return page_strength(findings, figures, VERDICTS, samples)


@pytest.mark.parametrize(
    ("findings", "word"),
    [
        ([STRONG], "strong"),
        ([STRONG, LIMITED, MODERATE], "moderate"),
        ([STRONG, STRONG, LIMITED, OPINION], "limited"),  # of two middle ones the weaker
        ([OPINION, OPINION, STRONG], "opinion"),
        ([], "opinion"),
    ],
)
def test_a_page_is_as_strong_as_its_middle_finding(findings, word):
    assert page(findings).word == word


def test_a_page_that_rests_on_a_single_source_loses_a_step():
    found = page([STRONG], [LIBRARY.figure("sme.barriers.finance")])
    assert (found.word, found.sources, found.steps) == ("moderate", 1, ("a single source stands behind all of it",))


DISPUTED, ASSUMED = LIBRARY.figure("impact.university.firms.high"), LIBRARY.figure("assumption.overlap.high")


@pytest.mark.parametrize(
    ("quoted", "unsafe", "lost"),
    [
        (9, [DISPUTED], 1),  # one in ten is a tenth
        (10, [DISPUTED], 0),  # one in eleven is less
        (18, [DISPUTED, ASSUMED], 1),  # two in twenty
        (19, [DISPUTED, ASSUMED], 0),  # two in twenty-one
        (0, [DISPUTED], 1),
        (0, [], 0),  # a tenth of nothing
    ],
)
def test_a_page_with_a_tenth_of_its_figures_in_doubt_loses_a_step(quoted, unsafe, lost):
    calm = [figure for key, figure in LIBRARY.figures.items() if VERDICTS[key].word == "quoted"][:quoted]
    found = page([STRONG, finding("a.other", source="interact", strength="strong")], [*calm, *unsafe])
    assert found.steps == ("at least a tenth of the figures are in doubt or rest on assumptions",)[:lost]


def test_a_page_cannot_fall_below_the_scale():
    assert page([OPINION], [LIBRARY.figure("impact.university.firms.high")]).word == "opinion"


@pytest.mark.parametrize(
    ("identifier", "word"),
    [
        ("impact.growth.total.high", "agreeing"),
        ("sme.barriers.finance", "quoted"),
        ("computed.sme.count", "computed"),
        ("assumption.overlap.high", "assumed"),
        ("computed.growth.simulated.median", "assumed"),
        ("impact.university.firms.high", "in doubt"),
        ("neet.youth.share", "in doubt"),
    ],
)
def test_the_standing_of_a_figure(identifier, word):
    assert standing(LIBRARY.figure(identifier), VERDICTS) == word


def test_sources_that_share_a_sample_count_as_one_and_our_computations_as_none():
    shared = [finding(source=source, sample="coworking.survey.spaces") for source in ("left-behind", "creative")]
    assert independent_sources(shared, []) == 1
    assert independent_sources([*shared, finding(source="demos")], [LIBRARY.figure("computed.sme.count"), QUOTED[1]]) == 3


def test_the_largest_sample_is_named():
    samples = [LIBRARY.figure(key) for key in ("sample.size", "coworking.survey.spaces")]
    assert page([STRONG], samples=samples).sample.stated == "500"


def test_the_line_of_a_chapter_is_made_from_what_its_prose_uses():
    shown = Chapter("case-bradford-skillshouse").strength()
    assert shown.text.startswith("How strong is the evidence? Limited, by rule: of the 6 findings used, 6 limited. Of its 19 figures, ")
    assert 'href="reading.html#how-strong-is-strong"' in shown.html


def test_no_chapter_types_how_strong_its_evidence_is():
    typed = Counter(
        path.stem for path in (ROOT / "chapters").glob("*.ipynb") if "**How strong is the evidence?**" in path.read_text(encoding="utf-8")
    )
    assert typed == {}
