"""Documents as they are given: what a word processor and a table say, and files that are made to harm, which end in one line that says what to do."""

import sys
import zipfile

import pytest

from evidence.catalog.verify.formats import read_text
from evidence.catalog.verify.html import LARGEST as LARGEST_PAGE
from evidence.catalog.verify.html import MOST_ATTRIBUTES, MOST_MARKS
from evidence.catalog.verify.packed import LARGEST, MOST_TAGS
from evidence.catalog.verify.text import Text, normalise
from evidence.errors import SourceError
from evidence.reading import excuses, proposals
from evidence.referee import read_document
from evidence.referee.document import document_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


SHEET = (
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def run(words):
    return f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(*inner, style=""):
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{''.join(inner)}</w:p>"


def docx(path, body, notes=""):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        if notes:
            archive.writestr("word/footnotes.xml", f"<w:footnotes {W}>{notes}</w:footnotes>")
    return path


def test_a_document_of_a_word_processor_keeps_headings_tables_notes_and_its_last_words(tmp_path):
    cells = "".join(f"<w:tc>{paragraph(run(words))}</w:tc>" for words in ("Leeds", "45%"))
    heads = "".join(f"<w:tc>{paragraph(run(words))}</w:tc>" for words in ("Town", "Share"))
    body = (
        paragraph(run("Rye bread"), style="Heading1")
        + paragraph(
            run("Of all bakers in York, "),
            "<w:del><w:r><w:delText>50%</w:delText></w:r></w:del><w:ins><w:r><w:t>60%</w:t></w:r></w:ins>",
            run(" bake rye."),
            '<w:r><w:footnoteReference w:id="1"/></w:r>',
        )
        + f"<w:tbl><w:tr>{heads}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    )
    notes = f'<w:footnote w:id="-1" w:type="separator"/><w:footnote w:id="1">{paragraph(run("Mill. On Rye. 2024."))}</w:footnote>'
    share, cell = proposals(read_text(docx(tmp_path / "a.docx", body, notes)))
    assert [share.cells[name] for name in ("stated", "place", "origin", "quote")] == [
        "60%",
        "York",
        "Mill. On Rye. 2024",
        "Of all bakers in York, 60% bake rye.",
    ]
    assert share.cells["locator"].startswith("Rye bread, ")
    assert [cell.cells[name] for name in ("stated", "category", "series")] == ["45%", "Leeds", "rye-bread.share"]


ROWS = [
    ["Ovens by town"],
    [],
    ["Town", "Share", "Takings", 2025],
    ["Leeds", 0.45, 1234.5, 1200],
    ["York", 0.125, 80, 300],
]
FORMATS = {(4, 2): "0%", (5, 2): "0.0%", (4, 3): '"£"#,##0.00', (4, 4): "#,##0"}
"""Formats of cells, by row and column from 1."""
SHOWN = [("45%", "45"), ("£1,234.50", "1234.5"), ("1,200", "1200"), ("12.5%", "12.5"), ("80", "80"), ("300", "300")]
"""What the cells show that hold numbers, and what that is, in the order of a reader."""


def excel(path):
    """Write a workbook by another library than reads it here."""
    from openpyxl import Workbook

    book = Workbook()
    book.active.title = "Rye"
    for row in ROWS:
        book.active.append(row)
    for (row, column), code in FORMATS.items():
        book.active.cell(row, column).number_format = code
    book.save(path)
    return path


OPEN = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))


def ods(path, *rows):
    """Write a workbook of rows in XML."""
    sheet = f'<table:table table:name="Rye">{"".join(rows)}</table:table>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "content.xml",
            f"<office:document-content {OPEN}><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def ods_row(*cells, repeated=1):
    empty = '<table:table-cell table:number-columns-repeated="1048576"/>'
    inner = "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in cells)
    return f'<table:table-row table:number-rows-repeated="{repeated}">{inner}{empty}</table:table-row>'


def as_shown():
    said = iter(shown for shown, _ in SHOWN)
    return [[cell if isinstance(cell, str) or number < 3 else next(said) for cell in row] for number, row in enumerate(map(list, ROWS))]


@pytest.mark.needs("survey")
def test_the_cells_of_a_workbook_say_what_they_show_and_are_series_with_categories(tmp_path):
    made = ods(tmp_path / "b.ods", *(ods_row(*row) for row in as_shown()), ods_row(repeated=1_000_000))
    for path in (excel(tmp_path / "a.xlsx"), made):
        found = [one.cells for one in proposals(read_text(path)) if not one.reason]
        assert [(cells["stated"], cells["value"]) for cells in found] == SHOWN, path.suffix
        assert [cells["category"] for cells in found] == [*("Leeds", "Leeds", "Leeds, 2025"), *("York", "York", "York, 2025")]
        assert [cells["place"] for cells in found] == ["Leeds"] * 3 + ["York"] * 3
        assert {cells["series"].rpartition(".")[2] for cells in found} == {"share", "takings", "by-time"}
        assert found[0]["locator"].startswith("Ovens by town, line ")


def test_a_table_is_read_row_by_row_whatever_divides_its_cells(tmp_path):
    for number, divider in enumerate(",;\t"):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"Town{divider}Share\nLeeds{divider}45%\nYork{divider}12%\n", encoding="utf-8")
        assert [(one.cells["category"], one.cells["stated"]) for one in proposals(read_text(path))] == [("Leeds", "45%"), ("York", "12%")]


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (LARGEST + 2))


def entities(path):
    declared = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", f"{declared}<w:document {W}><w:body>&b;</w:body></w:document>")


def nested(path):
    docx(path, "<w:p>" * 50_000 + "</w:p>" * 50_000)


SHEET_NAMED = '<sheet name="a" r:id="a"/>'


def workbook(path, rows, sheets=1):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="a" Target="worksheets/a.xml"/></Relationships>')
        archive.writestr("xl/workbook.xml", f"<workbook {SHEET}><sheets>{SHEET_NAMED * sheets}</sheets></workbook>")
        archive.writestr("xl/worksheets/a.xml", f"<worksheet {SHEET}><sheetData>{rows}</sheetData></worksheet>")


HOSTILE = {
    "bomb.docx": (bomb, "unpacks to more than"),
    "entities.docx": (entities, "declares entities"),
    "nested.docx": (nested, "nested too deeply"),
    "none.docx": (lambda path: path.write_bytes(b"PK\x03\x04 and no more"), "cannot be read as DOCX"),
    "tags.xlsx": (lambda path: workbook(path, "<row/>" * (MOST_TAGS + 1)), "or 2,700,000 tags"),
    "sheets.xlsx": (lambda path: workbook(path, "<row/>" * 300_000, sheets=10), "with what is read before it"),
    "lines.txt": (lambda path: path.write_text("Rye\n" * 300_001, encoding="utf-8"), "or 300,000 lines"),
    "attributes.docx": (lambda path: docx(path, "<w:p" + ' a=""' * (MOST_TAGS + 1) + "/>"), "tags and attributes"),
    "none.xlsx": (lambda path: path.write_bytes(b"PK\x03\x04 and no more"), "cannot be read as a workbook"),
    "other.ods": (lambda path: zipfile.ZipFile(path, "w").close(), "cannot be read as a workbook"),
    "wide.ods": (lambda path: ods(path, ods_row(*["5"] * 1_000)), "more than 500 columns"),
    "repeated.ods": (lambda path: ods(path, ods_row("5", "6", repeated=999_999_999)), "more than 500 columns or 500,000 cells"),
    "other.docx": (lambda path: zipfile.ZipFile(path, "w").close(), "cannot be read as DOCX"),
    "broken.docx": (lambda path: docx(path, "<w:p>"), "is no XML"),
    "cut.pdf": (lambda path: path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Ty"), "as PDF"),
    "loop.pdf": (
        lambda path: path.write_bytes(
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\n"
            b"trailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
        ),
        "PDF",
    ),
    "long.md": (lambda path: path.write_text("<sup>" * 30_000, encoding="utf-8"), "so it is no report"),
    "wide.csv": (lambda path: path.write_text(",".join(["1"] * 60_000), encoding="utf-8"), "so it is no report"),
    "heavy.csv": (lambda path: path.write_text('"6,\n' * 6_000_000, encoding="utf-8"), "so it is no report"),
    "quoted.csv": (lambda path: path.write_text('a,"b\n' * 3 + '"' + "x" * 200_000, encoding="utf-8"), "cannot be read as a table"),
    "script.html": (lambda path: path.write_text("<script>document.write(60)</script>", encoding="utf-8"), "holds no text"),
    "large.html": (lambda path: path.write_text("<p>60% " + "of bakers " * (LARGEST_PAGE // 10), encoding="utf-8"), "30,000,000 bytes"),
    "tags.html": (lambda path: path.write_text("<b>6" * (MOST_MARKS + 1), encoding="utf-8"), "200,000 tags and references"),
    "references.htm": (lambda path: path.write_text("60%" + "&" * (MOST_MARKS + 1), encoding="utf-8"), "200,000 tags and references"),
    **{
        f"attributes-{number}.html": (
            lambda path, code=code, opens=opens: path.write_text(opens + "b " * (MOST_ATTRIBUTES + 1) + ">60%", encoding=code),
            "200,000 attributes",
        )
        for number, (code, opens) in enumerate(
            (("utf-8", "<p "), ("utf-16", "<p "), ("utf-8", '= "<p '), ("utf-8", '<p a=">" '), ("utf-8", '<p " '), ("utf-8", "<p a='\"' "))
        )
    },
    "letters.txt": (lambda path: path.write_bytes(b"\xff\xfe60%"), "is not UTF-8"),
    "gone.md": (lambda path: None, "cannot be read (No such file or directory)"),
    "folder.md": (lambda path: path.mkdir(), "cannot be read"),
    "report.exe": (lambda path: path.write_bytes(b"MZ"), "cannot be read; the text of a source is one of"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_harms_ends_in_one_line(name, tmp_path):
    make, told = HOSTILE[name]
    make(tmp_path / name)
    with pytest.raises(SourceError) as error:
        read_text(tmp_path / name)
    assert told in str(error.value)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_what_stands_within_the_attributes_of_a_page_is_not_counted(tmp_path):
    """A drawing has hundreds of thousands of points, and a picture as many signs, in one attribute."""
    path = tmp_path / "drawn.html"
    drawing = f'<svg><path d="M{" 1 2" * MOST_ATTRIBUTES}" /></svg><img alt=\'\' src="data:image/png;base64,{"a/" * MOST_ATTRIBUTES}=="/>'
    path.write_text(f"{drawing}<p>60% of bakers.", encoding="utf-8")
    assert read_text(path).plain == "60% of bakers."


def test_what_is_known_of_a_long_sentence_is_looked_for_once_for_numbers_near_one_another(tmp_path):
    path = tmp_path / "heap.md"
    path.write_text(" ".join(map(str, range(1000, 3000))), encoding="utf-8")
    excuses._known.cache_clear()
    found = proposals(read_text(path))
    assert len(found) > 1000
    assert {one.reason for one in found} == {"Stands alone, without words that say what it counts"}
    assert excuses._known.cache_info().misses < len(found) / 20


def test_a_table_of_a_thousand_columns_is_proposed_whole(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text(f"Town{',Share' * 1000}\nLeeds{',45%' * 1000}", encoding="utf-8")
    assert len(proposals(read_text(path))) == 1000


@pytest.mark.parametrize("tag", ["p", "li", "dd", "td", "tr", "sup", "table", "b", "x-y"])
def test_a_page_that_closes_none_of_its_tags_is_read_to_its_end(tag, tmp_path):
    """Each tag lies in all before it; what is done for one may not go through all that lie in it."""
    path = tmp_path / "open.html"
    path.write_text(f"<h1>Rye</h1><{tag}>" + f"7<{tag}> " * 20_000 + "<p>60% of bakers.", encoding="utf-8")
    text = read_text(path)
    assert "".join(text.plain.split()).endswith("60%ofbakers.")
    assert document_of(text, path.name, wrapped=False).tables == []


def test_rows_and_cells_that_a_page_leaves_open_end_with_the_next(tmp_path):
    """A table that stands in a cell of another, which only lays out the page, tells its own rows."""
    path = tmp_path / "open.html"
    path.write_text(
        "<table><tr><td><p>Bread<table><tr><th>Town<th>Share<tr><td>Leeds<td>45%<tr><td>York<td>12%</table></table>", encoding="utf-8"
    )
    assert tables_of(path) == [[["Town", "Share"], ["Leeds", "45%"], ["York", "12%"]]]


def test_paragraphs_of_a_small_cell_are_one_cell_as_office_programs_write_them(tmp_path):
    path = tmp_path / "office.html"
    rows = (("Town", "Share<br>of all"), ("Le<b>eds</b>", "45%"), ("York", "12%"))
    page = "".join("<tr>" + "".join(f"<td><p>\n<span>{cell}</span></p></td>" for cell in row) + "</tr>" for row in rows)
    path.write_text(f"<p>Where bread is sold.</p><table>{page}</table><p>It is sold in towns.</p>", encoding="utf-8")
    assert tables_of(path) == [[["Town", "Share of all"], ["Leeds", "45%"], ["York", "12%"]]]
    assert [block.kind for block in read_document(path).blocks] == ["prose", "table", "prose"]


@pytest.mark.parametrize("code", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_page_says_by_its_first_bytes_in_which_code_it_is(code, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<p>Bread is 60% rye\x00and £12.</p><table><tr><td>a<td>1<tr><td>b<td>2</table>", encoding=code)
    assert read_text(path).plain == "Bread is 60% rye and £12. a 1 b 2"
    assert tables_of(path) == [[["a", "1"], ["b", "2"]]]


def test_a_mark_or_tag_that_never_ends_takes_nothing_behind_it():
    """Where a search for its end went on as long as the text, it would begin anew at each of them."""
    far = "word " * 50
    assert normalise(f"<sup>12</sup>60% <sup>{far}</sup> <a 5% <b>6%</b>") == f"60% {far}<a 5% 6%"


def test_more_numbers_than_anybody_decides_on_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sys.modules["evidence.reading.proposals"], "MOST", 2)
    path = tmp_path / "long.csv"
    path.write_text("Town,Share\nLeeds,45%\nYork,12%\nHull,13%", encoding="utf-8")
    with pytest.raises(SourceError, match="states more than the 2 numbers"):
        proposals(read_text(path))


def tables_of(path):
    return [[cells for cells, _ in table.rows] for table in read_document(path).tables]


@pytest.mark.parametrize(("above", "read"), [("Town\tBakers\tMillers", 1), ("\tWhere bread is sold in towns", 0)])
def test_rows_of_a_printed_page_are_a_table_where_heads_name_their_columns(above, read):
    lines = [above, "Leeds\t41\t42", "York\t51\t52", "All\t92\t99"]
    assert len(document_of(Text("\n".join(lines), [1] * len(lines), "page"), "a.pdf").tables) == read
