"""Checks of sources: a new check gets a row in FOUND with what it says, and rows in MENDED with cells that would silence it."""

import csv
import re
import shutil

import pytest
from whole import LIBRARY

from evidence.audit import check_corrections, findings, verdicts
from evidence.audit.checks import known
from evidence.audit.conditions import declared
from evidence.audit.sayings import finding_says, places_that_say, rounded, years
from evidence.catalog import load
from evidence.errors import DataError
from evidence.paths import ROOT
from made_together.bases import respondents_behind, survey_weights

FINDINGS = findings(LIBRARY)
CHECKS = known(LIBRARY)
DEMOS, INTERACT, FIRMS, FOUND_ROWS = "figures/demos.csv", "figures/interact.csv", "figures/dbt-bpe.csv", "findings.csv"

# Check, what its finding must name, by hand from the sources.
FOUND = [
    ("growth-hub-respondents", ["54% and 17%", "31", "only for 24"]),
    ("manchester-last-year", ["62%", "50.5%"]),
    ("barriers-base", ["68%", "21%", "20%", "do not coordinate in at least one", "do not engage in any", "SMEs (Conclusion"]),
    # below 68.5 of below 96.5 percent are 66.1025
    ("barriers-of-all", ["68% of 96%", "66.1%", "At least two-thirds"]),
    ("sme-employment-base", ["UK workforce", "28,128 thousand", "private sector"]),
    ("apprentice-benefit-base", ["96%", "24.8%"]),
    ("techuk-base", ["73% and 76%", "technology SMEs"]),
    # 68 / 500 x 5,681,930 = 772,742
    ("survey-weights", ["25%", "75.2%", "773,000", "68 of 500"]),
    ("apprentices-employers", ["1.93 million", "1,409,395"]),
    # 28,128 / 3.95 - 1 = 6.1210 at least; 341.5 / 0.1245 / 2,150 - 1 = 0.27581 at most; 6.1210 / 0.27581 = 22.19
    ("scale-ups-output", ["£2.2 trillion", "22.2 times", "13 times"]),
    ("innovation-partnerships", ["£500m", "£1bn", "£700m"]),
    # 513.5 / 100 x 0.25 = 1.28
    ("preston-employment", ["4 points", "1.3 percentage points"]),
    ("growth-period", ["£28 billion", "£8,900", "£5,065"]),
    ("apprenticeship-source", ["37%", "Business population estimates"]),
    ("social-value-act", ["£760bn", "2012", "2010"]),
    ("unemployment-periods", ["1.6% is of 1950 to 1976, 6.7% of 1970 to 1993"]),
    # 100 - 95.5
    ("coordination-wording", ["4.5%", "14.3%", "Executive summary", "The solution", "Conclusion"]),
    ("barriers-time", ["lack of time", "Finance 21%", "Not aware of opportunities 18%"]),
    ("neet-norway", ["Norway 6.2%", "Netherlands 5.8%", "14%"]),
    ("long-tail", ["low-productivity firms", "long tail of productive firms"]),
    ("young-pay", ["fallen sharply", "not risen at all", "11%"]),
    ("poor-pay", ["balance of opinion", "nearly a fifth"]),
    ("essential-wording", ["93%", "essential", "important or critical"]),
    ("coworking-organic", ["technical-digital", "social-cognitive"]),
    ("coworking-cost", ["without requiring significant", "can act as a barrier"]),
    ("hiring-expected", ["34%", "21%"]),
    ("schools-small-firms", ["62%", "2015", "17%", "2022"]),
    ("productivity-stalled", ["Productivity has stalled", "grew more in the last year"]),
]


def number(file, identifier, old, new, value):
    """Return the cells of a number that its source prints otherwise."""
    return [(file, identifier, "stated quote", old, new), (file, identifier, "value", "", value)]


# Check, and the cells of a mended source: file, id, column, old text, new text (an empty old text replaces the whole cell).
MENDED = [
    ("growth-hub-respondents", [*number(DEMOS, "growth-hub.stakeholders", "31", "24", "24")]),
    (
        "manchester-last-year",
        [*number("figures/cles-manchester.csv", "official.manchester.sme-spend.fourth-year", "50.5", "62.5", "62.5")],
    ),
    (
        "barriers-base",
        [(DEMOS, name, "population", "", "SMEs") for name in ("sme.barriers.any", "sme.barriers.finance", "sme.barriers.staff-capacity")],
    ),
    (
        "barriers-of-all",
        [(DEMOS, "sme.barriers.any", "population", "", "SMEs that do not engage in any of the listed coordination activities")],
    ),
    ("barriers-of-all", [(DEMOS, "sme.barriers.any", "stated quote", "At least two-thirds", "Nearly two-thirds")]),
    (
        "sme-employment-base",
        [(DEMOS, "sme.employment-share", "population", "", "employment in private sector businesses")],
    ),
    ("apprentice-benefit-base", [(DEMOS, "apprenticeships.sme.benefit", "population", "", "SMEs that have hired an apprentice")]),
    ("techuk-base", [(DEMOS, f"social-value.sme.{name}", "quote", "of SMEs", "of tech SMEs") for name in ("difficult", "burden")]),
    ("survey-weights", [(DEMOS, "impact.apprentice.more-likely.share", "population", "", "UK SMEs, weighted by size")]),
    ("apprentices-employers", [*number(FIRMS, "official.businesses.micro", "1,150,875", "1,950,875", "1950875")]),
    ("scale-ups-output", [(DEMOS, "scale-ups.contribution", "quote", "contribute", "have a turnover that contributes")]),
    ("scale-ups-output", [*number(DEMOS, "scale-ups.contribution", "2.2", "0.4", "400000000000")]),
    ("innovation-partnerships", [*number(DEMOS, "finance.innovation-partnerships.value", "700", "1700", "1700000000")]),
    ("preston-employment", [*number(DEMOS, "preston.uplift.employment-actual", "4", "1", "1")]),
    ("growth-period", [(DEMOS, "impact.university.uplift", "quote", "for the economy", "for the economy each year")]),
    ("growth-period", [(DEMOS, "impact.growth.total.high", "quote", "Annual economic growth", "Economic growth")]),
    ("apprenticeship-source", [(DEMOS, "sme.apprenticeship-share", "origin", "", "DfE, Apprenticeships (27 November 2025)")]),
    ("social-value-act", [*number(DEMOS, "social-value.public-sector.start-year", "2010", "2012", "2012")]),
    ("social-value-act", [(DEMOS, "social-value.public-sector.value", "quote", "from day one of the Social Value Act", "from the start")]),
    ("unemployment-periods", [(DEMOS, "britain.unemployment.late-century", "period", "1970", "1977")]),
    ("coordination-wording", [(DEMOS, "sme.coordination.missing-any", "quote", "in at least one", "in each")]),
    ("barriers-time", [(FOUND_ROWS, "barriers.leading.time-capacity-finance", "quote", "lack of time, capacity", "lack of capacity")]),
    ("barriers-time", [(DEMOS, "sme.barriers.staff-capacity", "category", "Staff capacity", "Staff time")]),
    ("neet-norway", [(DEMOS, "neet.young-adults.ratio", "quote", "twice as high in", "twice as high as in")]),
    ("long-tail", [(FOUND_ROWS, "productivity.long-tail.productive", "quote", "of productive", "of less productive")]),
    ("young-pay", [(FOUND_ROWS, "pay.young.fallen-sharply", "quote", "has fallen sharply since 2008", "has not risen since 2008")]),
    (
        "poor-pay",
        [
            (INTERACT, "perceptions.poorly-paid", "stated quote", "nearly a fifth", "three-fifths"),
            (INTERACT, "perceptions.poorly-paid", "value", "", "60"),
        ],
    ),
    ("poor-pay", [(FOUND_ROWS, "perceptions.image.blue-collar", "quote", "(on the balance of opinion) ", "")]),
    (
        "essential-wording",
        [(INTERACT, "perceptions.essential", "quote", "essential to economic growth and resilience", "important or critical to growth")],
    ),
    ("coworking-organic", [(FOUND_ROWS, "coworking.advanced.technical-organic", "quote", "technical-digital", "social-cognitive")]),
    ("coworking-cost", [(FOUND_ROWS, "creative.access.low-cost", "quote", "time or financial", "time")]),
    ("hiring-expected", [*number(DEMOS, "policy.effect.headcount.high", "21%", "35%", "35")]),
    ("schools-small-firms", [*number(DEMOS, "careers.school-engagement.small", "17", "62", "62")]),
    ("productivity-stalled", [(FOUND_ROWS, "productivity.stalled", "quote", "has stalled", "has grown")]),
]


def mend(folder, file, identifier, columns, old, new):
    """Change cells of every record of an id, through the csv module, and return how many cells changed."""
    path = folder / file
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    count = 0
    for row in rows:
        for column in columns.split() if row["id"] == identifier else ():
            cell = row[column].replace(old, new) if old else new
            count += cell != row[column]
            row[column] = cell
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return count


@pytest.fixture
def folder(tmp_path):
    """A copy of the real library that the test may change."""
    return shutil.copytree(ROOT / "data", tmp_path / "data")


def test_every_check_has_its_finding_and_a_mended_source():
    assert sorted(name for name, _ in FOUND) == sorted(CHECKS)
    assert {name for name, _ in MENDED} == set(CHECKS)


@pytest.mark.parametrize(("name", "parts"), FOUND, ids=[name for name, _ in FOUND])
def test_a_check_finds_what_is_there(name, parts):
    assert [part for part in parts if part not in FINDINGS[name]] == []
    assert FINDINGS[name].endswith(".")


@pytest.mark.parametrize(("name", "cells"), MENDED, ids=[f"{name}-{number}" for number, (name, _) in enumerate(MENDED)])
def test_a_check_is_silent_on_a_mended_source(name, cells, folder):
    for cell in cells:
        assert mend(folder, *cell) > 0
    assert findings(load(folder))[name] == ""


@pytest.mark.parametrize(("name", "cells"), MENDED[2:9], ids=[name for name, _ in MENDED[2:9]])
def test_a_mended_source_makes_its_correction_fail(name, cells, folder):
    for cell in cells:
        mend(folder, *cell)
    library = load(folder)
    told = check_corrections(library, verdicts(library))
    assert [problem for problem in told if f"the check {name} finds nothing any more" in problem.message]


def test_a_finding_that_no_correction_declares_is_reported(folder):
    path = folder / "corrections.csv"
    rows = [row for row in path.read_text(encoding="utf-8").splitlines(keepends=True) if not row.startswith("productivity.long-tail,")]
    path.write_text("".join(rows), encoding="utf-8")
    library = load(folder)
    (problem,) = check_corrections(library, verdicts(library))
    assert problem.message.startswith("check long-tail: ")
    assert "No correction declares it" in problem.remedy
    assert problem.place.file == "data/corrections.csv"


def test_a_check_in_code_can_be_called_by_its_own_name():
    assert survey_weights(LIBRARY) == FINDINGS["survey-weights"]


def test_every_check_asks_a_question_and_guards_a_correction():
    guards = {row["guard"] for row in LIBRARY.rows("corrections")}
    assert [name for name, entry in CHECKS.items() if not entry.about.endswith("?")] == []
    assert set(CHECKS) <= guards


def test_the_figures_a_check_names_are_named_by_its_correction():
    """A reader who sees a number in the arithmetic finds it, or the study it stands in, linked above it."""
    for row in LIBRARY.rows("corrections"):
        named = set(row["figures"].split()) | set(row["findings"].split())
        assert named & set(re.findall(r"\((?:figure|finding):([^)]+)\)", row["what"] + row["size"])), row["id"]


@pytest.mark.parametrize("day", ["2000-01-01", "2024-06-30", "2025-10-02", "2026-04-30"])
def test_a_check_whose_evidence_is_not_published_finds_nothing(day):
    found = findings(load(ROOT / "data", day))
    assert found["coworking-organic"] == found["coworking-cost"] == ""
    assert bool(found["neet-norway"]) is (day == "2026-04-30")
    assert bool(found["poor-pay"]) is (day >= "2024-06-30")


def test_only_68_of_500_firms_give_the_printed_apprentices():
    """67 give 761,379 and 69 give 784,106; 773,000 reaches from 772,500 to 773,500."""
    assert respondents_behind(LIBRARY, 500) == [68]


def test_a_period_without_years_has_none():
    assert years(LIBRARY.figure("britain.unemployment.post-war")) == (1950, 1976)
    assert years(LIBRARY.figure("social-value.act.year")) == (2012, 2012)
    assert years(LIBRARY.figure("preston.spend-per-head")) is None


def test_words_are_looked_for_where_they_stand():
    assert finding_says(LIBRARY, "pay.young.fallen-sharply", "fallen sharply") == 'Conclusion says "fallen sharply"'
    assert finding_says(LIBRARY, "pay.young.fallen-sharply", "risen sharply") == ""
    assert [place.locator for place in places_that_say(LIBRARY, "impact.growth.total.high", "Up to £28 billion")] == [
        "Conclusion, prize bullet 1"
    ]


def test_a_finding_that_is_not_there_is_named():
    with pytest.raises(DataError, match=r'unknown finding "no\.such"'):
        finding_says(LIBRARY, "no.such", "words")


def check_of(condition, says):
    """Return a check as the library would declare it."""
    return declared({"id": "made", "condition": condition, "says": says, "_file": "checks.csv", "_row": 2})


def test_a_text_tells_the_number_as_it_stands_where_the_words_were_found():
    """Elsewhere it is 27.65 to under 27.75 billion; revenue, 39.5 billion at least, is more than 1.423 times that."""
    told = "{impact.growth.total.high} ({impact.growth.total.high:locator}); revenue is {right:low} times that, or more."
    check = check_of('"Up to £28 billion" in {impact.growth.total.high} and 1 < {impact.revenue.high} / {impact.growth.total.high}', told)
    assert check(LIBRARY) == "Up to £28 billion (Conclusion, prize bullet 1); revenue is 1.4 times that, or more."
    assert check_of('"Up to £99 billion" in {impact.growth.total.high}', told)(LIBRARY) == ""


def test_what_has_no_quote_is_asked_for_its_locator():
    figure = LIBRARY.figure("official.makeuk.manufacturing-essential")
    assert figure.quote == ""
    assert (
        check_of(f'"{figure.locator[:20]}" in {{{figure.id}}}', "{official.makeuk.manufacturing-essential}.")(LIBRARY)
        == f"{figure.stated}."
    )


@pytest.mark.parametrize(
    ("condition", "says", "told"),
    [
        ('"Productivity" in {productivity.stalled}', "{left:low}.", "compares no numbers, so that the text can tell no side of it"),
        ("{sme.barriers.any} > {sample.size}", "Wrong.", "cannot compare percent with count"),
        ("{sme.barriers.any}", "Wrong.", "compares nothing"),
    ],
)
def test_a_check_that_cannot_be_tried_is_named_by_its_row(condition, says, told):
    with pytest.raises(DataError) as caught:
        check_of(condition, says)(LIBRARY)
    assert str(caught.value).startswith("data/checks.csv, row 2 (made), column condition: ")
    assert told in str(caught.value)


def test_a_check_in_code_and_in_data_is_refused():
    library = load(ROOT / "data")
    library.rows("checks").append({"id": "techuk-base", "condition": "", "says": "", "asks": ""})
    with pytest.raises(DataError, match="techuk-base is a function already"):
        known(library)


def test_numbers_of_a_check_are_written_for_readers():
    assert [
        rounded(LIBRARY.figure("official.businesses.micro").quantity.anchor),
        rounded(LIBRARY.figure("scalers.share").quantity.anchor / 4),
    ] == ["1,150,875", "3.5"]
