"""Put a test here when something must hold of the data library as it is committed, whatever rows are added to it."""

import csv
import re
from collections import Counter, defaultdict

import pytest

from evidence.audit import check_corrections, verdicts
from evidence.catalog import load
from evidence.catalog.validation import validate
from evidence.charts import chart_data
from evidence.paths import ROOT
from evidence.recompute import known

DATA = ROOT / "data"
SEEDS = ("interact", "left-behind", "creative", "birmingham", "demos")


def read(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


RECORDS = [record for file in sorted((DATA / "figures").glob("*.csv")) for record in read(file)]
IDS = {record["id"] for record in RECORDS}
QUOTED = [record for record in RECORDS if record["quote"]]


def test_the_library_validates_clean(library):
    assert validate(library) is library


def test_at_least_150_figures_come_from_the_five_seed_documents():
    figures = {record["id"]: record["source"] for record in RECORDS if record["source"] in SEEDS}
    assert len(figures) >= 150
    assert set(figures.values()) == set(SEEDS)


def test_every_figure_id_belongs_to_one_source():
    sources = defaultdict(set)
    for record in RECORDS:
        sources[record["id"]].add(record["source"])
    assert {key: owners for key, owners in sources.items() if len(owners) > 1} == {}


def test_every_file_of_figures_is_named_for_its_source():
    assert {record["source"] for record in RECORDS} == {file.stem for file in (DATA / "figures").glob("*.csv")}
    for file in (DATA / "figures").glob("*.csv"):
        assert {record["source"] for record in read(file)} == {file.stem}


def test_every_id_is_dotted_lower_case_without_digits():
    assert [key for key in sorted(IDS) if not re.fullmatch(r"[a-z-]+(\.[a-z-]+)+", key)] == []


def test_every_record_of_a_seed_document_is_quoted_and_no_other_is():
    assert {record["source"] for record in QUOTED} == set(SEEDS)
    assert [record["id"] for record in RECORDS if record["source"] in SEEDS and not record["quote"]] == []


def occurrences(number, quote):
    """Count where a number stands in a quote by itself, and not as a part of a longer number or word."""
    starts = [match.start() for match in re.finditer(re.escape(number), quote)]
    before = [quote[max(start - 1, 0) : start] for start in starts]
    after = [quote[start + len(number) :][:1] for start in starts]
    return sum(not (b.isalnum() or b in tuple("£$-.,")) and not a.isalnum() for b, a in zip(before, after, strict=True))


def test_every_quote_holds_its_number_once():
    held = {(record["id"], record["locator"], record["stated"]): occurrences(record["stated"], record["quote"]) for record in QUOTED}
    assert len(held) > 150
    assert {place: times for place, times in held.items() if times != 1} == {}


def test_every_quote_is_one_line_of_at_most_300_characters():
    assert [record["id"] for record in QUOTED if len(record["quote"]) > 300 or "\n" in record["quote"]] == []


def test_every_low_end_has_a_high_end_stated_by_the_same_words():
    stated = defaultdict(set)
    for record in RECORDS:
        stem, _, end = record["id"].rpartition(".")
        if end in ("low", "high") and re.search(r"\d\D*(-|–| to | and )\D*\d", record["stated"]):
            stated[stem, record["as_of"], record["locator"], record["stated"]].add(end)
    assert stated
    assert {place: ends for place, ends in stated.items() if ends != {"low", "high"}} == {}


def test_every_id_is_charted_once_a_vintage_and_labelled():
    charted = [record for record in RECORDS if record["series"]]
    uses = Counter((record["id"], record["as_of"]) for record in charted)
    assert [key for key, times in uses.items() if times > 1] == []
    assert [record["id"] for record in charted if not record["category"]] == []
    assert [record["id"] for record in RECORDS if record["category"] and not record["series"]] == []


@pytest.mark.parametrize("row", read(DATA / "charts.csv"), ids=lambda row: row["id"])
def test_every_chart_has_marks_for_each_series_it_names(row, library):
    data = chart_data(library, row["id"])
    assert len(data.rows) > 1
    if data.kind == "figure":
        charted = {record["series"] for record in RECORDS if record["id"] in set(data.rows["id"])}
        assert set(row["series"].split()) <= charted


@pytest.mark.parametrize("row", read(DATA / "corrections.csv"), ids=lambda row: row["id"])
def test_every_correction_is_about_figures_there_are(row):
    assert [key for key in row["figures"].split() if key not in IDS] == []
    assert re.findall(r"\(figure:([^)]+)\)", row["what"] + row["size"]), "a correction shows its numbers"


def test_every_disagreement_is_declared_and_every_declared_one_stands(library):
    assert check_corrections(library, verdicts(library)) == []


@pytest.mark.parametrize("row", read(DATA / "pairs.csv"), ids=lambda row: row["figure"])
def test_every_pair_sets_figures_of_two_sources_against_each_other(row, library):
    mine, other = library.figure(row["figure"]), library.figure(row["against"])
    assert mine.source != other.source
    assert mine.unit == other.unit


def test_every_support_row_joins_a_recommendation_to_evidence_there_is():
    known = {name: {row["id"] for row in read(DATA / f"{name}s.csv")} for name in ("finding", "case", "recommendation")} | {"figure": IDS}
    rows = read(DATA / "recommendation-support.csv")
    assert rows
    assert [row["target"] for row in rows if row["target"] not in known[row["kind"]]] == []
    assert [row["recommendation"] for row in rows if row["recommendation"] not in known["recommendation"]] == []


def test_every_recommendation_rests_on_some_evidence():
    supported = {row["recommendation"] for row in read(DATA / "recommendation-support.csv")}
    assert [row["id"] for row in read(DATA / "recommendations.csv") if row["id"] not in supported] == []


def test_findings_that_dispute_each_other_say_so_both_ways():
    other = {row["id"]: row["disputed_with"] for row in read(DATA / "findings.csv") if row["disputed_with"]}
    assert other
    assert {key: named for key, named in other.items() if other.get(named) != key} == {}


def test_every_case_has_elements_and_every_element_a_case():
    assert {row["case"] for row in read(DATA / "case-elements.csv")} == {row["id"] for row in read(DATA / "cases.csv")}


def test_every_computed_figure_names_the_recomputation_that_gives_it(library):
    computed = {figure.id: figure.origin for figure in library.figures.values() if figure.source == "computed"}
    assert computed
    assert {key: known(library)[key].name for key in computed} == computed


def test_no_alias_hides_a_figure_and_every_alias_leads_to_one(library):
    aliases = {row["old"]: row["new"] for row in library.rows("aliases")}
    assert IDS.isdisjoint(aliases)
    assert {new for new in aliases.values() if new} <= IDS


@pytest.mark.parametrize(
    ("identifier", "stated"),
    [
        ("productivity.gap.counterfactual", "24%"),
        ("productivity.dispersion.uk", "13 times"),
        ("sme.barriers.any", "68%"),
        ("sme.coordination.missing-any", "96%"),
        ("sme.employment-share", "60%"),
        ("impact.apprentices.high", "1.93 million"),
        ("impact.revenue.high", "£40 billion"),
        ("impact.growth.total.high", "between £10.8 billion and £27.7 billion"),
        ("firms.below-mean-productivity.share", "67.7%"),
        ("apprenticeships.sme.skills-gap-solution", "90%"),
        ("neighbourhoods.deprived.yorkshire-humber", "18.5%"),
    ],
)
def test_the_main_record_of_an_id_is_its_most_precise(identifier, stated, library):
    places = {figure.stated for figure in library.places(identifier)}
    assert len(places) > 1
    assert library.figure(identifier).stated == stated


def test_of_equally_precise_records_the_charted_one_is_the_main_one(folder):
    first = folder.record("figures/demos.csv", "sme.outreach.small")
    folder.set("figures/demos.csv", "sme.outreach.small", series="", category="")
    folder.add("figures/demos.csv", first, locator="Elsewhere")
    assert load(folder.path).figure("sme.outreach.small").locator == "Elsewhere"


def test_a_library_read_again_is_what_its_files_hold_by_then(folder):
    """Bytes that changed are told from those that did not, also where there are as many, or another library has a file of that name."""

    def authors(path=folder.path):
        return load(path).by_id("sources")["demos"]["authors"]

    committed, before = authors(DATA), load(folder.path)
    folder.set("sources.csv", "demos", authors="Somebody Else")
    assert authors() == "Somebody Else"
    folder.replace("sources.csv", b"Somebody Else", b"Somebody Less")
    assert authors() == "Somebody Less"
    assert authors(DATA) == before.by_id("sources")["demos"]["authors"] == committed


def test_what_is_changed_in_one_library_changes_none_that_is_read_after_it():
    for table in ("sources", "figures", "findings"):
        changed, before = load(DATA).rows(table)[0], dict(load(DATA).rows(table)[0])
        changed.update(dict.fromkeys(changed, "changed"))
        assert load(DATA).rows(table)[0] == before != changed
