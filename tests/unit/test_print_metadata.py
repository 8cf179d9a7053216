"""What a PDF says of itself: put a test here when the printed book must name something, or be silent about it."""

from datetime import date
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from evidence.editions.pdf.front import Imprint
from evidence.editions.pdf.metadata import describe, is_ours, renumbered

IMPRINT = Imprint("Bread", "Who bakes it", "A. Baker, B. Miller", "CC BY 4.0", "first", date(2027, 4, 1), "https://example.org/", "en-GB")


def printed(moment, *titles):
    """Return a PDF of one page, with a line of its outline for each title, each below the one before."""
    writer, parent = PdfWriter(), None
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Creator": "Chromium", "/Producer": "Skia", "/CreationDate": moment})
    for title in titles:
        parent = writer.add_outline_item(title=title, page_number=0, parent=parent)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def lines(outline):
    """Yield the titles of an outline as pypdf reads it, at whatever depth."""
    for line in outline:
        if isinstance(line, list):
            yield from lines(line)
        else:
            yield line.title


def test_it_names_book_authors_and_language_and_opens_with_its_outline_in_whole_words(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    headings = ["Where bread\n is sold", "Who bakes"]
    told = PdfReader(BytesIO(describe(printed("D:2020", "Where breadis sold", "Who bakes", "Elsewhere"), IMPRINT, headings)))
    assert (told.metadata.title, told.metadata.author) == (IMPRINT.title, "A. Baker, B. Miller")
    assert told.metadata.creation_date_raw == "D:20260101000000+00'00'"
    assert list(lines(told.outline)) == ["Where bread is sold", "Who bakes", "Elsewhere"]
    root = told.trailer["/Root"]
    assert (root["/Lang"], root["/PageMode"], root["/ViewerPreferences"]["/DisplayDocTitle"].value) == ("en-GB", "/UseOutlines", True)


def test_two_prints_at_other_moments_are_the_same_bytes_and_known_as_ours(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    first, second = (describe(printed(moment, "Who bakes"), IMPRINT, ["Who bakes"]) for moment in ("D:2020", "D:2021"))
    assert first == second
    assert PdfReader(BytesIO(first)).metadata.modification_date_raw == "D:19700102000000+00'00'"
    assert is_ours(first)
    assert not is_ours(printed("D:2020"))
    assert not is_ours(first[1:])


def test_each_object_stands_where_the_table_of_places_says():
    told = describe(printed("D:2020", "Who bakes", "Where bread is sold"), IMPRINT, ["Who bakes, and where, in more words than before"])
    table = told[int(told.split()[-2]) :].split(b"\n")
    assert table[0] == b"xref" and table[1].split()[0] == b"0"
    places = [int(row.split()[0]) for row in table[3 : 2 + int(table[1].split()[1])]]
    assert len(places) >= 6
    assert all(told[place:].startswith(b"%d 0 obj" % number) for number, place in enumerate(places, 1))
    assert b"Skia" not in told


def test_cells_of_tables_are_named_by_their_order_alone():
    assert renumbered(b"(node00000900) (node00000041) (node00000900) (node1)") == b"(node00000002) (node00000001) (node00000002) (node1)"
