"""Put a test here when our own computations must follow new data, or when new rows are laid over the library."""

import pytest

from evidence.catalog import load
from evidence.editions.snapshot import make_snapshot, restate_computed
from evidence.errors import DataError
from evidence.paths import ROOT
from evidence.recompute import functions
from made_together import simulated

COMPUTED = "figures/computed.csv"
DEMOS, FIRMS, PAY, NEET = "figures/demos.csv", "figures/dbt-bpe.csv", "figures/ons-ashe.csv", "figures/ons-neet.csv"
SHARE = "official.neet.share"


DRAWN = {name for name, entry in functions().items() if entry.formula.__module__ == simulated.__name__}
"""Figures drawn from the impact model, which rests on many others; a change of it has its own test."""


def restated(folder):
    return restate_computed(load(folder.path), folder.path)


def change(folder, file, identifier, stated, value):
    """Change a figure as its source would print it: the number in its quote, the stated text and the value together."""
    record = folder.record(file, identifier)
    folder.set(file, identifier, stated=stated, value=value, quote=record["quote"].replace(record["stated"], stated))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # 100 - 30 / 49 = 38.8 percent
        ([(DEMOS, "support.seeking.after", "30%", "30")], {"computed.support.seeking.decline": ("39%", "39")}),
        # 25 - 7; 18 / 25 = 72 percent
        (
            [(DEMOS, "growth-hub.turnover", "25%", "25")],
            {"computed.growth-hub.turnover-gap": ("18 percentage points", "18"), "computed.growth-hub.additional-part": ("72%", "72")},
        ),
        # 866.85 / 577.90 = 1.5000; 5 / 1.5 = 3.33
        (
            [(PAY, "official.pay.median.london", "£866.85 per week", "866.85")],
            {"computed.pay.london-north-east": ("1.50 times", "1.5"), "computed.pay.london-north-east.overstatement": ("3.3 times", "3.3")},
        ),
        # 6,008,335 - 8,335 = 6,000,000 firms; 37 percent of them are 2,220,000; 208,000 / 2,220,000 = 9.37 and 78,000 / 840,000 = 9.29 percent;
        # (0.06 x 4,272,535 + 0.35 x 1,150,875 + 0.71 x 220,085 + 0.75 x 38,435) / 6,000,000 = 844,245 / 6,000,000 = 14.07 percent;
        # 4,900.05 x 6,000,000 = 29.40 billion and 1,955.1 x 6,000,000 = 11.73 billion
        # 4,272,535 / 6,000,000 = 71.21 and 1,409,395 / 6,000,000 = 23.49 percent; 773,000 x 500 / 6,000,000 = 64.42
        (
            [(FIRMS, "official.businesses.all", "6,008,335", "6008335")],
            {
                "computed.sme.count": ("6.00 million", "6000000"),
                "computed.university.firms": ("2.22 million", "2220000"),
                "computed.university.firms.printed-part": ("9.4%", "9.4"),
                "computed.university.firms-low.printed-part": ("9.3%", "9.3"),
                "computed.outreach.weighted": ("14%", "14"),
                "computed.sme.no-employees-share": ("71.2%", "71.2"),
                "computed.sme.employer-share": ("23.5%", "23.5"),
                "computed.apprentices.low.respondents": ("about 64", "64"),
                "computed.growth.report.high": ("£29.4 billion", "29400000000"),
                "computed.growth.report.low": ("£11.7 billion", "11700000000"),
            },
        ),
        # (75 + 80 + 40 + 5) / 4 = 50 percent; 80 / 40 = 2 still; weighted (0.05 x 4,272,535 + 0.4 x 1,150,875 + 0.8 x 220,085
        # + 0.75 x 38,435) / 5,681,930 = 878,871 / 5,681,930 = 15.47 percent, as before; of employers alone 665,244 / 1,409,395 = 47.20,
        # 47.20 / 50 = 0.944 and 5 / 50 = 0.10; Wilson's interval of each share p of 125 firms, z = 1.96:
        # (p + z²/250 ± z √(p (1 - p)/125 + z²/62,500)) / (1 + z²/125)
        (
            [
                (DEMOS, "sme.outreach.small", "80%", "80"),
                (DEMOS, "sme.outreach.micro", "40%", "40"),
                (DEMOS, "sme.outreach.sole-trader", "5%", "5"),
            ],
            {
                "computed.outreach.equal-quota": ("50%", "50"),
                "computed.outreach.employers": ("47%", "47"),
                "computed.outreach.employers-pattern": ("0.94 times", "0.94"),
                "computed.outreach.alone-pattern": ("0.10 times", "0.1"),
                "computed.sme.outreach.small.interval.low": ("72.1%", "72.1"),
                "computed.sme.outreach.small.interval.high": ("86.1%", "86.1"),
                "computed.sme.outreach.micro.interval.low": ("31.8%", "31.8"),
                "computed.sme.outreach.micro.interval.high": ("48.8%", "48.8"),
                "computed.sme.outreach.sole-trader.interval.low": ("2.3%", "2.3"),
                "computed.sme.outreach.sole-trader.interval.high": ("10.3%", "10.3"),
            },
        ),
    ],
    ids=["decline", "gap", "ratio keeps its decimals", "chain", "several inputs"],
)
def test_a_changed_input_restates_what_is_computed_from_it_and_nothing_else(changes, expected, folder):
    before = load(folder.path).figures
    for file, identifier, stated, value in changes:
        change(folder, file, identifier, stated, value)
    after = restated(folder)
    moved = [key for key, figure in after.figures.items() if figure.computed and figure.stated != before[key].stated and key not in DRAWN]
    assert sorted(moved) == sorted(expected)
    for identifier, (stated, value) in expected.items():
        assert after.figure(identifier).stated == stated
        assert folder.record(COMPUTED, identifier)["value"] == value


def test_other_cells_and_the_order_of_the_rows_stay(folder):
    before = folder.read(COMPUTED)
    change(folder, DEMOS, "support.seeking.after", "30%", "30")
    restated(folder)
    rows = folder.read(COMPUTED)
    differing = [
        (old[0], column) for old, new in zip(before, rows, strict=True) for column, a, b in zip(before[0], old, new, strict=True) if a != b
    ]
    assert differing == [("computed.support.seeking.decline", "stated"), ("computed.support.seeking.decline", "value")]


def test_a_changed_assumption_restates_what_is_drawn_from_the_model(folder):
    """Were each gain worth half of what is assumed, 25 to 75 percent, growth and revenue would halve: 1.477 to 0.74, 2.606 to 1.30 billion pounds.

    How many apprentices there are does not hang on what they bring.
    """
    for channel in ("university", "apprentice"):
        change(folder, "figures/assumptions.csv", f"assumption.value-{channel}.low", "25%", "25")
        change(folder, "figures/assumptions.csv", f"assumption.value-{channel}.high", "75%", "75")
    after = restated(folder)
    assert after.figure("computed.growth.simulated.median").stated == "£0.7 billion"
    assert after.figure("computed.revenue.simulated.median").stated == "£1.3 billion"
    assert after.figure("computed.apprentices.simulated.median").stated == "about 130,000"


def test_data_that_changed_nothing_leave_the_file_as_it_is(folder):
    raw = (folder.path / COMPUTED).read_bytes()
    library = load(folder.path)
    assert restate_computed(library, folder.path) is library
    assert (folder.path / COMPUTED).read_bytes() == raw


def test_a_change_within_the_rounding_restates_nothing(folder):
    raw = (folder.path / COMPUTED).read_bytes()
    change(folder, DEMOS, "support.seeking.after", "25.8%", "25.8")  # 100 - 25.8 / 49 = 47.3 percent, printed as 47
    assert restated(folder).figure("computed.support.seeking.decline").stated == "47%"
    assert (folder.path / COMPUTED).read_bytes() == raw


def test_a_result_that_its_style_cannot_say_is_one_clear_error(folder):
    change(folder, DEMOS, "growth-hub.turnover", "5%", "5")  # 5 - 7: below nothing
    with pytest.raises(DataError, match=r"computed\.growth-hub\.turnover-gap") as caught:
        restated(folder)
    assert len(caught.value.problems) == 1
    assert "figures/computed.csv" in str(caught.value)


@pytest.fixture
def overlay(folder, tmp_path):
    """A folder that a test fills with new rows; `folder` is the library it is laid over."""
    new = type(folder)(tmp_path / "overlay")
    new.path.mkdir()
    return new


def lay(overlay, folder):
    return make_snapshot(overlay.path, overlay.path.parent / "snapshot", folder.path)


def vintage(folder, file, identifier, **cells):
    """Return the file's header and one new row."""
    record = {**folder.record(file, identifier), **cells}
    return [list(record), list(record.values())]


def spring(folder):
    return vintage(
        folder, NEET, SHARE, stated="13.1%", value="13.1", as_of="2026-05-21", period="Jan to Mar 2026", locator="Jan to Mar 2026"
    )


def test_an_overlay_with_a_new_vintage_supersedes(overlay, folder):
    overlay.write(NEET, spring(folder))
    library = lay(overlay, folder)
    assert (library.figure(SHARE).stated, library.figure(SHARE).period) == ("13.1%", "Jan to Mar 2026")
    assert library.figure("official.neet.count").stated == load(folder.path).figure("official.neet.count").stated


def test_the_day_before_a_new_vintage_the_old_one_still_stands(overlay, folder):
    overlay.write(NEET, spring(folder))
    assert load(lay(overlay, folder).directory, "2026-05-20").figure(SHARE).stated == "12.8%"


def test_an_overlay_leaves_the_library_below_it_and_itself_as_they_were(overlay, folder, listing):
    overlay.write(NEET, spring(folder))
    below, above = listing(folder.path), listing(overlay.path)
    lay(overlay, folder)
    assert (listing(folder.path), listing(overlay.path)) == (below, above)


def test_an_overlay_is_laid_over_the_repository_when_no_other_library_is_named(overlay, folder, tmp_path):
    overlay.write(NEET, spring(folder))
    library = make_snapshot(overlay.path, tmp_path / "snapshot")
    assert library.figure(SHARE).stated == "13.1%"
    assert set(load(ROOT / "data").figures) == set(library.figures)


def test_an_overlay_restates_what_is_computed_from_its_rows(overlay, folder):
    overlay.write(FIRMS, vintage(folder, FIRMS, "official.businesses.all", stated="6,008,335", value="6008335", as_of="2026-10-02"))
    assert lay(overlay, folder).figure("computed.sme.count").stated == "6.00 million"


def test_the_day_before_a_new_input_the_old_computation_still_stands(overlay, folder):
    overlay.write(FIRMS, vintage(folder, FIRMS, "official.businesses.all", stated="6,008,335", value="6008335", as_of="2026-10-02"))
    assert load(lay(overlay, folder).directory, "2026-10-01").figure("computed.sme.count").stated == "5.68 million"


def test_an_overlay_may_bring_a_new_source_with_a_file_of_its_own(overlay, folder):
    record = {**folder.record("sources.csv", "ons-neet"), "id": "ons-new"}
    overlay.write("sources-of-ons.txt", [["not a table"]])
    overlay.write("figures/ons-new.csv", vintage(folder, NEET, SHARE, id="official.new.share", source="ons-new"))
    folder.add("sources.csv", record)
    assert lay(overlay, folder).figure("official.new.share").source == "ons-new"


def refusal(overlay, folder):
    with pytest.raises(DataError) as caught:
        lay(overlay, folder)
    assert len(caught.value.problems) == 1, str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "spoil",
    [lambda header: header[:-1], lambda header: [*header, "colour"], lambda header: header[::-1], lambda header: ["figure", *header[1:]]],
    ids=["missing column", "unknown column", "another order", "misspelt column"],
)
def test_an_overlay_with_a_wrong_header_is_one_clear_error(spoil, overlay, folder):
    rows = spring(folder)
    overlay.write(NEET, [spoil(rows[0]), spoil(rows[1])])
    message = refusal(overlay, folder)
    assert "ons-neet.csv, row 1" in message
    assert "id,source,locator" in message


@pytest.mark.parametrize("name", ["neet.csv", "figure/ons-neet.csv", "ons-neet.csv", "figures/old/ons-neet.csv"])
def test_an_overlay_file_that_no_table_reads_is_one_clear_error(name, overlay, folder):
    overlay.write(name, spring(folder))
    assert name.rpartition("/")[2] in refusal(overlay, folder)


def test_an_overlay_without_any_table_is_one_clear_error(overlay, folder):
    overlay.write("notes.txt", [["nothing"]])
    assert "overlay: no CSV file" in refusal(overlay, folder)


def test_an_empty_file_in_an_overlay_is_one_clear_error(overlay, folder):
    overlay.write(NEET, [])
    assert "ons-neet.csv: the file is empty" in refusal(overlay, folder)


def test_an_overlay_that_is_not_utf_8_is_one_clear_error(overlay, folder):
    overlay.write(NEET, spring(folder))
    overlay.replace(NEET, b"Jan to Mar 2026,2026-05-21", b"Jan \x96 Mar 2026,2026-05-21")
    message = refusal(overlay, folder)
    assert "ons-neet.csv" in message
    assert "UTF-8" in message


def test_a_row_that_is_there_already_is_one_clear_error(overlay, folder):
    overlay.write(NEET, vintage(folder, NEET, SHARE, stated="13.1%", value="13.1"))
    message = refusal(overlay, folder)
    assert "ons-neet.csv" in message
    assert "columns id, as_of, locator" in message


def test_a_fault_in_an_overlay_is_named_by_the_row_of_the_overlay(overlay, folder):
    overlay.write(NEET, vintage(folder, NEET, SHARE, as_of="2026-05-21", unit="furlongs"))
    message = refusal(overlay, folder)
    assert "ons-neet.csv, row 2 " in message
    assert "column unit" in message


def test_an_unbalanced_quotation_mark_in_an_overlay_is_one_clear_error(overlay, folder):
    overlay.write(NEET, spring(folder))
    overlay.replace(NEET, b"\nofficial.neet.share,", b'\n"official.neet.share,')
    assert "ons-neet.csv" in refusal(overlay, folder)


def test_a_folder_that_is_not_there_is_one_clear_error(folder, tmp_path):
    with pytest.raises(DataError, match="nowhere: no such folder"):
        make_snapshot(tmp_path / "nowhere", tmp_path / "snapshot", folder.path)
