"""Verdicts and recomputations: a new recomputation gets a row here, worked out by hand from the numbers its source prints."""

import re
from fractions import Fraction
from types import SimpleNamespace

import pytest
from every import every
from whole import LIBRARY, judged

from evidence.audit import SEVERITY, Verdicts, compare, explain, mended, tally, verdicts
from evidence.catalog import Library, schema
from evidence.errors import DataError, RecomputeError
from evidence.quantity import parse
from evidence.recompute import Inputs, Register, functions, known, recompute, registry
from made_together import simulated
from made_together.left_behind import counts

VERDICTS = judged()

# Figure, inputs as printed, point by hand to the digits written, verdict.
WORKED = [
    ("computed.sme.count", "5,690,265 | 8,335", "5681930", "ours"),
    ("computed.sme.employers", "1,150,875 | 220,085 | 38,435", "1409395", "ours"),
    # 0.37 x 5,681,930, ten times the 208,000 printed
    # 0.35 x 1,150,875 + 0.71 x 220,085 + 0.75 x 38,435 = 587,892.85 of 1,409,395
    (
        "computed.outreach.employers",
        "35% | 1,150,875 | 71% | 220,085 | three quarters | 38,435 | 1.41 million",
        "41.7124",
        "ours",
    ),
    # 41.7124 / 46.75 and 6 / 46.75
    ("computed.outreach.employers-pattern", "42% | 47%", "0.89224", "ours"),
    ("computed.outreach.alone-pattern", "6% | 47%", "0.12834", "ours"),
    # 125 x 5,681,930 squared / (4,272,535 squared + 1,150,875 squared + 220,085 squared + 38,435 squared)
    ("computed.sample.effective", "4,272,535 | 1,150,875 | 220,085 | 38,435 | 500 | four", "205.591", "ours"),
    # (1,874.05 + 3,026) x 5,681,930; 0.14 x (5,065 + 8,900) = 1,955.1 x 5,681,930
    ("computed.growth.report.high", "37% | £5,065 | 34% | £8,900 | 5.68 million", "27841741096.5", "ours"),
    ("computed.growth.report.low", "14% | £5,065 | 14% | £8,900 | 5.68 million", "11108741343", "ours"),
    # 12 / 19
    ("computed.growth-hub.additional-part", "12 percentage points | 19%", "63.158", "ours"),
    ("impact.university.firms.high", "37% | 5.68 million", "2102314.1", "differs"),
    ("impact.university.firms.low", "14% | 5.68 million", "795470.2", "differs"),
    ("impact.university.growth.high", "37% | 5.68 million | £5,065", "10648220916.5", "compatible"),
    ("impact.university.growth.low", "14% | 5.68 million | £5,065", "4029056563", "reproduced"),
    ("computed.university.growth.printed-firms", "208,000 | £5,065", "1053520000", "ours"),
    ("computed.university.firms", "37% | 5.68 million", "2102314.1", "ours"),
    # 208,000 / 2,102,314.1
    ("computed.university.firms.printed-part", "208,000 | 2.10 million", "9.894", "ours"),
    # 78,000 / 795,470.2
    ("computed.university.firms-low.printed-part", "78,000 | 14% | 5.68 million", "9.806", "ours"),
    ("impact.apprentices.high", "34% | 5.68 million", "1931856.2", "reproduced"),
    # at 13.5% already 767,061, so 773,000 can be
    ("impact.apprentices.low", "14% | 5.68 million", "795470.2", "compatible"),
    ("impact.apprentice.growth.high", "1.93 million | £8,900", "17177000000", "reproduced"),
    ("impact.apprentice.growth.low", "773,000 | £8,900", "6879700000", "reproduced"),
    ("impact.growth.total.high", "£10.5 billion | £17.2 billion", "27700000000", "reproduced"),
    ("impact.growth.total.low", "£4.0 billion | £6.9 billion", "10900000000", "compatible"),
    ("impact.revenue.high", "1.93 million | £20,900", "40337000000", "reproduced"),
    ("impact.revenue.low", "773,000 | £20,900", "16155700000", "reproduced"),
    ("impact.productivity.high", "41% | 22%", "9.02", "compatible"),
    # 17.2 / 27.7
    ("computed.impact.apprentice-share-of-growth", "£17.2 billion | between £10.8 billion and £27.7 billion", "62.09", "ours"),
    # 5.13 steps of 0.2 points; 5.13 steps of 0.9 pounds in 52 weeks
    ("preston.uplift.employment-total", "£513 | £100 per capita | 0.2 percentage points", "1.026", "reproduced"),
    ("preston.uplift.wage-total", "£513 | £100 per capita | £0.9 per week", "240.084", "reproduced"),
    ("neighbourhoods.mission-critical.humber-share", "36 | 613", "5.873", "reproduced"),
    ("case.manchester.jobs.local-share", "12% | 23%", "35", "reproduced"),
    # 26 of 49 are left: a fall of 23 / 49
    ("support.seeking.decline", "26% | 49%", "46.94", "reproduced"),
    ("computed.support.seeking.decline", "26% | 49%", "46.94", "ours"),
    ("neet.young-adults.ratio", "14% | 6.2%", "2.258", "reproduced"),
    ("pay.london-north-east.ratio", "£767.4 per week | £577.9 per week", "1.3279", "differs"),
    ("computed.pay.london-north-east", "£767.4 per week | £577.9 per week", "1.3279", "ours"),
    # 5 x 577.9 / 767.4
    ("computed.pay.london-north-east.overstatement", "almost five times | £767.4 per week | £577.9 per week", "3.7653", "ours"),
    # 1 - 11,246 / 28,128
    ("sme.employment-share", "11,246 thousand | 28,128 thousand", "60.018", "reproduced"),
    ("official.businesses.all", "4,272,535 | 1,150,875 | 220,085 | 38,435 | 8,335", "5690265", "reproduced"),
    (
        "official.employment.all",
        "4,664 thousand | 4,156 thousand | 4,324 thousand | 3,738 thousand | 11,246 thousand",
        "28128000",
        "reproduced",
    ),
    ("computed.manchester.sme-spend.drop", "61.7% | 50.5%", "11.2", "ours"),
    ("computed.neet.background-ratio", "25.2% | 9.9%", "2.545", "ours"),
    ("computed.coworking.response", "161 | 1,534", "10.495", "ours"),
    ("computed.gdp-per-head.bradford-uk", "£23,945 | £39,845", "60.095", "ours"),
    ("computed.growth-hub.turnover-gap", "19% | 7%", "12", "ours"),
    ("sample.size", "87 | 140 | 90 | 123 | 60", "500", "reproduced"),
    ("sample.region-share.london", "87 | 500", "17.4", "reproduced"),
    ("sample.region-share.south", "140 | 500", "28", "reproduced"),
    ("sample.region-share.midlands", "90 | 500", "18", "reproduced"),
    ("sample.region-share.north", "123 | 500", "24.6", "reproduced"),
    ("sample.region-share.rest", "60 | 500", "12", "reproduced"),
    # (6 + 35 + 71 + 75) / 4
    ("computed.outreach.equal-quota", "6% | 35% | 71% | three quarters | four", "46.75", "ours"),
    # 25,635,210 + 40,280,625 + 15,626,035 + 2,882,625 = 84,424,495, divided by 5,681,930
    (
        "computed.outreach.weighted",
        "6% | 4,272,535 | 35% | 1,150,875 | 71% | 220,085 | three quarters | 38,435 | 5.68 million",
        "14.858",
        "ours",
    ),
    ("computed.outreach.small-micro-ratio", "71% | 35%", "2.0286", "ours"),
    # 1,930,000 / 1,409,395; 0.34 x 1,409,395; that times 8,900
    ("computed.apprentices.per-employer", "1.93 million | 1.41 million", "1.3694", "ours"),
    ("computed.apprentices.employers-only", "34% | 1.41 million", "479194.3", "ours"),
    ("computed.apprentice.growth.employers-only", "479 thousand | £8,900", "4264829270", "ours"),
    ("computed.sme.no-employees-share", "4,272,535 | 5.68 million", "75.195", "ours"),
    ("computed.sme.employer-share", "1.41 million | 5.68 million", "24.805", "ours"),
    # 773,000 x 500 / 5,681,930
    ("computed.apprentices.low.respondents", "773,000 | 5.68 million | 500", "68.023", "ours"),
    # 0.68 x 96
    ("computed.sme.barriers.of-all", "68% | 96%", "65.28", "ours"),
    # 341 billion / 0.125; 2,200 of these 2,728 billion; 3,900 of 28,128 thousand
    ("computed.gdp.implied", "£341 billion | 12.5%", "2728000000000", "ours"),
    ("computed.scale-ups.gdp-share", "£2.2 trillion | £2.73 trillion", "80.645", "ours"),
    ("computed.scale-ups.employment-share", "3.9 million | 28,128 thousand", "13.865", "ours"),
    # 24,228 other jobs for 3,900 are 6.2123 for each; 528 billion left for 2,200 are 0.24 for each pound; 6.2123 / 0.24
    ("computed.scale-ups.output-ratio", "28,128 thousand | 3.9 million | £2.73 trillion | £2.2 trillion", "25.885", "ours"),
    # 4 / 1.026
    ("computed.preston.employment-gap", "£513 | £100 per capita | 4 points | 0.2 percentage points", "3.899", "ours"),
    # 700 / 1,500
    ("computed.innovation-partnerships.value-share", "£500m | £1bn | £700m", "46.67", "ours"),
    ("computed.neet.norway-part", "6.2% | 14%", "44.29", "ours"),
    ("computed.neet.netherlands-part", "5.8% | 14%", "41.43", "ours"),
    # 13/24 = 54.2, 10/24 = 41.7, 4/24 = 16.7, 3/24 = 12.5, half up 13; no other number up to 31 gives all
    ("computed.growth-hub.respondents", "54% | 42% | 17% | 13% | 31", "24", "ours"),
    # Wilson with z = 1.95996, z squared 3.84146, n = 500: (p + 0.00384146 -+ 1.95996 x sqrt(p (1 - p) / 500 + 0.0000038415)) / 1.00768292;
    # for 21%, (0.2138415 -+ 0.0359069) / 1.0076829
    *(
        (f"computed.sme.barriers.{name}.interval.{end}", f"{share} | 500", point, "ours")
        for names, share, points in (
            (("finance",), "21%", ("17.658", "24.784")),
            (("staff-capacity",), "20%", ("16.729", "23.729")),
            (("regulation", "awareness"), "18%", ("14.880", "21.607")),
            (("central-support", "local-support"), "15%", ("12.138", "18.396")),
        )
        for name in names
        for end, point in zip(("low", "high"), points, strict=True)
    ),
    # the same with n = 500 / 4 = 125 firms of a size: (p + 0.0153658 -+ 1.95996 x sqrt(p (1 - p) / 125 + 0.0000614645)) / 1.0307317;
    # for 6%, (0.0753658 -+ 0.0443762) / 1.0307317; and with n = 2,500 parents
    *(
        (f"computed.{name}.interval.{end}", inputs, point, "ours")
        for name, inputs, points in (
            ("sme.outreach.sole-trader", "6% | 500 | four", ("3.006", "11.617")),
            ("sme.outreach.micro", "35% | 500 | four", ("27.199", "43.695")),
            ("sme.outreach.small", "71% | 500 | four", ("62.514", "78.234")),
            ("sme.outreach.medium", "three quarters | 500 | four", ("66.741", "81.769")),
            ("policy.effect.productivity.streamlined-engagement", "31% | 500", ("27.104", "35.186")),
            ("policy.effect.productivity.taskforces", "32% | 500", ("28.062", "36.213")),
            ("policy.effect.investment.collaborative-finance", "36% | 500", ("31.914", "40.299")),
            ("policy.effect.investment.local-institutions", "31% | 500", ("27.104", "35.186")),
            ("coworking.childcare.lost-work", "nearly 20% | 2 500", ("18.479", "21.613")),
            ("coworking.childcare.back-up", "30% | 2 500", ("28.235", "31.826")),
        )
        for end, point in zip(("low", "high"), points, strict=True)
    ),
    ("computed.schools.small-firms", "62% | 17%", "3.647", "ours"),
]

# Where the point misses the printed number: the end of the derived interval that comes nearest to it, by hand.
NEAREST = [
    ("impact.university.firms.high", "low", "2073904.45"),  # 0.365 x 5,681,930, against less than 208,500
    ("impact.university.firms.low", "low", "767060.55"),  # 0.135 x 5,681,930, against less than 78,500
    ("impact.university.growth.high", "low", "10503289087"),  # 0.365 x 5,681,930 x 5,064.5, against less than 10.55 billion
    ("impact.apprentices.low", "low", "767060.55"),  # 0.135 x 5,681,930, against less than 773,500
    ("impact.growth.total.low", "low", "10800000000"),  # 3.95 + 6.85, against less than 10.85
    ("impact.productivity.high", "low", "8.7075"),  # 0.405 x 21.5, against at most 9
    ("pay.london-north-east.ratio", "high", "1.3281"),  # 767.45 / 577.85, against at least 4.5
]

worked = every("figure,inputs,point,verdict", WORKED, ids=[row[0] for row in WORKED])


def agrees(by_hand, value):
    """Return whether a value rounds to what was written by hand."""
    digits = len(by_hand.partition(".")[2])
    return abs(value - Fraction(by_hand)) <= Fraction(1, 2 * 10**digits)


@pytest.mark.parametrize(
    ("printed", "derived", "word"),
    [
        ("6%", "5.9%", "reproduced"),
        ("6%", "5.5%", "reproduced"),
        ("6%", "6.5%", "compatible"),  # from 6.45 on, against less than 6.5
        ("6%", "6.6%", "differs"),  # from 6.55 on, against less than 6.5
        ("6%", "5%", "differs"),  # less than 5.5, against from 5.5 on
        ("613", "613", "reproduced"),
        ("613", "614", "differs"),
        ("£10.8 billion", "£10.9 billion", "differs"),
        ("almost five times", "1.33 times", "differs"),
        ("up to 9%", "9.02%", "differs"),  # from 9.015 on, against at most 9
        ("up to 9%", "9%", "reproduced"),
        ("over 50%", "50%", "compatible"),  # above 50, against up to 50.5
        ("most", "62%", "reproduced"),
        ("two thirds", "68%", "reproduced"),
    ],
)
def test_printed_and_derived_agree_by_point_by_interval_or_not_at_all(printed, derived, word):
    assert compare(parse(printed), parse(derived)) == word


def test_a_sum_of_rounded_parts_is_compatible_where_the_points_miss():
    parts = parse("£4.0 billion") + parse("£6.9 billion")
    assert compare(parse("£10.8 billion"), parts) == "compatible"
    assert compare(parse("£10.9 billion"), parts) == "reproduced"
    assert compare(parse("£11.1 billion"), parts) == "differs"


def test_every_recomputation_is_worked_out_by_hand():
    """What is drawn is worked out in test_impact_model.py, counts over areas in test_counted_areas.py."""
    elsewhere = {name for name, entry in functions().items() if entry.formula.__module__ in (simulated.__name__, counts.__name__)}
    assert sorted(row[0] for row in WORKED) == sorted(set(known(LIBRARY)) - elsewhere)


@worked
def test_the_recomputation_reads_the_printed_inputs(figure, inputs, point, verdict):
    stated = [entry.stated for entry in recompute(LIBRARY, figure).inputs]
    assert sorted(stated) == sorted(inputs.split(" | "))


@worked
def test_the_recomputation_gives_the_point_worked_out_by_hand(figure, inputs, point, verdict):
    assert agrees(point, recompute(LIBRARY, figure).quantity.anchor)


@worked
def test_the_verdict_is_the_one_worked_out_by_hand(figure, inputs, point, verdict):
    assert VERDICTS[figure].word == verdict


@worked
def test_the_result_is_in_the_unit_of_the_figure(figure, inputs, point, verdict):
    assert recompute(LIBRARY, figure).quantity.unit == LIBRARY.figure(figure).unit


@every("figure,end,value", NEAREST)
def test_the_end_nearest_to_what_is_printed_is_the_one_worked_out_by_hand(figure, end, value):
    assert agrees(value, getattr(recompute(LIBRARY, figure).quantity.interval, end))


def test_every_point_that_misses_has_its_nearest_end_worked_out():
    assert {row[0] for row in NEAREST} == {row[0] for row in WORKED if row[3] not in ("reproduced", "ours")}


def test_nearly_one_in_eight_is_disputed_by_the_official_share():
    """Nearly one in eight reaches 12.5 at most; the official 12.8% begins at 12.75."""
    verdict = VERDICTS["neet.youth.share"]
    assert (verdict.figure.stated, verdict.word) == ("nearly one in eight", "disputed")
    assert "12.8%" in verdict.reasons[0]


def test_an_end_of_a_range_of_ours_is_assumed_and_not_quoted():
    assert (VERDICTS["assumption.overlap.high"].word, VERDICTS["assumption.overlap.high"].reasons) == ("assumed", ())


def test_a_figure_with_nothing_to_compare_is_quoted():
    assert (VERDICTS["sme.barriers.finance"].word, VERDICTS["sme.barriers.finance"].reasons) == ("quoted", ())


def test_every_verdict_is_a_known_word_and_only_what_nothing_is_held_against_lacks_reasons():
    assert {verdict.word for verdict in VERDICTS.values()} <= set(SEVERITY)
    assert all(
        verdict.reasons or verdict.word in ("quoted", "assumed") or len(LIBRARY.places(key)) > 1 for key, verdict in VERDICTS.items()
    )


def test_what_we_compute_is_never_said_to_agree_with_its_source():
    """A formula of ours always gives its own number, so it counts as ours and not as a check; of the sources' 393 figures 45 were checked."""
    words = {verdict.word for verdict in VERDICTS.values() if verdict.figure.computed}
    assert words == {"ours"}
    counted = tally(VERDICTS)
    assert (counted.stated, counted.compared) == (393, 45)
    assert counted.ours == sum(1 for row in LIBRARY.rows("figures") if row["source"] == "computed")
    assert counted.assumed == sum(1 for row in LIBRARY.rows("figures") if row["source"] == "assumptions")


def test_both_words_of_agreement_are_one_to_a_reader_and_two_in_the_data():
    high, low = VERDICTS["impact.growth.total.high"], VERDICTS["impact.growth.total.low"]
    assert (high.word, low.word) == ("reproduced", "compatible")
    assert (high.shown, low.shown) == ("adds up", "adds up")


def test_a_sum_that_checks_says_what_puts_it_in_doubt():
    assert VERDICTS["impact.growth.total.high"].doubt.startswith("The sum checks; our model gives [£1.5 billion]")
    assert VERDICTS["impact.university.growth.high"].doubt == ""


def test_a_number_that_a_correction_finds_right_is_not_marked_by_it():
    """The growth beside the misprinted firms, both shares of the turned sentence, the year of the Act and the number of size bands stand."""
    right = (
        *("impact.university.growth.high", "impact.university.growth.low", "neet.young-adults.norway", "neet.young-adults.netherlands"),
        *("social-value.act.year", "sample.size-bands.count"),
    )
    assert {name: VERDICTS[name].corrections for name in right} == dict.fromkeys(right, ())


def test_numbers_of_ours_in_one_series_are_printed_alike():
    """A neighbour with fewer digits reaches further than the others: "£3 billion" once stood for 2.56 beside decimals."""
    printed = {}
    for figures in LIBRARY.series.values():
        ours = [figure for figure in figures if figure.computed]
        if ours:
            printed[ours[0].series] = {len(re.sub(r"[^.\d]", "", figure.stated).partition(".")[2]) for figure in ours}
    assert len(printed) >= 3
    assert {series for series, decimals in printed.items() if len(decimals) > 1} == set()


def test_a_recomputation_is_explained_with_its_inputs_and_what_is_printed():
    text = explain(LIBRARY.figure("preston.uplift.wage-total"), recompute(LIBRARY, "preston.uplift.wage-total"))
    for part in ("preston.spend-per-head = £513", "preston.uplift.wage-per-hundred = £0.9 per week", "£240.", "Printed: £240."):
        assert part in text


def test_every_recomputation_tells_what_it_does():
    assert all(entry.about.endswith(".") and entry.figure == figure for figure, entry in known(LIBRARY).items())


@pytest.fixture
def register(monkeypatch):
    """Return an empty register of recomputations in place of the real one."""
    empty = Register()
    monkeypatch.setattr(registry, "functions", lambda: empty)
    return empty


def row_of(identifier, stated, value, unit, source="made-up"):
    row = dict.fromkeys(schema.FIGURES.names, "") | {"_file": "figures/made-up.csv", "_row": 2}
    return row | {"id": identifier, "stated": stated, "value": value, "unit": unit, "source": source, "as_of": "2026-01-31"}


def library_of(*rows, **tables):
    return Library({table.name: [] for table in schema.tables()} | {"figures": list(rows)} | tables)


TWO = library_of(
    row_of("a.b", "5%", "5", "percent", "computed"), row_of("a.c", "7%", "7", "percent", "computed"), row_of("a.d", "9%", "9", "percent")
)


def test_reading_a_figure_twice_is_refused(register):
    @register.recomputes("a.b")
    def twice(figures):
        """The share added to itself."""
        return figures("a.d") + figures("a.d")

    with pytest.raises(RecomputeError, match=r"reads a\.d twice"):
        recompute(TWO, "a.b")


def test_a_recomputation_that_leads_back_to_itself_is_refused(register):
    @register.recomputes("a.b")
    def first(figures):
        """The second."""
        return figures("a.c")

    @register.recomputes("a.c")
    def second(figures):
        """The first."""
        return figures("a.b")

    with pytest.raises(RecomputeError, match=r"a\.b leads back to itself: a\.b > a\.c > a\.b"):
        recompute(TWO, "a.b")


def test_the_verdict_of_a_figure_is_found_without_those_of_others(register):
    @register.recomputes("a.b")
    def itself(figures):
        """Itself."""
        return figures("a.b")

    found = Verdicts(TWO)
    assert (found["a.d"].word, list(found), "a.b" in found, "a.e" in found, len(found)) == ("quoted", ["a.b", "a.c", "a.d"], True, False, 3)
    for asked in (lambda: found["a.b"], lambda: verdicts(TWO)):
        with pytest.raises(RecomputeError, match=r"a\.b leads back to itself"):
            asked()


def test_a_recomputation_of_itself_is_refused(register):
    @register.recomputes("a.b")
    def itself(figures):
        """The share itself."""
        return figures("a.b")

    with pytest.raises(RecomputeError, match="leads back to itself"):
        recompute(TWO, "a.b")


def test_a_computed_input_is_read_unrounded(register):
    @register.recomputes("a.c")
    def third(figures):
        """A third of the printed share."""
        return figures("a.d") * parse("a third").exact()

    assert Inputs(TWO)("a.c").anchor == 3
    assert Inputs(TWO)("a.d").anchor == 9


def test_a_recomputation_is_done_once_for_a_library_and_anew_for_another(register):
    done = []

    @register.recomputes("a.c")
    def third(figures):
        """A third of the printed share."""
        done.append(figures.library)
        return figures("a.d") * parse("a third").exact()

    other = library_of(row_of("a.c", "4%", "4", "percent"), row_of("a.d", "12%", "12", "percent"))
    found = [recompute(library, "a.c").quantity.anchor for library in (TWO, other, TWO, other)]
    assert found == [3, 4, 3, 4]
    assert done == [TWO, other]


def test_a_formula_that_takes_the_place_of_another_is_done(register):
    for share, wanted in (("a third", 3), ("a ninth", 1)):
        register.clear()
        register.recomputes("a.c")(_part(share))
        assert recompute(TWO, "a.c").quantity.anchor == wanted


def _part(share):
    def part(figures):
        """A part of the printed share."""
        return figures("a.d") * parse(share).exact()

    return part


def test_a_result_in_another_unit_is_refused(register):
    @register.recomputes("a.d")
    def ratio(figures):
        """A ratio where a share is due."""
        return parse("twice")

    with pytest.raises(RecomputeError, match=r"ratio: gives times, but a\.d is in percent"):
        recompute(TWO, "a.d")


def test_a_figure_without_recomputation_is_refused(register):
    with pytest.raises(RecomputeError, match=r"no recomputation is registered for a\.d"):
        recompute(TWO, "a.d")


def test_an_input_that_is_missing_is_named(register):
    @register.recomputes("a.d")
    def missing(figures):
        """A figure that is not there."""
        return figures("a.z")

    with pytest.raises(DataError, match=r'unknown figure "a\.z"'):
        recompute(TWO, "a.d")


def test_two_recomputations_of_one_figure_are_refused(register):
    def formula(figures):
        """The share."""
        return figures("a.d")

    register.recomputes("a.b")(formula)
    with pytest.raises(RecomputeError, match=r"a\.b is recomputed by formula already"):
        register.recomputes("a.b")(formula)


def test_a_recomputation_without_a_docstring_is_refused(register):
    with pytest.raises(RecomputeError, match="needs a docstring"):
        register.recomputes("a.b")(lambda figures: figures("a.d"))
    assert register == {}


def test_two_places_of_one_source_that_contradict_each_other_are_disputed():
    library = library_of(
        row_of("a.e", "8%", "8", "percent") | {"locator": "Summary"}, row_of("a.e", "6.1%", "6.1", "percent") | {"locator": "Body"}
    )
    found = verdicts(library)["a.e"]
    assert found.word == "disputed"
    assert found.reasons == ("Body states 6.1%, but Summary states 8%.",)


def test_two_places_of_which_one_rounds_the_other_are_not_disputed():
    library = library_of(
        row_of("a.e", "two thirds", "200/3", "percent") | {"locator": "Summary"},
        row_of("a.e", "67.7%", "67.7", "percent") | {"locator": "Body"},
    )
    assert verdicts(library)["a.e"].word == "quoted"
    assert verdicts(library)["a.e"].figure.stated == "67.7%"


@pytest.mark.parametrize(
    ("stated", "value", "word"),
    [("9%", "9", "reproduced"), ("8.6%", "8.6", "reproduced"), ("9.5%", "9.5", "compatible"), ("12%", "12", "disputed")],
)
def test_a_pair_of_sources_that_differ_is_disputed(stated, value, word):
    library = library_of(
        row_of("a.d", "9%", "9", "percent"), row_of("b.d", stated, value, "percent", "other"), pairs=[{"figure": "a.d", "against": "b.d"}]
    )
    assert verdicts(library)["a.d"].word == word


def test_a_correction_marks_the_figures_of_the_source_it_corrects_and_none_that_it_is_held_against():
    cells = {"id": "sum-off", "figures": "a.gone a.d b.d a.e", "guard": "differs", "_file": "corrections.csv", "_row": 2}
    again = cells | {"id": "share-off", "figures": "a.d"}
    gone = cells | {"id": "gone", "figures": "a.gone"}
    empty = dict.fromkeys(schema.table("corrections").names, "")
    figures = row_of("a.d", "9%", "9", "percent"), row_of("b.d", "8%", "8", "percent", "other"), row_of("a.e", "7%", "7", "percent")
    found = verdicts(library_of(*figures, corrections=[empty | row for row in (cells, again, gone)]))
    assert {name: verdict.corrections for name, verdict in found.items()} == {
        "a.d": ("sum-off", "share-off"),
        "b.d": (),
        "a.e": ("sum-off",),
    }


def test_a_correction_whose_first_figure_no_longer_differs_is_told_as_mended(monkeypatch):
    monkeypatch.setattr("evidence.audit.corrections.findings", lambda _library: {})
    cells = {"id": "made", "figures": "a.d a.b", "guard": "differs", "_file": "corrections.csv", "_row": 2}
    library = library_of(corrections=[dict.fromkeys(schema.table("corrections").names, "") | cells])
    told = {word: mended(library, {"a.d": SimpleNamespace(word=word)}) for word in ("differs", "reproduced")}
    assert told["differs"] == {}
    assert told["reproduced"]["made"].message == "a.d is now reproduced, no longer differs."


def test_a_correction_whose_guard_is_no_check_is_told_with_the_checks_there_are(monkeypatch):
    monkeypatch.setattr("evidence.audit.corrections.findings", lambda _library: {"age-band": "", "pay-base": "Two bases."})
    cells = {"id": "made", "figures": "a.d", "guard": "pay-bass", "_file": "corrections.csv", "_row": 2}
    problem = mended(library_of(corrections=[dict.fromkeys(schema.table("corrections").names, "") | cells]), {})["made"]
    assert problem.place.column == "guard"
    assert problem.message == "there is no check called pay-bass; use differs, disputed or one of age-band, pay-base."
