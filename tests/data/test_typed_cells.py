"""Put a row here when a cell, or a line of a chapter, must be refused for what it says, or be read as a period or place: each with its remedy."""

import csv
import re

import pytest
from every import every

from evidence.catalog import Library, load, schema
from evidence.catalog.periods import read_period
from evidence.catalog.place_names import nearest_places, register, unknown_part
from evidence.catalog.rows import FILE, ROW
from evidence.catalog.validation import validate
from evidence.errors import DataError
from evidence.gates import run_gates
from evidence.gates.form import unseen
from evidence.paths import ROOT
from evidence.problems import Place

SOUND = {
    "id": "bread.bought",
    "source": "demos",
    "locator": "page 1",
    "quote": "Of all who were asked, 1,240 people said that they buy bread from a baker.",
    "stated": "1,240",
    "value": "1240",
    "unit": "count",
    "population": "people who were asked",
    "place": "United Kingdom",
    "period": "March 2026",
    "as_of": "2026-04-30",
}
"""A figure in order, invented, of a report that was published in April 2026."""

REAL = load(ROOT / "data")


def library(*changes, **tables):
    """Return a library of the true sources, periods and sets of places, whose figures are SOUND, each with some cells changed."""
    rows = {table.name: [] for table in schema.tables()}
    rows |= {name: REAL.all_rows(name) for name in ("sources", "periods", "place-sets")}
    for number, cells in enumerate(changes, start=2):
        row = dict.fromkeys(schema.FIGURES.names, "") | SOUND | cells
        rows["figures"].append({FILE: f"figures/{row['source']}.csv", ROW: number} | row)
    return Library(rows | tables)


def told(*changes, **tables):
    """Return what is told of such a library."""
    with pytest.raises(DataError) as caught:
        validate(library(*changes, **tables))
    return [str(problem) for problem in caught.value.problems]


AT = "data/figures/demos.csv, row 2 (bread.bought), column"


def test_the_sound_figure_is_sound():
    validate(library({}))


@every(
    "column,cell,tells",
    [
        ("period", "Mar-26", ["does not read as a period", "Nearest: March 2026."]),
        ("period", "Marhc 2026", ["Nearest: March 2026."]),
        ("period", "sinc 2008", ["Nearest: since 2008."]),
        ("period", "26-Mar", ["data/periods.csv"]),
        ("period", "30 February 2026", ["does not read"]),
        ("period", "2016/18", ["does not read"]),
        ("period", "2024 to 2022", ["does not read"]),
        ("period", "a while ago", ["data/periods.csv"]),
        ("period", "2102", ["lies after 2026-04-30"]),
        ("period", "May 2026", ["lies after 2026-04-30"]),
        ("period", "2010 to 2102", ["lies after 2026-04-30"]),
        ("period", "since 2030", ["lies after 2026-04-30"]),
        ("period", "first year", ["data/periods.csv"]),  # another source's words
        ("place", "Untied Kingdom", ['unknown place "Untied Kingdom"', "Nearest: United Kingdom", "data/place-sets.csv"]),
        ("place", "Manchestr", ["Nearest: Manchester"]),
        ("place", "united kingdom", ["Nearest: United Kingdom"]),
        ("place", "France and Spian", ['unknown place "Spian"', "Nearest: Spain"]),
        ("place", "Kirkleees", ["Nearest: Kirklees"]),
        ("as_of", "2031-01-01", ["more than two years ahead"]),
        ("as_of", "9999-12-31", ["more than two years ahead"]),
        ("as_of", "1913-04-30", ["demos was not there before 2026-04-01"]),
        ("as_of", "2025-04-30", ["demos was not there before 2026-04-01"]),
        ("as_of", "30/04/2026", ["a spreadsheet has rewritten it", "2026-04-30"]),
        ("population", "people \u202ewho\u202c were asked", ["right-to-left override (U+202E)", "<U+202E>"]),
        ("population", "peo\u200bple", ["zero width space (U+200B)"]),
        ("population", "people\ufeff who", ["zero width no-break space (U+FEFF)"]),
        ("place", "United\u00a0Kingdom", ['found "United<U+00A0>Kingdom"', "no-break space (U+00A0)", "type a new one"]),
        ("period", "March\u20092026", ["thin space (U+2009)"]),
        ("value", "1240,5", ["a point, and no comma"]),
        ("value", "1,240", ["without a thousands separator"]),
        ("population", "people\u0085who", ["a line break (U+0085)"]),
        ("population", "people\u2028who", ["line separator (U+2028)"]),
        ("population", "people\u3164who", ["hangul filler (U+3164)"]),
        ("population", "people \u05d0", ["hebrew letter alef (U+05D0)"]),
        ("population", "\u0668 people", ["arabic-indic digit eight (U+0668)"]),
        ("note", "\uff18 people", ["fullwidth digit eight (U+FF18)"]),
        ("value", "\u0661\u0662\u0664\u0660", ["arabic-indic digit one (U+0661)"]),
        ("note", "\uff1d1+1", ["a spreadsheet would run"]),
        ("note", "x" * 2001, ["at most 2,000 characters, and has 2,001"]),
        ("id", "con.bread", ['must not begin with "con": Windows']),
        ("id", "lpt.bread.aux", None),
        ("id", "nul.bread", ["Windows"]),
        ("id", "bread." + "x" * 254, ["at most 80 characters, and has 260"]),
        ("id", "Bread.bought", ["must look like bread.price.average"]),
        ("value", "4.92E+11", ["must look like 17.5, -1.7 or 200/3"]),
        ("unit", "percnet", ["Nearest: percent"]),
        ("precision", "exakt", ["Nearest: exact"]),
        ("series", "Bread ", ["begin or end with a blank"]),
    ],
    ids=lambda row: f"{row[0]} {row[1][:30]!a}",
)
def test_a_cell_that_cannot_be_is_told_with_its_place_and_remedy(column, cell, tells):
    if tells is None:
        validate(library({column: cell}))
        return
    (message,) = told({column: cell, **({"category": "Bread"} if column == "series" else {})})
    named = message.replace(f"({cell})", "(bread.bought)").replace("(con.bread)", "(bread.bought)")
    assert named.startswith((f"{AT} {column}:", f"{AT}s {column}, as_of:")), message
    assert [tell for tell in tells if tell.lower() not in message.lower()] == [], message


@every(
    "why,figures,tells",
    [
        (
            "of one passage",
            [{}, {"id": "bread.eaten"}],
            ["columns id, quote", "bread.eaten names the number that bread.bought names", "row 2."],
        ),
        (
            "of one passage, quoted from elsewhere on",
            [{}, {"id": "bread.eaten", "quote": "who were asked, 1,240 people said that they buy bread"}],
            ["columns id, quote", "bread.bought"],
        ),
        (
            "of one label in a series",
            [
                {"series": "bread", "category": "A baker"},
                {"id": "bread.eaten", "period": "2025", "series": "bread", "category": "a  baker"},
            ],
            ["column category", '"a  baker" is the label of bread.bought', "row 2."],
        ),
        ("of another source's file", [{FILE: "figures/interact.csv"}], ["column source", "demos, in the file of interact"]),
        ("exact, about", [{"stated": "about 1,240", "precision": "exact"}], ["column precision", "about 1,240"]),
        (
            "exact, approximately before",
            [{"precision": "exact", "quote": "Approximately 1,240 people bake."}],
            ["Approximately 1,240"],
        ),
        ("exact, estimated", [{"precision": "exact", "quote": "An estimated 1,240 people bake."}], ["estimated 1,240"]),
        ("exact, or so", [{"precision": "exact", "quote": "Some say 1,240 or so."}], ["1,240 or so"]),
        ("exact, nearly", [{"precision": "exact", "stated": "nearly 1,240"}], ["nearly 1,240"]),
        ("exact, more than", [{"precision": "exact", "quote": "More than 1,240 people bake."}], ["More than 1,240"]),
    ],
    ids=lambda row: row[0],
)
def test_figures_that_clash_are_told(why, figures, tells):
    figures = [cells | ({"quote": SOUND["quote"].replace("1,240", cells["stated"])} if "stated" in cells else {}) for cells in figures]
    (message,) = told(*figures)
    assert [tell for tell in tells if tell not in message] == [], message


@every(
    "why,figures",
    [
        ("one number of two places", [{}, {"id": "bread.eaten", "place": "England"}]),
        ("one number at two passages", [{}, {"id": "bread.eaten", "quote": "In the other towns 1,240 people bake."}]),
        ("one number of two places of a source", [{}, {"locator": "page 9"}]),
        (
            "the two ends of a range",
            [
                {"id": f"bread.bought.{end}", "stated": "1,240 to 1,300", "value": value, "quote": "So 1,240 to 1,300 people bake."}
                for end, value in (("low", "1240"), ("high", "1300"))
            ],
        ),
        ("an exact threshold", [{"precision": "exact", "stated": "over 1,240", "quote": "It is for over 1,240 people."}]),
        ("a number for a time to come", [{"period": "2030, projected"}]),
        ("a period that only this source means", [{"period": "last year"}]),
        ("several places", [{"place": "London and North East"}]),
        ("a place inside another", [{"place": "Worksop, Bassetlaw"}]),
        ("no period and no place", [{"place": "", "period": ""}]),
        (
            "the label of an earlier vintage of another figure",
            [
                {"series": "bread", "category": "2025", "as_of": "2026-04-29"},
                {"series": "bread", "category": "2026"},
                {"id": "bread.before", "period": "2025", "series": "bread", "category": "2025"},
            ],
        ),
        ("an accent", [{"population": "people of S\u00e8vres, \u00a32 and 5 km\u00b2"}]),
    ],
    ids=lambda row: row[0],
)
def test_what_may_be_is_not_refused(why, figures):
    validate(library(*figures))


def test_a_source_is_dated_within_its_printed_date():
    def dated(as_of):
        return [row | ({"as_of": as_of} if row["id"] == "demos" else {}) for row in REAL.all_rows("sources")]

    (message,) = told({}, sources=dated("2026-05-01"))
    assert re.match(r"data/sources\.csv, row \d+ \(demos\), column as_of: found", message)
    assert "published 2026-04: from 2026-04-01 to 2026-04-30" in message
    validate(library({}, sources=dated("2026-04-02")))


def test_a_book_without_sets_of_places_names_its_places_as_it_likes():
    validate(library({"place": "Hillford"}, **{"place-sets": []}))


def test_a_declared_period_runs_forward():
    row = dict(zip(schema.PERIODS.names, ("of old", "", "2026-02-01", "2026-01-01", "", "Made up"), strict=True))
    (message,) = told({}, periods=[row | {FILE: "periods.csv", ROW: 2}])
    assert message.startswith("data/periods.csv, row 2, columns from, to: 2026-02-01 is later than 2026-01-01.")


@every(
    "text,start,end,basis",
    [
        ("31 March 2026", "2026-03-31", "2026-03-31", ""),
        ("2026-03-31", "2026-03-31", "2026-03-31", ""),
        ("March 2026", "2026-03-01", "2026-03-31", ""),
        ("Feb 2024", "2024-02-01", "2024-02-29", ""),
        ("Sept 2025", "2025-09-01", "2025-09-30", ""),
        ("2025", "2025-01-01", "2025-12-31", ""),
        ("2016/17", "2016-01-01", "2017-12-31", ""),
        ("2024-25", "2024-01-01", "2025-12-31", ""),
        ("1999/2000", "1999-01-01", "2000-12-31", ""),
        ("2016/17 to 2022/23", "2016-01-01", "2023-12-31", ""),
        ("Jan to Mar 2025", "2025-01-01", "2025-03-31", ""),
        ("Jan-Mar 2025", "2025-01-01", "2025-03-31", ""),
        ("Nov 2024 to Jan 2025", "2024-11-01", "2025-01-31", ""),
        ("3 to 9 May 2026", "2026-05-03", "2026-05-09", ""),
        ("9 May to 3 June 2026", "2026-05-09", "2026-06-03", ""),
        ("Q4 2025", "2025-10-01", "2025-12-31", ""),
        ("last quarter of 2025", "2025-10-01", "2025-12-31", ""),
        ("first half of 2024", "2024-01-01", "2024-06-30", ""),
        ("spring 2027", "2027-03-01", "2027-05-31", ""),
        ("autumn 2024", "2024-09-01", "2024-11-30", ""),
        ("year to March 2026", "2025-04-01", "2026-03-31", ""),
        ("2010 to 2022", "2010-01-01", "2022-12-31", ""),
        ("2010\u20132022", "2010-01-01", "2022-12-31", ""),
        ("between 2010 and 2022", "2010-01-01", "2022-12-31", ""),
        ("early 1960s", "1960-01-01", "1963-12-31", ""),
        ("mid-1990s", "1994-01-01", "1996-12-31", ""),
        ("late 2010s", "2017-01-01", "2019-12-31", ""),
        ("1960s", "1960-01-01", "1969-12-31", ""),
        ("start of 2025", "2025-01-01", "2025-01-01", ""),
        ("end of 2025", "2025-12-31", "2025-12-31", ""),
        ("since 2008", "2008-01-01", "2026-04-30", ""),
        ("before March 2020", "", "2020-02-29", ""),
        ("until 2020", "", "2020-12-31", ""),
        ("2010 to 2022, annualised", "2010-01-01", "2022-12-31", "annualised"),
        ("2024, relative to 2021", "2024-01-01", "2024-12-31", "relative to 2021"),
        ("March 2027 (fictional)", "2027-03-01", "2027-03-31", "fictional"),
    ],
    ids=lambda row: row[0],
)
def test_a_period_reaches_from_its_first_day_to_its_last(text, start, end, basis):
    period = read_period(text, "2026-04-30")
    assert (period.start, period.end, period.basis) == (start, end, basis)


def test_every_period_and_place_of_the_book_is_known_by_rule_or_with_a_reason():
    """Counted from the files, so that a row that is read by nothing cannot hide."""
    with (ROOT / "data" / "place-sets.csv").open(encoding="utf-8", newline="") as file:
        sets = {row["place"] for row in csv.DictReader(file)}
    rows = REAL.all_rows("figures")
    assert len(rows) > 500
    assert [row["id"] for row in rows if REAL.period(row["period"], row["source"], row["as_of"]) is None] == []
    assert [row["id"] for row in rows if unknown_part(row["place"], sets)] == []
    assert sets == {row["place"] for row in rows} & sets, "a set of places that no figure is about"
    assert not sets & register(), "a set of places that the register knows"


def test_the_register_knows_countries_areas_and_settlements():
    assert {"Norway", "Scotland", "Yorkshire and the Humber", "Lancashire", "Bassetlaw", "Worksop", "Bosnia and Herzegovina"} <= register()
    assert nearest_places("Birmingam", set())[0] == "Birmingham"


def test_every_pattern_of_a_cell_has_words_whose_example_fits_it():
    patterned = [(table.name, column) for table in schema.tables() for column in table.columns if column.pattern]
    assert len(patterned) > 100
    without = [f"{table}.{column.name}" for table, column in patterned if column.about in column.looks]
    heads = {f"{table}.{column.name}": (column, column.looks.partition(": ")[0]) for table, column in patterned}
    unlike = [
        name
        for name, (column, head) in heads.items()
        if not re.fullmatch(column.pattern, head) and not all(re.fullmatch(column.pattern, one) for one in re.split(", | or ", head))
    ]
    assert (without, unlike) == ([], [])


@every(
    "source,told",
    [
        ("So it is.\n9\u200b4% of firms.", "chapters/bread.md, line 2: zero width space (U+200B) in the text"),
        ("\u202eSo it is.", "chapters/bread.md, line 1: right-to-left override (U+202E) in the text"),
        ("\uff19 firms.", "chapters/bread.md, line 1: fullwidth digit nine (U+FF19) in the text"),
        ("S\u00e8vres \u2013 \u201cso\u201d\t5 km\u00b2\r\n\u2192 \u00a32", ""),
    ],
    ids=lambda row: ascii(row[0]),
)
def test_what_readers_of_a_chapter_cannot_see_is_told_with_its_line(source, told):
    found = [str(problem) for problem in unseen(Place("chapters/bread.md"), source)]
    assert [one.startswith(told) for one in found] == ([True] if told else []), found


def test_a_chapter_with_the_name_of_a_device_is_told(tmp_path):
    (tmp_path / "nul.md").write_text("# Nothing\n\nSo it is.\n", encoding="utf-8")
    (gate,) = [gate for gate in run_gates(ROOT / "data", tmp_path) if gate.name == "form of the chapters"]
    assert [str(problem) for problem in gate.problems if "Windows" in problem.message] == [
        "chapters/nul.md: Windows keeps no file of this name. Give the chapter another name."
    ]
