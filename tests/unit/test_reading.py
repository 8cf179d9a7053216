"""What a document proposes, worked out by hand: put a row here when `evidence read` takes a sentence another way than its reader would."""

import pytest

from evidence.catalog.figures import double_entry
from evidence.catalog.rows import FILE, ROW
from evidence.catalog.schema import FIGURES
from evidence.catalog.verify import Text
from evidence.catalog.verify.formats import read_text
from evidence.reading import Given, proposals
from evidence.reading.blocks import blocks, sentences

SENTENCES = [
    # sentence, stated, population, place, period
    ("In 2025, 60% of small firms in Leeds raised pay.", "60%", "small firms", "Leeds", "2025"),
    ("We asked 500 employers in March 2026.", "500", "employers", "", "March 2026"),
    ("The gap is 5 times in France and Spain, and 7 times in Canada.", "5 times", "", "France and Spain", ""),
    ("The gap is 5 times in France and Spain, and 7 times in Canada.", "7 times", "", "Canada", ""),
    ("It is higher in Norway (6.2%) and the Netherlands (5.8%).", "6.2%", "", "Norway", ""),
    ("It was 50% higher in London than the North East.", "50%", "", "", ""),
    ("Spending in Preston and Lancashire rose from 5% and 39% respectively.", "39%", "", "", ""),
    ("Just 13% of UK firms grew, while elsewhere about half did.", "half", "", "", ""),
    ("Just 13% of UK firms grew, while elsewhere about half did.", "13%", "UK firms", "United Kingdom", ""),
    ("It rose from 47% in 2014/15 to 62% in 2017/18.", "47%", "", "", "2014/15"),
    ("It rose from 47% in 2014/15 to 62% in 2017/18.", "62%", "", "", "2017/18"),
    ("Between 2010 and 2022, output grew by 3%.", "3%", "", "", "2010 to 2022"),
    ("Output was 2% lower than in 2008.", "2%", "", "", ""),
    ("In January 2026, it announced a £30 million fund.", "£30 million", "", "", ""),
    ("The rate decreased to 10.8, down from 13.4 in 2002.", "10.8", "", "", ""),
    ("The rate decreased to 10.8, down from 13.4 in 2002.", "13.4", "", "", "2002"),
    ("It is a decrease of 33% from 2002.", "33%", "", "", ""),
    ("In 2012, 10.8 people divorced, compared with 13.3 in 2002.", "10.8", "people", "", "2012"),
    ("Starts have fallen 40% since 2015.", "40%", "", "", "since 2015"),
    ("By the early 1960s, over 50 associations were there.", "over 50", "", "", "early 1960s"),
    ("There are 5,000 of them in Nowhereshire.", "5,000", "", "", ""),
    ("In England, 12 areas (of 40 in Wales) took part.", "12", "", "England", ""),
    ("Two thirds (67%) of bakers want ovens.", "Two thirds", "bakers", "", ""),
    ("There were 282 in 2023, more than in 2022 (266).", "266", "", "", "2022"),
    ("It holds 14 million loaves, and a survey in 2022 asked 187 bakers.", "14 million", "", "", ""),
    ("It took 26 minutes, compared with 27 minutes a year earlier and 28 minutes in 2019.", "27 minutes", "", "", ""),
    ("Their average age stood at 41, unchanged since 2020.", "41", "", "", ""),
    ("The number has dropped from 42,132 in 2013, i.e. by 16%.", "16%", "", "", ""),
]
"""Whom, where and when a number is about, as its sentence says; nothing where it does not."""


def test_whom_where_and_when_are_told_by_the_words_of_the_sentence_or_left_blank():
    wrong = []
    for sentence, stated, *wanted in SENTENCES:
        found = [one for one in proposals(Text(sentence)) if one.cells["stated"].endswith(stated)]
        got = [found[0].cells[name] for name in ("population", "place", "period")] if found else None
        if got != wanted:
            wrong.append((sentence, stated, got, wanted))
    assert wrong == []


def test_each_cell_that_is_told_has_the_words_it_is_from():
    for sentence, *_ in SENTENCES:
        for one in proposals(Text(sentence)):
            assert {name for name in ("population", "place", "period") if one.cells[name]} == set(one.words)
            assert all(words in sentence for words in one.words.values())


CHANGES = [
    ("Sales fell by 9%.", "fall"),
    ("Sales have fallen 9% since.", "fall"),
    ("There was a 9% increase in sales.", "rise"),
    ("There was a 9% annual wage increase.", "rise"),
    ("Pay is down 9%.", "fall"),
    ("Of all, 9% bake.", ""),
    ("It fell from 30% to 9%.", ""),
    ("More than 9% bake.", ""),
    ("Growth was -9%.", ""),
    ("Bakers make up 9% of them.", ""),
    ("It is made up of 9% water.", ""),
]


def test_a_direction_is_proposed_for_the_size_of_a_change_only():
    wrong = [
        (said, one.cells["direction"]) for said, wanted in CHANGES for one in proposals(Text(said))[-1:] if one.cells["direction"] != wanted
    ]
    assert wrong == []


def test_all_places_of_one_figure_have_one_direction():
    text = Text("Sales of rye bread in all towns fell by a quarter (25%).\n\nOf the sales of rye bread in all towns, 25% are wholemeal.")
    first, again, other = proposals(text)
    assert first.cells["id"] == again.cells["id"] != other.cells["id"]
    assert [one.cells["direction"] for one in (first, again, other)] == ["fall", "fall", ""]


YEARS = {
    "The oven was built by the town in 1962.": ["1962"],
    "In May 2009, the guild was founded with the help of a grant.": ["2009"],
    "The oven, which opened in 1962 and closed in 1970, was large.": ["1962", "1970"],
    "In 2012, bakers sold 40 loaves.": ["40"],
    "It was built between 1962 and 1970.": [],
    "Bread was cheap in 1962.": [],
    "The Bread Act 1962 was passed.": [],
    "The oven was built (Mill, 1962).": [],
    "Bread was sold by bakers in 1962.": [],
}
"""The numbers that are proposed of sentences that name years: those of what happened, and no others."""


def test_a_year_is_evidence_where_it_says_when_something_happened():
    assert {said: [one.cells["stated"] for one in proposals(Text(said))] for said in YEARS} == YEARS
    (one,) = proposals(Text(next(iter(YEARS))))
    assert [one.cells[name] for name in ("value", "unit", "precision", "period")] == ["1962", "calendar year", "exact", "1962"]
    assert one.reason == ""


RESULTS = {
    "Advice from neighbours has improved the bread of many.": "positive",
    "The price of rye leads to a shortage of bread.": "negative",
    "Younger bakers struggle to find an oven of their own.": "negative",
    "We recommend that ovens improve in all of the towns.": None,
    "Does advice lead to better bread in small towns?": None,
    "There are bakers in each of the many towns here.": None,
    "Bread improved.": None,
    "The table on the next page tells all of them more.": None,
}
"""Which way a sentence points that states a result in words; None where it states none."""


def test_results_in_words_are_proposed_when_asked_for_with_the_direction_of_their_words():
    found = {said: proposals(Text(said), Given(findings=True)) for said in RESULTS}
    assert {said: made[0].cells["direction"] if made else None for said, made in found.items()} == RESULTS
    assert {one.kind for made in found.values() for one in made} == {"findings"}
    assert not any("statement" in one.cells for made in found.values() for one in made)
    assert proposals(Text(next(iter(RESULTS)))) == []


NO_EVIDENCE = {
    "Download the table (30 Kb Excel sheet).": "size of a file",
    "Firms with 10 or more employees took part.": "band of sizes",
    "Firms in Divisions 45 and 47 took part.": "code",
    "The 95% confidence interval is wide.": "method",
    "All are rounded to the nearest 100.": "method",
    "See Table 3 below for the rest.": "number of a table",
    "It has (1) lacked trust, and (2) failed them.": "list within a sentence",
    "They keep two-way relations.": "manner of speaking",
    "Bakers of minority ethnic groups took part.": "manner of speaking",
    "It is a third option for bakers.": "manner of speaking",
    "Bread is dearer than ten years ago.": "How long ago",
    "It is in Bread Studies, Volume 28:4.": "volume",
    "Paid by the grant ES/W007231/1 alone.": "grant",
    "The decrease in marriages to 2009 may end.": "year",
    "Rates differ (see background note 4).": "note",
    "Headline 1: Bread is up.": "label",
    "Call telephone 44 1633 455 000 for help.": "telephone",
    "This is Statistical Bulletin 11/24.": "number of a table",
    "It is done under Regulation (EU) 2016/679 alone.": "code",
    "Write to 2 Marsham Street in person.": "address",
    "Write to London SW1P 4DF in person.": "address",
    "It fell for a third year running.": "manner of speaking",
    "They differ at the 90-percent level.": "method",
    "It leaves out Interstate 5 alone.": "label",
    "It is dearer than ten years before.": "How long ago",
    "The counts are in table RM137 and table BUS01.": "number of a table",
    "It ends on Page 3 of 12.": "number of a table",
    "Estimates based on fewer than 30 bakers are not shown.": "method",
    "It is suppressed because fewer than ten bakers answered.": "method",
    "Bakers in towns, thousands": "unit of the numbers",
    "It is Working Paper 14 of the institute.": "number of a table",
    "The 9.15 to Leeds has gone.": "time of the day",
}


def test_what_is_no_evidence_is_proposed_as_an_excuse_of_its_class():
    for said, wanted in NO_EVIDENCE.items():
        for one in proposals(Text(said)):
            assert wanted in one.reason, (said, one.cells["stated"])
            assert one.passage in said


@pytest.mark.parametrize(
    "said",
    [
        "Call 01234 567890 or write.",
        "All of it © 2026 Tapwise.",
        "Reg. charity 1099887 in Wales.",
        "Registered in England company 1234567.",
    ],
)
def test_apparatus_is_no_number_at_all(said):
    assert proposals(Text(said)) == []


def test_evidence_beside_what_is_none_stays_evidence():
    (share,) = [one for one in proposals(Text("Of firms with 10 or more employees, 82% had a site.")) if not one.reason]
    assert share.cells["stated"] == "82%"
    assert [one.reason for one in proposals(Text("They employed 44,057 staff (full-time), of whom 9,120 were bakers."))] == ["", ""]


def test_both_ends_of_a_range_are_proposed_and_a_change_is_two_numbers():
    assert [(one.cells["id"].rpartition(".")[2], one.cells["value"]) for one in proposals(Text("It grew, ranging from 1-4% a year."))] == [
        ("low", "1"),
        ("high", "4"),
    ]
    assert [one.cells["value"] for one in proposals(Text("We saw the weight increase in all tenders from 10% to 20%."))] == ["10", "20"]


def test_repeats_share_an_id_and_anything_else_has_its_own():
    text = Text(
        "# Pay\n\nTwo thirds (68%) of small bakers in Leeds raised pay.\n\n# Again\n\nAs said, 68% of small bakers raised pay. Only 12% of them cut pay."
    )
    ids = [one.cells["id"] for one in proposals(text)]
    assert ids[0] == ids[1] == ids[2] != ids[3]
    assert len({(one.cells["id"], one.cells["locator"]) for one in proposals(text)}) == 4
    assert not any(character.isdigit() for character in "".join(ids))
    assert proposals(text, Given(ids=frozenset(ids)))[0].cells["id"] not in ids


def test_two_equal_numbers_of_one_sentence_are_two_figures_and_stay_these_two_when_it_comes_again():
    said = "Rents rose by 3 points in Wales and by 3 points in Kent, and between 10 and 20 firms or between 10 and 20 banks closed."
    ids = [one.cells["id"] for one in proposals(Text(f"# Rents\n\n{said}\n\n# In short\n\n{said}"))]
    assert len(set(ids[:6])) == 6
    assert ids[6:] == ids[:6]


def test_a_quote_is_the_sentence_whole_words_at_most_and_holds_its_number_once():
    long = (
        "We found that "
        + ", ".join(f"the bakers of town {chr(65 + n)} said that they bake rye bread and {n + 30}% more of it" for n in range(12))
        + "."
    )
    for said in (long, "Of men 50% and of women 50% agreed.", "x" * 400 + " 61% " + "y" * 400):
        text = Text(said)
        for one in proposals(text):
            quote = one.cells["quote"]
            assert len(quote) <= 300
            assert quote.count(one.cells["stated"]) == 1
            assert quote in text.plain


def test_a_footnote_is_resolved_to_the_work_it_cites_and_one_that_only_tells_is_not():
    text = Text(
        "Pay rose by 5%.<sup>1</sup> It fell by 3% later.<sup>2</sup> Then 7% stayed.\n\n1 Mill. On Pay. 2024. https://example.org\n\n2 We thank all bakers."
    )
    assert [one.cells["origin"] for one in proposals(text)] == ["Mill. On Pay. 2024", "", ""]


def test_tables_become_series_with_a_category_for_each_row():
    text = Text("# Ovens\n\n| Town | Share | 2025 |\n|---|---|---|\n| Leeds | 45% | 1,200 |\n| York | 12% | 300 |")
    found = [one for one in proposals(text) if not one.reason]
    assert [tuple(one.cells.get(name, "") for name in ("series", "category", "place", "period")) for one in found] == [
        ("ovens.share", "Leeds", "Leeds", ""),
        ("ovens.by-time", "Leeds, 2025", "Leeds", "2025"),
        ("ovens.share", "York", "York", ""),
        ("ovens.by-time", "York, 2025", "York", "2025"),
    ]


def test_the_head_of_a_column_gives_the_unit_that_its_numbers_have_not():
    heads = [
        "%",
        "£m",
        "000s",
        "Number",
        "Share (%)",
        "£ million",
        "Per cent",
        "£",
        "Cost, £bn",
        "Jobs (thousands)",
        "% change",
        "Rise, pp",
        "Score",
        "Men",
    ]
    text = Text(
        f"# Ovens\n\n| Town | {' | '.join(heads)} |\n|{'---|' * (len(heads) + 1)}\n| Leeds | {' | '.join(['-3.1', *['2.5'] * 12, '9%'])} |"
    )
    found = [one.cells for one in proposals(text) if not one.reason]
    assert [f"{cells['value']} {cells['unit']}" for cells in found] == [
        "-3.1 percent",
        "2500000 GBP",
        "2500 count",
        "2.5 count",
        "2.5 percent",
        "2500000 GBP",
        "2.5 percent",
        "2.5 GBP",
        "2500000000 GBP",
        "2500 count",
        "2.5 percent",
        "2.5 percentage points",
        "2.5 count",
        "9 percent",
    ]
    for cells in found:
        double_entry({name: cells.get(name, "") for name in FIGURES.names} | {FILE: "figures/a.csv", ROW: 2})


def test_the_cells_of_a_table_on_a_page_keep_their_row(tmp_path):
    page = "<h1>Ovens</h1><table><tr><th>Town</th><th>Share</th></tr><tr><td>Leeds</td><td>45%</td></tr></table>"
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (one,) = proposals(read_text(tmp_path / "a.html"))
    assert (one.cells["series"], one.cells["category"], one.cells["quote"]) == ("ovens.share", "Leeds", "Leeds 45%")


def test_a_page_of_a_printed_report_gives_the_cells_of_its_table_and_nothing_of_what_surrounds_the_text(tmp_path):
    table = ["Age of baker Shops Ovens", "Under 17 14 31 318", "17 to 24 11 38 240", "80 and over 62 43 129", "All 87 112 687"]
    foot = ["3/4/26, 3:52 AM Bread report", "file:///bread.html {}/4"]
    pages = [
        ["Contents", "1 Bakers 2", "2 Ovens and loaves 3"],
        [*table],
        ["1 Bakers", "We asked 500 bakers."],
        ["2 Ovens", "They have 7 ovens."],
    ]
    (tmp_path / "bread.pdf").write_bytes(_pdf([[*lines, foot[0], foot[1].format(number)] for number, lines in enumerate(pages, start=1)]))
    found = [one.cells for one in proposals(read_text(tmp_path / "bread.pdf")) if not one.reason]
    assert [one["stated"] for one in found] == [*["14", "31", "318", "11", "38", "240", "62", "43", "129", "87", "112", "687"], "500", "7"]
    assert [one["quote"] for one in found][:2] == ["Under 17 14 31 318"] * 2
    assert found[-1]["locator"] == "2 Ovens, page 4"


def _pdf(pages):
    """Return a PDF of pages of lines of text."""
    parts, kids = [], []
    for lines in pages:
        shown = " ".join(f"1 0 0 1 50 {780 - 20 * number} Tm ({line}) Tj" for number, line in enumerate(lines))
        stream = f"BT /F1 11 Tf {shown} ET"
        kids.append(f"{len(parts) + 4} 0 R")
        parts += [
            f"<< /Type /Page /Parent 2 0 R /Contents {len(parts) + 5} 0 R /Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 600 800] >>"
        ]
        parts += [f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream"]
    head = ["<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"]
    body = [*head, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", *parts]
    objects = "\n".join(f"{number} 0 obj\n{part}\nendobj" for number, part in enumerate(body, start=1))
    return f"%PDF-1.4\n{objects}\ntrailer << /Root 1 0 R /Size {len(body) + 1} >>\nstartxref\n0\n%%EOF".encode()


def test_a_word_or_range_that_a_line_of_a_page_ends_within_is_whole(tmp_path):
    lines = ["Of all bak-", "ers who bake, and of other self-", "employed bakers, from 1970-", "1993 some 5% fell - 12 of them."]
    (tmp_path / "bread.pdf").write_bytes(_pdf([lines]))
    whole = "Of all bakers who bake, and of other self-employed bakers, from 1970-1993 some 5% fell - 12 of them."
    assert read_text(tmp_path / "bread.pdf").plain == whole


def test_the_title_of_a_part_stands_alone_on_a_printed_page_whatever_is_above_it(tmp_path):
    (tmp_path / "bread.pdf").write_bytes(
        _pdf([["Ann Mill and Bo Oven, Bread House", "Working paper 14, February 2026", "Summary", "In Leeds 60% bake rye."]])
    )
    (one,) = (one.cells for one in proposals(read_text(tmp_path / "bread.pdf")) if not one.reason)
    assert (one["quote"], one["locator"]) == ("In Leeds 60% bake rye.", "Summary, page 1")


def test_contents_end_at_the_next_heading_though_that_is_numbered():
    text = Text("## Contents\n\n1 Bakers 4\n\n## 1 Bakers\n\nWe asked 500 bakers.\n\n## References\n\n## 2 Bread, 1999")
    assert [one.cells["stated"] for one in proposals(text) if not one.reason] == ["500"]


def test_each_note_of_one_line_gives_its_mark_as_nothing():
    text = Text("We asked 500 bakers.<sup>1</sup> They said no.<sup>2</sup>\n\n1 It was 45 before. 2 Bread: 46 of them.")
    assert [one.cells["stated"] for one in proposals(text) if not one.reason] == ["500", "45", "46"]


def test_lines_are_joined_to_paragraphs_and_items_stand_alone():
    text = Text(
        "# Pay\n\nPay rose\nby 5% here. It fell\nlater.\n\n- first of 7\n- second of 8\n\n**Costs**\n\nThey fell. • By 3% here • By 4% there"
    )
    found = [[text.plain[low:high] for low, high in sentences(text, block)] for block in blocks(text)]
    assert found == [
        ["Pay"],
        ["Pay rose by 5% here.", "It fell later."],
        ["first of 7"],
        ["second of 8"],
        ["Costs"],
        ["They fell.", "By 3% here", "By 4% there"],
    ]
    assert [block.heading for block in blocks(text)] == ["Pay"] * 4 + ["Costs"] * 2


def test_a_number_ends_with_its_paragraph():
    assert [one.cells["stated"] for one in proposals(Text("We asked 8\n\n143 bakers said no."))] == ["8", "143"]


def test_what_runs_along_the_edges_of_pages_is_no_part_of_a_sentence():
    lines = [
        "Bread report",
        "Of all the many bakers that we asked in this long survey, 60% do",
        "not bake",
        "Bread report",
        "rye at all.",
        "Bread report",
        "End of it.",
    ]
    text = Text("\n".join(lines), [1, 1, 1, 2, 2, 3, 3], "page")
    assert next(text.plain[slice(*block.span)] for block in blocks(text)).startswith("Of all the many bakers")
    (one,) = proposals(text)
    assert one.at == "page 1"


@pytest.mark.parametrize("said", ["", "Nothing here.", "5", "| |", "\t5%\t", "# 2024\n\n# 7"])
def test_scraps_of_text_are_read_without_a_fault(said):
    assert all(one.cells["quote"] for one in proposals(Text(said)))
