"""A report as a word processor keeps it, with boxes, notes, tracked changes and tables: put a test here when `evidence read` misses what stands in one.

The report is invented, and its numbers were written down by hand beside it, before it was read.
"""

import zipfile

import pytest
from test_documents import W, paragraph, run

from evidence.catalog.verify.formats import read_text
from evidence.reading import proposals

MORE = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'


def words(*parts, style=""):
    return paragraph(*(part if part.startswith("<") else run(part) for part in parts), style=style)


def gone(text):
    return f'<w:del w:id="9"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def new(text):
    return f'<w:ins w:id="8">{run(text)}</w:ins>'


def note(kind, number):
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def box(*lines):
    """A text box, which a word processor keeps twice."""
    text = f"<w:txbxContent>{''.join(map(words, lines))}</w:txbxContent>"
    drawn = f'<mc:Choice Requires="wps"><w:drawing>{text}</w:drawing></mc:Choice>'
    return f"<w:r><mc:AlternateContent>{drawn}<mc:Fallback><w:pict><v:textbox>{text}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"


def cell(*parts, span=1):
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{words(*parts)}</w:tc>'


def row(*cells, removed=False):
    told = '<w:trPr><w:del w:id="3"/></w:trPr>' if removed else ""
    return f"<w:tr>{told}{''.join(one if one.startswith('<w:tc') else cell(one) for one in cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


BODY = [
    words("Ferries and landing stages, 2023/24", style="Title"),
    words("1. Summary", style="Heading1"),
    words(
        "Passenger ferries carried 412,000 people in 2023/24, 6% more than a year before.",
        note("footnote", 1),
        " Of the 38 landing stages, 27 were open all winter.",
    ),
    words(gone("Nearly half"), new("Two fifths"), " of passengers travelled to work, and 18% to school or college."),
    words(
        "Fares brought in £1.9 million, against running costs of £2.45m.",
        box("One in seven households near the water has no car.", "Boats were called out 1,284 times for repairs."),
    ),
    words("The average fare rose from £3.20 to £3.60, or by 12.5%."),
    words("2. Who travels", style="Heading1"),
    words("We interviewed 1,046 passengers between April and June 2024; the response rate was 61%."),
    words("Some 340 of them were students, and women made up 53% of the sample."),
    words("People over 65 were 3 times as likely as those under 30 to travel before noon."),
    words("Almost a quarter of passengers in Great Yarmouth came from abroad, compared with 4% in Beccles.", note("endnote", 1)),
    words("Shopping was named by 33% of passengers."),
    words("Another 21% named visits to family or friends."),
    words("Only 7% gave the cost of parking as their reason."),
    words("3. Landing stages", style="Heading1"),
    table(
        row("Town", "Passengers (000s)", "%", "Spend, £m"),
        row("Beccles", "58", "14.1", "0.31"),
        row("Lowestoft", "121", "29.4", "0.84"),
        row(cell(gone("Oulton"), new("Oulton Broad")), "77", "18.7", "0.42"),
        row("Ranworth", "12", "2.9", "0.05", removed=True),
        row(cell("Others", span=2), "37.8", "1.10"),
    ),
    words("The stage at Lowestoft was used 96,400 times by season-ticket holders, who pay £410 a year."),
    words("Repairs of a stage take 11 weeks on average and cost between £18,000 and £26,000."),
    words("Since the storm of 2021, nine stages have been rebuilt at a cost of £780,000."),
    words("4. Outlook", style="Heading1"),
    words("If fares were frozen, we expect 450,000 passengers in 2026", run("/"), run("27, an increase of about 9%.")),
    words("Each pound of subsidy brings the region £2.30 in trade."),
]
FOOT, END = "Harbour Board. Annual Return of Passengers. 2024.", "Coast Council. Tourism Survey. 2023. It asked 2,310 people."
STATED = """412,000=412000 count; 6%=6 percent; 38=38 count; 27=27 count; Two fifths=40 percent; 18%=18 percent; £1.9 million=1900000 GBP; £2.45m=2450000 GBP
One in seven=100/7 percent; 1,284=1284 count; £3.20=3.2 GBP; £3.60=3.6 GBP; 12.5%=12.5 percent; 1,046=1046 count; 61%=61 percent; Some 340=340 count
53%=53 percent; 3 times=3 times; Almost a quarter=25 percent; 4%=4 percent; 33%=33 percent; 21%=21 percent; 7%=7 percent; 58=58000 count
14.1=14.1 percent; 0.31=310000 GBP; 121=121000 count; 29.4=29.4 percent; 0.84=840000 GBP; 77=77000 count; 18.7=18.7 percent; 0.42=420000 GBP
37.8=37.8 percent; 1.10=1100000 GBP; 96,400=96400 count; £410 a year=410 GBP per year; 11 weeks=11 weeks; £18,000=18000 GBP; £26,000=26000 GBP; nine=9 count
£780,000=780000 GBP; 450,000=450000 count; about 9%=9 percent; £2.30=2.3 GBP; 2,310=2310 count"""
"""What the report states, by hand, with value and unit."""


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "ferries.docx"
    apart = '<w:{0} w:id="-1" w:type="separator"/><w:{0} w:id="1">{1}</w:{0}>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W} {MORE}><w:body>{''.join(BODY)}</w:body></w:document>")
        archive.writestr("word/footnotes.xml", f"<w:footnotes {W}>{apart.format('footnote', words(FOOT))}</w:footnotes>")
        archive.writestr("word/endnotes.xml", f"<w:endnotes {W}>{apart.format('endnote', words(END))}</w:endnotes>")
    return read_text(path)


def test_what_a_report_states_is_proposed_with_its_value_and_unit_and_hardly_anything_else(text):
    wanted = [tuple(one.strip().split("=")) for line in STATED.splitlines() for one in line.split(";")]
    found = [one.cells for one in proposals(text) if not one.reason]
    read = [(cells["stated"], f"{cells['value']} {cells['unit']}") for cells in found]
    ends = {"£18,000": "between £18,000 and £26,000", "£26,000": "between £18,000 and £26,000"}
    missed = [(said, means) for said, means in wanted if not {(said, means), (ends.get(said), means)} & set(read)]
    assert len(wanted) >= 40
    assert missed == []
    assert len(read) <= len(wanted) * 1.1


def test_quotes_are_sentences_as_they_stand_after_all_changes_and_notes_are_origins(text):
    cells = {one.cells["stated"]: one.cells for one in proposals(text)}
    assert cells["Two fifths"]["quote"] == "Two fifths of passengers travelled to work, and 18% to school or college."
    assert cells["1,284"]["quote"] == "Boats were called out 1,284 times for repairs."
    assert cells["412,000"]["origin"] == "Harbour Board. Annual Return of Passengers. 2024"
    assert cells["4%"]["origin"].startswith("Coast Council. Tourism Survey")
    assert [cells[stated]["note"] for stated in ("58", "14.1", "0.31")] == ["Column: Passengers (000s)", "Column: %", "Column: Spend, £m"]
    assert "Ranworth" not in text.plain
