"""The ledger: put a test here when a field of it must mean something."""

import csv
import re
import shutil

import jsonschema
import pytest

from evidence import ledger, paths
from evidence.catalog import load
from evidence.catalog.schema import FIGURES
from evidence.ledger.flat_tables import csv_tables

DIGITS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?")


@pytest.fixture(scope="module")
def made():
    return ledger.build(load())


def figure(made, identifier):
    return next(record for record in made["figures"] if record["id"] == identifier)


def test_the_ledger_satisfies_its_own_schema(made):
    jsonschema.Draft202012Validator(ledger.json_schema()).validate(made)


def test_the_schema_refuses_a_verdict_nobody_declared(made):
    wrong = {**made, "figures": [{**made["figures"][0], "verdict": "plausible"}]}
    with pytest.raises(jsonschema.ValidationError, match="plausible"):
        jsonschema.validate(wrong, ledger.json_schema())


def test_the_schema_tells_what_the_fields_mean():
    described = ledger.json_schema()["$defs"]["Figure"]["properties"]
    assert described["low"]["description"].startswith("Lower end")
    assert described["freshness"]["description"].startswith("`overdue`")


def test_a_recomputed_figure_carries_its_arithmetic_and_a_quoted_one_none(made):
    assert figure(made, "impact.apprentice.growth.high")["arithmetic"] == "1.93 million × £8,900 = £17.2 billion"
    assert figure(made, "sme.barriers.finance")["arithmetic"] == ""


def test_a_change_carries_its_direction_and_other_figures_carry_none(made):
    assert figure(made, "apprenticeships.starts.decline")["further"] == {"direction": "fall"}
    assert figure(made, "growth-hub.turnover")["further"] == {"direction": "rise"}
    assert "further" not in figure(made, "sme.barriers.finance")
    flat = {row["id"]: row["direction"] for row in csv.DictReader(csv_tables(made)["figures"].splitlines())}
    assert (flat["apprenticeships.starts.decline"], flat["sme.barriers.finance"]) == ("fall", "")


def test_an_earlier_number_of_a_table_is_told_with_the_unit_of_its_column(tmp_path):
    shutil.copytree(paths.data_dir(), tmp_path / "data")
    with (tmp_path / "data" / "figures" / "ons-neet.csv").open("a", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, FIGURES.names, restval="", lineterminator="\n")
        about = {
            "source": "ons-neet",
            "locator": "Table",
            "unit": "percent",
            "place": "United Kingdom",
            "period": "2025",
            "note": "Column: 2025, %",
        }
        for number, day in (("38", "2026-01-31"), ("41", "2026-02-26")):
            rows.writerow({**about, "id": "neet.bakers.share", "stated": number, "value": number, "as_of": day})
    told = figure(ledger.build(load(tmp_path / "data")), "neet.bakers.share")
    assert (told["shown"], told["vintages"]) == ("41%", [{"as_of": "2026-01-31", "stated": "38%", "period": "2025"}])


def test_every_number_of_a_flat_table_is_a_number_and_a_fraction_keeps_its_own_column(made):
    rows = list(csv.DictReader(csv_tables(made)["figures"].splitlines()))
    assert [row["id"] for row in rows for name in ("value", "signed", "low", "high") if row[name] and not DIGITS.fullmatch(row[name])] == []
    exact = {row["value_exact"]: row["value"] for row in rows}
    assert exact["100/3"] == "33.3333333333"
    assert {row["value_exact"] for row in rows if row["value"] == "68"} == {""}


def test_a_flat_table_holds_nothing_that_a_spreadsheet_would_run(made):
    spoilt = {
        **made,
        "statements": [{**made["statements"][0], "sentence": said} for said in ("=1+1", "@SUM(A1)", "-2+3", "-1.7% a year", "So.")],
    }
    told = [row["sentence"] for row in csv.DictReader(csv_tables(spoilt)["statements"].splitlines())]
    assert told == ["'=1+1", "'@SUM(A1)", "'-2+3", "-1.7% a year", "So."]


def test_a_period_is_told_with_its_days_by_rule_or_as_declared(made):
    def days(identifier):
        return tuple(figure(made, identifier)[f"period_{part}"] for part in ("from", "to", "basis"))

    assert days("sme.barriers.any") == ("2026-03-01", "2026-03-31", "")
    assert days("sme.employment-growth.uk") == ("2025-01-01", "2025-12-31", "")  # "last year", of a report of April 2026
    assert days("official.apprenticeship-starts.london") == ("2024-08-01", "2025-07-31", "academic year")
    assert days("case.catch.courses") == ("", "", "")


def test_a_figure_of_an_overdue_source_says_so(made):
    assert figure(made, "official.pay.median.london")["freshness"] == "overdue"
    assert figure(made, "sme.barriers.finance")["freshness"] == "current"


def test_claims_and_findings_name_the_chapters_that_state_them(made):
    claims = {record["id"]: record for record in made["claims"]}
    assert "coordination" in claims["long-tail"]["chapters"]
    assert claims["long-tail"]["states"].startswith("The gap between productive and unproductive firms")
    findings = {record["id"]: record for record in made["findings"]}
    assert findings["coordination.failures.causes"]["chapters"] == ["coordination"]


def test_no_data_file_passes_for_a_chapter(made):
    assert not any(chapter.startswith("data/") for record in made["figures"] for chapter in record["chapters"])


def test_the_name_of_an_edition_is_its_day_and_content(made, tmp_path):
    chapter = tmp_path / "one.md"
    chapter.write_text("# One\n", encoding="utf-8")
    first = ledger.edition_name(load(), tmp_path)
    chapter.write_text("# Two\n", encoding="utf-8")
    assert first != ledger.edition_name(load(), tmp_path)
    assert first.startswith(made["edition"]["date"] + "-")


def test_the_ledger_of_a_day_holds_nothing_younger():
    made = ledger.build(load(as_of="2026-04-30"))
    assert made["edition"]["as_of"] == "2026-04-30"
    assert max(record["as_of"] for record in made["figures"]) <= "2026-04-30"


@pytest.mark.parametrize(
    ("identifier", "signed"),
    [("apprenticeships.starts.decline", "-40"), ("growth-hub.employment.five-years", "22"), ("sme.barriers.any", "")],
)
def test_a_change_is_exported_with_the_sign_of_its_direction(made, identifier, signed):
    assert figure(made, identifier)["signed"] == signed
