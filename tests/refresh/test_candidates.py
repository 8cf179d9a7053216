"""What a newer release becomes: put a test here when a value, a period or a way of writing is read from a producer's file."""

import json

import pytest
from stage import BRADFORD, HULL, NEXT, NOW, UK, contents, line, rows_of, table

from evidence.catalog import load
from evidence.editions import make_snapshot


def records(world):
    return {row["id"]: row for row in rows_of(world.into / "figures" / "ons-ashe.csv")}


def test_a_newer_release_becomes_records_in_the_librarys_columns_and_style(world):
    outcome = world.refresh()
    assert outcome.problem == ""
    found = records(world)
    assert {key: (row["stated"], row["value"], row["period"], row["as_of"]) for key, row in found.items()} == {
        "official.pay.median.bradford": ("£581.2 per week", "581.2", "April 2026", "2026-10-22"),
        "official.pay.median.hull": ("£590.0 per week", "590", "April 2026", "2026-10-22"),
        "official.pay.median.uk": ("£1,024.6 per week", "1024.6", "April 2026", "2026-10-22"),
    }
    bradford = found["official.pay.median.bradford"]
    assert bradford["locator"] == "Bradford, Median gross weekly pay, all employee jobs, by residence, April 2026"
    assert (bradford["series"], bradford["category"], bradford["unit"]) == ("official.pay.median", "Bradford", "GBP per week")


def test_the_overlay_lies_over_the_library_as_a_rerun_would_lay_it(world, tmp_path):
    world.refresh()
    library = make_snapshot(world.into, tmp_path / "snapshot", world.data)
    assert library.figure("official.pay.median.bradford").stated == "£581.2 per week"
    assert [old.stated for old in library.earlier("official.pay.median.bradford")] == ["£559.9 per week"]


def test_nothing_newer_writes_no_overlay_and_fetches_no_file(world, producer):
    producer.release("2025-10-23")
    outcome = world.refresh()
    assert (outcome.problem, outcome.held, outcome.released, outcome.file) == ("", "2025-10-23", "2025-10-23", None)
    assert producer.asked == ["/pay.json"]
    assert not world.into.exists()
    assert list(contents(world.store)) == ["ons-ashe/manifest.json"]


def test_accepted_candidates_are_not_proposed_again(world, tmp_path):
    world.refresh()
    make_snapshot(world.into, tmp_path / "snapshot", world.data)
    world.data = tmp_path / "snapshot"
    world.into = tmp_path / "second"
    assert world.refresh().drawn.candidates == []
    assert not world.into.exists()


def test_a_release_that_states_the_same_proposes_only_what_moved(world, producer):
    producer.give("/pay.csv", table([line(BRADFORD, "2025-04", "559.9"), line(HULL, "2025-04", "566.1"), line(UK, "2025-04", "642.5")]))
    found = world.refresh().drawn
    assert found.unchanged == ["official.pay.median.bradford", "official.pay.median.uk"]
    assert [(one.figure, one.row["stated"], one.row["period"]) for one in found.candidates] == [
        ("official.pay.median.hull", "£566.1 per week", "April 2025")
    ]


@pytest.mark.parametrize("mark", ["x", "[x]", "[c]", "..", ":", "", "[low]", "-"])
def test_a_suppressed_cell_is_reported_and_is_no_number(mark, world, producer):
    producer.give("/pay.csv", table([line(BRADFORD, "2026-04", "581.2"), line(HULL, "2026-04", mark), line(UK, "2026-04", "650")]))
    found = world.refresh().drawn
    assert found.withheld == [f'official.pay.median.hull: suppressed ("{mark}"); the library keeps £565.9 per week of April 2025']
    assert set(records(world)) == {"official.pay.median.bradford", "official.pay.median.uk"}


def test_an_area_without_the_newest_period_keeps_its_old_value(world, producer):
    producer.give("/pay.csv", table([line(BRADFORD, "2026-04", "581.2"), line(HULL, "2025-04", "565.9"), line(UK, "2026-04", "650")]))
    found = world.refresh().drawn
    assert found.withheld == ["official.pay.median.hull: no row for April 2026; the library keeps £565.9 per week of April 2025"]


def test_a_value_the_producer_marks_is_written_and_pointed_out(world, producer):
    producer.give("/pay.csv", table([line(BRADFORD, "2026-04", "581.2", status="p"), *NEXT[2:]]))
    first = world.refresh().drawn.candidates[0]
    assert first.row["stated"] == "£581.2 per week"
    assert first.flags == ('the file marks this value "p"',)


def test_an_implausible_change_is_written_and_pointed_out(world, producer):
    producer.give("/pay.csv", table([line(BRADFORD, "2026-04", "5599"), line(HULL, "2026-04", "56.59"), line(UK, "2026-04", "650")]))
    bradford, hull, uk = world.refresh().drawn.candidates
    assert bradford.flags == ("£5,599.0 per week is 10 times £559.9 per week, more than a factor of 1.25",)
    assert hull.flags == ("£56.6 per week is 0.1 times £565.9 per week, more than a factor of 1.25",)
    assert uk.flags == ()
    assert json.loads((world.into / "candidates.json").read_text(encoding="utf-8"))[0]["flags"] == list(bradford.flags)


def test_a_sign_that_turned_is_pointed_out(world, producer):
    world.declare(constant="")
    producer.give("/pay.csv", table([line(BRADFORD, "2026-04", "0.0"), *NEXT[2:]]))
    assert world.refresh().drawn.candidates[0].flags == ("£0.0 per week after £559.9 per week: sign or nought has changed",)


def test_half_a_unit_is_rounded_up_and_never_by_way_of_binary(world, producer):
    producer.give("/pay.csv", table([line(BRADFORD, "2026-04", "559.95"), line(HULL, "2026-04", "565.85"), line(UK, "2026-04", "642.449")]))
    assert [one.row["value"] for one in world.refresh().drawn.candidates] == ["560", "565.9", "642.4"]


STARTS = {
    "period": "{year}/{following}",
    "period_pattern": r"(\d{4})-04",
    "stated": "{} per 100,000 people",
    "decimals": "0",
    "factor": "1.5",
}


def test_a_whole_number_that_ends_in_nought_is_entered_as_exact(world, producer):
    world.declare(source="dfe-apprenticeships", **STARTS)
    names = {"bradford": BRADFORD, "hull": HULL, "london": UK}
    world.connect(
        [
            {"figure": f"official.apprenticeship-starts.{name}", "rows": f"AREACD={area}", "period": "newest", "note": ""}
            for name, area in names.items()
        ]
    )
    producer.release("2026-11-20")
    producer.give("/pay.csv", table([line(BRADFORD, "2025-04", "1000"), line(HULL, "2025-04", "1093"), line(UK, "2025-04", "650")]))
    found = {one.figure.rpartition(".")[2]: one.row for one in world.refresh(now=NOW).drawn.candidates}
    assert [(row["stated"], row["value"], row["precision"], row["period"]) for row in found.values()] == [
        ("1,000 per 100,000 people", "1000", "exact", "2025/26"),
        ("1,093 per 100,000 people", "1093", "", "2025/26"),
        ("650 per 100,000 people", "650", "exact", "2025/26"),
    ]
    assert found["bradford"]["note"].endswith("printed to the unit, so the zero at the end is no rounding")
    assert "rounding" not in found["hull"]["note"]


def test_a_figure_that_stays_with_its_period_is_read_from_that_period(world, producer):
    world.connect(
        [
            {"figure": "official.pay.median.bradford", "rows": f"AREACD={BRADFORD}", "period": "April 2025", "note": "revised"},
            {"figure": "official.pay.median.hull", "rows": f"AREACD={HULL}", "period": "newest", "note": ""},
        ]
    )
    producer.give("/pay.csv", table([line(BRADFORD, "2025-04", "560.3"), *NEXT[1:]]))
    world.refresh()
    assert (records(world)["official.pay.median.bradford"]["period"], records(world)["official.pay.median.bradford"]["stated"]) == (
        "April 2025",
        "£560.3 per week",
    )
    assert records(world)["official.pay.median.bradford"]["note"].endswith("; revised")


def test_a_quarterly_count_in_thousands_is_read_from_sdmx_csv(world, producer):
    world.declare(
        source="ons-neet",
        kind="sdmx",
        columns="REF_AREA; TIME_PERIOD; OBS_VALUE; OBS_STATUS; UNIT_MEASURE",
        rows="REF_AREA=GBR",
        constant="UNIT_MEASURE=PS",
        status_column="OBS_STATUS",
        period_column="TIME_PERIOD",
        period_pattern=r"(\d{4})-Q(\d)",
        period="{quarter} {year}",
        value_column="OBS_VALUE",
        stated="{} thousand",
        decimals="0",
    )
    world.connect([{"figure": "official.neet.count", "rows": "REF_AREA=GBR", "period": "newest", "note": ""}])
    producer.release("2026-05-21")
    body = table(
        ["X,GBR,2025-Q4,957,A,PS", "X,GBR,2026-Q1,950,A,PS", "X,FRA,2026-Q2,1,A,PS"],
        "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE",
    )
    producer.give("/pay.csv", body, "application/vnd.sdmx.data+csv; version=1.0.0")
    (found,) = world.refresh().drawn.candidates
    assert (found.row["stated"], found.row["value"], found.row["period"], found.row["precision"]) == (
        "950 thousand",
        "950000",
        "Jan to Mar 2026",
        "",
    )


def test_a_column_for_each_period_is_read_like_a_row_for_each(world, producer):
    world.declare(
        columns="areacd; indicator",
        rows="indicator=Pay",
        constant="",
        status_column="",
        period_column="*",
        value_column="*",
        period_pattern=r"(\d{4})",
    )
    world.connect([{"figure": "official.pay.median.bradford", "rows": f"areacd={BRADFORD}", "period": "newest", "note": ""}])
    producer.give("/pay.csv", table([f"{BRADFORD},Pay,541.7,559.9,581.2", f"{HULL},Pay,1,2,3"], "areacd,indicator,2024,2025,2026"))
    (found,) = world.refresh().drawn.candidates
    assert (found.row["stated"], found.row["period"]) == ("£581.2 per week", "April 2026")


def test_nested_fields_lead_to_the_date_of_a_release(world):
    world.declare(release_field="latest/0/published")
    assert world.refresh().released == "2026-10-22"


def test_the_real_connectors_are_well_declared_and_ask_only_known_hosts():
    from evidence.refresh import connectors

    found = connectors(load())
    assert {source: len(one.wanted) for source, one in found.items()} == {
        "ons-ashe": 10,
        "ons-gdp": 6,
        "dfe-apprenticeships": 9,
        "ons-aps": 10,
    }
    assert {one.row["address"].split("/")[2] for one in found.values()} == {"raw.githubusercontent.com"}
