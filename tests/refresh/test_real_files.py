"""The declared connectors on files in the producers' form, and kills at many moments: put a test here when it needs such files or much time.

An extract of the files is part of this repository. The same is tried on the whole files where they are at hand.
"""

import json
from dataclasses import replace

import pytest
from command import evidence
from faults import killed_at
from stage import QUICK, Producer, World, contents, rows_of, table, write_rows

from evidence.catalog import load
from evidence.editions import make_snapshot
from evidence.paths import ROOT
from evidence.refresh import refresh

pytestmark = pytest.mark.slow

ROOMY = replace(QUICK, size=8 * 2**20)
FILES = {
    # source: file, name of a period's column there -> how the producer writes that period, indicator there -> as the producer names it
    "ons-ashe": ("ashe_gross_median_weekly_pay_2008_2025.csv", "{}-04", {}),
    "ons-gdp": ("itl_gdp_per_head_1998_2023.csv", "{}", {"current": "Gross domestic product per head at current market price"}),
    "dfe-apprenticeships": ("apprenticeship_rates_england_2019_2024.csv", "{}-08-01/P1Y", {}),
    "ons-aps": ("employment_rate_2004_2023.csv", "{}", {}),
}
FIGURES = {"ons-ashe": 10, "ons-gdp": 6, "dfe-apprenticeships": 9, "ons-aps": 10}


@pytest.fixture(params=["extract", pytest.param("whole", marks=pytest.mark.needs("producers"))])
def files(request, open_data):
    """The folder of the extract, and that of the whole files."""
    return open_data if request.param == "whole" else ROOT / "tests" / "fixtures" / "open-data"


def as_the_producer_writes(source, connector, files):
    """Return the real values of a file, a row for each period, in the columns and with the units that the connector declares."""
    name, period, names = FILES[source]
    lines = []
    for row in rows_of(files / name):
        cells = {key.lower(): text for key, text in row.items()}
        for year, value in row.items():
            if year.isdigit():
                indicator = cells.get("indicator") or cells["measure"]
                fixed = dict(part.split("=", 1) for part in connector["constant"].split("; "))
                written = {"period": period.format(year), "observation": value, "indicator": names.get(indicator, indicator)}
                known = {**cells, **{key.lower(): text for key, text in fixed.items()}, **written}
                lines.append([known.get(column.lower(), "") for column in connector["columns"].split("; ")])
    return connector["columns"].split("; "), lines


def serve(producer, path, header, lines):
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in [header, *lines])
    producer.give(path, text.encode())


def rewind(data, source):
    """Take the records of a source back to before its release, each period to an earlier year of its own."""
    rows = rows_of(data / "figures" / f"{source}.csv")
    year = {period: str(1980 + number) for number, period in enumerate(sorted({row["period"] for row in rows}))}
    before = [
        row
        | {"as_of": "2001-01-01", "period": year[row["period"]], "locator": row["locator"].replace(row["period"], year[row["period"]])}
        | ({"category": year[row["period"]]} if row["category"] == row["period"] else {})
        for row in rows
    ]
    write_rows(data / "figures" / f"{source}.csv", before)
    sources = [
        row | ({"as_of": "2001-01-01", "published": "2001-01-01"} if row["id"] == source else {}) for row in rows_of(data / "sources.csv")
    ]
    write_rows(data / "sources.csv", sources)


@pytest.mark.parametrize("source", FILES)
def test_the_declared_connector_draws_the_committed_records_from_the_producers_file(source, files, world, producer):
    committed = {row["id"]: row for row in rows_of(ROOT / "data" / "figures" / f"{source}.csv")}
    connector = next(row for row in rows_of(ROOT / "data" / "connectors.csv") if row["source"] == source)
    day = next(iter(committed.values()))["as_of"]
    serve(producer, "/pay.csv", *as_the_producer_writes(source, connector, files))
    producer.give("/pay.json", json.dumps({"dc:issued": day}).encode(), "application/json")
    rewind(world.data, source)
    world.declare(**connector | {"address": f"{producer.base}/pay.csv", "release_address": f"{producer.base}/pay.json"})
    world.connect([row for row in rows_of(ROOT / "data" / "connected.csv") if row["figure"] in committed])
    found = world.refresh(limits=ROOMY)
    assert (found.problem, found.drawn.withheld) == ("", [])
    assert len(found.drawn.candidates) == FIGURES[source]
    for row in rows_of(world.into / "figures" / f"{source}.csv"):
        assert comparable(row) == comparable(committed[row["id"]])


def comparable(row):
    """Return a record without its note, its value as a number: 76.0 and 76 are the same."""
    return {name: text for name, text in row.items() if name != "note"} | {"value": float(row["value"])}


def test_a_file_with_a_column_for_each_year_is_read_as_it_is(files, world, producer):
    producer.give("/pay.csv", (files / "ashe_gross_median_weekly_pay_2008_2025.csv").read_bytes())
    producer.release("2026-01-15")
    world.declare(
        columns="areacd; areanm; geography; indicator", rows="indicator=Gross median weekly pay", constant="", status_column="",
        period_column="*", period_pattern=r"(\d{4})", value_column="*",
    )  # fmt: skip
    world.connect(
        [row | {"rows": row["rows"].lower().replace("e0", "E0").replace("k0", "K0")} for row in rows_of(world.data / "connected.csv")]
    )
    assert world.refresh(limits=ROOMY).drawn.unchanged == [f"official.pay.median.{name}" for name in ("bradford", "hull", "uk")]


@pytest.mark.needs("producers")
def test_the_oecds_real_series_is_read_in_its_own_layout(open_data, world, producer):
    file = open_data / "oecd_neet_15_29_1997_2022.csv"
    producer.give("/pay.csv", file.read_bytes())
    world.declare(
        source="ons-neet", kind="sdmx", columns="LOCATION", rows="LOCATION=GBR", constant="", status_column="", period_column="*",
        period_pattern=r"(\d{4})", period="{year}", value_column="*", stated="{}%", decimals="2",
    )  # fmt: skip
    world.connect([{"figure": "official.neet.share", "rows": "LOCATION=GBR", "period": "2019", "note": ""}])
    (found,) = world.refresh(limits=ROOMY).drawn.candidates
    assert (found.row["stated"], found.row["value"], found.row["period"]) == ("12.28%", "12.28", "2019")


def test_the_overlay_of_all_sources_lies_over_the_library(files, tmp_path):
    producer = Producer()
    try:
        world = World(tmp_path, producer)
        rows = rows_of(ROOT / "data" / "connectors.csv")
        declared = []
        for row in rows:
            serve(producer, f"/{row['source']}.csv", *as_the_producer_writes(row["source"], row, files))
            producer.give(f"/{row['source']}.json", b'{"dc:issued": "2026-11-20"}', "application/json")
            addresses = {"address": f"{producer.base}/{row['source']}.csv", "release_address": f"{producer.base}/{row['source']}.json"}
            declared.append(row | addresses)
            rewind(world.data, row["source"])
        write_rows(world.data / "connectors.csv", declared)
        world.connect(rows_of(ROOT / "data" / "connected.csv"))
        before = contents(world.data)
        outcomes = refresh(load(world.data), world.request(limits=ROOMY))
        assert [outcome.problem for outcome in outcomes] == [""] * 4
        library = make_snapshot(world.into, tmp_path / "snapshot", world.data)
        assert (library.figure("official.gdp-per-head.uk.latest").stated, library.figure("official.gdp-per-head.uk.latest").as_of) == (
            "£39,845",
            "2026-11-20",
        )
        assert contents(world.data) == before
    finally:
        producer.close()


def test_kills_at_every_moment_leave_store_overlay_and_library_whole(world, producer, record_property):
    """Each kill finds what the ones before it have left, and the command a newer file."""
    command = ["refresh", "--data", world.data, "--store", world.store, "--into", world.into]
    library, number, killed = contents(world.data), 0, True
    while killed:
        number += 1
        producer.give("/pay.csv", producer_file(number))
        killed = killed_at(number, lambda: evidence(*command), world.into.parent)
        for file in world.store.rglob("manifest.json"):
            for entry in json.loads(file.read_text(encoding="utf-8"))["files"]:
                assert contents(file.parent)[entry["file"]] == entry["sha256"], number
        assert not world.into.exists() or {".evidence-output", "candidates.json", "figures/ons-ashe.csv", "receipts.csv"} == set(
            contents(world.into)
        ), number
        assert contents(world.data) == library, number
    record_property("told", f"{number - 1} kills of a refresh")
    assert number > 10
    assert evidence(*command).code == 1
    assert [path.name for path in (world.store / "ons-ashe").iterdir() if path.name.startswith(".")] == []


def producer_file(count):
    return table().replace(b"581.2", f"581.{count:03}".encode())
