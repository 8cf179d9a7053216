"""Tables of documents as they are read: put a test here when a number of one is missed, or stands under a wrong head or unit."""

import pytest

from evidence.catalog.figures import double_entry
from evidence.catalog.rows import FILE, ROW
from evidence.catalog.schema import FIGURES
from evidence.catalog.verify import Text
from evidence.catalog.verify.formats import read_text
from evidence.catalog.verify.printed_tables import tabled
from evidence.reading import proposals
from evidence.reading.blocks import blocks
from evidence.reading.table_columns import TableCell, Tables


def kept(text):
    """Return the cells of what is proposed as evidence, each proved to be what a record of the library may say."""
    found = [one.cells for one in proposals(text) if not one.reason]
    for cells in found:
        double_entry({name: cells.get(name, "") for name in FIGURES.names} | {FILE: "figures/a.csv", ROW: 2})
    return found


def rows(*lines):
    return Text("# Bread\n\n" + "\n".join("\t".join(line) for line in lines))


@pytest.mark.parametrize(
    ("first", "second", "stated"),
    [
        (("Rent", "655", "742"), ("Heat", "101", "118"), "655 742 101 118"),
        (("Ovens", "£2,100", "41%"), ("Mills", "£3,000", "9%"), "£2,100 41% £3,000 9%"),
        (("Ovens", "12"), ("Mills", "9"), "12 9"),
        (("Ovens", "*", "31"), ("Mills", "4", "9"), "31 4 9"),
        (("Ovens", "2024", "2025"), ("Mills", "4", "9"), "4 9"),
        (("Ovens", "16-24", "25-34"), ("Mills", "4", "9"), "4 9"),
        (("Ovens", "16 and over", "65+"), ("Mills", "4", "9"), "4 9"),
        (("Children", "1", "2", "3"), ("Mills", "4", "9", "7"), "4 9 7"),
        (("Fifth", "1st", "2nd"), ("Mills", "4", "9"), "4 9"),
        (("", "655", "742"), ("Mills", "4", "9"), "4 9"),
        (("Ovens", "Loaves"), ("Mills", "4"), "4"),
    ],
)
def test_a_first_row_is_read_as_a_head_unless_it_holds_values(first, second, stated):
    assert [cells["stated"] for cells in kept(rows(first, second))] == stated.split()


def test_a_table_of_one_row_is_no_head():
    assert [cells["stated"] for cells in kept(rows(("Ovens", "655", "742")))] == ["655", "742"]


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        (
            [("", "Bakers", "", "Millers", ""), ("", "2022", "2025", "2022", "2025")],
            [("Bakers, 2022", "2022"), ("Bakers, 2025", "2025"), ("Millers, 2022", "2022"), ("Millers, 2025", "2025")],
        ),
        (
            [("", "Before", "", "During", ""), ("Town", "Trips", "Share (%)", "Trips", "Share (%)")],
            [("Before, Trips", ""), ("Before, Share (%)", ""), ("During, Trips", ""), ("During, Share (%)", "")],
        ),
        (
            [("Town", "2022", "", "2025", ""), ("", "£m", "%", "£m", "%")],
            [("2022, £m", "2022"), ("2022, %", "2022"), ("2025, £m", "2025"), ("2025, %", "2025")],
        ),
        (
            [("", "Spend, £m", "", "", ""), ("Town", "2022", "2023", "2024", "2025")],
            [(f"{year}, Spend, £m", year) for year in ("2022", "2023", "2024", "2025")],
        ),
    ],
)
def test_heads_in_two_rows_are_read_together_with_their_time_and_unit(heads, wanted):
    text = rows(*heads, ("Leeds", "4", "5", "6", "7"), ("York", "*", "*", "*", "8"))
    found = kept(text)
    assert [(cells["note"].removeprefix("Column: "), cells["period"]) for cells in found] == [*wanted, wanted[-1]]
    units = ["GBP" if "£" in head else "percent" if "%" in head else "count" for head, _ in [*wanted, wanted[-1]]]
    assert [cells["unit"] for cells in found] == units


def test_a_row_without_numbers_below_a_head_is_no_head():
    found = kept(rows(("Town", "State", "Ovens"), ("Leeds", "open", "none"), ("York", "open", "45")))
    assert [cells["note"] for cells in found if cells["stated"] == "45"] == ["Column: Ovens"]


@pytest.mark.parametrize(
    ("title", "head", "unit"),
    [
        ("Table 2: Spend of bakers, £m", "2024", "GBP"),
        ("Table 2. Why bakers left, % of bakers (n = 268)", "2024", "percent"),
        ("Table 2: What millers said (percent of 96 millers)", "Yes", "percent"),
        ("Table 2: Loaves of bakers (thousands)", "2024", "count"),
        ("Table 2: What millers said, %", "Base", "count"),
        ("Table 2: What millers said, %", "Spend, £", "GBP"),
        ("Table 2: Bakers", "2024", "count"),
    ],
)
def test_the_title_of_a_table_gives_the_unit_that_its_heads_do_not(title, head, unit):
    text = Text(f"# Bread\n\n{title}\n\n| Town | {head} |\n|---|---|\n| Leeds | 45 |")
    (cells,) = [cells for cells in kept(text) if cells["stated"] == "45"]
    assert cells["unit"] == unit


def test_the_head_of_a_column_tells_whom_its_numbers_are_about():
    first, second = kept(rows(("Trade", "Small firms", "Share"), ("Baking", "41%", "9%")))
    assert (first["population"], second["population"]) == ("Small firms", "")


def test_prose_in_columns_is_read_as_prose():
    text = rows(("Stagnation of pay", "Stagnation of towns"), ("Pay fell by 2%. The old lost 11% of theirs.", "One in four left."))
    found = kept(text)
    assert [cells["stated"] for cells in found] == ["2%", "11%", "One in four"]
    assert found[0]["quote"] == "Pay fell by 2%."


def test_cells_of_a_page_that_span_columns_and_rows_stand_where_they_are_seen(tmp_path):
    page = """<table><tr><th rowspan="2">Town</th><th colspan="2">Bakers</th><th colspan=2>Millers</th></tr>
        <tr><th>2022</th><th>2025</th><th>2022</th><th>2025</th></tr>
        <tr><td>Leeds</td><td>41</td><td>42</td><td rowspan="2">43</td><td>44</td></tr>
        <tr><td>York</td><td>51</td><td>52</td><td>54</td></tr></table><table><tr><td colspan="99999999999">Ovens</td><td>7 ovens</td></tr></table>"""
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    text = read_text(tmp_path / "a.html")
    tables = Tables(text, blocks(text))
    assert [tables.cell(text.plain.index(number)) for number in ("41", "44", "54")] == [
        TableCell("Leeds", "Bakers, 2022", "2022", "Bakers"),
        TableCell("Leeds", "Millers, 2025", "2025", "Millers"),
        TableCell("York", "Millers, 2025", "2025", "Millers"),
    ]


@pytest.mark.parametrize(
    ("above", "wanted"),
    [
        (["Town Trips In work"], ["Town\tTrips\tIn work"]),
        (["Trips In work"], ["\tTrips\tIn work"]),
        (["Rent (£) Share (%)"], ["\tRent (£)\tShare (%)"]),
        (["What they said of it"], ["\tWhat they said of it"]),
        (["Table 2. Bakers"], ["Table 2. Bakers"]),
        (["They fell."], ["They fell."]),
    ],
)
def test_the_heads_of_a_printed_table_are_parted_where_capitals_show_them(above, wanted):
    assert tabled([*above, "Leeds 41 61%", "York 51 63%"]) == [*wanted, "Leeds\t41\t61%", "York\t51\t63%"]


def test_heads_of_a_printed_table_that_come_again_stand_below_what_reaches_over_them():
    lines = ["Before During", "Town Trips In work Trips In work", "Leeds 41 61% 51 63%", "York 42 62% 52 64%"]
    assert tabled(lines)[:2] == ["\tBefore\t\tDuring\t", "Town\tTrips\tIn work\tTrips\tIn work"]
    years = ["Small bakers Large bakers", "Town 2022 2025 2022 2025", *lines[2:]]
    assert tabled(years)[:2] == [
        "Small bakers Large bakers".join(("\t", "")).replace(" Large", "\t\tLarge") + "\t",
        "Town\t2022\t2025\t2022\t2025",
    ]
    labelled = ["Age Most deprived Least deprived", "2023 2024 2023 2024", "0 to 4 41.2 43.8 12.0 11.4", "5 to 9 88.5 92.1 25.7 26.3"]
    assert tabled(labelled) == [
        "Age\tMost deprived\t\tLeast deprived\t",
        "\t2023\t2024\t2023\t2024",
        "0 to 4\t41.2\t43.8\t12.0\t11.4",
        "5 to 9\t88.5\t92.1\t25.7\t26.3",
    ]
    other = ["Bread Cakes", "Town Trips In work Spend Saved", *lines[2:]]
    assert tabled(other)[0] == "Bread Cakes"


def test_a_label_of_two_lines_is_whole_in_its_row_and_heads_that_come_again_are_parted_again():
    first = ["Trade Q2 2024 Q2 2025", "Bakers 41 42", "Millers and", "their sons 51 52"]
    further = ["Trade Q2 2024 Q2 2025", "Men aged 16 to 64 61 62", "All trades 153"]
    heads = "Trade\tQ2 2024\tQ2 2025"
    assert tabled([*first, *further]) == [
        *(heads, "Bakers\t41\t42", "", "Millers and their sons\t51\t52"),
        *(heads, "Men aged 16 to 64\t61\t62", "All trades 153"),
    ]


def test_a_row_that_lacks_a_cell_does_not_tell_which():
    lines = ["Town Trips Share Cost", "Leeds 41 61% 7", "York 51 63% 8", "All 92 15"]
    assert tabled(lines)[-1] == "\tAll 92 15"


def test_prose_that_ends_in_numbers_takes_no_line_before_it():
    lines = ["They baked more rye and", "of wheat they baked 12.", "The mill stands on the moor.", "Leeds 41 61%", "York 51 63%"]
    assert tabled(lines)[:3] == lines[:3]
