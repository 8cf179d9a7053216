"""Put a test here when it is about which numbers of a source's text need a figure, or about the formats a text may have."""

import pytest

from evidence.catalog import load
from evidence.catalog.verify import verify
from evidence.errors import SourceError

RISE = "Training rose by 12% among small firms in the north."


def pdf(*pages):
    """Return the bytes of a PDF whose pages show these lines of text, written by hand from the PDF reference."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = " T* ".join(f"({line.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
        font = "/Resources << /Font << /F1 3 0 R >> >> /MediaBox [0 0 595 842]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {font} /Contents {5 + 2 * number} 0 R >>")
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, starts = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    trailer = f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}".encode("latin-1")


@pytest.fixture
def proved(folder, tmp_path):
    """A function that proves a library of one source and one figure (RISE) against the text it is given, and returns the result."""
    source = {**folder.record("sources.csv", "demos"), "id": "essay"}
    figure = {**folder.record("figures/demos.csv", "careers.school-links.large"), "source": "essay"}
    for file in (folder.path / "figures").glob("*.csv"):
        file.unlink()
    folder.write("figures/essay.csv", [list(figure)])
    folder.add("figures/essay.csv", figure, id="training.rise", quote=RISE, stated="12%", value="12")
    (tmp_path / "texts").mkdir()

    def prove(text, name="essay.md", allowed=()):
        folder.write("sources.csv", [list(source), list({**source, "seed": name}.values())])
        rows = [["source", "text", "reason"], *[["essay", passage, "States nothing"] for passage in allowed]]
        (folder.path / "not-evidence.csv").unlink(missing_ok=True)
        if allowed:
            folder.write("not-evidence.csv", rows)
        raw = text if isinstance(text, bytes) else text.encode("utf-8")
        (tmp_path / "texts" / name).write_bytes(raw)
        return verify(load(folder.path), tmp_path / "texts")

    prove.folder = folder
    return prove


def numbers(result):
    """The place and number of each message, such as `line 3: 40%`."""
    return [message.removeprefix("essay, ").partition(" (...")[0] for message in result.uncovered]


# Formats


def test_markdown_is_read_with_its_lines(proved):
    result = proved("# Rise\n\n**Training** rose by 12% among small firms in the north.\n\nAnother 40% gave *no* answer.\n")
    assert (result.found, result.problems, numbers(result)) == (1, [], ["line 5: 40%"])


PAGE = """<!DOCTYPE html>
<html><head><title>5 ways to rise</title><style>p { margin: 12px }</style></head>
<body><script>var seen = 33;</script><!-- 44 firms -->
<h1>Rise</h1>
<p>Training rose by <b>12%</b> among small&nbsp;firms
   in the <a href="/a?b=77">north</a>.<sup><a href="#n1">1</a></sup></p>
<ul><li>Costs fell by 40%.</li><li>Half of all schools took part.</li></ul>
<p><sup>1</sup> Author, A. A rise of 66%. 2024. https://example.org/88</p>
</body></html>
"""


@pytest.mark.parametrize("name", ["essay.html", "essay.htm", "ESSAY.HTML"])
def test_html_is_read_as_a_reader_sees_it_with_the_lines_of_the_file(name, proved):
    result = proved(PAGE, name)
    assert (result.found, result.problems) == (1, [])
    assert numbers(result) == ["line 7: 40%", "line 7: Half"]


def test_html_says_its_own_encoding(proved):
    page = '<html><head><meta charset="iso-8859-1"></head><body><p>It cost £40.</p></body></html>'.encode("latin-1")
    assert numbers(proved(page, "essay.html")) == ["line 1: £40"]


def test_pdf_is_read_with_its_pages(proved):
    result = proved(
        pdf(["Rise", "Training rose by 12% among", "small firms in the north."], ["Another 40% gave", "no answer."]), "essay.pdf"
    )
    assert (result.found, result.problems, numbers(result)) == (1, [], ["page 2: 40%"])


def test_a_quote_that_is_not_in_a_pdf_is_reported(proved):
    result = proved(pdf(["Training rose by 13% among", "small firms in the north."]), "essay.pdf")
    assert (result.found, len(result.problems)) == (0, 1)
    assert "Training rose by 13% among small firms" in result.problems[0]


@pytest.mark.parametrize(
    ("lines", "quote"),
    [
        (["Training in the no-", "rth rose by 12%. It is the north."], "Training in the north rose by 12%."),
        (["Training in left-", "behind places rose by 12%."], "Training in left-behind places rose by 12%."),
        (["Training rose by 12% in the north -", "at last."], "Training rose by 12% in the north - at last."),
    ],
)
def test_words_broken_at_the_end_of_a_line_of_a_pdf_are_whole_again(lines, quote, proved):
    proved.folder.set("figures/essay.csv", "training.rise", quote=quote)
    result = proved(pdf(lines), "essay.pdf")
    assert (result.found, result.problems, numbers(result)) == (1, [], [])


def test_page_numbers_of_a_pdf_are_left_out_but_not_a_number_inside_the_page(proved):
    result = proved(pdf(["Rise", "7"], ["8", "Firms", "45", "took part"]), "essay.pdf")
    assert numbers(result) == ["page 2: 45"]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("essay.odt", b"words", r"essay\.odt: cannot be read; the text of a source is one of \.txt, \.md, \.html, \.htm, \.pdf, \.docx"),
        ("essay.docx", b"words", r"essay\.docx: cannot be read as DOCX"),
        ("essay.pdf", b"These are words.", r"essay\.pdf: cannot be read as PDF"),
        ("essay.txt", b"It cost \xa340.", r"essay\.txt: byte 8 is not UTF-8"),
        ("essay.md", b" \n\n", r"essay\.md: holds no text"),
        ("essay.html", b"<html><body><img src='a.png'></body></html>", r"essay\.html: holds no text"),
        ("essay.pdf", pdf([""]), r"essay\.pdf: holds no text"),
    ],
)
def test_a_text_that_cannot_be_read_is_a_source_error_that_says_why(name, text, message, proved):
    with pytest.raises(SourceError, match=message):
        proved(text, name)


# What covers a number


def test_a_quote_covers_the_number_it_is_about_and_no_other(proved):
    proved.folder.set("figures/essay.csv", "training.rise", quote="Training rose by 12% and costs by 40%.")
    assert numbers(proved("Training rose by 12% and costs by 40%.")) == ["line 1: 40%"]


def test_a_number_stated_at_two_places_needs_a_record_for_each(proved):
    text = f"{RISE}\n\n{RISE}\n"
    assert numbers(proved(text)) == ["line 3: 12%"]
    folder = proved.folder
    folder.add("figures/essay.csv", folder.record("figures/essay.csv", "training.rise"), locator="Conclusion")
    assert numbers(proved(text)) == []


# What needs no figure


@pytest.mark.parametrize(
    "text",
    [
        "See <https://example.org/12/34-firms> and www.example.org/56.",
        "See [https://example.org/a\\_12](https://example.org/a_12).",
        "Write to team40@example.org.",
        "doi:10.1136/jech-2024-223499",
        "15 Whitehall, London, SW1A 2DD",
        "T: 020 3878 3955",
        "Call +44 20 7946 0000 or +44 (0)20 7946 0001.",
        "Supported by the council [Grant Reference ES/W007231/1].",
        "A charity (Charity Registration no. 1042046)",
        "Registered charity, company number 8341268.",
        "ISBN 978 1 2345 6789 7",
        "The problem . . . . . . . . 16\nThe solution ........ 23",
        "They (1) share data and (2) learn.",
        "1. First\n2. Second\n3. Third",
        "- 1. **First**\n\nA paragraph between.\n\n- 2. **Second**",
        "  1. A comment\n    1. An answer\n  2. A comment",
        "# FOCUS AREA 1\n\nWords.\n\n# FOCUS AREA 2\n",
        "It fell.<sup>1</sup> It rose.<sup>2,3</sup>\n\n1 Author, A. 12% of firms. <https://example.org>\n\n2 Ibid.\n\n3 Author, B. Six firms. 2024.",
        "It fell.<sup>1</sup>\n\n<sup>1</sup> Author, A. 12% of firms. May 2025. <https://example.org>",
        "It fell.<sup>6</sup>\n\n6 We say left behind of a place that is poor.",
        "# Contents\n\nThe problem 16\n\nThe solution 23\n\n# The problem",
        "## References\n\nWang, Z. Coworking. Regional Studies, 60(1).\n\n### Data\n\nTable of 17 rows",
        "Further reading\n\nWang, Z. Coworking. Regional Studies, 60(1).",
        "## Licence to publish\n\n## 1 Definitions\n\nLiability to a third party. Sections 1, 2 and 5 survive.",
        "Leave a Reply\n\nFill in 3 details below",
    ],
)
def test_apparatus_needs_no_figure(text, proved):
    assert numbers(proved(f"Words before.\n\n{text}\n")) == []


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("12. Firms rose", ["line 3: 12"]),
        ("3 firms closed", ["line 3: 3"]),
        ("They grew by half (1).", ["line 3: half", "line 3: 1"]),
        ("15 Whitehall firms closed in London", ["line 3: 15"]),
        ("In all 2024 300 400 firms", ["line 3: 300 400"]),
        ("The grant of £5,000 went to 12 firms", ["line 3: £5,000", "line 3: 12"]),
        ("The references of 12 firms", ["line 3: 12"]),
        ("# Jobs created 12", ["line 3: 12"]),
        ("It fell.<sup>9</sup>\n\n9 There were 500 firms in the survey.", ["line 5: 500"]),
        ("It fell.<sup>9</sup>\n\n<sup>9</sup> There were 500 firms in the survey.", ["line 5: 500"]),
        ("It fell.<sup>9</sup>\n\n8 firms of 50 closed, see <https://example.org>", ["line 5: 8", "line 5: 50"]),
        ("# References\n\nA work, 60(1).\n\n# Results\n\nIt rose by 12%.", ["line 9: 12%"]),
        ("# Contents\n\nResults 4\n\n# Results\n\nIt rose by 12%.", ["line 9: 12%"]),
        ("Contents\n\nIt rose by 12%.", ["line 5: 12%"]),
    ],
)
def test_a_statement_that_only_looks_like_apparatus_needs_a_figure(text, stated, proved):
    assert numbers(proved(f"Words before.\n\n{text}\n")) == stated


def test_a_declared_passage_lets_its_number_through_wherever_it_stands_and_no_other(proved):
    text = "A two-way street.\n\nTwo firms, and **two-way** talks.\n"
    result = proved(f"{RISE}\n\n{text}", allowed=["two-way"])
    assert (result.problems, numbers(result)) == ([], ["line 5: Two"])


def test_a_declared_passage_must_hold_the_whole_number(proved):
    result = proved(f"{RISE}\n\nThere were 1,200 firms.\n", allowed=["200 firms"])
    assert numbers(result) == ["line 3: 1,200"]
    assert len(result.problems) == 1


@pytest.mark.parametrize(
    ("passage", "message"),
    [
        ("a three-way street", "not in the text of essay"),
        ("small firms", "lets no number of essay through"),
        ("rose by 12%", "lets no number of essay through"),
        ("(1) share", "lets no number of essay through"),
    ],
)
def test_a_declared_passage_that_is_not_there_or_needs_no_declaring_is_a_problem(passage, message, proved):
    result = proved(f"{RISE}\n\nThey (1) share and (2) learn.\n", allowed=[passage])
    assert numbers(result) == []
    assert len(result.problems) == 1
    assert result.problems[0].startswith(f"data/not-evidence.csv, row 2 ({passage}), column text: {message}")


def test_the_table_of_passages_gives_a_reason_for_each_and_is_about_texts_we_quote(library):
    rows = library.all_rows("not-evidence")
    quoted = {row["id"] for row in library.all_rows("sources") if row["seed"]}
    assert rows
    assert [row["text"] for row in rows if not row["reason"] or row["source"] not in quoted] == []
