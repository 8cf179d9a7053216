"""Put a test here when a malformed cell or file must give one clear error; a new fault goes into data_faults.py."""

import re

import pytest
from command import evidence
from data_faults import DEMOS, FIRMS, KINDS, PAIR, VARIANTS
from every import every

from evidence.catalog import load
from evidence.catalog.rows import read_rows
from evidence.catalog.validation import validate
from evidence.errors import DataError

MESSAGE = re.compile(r"^(?:data/)?[a-z/-]+\.csv[:,] ", re.MULTILINE)
"""How a message about the library begins."""


def place(fault, row):
    return re.escape(fault.file) + (rf", row {row}\b" if row else r"\b")


@pytest.mark.parametrize("name", VARIANTS)
def test_a_malformed_place_gives_one_message_that_names_it(name, folder):
    fault = VARIANTS[name]
    row = fault.spoil(folder)
    with pytest.raises(DataError) as caught:
        validate(load(folder.path))
    assert len(caught.value.problems) == 1, str(caught.value)
    message = str(caught.value)
    assert re.search(place(fault, row), message), message
    assert [tell for tell in fault.tells if tell not in message] == [], message


@pytest.mark.parametrize("name", KINDS)
def test_rerun_refuses_malformed_data_in_one_message_and_leaves_earlier_editions_alone(name, folder, tmp_path, listing):
    fault, out = KINDS[name], tmp_path / "editions"
    row = fault.spoil(folder)
    (out / "all-earlier").mkdir(parents=True)
    (out / "all-earlier" / "changes.md").write_text("An edition of last month.\n", encoding="utf-8")
    editions, given = listing(out), listing(folder.path)
    run = evidence("rerun", "--data", folder.path, "--out", out, "--only", "index", "--jobs", "1")
    said = run.printed + run.complained
    assert run.code == 1, said
    assert len(MESSAGE.findall(said)) == len(re.findall(place(fault, row), said)) == 1, said
    assert [tell for tell in fault.tells if tell not in said] == [], said
    assert "Traceback" not in said
    assert listing(out) == editions
    assert listing(folder.path) == given


def test_rerun_refuses_a_folder_that_is_not_there(tmp_path):
    run = evidence("rerun", "--data", tmp_path / "nowhere", "--out", tmp_path / "editions")
    assert run.code == 1
    assert "nowhere" in run.complained
    assert "Traceback" not in run.printed + run.complained


def test_every_malformed_place_has_its_own_message_in_file_order(folder):
    first = folder.set(DEMOS, FIRMS, unit="furlongs")
    second = folder.set(DEMOS, "careers.school-links.small", value="NaN")
    with pytest.raises(DataError) as caught:
        validate(load(folder.path))
    assert [f"row {row}" in str(problem) for row, problem in zip((first, second), caught.value.problems, strict=True)] == [True, True]


def test_message_gives_what_was_found_and_what_the_text_says(folder):
    folder.set(DEMOS, FIRMS, value="92")
    with pytest.raises(DataError, match='92 percent is not what "91%" says, which is 91'):
        validate(load(folder.path))


def test_message_on_a_thousands_separator_asks_for_digits_alone(folder):
    folder.set(DEMOS, FIRMS, value="91,000")
    with pytest.raises(DataError, match="without a thousands separator"):
        validate(load(folder.path))


def test_message_on_an_unknown_id_offers_the_nearest(folder):
    folder.set("pairs.csv", PAIR, figure="neighbourhoods.deprived.hul")
    with pytest.raises(DataError, match=r"Nearest: neighbourhoods\.deprived\.hull"):
        validate(load(folder.path))


@pytest.mark.parametrize(
    "quote",
    [
        "<em>91%</em> of firms said <sup>so</sup>",
        "Of firms, **91%** have `links` with [schools](https://example.org/a)",
        "91% of " + "x" * 293,
        "Of firms 91% said so, 9% did not; 1.91% or 191% is another number",
        "As the “survey” says: 91%.",
    ],
    ids=["tags", "emphasis and links", "of 300 characters", "other numbers", "number before a full stop"],
)
def test_a_quote_may_hold_the_marks_and_numbers_of_its_source(quote, folder):
    folder.set(DEMOS, FIRMS, quote=quote)
    assert validate(load(folder.path)).figure(FIRMS).quote == quote


@pytest.mark.parametrize(
    ("stated", "value"), [("-1.7%", "-1.7"), ("-0.03%", "-0.03"), ("almost 92%", "92"), ("two thirds", "200/3"), ("one in eight", "12.5")]
)
def test_a_true_pair_of_text_and_value_passes(stated, value, folder):
    folder.set(DEMOS, FIRMS, stated=stated, value=value, quote=f"Growth was {stated} at firms.")
    assert validate(load(folder.path)).figure(FIRMS).stated == stated


def test_a_negative_rate_is_evidence_and_no_formula(folder):
    alone = "employers.view.graduates-unready"  # no claim compares it with percent
    folder.set(DEMOS, alone, stated="-1.7% per year", value="-1.7", unit="percent per year", quote="It fell by -1.7% per year.")
    assert validate(load(folder.path)).figure(alone).stated == "-1.7% per year"


def test_our_prose_may_link_to_a_figure(folder):
    why = f"The report says [91%](figure:{FIRMS})"
    folder.set("pairs.csv", PAIR, why=why)
    assert why in [row["why"] for row in validate(load(folder.path)).rows("pairs")]


def test_a_file_saved_by_a_spreadsheet_with_its_mark_and_line_ends_reads_the_same(folder):
    before = load(folder.path).figure(FIRMS)
    raw = (folder.path / DEMOS).read_bytes()
    (folder.path / DEMOS).write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert validate(load(folder.path)).figure(FIRMS) == before


HEADER, ROW_OF_PAIRS = b"figure,against,why\n", b"a.b,c.d,Caf\xc3\xa9s say so\n"
SAVED = {
    "semicolons": (b'figure;against;why\na.b;c.d;say "so"\n', "pairs.csv, row 1: semicolons separate the cells"),
    "semicolons with commas in the text": (
        b'figure;against;why\na.b;c.d;"so, and so"\n',
        "pairs.csv, row 1: semicolons separate the cells",
    ),
    "tabs": (b"figure\tagainst\twhy\na.b\tc.d\tso\n", "pairs.csv, row 1: tabs separate the cells"),
    "a line for Excel": (b"sep=;\nfigure;against;why\na.b;c.d;so\n", 'pairs.csv, row 1: "sep=;" tells a spreadsheet'),
    "an older character set": (
        HEADER + b"a.b,c.d,Caf\xe9s say so\n",
        'pairs.csv, row 2, column 3: byte 30 is not UTF-8; in the older character set of Windows (cp1252) it is "\u00e9"',
    ),
    "a pound of an older character set": (HEADER + b"a.b,c.d,\xa35\n", 'it is "\u00a3"'),
    "Unicode text": ("figure\tagainst\twhy\n".encode("utf-16"), 'pairs.csv: it is the "Unicode Text" of a spreadsheet'),
    "a workbook": (b"PK\x03\x04\x14\x00", "pairs.csv: it is a workbook under the name of a table"),
    "an empty row": (HEADER + ROW_OF_PAIRS + b",,\n" + ROW_OF_PAIRS, "pairs.csv, row 3: the row is empty."),
    "a row of blanks at the end": (HEADER + ROW_OF_PAIRS + b' ,"",\n', "pairs.csv, row 3: the row is empty."),
    "a blank line": (HEADER + b"\n" + ROW_OF_PAIRS, "pairs.csv, row 2: the row is empty."),
    "a blank line before the header": (b"\n" + HEADER + ROW_OF_PAIRS, "pairs.csv, row 1: the row is empty."),
    "columns left over": (b"figure,against,why,,\na.b,c.d,so,,\n", "pairs.csv, row 1: column 4 has no name."),
}
"""What spreadsheets save, and how the message about it begins or what it holds."""


@every("name", SAVED)
def test_a_table_that_a_spreadsheet_has_saved_otherwise_is_told_with_how_to_save_it(name, tmp_path):
    content, told = SAVED[name]
    (tmp_path / "pairs.csv").write_bytes(content)
    with pytest.raises(DataError) as caught:
        read_rows(tmp_path / "pairs.csv", "data/pairs.csv", ("figure", "against", "why"))
    (problem,) = caught.value.problems
    assert told in str(problem), str(problem)
    assert re.search(
        r"Save it as CSV in UTF-8 with commas: in Excel|in the spreadsheet and save it again|the whole row in the spreadsheet",
        problem.remedy,
    )


def test_an_alias_to_a_known_figure_passes(folder):
    folder.write(
        "aliases.csv",
        [
            ["old", "new", "date", "reason", "kind"],
            ["sme.old-name", FIRMS, "2026-05-01", "Renamed", ""],
            ["sme.gone", "", "2026-05-01", "Retired", "figure"],
        ],
    )
    assert [row["old"] for row in validate(load(folder.path)).rows("aliases")] == ["sme.old-name", "sme.gone"]


def test_a_missing_library_is_named(tmp_path):
    with pytest.raises(DataError, match="no-library: no such data library"):
        load(tmp_path / "no-library")


@every(
    "file,key,column,found,told",
    [
        (
            "formulas.csv",
            "computed.sme.count",
            "formula",
            "{official.businesses.al} - {official.businesses.large}",
            'unknown id "official.bus',
        ),
        ("formulas.csv", "computed.sme.count", "formula", "{official.businesses.all} -", 'cannot be read at "'),
        (
            "formulas.csv",
            "computed.sme.count",
            "formula",
            "median({official.businesses.all}, 2)",
            "is an unknown function; there are sum(...)",
        ),
        ("formulas.csv", "computed.sme.count", "formula", "{official.businesses.all} / 0", "divides by what may be zero"),
        ("formulas.csv", "computed.sme.count", "formula", "{official.businesses.all} + {sme.barriers.any}", "cannot add count and percent"),
        ("formulas.csv", "computed.sme.count", "formula", "2 * {sme.barriers.any}", "gives percent, but computed.sme.count is in count"),
        ("formulas.csv", "computed.sme.count", "formula", "", "must not be empty"),
        (
            "claims.csv",
            "hubs-turnover",
            "condition",
            "{growth-hub.turnover} > {growth-hub.stakeholders}",
            "cannot compare percent with count",
        ),
        ("claims.csv", "hubs-turnover", "condition", "{growth-hub.turnover}", "compares nothing"),
        (
            "claims.csv",
            "hubs-turnover",
            "condition",
            "{growth-hub.turnove} > 1",
            'unknown id "growth-hub.turnove". Nearest: growth-hub.turnover',
        ),
        ("checks.csv", "long-tail", "condition", '"a" in {productivity.long-tail.lo}', 'unknown id "productivity.long-tail.lo"'),
        ("checks.csv", "long-tail", "says", "{productivity.long-tail.lo:locator} says so.", 'unknown id "productivity.long-tail.lo"'),
        ("checks.csv", "long-tail", "says", "{productivity.long-tail.low} says so.", "after the colon may stand locator, quote, statement"),
        (
            "checks.csv",
            "hiring-expected",
            "says",
            "{policy.effect.headcount.high:colour} hire.",
            "after the colon may stand stated, shown, ",
        ),
        ("checks.csv", "apprentices-employers", "says", "At most {right:middle}.", "after the colon may stand low, high."),
    ],
)
def test_a_mistake_in_a_line_is_named_by_its_row_and_column(file, key, column, found, told, folder):
    rows = folder.read(file)
    number = next(number for number, row in enumerate(rows) if row[0] == key)
    changed = [cell if name != column else found for name, cell in zip(rows[0], rows[number], strict=True)]
    folder.write(file, [*rows[:number], changed, *rows[number + 1 :]])
    with pytest.raises(DataError) as caught:
        validate(load(folder.path))
    folder.write(file, rows)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"data/{file}, row {number + 1} ({key}), column {column}: ")
    assert told in str(problem)
